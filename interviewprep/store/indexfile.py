"""The SQLite file behind the library: rows of deck files, of cards, and of whole libraries put together.

A cache: any trouble with it ends in a new file or in memory, never in an error.
"""

from __future__ import annotations

import json
import os
import sqlite3
import zlib
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from interviewprep import __version__, cards, checks
from interviewprep.cards.files import DeckPath
from interviewprep.cards.heads import Problem

if TYPE_CHECKING:
    from interviewprep.cards.facts import CardRow

LAYOUT = 2
"""Goes up with every change of the tables."""
VIEWS_KEPT = 8
"""Libraries (lists of folders) remembered at once."""
BUSY_SECONDS = 3.0
_OUT_OF_REACH = frozenset(
    {
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_NOMEM,
        sqlite3.SQLITE_PERM,
        sqlite3.SQLITE_READONLY,
    }
)
"""Errors that say nothing about the content of the file."""
_TABLES = (
    """create table file (
        id integer primary key autoincrement, path text not null, deck text not null,
        size integer not null, mtime_ns integer not null, inode integer not null, facts text not null,
        unique (path, deck))""",
    """create table entry (
        id integer primary key autoincrement, file_id integer not null, place integer not null,
        content text not null, face text not null, question text not null, text text not null,
        hash text not null, line integer not null, checksum integer not null)""",
    "create index entry_of_file on entry (file_id, place)",
    """create table view (
        folders text primary key, made integer not null, signature text not null, heads text not null,
        entries text not null, decks text not null, problems text not null, aliases text not null,
        concepts text not null, checksum integer not null)""",
)


class FileRow(NamedTuple):
    """A deck file as it was when it was last read."""

    id: int
    facts: str
    """JSON of DeckFacts."""


class NewFile(NamedTuple):
    """A deck file that was read just now."""

    facts: str
    rows: Sequence[CardRow]
    readable: bool


class ViewRow(NamedTuple):
    """A library put together from all its files, as JSON."""

    signature: str
    """What the files were like."""
    heads: str
    """Columns of the card heads."""
    entries: str
    """Row ids of the cards, in the order of the heads."""
    decks: str
    problems: str
    aliases: str
    concepts: str


class EntryRow(NamedTuple):
    """One card."""

    path: str
    content: str
    face: str
    hash: str
    line: int


