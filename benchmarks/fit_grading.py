"""Fits the weights of the grader on the answers that are not held out, and writes
interviewprep/grading/fitted.py.

An idea is said when one stretch of the answer says it: logistic regression on the measures of the stretch
that speaks most for it, chosen anew with each fit (multiple-instance learning with the maximum). The
measure taken over the whole answer may only count in favour, so that more said is never less said. A second
regression adds the card's very words and its example phrases, a third sees each point or misconception among
the others of its card. Cards without phrases have weights of their own.
Prints what cross-validation by card gives at several limits, or with --write fits on everything and writes
the module. Needs numpy and scipy (the extra `test`). Run with `python -m benchmarks.fit_grading [--write]`.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from itertools import chain, cycle
from multiprocessing import Pool
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from benchmarks.graded_answers import AnsweredCard, answered_cards
from benchmarks.grading import RATINGS
from interviewprep.grading.answers import LEAST_SHARE, grade_answer, rate
from interviewprep.grading.cardwords import prepare
from interviewprep.grading.context import (
    AloneMeasures,
    ContextMeasures,
    WrongContextMeasures,
    alone,
    in_context,
    wrong_in_context,
)
from interviewprep.grading.evidence import evidence
from interviewprep.grading.literal import LiteralMeasures
from interviewprep.grading.matching import Fit, PointMeasures, WrongMeasures
from interviewprep.grading.phrases import Phrases
from interviewprep.grading.weights import Weights

Floats = NDArray[np.float64]
FOLDS = 8
ROUNDS = 12
"""Choices of the stretch; it settles after about five."""
PRIOR = 0.1
"""Variance of the normal prior of the standardised weights."""
POSITIVE_PRIOR = 1.0
"""The same of the later weights, which are not standardised and may not be negative."""
WORDINGS = (2, 4, 99)
"""How many wordings a point has on cards without phrases, for their weights."""
LIMITS = (0.3, 0.4, 0.5, 0.55, 0.6, 0.7, 0.8)
OUT = Path(__file__).parents[1] / "interviewprep" / "grading" / "fitted.py"


class Bags(NamedTuple):
    """Ideas beside answers: the measures of their stretches, and whether the answer has them."""

    names: tuple[str, ...]
    stretches: list[Floats]
    labels: NDArray[np.bool_]
    literal: Sequence[LiteralMeasures] = ()
    """Of points."""
    phrases: Sequence[float] = ()
    """Scores of the example phrases."""
    mistaken: Sequence[bool] = ()
    """Of points: whether another formula stands in the place of theirs."""


def bags(cards: Sequence[AnsweredCard], wrong_fit: Fit, *, plain: bool) -> tuple[Bags, Bags]:
    """Points and misconceptions of all answers; `plain` leaves the example phrases out."""
    points: tuple[list[Floats], list[bool]] = ([], [])
    wrong: tuple[list[Floats], list[bool]] = ([], [])
    literal: list[LiteralMeasures] = []
    mistaken: list[bool] = []
    scores: tuple[list[float], list[float]] = ([], [])
    for _, card, answers in cards:
        prepared = prepare(card)
        if plain:
            prepared = prepared._replace(phrases=Phrases({}, prepared.phrases.ideas))
        for answer in answers:
            found, words, said, instead = evidence(prepared, answer.text, wrong_fit)
            scores[0].extend(s.score for s in said[: len(card.points)])
            scores[1].extend(s.score for s in said[len(card.points) :])
            literal += words
            mistaken += map(bool, instead)
            for point, at in zip(card.points, found.points, strict=True):
                points[0].append(_table([a.measures for a in at], len(PointMeasures._fields)))
                points[1].append(answer.points[point.id] == "said")
            for misconception, there in zip(card.misconceptions, found.wrong, strict=True):
                wrong[0].append(_table([a.measures for a in there], len(WrongMeasures._fields)))
                wrong[1].append(misconception.id in answer.misconceptions)
    return (
        Bags(PointMeasures._fields, points[0], np.array(points[1]), literal, scores[0], mistaken),
        Bags(WrongMeasures._fields, wrong[0], np.array(wrong[1]), phrases=scores[1]),
    )


def _table(rows: Sequence[Sequence[float]], columns: int) -> Floats:
    return np.array(rows, dtype=float).reshape(-1, columns)


def fitted(found: Bags, start: Mapping[str, float]) -> Fit:
    """Weights from the bags. `start` says which stretch comes first; `anywhere` stays positive."""
    everything = np.vstack(found.stretches)
    mean, spread = everything.mean(axis=0), everything.std(axis=0) + 1e-9
    filled = [i for i, table in enumerate(found.stretches) if len(table)]
    scaled = [(found.stretches[i] - mean) / spread for i in filled]
    signs = np.where(found.labels[filled], 1.0, -1.0)
    limits = [(0.0 if name == "anywhere" else None, None) for name in found.names] + [(None, None)]
    weights = np.array([*(start.get(name, 0.0) for name in found.names), 0.0])
    for _ in range(ROUNDS):
        rows = np.array([table[np.argmax(table @ weights[:-1])] for table in scaled])
        weights = minimize(_loss, weights, args=(rows, signs), jac=True, method="L-BFGS-B", bounds=limits).x
    raw = weights[:-1] / spread
    return Fit(tuple(float(w) for w in raw), float(weights[-1] - (raw * mean).sum()))


def _loss(weights: Floats, rows: Floats, signs: Floats, prior: float = PRIOR) -> tuple[float, Floats]:
    margins = -signs * (rows @ weights[:-1] + weights[-1])
    slopes = -signs / (1 + np.exp(-margins))
    loss = np.logaddexp(0, margins).sum() + 0.5 / prior * (weights[:-1] ** 2).sum()
    return float(loss), np.append(rows.T @ slopes + weights[:-1] / prior, slopes.sum())


def chances(found: Bags, fit: Fit) -> Floats:
    """The fitted chance of each bag; 0 where no stretch has a word of the idea."""
    weights = np.array(fit.weights)
    totals = [(rows @ weights).max() + fit.base if len(rows) else -np.inf for rows in found.stretches]
    return np.asarray(1 / (1 + np.exp(-np.array(totals))))


def fit_all(cards: Sequence[AnsweredCard], *, plain: bool = False) -> Weights:
    """The weights: misconceptions first, then points beside them, then each among the others."""
    nothing = Fit((0.0,) * len(WrongMeasures._fields), 0.0)
    _, wrong = bags(cards, nothing, plain=plain)
    wrong_fit = fitted(wrong, WRONG_START)
    points, _ = bags(cards, wrong_fit, plain=plain)
    point_fit = fitted(points, POINT_START)
    rows = by_itself(points, point_fit)
    alone_fit = _positive_fit(rows, points.labels)
    itself = _chances(rows, alone_fit)
    among = context(cards, itself, chances(_likely(wrong), wrong_fit), wrong.phrases)
    return Weights(
        point_fit,
        alone_fit,
        _positive_fit(among.points, points.labels),
        wrong_fit,
        _positive_fit(among.wrong, wrong.labels),
    )


def cut(cards: Sequence[AnsweredCard], wordings: int) -> list[AnsweredCard]:
    """The cards with so many wordings for each point and misconception, as cards of learners have them."""
    found = []
    for entry in cards:
        points = tuple(p._replace(wordings=p.wordings[:wordings]) for p in entry.card.points)
        wrong = tuple(m._replace(wordings=m.wordings[:wordings]) for m in entry.card.misconceptions)
        found.append(entry._replace(card=entry.card._replace(points=points, misconceptions=wrong)))
    return found


def fit_plain(cards: Sequence[AnsweredCard]) -> Weights:
    """The weights for cards without phrases: few of them have many wordings."""
    return fit_all([card for count in WORDINGS for card in cut(cards, count)], plain=True)


def _likely(wrong: Bags) -> Bags:
    share = WrongMeasures._fields.index("share")
    return wrong._replace(stretches=[rows[rows[:, share] >= LEAST_SHARE] for rows in wrong.stretches])


def by_itself(points: Bags, fit: Fit) -> Floats:
    """The measures of every point by itself."""
    return np.array(
        [
            alone(float(chance), words, score)
            for chance, words, score in zip(chances(points, fit), points.literal, points.phrases, strict=True)
        ]
    )


def _chances(rows: Floats, fit: Fit) -> Floats:
    return np.asarray(1 / (1 + np.exp(-(rows @ np.array(fit.weights) + fit.base))))


class Among(NamedTuple):
    """The measures of every point, and of every misconception, among the others of its card."""

    points: Floats
    wrong: Floats


def context(cards: Sequence[AnsweredCard], points: Floats, wrong: Floats, phrases: Sequence[float]) -> Among:
    """The measures from the chance of each by itself and the scores of the misconceptions' phrases."""
    said: list[ContextMeasures] = []
    stated: list[WrongContextMeasures] = []
    for _, card, answers in cards:
        musts = [point.must for point in card.points]
        for _ in answers:
            mine = [float(c) for c in points[len(said) : len(said) + len(musts)]]
            claims = [float(c) for c in wrong[len(stated) : len(stated) + len(card.misconceptions)]]
            said += in_context(musts, mine)
            stated += wrong_in_context(claims, mine, phrases[len(stated) : len(stated) + len(claims)])
    return Among(np.array(said), np.array(stated))


