"""Weights of the grader. Written by `python -m benchmarks.fit_grading --write`, not by hand.

Fitted on the answers of data/graded-answers that are not held out.
"""

from __future__ import annotations

from interviewprep.grading.matching import Fit

POINT = Fit(
    weights=(
        -0.041,  # best
        0.707,  # second
        2.151,  # mean
        0.579,  # share
        2.542,  # second_share
        0.935,  # text
        0.035,  # union
        0.081,  # lent
        -1.720,  # wrong
        -0.212,  # wrong_too
        -3.205,  # rival
        0.236,  # against
        0.339,  # length
        3.005,  # over_wrong
        0.327,  # over_rivals
        -0.322,  # wrong_chance
        -2.183,  # sentence_chance
        2.766,  # anywhere
    ),
    base=-4.486,
)

CONTEXT = Fit(
    weights=(
        0.986,  # odds
        2.413,  # others
        0.854,  # must
        2.541,  # others_of_must
    ),
    base=-2.275,
)

WRONG = Fit(
    weights=(
        0.390,  # best
        0.218,  # share
        0.067,  # second
        5.590,  # mean
        0.216,  # weight
        0.695,  # telling
        1.378,  # strict
        -1.692,  # point
        3.191,  # over_point
        3.615,  # over_sentence
        -1.524,  # others
        -0.567,  # against
        0.049,  # denials
        -0.072,  # length
    ),
    base=-4.403,
)

SAID = 0.55
"""Chance from which a point counts as said."""
PARTLY = 0.3
"""Chance from which it counts as partly said."""
STATED = 0.7
"""Chance from which a misconception counts as stated."""
