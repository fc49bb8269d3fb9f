"""Due days: the interval that a memory asks for, spread a little so that cards learned together part.

The ranges are Anki's fuzz ranges; where in its range a card falls is decided by its name and review
count, so the interval previewed is the one stored, and computing it again gives it again.
"""

from __future__ import annotations

import math
from typing import Final
from zlib import crc32

from interviewprep.memory.curve import DECAY, interval
from interviewprep.memory.types import Memory

UNSPREAD_BELOW: Final = 2.5
"""Days; shorter intervals are only rounded."""

_RANGES: Final = ((2.5, 7.0, 0.15), (7.0, 20.0, 0.10), (20.0, math.inf, 0.05))
"""From, to (days), and what each day between them adds to the width on either side."""


def due_day(
    memory: Memory,
    last_day: int,
    *,
    card: str,
    reps: int,
    desired_retention: float,
    maximum_interval: int,
    decay: float = DECAY,
) -> int:
    """The study day a card comes due: 1 to `maximum_interval` days after `last_day`.

    `reps` counts the reviews that led to `memory`; with the card's name it seeds the spreading.
    """
    wanted = min(interval(memory.stability, desired_retention, decay=decay), float(maximum_interval))
    low, high = spread_range(wanted, maximum_interval=maximum_interval)
    place = crc32(f"{card}:{reps}".encode()) / 2**32
    return last_day + low + int(place * (high - low + 1))


def spread_range(wanted: float, *, maximum_interval: int) -> tuple[int, int]:
    """The shortest and longest interval (whole days) that a wanted one may be spread to.

    Source: `constrained_fuzz_bounds` in Anki's rslib/src/scheduler/states/fuzz.rs.
    """
    if wanted < UNSPREAD_BELOW:
        days = max(1, min(_rounded(wanted), maximum_interval))
        return days, days
    width = 1.0 + sum(factor * max(0.0, min(wanted, end) - start) for start, end, factor in _RANGES)
    return (
        min(max(2, _rounded(wanted - width)), maximum_interval),
        min(max(2, _rounded(wanted + width)), maximum_interval),
    )


def _rounded(days: float) -> int:
    """Half a day rounds up, as in Anki; Python's own rounding would favour even days."""
    return math.floor(days + 0.5)
