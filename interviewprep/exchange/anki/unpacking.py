"""The collection inside a package of Anki's, whatever its version, taken out within bounds.

Only three members are ever opened, by their fixed names, and written to a file of our choosing: a name in
the package is never used as a path, so one like `../../x` or `/etc/x` leads nowhere. Bounds: the list of
members 16 MB (some 200,000 of them), the collection 1 GB unpacked, the window of its compression 64 MB.
"""

from __future__ import annotations

import struct
import sys
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, Final, Protocol

from interviewprep.cards.text import clean
from interviewprep.errors import ExchangeError
from interviewprep.exchange.anki.protobuf import numbers

MOST_BYTES: Final = 1_000_000_000
"""Of the collection, unpacked. Media are never unpacked."""
MOST_DIRECTORY_BYTES: Final = 16_000_000
_WINDOW_LOG: Final = 26
_CHUNK: Final = 1_000_000
_META: Final = "meta"
_MEMBERS: Final = {1: "collection.anki2", 2: "collection.anki21", 3: "collection.anki21b"}
"""The collection by the version that `meta` states (field 1)."""
_COMPRESSED: Final = 3
_END: Final = b"PK\x05\x06"
_END_64: Final = b"PK\x06\x06"
_END_SIZE: Final = 22
_LOCATOR_SIZE: Final = 20
_END_64_SIZE: Final = 56


class _Readable(Protocol):
    def read(self, size: int, /) -> bytes: ...


@contextmanager
def unpacked(file: Path, *, most_bytes: int = MOST_BYTES) -> Iterator[Path]:
    """The collection of a package (`.apkg`, `.colpkg`) as a SQLite file that goes away at the end.

    Raises ExchangeError for what is no package, is damaged, or would become larger than `most_bytes`.
    """
    with TemporaryDirectory(prefix="interviewprep-") as folder:
        collection = Path(folder) / "collection.db"
        try:
            _refuse_long_lists(file)
            with zipfile.ZipFile(file) as package:
                _take_out(file, package, collection, most_bytes)
        except FileNotFoundError:
            raise ExchangeError(f"There is no file {file}.") from None
        except zipfile.BadZipFile as error:
            raise ExchangeError(
                f"{file} is no package of Anki's: {str(error).lower()}.",
                hint="In Anki choose File > Export, format .apkg or .colpkg.",
            ) from None
        # RuntimeError: encrypted; NotImplementedError: a compression that Anki does not use
        except (OSError, EOFError, RuntimeError, NotImplementedError, zlib.error) as error:
            raise damaged(file, getattr(error, "strerror", None) or str(error)) from error
        yield collection


def damaged(file: Path, why: str) -> ExchangeError:
    """The error for a package that cannot be read to its end."""
    return ExchangeError(
        f"{file} cannot be read: {clean(why)[:300]}.",
        hint="In Anki run Tools > Check Database, and export once more. Nothing was changed.",
    )


def _refuse_long_lists(file: Path) -> None:
    """Look at the size of the list of members before `zipfile` reads it whole."""
    with file.open("rb") as stream:
        length = stream.seek(0, 2)
        stream.seek(max(0, length - 65_536 - _END_SIZE - _LOCATOR_SIZE - _END_64_SIZE))
        tail = stream.read()
    at = tail.rfind(_END)
    if at < 0 or len(tail) < at + _END_SIZE:
        return  # zipfile says what is wrong
    sizes = [struct.unpack_from("<L", tail, at + 12)[0]]
    at_64 = at - _LOCATOR_SIZE - _END_64_SIZE
    if at_64 >= 0 and tail.startswith(_END_64, at_64):
        sizes = [struct.unpack_from("<Q", tail, at_64 + 40)[0]]
    if max(sizes) > MOST_DIRECTORY_BYTES:
        raise damaged(file, "it lists more files than any package has")


def _take_out(file: Path, package: zipfile.ZipFile, target: Path, most_bytes: int) -> None:
    names = set(package.namelist())
    version = _version(file, package, names)
    member = _MEMBERS.get(version)
    if member is None:
        raise ExchangeError(
            f"{file} was written by a newer Anki, in a format that is not known here.",
            hint="Export again with `Support older Anki versions` ticked. Nothing was changed.",
        )
    if member not in names:
        raise ExchangeError(
            f"{file} is no package of Anki's: it holds no collection.",
            hint="In Anki choose File > Export, format .apkg or .colpkg.",
        )
    with package.open(member) as stream, target.open("wb") as out:
        if version == _COMPRESSED:
            with _decompressing(file, stream) as inner:
                _copy(file, inner, out, most_bytes)
        else:
            _copy(file, stream, out, most_bytes)


def _version(file: Path, package: zipfile.ZipFile, names: set[str]) -> int:
    """What `meta` says; packages from before it existed hold one or both of the older files."""
    if _META not in names:
        return 2 if _MEMBERS[2] in names else 1
    with package.open(_META) as stream:
        found = numbers(stream.read(1_000))
    if found is None:
        raise damaged(file, "its `meta` is damaged")
    return found.get(1, 0)


def _copy(file: Path, source: _Readable, target: IO[bytes], most_bytes: int) -> None:
    written = 0
    while chunk := source.read(_CHUNK):
        written += len(chunk)
        if written > most_bytes:
            raise ExchangeError(
                f"{file} unpacks to more than {most_bytes / 1e6:,.0f} MB without its media.",
                hint="Export fewer decks at once. Nothing was changed.",
            )
        target.write(chunk)


@contextmanager
def _decompressing(file: Path, stream: IO[bytes]) -> Iterator[_Readable]:
    """A reader of Zstandard: the standard library's from Python 3.14 on, else the package's."""
    if sys.version_info >= (3, 14):
        from compression import zstd

        try:
            with zstd.open(
                stream, options={zstd.DecompressionParameter.window_log_max: _WINDOW_LOG}
            ) as inner:
                yield inner
        except (zstd.ZstdError, EOFError) as error:
            raise damaged(file, str(error).lower()) from error
    else:
        import zstandard

        try:
            with zstandard.ZstdDecompressor(max_window_size=1 << _WINDOW_LOG).stream_reader(
                stream, read_across_frames=True, closefd=False
            ) as inner:
                yield inner
        except zstandard.ZstdError as error:
            raise damaged(file, str(error).lower()) from error
