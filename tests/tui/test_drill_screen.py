"""The drill on the full screen, through the keys a learner presses."""

from __future__ import annotations

from dataclasses import replace

import pytest
from support import World

from interviewprep.errors import SettingsError, StoreUnwritableError
from interviewprep.study.desk import Desk
from interviewprep.study.drill import Options
from interviewprep.study.selection import Selection
from interviewprep.tui.app import InterviewPrepApp
from interviewprep.tui.screens.drill import DrillScreen
from interviewprep.tui.screens.summary import SummaryScreen
from interviewprep.tui.screens.trouble import TroubleScreen

from .conftest import app_of, drill_app, ready, run_app, screen_text


def drill_screen(app: InterviewPrepApp) -> DrillScreen:
    """The drill screen on top."""
    assert isinstance(app.screen, DrillScreen)
    return app.screen


@pytest.mark.usefixtures("hands")
async def test_from_the_first_question_to_the_summary(desk: Desk) -> None:
    app = drill_app(desk, Options(limit=2))
    async with run_app(app) as pilot:
        assert "What is stochastic gradient descent?" in screen_text(app)
        assert "1 of 2" in screen_text(app)
        await pilot.press("space")
        assert "SGD steps against the gradient" in screen_text(app)
        await pilot.press("d")
        assert "In detail" in screen_text(app)
        await pilot.press("1", "space", "4")
        assert isinstance(app.screen, SummaryScreen)
        shown = screen_text(app)
        assert "2 answers on 2 cards" in shown
        assert "What is stochastic gradient descent?" in shown
    assert sorted(r.rating or 0 for r in desk.store.history()) == [1, 4]


@pytest.mark.usefixtures("hands")
async def test_what_was_missed_is_asked_again_as_a_cram(desk: Desk) -> None:
    app = drill_app(desk, Options(limit=1))
    async with run_app(app) as pilot:
        await pilot.press("space", "1", "m")
        await pilot.pause()
        assert "(cram)" in screen_text(app)
        await pilot.press("space", "3")
    assert [r.mode for r in desk.store.history()].count("cram") == 1


@pytest.mark.usefixtures("hands")
async def test_undo_asks_the_card_again_and_works_from_the_summary(desk: Desk) -> None:
    app = drill_app(desk, Options(limit=1))
    async with run_app(app) as pilot:
        first = drill_screen(app).ask
        await pilot.press("space", "3", "u")
        await pilot.pause()
        again = drill_screen(app).ask
        assert first is not None
        assert again is not None
        assert again.card == first.card
        assert "Undone: Good" in screen_text(app)
    assert desk.store.history() == []


@pytest.mark.usefixtures("hands")
async def test_ticks_suggest_a_rating_and_enter_takes_it(desk: Desk) -> None:
    app = drill_app(desk)
    async with run_app(app) as pilot:
        await pilot.press("space", "x")
        assert "Again suggested, must point missing" in screen_text(app)
        assert "✓ uses the gradient" in screen_text(app)
        await pilot.press("j", "x")
        assert "Hard suggested" in screen_text(app)
        await pilot.press("enter")
    (review,) = desk.store.history()
    assert review.rating == 2


async def test_a_double_press_counts_once(desk: Desk) -> None:
    app = drill_app(desk)
    async with run_app(app) as pilot:
        await pilot.press("space", "space")
        assert drill_screen(app).is_answered
        await pilot.press("3", "3", "3")
        assert not drill_screen(app).is_answered
    assert len(desk.store.history()) == 1


async def test_a_rating_before_the_answer_is_shown_only_says_what_to_do(desk: Desk) -> None:
    app = drill_app(desk)
    async with run_app(app) as pilot:
        await pilot.press("3")
        assert "Space shows the answer" in screen_text(app)
    assert desk.store.history() == []


@pytest.mark.usefixtures("hands")
async def test_writing_takes_letters_and_digits_and_gives_them_back_afterwards(desk: Desk) -> None:
    app = drill_app(desk)
    async with run_app(app) as pilot:
        await pilot.press("tab", *"u3 q", "escape")
        assert not drill_screen(app).is_answered
        assert drill_screen(app).view.field.text == "u3 q"
        await pilot.press("tab", "x", "enter")
        assert drill_screen(app).is_answered
        assert "› u3 qx" in screen_text(app)
        await pilot.press("3")
        assert "Good is above the suggested Again" in screen_text(app)
        await pilot.press("3")
    (review,) = desk.store.history()
    assert (review.rating, review.answer) == (3, "u3 qx")


