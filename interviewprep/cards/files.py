"""Where deck files lie: walks deck folders, safe against loops and places that cannot be read."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Sequence
from pathlib import Path
from stat import S_ISDIR
from typing import NamedTuple

from interviewprep.cards.heads import Problem

ENDINGS = (".yaml", ".yml")


class DeckPath(NamedTuple):
    """A deck file that exists, with what tells whether it has changed."""

    path: str
    deck: str
    """Deck id: the path below its folder without the ending."""
    folder: int
    """Place of its folder in the list of folders; 0 is the shipped one."""
    size: int
    mtime_ns: int
    inode: int


def find_deck_files(folders: Sequence[Path]) -> tuple[list[DeckPath], list[Problem]]:
    """Find all deck files below the folders, in folder order, then by path.

    The first folder is the shipped one, the second the learner's own, which may not exist yet; a further
    one that does not exist is a problem. A folder may also be a single deck file. Hidden files, backups and
    other endings are ignored; a file reached twice (a link, a folder given twice) counts once. Links are
    followed; one that leads into a folder it lies in is a problem.
    """
    walk = _Walk()
    for number, folder in enumerate(folders):
        walk.visit(folder, number)
    return walk.files, walk.problems


def deck_id(relative: str) -> str:
    """The deck id of a path below its folder: without the ending, blanks and `#` as hyphens."""
    stem = relative.rpartition(".")[0] if relative.endswith(ENDINGS) else relative
    joined = "-".join(unicodedata.normalize("NFC", stem.replace(os.sep, "/")).split())
    return joined.replace("#", "-")


class _Walk:
    def __init__(self) -> None:
        self.files: list[DeckPath] = []
        self.problems: list[Problem] = []
        self.seen: set[tuple[int, int]] = set()

    def visit(self, root: Path, number: int) -> None:
        try:
            found = root.stat()
        except FileNotFoundError:
            if number != 1:
                self._report(str(root), "this folder of decks does not exist")
            return
        except OSError as error:
            self._report_error(str(root), error)
            return
        if S_ISDIR(found.st_mode):
            self._walk(str(root), "", number, ((found.st_dev, found.st_ino),))
        else:
            self._add(str(root), deck_id(root.name), number, found)

    def _walk(self, folder: str, prefix: str, number: int, above: tuple[tuple[int, int], ...]) -> None:
        try:
            with os.scandir(folder) as entries:
                found = sorted(entries, key=lambda entry: entry.name)
        except OSError as error:
            self._report_error(folder, error)
            return
        for entry in found:
            if entry.name.startswith("."):
                continue
            try:
                facts = entry.stat()
            except OSError as error:
                self._report_error(entry.path, error)
                continue
            if S_ISDIR(facts.st_mode):
                here = (facts.st_dev, facts.st_ino)
                if here in above:
                    self._report(entry.path, "this link leads into a folder it lies in; remove it")
                else:
                    self._walk(entry.path, f"{prefix}{entry.name}/", number, (*above, here))
            elif entry.name.endswith(ENDINGS):
                self._add(entry.path, deck_id(prefix + entry.name), number, facts)

    def _add(self, path: str, deck: str, number: int, found: os.stat_result) -> None:
        key = (found.st_dev, found.st_ino)
        if key not in self.seen:
            self.seen.add(key)
            self.files.append(DeckPath(path, deck, number, found.st_size, found.st_mtime_ns, found.st_ino))

    def _report(self, path: str, message: str) -> None:
        self.problems.append(Problem(path, 0, 0, message))

    def _report_error(self, path: str, error: OSError) -> None:
        self._report(path, f"cannot be read: {(error.strerror or str(error)).lower()}")
