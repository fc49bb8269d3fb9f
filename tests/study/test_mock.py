"""A mock interview below the screens: its course, its clock, its record, and that it goes on after a kill."""

from __future__ import annotations

from dataclasses import replace

import pytest
from support import World
from support_mock import ALL, answer, answer_all, begun, mock_decks

from interviewprep.errors import StoreError
from interviewprep.render.scorecards import shortage_words
from interviewprep.study.desk import Desk
from interviewprep.study.mock import Mock, MockError
from interviewprep.study.mock_course import Stage
from interviewprep.study.mock_options import PLANNED, MockOptions
from interviewprep.study.mock_past import past_mocks, unfinished


@pytest.fixture
def desk(world: World) -> Desk:
    mock_decks(world)
    return world.desk()


def test_it_opens_with_a_question_bound_to_the_role_that_is_not_scored(desk: Desk) -> None:
    mock = begun(desk, opened=False, role="data\tscientist\n")
    asked = mock.asked()
    assert asked is not None
    assert (asked.stage, asked.number, asked.asks_confidence) == (Stage.OPENING, 0, False)
    assert "data scientist" in asked.text
    mock.hand_in("I like data.", duration_ms=5000)
    card = mock.scorecard()
    assert (card.opening_text, card.points.of) == ("I like data.", 0)
    assert desk.store.history() == []


def test_each_question_is_followed_by_one_of_its_follow_ups_to_the_end(desk: Desk) -> None:
    mock = begun(desk, minutes=10)
    planned = mock.count
    stages = []
    while (asked := mock.asked()) is not None:
        stages.append((asked.stage, asked.number))
        answer(mock, ALL, seconds=asked.target_seconds)
    expected = [(s, n) for n in range(1, planned + 1) for s in (Stage.QUESTION, Stage.FOLLOW_UP)]
    assert stages[: 2 * planned] == expected
    assert len(stages) <= 2 * planned + 2, "at the pace that is asked the plan fills the time"
    assert planned >= 3
    assert mock.is_over


def test_what_was_missed_chooses_the_follow_up(desk: Desk) -> None:
    for said, follow_up in [
        ("bridges bend and candles burn", "And the first part"),
        ("apples fall and bridges bend", "And the rest"),
        ("apples fall", "And the rest"),
        ("It is a thing of its own.", "And the rest"),  # two of three
        (ALL, "And deep down"),
    ]:
        mock = begun(desk)
        answer(mock, said)
        asked = mock.asked()
        assert asked is not None
        assert asked.text.startswith(follow_up)


@pytest.mark.parametrize("said", ["", "Pass.", "Sorry, I don't know.", "I have no idea at all", "no clue"])
def test_a_question_that_was_passed_has_no_follow_up(desk: Desk, said: str) -> None:
    mock = begun(desk)
    answer(mock, said)
    asked = mock.asked()
    assert asked is not None
    assert (asked.stage, asked.number) == (Stage.QUESTION, 2)
    assert mock.scorecard().answers[0].marks.missed == ("one", "two", "three")


@pytest.mark.parametrize("said", ["I don't know, but apples fall.", "Ideas pass."])
def test_words_of_passing_within_an_answer_pass_nothing(desk: Desk, said: str) -> None:
    mock = begun(desk)
    answer(mock, said)
    asked = mock.asked()
    assert asked is not None
    assert asked.stage is Stage.FOLLOW_UP


def test_a_spoken_answer_of_which_nothing_is_ticked_was_passed(desk: Desk) -> None:
    mock = begun(desk, spoken=True)
    for stated, stage in (((), Stage.QUESTION), (("wrong",), Stage.FOLLOW_UP)):
        answer(mock, "")
        mock.mark(said=(), stated=stated)
        asked = mock.asked()
        assert asked is not None
        assert asked.stage is stage


def test_quick_answers_are_asked_on_to_until_nothing_is_left(desk: Desk) -> None:
    mock = begun(desk, minutes=5)
    planned = mock.count
    numbers = []
    while (asked := mock.asked()) is not None:
        numbers.append((asked.number, asked.of))
        answer(mock, "", seconds=5)
    assert numbers == [(n, planned) for n in range(1, 10)]
    card = mock.finish()
    assert (card.questions, card.not_reached, card.left_over) == (9, 0, 300 - 30 - 9 * 5)
    assert mock.count == 9


