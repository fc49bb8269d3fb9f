"""An answer beside a card: how much of each point and misconception each stretch of the answer says.

An idea is judged by the stretch that speaks most for it, so that saying more never makes a point less said,
and the order of sentences does not matter.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from operator import mul
from typing import Generic, NamedTuple, TypeVar

from interviewprep.grading.cardwords import STRICT, CardWords, Idea, Wording
from interviewprep.grading.claims import DENY
from interviewprep.grading.clauses import Clauses
from interviewprep.grading.stretches import Found, Stretch, merge, stretches_of

LENT_SYNONYM = 0.5
ENOUGH = 1.5
"""Weight of matched words at which a match counts two thirds: single small words prove little."""
DENIAL = 0.6
"""Share of a wording found with the opposite claim from which a stretch denies a point."""
TURNED = 0.3
"""Share of a wording's weight claimed the other way round from which the stretch can deny it."""
TOPIC = 0.3
"""Share of a wording that must be there for an opposite word (grows, shrinks) to deny it."""
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
    turned: float
    """1 where one of stretch and wording denies something and the other does not."""
    turned_sentence: float
    """The same of the sentence."""
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
        total = self.base + sum(map(mul, self.weights, measures))
        return 1 / (1 + math.exp(-max(-50.0, min(50.0, total))))


