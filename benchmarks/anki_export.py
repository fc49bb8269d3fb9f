"""Exporting 10,000 cards with 25,000 reviews for Anki: ours, Anki's own backend, and genanki.

Fields are at hand on all sides: in our cache by content hash, in memory for the others; the first rendering
of all cards is reported apart. With progress: our `export_package` and `remember`, against Anki's backend
building the same collection note by note (`add_note`, as programs use it), with the same schedule and
history set by plain SQL in one transaction, and exporting it in the same format. The backend's quickest way,
all notes in one call, is printed beside it. Without progress: ours, and genanki writing the same fields.
Interleaved runs on one disk (BENCH_DIR chooses it). Memory is the peak of the whole command. Run with
`python -m benchmarks.anki_export`; it needs the extras `test` and `bench`.
"""

from __future__ import annotations

import gc
import os
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable
from contextlib import closing, redirect_stdout
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import NamedTuple

from benchmarks.big import make_decks, make_history
from interviewprep.__main__ import OBJECTS_BEFORE_COLLECTION
from interviewprep.exchange.anki import templates
from interviewprep.exchange.anki.export import NoteContent, export_package, note_contents, remember
from interviewprep.exchange.anki.fields import SEPARATOR
from interviewprep.exchange.anki.names import deck_name, guid_of, id_of
from interviewprep.exchange.anki.notetypes import QA
from interviewprep.settings import Settings, find_paths
from interviewprep.store.index import Library
from interviewprep.study.desk import Desk
from interviewprep.study.selection import Selection

CARDS = 10_000
REVIEWED = 5_000
REVIEWS = 25_000
RUNS = 3
AT_LEAST_FASTER = 8.0
AT_MOST_SLOWER = 1.5
AT_MOST_MB = 150


def main() -> int:
    """Print the figures; the exit code says whether all targets are met."""
    # As the command runs (`interviewprep.__main__`); the peers are spared the same passes over all objects.
    gc.set_threshold(OBJECTS_BEFORE_COLLECTION, 20, 20)
    with tempfile.TemporaryDirectory(dir=os.environ.get("BENCH_DIR")) as name:
        folder = Path(name)
        names = make_decks(folder / "decks", cards=CARDS)
        make_history(folder / "progress.db", names[:REVIEWED], reviews=REVIEWS)
        desk = open_desk(folder)
        first = timed(lambda: ours(desk, folder, with_progress=True))
        print(f"first export, all {CARDS} cards rendered: {first:.2f} s")
        contents = list(note_contents(desk, desk.library.heads))
        schedule = read_schedule(folder / "ours.apkg", folder)
        times: dict[str, list[float]] = {}
        for run in range(RUNS):
            at_work: dict[str, Callable[[], None]] = {
                "interviewprep": lambda: ours(desk, folder, with_progress=True),
                "Anki, note by note": partial(
                    anki, contents, schedule, folder / f"anki-{run}", at_once=False
                ),
                "Anki, all notes at once": partial(
                    anki, contents, schedule, folder / f"anki-bulk-{run}", at_once=True
                ),
                "interviewprep, no progress": lambda: ours(desk, folder, with_progress=False),
                "genanki": lambda: genanki(contents, folder / "genanki.apkg"),
            }
            for peer, work in at_work.items():
                times.setdefault(peer, []).append(timed(work))
        desk.close()
        peak = peak_mb(folder)
    for peer, found in times.items():
        print(f"{peer:27} median of {RUNS}: {statistics.median(found):.2f} s (fastest {min(found):.2f})")
    medians = {peer: statistics.median(found) for peer, found in times.items()}
    faster = medians["Anki, note by note"] / medians["interviewprep"]
    slower = medians["interviewprep, no progress"] / medians["genanki"]
    bulk = medians["Anki, all notes at once"] / medians["interviewprep"]
    print(f"{bulk:.1f} times faster than the backend, all notes at once")
    met = [
        say(
            f"{faster:.1f} times faster than the backend, note by note",
            f"at least {AT_LEAST_FASTER}",
            met=faster >= AT_LEAST_FASTER,
        ),
        say(f"{slower:.2f} times genanki", f"at most {AT_MOST_SLOWER}", met=slower <= AT_MOST_SLOWER),
        say(f"peak memory {peak:.0f} MB", f"under {AT_MOST_MB}", met=peak < AT_MOST_MB),
    ]
    return 0 if all(met) else 1


def say(figure: str, target: str, *, met: bool) -> bool:
    """Print one figure with its target."""
    print(f"{figure} (target {target}): {'met' if met else 'MISSED'}")
    return met


def timed(work: Callable[[], None]) -> float:
    """Seconds of one call."""
    start = perf_counter()
    work()
    return perf_counter() - start


def open_desk(home: Path) -> Desk:
    """A desk over the big library, its store open."""
    paths = find_paths({"INTERVIEWPREP_HOME": str(home)})
    desk = Desk(Settings(), paths, Library.open(paths.index, (paths.user_decks,)))
    desk.prepare()
    return desk


def ours(desk: Desk, folder: Path, *, with_progress: bool) -> None:
    """Our export, as the command does it."""
    made = export_package(desk, folder / "ours.apkg", Selection(), with_progress=with_progress, as_one=False)
    remember(desk, made)
    assert (made.notes, made.reviews) == (CARDS, REVIEWS if with_progress else 0)


