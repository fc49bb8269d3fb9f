"""Weights of the grader. Written by `python -m benchmarks.fit_grading --write`, not by hand.

Fitted on the answers of data/graded-answers that are not held out.
"""

from __future__ import annotations

from interviewprep.grading.matching import Fit
from interviewprep.grading.weights import Weights

WEIGHTS = Weights(
    point=Fit(
        weights=(
            -0.622,  # best
            1.430,  # second
            2.881,  # mean
            0.361,  # share
            0.740,  # second_share
            0.853,  # text
            0.047,  # union
            0.068,  # lent
            -0.507,  # wrong
            -0.094,  # wrong_too
            -3.096,  # rival
            0.282,  # against
            0.379,  # length
            3.936,  # over_wrong
            0.275,  # over_rivals
            -1.546,  # wrong_chance
            -2.402,  # sentence_chance
            3.357,  # anywhere
        ),
        base=-4.894,
    ),
    alone=Fit(
        weights=(
            0.332,  # odds
            0.040,  # literal
            0.479,  # literal_second
            0.000,  # literal_mean
            0.000,  # literal_over_rivals
            1.674,  # literal_over_wrong
            1.309,  # phrases
        ),
        base=-3.539,
    ),
    context=Fit(
        weights=(
            0.939,  # odds
            0.789,  # others
            0.648,  # must
            2.240,  # others_of_must
        ),
        base=-1.312,
    ),
    wrong=Fit(
        weights=(
            0.729,  # best
            -0.130,  # share
            1.725,  # second
            3.832,  # mean
            0.294,  # weight
            0.443,  # telling
            1.339,  # strict
            -1.701,  # point
            2.884,  # over_point
            3.265,  # over_sentence
            -1.010,  # others
            -0.204,  # against
            -0.060,  # denials
            -0.356,  # turned
            0.058,  # turned_sentence
            0.123,  # length
        ),
        base=-5.698,
    ),
    wrong_context=Fit(
        weights=(
            0.027,  # odds
            3.523,  # unsaid
            2.772,  # others
            1.486,  # phrases
        ),
        base=-8.504,
    ),
)
"""For cards with example phrases."""

PLAIN_WEIGHTS = Weights(
    point=Fit(
        weights=(
            0.892,  # best
            0.645,  # second
            3.231,  # mean
            -0.526,  # share
            0.338,  # second_share
            1.960,  # text
            -0.025,  # union
            0.160,  # lent
            -1.098,  # wrong
            -0.497,  # wrong_too
            -3.265,  # rival
            0.284,  # against
            0.403,  # length
            2.738,  # over_wrong
            0.265,  # over_rivals
            -2.075,  # wrong_chance
            -2.221,  # sentence_chance
            2.002,  # anywhere
        ),
        base=-3.094,
    ),
    alone=Fit(
        weights=(
            0.852,  # odds
            0.000,  # literal
            0.000,  # literal_second
            0.859,  # literal_mean
            0.987,  # literal_over_rivals
            1.675,  # literal_over_wrong
            0.000,  # phrases
        ),
        base=-0.597,
    ),
    context=Fit(
        weights=(
            0.909,  # odds
            2.033,  # others
            0.830,  # must
            2.250,  # others_of_must
        ),
        base=-2.105,
    ),
    wrong=Fit(
        weights=(
            2.193,  # best
            -0.706,  # share
            3.508,  # second
            0.268,  # mean
            0.207,  # weight
            0.423,  # telling
            1.740,  # strict
            -1.915,  # point
            1.055,  # over_point
            3.141,  # over_sentence
            -1.127,  # others
            0.346,  # against
            -0.142,  # denials
            -0.279,  # turned
            -0.127,  # turned_sentence
            0.057,  # length
        ),
        base=-5.326,
    ),
    wrong_context=Fit(
        weights=(
            0.404,  # odds
            3.895,  # unsaid
            2.591,  # others
            0.000,  # phrases
        ),
        base=-3.180,
    ),
)
"""For cards without: the phrases count nothing."""
