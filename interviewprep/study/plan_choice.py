"""How plans stand, and the choice of the rule each follows: work for a thread behind a screen.

Nothing here writes; `keep_choice` does, from the thread that owns the store.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final
from zlib import crc32

from interviewprep.memory.plan.autoplan import choose, is_off
from interviewprep.memory.plan.facts import Situation
from interviewprep.memory.plan.forecast import readiness
from interviewprep.memory.plan.gain import no_pause
from interviewprep.memory.plan.rules import GREEDY, Rule
from interviewprep.study.desk import Desk
from interviewprep.study.plan_config import Plan
from interviewprep.study.plan_today import learned_pace, situation_of, spent_today

CHOICE_SECONDS: Final = 1.8
"""How long the auto-plan may search."""
FORECAST_SECONDS: Final = 8.0
"""After which a forecast leaves open what it has not worked out."""


@dataclass(frozen=True, slots=True)
class PlanStanding:
    """One plan as of one study day."""

    plan: Plan
    situation: Situation
    now: float
    """Mean predicted recall on the interview's day without further study, 0 to 1."""
    missed: int
    """Study days without an answer since the rule was chosen."""
    gone: tuple[str, ...]
    """Decks of the plan that no longer exist."""
    shares_with: tuple[str, ...]
    """Names of other plans that share the day's minutes."""

    @property
    def rule(self) -> Rule:
        """The rule the plan follows."""
        return self.plan.choice.rule if self.plan.choice else GREEDY

    @property
    def seed(self) -> int:
        """The seed of its simulations: the same plan and day, the same luck."""
        return seed_of(self.plan, self.situation.today)

    @property
    def needs_choice(self) -> bool:
        """Whether a rule is to be chosen: none was yet, a day was missed, or the forecast is off."""
        plan, situation = self.plan, self.situation
        if not situation.cards or not situation.study_days:
            return False
        if plan.choice is None or plan.chosen_day > situation.today or self.missed:
            return True
        return plan.chosen_day < situation.today and is_off(plan.choice.choice, situation, self.now)


def seed_of(plan: Plan, today: int) -> int:
    """A seed from a plan and a day."""
    return crc32(f"{plan.id}:{today}".encode())


def plans_standing(desk: Desk, *, beside: bool = False) -> list[PlanStanding]:
    """How the plans that are not over stand today; `beside` leaves the store to others (`Desk`)."""
    today = desk.today()
    facts = desk.plan_facts(today, beside=beside)
    plans = [plan for plan in map(Plan.of, facts.plans) if plan.interview_day >= today]
    if not plans:
        return []
    basis = desk.plan_basis(beside=beside)
    days, _ = desk.study_facts(today, beside=beside)
    pace = learned_pace(facts.times)
    spent, _ = spent_today(facts, pace)
    library = {head.name: head for head in desk.library.heads}
    situations = [
        situation_of(plan, plan.heads(desk.library), basis, today, pace=pace, spent=spent, library=library)
        for plan in plans
    ]
    found = []
    for plan, situation in zip(plans, _sharing(situations), strict=True):
        others = [
            other.name
            for other, theirs in zip(plans, situations, strict=True)
            if other.id != plan.id and theirs.cards and theirs.study_days
        ]
        found.append(
            PlanStanding(
                plan=plan,
                situation=situation,
                now=readiness(situation),
                missed=_missed(plan, today, days),
                gone=tuple(plan.gone(desk.library)),
                shares_with=tuple(others) if situation.study_days else (),
            )
        )
    return found


def choose_rule(
    standing: PlanStanding,
    *,
    is_over: Callable[[], bool] = lambda: False,
    pause: Callable[[], None] = no_pause,
) -> Plan:
    """The plan with the best rule found until `is_over`. Nothing is written."""
    choice = choose(standing.situation, seed=standing.seed, is_over=is_over, pause=pause)
    before = standing.plan.choice
    cost = max(0.0, before.recall - choice.recall) if before and standing.missed else 0.0
    return standing.plan.chosen(choice, standing.situation.today, missed=standing.missed, missed_cost=cost)


def keep_choice(desk: Desk, plan: Plan) -> bool:
    """Write a chosen rule down, unless the plan was changed or ended meanwhile."""
    for saved in desk.store.plans():
        if saved.id == plan.id and saved.at_ms == plan.at_ms:
            desk.store.put_plan(plan.saved())
            return True
    return False


def _missed(plan: Plan, today: int, studied: Sequence[int]) -> int:
    """Study days since the choice on which nothing was answered."""
    if plan.choice is None:
        return 0
    on = set(studied)
    since = range(plan.chosen_day, today)
    off = plan.off.between(plan.chosen_day, today)
    return sum(day not in on and day not in off for day in since)


def _sharing(situations: list[Situation]) -> list[Situation]:
    """Situations of plans that share the day, each with the part of its minutes that it may count on.

    A day's minutes go to the cards that win most by them, which changes from day to day; over a plan's days
    it comes to about its share of all cards to be studied in them.
    """
    active = [s for s in situations if s.cards and s.study_days]
    if len(active) < 2:
        return situations
    whole = max(s.seconds for s in active)
    found = []
    for situation in situations:
        if situation not in active:
            found.append(situation)
            continue
        own = {card.name for card in situation.cards}
        days = len(situation.study_days)
        others = sum(
            sum(card.name not in own for card in other.cards) * min(1.0, days / len(other.study_days))
            for other in active
            if other is not situation
        )
        found.append(replace(situation, seconds=whole * len(own) / (len(own) + others)))
    return found