@pytest.mark.usefixtures("hands")
async def test_after_a_hint_the_answer_is_hard_at_most(desk: Desk) -> None:
    app = drill_app(desk)
    async with run_app(app) as pilot:
        await pilot.press("h")
        assert "hint: uses the gradient …" in screen_text(app)
        await pilot.press("space", "4")
    assert desk.store.history()[0].rating == 2


@pytest.mark.usefixtures("hands")
async def test_known_bury_suspend_flag_and_undo_them(desk: Desk) -> None:
    app = drill_app(desk)
    async with run_app(app) as pilot:
        cards = []
        for key in ("k", "-", "@"):
            ask = drill_screen(app).ask
            assert ask is not None
            cards.append(ask.card)
            await pilot.press(key)
        kinds = {m.card: m.kind for m in desk.store.marks()}
        assert [kinds[card] for card in cards] == ["known", "buried", "suspended"]
        await pilot.press("u", "u", "u")
        assert desk.store.marks() == []
        await pilot.press("!", "!", "n", *"ask Acme", "enter")
        await pilot.pause()
        assert {m.kind: m.value for m in desk.store.marks()} == {"flag": "1", "note": "ask Acme"}
        assert drill_screen(app).ask is not None


@pytest.mark.parametrize("mode", ["type", "speak"])
async def test_the_answer_mode_starts_by_itself(world: World, mode: str) -> None:
    world.settings = replace(world.settings, answer_mode=mode)
    desk = world.desk()
    app = drill_app(desk)
    async with run_app(app) as pilot:
        await pilot.pause()
        assert (drill_screen(app).place == "writing") == (mode == "type")
        assert drill_screen(app).view.clock.is_running == (mode == "speak")
    desk.close()


@pytest.mark.usefixtures("hands")
async def test_intervals_are_shown_on_request(desk: Desk) -> None:
    app = drill_app(desk)
    async with run_app(app) as pilot:
        await pilot.press("space")
        assert "1 Again   2 Hard" in screen_text(app)
        await pilot.press("v")
        assert "1 Again today" in screen_text(app)


HOSTILE = """\
title: "[red]x[/] y"
cards:
  - id: hostile
    question: "x [/] y list[int] [@click=app.quit]q[/] \\u202eabc 漢字 é́́"
    short: "[bold]not bold[/bold] \\e[2J \\e]52;c;aGk=\\a end"
    detailed: "[@click=app.quit]x[/] `[/]`"
    key_points: ["[/] point [x]"]
    misconceptions: [{wrong: "[/wrong]", why: "[why]"}]
"""


@pytest.mark.usefixtures("hands")
async def test_hostile_text_shows_as_text(world: World) -> None:
    (world.home / "shipped" / "optimizers.yaml").write_text(HOSTILE, encoding="utf-8")
    (world.home / "shipped" / "losses.yaml").unlink()
    desk = world.desk()
    app = drill_app(desk)
    async with run_app(app) as pilot:
        assert "x [/] y list[int] [@click=app.quit]q[/]" in screen_text(app)
        await pilot.press("space", "d", "m", "j", "x", "h", "!")
        await pilot.press("escape", "i", "q", "/")
        shown = screen_text(app)
        assert "x [/] y" in shown
        assert "\x1b" not in shown
    desk.close()


@pytest.mark.usefixtures("hands")
async def test_a_long_text_scrolls(world: World) -> None:
    deck = f"cards:\n  - id: long\n    question: Long?\n    short: {'word ' * 10_000}end\n"
    (world.home / "shipped" / "optimizers.yaml").write_text(deck, encoding="utf-8")
    desk = world.desk()
    app = drill_app(desk, selection=Selection(decks=("optimizers",)))
    async with run_app(app) as pilot:
        await pilot.press("space", "ctrl+d")
        assert drill_screen(app).body.scroll_offset.y > 0
        await pilot.press("g")
        assert drill_screen(app).body.scroll_offset.y == 0
    desk.close()


@pytest.mark.usefixtures("hands")
async def test_an_opened_part_comes_into_view(world: World) -> None:
    text = (world.home / "shipped" / "optimizers.yaml").read_text(encoding="utf-8")
    long = text.replace("SGD steps against", "word " * 300 + "SGD steps against")
    (world.home / "shipped" / "optimizers.yaml").write_text(long, encoding="utf-8")
    desk = world.desk()
    app = drill_app(desk)
    async with run_app(app) as pilot:
        await pilot.press("space")
        assert "In detail" not in screen_text(app)
        await pilot.press("d")
        await pilot.pause(0.1)
        assert "In detail" in screen_text(app)
        await pilot.press("d", "g")
        assert "In detail" not in screen_text(app)
    desk.close()