def test_the_clock_ends_what_was_not_planned_and_begins_no_question_for_a_few_seconds(desk: Desk) -> None:
    mock = begun(desk, minutes=5, topics=("beta",))
    planned = mock.count
    assert (planned, mock.items[planned].level) == (1, "medium")  # asked for 90 s
    answer(mock, "", seconds=270 - 45)
    assert mock.asked() is not None, "half the time is left"
    other = begun(desk, minutes=5, topics=("beta",))
    answer(other, "", seconds=270 - 44)
    assert other.asked() is None
    card = other.finish()
    assert (card.questions, card.not_reached, card.left_over) == (1, 0, 0)


def test_a_killed_interview_goes_on_within_its_spare_questions(world: World, desk: Desk) -> None:
    mock = begun(desk, minutes=5)
    for _ in range(mock.count + 1):
        answer(mock, "", seconds=10)
    mock.keep(250_000, "half")  # to the last second: what is open stays open
    before = mock.asked()
    assert before is not None
    assert before.number == before.of + 2
    again = unfinished(world.desk())
    assert again is not None
    assert (again.asked(), again.items, again.state) == (before, mock.items, mock.state)
    assert again.count == before.number


def test_an_interview_kept_before_there_were_spare_questions_goes_on_as_it_was(desk: Desk) -> None:
    saved = desk.store.sessions("mock", session_id=begun(desk, minutes=9).session_id)[0]
    config = {name: value for name, value in saved.config.items() if name != PLANNED}
    old_id = desk.store.start_session("mock", config, now=desk.clock(), items=saved.items[:2])
    old = Mock.resume(desk, old_id)
    old.hand_in("Hello.", duration_ms=1000)
    answer(old, "", seconds=5)
    asked = old.asked()
    assert asked is not None
    assert (asked.stage, asked.number, asked.of) == (Stage.FOLLOW_UP, 1, 2)
    answer_all(old, "", seconds=5)
    assert old.finish().questions == 2


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (
            MockOptions(topics=("beta",), levels=("hard",)),
            "Only 1 question matches the topics and level, so it may end early.",
        ),
        (MockOptions(topics=("beta",)), "Only 3 questions match the topics, so it may end early."),
        (MockOptions(levels=("hard",)), "Only 3 questions match the level, so it may end early."),
        (MockOptions(minutes=45), "Only 9 questions can be asked, so it may end early."),
        (MockOptions(minutes=9), ""),
    ],
)
def test_too_few_questions_for_the_time_are_said_to_be_so(
    desk: Desk, options: MockOptions, words: str
) -> None:
    assert shortage_words(Mock.begin(desk, options, seed=1)) == words


def test_every_answer_is_in_the_log_with_its_marks_and_moves_no_memory(desk: Desk) -> None:
    mock = begun(desk)
    answer(mock, "apples fall. Dragons sleep.", confidence=3, seconds=42)
    [review] = desk.store.sessions("mock")
    entry = mock.state.entries[0]
    assert entry.verdict == {"one": "said", "two": "missed", "three": "missed", "wrong": "stated"}
    [past] = desk.store.history()
    assert (past.mode, past.rating, past.duration_ms, past.stability_after) == ("mock", 1, 42_000, None)
    with desk.store.database.read() as connection:
        row = connection.exec_driver_sql("SELECT moves, confidence, score, part, verdict FROM review").one()
    assert row[:4] == (0, 3, pytest.approx(1 / 3), "question")
    assert '"wrong": "stated"' in row[4]
    assert desk.store.states() == {}
    assert review.ended_at_ms is None


def test_a_killed_interview_goes_on_at_the_same_question(world: World, desk: Desk) -> None:
    mock = begun(desk)
    answer(mock, "apples fall")
    answer(mock, "rest")
    mock.keep(12_000, "half an ans")
    before, state = mock.asked(), mock.state
    again = unfinished(world.desk())  # another process; the first one never closed anything
    assert again is not None
    assert again.session_id == mock.session_id
    assert again.asked() == before
    assert again.state == state
    assert (again.state.open_ms, again.state.draft) == (12_000, "half an ans")
    answer_all(again)
    assert again.finish().questions == again.count
    assert unfinished(world.desk()) is None


def test_cards_edited_or_gone_meanwhile_change_nothing(world: World, desk: Desk) -> None:
    mock = begun(desk)
    for path in (world.home / "shipped").glob("*.yaml"):
        path.unlink()
    again = Mock.resume(world.desk(), mock.session_id)
    answer(again, ALL)
    assert again.scorecard().points == (3, 0, 3)


