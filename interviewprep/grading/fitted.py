"""Weights of the grader. Written by `python -m benchmarks.fit_grading --write`, not by hand.

Fitted on the answers of data/graded-answers that are not held out.
"""

from __future__ import annotations

from interviewprep.grading.matching import Fit
from interviewprep.grading.weights import Weights

WEIGHTS = Weights(
    point=Fit(
        weights=(
            -0.623,  # best
            1.672,  # second
            2.332,  # mean
            0.982,  # share
            -0.020,  # second_share
            0.995,  # text
            -0.020,  # union
            0.043,  # lent
            -1.178,  # wrong
            -0.723,  # wrong_too
            -2.266,  # rival
            0.296,  # against
            0.283,  # length
            4.028,  # over_wrong
            0.386,  # over_rivals
            -2.190,  # wrong_chance
            -2.465,  # sentence_chance
            3.862,  # anywhere
        ),
        base=-4.752,
    ),
    alone=Fit(
        weights=(
            0.858,  # odds
            0.000,  # literal
            0.938,  # literal_second
            0.539,  # literal_mean
            1.859,  # literal_over_rivals
            2.927,  # literal_over_wrong
        ),
        base=-1.389,
    ),
    context=Fit(
        weights=(
            0.943,  # odds
            1.838,  # others
            0.810,  # must
            2.488,  # others_of_must
        ),
        base=-2.038,
    ),
    wrong=Fit(
        weights=(
            0.696,  # best
            0.009,  # share
            2.068,  # second
            3.547,  # mean
            0.303,  # weight
            0.527,  # telling
            1.205,  # strict
            -2.167,  # point
            2.315,  # over_point
            3.306,  # over_sentence
            -1.250,  # others
            -0.381,  # against
            -0.037,  # denials
            -0.329,  # turned
            0.127,  # turned_sentence
            0.057,  # length
        ),
        base=-5.084,
    ),
    wrong_context=Fit(
        weights=(
            0.441,  # odds
            3.304,  # unsaid
            2.579,  # others
        ),
        base=-2.943,
    ),
)
