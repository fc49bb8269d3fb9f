"""The library of all cards, over an index of deck files so that unchanged files are not read again.

Imports neither pydantic nor PyYAML unless a file has changed or a whole card is asked for.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from threading import RLock
from typing import TYPE_CHECKING, TypeVar

from interviewprep.cards.concepts import ConceptInfo
from interviewprep.cards.files import find_deck_files
from interviewprep.cards.heads import CardHead, CheckFacts, DeckInfo, Face, Nested, Problem, RangeFacts
from interviewprep.errors import NotFoundError
from interviewprep.store.indexfile import EntryRow, IndexFile, ViewRow, signature_of

if TYPE_CHECKING:
    from interviewprep.cards.model import Card

T = TypeVar("T")
_BAD_JSON = (ValueError, TypeError, KeyError, IndexError)
"""What decoding a damaged row raises."""
NEAR = 3
"""Names suggested for one that does not exist."""


class Library:
    """All cards of all deck folders. Safe to use from several threads of one process.

    Names given to `face`, `card`, `place`, `card_hash` and `is_shipped` are full names, present or former;
    one that does not exist raises NotFoundError with the nearest ones.
    """

    def __init__(self, index: IndexFile, folders: Sequence[Path]) -> None:
        self._index = index
        self._folders = tuple(folders)
        self._key = json.dumps([str(folder) for folder in self._folders])
        self._lock = RLock()
        self._view = _NO_VIEW

    @classmethod
    def open(cls, index: Path, folders: Sequence[Path]) -> Library:
        """Open the library of these deck folders, the shipped one first, reading only changed files.

        `index` is the cache file; where it cannot be written the library works from memory.
        """
        library = cls(IndexFile.open(index), [Path(folder).absolute() for folder in folders])
        library.refresh()
        return library

    def close(self) -> None:
        """Close the index."""
        with self._lock:
            self._index.close()

    def refresh(self) -> bool:
        """Look at the deck files again and read those that have changed; True if anything is different."""
        with self._lock:
            before = self._view.row
            self._guarded(self._look)
            return self._view.row[1:] != before[1:]

    # What there is

    @property
    def heads(self) -> Sequence[CardHead]:
        """All cards in asking order: decks by (order, id), the shipped file first, then as in the file."""
        return self._view.heads

    @property
    def decks(self) -> Sequence[DeckInfo]:
        """All decks in the same order."""
        return self._view.decks

    @property
    def problems(self) -> Sequence[Problem]:
        """Everything wrong in and between the files, errors and warnings, by file and line."""
        return self._view.problems

    @property
    def aliases(self) -> Mapping[str, str]:
        """Former name -> present name."""
        return self._view.aliases

    @property
    def concepts(self) -> Mapping[str, ConceptInfo]:
        """All concepts by id."""
        return self._view.concepts

    # One card

    def face(self, name: str) -> Face:
        """The asking side of a card; reads one row and loads no pydantic."""
        return _face(self._entry(name).face)

    def card(self, name: str) -> Card:
        """The whole card."""
        from interviewprep.cards.content import card_from_json

        entry = self._entry(name)
        return card_from_json(self.head(name).kind, entry.content)

    def head(self, name: str) -> CardHead:
        """The head of a card."""
        return self.heads[self._position(name)]

    def place(self, name: str) -> tuple[Path, int]:
        """The file a card stands in and its 1-based line."""
        entry = self._entry(name)
        return Path(entry.path), entry.line

    def card_hash(self, name: str) -> str:
        """Hash of what the card says (16 hex digits)."""
        return self._entry(name).hash

    def is_shipped(self, name: str) -> bool:
        """Whether the card stands in the shipped folder, so that it must not be written to."""
        return bool(self._folders) and self.place(name)[0].is_relative_to(self._folders[0])

    # Finding

    def questions(self) -> Mapping[str, str]:
        """The question of every card by name."""

        def read() -> dict[int, str]:
            return {entry_id: json.loads(face)[0] for entry_id, face in self._index.faces()}

        by_entry = self._guarded(read)
        return {
            h.name: by_entry[e] for h, e in zip(self.heads, self._view.entries, strict=True) if e in by_entry
        }

    def hashes(self) -> Mapping[str, str]:
        """`card_hash` of every card by name, read at once."""
        by_entry = self._guarded(lambda: dict(self._index.hashes()))
        return {
            h.name: by_entry[e] for h, e in zip(self.heads, self._view.entries, strict=True) if e in by_entry
        }

    def resolve(self, text: str) -> str:
        """The full name meant by a full, bare or former name, or by `end-of-deck#card`.

        Where a question and its numeric check share a name, the question is meant. Raises NotFoundError
        with the nearest names, or with all candidates where there are several.
        """
        text = text.strip()
        if text in self._view.positions:
            return text
        if text in self.aliases:
            return self.aliases[text]
        found = [name for name in self._view.positions if _is_end_of(text, name)]
        if not found:
            found = sorted({now for former, now in self.aliases.items() if _is_end_of(text, former)})
        questions = [name for name in found if self._kind(name) == "qa"] if len(found) > 1 else found
        if len(questions) == 1:
            return questions[0]
        if found:
            raise NotFoundError(
                f"`{text}` is the name of {len(found)} cards.", hint="Write one of: " + ", ".join(found[:10])
            )
        raise self._no_card(text)

    def resolve_decks(self, text: str) -> list[str]:
        """The ids of the decks meant by a full id, the end of ids, or a folder.

        Raises NotFoundError with the nearest ids.
        """
        text = text.strip().strip("/")
        ids = [deck.id for deck in self.decks]
        if text in ids:
            return [text]
        found = [i for i in ids if i.endswith(f"/{text}")] or [i for i in ids if i.startswith(f"{text}/")]
        if not found:
            from interviewprep.cards.text import near

            hint = _did_you_mean(near(text, ids, count=NEAR)) or "`interviewprep decks list` shows all decks."
            raise NotFoundError(f"There is no deck `{text}`.", hint=hint)
        return found

    def search(self, text: str, *, limit: int = 0) -> list[str]:
        """Names of the cards that hold every word of `text`, upper or lower case, in any of their texts.

        Cards whose question holds all words come first, otherwise in asking order. `limit` 0: all.
        """
        from interviewprep.cards.text import folded

        words = folded(text).split()
        found = self._guarded(lambda: self._index.matches(words))
        places = self._view.places
        ranked = sorted((not hit, places[entry]) for entry, hit in found if entry in places)
        names = [self.heads[place].name for _, place in ranked]
        return names[:limit] if limit else names

    # Inside

    def _kind(self, name: str) -> str:
        place = self._view.positions.get(name)
        return "" if place is None else self.heads[place].kind

    def _entry(self, name: str) -> EntryRow:
        def read() -> EntryRow | None:
            return self._index.entry(self._view.entries[self._position(name)])

        entry = self._guarded(read)
        if entry is None:
            # Another process has read the file again since; so shall we.
            self._guarded(lambda: self._look(again=True))
            entry = self._guarded(read)
        if entry is None:
            raise self._no_card(name)
        return entry

    def _position(self, name: str) -> int:
        positions = self._view.positions
        found = positions.get(name)
        if found is None:
            found = positions.get(self.aliases.get(name, ""))
        if found is None:
            raise self._no_card(name)
        return found

    def _no_card(self, name: str) -> NotFoundError:
        from interviewprep.cards.text import near

        close = near(name, self._view.positions, count=NEAR)
        hint = "`interviewprep cards find TEXT` searches all cards."
        return NotFoundError(f"There is no card `{name}`.", hint=_did_you_mean(close) or hint)

    def _guarded(self, work: Callable[[], T]) -> T:
        """Do something with the index; when it fails, go on with a new one or in memory."""
        with self._lock:
            for last in (False, False, True):
                try:
                    if self._view.index is not self._index:
                        self._look()
                    return work()
                except (sqlite3.Error, *_BAD_JSON) as error:
                    if last:
                        raise
                    self._index = self._index.recover(error)
        raise AssertionError("unreachable")

    def _look(self, *, again: bool = False) -> None:
        """See whether the deck files have changed, and read what has; `again` asks the index in any case."""
        files, problems = find_deck_files(self._folders)
        signature = signature_of(files, problems)
        view = self._view
        if signature == view.row.signature and view.index is self._index and not again:
            return
        row = self._index.view(self._key)
        if row is None or row.signature != signature:
            from interviewprep.store.indexing import put_together

            row = put_together(self._index, self._key, files, problems)
        view = _View(row, self._index)
        _ = view.heads, view.entries  # damage shows here and not later
        self._view = view


class _View:
    """A library as read from its row; what is not asked for is not decoded."""

    def __init__(self, row: ViewRow, index: IndexFile | None) -> None:
        self.row = row
        self.index = index

    @cached_property
    def heads(self) -> list[CardHead]:
        return list(map(CardHead._make, zip(*json.loads(self.row.heads), strict=True)))

    @cached_property
    def entries(self) -> list[int]:
        found: list[int] = json.loads(self.row.entries)
        return found

    @cached_property
    def positions(self) -> dict[str, int]:
        """Name -> place in the asking order."""
        return {head.name: place for place, head in enumerate(self.heads)}

    @cached_property
    def places(self) -> dict[int, int]:
        """Row id of a card -> place in the asking order."""
        return {entry: place for place, entry in enumerate(self.entries)}

    @cached_property
    def decks(self) -> list[DeckInfo]:
        return [
            DeckInfo(deck, title, cards, tuple(files), shipped)
            for deck, title, cards, files, shipped in json.loads(self.row.decks)
        ]

    @cached_property
    def problems(self) -> list[Problem]:
        return [Problem(*problem) for problem in json.loads(self.row.problems)]

    @cached_property
    def aliases(self) -> dict[str, str]:
        found: dict[str, str] = json.loads(self.row.aliases)
        return found

    @cached_property
    def concepts(self) -> dict[str, ConceptInfo]:
        return {
            key: ConceptInfo(key, title, tuple(requires), tuple(confused))
            for key, title, requires, confused in json.loads(self.row.concepts)
        }


_NO_VIEW = _View(ViewRow("", "[]", "[]", "[]", "[]", "{}", "[]"), None)


def _face(text: str) -> Face:
    question, variants, options, check = json.loads(text)
    pairs = tuple((v[0], v[1]) for v in variants)
    return Face(question, pairs, tuple(options), _check(*check) if check else None)


def _check(family: str, params: list[list[object]], ranges: list[list[object]], mental: object) -> CheckFacts:
    return CheckFacts(
        family,
        tuple((str(name), _nested(value)) for name, value in params),
        tuple((str(name), _range(*given)) for name, given in ranges if isinstance(given, list)),
        bool(mental),
    )


def _range(low: float | None, high: float | None, step: float | None, of: list[object]) -> RangeFacts:
    return RangeFacts(low, high, step, tuple(map(_nested, of)))


def _nested(value: object) -> Nested:
    return tuple(map(_nested, value)) if isinstance(value, list) else str(value)


def _is_end_of(text: str, name: str) -> bool:
    return name.endswith((f"#{text}", f"/{text}")) if text else False


def _did_you_mean(names: Sequence[str]) -> str:
    return f"Did you mean {' or '.join(f'`{name}`' for name in names)}?" if names else ""
