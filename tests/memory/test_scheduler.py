"""The scheduler equals py-fsrs fed midnight-UTC study days without learning steps and fuzz."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta

import fsrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviewprep.memory.curve import DEFAULT_WEIGHTS
from interviewprep.memory.scheduler import Scheduler
from interviewprep.memory.types import Memory, Rating

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
OTHER_WEIGHTS = (*(w * 1.05 for w in DEFAULT_WEIGHTS[:20]), 0.3)

ratings = st.sampled_from(list(Rating))
gaps = st.one_of(st.just(0), st.integers(0, 3), st.integers(0, 400))
histories = st.lists(st.tuples(gaps, ratings), min_size=1, max_size=30)


def by_py_fsrs(weights: tuple[float, ...], history: list[tuple[int, Rating]]) -> list[Memory]:
    scheduler = fsrs.Scheduler(weights, learning_steps=(), relearning_steps=(), enable_fuzzing=False)
    card = fsrs.Card(card_id=1)
    at = EPOCH + timedelta(days=20000)
    found = []
    for gap, rating in history:
        at += timedelta(days=gap)
        card, _ = scheduler.review_card(card, fsrs.Rating(rating), at)
        assert card.stability is not None
        assert card.difficulty is not None
        found.append(Memory(card.stability, card.difficulty))
    return found


def by_us(scheduler: Scheduler, history: list[tuple[int, Rating]]) -> list[Memory]:
    memory: Memory | None = None
    found = []
    for gap, rating in history:
        memory = scheduler.first(rating) if memory is None else scheduler.next(memory, rating, gap)
        found.append(memory)
    return found


@given(history=histories)
def test_equals_py_fsrs(history: list[tuple[int, Rating]]) -> None:
    assert by_us(Scheduler.DEFAULT, history) == by_py_fsrs(DEFAULT_WEIGHTS, history)


@given(history=histories)
def test_equals_py_fsrs_with_personal_weights(history: list[tuple[int, Rating]]) -> None:
    assert by_us(Scheduler(OTHER_WEIGHTS), history) == by_py_fsrs(OTHER_WEIGHTS, history)


def test_known_values() -> None:
    scheduler = Scheduler.DEFAULT
    good = scheduler.first(Rating.GOOD)
    assert good == pytest.approx((2.3065, 2.118104), abs=1e-6)
    assert scheduler.next(good, Rating.GOOD, 2).stability == pytest.approx(10.9652, abs=1e-3)
    assert scheduler.next(good, Rating.AGAIN, 2).stability < good.stability
    assert scheduler.next(good, Rating.GOOD, 0).stability == pytest.approx(2.3065, abs=0.5)


def test_never_sleeps_and_leaves_the_global_random_source_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(time, "sleep", lambda _: pytest.fail("slept"))
    before = random.getstate()
    scheduler = Scheduler()
    scheduler.next(scheduler.first(Rating.EASY), Rating.HARD, 9)
    assert random.getstate() == before


def test_centuries_between_reviews_are_no_error() -> None:
    memory = Scheduler.DEFAULT.next(Memory(5.0, 5.0), Rating.GOOD, 10**9)
    assert memory.stability > 5


def test_params_id_names_the_weights_by_content() -> None:
    assert Scheduler().params_id == Scheduler(DEFAULT_WEIGHTS).params_id == Scheduler.DEFAULT.params_id
    assert Scheduler().params_id == "fsrs6-a7629b717a1e"
    assert Scheduler(OTHER_WEIGHTS).params_id != Scheduler().params_id


def test_refuses_another_number_of_weights_and_weights_out_of_bounds() -> None:
    with pytest.raises(ValueError, match="21 weights, got 19"):
        Scheduler(DEFAULT_WEIGHTS[:19])
    with pytest.raises(ValueError, match="out of bounds"):
        Scheduler((-1.0, *DEFAULT_WEIGHTS[1:])).first(Rating.GOOD)


@pytest.mark.parametrize("module", ["queue", "curve", "days", "types", "stats", "cram", "scheduler", "fold"])
def test_importing_loads_neither_fsrs_nor_a_database_nor_pydantic(module: str) -> None:
    unwanted = ("fsrs", "sqlmodel", "sqlalchemy", "sqlite3", "pydantic", "textual")
    code = f"import sys, interviewprep.memory.{module}; print([m for m in {unwanted} if m in sys.modules])"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"
