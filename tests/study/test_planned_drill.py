"""A drill under an interview plan: its order, its minutes, what follows, what a restart changes (nothing)."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from study.planned import answer, answer_all, make_plan, write_deck
from support import World

from interviewprep.memory.plan.course import LAST_DAYS
from interviewprep.memory.types import Rating
from interviewprep.settings import Settings
from interviewprep.study import plan_today
from interviewprep.study.desk import Desk
from interviewprep.study.drill import Drill, Options
from interviewprep.study.due import due_counts
from interviewprep.study.overview import overview
from interviewprep.study.plan_choice import choose_rule, keep_choice, plans_standing
from interviewprep.study.planning import clear_plan, end_past_plans
from interviewprep.study.record import record_answer
from interviewprep.study.selection import Selection

ALL = Selection()


@pytest.fixture
def planner(world: World) -> Iterator[Desk]:
    """A desk over sixty new cards beside the usual five."""
    world.settings = Settings(new_per_day=5)
    write_deck(world.home / "shipped", "extra", 60, must=3, tag="topic")
    desk = world.desk()
    yield desk
    desk.close()


def names(drill: Drill) -> list[str]:
    """The cards a sitting asks when each is answered Good in twenty seconds."""
    return [ask.card for ask in answer_all(drill)]


def test_without_a_plan_the_daily_limits_hold(planner: Desk) -> None:
    assert len(names(Drill(planner, ALL))) == 5


def test_a_plan_asks_for_its_minutes_and_not_by_the_daily_limits(planner: Desk) -> None:
    make_plan(planner, minutes=10)
    drill = Drill(planner, ALL)
    asked = answer_all(drill)
    assert {ask.reason for ask in asked} == {"plan"}
    # 10 minutes of 20 seconds: one is begun only where the longest it may take still fits.
    assert len(asked) == 30
    assert drill.summary().new == 30
    assert drill.next() is None


def test_a_failed_cards_repeat_has_its_time(planner: Desk) -> None:
    make_plan(planner, minutes=2)
    drill = Drill(planner, ALL)
    answer(drill, Rating.AGAIN)
    asked = answer_all(drill)
    spent = 20 * (1 + len(asked))
    assert spent <= 120
    assert [ask.reason for ask in asked].count("repeat") == 1


def test_the_card_of_a_sibling_concept_comes_another_day(planner: Desk, world: World) -> None:
    deck = (world.home / "shipped" / "extra.yaml").read_text(encoding="utf-8")
    (world.home / "shipped" / "extra.yaml").write_text(
        deck.replace("  - id: extra-1\n", "  - id: extra-1\n    concept: extra-0\n"), encoding="utf-8"
    )
    planner.reload_decks()
    make_plan(planner, minutes=60, decks=("extra",))
    asked = names(Drill(planner, ALL))
    assert "extra#extra-0" in asked
    assert "extra#extra-1" not in asked


def test_due_cards_outside_the_plan_follow_when_its_minutes_are_spent(planner: Desk) -> None:
    for card in ("mse", "mae"):
        record_answer(planner, f"losses#{card}", 3, planner.clock() - timedelta(days=30))
    make_plan(planner, minutes=2, decks=("extra",))
    asked = answer_all(Drill(planner, ALL))
    assert [ask.reason for ask in asked] == ["plan"] * 6 + ["due"] * 2
    assert {ask.card for ask in asked[6:]} == {"losses#mse", "losses#mae"}


def test_cards_of_the_plan_that_fsrs_alone_has_due_wait_for_their_day(planner: Desk) -> None:
    for number in range(40):
        record_answer(planner, f"extra#extra-{number}", 3, planner.clock() - timedelta(days=4))
    make_plan(planner, minutes=2, decks=("extra",))
    asked = answer_all(Drill(planner, ALL), seconds=12)
    assert {ask.reason for ask in asked} == {"plan"}
    assert sum(12 for _ in asked) <= 120


def test_the_order_is_written_with_the_first_answer_and_kept_after_a_restart(
    planner: Desk, world: World
) -> None:
    plan = make_plan(planner, minutes=10)
    expected = names(Drill(planner, ALL))
    assert expected[0] != expected[1]
    while planner.store.undo(now=world.clock()):
        pass
    drill = Drill(planner, ALL)
    first = [answer(drill), answer(drill), answer(drill)]
    written = planner.store.plan_day(plan.id, planner.today())
    assert written is not None
    assert list(written.items)[:30] == expected[:30]
    planner.close()
    other = world.desk()
    rest = names(Drill(other, ALL))
    assert [ask.card for ask in first if ask] + rest == expected
    other.close()


def test_the_first_queue_is_the_same_by_the_fast_path_and_by_the_store(planner: Desk, world: World) -> None:
    make_plan(planner, minutes=10, name="Acme")
    make_plan(planner, "+5", minutes=5, name="Beta", decks=("optimizers",))
    answer(Drill(planner, ALL), Rating.AGAIN)
    record_answer(planner, "extra#extra-30", 3, world.clock() - timedelta(days=3))
    for _ in range(2):  # with the order written, and without it
        by_store = Drill(planner, ALL)
        quick = world.desk()
        by_fast_path = Drill(quick, ALL)
        assert not quick.is_open
        assert (by_fast_path.next(), by_fast_path.counts()) == (by_store.next(), by_store.counts())
        quick.close()
        world.clock.forward(days=1)


def test_the_first_question_under_a_plan_loads_nothing_heavy(planner: Desk, world: World) -> None:
    make_plan(planner, minutes=10)
    planner.close()
    code = (
        "import sys\n"
        "from pathlib import Path\n"
        "from support import Clock, World\n"
        "from interviewprep.settings import Settings\n"
        "from interviewprep.study.drill import Drill\n"
        "from interviewprep.study.selection import Selection\n"
        f"desk = World(Path({str(world.home)!r}), Clock(), Settings()).desk()\n"
        "print(Drill(desk, Selection()).next().reason)\n"
        "print({'sqlmodel', 'sqlalchemy', 'pydantic', 'yaml', 'fsrs'} & set(sys.modules) or 'light')\n"
    )
    tests = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=tests)
    assert done.stdout.split() == ["plan", "light"]


def test_the_same_log_and_day_give_the_same_queue(planner: Desk, world: World) -> None:
    make_plan(planner, minutes=5)
    keep_choice(planner, choose_rule(plans_standing(planner)[0]))
    for _ in range(3):
        drill = Drill(planner, ALL)
        assert Drill(planner, ALL).next() == drill.next()
        first = names(drill)
        assert first
        world.clock.forward(days=1)
    made_twice = [names_ahead(Drill(planner, ALL)) for _ in range(2)]
    assert made_twice[0] == made_twice[1] != []


def names_ahead(drill: Drill) -> list[str]:
    """What a sitting would ask, without answering."""
    return [item.card for item in drill._queue.order()]


def test_a_clock_set_back_asks_on(planner: Desk, world: World) -> None:
    make_plan(planner, minutes=2)
    first = names(Drill(planner, ALL))
    world.clock.forward(days=-1)
    second = names(Drill(planner, ALL))
    assert second
    assert set(first).isdisjoint(second)
    assert plans_standing(planner)[0].now > 0


def test_a_changed_plan_makes_the_day_anew_without_what_was_asked(planner: Desk) -> None:
    make_plan(planner, minutes=4)
    drill = Drill(planner, ALL)
    begun = [answer(drill), answer(drill)]
    make_plan(planner, minutes=8, decks=("extra",))
    rest = names(Drill(planner, ALL))
    assert len(rest) == 24 - 2  # what was used stays used
    assert {ask.card for ask in begun if ask}.isdisjoint(rest)
    assert all(name.startswith("extra#") for name in rest)


def test_a_chosen_deck_keeps_the_plans_order_within_it(planner: Desk) -> None:
    make_plan(planner, minutes=10)
    everything = names_ahead(Drill(planner, ALL))
    assert names_ahead(Drill(planner, Selection(decks=("extra",)))) == everything
    # These come too late in the plan for today; who asks for them gets them.
    assert not any(name.startswith("optimizers#") for name in everything)
    chosen = answer_all(Drill(planner, Selection(decks=("optimizers",))))
    assert {ask.card for ask in chosen} == {"optimizers#sgd", "optimizers#momentum", "optimizers#adam"}
    assert {ask.reason for ask in chosen} == {"plan"}


def test_who_chooses_a_deck_when_the_minutes_are_spent_gets_as_many_again(planner: Desk) -> None:
    make_plan(planner, minutes=2)
    assert len(names(Drill(planner, ALL))) == 6
    chosen = Selection(decks=("extra",))
    drill = Drill(planner, chosen)
    assert [ask.reason for ask in (answer(drill), answer(drill)) if ask] == ["plan", "plan"]
    assert len(names(Drill(planner, chosen))) == 4
    assert len(names(Drill(planner, chosen))) == 6
    assert Drill(planner, ALL).next() is None


def test_cards_picked_by_name_are_asked_as_ever(planner: Desk) -> None:
    make_plan(planner, minutes=1)
    names(Drill(planner, ALL))
    picked = Selection(cards=("losses#mse", "losses#mae"))
    assert {ask.reason for ask in answer_all(Drill(planner, picked))} == {"new"}


def test_a_deck_outside_the_plan_is_drilled_as_ever(planner: Desk) -> None:
    make_plan(planner, minutes=10, decks=("optimizers",))
    asked = answer_all(Drill(planner, Selection(decks=("extra",))))
    assert [ask.reason for ask in asked] == ["new"] * 5


def test_new_asked_for_by_number_asks_by_the_daily_limits(planner: Desk) -> None:
    make_plan(planner, minutes=10)
    asked = answer_all(Drill(planner, ALL, Options(new=2)))
    assert [ask.reason for ask in asked] == ["new"] * 2


def test_a_sitting_with_minutes_of_its_own_goes_on_by_the_plan(planner: Desk) -> None:
    make_plan(planner, minutes=2)
    names(Drill(planner, ALL))
    assert Drill(planner, ALL).next() is None
    more = answer_all(Drill(planner, ALL, Options(minutes=3)))
    assert 8 <= len(more) <= 9
    assert {ask.reason for ask in more} == {"plan"}
    assert len(answer_all(Drill(planner, ALL, Options(limit=4)))) == 4


def test_a_day_off_has_nothing_of_the_plan(planner: Desk) -> None:
    record_answer(planner, "losses#mse", 3, planner.clock() - timedelta(days=30))
    make_plan(planner, minutes=10, decks=("extra",), days_off="sun")  # the clock stands on a Sunday
    assert names(Drill(planner, ALL)) == ["losses#mse"]
    assert len(answer_all(Drill(planner, ALL, Options(minutes=1)))) >= 2


def test_on_the_interviews_day_nothing_new_comes_and_after_it_all_is_as_before(
    planner: Desk, world: World
) -> None:
    make_plan(planner, "+1", minutes=2)
    names(Drill(planner, ALL))
    world.clock.forward(days=1)
    assert names(Drill(planner, ALL)) == []
    world.clock.forward(days=1)
    end_past_plans(planner)
    drill = Drill(planner, ALL)
    assert {ask.reason for ask in answer_all(drill)} <= {"due", "new"}
    assert drill.summary().new == 5


def test_clearing_a_plan_gives_the_ordinary_queue_back(planner: Desk) -> None:
    make_plan(planner)
    clear_plan(planner)
    assert len(names(Drill(planner, ALL))) == 5


def test_in_the_last_three_days_every_must_know_card_is_asked(planner: Desk, world: World) -> None:
    for number in range(60):
        for days in (20, 10):
            record_answer(planner, f"extra#extra-{number}", 4, world.clock() - timedelta(days=days))
    make_plan(planner, "+4", minutes=1, decks=("extra",))
    passes: list[str] = []
    for day in range(4):
        asked = answer_all(Drill(planner, ALL), seconds=15)
        last = [ask.card for ask in asked if ask.reason == "last-pass"]
        assert bool(last) == (day > 0), day
        passes += last
        world.clock.forward(days=1)
    assert {f"extra#extra-{n}" for n in range(3)} <= set(passes)
    assert plan_today.LAST_DAYS == LAST_DAYS
    reasons = [review.reason for review in planner.store.history(limit=200)]
    assert "last-pass" in reasons


def test_two_plans_share_a_day_and_end_one_after_the_other(planner: Desk, world: World) -> None:
    make_plan(planner, "+2", minutes=6, name="Acme", tags=("topic",))
    make_plan(planner, "+4", minutes=4, name="Beta", decks=("extra", "losses"))
    asked = names(Drill(planner, ALL))
    assert len(asked) == 18  # six minutes, and not six and four
    assert len(set(asked)) == 18
    world.clock.forward(days=3)
    assert [plan.name for plan in end_past_plans(planner)] == ["Acme"]
    later = answer_all(Drill(planner, ALL), seconds=20)
    assert "plan" in {ask.reason for ask in later}
    assert len([ask for ask in later if ask.reason == "plan"]) <= 12


def test_a_plan_without_cards_left_is_no_plan(world: World, planner: Desk) -> None:
    make_plan(planner, decks=("extra",))
    (world.home / "shipped" / "extra.yaml").unlink()
    planner.reload_decks()
    asked = answer_all(Drill(planner, ALL))
    assert {ask.reason for ask in asked} == {"new"}


def test_a_plan_for_one_card_and_for_cards_all_known(world: World, planner: Desk) -> None:
    make_plan(planner, "+3", tags=("adaptive",))
    assert names(Drill(planner, ALL)) == ["optimizers#adam"]
    [standing] = plans_standing(planner)
    assert standing.now > 0.5
    planner.store.mark("optimizers#adam", "known", "1", now=world.clock())
    [standing] = plans_standing(planner)
    assert (len(standing.situation.cards), standing.needs_choice) == (0, False)
    world.clock.forward(days=1)
    assert names(Drill(planner, ALL)) == []


def test_hidden_cards_are_left_out_and_come_back(planner: Desk, world: World) -> None:
    make_plan(planner, minutes=10)
    drill = Drill(planner, ALL)
    ask = drill.next()
    assert ask is not None
    drill.bury(ask.card)
    following = drill.next()
    assert following is not None
    assert following.card != ask.card
    drill.undo()
    back = drill.next()
    assert back is not None
    assert back.card == ask.card
    planner.store.mark("extra#extra-0", "suspended", "1", now=world.clock())
    assert "extra#extra-0" not in names(Drill(planner, ALL))


def test_an_undone_answer_gives_its_time_back(planner: Desk) -> None:
    make_plan(planner, minutes=2)
    drill = Drill(planner, ALL)
    answer_all(drill)
    drill.undo()
    assert len(answer_all(drill)) == 1


def test_due_and_home_say_what_the_drill_will_ask(planner: Desk) -> None:
    make_plan(planner, minutes=10)
    found = overview(planner)
    # A first answer takes 20 seconds, and a repeat of 12 in a quarter of cases.
    assert found.counts.total == found.counts.new == 26
    assert sum(row.new for row in found.decks) == 26
    assert [plan.name for plan in found.plans] == ["Interview"]
    assert due_counts(planner) == found.counts == Drill(planner, ALL).counts()


def test_who_answers_slowly_gets_fewer_cards_from_the_next_day_on(planner: Desk, world: World) -> None:
    make_plan(planner, minutes=10)
    answer_all(Drill(planner, ALL), seconds=60)
    world.clock.forward(days=1)
    slow = due_counts(planner).new
    assert 0 < slow < 20


def test_an_answer_left_open_for_hours_does_not_eat_the_day(planner: Desk) -> None:
    make_plan(planner, minutes=10)
    drill = Drill(planner, ALL)
    answer(drill, seconds=7200)
    assert len(answer_all(drill)) == 15


def test_a_cram_knows_no_plan(planner: Desk) -> None:
    make_plan(planner, minutes=2)
    drill = Drill(planner, Selection(decks=("losses",)), Options(cram=True))
    assert drill.counts().total == 2


def test_other_learners_see_no_plan(planner: Desk, world: World) -> None:
    make_plan(planner)
    other = replace(world, settings=replace(world.settings, learner="you")).desk()
    assert {ask.reason for ask in answer_all(Drill(other, ALL))} == {"new"}
    other.close()
