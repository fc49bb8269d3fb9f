"""Comparing policies by simulation: the figures behind the plan, for anyone to run."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import sqrt

from interviewprep.errors import PlanError
from interviewprep.memory.plan.autoplan import Choice
from interviewprep.memory.plan.policies import AutoPlan, first_choice, policy_named
from interviewprep.memory.plan.simulator import Outcome, Policy, World, simulate

AUTO = "auto"


@dataclass(frozen=True, slots=True)
class Compared:
    """What one policy came to, as means over seeds."""

    policy: str
    recall: float
    """Mean chance of recall on the interview's day."""
    half_width: float
    """Of the 95 % interval of that mean; 0 with one seed."""
    answers: float
    minutes: float
    """Used over all days."""
    longest_day: float
    """The most minutes used on one day, in any seed."""
    unseen: float
    """Cards never asked."""


def compare(world: World, policies: Sequence[str], *, seeds: int) -> Iterator[Compared]:
    """Simulate each policy once a seed (0, 1, 2 …), all with the same luck. Raises for an unknown policy."""
    if not world.days >= 1 or not world.seconds > 0 or not world.cards > 0 or seeds < 1:
        raise PlanError("A simulation needs days, minutes, cards and seeds above 0.")
    made = [(name, policy_named(name)) for name in policies]
    for name, _ in made:
        # The first day's choice is the same in every seed: it sees the same world.
        choice = first_choice(world.situation()) if name == AUTO else None
        outcomes = [simulate(world, _fresh(name, choice), seed) for seed in range(seeds)]
        yield _summed_up(name, outcomes)


def _fresh(name: str, choice: Choice | None) -> Policy:
    return AutoPlan(choice=choice) if choice is not None else policy_named(name)


def _summed_up(name: str, outcomes: Sequence[Outcome]) -> Compared:
    count = len(outcomes)
    recall = sum(o.recall for o in outcomes) / count
    variance = sum((o.recall - recall) ** 2 for o in outcomes) / (count - 1) if count > 1 else 0.0
    return Compared(
        policy=name,
        recall=recall,
        half_width=1.96 * sqrt(variance / count),
        answers=sum(o.answers for o in outcomes) / count,
        minutes=sum(o.seconds for o in outcomes) / count / 60,
        longest_day=max(o.longest_day for o in outcomes) / 60,
        unseen=sum(o.unseen for o in outcomes) / count,
    )
