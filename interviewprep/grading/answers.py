"""A typed answer graded: which points it says, which misconceptions it states, and the words that decided
it.

A suggestion, never a verdict: the learner changes the ticks. `ticks.suggest` turns them into a rating.
Weights and limits are in `fitted`; how well they do is in benchmarks/README.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple

from interviewprep.grading.cardwords import CardWords, Idea, prepare
from interviewprep.grading.clauses import DENY
from interviewprep.grading.context import alone as by_itself
from interviewprep.grading.context import in_context, wrong_in_context
from interviewprep.grading.evidence import evidence
from interviewprep.grading.facts import CardFacts
from interviewprep.grading.fitted import WEIGHTS
from interviewprep.grading.formulas import Mistaken
from interviewprep.grading.literal import verbatim
from interviewprep.grading.matching import At, Comparison, Fit, Measures, PointMeasures, WrongMeasures
from interviewprep.grading.stretches import Stretch
from interviewprep.grading.terms import WEAK
from interviewprep.grading.ticks import PointTick, Suggestion, suggest
from interviewprep.grading.weights import Weights

SAID = 0.55
"""Chance from which a nice point counts as said."""
UNSURE, SURE = 0.6, 0.7
"""The same of a must point; from the first on it may have been said, and the learner decides."""
PARTLY = 0.3
"""Chance from which a point counts as partly said."""
STATED = 0.8
"""Chance, among the rest of the answer, from which a misconception counts as stated."""
PLAINLY_STATED = 0.92
"""Its chance by itself from which it counts as stated, whatever else the answer says."""
PERHAPS_STATED = 0.7
"""Its chance by itself from which it may have been stated, and the learner decides."""
REPLACED = 0.6
"""`best` from which a misconception in the same sentence contradicts a point that is not said."""

LEAST_SHARE = 0.6
"""Share of a misconception's best wording below which nothing states it, whatever else speaks for it."""


class Result(StrEnum):
    """What an answer does with a point."""

    SAID = "said"
    UNSURE = "unsure"
    """A must point that may have been said: the learner decides."""
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
    unsure: bool = False
    """Not taken as stated, and yet its words are there: the learner decides."""


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

    @property
    def unsure(self) -> frozenset[str]:
        """Ids of must points and misconceptions that the learner should decide on."""
        points = {p.id for p in self.points if p.result is Result.UNSURE}
        return frozenset(points | {m.id for m in self.misconceptions if m.unsure})

    def spans(self, line: str) -> tuple[Span, ...]:
        """Where the words stand that decided a point or misconception."""
        found = {p.id: p.spans for p in self.points} | {m.id: m.spans for m in self.misconceptions}
        return found.get(line, ())


def grade_answer(card: CardFacts, text: str, *, alone: bool = False, weights: Weights = WEIGHTS) -> Graded:
    """Grade an answer: an empty one says nothing; case, spaces and order of sentences make no difference.

    With `alone` a point is not taken to be likelier said where the card's other points are.
    """
    prepared = prepare(card)
    found, literal, mistaken = evidence(prepared, text, weights.wrong)
    beside = _Beside(prepared, found)
    best = [_deciding(rows, weights.point) for rows in found.points]
    itself = [
        weights.alone.chance(by_itself(chance, words))
        for (_, chance), words in zip(best, literal, strict=True)
    ]
    literally = verbatim(prepared, found.stretches)
    claims = [
        _deciding(rows if word_for_word else _claims(found, rows), weights.wrong)
        for word_for_word, rows in zip(literally, found.wrong, strict=True)
    ]
    context = wrong_in_context([chance for _, chance in claims], itself)
    likely = [
        1.0 if word_for_word else weights.wrong_context.chance(measures)
        for word_for_word, measures in zip(literally, context, strict=True)
    ]
    wrong = tuple(
        _misconception(beside, place, facts.id, claims[place], chance)
        for place, (facts, chance) in enumerate(zip(card.misconceptions, likely, strict=True))
    )
    stated = frozenset(
        found.stretches[at.stretch].whole
        for (at, _), m in zip(claims, wrong, strict=True)
        if m.stated and at is not None
    )
    must, nice = _Limits(UNSURE, SURE, stated), _Limits(SAID, SAID, stated)
    among = in_context([point.must for point in card.points], itself)
    points = []
    for place, facts in enumerate(card.points):
        own = alone or bool(mistaken[place])
        chance = itself[place] if own else weights.context.chance(among[place])
        limits = must if facts.must and not alone else nice
        result = _point(beside, place, facts.id, (best[place][0], chance), limits)
        points.append(_corrected(result, mistaken[place], text))
    return Graded(tuple(points), wrong)


