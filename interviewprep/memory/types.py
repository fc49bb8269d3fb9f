"""The words of scheduling as data: ratings, memory states, review events, what a queue is made from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from enum import IntEnum
from typing import NamedTuple


class Rating(IntEnum):
    """How well a card was recalled, with FSRS's meaning: only AGAIN is a failure."""

    AGAIN = 1
    HARD = 2
    GOOD = 3
    EASY = 4


class Memory(NamedTuple):
    """FSRS memory state."""

    stability: float
    """Days until retrievability falls to 0.9."""
    difficulty: float
    """1 (easy) to 10 (hard)."""


class ReviewEvent(NamedTuple):
    """One live review that moves memory, as the fold sees it."""

    id: str
    at_ms: int
    """Epoch milliseconds, UTC."""
    study_day: int
    """Days since 1970-01-01 by the learner's rollover at the time; stored, never recomputed."""
    rating: int
    confidence: int | None = None
    """1 guess, 2 think, 3 sure; None when not asked."""


class CardState(NamedTuple):
    """The fold of one card's live reviews; the row of the `cardstate` cache."""

    card: str
    stability: float
    difficulty: float
    first_day: int
    last_day: int
    last_at_ms: int
    due_day: int
    reps: int
    """Live reviews that move memory."""
    lapses: int
    """Failed reviews after the first study day's, at most one a day (Anki counts likewise)."""
    pass_days: int
    """Number of different study days with a passed review."""
    last_rating: int
    repeat_day: int | None
    """The study day on which the card waits to be asked again (failed and not yet passed), else None."""
    red_from_day: int | None
    """The study day of a sure-and-wrong answer that is not yet worked off, else None."""
    pass_day: int | None
    """The last study day with a passed review; keeps `pass_days` exact without the log."""
    fail_day: int | None
    """The last study day with a failed review; keeps `lapses` exact without the log."""
    head_id: str
    """Id of the last review folded in."""


class Asked(NamedTuple):
    """One answer of today that the queue counts: live, mode `drill`, moving memory."""

    card: str
    rating: int
    reason: str


class RedMark(NamedTuple):
    """A mock interview's answer that was sure and wrong."""

    at_ms: int
    study_day: int


class QueueItem(NamedTuple):
    """The next card and why it is asked: `repeat`, `red`, `plan`, `due`, `new` or `picked`."""

    card: str
    reason: str


@dataclass(frozen=True, slots=True)
class QueueLimits:
    """The settings a queue obeys."""

    new_per_day: int = 10
    reviews_per_day: int = 200
    repeat_after: tuple[int, int] = (5, 10)
    sibling_gap: int = 5


@dataclass(frozen=True, slots=True)
class Progress:
    """What a queue is made from besides the cards: one learner's progress as of one study day."""

    today: int
    seen: Mapping[str, bool]
    """Every card with a state; True if it was ever passed."""
    states: Mapping[str, CardState]
    """States that matter today: due by today, awaiting a repeat, red, or reviewed today."""
    hidden: AbstractSet[str]
    """Suspended, known, or buried until after today."""
    asked: Sequence[Asked]
    """Today's answers in order."""
    red: Mapping[str, RedMark] = field(default_factory=dict)
    """What mock interviews put on the red list and no drill has worked off; their states are in `states`."""