class IndexFile:
    """An open index. Every method may raise sqlite3.Error; `recover` then gives one that works.

    `path` is None for an index in memory.
    """

    def __init__(self, connection: sqlite3.Connection, path: Path | None) -> None:
        self.connection = connection
        self.path = path

    @classmethod
    def open(cls, path: Path) -> IndexFile:
        """Open or make the index; one that is damaged or of another version is replaced."""
        for _ in range(2):
            try:
                path.parent.mkdir(parents=True, exist_ok=True)
                with suppress(_StaleError):
                    return cls(_connected(path, fresh=False), path)
                _remove(path)
                return cls(_connected(path, fresh=True), path)
            except sqlite3.DatabaseError as error:
                if not is_damage(error):
                    break
                try:
                    _remove(path)
                except OSError:
                    break
            except OSError:
                break
        return cls.empty()

    @classmethod
    def empty(cls) -> IndexFile:
        """A new index in memory."""
        connection = _connect(":memory:")
        _make_tables(connection)
        return cls(connection, None)

    def recover(self, error: Exception) -> IndexFile:
        """Close this index, which has just failed, and return another one to go on with.

        A damaged file is replaced by a new one; one that is locked or cannot be written is copied into
        memory. Raises the error again where memory itself has failed.
        """
        if self.path is None:
            raise error
        if is_damage(error):
            self.close()
            try:
                _remove(self.path)
            except OSError:
                return IndexFile.empty()
            return IndexFile.open(self.path)
        copy = IndexFile.empty()
        try:
            self.connection.backup(copy.connection)
            damaged = copy.connection.execute("pragma quick_check(1)").fetchone()[0] != "ok"
        except sqlite3.Error:
            damaged = True
        self.close()
        if not damaged and _is_current(copy.connection):
            return copy
        copy.close()
        return IndexFile.empty()

    def close(self) -> None:
        """Close the file."""
        self.connection.close()

    def view(self, folders: str) -> ViewRow | None:
        """The library of these folders as it was last put together."""
        found = self.connection.execute(
            "select signature, heads, entries, decks, problems, aliases, concepts, checksum from view"
            " where folders = ?",
            (folders,),
        ).fetchone()
        return ViewRow._make(_checked(found)) if found else None

    def file(self, wanted: DeckPath) -> FileRow | None:
        """The row of a file that has not changed since it was read."""
        found = self.connection.execute(
            "select id, facts from file"
            " where path = ? and deck = ? and size = ? and mtime_ns = ? and inode = ?",
            (wanted.path, wanted.deck, wanted.size, wanted.mtime_ns, wanted.inode),
        ).fetchone()
        return FileRow._make(found) if found else None

    def entry(self, entry_id: int) -> EntryRow | None:
        """One card's row; None once its file was read again."""
        found = self.connection.execute(
            "select path, content, face, hash, line, checksum from entry join file on file.id = file_id"
            " where entry.id = ?",
            (entry_id,),
        ).fetchone()
        return EntryRow._make((found[0], *_checked(found[1:]))) if found else None

    def faces(self) -> Iterable[tuple[int, str]]:
        """Row id and face of every card of any library."""
        return self.connection.execute("select id, face from entry")

    def hashes(self) -> Iterable[tuple[int, str]]:
        """Row id and hash of every card of any library."""
        return self.connection.execute("select id, hash from entry")

    def matches(self, words: Sequence[str]) -> list[tuple[int, bool]]:
        """Row ids of the cards that hold every (folded) word, and whether the question holds them all."""
        if not words:
            return [(row[0], True) for row in self.connection.execute("select id from entry")]
        in_text = " and ".join(["instr(text, ?)"] * len(words))
        in_question = " and ".join(["instr(question, ?)"] * len(words))
        query = f"select id, {in_question} from entry where {in_text}"  # noqa: S608 - only placeholders
        return [(row[0], bool(row[1])) for row in self.connection.execute(query, (*words, *words))]

    def save_files(self, files: Sequence[DeckPath], new: Mapping[DeckPath, NewFile]) -> list[list[int]]:
        """Write the files that were read just now; returns the row ids of the cards of all `files`.

        Call inside `transaction`. A file that another process has written meanwhile is not written twice.
        """
        ids: list[list[int]] = []
        for path in files:
            row = self.file(path)
            if row is None and not new[path].readable:
                # Not kept: it may become readable without a change that shows.
                ids.append([])
                continue
            file_id = row.id if row else self._insert(path, new[path])
            rows = self.connection.execute(
                "select id from entry where file_id = ? order by place", (file_id,)
            )
            ids.append([entry_id for (entry_id,) in rows])
        return ids

    def _insert(self, path: DeckPath, new: NewFile) -> int:
        self._delete("path = ? and deck = ?", (path.path, path.deck))
        cursor = self.connection.execute(
            "insert into file (path, deck, size, mtime_ns, inode, facts) values (?, ?, ?, ?, ?, ?)",
            (path.path, path.deck, path.size, path.mtime_ns, path.inode, new.facts),
        )
        file_id = cursor.lastrowid or 0
        self.connection.executemany(
            "insert into entry (file_id, place, content, face, question, text, hash, line, checksum)"
            " values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                (file_id, place, *row, _checksum((row.content, row.face, row.hash, row.line)))
                for place, row in enumerate(new.rows)
            ],
        )
        return file_id

    def save_view(self, folders: str, row: ViewRow) -> None:
        """Write a library; forgets the oldest ones and the files that no library holds."""
        execute = self.connection.execute
        execute(
            "insert or replace into view (made, folders, signature, heads, entries, decks, problems, aliases,"
            " concepts, checksum)"
            " values ((select coalesce(max(made), 0) + 1 from view), ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (folders, *row, _checksum(row)),
        )
        execute(
            "delete from view where folders not in (select folders from view order by made desc limit ?)",
            (VIEWS_KEPT,),
        )
        kept = {
            (path[0], path[1])
            for (signature,) in execute("select signature from view").fetchall()
            for path in json.loads(signature)[0]
        }
        for path, deck in execute("select path, deck from file").fetchall():
            if (path, deck) not in kept:
                self._delete("path = ? and deck = ?", (path, deck))

    def _delete(self, condition: str, values: tuple[str, str]) -> None:
        subject = f"(select id from file where {condition})"  # noqa: S608 - fixed texts
        self.connection.execute(f"delete from entry where file_id in {subject}", values)  # noqa: S608
        self.connection.execute(f"delete from file where {condition}", values)  # noqa: S608

    def __enter__(self) -> IndexFile:
        """Begin a transaction that nobody else can write in."""
        self.connection.execute("begin immediate")
        return self

    def __exit__(self, kind: object, *rest: object) -> None:
        if kind is None:
            self.connection.execute("commit")
        elif self.connection.in_transaction:
            self.connection.execute("rollback")


