"""Cards from elsewhere into deck files of the learner's: their names first, then all files or none."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from interviewprep.cards.authoring import ID_LENGTH, write_schema
from interviewprep.cards.edits import insert_card, write_file
from interviewprep.cards.loader import load_deck, parse_deck
from interviewprep.cards.model import Card, DeckFile
from interviewprep.cards.schema import FILE_NAME
from interviewprep.cards.source import SourceError
from interviewprep.cards.text import clean, slug
from interviewprep.cards.writing import card_to_lines, deck_to_yaml
from interviewprep.errors import DeckError, ExchangeError

if TYPE_CHECKING:
    from interviewprep.study.desk import Desk

CARDS_A_FILE: Final = 1_500
TEXT_A_FILE: Final = 1_500_000
"""Characters; a deck file may have 5 MB and 300,000 values."""
_DEEPEST: Final = 6
_LONGEST_PART: Final = 60
_NOT_NAME: Final = re.compile(r"[^\w.]+")


class NewCard(NamedTuple):
    """A card and the deck it goes into."""

    deck: str
    """Deck id."""
    title: str
    """The deck's, if it has to be begun."""
    card: Card

    @property
    def name(self) -> str:
        """The card's full name."""
        return f"{self.deck}#{self.card.id}"


@dataclass(slots=True)
class Room:
    """Finds decks with room and free ids for new cards, as if those before were already written."""

    desk: Desk
    _counts: dict[str, int] = field(default_factory=dict)
    _texts: dict[str, int] = field(default_factory=dict)
    _taken: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self._counts = {deck.id: deck.cards for deck in self.desk.library.decks}
        self._taken = {head.name for head in self.desk.library.heads} | set(self.desk.library.aliases)

    def deck(self, wanted: str, text: int) -> str:
        """The deck `wanted`, or the first of `wanted-2`, ... with room for a card of so many characters."""
        number, deck = 1, wanted
        while (
            self._counts.get(deck, 0) >= CARDS_A_FILE or self._texts.get(deck, 0) + text > TEXT_A_FILE
        ) and self._counts.get(deck, 0):
            number += 1
            deck = f"{wanted}-{number}"
        self._counts[deck] = self._counts.get(deck, 0) + 1
        self._texts[deck] = self._texts.get(deck, 0) + text
        return deck

    def card_id(self, deck: str, question: str, key: str) -> str:
        """An id from the question; where that is taken, with a piece of a hash of `key`.

        Not numbered, so that two machines that import in another order still agree.
        """
        wanted = self.wanted_id(question)
        found, size = wanted, 4
        while f"{deck}#{found}" in self._taken:
            found = f"{wanted}-{sha256(key.encode()).hexdigest()[:size]}"
            size += 4
        self.take(f"{deck}#{found}")
        return found

    def wanted_id(self, question: str) -> str:
        """The id that a card with this question has where it is free."""
        return slug(question, length=ID_LENGTH)

    def take(self, name: str) -> None:
        """Nothing else may be called so."""
        self._taken.add(name)


def deck_id_of(words: str) -> str:
    """A deck id from words, `::` or `/` between parts: `Lang::German verbs` -> `lang/german-verbs`."""
    parts = [
        _NOT_NAME.sub("-", unicodedata.normalize("NFC", clean(part)).lower()).strip("-._")
        for part in re.split("::|/", words)
    ]
    parts = [_cut(part) for part in parts if part] or ["cards"]
    return "/".join([*parts[: _DEEPEST - 1], "-".join(parts[_DEEPEST - 1 :])[:_LONGEST_PART]]).strip("/-._")


def is_deck_id(deck: str) -> bool:
    """Whether a deck id from a file names a place below a folder: no `..`, nothing hidden or absolute."""
    return all(
        part and not part.startswith(".") and part.isprintable() and not set(part) & set("\\#: ")
        for part in deck.split("/")
    )


@contextmanager
def decks_written(desk: Desk, cards: Sequence[NewCard]) -> Iterator[list[Path]]:
    """Write the cards; inside the block the files are there. If it fails, they are as they were before.

    Raises DeckError, with nothing changed, where a file cannot be written or what was written does not read
    back the same.
    """
    folder = desk.paths.user_decks
    by_deck: dict[str, list[NewCard]] = {}
    for new in cards:
        by_deck.setdefault(new.deck, []).append(new)
    before: dict[Path, bytes | None] = {}
    folders = _Folders()
    try:
        for deck, some in by_deck.items():
            path, data, was = _planned(folder, deck, some)
            folders.note(path.parent)
            before[path] = was
            write_file(path, data)
        if before:
            write_schema(folder)
        yield list(before)
    except BaseException:
        for path, was in before.items():
            if was is None:
                path.unlink(missing_ok=True)
            else:
                write_file(path, was)
        folders.remove()
        raise


class _Folders:
    """Folders that were not there before."""

    def __init__(self) -> None:
        self._new: list[Path] = []

    def note(self, folder: Path) -> None:
        """Remember which folders writing below `folder` will make."""
        while not folder.exists() and folder not in self._new:
            self._new.append(folder)
            folder = folder.parent

    def remove(self) -> None:
        """Remove those that are empty again."""
        for folder in sorted(self._new, key=lambda path: -len(path.parts)):
            if folder.is_dir() and not any(folder.iterdir()):
                folder.rmdir()


def _planned(folder: Path, deck: str, new: Sequence[NewCard]) -> tuple[Path, bytes, bytes | None]:
    """A deck's file, what will be in it, and what is in it now."""
    if not is_deck_id(deck):
        raise ExchangeError(f"{deck!r} cannot be the name of a deck.", hint="Nothing was changed.")
    path = folder.joinpath(*f"{deck}.yaml".split("/"))
    if not path.exists() and path.with_suffix(".yml").exists():
        path = path.with_suffix(".yml")
    cards = tuple(one.card for one in new)
    if not path.exists():
        wanted = DeckFile(title=new[0].title or deck.rpartition("/")[2], cards=cards)
        schema = f"{'../' * deck.count('/')}{FILE_NAME}"
        data, was = deck_to_yaml(wanted, schema=schema).encode(), None
    else:
        loaded = load_deck(path, deck_id=deck)
        if loaded.deck is None:
            raise DeckError(
                f"Nothing was written, because a deck has an error: {loaded.problems[0]}",
                hint="Mend it first.",
            )
        wanted = loaded.deck.model_copy(update={"cards": (*loaded.deck.cards, *cards)})
        was = path.read_bytes()
        try:
            data = insert_card(was, lambda indent: _lines(cards, indent))
        except SourceError as error:
            raise DeckError(f"{path} cannot be added to: {error}", hint="Mend it first.") from None
    read = parse_deck(data, path=path, deck_id=deck)
    if read.deck != wanted:
        problem = f": {read.problems[0]}" if read.problems else ""
        raise ExchangeError(
            f"The cards for {path} would not read back as they were{problem}", hint="Nothing was changed."
        )
    return path, data, was


def _lines(cards: Sequence[Card], indent: int) -> list[str]:
    return [line for card in cards for line in card_to_lines(card, indent=indent)]


def _cut(part: str) -> str:
    return part[:_LONGEST_PART].strip("-._") or "x"
