"""The check beside a prediction: predicted against actual recall over the reviews so far."""

from __future__ import annotations

from collections.abc import Iterable
from math import sqrt
from typing import Final, NamedTuple

EDGES: Final = (0.0, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95, 1.0)
"""Bounds of the bins, by predicted recall; most reviews are predicted well."""


class Bin(NamedTuple):
    """Reviews whose predicted recall fell between two bounds."""

    low: float
    high: float
    reviews: int
    predicted: float
    """Mean predicted recall."""
    actual: float
    """Share passed."""


class Calibration(NamedTuple):
    """How well predictions held."""

    bins: tuple[Bin, ...]
    """Those with reviews, lowest first."""
    reviews: int
    predicted: float
    actual: float
    error: float
    """Root mean square of predicted less actual over the bins, weighted by reviews."""


def calibration(reviews: Iterable[tuple[float, bool]]) -> Calibration | None:
    """Compare (predicted recall, passed) pairs; None without any.

    First answers and repeats on the same day do not belong among them: nothing was predicted.
    """
    last = len(EDGES) - 2
    sums = [[0, 0.0, 0] for _ in range(last + 1)]
    for predicted, passed in reviews:
        chance = min(max(predicted, 0.0), 1.0)
        place = max(n for n in range(last + 1) if EDGES[n] <= chance)
        sums[place][0] += 1
        sums[place][1] += chance
        sums[place][2] += passed
    total = sum(count for count, _, _ in sums)
    if not total:
        return None
    bins = tuple(
        Bin(EDGES[n], EDGES[n + 1], int(count), predicted / count, passed / count)
        for n, (count, predicted, passed) in enumerate(sums)
        if count
    )
    return Calibration(
        bins,
        int(total),
        sum(b.predicted * b.reviews for b in bins) / total,
        sum(b.actual * b.reviews for b in bins) / total,
        sqrt(sum(b.reviews * (b.predicted - b.actual) ** 2 for b in bins) / total),
    )
