"""A point by itself, and among the card's other points: who says the others has most likely said this one
too, and must points are said more often than nice ones.

Each measure can only rise when more is said, so that saying more never makes a point less said.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

from interviewprep.grading.literal import LiteralMeasures

FURTHEST = 8.0
"""Odds are cut at so many units of their logarithm."""


class AloneMeasures(NamedTuple):
    """What speaks for a point by itself."""

    odds: float
    """Logarithm of the odds that the best stretch says it."""
    literal: float
    """Share of its words as the card has them, and so on: `literal.LiteralMeasures`."""
    literal_second: float
    literal_mean: float
    literal_over_rivals: float
    literal_over_wrong: float
    phrases: float
    """Score of its example phrases: `phrases.Phrases.scores`."""


class ContextMeasures(NamedTuple):
    """What speaks for a point among the others."""

    odds: float
    """Logarithm of the odds that it is said, by itself."""
    others: float
    """Mean chance of the card's other points."""
    must: float
    """1 for a must point."""
    others_of_must: float
    """`others` for a must point, else 0."""


class WrongContextMeasures(NamedTuple):
    """What speaks for a misconception among the rest of the answer."""

    odds: float
    """Logarithm of the odds that its best stretch states it."""
    unsaid: float
    """Mean chance that a point is not said: who knows the subject seldom states what is wrong of it."""
    others: float
    """Chance of the likeliest other misconception: they seldom come alone."""
    phrases: float
    """Score of its example phrases."""


def alone(chance: float, literal: LiteralMeasures, phrases: float) -> AloneMeasures:
    """The measures of a point from the chance of its best stretch, its very words and its phrases."""
    return AloneMeasures(_odds(chance), *literal, phrases)


def in_context(musts: Sequence[bool], chances: Sequence[float]) -> list[ContextMeasures]:
    """The measures of a card's points from the chance that each has alone."""
    total = math.fsum(chances)
    found = []
    for must, chance in zip(musts, chances, strict=True):
        others = (total - chance) / max(1, len(chances) - 1)
        found.append(ContextMeasures(_odds(chance), others, float(must), others * must))
    return found


def wrong_in_context(
    chances: Sequence[float], points: Sequence[float], phrases: Sequence[float]
) -> list[WrongContextMeasures]:
    """The measures of a card's misconceptions from the chance that each has by itself, the chances of its
    points, and the scores of the misconceptions' phrases."""
    unsaid = 1 - math.fsum(points) / len(points) if points else 0.5
    found = []
    for place, (chance, score) in enumerate(zip(chances, phrases, strict=True)):
        others = max((c for i, c in enumerate(chances) if i != place), default=0.0)
        found.append(WrongContextMeasures(_odds(chance), unsaid, others, score))
    return found


def _odds(chance: float) -> float:
    least = 1 / (1 + math.exp(FURTHEST))
    chance = min(1 - least, max(least, chance))
    return math.log(chance / (1 - chance))
