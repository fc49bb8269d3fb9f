"""Reading a package of Anki's: what it would bring, then bringing it, all or nothing.

Reviews of cards that came from us join the log; other notes become decks in the learner's folder, with their
history. Texts of our own cards are never taken from Anki: they belong to the deck files.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from interviewprep.exchange.anki.foreign import Taking
from interviewprep.exchange.anki.histories import Histories, Target, new_reviews
from interviewprep.exchange.anki.incoming import CardRow, Incoming, opened
from interviewprep.exchange.anki.ours import OurNotes, is_ours
from interviewprep.exchange.newcards import NewCard, decks_written
from interviewprep.store.backup import back_up
from interviewprep.store.merge import Joined, Row, join

if TYPE_CHECKING:
    from interviewprep.study.desk import Desk


class DeckCount(NamedTuple):
    """A deck of ours and how many cards it is to get."""

    deck: str
    title: str
    cards: int


@dataclass(frozen=True, slots=True)
class AnkiImport:
    """What a package would bring."""

    file: Path
    histories: Histories
    new: Sequence[NewCard]
    known: int
    """Cards of others' notes that were taken over before."""
    changed: Sequence[str]
    """Those of them whose note says something else in Anki now; they stay as they are."""
    media: Sequence[str]
    """Pictures and sounds that new cards name; they are not taken over."""
    no_history: int
    """New cards that have a due day in Anki and no review to compute one from; they come as new."""
    skipped: Counter[str]
    """Cards left out, by why."""
    other_rollover: int | None
    """The hour at which days begin there, where it is another than here."""
    rows: Sequence[tuple[str, Row]]
    """All that is to join the store."""

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to bring."""
        return not self.rows and not self.new

    def decks(self) -> list[DeckCount]:
        """The decks that new cards go into."""
        counts = Counter(card.deck for card in self.new)
        titles = {card.deck: card.title for card in self.new}
        return [DeckCount(deck, titles[deck], count) for deck, count in sorted(counts.items())]


class Brought(NamedTuple):
    """What was done."""

    joined: Joined
    files: list[Path]
    """Deck files written."""
    backup: Path | None


def plan_import(
    desk: Desk,
    file: Path,
    *,
    decks: Collection[str] = (),
    take_reviews: bool = True,
    take_notes: bool = True,
) -> AnkiImport:
    """What importing a package would bring; changes nothing.

    `decks` are names of decks in Anki (those below them count too) and limit which notes of others are taken
    over. Raises ExchangeError for a package that cannot be read or goes beyond the limits of `unpacking` and
    `incoming`, and the leaves of StoreError.
    """
    with opened(file) as incoming:
        taking, ours = Taking(desk, take_new=take_notes), OurNotes(desk)
        targets = _targets(incoming, taking, ours, decks=decks)
        if not take_reviews:
            targets = {card: target for card, target in targets.items() if not target.is_exported}
        calendar = incoming.calendar()
        histories = new_reviews(desk, incoming.reviews(), targets, shifted_ease=calendar.scheduler < 2)
    found = taking.found
    new_names = {card.name for card in found.new}
    with_history = {str(row["card"]) for row in histories.reviews}
    rows = [
        *(("review", row) for row in histories.reviews),
        *(("link", row) for row in histories.links),
        *found.rows,
    ]
    return AnkiImport(
        file=file,
        histories=histories,
        new=found.new,
        known=found.known,
        changed=found.changed,
        media=list(found.media),
        no_history=len((found.learnt & new_names) - with_history),
        skipped=found.skipped,
        other_rollover=None if calendar.rollover == desk.settings.rollover_hour else calendar.rollover,
        rows=rows,
    )


def carry_out(desk: Desk, plan: AnkiImport) -> Brought:
    """Bring what was planned: a backup, the deck files, then everything else in one transaction.

    If that fails, the deck files are as they were before. Nothing happens where there is nothing to bring.
    """
    if plan.is_empty:
        return Brought(Joined(0, 0, 0, 0, 0, 0, 0), [], None)
    backup = back_up(desk.store.database, now=desk.clock(), kind="import")
    with decks_written(desk, plan.new) as files:
        joined = join(desk.store, plan.rows)
    desk.reload_decks()
    return Brought(joined, files, backup)


def _targets(
    incoming: Incoming, taking: Taking, ours: OurNotes, *, decks: Collection[str]
) -> dict[int, Target]:
    """The card of ours that each card of Anki's is, new ones included."""
    types, names = incoming.note_types(), incoming.decks()
    cards: dict[int, list[CardRow]] = {}
    for card in incoming.cards():
        cards.setdefault(card.note, []).append(card)
    targets: dict[int, Target] = {}
    skipped = taking.found.skipped
    for note in incoming.notes():
        rows = cards.get(note.id, [])
        kind = types.get(note.type_id)
        if kind is None:
            skipped["without a note type"] += len(rows)
            continue
        name = ours.card(note, kind)
        if name is not None:
            targets |= {row.id: Target(name, note.guid, is_exported=True) for row in rows}
        elif is_ours(kind):
            skipped["that are copies of ours, made in Anki"] += len(rows)
        else:
            placed = [(row, names.get(row.deck, "Default")) for row in rows]
            taking.take(note, kind, [(row, deck) for row, deck in placed if _is_in(deck, decks)])
    return targets | taking.found.targets


def _is_in(deck: str, wanted: Collection[str]) -> bool:
    return not wanted or any(deck == name or deck.startswith(f"{name}::") for name in wanted)
