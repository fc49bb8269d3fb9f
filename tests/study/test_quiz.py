"""A quiz from the first question to its result, over a real store."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, replace

import pytest
from support import World
from support_quiz import right_answer, with_quiz_decks, wrong_answer

from interviewprep.errors import NotFoundError, StoreError, StoreUnwritableError
from interviewprep.memory.types import Rating
from interviewprep.study.desk import Desk
from interviewprep.study.drill import Drill, Response
from interviewprep.study.quiz import Quiz, QuizOptions
from interviewprep.study.quiz_items import PICK_ONE
from interviewprep.study.quiz_marking import Given
from interviewprep.study.quiz_questions import Question, QuizError
from interviewprep.study.quiz_result import last_finished, past_quizzes, trend, unfinished
from interviewprep.study.selection import Selection

CHOICES = Selection(decks=("choices",))
CHOICE = QuizOptions(kind="choice", count=5)


@pytest.fixture
def desk(world: World) -> Iterator[Desk]:
    desk = with_quiz_decks(world).desk()
    yield desk
    desk.close()


def open_question(quiz: Quiz) -> Question:
    found = quiz.question()
    assert found is not None
    return found


def answer_all(quiz: Quiz, *, right: bool, seconds: float = 10) -> None:
    while (question := quiz.question()) is not None:
        given = right_answer(quiz, question) if right else wrong_answer(quiz, question)
        given = replace(given, text="because") if question.form == "true-false" else given
        told = quiz.hand_in(given, duration_ms=round(1000 * seconds))
        if told.sheet is not None and told.needs:
            told.sheet.said = {p.id for p in told.sheet.card.key_points} if right else set()
        if told.needs:
            quiz.settle(told, reason_right=right)


def test_all_right_is_all_points_and_every_answer_is_in_the_log(desk: Desk) -> None:
    quiz = Quiz.begin(desk, CHOICES, CHOICE, seed=1)
    assert quiz.count == 5
    answer_all(quiz, right=True)
    found = quiz.result()
    assert (found.answered, found.right, found.score, found.late) == (5, 5, 1.0, 0)
    assert found.seconds == 50
    assert found.wrong == ()
    reviews = desk.store.history()
    assert {r.mode for r in reviews} == {"quiz"}
    assert {r.rating for r in reviews} == {3}
    assert desk.store.states() == {}, "a quiz does not move the schedule"


def test_all_wrong_is_no_points_and_every_mistake_can_be_read_again(desk: Desk) -> None:
    quiz = Quiz.begin(desk, CHOICES, CHOICE, seed=1)
    answer_all(quiz, right=False)
    found = quiz.result()
    assert (found.right, found.score) == (0, 0.0)
    assert found.wrong == (0, 1, 2, 3, 4)
    for place in found.wrong:
        told = quiz.told(place)
        assert told.mark.score == 0
        assert any(o.right or o.place for o in told.item.options)
        assert told.needs == ""


@pytest.mark.parametrize("kind", ["choice", "typed", "numeric", "mixed"])
def test_a_question_shows_nothing_of_its_answer_before_it_is_committed(desk: Desk, kind: str) -> None:
    quiz = Quiz.begin(desk, Selection(), QuizOptions(kind=kind, count=8), seed=3)  # type: ignore[arg-type]
    saved = desk.store.sessions("quiz", session_id=quiz.session_id)[0]
    for item in saved.items:
        assert isinstance(item, dict)
    question = open_question(quiz)
    shown = json.dumps(asdict(question))
    told = quiz.hand_in(Given(), duration_ms=1000, is_final=True)
    for option in told.item.options:
        assert not option.why or option.why not in shown
    assert '"right"' not in shown.replace("statement is right", "")
    if told.sheet is not None:
        assert all(p.text not in shown for p in told.sheet.card.key_points)
        assert told.sheet.card.short not in shown
    if told.round is not None:
        assert told.round.variant.solution.steps[-1] not in shown


def test_a_killed_process_goes_on_at_the_same_question(world: World, desk: Desk) -> None:
    quiz = Quiz.begin(desk, Selection(), QuizOptions(count=8), seed=5)
    first = open_question(quiz)
    told = quiz.hand_in(right_answer(quiz, first), duration_ms=1000)
    if told.needs:
        quiz.settle(told)
    second = open_question(quiz)
    other = world.desk()  # the first is never closed: as after kill -9
    found = unfinished(other)
    assert found is not None
    assert (found.id, found.answered, found.questions) == (quiz.session_id, 1, 8)
    resumed = Quiz.resume(other, found.id)
    assert resumed.question() == second
    assert resumed.result() == quiz.result()
    other.close()


def test_an_answer_killed_before_it_is_settled_is_settled_after_the_restart(world: World, desk: Desk) -> None:
    quiz = Quiz.begin(desk, Selection(decks=("steps",)), QuizOptions(kind="typed", count=1), seed=5)
    told = quiz.hand_in(Given(text="a decaying sum"), duration_ms=4000)
    assert told.needs == "ticks"
    assert quiz.question() is None, "the answer was seen: nothing more can be written"
    other = world.desk()
    resumed = Quiz.resume(other, quiz.session_id)
    waiting = resumed.waiting()
    assert waiting is not None
    assert waiting.given.text == "a decaying sum"
    assert waiting.sheet is not None
    waiting.sheet.said = {waiting.sheet.card.key_points[0].id}
    assert resumed.settle(waiting).score > 0
    assert resumed.is_over
    assert [r.duration_ms for r in other.store.history()] == [4000]
    assert unfinished(other) is None
    other.close()


def test_cards_that_change_or_vanish_leave_a_begun_quiz_as_it_was(world: World, desk: Desk) -> None:
    quiz = Quiz.begin(desk, Selection(), QuizOptions(count=8), seed=5)
    questions = [open_question(quiz)]
    for path in (world.home / "shipped").glob("*.yaml"):
        path.unlink()
    (world.home / "shipped" / "other.yaml").write_text(
        "cards:\n- {id: a, question: b, short: c}\n", encoding="utf-8"
    )
    other = world.desk()
    resumed = Quiz.resume(other, quiz.session_id)
    assert resumed.question() == questions[0]
    answer_all(resumed, right=True)
    assert resumed.result().right == 8
    other.close()


# -- the clock ---------------------------------------------------------------------------------------


def test_an_answer_after_its_time_counts_as_none(desk: Desk) -> None:
    quiz = Quiz.begin(desk, CHOICES, replace(CHOICE, seconds_per_question=20), seed=1)
    question = open_question(quiz)
    assert question.seconds == 20
    told = quiz.hand_in(right_answer(quiz, question), duration_ms=22_000)
    assert told.is_late
    assert told.mark.score == 0
    assert quiz.result().late == 1
    question = open_question(quiz)
    given = replace(right_answer(quiz, question), text="")
    in_time = quiz.hand_in(given, duration_ms=20_900)
    assert not in_time.is_late, "what is handed in when the time is over still counts"
    assert in_time.mark.score > 0


def test_the_clock_of_a_question_goes_on_after_a_restart(world: World, desk: Desk) -> None:
    quiz = Quiz.begin(desk, CHOICES, replace(CHOICE, seconds_per_question=20), seed=1)
    assert quiz.spent_ms == 0
    quiz.keep(13_000)
    other = world.desk()  # the first is never closed: as after kill -9
    resumed = Quiz.resume(other, quiz.session_id)
    assert resumed.spent_ms == 13_000
    question = open_question(resumed)
    assert question.number == 1
    told = resumed.hand_in(right_answer(resumed, question), duration_ms=resumed.spent_ms + 9_000)
    assert told.is_late
    assert resumed.spent_ms == 0, "the next question has its whole time"
    assert Quiz.resume(other, quiz.session_id).spent_ms == 0
    other.close()


def test_no_time_is_kept_of_what_is_answered(desk: Desk) -> None:
    quiz = Quiz.begin(desk, Selection(decks=("steps",)), QuizOptions(kind="typed", count=1), seed=5)
    told = quiz.hand_in(Given(text="a decaying sum"), duration_ms=4000)
    quiz.keep(9000)
    resumed = Quiz.resume(desk, quiz.session_id)
    assert resumed.waiting() is not None
    assert resumed.spent_ms == 0
    quiz.settle(told)
    quiz.keep(9000)
    assert Quiz.resume(desk, quiz.session_id).result().answered == 1


def test_a_late_answer_in_words_is_settled_at_once(desk: Desk) -> None:
    options = QuizOptions(kind="typed", count=1, seconds_per_question=5)
    quiz = Quiz.begin(desk, Selection(decks=("steps",)), options, seed=1)
    told = quiz.hand_in(Given(text="too late"), duration_ms=60_000)
    assert (told.is_late, told.needs) == (True, "")
    assert quiz.is_over


def test_words_are_ticked_by_the_grader_and_the_learner_has_the_last_word(desk: Desk) -> None:
    quiz = Quiz.begin(desk, Selection(cards=("steps#drive",)), QuizOptions(kind="typed", count=1), seed=5)
    told = quiz.hand_in(Given(text="It steps along a decaying sum of past gradients."), duration_ms=9)
    assert told.sheet is not None
    assert told.sheet.said == {"sum"}
    assert told.mark.score == 0.5
    told.sheet.said.add("damped")
    assert quiz.settle(told).score == 1
    assert quiz.told(0).sheet == told.sheet, "read again with the learner's ticks"


def test_time_is_counted_by_question(desk: Desk) -> None:
    quiz = Quiz.begin(desk, CHOICES, CHOICE, seed=1)
    for seconds in (10, 20, 30, 40, 50):
        told = quiz.hand_in(wrong_answer(quiz, open_question(quiz)), duration_ms=1000 * seconds)
        assert told.needs == ""
    found = quiz.result()
    assert found.seconds == 150
    assert sum(line.seconds * line.questions for line in found.levels) == pytest.approx(150)


# -- what cannot be answered -------------------------------------------------------------------------


def test_a_number_that_cannot_be_read_is_asked_for_again(desk: Desk) -> None:
    quiz = Quiz.begin(desk, Selection(), QuizOptions(kind="numeric", count=1), seed=1)
    question = open_question(quiz)
    with pytest.raises(QuizError):
        quiz.hand_in(Given(text="about as much"), duration_ms=1000)
    assert quiz.question() == question
    assert desk.store.history() == []
    told = quiz.hand_in(Given(text="about as much"), duration_ms=1000, is_final=True)
    assert told.mark.score == 0


def test_options_that_are_not_there_are_refused(desk: Desk) -> None:
    quiz = Quiz.begin(desk, CHOICES, CHOICE, seed=1)
    with pytest.raises(QuizError, match="no option"):
        quiz.hand_in(Given(("strange",)), duration_ms=1)
    while (question := quiz.question()) is not None:
        ids = tuple(id for id, _ in question.options)
        with pytest.raises(QuizError, match="An option is named twice"):
            quiz.hand_in(Given((ids[0], ids[0])), duration_ms=1)
        if question.form in PICK_ONE:
            with pytest.raises(QuizError, match="Only one"):
                quiz.hand_in(Given(ids), duration_ms=1)
        if question.form == "order":
            with pytest.raises(QuizError, match="no place"):
                quiz.hand_in(Given(ids[:1]), duration_ms=1)
        quiz.hand_in(wrong_answer(quiz, question), duration_ms=1)
    with pytest.raises(QuizError, match="No question is open"):
        quiz.hand_in(Given(), duration_ms=1)


def test_an_answer_that_cannot_be_written_leaves_the_question_open(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    quiz = Quiz.begin(desk, CHOICES, CHOICE, seed=1)
    question = open_question(quiz)

    def full(*_: object, **__: object) -> None:
        raise StoreUnwritableError("The disk is full.")

    with monkeypatch.context() as patch:
        patch.setattr(desk.store, "append_in_session", full)
        with pytest.raises(StoreUnwritableError):
            quiz.hand_in(wrong_answer(quiz, question), duration_ms=1)
    assert quiz.question() == question
    assert quiz.answered == 0


def test_what_is_picked_and_written_is_there_after_a_restart(desk: Desk) -> None:
    quiz = Quiz.begin(desk, CHOICES, CHOICE, seed=1)
    draft = wrong_answer(quiz, open_question(quiz))
    quiz.keep(4000, replace(draft, text="half a reason"))
    again = Quiz.resume(desk, quiz.session_id)
    assert (again.spent_ms, again.draft) == (4000, replace(draft, text="half a reason"))
    again.keep(5000)
    assert Quiz.resume(desk, quiz.session_id).draft == again.draft, "plain lines keep what a screen wrote"
    again.hand_in(draft, duration_ms=6000)
    assert Quiz.resume(desk, quiz.session_id).draft == Given()


def test_of_two_windows_on_one_quiz_the_second_to_write_is_told(desk: Desk) -> None:
    one = Quiz.begin(desk, CHOICES, QuizOptions(kind="choice", count=2), seed=1)
    two = Quiz.resume(desk, one.session_id)
    answer_all(one, right=True)
    with pytest.raises(StoreError, match="another window"):
        answer_all(two, right=False)
    assert last_finished(desk) is not None
    assert Quiz.resume(desk, one.session_id).result().right == 2
    assert len(desk.store.history()) == 2


def test_a_settled_answer_that_cannot_be_written_still_waits(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    quiz = Quiz.begin(desk, Selection(decks=("steps",)), QuizOptions(kind="typed", count=1), seed=5)

    def full(*_: object, **__: object) -> None:
        raise StoreUnwritableError("The disk is full.")

    with monkeypatch.context() as patch:
        patch.setattr(desk.store, "keep_session", full)
        with pytest.raises(StoreUnwritableError):
            quiz.hand_in(Given(text="words"), duration_ms=1)
    told = quiz.hand_in(Given(text="other words"), duration_ms=1)
    with monkeypatch.context() as patch:
        patch.setattr(desk.store, "append_in_session", full)
        with pytest.raises(StoreUnwritableError):
            quiz.settle(told)
    waiting = quiz.waiting()
    assert waiting is not None
    assert waiting.given.text == "other words"
    quiz.settle(waiting)
    assert quiz.is_over


def test_a_selection_without_questions_of_the_kind_is_an_error(desk: Desk) -> None:
    with pytest.raises(NotFoundError, match="No typed question"):
        Quiz.begin(desk, CHOICES, QuizOptions(kind="typed"))
    with pytest.raises(QuizError, match="There is no quiz"):
        Quiz.resume(desk, "0190")


# -- the schedule ------------------------------------------------------------------------------------


def test_the_setting_lets_quiz_answers_move_cards_that_drills_ask(world: World) -> None:
    with_quiz_decks(world).settings = replace(world.settings, quiz_moves_schedule=True)
    desk = world.desk()
    quiz = Quiz.begin(desk, CHOICES, CHOICE, seed=1)
    answer_all(quiz, right=True)
    assert set(desk.store.states()) == {"choices#blank"}, "only its deck says that drills may ask it"
    desk.close()


def drilled(desk: Desk, card: str) -> None:
    drill = Drill(desk, Selection(cards=(card,)))
    ask = drill.next()
    assert ask is not None
    drill.answer(ask, Response(rating=Rating.GOOD))


def test_what_is_due_today_is_left_out_unless_there_is_too_little_else(world: World, desk: Desk) -> None:
    drilled(desk, "steps#drive")
    world.clock.forward(days=30)
    few = Quiz.begin(desk, Selection(), QuizOptions(kind="choice", count=5), seed=1)
    questions = []
    while (question := few.question()) is not None:
        questions.append(question)
        few.hand_in(wrong_answer(few, question), duration_ms=1)
    assert len(questions) == 5
    assert not any(q.is_due for q in questions)
    saved = desk.store.sessions("quiz", session_id=few.session_id)[0]
    assert not {"steps#drive", "choices#pick"} & {dict(i)["card"] for i in saved.items}  # type: ignore[call-overload]
    every = Quiz.begin(desk, Selection(), QuizOptions(kind="choice", count=7), seed=1)
    saved = desk.store.sessions("quiz", session_id=every.session_id)[0]
    due = {dict(i)["card"] for i in saved.items if dict(i).get("is_due")}  # type: ignore[call-overload]
    assert due == {"steps#drive", "choices#pick"}


def test_hidden_cards_are_not_asked(desk: Desk) -> None:
    desk.store.mark("choices#pick", "suspended", "1", now=desk.clock())
    quiz = Quiz.begin(desk, CHOICES, QuizOptions(kind="choice", count=9), seed=1)
    assert quiz.count == 4


# -- again, and over time ----------------------------------------------------------------------------


def test_again_asks_only_what_was_not_right_and_mixes_it_anew(desk: Desk) -> None:
    quiz = Quiz.begin(desk, Selection(), QuizOptions(kind="numeric", count=1), seed=1)
    first = open_question(quiz).text
    answer_all(quiz, right=False)
    repeat = quiz.again()
    assert repeat.count == 1
    assert open_question(repeat).text != first, "other numbers"
    answer_all(repeat, right=True)
    assert repeat.result().right == 1
    past = past_quizzes(desk)
    assert [(p.is_repeat, p.right) for p in past] == [(True, 1), (False, 0)]
    assert trend(past) == [0.0]


def test_the_history_has_what_was_finished_or_is_open_and_not_what_was_given_up(
    world: World, desk: Desk
) -> None:
    done = Quiz.begin(desk, CHOICES, CHOICE, seed=1)
    answer_all(done, right=True)
    world.clock.forward(minutes=5)
    given_up = Quiz.begin(desk, CHOICES, CHOICE, seed=2)
    given_up.hand_in(wrong_answer(given_up, open_question(given_up)), duration_ms=1)
    given_up.give_up()
    world.clock.forward(minutes=5)
    still_open = Quiz.begin(desk, CHOICES, CHOICE, seed=3)
    still_open.hand_in(Given(), duration_ms=1)
    past = past_quizzes(desk)
    assert [(p.id, p.is_open, p.answered, p.right) for p in past] == [
        (still_open.session_id, True, 1, 0),
        (done.session_id, False, 5, 5),
    ]
    assert trend(past) == [1.0]
    assert past[1].selection == "deck choices"
    finished = last_finished(desk)
    assert finished is not None
    assert finished.id == done.session_id
    assert Quiz.resume(desk, finished.id).result() == done.result(), "it can be read again"
