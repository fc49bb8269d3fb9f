"""Sittings: drills, quizzes and mock interviews; what they ask, where they stand, what they came to."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from sqlalchemy import Connection, insert, select, update

from interviewprep.errors import StoreError
from interviewprep.store.ids import new_id
from interviewprep.store.rules import Rules
from interviewprep.store.tables import SESSION

Json = Mapping[str, object]


class SavedSession(NamedTuple):
    """One sitting as it was kept."""

    id: str
    kind: str
    """`drill`, `cram`, `quiz` or `mock`."""
    config: Json
    items: Sequence[object]
    """What it asks, frozen when it began; empty for drills."""
    state: Json
    """Where to resume."""
    result: Json
    started_at_ms: int
    ended_at_ms: int | None
    device: str


def start(
    connection: Connection, rules: Rules, *, kind: str, config: Json, items: Sequence[object], at_ms: int
) -> str:
    """Note that a sitting began; returns its id."""
    session_id = new_id(at_ms)
    row = {
        "id": session_id,
        "learner": rules.learner,
        "device": rules.device,
        "kind": kind,
        "config": _text(config),
        "items": _text(items) if items else "",
        "state": "",
        "result": "",
        "started_at_ms": at_ms,
        "ended_at_ms": None,
    }
    connection.execute(insert(SESSION), row)
    return session_id


def check(connection: Connection, session_id: str, before: Json, *, is_over: bool = False) -> None:
    """Raise StoreError unless a sitting still stands where this process left it.

    Two programs may have the same one open: who writes second would undo what the first wrote.
    """
    query = select(SESSION.c.state, SESSION.c.ended_at_ms).where(SESSION.c.id == session_id)
    row = connection.execute(query).one_or_none()
    if row is None:
        raise StoreError("This sitting is no longer there.", "Begin a new one.")
    if json.loads(row.state or "{}") != json.loads(_text(before)) or (row.ended_at_ms is not None) != is_over:
        raise StoreError(
            "This sitting went on in another window: nothing was written here.",
            "Leave, and start again to go on from there.",
        )


def keep_state(connection: Connection, session_id: str, state: Json) -> None:
    """Write down where a sitting stands."""
    connection.execute(update(SESSION).where(SESSION.c.id == session_id).values(state=_text(state)))


def end(connection: Connection, session_id: str, *, at_ms: int, result: Json | None) -> None:
    """Note that a sitting ended, and what it came to."""
    values = {"ended_at_ms": at_ms, "result": _text(result) if result else ""}
    connection.execute(update(SESSION).where(SESSION.c.id == session_id).values(values))


def find(
    connection: Connection, rules: Rules, *, kind: str, session_id: str = "", limit: int = 0
) -> list[SavedSession]:
    """The learner's sittings of a kind, newest first; one of them where an id (or its beginning) is given."""
    columns = [SESSION.c[name] for name in SavedSession._fields]
    query = select(*columns).where(SESSION.c.learner == rules.learner, SESSION.c.kind == kind)
    if session_id:
        query = query.where(SESSION.c.id.startswith(session_id, autoescape=True))
    query = query.order_by(SESSION.c.started_at_ms.desc(), SESSION.c.id.desc())
    if limit:
        query = query.limit(limit)
    found = [SavedSession._make(row) for row in connection.execute(query)]
    return [
        s._replace(
            config=json.loads(str(s.config) or "{}"),
            items=json.loads(str(s.items) or "[]"),
            state=json.loads(str(s.state) or "{}"),
            result=json.loads(str(s.result) or "{}"),
        )
        for s in found
    ]


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
