"""A card's reviews and memory as rows of Anki's tables `revlog` and `cards`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from interviewprep.exchange.anki.names import review_key
from interviewprep.memory.types import CardState
from interviewprep.store.exports import MovingReview

MS_A_DAY: Final = 86_400_000
USN: Final = -1
"""Not yet synchronised."""


LEARN: Final = 0
"""What a review was to Anki: up to the first success. The first entry must be such a one, or Anki computes no
memory from the rest."""
REVIEW: Final = 1
RELEARN: Final = 2
"""After a failure, up to the next success."""


class RevlogRow(NamedTuple):
    """A row of `revlog`, in the order of its columns."""

    id: int
    """Epoch milliseconds of the answer, unique in the collection."""
    cid: int
    usn: int
    ease: int
    """The rating, 1 to 4."""
    ivl: int
    """The interval given, in days."""
    last_ivl: int
    factor: int
    """The difficulty, as Anki keeps it with FSRS: 100 to 1100."""
    time: int
    """Milliseconds the answer took."""
    type: int


class Scheduling(NamedTuple):
    """The columns of `cards` that say when a card comes."""

    type: int
    queue: int
    due: int
    ivl: int
    factor: int
    reps: int
    lapses: int
    data: str


@dataclass(frozen=True, slots=True)
class Calendar:
    """How study days become day numbers of the collection."""

    first_day: int
    """The study day that the collection counts from."""
    today: int


class RevlogIds:
    """Gives each review its id in Anki: the time of the answer, moved on where another has it."""

    def __init__(self, known: Mapping[str, str]) -> None:
        """`known` are names that Anki has for reviews, by review id; they are used again."""
        self._known = known
        self._owners: dict[int, MovingReview | None] = {_revlog_id(key): None for key in known.values()}
        self._guids: dict[str, str] = {}
        self.new: dict[str, str] = {}
        """Names to be remembered, by review id: those of reviews that have a moment in common."""

    def __call__(self, review: MovingReview, guid: str) -> int:
        """The id of a review of the card with this guid."""
        known = self._known.get(review.id)
        if known is not None:
            return _revlog_id(known)
        found = review.at_ms
        if found in self._owners:
            owner = self._owners[found]
            if owner is not None:
                self.new[owner.id] = review_key(self._guids[owner.card], found)
            while found in self._owners:
                found += 1
            self.new[review.id] = review_key(guid, found)
        self._owners[found] = review
        self._guids[review.card] = guid
        return found


def revlog(reviews: Sequence[MovingReview], card_id: int, guid: str, ids: RevlogIds) -> list[RevlogRow]:
    """The rows of one card's reviews, which stand in the order of the fold."""
    rows = []
    kind = LEARN
    last = 0
    for review in reviews:
        interval = max(1, review.interval_days or 1)
        factor = _factor(review.difficulty_after)
        time = min(max(0, review.duration_ms), MS_A_DAY)
        number = ids(review, guid)
        # By position: with names, half of the time of a long history would go into this line.
        rows.append(RevlogRow(number, card_id, USN, review.rating, interval, last, factor, time, kind))
        last = interval
        if review.rating > 1:
            kind = REVIEW
        elif kind == REVIEW:
            kind = RELEARN
    return rows


def new_card(position: int, *, is_hidden: bool) -> Scheduling:
    """A card never asked; `position` is its place among the new ones."""
    return Scheduling(0, -1 if is_hidden else 0, position, 0, 0, 0, 0, "{}")


def review_card(
    state: CardState, calendar: Calendar, *, desired_retention: float, decay: float, is_hidden: bool
) -> Scheduling:
    """A card with a memory. One that waits to be asked again today is due today."""
    due_day = min(state.due_day, calendar.today) if state.repeat_day == calendar.today else state.due_day
    # JSON, of finite numbers only.
    data = (
        f'{{"s":{state.stability:.4f},"d":{state.difficulty:.3f},"dr":{desired_retention},"decay":{decay}'
        f',"lrt":{state.last_at_ms // 1000}}}'
    )
    return Scheduling(
        type=2,
        queue=-1 if is_hidden else 2,
        due=due_day - calendar.first_day,
        ivl=max(1, state.due_day - state.last_day),
        factor=2500,
        reps=state.reps,
        lapses=state.lapses,
        data=data,
    )


def _revlog_id(key: str) -> int:
    return int(key.rpartition("/")[2])


def _factor(difficulty: float | None) -> int:
    return 0 if difficulty is None else round(((difficulty - 1) / 9 + 0.1) * 1000)
