"""Today's part of the interview plans: which cards, in which order, in how much time.

On the way to the first question where there is a plan, so it loads nothing heavy; without one it costs one
small read.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from interviewprep.memory.types import Progress
from interviewprep.store.plan_records import PlanBasis, PlanFacts, SavedPlanDay

if TYPE_CHECKING:
    from interviewprep.cards.heads import CardHead
    from interviewprep.memory.plan.facts import Pace, Situation
    from interviewprep.study.desk import Desk
    from interviewprep.study.plan_config import Plan

OF_A_PLAN: Final = ("plan", "last-pass", "red")
"""Reasons of answers that use the plan's minutes; repeats of those cards do, too."""
LONGEST_ANSWER: Final = 300.0
"""Seconds; who takes longer over a card has left the room."""
LAST_DAYS: Final = 3
"""`memory.plan.course.LAST_DAYS`, written down again: that module is not loaded for it (a test compares)."""
PRIOR_ANSWERS: Final = 20
"""The assumed pace counts as much as so many answers."""


@dataclass(frozen=True, slots=True)
class TodayPlan:
    """The plans' part of one study day."""

    plans: tuple[Plan, ...]
    """Those with cards whose interview is today or ahead, the nearest first."""
    today: int
    cards: tuple[str, ...]
    """Card names in order; more than fit, and those asked already may be among them."""
    seconds: float
    """To study on this day; 0 on a day off and on the interview's day, unless a sitting says otherwise."""
    spent: float
    """Seconds used today."""
    charged: frozenset[str]
    """Cards whose repeats use the plan's time, too."""
    pace: Pace
    to_write: tuple[SavedPlanDay, ...]
    """What to write down before the day's first answer; empty once that is done."""

    def covers(self, head: CardHead) -> bool:
        """Whether a card is in one of the plans."""
        return any(plan.cards.matches(head) for plan in self.plans)

    @property
    def is_last_pass(self) -> bool:
        """Whether must-know cards get their last pass now: an interview is three study days away or less."""
        return any(self.today in study_days(plan, self.today)[-LAST_DAYS:] for plan in self.plans)


def plan_of_today(
    desk: Desk,
    progress: Progress,
    heads: Sequence[CardHead],
    *,
    seconds: float | None = None,
) -> TodayPlan | None:
    """The plans' part of today for a selection of cards; None where no plan is for any of them.

    What was written down for the day holds, unless a plan was changed since. `seconds` is what one sitting
    gives itself: it then holds instead of the plans' minutes, days off included. Who chooses some cards of
    a plan when its minutes are spent, or on a day off, gets as many once more.
    """
    today = progress.today
    facts = desk.plan_facts(today)
    found = open_plans(facts, today)
    if not found:
        return None
    library = desk.library.heads
    plans = [plan for plan in found if _has_cards(plan, library)]
    if heads is not library:
        scheduled = [head for head in heads if head.scheduled]
        if not any(plan.cards.matches(head) for plan in plans for head in scheduled):
            return None
    if not plans:
        return None
    pace = learned_pace(facts.times)
    spent, charged = spent_today(facts, pace)
    working = [plan for plan in plans if today in study_days(plan, today)]
    whole = 60 * max((plan.minutes for plan in working), default=0.0)
    making = _Making(desk, progress, pace)
    cards = _written(working, facts)
    to_write: tuple[SavedPlanDay, ...] = ()
    if cards is None:
        cards = making.order(working, max(0.0, whole - spent))
        to_write = tuple(_day_of(plan, today, cards, desk) for plan in working)
    if seconds is not None:
        whole = spent + seconds
    elif heads is not library:
        whole = _time_of_choice(plans, spent, pace)
    if seconds is not None or heads is not library:
        # The day's list holds what the day has time for; who chooses may want more of these cards.
        wanted = {head.name for head in heads}
        further = making.order(plans, whole - spent, wanted, is_sitting=True)
        cards = tuple(dict.fromkeys([*(card for card in cards if card in wanted), *further]))
    return TodayPlan(
        plans=tuple(plans),
        today=today,
        cards=cards,
        seconds=whole,
        spent=spent,
        charged=charged,
        pace=pace,
        to_write=to_write,
    )


def open_plans(facts: PlanFacts, today: int) -> list[Plan]:
    """The plans whose interview is today or ahead, the nearest first."""
    saved = [plan for plan in facts.plans if plan.interview_day >= today]
    if not saved:
        return []
    from interviewprep.study.plan_config import Plan

    return [Plan.of(plan) for plan in saved]


def study_days(plan: Plan, today: int) -> list[int]:
    """The days left to study on, the interview's not among them."""
    off = plan.off.between(today, plan.interview_day)
    return [day for day in range(today, plan.interview_day) if day not in off]


