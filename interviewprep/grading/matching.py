"""An answer beside a card: how much of each point and misconception each stretch of the answer says.

An idea is judged by the stretch that speaks most for it, so that saying more never makes a point less said,
and the order of sentences does not matter.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import Generic, NamedTuple, TypeVar

from interviewprep.grading.cardwords import STRICT, CardWords, Idea, Wording
from interviewprep.grading.stretches import Found, Stretch, merge, stretches_of

LONGEST = 10_000
"""Letters of an answer that are looked at."""
LENT_SYNONYM = 0.5
ENOUGH = 1.5
"""Weight of matched words at which a match counts two thirds: single small words prove little."""
DENIAL = 0.6
"""Share of a wording found with the opposite claim from which a stretch denies a point."""
TURNED = 0.3
"""Share of a wording's weight claimed the other way round from which the stretch can deny it."""
Measures = TypeVar("Measures", bound=tuple[float, ...])


class PointMeasures(NamedTuple):
    """How much of a point one stretch says, and what speaks against that."""

    best: float
    """Of the best wording: share of its weight, less where few words matched."""
    second: float
    mean: float
    """Over all wordings."""
    share: float
    """Share of the best wording's weight."""
    second_share: float
    text: float
    """Share of the point's own text."""
    union: float
    """Weight matched of all its wordings together."""
    lent: float
    """Weight matched of words the card's other texts lend."""
    wrong: float
    """Best misconception in the stretch."""
    wrong_too: float
    """The same times `best`."""
    rival: float
    """Best of the other points."""
    against: float
    """Weight of its words that the stretch has with the opposite claim."""
    length: float
    """Logarithm of the number of words."""
    over_wrong: float
    """Best wording over the best misconception, if positive."""
    over_rivals: float
    """`union` over that of the other points, if positive."""
    wrong_chance: float
    """Fitted chance of the likeliest misconception in the stretch."""
    sentence_chance: float
    """The same in the sentence's worst stretch."""
    anywhere: float
    """Share of the best wording over the whole answer."""


class WrongMeasures(NamedTuple):
    """How much of a misconception one stretch states, and what speaks against that."""

    best: float
    share: float
    second: float
    mean: float
    weight: float
    """Weight matched of the best wording."""
    telling: float
    """Share matched of the terms that no point has."""
    strict: float
    """1 where stretch and wording have words like `always`, 0.5 where the wording has none, else 0."""
    point: float
    """Best point in the stretch."""
    over_point: float
    """Best wording over it, if positive."""
    over_sentence: float
    """Best wording over the best point in the whole sentence."""
    others: float
    """Best of the other misconceptions."""
    against: float
    """Weight of the wording's terms that the sentence denies."""
    denials: float
    """Denied words in the sentence, up to 3."""
    length: float
    """Logarithm of the number of words."""


class At(NamedTuple, Generic[Measures]):
    """An idea measured in a stretch."""

    stretch: int
    """Place of the stretch."""
    wording: str
    """The wording found best."""
    measures: Measures
    denied: float = 0.0
    """Share of a wording that the stretch has, with the opposite claim on a part that matters."""


class Comparison(NamedTuple):
    """An answer beside a card: for each idea the stretches that have words of it."""

    stretches: tuple[Stretch, ...]
    points: tuple[tuple[At[PointMeasures], ...], ...]
    """Without the stretches that deny the point."""
    denials: tuple[tuple[At[PointMeasures], ...], ...]
    """For each point the stretches that deny it."""
    wrong: tuple[tuple[At[WrongMeasures], ...], ...]


class Fit(NamedTuple):
    """Weights of measures, and what is added: the logarithm of the odds that a reader would agree."""

    weights: tuple[float, ...]
    base: float

    def chance(self, measures: tuple[float, ...]) -> float:
        """The chance that a stretch with these measures says it."""
        total = self.base + sum(w * m for w, m in zip(self.weights, measures, strict=True))
        return 1 / (1 + math.exp(-max(-50.0, min(50.0, total))))


