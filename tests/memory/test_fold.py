"""The fold: one card's log to its state, by steps or at once, whatever the order and the clock."""

from __future__ import annotations

import math
from datetime import UTC, datetime, timedelta

import fsrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviewprep.memory import fold as folding
from interviewprep.memory.fold import is_leech, is_red_today, preview, rescheduled
from interviewprep.memory.scheduler import Scheduler
from interviewprep.memory.types import CardState, Rating, ReviewEvent

CARD = "deep-learning/optimizers#momentum"
SCHEDULER = Scheduler.DEFAULT
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
DAY_MS = 86_400_000
AGAIN, HARD, GOOD, EASY = Rating
Review = tuple[int, Rating] | tuple[int, Rating, int]
"""(study day, rating[, confidence])"""


def fold(
    events: list[ReviewEvent], *, retention: float = 0.9, maximum: int = 365, card: str = CARD
) -> CardState | None:
    return folding.fold(card, events, SCHEDULER, desired_retention=retention, maximum_interval=maximum)


def step(
    state: CardState | None, event: ReviewEvent, *, retention: float = 0.9, maximum: int = 365
) -> CardState:
    return folding.step(state, CARD, event, SCHEDULER, desired_retention=retention, maximum_interval=maximum)


def state_after(*reviews: Review) -> CardState:
    """The state after reviews in this order."""
    state = fold([ReviewEvent(f"{n:03}", n, *review) for n, review in enumerate(reviews)])
    assert state is not None
    return state


@st.composite
def logs(draw: st.DrawFn) -> list[ReviewEvent]:
    """A log of one card: mostly forwards in time, with travel, clocks set back and equal moments."""
    day, at_ms = 20000, 20000 * DAY_MS
    events = []
    for number in range(draw(st.integers(1, 14))):
        gap = draw(st.sampled_from([0, 0, 0, 1, 1, 2, 5, 7, 8, 30, -1, -3]))
        day += gap
        at_ms += gap * DAY_MS + draw(st.integers(0, 3)) * 1000
        rating = draw(st.sampled_from(Rating))
        confidence = draw(st.sampled_from([None, None, 1, 2, 3]))
        events.append(ReviewEvent(f"{draw(st.integers(0, 9))}-{number}", at_ms, day, int(rating), confidence))
    return events


@given(events=logs(), shuffled=st.randoms(use_true_random=False))
def test_fold_is_steps_in_order_of_time_whatever_the_order_given(
    events: list[ReviewEvent], shuffled: object
) -> None:
    state: CardState | None = None
    for event in sorted(events, key=lambda e: (e.at_ms, e.id)):
        state = step(state, event)
    mixed = list(events)
    shuffled.shuffle(mixed)  # type: ignore[attr-defined]
    assert fold(mixed) == fold(events) == state


@given(events=logs())
def test_memory_equals_py_fsrs_at_midnight_of_the_stored_study_days(events: list[ReviewEvent]) -> None:
    theirs = fsrs.Scheduler(learning_steps=(), relearning_steps=(), enable_fuzzing=False)
    card = fsrs.Card(card_id=1)
    for event in sorted(events, key=lambda e: (e.at_ms, e.id)):
        at = EPOCH + timedelta(days=event.study_day)
        card, _ = theirs.review_card(card, fsrs.Rating(event.rating), at)
    state = fold(events)
    assert state is not None
    assert (state.stability, state.difficulty) == (card.stability, card.difficulty)


@given(events=logs())
def test_counts_are_those_of_the_log(events: list[ReviewEvent]) -> None:
    state = fold(events)
    assert state is not None
    ordered = sorted(events, key=lambda e: (e.at_ms, e.id))
    first, last = ordered[0], ordered[-1]
    assert (state.card, state.reps, state.head_id) == (CARD, len(events), last.id)
    assert (state.first_day, state.last_day, state.last_at_ms) == (
        first.study_day,
        last.study_day,
        last.at_ms,
    )
    assert state.last_rating == last.rating
    assert state.repeat_day == (last.study_day if last.rating == AGAIN else None)
    assert state.due_day > state.last_day
    assert math.isfinite(state.stability)


@given(events=logs())
def test_lapses_and_pass_days_count_study_days(events: list[ReviewEvent]) -> None:
    ordered = sorted(events, key=lambda e: (e.at_ms, e.id))
    days = [e.study_day for e in ordered]
    if days != sorted(days):  # clocks set back: bounded, not exact
        return
    state = fold(events)
    assert state is not None
    assert state.lapses == len({e.study_day for e in events if e.rating == AGAIN} - {days[0]})
    assert state.pass_days == len({e.study_day for e in events if e.rating != AGAIN})


@given(events=logs())
def test_clocks_set_back_never_count_a_day_twice(events: list[ReviewEvent]) -> None:
    state = fold(events)
    assert state is not None
    assert state.lapses <= len({e.study_day for e in events if e.rating == AGAIN})
    assert state.pass_days <= len({e.study_day for e in events if e.rating != AGAIN})


@given(events=logs(), today=st.integers(19990, 20400), retention=st.floats(0.7, 0.98))
def test_what_is_previewed_is_what_is_stored(events: list[ReviewEvent], today: int, retention: float) -> None:
    before = fold(events, retention=retention)
    shown = preview(before, CARD, today, SCHEDULER, desired_retention=retention, maximum_interval=365)
    assert list(shown) == list(Rating)
    for rating in Rating:
        at_ms = max(e.at_ms for e in events) + 1
        stored = step(before, ReviewEvent("z", at_ms, today, rating), retention=retention)
        assert shown[rating]._replace(last_at_ms=at_ms, head_id="z") == stored


