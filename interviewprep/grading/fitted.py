"""Weights of the grader. Written by `python -m benchmarks.fit_grading --write`, not by hand.

Fitted on the answers of data/graded-answers that are not held out.
"""

from __future__ import annotations

from interviewprep.grading.matching import Fit
from interviewprep.grading.weights import Weights

WEIGHTS = Weights(
    point=Fit(
        weights=(
            -0.685,  # best
            1.471,  # second
            2.657,  # mean
            0.297,  # share
            0.804,  # second_share
            0.860,  # text
            0.034,  # union
            0.051,  # lent
            -0.483,  # wrong
            -0.186,  # wrong_too
            -2.872,  # rival
            0.303,  # against
            0.368,  # length
            3.920,  # over_wrong
            0.290,  # over_rivals
            -1.498,  # wrong_chance
            -2.524,  # sentence_chance
            3.495,  # anywhere
        ),
        base=-4.892,
    ),
    alone=Fit(
        weights=(
            0.410,  # odds
            0.255,  # literal
            0.762,  # literal_second
            0.019,  # literal_mean
            0.467,  # literal_over_rivals
            2.010,  # literal_over_wrong
            0.935,  # phrases
        ),
        base=-3.413,
    ),
    context=Fit(
        weights=(
            0.937,  # odds
            0.823,  # others
            0.614,  # must
            2.270,  # others_of_must
        ),
        base=-1.326,
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
            0.124,  # odds
            3.914,  # unsaid
            2.831,  # others
            1.150,  # phrases
        ),
        base=-8.183,
    ),
)
"""For cards with example phrases."""

PLAIN_WEIGHTS = Weights(
    point=Fit(
        weights=(
            0.996,  # best
            0.778,  # second
            3.157,  # mean
            -0.491,  # share
            0.255,  # second_share
            1.946,  # text
            -0.031,  # union
            0.162,  # lent
            -1.323,  # wrong
            -0.302,  # wrong_too
            -3.186,  # rival
            0.290,  # against
            0.390,  # length
            2.532,  # over_wrong
            0.268,  # over_rivals
            -2.382,  # wrong_chance
            -2.126,  # sentence_chance
            1.965,  # anywhere
        ),
        base=-3.022,
    ),
    alone=Fit(
        weights=(
            0.849,  # odds
            0.000,  # literal
            0.000,  # literal_second
            0.866,  # literal_mean
            1.051,  # literal_over_rivals
            1.666,  # literal_over_wrong
            0.000,  # phrases
        ),
        base=-0.605,
    ),
    context=Fit(
        weights=(
            0.908,  # odds
            2.046,  # others
            0.843,  # must
            2.219,  # others_of_must
        ),
        base=-2.110,
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
            3.845,  # unsaid
            2.615,  # others
            0.000,  # phrases
        ),
        base=-3.158,
    ),
)
"""For cards without: the phrases count nothing."""
