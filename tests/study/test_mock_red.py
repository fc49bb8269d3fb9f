"""Sure and wrong in a mock interview: the drill asks it the same day, the next, and after a week."""

from __future__ import annotations

import pytest
from support import World
from support_mock import ALL, answer, begun, mock_decks

from interviewprep.memory.types import Rating
from interviewprep.study.desk import Desk
from interviewprep.study.drill import Drill, Options, Response
from interviewprep.study.selection import Selection


@pytest.fixture
def desk(world: World) -> Desk:
    mock_decks(world)
    return world.desk()


def reds(world: World) -> list[str]:
    """The red cards of a drill in a fresh process, answered well."""
    found = []
    drill = Drill(world.desk(), Selection(), Options(new=0))
    while (ask := drill.next()) is not None:
        if ask.reason == "red":
            found.append(ask.card)
        drill.answer(ask, Response(rating=Rating.GOOD))
        world.clock.forward(minutes=1)
    return found


def test_the_card_comes_three_times_and_is_then_off_the_list(world: World, desk: Desk) -> None:
    mock = begun(desk)
    answer(mock, "It is what it is.", confidence=3)
    card = mock.scorecard().answers[0].item.card
    answer(mock, "It is what it is.", confidence=3)  # a follow-up marks nothing
    answer(mock, ALL, confidence=3)
    world.clock.forward(minutes=10)
    asked = {}
    for day in range(12):
        asked[day] = reds(world)
        world.clock.forward(days=1)
    assert {day: cards for day, cards in asked.items() if cards} == {0: [card], 1: [card], 7: [card]}


def test_marks_overruled_take_the_card_off_the_list(world: World, desk: Desk) -> None:
    mock = begun(desk)
    answer(mock, "", confidence=3)
    mock.finish()
    world.clock.forward(minutes=1)
    assert world.desk().progress(world.desk().today()).red != {}
    mock.correct(0, said={"one", "two", "three"}, stated=())
    assert world.desk().progress(world.desk().today()).red == {}
    assert reds(world) == []
