"""A library of ten thousand cards and a history of two hundred thousand reviews, for the benchmarks.

`python -m benchmarks.big FOLDER` makes them below FOLDER: use it as INTERVIEWPREP_HOME.
"""

from __future__ import annotations

import random
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

CARDS = 10_000
DECKS = 20
REVIEWS = 200_000
MS_A_DAY = 86_400_000
WORDS = [
    "gradient",
    "loss",
    "weight",
    "layer",
    "batch",
    "kernel",
    "token",
    "query",
    "cache",
    "recall",
    "prior",
    "tree",
    "margin",
    "split",
    "node",
]
COLUMNS = """
    seq id learner device session_id card part prompt mode
    reason moves at_ms utc_offset_min study_day rating hints attempts think_ms duration_ms
    answer verdict mistake card_hash params_id
"""


def make_decks(folder: Path, *, cards: int = CARDS, decks: int = DECKS) -> list[str]:
    """Write `decks` files with `cards` cards altogether; returns the cards' full names."""
    rng = random.Random(7)
    folder.mkdir(parents=True, exist_ok=True)
    names = []
    for deck in range(decks):
        lines = ["format: 1", f"title: Deck {deck}", "cards:"]
        for number in range(deck, cards, decks):
            words = " ".join(rng.choices(WORDS, k=9))
            names.append(f"deck-{deck:02}#card-{number}")
            lines += [
                f"  - id: card-{number}",
                "    level: medium",
                f"    tags: [{rng.choice(WORDS)}]",
                f"    question: What does {words} mean in case {number}?",
                f"    short: It is {' '.join(rng.choices(WORDS, k=40))}.",
                "    key_points:",
                *(f"      - {{id: p{p}, text: {' '.join(rng.choices(WORDS, k=7))}}}" for p in range(4)),
                "    misconceptions:",
                f"      - {{id: w, wrong: {words} is wrong., why: {words} is right.}}",
                "    detailed: |",
                *(f"      {' '.join(rng.choices(WORDS, k=10))} $x_{{{p}}}^2$" for p in range(8)),
            ]
        (folder / f"deck-{deck:02}.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return names


def make_history(database: Path, names: list[str], *, reviews: int = REVIEWS) -> None:
    """Write a log of `reviews` answers over the cards, and the states that follow from it."""
    from interviewprep.settings import Settings
    from interviewprep.store import doctor
    from interviewprep.store.store import Store

    def open_store() -> Store:
        return Store.open(
            database, backups=database.parent / "backups", settings=Settings(), now=datetime.now(UTC)
        )

    open_store().close()
    with closing(sqlite3.connect(database)) as connection, connection:
        device = connection.execute("SELECT value FROM meta WHERE key LIKE '%device%'").fetchone()[0]
        fields = COLUMNS.split()
        marks = ", ".join("?" * len(fields))
        connection.executemany(
            f"INSERT INTO review ({', '.join(fields)}) VALUES ({marks})", _rows(names, reviews, device)
        )
    store = open_store()
    doctor.rebuild(store)
    store.close()


def _rows(names: list[str], reviews: int, device: str) -> Iterator[tuple[object, ...]]:
    rng = random.Random(11)
    today_ms = int(datetime.now(UTC).timestamp() * 1000)
    each = reviews // len(names)
    seq = 0
    for name in names:
        # Gaps grow to 60 days, and the newest answer is less than that back: someone who keeps at it.
        days_back = rng.uniform(1, 60)
        moments: list[float] = []
        for number in reversed(range(each)):
            moments.append(days_back)
            days_back += min(60.0, 1.3**number)
        for place, back in enumerate(reversed(moments)):
            seq += 1
            at_ms = today_ms - round(back * MS_A_DAY)
            rating = rng.choices((1, 2, 3, 4), (8, 10, 75, 7))[0]
            yield (
                *(seq, f"{seq:032x}", "me", device, "big", name, "question", "", "drill"),
                *("due" if place else "new", 1, at_ms, 0, at_ms // MS_A_DAY, rating, 0, 1, 4_000, 9_000),
                *("", "{}", "", "", ""),
            )


def make_home(home: Path, *, cards: int = CARDS, reviews: int = REVIEWS) -> None:
    """A home folder with a big library of the user's own, its index and a long history."""
    names = make_decks(home / "decks", cards=cards)
    make_history(home / "progress.db", names, reviews=reviews)


if __name__ == "__main__":
    make_home(Path(sys.argv[1]))
