"""The memories of a plan's cards, held in columns: FSRS-6 in plain arithmetic, fast enough to simulate with.

Equal to `memory.scheduler` (a test compares them) without its half millisecond a review. What depends on
a memory alone and not on the day is computed once per review and kept beside it.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import exp
from typing import Final, Self

from interviewprep.memory.plan.facts import LearnerModel, PlanCard
from interviewprep.memory.types import Rating

SHORTEST: Final = 0.001
"""Days; FSRS-6's least stability."""


class Memories:
    """One memory a card, by place; a card never asked has stability 0.

    Stability is in days; `growth` and `relapse` are the factors of FSRS-6's stabilities after a pass and
    a failure that do not depend on retrievability.
    """

    __slots__ = (
        "_cap",
        "_easy_difficulty",
        "_w",
        "decay",
        "difficulty",
        "factor",
        "first",
        "first_alone",
        "growth",
        "last_day",
        "learner",
        "relapse",
        "stability",
    )

    def __init__(self, cards: Sequence[PlanCard], learner: LearnerModel) -> None:
        """Take the memories of these cards under a learner's weights."""
        w = learner.weights
        self.learner = learner
        self._w = w
        self.decay = -w[20]
        self.factor = 0.9 ** (1 / self.decay) - 1
        self._cap = exp(-w[17] * w[18])
        self._easy_difficulty = w[4] - exp(w[5] * 3) + 1
        self.first_alone = [self._first(rating) for rating in Rating]
        """Stability and difficulty after a first answer, by rating less one."""
        stability, difficulty = self.first_alone[0]
        repeated = self.same_day(stability, Rating.GOOD), self._next_difficulty(difficulty, Rating.GOOD)
        self.first = [repeated, *self.first_alone[1:]]
        """The same, but Again with its repeat."""
        self.stability = [card.stability for card in cards]
        self.difficulty = [card.difficulty for card in cards]
        self.last_day = [card.last_day for card in cards]
        self.growth = [0.0] * len(cards)
        self.relapse = [0.0] * len(cards)
        for place, stability in enumerate(self.stability):
            if stability:
                self._prepare(place, stability, self.difficulty[place])

    def __len__(self) -> int:
        return len(self.stability)

    def copy(self) -> Self:
        """An independent copy."""
        twin = object.__new__(type(self))
        for name in self.__slots__:
            setattr(twin, name, getattr(self, name))
        twin.stability = list(self.stability)
        twin.difficulty = list(self.difficulty)
        twin.last_day = list(self.last_day)
        twin.growth = list(self.growth)
        twin.relapse = list(self.relapse)
        return twin

    # -- recall ----------------------------------------------------------------------------------

    def retrievability(self, place: int, day: int) -> float:
        """Chance of recall on a day; 0 for a card never asked."""
        stability = self.stability[place]
        if not stability:
            return 0.0
        elapsed = day - self.last_day[place]
        return float((1 + self.factor * elapsed / stability) ** self.decay) if elapsed > 0 else 1.0

    def recall(self, day: int) -> list[float]:
        """Every card's chance of recall on a day."""
        return [self.retrievability(place, day) for place in range(len(self.stability))]

    # -- reviews ---------------------------------------------------------------------------------

    def review(self, place: int, rating: int, day: int) -> None:
        """Take an answer into account; a further one of the same day as FSRS-6 does."""
        stability, difficulty = self.stability[place], self.difficulty[place]
        if not stability:
            stability, difficulty = self.first_alone[rating - 1]
        elif day <= self.last_day[place]:
            stability = self.same_day(stability, rating)
            difficulty = self._next_difficulty(difficulty, rating)
        else:
            w = self._w
            right = self.retrievability(place, day)
            if rating == Rating.AGAIN:
                stability = self.lapsed(place, right)
            else:
                more = self.growth[place] * (exp((1 - right) * w[10]) - 1)
                if rating == Rating.HARD:
                    more *= w[15]
                elif rating == Rating.EASY:
                    more *= w[16]
                stability += more
            difficulty = self._next_difficulty(difficulty, rating)
        self.stability[place] = stability
        self.difficulty[place] = difficulty
        self.last_day[place] = max(day, self.last_day[place])
        self._prepare(place, stability, difficulty)

    def _prepare(self, place: int, stability: float, difficulty: float) -> None:
        w = self._w
        self.growth[place] = exp(w[8]) * (11 - difficulty) * stability ** (1 - w[9])
        self.relapse[place] = w[11] * difficulty ** -w[12] * ((stability + 1) ** w[13] - 1)

    def _first(self, rating: int) -> tuple[float, float]:
        w = self._w
        difficulty = w[4] - exp(w[5] * (rating - 1)) + 1
        return max(SHORTEST, w[rating - 1]), min(max(difficulty, 1.0), 10.0)

    def lapsed(self, place: int, right: float) -> float:
        """Stability after failing a card that had this chance of recall."""
        failed = self.relapse[place] * exp((1 - right) * self._w[14])
        return max(SHORTEST, min(failed, self.stability[place] * self._cap))

    def same_day(self, stability: float, rating: int) -> float:
        """Stability after a further answer on the day of the last."""
        w = self._w
        more = exp(w[17] * (rating - 3 + w[18])) * stability ** -w[19]
        if rating != Rating.AGAIN:
            more = max(more, 1.0)
        return float(max(SHORTEST, stability * more))

    def _next_difficulty(self, difficulty: float, rating: int) -> float:
        w = self._w
        moved = difficulty - (10 - difficulty) * w[6] * (rating - 3) / 9
        return min(max(w[7] * self._easy_difficulty + (1 - w[7]) * moved, 1.0), 10.0)
