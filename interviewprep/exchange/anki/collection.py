"""Anki's collection file, schema 11: what every version from 2.1.49 on reads, written with sqlite3 alone."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final, NamedTuple

from interviewprep.exchange.anki import templates
from interviewprep.exchange.anki.history import USN, RevlogRow, Scheduling
from interviewprep.exchange.anki.names import id_of
from interviewprep.exchange.anki.notetypes import NOTE_TYPES, NoteType

_TABLES: Final = (
    """create table col (
        id integer primary key, crt integer not null, mod integer not null, scm integer not null,
        ver integer not null, dty integer not null, usn integer not null, ls integer not null,
        conf text not null, models text not null, decks text not null, dconf text not null,
        tags text not null)""",
    """create table notes (
        id integer primary key, guid text not null, mid integer not null, mod integer not null,
        usn integer not null, tags text not null, flds text not null, sfld integer not null,
        csum integer not null, flags integer not null, data text not null)""",
    """create table cards (
        id integer primary key, nid integer not null, did integer not null, ord integer not null,
        mod integer not null, usn integer not null, type integer not null, queue integer not null,
        due integer not null, ivl integer not null, factor integer not null, reps integer not null,
        lapses integer not null, left integer not null, odue integer not null, odid integer not null,
        flags integer not null, data text not null)""",
    """create table revlog (
        id integer primary key, cid integer not null, usn integer not null, ease integer not null,
        ivl integer not null, lastIvl integer not null, factor integer not null, time integer not null,
        type integer not null)""",
    "create table graves (usn integer not null, oid integer not null, type integer not null)",
)
_INDEXES: Final = (
    "create index ix_notes_usn on notes (usn)",
    "create index ix_cards_usn on cards (usn)",
    "create index ix_revlog_usn on revlog (usn)",
    "create index ix_cards_nid on cards (nid)",
    "create index ix_cards_sched on cards (did, queue, due)",
    "create index ix_revlog_cid on revlog (cid)",
    "create index ix_notes_csum on notes (csum)",
)
_NOTE: Final = "insert into notes values (?, ?, ?, ?, ?, ?, ?, ?, ?, 0, '')"
_CARD: Final = "insert into cards values (?, ?, ?, 0, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, 0, 0, ?, ?)"
_REVIEW: Final = "insert into revlog values (?, ?, ?, ?, ?, ?, ?, ?, ?)"
_AT_ONCE: Final = 500
"""Notes held back to be written together."""
_PRESET: Final = 1
"""The id of the deck options that every collection has."""


class NoteRow(NamedTuple):
    """What a note holds, in the order of the columns of `notes`."""

    id: int
    guid: str
    mid: int
    mod: int
    usn: int
    tags: str
    """Words between single spaces, with one at either end."""
    flds: str
    sfld: str
    csum: int


@dataclass(frozen=True, slots=True)
class Head:
    """What a collection says of itself."""

    created: int
    """Epoch seconds of the start of the day that due days are counted from."""
    now_ms: int
    rollover_hour: int
    minutes_west: int
    """Of UTC, when it was created."""


class Collection:
    """A collection file that is being written. Raises sqlite3.Error when the disk is full."""

    def __init__(self, path: Path, head: Head) -> None:
        """Begin a new file at `path`."""
        self._head = head
        self._notes: list[NoteRow] = []
        self._cards: list[tuple[str | int, ...]] = []
        self._reviews: list[RevlogRow] = []
        self._db = sqlite3.connect(path, isolation_level=None)
        # The file is thrown away if anything fails: no journal, no waiting for the disk.
        # Pages larger than most notes: a note that spills over costs a page of its own.
        for pragma in ("journal_mode = off", "synchronous = off", "page_size = 16384"):
            self._db.execute(f"pragma {pragma}")
        self._db.execute("begin")
        for statement in _TABLES:
            self._db.execute(statement)

    def add(self, note: NoteRow, deck_id: int, scheduling: Scheduling, *, flag: int = 0) -> int:
        """Add a note with its one card; returns the card's id. `flag` is 0 or the number of a colour."""
        self._notes.append(note)
        *columns, data = scheduling
        self._cards.append((note.id, note.id, deck_id, note.mod, USN, *columns, flag, data))
        if len(self._notes) == _AT_ONCE:
            self._flush()
        return note.id

    def add_reviews(self, rows: Iterable[RevlogRow]) -> None:
        """Add the history of a card."""
        self._reviews.extend(rows)

    def _flush(self) -> None:
        for statement, rows in ((_NOTE, self._notes), (_CARD, self._cards)):
            self._db.executemany(statement, rows)
            rows.clear()

    def finish(self, decks: Mapping[int, str]) -> None:
        """Write what the collection says of itself, with these decks, and close it."""
        self._flush()
        self._reviews.sort()  # rows come quickest in the order of their ids
        self._db.executemany(_REVIEW, self._reviews)
        head = self._head
        mod = head.now_ms // 1000
        self._db.execute(
            "insert into col values (1, ?, ?, ?, 11, 0, 0, 0, ?, ?, ?, ?, '{}')",
            (
                head.created,
                head.now_ms,
                head.now_ms,
                json.dumps(_conf(head)),
                json.dumps({str(t.id): note_type(t) for t in NOTE_TYPES.values()}),
                json.dumps({str(i): _deck(i, name, mod) for i, name in {1: "Default", **decks}.items()}),
                json.dumps({str(_PRESET): _PRESET_OPTIONS}),
            ),
        )
        for statement in _INDEXES:
            self._db.execute(statement)
        self._db.execute("commit")
        self._db.close()

    def abandon(self) -> None:
        """Close the file as it is."""
        self._db.close()


