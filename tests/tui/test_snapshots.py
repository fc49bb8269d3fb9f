"""The plain text of the screens at 80x24; `UPDATE_SNAPSHOTS=1 pytest tests/tui` writes them anew."""

from __future__ import annotations

from datetime import timedelta

import pytest

from interviewprep.study.desk import Desk
from interviewprep.study.drill import Options
from interviewprep.study.record import record_answer

from .conftest import check_snapshot, drill_app, home_app, run_app

pytestmark = pytest.mark.usefixtures("hands")


async def test_home(desk: Desk) -> None:
    for days in (3, 2, 1):
        record_answer(desk, "optimizers#sgd", 3, desk.clock() - timedelta(days=days))
    app = home_app(desk)
    async with run_app(app):
        check_snapshot(app, "home")


async def test_drill(desk: Desk) -> None:
    app = drill_app(desk, Options(limit=2))
    async with run_app(app) as pilot:
        check_snapshot(app, "drill_asked")
        await pilot.press("space", "x", "j")
        check_snapshot(app, "drill_answered")
        await pilot.press("1", "space", "3")
        await pilot.pause()
        check_snapshot(app, "summary")


async def test_browse_card_and_help(desk: Desk) -> None:
    record_answer(desk, "optimizers#sgd", 3, desk.clock() - timedelta(days=9))
    record_answer(desk, "optimizers#sgd", 1, desk.clock() - timedelta(days=4))
    app = home_app(desk)
    async with run_app(app) as pilot:
        await pilot.press("b", "j", "j")
        await pilot.pause()
        check_snapshot(app, "browse")
        await pilot.press("enter", "G")
        await pilot.pause()
        check_snapshot(app, "card")
        await pilot.press("question_mark")
        await pilot.pause()
        check_snapshot(app, "help")
