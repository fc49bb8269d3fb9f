"""Which questions a quiz asks: drawn from the selection, topics by turns, what is due today left out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal, TypeVar

from interviewprep.cards.heads import CardHead
from interviewprep.errors import NotFoundError
from interviewprep.store.records import hides
from interviewprep.study.quiz_items import Item, numeric_item, rng_of, typed_item, written_item
from interviewprep.study.selection import Selection

if TYPE_CHECKING:
    from interviewprep.study.desk import Desk

_T = TypeVar("_T")
Kind = Literal["mixed", "choice", "typed", "numeric"]
KINDS: tuple[Kind, ...] = ("mixed", "choice", "typed", "numeric")
SHARES: Mapping[Kind, tuple[tuple[Kind, float], ...]] = {
    "mixed": (("choice", 0.5), ("typed", 0.3), ("numeric", 0.2)),
    "choice": (("choice", 1.0),),
    "typed": (("typed", 1.0),),
    "numeric": (("numeric", 1.0),),
}
"""What a quiz of a kind is made of; what one part is short of, the others fill."""
WRITTEN_SHARE = 0.5
"""Of the choice questions so many are written ones, where there are enough."""


@dataclass(frozen=True, slots=True)
class _Source:
    """One question that could be asked: a card in one of the ways it can serve."""

    head: CardHead
    way: Kind
    is_due: bool


def draw_items(desk: Desk, selection: Selection, *, kind: Kind, count: int, seed: int) -> list[Item]:
    """At most `count` questions; the same for the same cards, day and seed.

    A subject comes once where there are enough others. What is due today is left out unless there is too
    little else, and then marked. Raises NotFoundError where nothing of this kind can be asked.
    """
    draw = _Draw(desk, selection, seed)
    chosen: list[_Source] = []
    shares = SHARES[kind]
    for place, (way, share) in enumerate(shares):
        rest = count - len(chosen)
        chosen += draw.take(way, rest if place == len(shares) - 1 else min(rest, round(share * count)))
    for way, _ in shares:
        chosen += draw.take(way, count - len(chosen))
    items = draw.items(chosen)
    for way, _ in shares:
        # A card may give no choice question that can be put fairly: ask others instead.
        while len(items) < count and (more := draw.take(way, count - len(items))):
            items += draw.items(more)
    if not items:
        raise NotFoundError(
            f"No {'' if kind == 'mixed' else f'{kind} '}question can be asked of {selection}.",
            hint="Another --kind, or more decks; `interviewprep decks list` shows them.",
        )
    keys = {id(item): rng_of("asked", f"{item.card}:{item.form}", seed).random() for item in items}
    return _by_turns(sorted(items, key=lambda item: keys[id(item)]), lambda item: item.topic)


class _Draw:
    """The cards at hand and what was taken of them."""

    def __init__(self, desk: Desk, selection: Selection, seed: int) -> None:
        self._seed = seed
        self._heads = _widened(desk, selection)
        self._due = set(due_concepts(desk))
        self._topics = topics(desk)
        hidden = {m.card for m in desk.store.marks() if hides(m.kind, m.value, desk.today())}
        self._heads = [h for h in self._heads if h.name not in hidden]
        self._taken: set[tuple[str, Kind]] = set()
        self._concepts: set[str] = set()
        self._made = _Makers(desk, seed, frozenset(self._due))

    def take(self, way: Kind, count: int) -> list[_Source]:
        """So many further questions of a way: new subjects before known ones, due ones last."""
        found: list[_Source] = []
        for is_due in (False, True):
            for is_repeated in (False, True):
                for source in self._sources(way, is_due=is_due):
                    if len(found) >= count:
                        return found
                    key = (source.head.name, way)
                    if key in self._taken or (source.head.concept in self._concepts and not is_repeated):
                        continue
                    if not is_due and self._made.compares_due(source.head):
                        # Only whole cards tell what they compare: it waits for the turn of what is due.
                        self._due.add(source.head.concept)
                        continue
                    self._taken.add(key)
                    self._concepts.add(source.head.concept)
                    found.append(source)
        return found

    def items(self, sources: Iterable[_Source]) -> list[Item]:
        """The questions of what was taken; a card of which none can be made is left out."""
        made = [self._made.item(s, self._topics[s.head.concept]) for s in sources]
        return [item for item in made if item is not None]

    def _sources(self, way: Kind, *, is_due: bool) -> list[_Source]:
        heads = [h for h in self._heads if (h.concept in self._due) is is_due]
        if way == "choice":
            written = self._mixed([h for h in heads if h.kind == "choice"], "written")
            generated = self._mixed([h for h in heads if h.kind == "qa"], "made")
            return [_Source(h, way, is_due) for h in _interleaved(written, generated, WRITTEN_SHARE)]
        wanted = "numeric" if way == "numeric" else "qa"
        return [_Source(h, way, is_due) for h in self._mixed([h for h in heads if h.kind == wanted], way)]

    def _mixed(self, heads: Sequence[CardHead], purpose: str) -> list[CardHead]:
        """In an order of chance, topics by turns."""
        keys = {h.name: rng_of(purpose, h.name, self._seed).random() for h in heads}
        return _by_turns(sorted(heads, key=lambda h: keys[h.name]), lambda head: self._topics[head.concept])


class _Makers:
    """Makes items, and reads whole cards only when they are needed."""

    def __init__(self, desk: Desk, seed: int, due: frozenset[str]) -> None:
        from interviewprep.study.quiz_balance import Tally

        self._library = desk.library
        self._due = due
        self._seed = seed
        self._tally = Tally()
        self._by_concept: dict[str, list[str]] = defaultdict(list)
        for head in desk.library.heads:
            if head.kind == "qa":
                self._by_concept[head.concept].append(head.name)

    def compares_due(self, head: CardHead) -> bool:
        """Whether a card on this subject compares something that is due with something else."""
        if not self._due:
            return False
        names = {head.name, *self._by_concept.get(head.concept, ())}
        return any(not self._due.isdisjoint(self._library.card(name).about) for name in names)

    def item(self, source: _Source, topic: str) -> Item | None:
        """The question of a source, marked where it shows what is due; None where none can be made."""
        if source.way == "choice" and source.head.kind == "qa":
            return self._made_choice(source, topic)
        item = self._plain(source, topic)
        return item and replace(item, is_due=item.is_due or source.is_due)

    def _plain(self, source: _Source, topic: str) -> Item | None:
        head, library = source.head, self._library
        card_hash = library.card_hash(head.name)
        if source.way == "numeric":
            check = library.face(head.name).check
            return check and numeric_item(
                head.name, check, topic=topic, level=head.level, card_hash=card_hash, seed=self._seed
            )
        card = library.card(head.name)
        if card.kind == "choice":
            item = written_item(card, head, topic=topic, card_hash=card_hash, seed=self._seed)
            return replace(item, is_due=any(self._tells_due(head, f"{o.text} {o.why}") for o in item.options))
        # Without key points there is nothing to mark by.
        return typed_item(card, head, topic=topic, card_hash=card_hash) if card.key_points else None

    def _made_choice(self, source: _Source, topic: str) -> Item | None:
        """A question made from a question card; what is due lends it a statement only where it must."""
        from interviewprep.study.quiz_making import made_item
        from interviewprep.study.quiz_statements import sayings_of

        head, library = source.head, self._library
        card, card_hash = library.card(head.name), library.card_hash(head.name)
        near = library.concepts[head.concept].confused_with
        others = {c: [library.card(name) for name in self._by_concept[c]] for c in near}
        every = sayings_of(card, library.concepts, others)
        undue = sayings_of(card, library.concepts, {c: o for c, o in others.items() if c not in self._due})
        # A misconception may be what defines a neighbour: `That is recall.`
        told = tuple(s for s in undue.wrong if not self._tells_due(head, f"{s.text} {s.why}"))
        for sayings, shows_due in ((undue._replace(wrong=told), source.is_due), (every, True)):
            item = made_item(
                sayings, head, topic=topic, card_hash=card_hash, seed=self._seed, tally=self._tally
            )
            if item is not None:
                return replace(item, is_due=shows_due)
        return None

    def _tells_due(self, head: CardHead, text: str) -> bool:
        """Whether a text names something due that the card's subject is confused with."""
        from interviewprep.study.quiz_statements import names_concept, names_of

        concepts = self._library.concepts
        near = self._due.intersection(concepts[head.concept].confused_with).intersection(concepts)
        return any(names_concept(text, names_of(concepts[c])) for c in near)


