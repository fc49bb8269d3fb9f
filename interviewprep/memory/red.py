"""The red list: sure and wrong. Asked again the same day, the next, and after a week."""

from __future__ import annotations

from typing import Final

from interviewprep.memory.types import CardState, Rating, ReviewEvent

SURE: Final = 3
"""The confidence that puts a wrong answer on the list."""
RED_DAYS: Final = 7
"""A red card is worked off by a pass this many days or more after the sure-and-wrong answer."""


def red_from_day_after(before: int | None, event: ReviewEvent) -> int | None:
    """A card's `red_from_day` after a review, given the one before it."""
    if event.rating == Rating.AGAIN:
        return event.study_day if event.confidence == SURE else before
    if before is not None and event.study_day >= before + RED_DAYS:
        return None
    return before


def is_red_today(state: CardState, today: int) -> bool:
    """Whether the list asks a card today: on the day after the sure-and-wrong answer, and a week after it.

    A day that was missed is made up for on the next one studied.
    """
    start = state.red_from_day
    if start is None or today <= start:
        return False
    return state.last_day <= start or state.last_day < start + RED_DAYS <= today
