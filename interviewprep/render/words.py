"""Numbers in words: how long, how long ago, how many. English, without the system's locale."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_WEEKDAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_DAYS_A_MONTH: Final = 30.4375
_DAYS_A_YEAR: Final = 365.25


def plural(number: int, noun: str, many: str = "") -> str:
    """`1 card`, `1,200 cards`; `many` where the plural is not the noun and s."""
    return f"{number:,} {noun if abs(number) == 1 else many or noun + 's'}"


def duration(seconds: float) -> str:
    """`under a minute`, `about 25 minutes`, `about 1 hour 40 minutes`."""
    minutes = round(seconds / 60)
    if seconds < 45:
        return "under a minute"
    if minutes < 90:
        return f"about {plural(max(1, minutes), 'minute')}"
    hours, rest = divmod(round(minutes / 10) * 10, 60)
    return f"about {plural(hours, 'hour')}" + (f" {rest} minutes" if rest else "")


def clock(seconds: float) -> str:
    """`0:32`, `2:05`, `1:00:00`: time on a running clock."""
    minutes, second = divmod(max(0, int(seconds)), 60)
    hours, minute = divmod(minutes, 60)
    return f"{hours}:{minute:02}:{second:02}" if hours else f"{minute}:{second:02}"


def interval(days: int) -> str:
    """A card's interval, short as in Anki: `4 d`, `2.1 mo`, `1.3 y`; `today` for 0, `3 d overdue` below."""
    if days == 0:
        return "today"
    if days < 0:
        return f"{interval(-days)} overdue"
    if days < 30:
        return f"{days} d"
    number, unit = (days / _DAYS_A_MONTH, "mo") if days < 365 else (days / _DAYS_A_YEAR, "y")
    return f"{number:.1f}".removesuffix(".0") + f" {unit}"


def percent(fraction: float) -> str:
    """`74 %`. Never 0 or 100 unless it is exactly that."""
    shown = round(fraction * 100)
    if shown == 0 and fraction > 0:
        return "1 %"
    if shown == 100 and fraction < 1:
        return "99 %"
    return f"{shown} %"


def day_label(day: int, *, today: int | None = None, weekday: bool = False) -> str:
    """A study day (days since 1970-01-01) as `24 Nov` or `Tue 24 Nov`; the year unless it is today's."""
    at = date(1970, 1, 1) + timedelta(days=day)
    label = f"{_WEEKDAYS[at.weekday()]} " if weekday else ""
    label += f"{at.day} {_MONTHS[at.month - 1]}"
    if today is not None and (date(1970, 1, 1) + timedelta(days=today)).year != at.year:
        label += f" {at.year}"
    return label
