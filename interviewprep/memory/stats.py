"""A learner's streak of study days."""

from __future__ import annotations

from collections.abc import Iterable


def streak(days: Iterable[int], today: int) -> int:
    """Study days in a row up to today, or up to yesterday while today has no review yet."""
    studied = set(days)
    day = today if today in studied else today - 1
    length = 0
    while day - length in studied:
        length += 1
    return length
