"""A quiz on the full screen, through the keys a learner presses."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from support import World
from support_quiz import right_answer, with_quiz_decks
from textual.pilot import Pilot

from interviewprep.study.desk import Desk
from interviewprep.study.quiz import Quiz, QuizOptions
from interviewprep.study.quiz_marking import Given
from interviewprep.study.quiz_result import unfinished
from interviewprep.study.selection import Selection
from interviewprep.tui.app import InterviewPrepApp
from interviewprep.tui.screens.quiz import KEEP_TICKS, QuizScreen
from interviewprep.tui.screens.quiz_result import QuizResultScreen
from interviewprep.tui.screens.quiz_start import QuizStartScreen
from interviewprep.tui.stopwatch import Stopwatch

from .conftest import app_of, home_app, run_app, screen_text

pytestmark = pytest.mark.usefixtures("hands")


@pytest.fixture
def desk(world: World) -> Iterator[Desk]:
    desk = with_quiz_decks(world).desk()
    yield desk
    desk.close()


def quiz_app(desk: Desk, selection: Selection, options: QuizOptions, seed: int = 1) -> InterviewPrepApp:
    return InterviewPrepApp(desk, lambda: QuizScreen(lambda: Quiz.begin(desk, selection, options, seed=seed)))


def screen_of(pilot: Pilot[int]) -> QuizScreen:
    screen = app_of(pilot).screen
    assert isinstance(screen, QuizScreen)
    return screen


def made_statement(desk: Desk, *, is_true: bool) -> Quiz:
    """A quiz of one statement made from a card; found by trying seeds."""
    for seed in range(200):
        quiz = Quiz.begin(
            desk, Selection(cards=("steps#drive",)), QuizOptions(kind="choice", count=1), seed=seed
        )
        question = quiz.question()
        wanted = ("true" if is_true else "false",)
        if question and question.form == "true-false" and right_answer(quiz, question).picked == wanted:
            return quiz
        quiz.give_up()
    raise AssertionError("no seed makes such a statement")


async def pick(pilot: Pilot[int], *, right: bool) -> None:
    """Pick and hand in the right options, or another one."""
    screen = screen_of(pilot)
    assert screen.quiz is not None
    assert screen.question is not None
    ids = [option for option, _ in screen.question.options]
    chosen = right_answer(screen.quiz, screen.question).picked
    if not right:
        chosen = tuple(i for i in ids if i not in chosen)[:1]
    await pilot.press(*(str(ids.index(option) + 1) for option in chosen), "enter")
    await pilot.pause()


async def test_a_choice_is_explained_and_the_next_comes(desk: Desk) -> None:
    only = Selection(cards=("choices#pick",))
    app = quiz_app(desk, only, QuizOptions(kind="choice", count=1))
    async with run_app(app) as pilot:
        shown = screen_text(app)
        assert "Which one sums gradients?" in shown
        assert "It keeps a velocity." not in shown, "the reason would give the answer away"
        await pick(pilot, right=False)
        shown = screen_text(app)
        assert "Not right." in shown
        assert "→   Drive" in shown
        assert "It keeps a velocity." in shown
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, QuizResultScreen)
        assert "0 of 1 right" in screen_text(app)
        await pilot.press("m")
        await pilot.pause()
        await pick(pilot, right=True)
        assert "Right." in screen_text(app)
    assert [r.mode for r in desk.store.history()] == ["quiz", "quiz"]


async def test_handing_in_nothing_is_asked_twice(desk: Desk) -> None:
    app = quiz_app(desk, Selection(cards=("choices#pick",)), QuizOptions(kind="choice", count=1))
    async with run_app(app) as pilot:
        await pilot.press("enter")
        assert "Nothing is picked" in screen_text(app)
        assert desk.store.history() == []
        await pilot.press("enter")
        assert "Not right." in screen_text(app)


async def test_nothing_written_is_handed_in_only_when_it_is_meant(desk: Desk) -> None:
    app = quiz_app(desk, Selection(decks=("steps",)), QuizOptions(kind="typed", count=1), seed=5)
    async with run_app(app) as pilot:
        await pilot.press("enter")
        assert "Nothing is written" in screen_text(app)
        assert screen_of(pilot).told is None
        await pilot.press("enter")
        assert screen_of(pilot).told is not None


async def test_what_was_picked_and_written_is_there_again(desk: Desk) -> None:
    typed = Selection(decks=("steps",))
    app = quiz_app(desk, typed, QuizOptions(kind="typed", count=1), seed=5)
    async with run_app(app) as pilot:
        screen_of(pilot).view.field.insert("half an answer")
        for _ in range(KEEP_TICKS):
            screen_of(pilot)._tick()
    left = unfinished(desk)
    assert left is not None
    quiz = Quiz.resume(desk, left.id)
    async with run_app(InterviewPrepApp(desk, lambda: QuizScreen(lambda: quiz))) as pilot:
        assert screen_of(pilot).view.field.text == "half an answer"
    choice = Quiz.begin(desk, Selection(cards=("choices#pick",)), QuizOptions(kind="choice", count=1))
    question = choice.question()
    assert question is not None
    choice.keep(1000, Given((question.options[1][0],)))
    again = Quiz.resume(desk, choice.session_id)
    async with run_app(InterviewPrepApp(desk, lambda: QuizScreen(lambda: again))) as pilot:
        assert screen_of(pilot).view.options.picked == [question.options[1][0]]


async def test_options_are_put_in_order_by_picking_them(desk: Desk) -> None:
    app = quiz_app(desk, Selection(cards=("choices#first-to-last",)), QuizOptions(kind="choice", count=1))
    async with run_app(app) as pilot:
        await pick(pilot, right=True)
        shown = screen_text(app)
        assert "Right." in shown
        assert shown.index("Forward pass") < shown.index("Backward pass") < shown.index("Optimizer step")


async def test_true_or_false_wants_a_reason_which_the_learner_judges(desk: Desk) -> None:
    app = quiz_app(desk, Selection(cards=("choices#truth",)), QuizOptions(kind="choice", count=1))
    async with run_app(app) as pilot:
        await pick(pilot, right=True)
        assert "Why?" in screen_text(app)
        assert "The global rate stays." not in screen_text(app)
        await pilot.press(*"stays", "enter")
        await pilot.pause()
        assert "Was this your reason?" in screen_text(app)
        await pilot.press("y")
        await pilot.pause()
        assert "Right." in screen_text(app), "the mark comes before the next question"
        await pilot.press("enter")
        await pilot.pause()
        assert "1 of 1 right" in screen_text(app)


async def test_a_true_statement_of_a_card_asks_for_no_reason(desk: Desk) -> None:
    made = made_statement(desk, is_true=True)
    app = InterviewPrepApp(desk, lambda: QuizScreen(lambda: made))
    async with run_app(app) as pilot:
        assert "If you pick False, the reason is asked for next." in screen_text(app)
        await pilot.press("1", "enter")
        await pilot.pause()
        shown = screen_text(app)
        assert "Right." in shown
        assert "Why?" not in shown


async def test_a_false_statement_of_a_card_asks_for_its_reason(desk: Desk) -> None:
    made = made_statement(desk, is_true=False)
    app = InterviewPrepApp(desk, lambda: QuizScreen(lambda: made))
    async with run_app(app) as pilot:
        await pilot.press("2", "enter")
        await pilot.pause()
        assert "Why?" in screen_text(app)
        assert screen_of(pilot).told is None


async def test_an_answer_in_words_is_ticked(desk: Desk) -> None:
    app = quiz_app(desk, Selection(cards=("steps#drive",)), QuizOptions(kind="typed", count=1))
    async with run_app(app) as pilot:
        await pilot.press(*"nonsense", "enter")
        await pilot.pause()
        assert "It steps along a decaying sum" in screen_text(app)
        await pilot.press("x", "enter")
        await pilot.pause()
        shown = screen_text(app)
        assert "Partly right, 50 %." in shown, "the mark comes before the next question"
        assert "It steps along a decaying sum" in shown
        await pilot.press("enter")
        await pilot.pause()
        assert "0 of 1 right" in screen_text(app)
    assert desk.store.history()[0].answer == "nonsense"


async def test_a_number_that_cannot_be_read_keeps_the_question_open(desk: Desk) -> None:
    app = quiz_app(desk, Selection(), QuizOptions(kind="numeric", count=1))
    async with run_app(app) as pilot:
        await pilot.press(*"much", "enter")
        assert "cannot read" in screen_text(app)
        assert screen_of(pilot).told is None
        await pilot.press(*["backspace"] * 4, *"0.0001", "enter")
        await pilot.pause()
        assert "Not right." in screen_text(app)
        assert "answer:" in screen_text(app)


async def test_the_clock_hands_in_what_is_picked(desk: Desk) -> None:
    options = QuizOptions(kind="choice", count=1, seconds_per_question=30)
    app = quiz_app(desk, Selection(cards=("choices#pick",)), options)
    async with run_app(app) as pilot:
        screen = screen_of(pilot)
        assert "0:30 left" in screen_text(app)
        ids = [option for option, _ in screen.question.options] if screen.question else []
        await pilot.press(str(ids.index("drive") + 1))
        screen.stopwatch._sum = 31.0
        screen._tick()
        await pilot.pause()
        assert "Time is over. Right." in screen_text(app)


async def test_the_clock_stands_still_while_the_keys_are_read(desk: Desk) -> None:
    options = QuizOptions(kind="choice", count=1, seconds_per_question=30)
    app = quiz_app(desk, Selection(cards=("choices#pick",)), options)
    async with run_app(app) as pilot:
        screen = screen_of(pilot)
        moment = [0.0]
        screen.stopwatch = Stopwatch(lambda: moment[0])
        moment[0] += 5
        await pilot.press("question_mark")
        await pilot.pause()
        moment[0] += 600
        screen._tick()
        await pilot.press("escape")
        await pilot.pause()
        moment[0] += 2
        assert screen.told is None
        assert screen.spent_ms == 7000


async def test_the_clock_goes_on_after_a_restart(desk: Desk) -> None:
    options = QuizOptions(kind="choice", count=1, seconds_per_question=30)
    app = quiz_app(desk, Selection(cards=("choices#pick",)), options)
    async with run_app(app) as pilot:
        screen = screen_of(pilot)
        assert screen.quiz is not None
        session_id = screen.quiz.session_id
        screen.stopwatch = Stopwatch(lambda: 0.0)
        screen.stopwatch._sum = 19.0
        for _ in range(KEEP_TICKS):
            screen._tick()
    # Nothing was said on leaving: as after kill -9.
    app = InterviewPrepApp(desk, lambda: QuizScreen(lambda: Quiz.resume(desk, session_id)))
    async with run_app(app) as pilot:
        assert 19_000 <= screen_of(pilot).spent_ms < 25_000
        assert "0:30 left" not in screen_text(app)
        await pilot.press("q")
    assert Quiz.resume(desk, session_id).spent_ms >= 19_000


async def test_the_time_of_a_told_question_is_not_that_of_the_next(desk: Desk) -> None:
    app = quiz_app(desk, Selection(decks=("choices",)), QuizOptions(kind="choice", count=2))
    async with run_app(app) as pilot:
        screen = screen_of(pilot)
        assert screen.quiz is not None
        screen.stopwatch._sum = 50.0
        screen._hand_in()
        await pilot.pause()
        assert screen.told is not None
        await pilot.press("q")
    assert Quiz.resume(desk, screen.quiz.session_id).spent_ms == 0


async def test_leaving_after_the_last_answer_shows_the_result_first(desk: Desk) -> None:
    app = quiz_app(desk, Selection(cards=("choices#pick",)), QuizOptions(kind="choice", count=1))
    async with run_app(app) as pilot:
        await pick(pilot, right=False)
        await pilot.press("q")
        await pilot.pause()
        assert isinstance(app.screen, QuizResultScreen)
        assert "0 of 1 right" in screen_text(app)


async def test_a_past_result_opens_again_with_only_the_wrong_ones(desk: Desk) -> None:
    only = Selection(cards=("choices#pick",))
    done = Quiz.begin(desk, only, QuizOptions(kind="choice", count=1), seed=1)
    done.hand_in(Given(("plain",)), duration_ms=4000)
    app = InterviewPrepApp(desk, lambda: QuizStartScreen(Selection()))
    async with run_app(app) as pilot:
        shown = screen_text(app)
        assert "Result, 22 Nov" in shown
        assert "0 %  0 of 1 right" in shown
        await pilot.press("end", "enter")
        await pilot.pause()
        assert isinstance(app.screen, QuizResultScreen)
        assert "It keeps a velocity." in screen_text(app)
        await pilot.press("m")
        await pilot.pause()
        quiz = screen_of(pilot).quiz
        assert quiz is not None
        assert (quiz.count, quiz.config["again"]) == (1, done.session_id)
        await pilot.press("q")
        await pilot.pause()
        assert isinstance(app.screen, QuizStartScreen)


async def test_home_leads_to_a_quiz_and_a_left_one_is_offered_again(desk: Desk) -> None:
    app = home_app(desk)
    async with run_app(app) as pilot:
        await pilot.press("z")
        await pilot.pause()
        assert isinstance(app.screen, QuizStartScreen)
        await pilot.press("down", "left", "down", "right", "enter")
        await pilot.pause()
        assert screen_of(pilot).quiz is not None
        quiz = screen_of(pilot).quiz
        assert quiz is not None
        assert quiz.count == 5
        assert quiz.config["kind"] == "choice"
        await pilot.press("q")
        await pilot.pause()
        assert "0 of 5 done" in screen_text(app)
        await pilot.press("enter")
        await pilot.pause()
        resumed = screen_of(pilot).quiz
        assert resumed is not None
        assert resumed.session_id == quiz.session_id


async def test_beginning_anew_gives_the_unfinished_one_up(desk: Desk) -> None:
    left = Quiz.begin(desk, Selection(), QuizOptions(count=3), seed=1)
    app = InterviewPrepApp(desk, lambda: QuizStartScreen(Selection(), replace(QuizOptions(), count=4)))
    async with run_app(app) as pilot:
        await pilot.press("down", "enter")
        await pilot.pause()
        quiz = screen_of(pilot).quiz
        assert quiz is not None
        assert quiz.count == 4
    found = unfinished(desk)
    assert found is not None
    assert found.id == quiz.session_id != left.session_id


async def test_what_cannot_be_asked_is_said(desk: Desk) -> None:
    app = InterviewPrepApp(
        desk, lambda: QuizStartScreen(Selection(decks=("choices",)), QuizOptions(kind="typed"))
    )
    async with run_app(app) as pilot:
        await pilot.press("enter")
        await pilot.pause()
        assert "No typed question can be asked" in screen_text(app)
        assert isinstance(app.screen, QuizStartScreen), "back at the choice, not out of the program"
        await pilot.press("up", "right")
        assert app.is_running
