"""The order of a cram: hardest first, siblings apart, no schedule touched."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Sequence
from heapq import heappop, heappush
from typing import TYPE_CHECKING, Final
from zlib import crc32

from interviewprep.cards.heads import CardHead
from interviewprep.memory.curve import retrievability
from interviewprep.memory.types import Progress

if TYPE_CHECKING:
    import random

SIBLING_GAP: Final = 5


def cram_order(heads: Sequence[CardHead], progress: Progress, rng: random.Random) -> list[str]:
    """All scheduled, unhidden cards of a selection, hardest first and siblings five apart where it goes.

    Hardest are those failed today and not yet passed, then those with the lowest retrievability today
    (`progress.states` should hold the states of all of them; a seen card without one counts as well
    known); cards never asked come last, in head order. `rng` breaks ties.
    """
    salt = rng.random()
    today = progress.today
    ranked: list[tuple[float, int, str, str]] = []
    for place, head in enumerate(heads):
        if not head.scheduled or head.name in progress.hidden:
            continue
        state = progress.states.get(head.name)
        tie = crc32(f"{salt}:{head.name}".encode())
        if state is not None:
            waits = state.repeat_day == today
            rank = 0.0 if waits else retrievability(state.stability, max(0, today - state.last_day))
        elif head.name in progress.seen:
            rank = 2.0
        else:
            rank, tie = 3.0, place
        ranked.append((rank, tie, head.name, head.concept))
    return spaced_apart(((name, concept) for _, _, name, concept in sorted(ranked)), SIBLING_GAP)


def spaced_apart(cards: Iterable[tuple[str, str]], gap: int) -> list[str]:
    """Keep the order of (card, concept) pairs but for cards moved back behind `gap` others of other concepts.

    Where only siblings are left, the one whose concept was asked longest ago comes first.
    """
    waiting: dict[str, deque[tuple[int, str]]] = {}
    for place, (card, concept) in enumerate(cards):
        waiting.setdefault(concept, deque()).append((place, card))
    free = [(places[0][0], concept) for concept, places in waiting.items()]
    resting: deque[tuple[int, str]] = deque()
    found: list[str] = []
    while free or resting:
        while resting and (resting[0][0] <= len(found) or not free):
            _, concept = resting.popleft()
            heappush(free, (waiting[concept][0][0], concept))
        _, concept = heappop(free)
        found.append(waiting[concept].popleft()[1])
        if waiting[concept]:
            resting.append((len(found) + gap, concept))
    return found
