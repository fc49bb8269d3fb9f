"""Formulas that several families share."""

from __future__ import annotations

from collections.abc import Sequence
from math import exp
from typing import NamedTuple

from interviewprep.checks.numbers import Vector, plain, rounded

ROUNDED_SHARES = 0.011
"""How far from 1 the sum of shares may be that somebody wrote down rounded."""


def sigmoid(x: float) -> float:
    """1 / (1 + e^-x), for any x without overflow."""
    return 1 / (1 + exp(-x)) if x >= 0 else exp(x) / (1 + exp(x))


def softmax(z: Vector) -> Vector:
    """exp(z_i) / sum_j exp(z_j), with the largest logit subtracted first."""
    top = max(z)
    powers = [exp(v - top) for v in z]
    total = sum(powers)
    return tuple(p / total for p in powers)


def adds_up(shares: Vector, digits: int = 3) -> bool:
    """Whether the shares add to exactly 1 as they are shown."""
    return sum(rounded(s, digits) for s in shares) == 1


def mean(values: Sequence[float]) -> float:
    """Their sum divided by their number."""
    return sum(values) / len(values)


def squares_around_mean(values: Sequence[float]) -> float:
    """The sum of squared distances from the mean."""
    middle = mean(values)
    return sum((v - middle) ** 2 for v in values)


def variance(values: Sequence[float], ddof: int = 0) -> float:
    """The mean squared distance from the mean; `ddof` 1 divides by n - 1."""
    return squares_around_mean(values) / (len(values) - ddof)


def dot(a: Sequence[float], b: Sequence[float]) -> float:
    """The dot product; an int for ints."""
    return sum(x * y for x, y in zip(a, b, strict=True))


def harmonic(one: float, other: float) -> float:
    """2 a b / (a + b); 0 where both are 0."""
    return 2 * one * other / (one + other) if one + other else 0


def weighted_mean(values: Sequence[float], weights: Sequence[float]) -> float:
    """The sum of values times weights, divided by the sum of the weights."""
    return sum(v * w for v, w in zip(values, weights, strict=True)) / sum(weights)


class Counts(NamedTuple):
    """A binary confusion matrix."""

    tp: int
    fp: int
    fn: int
    tn: int

    @property
    def total(self) -> int:
        """All that were judged."""
        return sum(self)

    @property
    def accuracy(self) -> float:
        """Share judged right."""
        return (self.tp + self.tn) / self.total

    @property
    def precision(self) -> float:
        """Share of the predicted positives that are positive."""
        return self.tp / (self.tp + self.fp)

    @property
    def recall(self) -> float:
        """Share of the positives that are found."""
        return self.tp / (self.tp + self.fn)

    @property
    def specificity(self) -> float:
        """Share of the negatives that are left alone."""
        return self.tn / (self.tn + self.fp)


def beyond(low: float, high: float, **numbers: float | Sequence[float]) -> str:
    """Which of the named numbers lie outside of [low, high], as a clause for a family's rule; else empty."""
    for name, given in numbers.items():
        values = given if isinstance(given, Sequence) else (given,)
        if any(not low <= value <= high for value in values):
            return f"`{name}` must lie between {plain(low)} and {plain(high)}"
    return ""


def negative(**numbers: float) -> str:
    """Which of the named numbers are not above 0, as a clause for a family's rule; else empty."""
    return next((f"`{name}` must be above 0" for name, value in numbers.items() if value <= 0), "")


def unlike_shares(**lists: Sequence[float]) -> str:
    """Which of the named lists are no distribution, as a clause for a family's rule; else empty."""
    for name, shares in lists.items():
        if min(shares, default=0) < 0 or abs(sum(shares) - 1) > ROUNDED_SHARES:
            return f"the shares of `{name}` must add to 1"
    return ""
