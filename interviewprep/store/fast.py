"""The fast path: the first queue read with the standard library alone, before SQLModel is imported.

Read-only. It answers only when the stored states can be used exactly as they are; else None, and the
caller goes the usual way through `Store`, which migrates and recomputes. It is the one place with
SQLite's own SQL, and must give what `snapshot` gives: a test compares the two on random histories.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import Final

from interviewprep.memory.red import MockAnswer, open_marks, red_marks
from interviewprep.memory.types import Asked, CardState, Progress, RedMark
from interviewprep.settings import Settings
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
from interviewprep.store.records import (
    DEFAULT_PACE,
    HIDING_KINDS,
    PACE_REVIEWS,
    hides,
    pace_of,
    scheduling_fingerprint,
)

APPLICATION_ID: Final = 0x49505250
SCHEMA_VERSION: Final = 1
"""Written down again, since `tables` and `migrations` load SQLModel; tests hold them equal."""

_STATE: Final = ", ".join(CardState._fields)
_SEEN: Final = "SELECT card, pass_days > 0 FROM cardstate WHERE learner = ?"
_STATES: Final = (
    f"SELECT {_STATE} FROM cardstate WHERE learner = ? AND"  # noqa: S608 - field names, no input
    " (due_day <= ? OR last_day >= ? OR repeat_day IS NOT NULL OR red_from_day IS NOT NULL)"
)
_MARKS: Final = (
    "SELECT card, kind, value FROM cardmark WHERE learner = ? AND undone_at_ms IS NULL"
    " AND kind IN (?, ?, ?) ORDER BY at_ms, device, id"
)
_ASKED: Final = (
    "SELECT card, rating, reason FROM review WHERE learner = ? AND study_day = ?"
    " AND undone_at_ms IS NULL AND mode = 'drill' AND moves = 1 AND rating IS NOT NULL ORDER BY seq"
)
_MOCK: Final = (
    f"SELECT {', '.join(MockAnswer._fields)} FROM review"  # noqa: S608 - field names, no input
    " WHERE session_id IN (SELECT id FROM session WHERE learner = ? AND kind = 'mock')"
    " AND learner || '' = ? AND mode = 'mock' AND part = 'question' AND undone_at_ms IS NULL"
    " ORDER BY at_ms, id"
)
_STATE_OF: Final = f"SELECT {_STATE} FROM cardstate WHERE learner = ? AND card = ?"  # noqa: S608
_PACE: Final = (
    "SELECT predicted IS NULL, duration_ms FROM review WHERE learner = ? AND undone_at_ms IS NULL"
    " AND mode = 'drill' AND moves = 1 AND duration_ms > 0 ORDER BY study_day DESC, seq DESC LIMIT ?"
)
_DRILLED: Final = "undone_at_ms IS NULL AND mode = 'drill' AND moves = 1 AND rating IS NOT NULL"
_PLANS: Final = (
    f"SELECT {', '.join(SavedPlan._fields)} FROM plan"  # noqa: S608 - field names, no input
    " WHERE learner = ? AND ended_at_ms IS NULL ORDER BY interview_day, id"
)
_PLAN_DAY: Final = (
    f"SELECT {', '.join(SavedPlanDay._fields)} FROM planday"  # noqa: S608 - field names, no input
    " WHERE plan_id = ? AND study_day = ?"
)
_ANSWERS: Final = (
    "SELECT card, reason, duration_ms FROM review"  # noqa: S608
    f" WHERE learner = ? AND study_day = ? AND {_DRILLED} ORDER BY seq"
)
_ALL_STATES: Final = f"SELECT {_STATE} FROM cardstate WHERE learner = ?"  # noqa: S608
_TIMES: Final = (
    "SELECT predicted IS NULL, rating, duration_ms FROM review"  # noqa: S608
    f" WHERE learner = ? AND {_DRILLED} AND duration_ms > 0 ORDER BY study_day DESC, seq DESC LIMIT ?"
)
_RECALLS: Final = (
    f"SELECT predicted, rating FROM review WHERE learner = ? AND {_DRILLED}"  # noqa: S608
    " AND predicted IS NOT NULL AND reason <> 'repeat' ORDER BY study_day DESC, seq DESC LIMIT ?"
)
# Hops from day to day along the index instead of reading an entry for every review.
_DAYS: Final = """
    WITH RECURSIVE days(day) AS (
        SELECT (SELECT study_day FROM review
                WHERE learner = :learner AND study_day <= :upto AND undone_at_ms IS NULL
                ORDER BY study_day DESC LIMIT 1)
        UNION ALL
        SELECT (SELECT study_day FROM review
                WHERE learner = :learner AND study_day < days.day AND undone_at_ms IS NULL
                ORDER BY study_day DESC LIMIT 1)
        FROM days WHERE days.day IS NOT NULL
    )
    SELECT day FROM days WHERE day IS NOT NULL