def compare(card: CardWords, answer: Sequence[Clauses], wrong_fit: Fit) -> Comparison:
    """Compare an answer with a prepared card; `wrong_fit` weighs the measures of misconceptions."""
    stretches = stretches_of(card, answer)
    stretches = [s._replace(says_point=_says_point(card, stretches[s.whole])) for s in stretches]
    rows = [_scores(card, s) for s in stretches]
    point_scores = [[row[i] for row in rows] for i in range(len(card.points))]
    wrong_scores = [
        [row[i] for row in rows] for i in range(len(card.points), len(card.points) + len(card.misconceptions))
    ]
    count = len(stretches)
    around = _Around(
        card,
        stretches,
        _Side.of(point_scores, count),
        _Side.of(wrong_scores, count),
        [sum([w.token.word in DENY for w in s.words]) for s in stretches],
        [sum([w.denied for w in s.words]) for s in stretches],
    )
    everything: Found = {}
    for stretch in stretches:
        merge(everything, stretch.found)
    found_wrong = tuple(
        _wrong(around, idea, scores) for idea, scores in zip(card.misconceptions, wrong_scores, strict=True)
    )
    chances = _chances(stretches, found_wrong, wrong_fit)
    found_points = [
        _point(around, idea, scores, chances, gains)
        for idea, scores, gains in zip(card.points, point_scores, _gains(card, everything), strict=False)
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
    second: float
    total: float
    """Over all wordings."""
    wording: int
    """Place of the best one."""
    share: float
    second_share: float
    text: float
    """Share of the idea's own text."""
    union: float
    lent: float
    denied: float


_NOTHING = _Scores(0.0, 0.0, 0.0, 0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
Gains = dict[int, float]
"""Weight found of wordings by their place; those with none are left out."""


def _scores(card: CardWords, stretch: Stretch) -> list[_Scores]:
    """Every idea in a stretch, misconceptions after points."""
    ideas = [*card.points, *card.misconceptions]
    gains, losses = _gains(card, stretch.found), _gains(card, stretch.against)
    return [
        _score(card, idea, stretch, got, lost) if got or lost else _NOTHING
        for idea, got, lost in zip(ideas, gains, losses, strict=True)
    ]


def _gains(card: CardWords, found: Found) -> list[Gains]:
    """For each idea the weight of the terms of its wordings that were found."""
    gains: list[Gains] = [{} for _ in range(len(card.points) + len(card.misconceptions))]
    for number, strength in found.items():
        gain = strength * card.weights[number]
        for place, wording in card.uses[number]:
            of_idea = gains[place]
            of_idea[wording] = of_idea.get(wording, 0.0) + gain
    return gains


def _score(card: CardWords, idea: Idea, stretch: Stretch, gains: Gains, losses: Gains) -> _Scores:
    best = second = total = share = second_share = 0.0
    which = 0
    for place, got in gains.items():
        part = got / idea.wordings[place].weight
        score = part * (1 - math.exp(-got / ENOUGH))
        total += score
        if score > best or (score == best and place < which):
            second, best, which = best, score, place
        elif score > second:
            second = score
        if part > share:
            second_share, share = share, part
        elif part > second_share:
            second_share = part
    found = stretch.found
    union = sum([found[t] * card.weights[t] for t in idea.union if t in found])
    lent = sum([w * (1.0 if found[t] == 1.0 else LENT_SYNONYM) for t, w in idea.lent if t in found])
    text = gains.get(0, 0.0) / idea.wordings[0].weight if 0 in gains else 0.0
    denied = _denied(idea, gains, losses, stretch.against) if losses else 0.0
    return _Scores(best, second, total, which, share, second_share, text, union, lent, denied)


def _says_point(card: CardWords, sentence: Stretch) -> bool:
    found = sentence.found
    return any(
        all(found.get(t) == 1.0 for t in idea.wordings[0].terms) for idea in card.points if idea.wordings
    )


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
    denials: Sequence[int]
    """Words such as `not` in each stretch."""
    denied: Sequence[int]
    """Denied words in each stretch."""


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
    everything: Gains,
) -> tuple[At[PointMeasures], ...]:
    card, stretches, points, wrong = around[:4]
    anywhere = max((got / idea.wordings[place].weight for place, got in everything.items()), default=0.0)
    alone = len(idea.wordings) == 1
    found = []
    for place, (stretch, scores) in enumerate(zip(stretches, mine, strict=True)):
        if scores is _NOTHING:
            continue
        best = scores.best
        bad = wrong.best[place][0]
        measures = PointMeasures(
            best=best,
            second=best if alone else scores.second,
            mean=scores.total / len(idea.wordings),
            share=scores.share,
            second_share=scores.share if alone else scores.second_share,
            text=scores.text,
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
        found.append(At(place, idea.wordings[scores.wording].text, measures, scores.denied))
    return tuple(found)


def _is_negated(wording: Wording, against: Found) -> bool:
    """Whether words of it are denied, not only replaced by their opposites."""
    return any(against.get(t) == 1.0 for t in wording.terms)


def _denied(idea: Idea, gains: Gains, losses: Gains, against: Found) -> float:
    """The most of a wording that is there, with the opposite claim on a part that matters."""
    most = 0.0
    for place, other in losses.items():
        wording = idea.wordings[place]
        share = gains.get(place, 0.0) / wording.weight
        if other > TURNED * wording.weight and (share >= TOPIC or _is_negated(wording, against)):
            most = max(most, other / wording.weight + share)
    return min(most, 1.0)


def _wrong(around: _Around, idea: Idea, mine: Sequence[_Scores]) -> tuple[At[WrongMeasures], ...]:
    card, stretches, points, wrong = around[:4]
    found = []
    for place, (stretch, scores) in enumerate(zip(stretches, mine, strict=True)):
        if scores is _NOTHING:
            continue
        sentence = stretches[stretch.whole]
        wording = idea.wordings[scores.wording]
        telling = sum(card.weights[t] for t in wording.telling)
        strict = bool(wording.strict) and any(w.token.word in STRICT for w in stretch.words)
        point = points.best[place][0]
        measures = WrongMeasures(
            best=scores.best,
            share=scores.share,
            second=scores.second_share,
            mean=scores.total / len(idea.wordings),
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
            denials=float(min(3, around.denied[stretch.whole])),
            turned=float((around.denials[place] % 2 == 1) != wording.denies),
            turned_sentence=float((around.denials[stretch.whole] % 2 == 1) != wording.denies),
            length=math.log(len(stretch.words)),
        )
        found.append(At(place, wording.text, measures))
    return tuple(found)
