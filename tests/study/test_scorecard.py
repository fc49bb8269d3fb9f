"""The arithmetic of the scorecard, counted by hand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support import World
from support_mock import ALL, answer, begun, mock_decks

from interviewprep.memory.types import Rating
from interviewprep.render.scorecards import facts, verdict_words
from interviewprep.study.desk import Desk
from interviewprep.study.mock import Mock
from interviewprep.study.mock_marks import Marks, rating_of, share


@pytest.fixture
def desk(world: World) -> Desk:
    mock_decks(world)
    return world.desk()


def topics_of(mock: Mock) -> list[str]:
    return [t.topic for t in mock.scorecard().topics]


def test_points_topics_misconceptions_and_pace(desk: Desk) -> None:
    mock = begun(desk, topics=("beta",), minutes=12)
    answer(mock, ALL, seconds=30)  # easy, 60 s
    answer(mock, "nothing comes to mind", seconds=10)
    answer(mock, "apples fall. Dragons sleep.", seconds=60)  # medium, 90 s
    answer(mock, "SECRET rest reply.", seconds=10)
    answer(mock, "who knows", seconds=90)  # hard, 120 s
    answer(mock, "SECRET rest reply.", seconds=10)
    card = mock.finish()
    assert card.points == (4, 0, 9)
    assert card.points.share == pytest.approx(4 / 9)
    assert card.follow_ups == (2, 0, 3)
    assert [(t.topic, t.questions, t.points) for t in card.topics] == [("Topic beta", 3, (4, 0, 9))]
    assert (card.stated, card.seconds, card.target_seconds) == (1, 60, 90)
    assert card.total_seconds == 30 + 30 + 60 + 90 + 30
    assert [a.rating for a in card.answers if a.entry.is_question] == [
        Rating.GOOD,
        Rating.AGAIN,
        Rating.AGAIN,
    ]
    assert [m.id for m in card.answers[2].stated] == ["wrong"]
    found = desk.store.sessions("mock")[0].result
    assert (found["points_said"], found["points"], found["score"]) == (4, 9, 0.4444)


def test_confidence_against_correctness(desk: Desk) -> None:
    mock = begun(desk, topics=("beta",), minutes=12)
    for text, confidence in [(ALL, 3), ("who knows", 3), ("who knows", 3), ("", 1), (ALL, 1), ("", 3)]:
        answer(mock, text, confidence=confidence)
    card = mock.scorecard()
    assert [(c.word, c.right, c.of) for c in card.calibration] == [
        ("sure", 1, 2),
        ("think", 0, 0),
        ("guess", 1, 1),
    ]
    assert card.sure_and_wrong == 1


def test_a_follow_up_the_program_read_is_not_held_against_the_learner(desk: Desk) -> None:
    mock = begun(desk, topics=("beta",), minutes=5)
    answer(mock, ALL, confidence=2)
    answer(mock, "said in other words", confidence=3)
    card = mock.finish()
    follow_up = card.answers[1]
    assert (card.follow_ups, card.sure_and_wrong) == ((0, 0, 1), 0)
    assert [(c.word, c.of) for c in card.calibration] == [("sure", 0), ("think", 1), ("guess", 0)]
    assert verdict_words(follow_up) == "0 of 1 point, sure"
    changed = mock.correct(1, said={"answer"}, stated=())
    assert changed.calibration[0] == (3, 1, 1)
    assert verdict_words(changed.answers[1]) == "1 of 1 point, sure and right, marks changed by hand"
    confirmed = mock.correct(1, said=(), stated=())  # ticked and unticked: it was wrong
    assert (confirmed.calibration[0], confirmed.sure_and_wrong) == ((3, 0, 1), 1)


def test_a_spoken_follow_up_is_the_learners_own_mark(desk: Desk) -> None:
    mock = begun(desk, topics=("beta",), minutes=5, spoken=True)
    for said in (("one", "two", "three"), ()):
        answer(mock, "", confidence=3)
        mock.mark(said=said, stated=())
    assert mock.scorecard().calibration[0] == (3, 1, 2)
    assert mock.scorecard().sure_and_wrong == 1


def test_facts_say_how_many_follow_ups_were_right_and_what_time_was_left(desk: Desk) -> None:
    mock = begun(desk, topics=("beta",), levels=("easy",), minutes=5)
    answer(mock, ALL, seconds=30)
    answer(mock, "said in other words", seconds=30)
    found = facts(mock.finish())
    assert found[0] == "0 of 1 follow-up right"
    assert found[-1] == "no question was left with 3:30 to go"


def test_study_next_is_sure_and_wrong_then_wrong_statements_then_what_was_missed(desk: Desk) -> None:
    mock = begun(desk, minutes=30)
    plans = iter([(ALL, 3), ("", 2), ("apples fall", 3), (f"{ALL}, dragons sleep", 2), ("apples fall", 1)])
    names = []
    while (asked := mock.asked()) is not None:
        if asked.text.startswith("What is"):
            text, confidence = next(plans, (ALL, 2))
            answer(mock, text, confidence=confidence)
            names.append(mock.scorecard().answers[-1].item.card)
        else:
            answer(mock, "")
    found = mock.finish().study_next
    assert [n.card for n in found] == [names[2], names[3], names[1]]
    assert [n.why for n in found] == [
        "sure and wrong, 1 must point not said",
        "stated a misconception",
        "2 must points not said",
    ]


def test_where_all_was_said_nothing_is_to_study(desk: Desk) -> None:
    mock = begun(desk, minutes=5)
    answer(mock, ALL)
    assert mock.finish().study_next == ()


def test_a_scorecard_of_nothing_divides_by_nothing(desk: Desk) -> None:
    card = begun(desk, opened=False).finish()
    assert (card.points.share, card.seconds, card.topics, card.calibration) == (0, 0, (), ())
    assert card.to_json()["score"] == 0


@given(st.integers(0, 9), st.integers(0, 9), st.integers(0, 9))
def test_half_a_point_is_half_a_point(said: int, partly: int, missed: int) -> None:
    found = share(said, partly, said + partly + missed)
    assert 0 <= found <= 1
    assert found * (said + partly + missed) == pytest.approx(said + partly / 2)


def test_ratings(desk: Desk) -> None:
    card = begun(desk).items[0].asked_card
    for words, seconds, confidence, rating in [
        (("said", "said", "said"), 20, 3, Rating.EASY),
        (("said", "said", "said"), 20, 2, Rating.GOOD),
        (("said", "said", "missed"), 20, 3, Rating.HARD),
        (("said", "said", "said"), 181, 3, Rating.HARD),
        (("said", "partly", "said"), 20, 3, Rating.AGAIN),
        (("said", "contradicted", "said"), 20, 3, Rating.AGAIN),
    ]:
        marks = Marks(dict(zip(("one", "two", "three"), words, strict=True)))
        found = rating_of(card, marks, seconds=seconds, target=90, confidence=confidence)
        assert found.rating is rating
        assert (marks.said + marks.partly + len(marks.missed)) == 3
