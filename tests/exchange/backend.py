"""Anki's real backend, as a person's collection: import, look, study."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from anki.collection import Collection, ImportAnkiPackageOptions, ImportAnkiPackageRequest


@contextmanager
def system_in_utc() -> Iterator[None]:
    """Anki counts days by the zone of the system."""
    before = os.environ.get("TZ")
    os.environ["TZ"] = "UTC"
    time.tzset()
    try:
        yield
    finally:
        del os.environ["TZ"]
        if before is not None:
            os.environ["TZ"] = before
        time.tzset()


class Imported(NamedTuple):
    """What Anki says after an import."""

    new: int
    updated: int
    duplicate: int
    trouble: int
    """Notes with any complaint: conflicts, missing types, empty first fields."""


@dataclass
class Anki:
    """One collection on disk."""

    collection: Collection

    @classmethod
    def open(cls, folder: Path) -> Anki:
        """A collection in `folder`, made if there is none."""
        folder.mkdir(parents=True, exist_ok=True)
        return cls(Collection(str(folder / "collection.anki2")))

    def close(self) -> None:
        """Close it."""
        self.collection.close()

    def take(self, package: Path, *, progress: bool = True) -> Imported:
        """Import a package as File > Import does; `progress` is the box in its dialog."""
        options = ImportAnkiPackageOptions(with_scheduling=progress)
        request = ImportAnkiPackageRequest(package_path=str(package), options=options)
        log = self.collection.import_anki_package(request).log
        trouble = (log.conflicting, log.missing_notetype, log.missing_deck, log.empty_first_field)
        return Imported(
            new=len(log.new),
            updated=len(log.updated),
            duplicate=len(log.duplicate),
            trouble=sum(map(len, trouble)),
        )

    def rows(self, query: str, *values: str | int) -> list[list[object]]:
        """Rows of the collection's database."""
        database = self.collection.db
        assert database is not None
        return [list(row) for row in database.all(query, *values)]

    def one(self, query: str, *values: str | int) -> object:
        """The only value of the only row."""
        [[value]] = self.rows(query, *values)
        return value

    def fields(self, guid: str) -> dict[str, str]:
        """The fields of a note by name."""
        note_id = self.collection.db.scalar("select id from notes where guid = ?", guid)  # type: ignore[union-attr]
        return dict(self.collection.get_note(note_id).items())
