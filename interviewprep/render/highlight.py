"""Colours for program text: few, from the terminal's own palette, so that they read on dark and light."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Final, Protocol

from rich.text import Text


class _Lexer(Protocol):
    """What is used of a pygments lexer (pygments has no types)."""

    def get_tokens(self, text: str) -> Iterable[tuple[object, str]]:
        """Kinds and texts of the parts, in order."""


LONGEST: Final = 5_000
"""Characters; longer program text stays plain."""

_LEXERS: Final = {
    "python": "python", "py": "python", "python3": "python", "pycon": "pycon", "bash": "bash", "sh": "bash",
    "shell": "bash", "console": "console", "json": "json", "yaml": "yaml", "yml": "yaml", "toml": "toml",
    "sql": "sql", "c": "c", "cpp": "cpp", "c++": "cpp", "cuda": "cuda", "java": "java", "go": "go",
    "javascript": "javascript", "js": "javascript", "typescript": "typescript", "ts": "typescript",
    "rust": "rust", "r": "r", "julia": "julia", "scala": "scala", "dockerfile": "docker", "diff": "diff",
    "html": "html", "css": "css", "xml": "xml", "ini": "ini",
}  # fmt: skip
"""Only these, by name: an unknown name would make pygments search for plugins."""

_STYLES: Final = (
    ("Token.Comment", "dim italic"),
    ("Token.Keyword", "bold"),
    ("Token.Operator.Word", "bold"),
    ("Token.Literal.String", "green"),
    ("Token.Literal.Number", "cyan"),
    ("Token.Generic.Deleted", "red"),
    ("Token.Generic.Inserted", "green"),
    ("Token.Generic.Prompt", "dim"),
)


def highlighted(code: str, language: str) -> Text:
    """Program text with styles; plain where the language is not known."""
    text = Text(code)
    name = _LEXERS.get(language.casefold())
    if name is None or len(code) > LONGEST:
        return text
    at = start = 0
    style = ""
    for kind, part in _lexer(name).get_tokens(code):
        if _style(str(kind)) != style:
            text.stylize(style, start, at)
            style, start = _style(str(kind)), at
        at += len(part)
    text.stylize(style, start, at)
    return text


@lru_cache(maxsize=8)
def _lexer(name: str) -> _Lexer:
    from pygments.lexers import get_lexer_by_name  # type: ignore[import-untyped] # no stubs among ours

    lexer: _Lexer = get_lexer_by_name(name, stripnl=False, ensurenl=False)
    return lexer


@lru_cache(maxsize=256)
def _style(kind: str) -> str:
    return next((style for prefix, style in _STYLES if kind.startswith(prefix)), "")
