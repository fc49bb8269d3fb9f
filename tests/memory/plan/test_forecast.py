"""What a plan promises."""

from __future__ import annotations

from dataclasses import replace

import pytest

from interviewprep.memory.curve import retrievability
from interviewprep.memory.plan.facts import PlanCard, Situation
from interviewprep.memory.plan.forecast import Forecast, forecast, readiness
from interviewprep.memory.plan.rules import GREEDY

TODAY = 100


def new(count: int, deck: str = "d") -> list[PlanCard]:
    return [PlanCard(f"{deck}#{n}", f"{deck}{n}", "", must=False) for n in range(count)]


def seen(name: str, stability: float, ago: int) -> PlanCard:
    return PlanCard(name, name, "", False, stability, 5.0, TODAY - ago, passed=True)


def predict(cards: list[PlanCard], *, days: int = 6, minutes: float = 5.0) -> Forecast:
    return forecast(Situation(TODAY, TODAY + days, 60.0 * minutes, cards), GREEDY, seed=1, paths=5)


def test_readiness_is_the_mean_recall_on_the_day() -> None:
    situation = Situation(TODAY, TODAY + 5, 60.0, [seen("a", 4.0, 2), *new(1)])
    assert readiness(situation) == pytest.approx(retrievability(4.0, 7) / 2)
    assert readiness(replace(situation, interview_day=TODAY - 1)) == pytest.approx(retrievability(4.0, 2) / 2)
    assert readiness(replace(situation, cards=[])) == 0.0


def test_a_plan_kept_is_worth_more_than_one_left() -> None:
    found = predict([*new(20, "x"), seen("y#a", 2.0, 3), seen("y#b", 9.0, 3)])
    assert (found.cards, found.days_left, found.sessions) == (22, 6, 6)
    assert found.now < 0.1
    assert found.kept > 0.8
    assert found.low <= found.kept <= found.high
    assert [point.day for point in found.curve] == list(range(TODAY, TODAY + 6))
    assert all(point.low <= point.recall <= point.high for point in found.curve)
    assert found.curve[0].recall < found.curve[-1].recall == pytest.approx(found.kept)
    by_deck = {deck.deck: deck for deck in found.decks}
    assert (by_deck["x"].cards, by_deck["x"].now) == (20, 0.0)
    assert by_deck["y"].now == pytest.approx(found.now * 11)
    assert (20 * by_deck["x"].kept + 2 * by_deck["y"].kept) / 22 == pytest.approx(found.kept)
    assert found.unreached == 0
    assert found.minutes_to_reach is None
    assert found.missed_day_cost > 0


def test_cards_out_of_reach_and_the_minutes_that_reach_them() -> None:
    found = predict(new(60), days=3, minutes=5.0)
    # Three days hold 13 first studies each at most.
    assert 20 <= found.unreached <= 27
    assert found.minutes_to_reach == 10
    assert found.minutes_to_goal is not None
    assert found.minutes_to_goal >= 10


def test_a_goal_too_far_for_any_day_is_none() -> None:
    found = predict(new(900), days=1, minutes=5.0)
    assert found.minutes_to_reach is None
    assert found.minutes_to_goal is None


@pytest.mark.parametrize("days", [0, -4])
def test_without_days_left_it_is_as_it_is(days: int) -> None:
    found = predict([seen("a", 4.0, 2)], days=days)
    assert found.now == pytest.approx(retrievability(4.0, 2))
    assert found.kept == pytest.approx(found.now)
    assert (found.sessions, found.curve, found.missed_day_cost) == (0, (), 0.0)
    assert found.minutes_to_goal is None


def test_without_cards_or_minutes() -> None:
    empty = predict([])
    assert (empty.cards, empty.now, empty.kept, empty.decks) == (0, 0.0, 0.0, ())
    idle = predict(new(4), minutes=0.0)
    assert (idle.kept, idle.sessions, idle.unreached, idle.missed_day_cost) == (0.0, 0, 4, 0.0)
    assert idle.minutes_to_reach == 5


def test_the_same_facts_and_seed_give_the_same_forecast() -> None:
    assert predict(new(12)) == predict(new(12))


def test_stopped_early_it_leaves_the_minutes_open() -> None:
    situation = Situation(TODAY, TODAY + 3, 60.0, new(30))
    found = forecast(situation, GREEDY, seed=1, paths=3, is_over=lambda: True)
    assert found.kept > 0
    assert (found.minutes_to_reach, found.minutes_to_goal) == (None, None)
