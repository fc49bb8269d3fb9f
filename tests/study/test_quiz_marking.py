"""The arithmetic of marks and results."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviewprep.cards.model import KeyPoint, Misconception, QaCard
from interviewprep.memory.types import Rating
from interviewprep.study.quiz_items import Form, Item, QuizOption, item_from_json
from interviewprep.study.quiz_marking import Given, Mark, mark_choice, mark_sheet, rating_of
from interviewprep.study.quiz_questions import question_of, told_of
from interviewprep.study.quiz_result import Answered, Line, sum_up
from interviewprep.study.sheet import AnswerSheet


def item(form: Form = "several", *, topic: str = "T", level: str = "easy", generated: bool = False) -> Item:
    options = tuple(QuizOption(c, c, c in "ab", place=n) for n, c in enumerate("abcd", 1))
    return Item(
        form=form, card="d#c", question="?", topic=topic, level=level, options=options, is_generated=generated
    )


@pytest.mark.parametrize(
    ("picked", "score"),
    [("ab", 1.0), ("a", 0.5), ("abc", 0.5), ("ac", 0.0), ("abcd", 0.0), ("cd", 0.0), ("", 0.0)],
)
def test_several_counts_what_is_right_less_what_is_wrong(picked: str, score: float) -> None:
    assert mark_choice(item(), tuple(picked)).score == score


def test_the_verdict_names_every_option_that_decided() -> None:
    assert mark_choice(item(), ("a", "c")).verdict == {"a": "right", "c": "wrong", "b": "missed"}


@pytest.mark.parametrize(("picked", "score"), [("abcd", 1.0), ("abdc", 2 / 3), ("dcba", 0.0), ("ab", 0.0)])
def test_order_counts_pairs(picked: str, score: float) -> None:
    assert mark_choice(item("order"), tuple(picked)).score == pytest.approx(score)


def test_true_or_false_without_its_reason_counts_half() -> None:
    options = (QuizOption("true", "True", right=True), QuizOption("false", "False"))
    asked = Item(form="true-false", card="d#c", question="?", topic="T", options=options)
    assert mark_choice(asked, ("true",), reason_given=False).score == 0.5
    assert mark_choice(asked, ("true",), reason_given=True).score == 1
    assert mark_choice(asked, ("false",), reason_given=True).score == 0


def test_a_statement_made_from_a_card_needs_a_reason_only_where_it_is_called_false() -> None:
    def made(*, is_true: bool) -> Item:
        options = (QuizOption("true", "True", right=is_true), QuizOption("false", "False", right=not is_true))
        return Item(
            form="true-false", card="d#c", question="?", topic="T", options=options, is_generated=True
        )

    for is_true in (True, False):
        asked = question_of(made(is_true=is_true), number=1, of=1, seconds=0)
        assert asked.wants_reason == ("false",), "what is asked does not depend on what is right"
    assert mark_choice(made(is_true=True), ("true",), reason_given=False).score == 1
    assert mark_choice(made(is_true=False), ("false",), reason_given=False).score == 0.5
    assert mark_choice(made(is_true=False), ("false",), reason_given=True).score == 1
    for is_true, picked, needs in ((True, "true", ""), (False, "false", "reason"), (True, "false", "")):
        given_ = Given((picked,), "because")
        assert told_of(made(is_true=is_true), given_, number=1, is_late=False).needs == needs


def sheet(*said: str, stated: bool = False) -> AnswerSheet:
    points = tuple(KeyPoint(id=i, text=i, weight="nice" if i == "n" else "must") for i in "abn")
    wrong = (Misconception(id="w", wrong="w", why="w"),)
    made = AnswerSheet(QaCard(id="c", question="?", short="!", key_points=points, misconceptions=wrong))
    made.said = set(said)
    made.stated = {"w"} if stated else set()
    return made


def test_words_count_by_must_points_and_half_after_a_wrong_statement() -> None:
    assert mark_sheet(sheet("a", "b")).score == 1
    assert mark_sheet(sheet("a", "n")).score == 0.5
    assert mark_sheet(sheet("n")).score == 0
    assert mark_sheet(sheet("a", "b", stated=True)).score == 0.5
    assert mark_sheet(sheet("a", stated=True)).verdict == {
        "a": "said", "b": "missed", "n": "missed", "w": "stated",
    }  # fmt: skip


def test_ratings_follow_marks() -> None:
    assert rating_of(item("one"), Mark(1.0)) is Rating.GOOD
    assert rating_of(item("one", generated=True), Mark(1.0)) is Rating.HARD
    assert rating_of(item("several"), Mark(0.5)) is Rating.AGAIN
    assert rating_of(item("numeric"), Mark(0.5)) is Rating.HARD
    assert rating_of(item("true-false"), Mark(0.5)) is Rating.HARD
    assert rating_of(item("typed"), Mark(0.5)) is Rating.AGAIN
    assert rating_of(item("typed"), Mark(1.0)) is Rating.GOOD


def test_a_result_adds_up_by_topic_and_level() -> None:
    items = [
        item(topic="A", level="easy"),
        item(topic="A", level="hard"),
        item(topic="B", level="hard"),
        item(topic="B", level="hard"),
    ]
    answers = [
        Answered(score=1.0, duration_ms=10_000),
        Answered(score=0.5, duration_ms=20_000),
        Answered(score=0.0, duration_ms=30_000, is_late=True),
    ]
    found = sum_up(items, answers)
    assert (found.questions, found.answered, found.right, found.late) == (4, 3, 1, 1)
    assert found.score == 0.5
    assert found.seconds == 60
    assert found.topics == (Line("B", 1, 0, 0.0, 30.0), Line("A", 2, 1, 0.75, 15.0))
    assert found.levels == (Line("easy", 1, 1, 1.0, 10.0), Line("hard", 2, 0, 0.25, 25.0))
    assert found.wrong == (1, 2)


def test_nothing_answered_is_no_error() -> None:
    found = sum_up([item()], [])
    assert (found.answered, found.score, found.topics, found.levels) == (0, 0.0, (), ())


@given(
    st.lists(
        st.tuples(st.sampled_from("ABC"), st.sampled_from(["easy", "", "hard"]), st.floats(0, 1)), max_size=12
    )
)
def test_topics_and_levels_each_hold_every_question(rows: list[tuple[str, str, float]]) -> None:
    items = [item(topic=topic, level=level) for topic, level, _ in rows]
    answers = [Answered(score=score, duration_ms=1000) for _, _, score in rows]
    found = sum_up(items, answers)
    for lines in (found.topics, found.levels):
        assert sum(line.questions for line in lines) == len(rows)
        assert sum(line.right for line in lines) == found.right
        assert sum(line.score * line.questions for line in lines) == pytest.approx(found.score * len(rows))
    assert len(found.wrong) + found.right == found.answered


def test_an_item_survives_its_way_through_json() -> None:
    made = item("order", generated=True)
    assert item_from_json(made.to_json()) == made
    assert Answered.from_json(Answered(picked=("a",), score=0.5, duration_ms=1).to_json()).picked == ("a",)
    with pytest.raises(ValueError, match="no form"):
        item_from_json({"form": "strange", "card": "d#c", "question": "?", "topic": "T"})
