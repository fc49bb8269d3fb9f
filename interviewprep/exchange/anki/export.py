"""Writing a package for Anki from the decks and the learner's progress."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from interviewprep.cards.heads import CardHead
from interviewprep.errors import NotFoundError
from interviewprep.exchange.anki.collection import Head, NoteRow, deck_id
from interviewprep.exchange.anki.fields import Rendered, render
from interviewprep.exchange.anki.history import (
    USN,
    Calendar,
    RevlogIds,
    Scheduling,
    new_card,
    review_card,
    revlog,
)
from interviewprep.exchange.anki.identity import Identities, removed_cards
from interviewprep.exchange.anki.names import ROOT_DECK, SYSTEM, TAKEN_OVER, deck_name
from interviewprep.exchange.anki.notetypes import NOTE_TYPES
from interviewprep.exchange.anki.package import writing
from interviewprep.exchange.anki.rendered import FILE_NAME, RenderedFields, in_groups
from interviewprep.memory.days import day_start
from interviewprep.memory.types import CardState
from interviewprep.store import exports
from interviewprep.store.exports import MovingReview
from interviewprep.store.times import to_ms
from interviewprep.study.desk import Desk
from interviewprep.study.selection import Selection

RED = 1
"""The colour of a flagged card in Anki."""


@dataclass(frozen=True, slots=True)
class Pending:
    """What is to be remembered of an export once it has arrived."""

    changed: Sequence[exports.ExportedNote]
    renamed: Sequence[str]
    links: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class AnkiExport:
    """What was exported."""

    notes: int
    new: int
    """Notes that were never exported before."""
    changed: int
    """Notes that say something else than when they were last exported."""
    reviews: int
    decks: tuple[str, ...]
    """Names of the decks in Anki."""
    removed: tuple[str, ...]
    """Cards exported before that are in no deck any more; their notes stay in Anki."""
    pending: Pending
    """What `remember` writes down."""


@dataclass(frozen=True, slots=True)
class _Progress:
    """The learner's progress, as far as it is exported; empty without."""

    states: Mapping[str, CardState] = field(default_factory=dict)
    reviews: Mapping[str, Sequence[MovingReview]] = field(default_factory=dict)
    links: Mapping[str, str] = field(default_factory=dict)
    hidden: frozenset[str] = frozenset()
    flagged: frozenset[str] = frozenset()


class NoteContent(NamedTuple):
    """A card with its rendered fields."""

    head: CardHead
    rendered: Rendered

    @property
    def fields(self) -> str:
        """All fields as Anki stores them."""
        return self.rendered.all_fields(self.head.name)

    @property
    def tags(self) -> str:
        """The card's tags, its level and its priority, single spaces between."""
        head = self.head
        level = f" level::{head.level}" if head.level else ""
        return f"{head.tags}{level} priority::{head.priority}".strip()


