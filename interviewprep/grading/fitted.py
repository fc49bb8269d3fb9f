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
            0.836,  # odds
            0.000,  # literal
            0.849,  # literal_second
            0.869,  # literal_mean
            1.355,  # literal_over_rivals
            3.226,  # literal_over_wrong
        ),
        base=-1.411,
    ),
    context=Fit(
        weights=(
            0.940,  # odds
            1.580,  # others
            0.626,  # must
            2.258,  # others_of_must
        ),
        base=-1.753,
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
            0.466,  # odds
            3.624,  # unsaid
            2.603,  # others
        ),
        base=-3.167,
    ),
)
