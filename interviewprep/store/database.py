"""The connection to the progress database: how it is opened, read and written, and how errors come out."""

from __future__ import annotations

import os
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from types import TracebackType
from typing import Final

from sqlalchemy import Connection, Engine, NullPool, create_engine
from sqlalchemy.exc import DBAPIError

from interviewprep.store import faults
from interviewprep.store.files import read_header
from interviewprep.store.tables import APPLICATION_ID

BUSY_SECONDS: Final = 10.0
_CACHE_KB: Final = 8_000
_WAL_TRIES: Final = 200
_WAL_PAUSE_SECONDS: Final = 0.02


class Database:
    """One SQLite file and one connection to it, kept open.

    The connection may be used from any thread, by one at a time (a lock sees to it).
    """

    def __init__(
        self, path: Path, *, backups: Path, known_version: int, busy_seconds: float = BUSY_SECONDS
    ) -> None:
        """Open (or create) the file. `known_version` is the newest schema this program understands.

        Raises StoreError leaves: StoreNewerError and StoreDamagedError leave the file byte for byte as it
        was; StoreUnwritableError when the file or folder cannot be written.
        """
        self.path = path
        self.backups = backups
        self.known_version = known_version
        self._lock = threading.RLock()
        self._refuse_strangers()
        self._raw = self._open(busy_seconds)
        try:
            self.journal_mode = self._set_up()
        except BaseException:
            self._raw.close()
            raise
        self._engine = _engine(lambda: self._raw)
        self._connection = self._engine.connect()
        self._data_version = self.pragma("data_version")

    def close(self) -> None:
        """Close the connection."""
        with self._lock:
            self._connection.close()
            self._engine.dispose()
            self._raw.close()

    @property
    def version(self) -> int:
        """The schema version the file has now."""
        return self.pragma("user_version")

    def read(self) -> AbstractContextManager[Connection]:
        """A consistent snapshot: what others commit meanwhile is not seen."""
        return _Transaction(self, "BEGIN")

    def write(self) -> AbstractContextManager[Connection]:
        """One transaction that holds the write lock from the start; durable when the block ends.

        A deferred BEGIN would fail at once with "database is locked" when a reader turns writer. The
        schema version is checked each time, since a newer program may have migrated the file meanwhile.
        """
        return _Transaction(self, "BEGIN IMMEDIATE", version=self.known_version)

    def change_schema(self) -> AbstractContextManager[Connection]:
        """Like `write`, for migrations: any schema version will do."""
        return _Transaction(self, "BEGIN IMMEDIATE")

    def changed_elsewhere(self) -> bool:
        """Whether another connection has written since the last call."""
        with self._lock:
            found = self.pragma("data_version")
            changed = found != self._data_version
            self._data_version = found
            return changed

    def copy_to(self, target: sqlite3.Connection) -> None:
        """Copy the whole database through SQLite's backup API."""
        with self._lock, self._faults():
            self._raw.backup(target)

    def integrity(self) -> list[str]:
        """What `PRAGMA integrity_check` finds wrong; empty when all is well."""
        with self._lock, self._faults():
            rows = self._raw.execute("PRAGMA integrity_check").fetchall()
        return [str(row[0]) for row in rows if row[0] != "ok"]

    # -- opening ---------------------------------------------------------------------------------

    def _refuse_strangers(self) -> None:
        """Look at the header before SQLite touches the file, since opening may already write to it."""
        try:
            header = read_header(self.path)
        except OSError as error:
            raise faults.unwritable(self.path, self.backups) from error
        if self.path.exists() and not os.access(self.path, os.W_OK):
            raise faults.unwritable(self.path, self.backups)
        if header is None:
            return
        if not header.is_sqlite:
            raise faults.not_ours(self.path, self.backups)
        if header.application_id not in (0, APPLICATION_ID):
            raise faults.not_ours(self.path, self.backups)
        if header.user_version > self.known_version:
            raise faults.newer(self.path, header.user_version, self.known_version)
        if header.application_id == 0 or _has_content(Path(f"{self.path}-wal")):
            self._refuse_strangers_inside()

    def _refuse_strangers_inside(self) -> None:
        """The same through a read-only connection, which sees what the write-ahead log still holds."""
        with self._faults():
            uri = f"{self.path.absolute().as_uri()}?mode=ro"
            reader = sqlite3.connect(uri, uri=True, isolation_level=None)
            try:
                reader.execute("BEGIN")  # another program may be making the database just now
                application_id = int(reader.execute("PRAGMA application_id").fetchone()[0])
                version = int(reader.execute("PRAGMA user_version").fetchone()[0])
                tables = reader.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
            finally:
                reader.close()
        if application_id != APPLICATION_ID and (application_id or version or tables):
            raise faults.not_ours(self.path, self.backups)
        if version > self.known_version:
            raise faults.newer(self.path, version, self.known_version)

    def _open(self, busy_seconds: float) -> sqlite3.Connection:
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise faults.unwritable(self.path, self.backups) from error
        with self._faults():
            return sqlite3.connect(
                self.path,
                timeout=busy_seconds,
                isolation_level=None,  # the driver begins nothing by itself; see `write`
                check_same_thread=False,
                cached_statements=256,
            )

    def _set_up(self) -> str:
        with self._faults():
            mode = self._switch_to_wal()
            self._raw.execute("PRAGMA synchronous = FULL")
            self._raw.execute("PRAGMA fullfsync = ON")  # macOS: fsync alone does not reach the disk
            self._raw.execute(f"PRAGMA cache_size = -{_CACHE_KB}")
        return mode

    def _switch_to_wal(self) -> str:
        """Returns the journal mode the file got: network folders may refuse WAL.

        Two programs that create one file at once can meet here, where SQLite does not wait by itself.
        """
        for attempt in range(_WAL_TRIES):
            try:
                return str(self._raw.execute("PRAGMA journal_mode = WAL").fetchone()[0])
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or attempt == _WAL_TRIES - 1:
                    raise
                time.sleep(_WAL_PAUSE_SECONDS)
        raise AssertionError("unreachable")

    # -- errors ----------------------------------------------------------------------------------

    @contextmanager
    def _faults(self) -> Iterator[None]:
        try:
            yield
        except (DBAPIError, sqlite3.Error) as error:
            raise self.fault(error) from error

    def fault(self, error: DBAPIError | sqlite3.Error) -> Exception:
        """The error to raise for one of the driver's."""
        found = error.orig if isinstance(error, DBAPIError) else error
        if isinstance(found, sqlite3.Error):
            return faults.translate(found, self.path, self.backups)
        return error

    def pragma(self, name: str) -> int:
        """The value of a numeric PRAGMA."""
        with self._lock, self._faults():
            return int(self._raw.execute(f"PRAGMA {name}").fetchone()[0])


