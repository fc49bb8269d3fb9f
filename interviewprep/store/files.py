"""The files a store keeps: what a database's header says, how backups are named. Opens no database."""

from __future__ import annotations

import os
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, NamedTuple

MAGIC: Final = b"SQLite format 3\x00"
_NAME = re.compile(
    r"progress-(\d{4})(\d\d)(\d\d)-(\d\d)(\d\d)(\d\d)(?:-(\d+))?-"
    r"(daily|manual|migration|restore|import|damaged)\.db"
)


class Header(NamedTuple):
    """What the first 100 bytes of a database file say (sqlite.org/fileformat.html, 1.3)."""

    is_sqlite: bool
    application_id: int
    user_version: int


def read_header(path: Path) -> Header | None:
    """Read a file's header without opening it as a database; None if it is missing or empty."""
    try:
        with path.open("rb") as file:
            data = file.read(100)
    except FileNotFoundError:
        return None
    if not data:
        return None
    if not data.startswith(MAGIC) or len(data) < 100:
        return Header(is_sqlite=False, application_id=0, user_version=0)
    return Header(
        is_sqlite=True,
        application_id=int.from_bytes(data[68:72], "big"),
        user_version=int.from_bytes(data[60:64], "big"),
    )


class BackupFile(NamedTuple):
    """One backup, named after when (UTC) and why it was made."""

    path: Path
    at: datetime
    kind: str
    """`daily`, `manual`; `migration`, `restore` or `import` (before one); `damaged` (a copy of what was)."""


def list_backups(folder: Path) -> list[BackupFile]:
    """All usable backups, oldest first; copies of damaged files are left out."""
    return [b for b in _all_backups(folder) if b.kind != "damaged"]


def backup_path(folder: Path, *, at: datetime, kind: str) -> Path:
    """A name for a new backup that is not taken."""
    stamp = at.astimezone(UTC).strftime("%Y%m%d-%H%M%S")
    path = folder / f"progress-{stamp}-{kind}.db"
    count = 1
    while path.exists():
        count += 1
        path = folder / f"progress-{stamp}-{count}-{kind}.db"
    return path


def sync_folder(folder: Path) -> None:
    """Make a rename in a folder durable."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _all_backups(folder: Path) -> list[BackupFile]:
    found: list[tuple[datetime, int, BackupFile]] = []
    try:
        names = sorted(p.name for p in folder.iterdir())
    except OSError:
        return []
    for name in names:
        match = _NAME.fullmatch(name)
        if match is None:
            continue
        *time, count, kind = match.groups()
        year, month, day, hour, minute, second = map(int, time)
        try:
            at = datetime(year, month, day, hour, minute, second, tzinfo=UTC)
        except ValueError:
            continue
        found.append((at, int(count or 1), BackupFile(folder / name, at, kind)))
    return [backup for *_, backup in sorted(found)]
