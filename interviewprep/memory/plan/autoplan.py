"""The auto-plan: simulates about a hundred simple rules on the model and follows the best.

Rules of smaller budgets are candidates too, so that more minutes never lower the predicted recall: each
smaller whole minute is searched in the same way, from the largest down. Where the search is cut short (a
deadline, `evaluations`) it is those that are left out; they matter only where the time is ample.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from math import inf
from typing import Final

from interviewprep.memory.plan.chances import luck
from interviewprep.memory.plan.course import Course
from interviewprep.memory.plan.facts import Situation
from interviewprep.memory.plan.gain import no_pause
from interviewprep.memory.plan.rules import GREEDY, Recipe, Rule, first_recipes, neighbours
from interviewprep.memory.plan.walk import Walked, walk

GREEDY_ABOVE: Final = 3000
"""Plans of more cards follow the greedy rule: a hundred simulations would take minutes."""
ROUNDS: Final = 2
"""How often the best rule's neighbours are tried."""
FINALISTS: Final = 8
SAMPLES: Final = 3
"""Simulations of each finalist; the others get one."""
MINUTE: Final = 60.0
SURE_SHARE: Final = 0.75
"""A plan counts on all of its days only if it could do without the rest.

Else new cards come first: putting them off wins 0.005 if no day is missed and costs 0.015 if a quarter is.
"""


@dataclass(frozen=True, slots=True)
class Choice:
    """The rule to follow and what it promises."""

    rule: Rule
    recall: float
    """Mean predicted recall at the interview, 0 to 1."""
    curve: tuple[float, ...]
    """What recall at the interview would be if one stopped at each study day's end."""
    days: tuple[int, ...]
    """The study days of `curve`."""
    attendance: float
    """The share of days it counts on."""
    tried: int
    """Simulations made."""
    complete: bool
    """Whether the search ran to its end, smaller budgets included."""


