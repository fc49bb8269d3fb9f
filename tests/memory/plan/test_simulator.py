"""The simulator that the figures come from."""

from __future__ import annotations

import statistics

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from interviewprep.errors import InterviewPrepError
from interviewprep.memory.curve import DEFAULT_WEIGHTS
from interviewprep.memory.plan.facts import ANSWERS, LearnerModel
from interviewprep.memory.plan.policies import POLICIES, AutoPlan, policy_named
from interviewprep.memory.plan.simulator import World, simulate

IN_ANSWERS = LearnerModel(pace=ANSWERS)


@settings(max_examples=30, deadline=None)
@given(
    name=st.sampled_from([name for name in POLICIES if name != "auto"]),
    days=st.integers(1, 8),
    seconds=st.integers(0, 300),
    missed=st.sampled_from([0.0, 0.3]),
    seed=st.integers(0, 99),
)
def test_no_policy_exceeds_a_day(name: str, days: int, seconds: int, missed: float, seed: int) -> None:
    found = simulate(World(days, seconds, 25, missed=missed), policy_named(name), seed)
    assert found.longest_day <= seconds
    assert found.seconds <= days * seconds
    assert 0 <= found.recall <= 1


@pytest.mark.parametrize("name", POLICIES)
def test_the_same_seed_gives_the_same_outcome(name: str) -> None:
    world = World(5, 12, 30, IN_ANSWERS)
    assert simulate(world, policy_named(name), 4) == simulate(world, policy_named(name), 4)


def test_in_answers_every_policy_but_the_idle_ones_uses_them_all() -> None:
    world = World(6, 10, 40, IN_ANSWERS)
    assert {simulate(world, policy_named(name), 1).answers for name in POLICIES} == {60}


def test_believed_and_real_memory_are_one_where_the_model_is_right() -> None:
    found = simulate(World(5, 20, 30, IN_ANSWERS), policy_named("greedy"), 2)
    assert found.recall == found.predicted > 0.5
    assert found.unseen == 0


def test_a_learner_who_forgets_faster_recalls_less_than_believed() -> None:
    weak = LearnerModel((*(w * 0.4 for w in DEFAULT_WEIGHTS[:4]), *DEFAULT_WEIGHTS[4:]), pace=ANSWERS)
    found = simulate(World(5, 20, 30, IN_ANSWERS, weak), policy_named("greedy"), 2)
    assert found.recall < found.predicted


def test_luck_is_nothing_on_average() -> None:
    found = [simulate(World(6, 200.0, 20), policy_named("greedy"), seed).luck for seed in range(200)]
    mean, spread = statistics.fmean(found), statistics.stdev(found)
    assert spread > 0.01
    assert abs(mean) < 4 * spread / len(found) ** 0.5


def test_on_missed_days_nothing_is_asked() -> None:
    assert simulate(World(5, 20, 30, IN_ANSWERS, missed=1.0), policy_named("greedy"), 2).answers == 0


def test_what_people_do_now_leaves_cards_unseen_where_time_is_tight() -> None:
    world = World(14, 12, 100, IN_ANSWERS)
    auto = simulate(world, AutoPlan(evaluations=20), 3)
    due_first = simulate(world, policy_named("due-first"), 3)
    assert due_first.unseen > auto.unseen == 0
    assert auto.recall > due_first.recall + 0.1


def test_a_policy_unknown_is_an_error_with_the_names() -> None:
    with pytest.raises(InterviewPrepError, match="no policy 'best'") as caught:
        policy_named("best")
    assert "greedy" in caught.value.hint
