"""The answer sheet: ticks by hand and by the grader, the words that decided, raising and lowering."""

from __future__ import annotations

import pytest

from interviewprep.cards.model import KeyPoint, Misconception, QaCard
from interviewprep.memory.types import Rating
from interviewprep.study.sheet import AnswerSheet

CARD = QaCard(
    id="sgd",
    question="What is stochastic gradient descent?",
    short="SGD steps against the gradient of a random mini-batch.",
    key_points=(
        KeyPoint(id="mini-batch", text="uses the gradient of a random mini-batch", accept=("random batch",)),
        KeyPoint(id="against", text="steps against it", accept=("downhill",)),
        KeyPoint(id="unbiased", weight="nice", text="the estimate is unbiased", accept=("right on average",)),
    ),
    misconceptions=(
        Misconception(id="adds-noise", wrong="SGD adds noise to the weights.", why="The noise is sampling."),
    ),
)


def graded(text: str) -> AnswerSheet:
    sheet = AnswerSheet(CARD, text=text)
    sheet.grade()
    return sheet


def test_a_typed_answer_ticks_what_it_says() -> None:
    sheet = graded("You step downhill with the gradient of a random batch, right on average.")
    assert sheet.said == {"mini-batch", "against", "unbiased"}
    assert sheet.stated == set()
    suggestion = sheet.suggestion()
    assert suggestion is not None
    assert suggestion.rating is Rating.GOOD


def test_a_misconception_is_ticked_and_fails_the_answer() -> None:
    sheet = graded("Downhill with the gradient of a random batch. SGD adds noise to the weights.")
    assert sheet.stated == {"adds-noise"}
    suggestion = sheet.suggestion()
    assert suggestion is not None
    assert suggestion.rating is Rating.AGAIN
    assert "SGD adds noise to the weights" in suggestion.reason


def unsure_sheet() -> AnswerSheet:
    sheet = graded("You step downhill with the gradient of a random batch, right on average.")
    sheet.said, sheet.unsure = {"mini-batch", "unbiased"}, {"against"}
    return sheet


def test_what_is_unsure_is_hard_until_the_learner_decides() -> None:
    sheet = unsure_sheet()
    assert sheet.is_unsure(1)
    assert sheet.suggestion() == (Rating.HARD, "unsure whether you said: steps against it")
    assert sheet.verdict()["against"] == "missed"  # its words were found said, the ticks decide
    assert sheet.toggle(1) is True
    assert not sheet.is_unsure(1)
    assert sheet.suggestion() == (Rating.GOOD, "every point said")
    assert sheet.toggle(1) is False
    assert sheet.suggestion() == (Rating.AGAIN, "must point missing: steps against it")


def test_an_unsure_misconception_is_asked_and_a_second_opinion_ends_doubt() -> None:
    sheet = graded("You step downhill with the gradient of a random batch, right on average.")
    sheet.unsure = {"adds-noise"}
    suggestion = sheet.suggestion()
    assert suggestion is not None
    assert suggestion == (Rating.HARD, "unsure whether you said: “SGD adds noise to the weights”")
    assert sheet.renewed(CARD).unsure == {"adds-noise"}
    sheet.take(said=["mini-batch", "against"], stated=[])
    assert sheet.unsure == set()


def test_without_a_typed_answer_nothing_is_ticked_or_suggested() -> None:
    sheet = graded("  \n ")
    assert sheet.graded is None
    assert sheet.suggestion() is None
    assert sheet.verdict() == {}


def test_the_words_that_decided_are_those_of_the_answer() -> None:
    sheet = graded("Well, you take a Random\nbatch of examples. Then a step downhill.")
    assert sheet.evidence(0) == "Random batch"
    assert "downhill" in sheet.evidence(1)
    assert sheet.evidence(2) == ""
    assert sheet.evidence(3) == ""


def test_ticks_can_be_taken_back_and_the_log_keeps_what_is_ticked() -> None:
    sheet = graded("You step downhill with the gradient of a random batch.")
    assert sheet.verdict() == {"mini-batch": "said", "against": "said", "unbiased": "missed"}
    sheet.toggle(1)
    assert sheet.verdict()["against"] == "missed"
    suggestion = sheet.suggestion()
    assert suggestion is not None
    assert suggestion.rating is Rating.AGAIN


def test_the_log_keeps_a_denied_point_as_contradicted() -> None:
    sheet = graded("The estimate is not unbiased, and it does not use the gradient of a random mini-batch.")
    assert sheet.verdict()["mini-batch"] == "contradicted"


def test_a_rating_is_lowered_freely_and_raised_on_asking() -> None:
    sheet = graded("You step downhill.")
    assert [sheet.is_raise(rating) for rating in Rating] == [False, True, True, True]
    whole = graded("You step downhill with the gradient of a random batch, right on average.")
    assert [whole.is_raise(rating) for rating in Rating] == [False, False, False, False]
    whole.confidence = 1
    assert whole.is_raise(Rating.EASY)


def test_a_second_opinion_ticks_only_what_the_card_has() -> None:
    sheet = graded("no idea")
    sheet.take(said=["against", "made-up"], stated=["adds-noise", "against"])
    assert (sheet.said, sheet.stated) == ({"against"}, {"adds-noise"})


@pytest.mark.parametrize("text", ["You step downhill with a random batch.", ""])
def test_an_edited_card_keeps_the_answer_and_its_grades(text: str) -> None:
    sheet = graded(text)
    fresh = sheet.renewed(CARD)
    assert (fresh.text, fresh.graded, fresh.said) == (sheet.text, sheet.graded, sheet.said)
