"""Packages of Anki's made by hand, so that they can be wrong in any way."""

from __future__ import annotations

import json
import sqlite3
import zipfile
from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path

TYPES: Mapping[str, object] = {
    "7": {
        "name": "Basic",
        "type": 0,
        "flds": [{"name": "Front", "ord": 0}, {"name": "Back", "ord": 1}],
        "tmpls": [{"ord": 0, "qfmt": "{{Front}}", "afmt": "{{FrontSide}}<hr id=answer>{{Back}}"}],
    },
    "8": {
        "name": "Cloze",
        "type": 1,
        "flds": [{"name": "Text", "ord": 0}, {"name": "Extra", "ord": 1}],
        "tmpls": [{"ord": 0, "qfmt": "{{cloze:Text}}", "afmt": "{{cloze:Text}}<br>{{Extra}}"}],
    },
}
DECKS: Mapping[str, object] = {"1": {"name": "Default"}, "2": {"name": "Lang::German"}}
TABLES = """
create table col (id integer primary key, conf text, models text, decks text);
create table notes (id integer primary key, guid text, mid integer, mod integer, tags text, flds text);
create table cards (
  id integer primary key, nid integer, did integer, ord integer, mod integer, type integer, queue integer,
  flags integer, odid integer);
create table revlog (
  id integer primary key, cid integer, ease integer, ivl integer, factor integer, time integer, type integer);
"""
Value = str | int | bytes | None


def write_collection(
    path: Path,
    *,
    notes: Sequence[tuple[Value, ...]] = (),
    cards: Sequence[tuple[Value, ...]] | None = None,
    reviews: Sequence[tuple[Value, ...]] = (),
    types: Mapping[str, object] | str = TYPES,
    decks: Mapping[str, object] = DECKS,
    conf: Mapping[str, object] | None = None,
    tables: str = TABLES,
    after: str = "",
) -> Path:
    """A collection of schema 11.

    Notes are (id, guid, type, mod, tags, fields); each has one card with its id, unless `cards` are
    (id, note, deck, ord, mod, type, queue, flags, home deck). Reviews are (id, card, ease, ivl, factor,
    time, kind).
    """
    path.unlink(missing_ok=True)
    if cards is None:
        cards = [(note[0], note[0], 2, 0, 1_700_000_000, 0, 0, 0, 0) for note in notes]
    with closing(sqlite3.connect(path)) as db, db:
        db.executescript(tables)
        words = types if isinstance(types, str) else json.dumps(types)
        settings = json.dumps({"rollover": 4, "schedVer": 2} if conf is None else conf)
        db.execute("insert into col values (1, ?, ?, ?)", (settings, words, json.dumps(decks)))
        if notes:
            db.executemany("insert into notes values (?, ?, ?, ?, ?, ?)", notes)
        if cards:
            db.executemany("insert into cards values (?, ?, ?, ?, ?, ?, ?, ?, ?)", cards)
        if reviews:
            db.executemany("insert into revlog values (?, ?, ?, ?, ?, ?, ?)", reviews)
        db.executescript(after)
    return path


def package(path: Path, members: Mapping[str, bytes | Path], *, method: int = zipfile.ZIP_DEFLATED) -> Path:
    """A zip with these members."""
    with zipfile.ZipFile(path, "w", method) as out:
        for name, content in members.items():
            out.writestr(name, content if isinstance(content, bytes) else content.read_bytes())
    return path


def note(number: int, front: str, back: str, *, guid: str = "", tags: str = "") -> tuple[Value, ...]:
    """A basic note."""
    return (number, guid or f"guid{number}", 7, 1_700_000_000, tags, f"{front}\x1f{back}")


def legacy(folder: Path, **contents: object) -> Path:
    """A package with a collection of these contents (see write_collection)."""
    collection = write_collection(folder / "collection.db", **contents)  # type: ignore[arg-type]
    return package(folder / "made.apkg", {"collection.anki2": collection, "media": b"{}"})
