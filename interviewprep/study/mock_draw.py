"""Which questions a mock interview asks: weakest topics first or any at random, from broad to deep.

Everything follows from the cards, the log, the options and the seed. More are drawn than the minutes hold, so
that quick answers do not end an interview before its time.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

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
from interviewprep.study.mock_options import MockOptions, planned_of

if TYPE_CHECKING:
    from interviewprep.store.sessions import SavedSession

QUESTIONS_A_TOPIC: Final = 3
"""So many in a row make the way from broad to deep."""
SPARE: Final = (3, 8)
"""Questions kept ready: in all so many times those planned, and so many more. A card takes about 10 kB."""
PRIORITY: Final[Mapping[str, float]] = {"must": 1.0, "should": 0.8, "nice": 0.5}
LEANING: Final = 1.3
"""How much more a topic weighs that the role is asked about."""
LATELY: Final = 3
"""The cards of so many mock interviews before this one come only where there are no others."""
LATELY_FACTOR: Final = 0.2
JITTER: Final = 0.1
"""How far chance moves topics and cards that are about equally weak."""


class Drawn(NamedTuple):
    """What an interview may ask."""

    items: list[Item]
    """In the order in which they are asked, as far as the time goes."""
    planned: int
    """How many of them, from the first, fill the minutes where each answer takes its target time."""


def draw_items(desk: Desk, options: MockOptions, *, seed: int) -> Drawn:
    """The questions of an interview: those that fill its minutes, at least one, and spare ones behind them.

    Raises NotFoundError for a topic that does not exist, and where no card can be asked.
    """
    rng = random.Random(seed)
    hidden = desk.progress(desk.today()).hidden
    heads = [h for h in chosen_heads(desk, options) if h.name not in hidden]
    topics: dict[str, list[CardHead]] = {}
    for head in heads:
        topics.setdefault(head.deck, []).append(head)
    worth = _worth(desk, heads, rng, is_random=options.random)
    times, more = SPARE
    most = times * _count(options.minutes) + more
    if options.random:
        ordered = _at_random(topics, worth, 2 * most, rng)
    else:
        ordered = _weakest(topics, worth, 2 * most, rng, options.role)
    items = _frozen(desk, ordered, most)
    if not items:
        raise NotFoundError(
            "No question card with key points matches.",
            hint="`interviewprep decks list` shows the decks; leave out --topics or --level.",
        )
    planned = _fitting(items, options.minutes)
    first, spare = items[:planned], items[planned:]
    if options.random:
        first.sort(key=lambda item: _depth(item.level))
    times, more = SPARE
    return Drawn(first + spare[: (times - 1) * planned + more], planned)


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


def _fitting(items: Sequence[Item], minutes: int) -> int:
    """How many of them, from the first, fit; at least one."""
    left = 60 * minutes - OPENING_SECONDS
    for count, item in enumerate(items):
        left -= item.target_seconds + FOLLOW_UP_SECONDS
        if left < 0:
            return max(1, count)
    return len(items)


def _worth(
    desk: Desk, heads: Iterable[CardHead], rng: random.Random, *, is_random: bool
) -> Callable[[CardHead], float]:
    """How much a card is worth asking: risk of not recalling it by its priority, what came lately last."""
    today = desk.today()
    states = desk.store.states()
    lately = {
        str(item.get("card"))
        for saved in desk.store.sessions("mock", limit=LATELY)
        for item in saved.items[: _reached(saved)]
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


def _reached(saved: SavedSession) -> int:
    """How many of an interview's items were planned or asked; its spare ones may come again at once."""
    planned = planned_of(saved.config, len(saved.items))
    entries = saved.state.get("entries", [])
    asked = [e.get("item") for e in entries if isinstance(e, Mapping)] if isinstance(entries, list) else []
    return max([planned, *(at + 1 for at in asked if isinstance(at, int))])


def _weakest(
    topics: Mapping[str, Sequence[CardHead]],
    worth: Callable[[CardHead], float],
    count: int,
    rng: random.Random,
    role: str,
) -> list[CardHead]:
    """The topics with the most at risk, three questions each, from broad to deep; then three more of each."""

    def weight(deck: str) -> float:
        mean = sum(map(worth, topics[deck])) / len(topics[deck])
        return mean * (LEANING if leans_to(role, deck) else 1.0) * (1 - JITTER * rng.random())

    ranked = sorted({deck: weight(deck) for deck in topics}.items(), key=lambda pair: -pair[1])
    found: list[CardHead] = []
    used: set[str] = set()
    before = -1
    while before < len(found) < count:
        before = len(found)
        for deck, _ in ranked:
            found += _deepening(topics[deck], worth, QUESTIONS_A_TOPIC, used)
    return found[:count]


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