def test_an_answer_counts_only_once_it_is_on_disk(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    mock = begun(desk)
    before = mock.asked()

    def fail(*_: object, **__: object) -> None:
        raise OSError("disk full")

    with monkeypatch.context() as patched:
        patched.setattr(desk.store, "append_in_session", fail)
        with pytest.raises(OSError, match="disk full"):
            answer(mock, ALL)
    assert mock.asked() == before
    assert mock.state.entries == ()


def test_nothing_asked_tells_the_answer(desk: Desk) -> None:
    mock = begun(desk, opened=False)
    while (asked := mock.asked()) is not None:
        assert "SECRET" not in repr(asked)
        assert mock.marking() is None
        answer(mock, "apples fall")


def test_the_clock_counts_what_is_answered_and_ends_the_interview(desk: Desk) -> None:
    mock = begun(desk, minutes=5)
    assert mock.seconds_left() == 270
    assert mock.seconds_left(open_ms=20_000) == 250
    answer(mock, ALL, seconds=100)
    assert mock.seconds_left() == 170
    answer(mock, ALL, seconds=180)  # the time runs out meanwhile; the answer counts
    assert mock.seconds_left() == -10
    assert mock.asked() is None
    card = mock.finish()
    assert (card.questions, card.follow_ups.of) == (1, 1)
    assert card.not_reached == mock.count - 1
    assert card.total_seconds == 310


def test_what_was_open_before_a_restart_is_counted_once(world: World, desk: Desk) -> None:
    mock = begun(desk, minutes=5)
    mock.keep(40_000)
    again = Mock.resume(world.desk(), mock.session_id)
    assert again.seconds_left() == 230
    answer(again, ALL, seconds=50)  # 40 before the restart, 10 after
    assert again.seconds_left() == 220


def test_a_spoken_answer_is_marked_by_the_learner_while_time_runs(world: World, desk: Desk) -> None:
    mock = begun(desk, spoken=True)
    answer(mock, "", seconds=60, confidence=1)
    assert mock.asked() is None
    again = Mock.resume(world.desk(), mock.session_id)
    marking = again.marking()
    assert marking is not None
    assert [p.id for p in marking.card.key_points] == ["one", "two", "three"]
    again.mark(said={"one", "three"}, stated={"wrong"}, marking_ms=15_000)
    [entry] = again.state.entries
    assert entry.verdict == {"one": "said", "two": "missed", "three": "said", "wrong": "stated"}
    assert (entry.confidence, entry.duration_ms, entry.marking_ms) == (1, 60_000, 15_000)
    assert again.seconds_left() == 20 * 60 - 30 - 75
    asked = again.asked()
    assert asked is not None
    assert asked.text.startswith("And the rest")
    answer(again, "")
    marking = again.marking()
    assert marking is not None
    assert [p.text for p in marking.card.key_points] == ["SECRET rest reply."]


def test_nothing_can_be_handed_in_or_marked_out_of_turn(desk: Desk) -> None:
    mock = begun(desk, spoken=True)
    with pytest.raises(MockError, match="No answer waits"):
        mock.mark(said=(), stated=())
    answer(mock, "")
    with pytest.raises(MockError, match="No question is open"):
        answer(mock, "")
    with pytest.raises(MockError, match="once the interview is over"):
        mock.correct(0, said=(), stated=())


def test_confidence_is_asked_as_the_setting_says(world: World, desk: Desk) -> None:
    asked = begun(desk).asked()
    assert asked is not None
    assert asked.asks_confidence
    world.settings = replace(world.settings, confidence="never")
    mock = begun(world.desk())
    answer(mock, ALL, confidence=3)
    assert mock.state.entries[0].confidence is None


def test_marks_can_be_overruled_at_the_end_and_the_last_word_is_kept(world: World, desk: Desk) -> None:
    mock = begun(desk, minutes=5)
    answer_all(mock, "apples fall", confidence=3)
    card = mock.finish()
    before = len(desk.store.history())
    assert card.points.said == card.questions
    changed = mock.correct(0, said={"one", "two", "three"}, stated=())
    assert changed.points.said == card.points.said + 2
    assert len(desk.store.history()) == before + 1
    again = Mock.resume(world.desk(), mock.session_id).scorecard()
    assert again.points == changed.points
    assert again.answers[0].entry.is_corrected
    assert world.desk().store.sessions("mock")[0].result["points_said"] == changed.points.said
    mock.correct(0, said={"one", "two", "three"}, stated=())  # the same again changes nothing
    assert len(desk.store.history()) == before + 1


def test_ended_early_it_asks_no_more_and_is_not_offered_again(world: World, desk: Desk) -> None:
    mock = begun(desk)
    answer(mock, ALL)
    assert mock.finish().questions == 1
    assert mock.asked() is None
    assert unfinished(world.desk()) is None


def test_an_unknown_interview_is_an_error_that_says_so(desk: Desk) -> None:
    for name in ("", "nope"):
        with pytest.raises(MockError, match="There is no mock interview"):
            Mock.resume(desk, name)
    first = Mock.begin(desk, MockOptions(), seed=1).session_id
    second = Mock.begin(desk, MockOptions(), seed=2).session_id
    common = next(i for i in range(len(first)) if first[i] != second[i])
    with pytest.raises(MockError, match="Several"):
        Mock.resume(desk, first[: min(common, 4)])


def test_a_damaged_record_is_an_error_and_is_not_offered(desk: Desk) -> None:
    mock = begun(desk)
    (saved,) = desk.store.sessions("mock", session_id=mock.session_id)
    desk.store.keep_session(mock.session_id, {"entries": [{"item": "x"}]}, before=saved.state)
    with pytest.raises(MockError, match="cannot be read"):
        Mock.resume(desk, mock.session_id)
    assert unfinished(desk) is None


def test_what_is_written_and_ticked_is_there_after_a_restart(desk: Desk) -> None:
    mock = begun(desk)
    mock.keep(5000, "half an answer")
    again = Mock.resume(desk, mock.session_id)
    assert (again.state.open_ms, again.state.draft) == (5000, "half an answer")
    spoken = begun(desk, spoken=True)
    spoken.hand_in(duration_ms=1000, confidence=2)
    marking = spoken.marking()
    assert marking is not None
    first = marking.card.key_points[0].id
    spoken.keep(2000, ticks={first})
    after = Mock.resume(desk, spoken.session_id)
    assert list(after.state.ticks) == [first]
    after.mark(said={first}, stated=())
    assert not after.state.ticks


def test_of_two_windows_on_one_interview_the_second_to_write_is_told(desk: Desk) -> None:
    one = begun(desk)
    two = Mock.resume(desk, one.session_id)
    answer(one, ALL)
    with pytest.raises(StoreError, match="another window"):
        answer(two, "other words")
    with pytest.raises(StoreError, match="another window"):
        two.keep(1)
    with pytest.raises(StoreError, match="another window"):
        two.finish()
    assert len(Mock.resume(desk, one.session_id).state.entries) == 1
    one.finish()
    three = Mock.resume(desk, one.session_id)
    with pytest.raises(MockError):
        answer(three, ALL)


def test_past_interviews_are_listed_newest_first(world: World, desk: Desk) -> None:
    first = begun(desk, minutes=5, role="data scientist")
    answer(first, "apples fall")
    first.finish()
    world.clock.forward(hours=1)
    begun(desk)
    newest, oldest = past_mocks(desk)
    assert (newest.is_open, newest.score) == (True, None)
    assert (oldest.is_open, oldest.options.role) == (False, "data scientist")
    assert oldest.score == pytest.approx(1 / 3, abs=1e-4)


def test_repeating_the_answer_is_no_answer_to_its_follow_up(world: World) -> None:
    deck = """\
cards:
  - id: sgd
    question: What is stochastic gradient descent?
    short: It steps against the gradient of a random mini-batch, which is noisy but cheap.
    key_points:
      - {id: batch, text: it uses the gradient of a random mini-batch}
      - {id: noisy, text: the gradient is noisy but cheap}
    follow_ups:
      - {id: larger, ask: What changes with a larger batch?, answer: The gradient has less noise but each step
          costs more; the learning rate is usually raised along with the batch.}
"""
    for path in (world.home / "shipped").glob("*.yaml"):
        path.unlink()
    (world.home / "shipped" / "d.yaml").write_text(deck, encoding="utf-8")
    said = {}
    for text in (
        "It steps against the gradient of a random mini-batch, which is noisy but cheap.",
        "Less noise, but a step costs more, and one raises the learning rate.",
        "",
    ):
        mock = begun(world.desk())
        answer(mock, "the gradient of a random mini-batch")
        answer(mock, text)
        said[text[:5]] = mock.state.entries[1].verdict["answer"]
    assert said == {"It st": "missed", "Less ": "said", "": "missed"}
