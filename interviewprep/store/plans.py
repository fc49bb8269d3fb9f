"""Interview plans, and the rule and order each followed on a day."""

from __future__ import annotations

import json

from sqlalchemy import Connection, delete, insert, select

from interviewprep.memory.types import CardState
from interviewprep.store import cache, marks
from interviewprep.store.plan_records import (
    CHECKED_ANSWERS,
    NO_PLANS,
    TIMED_ANSWERS,
    PlanBasis,
    PlanFacts,
    Recall,
    SavedPlan,
    SavedPlanDay,
)
from interviewprep.store.rules import Rules
from interviewprep.store.tables import PLAN, PLANDAY, REVIEW

__all__ = ["SavedPlan", "SavedPlanDay"]

_DRILLED = (
    REVIEW.c.undone_at_ms.is_(None),
    REVIEW.c.mode == "drill",
    REVIEW.c.moves == 1,
    REVIEW.c.rating.is_not(None),
)


def find(connection: Connection, rules: Rules, *, with_ended: bool) -> list[SavedPlan]:
    """The learner's plans, the nearest interview first."""
    columns = [PLAN.c[name] for name in SavedPlan._fields]
    query = select(*columns).where(PLAN.c.learner == rules.learner)
    if not with_ended:
        query = query.where(PLAN.c.ended_at_ms.is_(None))
    rows = connection.execute(query.order_by(PLAN.c.interview_day, PLAN.c.id))
    return [
        plan._replace(config=json.loads(str(plan.config)) if plan.config else {})
        for plan in map(SavedPlan._make, rows)
    ]


def put(connection: Connection, rules: Rules, plan: SavedPlan) -> None:
    """Write a plan, new or changed; its device becomes this one."""
    row = {
        **plan._asdict(),
        "learner": rules.learner,
        "device": rules.device,
        "config": json.dumps(plan.config, ensure_ascii=False) if plan.config else "",
    }
    connection.execute(delete(PLAN).where(PLAN.c.id == plan.id))
    connection.execute(insert(PLAN), row)


def day(connection: Connection, plan_id: str, study_day: int) -> SavedPlanDay | None:
    """What a plan did on a day; None if no card of it was asked yet."""
    columns = [PLANDAY.c[name] for name in SavedPlanDay._fields]
    query = select(*columns).where(PLANDAY.c.plan_id == plan_id, PLANDAY.c.study_day == study_day)
    row = connection.execute(query).first()
    if row is None:
        return None
    found = SavedPlanDay._make(row)
    return found._replace(items=json.loads(str(found.items)) if found.items else [])


def put_day(connection: Connection, rules: Rules, found: SavedPlanDay) -> None:
    """Write down what a plan does on a day, in place of what was written before."""
    row = {**found._asdict(), "device": rules.device, "items": json.dumps(list(found.items))}
    same = (PLANDAY.c.plan_id == found.plan_id, PLANDAY.c.study_day == found.study_day)
    connection.execute(delete(PLANDAY).where(*same))
    connection.execute(insert(PLANDAY), row)


def facts(connection: Connection, rules: Rules, today: int) -> PlanFacts:
    """What a day's queue needs to know of plans. `store.fast` gives the same; change both."""
    found = find(connection, rules, with_ended=False)
    if not found:
        return NO_PLANS
    days = {plan.id: day(connection, plan.id, today) for plan in found}
    present = rules.names.present
    answers = connection.execute(
        select(REVIEW.c.card, REVIEW.c.reason, REVIEW.c.duration_ms)
        .where(REVIEW.c.learner == rules.learner, REVIEW.c.study_day == today, *_DRILLED)
        .order_by(REVIEW.c.seq)
    )
    times = connection.execute(
        select(REVIEW.c.predicted.is_(None), REVIEW.c.rating, REVIEW.c.duration_ms)
        .where(REVIEW.c.learner == rules.learner, *_DRILLED, REVIEW.c.duration_ms > 0)
        .order_by(REVIEW.c.study_day.desc(), REVIEW.c.seq.desc())
        .limit(TIMED_ANSWERS)
    )
    return PlanFacts(
        found,
        {plan_id: written for plan_id, written in days.items() if written is not None},
        [(present(card), reason, duration_ms) for card, reason, duration_ms in answers],
        [(bool(first), rating, duration_ms) for first, rating, duration_ms in times],
    )


def basis(connection: Connection, rules: Rules) -> PlanBasis:
    """What a plan is computed from. `store.fast` gives the same; change both."""
    states: dict[str, CardState] = cache.read_states(connection, rules, None)
    held = marks.latest(connection, rules).values()
    return PlanBasis(
        states, {mark.card for mark in held if mark.kind in ("suspended", "known") and mark.value}
    )


def recalls(connection: Connection, rules: Rules) -> list[Recall]:
    """Prediction and outcome of the last answers, newest first; same-day repeats are left out."""
    rows = connection.execute(
        select(REVIEW.c.predicted, REVIEW.c.rating)
        .where(
            REVIEW.c.learner == rules.learner,
            *_DRILLED,
            REVIEW.c.predicted.is_not(None),
            REVIEW.c.reason != "repeat",
        )
        .order_by(REVIEW.c.study_day.desc(), REVIEW.c.seq.desc())
        .limit(CHECKED_ANSWERS)
    )
    return [(float(predicted), rating > 1) for predicted, rating in rows]
