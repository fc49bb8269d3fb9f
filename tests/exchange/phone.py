"""What a person does in Anki: writes notes, studies, exports."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path

from anki.cards import CardId
from anki.collection import ExportAnkiPackageOptions
from anki.scheduler.v3 import Scheduler
from exchange.backend import Anki


def write(anki: Anki, kind: str, deck: str, *fields: str, tags: Sequence[str] = ()) -> int:
    """Add a note; returns its id."""
    collection = anki.collection
    found = collection.models.by_name(kind)
    assert found is not None
    note = collection.new_note(found)
    note.fields = [*fields, *[""] * (len(note.fields) - len(fields))]
    note.tags = list(tags)
    deck_id = collection.decks.id(deck)
    assert deck_id is not None
    collection.add_note(note, deck_id)
    return int(note.id)


def study(anki: Anki, deck: str, *eases: int) -> list[tuple[int, int]]:
    """Answer the next cards of a deck; returns (id of the card, epoch milliseconds)."""
    collection = anki.collection
    deck_id = collection.decks.id(deck)
    assert deck_id is not None
    collection.decks.select(deck_id)
    scheduler = collection.sched
    assert isinstance(scheduler, Scheduler)
    done = []
    for ease in eases:
        time.sleep(0.002)  # ids of the log are milliseconds
        queued = scheduler.get_queued_cards(fetch_limit=1).cards
        assert queued
        card = collection.get_card(CardId(queued[0].card.id))
        card.start_timer()
        scheduler.answerCard(card, ease)  # type: ignore[arg-type]
        when = anki.one("select max(id) from revlog")
        assert isinstance(when, int)
        done.append((int(card.id), when))
    return done


def give(anki: Anki, package: Path, *, legacy: bool = False) -> Path:
    """Export everything with progress: `.apkg`, or `.colpkg` by the name's ending (which closes it)."""
    if package.suffix == ".colpkg":
        anki.collection.export_collection_package(str(package), include_media=False, legacy=legacy)
    else:
        options = ExportAnkiPackageOptions(
            with_scheduling=True, with_deck_configs=True, with_media=False, legacy=legacy
        )
        anki.collection.export_anki_package(out_path=str(package), options=options, limit=None)
    return package
