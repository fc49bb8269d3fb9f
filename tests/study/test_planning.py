"""Making, changing and ending plans."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from study.planned import make_plan, write_deck
from support import World

from interviewprep.errors import NotFoundError, PlanError
from interviewprep.memory.plan.autoplan import Choice
from interviewprep.memory.plan.rules import Rule
from interviewprep.study.desk import Desk
from interviewprep.study.plan_choice import choose_rule, keep_choice, plans_standing
from interviewprep.study.plan_config import Plan, PlanCards
from interviewprep.study.plan_dates import read_days_off
from interviewprep.study.planning import (
    PlanWish,
    active_plans,
    clear_plan,
    end_past_plans,
    ended_message,
    plan_named,
    set_plan,
)


def test_a_plan_is_made_with_what_is_usual(desk: Desk) -> None:
    plan, is_new = set_plan(desk, PlanWish(date="+16"))
    assert is_new
    assert (plan.name, plan.minutes, plan.interview_day) == ("Interview", 25.0, desk.today() + 16)
    assert active_plans(desk) == [plan]


def test_what_is_not_said_stays_as_it_was(desk: Desk) -> None:
    first = make_plan(desk, name="Acme", minutes=40, days_off="sat", tags=("optimizer",), time="14:00")
    changed, is_new = set_plan(desk, PlanWish(date="+20", name="ACME"))
    assert not is_new
    assert (changed.id, changed.minutes, changed.off, changed.cards, changed.time) == (
        first.id,
        40,
        read_days_off("sat"),
        PlanCards(tags=("optimizer",)),
        "14:00",
    )
    assert changed.interview_day == desk.today() + 20
    assert active_plans(desk) == [changed]


def test_without_a_name_the_only_plan_is_changed_and_among_several_none(desk: Desk) -> None:
    make_plan(desk, name="Acme")
    assert make_plan(desk, minutes=30).name == "Acme"
    make_plan(desk, name="Beta", date="+5")
    with pytest.raises(PlanError, match="several"):
        make_plan(desk, minutes=20)
    assert [plan.name for plan in active_plans(desk)] == ["Beta", "Acme"]


def test_two_plans_never_share_a_name(desk: Desk) -> None:
    acme = make_plan(desk, name="Acme")
    make_plan(desk, name="Beta")
    with pytest.raises(PlanError, match="another plan"):
        set_plan(desk, PlanWish(date="+9", name="beta"), changes=acme)
    renamed, _ = set_plan(desk, PlanWish(date="+9", name="Gamma"), changes=acme)
    assert (renamed.id, renamed.name) == (acme.id, "Gamma")


@pytest.mark.parametrize(
    ("wish", "said"),
    [
        (PlanWish(date="2026-11-21"), "past"),
        (PlanWish(date="soon"), "not a date"),
        (PlanWish(date="+5", minutes=0), "0 minutes"),
        (PlanWish(date="+5", minutes=-3), "minutes"),
        (PlanWish(date="+5", minutes=float("nan")), "minutes"),
        (PlanWish(date="+5", minutes=9999), "minutes"),
        (PlanWish(date="+5", decks=("nowhere",)), "no deck"),
        (PlanWish(date="+5", tags=("optimiser",)), "did you mean `optimizer`"),
        (PlanWish(date="+5", decks=("losses",), levels=("hard",)), "No card matches deck losses, level hard"),
        (PlanWish(date="+2", days_off="sun,mon"), "Every day"),
        (PlanWish(date="+5", time="25:00"), "time of day"),
        (PlanWish(date="+5", name="x" * 41), "too long"),
    ],
)
def test_what_makes_no_plan_is_refused_with_its_reason(desk: Desk, wish: PlanWish, said: str) -> None:
    with pytest.raises((PlanError, NotFoundError), match=said):
        set_plan(desk, wish)
    assert active_plans(desk) == []


def test_today_and_tomorrow_are_allowed(desk: Desk) -> None:
    assert make_plan(desk, "today").interview_day == desk.today()
    tomorrow = make_plan(desk, "tomorrow")
    assert plans_standing(desk)[0].situation.study_days == [desk.today()]
    assert tomorrow.interview_day == desk.today() + 1


def test_a_cleared_plan_is_gone_and_its_name_free(desk: Desk) -> None:
    make_plan(desk, name="Acme")
    assert clear_plan(desk, "acme").name == "Acme"
    assert active_plans(desk) == []
    with pytest.raises(NotFoundError):
        clear_plan(desk)
    assert make_plan(desk, name="Acme").id != ""


def test_a_plan_is_found_by_name(desk: Desk) -> None:
    with pytest.raises(NotFoundError, match="no interview plan"):
        plan_named(desk, "")
    make_plan(desk, name="Acme")
    assert plan_named(desk, "").name == "Acme"
    with pytest.raises(NotFoundError, match="no plan 'Beta'"):
        plan_named(desk, "Beta")


def test_a_plan_ends_by_itself_after_its_day_and_says_so(world: World, desk: Desk) -> None:
    make_plan(desk, "+2", name="Acme")
    world.clock.forward(days=2)
    assert end_past_plans(desk) == []
    world.clock.forward(days=1)
    [ended] = end_past_plans(desk)
    assert ended_message(ended).startswith("The plan Acme ended with the interview on 2026-11-24")
    assert end_past_plans(desk) == []
    assert active_plans(desk) == []
    assert len(desk.store.plans(with_ended=True)) == 1


def test_a_past_plan_is_not_revived_by_making_one(world: World, desk: Desk) -> None:
    first = make_plan(desk, "+2")
    world.clock.forward(days=5)
    second = make_plan(desk, "+2", name="Interview again")
    assert second.id != first.id


def test_a_clock_set_back_keeps_the_last_change(world: World, desk: Desk) -> None:
    make_plan(desk, minutes=10)
    world.clock.forward(hours=-30)
    changed = make_plan(desk, minutes=20)
    assert changed.at_ms > 0
    assert [plan.minutes for plan in active_plans(desk)] == [20]
    assert plans_standing(desk)[0].plan.minutes == 20


def test_a_plan_is_read_as_it_was_kept() -> None:
    choice = Choice(Rule(0.8, 7, 9, 3, 0.5, 2, 600.0), 0.875, (0.25, 0.5), (20_000, 20_001), 1.0, 12, True)
    plan = Plan(
        id="p",
        name="Acme",
        interview_day=20_100,
        minutes=12.5,
        cards=PlanCards(("a",), ("b",), ("hard",), ("deck:x",)),
        off=read_days_off("sun,2026-12-24"),
        time="09:30",
        on_day=20_101,
        begun_day=20_000,
        at_ms=5,
    ).chosen(choice, 20_001, missed=2, missed_cost=0.03)
    again = Plan.of(plan.saved())
    assert again == plan
    assert again.choice is not None
    assert again.choice.choice == choice


@pytest.mark.parametrize(
    "config",
    [
        {"decks": "all", "time": 7, "days_off": ["never"], "choice": {"rule": 3}},
        {"topics": [1, None], "choice": {"rule": "x", "curve": [1.0], "days": []}, "on_day": "soon"},
        {"choice": []},
    ],
)
def test_a_config_that_makes_no_sense_is_as_by_default(config: dict[str, object]) -> None:
    plan = Plan(id="p", name="n", interview_day=7, minutes=5, on_day=7)
    assert Plan.of(plan.saved()._replace(config=config)) == plan


def test_a_rule_of_another_program_is_taken_as_the_greedy_one(desk: Desk) -> None:
    plan = make_plan(desk)
    saved = plan.saved()
    kept = {"rule": "written by version 9", "recall": 0.5, "curve": [], "days": []}
    desk.store.put_plan(saved._replace(config={**saved.config, "choice": kept}))
    [standing] = plans_standing(desk)
    assert standing.rule.retention == 0


def test_decks_that_vanish_leave_a_plan_for_what_is_left(world: World) -> None:
    write_deck(world.home / "shipped", "extra", 4)
    desk = world.desk()
    make_plan(desk, decks=("losses", "extra"))
    (world.home / "shipped" / "extra.yaml").unlink()
    desk.reload_decks()
    [standing] = plans_standing(desk)
    assert standing.gone == ("extra",)
    assert len(standing.situation.cards) == 2
    (world.home / "shipped" / "losses.yaml").unlink()
    desk.reload_decks()
    [standing] = plans_standing(desk)
    assert (standing.gone, len(standing.situation.cards), standing.needs_choice) == (
        ("losses", "extra"),
        0,
        False,
    )
    desk.close()


def test_a_rule_is_chosen_once_and_again_after_a_missed_day(world: World) -> None:
    write_deck(world.home / "shipped", "extra", 40)
    desk = world.desk()
    make_plan(desk, "+8", minutes=3)
    [standing] = plans_standing(desk)
    assert standing.needs_choice
    assert keep_choice(desk, choose_rule(standing))
    [standing] = plans_standing(desk)
    assert not standing.needs_choice
    world.clock.forward(days=1)
    [standing] = plans_standing(desk)
    assert (standing.missed, standing.needs_choice) == (1, True)
    again = choose_rule(standing)
    assert (again.missed, again.chosen_day) == (1, desk.today())
    assert again.missed_cost > 0
    assert choose_rule(standing) == again  # the same log, day and time give the same rule
    desk.close()


def test_a_day_off_is_not_missed(world: World, desk: Desk) -> None:
    make_plan(desk, "+8", days_off="sun")  # the clock stands on a Sunday
    [standing] = plans_standing(desk)
    keep_choice(desk, choose_rule(standing))
    world.clock.forward(days=1)
    assert plans_standing(desk)[0].missed == 0


def test_a_choice_never_undoes_a_change_made_meanwhile(desk: Desk) -> None:
    make_plan(desk)
    [standing] = plans_standing(desk)
    chosen = choose_rule(standing)
    changed = make_plan(desk, minutes=15)
    assert not keep_choice(desk, chosen)
    assert active_plans(desk) == [changed]
    clear_plan(desk)
    assert not keep_choice(desk, chosen)
    assert active_plans(desk) == []


def test_plans_that_overlap_share_the_minutes_of_a_day(world: World) -> None:
    write_deck(world.home / "shipped", "extra", 30)
    desk = world.desk()
    make_plan(desk, "+10", name="Acme", decks=("extra",), minutes=6)
    make_plan(desk, "+12", name="Beta", decks=("losses", "optimizers"), minutes=4)
    acme, beta = plans_standing(desk)
    assert (acme.shares_with, beta.shares_with) == (("Beta",), ("Acme",))
    assert beta.situation.seconds == pytest.approx(360 * 5 / 35)
    assert acme.situation.seconds == pytest.approx(360 * 30 / (30 + 5 * 10 / 12))
    desk.close()


def test_another_time_zone_and_the_change_of_clocks_keep_the_day(world: World) -> None:
    from zoneinfo import ZoneInfo

    world.clock.now = datetime(2026, 10, 20, 8, tzinfo=UTC)
    desk = replace(world.desk(), tz=ZoneInfo("Europe/Berlin"))
    make_plan(desk, "2026-10-27", time="09:00")  # the clocks go back on the 25th
    assert len(plans_standing(desk)[0].situation.study_days) == 7
    world.clock.now += timedelta(days=6)
    assert len(plans_standing(desk)[0].situation.study_days) == 1
    desk.close()
    away = replace(world.desk(), tz=ZoneInfo("Pacific/Auckland"))  # half a day ahead: it is the 27th there
    world.clock.now = datetime(2026, 10, 26, 18, tzinfo=UTC)
    assert plans_standing(away)[0].situation.study_days == []
    away.close()
