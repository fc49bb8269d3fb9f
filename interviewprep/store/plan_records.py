"""The records of interview plans that other rooms hand to the store and get from it. Loads no database."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from interviewprep.memory.types import CardState

TIMED_ANSWERS = 500
"""The last answers with a time from which a learner's pace is learned."""
CHECKED_ANSWERS = 5000
"""The last answers with a prediction that are compared with it."""


class SavedPlan(NamedTuple):
    """One plan as it was kept."""

    id: str
    name: str
    interview_day: int
    """Study day of the interview (days since 1970-01-01)."""
    minutes_per_day: float
    config: Mapping[str, object]
    """Which cards, days off, the time of day: what `study` makes of it."""
    ended_at_ms: int | None
    at_ms: int
    """When it was last changed."""
    device: str


class SavedPlanDay(NamedTuple):
    """What a plan did on a day, written when the day's first card was asked."""

    plan_id: str
    study_day: int
    rule: str
    items: Sequence[str]
    """Card names in order."""
    at_ms: int
    device: str


class PlanFacts(NamedTuple):
    """What a day's queue needs to know of plans; all of it empty where there is no plan."""

    plans: Sequence[SavedPlan]
    """Those not ended, the nearest interview first; one whose day is past may be among them."""
    days: Mapping[str, SavedPlanDay]
    """What was written down for the study day, by plan id."""
    answers: Sequence[tuple[str, str, int]]
    """(card, reason, milliseconds) of the study day's answers in drills."""
    times: Sequence[tuple[bool, int, int]]
    """(first of its card, rating, milliseconds) of the last answers in drills, newest first."""


NO_PLANS = PlanFacts((), {}, (), ())


class PlanBasis(NamedTuple):
    """What a plan is computed from besides its cards."""

    states: Mapping[str, CardState]
    """Of all cards ever asked."""
    hidden: AbstractSet[str]
    """Suspended and known cards. (A buried one is back tomorrow.)"""


Recall = tuple[float, bool]
"""What was predicted for an answer (0 to 1), and whether the card was recalled."""
