"""Interview plans, and the rule and order each followed on a day."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from sqlalchemy import Connection, delete, insert, select

from interviewprep.store.rules import Rules
from interviewprep.store.tables import PLAN, PLANDAY


class SavedPlan(NamedTuple):
    """One plan as it was kept."""

    id: str
    name: str
    interview_day: int
    """Study day of the interview (days since 1970-01-01)."""
    minutes_per_day: float
    config: Mapping[str, object]
    """Which cards, days off, the time of day: what `study` makes of it."""
    ended_at_ms: int | None
    at_ms: int
    """When it was last changed."""
    device: str


class SavedPlanDay(NamedTuple):
    """What a plan did on a day, written when the day's first card was asked."""

    plan_id: str
    study_day: int
    rule: str
    items: Sequence[str]
    """Card names in order."""
    at_ms: int
    device: str


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
