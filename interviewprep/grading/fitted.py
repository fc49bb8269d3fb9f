"""Weights of the grader. Written by `python -m benchmarks.fit_grading --write`, not by hand.

Fitted on the answers of data/graded-answers that are not held out.
"""

from __future__ import annotations

from interviewprep.grading.matching import Fit
from interviewprep.grading.weights import Weights

WEIGHTS = Weights(
    point=Fit(
        weights=(
            -0.643,  # best
            1.403,  # second
            2.856,  # mean
            0.354,  # share
            0.831,  # second_share
            0.866,  # text
            0.046,  # union
            0.066,  # lent
            -0.564,  # wrong
            -0.127,  # wrong_too
            -2.999,  # rival
            0.285,  # against
            0.395,  # length
            3.915,  # over_wrong
            0.277,  # over_rivals
            -1.521,  # wrong_chance
            -2.389,  # sentence_chance
            3.353,  # anywhere
        ),
        base=-4.945,
    ),
    alone=Fit(
        weights=(
            0.345,  # odds
            0.238,  # literal
            0.485,  # literal_second
            0.000,  # literal_mean
            0.000,  # literal_over_rivals
            1.797,  # literal_over_wrong
            1.197,  # phrases
        ),
        base=-3.594,
    ),
    context=Fit(
        weights=(
            0.938,  # odds
            0.665,  # others
            0.610,  # must
            2.232,  # others_of_must
        ),
        base=-1.221,
    ),
    wrong=Fit(
        weights=(
            0.729,  # best
            -0.129,  # share
            1.725,  # second
            3.831,  # mean
            0.294,  # weight
            0.443,  # telling
            1.340,  # strict
            -1.702,  # point
            2.885,  # over_point
            3.264,  # over_sentence
            -1.009,  # others
            -0.204,  # against
            -0.060,  # denials
            -0.355,  # turned
            0.058,  # turned_sentence
            0.123,  # length
        ),
        base=-5.700,
    ),
    wrong_context=Fit(
        weights=(
            0.035,  # odds
            3.697,  # unsaid
            2.759,  # others
            1.467,  # phrases
        ),
        base=-8.717,
    ),
)
"""For cards with example phrases."""

PLAIN_WEIGHTS = Weights(
    point=Fit(
        weights=(
            0.939,  # best
            0.638,  # second
            3.201,  # mean
            -0.511,  # share
            0.340,  # second_share
            1.972,  # text
            -0.025,  # union
            0.162,  # lent
            -1.096,  # wrong
            -0.617,  # wrong_too
            -3.292,  # rival
            0.283,  # against
            0.395,  # length
            2.690,  # over_wrong
            0.266,  # over_rivals
            -2.154,  # wrong_chance
            -2.170,  # sentence_chance
            2.020,  # anywhere
        ),
        base=-3.090,
    ),
    alone=Fit(
        weights=(
            0.852,  # odds
            0.000,  # literal
            0.000,  # literal_second
            0.878,  # literal_mean
            0.983,  # literal_over_rivals
            1.667,  # literal_over_wrong
            0.000,  # phrases
        ),
        base=-0.599,
    ),
    context=Fit(
        weights=(
            0.909,  # odds
            2.040,  # others
            0.833,  # must
            2.245,  # others_of_must
        ),
        base=-2.109,
    ),
    wrong=Fit(
        weights=(
            2.185,  # best
            -0.732,  # share
            3.499,  # second
            0.288,  # mean
            0.209,  # weight
            0.433,  # telling
            1.752,  # strict
            -1.853,  # point
            1.036,  # over_point
            3.185,  # over_sentence
            -1.097,  # others
            0.346,  # against
            -0.138,  # denials
            -0.259,  # turned
            -0.139,  # turned_sentence
            0.006,  # length
        ),
        base=-5.240,
    ),
    wrong_context=Fit(
        weights=(
            0.404,  # odds
            3.887,  # unsaid
            2.594,  # others
            0.000,  # phrases
        ),
        base=-3.173,
    ),
)
"""For cards without: the phrases count nothing."""
