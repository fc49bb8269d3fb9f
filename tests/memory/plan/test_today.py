"""Today's cards of one plan, of several, and the interview's morning."""

from __future__ import annotations

from dataclasses import replace

from interviewprep.cards.heads import CardHead
from interviewprep.memory.plan.facts import PlanCard, Situation, expected_attendance, plan_cards
from interviewprep.memory.plan.rules import GREEDY, Rule
from interviewprep.memory.plan.today import DayPlan, day_plan, warm_up
from interviewprep.memory.queue import Queue
from interviewprep.memory.types import Progress, QueueItem, QueueLimits

TODAY = 100
NOTHING = DayPlan((), 0, frozenset())


def new(deck: str, count: int) -> list[PlanCard]:
    return [PlanCard(f"{deck}#{n}", f"{deck}{n}", "", must=False) for n in range(count)]


def seen(name: str, stability: float, ago: int, *, must: bool = False) -> PlanCard:
    return PlanCard(name, name, "", must, stability, 5.0, TODAY - ago, passed=True)


def test_the_list_is_enough_for_a_quick_learner_and_says_how_many_fit() -> None:
    found = day_plan([(Situation(TODAY, TODAY + 9, 100.0, new("a", 30)), GREEDY)], 100.0)
    assert found.cards == tuple(f"a#{n}" for n in range(5))
    assert found.planned == 4  # at 22.88 seconds, repeat included


def test_a_rule_may_use_less_than_the_day() -> None:
    rule = GREEDY._replace(seconds=40.0)
    assert len(day_plan([(Situation(TODAY, TODAY + 9, 100.0, new("a", 30)), rule)], 100.0).cards) == 2


def test_nothing_without_cards_time_or_on_a_day_off_or_after_the_interview() -> None:
    plan = Situation(TODAY, TODAY + 9, 100.0, new("a", 3))
    assert day_plan([], 100.0) == NOTHING
    assert day_plan([(plan, GREEDY)], 0.0) == NOTHING
    assert day_plan([(replace(plan, cards=[]), GREEDY)], 100.0) == NOTHING
    assert day_plan([(replace(plan, days_off=frozenset({TODAY})), GREEDY)], 100.0) == NOTHING
    assert day_plan([(replace(plan, interview_day=TODAY - 1), GREEDY)], 100.0) == NOTHING


def test_on_the_interviews_day_the_most_uncertain_come_first() -> None:
    cards = [seen("a", 50.0, 3), seen("b", 1.0, 9)]
    assert day_plan([(Situation(TODAY, TODAY, 100.0, cards), GREEDY)], 100.0).cards == ("b", "a")


def test_two_plans_share_the_minutes_by_what_they_gain() -> None:
    known = [seen(f"b#{n}", 900.0, 2) for n in range(20)]
    first, second = (
        Situation(TODAY, TODAY + 9, 300.0, new("a", 20)),
        Situation(TODAY, TODAY + 9, 300.0, known),
    )
    found = day_plan([(first, GREEDY), (second, GREEDY)], 300.0)
    assert {name[0] for name in found.cards[: found.planned]} == {"a"}

    both = day_plan([(first, GREEDY), (replace(second, cards=new("b", 20)), GREEDY)], 300.0)
    begun = [name[0] for name in both.cards[: both.planned]]
    assert begun.count("a") + begun.count("b") == 13
    assert min(begun.count("a"), begun.count("b")) >= 1 or begun.count("a") == 13


def test_a_card_of_two_plans_is_asked_once_and_gains_for_both() -> None:
    shared = new("a", 1)
    first = Situation(TODAY, TODAY + 9, 23.0, [*new("b", 3), *shared])
    second = Situation(TODAY, TODAY + 5, 23.0, shared)
    found = day_plan([(first, GREEDY), (second, GREEDY)], 23.0)
    assert found.cards[0] == "a#0"
    assert len(set(found.cards)) == len(found.cards)


def test_last_passes_are_named() -> None:
    cards = [seen("m", 500.0, 9, must=True), *new("a", 9)]
    found = day_plan([(Situation(TODAY, TODAY + 1, 100.0, cards), Rule(0.9, TODAY, TODAY))], 100.0)
    assert found.cards[0] == "m"
    assert found.last_pass == {"m"}


def test_the_queue_asks_the_plans_order_and_keeps_siblings_apart() -> None:
    cards = [card._replace(concept="k") if n < 2 else card for n, card in enumerate(new("a", 7))]
    cards[0] = cards[0]._replace(stability=0.3, difficulty=5.0, last_day=TODAY - 2)
    order = day_plan([(Situation(TODAY, TODAY + 9, 600.0, cards), GREEDY)], 600.0).cards
    heads = [CardHead(c.name, "qa", c.concept, "", "", "should", "", 1) for c in cards]
    progress = Progress(TODAY, {"a#0": True}, {}, frozenset(), ())
    asked = Queue(heads, progress, QueueLimits(), order=order).order()
    assert set(asked) == {QueueItem(f"a#{n}", "plan") for n in range(7)}
    places = {item.card: place for place, item in enumerate(asked)}
    assert abs(places["a#0"] - places["a#1"]) > 5


def test_the_warm_up_asks_what_is_most_at_risk_and_nothing_new() -> None:
    cards = [seen("sure", 90.0, 1), *new("a", 2), seen("shaky", 0.5, 4), seen("fair", 9.0, 4)]
    assert warm_up(Situation(TODAY, TODAY, 600.0, cards)) == ["shaky", "fair", "sure"]
    assert warm_up(Situation(TODAY, TODAY, 600.0, [])) == []


def test_cards_become_a_plans_cards() -> None:
    heads = [
        CardHead("d#a", "qa", "a", "x y", "", "must", "", 1),
        CardHead("d#b", "choice", "b", "", "", "should", "", 0),
        CardHead("d#c", "qa", "c", "", "", "nice", "", 1),
    ]
    assert plan_cards(heads, {}, frozenset({"d#c"})) == [PlanCard("d#a", "a", "x y", must=True)]


def test_attendance_is_full_until_a_day_is_missed() -> None:
    assert expected_attendance(0, 0) == 1.0
    assert expected_attendance(6, 6) == 1.0
    assert expected_attendance(2, 3) == 5 / 6
    assert expected_attendance(9, 6) == 1.0
