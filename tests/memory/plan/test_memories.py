"""The columns of memories equal the scheduler, answer by answer."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviewprep.memory.curve import DEFAULT_WEIGHTS, retrievability
from interviewprep.memory.plan.facts import LearnerModel, PlanCard
from interviewprep.memory.plan.memories import Memories
from interviewprep.memory.scheduler import Scheduler
from interviewprep.memory.types import Memory, Rating

OTHER = (*(w * 1.05 for w in DEFAULT_WEIGHTS[:20]), 0.3)
NEW = PlanCard("d#a", "a", "", must=False)


@pytest.mark.parametrize("weights", [DEFAULT_WEIGHTS, OTHER])
@given(
    history=st.lists(
        st.tuples(st.sampled_from([0, 0, 1, 3, 20, 300]), st.sampled_from(list(Rating))),
        min_size=1,
        max_size=12,
    )
)
def test_equals_the_scheduler(weights: tuple[float, ...], history: list[tuple[int, Rating]]) -> None:
    scheduler = Scheduler(weights)
    memories = Memories([NEW], LearnerModel(weights))
    memory: Memory | None = None
    day = 100
    for gap, rating in history:
        day += gap
        memory = scheduler.first(rating) if memory is None else scheduler.next(memory, rating, gap)
        memories.review(0, rating, day)
        assert memories.stability[0] == pytest.approx(memory.stability, rel=1e-9)
        assert memories.difficulty[0] == pytest.approx(memory.difficulty, rel=1e-9)
        # The next step starts from the scheduler's very numbers.
        memory = Memory(memories.stability[0], memories.difficulty[0])


def test_recall_falls_along_the_curve_and_is_nothing_for_a_card_never_asked() -> None:
    memories = Memories([NEW, NEW._replace(stability=5.0, difficulty=5.0, last_day=10)], LearnerModel())
    assert memories.recall(17) == [0.0, pytest.approx(retrievability(5.0, 7))]
    assert memories.retrievability(1, 10) == 1.0


def test_a_clock_set_back_counts_as_the_day_of_the_last_answer() -> None:
    memories = Memories([NEW._replace(stability=5.0, difficulty=5.0, last_day=10)], LearnerModel())
    assert memories.retrievability(0, 8) == 1.0
    memories.review(0, Rating.GOOD, 8)
    assert memories.last_day[0] == 10
    assert memories.stability[0] == pytest.approx(
        Scheduler.DEFAULT.next(Memory(5.0, 5.0), Rating.GOOD, 0).stability
    )


def test_a_copy_is_independent() -> None:
    memories = Memories([NEW], LearnerModel())
    twin = memories.copy()
    twin.review(0, Rating.GOOD, 1)
    assert memories.stability == [0.0]
    assert twin.stability[0] > 0
