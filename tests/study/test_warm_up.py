"""The interview morning's warm-up."""

from __future__ import annotations

from datetime import timedelta

from study.planned import answer_all, make_plan, write_deck
from support import World

from interviewprep.study.drill import Drill, Options
from interviewprep.study.record import record_answer
from interviewprep.study.selection import Selection


def test_it_asks_one_line_each_most_at_risk_first_and_moves_nothing(world: World) -> None:
    write_deck(world.home / "shipped", "extra", 6)
    desk = world.desk()
    for number, days in enumerate((1, 9, 3, 6)):
        record_answer(desk, f"extra#extra-{number}", 3, world.clock() - timedelta(days=days))
    record_answer(desk, "losses#mse", 3, world.clock() - timedelta(days=40))
    make_plan(desk, "today", decks=("extra",))
    before = desk.store.states()
    drill = Drill(desk, Selection(), Options.for_warm_up())
    ask = drill.next()
    assert ask is not None
    card = drill.card(ask.card)
    assert (card.short, card.detailed, card.key_points) == ("Just extra 1.", "It is extra 1.", ())
    asked = answer_all(drill)
    assert [a.card[-1] for a in asked] == ["1", "3", "2", "0"]  # of the plan, and only what was asked before
    assert desk.store.states() == before
    review = desk.store.history(limit=1)[0]
    assert review.mode == "warmup"
    assert drill.undo() is not None
    desk.close()


def test_it_ends_after_ten_minutes_and_without_a_plan_takes_all(world: World) -> None:
    desk = world.desk()
    for card in ("optimizers#sgd", "losses#mse", "losses#mae"):
        record_answer(desk, card, 3, world.clock() - timedelta(days=5))
    drill = Drill(desk, Selection(), Options.for_warm_up())
    assert drill.counts().total == 3
    assert len(answer_all(drill, seconds=400)) == 2
    desk.close()
