"""A store in a folder of its own, and answers to put into it."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from interviewprep.memory.fold import fold
from interviewprep.memory.scheduler import Scheduler
from interviewprep.memory.types import CardState, ReviewEvent
from interviewprep.settings import Settings
from interviewprep.store.records import Answer
from interviewprep.store.store import Store

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def day_of(at: datetime) -> int:
    """Days since 1970 in UTC; good enough where the rollover is not the subject."""
    return (at - EPOCH).days


TODAY = day_of(NOW)


def answer_to(
    card: str,
    rating: int | None = 3,
    *,
    days: float = 0,
    seconds: float = 0,
    session_id: str = "s1",
    mode: str = "drill",
    reason: str = "due",
    confidence: int | None = None,
    duration_ms: int = 9_000,
    verdict: Mapping[str, str] | None = None,
) -> Answer:
    """An answer so many days and seconds after NOW."""
    at = NOW + timedelta(days=days, seconds=seconds)
    return Answer(
        card=card,
        rating=rating,
        at=at,
        utc_offset_min=60,
        study_day=day_of(at),
        session_id=session_id,
        mode=mode,
        reason=reason,
        moves=mode == "drill" and rating is not None,
        confidence=confidence,
        duration_ms=duration_ms,
        verdict=verdict or {},
    )


@dataclass
class Home:
    """Where one store lives, and how it is opened."""

    folder: Path
    settings: Settings = field(default_factory=Settings)
    aliases: Mapping[str, str] = field(default_factory=dict)
    now: datetime = NOW

    @property
    def database(self) -> Path:
        """The database file."""
        return self.folder / "progress.db"

    @property
    def backups(self) -> Path:
        """The backup folder."""
        return self.folder / "backups"

    def open(self, *, daily_backup: bool = False, busy_seconds: float = 10) -> Store:
        """A store as a new process would open it."""
        return Store.open(
            self.database,
            backups=self.backups,
            settings=self.settings,
            now=self.now,
            aliases=self.aliases,
            daily_backup=daily_backup,
            busy_seconds=busy_seconds,
        )

    def query(self, sql: str) -> list[tuple[object, ...]]:
        """Rows read with the standard library alone."""
        with closing(sqlite3.connect(self.database)) as connection:
            return connection.execute(sql).fetchall()

    def change(self, sql: str) -> None:
        """Change the file behind the program's back."""
        with closing(sqlite3.connect(self.database)) as connection, connection:
            connection.execute(sql)

    def replayed(self) -> dict[str, CardState]:
        """The fold of the log as it lies in the file, computed apart from the store's own code."""
        rows = self.query(
            "SELECT card, id, at_ms, study_day, rating, confidence FROM review"
            f" WHERE undone_at_ms IS NULL AND moves = 1 AND learner = '{self.settings.learner}'"
        )
        events: dict[str, list[ReviewEvent]] = {}
        for card, *event in rows:
            name = self.aliases.get(str(card), str(card))
            events.setdefault(name, []).append(ReviewEvent._make(event))
        states = {
            card: fold(
                card,
                found,
                Scheduler.DEFAULT,
                desired_retention=self.settings.desired_retention,
                maximum_interval=self.settings.maximum_interval,
            )
            for card, found in events.items()
        }
        return {card: state for card, state in states.items() if state is not None}
