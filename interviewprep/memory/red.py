"""The red list: sure and wrong. Asked again the same day, the next, and after a week."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

from interviewprep.memory.types import CardState, Rating, RedMark, ReviewEvent

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


# -- what a mock interview puts on the list -----------------------------------------------------------
#
# A mock answer moves no memory, and its card may never have been asked in a drill. So it is no part of a
# card's state: the marks are read from the log each time, and what the drill asked since works them off.


class MockAnswer(NamedTuple):
    """One live answer of a mock interview to a card's question."""

    session_id: str
    card: str
    at_ms: int
    study_day: int
    rating: int | None
    confidence: int | None


def red_marks(answers: Iterable[MockAnswer]) -> dict[str, RedMark]:
    """The last sure-and-wrong mock answer of each card; the answers come in the order (at_ms, id).

    Of one sitting's answers to a card the last counts, at the time of the first: a learner who overrules
    the marks at the end records the answer again.
    """
    sittings: dict[tuple[str, str], tuple[MockAnswer, MockAnswer]] = {}
    for answer in answers:
        key = answer.session_id, answer.card
        first, _ = sittings.get(key, (answer, answer))
        sittings[key] = first, answer
    return {
        first.card: RedMark(first.at_ms, first.study_day)
        for first, last in sittings.values()
        if last.rating == Rating.AGAIN and last.confidence == SURE
    }


def open_marks(marks: Mapping[str, RedMark], states: Mapping[str, CardState]) -> dict[str, RedMark]:
    """The marks that no drill has worked off yet, by a pass a week after or later."""
    return {
        card: mark
        for card, mark in marks.items()
        if card not in states or not _is_worked_off(mark, states[card])
    }


def is_marked_today(mark: RedMark, state: CardState | None, today: int) -> bool:
    """Whether a mark asks its card today: the same day, the next, and a week after.

    A day that was missed is made up for on the next one studied. The mark is one that is open.
    """
    if today < mark.study_day:
        return False
    if state is None or state.last_at_ms <= mark.at_ms:
        return True
    if today > mark.study_day >= state.last_day:
        return True
    return state.last_day < mark.study_day + RED_DAYS <= today


def _is_worked_off(mark: RedMark, state: CardState) -> bool:
    return state.pass_day is not None and state.pass_day >= mark.study_day + RED_DAYS
