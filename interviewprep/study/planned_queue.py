"""The day's queue with interview plans in it: their order within their minutes, then what else is due."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from interviewprep.memory.queue import Queue, QueueCounts
from interviewprep.memory.red import is_red_today
from interviewprep.memory.types import Asked, CardState, Progress, QueueItem, QueueLimits, Rating
from interviewprep.study.plan_today import TodayPlan, plan_of_today, seconds_of

if TYPE_CHECKING:
    from interviewprep.cards.heads import CardHead
    from interviewprep.study.desk import Desk


def queue_of_today(
    desk: Desk,
    heads: Sequence[CardHead],
    progress: Progress,
    limits: QueueLimits | None = None,
    *,
    seconds: float | None = None,
    with_plans: bool = True,
) -> Queue | PlannedQueue:
    """A study day's queue over a selection: by the interview plans where there are any for it.

    `seconds` is what one sitting gives itself, in place of the plans' minutes. `with_plans` false asks for
    the ordinary queue with its daily limits.
    """
    limits = limits or desk.limits
    library = desk.library.heads
    today = plan_of_today(desk, progress, heads, seconds=seconds) if with_plans else None
    if today is None:
        return Queue(heads, progress, limits, library=library)
    return PlannedQueue(today, heads, progress, limits, library)


class PlannedQueue:
    """A `Queue` by a plan's order that ends the plan's part when its minutes are spent.

    A card is begun only where the longest it may take still fits, repeats of failed cards included, as in
    the simulation that the plan's figures come from. Then due cards outside the plans follow.
    """

    def __init__(
        self,
        today: TodayPlan,
        heads: Sequence[CardHead],
        progress: Progress,
        limits: QueueLimits,
        library: Sequence[CardHead],
    ) -> None:
        """`heads` are the cards selected; `library` is all heads."""
        self.today = today
        self._seen = set(progress.seen)
        self._queue = Queue(
            _without_rest(today, heads, progress), progress, limits, order=today.cards, library=library
        )
        self._musts: set[str] = set()
        if today.is_last_pass:
            self._musts = {head.name for head in heads if head.priority == "must"}
        self._left = today.seconds - today.spent
        self._charged = set(today.charged)
        self._owed = {
            state.card
            for state in progress.states.values()
            if state.repeat_day == progress.today and state.card in self._charged
        }

    # -- as `Queue` has it -----------------------------------------------------------------------

    def next(self) -> QueueItem | None:
        """The card to ask now, None when the day's work is done."""
        while (item := self._queue.next()) is not None and item.reason == "plan":
            if self._fits(item.card):
                return self._named(item)
            self._queue.hide(item.card)
        return item

    def record(self, asked: Asked, state: CardState, milliseconds: int) -> None:
        """Take an answer into account that took so long."""
        if asked.reason in ("plan", "last-pass", "red") or asked.card in self._charged:
            self._charged.add(asked.card)
            self._left -= seconds_of(milliseconds, self.today.pace)
            if asked.rating == Rating.AGAIN:
                self._owed.add(asked.card)
            else:
                self._owed.discard(asked.card)
        self._seen.add(asked.card)
        self._queue.record(asked, state)

    def hide(self, card: str) -> None:
        """Take a card out: buried, suspended or known."""
        self._owed.discard(card)
        self._queue.hide(card)

    def counts(self) -> QueueCounts:
        """Cards still to come today; of the plan's, those that are expected to fit into its minutes.

        `new` are those never asked, `plan` the others.
        """
        found = self._queue.counts()
        fitting = self._fitting()
        new = sum(card not in self._seen for card in fitting)
        total = found.total - found.plan + len(fitting)
        return found._replace(new=new, plan=len(fitting) - new, total=total)

    def order(self) -> list[QueueItem]:
        """What is expected to come, in order, if every answer were Good; new cards have the reason `new`."""
        fitting = set(self._fitting())
        found = []
        for item in self._queue.order():
            if item.reason != "plan":
                found.append(item)
            elif item.card in fitting:
                found.append(QueueItem(item.card, "plan" if item.card in self._seen else "new"))
        return found

    # -- the plan's time -------------------------------------------------------------------------

    @property
    def seconds_left(self) -> float:
        """Of the plan's time today, or of the sitting's."""
        return max(0.0, self._left)

    def written(self) -> None:
        """What was to be written down for the day has been."""
        self.today = replace(self.today, to_write=())

    def _fits(self, card: str) -> bool:
        from interviewprep.memory.plan.budget import DayBudget

        budget = DayBudget(self._left, self.today.pace, owed=len(self._owed))
        return budget.fits(is_new=card not in self._seen)

    def _named(self, item: QueueItem) -> QueueItem:
        return QueueItem(item.card, "last-pass") if item.card in self._musts else item

    def _fitting(self) -> list[str]:
        from interviewprep.memory.plan.facts import LearnerModel

        learner = LearnerModel(pace=self.today.pace)
        pace = learner.pace
        new_seconds = pace.first + learner.first[0] * pace.good
        later = sum(
            chance * seconds
            for chance, seconds in zip(learner.passed, (pace.hard, pace.good, pace.easy), strict=True)
        )
        left = self._left - len(self._owed) * pace.good
        found = []
        for card in self._queue.planned:
            seconds = later if card in self._seen else new_seconds
            if left < seconds:
                break
            left -= seconds
            found.append(card)
        return found


def _without_rest(today: TodayPlan, heads: Sequence[CardHead], progress: Progress) -> list[CardHead]:
    """The cards but for those of the plans that are not for today, though FSRS alone would have them due."""
    asked = {asked.card for asked in progress.asked}
    kept = set(today.cards) | asked
    later = {
        name
        for name, state in progress.states.items()
        if name not in kept and state.repeat_day != progress.today and not is_red_today(state, progress.today)
    }
    return [head for head in heads if head.name not in later or not today.covers(head)]
