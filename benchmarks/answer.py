"""One answer and the next card, durable, with ten thousand cards: ours against Anki's real backend.

Both keep their database in one folder on the same disk, in WAL mode with `synchronous` FULL (checked, not
assumed), and answer the same number of due cards with the same ratings in interleaved runs. Timed: Anki's
`answer_card` and `get_queued_cards`; our `Store.append`, `Queue.record` and `Queue.next`. Anki holds its
file exclusively, ours is open to a second program. Run with `python -m benchmarks.answer`; it needs the
extra `bench`.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stdout
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import perf_counter_ns

CARDS = 10_000
DUE = 3_000
RUNS = 10
ANSWERS = 150
TARGET = 1.5
RATINGS = (3, 3, 1, 3, 2, 3, 4, 3, 3, 3)
NOW = datetime.now(UTC)
TODAY = (NOW - datetime(1970, 1, 1, tzinfo=UTC)).days


def main() -> int:
    """Print both medians and the ratio; the exit code says whether the target is met."""
    our_runs: list[list[float]] = []
    anki_runs: list[list[float]] = []
    with (
        tempfile.TemporaryDirectory(dir=os.environ.get("BENCH_DIR")) as folder,
        ours(Path(folder)) as our_answer,
        anki(Path(folder)) as anki_answer,
    ):
        for _ in range(RUNS):
            our_runs.append(run(our_answer))
            anki_runs.append(run(anki_answer))
    ratio = show("interviewprep", our_runs) / show("Anki backend", anki_runs)
    print(f"ratio {ratio:.2f} (target at most {TARGET}): {'met' if ratio <= TARGET else 'MISSED'}")
    return 0 if ratio <= TARGET else 1


def run(answer: Callable[[int], int]) -> list[float]:
    """Milliseconds of each of ANSWERS answers; `answer` takes a rating, returns nanoseconds."""
    return [answer(RATINGS[n % len(RATINGS)]) / 1e6 for n in range(ANSWERS)]


def show(name: str, runs: list[list[float]]) -> float:
    """Print one line of figures; returns the median of the runs' medians."""
    medians = [statistics.median(times) for times in runs]
    every = sorted(ms for times in runs for ms in times)
    print(
        f"{name:14} answer + next card, {CARDS} cards: median of {RUNS} runs"
        f" {statistics.median(medians):.3f} ms (fastest {min(medians):.3f}, slowest {max(medians):.3f});"
        f" p99 of all answers {every[len(every) * 99 // 100]:.2f} ms"
    )
    return statistics.median(medians)


@contextmanager
def ours(folder: Path) -> Iterator[Callable[[int], int]]:
    """Our store and queue over CARDS cards with a state, DUE of them due."""
    from interviewprep.cards.heads import CardHead
    from interviewprep.memory.queue import Queue
    from interviewprep.memory.types import Asked, QueueLimits
    from interviewprep.settings import Settings
    from interviewprep.store.records import Answer
    from interviewprep.store.store import Store

    names = [f"deck-{n % 20}#card-{n}" for n in range(CARDS)]
    heads = [
        CardHead(name, "qa", f"concept-{n}", "", "medium", "must", "", 1) for n, name in enumerate(names)
    ]
    store = Store.open(folder / "progress.db", backups=folder / "backups", settings=Settings(), now=NOW)
    pragma = store.database.pragma
    assert (store.database.journal_mode, pragma("synchronous")) == ("wal", 2)

    def answer_for(card: str, rating: int, at: datetime, reason: str) -> Answer:
        return Answer(
            card=card,
            rating=rating,
            at=at,
            utc_offset_min=0,
            study_day=(at - datetime(1970, 1, 1, tzinfo=UTC)).days,
            session_id="benchmark",
            mode="drill",
            reason=reason,
            moves=True,
            duration_ms=9_000,
            card_hash="0123456789ab",
        )

    for n, name in enumerate(names):
        # Good once: due after two or three days. The first DUE are overdue today, the others are not yet.
        at = NOW - timedelta(days=5 if n < DUE else 0)
        store.append(answer_for(name, 3, at, "picked" if n < DUE else "new"))
    queue = Queue(heads, store.progress(TODAY), QueueLimits(new_per_day=0, reviews_per_day=9999))

    def answer(rating: int) -> int:
        item = queue.next()
        assert item is not None
        given = answer_for(item.card, rating, datetime.now(UTC), item.reason)
        start = perf_counter_ns()
        recorded = store.append(given)
        assert recorded.after is not None
        queue.record(Asked(item.card, rating, item.reason), recorded.after)
        queue.next()
        return perf_counter_ns() - start

    yield answer
    store.close()


@contextmanager
def anki(folder: Path) -> Iterator[Callable[[int], int]]:
    """Anki's backend over CARDS review cards with FSRS states, DUE of them due."""
    from anki.collection import AddNoteRequest, Collection
    from anki.scheduler.v3 import CardAnswer

    with redirect_stdout(sys.stderr):
        collection = Collection(str(folder / "collection.anki2"))
    db = collection.db
    assert db is not None
    assert (db.scalar("pragma journal_mode"), db.scalar("pragma synchronous")) == ("wal", 2)
    deck = collection.decks.id("benchmark")
    assert deck is not None
    collection.set_config("fsrs", True)
    config = collection.decks.config_dict_for_deck_id(deck)
    config["rev"]["perDay"] = 9999
    collection.decks.update_config(config)
    model = collection.models.by_name("Basic")
    assert model is not None
    requests = []
    for n in range(CARDS):
        note = collection.new_note(model)
        note.fields = [f"Question {n}?", f"Answer {n}."]
        requests.append(AddNoteRequest(note, deck))
    collection.add_notes(requests)
    state = '{"s":2.3,"d":2.1,"dr":0.9,"decay":0.1542}'
    db.execute("update cards set type=2, queue=2, ivl=2, factor=2500, reps=1, due=3, data=?", state)
    ids = db.list("select id from cards order by id limit ?", DUE)
    db.executemany("update cards set due=-3 where id=?", [(i,) for i in ids])
    collection.decks.select(deck)
    ratings = (CardAnswer.AGAIN, CardAnswer.HARD, CardAnswer.GOOD, CardAnswer.EASY)
    queued = collection.sched.get_queued_cards()

    def answer(rating: int) -> int:
        nonlocal queued
        first = queued.cards[0]
        card = collection.get_card(first.card.id)
        card.start_timer()
        given = collection.sched.build_answer(card=card, states=first.states, rating=ratings[rating - 1])
        start = perf_counter_ns()
        collection.sched.answer_card(given)
        queued = collection.sched.get_queued_cards()
        return perf_counter_ns() - start

    yield answer
    collection.close()


if __name__ == "__main__":
    sys.exit(main())
