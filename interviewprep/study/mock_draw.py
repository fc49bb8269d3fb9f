"""Which questions a mock interview asks: weakest topics first or any at random, from broad to deep.

Everything follows from the cards, the log, the options and the seed.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final

from interviewprep.cards.heads import CardHead
from interviewprep.errors import NotFoundError
from interviewprep.memory.curve import retrievability
from interviewprep.study.desk import Desk
from interviewprep.study.mock_items import (
    FOLLOW_UP_SECONDS,
    LEVELS,
    OPENING_SECONDS,
    TARGET_SECONDS,
    Item,
    item_of,
)
from interviewprep.study.mock_openings import leans_to
from interviewprep.study.mock_options import MockOptions

QUESTIONS_A_TOPIC: Final = 3
"""So many in a row make the way from broad to deep."""
PRIORITY: Final[Mapping[str, float]] = {"must": 1.0, "should": 0.8, "nice": 0.5}
LEANING: Final = 1.3
"""How much more a topic weighs that the role is asked about."""
LATELY: Final = 3
"""The cards of so many mock interviews before this one come only where there are no others."""
LATELY_FACTOR: Final = 0.2
JITTER: Final = 0.1
"""How far chance moves topics and cards that are about equally weak."""


def draw_items(desk: Desk, options: MockOptions, *, seed: int) -> list[Item]:
    """The questions of an interview that fills its minutes, at least one.

    Raises NotFoundError for a topic that does not exist, and where no card can be asked.
    """
    rng = random.Random(seed)
    hidden = desk.progress(desk.today()).hidden
    heads = [h for h in chosen_heads(desk, options) if h.name not in hidden]
    topics: dict[str, list[CardHead]] = {}
    for head in heads:
        topics.setdefault(head.deck, []).append(head)
    worth = _worth(desk, heads, rng, is_random=options.random)
    count = _count(options.minutes)
    if options.random:
        ordered = _at_random(topics, worth, 2 * count, rng)
    else:
        ordered = _weakest(topics, worth, count, rng, options.role)
    items = _fitting(_frozen(desk, ordered, count), options.minutes)
    if not items:
        raise NotFoundError(
            "No question card with key points matches.",
            hint="`interviewprep decks list` shows the decks; leave out --topics or --level.",
        )
    return sorted(items, key=lambda item: _depth(item.level)) if options.random else items


def chosen_heads(desk: Desk, options: MockOptions) -> list[CardHead]:
    """The question cards of the topics and levels wanted. Raises NotFoundError for an unknown topic."""
    library = desk.library
    heads = [h for h in library.heads if h.kind == "qa"]
    if options.topics:
        wanted: set[str] = set()
        for topic in options.topics:
            tagged = {h.name for h in heads if topic in h.tags.split()}
            try:
                decks = set(library.resolve_decks(topic))
            except NotFoundError:
                if not tagged:
                    raise
                decks = set()
            wanted |= {h.name for h in heads if h.deck in decks} | (set() if decks else tagged)
        heads = [h for h in heads if h.name in wanted]
    if options.levels:
        heads = [h for h in heads if h.level in options.levels]
    return heads


def _count(minutes: int) -> int:
    """About how many questions, each with a follow-up, fit."""
    return max(1, (60 * minutes - OPENING_SECONDS) // (TARGET_SECONDS["easy"] + FOLLOW_UP_SECONDS))


def _fitting(items: Sequence[Item], minutes: int) -> list[Item]:
    left = 60 * minutes - OPENING_SECONDS
    found: list[Item] = []
    for item in items:
        left -= item.target_seconds + FOLLOW_UP_SECONDS
        if left < 0 and found:
            break
        found.append(item)
    return found


def _worth(
    desk: Desk, heads: Iterable[CardHead], rng: random.Random, *, is_random: bool
) -> Callable[[CardHead], float]:
    """How much a card is worth asking: risk of not recalling it by its priority, what came lately last."""
    today = desk.today()
    states = desk.store.states()
    lately = {
        str(item.get("card"))
        for saved in desk.store.sessions("mock", limit=LATELY)
        for item in saved.items
        if isinstance(item, Mapping)
    }
    found: dict[str, float] = {}
    for head in heads:
        state = states.get(head.name)
        chance = 0.0 if state is None else retrievability(state.stability, max(0, today - state.last_day))
        worth = 1.0 if is_random else (1 - chance) * PRIORITY.get(head.priority, PRIORITY["should"])
        worth *= 1 - (1.0 if is_random else JITTER) * rng.random()
        found[head.name] = worth * (LATELY_FACTOR if head.name in lately else 1.0)
    return lambda head: found[head.name]


def _weakest(
    topics: Mapping[str, Sequence[CardHead]],
    worth: Callable[[CardHead], float],
    count: int,
    rng: random.Random,
    role: str,
) -> list[CardHead]:
    """The topics with the most at risk, three questions each, from broad to deep."""

    def weight(deck: str) -> float:
        mean = sum(map(worth, topics[deck])) / len(topics[deck])
        return mean * (LEANING if leans_to(role, deck) else 1.0) * (1 - JITTER * rng.random())

    ranked = sorted({deck: weight(deck) for deck in topics}.items(), key=lambda pair: -pair[1])
    found: list[CardHead] = []
    used: set[str] = set()
    for deck, _ in ranked:
        found += _deepening(topics[deck], worth, QUESTIONS_A_TOPIC, used)
    if len(found) < count:  # few topics: go on in them
        for deck, _ in ranked:
            found += _deepening(topics[deck], worth, count, used)
    return found[: 2 * count]


def _at_random(
    topics: Mapping[str, Sequence[CardHead]],
    worth: Callable[[CardHead], float],
    count: int,
    rng: random.Random,
) -> list[CardHead]:
    """Of every topic one, then of every topic a second."""
    decks = list(topics)
    rng.shuffle(decks)
    found: list[CardHead] = []
    used: set[str] = set()
    while len(found) < count:
        before = len(found)
        for deck in decks:
            best = max(
                (h for h in topics[deck] if h.name not in used and h.concept not in used),
                key=worth,
                default=None,
            )
            if best is not None and len(found) < count:
                found.append(best)
                used |= {best.name, best.concept}
        if len(found) == before:
            break
    return found


def _deepening(
    heads: Sequence[CardHead], worth: Callable[[CardHead], float], count: int, used: set[str]
) -> list[CardHead]:
    """Up to `count` cards of a topic about different concepts, easy to hard; `used` takes their concepts.

    An easy one, a medium one, a hard one by turns, each the one most worth asking.
    """
    found: list[CardHead] = []
    ranked = sorted(heads, key=worth, reverse=True)
    turn = 0
    while len(found) < count:
        free = [h for h in ranked if h.concept not in used]
        if not free:
            break
        wanted = LEVELS[turn % len(LEVELS)]
        turn += 1
        best = next((h for h in free if (h.level or "medium") == wanted), free[0])
        found.append(best)
        used.add(best.concept)
    return sorted(found, key=lambda head: _depth(head.level))


def _depth(level: str) -> int:
    return LEVELS.index(level) if level in LEVELS else 1


def _frozen(desk: Desk, heads: Iterable[CardHead], count: int) -> list[Item]:
    titles = {deck.id: deck.title for deck in desk.library.decks}
    found: list[Item] = []
    for head in heads:
        item = item_of(desk.library, head, topic=titles.get(head.deck, head.deck))
        if item is not None:
            found.append(item)
        if len(found) == count:
            break
    return found