def situation_of(
    plan: Plan,
    cards: Sequence[CardHead],
    basis: PlanBasis,
    today: int,
    *,
    pace: Pace,
    seconds: float | None = None,
    spent: float = 0.0,
    studied: Sequence[int] = (),
    hidden: AbstractSet[str] = frozenset(),
    library: Mapping[str, CardHead] | None = None,
) -> Situation:
    """A plan as it stands, for `memory.plan`.

    `cards` are its cards; `studied` the study days with an answer; `library` all heads by name.
    """
    from interviewprep.memory.plan.facts import LearnerModel, Situation, expected_attendance, plan_cards

    heads = library or {}
    # A plan of an older program does not know its first day; a clock may have been set back before it.
    begun = min(plan.begun_day or today, today)
    off = plan.off.between(begun, today)
    kept = sum(day not in off for day in studied if begun <= day < today)
    known = [(heads[name], state) for name, state in basis.states.items() if name in heads]
    return Situation(
        today=today,
        interview_day=plan.interview_day,
        seconds=60 * plan.minutes if seconds is None else seconds,
        cards=plan_cards(cards, basis.states, basis.hidden | hidden),
        days_off=plan.off.between(today, plan.interview_day),
        learner=LearnerModel(pace=pace),
        passed={head.concept for head, state in known if state.pass_days},
        used={head.concept for head, state in known if state.first_day == today},
        attendance=expected_attendance(kept, today - begun - len(off)),
        spent=spent,
    )


def learned_pace(times: Sequence[tuple[bool, int, int]]) -> Pace:
    """Seconds an answer takes: the learner's mean by kind, drawn towards the default while there are few.

    `times` are (first of its card, rating, milliseconds). The mean and not the median: it is what adds up
    to a day's minutes.
    """
    from interviewprep.memory.plan.facts import Pace

    assumed = Pace()
    sums = [PRIOR_ANSWERS * seconds for seconds in assumed]
    counts = [PRIOR_ANSWERS] * len(assumed)
    for is_first, rating, milliseconds in times:
        kind = 0 if is_first else rating
        sums[kind] += min(milliseconds / 1000, LONGEST_ANSWER)
        counts[kind] += 1
    return Pace(*(total / count for total, count in zip(sums, counts, strict=True)))


def _has_cards(plan: Plan, heads: Sequence[CardHead]) -> bool:
    return any(head.scheduled and plan.cards.matches(head) for head in heads)


def spent_today(facts: PlanFacts, pace: Pace) -> tuple[float, frozenset[str]]:
    """Seconds of the plans' time used today, and the cards it went to."""
    spent = 0.0
    charged = set()
    for card, reason, milliseconds in facts.answers:
        if reason in OF_A_PLAN:
            charged.add(card)
        elif not (reason == "repeat" and card in charged):
            continue
        spent += seconds_of(milliseconds, pace)
    return spent, frozenset(charged)


def seconds_of(milliseconds: int, pace: Pace) -> float:
    """What an answer takes of a day's time; one that was not timed counts as a usual one."""
    return min(milliseconds / 1000, LONGEST_ANSWER) if milliseconds else pace.good


def _time_of_choice(plans: Sequence[Plan], spent: float, pace: Pace) -> float:
    """The day's time for chosen cards: the plans' minutes, as often as they have been used up already."""
    whole = 60 * max(plan.minutes for plan in plans)
    return whole * (int((spent + pace.longest_review) // whole) + 1)


def _written(working: Sequence[Plan], facts: PlanFacts) -> tuple[str, ...] | None:
    """The order written down for the day, if it was for these plans as they are now."""
    days = [facts.days.get(plan.id) for plan in working]
    if any(day is None or day.at_ms < plan.at_ms for day, plan in zip(days, working, strict=True)):
        return None
    return tuple(dict.fromkeys(str(card) for day in days[:1] if day for card in day.items))


class _Making:
    """Makes today's orders, reading what they are made from when that is first needed."""

    def __init__(self, desk: Desk, progress: Progress, pace: Pace) -> None:
        self._desk = desk
        self._progress = progress
        self._pace = pace
        self._basis: PlanBasis | None = None
        self._library: dict[str, CardHead] = {}
        self._studied: Sequence[int] = ()

    def order(
        self,
        plans: Sequence[Plan],
        seconds: float,
        wanted: AbstractSet[str] | None = None,
        *,
        is_sitting: bool = False,
    ) -> tuple[str, ...]:
        """Today's order for plans, by the rule each follows; of `wanted` cards alone where given.

        `is_sitting`: also on a day off.
        """
        if not plans or seconds <= 0:
            return ()
        from dataclasses import replace

        from interviewprep.memory.plan.rules import GREEDY
        from interviewprep.memory.plan.today import day_plan

        if self._basis is None:
            self._basis = self._desk.plan_basis()
            self._studied, _ = self._desk.study_facts(self._progress.today)
            self._library = {head.name: head for head in self._desk.library.heads}
        parts = []
        for plan in plans:
            situation = situation_of(
                plan,
                [
                    head
                    for head in self._desk.library.heads
                    if plan.cards.matches(head) and (wanted is None or head.name in wanted)
                ],
                self._basis,
                self._progress.today,
                pace=self._pace,
                studied=self._studied,
                hidden=self._progress.hidden,
                library=self._library,
            )
            if is_sitting:
                situation = replace(situation, days_off=situation.days_off - {self._progress.today})
            parts.append((situation, plan.choice.rule if plan.choice else GREEDY))
        return day_plan(parts, seconds).cards


def _day_of(plan: Plan, today: int, cards: Sequence[str], desk: Desk) -> SavedPlanDay:
    from interviewprep.memory.plan.rules import GREEDY
    from interviewprep.store.times import to_ms

    rule = plan.choice.rule if plan.choice else GREEDY
    # Never before the plan itself, should the clock have been set back since.
    at_ms = max(to_ms(desk.clock()), plan.at_ms)
    return SavedPlanDay(plan.id, today, str(rule), list(cards), at_ms, "")