@pytest.mark.usefixtures("hands")
async def test_live_resize_keeps_the_question_and_the_ratings(desk: Desk) -> None:
    app = drill_app(desk)
    async with run_app(app) as pilot:
        await pilot.press("space")
        for size in ((60, 20), (40, 15), (120, 40), (40, 15)):
            await pilot.resize_terminal(*size)
            await pilot.pause()
            shown = screen_text(app)
            assert "1 Again" in shown
            assert "? keys" in shown
            assert "What is stochastic" in shown
            assert max(map(len, shown.splitlines())) <= size[0]


async def test_a_store_that_cannot_open_is_explained_and_leaves_with_2(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = world.desk()

    def fail(_: Desk) -> None:
        raise StoreUnwritableError("progress.db cannot be written.", hint="Free some space.")

    app = drill_app(desk)
    monkeypatch.setattr(Desk, "prepare", fail)
    async with app.run_test(size=(80, 24)) as pilot:
        for _ in range(200):
            await pilot.pause(0.01)
            if isinstance(app.screen, TroubleScreen):
                break
        await pilot.pause(0.05)
        shown = screen_text(app)
        assert "progress.db cannot be written." in shown
        assert "Free some space." in shown
        await pilot.press("q")
    assert app.return_code == 2
    desk.close()


@pytest.mark.usefixtures("hands")
async def test_an_answer_that_cannot_be_kept_is_kept_on_the_screen(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = drill_app(desk)
    async with run_app(app) as pilot:
        await pilot.press("space")
        with monkeypatch.context() as broken:

            def full(*_: object) -> None:
                raise StoreUnwritableError("The disk is full.")

            broken.setattr(type(desk.store), "append", full)
            await pilot.press("3")
            assert "The disk is full." in screen_text(app)
        await pilot.press("enter", "3")
        assert not drill_screen(app).is_answered
    assert len(desk.store.history()) == 1


@pytest.mark.usefixtures("hands")
async def test_remapped_keys_work_and_are_shown(world: World) -> None:
    world.settings = replace(world.settings, keys={"reveal": "r", "good": "g", "top": "home"})
    desk = world.desk()
    app = drill_app(desk)
    async with run_app(app) as pilot:
        assert "r show answer" in screen_text(app)
        await pilot.press("space")
        assert not drill_screen(app).is_answered
        await pilot.press("r", "g")
    assert desk.store.history()[0].rating == 3
    desk.close()


def test_unusable_keys_or_theme_are_refused_before_the_screen_opens(world: World) -> None:
    for change in ({"keys": {"nope": "x"}}, {"theme": "pink"}):
        world.settings = replace(world.settings, **change)
        desk = world.desk()
        with pytest.raises(SettingsError):
            drill_app(desk)
        desk.close()
        world.settings = replace(world.settings, keys={}, theme="dark")


@pytest.mark.usefixtures("hands")
async def test_editing_comes_back_to_the_changed_card_with_ticks_kept(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    decks = world.home / "decks"
    decks.mkdir()
    mine = decks / "mine.yaml"
    mine.write_text(
        "cards:\n  - {id: a, question: Old?, short: s, key_points: [one, two]}\n", encoding="utf-8"
    )
    desk = world.desk()

    def edit(app: InterviewPrepApp, name: str) -> str:
        mine.write_text(mine.read_text(encoding="utf-8").replace("Old?", "New?"), encoding="utf-8")
        app.desk.reload_decks()
        return ""

    monkeypatch.setattr("interviewprep.tui.editing.edit_card", edit)
    app = drill_app(desk, selection=Selection(decks=("mine",)))
    async with run_app(app) as pilot:
        await pilot.press("space", "x", "E")
        await pilot.pause()
        assert "New?" in screen_text(app)
        assert "✓ one" in screen_text(app)
        await pilot.press("1")
    assert desk.store.history()[0].card == "mine#a"
    desk.close()


@pytest.mark.usefixtures("hands")
async def test_ctrl_c_leaves_at_any_time(desk: Desk) -> None:
    app = drill_app(desk)
    async with run_app(app) as pilot:
        await pilot.press("tab", "x", "ctrl+c")
    assert app.return_code == 0


async def test_reveal_before_the_store_is_open_waits_for_it(desk: Desk) -> None:
    app = drill_app(desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("space")
        await ready(pilot)
        await pilot.pause()
        assert drill_screen(app_of(pilot)).is_answered
