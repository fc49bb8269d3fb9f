"""Where an export goes: written beside its target, then put in its place; nothing else is overwritten."""

from __future__ import annotations

import os
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TextIO

from interviewprep.errors import ExchangeError


@contextmanager
def replacing(target: Path, *, is_ours: Callable[[Path], bool], force: bool) -> Iterator[Path]:
    """A temporary path in the target's folder; what is written there takes the target's place at the end.

    An existing file is replaced only where `is_ours` knows it as an earlier export, or with `force`; of a
    symbolic link what it leads to, and never a device or a pipe. When anything fails, the target is as it was
    and the temporary file is gone. Raises ExchangeError.
    """
    target = Path(os.path.realpath(target)) if target.is_symlink() else target
    if target.is_dir():
        raise ExchangeError(f"{target} is a folder.", hint="Write the name of a file.")
    if target.exists() and not target.is_file():
        raise ExchangeError(f"{target} is a device or a pipe.", hint="Write the name of a file.")
    if target.exists() and not force and not _known(target, is_ours):
        raise ExchangeError(
            f"{target} exists and is no earlier export of this kind.",
            hint="Write another name, or --force to replace it.",
        )
    try:
        handle, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
    except OSError as error:
        raise _failed(target, error) from error
    os.close(handle)
    beside = Path(name)
    try:
        yield beside
        _settle(beside, target)
    except (OSError, sqlite3.Error) as error:
        raise _failed(target, error) from error
    finally:
        beside.unlink(missing_ok=True)


@contextmanager
def passing(name: str) -> Iterator[Path]:
    """A path with this name in a folder of its own, which goes away at the end. Raises ExchangeError."""
    try:
        with tempfile.TemporaryDirectory(prefix="interviewprep-") as folder:
            yield Path(folder) / name
    except (OSError, sqlite3.Error) as error:
        raise _failed(Path(tempfile.gettempdir()) / name, error) from error


@contextmanager
def replacing_text(target: Path, *, is_ours: Callable[[Path], bool], force: bool) -> Iterator[TextIO]:
    """As `replacing`, for a text file in UTF-8 with newlines as line ends."""
    with (
        replacing(target, is_ours=is_ours, force=force) as beside,
        beside.open("w", encoding="utf-8", newline="\n") as stream,
    ):
        yield stream


def starts_with(beginning: str) -> Callable[[Path], bool]:
    """Whether a text file begins with these words."""

    def check(path: Path) -> bool:
        with path.open("rb") as stream:
            return stream.read(len(beginning.encode())) == beginning.encode()

    return check


def _known(target: Path, is_ours: Callable[[Path], bool]) -> bool:
    try:
        return target.stat().st_size == 0 or is_ours(target)
    except OSError as error:
        raise _failed(target, error) from error


def _settle(beside: Path, target: Path) -> None:
    """Put the file in the target's place with the target's (or a new file's) permissions, once it is safe."""
    with suppress(OSError):
        beside.chmod(target.stat().st_mode & 0o777 if target.exists() else 0o666 & ~_umask())
    with beside.open("rb") as stream:
        os.fsync(stream.fileno())
    beside.replace(target)


def _umask() -> int:
    found = os.umask(0o022)
    os.umask(found)
    return found


def _failed(target: Path, error: Exception) -> ExchangeError:
    what = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return ExchangeError(
        f"{target} could not be written: {what}.",
        hint="Nothing was changed. Is the disk full, or the folder missing or read-only?",
    )
