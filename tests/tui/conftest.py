"""Screens over the small library, driven by Textual's pilot."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

import pytest
from support import World
from textual.pilot import Pilot

from interviewprep.study.desk import Desk
from interviewprep.study.drill import Drill, Options
from interviewprep.study.selection import Selection
from interviewprep.tui.app import InterviewPrepApp
from interviewprep.tui.screens.drill import DrillScreen
from interviewprep.tui.screens.home import HomeScreen

SNAPSHOTS = Path(__file__).parent / "snapshots"

OpenDrill = Callable[..., AbstractAsyncContextManager[Pilot[int]]]


def screen_text(app: InterviewPrepApp) -> str:
    """What is on the screen, as plain lines without trailing blanks."""
    strips = app.screen._compositor.render_strips(app.size)
    return "\n".join(strip.text.rstrip() for strip in strips).rstrip() + "\n"


def app_of(pilot: Pilot[int]) -> InterviewPrepApp:
    """The app that a pilot drives."""
    app = pilot.app
    assert isinstance(app, InterviewPrepApp)
    return app


async def ready(pilot: Pilot[int]) -> None:
    """Wait until the store is open and everything is mounted."""
    for _ in range(400):
        if app_of(pilot).is_ready:
            break
        await pilot.pause(0.01)
    await pilot.pause()


@asynccontextmanager
async def run_app(app: InterviewPrepApp, size: tuple[int, int] = (80, 24)) -> AsyncIterator[Pilot[int]]:
    """An app on a screen of a size, once it is ready."""
    async with app.run_test(size=size) as pilot:
        await ready(pilot)
        yield pilot


def drill_app(
    desk: Desk, options: Options | None = None, selection: Selection | None = None
) -> InterviewPrepApp:
    """An app that opens directly on a drill (of the deck `optimizers`)."""
    drill = Drill(desk, selection or Selection(decks=("optimizers",)), options or Options())
    return InterviewPrepApp(desk, lambda: DrillScreen(drill))


def home_app(desk: Desk) -> InterviewPrepApp:
    """An app that opens on the home screen."""
    return InterviewPrepApp(desk, HomeScreen)


@pytest.fixture
def hands(monkeypatch: pytest.MonkeyPatch) -> None:
    """Presses never count as double: a test types faster than a person."""
    monkeypatch.setattr("interviewprep.tui.stopwatch.DoublePress.WINDOW_SECONDS", 0.0)


def check_snapshot(app: InterviewPrepApp, name: str) -> None:
    """Compare the screen with a golden file; UPDATE_SNAPSHOTS=1 writes it."""
    path = SNAPSHOTS / f"{name}.txt"
    shown = screen_text(app)
    if os.environ.get("UPDATE_SNAPSHOTS"):
        path.write_text(shown, encoding="utf-8")
    assert shown == path.read_text(encoding="utf-8")


__all__ = ["World", "app_of", "check_snapshot", "drill_app", "home_app", "ready", "run_app", "screen_text"]
