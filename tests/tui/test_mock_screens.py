"""A mock interview on the screen: from home to the scorecard, spoken and typed, left and gone on with."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from chat_server import chat_server
from support import World
from support_mock import ALL, answer, begun, mock_decks
from textual.pilot import Pilot

from interviewprep.errors import StoreBusyError
from interviewprep.study.desk import Desk
from interviewprep.study.mock import Mock
from interviewprep.study.mock_course import Stage
from interviewprep.study.mock_past import past_mocks, unfinished
from interviewprep.study.selection import Selection
from interviewprep.tui.app import InterviewPrepApp
from interviewprep.tui.screens.drill import DrillScreen
from interviewprep.tui.screens.mock import MockScreen
from interviewprep.tui.screens.scorecard import ScorecardScreen

from .conftest import app_of, drill_app, home_app, run_app, screen_text

pytestmark = pytest.mark.usefixtures("hands")


@pytest.fixture
def desk(world: World) -> Desk:
    mock_decks(world)
    return world.desk()


def mock_app(desk: Desk, mock: Mock) -> InterviewPrepApp:
    """An app that opens on an interview."""
    return InterviewPrepApp(desk, lambda: MockScreen(lambda: mock))


def scorecard_app(desk: Desk, mock: Mock) -> InterviewPrepApp:
    """An app that opens on a scorecard."""
    return InterviewPrepApp(desk, lambda: ScorecardScreen(mock))


def write(pilot: Pilot[int], text: str) -> None:
    """Type into the field, all at once."""
    screen = app_of(pilot).screen
    assert isinstance(screen, MockScreen)
    screen.view.field.insert(text)


def shown(pilot: Pilot[int]) -> str:
    """The screen's text in one line."""
    return " ".join(screen_text(app_of(pilot)).split())


async def test_from_home_one_sets_up_begins_and_answers(desk: Desk) -> None:
    async with run_app(home_app(desk)) as pilot:
        await pilot.press("i")
        await pilot.pause()
        await pilot.press("down", "left", "left", "up", "enter")
        await pilot.pause()
        assert "1:30" in shown(pilot)
        assert re.search(r"10:00 left|9:5\d left", shown(pilot))
        write(pilot, "I build things.")
        await pilot.press("enter")
        assert re.search(r"1 of about [34]", shown(pilot))
        write(pilot, "apples fall. Dragons sleep.")
        await pilot.press("enter")
        assert "How sure are you?" in shown(pilot)
        assert "apples fall. Dragons sleep." in shown(pilot)
        await pilot.press("escape")
        write(pilot, ", bridges bend")
        await pilot.press("enter", "3")
        assert "Follow-up" in shown(pilot)
        assert "apples fall" not in shown(pilot), "no looking back"
        assert "SECRET" not in shown(pilot)
    found = unfinished(desk)
    assert found is not None
    [entry] = found.state.entries
    assert (entry.text, entry.confidence) == ("apples fall. Dragons sleep., bridges bend", 3)


async def test_too_few_questions_for_the_time_are_said_during_the_opening(desk: Desk) -> None:
    mock = begun(desk, opened=False, topics=("beta",), levels=("hard",), spoken=True)
    async with run_app(mock_app(desk, mock)) as pilot:
        assert "Only 1 question matches the topics and level, so it may end early." in shown(pilot)
        await pilot.press("space")
        assert "1 of 1" in shown(pilot)
        assert "Only" not in shown(pilot)


async def test_quick_answers_are_asked_on_to(desk: Desk) -> None:
    mock = begun(desk, minutes=5, topics=("beta",))
    async with run_app(mock_app(desk, mock)) as pilot:
        await pilot.press("enter", "enter")
        await pilot.pause()
        assert "4:30 left 2 ─" in shown(pilot)
        assert "1 of about 1" not in shown(pilot)


async def test_nothing_written_passes_only_when_it_is_meant(desk: Desk) -> None:
    mock = begun(desk)
    async with run_app(mock_app(desk, mock)) as pilot:
        await pilot.press("enter")
        assert mock.state.entries == ()
        assert "Enter again" in shown(pilot)
        await pilot.press("enter")
        assert len(mock.state.entries) == 1