def _positive_fit(rows: Floats, labels: NDArray[np.bool_]) -> Fit:
    """No weight may be negative: more said is never less said."""
    signs = np.where(labels, 1.0, -1.0)
    limits = [(0.0, None)] * rows.shape[1] + [(None, None)]
    weights = minimize(
        _loss,
        np.zeros(rows.shape[1] + 1),
        args=(rows, signs, POSITIVE_PRIOR),
        jac=True,
        method="L-BFGS-B",
        bounds=limits,
    ).x
    return Fit(tuple(float(w) for w in weights[:-1]), float(weights[-1]))


class Judged(NamedTuple):
    """What the grader makes of the answers of cards it was not fitted on."""

    points: list[tuple[float, bool]]
    """Chance that a point is said, and whether a reader found it said."""
    wrong: list[tuple[float, bool]]
    steps: list[int]
    """Rating computed less rating labelled."""
    said: list[tuple[bool, bool]]
    """Whether a point was taken as said, and whether a reader found it said."""
    stated: list[tuple[bool, bool]]
    """The same of misconceptions."""


def judge(cards: Sequence[AnsweredCard], weights: Weights) -> Judged:
    """Grade the answers with these weights."""
    found = Judged([], [], [], [], [])
    for _, card, answers in cards:
        for answer in answers:
            graded = grade_answer(card, answer.text, weights=weights)
            found.points.extend((p.confidence, answer.points[p.id] == "said") for p in graded.points)
            found.wrong.extend((m.confidence, m.id in answer.misconceptions) for m in graded.misconceptions)
            found.said.extend((p.id in graded.said, answer.points[p.id] == "said") for p in graded.points)
            found.stated.extend((m.stated, m.id in answer.misconceptions) for m in graded.misconceptions)
            found.steps.append(rate(card, graded).rating - RATINGS[answer.rating])
    return found


