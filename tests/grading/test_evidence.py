"""What an answer has for each point: stretches, very words, formulas."""

from __future__ import annotations

from interviewprep.grading.cardwords import prepare
from interviewprep.grading.evidence import LONGEST, Evidence, evidence
from interviewprep.grading.facts import CardFacts, PointFacts
from interviewprep.grading.fitted import WEIGHTS
from interviewprep.grading.stretches import clauses_of, stretches_of

CARD = CardFacts(
    question="What is recall?",
    points=(
        PointFacts("formula", True, ("TP/(TP+FN)", "true positives over all positives")),
        PointFacts("misses", False, ("it counts what is missed",)),
    ),
    misconceptions=(),
    texts=("Specificity is the other one, $TN/(TN+FP)$.", "Precision is TP/(TP+FP)."),
)


def of(text: str, card: CardFacts = CARD) -> Evidence:
    return evidence(prepare(card), text, WEIGHTS.wrong)


def wrong(text: str, card: CardFacts = CARD) -> list[list[tuple[str, bool]]]:
    return [
        [(text[m.formula.start : m.formula.end], m.elsewhere) for m in row] for row in of(text, card).mistaken
    ]


def test_a_right_formula_is_evidence_for_its_point() -> None:
    found = of("tp/(tp+fn)")
    assert found.mistaken == ((), ())
    assert found.literal[0].best == 1


def test_a_mistaken_formula_is_told_and_counts_as_blank_for_its_point() -> None:
    text = "TP/(TP+TN)"
    assert wrong(text) == [[(text, False)], []]
    found = of(text)
    assert found.literal[0].best == 0
    assert found.compared.points[0] == ()


def test_words_beside_a_mistaken_formula_still_count() -> None:
    text = "True positives over all positives, TP/(TP+TN). It counts what is missed."
    found = of(text)
    assert [row.best for row in found.literal] == [1, 1]
    plainly = len(stretches_of(prepare(CARD), clauses_of(prepare(CARD), text)))
    stretches = found.compared.stretches
    first, second = found.compared.points
    assert first
    assert second
    assert all(stretches[row.stretch].whole >= plainly <= row.stretch for row in first)
    assert all(row.stretch < plainly for row in second)


def test_formulas_of_the_cards_other_texts_may_be_right_there() -> None:
    assert wrong("TP/(TP+FP)") == [[("TP/(TP+FP)", True)], []]
    assert wrong("TN/(TN+FP)") == [[("TN/(TN+FP)", True)], []]
    assert wrong("TP/(TP+FP)", CARD._replace(texts=())) == [[("TP/(TP+FP)", False)], []]


def test_the_end_of_an_endless_answer_does_not_count() -> None:
    assert wrong(" " * (LONGEST - 10) + "TP/(TP+TN)")[0] != []
    assert wrong(" " * LONGEST + "TP/(TP+TN)") == [[], []]
