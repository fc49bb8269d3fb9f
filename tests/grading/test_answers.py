"""Typed answers against key points and misconceptions: what is said, denied, contrasted, misspelt, in
symbols."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from interviewprep.cards.loader import load_deck
from interviewprep.grading.answers import Graded, PointResult, Result, grade_answer, rate
from interviewprep.grading.cardwords import prepare
from interviewprep.grading.facts import CardFacts, MisconceptionFacts, PointFacts, card_facts
from interviewprep.grading.phrases import Phrases
from interviewprep.memory.types import Rating
from interviewprep.settings import shipped_decks

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
        "A running mean of earlier gradients.",
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


@cache
def shipped(ref: str) -> CardFacts:
    """A card of the deck `deep-learning` by file and id."""
    deck, _, name = ref.partition("#")
    loaded = load_deck(
        shipped_decks() / "deep-learning" / f"{deck}.yaml", deck_id=f"deep-learning/{deck}"
    ).deck
    assert loaded is not None
    return card_facts(next(card for card in loaded.cards if card.id == name))


def of_point(ref: str, text: str, point: str) -> PointResult:
    return next(p for p in grade_answer(shipped(ref), text).points if p.id == point)


RECALL = ("metrics#recall", "formula")
RELU = ("activations-and-init#relu", "max-zero-x")
XAVIER = ("activations-and-init#xavier-init", "variance-formula")
SIGMOID = ("activations-and-init#sigmoid", "open-interval")
ATTENTION = ("sequences-and-attention#attention", "scaling")
STRIDE = ("convolution#stride", "formula")


@pytest.mark.parametrize(
    ("place", "text", "formula"),
    [
        (RECALL, "TP/(TP+TN)", "TP/(TP+TN)"),
        (RECALL, "It is tp over tp plus tn.", "tp over tp plus tn"),
        (RELU, "min(0,x)", "min(0,x)"),
        (XAVIER, "the variance is 2/(fan_in - fan_out)", "2/(fan_in - fan_out)"),
        (ATTENTION, "QK^T times sqrt(d_k)", "QK^T times sqrt(d_k)"),
        (SIGMOID, "It has the range (-1, 1).", "(-1, 1)"),
        (SIGMOID, "1/(1+e^x)", "1/(1+e^x)"),
    ],
)
def test_another_formula_contradicts_the_point_and_is_marked(
    place: tuple[str, str], text: str, formula: str
) -> None:
    found = of_point(place[0], text, place[1])
    assert found.result is Result.CONTRADICTED
    assert [text[span.start : span.end] for span in found.spans] == [formula]
    assert found.reason == f"another formula: “{formula}”"


def test_a_formula_of_another_card_line_is_not_the_points() -> None:
    assert of_point(RECALL[0], "TP/(TP+FP)", RECALL[1]).result is Result.MISSING
    assert of_point(RECALL[0], "TP/(TP+FN)", RECALL[1]).result is Result.SAID


@pytest.mark.parametrize(
    ("place", "text"),
    [
        *((RECALL, t) for t in ("tp/(tp + fn)", "TP over TP plus FN", "TP/TP+FN", "- TP ÷ (FN + TP)")),
        *((RELU, t) for t in ("max(0,x)", "f(x) = max(x, 0)")),
        *(
            (XAVIER, t)
            for t in ("2 over fan in plus fan out", "2/(fan_out+fan_in)", "2 / (fan_in + fan_out)")
        ),
        *((SIGMOID, t) for t in ("between 0 and 1", "1/(1+e^{-x})", "1 / (1 + exp(-z))")),
        *((ATTENTION, t) for t in ("QK^T over sqrt(d_k)", "softmax(QK^T/√d_k)V")),
        *((STRIDE, t) for t in ("n+2p-k / s + 1", "n plus 2p minus k over s plus 1", "(n + 2p - k)/s + 1")),
    ],
)
def test_a_right_formula_says_the_point_in_any_spelling(place: tuple[str, str], text: str) -> None:
    assert of_point(place[0], text, place[1]).result is Result.SAID


@pytest.mark.parametrize(
    ("ref", "wrong"),
    [
        ("optimizers#momentum", None),
        ("metrics#recall", None),
        ("activations-and-init#relu", None),
        ("evaluation#bias-vs-variance", "swapped"),
        ("regularization#dropout", "no-scaling"),
        ("sequences-and-attention#gru", "has-cell-state"),
    ],
)
def test_a_misconception_word_for_word_is_stated_after_all_points(ref: str, wrong: str | None) -> None:
    card = shipped(ref)
    points = joined([point.wordings[0].rstrip(".") for point in card.points])
    before = grade_answer(card, points)
    assert before.stated == frozenset()
    assert before.said >= {point.id for point in card.points if point.must}
    chosen = [m for m in card.misconceptions if wrong in (None, m.id)]
    assert chosen
    for misconception in chosen:
        assert misconception.id in grade_answer(card, f"{points} {misconception.wordings[0]}").stated


DECKS = sorted(
    path.relative_to(shipped_decks()).with_suffix("").as_posix()
    for folder in ("deep-learning", "language-models")
    for path in (shipped_decks() / folder).glob("*.yaml")
)


@pytest.mark.parametrize("deck", DECKS)
def test_the_points_of_a_shipped_card_are_a_good_answer_and_each_one_helps(deck: str) -> None:
    loaded = load_deck(shipped_decks() / f"{deck}.yaml", deck_id=deck).deck
    assert loaded is not None
    for card in (card_facts(card) for card in loaded.cards if card.kind == "qa"):
        points = [p for p in card.points if p.must] + [p for p in card.points if not p.must]
        texts = [point.wordings[0].rstrip(".") for point in points]
        ratings = [
            rate(card, grade_answer(card, joined(texts[:count]))).rating
            for count in (0, sum(p.must for p in points), len(texts))
        ]
        assert ratings == sorted(ratings), card.question
        assert ratings[-1] >= Rating.GOOD, card.question


def test_example_phrases_teach_words_that_no_wording_has(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "It averages past gradients, so what flips sign cancels. Think of a snowball that grows."
    (_, _, before) = grade_answer(MOMENTUM, text).points
    learnt = Phrases({"snowbal": {2: 8.0}, "grow": {2: 4.0}, "think": {2: -1.0}}, 4)
    monkeypatch.setattr(f"{prepare.__module__}.fitted_phrases", lambda card: learnt)
    (_, _, after) = grade_answer(MOMENTUM._replace(question="And momentum?"), text).points
    assert (before.result, before.spans) == (Result.MISSING, ())
    assert (after.result, after.reason) == (Result.SAID, "in words that say it")
    assert [text[start:end] for start, end in after.spans] == ["snowball that grows"]


@pytest.mark.parametrize("deck", DECKS)
def test_what_the_learner_is_asked_about_has_words_to_decide_by(deck: str) -> None:
    loaded = load_deck(shipped_decks() / f"{deck}.yaml", deck_id=deck).deck
    assert loaded is not None
    for card in (card_facts(card) for card in loaded.cards if card.kind == "qa"):
        texts = [point.wordings[0].rstrip(".") for point in card.points]
        for left_out in range(len(texts)):
            graded = grade_answer(card, joined(texts[:left_out] + texts[left_out + 1 :]))
            assert all(graded.spans(line) for line in graded.unsure), card.question
            assert "perhaps not found" not in {p.reason for p in graded.points}


def test_what_is_said_of_another_thing_contradicts_nothing() -> None:
    text = "ReLU gradient is one for positive inputs, sigmoid saturates so gradients vanish"
    results = {p.result for p in grade_answer(shipped("activations-and-init#relu"), text).points}
    assert Result.CONTRADICTED not in results


def test_an_answer_hangs_on_one_line_at_most() -> None:
    card = shipped("optimizers#momentum")
    texts = [wording for point in card.points for wording in point.wordings[1:4]]
    for first, second in zip(texts, texts[3:], strict=False):
        graded = grade_answer(card, joined([first, second]))
        assert len(graded.unsure) <= 1
        assert graded.unsure.isdisjoint(graded.said | graded.stated)
