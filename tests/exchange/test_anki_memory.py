"""Histories in Anki: what its own FSRS makes of ours."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

import pytest
from exchange.backend import Anki, system_in_utc
from support import Clock, World

from interviewprep.exchange.anki.export import export_package
from interviewprep.exchange.anki.names import guid_of
from interviewprep.memory.days import study_day
from interviewprep.settings import Settings
from interviewprep.store import doctor
from interviewprep.study.desk import Desk
from interviewprep.study.selection import Selection

CARDS = 500
MOST_REVIEWS = 30


class Taken(NamedTuple):
    """500 histories, exported and imported."""

    desk: Desk
    anki: Anki
    reviews: int


@pytest.fixture(scope="module")
def taken(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Taken]:
    """Random histories of up to 30 reviews, some of one day, in UTC."""
    home = tmp_path_factory.mktemp("histories")
    (home / "shipped").mkdir()
    lines = [f"  - {{id: c-{n}, question: Card {n}?, short: Yes.}}" for n in range(CARDS)]
    (home / "shipped" / "many.yaml").write_text("\n".join(["format: 1", "cards:", *lines]), encoding="utf-8")
    world = World(home, Clock(datetime.now(UTC)), Settings())
    empty = world.desk()
    empty.prepare()
    empty.close()
    reviews = write_histories(home / "progress.db", world.clock.now)
    desk = world.desk()
    doctor.rebuild(desk.store)
    with system_in_utc():
        made = export_package(desk, home / "a.apkg", Selection(), with_progress=True, as_one=False)
        assert made.reviews == reviews
        anki = Anki.open(home / "anki")
        assert anki.take(home / "a.apkg").new == CARDS
        yield Taken(desk, anki, reviews)
        anki.close()
    desk.close()


def write_histories(database: Path, now: datetime) -> int:
    """Write reviews as the store would, but all at once; returns how many."""
    rng = random.Random(20_260_101)
    rows: list[tuple[object, ...]] = []
    for number in range(CARDS):
        at = now - timedelta(days=rng.uniform(30, 900))
        for _ in range(rng.randint(1, MOST_REVIEWS)):
            if at >= now:
                break
            seq = len(rows) + 1
            # Anki counts the first second of a day to the day before (docs/anki.md).
            at = at.replace(second=max(at.second, 1))
            rating = rng.choices((1, 2, 3, 4), (20, 15, 50, 15))[0]
            day = study_day(at, rollover_hour=4, tz=UTC)
            at_ms = round(at.timestamp() * 1000)
            rows.append((seq, f"{seq:032x}", f"many#c-{number}", at_ms, day, rating))
            is_same_day = rng.random() < 0.3
            at += timedelta(minutes=rng.uniform(1, 90), days=0 if is_same_day else rng.expovariate(1 / 20))
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.executemany(
            "insert into review (seq, id, card, at_ms, study_day, rating, learner, device, session_id, part,"
            " prompt, mode, reason, moves, utc_offset_min, hints, attempts, think_ms, duration_ms, answer,"
            " verdict, mistake, card_hash, params_id) values (?, ?, ?, ?, ?, ?,"
            " 'me', 'd', 's', 'question', '', 'drill', 'due', 1, 0, 0, 1, 0, 9000, '', '', '', '', '')",
            rows,
        )
    return len(rows)


def test_anki_recomputes_our_memory_from_the_history(taken: Taken) -> None:
    states = taken.desk.store.states()
    assert len(states) == CARDS
    assert taken.anki.one("select count(*) from revlog") == taken.reviews > 4_000
    rows = taken.anki.rows("select n.guid, c.id from cards c join notes n on n.id = c.nid")
    cards = {str(guid): card_id for guid, card_id in rows}
    for name, state in states.items():
        found = taken.anki.collection.compute_memory_state(cards[guid_of(name)])  # type: ignore[arg-type]
        assert found.stability is not None, name
        assert found.difficulty is not None
        # Anki computes with 32-bit floats: of a stability over a month the fourth decimal is theirs.
        assert found.stability == pytest.approx(state.stability, abs=5e-5, rel=3e-6), name
        assert found.difficulty == pytest.approx(state.difficulty, abs=5e-5), name


def test_due_days_are_ours(taken: Taken) -> None:
    today = taken.desk.today()
    due = {
        guid_of(name): (state.due_day if state.repeat_day != today else today) - today
        for name, state in taken.desk.store.states().items()
    }
    rows = taken.anki.rows(
        "select n.guid, c.due - ? from cards c join notes n on n.id = c.nid",
        taken.anki.collection.sched.today,
    )
    assert {guid: day for guid, day in rows} == due  # noqa: C416 - rows are lists


def test_the_state_stored_with_a_card_is_the_recomputed_one(taken: Taken) -> None:
    for [card_id] in taken.anki.rows("select id from cards"):
        stored = taken.anki.collection.get_card(card_id).memory_state  # type: ignore[arg-type]
        found = taken.anki.collection.compute_memory_state(card_id)  # type: ignore[arg-type]
        assert stored is not None
        assert found.stability == pytest.approx(stored.stability, abs=1e-4, rel=1e-4)
        assert found.difficulty == pytest.approx(stored.difficulty, abs=1e-3)


def test_lapses_and_answers_are_counted_alike(taken: Taken) -> None:
    rows = taken.anki.rows("select n.guid, c.reps, c.lapses from cards c join notes n on n.id = c.nid")
    counted = {guid: (reps, lapses) for guid, reps, lapses in rows}
    states = taken.desk.store.states()
    assert counted == {guid_of(name): (state.reps, state.lapses) for name, state in states.items()}


def test_every_first_answer_is_a_learning_one(taken: Taken) -> None:
    firsts = taken.anki.rows("select type from revlog group by cid having id = min(id)")
    assert firsts == [[0]] * CARDS
    assert taken.anki.rows("select distinct type from revlog order by type") == [[0], [1], [2]]
