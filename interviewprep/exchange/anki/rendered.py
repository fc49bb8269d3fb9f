"""Rendered fields kept by content hash, so that only the first export renders every card.

A cache beside the deck index: any trouble with it ends in rendering again, never in an error.
"""

from __future__ import annotations

import os
import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import Final, TypeVar

from interviewprep import __version__, checks, render
from interviewprep.exchange.anki import calculation, fields, notetypes
from interviewprep.exchange.anki.fields import Rendered

FILE_NAME: Final = "anki-fields.db"
AT_ONCE: Final = 250
"""Cards read together: more would only take memory."""
LAYOUT: Final = 1
_MOST: Final = 60_000
"""Rows kept; from then on the cache begins anew."""
_TABLE: Final = (
    "create table rendered (hash text primary key, kind text not null, fields text not null,"
    " sort_text text not null, checksum integer not null, digest text not null)"
)
T = TypeVar("T")


class RenderedFields:
    """The cache, open. Made anew when the code that renders has changed."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    @classmethod
    def open(cls, path: Path) -> RenderedFields:
        """Open or make the cache at `path`; in memory where that cannot be."""
        for _ in range(2):
            with suppress(sqlite3.Error, OSError):
                path.parent.mkdir(parents=True, exist_ok=True)
                return cls(_ready(os.fspath(path)))
            with suppress(OSError):
                path.unlink(missing_ok=True)
        return cls(_ready(":memory:"))

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def find(self, hashes: Sequence[str]) -> dict[str, Rendered]:
        """The fields known for these content hashes."""
        marks = ", ".join("?" * len(hashes))
        query = f"select * from rendered where hash in ({marks})"  # noqa: S608 - only placeholders
        try:
            return {row[0]: Rendered._make(row[1:]) for row in self._connection.execute(query, hashes)}
        except sqlite3.Error:
            return {}

    def keep(self, found: Iterable[tuple[str, Rendered]]) -> None:
        """Keep fields by content hash."""
        rows = [(content_hash, *fields) for content_hash, fields in found]
        if not rows:
            return
        with suppress(sqlite3.Error), self._connection:
            self._connection.executemany("insert or replace into rendered values (?, ?, ?, ?, ?, ?)", rows)


def in_groups(items: Iterable[T], size: int = AT_ONCE) -> Iterator[list[T]]:
    """Lists of at most `size` items."""
    rest = iter(items)
    while group := list(islice(rest, size)):
        yield group


def _ready(path: str) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=3.0)
    try:
        version = _version()
        found: int = connection.execute("pragma user_version").fetchone()[0]
        if found == version:
            kept: int = connection.execute("select count(*) from rendered").fetchone()[0]
            if kept <= _MOST:
                return connection
        connection.execute("pragma page_size = 16384")  # most cards fit into one
        with connection:
            connection.execute("begin immediate")
            connection.execute("drop table if exists rendered")
            connection.execute(_TABLE)
            connection.execute(f"pragma user_version = {version}")
    except BaseException:
        connection.close()
        raise
    return connection


def _version() -> int:
    """A number that changes with the code that renders: text, checks and fields."""
    folders = (Path(folder) for folder in (*render.__path__, *checks.__path__))
    files = [place for folder in folders for place in sorted(folder.rglob("*.py"))]
    files += [Path(module.__file__ or "") for module in (calculation, fields, notetypes)]
    stamps = [(place.name, place.stat().st_size, place.stat().st_mtime_ns) for place in files]
    return zlib.crc32(repr((LAYOUT, __version__, stamps)).encode()) & 0x7FFFFFFF