class _Transaction:
    """BEGIN to COMMIT on the one connection. A class and no generator: every answer waits for it."""

    __slots__ = ("_begin", "_database", "_version")

    def __init__(self, database: Database, begin: str, *, version: int | None = None) -> None:
        self._database = database
        self._begin = begin
        self._version = version

    def __enter__(self) -> Connection:
        database = self._database
        database._lock.acquire()
        try:
            # Begun on the driver's connection: SQLAlchemy leaves BEGIN to the driver, which would choose a
            # deferred one, and a refused BEGIN must not leave SQLAlchemy believing in a transaction.
            database._raw.execute(self._begin)
            if self._version is not None:
                found = database._raw.execute("PRAGMA user_version").fetchone()[0]
                if found != self._version:
                    raise (faults.newer if found > self._version else faults.older)(
                        database.path, found, self._version
                    )
        except BaseException as error:
            self._end(commit=False)
            if isinstance(error, sqlite3.Error):
                raise database.fault(error) from error
            raise
        return database._connection

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        database = self._database
        try:
            self._end(commit=error is None)
        except (DBAPIError, sqlite3.Error) as failed:
            raise database.fault(failed) from failed
        if isinstance(error, DBAPIError | sqlite3.Error):
            raise database.fault(error) from error

    def _end(self, *, commit: bool) -> None:
        """Commit or roll back, whether or not SQLAlchemy took part, and let others in."""
        database = self._database
        try:
            if commit:
                database._raw.commit()
            database._connection.rollback()  # tells SQLAlchemy that its transaction, if any, is over
        finally:
            if database._raw.in_transaction:
                database._raw.rollback()
            database._lock.release()


def _engine(creator: Callable[[], sqlite3.Connection]) -> Engine:
    """SQLAlchemy over a connection of ours; nothing is pooled."""
    return create_engine("sqlite+pysqlite://", creator=creator, poolclass=NullPool)


def _has_content(path: Path) -> bool:
    try:
        return path.stat().st_size > 0
    except FileNotFoundError:
        return False
