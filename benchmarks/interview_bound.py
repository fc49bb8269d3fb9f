"""An upper bound on expected recall at the interview, for any policy of the simulated world.

The world: N cards never asked; on each of D days a budget that no policy may exceed; a card is asked at
most once a day, plus the repeat that a failure brings. A policy may know everything but the luck to come.

Why it is a bound. Let c(t) be what is spent on day t and b(t) the budget. Whatever a policy does,
c(t) <= b(t) on every path, so for any prices p(t) >= 0

    E[recalled] <= E[recalled] + sum of p(t) E[b(t) - c(t)]
                 = sum over cards of E[recalled - price of its answers] + sum of p(t) b(t)

and no card's term can exceed the best that one card alone can reach when its answers have these prices:
the cards share nothing any more. That best is a dynamic program, exact but for its grid. Every choice of
prices gives a bound; we minimise over them, and it holds even where the search for prices stopped early.

The day's end. A failed card is repeated where the time is there. An answer whose repeat may not fit is
known beforehand: less than the longest failing answer and its repeat is left. All such answers of a day
together take no more than was then left. They are a second kind of answer in the program, without repeat,
and that second limit has its own price. So policies and bound are charged alike.

Why the grid errs on the bound's side. Stability is rounded up and difficulty down. More stability and less
difficulty are never worse: recall is higher at all times, a failure is rarer, passing leaves a better
memory than failing, and after any rating the memory is again at least as stable and no more difficult.
`_check` tests the last two on the whole grid. The last stability stands for all above it and counts as
never forgotten.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from interviewprep.memory.plan.facts import LearnerModel, Pace
from interviewprep.memory.types import Rating

Floats = NDArray[np.float64]
Places = NDArray[np.int32]

LEAST, MOST = 0.05, 2000.0
"""Days of stability that the grid covers; below, memories round up to the least."""
HEATS = (0.02, 0.006, 0.002, 0.0007, 0.0002, 0.00006)
"""How smooth the search for prices is, step by step."""


class Grid(NamedTuple):
    """Memory states, flat: place = stability's place * number of difficulties + difficulty's place."""

    stability: Floats
    """Rising."""
    difficulty: Floats
    """Falling."""
    step: float
    """Between two stabilities, natural logarithm."""
    easiest: float
    """Where difficulty drifts to."""
    fall: float
    """Between two difficulties, natural logarithm of their distance to `easiest`."""
    errs: bool
    """Whether states are rounded to the bound's side, and not just to the nearest."""


class Steps(NamedTuple):
    """What `gap` days after the last answer a further one does, for every state."""

    right: Floats
    """Chance of passing."""
    passed: tuple[Places, Places, Places]
    """The state after Hard, Good, Easy."""
    repeated: Places
    """After a failure with its repeat."""
    failed: Places
    """After a failure alone."""


class Bound(NamedTuple):
    """The bound and the prices it was reached with."""

    recall: float
    prices: Floats


def make_grid(learner: LearnerModel, *, step: float, falls: int, errs: bool) -> Grid:
    """A grid of memory states.

    Good takes a difficulty a thousandth of the way to the easiest. Difficulties are laid out so that it
    moves by exactly one place, or `falls` times coarser: else each Good would lose a whole step by rounding.
    """
    w = learner.weights
    size = int(np.ceil(np.log(MOST / LEAST) / step)) + 1
    easiest = w[4] - float(np.exp(w[5] * 3)) + 1
    fall = -float(np.log1p(-w[7])) * falls
    count = int(np.ceil(np.log((10 - easiest) / (1 - easiest)) / fall)) + 1
    difficulty = np.maximum(1.0, easiest + (10 - easiest) * np.exp(-fall * np.arange(count)))
    return Grid(LEAST * np.exp(step * np.arange(size)), difficulty, step, easiest, fall, errs)


def _place(grid: Grid, stability: Floats, difficulty: Floats) -> Places:
    """The grid's state at least as good (stability up, difficulty down), or the nearest."""
    s = np.log(np.maximum(stability, LEAST) / LEAST) / grid.step
    d = np.log((10 - grid.easiest) / (difficulty - grid.easiest)) / grid.fall
    s, d = (np.ceil(s - 1e-9), np.ceil(d - 1e-6)) if grid.errs else (np.rint(s), np.rint(d))
    s = np.clip(s, 0, len(grid.stability) - 1)
    return (s * len(grid.difficulty) + np.clip(d, 0, len(grid.difficulty) - 1)).astype(np.int32)


def _recall(learner: LearnerModel, stability: Floats, days: float) -> Floats:
    decay = learner.weights[20]
    found: Floats = (1 + (0.9 ** (-1 / decay) - 1) * days / stability) ** -decay
    # The last stability stands for all above it.
    found[stability >= stability.max()] = 1.0
    return found


def _next_difficulty(learner: LearnerModel, difficulty: Floats, rating: int) -> Floats:
    w = learner.weights
    easiest = w[4] - np.exp(w[5] * 3) + 1
    moved = difficulty - (10 - difficulty) * w[6] * (rating - 3) / 9
    return np.clip(w[7] * easiest + (1 - w[7]) * moved, 1.0, 10.0)


