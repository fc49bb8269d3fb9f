"""What an answer says in the card's very words."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from interviewprep.grading.cardwords import prepare
from interviewprep.grading.facts import CardFacts, MisconceptionFacts, PointFacts
from interviewprep.grading.literal import LiteralMeasures, literal_measures, verbatim
from interviewprep.grading.stretches import clauses_of, stretches_of

CARD = CardFacts(
    question="What does momentum change?",
    points=(
        PointFacts("sum", True, ("averages past gradients", "velocity vector")),
        PointFacts("cancels", False, ("oscillations cancel each other",)),
    ),
    misconceptions=(
        MisconceptionFacts(
            "per-weight", ("Momentum adapts the learning rate per weight.", "Adam clone", "Rescaling")
        ),
    ),
)


def measures(text: str) -> list[LiteralMeasures]:
    card = prepare(CARD)
    return literal_measures(card, stretches_of(card, clauses_of(card, text)))


def stated(text: str) -> list[bool]:
    card = prepare(CARD)
    return verbatim(card, stretches_of(card, clauses_of(card, text)))


def test_the_share_of_the_words_is_measured() -> None:
    own, other = measures("It averages the past gradients.")
    assert own == pytest.approx((1.0, 0.0, 0.5, 1.0, 1.0))
    assert other == pytest.approx((0.0,) * 5)


def test_half_the_words_are_half() -> None:
    assert measures("There is a vector.")[0] == pytest.approx((0.5, 0.0, 0.25, 0.5, 0.5))


def test_synonyms_do_not_count_and_forms_of_a_word_do() -> None:
    assert measures("A running mean of earlier slopes.")[0].best == 0
    assert measures("Averaging a past gradient.")[0].best == 1


def test_words_of_another_line_count_against_a_point() -> None:
    both = measures("Oscillations cancel in the velocity vector.")
    assert [row.best for row in both] == [1.0, 0.5]
    assert [row.over_rivals for row in both] == [0.5, 0.0]
    wrong = measures("The velocity vector adapts the learning rate per weight.")[0]
    assert (wrong.best, wrong.over_wrong) == pytest.approx((1.0, 1 / 6))


def test_an_answer_without_words_has_nothing() -> None:
    assert measures("") == [LiteralMeasures(0, 0, 0, 0, 0)] * 2


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Momentum adapts the learning rate per weight.", True),
        ("I would say momentum adapts a learning rate per weight, yes.", True),
        ("Momentum adapts the rate of learning per weight.", False),
        ("Momentum adapts the learning rate.", False),
        ("Momentum does not adapt the learning rate per weight.", False),
        ("People think momentum adapts the learning rate per weight, but no.", False),
        ("It is an Adam clone.", True),
        ("Rescaling.", False),
        ("", False),
    ],
)
def test_a_misconception_is_verbatim_when_a_whole_wording_is_claimed_in_a_row(
    text: str, wanted: bool
) -> None:
    assert stated(text) == [wanted]


SENTENCES = st.lists(
    st.sampled_from(
        [
            "It averages gradients.",
            "The past.",
            "Oscillations cancel.",
            "A learning rate per weight.",
            "Velocity!",
        ]
    ),
    max_size=4,
)


@given(SENTENCES, SENTENCES)
@settings(deadline=None, max_examples=50)
def test_saying_more_never_makes_a_measure_less(said: list[str], more: list[str]) -> None:
    for before, after in zip(measures(" ".join(said)), measures(" ".join(said + more)), strict=True):
        assert all(a <= b for a, b in zip(before, after, strict=True))
