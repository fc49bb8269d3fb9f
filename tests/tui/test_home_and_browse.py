"""Home, browse, one card, and the way between them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from support import World
from textual.widgets import Input

from interviewprep.study.desk import Desk
from interviewprep.study.record import record_answer
from interviewprep.tui.screens.browse import BrowseScreen
from interviewprep.tui.screens.card import CardScreen
from interviewprep.tui.screens.drill import DrillScreen
from interviewprep.tui.screens.home import HomeScreen

from .conftest import home_app, run_app, screen_text


async def test_the_first_run_says_how_it_works(desk: Desk) -> None:
    app = home_app(desk)
    async with run_app(app):
        shown = screen_text(app)
        assert "press Space" in shown
        assert "5 cards, all new" in shown
        assert "Optimizers" in shown


@pytest.mark.usefixtures("hands")
async def test_enter_drills_the_chosen_deck_and_q_comes_home(desk: Desk) -> None:
    app = home_app(desk)
    async with run_app(app) as pilot:
        await pilot.press("j", "enter")
        assert isinstance(app.screen, DrillScreen)
        assert app.screen.drill.selection.decks == ("losses",)
        await pilot.press("space", "3", "q")
        await pilot.pause()
        assert isinstance(app.screen, HomeScreen)
        assert "4 cards" in screen_text(app)
        assert "press Space" not in screen_text(app)
        await pilot.press("q")
    assert app.return_code == 0


async def test_problems_in_decks_are_mentioned(world: World) -> None:
    (world.home / "shipped" / "broken.yaml").write_text("cards: [", encoding="utf-8")
    desk = world.desk()
    app = home_app(desk)
    async with run_app(app):
        assert "interviewprep decks lint" in screen_text(app)
    desk.close()


async def test_search_narrows_as_you_type(desk: Desk) -> None:
    record_answer(desk, "optimizers#sgd", 3, desk.clock() - timedelta(days=30))
    app = home_app(desk)
    async with run_app(app) as pilot:
        await pilot.press("slash")
        await pilot.pause()
        assert isinstance(app.screen, BrowseScreen)
        await pilot.press(*"decay")
        await pilot.pause(0.2)
        assert "1 of 5 cards" in screen_text(app)
        app.screen.query_one(Input).value = "deck:optim state:due level:easy sgd"
        await pilot.press("enter", "enter")
        await pilot.pause()
        assert isinstance(app.screen, CardScreen)
        shown = screen_text(app)
        assert "What is stochastic gradient descent?" in shown
        await pilot.press("G")
        assert "Good" in screen_text(app)
        await pilot.press("q", "@")
        await pilot.pause()
        assert [m.kind for m in desk.store.marks()] == ["suspended"]
        assert "paused" in screen_text(app)
        await pilot.press("@", "escape")
        assert desk.store.marks() == []


async def test_a_card_hidden_in_browse_leaves_the_drill(desk: Desk) -> None:
    app = home_app(desk)
    async with run_app(app) as pilot:
        await pilot.press("enter")
        screen = app.screen
        assert isinstance(screen, DrillScreen)
        assert screen.ask is not None
        first = screen.ask.card
        await pilot.press("i")
        await pilot.pause()
        assert "SGD steps against" not in screen_text(app)
        await pilot.press("@", "q")
        await pilot.pause()
        assert screen.ask is not None
        assert screen.ask.card != first
