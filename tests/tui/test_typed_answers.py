"""A typed answer on the screen: ticks, the words that decided, raising, and a second opinion."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace

import pytest
from chat_server import ChatServer, chat_server
from support import World
from textual.pilot import Pilot

from interviewprep.study.desk import Desk
from interviewprep.tui.app import InterviewPrepApp
from interviewprep.tui.screens.drill import DrillScreen
from interviewprep.tui.widgets.points import Points

from .conftest import drill_app, run_app, screen_text

ANSWER = "It steps against the gradient of a random batch"


@pytest.fixture
def server() -> Iterator[ChatServer]:
    with chat_server() as found:
        yield found


def asking(world: World, server: ChatServer) -> Desk:
    return replace(world, settings=replace(world.settings, llm={"url": server.url, "model": "tiny"})).desk()


async def told(pilot: Pilot[int], app: InterviewPrepApp, words: str) -> str:
    """The screen once it says something."""
    for _ in range(300):
        shown = screen_text(app)
        if words in " ".join(shown.split()):
            return shown
        await pilot.pause(0.01)
    raise AssertionError(f"{words!r} never came:\n{screen_text(app)}")


async def hand_in(pilot: Pilot[int], app: InterviewPrepApp) -> None:
    """Write the answer, as one paste, and hand it in."""
    await pilot.press("tab")
    screen = app.screen
    assert isinstance(screen, DrillScreen)
    screen.view.field.insert(ANSWER)
    await pilot.press("enter")


def logged(desk: Desk) -> tuple[int, dict[str, str]]:
    """Rating and verdict of the one review in the log."""
    with desk.store.database.read() as connection:
        row = connection.exec_driver_sql("SELECT rating, verdict FROM review").one()
    return row.rating, json.loads(row.verdict)


@pytest.mark.usefixtures("hands")
async def test_a_typed_answer_is_ticked_with_the_words_that_decided(desk: Desk) -> None:
    app = drill_app(desk)
    async with run_app(app, size=(120, 30)) as pilot:
        await hand_in(pilot, app)
        shown = screen_text(app)
        assert "✓ steps against it" in shown
        (line,) = [row for row in shown.splitlines() if "✓ steps against it" in row]
        assert "you: “steps against" in line
        assert "Hard suggested, 0 of 1 further points said" in " ".join(shown.split())
        await pilot.press("enter")
    assert logged(desk) == (2, {"mini-batch": "said", "against": "said", "unbiased": "missed"})


@pytest.mark.usefixtures("hands")
async def test_on_a_narrow_screen_the_words_stand_below_the_line(desk: Desk) -> None:
    app = drill_app(desk)
    async with run_app(app) as pilot:
        await hand_in(pilot, app)
        rows = screen_text(app).splitlines()
    place = next(i for i, row in enumerate(rows) if "✓ steps against it" in row)
    assert "you: “steps against" in rows[place + 1]


@pytest.mark.usefixtures("hands")
async def test_a_rating_is_raised_on_the_second_press_and_lowered_on_the_first(desk: Desk) -> None:
    app = drill_app(desk)
    async with run_app(app) as pilot:
        await hand_in(pilot, app)
        await pilot.press("3")
        assert desk.store.history() == []
        assert "Good is above the suggested Hard" in screen_text(app)
        await pilot.press("3")
        assert [r.rating for r in desk.store.history()] == [3]
        await hand_in(pilot, app)
        await pilot.press("1")
        assert len(desk.store.history()) == 2


@pytest.mark.usefixtures("hands")
async def test_without_the_setting_there_is_no_second_opinion(desk: Desk) -> None:
    app = drill_app(desk)
    async with run_app(app) as pilot:
        await hand_in(pilot, app)
        await pilot.press("y")
        assert "No language model is set up" in screen_text(app)


@pytest.mark.usefixtures("hands")
async def test_what_is_sent_is_shown_first_and_nothing_leaves_without_a_yes(
    world: World, server: ChatServer
) -> None:
    desk = asking(world, server)
    app = drill_app(desk)
    async with run_app(app) as pilot:
        await hand_in(pilot, app)
        await pilot.press("y")
        shown = " ".join(screen_text(app).split())
        assert "This would go to a server on this machine" in shown
        assert server.url in shown
        assert shown.index("Answer: ") < shown.index("Question: "), "one's own words come first"
        assert "↓ down" in shown
        await pilot.press("n", "y", "escape")
        await pilot.pause()
    assert server.asked == []
    desk.close()


@pytest.mark.usefixtures("hands")
async def test_after_a_yes_the_model_suggests_ticks_and_is_not_asked_about_again(
    world: World, server: ChatServer
) -> None:
    server.says('{"said": ["mini-batch", "against", "unbiased"], "stated": []}')
    desk = asking(world, server)
    app = drill_app(desk)
    async with run_app(app) as pilot:
        await hand_in(pilot, app)
        await pilot.press("y", "y")
        await told(pilot, app, "Second opinion: Good, every point said")
        assert "✓ the estimate is unbiased" in screen_text(app)
        server.status = 500
        await pilot.press("y")
        await told(pilot, app, "answered 500")
        assert "✓ the estimate is unbiased" in screen_text(app)
        await pilot.press("enter")
    assert len(server.asked) == 2
    assert logged(desk) == (3, dict.fromkeys(("mini-batch", "against", "unbiased"), "said"))
    desk.close()


@pytest.mark.usefixtures("hands")
async def test_what_is_unsure_has_a_question_mark_until_it_is_decided(desk: Desk) -> None:
    app = drill_app(desk)
    async with run_app(app) as pilot:
        await hand_in(pilot, app)
        screen = app.screen
        assert isinstance(screen, DrillScreen)
        sheet, points = screen.sheet, screen.query_one(Points)
        assert sheet is not None
        sheet.said, sheet.unsure = {"mini-batch"}, {"against"}
        points.show(sheet)
        await pilot.pause()
        assert "? steps against it" in screen_text(app)
        sheet.toggle(1)
        points.show(sheet)
        await pilot.pause()
        assert "✓ steps against it" in screen_text(app)
