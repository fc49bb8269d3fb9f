"""Plain text as Markdown that shows just that text, with as few backslashes as do it."""

from __future__ import annotations

import re
from typing import Final

_WITHIN: Final = re.compile(
    r"""
      \\(?=[!-/:-@\[-`{-~]|$)           # a backslash that would escape something
    | (?<!\s)\*|\*(?!\s)                # a star between blanks means nothing
    | [`$]
    | (?<![^\W_])_+|_+(?![^\W_])        # underscores inside a word mean nothing
    | (?<=\])\(                         # a link
    | <(?=[a-zA-Z/!?])                  # an address
    | &(?=\#?\w{1,40};)                 # an entity
    | ~(?=~)|(?<=~)~
    """,
    re.VERBOSE,
)
_HEADING: Final = re.compile(r"(?:#{1,6}(?=\s|$)|[-+*](?=\s|$)|>|=+\s*$|-[-\s]*$|\*[*\s]*$|~~~)")
_NUMBER: Final = re.compile(r"(\d{1,9})([.)])(?=\s|$)")
_PIPES: Final = re.compile(r"\|")


def escaped(text: str) -> str:
    """One piece of a line; what means something only at a line's start is `escaped_start`'s."""
    return _WITHIN.sub(_one, text)


def escaped_start(line: str) -> str:
    """A whole line of Markdown, made sure not to begin a heading, a list, a quote or a rule."""
    if _HEADING.match(line):
        return "\\" + line
    return _NUMBER.sub(r"\1\\\2", line, count=1) if _NUMBER.match(line) else line


def in_cell(text: str) -> str:
    """Markdown for a cell of a table."""
    return _PIPES.sub(r"\\|", text)


def as_code(text: str) -> str:
    """Text between backticks, on one line."""
    text = " ".join(text.split())
    if not text:
        return ""
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    fence = "`" * (longest + 1)
    pad = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{fence}{pad}{text}{pad}{fence}"


def fenced(text: str) -> list[str]:
    """Lines of a code block."""
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return [fence, *text.split("\n"), fence]


def _one(found: re.Match[str]) -> str:
    text = found[0]
    return "".join(f"\\{sign}" for sign in text)
