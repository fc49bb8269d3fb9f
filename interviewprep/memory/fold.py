"""The fold: from a card's reviews in the log to its memory and counts.

Pure, and the same whether reviews arrive one by one (`step`) or all at once, in any order (`fold`).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from interviewprep.memory.red import is_red_today, red_from_day_after
from interviewprep.memory.scheduler import Scheduler
from interviewprep.memory.spread import due_day
from interviewprep.memory.types import CardState, Memory, Rating, ReviewEvent

__all__ = ["fold", "is_leech", "is_red_today", "preview", "rescheduled", "step"]

LEECH_STEP: Final = 4
"""Lapses after which a card that was made a leech once is made one again."""


def fold(
    card: str,
    events: Sequence[ReviewEvent],
    scheduler: Scheduler,
    *,
    desired_retention: float,
    maximum_interval: int,
) -> CardState | None:
    """The state after all of a card's live reviews that move memory; None when there are none.

    The events may come in any order; they count in the order (at_ms, id).
    """
    state: CardState | None = None
    for event in sorted(events, key=lambda e: (e.at_ms, e.id)):
        state = step(
            state,
            card,
            event,
            scheduler,
            desired_retention=desired_retention,
            maximum_interval=maximum_interval,
        )
    return state


def step(
    state: CardState | None,
    card: str,
    event: ReviewEvent,
    scheduler: Scheduler,
    *,
    desired_retention: float,
    maximum_interval: int,
) -> CardState:
    """The state after one more review, which must not be older than those already in `state`."""
    rating = Rating(event.rating)
    failed = rating is Rating.AGAIN
    day = event.study_day
    if state is None:
        memory = scheduler.first(rating)
    else:
        elapsed = max(0, day - state.last_day)
        memory = scheduler.next(Memory(state.stability, state.difficulty), rating, elapsed)
    lapse = failed and state is not None and day > state.first_day and _is_later(day, state.fail_day)
    pass_day = state.pass_day if state else None
    fail_day = state.fail_day if state else None
    after = CardState(
        card=card,
        stability=memory.stability,
        difficulty=memory.difficulty,
        first_day=state.first_day if state else day,
        last_day=day,
        last_at_ms=event.at_ms,
        due_day=day + 1,
        reps=(state.reps if state else 0) + 1,
        lapses=(state.lapses if state else 0) + lapse,
        pass_days=(state.pass_days if state else 0) + (not failed and _is_later(day, pass_day)),
        last_rating=int(rating),
        repeat_day=day if failed else None,
        red_from_day=red_from_day_after(state.red_from_day if state else None, event),
        pass_day=pass_day if failed else _latest(day, pass_day),
        fail_day=_latest(day, fail_day) if failed else fail_day,
        head_id=event.id,
    )
    return rescheduled(
        after, scheduler, desired_retention=desired_retention, maximum_interval=maximum_interval
    )


def rescheduled(
    state: CardState, scheduler: Scheduler, *, desired_retention: float, maximum_interval: int
) -> CardState:
    """The same state with its due day by these settings; what a changed setting asks of stored states.

    A card failed and not yet passed on that day is due the next day whatever its stability: the repeat
    that its day did not get to must not be lost.
    """
    if state.repeat_day is not None:
        return state._replace(due_day=state.last_day + 1)
    due = due_day(
        Memory(state.stability, state.difficulty),
        state.last_day,
        card=state.card,
        reps=state.reps,
        desired_retention=desired_retention,
        maximum_interval=maximum_interval,
        decay=scheduler.decay,
    )
    return state._replace(due_day=due)


def preview(
    state: CardState | None,
    card: str,
    today: int,
    scheduler: Scheduler,
    *,
    desired_retention: float,
    maximum_interval: int,
) -> dict[Rating, CardState]:
    """What would be stored for each rating given today; `due_day - today` is the interval to show.

    Equal to the stored state but for the review's own `last_at_ms`, `head_id` and, where the learner
    gives a confidence, `red_from_day`.
    """
    at_ms = state.last_at_ms if state else 0
    return {
        rating: step(
            state,
            card,
            ReviewEvent("", at_ms, today, rating),
            scheduler,
            desired_retention=desired_retention,
            maximum_interval=maximum_interval,
        )
        for rating in Rating
    }


def is_leech(lapses: int, threshold: int) -> bool:
    """Whether this number of lapses makes a card a leech: at the threshold, then every 4 more.

    0 as threshold means never. Ask it only of an answer that added a lapse.
    """
    return 0 < threshold <= lapses and (lapses - threshold) % LEECH_STEP == 0


def _is_later(day: int, than: int | None) -> bool:
    return than is None or day > than


def _latest(day: int, other: int | None) -> int:
    return day if other is None else max(day, other)