async def test_an_answer_that_cannot_be_written_stays_open(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    mock = begun(desk)

    def fail(*_: object, **__: object) -> None:
        raise StoreBusyError("Another program holds the database.")

    async with run_app(mock_app(desk, mock)) as pilot:
        write(pilot, ALL)
        with monkeypatch.context() as patched:
            patched.setattr(desk.store, "append_in_session", fail)
            patched.setattr(desk.store, "keep_session", fail)
            await pilot.press("enter", "2")
            await pilot.pause()
            assert "Another program holds" in shown(pilot)
            await pilot.press("enter")
            await pilot.pause()
            assert ALL.split(",")[0] in shown(pilot)
        await pilot.press("enter", "2")
        await pilot.pause()
    assert [e.text for e in mock.state.entries] == [ALL]


async def test_leaving_keeps_the_draft_and_the_time(world: World, desk: Desk) -> None:
    mock = begun(desk)
    mock.keep(30_000, "half")
    async with run_app(mock_app(desk, mock)) as pilot:
        assert "0:30 of 1:00" in shown(pilot)
        write(pilot, " an answer")
        await pilot.press("escape", "q")
    again = Mock.resume(world.desk(), mock.session_id)
    assert again.state.draft == "half an answer"
    assert again.state.open_ms >= 30_000


async def test_time_is_warned_of_once_and_the_last_answer_is_taken(desk: Desk) -> None:
    mock = begun(desk, minutes=5)
    async with run_app(mock_app(desk, mock)) as pilot:
        screen = app_of(pilot).screen
        assert isinstance(screen, MockScreen)
        for spent, said in [
            (48_500, "12 seconds to go"),
            (60_500, "An interviewer would come in"),
            (270_500, "time is up"),
        ]:
            screen._before_ms = spent - screen.stopwatch.ms
            screen._tick()
            await pilot.pause()
            assert said in shown(pilot)
        write(pilot, ALL)
        await pilot.press("enter", "2")
        await pilot.pause()
        assert isinstance(app_of(pilot).screen, ScorecardScreen)


async def test_a_spoken_answer_is_ticked_after_it_was_given(desk: Desk) -> None:
    mock = begun(desk, spoken=True)
    async with run_app(mock_app(desk, mock)) as pilot:
        assert "SECRET" not in shown(pilot)
        await pilot.press("space")
        assert "SECRET" not in shown(pilot)
        await pilot.press("2")
        await pilot.pause()
        assert "SECRET the first point" in shown(pilot)
        await pilot.press("x", "j", "x", "enter")
        await pilot.pause()
        asked = mock.asked()
        assert asked is not None
        assert asked.stage is Stage.FOLLOW_UP
        assert "SECRET" not in shown(pilot)
    [entry] = mock.state.entries
    assert entry.verdict == {"one": "said", "two": "said", "three": "missed"}


async def test_ticks_are_there_again_after_a_restart(desk: Desk) -> None:
    mock = begun(desk, spoken=True)
    async with run_app(mock_app(desk, mock)) as pilot:
        await pilot.press("space", "2")
        await pilot.pause()
        await pilot.press("x", "q")
    again = Mock.resume(desk, mock.session_id)
    async with run_app(mock_app(desk, again)) as pilot:
        await pilot.press("enter")
        await pilot.pause()
    assert again.state.entries[0].verdict == {"one": "said", "two": "missed", "three": "missed"}


async def test_ending_is_asked_twice(desk: Desk) -> None:
    mock = begun(desk)
    answer(mock, "apples fall", confidence=3)
    async with run_app(mock_app(desk, mock)) as pilot:
        await pilot.press("escape", "e")
        assert "again ends the interview" in shown(pilot)
        await pilot.press("e")
        await pilot.pause()
        assert "said 1 of 3 points" in shown(pilot)
        assert "sure and wrong" in shown(pilot)


async def test_the_scorecard_compares_overrules_saves_and_drills(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mock = begun(desk, minutes=3)
    answer(mock, "apples fall", confidence=3)
    answer(mock, "no idea at all")
    mock.finish()
    monkeypatch.chdir(tmp_path)
    async with run_app(scorecard_app(desk, mock)) as pilot:
        assert "33 %" in shown(pilot)
        await pilot.press("v")
        await pilot.pause()
        assert "› apples fall" in shown(pilot)
        assert "SECRET answer of" in shown(pilot)
        await pilot.press("down", "down", "x")
        assert "2 of 3 points, sure and right, marks changed by hand" in shown(pilot)
        await pilot.press("right")
        assert "Follow-up to 1" in shown(pilot)
        await pilot.press("q")
        await pilot.pause()
        assert "67 %" in shown(pilot)
        await pilot.press("w")
        await pilot.pause()
        [page] = tmp_path.glob("*.html")
        assert "said 2 of 3 points" in page.read_text(encoding="utf-8")
        await pilot.press("enter")
        await pilot.pause()
        screen = app_of(pilot).screen
        assert isinstance(screen, DrillScreen)
        assert screen.ask is not None
        assert screen.ask.card == mock.scorecard().study_next[0].card
    assert past_mocks(desk)[0].score == pytest.approx(2 / 3, abs=1e-4)


async def test_a_second_opinion_overrules_the_marks_of_a_typed_answer(desk: Desk) -> None:
    mock = begun(desk, minutes=3)
    answer(mock, "apples fall", confidence=3)
    answer(mock, "no idea at all")
    mock.finish()
    with chat_server() as server:
        server.says('{"said": ["one", "two"], "stated": ["wrong"]}')
        desk.settings = replace(desk.settings, llm={"url": server.url, "model": "tiny"})
        async with run_app(scorecard_app(desk, mock)) as pilot:
            await pilot.press("v", "y")
            await pilot.pause()
            assert "apples fall" in shown(pilot)
            await pilot.press("y")
            for _ in range(100):
                await pilot.pause(0.02)
                if "yours to change" in shown(pilot):
                    break
            assert "Second opinion: Again" in shown(pilot)
            await pilot.press("left", "right", "left")
            assert "2 of 3 points, stated 1 misconception" in shown(pilot)
    card = Mock.resume(desk, mock.session_id).scorecard()
    assert (card.points, card.stated) == ((2, 0, 3), 1)


async def test_confidence_always_asks_in_the_drill_before_the_answer(world: World, desk: Desk) -> None:
    desk.settings = replace(world.settings, confidence="always")
    async with run_app(drill_app(desk, selection=Selection(decks=("beta",)))) as pilot:
        await pilot.press("space")
        assert "How sure are you?" in shown(pilot)
        assert "SECRET" not in shown(pilot)
        await pilot.press("escape")
        assert "How sure" not in shown(pilot)
        await pilot.press("space", "3")
        await pilot.pause()
        assert "SECRET answer" in shown(pilot)
        await pilot.press("x", "j", "x", "j", "x")
        assert "Easy suggested" in shown(pilot)
        await pilot.press("enter")
        await pilot.pause()
    with desk.store.database.read() as connection:
        row = connection.exec_driver_sql("SELECT rating, confidence, verdict FROM review").one()
    assert tuple(row[:2]) == (4, 3)
    assert json.loads(row[2])["three"] == "said"
