"""The interview morning's warm-up: one-liners, most at risk first. It moves no schedule."""

from __future__ import annotations

from collections.abc import Sequence

from interviewprep.cards.heads import CardHead
from interviewprep.memory.plan.today import warm_up
from interviewprep.study.desk import Desk
from interviewprep.study.plan_config import Plan
from interviewprep.study.plan_today import learned_pace, situation_of


def warm_up_order(desk: Desk, heads: Sequence[CardHead]) -> list[str]:
    """Questions asked before, most at risk first: of the nearest plan, or of all where there is none.

    `heads` is the selection. Calculations and choices are left out: nobody warms up with those.
    """
    today = desk.today()
    facts = desk.plan_facts(today)
    plans = [plan for plan in map(Plan.of, facts.plans) if plan.interview_day >= today]
    # Without a plan: as if the interview were today.
    plan = plans[0] if plans else Plan(id="", name="", interview_day=today, minutes=0)
    asked = [head for head in heads if head.kind == "qa" and plan.cards.matches(head)]
    situation = situation_of(plan, asked, desk.plan_basis(), today, pace=learned_pace(facts.times))
    return warm_up(situation)
