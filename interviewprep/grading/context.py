"""A point among the card's other points: who says the others has most likely said this one too, and must
points are said more often than nice ones.

Each measure can only rise when more is said, so that saying more never makes a point less said.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

FURTHEST = 8.0
"""Odds are cut at so many units of their logarithm."""


class ContextMeasures(NamedTuple):
    """What speaks for a point beside its own best stretch."""

    odds: float
    """Logarithm of the odds that the best stretch says it."""
    others: float
    """Mean chance of the card's other points."""
    must: float
    """1 for a must point."""
    others_of_must: float
    """`others` for a must point, else 0."""


def in_context(musts: Sequence[bool], chances: Sequence[float]) -> list[ContextMeasures]:
    """The measures of a card's points from the chance that each has alone."""
    total = math.fsum(chances)
    found = []
    for must, chance in zip(musts, chances, strict=True):
        others = (total - chance) / max(1, len(chances) - 1)
        found.append(ContextMeasures(_odds(chance), others, float(must), others * must))
    return found


def _odds(chance: float) -> float:
    least = 1 / (1 + math.exp(FURTHEST))
    chance = min(1 - least, max(least, chance))
    return math.log(chance / (1 - chance))
