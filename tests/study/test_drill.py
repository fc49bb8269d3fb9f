"""A drill below the screens: what is asked, recorded, undone, hidden and summed up."""

from __future__ import annotations

from dataclasses import replace

import pytest
from support import World

from interviewprep.errors import NotFoundError
from interviewprep.memory.types import Rating
from interviewprep.store.records import Recorded
from interviewprep.study.desk import Desk
from interviewprep.study.drill import Ask, Drill, Options, Response
from interviewprep.study.selection import Selection


def rate(drill: Drill, rating: Rating = Rating.GOOD, seconds: float = 10) -> tuple[Ask, Recorded]:
    ask = drill.next()
    assert ask is not None
    return ask, drill.answer(ask, Response(rating=rating, duration_ms=round(seconds * 1000)))


def asked_until_done(drill: Drill) -> list[str]:
    names = []
    while (ask := drill.next()) is not None:
        names.append(ask.card)
        drill.answer(ask, Response(rating=Rating.GOOD))
        assert len(names) < 100
    return names


def test_a_first_drill_asks_every_new_card_once_and_ends(desk: Desk) -> None:
    names = asked_until_done(Drill(desk, Selection()))
    assert sorted(names) == [
        "losses#mae",
        "losses#mse",
        "optimizers#adam",
        "optimizers#momentum",
        "optimizers#sgd",
    ]
    assert names.index("optimizers#sgd") < names.index("optimizers#momentum")  # requires


def test_next_is_a_peek(desk: Desk) -> None:
    drill = Drill(desk, Selection())
    assert drill.next() == drill.next()


def test_an_answer_is_recorded_with_all_that_was_seen(desk: Desk) -> None:
    drill = Drill(desk, Selection(decks=("optimizers",)))
    ask = drill.next()
    assert ask is not None
    recorded = drill.answer(
        ask,
        Response(
            rating=Rating.HARD,
            answer="steps downhill",
            verdict={"against": "said", "mini-batch": "missed"},
            suggested=Rating.AGAIN,
            hints=1,
            think_ms=4000,
            duration_ms=9000,
        ),
    )
    [review] = desk.store.history(ask.card)
    assert review.id == recorded.review_id
    assert (review.card, review.rating, review.mode, review.reason) == (ask.card, 2, "drill", "new")
    assert review.answer == "steps downhill"
    assert review.duration_ms == 9000
    assert recorded.after is not None
    assert review.stability_after == pytest.approx(recorded.after.stability)


def test_another_process_goes_on_where_this_one_stopped(world: World) -> None:
    first = world.desk()
    drill = Drill(first, Selection())
    rate(drill)
    rate(drill)
    expected = drill.next()
    first.close()
    second = world.desk()
    assert Drill(second, Selection()).next() == expected
    second.close()


def test_undo_brings_the_card_back_and_forgets_the_answer(desk: Desk) -> None:
    drill = Drill(desk, Selection())
    first, _ = rate(drill)
    rate(drill, Rating.AGAIN)
    undone = drill.undo()
    assert undone is not None
    assert undone.rating == 1
    again = drill.next()
    assert again is not None
    assert again.card == undone.card
    assert drill.undo() is not None
    back = drill.next()
    assert back is not None
    assert back.card == first.card
    assert drill.undo() is None
    assert drill.summary().answers == 0


def test_undo_reaches_over_a_restart(world: World) -> None:
    desk = world.desk()
    ask, _ = rate(Drill(desk, Selection()))
    desk.close()
    desk = world.desk()
    drill = Drill(desk, Selection())
    undone = drill.undo()
    assert undone is not None
    assert undone.card == ask.card
    back = drill.next()
    assert back is not None
    assert back.card == ask.card
    assert back.is_new
    desk.close()


def test_a_failed_card_comes_again_in_the_drill(desk: Desk) -> None:
    drill = Drill(desk, Selection())
    failed, _ = rate(drill, Rating.AGAIN)
    names = asked_until_done(drill)
    assert names.count(failed.card) == 1
    assert drill.summary().missed == (failed.card,)


@pytest.mark.parametrize("hide", ["bury", "suspend", "know"])
def test_hiding_takes_a_card_out_and_undo_brings_it_back(desk: Desk, hide: str) -> None:
    drill = Drill(desk, Selection())
    ask = drill.next()
    assert ask is not None
    getattr(drill, hide)(ask.card)
    following = drill.next()
    assert following is not None
    assert following.card != ask.card
    undone = drill.undo()
    assert undone is not None
    assert undone.card == ask.card
    back = drill.next()
    assert back is not None
    assert back.card == ask.card


def test_a_buried_card_returns_tomorrow_a_suspended_one_does_not(world: World) -> None:
    desk = world.desk()
    drill = Drill(desk, Selection())
    drill.bury("losses#mse")
    drill.suspend("losses#mae")
    assert {"losses#mse", "losses#mae"}.isdisjoint(asked_until_done(drill))
    world.clock.forward(days=1)
    assert "losses#mse" in asked_until_done(Drill(desk, Selection()))
    assert "losses#mae" not in {r.card for r in desk.store.history()}
    desk.close()


def test_flag_and_note_are_kept(desk: Desk) -> None:
    drill = Drill(desk, Selection())
    assert drill.flag("losses#mse") is True
    assert drill.mark_value("losses#mse", "flag") == "1"
    assert drill.flag("losses#mse") is False
    drill.note("losses#mse", " asked at Acme ")
    assert drill.mark_value("losses#mse", "note") == "asked at Acme"


