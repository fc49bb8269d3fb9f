"""A point among the others: more said never counts against it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviewprep.grading.context import FURTHEST, in_context, wrong_in_context
from interviewprep.grading.fitted import WEIGHTS


def test_a_point_is_seen_beside_the_mean_of_the_others() -> None:
    first, second, third = in_context([True, False, False], [0.5, 0.2, 1.0])
    assert first == pytest.approx((0.0, 0.6, 1.0, 0.6))
    assert second[1:] == pytest.approx((0.75, 0.0, 0.0))
    assert third == pytest.approx((FURTHEST, 0.35, 0.0, 0.0))


def test_a_card_with_one_point_has_no_others() -> None:
    assert in_context([True], [0.5]) == [(0.0, 0.0, 1.0, 0.0)]
    assert in_context([], []) == []


CHANCES = st.lists(st.floats(0, 1), min_size=3, max_size=3)


@given(CHANCES, CHANCES, st.lists(st.booleans(), min_size=3, max_size=3))
def test_no_chance_falls_when_others_rise(one: list[float], two: list[float], musts: list[bool]) -> None:
    low = [min(pair) for pair in zip(one, two, strict=True)]
    high = [max(pair) for pair in zip(one, two, strict=True)]
    for before, after in zip(in_context(musts, low), in_context(musts, high), strict=True):
        assert WEIGHTS.context.chance(before) <= WEIGHTS.context.chance(after) + 1e-12


def test_a_misconception_is_seen_beside_the_likeliest_other_and_what_is_not_said() -> None:
    first, second = wrong_in_context([0.5, 0.9], [1.0, 0.5], [4.0, 2.5])
    assert first == pytest.approx((0.0, 0.25, 0.9, 4.0))
    assert second[1:] == pytest.approx((0.25, 0.5, 2.5))
    assert wrong_in_context([0.5], [], [0.0]) == [(0.0, 0.5, 0.0, 0.0)]


@given(CHANCES, CHANCES)
def test_no_misconception_gets_likelier_when_more_points_are_said(one: list[float], two: list[float]) -> None:
    low = [min(pair) for pair in zip(one, two, strict=True)]
    high = [max(pair) for pair in zip(one, two, strict=True)]
    (before,), (after,) = wrong_in_context([0.6], low, [1.0]), wrong_in_context([0.6], high, [1.0])
    assert WEIGHTS.wrong_context.chance(after) <= WEIGHTS.wrong_context.chance(before) + 1e-12
