"""The policies that are compared by simulation, by name: what people do now, and what the plan does."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from math import ceil, inf
from typing import Final

from interviewprep.errors import InterviewPrepError
from interviewprep.memory.curve import interval
from interviewprep.memory.plan.autoplan import Choice, choose, is_off
from interviewprep.memory.plan.course import Course
from interviewprep.memory.plan.facts import Situation, expected_attendance
from interviewprep.memory.plan.rules import GREEDY, Rule
from interviewprep.memory.plan.simulator import Policy

PACED_SHARE: Final = 0.6
"""Paced FSRS asks the last new card when this share of the days is over."""


def due_first(course: Course, day: int) -> Iterator[int]:
    """Ordinary FSRS at 0.90: due cards by lowest recall, then 20 new ones."""
    yield from _due(course, day, 0.9)
    yield from course.unseen[:20]


def lowest_first(course: Course, day: int) -> Iterator[int]:
    """Always the card with the lowest recall; never asked counts as none."""
    yield from list(course.unseen)
    yield from _by_risk(course, day, course.seen)


def greedy(course: Course, day: int) -> Iterator[int]:
    """The greatest gain per second first."""
    return course.order(day, GREEDY)


def paced(retention: float) -> Policy:
    """Ordinary FSRS at a desired retention, new cards paced to be begun after 60 % of the days."""

    def order(course: Course, day: int) -> Iterator[int]:
        until = course.days[0] + ceil(PACED_SHARE * len(course.days))
        waiting = len(course.unseen)
        yield from course.unseen[: ceil(waiting / max(1, until - day))]
        yield from _due(course, day, retention)

    return order


class AutoPlan:
    """The product's policy: the best of the auto-plan's rules, chosen again when a day went otherwise."""

    def __init__(self, *, seed: int = 0, evaluations: float = inf, choice: Choice | None = None) -> None:
        """`choice` is the first day's, where it was already made for this world."""
        self._seed = seed
        self._evaluations = evaluations
        self._choice = choice
        self._studied = 0

    def __call__(self, course: Course, day: int) -> Iterator[int]:
        """The day's order by the rule followed."""
        course.attendance = expected_attendance(self._studied, day - course.situation.today)
        self._studied += 1
        return course.order(day, self._rule(course, day))

    def _rule(self, course: Course, day: int) -> Rule:
        situation = replace(course.now(day), attendance=course.attendance)
        recall = sum(course.memories.recall(situation.interview_day)) / max(1, len(course.memories))
        if self._choice is None or is_off(self._choice, situation, recall):
            self._choice = first_choice(situation, seed=self._seed + day, evaluations=self._evaluations)
        return self._choice.rule


def first_choice(situation: Situation, *, seed: int = 0, evaluations: float = inf) -> Choice:
    """The choice as `AutoPlan` makes it: without smaller budgets, which matter only where time is ample."""
    return choose(situation, seed=seed, evaluations=evaluations, smaller=())


POLICIES: Final[Mapping[str, Callable[[], Policy]]] = {
    "due-first": lambda: due_first,
    "fsrs-0.90": lambda: paced(0.90),
    "fsrs-0.95": lambda: paced(0.95),
    "lowest-first": lambda: lowest_first,
    "greedy": lambda: greedy,
    "auto": AutoPlan,
}
"""How to make each policy; one is used for one simulation."""


def policy_named(name: str) -> Policy:
    """A policy by its name in POLICIES. Raises InterviewPrepError for another."""
    make = POLICIES.get(name)
    if make is None:
        raise InterviewPrepError(f"there is no policy {name!r}", f"Choose among {', '.join(POLICIES)}.")
    return make()


def _due(course: Course, day: int, retention: float) -> Iterator[int]:
    """Cards whose FSRS interval is over, in whole days, by lowest recall."""
    m = course.memories
    due = [
        place
        for place in course.seen
        if m.last_day[place] < day
        and day - m.last_day[place] >= round(interval(m.stability[place], retention, decay=-m.decay))
    ]
    return _by_risk(course, day, due)


def _by_risk(course: Course, day: int, places: list[int]) -> Iterator[int]:
    m = course.memories
    return iter(sorted((p for p in places if m.last_day[p] < day), key=lambda p: m.retrievability(p, day)))
