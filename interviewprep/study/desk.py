"""The desk: everything a use case works with, put together once per process."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo
from typing import TYPE_CHECKING

from interviewprep.memory.days import study_day, utc_offset_minutes
from interviewprep.memory.types import Progress, QueueLimits
from interviewprep.settings import Paths, Settings
from interviewprep.store.index import Library

if TYPE_CHECKING:
    from interviewprep.store.plan_records import PlanBasis, PlanFacts, Recall
    from interviewprep.store.store import Store


def utc_now() -> datetime:
    """The default clock."""
    return datetime.now(UTC)


@dataclass(slots=True)
class Desk:
    """Settings, cards, clock and the store, which opens when first needed.

    The queue of the first card is read by the read-only fast path, so that the first question can be
    painted before SQLModel is imported; `prepare` opens the store meanwhile, from a thread.
    """

    settings: Settings
    paths: Paths
    library: Library
    clock: Callable[[], datetime] = utc_now
    tz: tzinfo | None = None
    _store: Store | None = None
    _opening: threading.Lock = field(default_factory=threading.Lock)

    def today(self) -> int:
        """The study day now."""
        return self.study_day(self.clock())

    def study_day(self, at: datetime) -> int:
        """The study day of a moment, by the learner's rollover hour."""
        return study_day(at, rollover_hour=self.settings.rollover_hour, tz=self.tz)

    def utc_offset(self, at: datetime) -> int:
        """Minutes east of UTC at a moment."""
        return utc_offset_minutes(at, self.tz)

    @property
    def limits(self) -> QueueLimits:
        """The queue's limits as set."""
        settings = self.settings
        return QueueLimits(
            new_per_day=settings.new_per_day,
            reviews_per_day=settings.reviews_per_day,
            repeat_after=settings.repeat_after,
            sibling_gap=settings.sibling_gap,
        )

    @property
    def store(self) -> Store:
        """The progress database, opened (made, migrated, backed up) on first use."""
        with self._opening:
            if self._store is None:
                from interviewprep.store.store import Store

                self._store = Store.open(
                    self.paths.database,
                    backups=self.paths.backups,
                    settings=self.settings,
                    now=self.clock(),
                    aliases=self.library.aliases,
                )
            return self._store

    @property
    def is_open(self) -> bool:
        """Whether the store is already open."""
        return self._store is not None

    @property
    def warnings(self) -> tuple[str, ...]:
        """What a learner should know though nothing failed: no backup today, a folder that is synced."""
        return self._store.warnings if self._store is not None else ()

    def prepare(self) -> None:
        """Open the store now; may run in a thread while a screen is shown."""
        _ = self.store

    def progress(self, today: int) -> Progress:
        """One learner's progress as of a study day, by the fast path unless the store is open."""
        if self._store is None:
            from interviewprep.store.fast import read_progress

            found = read_progress(
                self.paths.database, settings=self.settings, today=today, aliases=self.library.aliases
            )
            if found is not None:
                return found
        return self.store.progress(today)

    def study_facts(self, today: int, *, beside: bool = False) -> tuple[list[int], tuple[float, float]]:
        """Study days with reviews up to today, and seconds per new and per other answer.

        `beside` reads by a connection of its own where it can, so that a thread leaves the store alone.
        """
        if beside or self._store is None:
            from interviewprep.store.fast import read_study_facts

            found = read_study_facts(self.paths.database, settings=self.settings, today=today)
            if found is not None:
                return found
        return self.store.study_days(today), self.store.pace()

    def plan_facts(self, today: int, *, beside: bool = False) -> PlanFacts:
        """The interview plans with what was written down for a study day; as `study_facts` is read."""
        if beside or self._store is None:
            from interviewprep.store.fast import read_plan_facts

            found = read_plan_facts(
                self.paths.database, settings=self.settings, today=today, aliases=self.library.aliases
            )
            if found is not None:
                return found
        return self.store.plan_facts(today)

    def plan_basis(self, *, beside: bool = False) -> PlanBasis:
        """What plans are computed from; as `study_facts` is read."""
        if beside or self._store is None:
            from interviewprep.store.fast import read_plan_basis

            found = read_plan_basis(self.paths.database, settings=self.settings, aliases=self.library.aliases)
            if found is not None:
                return found
        return self.store.plan_basis()

    def recalls(self) -> Sequence[Recall]:
        """Prediction and outcome of the last answers; by a connection of its own where it can."""
        from interviewprep.store.fast import read_recalls

        found = read_recalls(self.paths.database, settings=self.settings)
        return self.store.recalls() if found is None else found

    def reload_decks(self) -> bool:
        """Read changed deck files again; True if anything changed."""
        changed = self.library.refresh()
        if changed and self._store is not None:
            self._store.apply_aliases(self.library.aliases)
        return changed

    def close(self) -> None:
        """Close the store and the deck index."""
        if self._store is not None:
            self._store.close()
            self._store = None
        self.library.close()
