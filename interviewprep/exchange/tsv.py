"""Notes as a tab-separated file with Anki's header lines, which updates notes in place by their guid.

Scheduling is not in it. Anki needs the note types first, so a package has to be imported once.
"""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING, Final, TextIO

from interviewprep.exchange.anki.export import note_contents
from interviewprep.exchange.anki.fields import SEPARATOR
from interviewprep.exchange.anki.identity import Identities
from interviewprep.exchange.anki.names import ROOT_DECK, SYSTEM, deck_name
from interviewprep.exchange.anki.notetypes import NOTE_TYPES
from interviewprep.store import exports
from interviewprep.store.times import to_ms

if TYPE_CHECKING:
    from interviewprep.study.desk import Desk
    from interviewprep.study.selection import Selection

BEGINNING: Final = "#separator:tab\n#html:true\n#guid column:1\n#notetype column:2\n"
_REST: Final = "#deck column:3\n#tags column:4\n"
_SPECIAL: Final = 4


def write_tsv(desk: Desk, stream: TextIO, selection: Selection, *, as_one: bool) -> int:
    """Write the selected cards; returns their number. Raises NotFoundError where nothing is selected."""
    heads = selection.heads(desk.library)
    identities = Identities(
        exports.exported_notes(desk.store, SYSTEM),
        aliases=desk.library.aliases,
        now_s=to_ms(desk.clock()) // 1000,
    )
    width = _SPECIAL + max(len(t.fields) for t in NOTE_TYPES.values())
    stream.write(BEGINNING + _REST)
    writer = csv.writer(stream, delimiter="\t", lineterminator="\n")
    for content in note_contents(desk, heads):
        note = identities.note(content.head.name, content.rendered.digest, content.tags)
        row = [
            note.guid,
            NOTE_TYPES[content.rendered.kind].name,
            ROOT_DECK if as_one else deck_name(content.head.deck),
            content.tags,
            *content.fields.split(SEPARATOR),
        ]
        writer.writerow(row + [""] * (width - len(row)))
    return len(heads)
