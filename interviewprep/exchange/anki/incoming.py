"""A collection of Anki's as records, whether of the old schema (11) or a later one (up to 18).

The file may come from anywhere: it is opened read-only, only real tables are read, every value is checked,
and the work that SQLite may do for it is bounded.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Final, NamedTuple, TypeVar

from pydantic import BaseModel, TypeAdapter, ValidationError

from interviewprep.errors import ExchangeError
from interviewprep.exchange.anki.protobuf import numbers, texts
from interviewprep.exchange.anki.unpacking import damaged, unpacked

MOST_NOTES: Final = 100_000
MOST_CARDS: Final = 300_000
MOST_REVIEWS: Final = 3_000_000
MOST_TEXT: Final = 100_000_000
"""Characters of all notes together."""
_LONGEST_VALUE: Final = 20_000_000
_STEPS: Final = 1_000_000
_MOST_STEPS: Final = 200
"""Times _STEPS instructions of SQLite's machine; the largest collection allowed takes 36 million."""
_NEEDED: Final = frozenset({"col", "notes", "cards", "revlog"})
_READ: Final = _NEEDED | {"notetypes", "fields", "templates", "decks", "config"}
_USUAL: Final = {"rollover": 4, "schedVer": 2}


T = TypeVar("T")


class _OldDeck(BaseModel):
    name: str


class _OldField(BaseModel):
    name: str
    ord: int


class _OldTemplate(BaseModel):
    ord: int
    qfmt: str
    afmt: str


class _OldType(BaseModel):
    name: str
    type: int = 0
    flds: list[_OldField]
    tmpls: list[_OldTemplate]


class _OldSettings(BaseModel):
    rollover: int = _USUAL["rollover"]
    schedVer: int = 1  # noqa: N815 - as the file has it


_DECKS: Final = TypeAdapter(dict[int, _OldDeck])
_TYPES: Final = TypeAdapter(dict[int, _OldType])
_SETTINGS: Final = TypeAdapter(_OldSettings)


class Template(NamedTuple):
    """One kind of card of a note type."""

    front: str
    back: str


class NoteType(NamedTuple):
    """What a note is made of."""

    id: int
    name: str
    is_cloze: bool
    fields: tuple[str, ...]
    templates: Mapping[int, Template]
    """By the number that cards have for them."""


class Note(NamedTuple):
    """What is to be learnt, as HTML."""

    id: int
    guid: str
    type_id: int
    mod: int
    """Epoch seconds of its last change."""
    tags: tuple[str, ...]
    fields: tuple[str, ...]


class CardRow(NamedTuple):
    """One card of a note."""

    id: int
    note: int
    deck: int
    ord: int
    mod: int
    """Epoch seconds."""
    is_suspended: bool
    is_flagged: bool
    was_learnt: bool
    """Whether Anki has a due day for it."""


class ReviewRow(NamedTuple):
    """One entry of Anki's review log."""

    id: int
    """Epoch milliseconds."""
    card: int
    ease: int
    ivl: int
    """Days; seconds where negative."""
    factor: int
    time: int
    """Milliseconds."""
    kind: int


class CalendarFacts(NamedTuple):
    """How days and buttons are meant in a collection."""

    rollover: int
    """The hour at which a day begins."""
    scheduler: int
    """1 until Anki 2.0, with three buttons for learning cards; 2 since."""


