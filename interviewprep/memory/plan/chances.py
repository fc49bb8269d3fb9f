"""Luck for simulations, drawn once so that rules are compared on the same learner."""

from __future__ import annotations

import random
from typing import Final

REVIEWS: Final = 16
"""Draws per card; a card reviewed more often meets them again."""


def luck(cards: int, seed: int) -> list[list[float]]:
    """For each review number a list of numbers in [0, 1), one a card, evenly spread over the cards.

    Evenly spread, so that a simulation of few hundred cards strays less from what is expected.
    """
    rng = random.Random(seed)
    found = []
    for _ in range(REVIEWS):
        order = sorted((rng.random(), place) for place in range(cards))
        column = [0.0] * cards
        for rank, (draw, place) in enumerate(order):
            column[place] = (rank + draw) / cards
        found.append(column)
    return found
