"""The records that other rooms hand to the store and get from it. Loads no database."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from interviewprep.memory.types import CardState

MARK_KINDS = ("suspended", "buried", "flag", "note", "known")
HIDING_KINDS = ("suspended", "buried", "known")
MODES = ("drill", "cram", "quiz", "mock", "warmup", "import")
REASONS = ("", "due", "new", "repeat", "red", "plan", "last-pass", "picked")

LEECH = "leech"
"""Value of a `suspended` mark that the program set itself; a learner's own has the value '1'."""

DEFAULT_PACE = (20.0, 14.0)
PACE_REVIEWS = 500
PACE_AT_LEAST = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One answered card as `study` hands it over. Raises ValueError for what could never be right."""

    card: str
    """Full name, `deck#card`."""
    rating: int | None
    """1 to 4; None where a mode does not rate."""
    at: datetime
    """When it was answered, with a time zone."""
    utc_offset_min: int
    """The learner's offset from UTC then, minutes east."""
    study_day: int
    """Days since 1970-01-01 by the learner's rollover hour then; stored and never recomputed."""
    session_id: str
    mode: str
    """One of MODES."""
    reason: str
    """Why it was asked, one of REASONS."""
    moves: bool
    """Whether it moves memory (a cram does not)."""
    part: str = "question"
    """`question`, `follow_up:<id>` or `one_liner`."""
    prompt: str = ""
    """Which wording was shown: variant id, numeric seed or option order."""
    suggested: int | None = None
    """The rating that was suggested, 1 to 4."""
    score: float | None = None
    """0 to 1."""
    confidence: int | None = None
    """1 guess, 2 think, 3 sure."""
    hints: int = 0
    attempts: int = 1
    think_ms: int = 0
    """From the question to the reveal."""
    duration_ms: int = 0
    """From the question to the rating."""
    answer: str = ""
    verdict: Mapping[str, str] = field(default_factory=dict)
    """By id of key point, misconception or option."""
    mistake: str = ""
    card_hash: str = ""
    """Hash of the card's content as it was asked."""

    def __post_init__(self) -> None:
        if self.at.tzinfo is None:
            raise ValueError("Answer.at needs a time zone")
        if not self.card:
            raise ValueError("Answer.card is empty")
        if self.mode not in MODES:
            raise ValueError(f"Answer.mode: {self.mode!r} is none of {MODES}")
        if self.reason not in REASONS:
            raise ValueError(f"Answer.reason: {self.reason!r} is none of {REASONS}")
        if self.rating is None:
            if self.moves:
                raise ValueError("Answer.rating: an answer that moves memory needs a rating")
        elif not 1 <= self.rating <= 4:
            raise ValueError(f"Answer.rating: {self.rating} is not 1 to 4")


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """What recording an answer did."""

    review_id: str
    card: str
    """The card's present name."""
    before: CardState | None
    after: CardState | None
    """Equal to `before` where the answer moves no memory."""
    predicted: float | None
    """Retrievability just before, 0 to 1; None for a card that was new."""
    leech: bool
    """Whether this answer suspended the card."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Undone:
    """What an undo took back."""

    kind: str
    """`review`, or the kind of a mark."""
    card: str
    """The card's present name."""
    rating: int | None
    """The rating taken back; None for a mark."""
    mode: str
    """The mode of the review; empty for a mark."""
    id: str


class PastReview(NamedTuple):
    """One entry of the log as a history shows it."""

    id: str
    card: str
    """The card's present name."""
    at_ms: int
    """Epoch milliseconds, UTC."""
    study_day: int
    mode: str
    reason: str
    rating: int | None
    duration_ms: int
    answer: str
    stability_after: float | None
    """Days, as computed when it was recorded; None where it moved no memory."""
    difficulty_after: float | None
    interval_days: int | None
    """The interval that was shown."""
    predicted: float | None
    """Retrievability just before, 0 to 1."""
    undone: bool


class Mark(NamedTuple):
    """Something a learner (or a leech) attached to a card."""

    card: str
    """The card's present name."""
    kind: str
    """One of MARK_KINDS."""
    value: str
    """For `buried` the study day it is buried for; for `note` the text; else '1' or 'leech'."""
    at_ms: int


def scheduling_fingerprint(
    *, desired_retention: float, maximum_interval: int, aliases: Mapping[str, str]
) -> str:
    """What stored memory states depend on besides the log, as one short text.

    States whose stored fingerprint equals this one can be read as they are.
    """
    import zlib

    names = "\n".join(f"{old}>{aliases[old]}" for old in sorted(aliases))
    return (
        f"retention={desired_retention:g} maximum={maximum_interval}"
        f" aliases={len(aliases)}:{zlib.crc32(names.encode()):08x}"
    )


def hides(kind: str, value: str, today: int) -> bool:
    """Whether a mark keeps its card out of the queue on a study day."""
    if kind == "buried":
        return value.isdigit() and today <= int(value)
    return kind in HIDING_KINDS and bool(value)


def pace_of(answers: Sequence[tuple[bool, int]]) -> tuple[float, float]:
    """Median seconds of an answer to a new card and to any other, from (is new, milliseconds) pairs.

    A kind with fewer than PACE_AT_LEAST answers keeps its default.
    """
    new = [ms for is_new, ms in answers if is_new]
    other = [ms for is_new, ms in answers if not is_new]
    return (
        _median(new) / 1000 if len(new) >= PACE_AT_LEAST else DEFAULT_PACE[0],
        _median(other) / 1000 if len(other) >= PACE_AT_LEAST else DEFAULT_PACE[1],
    )


def _median(values: Sequence[int]) -> float:
    """As statistics.median, whose module takes longer to import than the first queue to read."""
    middle = len(values) // 2
    ordered = sorted(values)
    return ordered[middle] if len(values) % 2 else (ordered[middle - 1] + ordered[middle]) / 2