def test_previewed_intervals_of_a_new_card() -> None:
    shown = preview(None, CARD, 20000, SCHEDULER, desired_retention=0.9, maximum_interval=365)
    days = [shown[rating].due_day - 20000 for rating in Rating]
    assert days[:3] == [1, 1, 2]
    assert 6 <= days[3] <= 10


@given(events=logs(), a=st.floats(0.7, 0.98), b=st.floats(0.7, 0.98), maximum=st.integers(1, 1000))
def test_a_changed_setting_moves_due_days_and_nothing_else(
    events: list[ReviewEvent], a: float, b: float, maximum: int
) -> None:
    before, wanted = fold(events, retention=a), fold(events, retention=b, maximum=maximum)
    assert before is not None
    assert rescheduled(before, SCHEDULER, desired_retention=b, maximum_interval=maximum) == wanted
    assert wanted is not None
    assert before._replace(due_day=0) == wanted._replace(due_day=0)


def test_no_reviews_no_state() -> None:
    assert fold([]) is None


def test_a_clock_set_back_counts_as_no_time_passed() -> None:
    forth = state_after((100, GOOD), (107, GOOD))
    back = step(forth, ReviewEvent("later", 99, 90, GOOD))
    same_day = step(forth, ReviewEvent("later", 99, 107, GOOD))
    assert (back.stability, back.difficulty) == (same_day.stability, same_day.difficulty)
    assert back.due_day > 90


def test_a_late_arrival_is_folded_in_its_place() -> None:
    monday, wednesday = ReviewEvent("a", 1, 100, GOOD), ReviewEvent("c", 3, 102, AGAIN)
    tuesday = ReviewEvent("b", 2, 101, HARD)
    assert fold([monday, wednesday, tuesday]) == fold([monday, tuesday, wednesday])
    assert fold([monday, wednesday, tuesday]) != fold([monday, wednesday])


def test_a_failed_card_waits_for_a_repeat_until_it_is_passed_that_day() -> None:
    assert state_after((100, AGAIN)).repeat_day == 100
    assert state_after((100, AGAIN), (100, AGAIN)).repeat_day == 100
    assert state_after((100, AGAIN), (100, HARD)).repeat_day is None
    assert state_after((100, AGAIN), (101, GOOD)).repeat_day is None


def test_a_repeat_the_day_did_not_get_to_is_due_the_next_day() -> None:
    strong: list[Review] = [(100, EASY), (110, EASY), (150, EASY), (300, AGAIN)]
    assert state_after(*strong).stability > 3
    assert state_after(*strong).due_day == 301
    assert state_after(*strong, (300, GOOD)).due_day > 301


def test_a_first_failure_is_no_lapse() -> None:
    assert state_after((100, AGAIN), (100, AGAIN), (100, GOOD)).lapses == 0


def test_one_lapse_a_day_also_after_a_pass() -> None:
    assert state_after((100, GOOD), (105, AGAIN), (105, AGAIN), (105, GOOD), (105, AGAIN)).lapses == 1
    assert state_after((100, GOOD), (105, GOOD), (105, AGAIN)).lapses == 1
    assert state_after((100, GOOD), (105, AGAIN), (106, AGAIN)).lapses == 2


def test_one_pass_a_day() -> None:
    assert state_after((100, GOOD), (100, AGAIN), (100, GOOD)).pass_days == 1
    assert state_after((100, AGAIN), (100, GOOD), (101, GOOD), (101, GOOD)).pass_days == 2


def test_only_sure_and_wrong_turns_a_card_red() -> None:
    assert state_after((100, AGAIN, 3)).red_from_day == 100
    assert state_after((100, AGAIN, 2)).red_from_day is None
    assert state_after((100, AGAIN)).red_from_day is None
    assert state_after((100, GOOD, 3)).red_from_day is None


def test_a_red_card_is_worked_off_by_a_pass_after_a_week() -> None:
    red: list[Review] = [(100, AGAIN, 3), (100, GOOD), (101, GOOD)]
    assert state_after(*red).red_from_day == 100
    assert state_after(*red, (106, GOOD)).red_from_day == 100
    assert state_after(*red, (107, AGAIN)).red_from_day == 100
    assert state_after(*red, (107, GOOD)).red_from_day is None
    assert state_after(*red, (103, AGAIN, 3)).red_from_day == 103


@pytest.mark.parametrize(
    ("reviews", "red_days"),
    [
        ([(100, AGAIN, 3), (100, GOOD)], [101, 102, 103, 104, 105, 106, 107, 108]),
        ([(100, AGAIN, 3), (100, GOOD), (101, GOOD)], [107, 108]),
        ([(100, AGAIN, 3), (100, GOOD), (101, GOOD), (107, AGAIN)], []),
        ([(100, AGAIN, 3), (100, GOOD), (101, GOOD), (107, GOOD)], []),
        ([(100, AGAIN, 3), (100, GOOD), (103, GOOD)], [107, 108]),
        ([(100, AGAIN), (100, GOOD)], []),
    ],
)
def test_red_days_are_the_next_and_the_one_a_week_later(reviews: list[Review], red_days: list[int]) -> None:
    state = state_after(*reviews)
    later = range(state.last_day, 109)
    assert [day for day in later if is_red_today(state, day)] == red_days


def test_leech_at_the_threshold_and_again_every_four_lapses() -> None:
    assert [n for n in range(25) if is_leech(n, 8)] == [8, 12, 16, 20, 24]
    assert [n for n in range(8) if is_leech(n, 1)] == [1, 5]
    assert not any(is_leech(n, 0) for n in range(50))
