"""The doctor: is the file sound, and do the cached states equal what the log says?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import isclose
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import func, select

from interviewprep.errors import StoreDamagedError
from interviewprep.memory.types import CardState
from interviewprep.store import cache
from interviewprep.store.files import list_backups
from interviewprep.store.tables import REVIEW

if TYPE_CHECKING:
    from interviewprep.store.store import Store

_CLOSE = 1e-9
"""Relative; another machine's mathematics library may differ in the last digits."""


class Difference(NamedTuple):
    """One field in which a stored state is not what the log says."""

    card: str
    field: str
    """A field of CardState, or `card` where the whole row is missing or should not be there."""
    stored: str
    replayed: str


@dataclass(frozen=True, slots=True)
class Report:
    """What the doctor found."""

    path: Path
    damage: tuple[str, ...]
    """What SQLite finds wrong with the file itself; a restore is the cure."""
    reviews: int
    """Live reviews of this learner in the log."""
    undone: int
    cards: int
    """Cards with a memory state."""
    differences: tuple[Difference, ...]
    """Where the cache disagrees with the log; a rebuild is the cure."""
    last_backup: Path | None
    warnings: tuple[str, ...]
    """What the store warned about when it was opened."""

    @property
    def is_well(self) -> bool:
        """Whether nothing needs a cure."""
        return not self.damage and not self.differences


def check(store: Store) -> Report:
    """Check the file's integrity, replay this learner's log and compare. Changes nothing."""
    damage: list[str] = []
    reviews = undone = 0
    stored: Mapping[str, CardState] = {}
    replayed: Mapping[str, CardState] = {}
    try:
        damage = store.database.integrity()
        with store.database.read() as connection:
            own = REVIEW.c.learner == store.rules.learner
            total, undone = connection.execute(
                select(func.count(), func.count(REVIEW.c.undone_at_ms)).select_from(REVIEW).where(own)
            ).one()
            reviews = total - undone
            stored = cache.read_states(connection, store.rules, None)
            replayed = cache.fold_all(connection, store.rules)
    except StoreDamagedError as error:
        damage = damage or [error.message]
        stored = replayed = {}
    backups = list_backups(store.database.backups)
    return Report(
        path=store.database.path,
        damage=tuple(damage),
        reviews=reviews,
        undone=undone,
        cards=len(stored),
        differences=tuple(_compare(stored, replayed)),
        last_backup=backups[-1].path if backups else None,
        warnings=store.warnings,
    )


def rebuild(store: Store) -> int:
    """Rebuild indexes, and all states of this learner from the log, in one transaction.

    Returns how many states there are. The log is not touched.
    """
    with store.database.write() as connection:
        connection.exec_driver_sql("REINDEX")
        return cache.rebuild(connection, store.rules)


def _compare(stored: Mapping[str, CardState], replayed: Mapping[str, CardState]) -> list[Difference]:
    found = []
    for card in sorted(stored.keys() | replayed.keys()):
        before, after = stored.get(card), replayed.get(card)
        if before is None or after is None:
            found.append(Difference(card, "card", _presence(before), _presence(after)))
            continue
        for name, old, new in zip(CardState._fields, before, after, strict=True):
            if not _same(old, new):
                found.append(Difference(card, name, str(old), str(new)))
    return found


def _presence(state: CardState | None) -> str:
    return "missing" if state is None else "present"


def _same(old: object, new: object) -> bool:
    if isinstance(old, float) and isinstance(new, float):
        return isclose(old, new, rel_tol=_CLOSE)
    return old == new
