"""Notes of others as cards of ours: what each says, where it goes, whether it has been taken over before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import TYPE_CHECKING, Final

from interviewprep.cards.model import QaCard
from interviewprep.cards.text import clean
from interviewprep.errors import ExchangeError, NotFoundError
from interviewprep.exchange.anki.histories import Target
from interviewprep.exchange.anki.incoming import CardRow, Note, NoteType
from interviewprep.exchange.anki.names import SYSTEM, TAKEN_OVER
from interviewprep.exchange.anki.sides import NoCardError, Sides, sides
from interviewprep.exchange.htmltext import to_markdown
from interviewprep.exchange.newcards import NewCard, Room, deck_id_of, is_deck_id
from interviewprep.store import exports, imports
from interviewprep.store.exports import ExportedNote
from interviewprep.store.merge import Row
from interviewprep.study.authoring import UNANSWERED

if TYPE_CHECKING:
    from interviewprep.study.desk import Desk

FOLDER: Final = "anki"
"""Where their decks go, so that none is taken for a shipped one."""
MOST_TEXT: Final = 100_000_000
"""Characters of all sides of new cards together."""


@dataclass(slots=True)
class Foreign:
    """What becomes of the notes of others."""

    new: list[NewCard] = field(default_factory=list)
    rows: list[tuple[str, Row]] = field(default_factory=list)
    """What to remember with them: the notes, and marks."""
    targets: dict[int, Target] = field(default_factory=dict)
    """Cards of ours, by id of Anki's cards; those taken over before, too."""
    known: int = 0
    """Cards taken over before."""
    changed: list[str] = field(default_factory=list)
    """Those of them that say something else in Anki now; they stay as they are here."""
    media: dict[str, None] = field(default_factory=dict)
    """File names of pictures and sounds, named in the new cards."""
    learnt: set[str] = field(default_factory=set)
    """New cards with a due day in Anki."""
    skipped: Counter[str] = field(default_factory=Counter)
    """Cards left out, by why."""


class Taking:
    """Takes notes over, one after the other."""

    def __init__(self, desk: Desk, *, take_new: bool) -> None:
        """Without `take_new` only cards taken over before are looked at, for their reviews."""
        self.found = Foreign()
        self._take_new = take_new
        self._desk = desk
        self._room = Room(desk)
        self._present = {head.name for head in desk.library.heads}
        taken = exports.exported_notes(desk.store, TAKEN_OVER).values()
        self._taken = {note.guid: note for note in taken}
        self._seen: set[str] = set()
        self._length = 0

    def take(self, note: Note, kind: NoteType, cards: Sequence[tuple[CardRow, str]]) -> None:
        """Take over a note with its cards and the names of their decks in Anki."""
        content = blake2b(repr((note.fields, note.tags)).encode(), digest_size=8).hexdigest()
        concept = ""
        for card, deck in cards:
            key = f"{note.guid}/{card.ord}"
            if key in self._seen:
                self.found.skipped["that are in the file twice"] += 1
                continue
            self._seen.add(key)
            before = self._taken.get(key)
            if before is not None and not is_deck_id(before.card.partition("#")[0]):
                before = None
            name = "" if before is None else self._desk.library.aliases.get(before.card, before.card)
            if before is not None and name in self._present:
                self.found.known += 1
                if before.content_hash != content:
                    self.found.changed.append(name)
            elif not self._take_new:
                continue
            else:
                try:
                    new = self._new_card(
                        sides(kind, note.fields, card.ord),
                        note,
                        deck=deck,
                        key=key,
                        name=name,
                        concept=concept,
                    )
                except NoCardError as error:
                    self.found.skipped[str(error)] += 1
                    continue
                name = new.name
                concept = concept or (new.card.id if len(cards) > 1 else "")
                self._remember(note, card, key, name, content)
            self.found.targets[card.id] = Target(name, note.guid, is_exported=False)

    def _new_card(self, shown: Sides, note: Note, *, deck: str, key: str, name: str, concept: str) -> NewCard:
        self._length += sum(map(len, shown))
        if self._length > MOST_TEXT:
            raise ExchangeError(
                f"The cards of this file have more than {MOST_TEXT / 1e6:,.0f} million characters.",
                hint="Import it deck by deck, with --deck. Nothing was changed.",
            )
        made = _card_of(shown, note.tags, self.found)
        if name:  # taken over before; its deck file was lost, or is on another machine
            deck_id, _, card_id = name.partition("#")
        else:
            deck_id = self._room.deck(f"{FOLDER}/{deck_id_of(deck)}", len(made.question) + len(made.short))
            twin = f"{deck_id}#{self._room.wanted_id(made.question)}"
            if twin in self._present and self._says_the_same(twin, made):
                return NewCard(deck_id, "", made.model_copy(update={"id": twin.partition("#")[2]}))
            card_id = self._room.card_id(deck_id, made.question, key)
        new = NewCard(
            deck_id,
            clean(deck.rpartition("::")[2]).strip(),
            made.model_copy(update={"id": card_id, "concept": concept or card_id}),
        )
        self.found.new.append(new)
        return new

    def _says_the_same(self, name: str, made: QaCard) -> bool:
        """Whether a card that is here, and not known to be taken over, is this one (its file was copied)."""
        try:
            here = self._desk.library.card(name)
        except NotFoundError:
            return False
        return (here.question, here.short) == (made.question, made.short)

    def _remember(self, note: Note, card: CardRow, key: str, name: str, content: str) -> None:
        store = self._desk.store
        kept = ExportedNote(name, key, content, note.mod, note.id)
        self.found.rows.append(("note", imports.note_row(TAKEN_OVER, kept)))
        if card.was_learnt:
            self.found.learnt.add(name)
        marks = (("suspended", card.is_suspended), ("flag", card.is_flagged))
        for mark, is_set in marks:
            if is_set:
                row = imports.mark_row(
                    store,
                    mark_id=imports.stable_id(SYSTEM, f"{key}/{mark}"),
                    device=SYSTEM,
                    card=name,
                    kind=mark,
                    value="1",
                    at_ms=max(0, min(card.mod, 4_000_000_000)) * 1000,
                )
                self.found.rows.append(("mark", row))


def _card_of(shown: Sides, tags: Iterable[str], found: Foreign) -> QaCard:
    """The card, its id still to be given."""
    question = to_markdown(shown.question, one_line=True)
    answer = to_markdown(shown.answer)
    context = to_markdown(shown.context)
    if not question.text:
        raise NoCardError("without a question")
    for part in (question, answer, context):
        found.media |= dict.fromkeys(part.media)
    words = [tag_word(tag) for tag in tags]
    if not answer.text and not context.text:
        words.append("unanswered")
    card = QaCard(
        id="new",
        concept="new",
        tags=tuple(dict.fromkeys(word for word in words if word)),
        question=question.text,
        short=answer.text or context.text or UNANSWERED,
    )
    return (
        card.model_copy(update={"detailed": context.text}) if context.text not in ("", card.short) else card
    )


def tag_word(tag: str) -> str:
    """A tag as our decks write it: without blanks, commas and number signs."""
    return "-".join(clean(tag).replace(",", " ").replace("#", " ").split())
