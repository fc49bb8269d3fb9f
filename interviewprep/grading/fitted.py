"""Weights of the grader. Written by `python -m benchmarks.fit_grading --write`, not by hand.

Fitted on the answers of data/graded-answers that are not held out.
"""

from __future__ import annotations

from interviewprep.grading.matching import Fit
from interviewprep.grading.weights import Weights

WEIGHTS = Weights(
    point=Fit(
        weights=(
            -0.688,  # best
            1.600,  # second
            2.764,  # mean
            0.300,  # share
            0.725,  # second_share
            0.872,  # text
            0.034,  # union
            0.051,  # lent
            -0.460,  # wrong
            -0.312,  # wrong_too
            -2.894,  # rival
            0.303,  # against
            0.378,  # length
            3.915,  # over_wrong
            0.285,  # over_rivals
            -1.475,  # wrong_chance
            -2.513,  # sentence_chance
            3.493,  # anywhere
        ),
        base=-4.915,
    ),
    alone=Fit(
        weights=(
            0.388,  # odds
            0.251,  # literal
            0.561,  # literal_second
            0.000,  # literal_mean
            0.296,  # literal_over_rivals
            2.147,  # literal_over_wrong
            1.011,  # phrases
        ),
        base=-3.473,
    ),
    context=Fit(
        weights=(
            0.933,  # odds
            0.810,  # others
            0.610,  # must
            2.184,  # others_of_must
        ),
        base=-1.289,
    ),
    wrong=Fit(
        weights=(
            0.768,  # best
            -0.028,  # share
            1.666,  # second
            3.876,  # mean
            0.285,  # weight
            0.492,  # telling
            1.385,  # strict
            -1.714,  # point
            2.677,  # over_point
            3.199,  # over_sentence
            -0.990,  # others
            -0.182,  # against
            -0.102,  # denials
            -0.209,  # turned
            0.050,  # turned_sentence
            0.071,  # length
        ),
        base=-5.616,
    ),
    wrong_context=Fit(
        weights=(
            0.117,  # odds
            3.779,  # unsaid
            2.817,  # others
            1.252,  # phrases
        ),
        base=-8.114,
    ),
)
"""For cards with example phrases."""

PLAIN_WEIGHTS = Weights(
    point=Fit(
        weights=(
            0.981,  # best
            0.768,  # second
            3.163,  # mean
            -0.485,  # share
            0.245,  # second_share
            1.944,  # text
            -0.030,  # union
            0.162,  # lent
            -1.301,  # wrong
            -0.280,  # wrong_too
            -3.208,  # rival
            0.289,  # against
            0.397,  # length
            2.557,  # over_wrong
            0.266,  # over_rivals
            -2.346,  # wrong_chance
            -2.124,  # sentence_chance
            1.956,  # anywhere
        ),
        base=-3.034,
    ),
    alone=Fit(
        weights=(
            0.849,  # odds
            0.000,  # literal
            0.000,  # literal_second
            0.854,  # literal_mean
            1.043,  # literal_over_rivals
            1.681,  # literal_over_wrong
            0.000,  # phrases
        ),
        base=-0.604,
    ),
    context=Fit(
        weights=(
            0.908,  # odds
            2.049,  # others
            0.842,  # must
            2.221,  # others_of_must
        ),
        base=-2.111,
    ),
    wrong=Fit(
        weights=(
            2.275,  # best
            -0.615,  # share
            3.392,  # second
            0.317,  # mean
            0.208,  # weight
            0.446,  # telling
            1.744,  # strict
            -1.976,  # point
            0.827,  # over_point
            3.109,  # over_sentence
            -1.060,  # others
            0.358,  # against
            -0.167,  # denials
            -0.273,  # turned
            -0.076,  # turned_sentence
            -0.022,  # length
        ),
        base=-5.177,
    ),
    wrong_context=Fit(
        weights=(
            0.404,  # odds
            3.846,  # unsaid
            2.615,  # others
            0.000,  # phrases
        ),
        base=-3.158,
    ),
)
"""For cards without: the phrases count nothing."""
