"""Figures about a learner's history: streaks, true retention, what is solid."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, NamedTuple

from interviewprep.memory.types import CardState, Rating

SOLID_DAYS: Final = 3


def streak(days: Iterable[int], today: int) -> int:
    """Study days in a row up to today, or up to yesterday while today has no review yet."""
    studied = set(days)
    day = today if today in studied else today - 1
    length = 0
    while day - length in studied:
        length += 1
    return length


def longest_streak(days: Iterable[int]) -> int:
    """The most study days in a row there ever were."""
    studied = set(days)
    longest = 0
    for day in studied:
        if day - 1 not in studied:
            length = 1
            while day + length in studied:
                length += 1
            longest = max(longest, length)
    return longest


class GradedReview(NamedTuple):
    """One live review that moves memory, as statistics see it."""

    card: str
    study_day: int
    rating: int


class Retention(NamedTuple):
    """How many of the reviews that tested memory were passed."""

    passed: int
    total: int

    @property
    def rate(self) -> float | None:
        """Share passed, 0 to 1; None without a review."""
        return self.passed / self.total if self.total else None


def true_retention(
    reviews: Iterable[GradedReview], *, since: int | None = None, until: int | None = None
) -> Retention:
    """Anki's true retention: of each card's first reviews in a study day, the share that was not Again.

    A card's very first study day is no test of memory and does not count. `reviews` are chronological and
    reach back to the beginning; `since` and `until` (study days, inclusive) limit which are counted.
    """
    last_day: dict[str, int] = {}
    passed = total = 0
    for card, day, rating in reviews:
        before = last_day.get(card)
        if before is not None and day <= before:
            continue
        last_day[card] = day
        if before is None or (since is not None and day < since) or (until is not None and day > until):
            continue
        total += 1
        passed += rating != Rating.AGAIN
    return Retention(passed, total)


def is_solid(state: CardState, today: int) -> bool:
    """Whether a card was correct on three different days, last of all, and its interval still runs."""
    return state.pass_days >= SOLID_DAYS and state.last_rating != Rating.AGAIN and today <= state.due_day