def test_variants_take_turns(world: World) -> None:
    desk = world.desk()
    drill = Drill(desk, Selection(cards=("optimizers#sgd",)))
    first, recorded = rate(drill)
    assert (first.prompt, first.text) == ("", "What is stochastic gradient descent?")
    assert recorded.after is not None
    world.clock.forward(days=recorded.after.due_day - recorded.after.last_day)
    second = Drill(desk, Selection(cards=("optimizers#sgd",))).next()
    assert second is not None
    assert (second.prompt, second.text) == ("noise", "Why is the gradient of a mini-batch noisy?")
    desk.close()


def test_limits_end_a_sitting(desk: Desk) -> None:
    drill = Drill(desk, Selection(), Options(limit=2))
    assert drill.counts().total == 2
    assert len(asked_until_done(drill)) == 2


def test_minutes_end_a_sitting(desk: Desk) -> None:
    drill = Drill(desk, Selection(), Options(minutes=1))
    rate(drill, seconds=59)
    assert drill.next() is not None
    rate(drill, seconds=2)
    assert drill.next() is None


def test_new_cards_can_be_none(desk: Desk) -> None:
    assert Drill(desk, Selection(), Options(new=0)).next() is None


def test_the_new_limit_of_the_settings_holds_over_sittings(world: World) -> None:
    world.settings = replace(world.settings, new_per_day=2)
    desk = world.desk()
    assert len(asked_until_done(Drill(desk, Selection()))) == 2
    assert Drill(desk, Selection()).next() is None
    world.clock.forward(days=1)
    assert len(set(asked_until_done(Drill(desk, Selection())))) >= 2
    desk.close()


def test_a_cram_moves_no_schedule(desk: Desk) -> None:
    drill = Drill(desk, Selection(decks=("losses",)), Options(cram=True))
    assert sorted(asked_until_done(drill)) == ["losses#mae", "losses#mse"]
    assert desk.store.states() == {}
    assert {r.mode for r in desk.store.history()} == {"cram"}
    assert drill.undo() is not None
    assert drill.next() is not None


def test_a_cram_repeats_what_failed_until_it_passes(desk: Desk) -> None:
    drill = Drill(desk, Selection(decks=("losses",)), Options(cram=True))
    failed, _ = rate(drill, Rating.AGAIN)
    assert asked_until_done(drill)[-1] == failed.card


def test_missed_cards_can_be_seen_again(desk: Desk) -> None:
    drill = Drill(desk, Selection())
    failed, _ = rate(drill, Rating.AGAIN)
    asked_until_done(drill)
    again = drill.missed_again()
    assert asked_until_done(again) == [failed.card]
    assert again.options.cram


def test_the_summary_counts(desk: Desk) -> None:
    drill = Drill(desk, Selection())
    rate(drill, Rating.EASY, seconds=5)
    rate(drill, Rating.AGAIN, seconds=7)
    found = drill.summary()
    assert (found.answers, found.cards, found.new) == (2, 2, 2)
    assert found.ratings == {Rating.AGAIN: 1, Rating.HARD: 0, Rating.GOOD: 0, Rating.EASY: 1}
    assert found.seconds == 12


def test_a_leech_is_suspended_and_said(world: World) -> None:
    world.settings = replace(world.settings, leech_lapses=2)
    desk = world.desk()
    selection = Selection(cards=("losses#mse",))
    leeches = []
    for _ in range(3):
        drill = Drill(desk, selection)
        _, recorded = rate(drill, Rating.AGAIN)
        leeches.append(recorded.leech)
        world.clock.forward(days=1)
    assert leeches == [False, False, True]
    assert Drill(desk, selection).next() is None
    assert desk.store.undo(now=world.clock()) is not None
    assert desk.store.marks("suspended") == []
    desk.close()


def test_an_answer_of_another_window_is_noticed(world: World) -> None:
    here, there = world.desk(), world.desk()
    mine, theirs = Drill(here, Selection()), Drill(there, Selection())
    rate(mine)
    taken, _ = rate(theirs)
    seen = mine.next()
    assert seen is not None
    assert seen.card != taken.card
    here.close()
    there.close()


def test_an_edited_card_keeps_its_history(world: World) -> None:
    desk = world.desk()
    drill = Drill(desk, Selection(decks=("losses",)))
    ask, _ = rate(drill)
    path, _ = desk.library.place(ask.card)
    path.write_text(path.read_text(encoding="utf-8").replace("mean", "MEAN"), encoding="utf-8")
    drill.refresh()
    assert "MEAN" in desk.library.face(ask.card).question
    assert ask.card in desk.store.states()
    assert drill.undo() is not None
    desk.close()


def test_a_selection_that_matches_nothing_says_so(desk: Desk) -> None:
    with pytest.raises(NotFoundError, match="no-such"):
        Drill(desk, Selection(decks=("no-such",)))
    with pytest.raises(NotFoundError, match="tag nothing"):
        Drill(desk, Selection(tags=("nothing",)))


def test_selections_filter(desk: Desk) -> None:
    def names(selection: Selection) -> list[str]:
        return [h.name for h in selection.heads(desk.library)]

    assert names(Selection(tags=("adaptive",))) == ["optimizers#adam"]
    assert names(Selection(levels=("easy",))) == ["optimizers#sgd"]
    assert names(Selection(text="absolute differences")) == ["losses#mae"]
    assert names(Selection(decks=("losses",), text="squared")) == ["losses#mse"]
