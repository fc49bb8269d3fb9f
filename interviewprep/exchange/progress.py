"""One learner's progress as a file, to be joined on another machine.

JSON lines: a header, one line for each row, a last line with their number. Readable, and kept well by git;
compressed where the name ends in `.gz`. `docs/progress.md` describes it.
"""

from __future__ import annotations

import gzip
import io
import json
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Final

from pydantic import BaseModel, ConfigDict, ValidationError

from interviewprep.errors import ExchangeError, InterviewPrepError
from interviewprep.exchange.target import replacing
from interviewprep.store.merge import BadRowError, Row, checked, everything
from interviewprep.store.migrations import SCHEMA_VERSION
from interviewprep.store.store import Store

FORMAT: Final = "interviewprep-progress"
VERSION: Final = 1
LARGEST_LINE: Final = 2_000_000
"""Characters; an answer is a few hundred."""
MOST_ROWS: Final = 5_000_000
START: Final = f'{{"format":"{FORMAT}"'
MAGIC: Final = b"\x1f\x8b"


class Header(BaseModel):
    """The first line."""

    model_config = ConfigDict(frozen=True, strict=True)

    format: str
    version: int
    schema_version: int
    """Of the database it was written from."""
    learner: str
    device: str
    written: str
    """When, ISO 8601 in UTC; for people."""


def write_progress(store: Store, file: Path, *, now: datetime, force: bool = False) -> int:
    """Write the learner's progress; returns the number of rows. Replaces `file` only when all is written.

    Raises ExchangeError where the file cannot be written, or is something else and `force` is not given.
    """
    header = Header(
        format=FORMAT,
        version=VERSION,
        schema_version=SCHEMA_VERSION,
        learner=store.rules.learner,
        device=store.rules.device,
        written=now.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z"),
    )
    count = 0
    with (
        replacing(file, is_ours=_is_ours, force=force) as beside,
        _to_write(beside, zipped=file.suffix == ".gz") as lines,
    ):
        lines.write(header.model_dump_json() + "\n")
        for kind, row in everything(store):
            lines.write(json.dumps({"table": kind, **row}, ensure_ascii=False) + "\n")
            count += 1
        lines.write(json.dumps({"table": "end", "rows": count}) + "\n")
    return count


def _is_ours(file: Path) -> bool:
    try:
        with _to_read(file) as lines:
            return lines.read(len(START)) == START
    except (EOFError, zlib.error, UnicodeDecodeError):
        return False


def read_progress(file: Path, *, learner: str) -> list[tuple[str, Row]]:
    """The rows of a progress file of this learner, each checked. Raises ExchangeError."""
    rows: list[tuple[str, Row]] = []
    try:
        with _to_read(file) as lines:
            numbered = _lines(file, lines)
            _check_header(file, numbered, learner)
            for number, raw in numbered:
                kind = str(raw.pop("table", ""))
                if kind == "end":
                    if raw.get("rows") != len(rows):
                        raise _damaged(
                            file, number, f"{raw.get('rows')} rows were written, {len(rows)} are here"
                        )
                    return rows
                try:
                    rows.append((kind, checked(kind, raw)))
                except BadRowError as error:
                    raise _damaged(file, number, str(error)) from error
                if len(rows) > MOST_ROWS:
                    raise _damaged(file, number, f"there are more than {MOST_ROWS:,} rows")
    except FileNotFoundError:
        raise ExchangeError(f"There is no file {file}.") from None
    except (OSError, EOFError, zlib.error) as error:
        raise ExchangeError(
            f"{file} cannot be read: {getattr(error, 'strerror', None) or error}.",
            hint="Copy it from the other machine once more. Nothing was changed.",
        ) from error
    raise _damaged(file, 0, "its end is missing")


def _check_header(file: Path, lines: Iterator[tuple[int, dict[str, object]]], learner: str) -> None:
    strange = ExchangeError(
        f"{file} is no progress file of interviewprep.",
        hint="`interviewprep export progress FILE` writes one.",
    )
    try:
        _, raw = next(lines)
        header = Header.model_validate(raw)
    except (StopIteration, ValidationError, InterviewPrepError):
        raise strange from None
    if header.format != FORMAT:
        raise strange
    if header.version > VERSION or header.schema_version > SCHEMA_VERSION:
        raise ExchangeError(
            f"{file} was written by a newer interviewprep.", hint="Upgrade this one. Nothing was changed."
        )
    if header.learner != learner:
        raise ExchangeError(
            f"{file} holds the progress of {header.learner!r}, and you are {learner!r} here.",
            hint="Two people's logs must not be mixed; set `learner` in the settings if they are one.",
        )


def _lines(file: Path, lines: IO[str]) -> Iterator[tuple[int, dict[str, object]]]:
    number = 0
    while line := _line(file, lines, number + 1):
        number += 1
        try:
            raw = json.loads(line)
        except (ValueError, RecursionError):
            raise _damaged(file, number, "it is no JSON") from None
        if not isinstance(raw, dict):
            raise _damaged(file, number, "it is no JSON object")
        yield number, raw


def _line(file: Path, lines: IO[str], number: int) -> str:
    try:
        line = lines.readline(LARGEST_LINE)
    except UnicodeDecodeError:
        raise _damaged(file, number, "it is no UTF-8 text") from None
    if len(line) >= LARGEST_LINE:
        raise _damaged(file, number, "it is too long")
    return line


def _damaged(file: Path, number: int, why: str) -> ExchangeError:
    place = f"{file}:{number}" if number else str(file)
    return ExchangeError(
        f"{place}: {why}.", hint="Copy the file from the other machine once more. Nothing was changed."
    )


def _to_write(file: Path, *, zipped: bool) -> IO[str]:
    if zipped:
        # Without a time, so that the same progress is the same file.
        packed = gzip.GzipFile(file, "wb", mtime=0)
        return io.TextIOWrapper(packed, encoding="utf-8", newline="\n")
    return file.open("w", encoding="utf-8", newline="\n")


def _to_read(file: Path) -> IO[str]:
    with file.open("rb") as start:
        zipped = start.read(2) == MAGIC
    if zipped:
        return gzip.open(file, "rt", encoding="utf-8")
    return file.open(encoding="utf-8")
