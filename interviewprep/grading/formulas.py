"""Formulas in answers: `TP/(TP+FP)` has all the words of `TP/(TP+FN)`, and is another formula.

An answer that has a formula like a point's, over the same names, and not the point's, must not get the point
for its words. Sums, means, norms and derivatives are not judged, nor numbers in the place of names: there a
right formula may look wrong.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from interviewprep.grading.formula_text import Formula, Values

FREE_NUMBERS: Final = frozenset({0.0, 1.0, 2.0})
"""Numbers that a wrong formula may have and the right one not; others are taken for an example."""
_FAMILIES = (frozenset({"tp", "fp", "tn", "fn"}), frozenset({"fanin", "fanout"}), frozenset("qkv"))
"""Names that one puts in the place of each other by mistake. Other names only tell another formula."""


class Mistaken(NamedTuple):
    """A formula that is like a point's and is another."""

    formula: Formula
    elsewhere: bool
    """The card has it in another place, so that it may be right there."""


def mistaken(own: Sequence[Formula], card: Sequence[Formula], found: Sequence[Formula]) -> list[Mistaken]:
    """The formulas of an answer that are like a point's and not the point's; none where a right one is there.

    `own` are those of the point's wordings, `card` those of everything else that the card says.
    """
    if any(_same(mine, f) or _most_of(mine, f) for f in found for mine in own):
        return []
    return [
        Mistaken(f, any(_same(f, other) for other in card))
        for f in found
        if f.judged and not any(_contain(f, mine) for mine in own) and any(_alike(f, mine) for mine in own)
    ]


def blanked(text: str, spans: Iterable[Formula]) -> str:
    """The text with blanks in the place of formulas."""
    letters = list(text)
    for formula in spans:
        letters[formula.start : formula.end] = " " * (formula.end - formula.start)
    return "".join(letters)


def _same(mine: Formula, other: Formula) -> bool:
    if mine.ends or other.ends:
        return mine.ends == other.ends
    return any(_close(a, b) for a in mine.values for b in other.values)


def _most_of(mine: Formula, other: Formula) -> bool:
    """Whether it is a part of a point's formula that has all its names, the rest said in words."""
    return mine.names == other.names and any(_close(v, part) for v in other.values for part in mine.parts)


def _contain(left: Formula, right: Formula) -> bool:
    """Whether one is a part of the other: "divided by 1-p" and "times 1/(1-p)" are both right."""
    return any(_close(v, part) for v in left.values for part in right.parts) or any(
        _close(v, part) for v in right.values for part in left.parts
    )


def _alike(other: Formula, mine: Formula) -> bool:
    if mine.ends or other.ends:
        return bool(mine.ends and other.ends and set(mine.ends) & set(other.ends))
    return (
        mine.judged
        and all(_mixed_up(name, mine.names) for name in other.names - mine.names)
        and all(_mixed_up(name, other.names) for name in mine.names - other.names)
        and other.numbers <= mine.numbers | FREE_NUMBERS
        and _replaced(other.signs, mine.signs) <= max(1, len(mine.signs) // 2)
    )


def _mixed_up(name: str, names: frozenset[str]) -> bool:
    return any(name in family and names & family for family in _FAMILIES)


def _replaced(left: Sequence[str], right: Sequence[str]) -> int:
    """Signs of one that the other has not, at most."""
    only_left, only_right = Counter(left) - Counter(right), Counter(right) - Counter(left)
    return max(only_left.total(), only_right.total())


def _close(left: Values, right: Values) -> bool:
    return all(abs(a - b) <= 1e-6 * max(1.0, abs(a), abs(b)) for a, b in zip(left, right, strict=True))
