"""Streaks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviewprep.memory.stats import streak


@pytest.mark.parametrize(
    ("days", "wanted"),
    [
        ([], 0),
        ([10], 1),
        ([9], 1),
        ([8], 0),
        ([7, 8, 9], 3),
        ([7, 8, 9, 10], 4),
        ([6, 8, 9, 10, 10], 3),
        ([10, 11, 12], 1),
    ],
)
def test_streak_counts_days_up_to_today_or_yesterday(days: list[int], wanted: int) -> None:
    assert streak(days, 10) == wanted


@given(days=st.sets(st.integers(0, 60)), today=st.integers(0, 60))
def test_a_streak_is_never_longer_than_the_days_studied(days: set[int], today: int) -> None:
    assert 0 <= streak(days, today) <= len(days)
