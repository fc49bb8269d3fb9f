"""What a plan is made from: its cards, its days, and what is assumed of the learner."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import NamedTuple

from interviewprep.cards.heads import CardHead
from interviewprep.memory.curve import DEFAULT_WEIGHTS
from interviewprep.memory.types import CardState


class Pace(NamedTuple):
    """Seconds an answer takes: the first of a card, and later ones by rating.

    The defaults are the figures of the simulation the plan was designed with; a learner's own come from
    the log.
    """

    first: float = 20.0
    again: float = 19.0
    hard: float = 18.0
    good: float = 12.0
    easy: float = 9.0

    @property
    def longest_review(self) -> float:
        """Seconds that a later answer takes at most."""
        return max(self.again, self.hard, self.good, self.easy)


DEFAULT_PACE = Pace()
ANSWERS = Pace(1.0, 1.0, 1.0, 1.0, 1.0)
"""Every answer costs one: a budget is then a number of answers a day."""


@dataclass(frozen=True, slots=True)
class LearnerModel:
    """How a learner is taken to forget and to answer.

    A card failed is asked once more on the same day and then passed with Good.
    """

    weights: tuple[float, ...] = DEFAULT_WEIGHTS
    """FSRS-6 weights."""
    first: tuple[float, float, float, float] = (0.24, 0.094, 0.495, 0.171)
    """Chances of Again, Hard, Good and Easy when a card is first asked."""
    passed: tuple[float, float, float] = (0.224, 0.631, 0.145)
    """Chances of Hard, Good and Easy where a later answer is no failure."""
    pace: Pace = DEFAULT_PACE


class PlanCard(NamedTuple):
    """What a plan knows of one of its cards."""

    name: str
    """Full name, `deck#card`."""
    concept: str
    requires: str
    """Concept ids that should have been passed first, separated by spaces."""
    must: bool
    """Whether its priority is `must`."""
    stability: float = 0.0
    """Days; 0 for a card never asked."""
    difficulty: float = 0.0
    last_day: int = 0
    """Study day of the last review."""
    passed: bool = False
    """Whether it was ever passed."""

    @property
    def deck(self) -> str:
        """The deck's id."""
        return self.name.partition("#")[0]


@dataclass(frozen=True, slots=True)
class Situation:
    """One plan as of one study day."""

    today: int
    interview_day: int
    seconds: float
    """Time to study on each study day, in the pace's unit."""
    cards: Sequence[PlanCard]
    """In asking order; suspended, buried and known ones are left out."""
    days_off: AbstractSet[int] = frozenset()
    """Study days without study."""
    learner: LearnerModel = field(default_factory=LearnerModel)
    passed: AbstractSet[str] = frozenset()
    """Concepts passed by cards outside the plan."""
    used: AbstractSet[str] = frozenset()
    """Concepts of which a new card was already asked today."""
    attendance: float = 1.0
    """The share of its study days that one expects to keep; see `expected_attendance`."""
    spent: float = 0.0
    """How much of today's time is already spent."""

    @property
    def target_day(self) -> int:
        """The day recall is predicted for: the interview's, or today once it is over."""
        return max(self.today, self.interview_day)

    @property
    def study_days(self) -> list[int]:
        """The days left to study on, today among them unless it is off; none on the interview's day."""
        return [day for day in range(self.today, self.interview_day) if day not in self.days_off]

    def seconds_on(self, day: int) -> float:
        """The time left to study on a day."""
        if day in self.days_off:
            return 0.0
        return max(0.0, self.seconds - self.spent) if day == self.today else self.seconds


def expected_attendance(studied: int, days: int) -> float:
    """The share of coming study days to count on, after so many past ones of which some were studied.

    All of them while none was missed; then the share so far, as if three more had been kept.
    """
    return (min(studied, days) + 3) / (days + 3)


def plan_cards(
    heads: Iterable[CardHead],
    states: Mapping[str, CardState],
    hidden: AbstractSet[str] = frozenset(),
) -> list[PlanCard]:
    """The plan's view of card heads and their states; cards that no drill may ask are left out."""
    found = []
    for head in heads:
        if not head.scheduled or head.name in hidden:
            continue
        state = states.get(head.name)
        must = head.priority == "must"
        if state is None:
            found.append(PlanCard(head.name, head.concept, head.requires, must))
        else:
            memory = (state.stability, state.difficulty, state.last_day, state.pass_days > 0)
            found.append(PlanCard(head.name, head.concept, head.requires, must, *memory))
    return found
