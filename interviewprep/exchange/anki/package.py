"""A package for Anki: a zip of a collection and an empty list of media."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import NamedTemporaryFile

from interviewprep.exchange.anki.collection import Collection, Head
from interviewprep.exchange.anki.names import PACKAGE_MARK


@contextmanager
def writing(path: Path, head: Head) -> Iterator[Collection]:
    """A collection to be filled and finished; at the end of the block it is packed into a package at `path`.

    Raises OSError or sqlite3.Error when the disk is full; the caller sees to it that `path` is no one's.
    """
    with NamedTemporaryFile(prefix=f"{path.name}.", dir=path.parent) as inner:
        collection = Collection(Path(inner.name), head)
        try:
            yield collection
        except BaseException:
            collection.abandon()
            raise
        # Not compressed: that would take a fifth of the time, and the shipped decks fit into 2 MB anyway.
        with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as package:
            package.comment = PACKAGE_MARK
            package.write(inner.name, "collection.anki2")
            package.writestr("media", "{}")


def is_our_package(path: Path) -> bool:
    """Whether a file is a package that was exported from here."""
    try:
        with zipfile.ZipFile(path) as package:
            return package.comment == PACKAGE_MARK
    except zipfile.BadZipFile:
        return False
