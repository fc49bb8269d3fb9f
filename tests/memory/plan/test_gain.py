"""The gain rule is the expectation it says it is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviewprep.memory.curve import retrievability
from interviewprep.memory.plan.facts import LearnerModel, PlanCard
from interviewprep.memory.plan.gain import Gains
from interviewprep.memory.plan.memories import Memories
from interviewprep.memory.scheduler import Scheduler
from interviewprep.memory.types import Memory, Rating

NEW = PlanCard("d#a", "a", "", must=False)
LEARNER = LearnerModel()
SCHEDULER = Scheduler.DEFAULT


def repeated(memory: Memory) -> Memory:
    return SCHEDULER.next(memory, Rating.GOOD, 0)


@given(
    stability=st.floats(0.1, 500),
    difficulty=st.floats(1, 10),
    age=st.integers(1, 90),
    ahead=st.integers(0, 60),
)
def test_gain_per_second_by_hand(stability: float, difficulty: float, age: int, ahead: int) -> None:
    card = NEW._replace(stability=stability, difficulty=difficulty, last_day=100 - age)
    gains = Gains(Memories([card], LEARNER), 100 + ahead)
    right = retrievability(stability, age)
    before = Memory(stability, difficulty)
    expected = (1 - right) * retrievability(
        repeated(SCHEDULER.next(before, Rating.AGAIN, age)).stability, ahead
    )
    for rating, chance in zip((Rating.HARD, Rating.GOOD, Rating.EASY), LEARNER.passed, strict=True):
        expected += right * chance * retrievability(SCHEDULER.next(before, rating, age).stability, ahead)
    expected -= retrievability(stability, age + ahead)
    seconds = right * (0.224 * 18 + 0.631 * 12 + 0.145 * 9) + (1 - right) * (19 + 12)
    assert gains.seconds(0, 100) == pytest.approx(seconds)
    ((gain, place),) = gains.seen([0], 100)
    assert place == 0
    assert gain == pytest.approx(expected / seconds, rel=1e-6, abs=1e-9)
    assert gains.worth(0, 100, repeats=True) == pytest.approx(expected, rel=1e-6, abs=1e-9)


def test_a_new_card_gains_what_a_first_study_leaves_at_the_interview() -> None:
    gains = Gains(Memories([NEW], LEARNER), 110)
    after = [SCHEDULER.first(rating) for rating in Rating]
    after[0] = repeated(after[0])
    expected = sum(c * retrievability(m.stability, 10) for c, m in zip(LEARNER.first, after, strict=True))
    assert gains.new_seconds() == pytest.approx(20 + 0.24 * 12)
    assert gains.new(100) == pytest.approx(expected / 22.88)
    assert gains.worth(0, 100, repeats=True) == pytest.approx(expected)
    assert gains.worth(0, 100, repeats=False) < expected


def test_without_its_repeat_an_answer_is_worth_less() -> None:
    gains = Gains(Memories([NEW._replace(stability=0.5, difficulty=8.0, last_day=90)], LEARNER), 110)
    assert gains.worth(0, 100, repeats=False) < gains.worth(0, 100, repeats=True)


def test_pauses_between_chunks() -> None:
    pauses: list[None] = []
    cards = [NEW._replace(stability=2.0, difficulty=5.0)] * 2500
    Gains(Memories(cards, LEARNER), 30, lambda: pauses.append(None)).seen(range(2500), 10)
    assert len(pauses) == 2
