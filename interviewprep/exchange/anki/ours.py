"""Which of Anki's notes came from us, and which card each of them is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from interviewprep.exchange.anki.incoming import Note, NoteType
from interviewprep.exchange.anki.names import SYSTEM, guid_of
from interviewprep.exchange.anki.notetypes import CARD_FIELD, NOTE_TYPES
from interviewprep.store import exports

if TYPE_CHECKING:
    from interviewprep.study.desk import Desk

_OURS: Final = tuple(kind.name for kind in NOTE_TYPES.values())


class OurNotes:
    """Finds the card of a note by its guid: as exported, or as it would be, under former names too."""

    def __init__(self, desk: Desk) -> None:
        self._aliases = desk.library.aliases
        names = [head.name for head in desk.library.heads] + list(self._aliases)
        self._cards = {guid_of(name): name for name in names}
        exported = exports.exported_notes(desk.store, SYSTEM)
        self._cards |= {note.guid: note.card for note in exported.values()}

    def card(self, note: Note, kind: NoteType) -> str | None:
        """The present name of the card that a note is, None for a note of another's.

        A card that is in no deck here is known by the name that its note holds, if the guid is that name's.
        """
        name = self._cards.get(note.guid)
        if name is None and is_ours(kind):
            inside = dict(zip(kind.fields, note.fields, strict=False)).get(CARD_FIELD, "").strip()
            name = inside if "#" in inside and guid_of(inside) == note.guid else None
        return None if name is None else self._aliases.get(name, name)


def is_ours(kind: NoteType) -> bool:
    """Whether a note type was made by an export (Anki adds to the name where two of one name differ)."""
    return kind.name.startswith(_OURS)
