"""Formulas written in a LaTeX subset, as Unicode text that reads well in a terminal."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from rich.cells import cell_len

_NONE: Final[frozenset[str]] = frozenset()
_LINES: Final = frozenset(("lines",))
_ALL_KINDS: Final = frozenset(("lines", "matrix", "cases"))

LONGEST: Final = 4_000
"""Characters; what is longer is no formula of ours."""


def formula(source: str) -> str:
    r"""A formula (without its dollars) on one line: `\frac{1}{n} \sum_i x_i^2` gives `(1/n) ∑ᵢ xᵢ²`.

    The source comes back unchanged when anything in it is unknown. Never raises.
    """
    text, problem = _on_one_line(source)
    return source if problem else text


def display_formula(source: str, *, width: int, drawn: bool = True) -> list[str]:
    """A formula as rows of text: aligned lines below one another and, if `drawn`, matrices and cases.

    What is wider than `width` cells comes back on one line, to be wrapped by the caller.
    """
    rows = _in_rows(source, _ALL_KINDS if drawn else _LINES)
    if len(rows) > 1 and all(cell_len(row) <= width for row in rows):
        return list(rows)
    return [formula(source)]


def unknown_in(source: str) -> str:
    """What keeps a formula from being read, in words; '' when nothing does."""
    return _on_one_line(source)[1]


@lru_cache(maxsize=4096)
def _on_one_line(source: str) -> tuple[str, str]:
    """The text and '', or '' and what is unknown."""
    # Imported at the first formula: a question without one is painted sooner.
    from interviewprep.render.latex import Reader
    from interviewprep.render.latex_tokens import UnknownFormulaError

    if len(source) > LONGEST:
        return "", "too long"
    try:
        return Reader(source, stacked=_NONE).formula(), ""
    except UnknownFormulaError as error:
        return "", str(error)


@lru_cache(maxsize=512)
def _in_rows(source: str, kinds: frozenset[str]) -> tuple[str, ...]:
    """The drawn rows; one row or none when there is nothing to draw."""
    if "\\begin" not in source and "\\\\" not in source:
        return ()
    from interviewprep.render.latex import Reader
    from interviewprep.render.latex_grids import compose
    from interviewprep.render.latex_tokens import UnknownFormulaError

    try:
        reader = Reader(source[: LONGEST + 1], stacked=kinds)
        text = reader.formula()
    except UnknownFormulaError:
        return ()
    return tuple(row.rstrip() for row in compose(text, reader.grids).rows)