def note_type(found: NoteType) -> dict[str, object]:
    """A note type as Anki's JSON has it."""
    fields = [
        {
            **{"name": name, "ord": place, "id": field_id, "tag": None, "font": "Arial", "size": 20},
            **{"sticky": False, "rtl": False, "media": [], "description": "", "plainText": False},
            **{"collapsed": False, "excludeFromSearch": False, "preventDeletion": False},
        }
        for place, (name, field_id) in enumerate(zip(found.fields, found.field_ids, strict=True))
    ]
    template = {
        **{"name": "Card 1", "ord": 0, "id": found.template_id, "did": None, "bqfmt": "", "bafmt": ""},
        **{"qfmt": templates.front(found.kind), "afmt": templates.back(found.kind), "bfont": "", "bsize": 0},
    }
    return {
        **{"id": found.id, "name": found.name, "type": 0, "mod": templates.CHANGED, "usn": USN, "sortf": 0},
        **{"did": None, "flds": fields, "tmpls": [template], "css": templates.CSS, "tags": [], "vers": []},
        **{"latexPre": _LATEX_BEFORE, "latexPost": "\\end{document}", "latexsvg": False},
        **{"req": [[0, "any", [0]]], "originalStockKind": 0},
    }


@lru_cache(maxsize=1024)
def deck_id(name: str) -> int:
    """The id of a deck in Anki."""
    return id_of(f"deck:{name}")


_LATEX_BEFORE: Final = (
    "\\documentclass[12pt]{article}\n\\special{papersize=3in,5in}\n\\usepackage{amssymb,amsmath}\n"
    "\\pagestyle{empty}\n\\setlength{\\parindent}{0in}\n\\begin{document}\n"
)
_PRESET_OPTIONS: Final = {
    **{"id": _PRESET, "name": "Default", "mod": 0, "usn": 0, "maxTaken": 60, "autoplay": True},
    **{"timer": 0, "replayq": True, "dyn": False},
    "new": {
        **{"bury": False, "delays": [1.0, 10.0], "initialFactor": 2500, "ints": [1, 4, 0], "order": 1},
        "perDay": 20,
    },
    "rev": {
        **{"bury": False, "ease4": 1.3, "ivlFct": 1.0, "maxIvl": 36500, "perDay": 200},
        "hardFactor": 1.2,
    },
    "lapse": {"delays": [10.0], "leechAction": 1, "leechFails": 8, "minInt": 1, "mult": 0.0},
}


def _deck(deck: int, name: str, mod: int) -> dict[str, object]:
    return {
        **{"id": deck, "name": name, "mod": mod, "usn": USN, "desc": "", "dyn": 0, "conf": _PRESET},
        **{"collapsed": False, "browserCollapsed": True, "extendNew": 0, "extendRev": 0},
        **{"newToday": [0, 0], "revToday": [0, 0], "lrnToday": [0, 0], "timeToday": [0, 0]},
    }


def _conf(head: Head) -> dict[str, object]:
    return {
        **{"schedVer": 2, "sched2021": True, "rollover": head.rollover_hour, "nextPos": 1},
        **{"creationOffset": head.minutes_west, "localOffset": head.minutes_west, "curDeck": 1},
        **{"activeDecks": [1], "sortType": "noteFld", "sortBackwards": False, "addToCur": True},
        **{"newSpread": 0, "collapseTime": 1200, "timeLim": 0, "estTimes": True, "dueCounts": True},
        "curModel": None,
    }
