"""What the home screen and `due` say: how much is to do today, by deck, and how long it takes."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from interviewprep.memory.curve import retrievability
from interviewprep.memory.queue import QueueCounts
from interviewprep.memory.stats import streak
from interviewprep.study.desk import Desk
from interviewprep.study.plan_today import open_plans
from interviewprep.study.planned_queue import queue_of_today

if TYPE_CHECKING:
    from interviewprep.study.plan_config import Plan


@dataclass(frozen=True, slots=True)
class DeckRow:
    """One deck today."""

    id: str
    title: str
    due: int
    """Cards of today's queue that were asked before."""
    new: int
    """Cards of today's queue that were never asked."""
    cards: int
    """All cards of the deck that a drill can ask."""
    seen: int
    """Cards ever asked."""


@dataclass(frozen=True, slots=True)
class Overview:
    """Today at a glance. Deck rows add up to the totals; decks without a card to ask are left out."""

    today: int
    counts: QueueCounts
    seconds: float
    """Expected time for today's queue, by the learner's own pace."""
    streak: int
    """Study days in a row up to today, or yesterday if today has no review yet."""
    decks: tuple[DeckRow, ...]
    plans: tuple[Plan, ...] = ()
    """The interview plans that are not over, the nearest first."""

    @property
    def is_first_run(self) -> bool:
        """Whether nothing was ever asked."""
        return not any(row.seen for row in self.decks)

    @property
    def due(self) -> int:
        """Cards asked before that are to come today."""
        return self.counts.total - self.counts.new


def overview(desk: Desk) -> Overview:
    """Sum up today over all decks."""
    today = desk.today()
    progress = desk.progress(today)
    heads = desk.library.heads
    queue = queue_of_today(desk, heads, progress)
    due: Counter[str] = Counter()
    new: Counter[str] = Counter()
    for item in queue.order():
        deck = item.card.partition("#")[0]
        (new if item.reason == "new" else due)[deck] += 1
    cards = Counter(h.deck for h in heads if h.scheduled)
    seen = Counter(h.deck for h in heads if h.name in progress.seen)
    rows = tuple(
        DeckRow(d.id, d.title, due[d.id], new[d.id], cards[d.id], seen[d.id])
        for d in desk.library.decks
        if cards[d.id]
    )
    days, pace = desk.study_facts(today)
    counts = queue.counts()
    return Overview(
        today=today,
        counts=counts,
        seconds=counts.new * pace[0] + (counts.total - counts.new) * pace[1],
        streak=streak(days, today),
        decks=rows,
        plans=tuple(open_plans(desk.plan_facts(today), today)),
    )


def readiness(desk: Desk) -> dict[str, float]:
    """Predicted share of each deck's cards recalled today (0 to 1); a card never seen counts as 0.

    Reads all states, so call it after the first frame.
    """
    today = desk.today()
    recall: dict[str, float] = defaultdict(float)
    cards: Counter[str] = Counter()
    states = desk.store.states()
    hidden = {m.card for m in desk.store.marks("known")}
    for head in desk.library.heads:
        if not head.scheduled:
            continue
        cards[head.deck] += 1
        state = states.get(head.name)
        if head.name in hidden:
            recall[head.deck] += 1
        elif state is not None:
            recall[head.deck] += retrievability(state.stability, max(0, today - state.last_day))
    return {deck: recall[deck] / count for deck, count in cards.items()}
