"""The rating of a graded answer by the chances of its lines, and the line it hangs on.

A rating follows from all lines together: three must points that are each said with a chance of 0.75 are all
said with one of 0.42. So the chance that an answer passes is their product, and the rating is the one that
costs least on average. Hard, in the middle, is where neither passing nor failing is likely enough: there the
weakest line is the learner's to decide.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from interviewprep.memory.types import Rating

FAR = 4.0
"""What a rating two steps off costs, against one for a single step."""


class Verdict(NamedTuple):
    """What the chances of all lines say of an answer."""

    rating: Rating
    weakest: str
    """Id of the must point or misconception that speaks most against passing; empty for none."""
    half: bool
    """Whether to count at least half of the further points as said."""


def judge(musts: Mapping[str, float], further: Sequence[float], wrong: Mapping[str, float]) -> Verdict:
    """The rating by the chances that each must and further point is said and each misconception stated."""
    against = {line: 1 - chance for line, chance in musts.items()} | dict(wrong)
    passes = math.prod(1 - chance for chance in against.values())
    half = at_least_half(further)
    again, hard, good = 1 - passes, passes * (1 - half), passes * half
    costs = {
        Rating.AGAIN: hard + FAR * good,
        Rating.HARD: again + good,
        Rating.GOOD: hard + FAR * again,
    }
    rating = min(costs, key=costs.__getitem__)
    weakest = max(against, key=against.__getitem__, default="")
    # A Hard answer lacks the less likely of the two: that it passes, or says half of the further points.
    return Verdict(rating, weakest, half=rating is Rating.GOOD or half >= passes)


def at_least_half(chances: Sequence[float]) -> float:
    """The chance that at least half of the points are said; 1 where there are none."""
    counts = [1.0]
    """Chance of each number of points said."""
    for chance in chances:
        more = [0.0, *(chance * count for count in counts)]
        counts = [a + (1 - chance) * b for a, b in zip(more, [*counts, 0.0], strict=True)]
    return math.fsum(counts[(len(chances) + 1) // 2 :])