def compare(card: CardWords, text: str, wrong_fit: Fit) -> Comparison:
    """Compare an answer with a prepared card; `wrong_fit` weighs the measures of misconceptions."""
    stretches = stretches_of(card, text[:LONGEST])
    stretches = [s._replace(says_point=_says_point(card, stretches[s.whole])) for s in stretches]
    point_scores = [[_scores(card, idea, s) for s in stretches] for idea in card.points]
    wrong_scores = [[_scores(card, idea, s) for s in stretches] for idea in card.misconceptions]
    count = len(stretches)
    around = _Around(card, stretches, _Side.of(point_scores, count), _Side.of(wrong_scores, count))
    everything: Found = {}
    for stretch in stretches:
        merge(everything, stretch.found)
    found_wrong = tuple(
        _wrong(around, idea, scores) for idea, scores in zip(card.misconceptions, wrong_scores, strict=True)
    )
    chances = _chances(stretches, found_wrong, wrong_fit)
    found_points = [
        _point(around, idea, scores, chances, everything)
        for idea, scores in zip(card.points, point_scores, strict=True)
    ]
    return Comparison(
        tuple(stretches),
        tuple(tuple(at for at in rows if not _denies(at)) for rows in found_points),
        tuple(tuple(at for at in rows if _denies(at)) for rows in found_points),
        found_wrong,
    )


def _denies(at: At[PointMeasures]) -> bool:
    return at.denied >= DENIAL and at.denied > at.measures.share


# -- measures --------------------------------------------------------------------------------------


class _Scores(NamedTuple):
    """One idea in one stretch."""

    best: float
    wording: str
    scores: tuple[float, ...]
    shares: tuple[float, ...]
    text_weight: float
    union: float
    lent: float


_NOTHING = _Scores(0.0, "", (), (), 0.0, 0.0, 0.0)


def _scores(card: CardWords, idea: Idea, stretch: Stretch) -> _Scores:
    found = stretch.found
    weights = card.weights
    union = sum(found[t] * weights[t] for t in idea.union if t in found)
    lent = sum(w * (1.0 if found[t] == 1.0 else LENT_SYNONYM) for t, w in idea.lent if t in found)
    if not union and not any(t in stretch.against for t in idea.union):
        return _NOTHING
    scores, shares = [], []
    first = 0.0
    for place, wording in enumerate(idea.wordings):
        got = sum(found[t] * weights[t] for t in wording.terms if t in found)
        share = got / wording.weight if wording.weight else 0.0
        shares.append(share)
        scores.append(share * (1 - math.exp(-got / ENOUGH)))
        if place == 0:
            first = got
    top = max(range(len(scores)), key=scores.__getitem__)
    return _Scores(scores[top], idea.wordings[top].text, tuple(scores), tuple(shares), first, union, lent)


def _says_point(card: CardWords, sentence: Stretch) -> bool:
    found = sentence.found
    return any(
        all(found.get(t) == 1.0 for t in idea.wordings[0].terms) for idea in card.points if idea.wordings
    )


def _share(card: CardWords, wording: Wording, found: Found) -> float:
    return sum(found[t] * card.weights[t] for t in wording.terms if t in found) / (wording.weight or 1.0)


class _Side(NamedTuple):
    """The two best of one kind of ideas in each stretch."""

    best: list[tuple[float, float]]
    union: list[tuple[float, float]]

    @classmethod
    def of(cls, scores: Sequence[Sequence[_Scores]], count: int) -> _Side:
        return cls(
            [_two(s[i].best for s in scores) for i in range(count)],
            [_two(s[i].union for s in scores) for i in range(count)],
        )


class _Around(NamedTuple):
    """What an idea in a stretch is measured against."""

    card: CardWords
    stretches: Sequence[Stretch]
    points: _Side
    wrong: _Side


def _two(values: Iterable[float]) -> tuple[float, float]:
    first, second, *_ = [*sorted(values, reverse=True), 0.0, 0.0]
    return first, second


def _other(two: tuple[float, float], mine: float) -> float:
    """The best that is not mine."""
    return two[1] if mine == two[0] else two[0]


