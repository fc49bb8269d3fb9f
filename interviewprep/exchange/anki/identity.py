"""Which note a card is: its guid and id for ever, and when its content last changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from hashlib import blake2b

from interviewprep.exchange.anki.names import guid_of, id_of
from interviewprep.store.exports import ExportedNote


class Identities:
    """Gives notes their guids, ids and times of change, from what was exported before."""

    def __init__(
        self, exported: Mapping[str, ExportedNote], *, aliases: Mapping[str, str], now_s: int
    ) -> None:
        """`exported` by card name then; `aliases` from former to present names; `now_s` epoch seconds."""
        self._exported = exported
        self._now_s = now_s
        self._places: dict[str, ExportedNote] = {}
        self._former: dict[str, list[str]] = {}
        for former, present in aliases.items():
            self._former.setdefault(present, []).append(former)
        self._guids = {note.guid for note in exported.values()}
        self._ids = {note.note_id for note in exported.values()}
        self.changed: list[ExportedNote] = []
        """The notes that are new or say something else than before, to be remembered."""
        self.renamed: list[str] = []
        """Former names whose notes are now kept under the present ones."""
        self.new = 0

    def note_id(self, card: str) -> int:
        """The id of a card's note."""
        return self._place(card).note_id

    def note(self, card: str, digest: str, tags: str) -> ExportedNote:
        """The note of a card with these tags, whose fields (without the card's name) have this hash."""
        content = blake2b(f"{card}\n{digest}\n{tags}".encode(), digest_size=8).hexdigest()
        known = self._place(card)
        if known.content_hash == content and known.card == card:
            return known
        if not known.content_hash:
            mod = self._now_s
            self.new += 1
        else:
            mod = known.mod if known.content_hash == content else max(self._now_s, known.mod + 1)
        note = known._replace(card=card, content_hash=content, mod=mod)
        if known.card != card:
            self.renamed.append(known.card)
        self.changed.append(note)
        return note

    def _place(self, card: str) -> ExportedNote:
        """The note as it was exported before, under any name; else a new one without content."""
        found = self._places.get(card)
        if found is None:
            names = [card, *self._former.get(card, ())]
            found = next((self._exported[name] for name in names if name in self._exported), None)
            if found is None:
                guid = self._free_guid(names[1] if len(names) > 1 else card)
                found = ExportedNote(card, guid, "", 0, self._free_id(guid))
            self._places[card] = found
        return found

    def _free_guid(self, name: str) -> str:
        """The guid of a name; where another card has it from the time it was called so, one beside it."""
        guid = guid_of(name)
        number = 2
        while guid in self._guids:
            guid = guid_of(f"{name} {number}")
            number += 1
        self._guids.add(guid)
        return guid

    def _free_id(self, guid: str) -> int:
        found = id_of(guid)
        while found in self._ids:
            found += 1
        self._ids.add(found)
        return found


def removed_cards(
    exported: Iterable[str], present: Iterable[str], aliases: Mapping[str, str], *, decks: Iterable[str]
) -> list[str]:
    """Cards exported before that no deck has any more; only those of `decks`, if any are given."""
    left = set(present)
    wanted = set(decks)
    gone = (name for name in exported if aliases.get(name, name) not in left)
    return sorted(name for name in gone if not wanted or name.partition("#")[0] in wanted)
