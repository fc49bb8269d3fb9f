"""Fits the weights of the grader on the answers that are not held out, and writes
interviewprep/grading/fitted.py.

An idea is said when one stretch of the answer says it: logistic regression on the measures of the stretch
that speaks most for it, chosen anew with each fit (multiple-instance learning with the maximum). The
measure taken over the whole answer may only count in favour, so that more said is never less said. A second
regression sees each point among the others of its card. Prints what cross-validation by card gives at
several limits, or with --write fits on everything and writes the module. Needs numpy and scipy (the extra
`test`). Run with `python -m benchmarks.fit_grading [--write]`.
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
from benchmarks.grading import RATINGS
from interviewprep.grading.answers import LEAST_SHARE
from interviewprep.grading.cardwords import prepare
from interviewprep.grading.context import ContextMeasures, in_context
from interviewprep.grading.matching import Fit, PointMeasures, WrongMeasures, compare
from interviewprep.grading.ticks import PointTick, suggest

Floats = NDArray[np.float64]
FOLDS = 8
ROUNDS = 12
"""Choices of the stretch; it settles after about five."""
PRIOR = 0.1
"""Variance of the normal prior of the standardised weights."""
CONTEXT_PRIOR = 1.0
"""The same of the weights in context, as they are."""
LIMITS = (0.3, 0.4, 0.5, 0.55, 0.6, 0.7, 0.8)
OUT = Path(__file__).parents[1] / "interviewprep" / "grading" / "fitted.py"
SAID, PARTLY, STATED = 0.55, 0.3, 0.7


class Bags(NamedTuple):
    """Ideas beside answers: the measures of their stretches, and whether the answer has them."""

    names: tuple[str, ...]
    stretches: list[Floats]
    labels: NDArray[np.bool_]


def bags(cards: Sequence[AnsweredCard], wrong_fit: Fit) -> tuple[Bags, Bags]:
    """Points and misconceptions of all answers."""
    points: tuple[list[Floats], list[bool]] = ([], [])
    wrong: tuple[list[Floats], list[bool]] = ([], [])
    for _, card, answers in cards:
        prepared = prepare(card)
        for answer in answers:
            found = compare(prepared, answer.text, wrong_fit)
            for point, at in zip(card.points, found.points, strict=True):
                points[0].append(_table([a.measures for a in at], len(PointMeasures._fields)))
                points[1].append(answer.points[point.id] == "said")
            for misconception, there in zip(card.misconceptions, found.wrong, strict=True):
                wrong[0].append(_table([a.measures for a in there], len(WrongMeasures._fields)))
                wrong[1].append(misconception.id in answer.misconceptions)
    return (
        Bags(PointMeasures._fields, points[0], np.array(points[1])),
        Bags(WrongMeasures._fields, wrong[0], np.array(wrong[1])),
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


class Fits(NamedTuple):
    """Everything that is fitted."""

    wrong: Fit
    point: Fit
    context: Fit


class Chances(NamedTuple):
    """Chances of every misconception, of every point alone and of every point among the others."""

    wrong: Floats
    point: Floats
    context: Floats


def fit_all(cards: Sequence[AnsweredCard]) -> Fits:
    """The weights: misconceptions first, then points beside them, then points among the others."""
    nothing = Fit((0.0,) * len(WrongMeasures._fields), 0.0)
    _, wrong = bags(cards, nothing)
    wrong_fit = fitted(wrong, WRONG_START)
    points, _ = bags(cards, wrong_fit)
    point_fit = fitted(points, POINT_START)
    return Fits(wrong_fit, point_fit, _context_fit(context(cards, chances(points, point_fit)), points.labels))


def context(cards: Sequence[AnsweredCard], alone: Floats) -> Floats:
    """The measures of every point among the others."""
    rows: list[ContextMeasures] = []
    for _, card, answers in cards:
        musts = [point.must for point in card.points]
        for _ in answers:
            rows += in_context(musts, [float(c) for c in alone[len(rows) : len(rows) + len(musts)]])
    return np.array(rows)


def _context_fit(rows: Floats, labels: NDArray[np.bool_]) -> Fit:
    """No weight may be negative: more said is never less said."""
    signs = np.where(labels, 1.0, -1.0)
    limits = [(0.0, None)] * rows.shape[1] + [(None, None)]
    weights = minimize(
        _loss,
        np.zeros(rows.shape[1] + 1),
        args=(rows, signs, CONTEXT_PRIOR),
        jac=True,
        method="L-BFGS-B",
        bounds=limits,
    ).x
    return Fit(tuple(float(w) for w in weights[:-1]), float(weights[-1]))


def judged(cards: Sequence[AnsweredCard], fits: Fits) -> tuple[Bags, Bags, Chances]:
    """Points and misconceptions of answers, and the chances of all of them."""
    points, wrong = bags(cards, fits.wrong)
    share = WrongMeasures._fields.index("share")
    wrong = wrong._replace(stretches=[rows[rows[:, share] >= LEAST_SHARE] for rows in wrong.stretches])
    alone = chances(points, fits.point)
    together = context(cards, alone) @ np.array(fits.context.weights) + fits.context.base
    return points, wrong, Chances(chances(wrong, fits.wrong), alone, np.asarray(1 / (1 + np.exp(-together))))


def cross_validate(cards: Sequence[AnsweredCard]) -> None:
    """Print precision and recall with weights that have not seen the card of the answer."""
    names = sorted({name for name, _, _ in cards})
    fold_of = dict(zip(names, cycle(range(FOLDS)), strict=False))
    found = []
    compared = []
    for fold in range(FOLDS):
        fits = fit_all([c for c in cards if fold_of[c.name] != fold])
        left_out = [c for c in cards if fold_of[c.name] == fold]
        found.append(judged(left_out, fits))
        compared.append(_steps(left_out, found[-1][2]))
    steps = np.concatenate(compared)
    points = np.concatenate([p.labels for p, _, _ in found])
    wrong = np.concatenate([w.labels for _, w, _ in found])
    print_limits("misconceptions stated", wrong, np.concatenate([c.wrong for _, _, c in found]))
    print_limits("points said, each alone", points, np.concatenate([c.point for _, _, c in found]))
    print_limits("points said", points, np.concatenate([c.context for _, _, c in found]))
    print(
        f"rating from {SAID} and {STATED}: equal {np.mean(steps == 0):.3f}, "
        f"off by more than one step {np.mean(abs(steps) > 1):.3f}"
    )


def _steps(cards: Sequence[AnsweredCard], found: Chances) -> NDArray[np.int_]:
    """Rating computed less rating labelled, for every answer."""
    points, wrong = iter(found.context), iter(found.wrong)
    steps = []
    for _, card, answers in cards:
        for answer in answers:
            ticks = [PointTick(p.id, p.id, p.must, bool(next(points) >= SAID)) for p in card.points]
            stated = [m.id for m in card.misconceptions if next(wrong) >= STATED]
            suggestion = suggest(ticks, stated=stated, hints=0, slow=False, touched=True)
            assert suggestion is not None
            steps.append(suggestion.rating - RATINGS[answer.rating])
    return np.array(steps)


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


def _constant(name: str, fields: Sequence[str], fit: Fit) -> str:
    rows = "".join(
        f"        {weight:.3f},  # {field}\n" for field, weight in zip(fields, fit.weights, strict=True)
    )
    return f"{name} = Fit(\n    weights=(\n{rows}    ),\n    base={fit.base:.3f},\n)\n"


def main() -> None:
    """Print the cross-validation; with --write fit on everything and write the module."""
    cards = answered_cards(held_out=False)
    if "--write" not in sys.argv:
        cross_validate(cards)
        return
    fits = fit_all(cards)
    text = HEAD + "\n".join(
        (
            _constant("POINT", PointMeasures._fields, fits.point),
            _constant("CONTEXT", ContextMeasures._fields, fits.context),
            _constant("WRONG", WrongMeasures._fields, fits.wrong),
        )
    )
    text += f'\nSAID = {SAID}\n"""Chance from which a point counts as said."""\n'
    text += f'PARTLY = {PARTLY}\n"""Chance from which it counts as partly said."""\n'
    text += f'STATED = {STATED}\n"""Chance from which a misconception counts as stated."""\n'
    OUT.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
