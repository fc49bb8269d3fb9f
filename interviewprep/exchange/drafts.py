"""Cards read from a text file: which of them are new, and bringing them into the learner's deck files."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from interviewprep.cards.model import Card, QaCard
from interviewprep.cards.text import clean
from interviewprep.errors import ExchangeError
from interviewprep.exchange.newcards import NewCard, Room, deck_id_of, decks_written
from interviewprep.store.backup import back_up
from interviewprep.study.authoring import UNANSWERED

if TYPE_CHECKING:
    from interviewprep.study.desk import Desk

MOST_BYTES: Final = 50_000_000
MOST_CARDS: Final = 100_000
_SHOWN: Final = 20
NOT_ASKED: Final = "new"
"""The id of a card that is still to be given one."""


class Draft(NamedTuple):
    """A card as a file has it."""

    card: Card
    deck: str
    """Deck id; '' where the file says nothing of it."""
    title: str = ""
    """The deck's."""
    has_name: bool = False
    """Whether deck and id are the card's name already, as in an export of ours."""


class ReadCards(NamedTuple):
    """What a file holds."""

    drafts: list[Draft]
    skipped: Counter[str]
    """Entries left out on purpose, by why."""
    is_excerpt: bool = False
    """Whether it holds only what a study sheet shows of a card: no tags, no ids of parts."""


@dataclass(frozen=True, slots=True)
class CardsImport:
    """What a file would bring."""

    file: Path
    new: Sequence[NewCard]
    known: int
    """Cards that are here already, word for word."""
    differing: Sequence[str]
    """Cards that are here and say something else; they stay as they are."""
    skipped: Counter[str]

    def decks(self) -> Counter[str]:
        """How many cards each deck is to get."""
        return Counter(card.deck for card in self.new)


class FaultsError(ExchangeError):
    """Everything wrong in a file, line by line."""

    def __init__(self, file: Path, faults: Sequence[str]) -> None:
        shown = [
            *faults[:_SHOWN],
            *([f"... and {len(faults) - _SHOWN} more"] if len(faults) > _SHOWN else []),
        ]
        super().__init__("\n".join(shown), hint=f"Mend {file} and import it again. Nothing was changed.")


def read_text(file: Path) -> str:
    """A text file in UTF-8 of at most MOST_BYTES. Raises ExchangeError."""
    try:
        with file.open("rb") as stream:
            data = stream.read(MOST_BYTES + 1)
    except FileNotFoundError:
        raise ExchangeError(f"There is no file {file}.") from None
    except OSError as error:
        raise ExchangeError(f"{file} cannot be read: {error.strerror or error}.") from error
    if len(data) > MOST_BYTES:
        raise ExchangeError(f"{file} has more than {MOST_BYTES // 1_000_000} MB.", hint="Split it.")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise ExchangeError(
            f"{file}:{line}: this is not UTF-8 text.", hint="Save the file as UTF-8."
        ) from None


def plain_card(question: str, answer: str, tags: Iterable[str] = ()) -> QaCard:
    """A question with its answer, in Markdown; without an answer it says so and is tagged `unanswered`.

    Raises ValueError for an empty question.
    """
    question, answer = clean(question).strip(), clean(answer).strip()
    if not question:
        raise ValueError("is empty")
    words = ["-".join(clean(tag).replace(",", " ").replace("#", " ").split()) for tag in tags]
    return QaCard(
        id=NOT_ASKED,
        concept=NOT_ASKED,
        tags=tuple(dict.fromkeys([*filter(None, words), *(() if answer else ("unanswered",))])),
        question=question,
        short=answer or UNANSWERED,
    )


def plan_cards(desk: Desk, file: Path, found: ReadCards, *, deck: str = "") -> CardsImport:
    """Which cards are new; changes nothing. `deck` is for cards of which the file says nothing else.

    Raises ExchangeError for more than MOST_CARDS.
    """
    if len(found.drafts) > MOST_CARDS:
        raise ExchangeError(f"{file} has more than {MOST_CARDS:,} cards.", hint="Split it.")
    usual = deck_id_of(deck or file.stem)
    library, room = desk.library, Room(desk)
    present = {head.name for head in library.heads}
    said = _Said(desk, {draft.deck or usual for draft in found.drafts if not draft.has_name})
    new: list[NewCard] = []
    differing: list[str] = []
    known = 0
    for draft in found.drafts:
        card, deck_id = draft.card, draft.deck or usual
        name = f"{deck_id}#{card.id}"
        if draft.has_name:
            name = library.aliases.get(name, name)
            if name in present:
                same = _is_same_sheet if found.is_excerpt else _is_same
                if same(library.card(name), card):
                    known += 1
                else:
                    differing.append(name)
                continue
            present.add(name)
            room.take(name)
        elif not said.is_new(deck_id, card):
            known += 1
            continue
        else:
            deck_id = room.deck(deck_id, len(card.question) + len(card.short))
            card_id = room.card_id(deck_id, card.question, f"{card.question}\n{card.short}")
            concept = card_id if card.concept == NOT_ASKED else card.concept
            card = card.model_copy(update={"id": card_id, "concept": concept})
        new.append(NewCard(deck_id, draft.title, card))
    return CardsImport(file, new, known, differing, found.skipped)


def bring_cards(desk: Desk, plan: CardsImport) -> list[Path]:
    """Write the new cards, after a backup of the progress database; returns the deck files written."""
    if not plan.new:
        return []
    back_up(desk.store.database, now=desk.clock(), kind="import")
    with decks_written(desk, plan.new) as files:
        pass
    desk.reload_decks()
    return files


class _Said:
    """What the decks say already."""

    def __init__(self, desk: Desk, decks: set[str]) -> None:
        library = desk.library
        self._said = {
            (head.deck, card.question, card.short)
            for head in library.heads
            if head.deck in decks
            for card in [library.card(head.name)]
        }

    def is_new(self, deck: str, card: Card) -> bool:
        """Whether no card of the deck has this question with this answer; from then on one has."""
        key = (deck, card.question, card.short)
        if key in self._said:
            return False
        self._said.add(key)
        return True


def _is_same(here: Card, there: Card) -> bool:
    """Whether two cards are equal but for what only says that one replaces another."""
    plain = {"overrides": None, "base": ""}
    return here.model_copy(update=plain) == there.model_copy(update=plain)


def _is_same_sheet(here: Card, there: Card) -> bool:
    """Whether a study sheet shows two cards alike; of other kinds than `qa` it shows too little to tell."""
    from interviewprep.exchange.sheet import card_lines

    return here.kind != "qa" or list(card_lines("", here)) == list(card_lines("", there))
