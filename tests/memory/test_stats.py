"""Streaks, true retention, solid cards."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviewprep.memory.stats import (
    GradedReview,
    Retention,
    is_solid,
    longest_streak,
    streak,
    true_retention,
)
from interviewprep.memory.types import CardState, Rating

AGAIN, HARD, GOOD, EASY = Rating


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


def test_longest_streak() -> None:
    assert longest_streak([]) == 0
    assert longest_streak([1, 2, 5, 6, 7, 7, 9]) == 3


@given(days=st.sets(st.integers(0, 60)), today=st.integers(0, 60))
def test_a_streak_is_never_longer_than_the_longest(days: set[int], today: int) -> None:
    assert 0 <= streak(days, today) <= longest_streak(days) <= len(days)


def test_true_retention_counts_first_reviews_of_later_days() -> None:
    reviews = [
        GradedReview("a", 1, AGAIN),  # the first day is no test of memory
        GradedReview("a", 1, GOOD),
        GradedReview("b", 1, GOOD),
        GradedReview("a", 3, AGAIN),  # failed
        GradedReview("a", 3, GOOD),  # the same day does not count
        GradedReview("b", 3, HARD),  # passed
        GradedReview("a", 4, EASY),  # passed
    ]
    assert true_retention(reviews) == Retention(2, 3)
    assert true_retention(reviews).rate == pytest.approx(2 / 3)
    assert true_retention(reviews, since=4) == Retention(1, 1)
    assert true_retention(reviews, until=3) == Retention(1, 2)
    assert true_retention([]).rate is None


def test_a_clock_set_back_adds_no_first_review() -> None:
    reviews = [GradedReview("a", 5, GOOD), GradedReview("a", 4, AGAIN), GradedReview("a", 5, AGAIN)]
    assert true_retention(reviews) == Retention(0, 0)


def test_solid_is_three_days_passed_and_the_interval_still_running() -> None:
    card = CardState("d#a", 9.0, 5.0, 1, 20, 0, 29, 4, 0, 3, 3, None, None, 20, None, "")
    assert is_solid(card, 29)
    assert not is_solid(card, 30)
    assert not is_solid(card._replace(pass_days=2), 29)
    assert not is_solid(card._replace(last_rating=1), 21)
