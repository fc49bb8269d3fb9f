"""A simulated learner who prepares for an interview by a policy: where the plan's figures come from.

Each day's cards come from the order a policy gives, by way of the very `Queue` that a drill asks from.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final, NamedTuple, Protocol

from interviewprep.cards.heads import CardHead
from interviewprep.memory.plan.budget import DayBudget
from interviewprep.memory.plan.course import Course
from interviewprep.memory.plan.facts import LearnerModel, PlanCard, Situation
from interviewprep.memory.plan.gain import Gains
from interviewprep.memory.plan.memories import Memories
from interviewprep.memory.plan.today import day_list
from interviewprep.memory.plan.walk import first_rating, later_rating
from interviewprep.memory.queue import Queue
from interviewprep.memory.types import Asked, CardState, Progress, QueueLimits, Rating

REPEAT: Final = "repeat"


class Policy(Protocol):
    """Which cards a day asks, by place, in order."""

    def __call__(self, course: Course, day: int) -> Iterator[int]:
        """The day's order; read only as far as the day's time goes."""


@dataclass(frozen=True, slots=True)
class World:
    """What is simulated: cards never asked, days, time, and how the learner really is."""

    days: int
    seconds: float
    """A day's time in the pace's unit."""
    cards: int = 300
    learner: LearnerModel = field(default_factory=LearnerModel)
    """How the policy takes the learner to be."""
    truth: LearnerModel | None = None
    """How the learner is; default as taken."""
    missed: float = 0.0
    """Share of days missed, without notice."""

    def situation(self) -> Situation:
        """The plan on its first day, study day 0."""
        cards = [PlanCard(f"simulated#{n}", f"c{n}", "", must=False) for n in range(self.cards)]
        return Situation(0, self.days, self.seconds, cards, learner=self.learner)


class Outcome(NamedTuple):
    """What one simulated preparation came to."""

    recall: float
    """Mean chance of recall on the interview's day, by the learner's real memory."""
    predicted: float
    """The same as the policy believed."""
    answers: int
    seconds: float
    longest_day: float
    """The most time used on one day, in the pace's unit."""
    unseen: int
    """Cards never asked."""
    luck: float
    """How much of `recall` was luck: what the answers won less what they were expected to win.

    Its mean is 0, so that it can serve as a control variate: `recall` less a multiple of it varies less.
    """


def simulate(world: World, policy: Policy, seed: int) -> Outcome:
    """Live through a world once. The same arguments give the same outcome."""
    rng = random.Random(seed)
    missed = {day for day in range(world.days) if rng.random() < world.missed}
    course = Course(world.situation())
    person = _Person(course, world.truth or world.learner, rng)
    days = [person.study(day, policy(course, day)) for day in range(world.days) if day not in missed]
    return Outcome(
        recall=sum(person.memories.recall(world.days)) / max(1, world.cards),
        predicted=sum(course.memories.recall(world.days)) / max(1, world.cards),
        answers=person.answers,
        seconds=sum(days),
        longest_day=max(days, default=0.0),
        unseen=len(course.unseen),
        luck=person.luck(),
    )


class _Person:
    """A learner with a real memory, and beside it what is believed of it."""

    def __init__(self, course: Course, truth: LearnerModel, rng: random.Random) -> None:
        self.course = course
        self.truth = truth
        self.memories = Memories(course.situation.cards, truth)
        self.answers = 0
        self._gains = Gains(self.memories, course.situation.interview_day)
        self._expected = 0.0
        self._rng = rng
        cards = course.situation.cards
        self._places = {card.name: place for place, card in enumerate(cards)}
        self._heads = [CardHead(c.name, "qa", c.concept, "", "", "should", "", 1) for c in cards]

    def study(self, day: int, order: Iterator[int]) -> float:
        """One day's drill; returns the time used."""
        course = self.course
        situation, pace = course.situation, course.situation.learner.pace
        names = day_list(course, order, situation.seconds)
        known = course.memories.stability
        seen = {card.name: True for card, stability in zip(situation.cards, known, strict=True) if stability}
        progress = Progress(day, seen, {}, frozenset(), ())
        queue = Queue(self._heads, progress, QueueLimits(), order=names)
        budget = DayBudget(situation.seconds, pace)
        seconds = (0.0, pace.again, pace.hard, pace.good, pace.easy)
        while item := queue.next():
            place = self._places[item.card]
            is_repeat = item.reason == REPEAT
            is_new = not known[place]
            if not budget.fits(is_new=is_new, is_repeat=is_repeat):
                queue.hide(item.card)
                continue
            if not is_repeat:
                repeats = budget.has_room_to_repeat(is_new=is_new)
                self._expected += self._gains.worth(place, day, repeats=repeats)
            rating = Rating.GOOD if is_repeat else self._rating(place, day)
            used = pace.first if is_new else seconds[rating]
            budget.take(used, is_repeat=is_repeat, failed=rating == Rating.AGAIN)
            self.memories.review(place, rating, day)
            course.review(place, rating, day)
            self.answers += 1
            queue.record(Asked(item.card, rating, item.reason), _state(item.card, rating, day))
        return situation.seconds - budget.left

    def luck(self) -> float:
        """What the answers won in mean recall less what they were expected to."""
        reached = sum(self.memories.recall(self.course.situation.interview_day))
        return (reached - self._expected) / max(1, len(self.memories))

    def _rating(self, place: int, day: int) -> int:
        draw = self._rng.random()
        if not self.memories.stability[place]:
            return first_rating(self.truth.first, draw)
        return later_rating(self.truth.passed, draw, self.memories.retrievability(place, day))


def _state(card: str, rating: int, day: int) -> CardState:
    """As much of a card's state as the queue looks at after an answer."""
    failed = rating == Rating.AGAIN
    return CardState(
        card=card,
        stability=1.0,
        difficulty=5.0,
        first_day=day,
        last_day=day,
        last_at_ms=0,
        due_day=day + 1,
        reps=1,
        lapses=0,
        pass_days=not failed,
        last_rating=rating,
        repeat_day=day if failed else None,
        red_from_day=None,
        pass_day=None if failed else day,
        fail_day=day if failed else None,
        head_id="",
    )
