"""What is fitted of the grader: weights of measures, step by step."""

from __future__ import annotations

from typing import NamedTuple

from interviewprep.grading.matching import Fit


class Weights(NamedTuple):
    """The steps of grading an answer."""

    point: Fit
    """Of a stretch, for a point."""
    alone: Fit
    """Of a point by itself."""
    context: Fit
    """Of a point among the others."""
    wrong: Fit
    """Of a stretch, for a misconception."""
    wrong_context: Fit
    """Of a misconception among the rest of the answer."""
