"""Weights of the grader. Written by `python -m benchmarks.fit_grading --write`, not by hand.

Fitted on the answers of data/graded-answers that are not held out.
"""

from __future__ import annotations

from interviewprep.grading.matching import Fit

POINT = Fit(
    weights=(
        0.965,  # best
        -0.048,  # second
        -1.230,  # mean
        0.998,  # share
        2.650,  # second_share
        1.151,  # text
        0.077,  # union
        0.157,  # lent
        -1.149,  # wrong
        -2.957,  # wrong_too
        -3.591,  # rival
        0.296,  # against
        0.324,  # length
        2.058,  # over_wrong
        0.383,  # over_rivals
        -3.237,  # wrong_chance
        -1.939,  # sentence_chance
        3.170,  # anywhere
    ),
    base=-3.879,
)

WRONG = Fit(
    weights=(
        -0.034,  # best
        -0.671,  # share
        1.627,  # second
        3.507,  # mean
        0.165,  # weight
        0.303,  # telling
        1.962,  # strict
        -0.909,  # point
        4.408,  # over_point
        2.461,  # over_sentence
        -0.657,  # others
        0.271,  # against
        -0.025,  # denials
        -0.112,  # length
    ),
    base=-4.614,
)

SAID = 0.5
"""Chance from which a point counts as said."""
PARTLY = 0.3
"""Chance from which it counts as partly said."""
STATED = 0.62
"""Chance from which a misconception counts as stated."""
