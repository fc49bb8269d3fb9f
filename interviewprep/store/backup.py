"""Backups: one a day, before a migration, before a restore, and on request; and the way back.

All copies go through SQLite's backup API, so that a database in use is copied whole. A backup is a
single file in rollback mode, and only appears under its name when it is complete, checked and on disk.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

from interviewprep.errors import NotFoundError, StoreDamagedError, StoreError, StoreNewerError
from interviewprep.store import faults
from interviewprep.store.database import BUSY_SECONDS, Database
from interviewprep.store.files import backup_path, list_backups, read_header, sync_folder
from interviewprep.store.migrations import SCHEMA_VERSION
from interviewprep.store.tables import APPLICATION_ID


def back_up(database: Database, *, now: datetime, kind: str = "manual") -> Path:
    """Copy an open database into its backup folder; returns the new file.

    `kind` says why, see files.BackupFile. Raises StoreDamagedError when the copy does not check out:
    then no backup is made, and older ones are left alone.
    """
    folder = database.backups
    with _disk_faults(database.path, folder):
        folder.mkdir(parents=True, exist_ok=True)
        target = backup_path(folder, at=now, kind=kind)
        partial = target.with_name(f".{target.name}.{os.getpid()}.part")
        try:
            with closing(sqlite3.connect(partial, isolation_level=None)) as copy:
                copy.execute("PRAGMA synchronous = OFF")  # made durable below, once
                database.copy_to(copy)
                copy.execute("PRAGMA journal_mode = DELETE")
                problems = [row[0] for row in copy.execute("PRAGMA quick_check") if row[0] != "ok"]
            if problems:
                raise faults.damaged(database.path, folder, str(problems[0]))
            with partial.open("rb") as file:
                os.fsync(file.fileno())
            partial.replace(target)
            sync_folder(folder)
        finally:
            for left in folder.glob(f"{partial.name}*"):
                left.unlink()
    return target


def back_up_daily(database: Database, *, now: datetime, keep: int) -> Path | None:
    """Make the day's backup (days in UTC) unless it exists; then keep the newest `keep` daily ones.

    Backups of other kinds are never removed.
    """
    daily = [b for b in list_backups(database.backups) if b.kind == "daily"]
    today = now.astimezone(UTC).date()
    if any(b.at.date() == today for b in daily) or _is_empty(database):
        return None
    made = back_up(database, now=now, kind="daily")
    kept = [b for b in list_backups(database.backups) if b.kind == "daily"]
    for old in kept[: max(0, len(kept) - keep)]:
        old.path.unlink(missing_ok=True)
    return made


def restore(path: Path, file: Path, *, backups: Path, now: datetime) -> Path | None:
    """Put the backup `file` in the place of the database at `path`.

    What is replaced is backed up first; returns that copy, or None where there was nothing. A backup from
    an older program is migrated when the store is next opened. Close the store before; another program
    that has the database open goes on with the restored contents.

    Raises NotFoundError (no such file), StoreDamagedError or StoreNewerError (the file is no sound backup
    of ours; nothing is changed), or StoreUnwritableError.
    """
    _check_backup(file, backups)
    if read_header(path) is None:
        kept = None
        _make_place(path, backups)
    else:
        kept = _keep_current(path, backups=backups, now=now)
    with (
        _disk_faults(path, backups),
        closing(_open_backup(file)) as source,
        closing(sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)) as target,
    ):
        target.execute("PRAGMA synchronous = FULL")
        source.backup(target)
        target.execute("PRAGMA journal_mode = WAL")
        target.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return kept


# -- restoring -----------------------------------------------------------------------------------


def _check_backup(file: Path, backups: Path) -> None:
    try:
        header = read_header(file)
    except OSError as error:
        raise NotFoundError(f"{file} cannot be read: {error.strerror}.", hint=_choices(backups)) from error
    if header is None:
        raise NotFoundError(f"There is no backup {file}.", hint=_choices(backups))
    if not header.is_sqlite:
        raise faults.not_ours(file, backups)
    try:
        with closing(_open_backup(file)) as source:
            application_id = source.execute("PRAGMA application_id").fetchone()[0]
            version = source.execute("PRAGMA user_version").fetchone()[0]
            problems = [row[0] for row in source.execute("PRAGMA integrity_check") if row[0] != "ok"]
    except sqlite3.Error as error:
        raise StoreDamagedError(
            f"The backup {file} is damaged ({error}). Nothing was changed.", hint=_choices(backups)
        ) from error
    if application_id != APPLICATION_ID or version == 0:
        raise faults.not_ours(file, backups)
    if version > SCHEMA_VERSION:
        raise faults.newer(file, version, SCHEMA_VERSION)
    if problems:
        raise StoreDamagedError(
            f"The backup {file} is damaged ({problems[0]}). Nothing was changed.", hint=_choices(backups)
        )


def _open_backup(file: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)


def _choices(backups: Path) -> str:
    found = list_backups(backups)
    if not found:
        return f"There is no backup in {backups} yet."
    return "There are: " + ", ".join(str(b.path) for b in found) + "."


def _make_place(path: Path, backups: Path) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise faults.unwritable(path, backups) from error


def _keep_current(path: Path, *, backups: Path, now: datetime) -> Path:
    """Back up what a restore replaces; a file that cannot be read as a database is moved aside."""
    try:
        database = Database(path, backups=backups, known_version=SCHEMA_VERSION)
    except StoreNewerError:
        raise
    except StoreDamagedError:
        return _set_aside(path, backups=backups, now=now)
    try:
        return back_up(database, now=now, kind="restore")
    except StoreDamagedError:
        database.close()
        return _set_aside(path, backups=backups, now=now)
    finally:
        database.close()


def _set_aside(path: Path, *, backups: Path, now: datetime) -> Path:
    with _disk_faults(path, backups):
        backups.mkdir(parents=True, exist_ok=True)
        target = backup_path(backups, at=now, kind="damaged")
        # The write-ahead log holds part of the contents; SQLite finds it by the file's name.
        for ending in ("-wal", "-shm", ""):
            part = Path(f"{path}{ending}")
            if part.exists():
                shutil.copy2(part, f"{target}{ending}")
        for ending in ("", "-wal", "-shm"):
            Path(f"{path}{ending}").unlink(missing_ok=True)
        sync_folder(backups)
    return target


# -- helpers -------------------------------------------------------------------------------------


def _is_empty(database: Database) -> bool:
    with database.read() as connection:
        query = "SELECT EXISTS (SELECT 1 FROM review) OR EXISTS (SELECT 1 FROM cardmark)"
        return not connection.exec_driver_sql(query).scalar_one()


@contextmanager
def _disk_faults(path: Path, backups: Path) -> Iterator[None]:
    """Errors of the disk and of the copy as StoreErrors."""
    try:
        yield
    except sqlite3.Error as error:
        raise faults.translate(error, path, backups) from error
    except OSError as error:
        raise _disk_error(error, backups) from error


def _disk_error(error: OSError, backups: Path) -> StoreError:
    from interviewprep.errors import StoreUnwritableError

    return StoreUnwritableError(
        f"The backup folder {backups} cannot be written: {error.strerror or error}.",
        hint="Free some space, or allow writing there, and try again.",
    )
