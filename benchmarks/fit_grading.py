"""Fits the weights of the grader on the answers that are not held out, and writes
interviewprep/grading/fitted.py.

An idea is said when one stretch of the answer says it: logistic regression on the measures of the stretch
that speaks most for it, chosen anew with each fit (multiple-instance learning with the maximum). The
measure taken over the whole answer may only count in favour, so that more said is never less said. Prints
what cross-validation by card gives at several limits. Needs numpy and scipy (the extra `test`). Run with
`python -m benchmarks.fit_grading [--write]`.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from itertools import cycle
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from benchmarks.graded_answers import AnsweredCard, answered_cards
from interviewprep.grading.cardwords import prepare
from interviewprep.grading.matching import Fit, PointMeasures, WrongMeasures, compare

Floats = NDArray[np.float64]
FOLDS = 8
ROUNDS = 12
"""Choices of the stretch; it settles after about five."""
PRIOR = 0.1
"""Variance of the normal prior of the standardised weights."""
LIMITS = (0.3, 0.4, 0.5, 0.6, 0.7, 0.8)
OUT = Path(__file__).parents[1] / "interviewprep" / "grading" / "fitted.py"
SAID, PARTLY, STATED = 0.5, 0.3, 0.62


class Bags(NamedTuple):
    """Ideas beside answers: the measures of their stretches, and whether the answer has them."""

    names: tuple[str, ...]
    stretches: list[Floats]
    labels: NDArray[np.bool_]
    cards: NDArray[np.str_]


def bags(cards: Sequence[AnsweredCard], wrong_fit: Fit) -> tuple[Bags, Bags]:
    """Points and misconceptions of all answers."""
    points: tuple[list[Floats], list[bool], list[str]] = ([], [], [])
    wrong: tuple[list[Floats], list[bool], list[str]] = ([], [], [])
    for name, card, answers in cards:
        prepared = prepare(card)
        for answer in answers:
            found = compare(prepared, answer.text, wrong_fit)
            for point, at in zip(card.points, found.points, strict=True):
                points[0].append(_table([a.measures for a in at], len(PointMeasures._fields)))
                points[1].append(answer.points[point.id] == "said")
                points[2].append(name)
            for misconception, there in zip(card.misconceptions, found.wrong, strict=True):
                wrong[0].append(_table([a.measures for a in there], len(WrongMeasures._fields)))
                wrong[1].append(misconception.id in answer.misconceptions)
                wrong[2].append(name)
    return (
        Bags(PointMeasures._fields, points[0], np.array(points[1]), np.array(points[2])),
        Bags(WrongMeasures._fields, wrong[0], np.array(wrong[1]), np.array(wrong[2])),
    )


def _table(rows: Sequence[Sequence[float]], columns: int) -> Floats:
    return np.array(rows, dtype=float).reshape(-1, columns)


def fitted(found: Bags, chosen: NDArray[np.intp], start: Mapping[str, float]) -> Fit:
    """Weights from some of the bags. `start` says which stretch comes first; `anywhere` stays positive."""
    everything = np.vstack([found.stretches[i] for i in chosen])
    mean, spread = everything.mean(axis=0), everything.std(axis=0) + 1e-9
    filled = [i for i in chosen if len(found.stretches[i])]
    scaled = [(found.stretches[i] - mean) / spread for i in filled]
    signs = np.where(found.labels[filled], 1.0, -1.0)
    limits = [(0.0 if name == "anywhere" else None, None) for name in found.names] + [(None, None)]
    weights = np.array([*(start.get(name, 0.0) for name in found.names), 0.0])
    for _ in range(ROUNDS):
        rows = np.array([table[np.argmax(table @ weights[:-1])] for table in scaled])
        weights = minimize(_loss, weights, args=(rows, signs), jac=True, method="L-BFGS-B", bounds=limits).x
    raw = weights[:-1] / spread
    return Fit(tuple(float(w) for w in raw), float(weights[-1] - (raw * mean).sum()))


def _loss(weights: Floats, rows: Floats, signs: Floats) -> tuple[float, Floats]:
    margins = -signs * (rows @ weights[:-1] + weights[-1])
    slopes = -signs / (1 + np.exp(-margins))
    loss = np.logaddexp(0, margins).sum() + 0.5 / PRIOR * (weights[:-1] ** 2).sum()
    return float(loss), np.append(rows.T @ slopes + weights[:-1] / PRIOR, slopes.sum())


def chances(found: Bags, chosen: NDArray[np.intp], fit: Fit) -> Floats:
    """The fitted chance of each bag; 0 where no stretch has a word of the idea."""
    totals = [
        (found.stretches[i] @ np.array(fit.weights)).max() + fit.base if len(found.stretches[i]) else -np.inf
        for i in chosen
    ]
    return np.asarray(1 / (1 + np.exp(-np.array(totals))))


def cross_validated(found: Bags, start: Mapping[str, float]) -> Floats:
    """Chances of every bag, each from weights that have not seen its card."""
    fold_of = dict(zip(sorted(set(found.cards)), cycle(range(FOLDS)), strict=False))
    folds = np.array([fold_of[name] for name in found.cards])
    result = np.zeros(len(found.labels))
    for fold in range(FOLDS):
        inside, outside = np.flatnonzero(folds != fold), np.flatnonzero(folds == fold)
        result[outside] = chances(found, outside, fitted(found, inside, start))
    return result


def print_limits(title: str, labels: NDArray[np.bool_], found: Floats) -> None:
    """Precision and recall at several limits."""
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

'''


def _constant(name: str, found: Bags, fit: Fit) -> str:
    rows = "".join(
        f"        {weight:.3f},  # {field}\n" for field, weight in zip(found.names, fit.weights, strict=True)
    )
    return f"{name} = Fit(\n    weights=(\n{rows}    ),\n    base={fit.base:.3f},\n)\n"


def main() -> None:
    """Print the cross-validation; with --write fit on everything and write the module."""
    cards = answered_cards(held_out=False)
    nothing = Fit((0.0,) * len(WrongMeasures._fields), 0.0)
    _, wrong = bags(cards, nothing)
    print_limits("misconceptions stated", wrong.labels, cross_validated(wrong, WRONG_START))
    wrong_fit = fitted(wrong, np.arange(len(wrong.labels)), WRONG_START)
    points, _ = bags(cards, wrong_fit)
    print_limits("points said", points.labels, cross_validated(points, POINT_START))
    if "--write" not in sys.argv:
        return
    point_fit = fitted(points, np.arange(len(points.labels)), POINT_START)
    text = HEAD + _constant("POINT", points, point_fit) + "\n" + _constant("WRONG", wrong, wrong_fit)
    text += f'\nSAID = {SAID}\n"""Chance from which a point counts as said."""\n'
    text += f'PARTLY = {PARTLY}\n"""Chance from which it counts as partly said."""\n'
    text += f'STATED = {STATED}\n"""Chance from which a misconception counts as stated."""\n'
    OUT.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
