"""The dates of a plan as people write them."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviewprep.errors import PlanError
from interviewprep.memory.days import day_to_date, study_day
from interviewprep.study.plan_dates import (
    DaysOff,
    Interview,
    day_of_date,
    days_off_words,
    read_days_off,
    read_interview,
    read_time,
)

TODAY = day_of_date(date(2026, 11, 22))


def interview(typed: str, at_time: str = "", *, zone: str = "UTC", today: int = TODAY) -> Interview:
    """What is read by a learner in a zone whose study days begin at 4."""
    tz = ZoneInfo(zone)
    return read_interview(
        typed, at_time, today=today, study_day=lambda at: study_day(at, rollover_hour=4, tz=tz), tz=tz
    )


@pytest.mark.parametrize(
    ("typed", "days"),
    [
        ("2026-12-10", 18),
        ("today", 0),
        ("Tomorrow", 1),
        ("+16", 16),
        (" 2026-11-22 ", 0),
        ("2027-11-22", 365),
    ],
)
def test_a_date_is_read(typed: str, days: int) -> None:
    found = interview(typed)
    assert (found.day - TODAY, found.date - TODAY, found.time) == (days, days, "")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("2026-11-21", "2026-11-21 is past"),
        ("2026-13-01", "is not a date"),
        ("2026-02-30", "is not a date"),
        ("next week", "is not a date"),
        ("10.12.2026", "is not a date"),
        ("", "is not a date"),
        ("2028-01-01", "more than a year ahead"),
        ("2026-12-10T25:00", "is not a date"),
        ("0001-01-01T00:00+14:00", "is"),
    ],
)
def test_what_is_no_coming_date_is_refused(typed: str, said: str) -> None:
    with pytest.raises(PlanError, match=said):
        interview(typed)


def test_a_moment_of_another_time_zone_falls_on_the_learners_own_day() -> None:
    found = interview("2026-12-10T01:00+09:00", zone="America/New_York")
    assert day_to_date(found.date) == date(2026, 12, 9)
    assert (found.day, found.time) == (found.date, "11:00")


def test_an_interview_in_the_small_hours_belongs_to_the_study_day_before() -> None:
    found = interview("2026-12-10", "02:30")
    assert day_to_date(found.date) == date(2026, 12, 10)
    assert found.day == found.date - 1


def test_a_time_that_the_clock_skips_or_shows_twice_is_still_that_day() -> None:
    # Berlin: 02:30 does not exist on 2027-03-28 and comes twice on 2026-10-25; study days begin at 4.
    spring = interview("2027-03-28", "02:30", zone="Europe/Berlin", today=day_of_date(date(2027, 3, 20)))
    assert spring.day == spring.date - 1
    autumn = interview("2026-10-25", "02:30", zone="Europe/Berlin", today=day_of_date(date(2026, 10, 1)))
    assert autumn.day == autumn.date - 1
    noon = interview("2026-10-25", "12:00", zone="Europe/Berlin", today=day_of_date(date(2026, 10, 1)))
    assert noon.day == noon.date


@pytest.mark.parametrize(
    ("typed", "time"), [("9:05", "09:05"), ("14:00", "14:00"), ("", ""), (" 0:00 ", "00:00")]
)
def test_a_time_is_read(typed: str, time: str) -> None:
    assert read_time(typed) == time


@pytest.mark.parametrize("typed", ["24:00", "12:60", "2 pm", "14", "١٤:٠٠x"])
def test_what_is_no_time_is_refused(typed: str) -> None:
    with pytest.raises(PlanError, match="time of day"):
        read_time(typed)


def test_days_off_are_weekdays_dates_and_ranges() -> None:
    found = read_days_off("Sat, sundays,2026-12-24..2026-12-26")
    assert found.weekdays == {5, 6}
    first = day_of_date(date(2026, 12, 24))
    assert found.days == {first, first + 1, first + 2}
    assert days_off_words(found) == "sat,sun,2026-12-24,2026-12-25,2026-12-26"
    # Tuesday 2026-12-22 up to Sunday 27th, exclusive: the three dates, of which one is a Saturday.
    assert found.between(first - 2, first + 3) == {first, first + 1, first + 2}
    assert read_days_off("none") == read_days_off("") == DaysOff()


@pytest.mark.parametrize(
    "typed", ["someday", "2026-12-26..2026-12-24", "mon,tue,wed,thu,fri,sat,sun", "s", "2026-12-40"]
)
def test_what_are_no_days_off_is_refused(typed: str) -> None:
    with pytest.raises(PlanError):
        read_days_off(typed)


@given(st.sets(st.integers(0, 6), max_size=6), st.sets(st.integers(18_000, 24_000), max_size=5))
def test_days_off_are_read_as_they_are_written(weekdays: set[int], days: set[int]) -> None:
    off = DaysOff(frozenset(weekdays), frozenset(days))
    assert read_days_off(days_off_words(off)) == off


@given(st.integers(0, 366), st.integers(0, 23), st.sampled_from(["UTC", "Europe/Berlin", "Pacific/Auckland"]))
def test_a_timed_interview_is_on_its_date_or_the_study_day_before(ahead: int, hour: int, zone: str) -> None:
    wanted = day_to_date(TODAY + ahead)
    if ahead == 0 and hour < 4:
        return  # that moment lies in yesterday's study day, which is past
    found = interview(wanted.isoformat(), f"{hour}:00", zone=zone)
    assert found.date == TODAY + ahead
    assert found.day == found.date - (hour < 4)