def signature_of(files: Sequence[DeckPath], problems: Sequence[Problem]) -> str:
    """What tells whether anything has changed since a library was put together."""
    return to_json([files, problems])


def to_json(value: object) -> str:
    """Compact JSON."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _checksum(values: Sequence[object]) -> int:
    found = 0
    for value in values:
        found = zlib.crc32(str(value).encode("utf-8", "surrogatepass"), found)
    return found


def _checked(row: Sequence[object]) -> Sequence[object]:
    """A row without its checksum, which stands last. Raises ValueError where it does not fit."""
    *values, checksum = row
    if _checksum(values) != checksum:
        raise ValueError("a row of the deck index is damaged")
    return values


def is_damage(error: Exception) -> bool:
    """Whether an error says that the content of the file is bad, not that it cannot be reached or written."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF not in _OUT_OF_REACH


def reader_version() -> int:
    """A number that changes with the tables and with the code that reads decks and tries their checks."""
    stamps = []
    for folder in (Path(cards.__file__).parent, Path(checks.__file__).parent):
        for place in (folder, folder / "families"):
            with suppress(FileNotFoundError), os.scandir(place) as entries:
                stamps += [_stamp(entry) for entry in entries if entry.name.endswith(".py")]
    return zlib.crc32(repr((LAYOUT, __version__, sorted(stamps))).encode()) & 0x7FFFFFFF


def _stamp(entry: os.DirEntry[str]) -> tuple[str, int, int]:
    status = entry.stat()
    return entry.path, status.st_size, status.st_mtime_ns


def _connect(path: str) -> sqlite3.Connection:
    # One connection serves all threads of the process; `Library` lets only one in at a time.
    return sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False)


class _StaleError(Exception):
    """The index was made by another version of the program, or is new."""


def _connected(path: Path, *, fresh: bool) -> sqlite3.Connection:
    """A connection to an index of this version; a `fresh` one gets its tables."""
    connection = _connect(os.fspath(path))
    try:
        if fresh:
            _make_tables(connection)
        elif not _is_current(connection):
            raise _StaleError
    except BaseException:
        connection.close()
        raise
    return connection


def _is_current(connection: sqlite3.Connection) -> bool:
    found: int = connection.execute("pragma user_version").fetchone()[0]
    return found == reader_version()


def _make_tables(connection: sqlite3.Connection) -> None:
    connection.execute("begin immediate")
    # Another process may have made them while this one waited.
    if not _is_current(connection):
        for statement in _TABLES:
            connection.execute(statement)
        connection.execute(f"pragma user_version = {reader_version()}")
    connection.execute("commit")


def _remove(path: Path) -> None:
    for leftover in (path, path.with_name(path.name + "-journal")):
        leftover.unlink(missing_ok=True)
