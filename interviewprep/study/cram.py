"""The queue of a cram: every picked card once, failed ones again, and no schedule touched."""

from __future__ import annotations

from collections.abc import Sequence

from interviewprep.memory.queue import QueueCounts
from interviewprep.memory.types import Asked, CardState, QueueItem, Rating

AGAIN_AFTER = 5


class CramQueue:
    """Asks a list in order; a failed card comes back after five others until it is passed."""

    def __init__(self, order: Sequence[str]) -> None:
        self._waiting = list(order)

    def next(self) -> QueueItem | None:
        """The card to ask now."""
        return QueueItem(self._waiting[0], "picked") if self._waiting else None

    def record(self, asked: Asked, state: CardState | None) -> None:
        """Take an answer into account; `state` is ignored, a cram moves no memory."""
        if asked.card not in self._waiting:
            return
        self._waiting.remove(asked.card)
        if asked.rating == Rating.AGAIN:
            self._waiting.insert(AGAIN_AFTER, asked.card)

    def hide(self, card: str) -> None:
        """Take a card out."""
        if card in self._waiting:
            self._waiting.remove(card)

    def bring_back(self, card: str) -> None:
        """Ask a card next (its answer or its hiding was undone)."""
        self.hide(card)
        self._waiting.insert(0, card)

    def counts(self) -> QueueCounts:
        """Cards still to come."""
        return QueueCounts(repeat=0, red=0, due=len(self._waiting), new=0, total=len(self._waiting))

    def order(self) -> list[QueueItem]:
        """Cards still to come, in order."""
        return [QueueItem(card, "picked") for card in self._waiting]