def _repeat(learner: LearnerModel, stability: Floats) -> Floats:
    w = learner.weights
    return stability * np.maximum(np.exp(w[17] * w[18]) * stability ** -w[19], 1.0)


def _steps(learner: LearnerModel, grid: Grid, gap: int) -> Steps:
    w = learner.weights
    s, d = (a.ravel() for a in np.meshgrid(grid.stability, grid.difficulty, indexing="ij"))
    right = _recall(learner, s, gap)
    more = np.exp(w[8]) * (11 - d) * s ** (1 - w[9]) * (np.exp(w[10] * (1 - right)) - 1)
    grown = [s + w[15] * more, s + more, s + w[16] * more]
    lapsed = w[11] * d ** -w[12] * ((s + 1) ** w[13] - 1) * np.exp(w[14] * (1 - right))
    lapsed = np.maximum(np.minimum(lapsed, s / np.exp(w[17] * w[18])), 0.001)
    again = _next_difficulty(learner, d, Rating.AGAIN)
    _check(grid, right, [*grown, lapsed, _repeat(learner, lapsed)])
    return Steps(
        right,
        (
            _place(grid, grown[0], _next_difficulty(learner, d, Rating.HARD)),
            _place(grid, grown[1], _next_difficulty(learner, d, Rating.GOOD)),
            _place(grid, grown[2], _next_difficulty(learner, d, Rating.EASY)),
        ),
        _place(grid, _repeat(learner, lapsed), _next_difficulty(learner, again, Rating.GOOD)),
        _place(grid, lapsed, again),
    )


def _check(grid: Grid, right: Floats, after: list[Floats]) -> None:
    """More stability, less difficulty: never a worse memory, and passing is better than failing."""
    shape = (len(grid.stability), len(grid.difficulty))
    assert (np.diff(right.reshape(shape), axis=0) >= 0).all()
    for stability in after:
        table = stability.reshape(shape)[:-1]
        assert (np.diff(table, axis=0) >= -1e-12).all(), "less stable after more stability"
        assert (np.diff(table, axis=1) >= -1e-12).all(), "more stable after more difficulty"
    assert (after[0] >= np.maximum(after[3], after[4]) - 1e-12).all()


@lru_cache(maxsize=2)
def _tables(
    learner: LearnerModel, days: int, step: float, falls: int, errs: bool
) -> tuple[Grid, list[Steps]]:
    grid = make_grid(learner, step=step, falls=falls, errs=errs)
    return grid, [_steps(learner, grid, gap) for gap in range(1, days)]


