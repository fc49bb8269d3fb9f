"""Weights of the grader. Written by `python -m benchmarks.fit_grading --write`, not by hand.

Fitted on the answers of data/graded-answers that are not held out.
"""

from __future__ import annotations

from interviewprep.grading.matching import Fit
from interviewprep.grading.weights import Weights

WEIGHTS = Weights(
    point=Fit(
        weights=(
            -0.655,  # best
            1.378,  # second
            2.910,  # mean
            0.325,  # share
            0.773,  # second_share
            0.844,  # text
            0.047,  # union
            0.066,  # lent
            -0.402,  # wrong
            -0.092,  # wrong_too
            -3.106,  # rival
            0.282,  # against
            0.384,  # length
            4.039,  # over_wrong
            0.274,  # over_rivals
            -1.553,  # wrong_chance
            -2.422,  # sentence_chance
            3.353,  # anywhere
        ),
        base=-4.906,
    ),
    alone=Fit(
        weights=(
            0.353,  # odds
            0.000,  # literal
            0.000,  # literal_second
            0.000,  # literal_mean
            0.000,  # literal_over_rivals
            1.243,  # literal_over_wrong
            1.326,  # phrases
        ),
        base=-3.275,
    ),
    context=Fit(
        weights=(
            0.937,  # odds
            0.794,  # others
            0.640,  # must
            2.268,  # others_of_must
        ),
        base=-1.317,
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
            3.266,  # over_sentence
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
            0.026,  # odds
            3.505,  # unsaid
            2.775,  # others
            1.484,  # phrases
        ),
        base=-8.492,
    ),
)
"""For cards with example phrases."""

PLAIN_WEIGHTS = Weights(
    point=Fit(
        weights=(
            0.933,  # best
            0.634,  # second
            3.239,  # mean
            -0.565,  # share
            0.342,  # second_share
            1.947,  # text
            -0.026,  # union
            0.161,  # lent
            -1.041,  # wrong
            -0.543,  # wrong_too
            -3.286,  # rival
            0.285,  # against
            0.403,  # length
            2.742,  # over_wrong
            0.266,  # over_rivals
            -2.239,  # wrong_chance
            -2.190,  # sentence_chance
            2.014,  # anywhere
        ),
        base=-3.098,
    ),
    alone=Fit(
        weights=(
            0.871,  # odds
            0.000,  # literal
            0.000,  # literal_second
            0.507,  # literal_mean
            0.701,  # literal_over_rivals
            1.609,  # literal_over_wrong
            0.000,  # phrases
        ),
        base=-0.461,
    ),
    context=Fit(
        weights=(
            0.909,  # odds
            2.059,  # others
            0.831,  # must
            2.267,  # others_of_must
        ),
        base=-2.122,
    ),
    wrong=Fit(
        weights=(
            2.195,  # best
            -0.704,  # share
            3.507,  # second
            0.268,  # mean
            0.208,  # weight
            0.424,  # telling
            1.740,  # strict
            -1.919,  # point
            1.051,  # over_point
            3.140,  # over_sentence
            -1.127,  # others
            0.346,  # against
            -0.142,  # denials
            -0.278,  # turned
            -0.128,  # turned_sentence
            0.057,  # length
        ),
        base=-5.327,
    ),
    wrong_context=Fit(
        weights=(
            0.403,  # odds
            3.906,  # unsaid
            2.581,  # others
            0.000,  # phrases
        ),
        base=-3.187,
    ),
)
"""For cards without: the phrases count nothing."""
