"""The store: one learner's progress, the way in for the use cases."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path

from sqlalchemy import insert, select

from interviewprep.errors import StoreError
from interviewprep.memory import fold
from interviewprep.memory.scheduler import Scheduler
from interviewprep.memory.types import CardState, Progress, Rating
from interviewprep.settings import Settings
from interviewprep.store import cache, log, marks, plans, sessions, snapshot
from interviewprep.store.backup import back_up, back_up_daily
from interviewprep.store.database import BUSY_SECONDS, Database
from interviewprep.store.folders import folder_warning
from interviewprep.store.migrations import SCHEMA_VERSION, migrate
from interviewprep.store.plan_records import PlanBasis, PlanFacts, Recall, SavedPlan, SavedPlanDay
from interviewprep.store.records import Answer, Mark, PastReview, Recorded, Undone
from interviewprep.store.rules import Names, Rules
from interviewprep.store.sessions import SavedSession
from interviewprep.store.tables import META
from interviewprep.store.times import to_ms


class Store:
    """An open progress database. Every write is durable when its method returns.

    May be used from any thread, by one at a time. All methods raise the leaves of StoreError.
    """

    def __init__(self, database: Database, rules: Rules, warnings: tuple[str, ...]) -> None:
        """Use `Store.open`."""
        self.database = database
        self.rules = rules
        self.warnings = warnings
        """What a learner should know though nothing failed: a sync folder, a backup not made."""

    @classmethod
    def open(
        cls,
        path: Path,
        *,
        backups: Path,
        settings: Settings,
        now: datetime,
        aliases: Mapping[str, str] | None = None,
        daily_backup: bool = True,
        busy_seconds: float = BUSY_SECONDS,
    ) -> Store:
        """Open the database at `path`, making it and its folder if there is none.

        Migrates it after a backup, makes the day's backup, and brings the cached states in step with the
        settings and with `aliases` (former to present card names). `busy_seconds` is how long a write
        waits for another program.
        """
        database = Database(path, backups=backups, known_version=SCHEMA_VERSION, busy_seconds=busy_seconds)
        try:
            migrate(database, back_up=lambda: back_up(database, now=now, kind="migration"))
            warnings = [folder_warning(path), _journal_warning(database)]
            if daily_backup:
                warnings.append(_daily_backup(database, settings, now))
            rules = Rules(
                learner=settings.learner,
                device=_device(database),
                desired_retention=settings.desired_retention,
                maximum_interval=settings.maximum_interval,
                leech_lapses=settings.leech_lapses,
                scheduler=Scheduler.DEFAULT,
                names=Names(aliases or {}),
            )
            store = cls(database, rules, tuple(w for w in warnings if w))
            store._bring_up_to_date(now)
        except BaseException:
            database.close()
            raise
        return store

    def close(self) -> None:
        """Close the database."""
        self.database.close()

    # -- what happens ----------------------------------------------------------------------------

    def append(self, answer: Answer) -> Recorded:
        """Record an answer in one transaction: the review, the card's state, a leech's suspension."""
        with self.database.write() as connection:
            return log.append(connection, self.rules, answer)

    def append_in_session(
        self,
        answer: Answer,
        state: Mapping[str, object],
        *,
        before: Mapping[str, object],
        is_over: bool = False,
    ) -> Recorded:
        """Record an answer and where its sitting then stands, in one transaction. `state` must be JSON.

        `before` is where it stood, and `is_over` whether it had ended. Raises StoreError where another
        program went on with it meanwhile.
        """
        with self.database.write() as connection:
            sessions.check(connection, answer.session_id, before, is_over=is_over)
            recorded = log.append(connection, self.rules, answer)
            sessions.keep_state(connection, answer.session_id, state)
            return recorded

    def undo(self, *, now: datetime, session_id: str = "") -> Undone | None:
        """Take back the newest answer or mark of this session, else of this device; None if there is none.

        Works any number of times and after a restart. What was merged or imported is never taken back.
        """
        with self.database.write() as connection:
            return log.undo(connection, self.rules, now_ms=to_ms(now), session_id=session_id)

    def mark(self, card: str, kind: str, value: str, *, now: datetime, session_id: str = "") -> bool:
        """Mark a card, or clear a mark with value ''; returns False, writing nothing, if it is so already.

        `kind` is one of records.MARK_KINDS; the value of `buried` is the study day it is buried for.
        Raises ValueError for another kind or value.
        """
        with self.database.write() as connection:
            return marks.put(
                connection,
                self.rules,
                card=card,
                kind=kind,
                value=value,
                at_ms=to_ms(now),
                session_id=session_id,
            )

    def start_session(
        self, kind: str, config: Mapping[str, object], *, now: datetime, items: Sequence[object] = ()
    ) -> str:
        """Note that a sitting began; returns its id. `config` and `items` (what it asks) must be JSON."""
        with self.database.write() as connection:
            return sessions.start(
                connection, self.rules, kind=kind, config=config, items=items, at_ms=to_ms(now)
            )

    def keep_session(
        self, session_id: str, state: Mapping[str, object], *, before: Mapping[str, object]
    ) -> None:
        """Write down where a sitting stands, to resume there. `state` must be JSON.

        Raises StoreError where it no longer stands at `before`.
        """
        with self.database.write() as connection:
            sessions.check(connection, session_id, before)
            sessions.keep_state(connection, session_id, state)

    def end_session(
        self,
        session_id: str,
        *,
        now: datetime,
        result: Mapping[str, object] | None = None,
        before: Mapping[str, object] | None = None,
        is_over: bool = False,
    ) -> None:
        """Note that a sitting ended. `result` must be JSON; `before` and `is_over` as `append_in_session`."""
        with self.database.write() as connection:
            if before is not None:
                sessions.check(connection, session_id, before, is_over=is_over)
            sessions.end(connection, session_id, at_ms=to_ms(now), result=result)

    def put_plan(self, plan: SavedPlan) -> None:
        """Write an interview plan, new or changed (`at_ms` says when)."""
        with self.database.write() as connection:
            plans.put(connection, self.rules, plan)

    def put_plan_day(self, found: SavedPlanDay) -> None:
        """Write down the rule and order a plan follows on a day."""
        with self.database.write() as connection:
            plans.put_day(connection, self.rules, found)

    def apply_aliases(self, aliases: Mapping[str, str]) -> None:
        """Take over changed former names of cards: histories move to the present names."""
        rules = self.rules.renamed(aliases)
        if rules.fingerprint == self.rules.fingerprint:
            return
        with self.database.write() as connection:
            cache.bring_up_to_date(connection, rules)
        self.rules = rules

    # -- what is so ------------------------------------------------------------------------------

    def progress(self, today: int) -> Progress:
        """What a queue is made from, as of a study day."""
        with self.database.read() as connection:
            return snapshot.progress(connection, self.rules, today)

    def states(self, cards: Iterable[str] | None = None) -> Mapping[str, CardState]:
        """Memory states by present name; cards never asked have none. All cards where `cards` is None."""
        with self.database.read() as connection:
            return cache.read_states(connection, self.rules, cards)

    def history(
        self, card: str | None = None, *, limit: int = 0, include_undone: bool = False
    ) -> list[PastReview]:
        """The log, newest first, of one card (any of its names) or of all; `limit` 0 means everything."""
        with self.database.read() as connection:
            return log.history(connection, self.rules, card, limit=limit, include_undone=include_undone)

    def marks(self, kind: str | None = None, card: str | None = None) -> list[Mark]:
        """The marks that hold, oldest first. Those of a burial that is over are still among them."""
        with self.database.read() as connection:
            found = marks.latest(connection, self.rules, card).values()
        kept = [m for m in found if m.value and kind in (None, m.kind)]
        return sorted(kept, key=lambda m: (m.at_ms, m.card, m.kind))

    def sessions(self, kind: str, *, session_id: str = "", limit: int = 0) -> list[SavedSession]:
        """Sittings of a kind, newest first; `session_id` may be the beginning of an id."""
        with self.database.read() as connection:
            return sessions.find(connection, self.rules, kind=kind, session_id=session_id, limit=limit)

    def plans(self, *, with_ended: bool = False) -> list[SavedPlan]:
        """Interview plans, the nearest interview first."""
        with self.database.read() as connection:
            return plans.find(connection, self.rules, with_ended=with_ended)

    def plan_day(self, plan_id: str, study_day: int) -> SavedPlanDay | None:
        """What a plan does on a day; None before the day's first card."""
        with self.database.read() as connection:
            return plans.day(connection, plan_id, study_day)

    def plan_facts(self, today: int) -> PlanFacts:
        """What a day's queue needs to know of plans."""
        with self.database.read() as connection:
            return plans.facts(connection, self.rules, today)

    def plan_basis(self) -> PlanBasis:
        """What a plan is computed from."""
        with self.database.read() as connection:
            return plans.basis(connection, self.rules)

    def recalls(self) -> list[Recall]:
        """Prediction and outcome of the last answers, newest first."""
        with self.database.read() as connection:
            return plans.recalls(connection, self.rules)

    def study_days(self, upto: int) -> list[int]:
        """The study days with a live review, up to a day, ascending."""
        with self.database.read() as connection:
            return snapshot.study_days(connection, self.rules, upto)

    def pace(self) -> tuple[float, float]:
        """Median seconds of an answer to a new card and to any other, over the last 500 answers."""
        with self.database.read() as connection:
            return snapshot.pace(connection, self.rules)

    def due_by_day(self, today: int, days: int) -> list[int]:
        """How many cards come due today (overdue ones included) and on each following day."""
        with self.database.read() as connection:
            return snapshot.due_by_day(connection, self.rules, today, days)

    def due_on(self, day: int) -> int:
        """How many cards will be due on a study day if none is answered before."""
        return self.due_by_day(day, 1)[0]

    def preview(self, card: str, today: int) -> dict[Rating, CardState]:
        """The state that each rating given today would store; `due_day - today` is the interval to show."""
        return fold.preview(
            self.states([card]).get(card),
            card,
            today,
            self.rules.scheduler,
            desired_retention=self.rules.desired_retention,
            maximum_interval=self.rules.maximum_interval,
        )

    def has_agreed(self, to: str) -> bool:
        """Whether the learner has agreed to something on this machine."""
        with self.database.read() as connection:
            found = connection.execute(select(META.c.value).where(META.c.key == f"agreed:{to}"))
            return found.scalar_one_or_none() is not None

    def agree(self, to: str, *, now: datetime) -> None:
        """Keep that the learner has agreed to something."""
        if self.has_agreed(to):
            return
        with self.database.write() as connection:
            connection.execute(insert(META), {"key": f"agreed:{to}", "value": str(to_ms(now))})

    def changed_elsewhere(self) -> bool:
        """Whether another program (or another Store) has written since the last call."""
        return self.database.changed_elsewhere()

    # -- opening ---------------------------------------------------------------------------------

    def _bring_up_to_date(self, now: datetime) -> None:
        with self.database.read() as connection:
            if cache.is_current(connection, self.rules):
                return
        with self.database.write() as connection:
            cache.keep_params(connection, self.rules, now_ms=to_ms(now))
            cache.bring_up_to_date(connection, self.rules)


def _device(database: Database) -> str:
    """This database's id among the machines whose logs may be merged; made once."""
    query = select(META.c.value).where(META.c.key == "device")
    with database.read() as connection:
        found = connection.execute(query).scalar_one_or_none()
    if found is not None:
        return str(found)
    with database.write() as connection:
        found = connection.execute(query).scalar_one_or_none()
        if found is None:
            found = secrets.token_hex(8)
            connection.execute(insert(META), {"key": "device", "value": found})
    return str(found)


def _journal_warning(database: Database) -> str:
    if database.journal_mode == "wal":
        return ""
    return (
        f"The folder of {database.path} does not support SQLite's write-ahead log "
        f"(journal mode {database.journal_mode}); use one program at a time."
    )


def _daily_backup(database: Database, settings: Settings, now: datetime) -> str:
    """A backup that cannot be made is a warning: the drill goes on."""
    try:
        back_up_daily(database, now=now, keep=settings.backups)
    except StoreError as error:
        return f"Today's backup could not be made: {error.message}"
    return ""