def cross_validate(cards: Sequence[AnsweredCard]) -> None:
    """Print precision and recall with weights that have not seen the card of the answer."""
    names = sorted({name for name, _, _ in cards})
    fold_of = dict(zip(names, cycle(range(FOLDS)), strict=False))
    folds = range(FOLDS)
    rest = [[c for c in cards if fold_of[c.name] != fold] for fold in folds]
    asked = [[c for c in cards if fold_of[c.name] == fold] for fold in folds]
    with Pool() as pool:
        weights = pool.map(fit_all, rest, chunksize=1)
        plain = pool.map(fit_plain, rest, chunksize=1)
    report("with phrases", [judge(part, fit) for part, fit in zip(asked, weights, strict=True)], limits=True)
    for count in WORDINGS:
        report(
            f"without phrases, at most {count} wordings",
            [judge(cut(part, count), fit) for part, fit in zip(asked, plain, strict=True)],
        )


def report(title: str, parts: Sequence[Judged], *, limits: bool = False) -> None:
    """Print what came out; with `limits` at several of them."""
    found = Judged(*(list(chain.from_iterable(each)) for each in zip(*parts, strict=True)))
    print(title)
    if limits:
        print_limits("misconceptions stated", found.wrong)
        print_limits("points said", found.points)
    for name, pairs in (("misconceptions stated", found.stated), ("points said", found.said)):
        taken, real = np.array(pairs).T
        hits = (taken & real).sum()
        print(f"{name}, as graded: precision {hits / taken.sum():.3f}, recall {hits / real.sum():.3f}")
    steps = np.array(found.steps)
    print(
        f"rating: equal {np.mean(steps == 0):.3f}, off by more than one step {np.mean(abs(steps) > 1):.3f}, "
        f"too high {np.mean(steps > 0):.3f}"
    )


