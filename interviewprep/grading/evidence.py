"""What an answer has for and against each point and misconception of a card: its stretches compared, its
very words, its formulas."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from interviewprep.grading.cardwords import CardWords
from interviewprep.grading.formula_text import Formula, formulas
from interviewprep.grading.formulas import Mistaken, blanked, mistaken
from interviewprep.grading.literal import LiteralMeasures, literal_measures
from interviewprep.grading.matching import LONGEST, Comparison, Fit, compare
from interviewprep.grading.stretches import Stretch


class Evidence(NamedTuple):
    """An answer beside a card."""

    compared: Comparison
    literal: tuple[LiteralMeasures, ...]
    """Of each point."""
    mistaken: tuple[tuple[Mistaken, ...], ...]
    """For each point the formulas in the place of its own."""


def evidence(card: CardWords, text: str, wrong_fit: Fit) -> Evidence:
    """The evidence of an answer; a mistaken formula counts as blank for its point."""
    text = text[:LONGEST]
    found = compare(card, text, wrong_fit)
    literal = literal_measures(card, found.stretches)
    wrong: list[tuple[Mistaken, ...]] = [()] * len(card.points)
    if any(card.formulas) and (there := formulas(text)):
        for place, own in enumerate(card.formulas):
            if not own or not mistaken(own, (), there):
                continue
            # Only now: reading all of a card's texts takes longer than the rest.
            others = [f for i, row in enumerate(card.formulas) if i != place for f in row]
            bad = mistaken(own, [*others, *_text_formulas(card.texts)], there)
            wrong[place] = tuple(bad)
            without = compare(card, blanked(text, [m.formula for m in bad]), wrong_fit)
            literal[place] = literal_measures(card, without.stretches)[place]
            found = _with_rows_of(found, place, without)
    return Evidence(found, tuple(literal), tuple(wrong))


@lru_cache(maxsize=8)
def _text_formulas(texts: tuple[str, ...]) -> tuple[Formula, ...]:
    return tuple(f for text in texts for f in formulas(text))


def _with_rows_of(found: Comparison, place: int, other: Comparison) -> Comparison:
    """A comparison with the rows of one point from another one."""
    shift = len(found.stretches)
    moved: Sequence[Stretch] = [s._replace(whole=s.whole + shift) for s in other.stretches]
    points, denials = list(found.points), list(found.denials)
    points[place] = tuple(at._replace(stretch=at.stretch + shift) for at in other.points[place])
    denials[place] = tuple(at._replace(stretch=at.stretch + shift) for at in other.denials[place])
    return found._replace(stretches=(*found.stretches, *moved), points=tuple(points), denials=tuple(denials))
