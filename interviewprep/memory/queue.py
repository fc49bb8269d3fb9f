"""The queue: which card a drill asks next, and why.

Order: cards failed today whose gap is over; the red list; the plan's order, or else due cards with the
lowest retrievability first and new cards spread evenly among them; then failed cards early, and last of all
new cards whose prerequisites are not met. Siblings are kept apart throughout.

Everything follows from the day, the log and the selection: a queue that was told of answers one by one
asks the same next card as one made anew from the progress they led to.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from itertools import islice
from typing import Final, NamedTuple, Self
from zlib import crc32

from interviewprep.cards.heads import CardHead
from interviewprep.memory.cram import cram_order
from interviewprep.memory.curve import DECAY, retrievability
from interviewprep.memory.newcards import NewCards
from interviewprep.memory.red import is_marked_today, is_red_today
from interviewprep.memory.repeats import Repeats
from interviewprep.memory.types import Asked, CardState, Progress, QueueItem, QueueLimits, Rating

__all__ = ["Queue", "QueueCounts", "cram_order"]

SAME_RISK: Final = 0.05
"""Due cards whose retrievability differs by no more may swap places so that decks alternate."""
SWAP_PLACES: Final = 5
"""How many places a due card may be brought forward for that."""


class QueueCounts(NamedTuple):
    """Cards still to come today, within the limits."""

    repeat: int
    """Failed today and not yet passed."""
    red: int
    due: int
    new: int
    total: int
    plan: int = 0


class Queue:
    """One study day's queue over a selection of cards."""

    def __init__(
        self,
        heads: Sequence[CardHead],
        progress: Progress,
        limits: QueueLimits,
        *,
        order: Sequence[str] | None = None,
        library: Sequence[CardHead] | None = None,
        decay: float = DECAY,
    ) -> None:
        """Make the queue of a day.

        `heads` are the cards selected, in asking order; only scheduled ones are asked. `order` is the
        plan's order for the day, where a plan is active: new cards then come from it alone and daily limits
        hold only for the due cards outside it. `library` is all heads, so that siblings and prerequisites
        outside the selection count too; default `heads`. `decay` is the scheduler's.
        """
        self._today = progress.today
        self._limits = limits
        self._concepts = {head.name: head.concept for head in (heads if library is None else library)}
        if library is not None and library is not heads:
            self._concepts.update((head.name, head.concept) for head in heads)
        self._asked = list(progress.asked)
        self._done = Counter(asked.reason for asked in self._asked)
        self._repeats = Repeats(self._asked, self._today, limits.repeat_after)
        self._next: QueueItem | None = None
        self._is_chosen = False

        askable = [head for head in heads if head.scheduled and head.name not in progress.hidden]
        self._askable = {head.name for head in askable}
        self._plan: dict[str, None] | None = None
        red, due, unseen = self._sort_out(askable, progress)
        if order is not None:
            self._plan = self._planned(order, progress.states, red)
            due = [state for state in due if state.card not in self._plan]
            unseen = []
        self._decay = decay
        self._red = {state.card: state for state in red}
        self._due = {state.card: state for state in due}
        self._is_sorted = False
        self._new = NewCards(
            askable,
            unseen,
            passed={self._concepts.get(name, "") for name, passed in progress.seen.items() if passed},
            used={self._concepts.get(a.card, "") for a in self._asked if a.reason == "new"},
        )

    # -- what others call ------------------------------------------------------------------------

    def next(self) -> QueueItem | None:
        """The card to ask now, None when the day's work is done. The same until something is recorded."""
        if not self._is_chosen:
            self._next = self._choose()
            self._is_chosen = True
        return self._next

    def record(self, asked: Asked, state: CardState) -> None:
        """Take an answer into account, to this queue's card or to another; `state` is the card's after it.

        Only for answers that move memory; after an undo make the queue anew.
        """
        self._take(asked, repeats=state.repeat_day == self._today, passed=state.pass_days > 0)

    def hide(self, card: str) -> None:
        """Take a card out: buried, suspended or known. To bring it back make the queue anew."""
        if card in self._askable:
            self._askable.remove(card)
            self._drop(card)
            self._new.drop(card, self._concepts[card])
            self._new.hide(self._concepts[card])
            self._is_chosen = False

    def counts(self) -> QueueCounts:
        """How many cards are still to come today."""
        red, due, new = self._left()
        plan = len(self._plan or ())
        repeat = len(self._repeats)
        return QueueCounts(repeat, red, due, new, repeat + red + due + new + plan, plan)

    @property
    def planned(self) -> list[str]:
        """The cards of the plan's order that are still to come, in its order."""
        return list(self._plan or ())

    def order(self) -> list[QueueItem]:
        """What would come, in order, if every answer were Good."""
        ahead = self._copy()
        items: list[QueueItem] = []
        while item := ahead.next():
            items.append(item)
            ahead._take(Asked(item.card, Rating.GOOD, item.reason), repeats=False, passed=True)
        return items

    # -- what is where ---------------------------------------------------------------------------

    def _sort_out(
        self, askable: Sequence[CardHead], progress: Progress
    ) -> tuple[list[CardState], list[CardState], list[int]]:
        """Find the red, the due and (by place) the new cards among those not asked today; note repeats.

        What a mock interview marked red today is asked once more though it was asked before.
        """
        today, states, seen = self._today, progress.states, progress.seen
        last_asked = {asked.card: place for place, asked in enumerate(self._asked)}
        marked = {
            card
            for card, mark in progress.red.items()
            if card in self._askable and is_marked_today(mark, states.get(card), today)
        }
        red = [_never_asked(card, today) for card in sorted(marked.difference(states))]
        due: list[CardState] = []
        for card, state in states.items():
            if card not in self._askable:
                continue
            if state.repeat_day == today:
                self._repeats.add(card, last_asked.get(card))
            elif card in marked:
                red.append(state)
            elif card in last_asked:
                continue
            elif is_red_today(state, today):
                red.append(state)
            elif state.due_day <= today:
                due.append(state)
        unseen = [
            place
            for place, head in enumerate(askable)
            if head.name not in seen
            and head.name not in states
            and head.name not in last_asked
            and head.name not in marked
        ]
        return red, due, unseen

    def _planned(
        self, order: Sequence[str], states: Mapping[str, CardState], red: Sequence[CardState]
    ) -> dict[str, None]:
        """The plan's cards that are still to be asked today and do not come for another reason."""
        done = {asked.card for asked in self._asked} | {state.card for state in red}
        done.update(name for name, state in states.items() if state.last_day >= self._today)
        return dict.fromkeys(name for name in order if name in self._askable and name not in done)

    def _by_risk(self, states: Mapping[str, CardState]) -> dict[str, CardState]:
        """The same, lowest retrievability today first; ties fall by a hash, not by the alphabet."""
        # Retrievability falls with elapsed days over stability alone, so that decides the order.
        ages = {card: max(0, self._today - s.last_day) / s.stability for card, s in states.items()}
        ties = Counter(ages.values())
        ordered = sorted(
            ages, key=lambda card: (-ages[card], crc32(card.encode()) if ties[ages[card]] > 1 else 0)
        )
        return {card: states[card] for card in ordered}

    def _chance(self, state: CardState) -> float:
        """Retrievability today."""
        return retrievability(state.stability, max(0, self._today - state.last_day), decay=self._decay)

    def _left(self) -> tuple[int, int, int]:
        """How many red, due and new cards may still come today."""
        reviews = max(0, self._limits.reviews_per_day - self._done["due"] - self._done["red"])
        red = len(self._red) if self._plan is not None else min(len(self._red), reviews)
        due = min(len(self._due), max(0, reviews - red))
        new = min(len(self._new), max(0, self._limits.new_per_day - self._done["new"]))
        return red, due, new

    # -- the choice ------------------------------------------------------------------------------

    def _choose(self) -> QueueItem | None:
        if not self._is_sorted:
            # Here and not at once: whoever only counts needs no order.
            self._red, self._due = self._by_risk(self._red), self._by_risk(self._due)
            self._is_sorted = True
        now = len(self._asked)
        if late := self._repeats.late(now):
            return QueueItem(late, "repeat")
        ready = self._repeats.ready(now)
        left = self._left()
        waiting = {self._concepts[card] for card in self._repeats}
        for near in self._spacings():
            # A sibling of a card that waits to be repeated would soon be followed by it.
            if item := self._pick(ready, near, near | waiting, left):
                return item
            if waiting and (item := self._pick(ready, near, near, left)):
                return item
        if early := self._repeats.first():
            return QueueItem(early, "repeat")
        blocked = self._new.first_blocked() if left[2] else None
        return QueueItem(blocked, "new") if blocked else None

    def _spacings(self) -> Iterator[AbstractSet[str]]:
        """The concepts asked lately, then fewer and fewer of them until spacing is given up."""
        gap = self._limits.sibling_gap
        concepts = [self._concepts.get(asked.card, "") for asked in self._asked[-gap:]] if gap else []
        near = set(concepts) - {""}
        yield near
        for place, concept in enumerate(concepts):
            if concept in near and concept not in concepts[place + 1 :]:
                near = near - {concept}
                yield near

    def _pick(
        self,
        ready: Sequence[str],
        near: AbstractSet[str],
        near_others: AbstractSet[str],
        left: tuple[int, int, int],
    ) -> QueueItem | None:
        """The first repeat whose concept is not `near`, or other card whose concept is not `near_others`."""
        for card in ready:
            if self._is_apart(card, near):
                return QueueItem(card, "repeat")
        red, due, new = left
        if red and (red_card := self._riskiest(self._red, near_others)):
            return QueueItem(red_card, "red")
        for card in self._plan or ():
            if self._concepts[card] not in near_others:
                return QueueItem(card, "plan")
        due_card = self._riskiest(self._due, near_others) if due else None
        new_card = self._new.first_open(near_others) if new else None
        if new_card and (not due_card or self._is_new_next(due, new)):
            return QueueItem(new_card, "new")
        return QueueItem(due_card, "due") if due_card else None

    def _is_apart(self, card: str, near: AbstractSet[str]) -> bool:
        """Whether a failed card has no sibling nearby; it is not its own."""
        concept = self._concepts[card]
        if concept not in near:
            return True
        lately = self._asked[-self._limits.sibling_gap :]
        return all(a.card == card or self._concepts.get(a.card) != concept for a in lately)

    def _riskiest(self, cards: Mapping[str, CardState], near: AbstractSet[str]) -> str | None:
        """The first card not near, or one of about its risk soon after it from another deck than the last."""
        concepts = self._concepts
        apart = ((place, card) for place, card in enumerate(cards) if concepts[card] not in near)
        place, first = next(apart, (0, None))
        if first is None or not self._asked:
            return first
        deck = self._asked[-1].card.partition("#")[0]
        if first.partition("#")[0] != deck:
            return first
        risk = self._chance(cards[first])
        for other_place, other in islice(apart, SWAP_PLACES):
            if other_place - place > SWAP_PLACES or self._chance(cards[other]) - risk > SAME_RISK:
                break
            if other.partition("#")[0] != deck:
                return other
        return first

    def _is_new_next(self, due_left: int, new_left: int) -> bool:
        """Whether new cards have fallen behind due ones, by the share of each that today has seen."""
        due, new = self._done["due"], self._done["new"]
        return (2 * new + 1) * (due + due_left) < (2 * due + 1) * (new + new_left)

    # -- what an answer changes ------------------------------------------------------------------

    def _take(self, asked: Asked, *, repeats: bool, passed: bool) -> None:
        self._is_chosen = False
        card = asked.card
        place = len(self._asked)
        self._asked.append(asked)
        self._done[asked.reason] += 1
        self._repeats.count(asked)
        self._drop(card)
        if repeats and card in self._askable:
            self._repeats.add(card, place)
        concept = self._concepts.get(card)
        if concept is None:
            return
        self._new.drop(card, concept)
        if asked.reason == "new":
            self._new.use(concept)
        if passed:
            self._new.passed(concept)

    def _drop(self, card: str) -> None:
        self._repeats.drop(card)
        self._red.pop(card, None)
        self._due.pop(card, None)
        if self._plan:
            self._plan.pop(card, None)

    def _copy(self) -> Self:
        twin = object.__new__(type(self))
        vars(twin).update(vars(self))
        twin._asked = list(self._asked)
        twin._done = self._done.copy()
        twin._repeats = self._repeats.copy()
        twin._red = dict(self._red)
        twin._due = dict(self._due)
        twin._plan = None if self._plan is None else dict(self._plan)
        twin._new = self._new.copy()
        return twin


def _never_asked(card: str, today: int) -> CardState:
    """A red card that only a mock interview has asked, as the riskiest of all."""
    day = today - 1
    return CardState(
        card=card,
        stability=0.001,
        difficulty=10.0,
        first_day=day,
        last_day=day,
        last_at_ms=0,
        due_day=today,
        reps=0,
        lapses=0,
        pass_days=0,
        last_rating=Rating.AGAIN,
        repeat_day=None,
        red_from_day=None,
        pass_day=None,
        fail_day=None,
        head_id="",
    )
