"""One deck file -> its good cards and every problem in it, each at its line and column."""

from __future__ import annotations

import stat
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from pydantic import BaseModel, ValidationError

from interviewprep.cards.fields import explain
from interviewprep.cards.heads import Problem
from interviewprep.cards.model import CARD_KINDS, FORMAT, Card, Concept, DeckFile
from interviewprep.cards.rules import broken_rules
from interviewprep.cards.source import (
    MAX_BYTES,
    Entry,
    ListNode,
    MapNode,
    Node,
    SourceError,
    TextNode,
    read_source,
)
from interviewprep.cards.text import nearest

Loc = Sequence[str | int]
Plain = str | list["Plain"] | dict[str, "Plain"] | None
"""Nodes without their places, as pydantic reads them; None for an entry with nothing in it."""


class Place(NamedTuple):
    """A 1-based place in a file."""

    line: int
    column: int


class ConceptUse(NamedTuple):
    """A concept named in `requires`, `confused_with` or `about`, and where."""

    field: str
    concept: str
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class LoadedDeck:
    """What came out of one deck file."""

    deck_id: str
    path: Path
    deck: DeckFile | None
    """The deck with its good cards; None when the file as a whole cannot be used."""
    problems: tuple[Problem, ...]
    places: Mapping[str, Place] = field(default_factory=dict)
    """Where each card begins, by card id."""
    concept_places: Mapping[str, Place] = field(default_factory=dict)
    uses: tuple[ConceptUse, ...] = ()
    parts: Mapping[str, MapNode] = field(default_factory=dict)
    """The nodes of each card, by card id, to find the place of a field with `place_of`."""
    readable: bool = True
    """False where the file could not even be read; it may be readable next time without having changed."""