def choose(
    situation: Situation,
    *,
    seed: int,
    is_over: Callable[[], bool] = lambda: False,
    pause: Callable[[], None] = no_pause,
    evaluations: float = inf,
    smaller: Sequence[float] | None = None,
) -> Choice:
    """The best rule found for a plan as it stands; the greedy one where nothing better was.

    The same arguments give the same choice. `is_over` is asked after each simulation and ends the search;
    `pause` is called between chunks of a few milliseconds, so that a thread can let others run.
    `evaluations` bounds the number of simulations. `smaller` are the smaller budgets to try (in the pace's
    unit); by default every whole minute below the plan's.
    """
    # Days that will be missed are not known; time is taken to be so much shorter on all of them.
    share = situation.attendance
    base = Course(replace(situation, seconds=situation.seconds * share), pause)
    search = _Search(base, seed, is_over, evaluations)
    if len(situation.cards) > GREEDY_ABOVE or not base.days or not situation.cards:
        return search.choice(GREEDY, None, complete=False)
    if smaller is None:
        top = int(situation.seconds // MINUTE)
        smaller = [MINUTE * minutes for minutes in range(top, 0, -1)]
    best, value = search.best(inf)
    for seconds in sorted({s for s in smaller if s < situation.seconds}, reverse=True):
        if search.ended or search.most(seconds * share) <= value:
            break
        rule, recall = search.best(seconds * share)
        if recall > value and not search.ended:
            best, value = rule._replace(seconds=seconds), recall
    return search.choice(best, value, complete=not search.ended)


def is_off(choice: Choice, situation: Situation, recall: float, *, tolerance: float = 0.05) -> bool:
    """Whether a plan has left the way its rule promised, so that a rule should be chosen again.

    `recall` is the recall now predicted for the interview if one stopped here. A missed day shows here.
    """
    if situation.attendance < 1 and choice.attendance == 1:
        return True
    before = [value for day, value in zip(choice.days, choice.curve, strict=True) if day < situation.today]
    if situation.today not in {*choice.days, situation.interview_day}:
        return True
    return bool(before) and abs(recall - before[-1]) > tolerance


def _has_slack(base: Course) -> bool:
    """Whether all new cards can still be begun if a quarter of the days is missed."""
    seconds = sum(base.situation.seconds_on(day) for day in base.days)
    return len(base.unseen) * base.gains.new_seconds() <= SURE_SHARE * seconds


class _Search:
    def __init__(self, base: Course, seed: int, is_over: Callable[[], bool], evaluations: float) -> None:
        self.base = base
        self.ended = False
        self.tried = 0
        self._weight = 0.0
        self._keeps = base.attendance == 1 and _has_slack(base)
        self._is_over = is_over
        self._evaluations = evaluations
        self._luck = [luck(len(base.situation.cards), seed + n) for n in range(SAMPLES)]

    def best(self, seconds: float) -> tuple[Rule, float]:
        """The best rule that uses at most so much of a day, and its mean recall."""
        days, cards = self.base.days, len(self.base.situation.cards)
        found: dict[Rule, float] = {}
        by_rule: dict[Rule, Recipe] = {}
        greedy = GREEDY._replace(seconds=seconds)
        # How far to go by what was expected (see `Walked`); by measurement.
        walked = self._walk(greedy, 0)
        self._weight = min(1.0, 20 * (1 - walked.reached))
        found[greedy] = self._told(walked)
        for recipe in self._recipes(found, by_rule):
            if self.ended:
                break
            rule = recipe.rule(days, cards, seconds)
            if rule not in found:
                by_rule[rule] = recipe
                found[rule] = self.recall(rule, 0)
        ranked = sorted(found, key=lambda rule: -found[rule])[:FINALISTS]
        best, value = ranked[0], -1.0
        for rule in ranked:
            total = found[rule] + sum(self.recall(rule, n) for n in range(1, SAMPLES))
            if self.ended:
                break
            if total / SAMPLES > value:
                best, value = rule, total / SAMPLES
        return best, min(value if value >= 0 else found[best], self.most(seconds))

    def most(self, seconds: float) -> float:
        """A recall that no rule with so much time a day can pass: each card it can get to counts as known."""
        situation = self.base.situation
        begun = len(self.base.days) * int(min(seconds, situation.seconds) / situation.learner.pace.first)
        cards = len(situation.cards)
        return min(cards, len(self.base.seen) + begun) / cards

    def choice(self, rule: Rule, recall: float | None, *, complete: bool) -> Choice:
        """The choice of a rule, with its mean curve."""
        curves: list[list[float]] = []
        for draws in self._luck:
            curve: list[float] = []
            walk(self.base.copy(), rule, draws, curve)
            curves.append(curve)
            if len(self.base.situation.cards) > GREEDY_ABOVE:
                break
        mean = tuple(sum(values) / len(curves) for values in zip(*curves, strict=True))
        if recall is None:
            now = sum(self.base.memories.recall(self.base.situation.target_day))
            recall = mean[-1] if mean else now / max(1, len(self.base.situation.cards))
        return Choice(rule, recall, mean, tuple(self.base.days), self.base.attendance, self.tried, complete)

    def recall(self, rule: Rule, sample: int) -> float:
        """Mean recall at the interview in one simulation; 0 once the search has ended."""
        if self.tried and (self.ended or self.tried >= self._evaluations or self._is_over()):
            self.ended = True
            return 0.0
        return self._told(self._walk(rule, sample))

    def _walk(self, rule: Rule, sample: int) -> Walked:
        self.tried += 1
        return walk(self.base.copy(), rule, self._luck[sample])

    def _told(self, walked: Walked) -> float:
        return walked.reached + self._weight * (walked.expected - walked.reached)

    def _recipes(self, found: dict[Rule, float], by_rule: dict[Rule, Recipe]) -> Iterator[Recipe]:
        """The first recipes, then twice the neighbours of the best so far."""
        yield from first_recipes(keeps=self._keeps)
        for _ in range(ROUNDS):
            best = max(by_rule, key=lambda rule: found[rule])
            yield from neighbours(by_rule[best], keeps=self._keeps)
