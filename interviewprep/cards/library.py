"""The rules that hold across deck files, over light facts of each file. Standard library only.

Two cards may not have one name; a former name must be gone; a learner's card may replace a shipped one;
concepts that are named must exist and must not require each other in a circle.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from interviewprep.cards.concepts import ConceptFacts, ConceptInfo, find_circle, join_concepts
from interviewprep.cards.heads import CardHead, DeckInfo, Problem

MAX_SUGGESTIONS = 50


class CardFacts(NamedTuple):
    """What the rules need to know of one card in one file. Lists of words are strings, as in CardHead."""

    id: str
    kind: str
    concept: str
    requires: str
    level: str
    priority: str
    tags: str
    scheduled: int
    was: str
    overrides: str
    base: str
    hash: str
    line: int
    column: int


class Use(NamedTuple):
    """A concept named somewhere in a file."""

    field: str
    """`requires`, `confused_with` or `about`."""
    concept: str
    line: int
    column: int


class DeckFacts(NamedTuple):
    """What the rules need to know of one file."""

    path: str
    deck: str
    shipped: bool
    title: str
    order: int
    concepts: Sequence[ConceptFacts]
    cards: Sequence[CardFacts]
    uses: Sequence[Use]
    problems: Sequence[Problem]
    """What is wrong in the file by itself."""


class Origin(NamedTuple):
    """Where a card comes from: the place of its file and its place in the file."""

    file: int
    card: int


class Built(NamedTuple):
    """The library as a whole."""

    heads: list[CardHead]
    """In asking order."""
    origins: list[Origin]
    """For each head."""
    decks: list[DeckInfo]
    problems: list[Problem]
    """Of the files and between them, by file and line."""
    aliases: dict[str, str]
    """Former name -> present name."""
    concepts: dict[str, ConceptInfo]


class _Entry(NamedTuple):
    name: str
    file: int
    card: int


def build_library(files: Sequence[DeckFacts]) -> Built:
    """Put the files together: `files` in folder order, the shipped folder first."""
    return _Builder(files).build()


def full_name(deck: str, card: str) -> str:
    """`deck#card`; a name that already holds its deck stays."""
    return card if "#" in card else f"{deck}#{card}"


def sorted_problems(problems: Iterable[Problem]) -> list[Problem]:
    """Problems by file, line and column, each once."""
    return sorted(set(problems), key=lambda p: (p.path, p.line, p.column, p.severity, p.message))


class _Builder:
    def __init__(self, files: Sequence[DeckFacts]) -> None:
        self.files = files
        self.problems = [problem for file in files for problem in file.problems]
        self.suggestions = 0
        self.order = self._deck_order()

    def build(self) -> Built:
        present = self._originals()
        aliases = self._aliases(present)
        chosen = self._override(present, aliases)
        concepts = self._concepts(chosen)
        self._check_concepts(chosen, concepts)
        heads, origins = self._heads(chosen, concepts)
        decks = self._decks(heads, origins)
        return Built(heads, origins, decks, sorted_problems(self.problems), aliases, concepts)

    def facts(self, entry: _Entry) -> CardFacts:
        return self.files[entry.file].cards[entry.card]

    # Names

    def _deck_order(self) -> dict[str, int]:
        """Deck id -> its place among the decks."""
        orders: dict[str, int] = {}
        for file in self.files:
            orders.setdefault(file.deck, file.order)
        return {deck: place for place, deck in enumerate(sorted(orders, key=lambda d: (orders[d], d)))}

    def _originals(self) -> dict[str, _Entry]:
        """Name -> card that replaces no other; of two with one name the first stays."""
        found: dict[str, _Entry] = {}
        for number, file in enumerate(self.files):
            for place, card in enumerate(file.cards):
                if card.overrides:
                    continue
                name = f"{file.deck}#{card.id}"
                if name in found:
                    hint = (
                        "rename one of them, or write `overrides` with the one that shall replace the other"
                    )
                    first = self._place(found[name])
                    self._report(number, card, f"`{name}` is already the name of the card at {first}; {hint}")
                else:
                    found[name] = _Entry(name, number, place)
        return found

    def _aliases(self, present: Mapping[str, _Entry]) -> dict[str, str]:
        claims: dict[str, str] = {}
        for number, file in enumerate(self.files):
            for card in file.cards:
                name = card.overrides or f"{file.deck}#{card.id}"
                for former in (full_name(file.deck, word) for word in card.was.split()):
                    if former in present:
                        message = (
                            f"`was: {former}` is still the name of the card at {self._place(present[former])}"
                        )
                        self._report(number, card, f"{message}; remove one of them")
                    elif claims.setdefault(former, name) != name:
                        message = (
                            f"`was: {former}` is also a former name of `{claims[former]}`; keep one of them"
                        )
                        self._report(number, card, message)
        return claims

    def _override(self, present: Mapping[str, _Entry], aliases: Mapping[str, str]) -> list[_Entry]:
        """The cards that count, in asking order: replaced ones at the place of what they replace."""
        replaced: dict[str, _Entry] = {}
        alone: list[_Entry] = []
        for number, file in enumerate(self.files):
            for place, card in enumerate(file.cards):
                if not card.overrides:
                    continue
                target = card.overrides if card.overrides in present else aliases.get(card.overrides, "")
                entry = _Entry(target or card.overrides, number, place)
                if entry.name in replaced:
                    first = self._place(replaced[entry.name])
                    self._report(
                        number, card, f"`{entry.name}` is already replaced by the card at {first}; remove one"
                    )
                    continue
                replaced[entry.name] = entry
                if target in present:
                    self._check_base(number, card, self.facts(present[target]))
                else:
                    alone.append(entry)
                    near = self._nearest(card.overrides, present)
                    self._warn(
                        number, card, f"`overrides: {card.overrides}`: there is no such card (any more){near}"
                    )
        order = sorted(present.values(), key=lambda e: (self.order[self.files[e.file].deck], e.file, e.card))
        return [replaced.get(entry.name, entry) for entry in order] + alone

    def _check_base(self, number: int, card: CardFacts, original: CardFacts) -> None:
        if card.base and card.base != original.hash:
            message = (
                f"the card this one overrides has changed since it was copied (base {card.base}, now "
                f"{original.hash}); compare them, then write the new hash as `base`"
            )
            self._warn(number, card, message)

    # Concepts

    def _concepts(self, chosen: Sequence[_Entry]) -> dict[str, ConceptInfo]:
        of_cards = (self.facts(entry).concept for entry in chosen)
        return join_concepts(of_cards, (facts for file in self.files for facts in file.concepts))

    def _check_concepts(self, chosen: Sequence[_Entry], concepts: Mapping[str, ConceptInfo]) -> None:
        for file in self.files:
            for use in file.uses:
                if use.concept in concepts:
                    continue
                near = self._nearest(use.concept, concepts)
                message = f"`{use.field}`: there is no concept `{use.concept}`{near}"
                severity = "warning" if use.field == "about" else "error"
                self.problems.append(Problem(file.path, use.line, use.column, message, severity))
        circle = find_circle(self._needs(chosen, concepts))
        if circle:
            path, line, column = self._place_of_concept(circle[0], chosen)
            chain = " -> ".join((*circle, circle[0]))
            message = f"`requires` runs in a circle, so none of these would be asked first: {chain}"
            self.problems.append(Problem(path, line, column, message))

    def _needs(
        self, chosen: Sequence[_Entry], concepts: Mapping[str, ConceptInfo]
    ) -> dict[str, list[frozenset[str]]]:
        """Concept -> what each of its cards requires, unknown concepts left out."""
        needs: dict[str, list[frozenset[str]]] = {}
        for entry in chosen:
            card = self.facts(entry)
            required = {*card.requires.split(), *concepts[card.concept].requires} & concepts.keys()
            needs.setdefault(card.concept, []).append(frozenset(required))
        return needs

    def _place_of_concept(self, concept: str, chosen: Sequence[_Entry]) -> tuple[str, int, int]:
        for file in self.files:
            for facts in file.concepts:
                if facts.id == concept and facts.requires:
                    return file.path, facts.line, facts.column
        entry = next(entry for entry in chosen if self.facts(entry).concept == concept)
        card = self.facts(entry)
        return self.files[entry.file].path, card.line, card.column

    # Results

    def _heads(
        self, chosen: Sequence[_Entry], concepts: Mapping[str, ConceptInfo]
    ) -> tuple[list[CardHead], list[Origin]]:
        heads, origins = [], []
        for entry in chosen:
            card = self.facts(entry)
            required = dict.fromkeys((*concepts[card.concept].requires, *card.requires.split()))
            heads.append(
                CardHead(
                    entry.name,
                    card.kind,
                    card.concept,
                    " ".join(required),
                    card.level,
                    card.priority,
                    card.tags,
                    card.scheduled,
                )
            )
            origins.append(Origin(entry.file, entry.card))
        return heads, origins

    def _decks(self, heads: Sequence[CardHead], origins: Sequence[Origin]) -> list[DeckInfo]:
        titles: dict[str, str] = {}
        paths: dict[str, list[str]] = {}
        shipped: dict[str, bool] = {}
        counts: dict[str, int] = {}
        for file in self.files:
            if not file.cards or any(not card.overrides for card in file.cards):
                paths.setdefault(file.deck, []).append(file.path)
                titles[file.deck] = titles.get(file.deck) or file.title
                shipped[file.deck] = shipped.get(file.deck, False) or file.shipped
        for head, origin in zip(heads, origins, strict=True):
            counts[head.deck] = counts.get(head.deck, 0) + 1
            path = self.files[origin.file].path
            if path not in paths.setdefault(head.deck, []):
                paths[head.deck].append(path)
        decks = sorted(paths, key=lambda deck: (self.order.get(deck, len(self.order)), deck))
        return [
            DeckInfo(
                deck,
                titles.get(deck) or deck_title(deck),
                counts.get(deck, 0),
                tuple(paths[deck]),
                shipped.get(deck, False),
            )
            for deck in decks
        ]

    # Reports

    def _place(self, entry: _Entry) -> str:
        return f"{self.files[entry.file].path}:{self.facts(entry).line}"

    def _report(self, file: int, card: CardFacts, message: str) -> None:
        self.problems.append(Problem(self.files[file].path, card.line, card.column, message))

    def _warn(self, file: int, card: CardFacts, message: str) -> None:
        self.problems.append(Problem(self.files[file].path, card.line, card.column, message, "warning"))

    def _nearest(self, word: str, known: Iterable[str]) -> str:
        """A suggestion; only for the first few, because each looks through all names."""
        from interviewprep.cards.text import nearest

        self.suggestions += 1
        return nearest(word, known) if self.suggestions <= MAX_SUGGESTIONS else ""


def deck_title(deck: str) -> str:
    """A title for a deck whose file gives none: the end of its id, as words."""
    words = deck.rpartition("/")[2].replace("-", " ").replace("_", " ").strip()
    return words[:1].upper() + words[1:]