def _chances(
    stretches: Sequence[Stretch], wrong: Sequence[Sequence[At[WrongMeasures]]], fit: Fit
) -> list[tuple[float, float]]:
    """For each stretch the chance of the likeliest misconception, there and in its sentence."""
    here = [0.0] * len(stretches)
    sentence = [0.0] * len(stretches)
    for at in (at for rows in wrong for at in rows):
        whole = stretches[at.stretch].whole
        chance = fit.chance(at.measures)
        here[at.stretch] = max(here[at.stretch], chance)
        sentence[whole] = max(sentence[whole], chance)
    return [(chance, sentence[s.whole]) for chance, s in zip(here, stretches, strict=True)]


def _point(
    around: _Around,
    idea: Idea,
    mine: Sequence[_Scores],
    chances: Sequence[tuple[float, float]],
    everything: Found,
) -> tuple[At[PointMeasures], ...]:
    card, stretches, points, wrong = around
    anywhere = max((_share(card, w, everything) for w in idea.wordings), default=0.0)
    found = []
    for place, (stretch, scores) in enumerate(zip(stretches, mine, strict=True)):
        if not scores.scores:
            continue
        best, second = _two(scores.scores) if len(scores.scores) > 1 else (scores.best, scores.best)
        share, second_share = _two(scores.shares) if len(scores.shares) > 1 else (scores.shares[0],) * 2
        bad = wrong.best[place][0]
        measures = PointMeasures(
            best=best,
            second=second,
            mean=sum(scores.scores) / len(scores.scores),
            share=share,
            second_share=second_share,
            text=scores.shares[0],
            union=min(scores.union, 12.0),
            lent=min(scores.lent, 10.0),
            wrong=bad,
            wrong_too=bad * best,
            rival=_other(points.best[place], best),
            against=min(
                sum(stretch.against[t] * card.weights[t] for t in idea.union if t in stretch.against), 5.0
            ),
            length=math.log(len(stretch.words)),
            over_wrong=max(0.0, best - bad),
            over_rivals=max(0.0, scores.union - _other(points.union[place], scores.union)),
            wrong_chance=chances[place][0],
            sentence_chance=chances[place][1],
            anywhere=anywhere,
        )
        found.append(At(place, scores.wording, measures, _denied(card, idea, stretch)))
    return tuple(found)


def _denied(card: CardWords, idea: Idea, stretch: Stretch) -> float:
    if not stretch.against:
        return 0.0
    most = 0.0
    for wording in idea.wordings:
        other = sum(stretch.against[t] * card.weights[t] for t in wording.terms if t in stretch.against)
        if other > TURNED * wording.weight:
            most = max(most, other / wording.weight + _share(card, wording, stretch.found))
    return min(most, 1.0)


def _wrong(around: _Around, idea: Idea, mine: Sequence[_Scores]) -> tuple[At[WrongMeasures], ...]:
    card, stretches, points, wrong = around
    found = []
    for place, (stretch, scores) in enumerate(zip(stretches, mine, strict=True)):
        if not scores.scores:
            continue
        sentence = stretches[stretch.whole]
        wording = next(w for w in idea.wordings if w.text == scores.wording)
        telling = sum(card.weights[t] for t in wording.telling)
        strict = bool(wording.strict) and any(w.token.word in STRICT for w in stretch.words)
        point = points.best[place][0]
        measures = WrongMeasures(
            best=scores.best,
            share=max(scores.shares),
            second=_two(scores.shares)[1],
            mean=sum(scores.scores) / len(scores.scores),
            weight=sum(stretch.found[t] * card.weights[t] for t in wording.terms if t in stretch.found),
            telling=sum(stretch.found[t] * card.weights[t] for t in wording.telling if t in stretch.found)
            / (telling or 1.0),
            strict=(1.0 if strict else 0.0) if wording.strict else 0.5,
            point=point,
            over_point=max(0.0, scores.best - point),
            over_sentence=scores.best - points.best[stretch.whole][0],
            others=_other(wrong.best[place], scores.best),
            against=sum(
                sentence.against[t] * card.weights[t] for t in wording.terms if t in sentence.against
            ),
            denials=float(min(3, sum(w.denied for w in sentence.words))),
            length=math.log(len(stretch.words)),
        )
        found.append(At(place, scores.wording, measures))
    return tuple(found)