def rate(card: CardFacts, graded: Graded) -> Suggestion:
    """The rating that follows from a graded answer, with its reason; Again where nothing was said."""
    said, stated = graded.said, graded.stated
    unsure = graded.unsure
    points = [PointTick(p.id, p.wordings[0], p.must, p.id in said, p.id in unsure) for p in card.points]
    wrong = [m.wordings[0] for m in card.misconceptions if m.id in stated]
    perhaps = [m.wordings[0] for m in card.misconceptions if m.id in unsure]
    found = suggest(points, stated=wrong, unsure=perhaps, hints=0, slow=False, touched=True)
    assert found is not None  # noqa: S101  (touched answers always have one)
    return found


class _Limits(NamedTuple):
    """Chances from which a point may have been said, and was said; and the sentences of misconceptions."""

    unsure: float
    said: float
    stated: frozenset[int]


class _Beside(NamedTuple):
    """A card and an answer beside it."""

    card: CardWords
    found: Comparison

    def spans(self, at: At[Measures], idea: Idea) -> tuple[Span, ...]:
        """Where the words stand by which a stretch has an idea."""
        return _spans(self.found.stretches[at.stretch], self.card, idea.union)


def _point(
    beside: _Beside, place: int, name: str, best: tuple[At[PointMeasures] | None, float], limits: _Limits
) -> PointResult:
    at, chance = best
    idea = beside.card.points[place]
    if at is not None and chance >= limits.unsure:
        result, like = (Result.SAID, "like") if chance >= limits.said else (Result.UNSURE, "perhaps like")
        return PointResult(name, result, beside.spans(at, idea), f"{like} “{at.wording}”", chance)
    if beside.found.denials[place]:
        denied = max(beside.found.denials[place], key=lambda row: row.denied)
        return PointResult(
            name, Result.CONTRADICTED, beside.spans(denied, idea), "claims the opposite", chance
        )
    if at is None:
        return PointResult(name, Result.MISSING, (), "not found", 0.0)
    if beside.found.stretches[at.stretch].whole in limits.stated and at.measures.best >= REPLACED:
        reason = "a misconception stands in its place"
        return PointResult(name, Result.CONTRADICTED, beside.spans(at, idea), reason, chance)
    if chance >= PARTLY:
        return PointResult(
            name, Result.PARTLY, beside.spans(at, idea), f"only a part of “{at.wording}”", chance
        )
    return PointResult(name, Result.MISSING, (), "not found", chance)


def _corrected(point: PointResult, mistaken: Sequence[Mistaken], text: str) -> PointResult:
    """A point whose formula the answer gives otherwise: contradicted, unless words say it."""
    spans = tuple(Span(m.formula.start, m.formula.end) for m in mistaken if not m.elsewhere)
    if point.result is Result.SAID or not spans:
        return point
    wrong = text[spans[0].start : spans[0].end]
    return point._replace(result=Result.CONTRADICTED, spans=spans, reason=f"another formula: “{wrong}”")


def _claims(found: Comparison, rows: Sequence[At[WrongMeasures]]) -> list[At[WrongMeasures]]:
    """The stretches that can state a misconception: a sentence that says a point in its own words cannot."""
    return [
        row
        for row in rows
        if row.measures.share >= LEAST_SHARE and not found.stretches[row.stretch].says_point
    ]


def _misconception(
    beside: _Beside, place: int, name: str, best: tuple[At[WrongMeasures] | None, float], chance: float
) -> MisconceptionResult:
    at, itself = best
    if at is None:
        return MisconceptionResult(name, stated=False, spans=(), confidence=0.0)
    spans = beside.spans(at, beside.card.misconceptions[place])
    stated = chance >= STATED or itself >= PLAINLY_STATED
    return MisconceptionResult(name, stated, spans, chance, unsure=not stated and itself >= PERHAPS_STATED)


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