class Schedule(NamedTuple):
    """What a package of ours says of each card, in the order of the notes."""

    cards: list[tuple[object, ...]]
    """type, queue, due, ivl, factor, reps, lapses, data"""
    reviews: list[tuple[object, ...]]
    """The place of the card, then the columns of `revlog`."""


def read_schedule(package: Path, folder: Path) -> Schedule:
    """Read back what we exported, so that all write the same."""
    zipfile.ZipFile(package).extract("collection.anki2", folder)
    with closing(sqlite3.connect(folder / "collection.anki2")) as db:
        cards = db.execute(
            "select type, queue, due, ivl, factor, reps, lapses, data from cards order by rowid"
        ).fetchall()
        places = {
            card: place for place, (card,) in enumerate(db.execute("select id from cards order by rowid"))
        }
        reviews = [
            (places[row[0]], *row[1:])
            for row in db.execute("select cid, id, usn, ease, ivl, lastIvl, factor, time, type from revlog")
        ]
    return Schedule(cards, reviews)


def anki(contents: list[NoteContent], schedule: Schedule, folder: Path, *, at_once: bool) -> None:
    """Build the same collection with Anki's backend, and export it."""
    from anki.collection import AddNoteRequest, Collection, DeckIdLimit, ExportAnkiPackageOptions

    folder.mkdir()
    with redirect_stdout(sys.stderr):
        collection = Collection(str(folder / "collection.anki2"))
    models = collection.models
    model = models.new(QA.name)
    for field in QA.fields:
        models.add_field(model, models.new_field(field))
    template = models.new_template("Card 1")
    template["qfmt"], template["afmt"] = templates.front("qa"), templates.back("qa")
    models.add_template(model, template)
    model["css"] = templates.CSS
    models.add(model)
    decks = {name: collection.decks.id(deck_name(name)) for name in {c.head.deck for c in contents}}
    requests = []
    for content in contents:
        note = collection.new_note(model)
        note.fields = content.fields.split(SEPARATOR)
        note.tags = content.tags.split()
        note.guid = guid_of(content.head.name)
        deck = decks[content.head.deck]
        assert deck is not None
        requests.append(AddNoteRequest(note, deck))
    if at_once:
        collection.add_notes(requests)
    else:
        for request in requests:
            collection.add_note(request.note, request.deck_id)
    db = collection.db
    assert db is not None
    ids = db.list("select id from cards order by id")

    def set_progress() -> None:
        db.executemany(
            "update cards set type=?, queue=?, due=?, ivl=?, factor=?, reps=?, lapses=?, data=? where id=?",
            [(*row, card) for row, card in zip(schedule.cards, ids, strict=True)],
        )
        db.executemany(
            "insert into revlog (cid, id, usn, ease, ivl, lastIvl, factor, time, type)"
            " values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [(ids[place], *row) for place, *row in schedule.reviews],
        )

    db.transact(set_progress)
    root = collection.decks.id("Interview prep")
    assert root is not None
    collection.export_anki_package(
        out_path=str(folder / "anki.apkg"),
        options=ExportAnkiPackageOptions(with_scheduling=True, with_deck_configs=True, legacy=True),
        limit=DeckIdLimit(root),
    )
    collection.close()


def genanki(contents: list[NoteContent], package: Path) -> None:
    """Write the same fields with genanki, which knows no progress."""
    import genanki as library

    model = library.Model(
        QA.id,
        QA.name,
        fields=[{"name": field} for field in QA.fields],
        templates=[{"name": "Card 1", "qfmt": templates.front("qa"), "afmt": templates.back("qa")}],
        css=templates.CSS,
    )
    decks: dict[str, library.Deck] = {}
    for content in contents:
        name = content.head.deck
        if name not in decks:
            decks[name] = library.Deck(id_of(name), deck_name(name))
        decks[name].add_note(
            library.Note(
                model=model,
                fields=content.fields.split(SEPARATOR),
                guid=guid_of(content.head.name),
                tags=content.tags.split(),
            )
        )
    library.Package(list(decks.values())).write_to_file(package)


def peak_mb(home: Path) -> float:
    """Peak resident memory of the command in a process of its own, fields at hand."""
    # VmHWM and not ru_maxrss, which a child takes over from its parent.
    script = (
        "import pathlib, sys\n"
        "from interviewprep.cli.run import run\n"
        f"code = run(['export', 'anki', {str(home / 'ours.apkg')!r}], {{}})\n"
        "status = pathlib.Path('/proc/self/status').read_text()\n"
        "print(status.partition('VmHWM:')[2].split()[0], file=sys.stderr)\n"
        "sys.exit(code)\n"
    )
    peaks = []
    for _ in range(2):  # the first reads the shipped decks, too
        done = subprocess.run(
            [sys.executable, "-c", script],
            env={**os.environ, "INTERVIEWPREP_HOME": str(home)},
            capture_output=True,
            text=True,
            check=True,
        )
        peaks.append(int(done.stderr.split()[-1]) / 1024)
    return peaks[-1]


if __name__ == "__main__":
    sys.exit(main())
