"""The line on which a graded answer hangs.

A rating follows from all must points and misconceptions together: three must points that are each said with
a chance of 0.75 are all said with one of 0.42. So the chance that the answer passes is their product, and
where it is neither high nor low the weakest line is the learner's to decide.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import NamedTuple

CERTAIN = 0.8
"""Chance to pass from which nothing is in doubt."""
LIKELY = 0.3
"""Chance to pass below which the weakest must point counts as not said."""


class Weakest(NamedTuple):
    """What an answer that may pass hangs on."""

    line: str
    """Id of a must point or misconception."""
    fails: bool
    """It is a must point, and it is rather this or another line that fails the answer than none."""


def weakest(musts: Mapping[str, float], wrong: Mapping[str, float]) -> Weakest | None:
    """The line in doubt by the chances that each must point is said and each misconception stated.

    None where the answer surely passes.
    """
    against = {line: 1 - chance for line, chance in musts.items()} | dict(wrong)
    passes = math.prod(1 - chance for chance in against.values())
    if passes >= CERTAIN:
        return None
    line = max(against, key=against.__getitem__)
    return Weakest(line, line in musts and passes < LIKELY)
