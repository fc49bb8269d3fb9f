"""Typed answers against key points and misconceptions: what is said, denied, contrasted, misspelt, in
symbols."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from interviewprep.grading.answers import Graded, Result, grade_answer, rate
from interviewprep.grading.facts import CardFacts, MisconceptionFacts, PointFacts
from interviewprep.memory.types import Rating

MOMENTUM = CardFacts(
    question="What does momentum change about SGD?",
    points=(
        PointFacts(
            "decaying-sum", True, ("sums past gradients with decay", "averages past gradients", "velocity")
        ),
        PointFacts(
            "cancels", True, ("components that flip sign cancel", "oscillations average out", "less zigzag")
        ),
        PointFacts("overshoot", False, ("it can overshoot the minimum", "too much momentum overshoots")),
    ),
    misconceptions=(
        MisconceptionFacts(
            "per-weight", ("Momentum adapts the step per weight.", "adapts the learning rate per weight")
        ),
    ),
)
SOFTMAX = CardFacts(
    question="What does scaled attention compute?",
    points=(
        PointFacts("scaled", True, ("scores are divided by the square root of d_k", "divide by sqrt(d_k)")),
        PointFacts("no-update", True, ("it does not update the weights", "the weights stay frozen")),
        PointFacts("share", False, ("the average is 1/n times the sum", "sum over n")),
        PointFacts("rate", False, ("beta is usually 0.9",)),
    ),
    misconceptions=(),
)


def result(card: CardFacts, text: str, point: str) -> Result:
    return next(p.result for p in grade_answer(card, text).points if p.id == point)


def rating(card: CardFacts, text: str) -> Rating:
    return rate(card, grade_answer(card, text)).rating


@pytest.mark.parametrize(
    "text",
    [
        "It averages past gradients.",
        "it AVERAGES   the past   gradients",
        "You keep an average of the previous gradients, that is the velocity.",
        "It is averaging gradients of the past",
        "it avarages past gradeints",
        "A running mean of earlier derivatives.",
    ],
)
def test_a_point_is_said_in_other_words_forms_and_spellings(text: str) -> None:
    assert result(MOMENTUM, text, "decaying-sum") is Result.SAID


@pytest.mark.parametrize(
    ("text", "point"),
    [
        ("The scores are divided by √d_k.", "scaled"),
        ("scores / sqrt(d_k)", "scaled"),
        ("1/n * sum", "share"),
        ("usually β = 0.9", "rate"),
        ("beta is 0.90 in most cases", "rate"),
        ("The weights aren't updated.", "no-update"),
    ],
)
def test_symbols_and_formulas_count_as_their_words(text: str, point: str) -> None:
    assert result(SOFTMAX, text, point) is Result.SAID


@pytest.mark.parametrize(
    "text",
    [
        "It updates the weights.",
        "It does update all the weights",
    ],
)
def test_claiming_what_a_point_denies_is_not_saying_it(text: str) -> None:
    assert result(SOFTMAX, text, "no-update") in (Result.CONTRADICTED, Result.MISSING, Result.PARTLY)


def test_denying_a_point_contradicts_it() -> None:
    assert result(MOMENTUM, "It does not average past gradients.", "decaying-sum") is Result.CONTRADICTED


def test_what_others_think_or_do_is_not_claimed() -> None:
    stated = grade_answer(
        MOMENTUM, "People think it adapts the learning rate per weight, but it doesn't."
    ).stated
    assert stated == frozenset()
    assert grade_answer(MOMENTUM, "It adapts the learning rate per weight.").stated == {"per-weight"}
    contrasted = "Unlike Adam, which adapts the learning rate per weight, it has one rate."
    assert grade_answer(MOMENTUM, contrasted).stated == frozenset()


def test_the_words_that_decided_are_marked_in_the_answer() -> None:
    text = "Hm, so… it averages  past gradients, I think."
    (point, *_) = grade_answer(MOMENTUM, text).points
    (span,) = point.spans
    assert text[span.start : span.end] == "averages  past gradients"
    assert point.reason == "like “averages past gradients”"


def test_what_is_not_there_has_no_words() -> None:
    for point in grade_answer(MOMENTUM, "The weather was fine.").points:
        assert (point.result, point.spans) == (Result.MISSING, ())


@pytest.mark.parametrize("text", ["", "   ", "\n", "...", "\x00", "?!", "🙂"])
def test_an_answer_without_words_is_again(text: str) -> None:
    graded = grade_answer(MOMENTUM, text)
    assert graded.said == graded.stated == frozenset()
    assert rating(MOMENTUM, text) is Rating.AGAIN


def test_a_card_without_points_or_misconceptions_can_be_graded() -> None:
    empty = CardFacts("Why?", (), ())
    assert grade_answer(empty, "because") == Graded((), ())


SENTENCES = (
    "It averages past gradients",
    "Oscillations average out",
    "Too much momentum overshoots",
    "It adapts the learning rate per weight",
    "It does not average anything",
    "People say it is like Adam, but no",
    "v = beta*v + g, w = w - lr*v",
    "I am not sure about the rest",
    "Unlike SGD, it remembers",
    "The ball rolls downhill",
)
ANSWERS = st.lists(st.sampled_from(SENTENCES), max_size=5)
POINTS = [p.wordings[0] for p in (*MOMENTUM.points, *SOFTMAX.points)]


def joined(sentences: list[str]) -> str:
    return " ".join(f"{sentence}." for sentence in sentences)


@given(ANSWERS, st.sampled_from(MOMENTUM.points))
@settings(deadline=None, max_examples=60)
def test_saying_one_more_point_never_lowers_the_rating(sentences: list[str], point: PointFacts) -> None:
    before = grade_answer(MOMENTUM, joined(sentences))
    after = grade_answer(MOMENTUM, joined([*sentences, point.wordings[0]]))
    assert before.said <= after.said
    assert after.stated <= before.stated
    assert rate(MOMENTUM, before).rating <= rate(MOMENTUM, after).rating


@given(ANSWERS, st.randoms(use_true_random=False))
@settings(deadline=None, max_examples=60)
def test_case_spaces_and_the_order_of_sentences_make_no_difference(
    sentences: list[str], chance: object
) -> None:
    shuffled = list(sentences)
    getattr(chance, "shuffle")(shuffled)  # noqa: B009  (hypothesis types it as random.Random only at run time)
    first = grade_answer(MOMENTUM, joined(sentences))
    for other in (joined(shuffled), joined(sentences).upper(), joined(sentences).replace(" ", "  \t")):
        found = grade_answer(MOMENTUM, other)
        assert found.said == first.said
        assert found.stated == first.stated


@given(st.text(max_size=200))
@settings(deadline=None, max_examples=100)
def test_any_text_can_be_graded_and_spans_lie_inside_of_it(text: str) -> None:
    graded = grade_answer(SOFTMAX, text)
    for line in (*(p.id for p in graded.points), *(m.id for m in graded.misconceptions)):
        for start, end in graded.spans(line):
            assert 0 <= start < end <= len(text)
