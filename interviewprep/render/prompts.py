"""The question of a calculation with its matrices drawn; the answers handed in, and what became of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

from rich.cells import cell_len
from rich.text import Text

from interviewprep.checks.grade import Outcome
from interviewprep.render.checks import fit, matrix_rows
from interviewprep.render.pictures import matrix, side_by_side
from interviewprep.render.wrap import GLUE, wrap

if TYPE_CHECKING:
    from interviewprep.checks.family import Part
    from interviewprep.study.rounds import Round, Try

LETTER: Final = "M"
"""What a matrix without a name of its own is called where it is drawn below the prompt."""
_LONGEST_GLUED: Final = 40
_GAP: Final = 4

_MATRIX: Final = re.compile(r" ?(\[\[[^\]]*\](?:, \[[^\]]*\])*\])")
_NAMED: Final = re.compile(r"\bthe (?:whole )?(kernel|image|patch|map)$", re.IGNORECASE)
_LIST: Final = re.compile(r"\[[^\[\]]*\]")

_OUTCOMES: Final = {
    Outcome.RIGHT: "✓ right",
    Outcome.EARLY: "✓ right, rounded too early",
    Outcome.WRONG: "✗ wrong",
}
_NOT_YET: Final = "✗ not yet"


class DrawnMatrix(NamedTuple):
    """A matrix of the prompt, taken out of its text to be drawn."""

    name: str
    rows: tuple[tuple[str, ...], ...]


class PromptText(NamedTuple):
    """A prompt with its matrices taken out."""

    text: str
    matrices: tuple[DrawnMatrix, ...]


def prompt_text(prompt: str) -> PromptText:
    """A prompt for the full screen: `the kernel [[1, 0], [0, -1]]` becomes `the kernel`, and a matrix.

    A matrix that has no such name stays in the sentence as the letter M.
    """
    found: list[DrawnMatrix] = []
    text, start = "", 0
    for match in _MATRIX.finditer(prompt):
        before = prompt[start : match.start()]
        named = _NAMED.search(before)
        found.append(DrawnMatrix(named[1] if named else LETTER, matrix_rows(match[1])))
        text += before + ("" if named else f" {LETTER}")
        start = match.end()
    return PromptText(text + prompt[start:], tuple(found))


def prompt_lines(prompt: str, width: int, *, with_matrices: bool = True) -> list[Text]:
    """A prompt in lines at most `width` cells wide; short lists of numbers stay whole.

    Its matrices are drawn below it, unless a picture shows them anyway.
    """
    text, matrices = prompt_text(prompt)
    lines = wrap(Text(_LIST.sub(_glued, text)), width)
    if not matrices or not with_matrices:
        return lines
    blocks = [[m.name, *matrix(m.rows)] for m in matrices]
    if sum(max(map(cell_len, block)) + _GAP for block in blocks) - _GAP <= width:
        drawn = side_by_side(blocks, " " * _GAP)
    else:
        drawn = [line for block in blocks for line in block]
    return [*lines, Text(""), *map(Text, drawn)]


def _glued(found: re.Match[str]) -> str:
    return found[0].replace(" ", GLUE) if len(found[0]) <= _LONGEST_GLUED else found[0]


def try_lines(asked: Round, width: int) -> list[Text]:
    """Each answer handed in with its outcome at the right, and below the last what was wrong with it."""
    lines = [_try_line(made, width, is_last=made is asked.tries[-1], asked=asked) for made in asked.tries]
    if asked.tries:
        said = verdict_text(asked.tries[-1], asked.variant.parts)
        lines += [Text(""), *wrap(Text(said), width)] if said else []
    return lines


def _try_line(made: Try, width: int, *, is_last: bool, asked: Round) -> Text:
    outcome = _OUTCOMES[made.verdict.outcome]
    if made.verdict.outcome is Outcome.WRONG and not (is_last and asked.is_over):
        outcome = _NOT_YET
    typed = Text("› " + "; ".join(part.strip() for part in made.text.splitlines() if part.strip()))
    typed.truncate(max(8, width - cell_len(outcome) - 2), overflow="ellipsis", pad=True)
    return Text.assemble(typed, "  ", (outcome, "bold"), no_wrap=True)


def verdict_text(made: Try, parts: Sequence[Part]) -> str:
    """The named mistake and its cure, or which parts are right; empty where there is nothing to add."""
    verdict = made.verdict
    if verdict.outcome is Outcome.RIGHT:
        return ""
    said = f"{verdict.message} {verdict.cure}".strip() if verdict.mistake else ""
    right = [p.label for p, ok in zip(parts, verdict.parts, strict=False) if ok and p.label]
    if verdict.outcome is Outcome.WRONG and right:
        said = f"{said}\nRight so far: {', '.join(right)}.".strip()
    return said


def formula_lines(formula: str, width: int) -> list[Text]:
    """The formula, one equation a line where they do not fit together."""
    pieces = [formula] if len(formula) <= width else re.split(r";  ", formula)
    return [Text(line) for piece in pieces for line in fit(piece, width)]
