"""What YAML's parser means, in plain words: what is wrong and what to write instead."""

from __future__ import annotations

import re
from typing import NamedTuple

import yaml

# LaTeX commands whose first letter makes an escape that YAML turns into one character inside double quotes.
_LATEX_AFTER_NEWLINE = re.compile(r"\n(?:abla|u\b|eq?\b|ot\b|ormal|leq|geq|exists|mid)")
_LATEX_AFTER_TAB = re.compile(r"\t(?:heta|imes|ext|au\b|anh|op\b|o\b|ilde|frac|an\b)")
_LATEX_AFTER_CONTROL = re.compile(r"[\a\b\f\v\r\x1b\0]")
_BACKSLASH = "a backslash in double quotes changes the letter after it; use 'single quotes' or `|`"


class Place(NamedTuple):
    """A 1-based place and what to say about it."""

    line: int
    column: int
    message: str


def suspicious_escape(text: str) -> str:
    r"""What to say about text that came out of double quotes with an escape nobody meant (`"\frac"`)."""
    for pattern in (_LATEX_AFTER_CONTROL, _LATEX_AFTER_NEWLINE, _LATEX_AFTER_TAB):
        if pattern.search(text):
            return _BACKSLASH
    return ""


def explain_syntax(error: yaml.MarkedYAMLError, text: str) -> Place:
    """Say what a parser error means. `text` is the whole file as it was parsed."""
    mark = error.problem_mark or error.context_mark
    if mark is None:
        return Place(0, 0, f"this is not YAML: {error.problem or error}")
    lines = text.split("\n")
    line, column = mark.line + 1, mark.column + 1
    began = error.context_mark
    here = lines[mark.line] if mark.line < len(lines) else ""
    problem, context = error.problem or "", error.context or ""
    if "\t" in here[: mark.column + 1] and not here[: mark.column].strip(" \t"):
        at = here.index("\t") + 1
        return Place(line, at, "a tab indents this line; YAML wants spaces, two for each step")
    if "cannot start any token" in problem:
        sign = here[mark.column : mark.column + 1]
        return Place(line, column, f"text may not begin with `{sign}`; put it in quotes")
    if "mapping values are not allowed" in problem:
        return Place(line, *_explain_colon(lines, mark.line, mark.column))
    if "quoted scalar" in context and began is not None:
        if "end of stream" in problem or "document indicator" in problem:
            return Place(
                began.line + 1, began.column + 1, "this quote is never closed; add the closing quote"
            )
        return Place(line, column, f"{_BACKSLASH} ({problem})")
    if "scanning an alias" in context or "scanning an anchor" in context:
        sign = "*" if "alias" in context else "&"
        place = began or mark
        return Place(place.line + 1, place.column + 1, f"text may not begin with `{sign}`; put it in quotes")
    if "flow sequence" in context or "flow mapping" in context:
        return _explain_brackets(error, line, column)
    if "could not find expected ':'" in problem:
        place = began or mark
        message = "this line is no `key: value`; add the colon, or indent it if it belongs to the text above"
        return Place(place.line + 1, place.column + 1, message)
    return Place(line, column, _explain_structure(problem, context, here, mark.column))


def _explain_colon(lines: list[str], row: int, at: int) -> tuple[int, str]:
    """An unexpected `key:`: either a colon inside plain text or a line that stands too far to the right."""
    here = lines[row]
    before = here[:at]
    if before.strip().lstrip("- ").count(":") or row == 0:
        return at + 1, "a colon and a space inside plain text; put the text in quotes"
    return at + 1, (
        "a `key:` where none can be: either this line is indented too far, or the text above holds a colon "
        "and needs quotes"
    )


def _explain_brackets(error: yaml.MarkedYAMLError, line: int, column: int) -> Place:
    sequence = "flow sequence" in (error.context or "")
    opening, closing = ("[", "]") if sequence else ("{", "}")
    began = error.context_mark
    opened = f" opened in line {began.line + 1}" if began is not None else ""
    message = (
        f"inside `{opening}`{opened} a comma or `{closing}` should stand here; "
        "put texts with commas, colons, quotes or brackets in quotes"
    )
    return Place(line, column, message)


def _explain_structure(problem: str, context: str, here: str, at: int) -> str:
    """Everything that comes from wrong indentation or from text that begins like YAML's own signs."""
    if "did not find expected node content" in problem:
        return f"text may not begin with `{here[at : at + 1]}`; put it in quotes"
    if "block sequence entries are not allowed" in problem:
        return "a list begins on its own line; put the `-` on the next line, or the text in quotes"
    if "block scalar" in context:
        return "after `|` or `>` the text begins on the next line, indented"
    if "did not find expected key" in problem:
        if here[:at].strip():
            return "something follows a quoted text; put the whole text in quotes, inner quotes doubled"
        return "this line is not indented like the ones it belongs to; begin it exactly below them"
    if "expected '-' indicator" in problem:
        return "this line is not indented like the card it belongs to; begin it exactly below its first key"
    if "undefined alias" in problem:
        return "text may not begin with `*`; put it in quotes"
    if "directive" in context or "document" in problem:
        return "a line that begins with `%` or `---` is no part of a deck; remove it or indent it"
    said = f"{context} {problem}".strip()
    return f"this is not YAML: {said}"
