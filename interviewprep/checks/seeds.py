"""Which variant a card asks next: fixed by the card's name and the number of answers so far."""

from __future__ import annotations

from interviewprep.checks.recipe import Recipe, variant_of
from interviewprep.checks.variants import FIRST, seed_for

TURNS = 50
"""How often numbers are drawn again to differ from their neighbours'."""


def seed_at(card: str, place: int, recipe: Recipe) -> int:
    """The seed at a place of a card's sequence; neighbours never have the same numbers.

    Place 0 is seed 0, the first numbers. Without looking back further than one place: even places take
    their seed as it comes, odd ones draw until their numbers differ from both neighbours'. Where a card's
    ranges allow too few numbers for that the last draw stands.
    """
    if place == 0:
        return FIRST
    seed = seed_for(card, place)
    if place % 2 == 0:
        return seed
    beside = [variant_of(recipe, seed_at(card, n, recipe)).params for n in (place - 1, place + 1)]
    for turn in range(TURNS):
        if variant_of(recipe, seed).params not in beside:
            break
        seed = seed_for(f"{card}:{turn}", place)
    return seed
