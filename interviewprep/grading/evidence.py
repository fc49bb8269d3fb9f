"""What an answer has for and against each point and misconception of a card: its stretches compared, its
very words, its formulas."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from interviewprep.grading.cardwords import CardWords
from interviewprep.grading.clauses import Clauses
from interviewprep.grading.formula_text import Formula, formulas
from interviewprep.grading.formulas import Mistaken, blanked, mistaken
from interviewprep.grading.literal import LiteralMeasures, literal_measures
from interviewprep.grading.matching import Comparison, Fit, compare
from interviewprep.grading.phrases import Said, most_said
from interviewprep.grading.stretches import Stretch, clauses_of

LONGEST = 10_000
"""Letters of an answer that are looked at."""


class Evidence(NamedTuple):
    """An answer beside a card."""

    compared: Comparison
    literal: tuple[LiteralMeasures, ...]
    """Of each point."""
    phrases: tuple[Said, ...]
    """Of each idea, misconceptions after points: the stretch most like its example phrases."""
    mistaken: tuple[tuple[Mistaken, ...], ...]
    """For each point the formulas in the place of its own."""


def evidence(card: CardWords, text: str, wrong_fit: Fit) -> Evidence:
    """The evidence of an answer; a mistaken formula counts as blank for its point."""
    text = text[:LONGEST]
    answer = clauses_of(card, text)
    found = compare(card, answer, wrong_fit)
    literal = literal_measures(card, found.stretches)
    said = _said(card, answer, found)
    wrong: list[tuple[Mistaken, ...]] = [()] * len(card.points)
    if any(card.formulas) and (there := formulas(text)):
        for place, own in enumerate(card.formulas):
            if not own or not mistaken(own, (), there):
                continue
            # Only now: reading all of a card's texts takes longer than the rest.
            others = [f for i, row in enumerate(card.formulas) if i != place for f in row]
            bad = mistaken(own, [*others, *_text_formulas(card.texts)], there)
            wrong[place] = tuple(bad)
            rest = clauses_of(card, blanked(text, [m.formula for m in bad]))
            without = compare(card, rest, wrong_fit)
            literal[place] = literal_measures(card, without.stretches)[place]
            said[place] = most_said(card.phrases, rest)[place]
            found = _with_rows_of(found, place, without)
    return Evidence(found, tuple(literal), tuple(said), tuple(wrong))


def _said(card: CardWords, answer: Sequence[Clauses], found: Comparison) -> list[Said]:
    """The stretches most like example phrases; a sentence in a point's own words states nothing wrong."""
    said = most_said(card.phrases, answer)
    plainly = {s.words[0].token.start for s in found.stretches if s.says_point}
    if plainly and card.misconceptions:
        others = [clauses for clauses in answer if _begin(clauses) not in plainly]
        said[len(card.points) :] = most_said(card.phrases, others)[len(card.points) :]
    return said


def _begin(clauses: Clauses) -> int:
    """Where a sentence begins; -1 for one without words."""
    return next((clause[0].token.start for clause in clauses if clause), -1)


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