class _Program:
    """The dynamic program of one card under prices."""

    def __init__(self, learner: LearnerModel, days: int, *, step: float, falls: int, errs: bool) -> None:
        self.days = days
        self.learner = learner
        self.grid, self.steps = _tables(
            LearnerModel(learner.weights, learner.first, learner.passed), days, step, falls, errs
        )
        pace = learner.pace
        self.pass_cost = float(np.dot(learner.passed, [pace.hard, pace.good, pace.easy]))
        self.stop = [
            np.repeat(_recall(learner, self.grid.stability, days - day), len(self.grid.difficulty))
            for day in range(days)
        ]
        w = learner.weights
        ratings = list(Rating)
        alone = np.array([max(0.001, w[r - 1]) for r in ratings])
        hard = np.clip([w[4] - np.exp(w[5] * (r - 1)) + 1 for r in ratings], 1.0, 10.0)
        self.first_alone = _place(self.grid, alone, hard)
        alone[0], hard[0] = _repeat(learner, alone[:1])[0], _next_difficulty(learner, hard[:1], 3)[0]
        self.first_repeated = _place(self.grid, alone, hard)
        self.chances = np.array(learner.first)

    def costs(self, steps: Steps) -> tuple[Floats, Floats]:
        """Expected cost of a further answer, of the first and second kind."""
        pace = self.learner.pace
        wrong = 1 - steps.right
        base = steps.right * self.pass_cost + wrong * pace.again
        return base + wrong * pace.good, base

    def after(self, steps: Steps, value: Floats) -> tuple[Floats, Floats]:
        """Expected value after a further answer, of either kind."""
        hard, good, easy = self.learner.passed
        passed = hard * value[steps.passed[0]] + good * value[steps.passed[1]] + easy * value[steps.passed[2]]
        base = steps.right * passed
        wrong = 1 - steps.right
        return base + wrong * value[steps.repeated], base + wrong * value[steps.failed]

    def best(self, price: Floats, end_price: Floats) -> float:
        """The best a card never asked can reach."""
        days = self.days
        values: list[Floats] = [np.empty(0)] * days
        for day in range(days - 1, -1, -1):
            value = self.stop[day].copy()
            for later in range(day + 1, days):
                steps = self.steps[later - day - 1]
                for gained, cost, rate in zip(
                    self.after(steps, values[later]),
                    self.costs(steps),
                    (price[later], price[later] + end_price[later]),
                    strict=True,
                ):
                    np.maximum(value, gained - rate * cost, out=value)
            values[day] = value
        return float(
            max(
                0.0,
                *(v for day in range(days) for v in self.first_values(day, values[day], price, end_price)),
            )
        )

    def first_values(self, day: int, value: Floats, price: Floats, end_price: Floats) -> tuple[float, float]:
        """What a first answer on a day is worth, of either kind."""
        pace = self.learner.pace
        full = pace.first + self.chances[0] * pace.good
        return (
            float(self.chances @ value[self.first_repeated] - price[day] * full),
            float(self.chances @ value[self.first_alone] - (price[day] + end_price[day]) * pace.first),
        )

    def soft(self, price: Floats, end_price: Floats, heat: float) -> tuple[float, Floats, Floats]:
        """A smooth stand-in for `best` that is never below it, and what it spends a day on either kind.

        The maxima become heat * log(sum(exp(. / heat))); the spending is its slope in the prices.
        """
        days = self.days
        values: list[Floats] = [np.empty(0)] * days
        shares: list[list[tuple[Floats, Floats]]] = [[] for _ in range(days)]
        for day in range(days - 1, -1, -1):
            options = [self.stop[day]]
            for later in range(day + 1, days):
                steps = self.steps[later - day - 1]
                gains, costs = self.after(steps, values[later]), self.costs(steps)
                options.append(gains[0] - price[later] * costs[0])
                options.append(gains[1] - (price[later] + end_price[later]) * costs[1])
            stacked = np.stack(options)
            top = stacked.max(axis=0)
            stacked -= top
            stacked /= heat
            np.exp(stacked, out=stacked)
            total = stacked.sum(axis=0)
            values[day] = top + heat * np.log(total)
            stacked /= total
            shares[day] = [(stacked[1 + 2 * n], stacked[2 + 2 * n]) for n in range(days - day - 1)]
        firsts = np.array(
            [0.0, *(v for day in range(days) for v in self.first_values(day, values[day], price, end_price))]
        )
        top0 = firsts.max()
        weights = np.exp((firsts - top0) / heat)
        result = float(top0 + heat * np.log(weights.sum()))
        weights /= weights.sum()
        return result, *self._spending(weights[1:].reshape(days, 2), shares)

    def _spending(self, begun: Floats, shares: list[list[tuple[Floats, Floats]]]) -> tuple[Floats, Floats]:
        days, size = self.days, len(self.stop[0])
        pace = self.learner.pace
        hard, good, easy = self.learner.passed
        spent, spent_end = np.zeros(days), np.zeros(days)
        mass = [np.zeros(size) for _ in range(days)]
        for day in range(days):
            spent[day] += begun[day, 0] * (pace.first + self.chances[0] * pace.good)
            spent_end[day] += begun[day, 1] * pace.first
            np.add.at(mass[day], self.first_repeated, begun[day, 0] * self.chances)
            np.add.at(mass[day], self.first_alone, begun[day, 1] * self.chances)
            here = np.flatnonzero(mass[day] > 1e-9)
            amount = mass[day][here]
            for n, kinds in enumerate(shares[day]):
                later, steps = day + 1 + n, self.steps[n]
                costs = self.costs(steps)
                right = steps.right[here]
                for kind, (share, spending) in enumerate(zip(kinds, (spent, spent_end), strict=True)):
                    asked = amount * share[here]
                    spending[later] += asked @ costs[kind][here]
                    passed, failed = asked * right, asked * (1 - right)
                    for chance, to in zip((hard, good, easy), steps.passed, strict=True):
                        mass[later] += np.bincount(to[here], chance * passed, size)
                    to = steps.failed if kind else steps.repeated
                    mass[later] += np.bincount(to[here], failed, size)
        return spent, spent_end


def end_of_day(pace: Pace) -> float:
    """The most that answers without a sure repeat can take on a day; paces are whole numbers."""
    return max(pace.first, pace.again) + pace.good - 1


def upper_bound(learner: LearnerModel, *, cards: int, days: int, budget: float, fine: bool = True) -> Bound:
    """A bound on the expected share of cards recalled, for any policy; `budget` in the pace's unit."""
    program = _Program(learner, days, step=0.06, falls=60, errs=False)
    end = end_of_day(learner.pace)
    scale = 0.3 / learner.pace.first

    def objective(x: Floats, heat: float) -> tuple[float, Floats]:
        price, end_price = x[:days] * scale, x[days:] * scale
        value, spent, spent_end = program.soft(price, end_price, heat)
        value += float(price.sum() * budget + end_price.sum() * end) / cards
        slope = np.concatenate([budget / cards - spent - spent_end, end / cards - spent_end]) * scale
        return value, slope

    x = np.concatenate([np.full(days, 0.5), np.full(days, 0.1)])
    for heat in HEATS:
        x = minimize(
            objective,
            x,
            args=(heat,),
            jac=True,
            method="L-BFGS-B",
            bounds=[(0, None)] * len(x),
            options={"maxiter": 60},
        ).x
    price, end_price = x[:days] * scale, x[days:] * scale
    if fine:
        program = _Program(learner, days, step=0.02, falls=1, errs=True)
    best = program.best(price, end_price) + float(price.sum() * budget + end_price.sum() * end) / cards
    return Bound(best, price)
