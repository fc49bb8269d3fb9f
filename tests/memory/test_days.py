"""Study days by the wall clock, through clock changes, travel and odd zones."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta, timezone
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviewprep.memory.days import day_start, day_to_date, study_day, utc_offset_minutes

BERLIN = ZoneInfo("Europe/Berlin")
NEW_YORK = ZoneInfo("America/New_York")
ADELAIDE = ZoneInfo("Australia/Adelaide")  # UTC+9:30 and +10:30
LORD_HOWE = ZoneInfo("Australia/Lord_Howe")  # changes by half an hour
KATHMANDU = ZoneInfo("Asia/Kathmandu")  # UTC+5:45
TROLL = ZoneInfo("Antarctica/Troll")  # changes by two hours
HAVANA = ZoneInfo("America/Havana")  # changes at midnight
ZONES = [BERLIN, NEW_YORK, ADELAIDE, LORD_HOWE, KATHMANDU, TROLL, HAVANA]


def number(year: int, month: int, day: int) -> int:
    return (date(year, month, day) - date(1970, 1, 1)).days


def local(tz: ZoneInfo, *parts: int, fold: int = 0) -> datetime:
    year, month, day, hour, minute = parts
    return datetime(year, month, day, hour, minute, tzinfo=tz, fold=fold)


def test_a_day_runs_from_rollover_to_rollover() -> None:
    day = number(2025, 6, 10)
    for at, wanted in [
        (local(BERLIN, 2025, 6, 10, 3, 59), day - 1),
        (local(BERLIN, 2025, 6, 10, 4, 0), day),
        (local(BERLIN, 2025, 6, 10, 23, 59), day),
        (local(BERLIN, 2025, 6, 11, 0, 0), day),
        (local(BERLIN, 2025, 6, 11, 3, 59), day),
        (local(BERLIN, 2025, 6, 11, 4, 0), day + 1),
    ]:
        assert study_day(at.astimezone(UTC), rollover_hour=4, tz=BERLIN) == wanted


@pytest.mark.parametrize("hour", [0, 4, 23])
def test_the_last_moment_before_the_rollover_belongs_to_the_day_before(hour: int) -> None:
    at = local(BERLIN, 2025, 6, 10, hour, 0)
    assert study_day(at, rollover_hour=hour, tz=BERLIN) == number(2025, 6, 10)
    just_before = at - timedelta(microseconds=1)
    assert study_day(just_before, rollover_hour=hour, tz=BERLIN) == number(2025, 6, 9)


def test_the_day_is_the_learners_wherever_the_moment_is_written() -> None:
    at = datetime(2025, 6, 10, 1, 0, tzinfo=UTC)  # 03:00 in Berlin, 21:00 the evening before in New York
    for written in (at, at.astimezone(NEW_YORK), at.astimezone(timezone(timedelta(hours=14)))):
        assert study_day(written, rollover_hour=4, tz=BERLIN) == number(2025, 6, 9)
        assert study_day(written, rollover_hour=0, tz=BERLIN) == number(2025, 6, 10)
        assert study_day(written, rollover_hour=4, tz=NEW_YORK) == number(2025, 6, 9)


@pytest.mark.parametrize(
    ("tz", "spring", "autumn"),
    [
        (BERLIN, (2025, 3, 30), (2025, 10, 26)),
        (NEW_YORK, (2025, 3, 9), (2025, 11, 2)),
        (ADELAIDE, (2025, 10, 5), (2025, 4, 6)),
    ],
)
@pytest.mark.parametrize("hour", [0, 1, 2, 3, 4])
def test_clock_changes_make_one_day_of_23_and_one_of_25_hours(
    tz: ZoneInfo, spring: tuple[int, int, int], autumn: tuple[int, int, int], hour: int
) -> None:
    lengths = {}
    for name, when in (("spring", spring), ("autumn", autumn)):
        around = range(number(*when) - 2, number(*when) + 3)
        starts = [day_start(day, rollover_hour=hour, tz=tz) for day in around]
        lengths[name] = sorted((b - a) // timedelta(minutes=1) for a, b in pairwise(starts))
    assert lengths["spring"] == [23 * 60, 24 * 60, 24 * 60, 24 * 60]
    assert lengths["autumn"] == [24 * 60, 24 * 60, 24 * 60, 25 * 60]


def test_half_hour_clock_change() -> None:
    spring = [day_start(number(2025, 10, d), rollover_hour=2, tz=LORD_HOWE) for d in (4, 5, 6)]
    autumn = [day_start(number(2025, 4, d), rollover_hour=2, tz=LORD_HOWE) for d in (5, 6, 7)]
    assert spring[1] - spring[0] == timedelta(hours=24)
    assert spring[2] - spring[1] == timedelta(hours=23, minutes=30)
    assert autumn[2] - autumn[1] == timedelta(hours=24, minutes=0)
    assert autumn[1] - autumn[0] == timedelta(hours=24, minutes=30)


def test_the_hour_shown_twice_never_takes_a_day_back() -> None:
    # Troll's clock goes from 03:00 back to 01:00: with the rollover at 02:00 the day has begun already.
    first = local(TROLL, 2025, 10, 26, 2, 30)
    again = local(TROLL, 2025, 10, 26, 1, 30, fold=1)
    assert first < again.astimezone(UTC)
    assert study_day(first, rollover_hour=2, tz=TROLL) == number(2025, 10, 26)
    assert study_day(again, rollover_hour=2, tz=TROLL) == number(2025, 10, 26)


@pytest.mark.parametrize("tz", ZONES, ids=lambda z: z.key)
@pytest.mark.parametrize("hour", [0, 1, 2, 3, 4, 23])
def test_days_only_go_forward_and_none_is_skipped(tz: ZoneInfo, hour: int) -> None:
    at = datetime(2025, 1, 1, tzinfo=UTC)
    before = study_day(at, rollover_hour=hour, tz=tz)
    while at < datetime(2026, 1, 1, tzinfo=UTC):
        at += timedelta(minutes=30) if at.month in (3, 4, 10, 11) else timedelta(hours=8)
        day = study_day(at, rollover_hour=hour, tz=tz)
        assert day in (before, before + 1)
        before = day


moments = st.datetimes(datetime(2000, 1, 1), datetime(2037, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 (hypothesis wants naive bounds)


@given(at=moments, tz=st.sampled_from(ZONES), hour=st.integers(0, 23))
def test_a_moment_lies_between_the_starts_of_its_day_and_the_next(
    at: datetime, tz: ZoneInfo, hour: int
) -> None:
    day = study_day(at, rollover_hour=hour, tz=tz)
    start = day_start(day, rollover_hour=hour, tz=tz)
    assert start <= at < day_start(day + 1, rollover_hour=hour, tz=tz)
    assert study_day(start, rollover_hour=hour, tz=tz) == day
    assert study_day(start - timedelta(microseconds=1), rollover_hour=hour, tz=tz) == day - 1


def test_a_date_that_a_country_skipped_is_a_short_day() -> None:
    apia = ZoneInfo("Pacific/Apia")  # had no 30 December 2011
    skipped = number(2011, 12, 30)
    starts = [day_start(day, rollover_hour=4, tz=apia) for day in range(skipped - 1, skipped + 2)]
    assert starts[1] - starts[0] == timedelta(hours=20)
    assert starts[2] - starts[1] == timedelta(hours=4)


@pytest.fixture
def system_zone(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], None]]:
    def set_zone(name: str) -> None:
        monkeypatch.setenv("TZ", name)
        time.tzset()

    yield set_zone
    monkeypatch.undo()
    time.tzset()


@pytest.mark.parametrize("tz", [BERLIN, NEW_YORK, ADELAIDE, TROLL], ids=lambda z: z.key)
def test_without_a_zone_the_systems_is_used_through_its_clock_changes(
    tz: ZoneInfo, system_zone: Callable[[str], None]
) -> None:
    system_zone(tz.key)
    at = datetime(2025, 1, 1, tzinfo=UTC)
    while at < datetime(2026, 1, 1, tzinfo=UTC):
        assert utc_offset_minutes(at, None) == utc_offset_minutes(at, tz)
        for hour in (2, 4):
            day = study_day(at, rollover_hour=hour, tz=tz)
            assert study_day(at, rollover_hour=hour, tz=None) == day
            assert day_start(day, rollover_hour=hour, tz=None) == day_start(day, rollover_hour=hour, tz=tz)
        at += timedelta(minutes=45) if at.day > 24 or at.day < 10 else timedelta(hours=30)


def test_offsets() -> None:
    assert utc_offset_minutes(local(BERLIN, 2025, 7, 1, 12, 0), BERLIN) == 120
    assert utc_offset_minutes(local(BERLIN, 2025, 1, 1, 12, 0), BERLIN) == 60
    assert utc_offset_minutes(datetime(2025, 1, 1, tzinfo=UTC), KATHMANDU) == 345
    assert utc_offset_minutes(datetime(2025, 1, 1, tzinfo=UTC), NEW_YORK) == -300


def test_day_numbers_are_dates() -> None:
    assert day_to_date(0) == date(1970, 1, 1)
    assert day_to_date(number(2026, 2, 28) + 1) == date(2026, 3, 1)
    assert day_to_date(-1) == date(1969, 12, 31)


def test_a_moment_without_a_zone_is_refused() -> None:
    naive = datetime(2025, 1, 1)  # noqa: DTZ001 (that is what is tested)
    with pytest.raises(ValueError, match="time zone"):
        study_day(naive, rollover_hour=4, tz=BERLIN)
    with pytest.raises(ValueError, match="time zone"):
        utc_offset_minutes(naive, None)