"""


def read_progress(
    path: Path, *, settings: Settings, today: int, aliases: Mapping[str, str]
) -> Progress | None:
    """What `Store.progress` would say, or None where only the Store can say it.

    None: another schema version, states computed under other settings or former names, or a file that
    cannot be read (the Store then says why). Without a file there is simply no progress yet.
    """
    if not path.exists():
        return Progress(today=today, seen={}, states={}, hidden=set(), asked=[])
    try:
        with closing(_connect(path)) as connection:
            if not _usable(connection, settings, aliases):
                return None
            return _progress(connection, settings.learner, today, aliases)
    except (sqlite3.Error, ValueError):
        return None


def read_study_facts(
    path: Path, *, settings: Settings, today: int
) -> tuple[list[int], tuple[float, float]] | None:
    """`Store.study_days(today)` and `Store.pace()`, or None where only the Store can say it."""
    if not path.exists():
        return [], DEFAULT_PACE
    try:
        with closing(_connect(path)) as connection:
            if not _is_ours(connection):
                return None
            learner = settings.learner
            days = connection.execute(_DAYS, {"learner": learner, "upto": today}).fetchall()
            answers = connection.execute(_PACE, (learner, PACE_REVIEWS)).fetchall()
    except sqlite3.Error:
        return None
    return [day for (day,) in reversed(days)], pace_of(answers)


def read_plan_facts(
    path: Path, *, settings: Settings, today: int, aliases: Mapping[str, str]
) -> PlanFacts | None:
    """`Store.plan_facts(today)`, or None where only the Store can say it."""
    if not path.exists():
        return NO_PLANS
    try:
        with closing(_connect(path)) as connection:
            if not _is_ours(connection):
                return None
            rows = connection.execute(_PLANS, (settings.learner,)).fetchall()
            if not rows:
                return NO_PLANS
            plans = [p._replace(config=json.loads(str(p.config) or "{}")) for p in map(SavedPlan._make, rows)]
            days = (connection.execute(_PLAN_DAY, (plan.id, today)).fetchone() for plan in plans)
            written = [SavedPlanDay._make(row) for row in days if row is not None]
            answers = connection.execute(_ANSWERS, (settings.learner, today)).fetchall()
            times = connection.execute(_TIMES, (settings.learner, TIMED_ANSWERS)).fetchall()
    except (sqlite3.Error, ValueError):
        return None
    return PlanFacts(
        plans,
        {day.plan_id: day._replace(items=json.loads(str(day.items) or "[]")) for day in written},
        [(aliases.get(card, card), reason, duration_ms) for card, reason, duration_ms in answers],
        [(bool(first), rating, duration_ms) for first, rating, duration_ms in times],
    )


def read_plan_basis(path: Path, *, settings: Settings, aliases: Mapping[str, str]) -> PlanBasis | None:
    """`Store.plan_basis()`, or None where only the Store can say it."""
    if not path.exists():
        return PlanBasis({}, set())
    learner = settings.learner
    try:
        with closing(_connect(path)) as connection:
            if not _usable(connection, settings, aliases):
                return None
            states = map(CardState._make, connection.execute(_ALL_STATES, (learner,)))
            held = {
                (aliases.get(card, card), kind): value
                for card, kind, value in connection.execute(_MARKS, (learner, *HIDING_KINDS))
            }
            return PlanBasis(
                {state.card: state for state in states},
                {card for (card, kind), value in held.items() if kind != "buried" and value},
            )
    except (sqlite3.Error, ValueError):
        return None


def read_recalls(path: Path, *, settings: Settings) -> list[Recall] | None:
    """`Store.recalls()`, or None where only the Store can say it."""
    if not path.exists():
        return []
    try:
        with closing(_connect(path)) as connection:
            if not _is_ours(connection):
                return None
            rows = connection.execute(_RECALLS, (settings.learner, CHECKED_ANSWERS)).fetchall()
    except (sqlite3.Error, ValueError):
        return None
    return [(predicted, rating > 1) for predicted, rating in rows]


def _connect(path: Path) -> sqlite3.Connection:
    """Open for reading, within one snapshot."""
    connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, isolation_level=None)
    try:
        connection.execute("BEGIN")
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def _is_ours(connection: sqlite3.Connection) -> bool:
    application_id = connection.execute("PRAGMA application_id").fetchone()[0]
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    return bool(application_id == APPLICATION_ID and version == SCHEMA_VERSION)


def _usable(connection: sqlite3.Connection, settings: Settings, aliases: Mapping[str, str]) -> bool:
    if not _is_ours(connection):
        return False
    query = "SELECT value FROM meta WHERE key = ?"
    noted = connection.execute(query, (f"rules:{settings.learner}",)).fetchone()
    wanted = scheduling_fingerprint(
        desired_retention=settings.desired_retention,
        maximum_interval=settings.maximum_interval,
        aliases=aliases,
    )
    return noted is not None and noted[0] == wanted


def _progress(
    connection: sqlite3.Connection, learner: str, today: int, aliases: Mapping[str, str]
) -> Progress:
    present = aliases.get
    latest: dict[tuple[str, str], str] = {}
    for card, kind, value in connection.execute(_MARKS, (learner, *HIDING_KINDS)):
        latest[present(card, card), kind] = value
    states = {row[0]: CardState._make(row) for row in connection.execute(_STATES, (learner, today, today))}
    red, red_states = _red(connection, learner, aliases)
    states.update((card, red_states[card]) for card in red if card in red_states)
    asked = connection.execute(_ASKED, (learner, today))
    return Progress(
        today=today,
        seen=dict(connection.execute(_SEEN, (learner,)).fetchall()),
        states=states,
        hidden={card for (card, kind), value in latest.items() if hides(kind, value, today)},
        asked=[Asked(present(card, card), rating, reason) for card, rating, reason in asked],
        red=red,
    )


def _red(
    connection: sqlite3.Connection, learner: str, aliases: Mapping[str, str]
) -> tuple[dict[str, RedMark], dict[str, CardState]]:
    """What mock interviews put on the red list and no drill has worked off; the states of those cards."""
    rows = connection.execute(_MOCK, (learner, learner))
    answers = (MockAnswer._make(row) for row in rows)
    red = red_marks(a._replace(card=aliases.get(a.card, a.card)) for a in answers)
    found = (connection.execute(_STATE_OF, (learner, card)).fetchone() for card in red)
    states = {row[0]: CardState._make(row) for row in found if row is not None}
    return open_marks(red, states), states
