"""Confidence before the verdict on a calculation, where the setting says always."""

from __future__ import annotations

from dataclasses import replace

import pytest
from support import World

from interviewprep.checks.numbers import flat
from interviewprep.study.record import record_answer
from interviewprep.study.selection import Selection
from interviewprep.tui.screens.check_asking import CheckAsking

from .conftest import drill_app, run_app, screen_text

pytestmark = pytest.mark.usefixtures("hands")

DECK = "cards:\n  - {id: softmax, kind: numeric, question: Logits, family: softmax}\n"


async def test_a_calculation_asks_once_before_the_first_verdict(world: World) -> None:
    (world.home / "shipped" / "sums.yaml").write_text(DECK, encoding="utf-8")
    world.settings = replace(world.settings, confidence="always")
    desk = world.desk()
    record_answer(desk, "sums#softmax", 3, desk.clock().replace(month=1))
    app = drill_app(desk, selection=Selection(cards=("sums#softmax",)))
    async with run_app(app) as pilot:
        await pilot.pause()
        screen = app.screen
        assert isinstance(screen, CheckAsking)
        asked = screen.check
        assert asked is not None
        numbers = [part.show(x).replace(",", "") for part in asked.variant.parts for x in flat(part.value)]
        screen.check_view.field.load_text(" ".join("9" for _ in numbers))
        await pilot.press("enter")
        assert "How sure are you?" in screen_text(app)
        assert asked.tries == []
        await pilot.press("escape")
        assert screen.place == "check_writing"
        await pilot.press("enter", "3")
        await pilot.pause()
        assert len(asked.tries) == 1
        assert screen.place == "check_writing", "back in the field for the second try"
        screen.check_view.field.load_text(" ".join(numbers))
        await pilot.press("enter")
        await pilot.pause()
        assert asked.is_over, "not asked again"
        await pilot.press("enter")
        await pilot.pause()
    with desk.store.database.read() as connection:
        rows = connection.exec_driver_sql("SELECT rating, confidence FROM review ORDER BY seq").all()
    assert rows[-1] == (2, 3)
    desk.close()