def print_limits(title: str, judged: Sequence[tuple[float, bool]]) -> None:
    """Precision and recall at several limits."""
    found, labels = np.array([c for c, _ in judged]), np.array([is_so for _, is_so in judged])
    print(f"{title}: {labels.sum()} of {len(labels)}")
    for limit in LIMITS:
        hits = (found >= limit) & labels
        precision, recall = hits.sum() / max(1, (found >= limit).sum()), hits.sum() / labels.sum()
        print(f"  from {limit}: precision {precision:.3f}, recall {recall:.3f}")


POINT_START = {"best": 1.0, "wrong": -0.3, "over_wrong": 1.0}
WRONG_START = {"best": 1.0, "point": -0.5, "over_point": 1.0}

HEAD = '''"""Weights of the grader. Written by `python -m benchmarks.fit_grading --write`, not by hand.

Fitted on the answers of data/graded-answers that are not held out.
"""

from __future__ import annotations

from interviewprep.grading.matching import Fit
from interviewprep.grading.weights import Weights

'''
DOCS = {
    "WEIGHTS": '"""For cards with example phrases."""',
    "PLAIN_WEIGHTS": '"""For cards without: the phrases count nothing."""',
}
FIELDS = Weights(
    PointMeasures._fields,
    AloneMeasures._fields,
    ContextMeasures._fields,
    WrongMeasures._fields,
    WrongContextMeasures._fields,
)


def _constant(name: str, fields: Sequence[str], fit: Fit) -> str:
    rows = "".join(
        f"            {weight:.3f},  # {field}\n" for field, weight in zip(fields, fit.weights, strict=True)
    )
    return f"    {name}=Fit(\n        weights=(\n{rows}        ),\n        base={fit.base:.3f},\n    ),\n"


def _weights(name: str, fits: Weights) -> str:
    rows = map(_constant, Weights._fields, FIELDS, fits)
    return f"{name} = Weights(\n{''.join(rows)})\n{DOCS[name]}\n"


def main() -> None:
    """Print the cross-validation; with --write fit on everything and write the module."""
    cards = answered_cards(held_out=False)
    if "--write" not in sys.argv:
        cross_validate(cards)
        return
    constants = {"WEIGHTS": fit_all(cards), "PLAIN_WEIGHTS": fit_plain(cards)}
    tables = (_weights(name, fits) for name, fits in constants.items())
    OUT.write_text(HEAD + "\n".join(tables), encoding="utf-8")


if __name__ == "__main__":
    main()