def load_deck(path: Path, *, deck_id: str) -> LoadedDeck:
    """Read one deck file. Never raises, whatever is in the file and even if it cannot be read."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            return _unreadable(path, deck_id, "this is no ordinary file")
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        return _unreadable(path, deck_id, f"cannot be read: {(error.strerror or str(error)).lower()}")
    if len(data) > MAX_BYTES:
        # The size in the message comes from the file, of which only the beginning was read.
        size = path.stat().st_size / 1_000_000
        message = f"the file has {size:.1f} MB; a deck may have 5 MB, so split it"
        return LoadedDeck(deck_id, path, None, (Problem(str(path), 0, 0, message),))
    return parse_deck(data, path=path, deck_id=deck_id)


def parse_deck(data: bytes, *, path: Path, deck_id: str) -> LoadedDeck:
    """Read the bytes of a deck file; `path` only names it in problems."""
    try:
        source = read_source(data)
    except SourceError as error:
        return LoadedDeck(deck_id, path, None, (Problem(str(path), *error.fault),))
    reader = _Reader(str(path))
    for note in source.notes:
        reader.problems.append(Problem(str(path), *note, severity="warning"))
    deck = reader.read(source.root) if source.root else DeckFile()
    return LoadedDeck(
        deck_id=deck_id,
        path=path,
        deck=deck,
        problems=tuple(sorted(reader.problems, key=lambda p: (p.line, p.column))),
        places={card_id: Place(node.line, node.column) for card_id, node in reader.nodes.items()},
        concept_places=reader.concept_places,
        uses=tuple(reader.uses),
        parts=reader.nodes,
    )


def place_of(node: Node, loc: Loc, *, of_key: bool = False) -> Place:
    """Where a field stands: its value, or its key with `of_key`. Steps that lead nowhere are skipped."""
    line, column = node.line, node.column
    for step in loc:
        if isinstance(node, MapNode) and isinstance(step, str) and step in node.entries:
            entry: Entry = node.entries[step]
            node = entry.value
            missing = isinstance(node, TextNode) and node.missing
            line, column = entry[:2] if of_key or missing else (node.line, node.column)
        elif isinstance(node, ListNode) and isinstance(step, int) and step < len(node.items):
            node = node.items[step]
            line, column = node.line, node.column
    return Place(line, column)


def _unreadable(path: Path, deck_id: str, message: str) -> LoadedDeck:
    return LoadedDeck(deck_id, path, None, (Problem(str(path), 0, 0, message),), readable=False)


class _Reader:
    """Turns the nodes of one file into models, collecting problems."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.problems: list[Problem] = []
        self.nodes: dict[str, MapNode] = {}
        self.concept_places: dict[str, Place] = {}
        self.uses: list[ConceptUse] = []

    def read(self, root: MapNode) -> DeckFile | None:
        self._report_faults(root, deep=False)
        header = {key: entry for key, entry in root.entries.items() if key not in ("concepts", "cards")}
        top = self._header(root, header)
        if top is None:
            return None
        concepts = self._concepts(root)
        cards = self._cards(root)
        return top.model_copy(update={"concepts": concepts, "cards": tuple(cards)})

    def _header(self, root: MapNode, header: Mapping[str, Entry]) -> DeckFile | None:
        values = _plain_entries(header)
        try:
            return DeckFile.model_validate(values)
        except ValidationError as error:
            if _is_newer(values.get("format")):
                message = f"format {values['format']} is newer than this program knows ({FORMAT}); upgrade it"
                self._report(place_of(root, ("format",)), message)
                return None
            self._report_invalid(error, root, DeckFile)
            wrong = {problem["loc"][0] for problem in error.errors(include_url=False)}
            return DeckFile.model_validate({k: v for k, v in values.items() if k not in wrong})

    def _concepts(self, root: MapNode) -> dict[str, Concept]:
        found: dict[str, Concept] = {}
        entry = root.entries.get("concepts")
        if entry is None or _is_missing(entry.value):
            return found
        if not isinstance(entry.value, MapNode):
            message = "`concepts`: write `id: {title: ...}` lines here"
            self._report(Place(entry.value.line, entry.value.column), message)
            return found
        self._report_faults(entry.value, deep=True)
        for concept_id, (line, column, value) in entry.value.entries.items():
            data = {} if _is_missing(value) else _plain(value)
            try:
                deck = DeckFile.model_validate({"concepts": {concept_id: data}})
            except ValidationError as error:
                self._report_invalid(error, root, DeckFile)
                continue
            found[concept_id] = deck.concepts[concept_id]
            self.concept_places[concept_id] = Place(line, column)
            self._note_uses(value, ("requires", "confused_with"))
        return found

    def _cards(self, root: MapNode) -> list[Card]:
        entry = root.entries.get("cards")
        if entry is None or _is_missing(entry.value):
            return []
        if not isinstance(entry.value, ListNode):
            message = "`cards`: write a list of cards here, each beginning with `- id:`"
            self._report(Place(entry.value.line, entry.value.column), message)
            return []
        cards = []
        for node in entry.value.items:
            if not isinstance(node, MapNode):
                message = "a card has keys and values; begin it with `- id: some-name`"
                self._report(Place(node.line, node.column), message)
                continue
            card = self._card(node)
            if card is None:
                continue
            if card.id in self.nodes:
                first = self.nodes[card.id].line
                message = (
                    f"the id `{card.id}` is already that of the card in line {first}; give one another id"
                )
                self._report(place_of(node, ("id",)), message)
                continue
            self.nodes[card.id] = node
            self._note_uses(node, ("requires", "about"))
            cards.append(card)
        return cards

    def _card(self, node: MapNode) -> Card | None:
        faulty = self._report_faults(node, deep=True)
        kind = "qa"
        if "kind" in node.entries and not _is_missing(node.entries["kind"].value):
            value = node.entries["kind"].value
            kind = value.text if isinstance(value, TextNode) else ""
        if kind not in CARD_KINDS:
            message = f"`kind`: write qa, numeric or choice{nearest(kind, CARD_KINDS) if kind else ''}"
            self._report(place_of(node, ("kind",)), message)
            return None
        model = CARD_KINDS[kind]
        try:
            card = model.model_validate(_plain(node))
        except ValidationError as error:
            self._report_invalid(error, node, model)
            return None
        broken = list(broken_rules(card))
        for loc, message in broken:
            self._report(place_of(node, loc), message)
        return None if broken or faulty else card

    def _note_uses(self, node: Node, fields: Iterable[str]) -> None:
        if not isinstance(node, MapNode):
            return
        for name in fields:
            entry = node.entries.get(name)
            items = entry.value.items if entry and isinstance(entry.value, ListNode) else ()
            for item in items:
                if isinstance(item, TextNode):
                    self.uses.append(ConceptUse(name, item.text.strip(), item.line, item.column))

    def _report(self, place: Place, message: str) -> None:
        self.problems.append(Problem(self.path, place.line, place.column, message))

    def _report_invalid(self, error: ValidationError, node: MapNode, model: type[BaseModel]) -> None:
        seen: set[tuple[Place, str]] = set()
        for detail in error.errors(include_url=False):
            if detail["type"] == "default_factory_not_called":
                continue  # follows from another error, which is reported
            of_key = detail["type"] in ("extra_forbidden", "missing")
            place = place_of(node, detail["loc"], of_key=of_key)
            if detail["loc"][:1] == ("params",):
                # One error for each kind of value a parameter might have been says less than one for all.
                message = (
                    "`params`: write a number, a list of numbers or a table, e.g. {beta: 0.9, w: [1, 2]}"
                )
            else:
                message = explain(detail, model)
            if (place, message) not in seen:
                seen.add((place, message))
                self._report(place, message)

    def _report_faults(self, node: Node, *, deep: bool) -> bool:
        """Report keys that stand twice; returns whether there were any."""
        faults = list(_faults(node)) if deep else list(node.faults) if isinstance(node, MapNode) else []
        for line, column, message in faults:
            self._report(Place(line, column), message)
        return bool(faults)


def _faults(node: Node) -> Iterable[tuple[int, int, str]]:
    if isinstance(node, MapNode):
        yield from node.faults
        for entry in node.entries.values():
            yield from _faults(entry.value)
    elif isinstance(node, ListNode):
        for item in node.items:
            yield from _faults(item)


def _is_missing(node: Node) -> bool:
    return isinstance(node, TextNode) and node.missing


def _is_newer(written: Plain) -> bool:
    return isinstance(written, str) and written.isascii() and written.isdigit() and int(written[:9]) > FORMAT


def _plain(node: Node) -> Plain:
    if isinstance(node, TextNode):
        return None if node.missing else node.text
    if isinstance(node, ListNode):
        return [_plain(item) for item in node.items]
    return _plain_entries(node.entries)


def _plain_entries(entries: Mapping[str, Entry]) -> dict[str, Plain]:
    return {key: _plain(entry.value) for key, entry in entries.items() if not _is_missing(entry.value)}
