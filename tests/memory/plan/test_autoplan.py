"""The auto-plan: the same from the same, never worse for more minutes, and to be stopped at any time."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from interviewprep.memory.plan.autoplan import GREEDY_ABOVE, choose, is_off
from interviewprep.memory.plan.chances import luck
from interviewprep.memory.plan.course import Course
from interviewprep.memory.plan.facts import ANSWERS, LearnerModel, PlanCard, Situation
from interviewprep.memory.plan.rules import GREEDY, Recipe, Rule
from interviewprep.memory.plan.walk import walk

TODAY = 100


@st.composite
def plan_cards(draw: st.DrawFn) -> list[PlanCard]:
    """A few cards, new and seen, with siblings, prerequisites and must-know ones."""
    found = []
    for number in range(draw(st.integers(1, 7))):
        card = PlanCard(
            f"d#{number}",
            f"k{draw(st.integers(0, 5))}",
            draw(st.sampled_from(["", "", "k0", "k1"])),
            draw(st.booleans()),
        )
        if draw(st.booleans()):
            stability, ago = draw(st.sampled_from([0.2, 2.3, 40.0])), draw(st.integers(0, 20))
            card = card._replace(stability=stability, difficulty=5.0, last_day=TODAY - ago, passed=True)
        found.append(card)
    return found


def new_cards(count: int) -> list[PlanCard]:
    return [PlanCard(f"d#{n}", f"c{n}", "", must=False) for n in range(count)]


@settings(max_examples=25, deadline=None)
@given(cards=plan_cards(), days=st.integers(1, 4), less=st.integers(0, 2), more=st.integers(1, 2))
def test_more_minutes_never_lower_the_predicted_recall(
    cards: list[PlanCard], days: int, less: int, more: int
) -> None:
    situation = Situation(TODAY, TODAY + days, 60.0 * less, cards)
    fewer = choose(situation, seed=7)
    greater = choose(replace(situation, seconds=60.0 * (less + more)), seed=7)
    assert fewer.complete
    assert greater.complete
    assert greater.recall >= fewer.recall


@settings(max_examples=40, deadline=None)
@given(
    cards=plan_cards(),
    days=st.integers(0, 6),
    seconds=st.integers(0, 200),
    rule=st.sampled_from([GREEDY, Rule(0.9, 103, 104), Rule(0.7, 102, 103, 3, 0.8, 2), Rule(0.9, 0, 104, 9)]),
    off=st.frozensets(st.integers(TODAY, TODAY + 6)),
)
def test_no_day_ever_takes_more_than_its_time(
    cards: list[PlanCard], days: int, seconds: int, rule: Rule, off: frozenset[int]
) -> None:
    situation = Situation(
        TODAY, TODAY + days, seconds, cards, days_off=off, learner=LearnerModel(pace=ANSWERS)
    )
    course = Course(situation)
    answers: dict[int, int] = {}
    review = course.memories.review

    class Counted:
        """Stands before the memories and counts the answers of each day."""

        def __getattr__(self, name: str) -> object:
            return getattr(memories, name)

        def __len__(self) -> int:
            return len(memories)

        def review(self, place: int, rating: int, day: int) -> None:
            answers[day] = answers.get(day, 0) + 1
            review(place, rating, day)

    memories = course.memories
    course.memories = Counted()  # type: ignore[assignment]
    walked = walk(course, rule, luck(len(cards), 1))
    assert all(count <= seconds for count in answers.values())
    assert off.isdisjoint(answers)
    assert all(TODAY <= day < TODAY + days for day in answers)
    assert 0 <= walked.reached <= 1


def test_the_same_facts_day_and_seed_give_the_same_choice() -> None:
    situation = Situation(TODAY, TODAY + 8, 300.0, new_cards(40))
    assert choose(situation, seed=3, smaller=()) == choose(situation, seed=3, smaller=())


def test_beats_the_greedy_rule_where_time_is_tight() -> None:
    situation = Situation(TODAY, TODAY + 24, 10.0, new_cards(120), learner=LearnerModel(pace=ANSWERS))
    found = choose(situation, seed=1, smaller=())
    fresh = [luck(120, seed) for seed in range(50, 56)]
    best = sum(walk(Course(situation), found.rule, draws).reached for draws in fresh)
    greedy = sum(walk(Course(situation), GREEDY, draws).reached for draws in fresh)
    assert found.rule != GREEDY
    assert best > greedy
    assert 40 <= found.tried <= 110


def test_stops_when_told_and_follows_the_best_so_far() -> None:
    situation = Situation(TODAY, TODAY + 8, 300.0, new_cards(40))
    asked = iter([False, False, True])
    found = choose(situation, seed=3, is_over=lambda: next(asked))
    assert (found.tried, found.complete) == (3, False)
    assert 0.5 < found.recall < 1
    assert choose(situation, seed=3, evaluations=1).rule == GREEDY
    assert choose(situation, seed=3, evaluations=20).tried == 20


def test_gives_way_at_least_once_a_simulated_day() -> None:
    pauses: list[None] = []
    situation = Situation(TODAY, TODAY + 5, 300.0, new_cards(10))
    found = choose(situation, seed=3, pause=lambda: pauses.append(None), evaluations=10)
    assert len(pauses) >= 5 * found.tried


def test_large_plans_follow_the_greedy_rule() -> None:
    situation = Situation(TODAY, TODAY + 3, 300.0, new_cards(GREEDY_ABOVE + 1))
    found = choose(situation, seed=3)
    assert (found.rule, found.tried) == (GREEDY, 0)
    assert 0 < found.recall < 0.02


@pytest.mark.parametrize(
    ("days", "seconds", "cards"), [(0, 600.0, 5), (-3, 600.0, 5), (5, 0.0, 5), (5, 600.0, 0)]
)
def test_without_days_time_or_cards_there_is_nothing_to_choose(days: int, seconds: float, cards: int) -> None:
    found = choose(Situation(TODAY, TODAY + days, seconds, new_cards(cards)), seed=3)
    assert found.recall == 0.0
    assert len(found.curve) == max(0, days)


def test_one_card() -> None:
    found = choose(Situation(TODAY, TODAY + 3, 60.0, new_cards(1)), seed=3)
    assert 0.7 < found.recall <= 1.0


def test_all_cards_known_need_no_time() -> None:
    known = [c._replace(stability=3000.0, difficulty=2.0, last_day=TODAY - 1) for c in new_cards(5)]
    found = choose(Situation(TODAY, TODAY + 10, 600.0, known), seed=3)
    assert found.recall > 0.998


def test_a_rule_is_chosen_again_when_a_day_was_missed_or_recall_strays() -> None:
    situation = Situation(TODAY, TODAY + 8, 300.0, new_cards(40))
    found = choose(situation, seed=3, smaller=())
    next_day = replace(situation, today=TODAY + 1)
    promised = found.curve[0]
    assert not is_off(found, situation, 0.0)
    assert not is_off(found, next_day, promised - 0.04)
    assert is_off(found, next_day, promised - 0.06)
    assert is_off(found, next_day, promised + 0.06)
    assert is_off(found, replace(next_day, attendance=0.75), promised)
    assert is_off(found, replace(situation, interview_day=TODAY + 12, today=TODAY + 9), promised)


def test_where_days_are_missed_no_card_is_kept_for_the_end() -> None:
    situation = Situation(TODAY, TODAY + 24, 10.0, new_cards(120), learner=LearnerModel(pace=ANSWERS))
    assert choose(situation, seed=1, smaller=()).rule.late > 0
    found = choose(replace(situation, attendance=0.75), seed=1, smaller=())
    assert (found.rule.late, found.attendance) == (0, 0.75)
    assert found.rule.new_until <= TODAY + 15


def test_where_a_quarter_less_time_would_not_do_new_cards_come_first() -> None:
    situation = Situation(TODAY, TODAY + 14, 12.0, new_cards(120), learner=LearnerModel(pace=ANSWERS))
    found = choose(situation, seed=1, smaller=())
    course = Course(situation)
    first_day = [place for place, _ in zip(course.order(TODAY, found.rule), range(12), strict=False)]
    assert (found.rule.late, first_day) == (0, list(range(12)))


def test_a_recipe_is_a_rule_that_the_walk_can_follow() -> None:
    situation = Situation(TODAY, TODAY + 6, 400.0, new_cards(60))
    rule = Recipe(0.85, 0.5, 0.5, 0.2, (0.8, 2)).rule(situation.study_days, 60)
    course = Course(situation)
    curve: list[float] = []
    walked = walk(course, rule, luck(60, 2), curve)
    assert len(curve) == 6
    assert curve[-1] == walked.reached
    assert not course.unseen