def export_package(
    desk: Desk, path: Path, selection: Selection, *, with_progress: bool, as_one: bool
) -> AnkiExport:
    """Write a package of the selected cards to `path`, which is overwritten.

    Cards that came from Anki have their notes there: they are exported only with their deck's name.
    `as_one` puts all cards into one deck; else each of our decks becomes one in Anki. Call `remember` when
    the package is where it belongs. Raises NotFoundError where nothing is selected, OSError or sqlite3.Error
    when the disk is full, and the leaves of StoreError.
    """
    heads = _wanted(desk, selection)
    store = desk.store
    now = desk.clock()
    progress = _progress(desk) if with_progress else _Progress()
    exported = exports.exported_notes(store, SYSTEM)
    identities = Identities(exported, aliases=desk.library.aliases, now_s=to_ms(now) // 1000)
    ids = RevlogIds(progress.links)
    calendar = _calendar(desk, progress)
    decks = {head.deck: ROOT_DECK if as_one else deck_name(head.deck) for head in heads}
    positions = {head.name: place for place, head in enumerate(heads, 1)}
    # In the order of their ids, rows are written and read several times quicker.
    ordered = sorted(heads, key=lambda head: identities.note_id(head.name))
    reviews = 0
    with writing(path, _head(desk, calendar)) as collection:
        for content in note_contents(desk, ordered):
            name = content.head.name
            tags = content.tags
            note = identities.note(name, content.rendered.digest, tags)
            card_id = collection.add(
                _note_row(content.rendered, note, content.fields, tags),
                deck_id(decks[content.head.deck]),
                _scheduling(desk, progress, name, positions[name], calendar),
                flag=RED if name in progress.flagged else 0,
            )
            rows = revlog(progress.reviews.get(name, ()), card_id, note.guid, ids)
            collection.add_reviews(rows)
            reviews += len(rows)
        names = tuple(dict.fromkeys(decks.values()))
        collection.finish({deck_id(name): name for name in names})
    return AnkiExport(
        notes=len(heads),
        new=identities.new,
        changed=len(identities.changed) - identities.new,
        reviews=reviews,
        decks=names,
        removed=tuple(_removed(desk, exported, selection)),
        pending=Pending(identities.changed, identities.renamed, ids.new),
    )


def remember(desk: Desk, made: AnkiExport) -> None:
    """Write down what Anki has been given, so that a later export updates it in place."""
    pending = made.pending
    exports.keep_exported(desk.store, SYSTEM, pending.changed, renamed=pending.renamed)
    exports.keep_links(desk.store, SYSTEM, pending.links)


def note_contents(desk: Desk, heads: Sequence[CardHead]) -> Iterator[NoteContent]:
    """The selected cards with their fields, rendered where the cache does not have them."""
    library = desk.library
    hashes = library.hashes()
    cache = RenderedFields.open(desk.paths.index.with_name(FILE_NAME))
    try:
        for group in in_groups(heads):
            known = cache.find([hashes[head.name] for head in group if head.name in hashes])
            fresh: dict[str, Rendered] = {}
            for head in group:
                content_hash = hashes.get(head.name) or library.card_hash(head.name)
                found = known.get(content_hash) or fresh.get(content_hash)
                if found is None:
                    found = fresh[content_hash] = render(library.card(head.name))
                yield NoteContent(head, found)
            cache.keep(fresh.items())
    finally:
        cache.close()


def _wanted(desk: Desk, selection: Selection) -> Sequence[CardHead]:
    heads = selection.heads(desk.library)
    if selection.decks:
        return heads
    theirs = exports.exported_notes(desk.store, TAKEN_OVER)
    wanted = [head for head in heads if head.name not in theirs]
    if not wanted:
        raise NotFoundError(
            "All these cards came from Anki, where their notes are.", hint="Name a deck to export it anyway."
        )
    return wanted


def _progress(desk: Desk) -> _Progress:
    store = desk.store
    marks = store.marks()
    return _Progress(
        states=store.states(),
        reviews=exports.moving_reviews(store),
        links=exports.review_links(store, SYSTEM),
        hidden=frozenset(mark.card for mark in marks if mark.kind in ("suspended", "known")),
        flagged=frozenset(mark.card for mark in marks if mark.kind == "flag"),
    )


def _calendar(desk: Desk, progress: _Progress) -> Calendar:
    today = desk.today()
    return Calendar(min([today, *(state.first_day for state in progress.states.values())]), today)


def _head(desk: Desk, calendar: Calendar) -> Head:
    hour = desk.settings.rollover_hour
    created = day_start(calendar.first_day, rollover_hour=hour, tz=desk.tz)
    return Head(
        created=to_ms(created) // 1000,
        now_ms=to_ms(desk.clock()),
        rollover_hour=hour,
        minutes_west=-desk.utc_offset(created),
    )


def _note_row(rendered: Rendered, note: exports.ExportedNote, fields: str, tags: str) -> NoteRow:
    return NoteRow(
        id=note.note_id,
        guid=note.guid,
        mid=NOTE_TYPES[rendered.kind].id,
        mod=note.mod,
        usn=USN,
        tags=f" {tags} ",
        flds=fields,
        sfld=rendered.sort_text,
        csum=rendered.checksum,
    )


def _scheduling(desk: Desk, progress: _Progress, name: str, position: int, calendar: Calendar) -> Scheduling:
    is_hidden = name in progress.hidden
    state = progress.states.get(name)
    if state is None:
        return new_card(position, is_hidden=is_hidden)
    rules = desk.store.rules
    return review_card(
        state,
        calendar,
        desired_retention=rules.desired_retention,
        decay=rules.scheduler.decay,
        is_hidden=is_hidden,
    )


def _removed(desk: Desk, exported: Mapping[str, exports.ExportedNote], selection: Selection) -> list[str]:
    library = desk.library
    decks = [deck for typed in selection.decks for deck in library.resolve_decks(typed)]
    return removed_cards(exported, (h.name for h in library.heads), library.aliases, decks=decks)
