"""Reading the dates of a plan as a person writes them: the interview's day, its time, days off."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta, tzinfo
from typing import Final, NamedTuple

from interviewprep.errors import PlanError
from interviewprep.memory.days import day_to_date

WEEKDAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MOST_DAYS: Final = 366
"""A plan reaches this far ahead at most."""
HOW_DATES: Final = "Write the date as 2026-12-10, or `tomorrow`, or `+16` for in 16 days."
HOW_TIMES: Final = "Write the time as 14:00."
HOW_DAYS_OFF: Final = "Write weekdays and dates with commas: sat,sun,2026-12-24 or 2026-12-24..2026-12-26."
_EPOCH: Final = date(1970, 1, 1)
_RANGE: Final = ".."


class DaysOff(NamedTuple):
    """Days without study."""

    weekdays: frozenset[int] = frozenset()
    """0 Monday to 6 Sunday."""
    days: frozenset[int] = frozenset()
    """Single study days."""

    def between(self, first: int, end: int) -> frozenset[int]:
        """The study days off from `first` up to `end` (exclusive)."""
        single = {day for day in self.days if first <= day < end}
        weekly = {day for day in range(first, end) if day_to_date(day).weekday() in self.weekdays}
        return frozenset(single | weekly)


class Interview(NamedTuple):
    """When an interview is."""

    day: int
    """Its study day: the day before its date where it begins before the rollover hour."""
    time: str
    """Local time, `14:00`; empty where it was not said."""
    date: int
    """Its local date, as days since 1970-01-01."""


NO_DAYS_OFF: Final = DaysOff()


def day_of_date(at: date) -> int:
    """The study day that begins on a date."""
    return (at - _EPOCH).days


def read_interview(
    typed: str, at_time: str, *, today: int, study_day: Callable[[datetime], int], tz: tzinfo | None
) -> Interview:
    """An interview's day from what was typed, and the time of day typed beside it (may be empty).

    `typed` is a date, `today`, `tomorrow`, `+N`, or a moment with its offset as an invitation from another
    time zone has it (`2026-12-10T14:00+09:00`). Raises PlanError for what cannot be read, is past or is
    more than a year ahead.
    """
    text = typed.strip().casefold()
    at_time = read_time(at_time)
    if "t" in text and text not in ("today", "tomorrow"):
        moment = _moment(typed.strip(), tz)
        local = moment.astimezone(tz)
        found, at_time = study_day(moment), f"{local:%H:%M}"
        calendar = day_of_date(local.date())
    else:
        found = calendar = _calendar_day(text, today)
        if at_time:
            wall = datetime.combine(day_to_date(calendar), time.fromisoformat(at_time))
            found = study_day((wall if tz is None else wall.replace(tzinfo=tz)).astimezone())
    if found < today:
        raise PlanError(f"{day_to_date(calendar).isoformat()} is past.", HOW_DATES)
    if found - today > MOST_DAYS:
        raise PlanError(
            f"{day_to_date(calendar).isoformat()} is more than a year ahead.",
            "Until then ordinary drills do better; make the plan later.",
        )
    return Interview(found, at_time, calendar)


def read_time(typed: str) -> str:
    """A time of day as `14:00`; an empty text stays empty. Raises PlanError."""
    text = typed.strip()
    if not text:
        return ""
    if not re.fullmatch(r"\d{1,2}:\d{2}", text):
        raise PlanError(f"{typed!r} is not a time of day.", HOW_TIMES)
    hour, minute = map(int, text.split(":"))
    if hour > 23 or minute > 59:
        raise PlanError(f"{typed!r} is not a time of day.", HOW_TIMES)
    return f"{hour:02}:{minute:02}"


def read_days_off(typed: str) -> DaysOff:
    """Weekdays, dates and ranges of dates. Raises PlanError; an empty text or `none` means none."""
    weekdays: set[int] = set()
    days: set[int] = set()
    for word in re.split(r"[,\s]+", typed.strip().casefold()):
        if word in ("", "none"):
            continue
        if len(word) >= 2 and any(_is_weekday(word, name) for name in WEEKDAYS):
            weekdays.update(n for n, name in enumerate(WEEKDAYS) if _is_weekday(word, name))
            continue
        first, _, last = word.partition(_RANGE)
        begin, end = _iso(first, HOW_DAYS_OFF), _iso(last or first, HOW_DAYS_OFF)
        if not begin <= end <= begin + MOST_DAYS:
            raise PlanError(f"{word!r} is no range of dates.", HOW_DAYS_OFF)
        days.update(range(begin, end + 1))
    if len(weekdays) == len(WEEKDAYS):
        raise PlanError("With every weekday off there is no day left to study on.", HOW_DAYS_OFF)
    return DaysOff(frozenset(weekdays), frozenset(days))


def days_off_words(off: DaysOff) -> str:
    """As `read_days_off` reads it: `sat,sun,2026-12-24`; empty where there are none."""
    words = [WEEKDAYS[n] for n in sorted(off.weekdays)]
    return ",".join([*words, *(day_to_date(day).isoformat() for day in sorted(off.days))])


def _is_weekday(word: str, name: str) -> bool:
    full = {"mon": "monday", "tue": "tuesday", "wed": "wednesday", "thu": "thursday", "fri": "friday"}
    full |= {"sat": "saturday", "sun": "sunday"}
    return full[name].startswith(word) or full[name] + "s" == word


def _calendar_day(text: str, today: int) -> int:
    if text in ("today", "tomorrow"):
        return today + (text == "tomorrow")
    if re.fullmatch(r"\+\d{1,5}", text):
        return today + int(text[1:])
    return _iso(text, HOW_DATES)


def _iso(text: str, hint: str) -> int:
    try:
        if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
            raise ValueError
        return day_of_date(date.fromisoformat(text))
    except ValueError:
        raise PlanError(f"{text!r} is not a date.", hint) from None


def _moment(text: str, tz: tzinfo | None) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
        if moment.tzinfo is None:
            moment = moment if tz is None else moment.replace(tzinfo=tz)
        # A moment next to the ends of the calendar has no local time.
        return (moment + timedelta(0)).astimezone()
    except (ValueError, OverflowError, OSError):
        raise PlanError(f"{text!r} is not a date.", HOW_DATES) from None
