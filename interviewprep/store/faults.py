"""SQLite's error codes as errors for people: what happened, to which file, and where the last backup lies."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from interviewprep.errors import (
    StoreBusyError,
    StoreDamagedError,
    StoreError,
    StoreNewerError,
    StoreUnwritableError,
)
from interviewprep.store.files import list_backups

_BUSY = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_PROTOCOL}
_UNWRITABLE = {sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM}
_DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}


def translate(error: sqlite3.Error, path: Path, backups: Path) -> StoreError:
    """The StoreError for what SQLite reported about the database at `path`."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code in _BUSY:
        return StoreBusyError(
            f"Another program keeps the progress database {path} locked. Nothing was written.",
            hint="Close the other program, or wait until it is done, and try again.",
        )
    if code == sqlite3.SQLITE_FULL:
        return StoreUnwritableError(
            f"The disk is full: nothing more can be written to {path}. What is in it is untouched.",
            hint=f"Free some space and try again. {last_backup(backups)}",
        )
    if code == sqlite3.SQLITE_IOERR:
        return StoreUnwritableError(
            f"The disk reported an error on {path} ({error}). What was stored before is untouched.",
            hint=f"Check the disk, its free space and its connection. {last_backup(backups)}",
        )
    if code in _UNWRITABLE:
        return unwritable(path, backups)
    if code in _DAMAGED:
        return damaged(path, backups, str(error))
    return StoreError(
        f"The progress database {path} cannot be used: {error}.", hint=f"{_DOCTOR} {last_backup(backups)}"
    )


_DOCTOR = "`interviewprep doctor` says more."


def unwritable(path: Path, backups: Path) -> StoreUnwritableError:
    """The file or its folder does not allow writing."""
    return StoreUnwritableError(
        f"The progress database {path} or its folder cannot be written. What is in it is untouched.",
        hint=f"Allow writing to {path.parent}, or set INTERVIEWPREP_HOME to a folder that does. "
        f"{last_backup(backups)}",
    )


def damaged(path: Path, backups: Path, reason: str) -> StoreDamagedError:
    """The file's pages cannot be read; they are left as they are."""
    return StoreDamagedError(
        f"The progress database {path} is damaged ({reason}). It is left as it is.",
        hint=f"{last_backup(backups)} `interviewprep restore FILE` keeps a copy of what it replaces.",
    )


def not_ours(path: Path, backups: Path) -> StoreDamagedError:
    """The file is something else than a progress database."""
    return StoreDamagedError(
        f"{path} is not a progress database of interviewprep. It is left as it is.",
        hint=f"Move it away to start anew, or restore a backup. {last_backup(backups)}",
    )


def newer(path: Path, found: int, known: int) -> StoreNewerError:
    """The file was written by a later version of the program."""
    return StoreNewerError(
        f"{path} was written by a newer interviewprep (schema {found}; this program knows {known}). "
        "It is left as it is.",
        hint="Update interviewprep, for example `pipx upgrade interviewprep-drill`.",
    )


def older(path: Path, found: int, known: int) -> StoreError:
    """Another program put an older database in this one's place while it was open."""
    return StoreError(
        f"{path} was replaced by an older copy (schema {found} instead of {known}) while it was open. "
        "Nothing was written.",
        hint="Start the program again: it brings the older copy up to date.",
    )


def last_backup(backups: Path) -> str:
    """A sentence that says where the last backup lies."""
    found = list_backups(backups)
    return f"The last backup is {found[-1].path}." if found else f"There is no backup in {backups} yet."
