"""A seeded sampler whose draws are the same on every platform and Python version."""

from __future__ import annotations

import random
from collections.abc import Sequence
from itertools import pairwise
from typing import TypeVar
from zlib import crc32

from interviewprep.checks.numbers import Vector

T = TypeVar("T")


class Draw:
    """Draws numbers and choices from a text seed.

    Built on `random.Random.random()` alone: of that class only this method is promised to be stable.
    """

    def __init__(self, seed: str) -> None:
        # Not hashlib: it loads OpenSSL, which takes longer than all the rest.
        self._rng = random.Random(crc32(seed.encode()))

    def whole(self, low: int, high: int) -> int:
        """A whole number from `low` to `high`, both included."""
        return low + int(self._rng.random() * (high - low + 1))

    def step(self, low: float, high: float, step: float) -> float:
        """A multiple of `step` above `low`, up to `high` (both included), exact as a short decimal."""
        places = round((high - low) / step)
        return float(round(low + self.whole(0, places) * step, 10))

    def pick(self, choices: Sequence[T]) -> T:
        """One of the choices."""
        return choices[self.whole(0, len(choices) - 1)]

    def several(self, choices: Sequence[T], count: int) -> tuple[T, ...]:
        """`count` different choices in random order."""
        left = list(choices)
        return tuple(left.pop(self.whole(0, len(left) - 1)) for _ in range(count))

    def chance(self, probability: float) -> bool:
        """True with a probability."""
        return self._rng.random() < probability


def drawn_shares(draw: Draw, count: int, units: int) -> Vector:
    """`count` positive multiples of 1 / `units` that add to 1."""
    cuts = (0, *sorted(draw.several(range(1, units), count - 1)), units)
    return tuple((b - a) / units for a, b in pairwise(cuts))


def either_sign(draw: Draw, low: float, high: float, step: float) -> float:
    """As `Draw.step`, with either sign."""
    return draw.pick((-1, 1)) * draw.step(low, high, step)
