"""Interview plans on the screen: made, looked at, changed, ended, and what home says of them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from study.planned import make_plan, write_deck
from support import World
from textual.pilot import Pilot
from textual.widgets import Input

from interviewprep.study.desk import Desk
from interviewprep.study.plan_choice import choose_rule, keep_choice, plans_standing
from interviewprep.study.planning import active_plans
from interviewprep.study.record import record_answer
from interviewprep.tui.screens.drill import DrillScreen
from interviewprep.tui.screens.home import HomeScreen
from interviewprep.tui.screens.plan import PlanScreen
from interviewprep.tui.screens.plan_form import PlanFormScreen

from .conftest import app_of, drill_app, home_app, run_app, screen_text


@pytest.fixture(autouse=True)
def _quick_choice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("interviewprep.tui.plan_work.CHOICE_SECONDS", 0.1)


async def until(pilot: Pilot[int], words: str) -> str:
    """Wait until the screen says something; returns all that it says."""
    for _ in range(600):
        shown = screen_text(app_of(pilot))
        if words in shown:
            return shown
        await pilot.pause(0.01)
    raise AssertionError(f"{words!r} never came:\n{screen_text(app_of(pilot))}")


async def test_home_says_nothing_of_plans_where_there_are_none(desk: Desk) -> None:
    app = home_app(desk)
    async with run_app(app):
        assert "you would recall" not in screen_text(app)


async def test_home_shows_what_a_plan_promises(desk: Desk) -> None:
    make_plan(desk, "+16", name="Acme", minutes=5)
    app = home_app(desk)
    async with run_app(app) as pilot:
        shown = await until(pilot, "16 sessions left")
        now, kept = (line for line in shown.splitlines() if "▓" in line or "░" in line)
        assert now.split()[:4] == ["Acme,", "in", "16", "days"]
        assert "on the day you would recall" in now
        assert now.endswith("0 %")
        assert "if you keep the plan" in kept
        assert 80 <= int(kept.split()[-2]) <= 100
        assert active_plans(desk)[0].choice is not None  # chosen in the background and written down


async def test_p_makes_a_plan_where_there_is_none(desk: Desk, world: World) -> None:
    app = home_app(desk)
    async with run_app(app) as pilot:
        await pilot.press("p")
        await pilot.pause()
        assert isinstance(app.screen, PlanFormScreen)
        assert "Sun 6 Dec, in 14 days" in screen_text(app)
        await pilot.press("j", "right", "right", "j", "enter")
        app.screen.query_one(Input).value = "25:00"
        await pilot.press("enter")
        assert "not a time of day" in screen_text(app)
        app.screen.query_one(Input).value = "14:00"
        await pilot.press("enter")
        await pilot.press("j", "left", "left", "j", "left", "j", "j", "j", "enter")
        shown = screen_text(app)
        assert "Tue 8 Dec, in 16 days" in shown
        assert "3 cards" in shown  # the deck Losses is no longer ticked
        await pilot.press("g", "enter")
        await pilot.pause()
        assert isinstance(app.screen, HomeScreen)
        [plan] = active_plans(desk)
        assert (plan.interview_day, plan.time, plan.minutes) == (desk.today() + 16, "14:00", 15)
        assert (plan.cards.decks, sorted(plan.off.weekdays)) == (("optimizers",), [5, 6])
        await until(pilot, "in 16 days")


async def test_the_plans_page_shows_its_figures(world: World) -> None:
    write_deck(world.home / "shipped", "extra", 80)
    desk = world.desk()
    for number in range(60):
        for days, rating in ((9, 3), (4, 3 if number % 3 else 1)):
            record_answer(desk, f"extra#extra-{number}", rating, desk.clock() - timedelta(days=days))
    make_plan(desk, "+5", name="Acme", minutes=1)
    keep_choice(desk, choose_rule(plans_standing(desk)[0]))
    app = home_app(desk)
    async with run_app(app, (80, 60)) as pilot:
        await pilot.press("p")
        shown = await until(pilot, "A prediction of a model")
        assert isinstance(app.screen, PlanScreen)
        assert "cards will not be seen" in shown
        assert "5 days and 5 sessions of 1 minute left" in shown
        assert "▒ nine times in ten it ends in this band" in shown
        assert "topic" in shown
        assert "over 60 answers it said" in " ".join(shown.split())
        assert all(len(line) <= 80 for line in shown.splitlines())
    desk.close()


async def test_a_plan_is_changed_and_ended_from_its_page(desk: Desk) -> None:
    make_plan(desk, "+16", name="Acme", minutes=5)
    make_plan(desk, "+18", name="Beta", minutes=5)
    app = home_app(desk)
    async with run_app(app) as pilot:
        await pilot.press("p")
        await until(pilot, "1 of 2")
        await pilot.press("right")
        await until(pilot, "2 of 2")
        await pilot.press("enter")
        await pilot.pause()
        await pilot.press("down", "left", "g", "enter")
        await pilot.pause()
        assert [plan.interview_day - desk.today() for plan in active_plans(desk)] == [16, 17]
        await until(pilot, "in 17 days")
        await pilot.press("x")
        assert "again ends Beta" in screen_text(app)
        await pilot.press("x")
        assert [plan.name for plan in active_plans(desk)] == ["Acme"]
        await pilot.press("x", "x")
        await pilot.pause()
        assert isinstance(app.screen, HomeScreen)
        assert "you would recall" not in screen_text(app)


async def test_on_the_interviews_morning_home_offers_the_warm_up(desk: Desk) -> None:
    record_answer(desk, "optimizers#sgd", 3, desk.clock() - timedelta(days=3))
    make_plan(desk, "today", name="Acme", time="14:00")
    app = home_app(desk)
    async with run_app(app) as pilot:
        shown = screen_text(app)
        assert "Acme is today at 14:00." in shown
        assert "w  ten minutes of one line each" in shown
        await pilot.press("w")
        await pilot.pause()
        assert isinstance(app.screen, DrillScreen)
        await pilot.press("space")
        await pilot.pause()
        assert "Step against a mini-batch gradient." in screen_text(app)


async def test_a_plan_that_is_over_is_ended_with_a_word(desk: Desk, world: World) -> None:
    make_plan(desk, "+2", name="Acme")
    world.clock.forward(days=3)
    app = drill_app(desk)
    async with run_app(app):
        [said] = [notification.message for notification in app._notifications]
    assert said.startswith("The plan Acme ended with the interview")
    assert active_plans(desk) == []


async def test_a_drill_opened_directly_has_a_rule_chosen_behind_it(desk: Desk) -> None:
    make_plan(desk, "+9", minutes=5)
    app = drill_app(desk)
    async with run_app(app) as pilot:
        for _ in range(300):
            if active_plans(desk)[0].choice is not None:
                break
            await pilot.pause(0.01)
    assert active_plans(desk)[0].choice is not None