class Incoming:
    """An open collection. What it returns has been checked; ExchangeError says what was not right."""

    def __init__(self, file: Path, connection: sqlite3.Connection) -> None:
        self._file = file
        self._db = connection
        self._refuse_strangers()
        self._is_new = "notetypes" in self._tables()

    def note_types(self) -> dict[int, NoteType]:
        """All note types by id."""
        return self._new_types() if self._is_new else self._old_types()

    def decks(self) -> dict[int, str]:
        """Names of decks, parts joined by `::`, by id."""
        if self._is_new:
            rows = self._rows("select id, name from decks", int, str)
            return {int(row[0]): str(row[1]).replace("\x1f", "::") for row in rows}
        return {number: deck.name for number, deck in self._json("decks", _DECKS).items()}

    def calendar(self) -> CalendarFacts:
        """How days and buttons are meant in this collection."""
        if not self._is_new:
            found = self._json("conf", _SETTINGS)
            return CalendarFacts(found.rollover, found.schedVer)
        rows = dict(self._db.execute("select key, val from config where key in ('rollover', 'schedVer')"))
        hour, version = (self._number(rows.get(key), usual) for key, usual in _USUAL.items())
        return CalendarFacts(hour, version)

    def _number(self, value: object, usual: int) -> int:
        try:
            found = json.loads(value) if isinstance(value, str | bytes) else usual
        except (ValueError, RecursionError):
            raise self._damaged("its settings are damaged") from None
        return found if isinstance(found, int) else usual

    def notes(self) -> Iterator[Note]:
        """All notes, in the order of their ids."""
        query = "select id, guid, mid, mod, tags, flds from notes order by id"
        for number, guid, kind, mod, tags, fields in self._rows(query, int, str, int, int, str, str):
            yield Note(
                int(number),
                str(guid),
                int(kind),
                int(mod),
                tuple(str(tags).split()),
                tuple(str(fields).split("\x1f")),
            )

    def cards(self) -> Iterator[CardRow]:
        """All cards, by note and number."""
        query = "select id, nid, did, ord, mod, queue, flags, type, odid from cards order by nid, ord, id"
        for row in self._rows(query, *[int] * 9):
            number, note, deck, ord_, mod, queue, flags, kind, home = (int(value) for value in row)
            yield CardRow(number, note, home or deck, ord_, mod, queue == -1, flags & 7 > 0, kind > 0)

    def reviews(self) -> Iterator[ReviewRow]:
        """The whole review log, oldest first."""
        query = "select id, cid, ease, ivl, factor, time, type from revlog order by id"
        for row in self._rows(query, *[int] * 7):
            yield ReviewRow._make(int(value) for value in row)

    # -- reading ---------------------------------------------------------------------------------

    def _refuse_strangers(self) -> None:
        tables = self._tables()
        missing = sorted(_NEEDED - tables)
        if missing:
            raise self._damaged(f"its collection has no table `{missing[0]}`")
        # A computed column can cost any time and memory for each row.
        query = "select name from pragma_table_xinfo(?) where hidden > 0"
        for table in tables & _READ:
            if computed := self._db.execute(query, (table,)).fetchone():
                raise self._damaged(f"its table {table} computes the column `{computed[0]}`")
        for what, most in (("notes", MOST_NOTES), ("cards", MOST_CARDS), ("revlog", MOST_REVIEWS)):
            found = self._db.execute(f"select count(*) from {what}").fetchone()[0]  # noqa: S608 - our names
            if found > most:
                raise self._too_large(f"{found:,} rows of {what}; at most {most:,} can be taken in at once")
        found = self._db.execute("select total(length(flds) + length(tags)) from notes").fetchone()[0]
        if found > MOST_TEXT:
            raise self._too_large(f"{found / 1e6:,.0f} million characters of text")

    def _tables(self) -> set[str]:
        query = "select name from sqlite_master where type = 'table' and sql not like 'create virtual%'"
        return {str(row[0]).lower() for row in self._db.execute(query)}

    def _rows(self, query: str, *kinds: type[int] | type[str]) -> Iterator[tuple[int | str, ...]]:
        for row in self._db.execute(query):
            for value, kind in zip(row, kinds, strict=True):
                if not isinstance(value, kind):
                    raise self._damaged(f"a value of its tables is {value!r:.40}")
            yield row

    def _old_types(self) -> dict[int, NoteType]:
        return {
            number: NoteType(
                number,
                found.name,
                found.type == 1,
                tuple(f.name for f in sorted(found.flds, key=lambda f: f.ord)),
                {t.ord: Template(t.qfmt, t.afmt) for t in found.tmpls},
            )
            for number, found in self._json("models", _TYPES).items()
        }

    def _new_types(self) -> dict[int, NoteType]:
        fields: dict[int, list[tuple[int, str]]] = {}
        for kind, place, name in self._rows("select ntid, ord, name from fields", int, int, str):
            fields.setdefault(int(kind), []).append((int(place), str(name)))
        templates: dict[int, dict[int, Template]] = {}
        for kind, place, config in self._db.execute("select ntid, ord, config from templates"):
            found = texts(config) if isinstance(config, bytes) else None
            if found is None:
                raise self._damaged("a card template is damaged")
            templates.setdefault(kind, {})[place] = Template(found.get(1, ""), found.get(2, ""))
        types = {}
        for kind, name, config in self._db.execute("select id, name, config from notetypes"):
            facts = numbers(config) if isinstance(config, bytes) else None
            if facts is None:
                raise self._damaged("a note type is damaged")
            names = tuple(field for _, field in sorted(fields.get(kind, ())))
            types[kind] = NoteType(kind, str(name), facts.get(1) == 1, names, templates.get(kind, {}))
        return types

    def _json(self, column: str, shape: TypeAdapter[T]) -> T:
        found = self._db.execute(f"select {column} from col").fetchone()  # noqa: S608 - our names
        try:
            return shape.validate_json(found[0] if found and isinstance(found[0], str) else "")
        except ValidationError:
            raise self._damaged(f"its {column} cannot be understood") from None

    def _damaged(self, why: str) -> ExchangeError:
        return damaged(self._file, why)

    def _too_large(self, what: str) -> ExchangeError:
        return ExchangeError(
            f"{self._file} is too large: {what}.", hint="Export fewer decks at once. Nothing was changed."
        )


@contextmanager
def opened(file: Path) -> Iterator[Incoming]:
    """The collection of a package, to be read inside the block. Raises ExchangeError, there too."""
    with unpacked(file) as path:
        steps = iter(range(_MOST_STEPS))
        uri = f"{path.as_uri()}?mode=ro&immutable=1"
        try:
            with closing(sqlite3.connect(uri, uri=True, isolation_level=None)) as connection:
                connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LONGEST_VALUE)
                connection.set_progress_handler(lambda: next(steps, None) is None, _STEPS)
                connection.create_collation("unicase", _compare)
                for pragma in ("trusted_schema = off", "cell_size_check = on", "query_only = on"):
                    connection.execute(f"pragma {pragma}")
                yield Incoming(file, connection)
        except sqlite3.Error as error:
            why = "it takes too long to read" if "interrupted" in str(error) else str(error)
            if "UTF-8" in why:
                why = "it holds text that is not UTF-8"
            raise damaged(file, why) from error


def _compare(one: str, other: str) -> int:
    first, second = one.casefold(), other.casefold()
    return (first > second) - (first < second)
