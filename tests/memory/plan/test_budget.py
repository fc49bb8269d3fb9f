"""A day's time is never exceeded, and failed cards keep time for their repeat."""

from __future__ import annotations

from interviewprep.memory.plan.budget import DayBudget
from interviewprep.memory.plan.facts import ANSWERS, Pace


def test_an_answer_fits_only_if_the_longest_would() -> None:
    budget = DayBudget(19.5, Pace())
    assert budget.fits(is_new=False)
    assert not budget.fits(is_new=True)
    assert not budget.is_spent
    budget.take(9.0, is_repeat=False, failed=False)
    assert budget.is_spent


def test_a_failure_sets_time_aside_for_its_repeat() -> None:
    budget = DayBudget(43.0, Pace())
    budget.take(19.0, is_repeat=False, failed=True)
    assert budget.left == 24.0
    assert DayBudget(31.0, Pace()).has_room_to_repeat(is_new=False)
    assert not DayBudget(31.0, Pace()).has_room_to_repeat(is_new=True)
    assert not budget.fits(is_new=False)
    assert budget.fits(is_new=False, is_repeat=True)
    budget.take(12.0, is_repeat=True, failed=False)
    assert budget.left == 12.0
    assert budget.is_spent


def test_repeats_owed_at_the_start_are_kept_room_for() -> None:
    assert DayBudget(31.0, Pace(), owed=1).fits(is_new=False)
    assert not DayBudget(30.0, Pace(), owed=1).fits(is_new=False)


def test_in_answers_the_last_one_may_fail_without_repeat() -> None:
    budget = DayBudget(1.0, ANSWERS)
    assert budget.fits(is_new=True)
    budget.take(1.0, is_repeat=False, failed=True)
    assert not budget.fits(is_new=False, is_repeat=True)
