"""Due days: whole, within bounds, spread in Anki's ranges, and the same each time."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviewprep.memory.curve import interval
from interviewprep.memory.spread import due_day, spread_range
from interviewprep.memory.types import Memory


def days(
    stability: float, *, card: str = "a#b", reps: int = 1, maximum: int = 365, wanted: float = 0.9
) -> int:
    return (
        due_day(
            Memory(stability, 5.0),
            100,
            card=card,
            reps=reps,
            desired_retention=wanted,
            maximum_interval=maximum,
        )
        - 100
    )


@pytest.mark.parametrize(
    ("wanted", "low", "high"),
    [(0.01, 1, 1), (1.0, 1, 1), (1.5, 2, 2), (2.49, 2, 2), (2.5, 2, 4), (3, 2, 4), (7, 5, 9), (10, 8, 12),
     (20, 17, 23), (100, 93, 107), (365, 345, 365)],
)  # fmt: skip
def test_ranges_are_ankis(wanted: float, low: int, high: int) -> None:
    assert spread_range(wanted, maximum_interval=365) == (low, high)


@given(
    stability=st.floats(0.001, 36500),
    card=st.text(),
    reps=st.integers(1, 500),
    maximum=st.integers(1, 36500),
    wanted=st.floats(0.7, 0.98),
)
def test_between_one_day_and_the_maximum_and_within_the_range(
    stability: float, card: str, reps: int, maximum: int, wanted: float
) -> None:
    found = days(stability, card=card, reps=reps, maximum=maximum, wanted=wanted)
    assert 1 <= found <= maximum
    low, high = spread_range(min(interval(stability, wanted), maximum), maximum_interval=maximum)
    assert low <= found <= high


@given(card=st.text(), reps=st.integers(1, 50), a=st.floats(0.001, 400), b=st.floats(0.001, 400))
def test_a_longer_memory_never_comes_sooner(card: str, reps: int, a: float, b: float) -> None:
    assert days(min(a, b), card=card, reps=reps) <= days(max(a, b), card=card, reps=reps)


def test_cards_learned_together_part_evenly() -> None:
    found = Counter(days(20.0, card=f"deck#card-{n}") for n in range(7000))
    assert set(found) == set(range(17, 24))
    assert min(found.values()) > 850
    assert max(found.values()) < 1150


def test_each_review_draws_anew_and_each_draw_is_the_same_again() -> None:
    draws = [days(60.0, reps=reps) for reps in range(1, 40)]
    assert len(set(draws)) > 3
    assert draws == [days(60.0, reps=reps) for reps in range(1, 40)]


def test_seeds_are_stable_between_versions() -> None:
    assert [days(30.0, card="deep-learning/optimizers#momentum", reps=r) for r in (1, 2, 3)] == [33, 29, 27]
