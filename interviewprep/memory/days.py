"""Study days: whole days that begin at the learner's rollover hour, by the local wall clock.

A study day is an int, days since 1970-01-01. Moments are aware datetimes; `tz` None means the system's
zone. A day begins the first time the wall clock reaches the rollover hour, so a clock change makes one
study day shorter or longer but never takes one back.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, tzinfo

_EPOCH_ORDINAL = date(1970, 1, 1).toordinal()
_HOUR = timedelta(hours=1)
_RESOLUTION = timedelta(milliseconds=1)


def study_day(at: datetime, *, rollover_hour: int, tz: tzinfo | None) -> int:
    """The study day of a moment. Raises ValueError for a datetime without a time zone."""
    wall = _wall(at, tz)
    day = (wall - rollover_hour * _HOUR).toordinal() - _EPOCH_ORDINAL
    # Set back across the rollover, the wall clock shows an hour of a day that is already over. (`fold`
    # would say which reading this is, but the system's zone leaves it 0.)
    shown_before = _moment(wall, tz) < at
    if shown_before and at >= day_start(day + 1, rollover_hour=rollover_hour, tz=tz):
        return day + 1
    return day


def day_start(day: int, *, rollover_hour: int, tz: tzinfo | None) -> datetime:
    """The moment a study day begins, in UTC."""
    boundary = datetime.combine(day_to_date(day), time(rollover_hour))
    first = _moment(boundary, tz)
    if _wall(first, tz) == boundary:
        return first
    # The clock skips the boundary: the day begins at the jump, which lies between the two readings.
    before, after = sorted((first, _moment(boundary.replace(fold=1), tz)))
    while after - before > _RESOLUTION:
        middle = before + (after - before) / 2
        if _wall(middle, tz) < boundary:
            before = middle
        else:
            after = middle
    return after.replace(microsecond=0)


def utc_offset_minutes(at: datetime, tz: tzinfo | None) -> int:
    """Minutes that the local wall clock is east of UTC at a moment."""
    offset = _local(at, tz).utcoffset()
    return 0 if offset is None else round(offset.total_seconds() / 60)


def day_to_date(day: int) -> date:
    """The calendar date on which a study day begins."""
    return date.fromordinal(day + _EPOCH_ORDINAL)


def _local(at: datetime, tz: tzinfo | None) -> datetime:
    if at.tzinfo is None:
        raise ValueError("a moment needs a time zone")
    return at.astimezone(tz)


def _wall(at: datetime, tz: tzinfo | None) -> datetime:
    """The wall clock's reading, naive, with `fold` 0."""
    return _local(at, tz).replace(tzinfo=None, fold=0)


def _moment(wall: datetime, tz: tzinfo | None) -> datetime:
    """The moment of a wall clock's reading (PEP 495 decides by `fold` where there are two or none)."""
    return (wall if tz is None else wall.replace(tzinfo=tz)).astimezone(UTC)