def topics(desk: Desk) -> Mapping[str, str]:
    """The title of the deck each concept belongs to: the one with its question card, where there is one."""
    titles = {d.id: d.title for d in desk.library.decks}
    found: dict[str, str] = {}
    for kind in ("qa", "choice", "numeric"):
        for head in desk.library.heads:
            if head.kind == kind:
                found.setdefault(head.concept, titles[head.deck])
    return found


def due_concepts(desk: Desk) -> frozenset[str]:
    """What the drill has still to ask about today: its cards would be answered by a quiz."""
    today = desk.today()
    states = desk.store.states()
    due = {n for n, s in states.items() if s.due_day <= today or s.repeat_day == today}
    hidden = {m.card for m in desk.store.marks() if hides(m.kind, m.value, today)}
    return frozenset(
        h.concept for h in desk.library.heads if h.scheduled and h.name in due and h.name not in hidden
    )


def _widened(desk: Desk, selection: Selection) -> list[CardHead]:
    """The selection; with decks also the choices and calculations elsewhere about the same concepts."""
    heads = list(selection.heads(desk.library))
    if not selection.decks or selection.text or selection.cards:
        return heads
    concepts = {h.concept for h in heads}
    elsewhere = replace(selection, decks=())
    known = {h.name for h in heads}
    further = elsewhere.heads(desk.library)
    return heads + [h for h in further if h.concept in concepts and h.kind != "qa" and h.name not in known]


def _interleaved(one: Sequence[_T], other: Sequence[_T], share: float) -> list[_T]:
    """Both in their order, `one` making up a share of every beginning as long as it lasts."""
    found: list[_T] = []
    ones, others = list(reversed(one)), list(reversed(other))
    taken = 0
    while ones or others:
        if ones and (not others or taken < share * (len(found) + 1)):
            found.append(ones.pop())
            taken += 1
        else:
            found.append(others.pop())
    return found


def _by_turns(found: Iterable[_T], group: Callable[[_T], str]) -> list[_T]:
    """One of each group by turns, groups in the order in which they first come."""
    groups: dict[str, list[_T]] = {}
    for each in found:
        groups.setdefault(group(each), []).append(each)
    ordered: list[_T] = []
    for place in range(max(map(len, groups.values()), default=0)):
        ordered += [members[place] for members in groups.values() if place < len(members)]
    return ordered
