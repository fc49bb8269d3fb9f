"""Numeric cards on the full screen: the first meeting, tries, ratings, the window, practice."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest
from support import World
from textual.pilot import Pilot

from interviewprep.checks.numbers import flat
from interviewprep.checks.registry import family
from interviewprep.study.desk import Desk
from interviewprep.study.drill import Options
from interviewprep.study.record import record_answer
from interviewprep.study.selection import Selection
from interviewprep.tui.app import InterviewPrepApp
from interviewprep.tui.screens.check_asking import CheckAsking
from interviewprep.tui.screens.checks import ChecksScreen
from interviewprep.tui.screens.practice import PracticeScreen

from .conftest import check_snapshot, drill_app, home_app, run_app, screen_text

pytestmark = pytest.mark.usefixtures("hands")

DECK = """\
title: Calculations
cards:
  - {id: softmax, kind: numeric, question: Probabilities from logits, family: softmax}
  - {id: conv, kind: numeric, question: Slide a kernel, family: conv-values}
"""
SOFTMAX = Selection(cards=("sums#softmax",))
CONV = Selection(cards=("sums#conv",))


@pytest.fixture
def desk(world: World) -> Iterator[Desk]:
    (world.home / "shipped" / "sums.yaml").write_text(DECK, encoding="utf-8")
    desk = world.desk()
    yield desk
    desk.close()


def asking(app: InterviewPrepApp) -> CheckAsking:
    """The screen that asks."""
    assert isinstance(app.screen, CheckAsking)
    return app.screen


def right_answer(app: InterviewPrepApp) -> str:
    """What is right now."""
    asked = asking(app).check
    assert asked is not None
    return " ".join(part.show(x).replace(",", "") for part in asked.variant.parts for x in flat(part.value))


async def hand_in(pilot: Pilot[int], app: InterviewPrepApp, text: str) -> None:
    """Put a text into the field at once (each pressed key costs 55 ms), then press Enter."""
    asking(app).check_view.field.load_text(text)
    await pilot.press("enter")
    await pilot.pause()


def kept(desk: Desk, columns: str) -> list[tuple[object, ...]]:
    """Columns of the review log, in order."""
    with closing(sqlite3.connect(desk.paths.database)) as log:
        return log.execute(f"SELECT {columns} FROM review ORDER BY seq").fetchall()


def returning(desk: Desk, card: str) -> None:
    """A card that was met before and is due."""
    record_answer(desk, card, 3, desk.clock().replace(year=2026, month=1))


async def test_a_first_meeting_is_an_example_then_the_last_step_then_free(desk: Desk) -> None:
    app = drill_app(desk, Options(limit=1), SOFTMAX)
    async with run_app(app) as pilot:
        await pilot.pause()
        check_snapshot(app, "check_example")
        await pilot.press("enter")
        await pilot.pause()
        shown = screen_text(app)
        assert "last step missing" in shown
        assert "answer:" not in shown
        assert "hint" not in shown
        assert asking(app).place == "check_writing"
        await hand_in(pilot, app, right_answer(app))
        assert "answer:" in screen_text(app)
        await pilot.press("enter")
        await pilot.pause()
        shown = screen_text(app)
        assert "Softmax" not in shown
        assert "sum =" not in shown
        await hand_in(pilot, app, right_answer(app))
        shown = screen_text(app)
        assert "Check: Softmax" in shown
        assert "Easy suggested, right at once, and quickly" in shown
        await pilot.press("enter")
    assert kept(desk, "part, rating, moves") == [("completion", 3, 0), ("question", 4, 1)]


async def test_wrong_then_right_is_hard_and_raising_it_wants_the_key_twice(desk: Desk) -> None:
    returning(desk, "sums#softmax")
    app = drill_app(desk, Options(limit=1), SOFTMAX)
    async with run_app(app) as pilot:
        await pilot.pause()
        await hand_in(pilot, app, "1 two")
        assert 'I cannot read "two"' in screen_text(app)
        right = right_answer(app)
        await hand_in(pilot, app, " ".join(str(float(x) * 100) for x in right.split()))
        assert asking(app).place == "check_writing"
        check_snapshot(app, "check_wrong")
        await hand_in(pilot, app, right)
        check_snapshot(app, "check_right")
        await pilot.press("3")
        assert "Hard was computed. Press 3 again to raise it to Good." in screen_text(app)
        await pilot.press("3")
    assert kept(desk, "rating, suggested, attempts, mistake")[1:] == [(3, 2, 2, "percent")]


async def test_lowering_needs_no_confirmation_and_undo_asks_again(desk: Desk) -> None:
    returning(desk, "sums#softmax")
    app = drill_app(desk, Options(), SOFTMAX)
    async with run_app(app) as pilot:
        await pilot.pause()
        first = asking(app).check
        assert first is not None
        await hand_in(pilot, app, right_answer(app))
        await pilot.press("1")
        await pilot.pause()
        assert kept(desk, "rating")[1:] == [(1,)]
        await pilot.press("escape", "u")
        await pilot.pause()
        again = asking(app).check
        assert again is not None
        assert (again.prompt, again.tries) == (first.prompt, [])


async def test_an_empty_enter_gives_up_and_a_hint_can_be_had_while_typing(desk: Desk) -> None:
    returning(desk, "sums#softmax")
    app = drill_app(desk, Options(), SOFTMAX)
    async with run_app(app) as pilot:
        await pilot.pause()
        await pilot.press("ctrl+g")
        assert "e^" in screen_text(app)
        await hand_in(pilot, app, "")
        assert "Again suggested, not solved" in screen_text(app)
        assert "answer: [" in screen_text(app)


async def test_new_numbers_keep_the_answer_and_do_not_count(desk: Desk) -> None:
    returning(desk, "sums#softmax")
    app = drill_app(desk, Options(limit=2), SOFTMAX)
    async with run_app(app) as pilot:
        await pilot.pause()
        await hand_in(pilot, app, right_answer(app))
        await pilot.press("f")
        assert "p_i = exp(z_i) / sum_j exp(z_j)" in screen_text(app)
        await pilot.press("r")
        await pilot.pause()
        assert "Kept: Easy. Now for practice" in screen_text(app)
        await hand_in(pilot, app, "0.1")
        await hand_in(pilot, app, "")
        assert "Enter goes on." in screen_text(app)
    assert kept(desk, "part, rating, moves")[1:] == [("question", 4, 1), ("practice", 1, 0)]


async def test_the_window_moves_and_the_map_fills(desk: Desk) -> None:
    app = drill_app(desk, Options(), CONV)
    async with run_app(app) as pilot:
        await pilot.pause()
        assert "window 1 of 4" in screen_text(app)
        await pilot.press("right", "right", "left")
        check_snapshot(app, "check_window")
        await pilot.press("left", "left", "left")
        assert "window 1 of 4" in screen_text(app)


async def test_a_flag_or_a_look_at_the_card_keeps_what_was_done(desk: Desk) -> None:
    returning(desk, "sums#softmax")
    app = drill_app(desk, Options(), SOFTMAX)
    async with run_app(app) as pilot:
        await pilot.pause()
        await hand_in(pilot, app, "0.1 0.2 0.3 0.4 0.5")
        await pilot.press("escape", "h", "i")
        await pilot.pause()
        await pilot.press("q")
        await pilot.pause()
        asked = asking(app).check
        assert asked is not None
        assert asked.hints == 1
        await pilot.press("-")
    assert [m.kind for m in desk.store.marks()] == ["buried"]


async def test_any_size_of_terminal_will_do(desk: Desk) -> None:
    app = drill_app(desk, Options(), CONV)
    async with run_app(app) as pilot:
        await pilot.pause()
        for size in ((60, 20), (24, 8), (200, 60), (60, 20)):
            await pilot.resize_terminal(*size)
            await pilot.pause()
            assert max(map(len, screen_text(app).splitlines())) <= size[0]
            await pilot.press("right", "pagedown")
        assert "move the window" in screen_text(app)


async def test_practice_without_the_schedule_from_the_home_screen(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    seeded = random.Random(5)
    monkeypatch.setattr("interviewprep.tui.screens.checks.Random", lambda: seeded)
    app = home_app(desk)
    async with run_app(app) as pilot:
        await pilot.press("c")
        await pilot.pause()
        assert isinstance(app.screen, ChecksScreen)
        check_snapshot(app, "checks")
        await pilot.press("j", "enter")
        await pilot.pause()
        await hand_in(pilot, app, right_answer(app))
        assert "1 of 1 right" in screen_text(app)
        await pilot.press("1")
        assert "Nothing is rated here." in screen_text(app)
        await pilot.press("enter")
        await pilot.pause()
        await pilot.press("escape", "space")
        assert "1 of 2 right" in screen_text(app)
        await pilot.press("q")
        assert isinstance(app.screen, ChecksScreen)
    assert desk.store.history() == []


async def test_practice_asks_every_kind_before_any_comes_again(desk: Desk) -> None:
    kinds = [family(name) for name in ("softmax", "mse", "iou")]
    app = InterviewPrepApp(desk, lambda: PracticeScreen(kinds, mental=False, rng=random.Random(5)))
    async with run_app(app) as pilot:
        names = []
        for _ in range(3):
            await pilot.pause()
            asked = asking(app).check
            assert asked is not None
            names.append(asked.variant.family.name)
            await pilot.press("escape", "space", "enter")
        assert sorted(names) == ["iou", "mse", "softmax"]
