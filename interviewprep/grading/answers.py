"""A typed answer graded: which points it says, which misconceptions it states, and the words that decided
it.

A suggestion, never a verdict: the learner changes the ticks. `ticks.suggest` turns them into a rating.
Weights and limits are in `fitted`; how well they do is in benchmarks/README.md.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple

from interviewprep.grading.cardwords import prepare
from interviewprep.grading.context import alone as by_itself
from interviewprep.grading.context import in_context, wrong_in_context
from interviewprep.grading.doubt import Verdict, judge
from interviewprep.grading.evidence import evidence
from interviewprep.grading.facts import CardFacts
from interviewprep.grading.fitted import PLAIN_WEIGHTS, WEIGHTS
from interviewprep.grading.formulas import Mistaken
from interviewprep.grading.literal import verbatim
from interviewprep.grading.matching import At, Comparison, Fit, Measures, PointMeasures, WrongMeasures
from interviewprep.grading.spans import Span, Where
from interviewprep.grading.ticks import PointTick, Suggestion, suggest
from interviewprep.grading.weights import Weights
from interviewprep.memory.types import Rating

SAID = 0.5
"""Chance from which a point counts as said."""
PARTLY = 0.3
"""Chance from which a point counts as partly said."""
ALONE_SAID, ALONE_PARTLY = 0.75, 0.5
"""The same of a point graded alone: nothing else of the answer speaks for it."""
STATED = 0.8
"""Chance, among the rest of the answer, from which a misconception counts as stated."""
OPPOSITE = 0.9
"""Share of a wording, found with the opposite claim, from which a point not said is contradicted."""
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


def grade_answer(
    card: CardFacts, text: str, *, alone: bool = False, weights: Weights | None = None
) -> Graded:
    """Grade an answer: an empty one says nothing; case, spaces and order of sentences make no difference.

    With `alone` a point is not taken to be likelier said where the card's other points are. Without `weights`
    they are those fitted for cards with or without example phrases.
    """
    prepared = prepare(card)
    weights = weights or (WEIGHTS if prepared.phrases.weights else PLAIN_WEIGHTS)
    found, literal, phrases, mistaken = evidence(prepared, text, weights.wrong)
    of_points, of_wrong = phrases[: len(card.points)], phrases[len(card.points) :]
    best = [_deciding(rows, weights.point) for rows in found.points]
    itself = [
        weights.alone.chance(by_itself(chance, words, said.score))
        for (_, chance), words, said in zip(best, literal, of_points, strict=True)
    ]
    literally = verbatim(prepared, found.stretches)
    claims = [
        _deciding(rows if word_for_word else _claims(found, rows), weights.wrong)
        for word_for_word, rows in zip(literally, found.wrong, strict=True)
    ]
    context = wrong_in_context([chance for _, chance in claims], itself, [said.score for said in of_wrong])
    where = Where(prepared, found.stretches, phrases)
    wrong = tuple(
        _misconception(
            facts.id,
            where.spans(len(best) + place, at, chance),
            1.0 if literally[place] else weights.wrong_context.chance(context[place]),
        )
        for place, (facts, (at, chance)) in enumerate(zip(card.misconceptions, claims, strict=True))
    )
    replaced = frozenset(
        found.stretches[at.stretch].whole
        for (at, _), m in zip(claims, wrong, strict=True)
        if m.stated and at is not None
    )
    among = in_context([point.must for point in card.points], itself)
    points = []
    for place, facts in enumerate(card.points):
        own = alone or bool(mistaken[place])
        chance = itself[place] if own else weights.context.chance(among[place])
        limits = _Limits(ALONE_SAID, ALONE_PARTLY) if alone else _Limits(SAID, PARTLY)
        result = _point(_Beside(where, found, place, best[place], replaced), facts.id, chance, limits)
        points.append(_corrected(result, mistaken[place], text))
    graded = Graded(tuple(points), wrong)
    return graded if alone else _settled(card, graded)


def _settled(card: CardFacts, graded: Graded) -> Graded:
    """The answer with its ticks as the rating wants them that is right most likely."""
    if graded.stated:
        return graded
    musts = {p.id for p in card.points if p.must}
    verdict = judge(
        {p.id: p.confidence for p in graded.points if p.id in musts},
        [p.confidence for p in graded.points if p.id not in musts],
        {m.id: m.confidence for m in graded.misconceptions if m.spans},
    )
    if verdict.rating is Rating.AGAIN:
        return _failed(graded, verdict) if musts <= graded.said else graded
    result = Result.SAID if verdict.rating is Rating.GOOD else Result.UNSURE
    graded = _marked(graded, dict.fromkeys(musts - graded.said, result))
    graded = _half_said(graded, musts, said=verdict.half)
    if rate(card, graded).rating > verdict.rating:
        return _in_doubt(graded, verdict.weakest)
    return graded


def _failed(graded: Graded, verdict: Verdict) -> Graded:
    """The weakest must point not said; a misconception that was hardly seen never fails an answer alone."""
    if any(p.id == verdict.weakest for p in graded.points):
        return _marked(graded, {verdict.weakest: Result.PARTLY})
    return _in_doubt(graded, verdict.weakest)


def _in_doubt(graded: Graded, line: str) -> Graded:
    wrong = tuple(m._replace(unsure=m.id == line) for m in graded.misconceptions)
    return _marked(graded, {line: Result.UNSURE})._replace(misconceptions=wrong)


def _half_said(graded: Graded, musts: set[str], *, said: bool) -> Graded:
    """At least half of the further points said, or fewer: those nearest to it change."""
    further = sorted((p for p in graded.points if p.id not in musts), key=lambda p: -p.confidence)
    half = (len(further) + 1) // 2
    if said:
        near = (p.id for p in further[:half] if p.result is Result.PARTLY)
        return _marked(graded, dict.fromkeys(near, Result.SAID))
    near = (p.id for p in further[half - 1 :] if p.result is Result.SAID)
    return _marked(graded, dict.fromkeys(near, Result.PARTLY))


def _marked(graded: Graded, results: Mapping[str, Result]) -> Graded:
    """Points with other results than their own chances give."""
    points = (
        p._replace(result=results[p.id], reason=_perhaps(p.reason)) if p.id in results else p
        for p in graded.points
    )
    return graded._replace(points=tuple(points))


def _perhaps(reason: str) -> str:
    if reason in {"not found", "only a part of it"}:
        return "perhaps in words that say it"
    return f"perhaps {reason.replace('only a part of', 'like')}"


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


class _Beside(NamedTuple):
    """A point beside an answer."""

    where: Where
    found: Comparison
    place: int
    best: tuple[At[PointMeasures] | None, float]
    """The stretch that speaks most for it, and the chance it gives."""
    replaced: frozenset[int]
    """The sentences that state misconceptions."""


class _Limits(NamedTuple):
    """Chances from which a point was said, and partly said."""

    said: float
    partly: float


def _point(beside: _Beside, name: str, chance: float, limits: _Limits) -> PointResult:
    found, (at, itself) = beside.found, beside.best
    spans = beside.where.spans(beside.place, at, itself)
    if chance >= limits.said and spans:
        reason = f"like “{at.wording}”" if at is not None else "in words that say it"
        return PointResult(name, Result.SAID, spans, reason, chance)
    denied = max(found.denials[beside.place], key=lambda row: row.denied, default=None)
    if denied is not None and denied.denied >= OPPOSITE:
        spans = beside.where.spans(beside.place, denied, 1.0)
        return PointResult(name, Result.CONTRADICTED, spans, "claims the opposite", chance)
    if not spans:
        return PointResult(name, Result.MISSING, (), "not found", 0.0)
    if (
        at is not None
        and found.stretches[at.stretch].whole in beside.replaced
        and at.measures.best >= REPLACED
    ):
        reason = "a misconception stands in its place"
        return PointResult(name, Result.CONTRADICTED, spans, reason, chance)
    if chance >= limits.partly:
        reason = f"only a part of “{at.wording}”" if at is not None else "only a part of it"
        return PointResult(name, Result.PARTLY, spans, reason, chance)
    return PointResult(name, Result.MISSING, spans, "not found", chance)


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


def _misconception(name: str, spans: tuple[Span, ...], chance: float) -> MisconceptionResult:
    if not spans:
        return MisconceptionResult(name, stated=False, spans=(), confidence=0.0)
    return MisconceptionResult(name, chance >= STATED, spans, chance)


def _deciding(rows: Sequence[At[Measures]], fit: Fit) -> tuple[At[Measures] | None, float]:
    """The stretch that speaks most for an idea, and the chance it gives."""
    chances = [fit.chance(row.measures) for row in rows]
    if not chances:
        return None, 0.0
    top = max(range(len(chances)), key=chances.__getitem__)
    return rows[top], chances[top]
