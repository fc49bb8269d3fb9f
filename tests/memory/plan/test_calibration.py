"""Predicted against actual recall."""

from __future__ import annotations

import pytest

from interviewprep.memory.plan.calibration import Bin, calibration


def test_reviews_fall_into_bins_by_their_prediction() -> None:
    found = calibration([(0.92, True), (0.94, False), (0.3, True), (1.0, True)])
    assert found is not None
    assert found.bins == (
        Bin(0.0, 0.5, 1, 0.3, 1.0),
        Bin(0.9, 0.95, 2, (0.92 + 0.94) / 2, 0.5),
        Bin(0.95, 1.0, 1, 1.0, 1.0),
    )
    assert (found.reviews, found.actual) == (4, 0.75)
    assert found.predicted == pytest.approx(0.79)
    assert found.error == pytest.approx(((0.7**2 + 2 * 0.43**2) / 4) ** 0.5)


def test_without_reviews_there_is_nothing_to_compare() -> None:
    assert calibration([]) is None


def test_predictions_out_of_range_are_brought_into_it() -> None:
    found = calibration([(1.2, True), (-0.1, False)])
    assert found is not None
    assert [(b.predicted, b.actual) for b in found.bins] == [(0.0, 0.0), (1.0, 1.0)]
