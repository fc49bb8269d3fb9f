"""Cards failed today that wait to be asked again, after a few others, until they are passed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple, Self
from zlib import crc32

from interviewprep.memory.types import Asked, Rating


class _Repeat(NamedTuple):
    """When a failed card comes back, counted in today's answers."""

    ready: int
    late: int
    """No two of a drill's cards have the same, so asking each at the latest then is always possible."""


class Repeats:
    """When each failed card comes back: a gap drawn by its name, day and number of failures."""

    __slots__ = ("_after", "_failures", "_today", "_waiting")

    def __init__(self, asked: Sequence[Asked], today: int, after: tuple[int, int]) -> None:
        """Make it from today's answers; `after` is the fewest and the most other answers in between."""
        self._today = today
        self._after = after
        self._failures = Counter(a.card for a in asked if a.rating == Rating.AGAIN)
        self._waiting: dict[str, _Repeat] = {}

    def copy(self) -> Self:
        """An independent copy."""
        twin = object.__new__(type(self))
        twin._today, twin._after = self._today, self._after
        twin._failures = self._failures.copy()
        twin._waiting = dict(self._waiting)
        return twin

    def __len__(self) -> int:
        return len(self._waiting)

    def __iter__(self) -> Iterator[str]:
        return iter(self._waiting)

    def count(self, asked: Asked) -> None:
        """Take note of an answer."""
        self._failures[asked.card] += asked.rating == Rating.AGAIN

    def add(self, card: str, place: int | None) -> None:
        """Have a card come back that was last answered at a place (from 0) among today's answers.

        None: it failed today, but in no drill; it comes back at once.
        """
        if place is None:
            self._waiting[card] = _Repeat(0, 0)
            return
        fewest, most = self._after
        seed = f"{card}:{self._today}:{self._failures[card]}"
        gap = fewest + crc32(seed.encode()) % (most - fewest + 1)
        self._waiting[card] = _Repeat(place + 1 + gap, place + 1 + most)

    def drop(self, card: str) -> None:
        """A card no longer waits."""
        self._waiting.pop(card, None)

    def first(self) -> str | None:
        """The card that has waited longest."""
        return min(self._waiting, key=self._rank) if self._waiting else None

    def late(self, answers: int) -> str | None:
        """The card that must come now, `answers` into the day, not to come too late."""
        card = self.first()
        return card if card is not None and self._waiting[card].late <= answers else None

    def ready(self, answers: int) -> list[str]:
        """The cards whose gap is over, the one that has waited longest first."""
        return sorted((c for c, repeat in self._waiting.items() if repeat.ready <= answers), key=self._rank)

    def _rank(self, card: str) -> tuple[int, str]:
        return self._waiting[card].late, card
