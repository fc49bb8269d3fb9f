"""FSRS-6 by the library `fsrs`. The only module that imports it, and only when a review is computed.

What is cured here: `Card()` without an id sleeps a millisecond, its learning steps and its fuzz (drawn
from the global random source) are switched off, and elapsed time is counted in study days.
"""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, ClassVar, cast

from interviewprep.memory.curve import DEFAULT_WEIGHTS
from interviewprep.memory.types import Memory, Rating

if TYPE_CHECKING:
    import fsrs

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_LONGEST = 1_000_000
"""Days; elapsed time beyond it would leave datetime's range and changes nothing."""


class Scheduler:
    """Computes memory states under one set of FSRS-6 weights. Immutable, cheap to make."""

    DEFAULT: ClassVar[Scheduler]
    """With FSRS-6's published weights."""

    __slots__ = ("_engine", "params_id", "weights")

    def __init__(self, weights: tuple[float, ...] | None = None) -> None:
        """Take 21 FSRS-6 weights. Raises ValueError for another number of them.

        Weights out of FSRS's bounds raise ValueError when the first review is computed.
        """
        self.weights = DEFAULT_WEIGHTS if weights is None else tuple(weights)
        if len(self.weights) != len(DEFAULT_WEIGHTS):
            raise ValueError(f"FSRS-6 has {len(DEFAULT_WEIGHTS)} weights, got {len(self.weights)}")
        text = ",".join(map(repr, self.weights))
        self.params_id = f"fsrs6-{hashlib.sha256(text.encode()).hexdigest()[:12]}"
        """Names the weights by their content; stored beside states computed with them."""
        self._engine: fsrs.Scheduler | None = None

    @property
    def decay(self) -> float:
        """The forgetting curve's exponent under these weights, for `curve`."""
        return self.weights[20]

    def first(self, rating: Rating) -> Memory:
        """The memory after a card's first review."""
        import fsrs

        card = fsrs.Card(card_id=0, due=_EPOCH)
        return self._review(card, rating, _EPOCH)

    def next(self, memory: Memory, rating: Rating, elapsed_days: int) -> Memory:
        """The memory after a further review, `elapsed_days` (0: the same study day) after the last.

        Equal to py-fsrs reviewing at midnight UTC of the study days, without learning steps.
        """
        import fsrs

        card = fsrs.Card(
            card_id=0,
            state=fsrs.State.Review,
            stability=memory.stability,
            difficulty=memory.difficulty,
            due=_EPOCH,
            last_review=_EPOCH,
        )
        return self._review(card, rating, _EPOCH + timedelta(days=min(elapsed_days, _LONGEST)))

    def _review(self, card: fsrs.Card, rating: Rating, at: datetime) -> Memory:
        import fsrs

        if self._engine is None:
            self._engine = fsrs.Scheduler(
                self.weights, learning_steps=(), relearning_steps=(), enable_fuzzing=False
            )
        reviewed, _ = self._engine.review_card(card, fsrs.Rating(rating), at)
        return Memory(cast(float, reviewed.stability), cast(float, reviewed.difficulty))


Scheduler.DEFAULT = Scheduler()
