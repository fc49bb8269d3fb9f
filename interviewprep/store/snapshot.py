"""Progress as of one study day, and the figures read from the whole log."""

from __future__ import annotations

from collections import Counter
from typing import Final

from sqlalchemy import Connection, bindparam, or_, select

from interviewprep.memory.red import MockAnswer, open_marks, red_marks
from interviewprep.memory.types import Asked, CardState, Progress
from interviewprep.store import cache, marks
from interviewprep.store.prepared import Prepared, Value
from interviewprep.store.records import HIDING_KINDS, PACE_REVIEWS, hides, pace_of
from interviewprep.store.rules import Rules
from interviewprep.store.tables import CARDSTATE, REVIEW, SESSION

_own = CARDSTATE.c.learner == bindparam("learner")
_SEEN: Final = Prepared(select(CARDSTATE.c.card, CARDSTATE.c.pass_days > 0).where(_own))
_STATES: Final = Prepared(
    select(*(CARDSTATE.c[name] for name in CardState._fields)).where(
        _own,
        or_(
            CARDSTATE.c.due_day <= bindparam("today"),
            CARDSTATE.c.last_day >= bindparam("today"),
            CARDSTATE.c.repeat_day.is_not(None),
            CARDSTATE.c.red_from_day.is_not(None),
        ),
    )
)
_ASKED: Final = Prepared(
    select(REVIEW.c.card, REVIEW.c.rating, REVIEW.c.reason)
    .where(
        REVIEW.c.learner == bindparam("learner"),
        REVIEW.c.study_day == bindparam("today"),
        REVIEW.c.undone_at_ms.is_(None),
        REVIEW.c.mode == "drill",
        REVIEW.c.moves == 1,
        REVIEW.c.rating.is_not(None),
    )
    .order_by(REVIEW.c.seq)
)
# By the sittings, of which there are few: no index leads to the answers of a mode. `|| ''` keeps SQLite from
# reading all reviews of the learner instead.
_MOCK: Final = Prepared(
    select(*(REVIEW.c[name] for name in MockAnswer._fields))
    .where(
        REVIEW.c.session_id.in_(
            select(SESSION.c.id).where(SESSION.c.learner == bindparam("learner"), SESSION.c.kind == "mock")
        ),
        REVIEW.c.learner.concat("") == bindparam("learner"),
        REVIEW.c.mode == "mock",
        REVIEW.c.part == "question",
        REVIEW.c.undone_at_ms.is_(None),
    )
    .order_by(REVIEW.c.at_ms, REVIEW.c.id)
)


def progress(connection: Connection, rules: Rules, today: int) -> Progress:
    """What a queue is made from. `store.fast` gives the same without SQLAlchemy; change both."""
    values: dict[str, Value] = {"learner": rules.learner, "today": today}
    present = rules.names.present
    found = marks.latest(connection, rules).values()
    mock = (MockAnswer._make(row) for row in _MOCK(connection, values))
    red = red_marks(answer._replace(card=present(answer.card)) for answer in mock)
    red_states = cache.read_states(connection, rules, red) if red else {}
    red = open_marks(red, red_states)
    states = {row[0]: CardState._make(row) for row in _STATES(connection, values)}
    states.update((card, red_states[card]) for card in red if card in red_states)
    return Progress(
        today=today,
        seen={card: bool(passed) for card, passed in _SEEN(connection, values)},
        states=states,
        hidden={mark.card for mark in found if hides(mark.kind, mark.value, today)},
        asked=[Asked(present(card), rating, reason) for card, rating, reason in _ASKED(connection, values)],
        red=red,
    )


def study_days(connection: Connection, rules: Rules, upto: int) -> list[int]:
    """The study days with a live review, up to a day, ascending."""
    rows = connection.execute(
        select(REVIEW.c.study_day)
        .where(REVIEW.c.learner == rules.learner, REVIEW.c.study_day <= upto, REVIEW.c.undone_at_ms.is_(None))
        .distinct()
        .order_by(REVIEW.c.study_day)
    )
    return [row[0] for row in rows]


def pace(connection: Connection, rules: Rules) -> tuple[float, float]:
    """Median seconds of the last answers to new cards and to others.

    By study day first: that order an index gives, so that only the last few days are read.
    """
    rows = connection.execute(
        select(REVIEW.c.predicted, REVIEW.c.duration_ms)
        .where(
            REVIEW.c.learner == rules.learner,
            REVIEW.c.undone_at_ms.is_(None),
            REVIEW.c.mode == "drill",
            REVIEW.c.moves == 1,
            REVIEW.c.duration_ms > 0,
        )
        .order_by(REVIEW.c.study_day.desc(), REVIEW.c.seq.desc())
        .limit(PACE_REVIEWS)
    )
    return pace_of([(predicted is None, duration_ms) for predicted, duration_ms in rows])


def due_by_day(connection: Connection, rules: Rules, today: int, days: int) -> list[int]:
    """How many cards come due on each of the next days; the first counts all that are overdue, too.

    Suspended and known cards never come; a buried one comes when its burial is over.
    """
    held: dict[str, int] = {}
    for mark in marks.latest(connection, rules).values():
        if mark.kind == "buried" and mark.value.isdigit():
            held[mark.card] = max(held.get(mark.card, 0), int(mark.value) + 1)
        elif mark.kind in HIDING_KINDS and mark.value:
            held[mark.card] = today + days
    rows = connection.execute(
        select(CARDSTATE.c.card, CARDSTATE.c.due_day).where(
            CARDSTATE.c.learner == rules.learner, CARDSTATE.c.due_day < today + days
        )
    )
    counts = Counter(max(due, today, held.get(card, today)) for card, due in rows)
    return [counts[day] for day in range(today, today + days)]
