"""A typed answer graded: which points it says, which misconceptions it states, and the words that decided
it.

A suggestion, never a verdict: the learner changes the ticks. `ticks.suggest` turns them into a rating.
Weights and limits are in `fitted`; how well they do is in benchmarks/README.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple

from interviewprep.grading import fitted
from interviewprep.grading.cardwords import CardWords, prepare
from interviewprep.grading.clauses import DENY
from interviewprep.grading.context import in_context
from interviewprep.grading.facts import CardFacts
from interviewprep.grading.matching import At, Comparison, Fit, Measures, compare
from interviewprep.grading.stretches import Stretch
from interviewprep.grading.terms import WEAK
from interviewprep.grading.ticks import PointTick, Suggestion, suggest

REPLACED = 0.6
"""`best` from which a misconception in the same sentence contradicts a point that is not said."""

LEAST_SHARE = 0.6
"""Share of a misconception's best wording below which nothing states it, whatever else speaks for it."""


class Result(StrEnum):
    """What an answer does with a point."""

    SAID = "said"
    PARTLY = "partly"
    MISSING = "missing"
    CONTRADICTED = "contradicted"


class Span(NamedTuple):
    """Where in the answer the words stand that decided."""

    start: int
    end: int


class PointResult(NamedTuple):
    """A key point in an answer."""

    id: str
    result: Result
    spans: tuple[Span, ...]
    reason: str
    """Why, in plain words."""
    confidence: float
    """Fitted chance that a reader would say the point was said."""


class MisconceptionResult(NamedTuple):
    """A misconception in an answer."""

    id: str
    stated: bool
    spans: tuple[Span, ...]
    confidence: float


class Graded(NamedTuple):
    """A graded answer."""

    points: tuple[PointResult, ...]
    misconceptions: tuple[MisconceptionResult, ...]

    @property
    def said(self) -> frozenset[str]:
        """Ids of the points said; what is only partly there is not ticked."""
        return frozenset(p.id for p in self.points if p.result is Result.SAID)

    @property
    def stated(self) -> frozenset[str]:
        """Ids of the misconceptions stated."""
        return frozenset(m.id for m in self.misconceptions if m.stated)

    def spans(self, line: str) -> tuple[Span, ...]:
        """Where the words stand that decided a point or misconception."""
        found = {p.id: p.spans for p in self.points} | {m.id: m.spans for m in self.misconceptions}
        return found.get(line, ())


def grade_answer(card: CardFacts, text: str, *, alone: bool = False) -> Graded:
    """Grade an answer: an empty one says nothing; case, spaces and order of sentences make no difference.

    With `alone` a point is not taken to be likelier said where the card's other points are.
    """
    prepared = prepare(card)
    found = compare(prepared, text, fitted.WRONG)
    wrong = tuple(
        _misconception(prepared, found, place, facts.id) for place, facts in enumerate(card.misconceptions)
    )
    stated = {
        found.stretches[at.stretch].whole
        for rows, m in zip(found.wrong, wrong, strict=True)
        if m.stated and (at := _deciding(rows, fitted.WRONG)[0])
    }
    chances = [_deciding(rows, fitted.POINT)[1] for rows in found.points]
    if not alone:
        context = in_context([point.must for point in card.points], chances)
        chances = [fitted.CONTEXT.chance(measures) for measures in context]
    points = tuple(
        _point(prepared, found, place, facts.id, chance=chance, stated=stated)
        for place, (facts, chance) in enumerate(zip(card.points, chances, strict=True))
    )
    return Graded(points, wrong)


def rate(card: CardFacts, graded: Graded) -> Suggestion:
    """The rating that follows from a graded answer, with its reason; Again where nothing was said."""
    said, stated = graded.said, graded.stated
    points = [PointTick(p.id, p.wordings[0], p.must, p.id in said) for p in card.points]
    wrong = [m.wordings[0] for m in card.misconceptions if m.id in stated]
    found = suggest(points, stated=wrong, hints=0, slow=False, touched=True)
    assert found is not None  # noqa: S101  (touched answers always have one)
    return found


def _point(
    card: CardWords, found: Comparison, place: int, name: str, *, chance: float, stated: set[int]
) -> PointResult:
    at, _ = _deciding(found.points[place], fitted.POINT)
    idea = card.points[place]
    if at is not None and chance >= fitted.SAID:
        spans = _spans(found.stretches[at.stretch], card, idea.union)
        return PointResult(name, Result.SAID, spans, f"like “{at.wording}”", chance)
    if found.denials[place]:
        denied = max(found.denials[place], key=lambda row: row.denied)
        spans = _spans(found.stretches[denied.stretch], card, idea.union)
        return PointResult(name, Result.CONTRADICTED, spans, "claims the opposite", chance)
    if at is None:
        return PointResult(name, Result.MISSING, (), "not found", 0.0)
    spans = _spans(found.stretches[at.stretch], card, idea.union)
    if found.stretches[at.stretch].whole in stated and at.measures.best >= REPLACED:
        return PointResult(name, Result.CONTRADICTED, spans, "a misconception stands in its place", chance)
    if chance >= fitted.PARTLY:
        return PointResult(name, Result.PARTLY, spans, f"only a part of “{at.wording}”", chance)
    return PointResult(name, Result.MISSING, (), "not found", chance)


def _misconception(card: CardWords, found: Comparison, place: int, name: str) -> MisconceptionResult:
    # A sentence that says a point in its own words cannot fail an answer.
    rows = [
        row
        for row in found.wrong[place]
        if row.measures.share >= LEAST_SHARE and not found.stretches[row.stretch].says_point
    ]
    at, chance = _deciding(rows, fitted.WRONG)
    if at is None:
        return MisconceptionResult(name, stated=False, spans=(), confidence=0.0)
    spans = _spans(found.stretches[at.stretch], card, card.misconceptions[place].union)
    return MisconceptionResult(name, stated=chance >= fitted.STATED, spans=spans, confidence=chance)


def _deciding(rows: Sequence[At[Measures]], fit: Fit) -> tuple[At[Measures] | None, float]:
    """The stretch that speaks most for an idea, and the chance it gives."""
    chances = [fit.chance(row.measures) for row in rows]
    if not chances:
        return None, 0.0
    top = max(range(len(chances)), key=chances.__getitem__)
    return rows[top], chances[top]


GAP = 3
"""Words between two matched ones that a span bridges."""


def _spans(stretch: Stretch, card: CardWords, wanted: Sequence[int]) -> tuple[Span, ...]:
    """Where the matched words stand, neighbours joined."""
    there = [card.terms[t] for t in wanted if t in stretch.found or t in stretch.against]
    places = stretch.places([t for t in there if t.root not in WEAK] or there)
    denials = [i for i, word in enumerate(stretch.words) if word.token.word in DENY]
    places = sorted({*places, *(i for i in denials if any(0 < place - i <= GAP for place in places))})
    spans: list[Span] = []
    last = -GAP - 2
    for place in places:
        token = stretch.words[place].token
        if spans and place - last <= GAP + 1:
            spans[-1] = Span(spans[-1].start, token.end)
        else:
            spans.append(Span(token.start, token.end))
        last = place
    return tuple(spans)
