"""The shipped decks hold what the source document teaches, corrected, and every number on them is right."""

from __future__ import annotations

import ast
import math
import re
import statistics
from collections.abc import Iterable, Sequence
from fractions import Fraction

import pytest
import yaml

from interviewprep.cards.files import find_deck_files
from interviewprep.cards.loader import load_deck
from interviewprep.cards.model import Computed, QaCard
from interviewprep.cards.sourcemap import load_source_map, trace
from interviewprep.settings import shipped_decks

_DOCUMENT_CONCEPTS = """
    accuracy activation-function adam adamw attention autoencoder backpropagation batch-normalization
    binary-cross-entropy cnn confusion-matrix convolution cross-entropy data-augmentation deep-learning
    diffusion-models dropout early-stopping embeddings epoch-batch-iteration exploding-gradients f1-score
    feature-map fine-tuning focal-loss gan generative-models gradient gradient-descent gru he-init hinge-loss
    hyperparameters k-fold-cv keras kernel-filter l1-regularization l2-regularization layer leaky-relu
    learning-rate loss-function lstm mae momentum mse neural-network neuron normalization-layers optimizer
    overfitting padding perceptron pooling precision pytorch query-key-value recall regularization
    reinforcement-learning relu repeated-kfold rmsprop rnn roc-auc self-attention sgd sigmoid softmax
    stratified-kfold stride tanh tensorflow time-series-split transfer-learning transformer underfitting
    vanishing-gradients weights-biases xavier-init
"""
DOCUMENT_CONCEPTS = _DOCUMENT_CONCEPTS.split()
_DOCUMENT_COMPARISONS = """
    dl-vs-traditional-ml forward-vs-backward-pass rnn-vs-lstm-vs-gru choosing-a-loss kfold-vs-holdout
    gan-vs-diffusion transfer-vs-fine-tuning
"""
DOCUMENT_COMPARISONS = _DOCUMENT_COMPARISONS.split()
_FURTHER_COMPARISONS = """
    l1-vs-l2 precision-vs-recall sgd-vs-adam adam-vs-adamw batchnorm-vs-layernorm max-vs-average-pooling
    sigmoid-vs-softmax mse-vs-mae cross-entropy-vs-mse cnn-vs-fully-connected self-attention-vs-recurrence
    lstm-vs-transformer xavier-vs-he dropout-vs-weight-decay bias-vs-variance parameters-vs-hyperparameters
    batch-vs-mini-batch-vs-stochastic accuracy-vs-f1
"""
FURTHER_COMPARISONS = _FURTHER_COMPARISONS.split()
ANALOGIES = {
    "A01": "gradient",
    "A02": "gradient-descent",
    "A03": "learning-rate",
    "A04": "optimizer",
    "A05": "sgd momentum rmsprop adam optimizer",
    "A06": "weights-biases",
    "A07": "overfitting",
    "A08": "underfitting",
    "A09": "neuron",
    "A10": "layer",
    "A11": "convolution",
    "A12": "pooling",
    "A13": "rnn",
    "A14": "lstm",
    "A15": "attention",
    "A16": "transformer",
    "A17": "dropout",
    "A18": "batch-normalization",
    "A19": "sgd",
    "A20": "momentum",
}
"""Analogy of the document -> the cards it belongs to."""


def _cards() -> dict[str, QaCard]:
    found, problems = find_deck_files([shipped_decks()])
    assert problems == []
    cards: dict[str, QaCard] = {}
    for path in found:
        loaded = load_deck(shipped_decks() / f"{path.deck}.yaml", deck_id=path.deck)
        assert loaded.deck is not None
        for card in loaded.deck.cards:
            if isinstance(card, QaCard) and card.source and card.source.document == SOURCE.document:
                assert card.id not in cards, card.id
                cards[card.id] = card
    return cards


SOURCE = load_source_map()
CARDS = _cards()
COMPUTED = [(card.id, entry) for card in CARDS.values() for entry in card.computed]


# What there is


def test_every_deck_is_yaml_for_readers_stricter_than_libyaml() -> None:
    """`{ask: What is it?}` is read by libyaml only; PyYAML without it, as some systems have it, refuses."""
    found, _ = find_deck_files([shipped_decks()])
    for path in found:
        text = (shipped_decks() / f"{path.deck}.yaml").read_text(encoding="utf-8")
        assert yaml.compose(text, Loader=yaml.BaseLoader) is not None, path.deck


def test_every_concept_and_comparison_has_its_card() -> None:
    assert (len(DOCUMENT_CONCEPTS), len(DOCUMENT_COMPARISONS), len(FURTHER_COMPARISONS)) == (80, 7, 18)
    assert sorted(CARDS) == sorted([*DOCUMENT_CONCEPTS, *DOCUMENT_COMPARISONS, *FURTHER_COMPARISONS])


def test_concept_cards_are_about_their_concept_and_comparisons_name_what_they_compare() -> None:
    for name in DOCUMENT_CONCEPTS:
        assert CARDS[name].concept == name
    for name in (*DOCUMENT_COMPARISONS, *FURTHER_COMPARISONS):
        assert CARDS[name].about, name
        assert set(CARDS[name].about) <= set(CARDS) - {name}, name


def test_each_row_of_the_document_but_bare_headings_is_covered() -> None:
    covered = {row.id for card in CARDS.values() for row in trace(card, SOURCE).rows}
    assert [row.id for row in SOURCE.rows if row.id not in covered and not row.heading] == []


def test_each_correction_that_counts_is_carried_by_a_card_about_the_same_rows() -> None:
    carried: set[str] = set()
    for card in CARDS.values():
        rows, corrections = trace(card, SOURCE)
        here = {row.id for row in rows}
        carried |= {c.id for c, _ in corrections if here & set(c.rows)}
    wanted = [c.id for c in SOURCE.corrections if c.kind in {"E", "C", "X"} or c.second_reading]
    assert len(wanted) == 45
    assert [name for name in wanted if name not in carried] == []


def test_the_other_corrections_are_carried_too() -> None:
    carried = {c.id for card in CARDS.values() for c, _ in trace(card, SOURCE).corrections}
    assert [c.id for c in SOURCE.corrections if c.id not in carried] == []


@pytest.mark.parametrize("name", ANALOGIES)
def test_each_analogy_of_the_document_is_there_and_says_where_it_breaks(name: str) -> None:
    found = {card.id: a for card in CARDS.values() for a in card.analogies if a.id == name}
    assert found
    assert set(found) <= set(ANALOGIES[name].split())
    for analogy in found.values():
        assert analogy.breaks
        assert analogy.maps


# Each card


def words(text: str) -> int:
    """Words: whatever stands between blanks and holds a letter or a digit."""
    return sum(any(sign.isalnum() for sign in word) for word in text.split())


@pytest.mark.parametrize("card", CARDS.values(), ids=CARDS)
def test_a_card_has_the_lengths_and_parts_that_were_promised(card: QaCard) -> None:
    assert 35 <= words(card.short) <= 75
    assert 1 <= words(card.one_liner) <= 35
    assert 120 <= words(card.detailed) <= 300
    assert len(card.variants) >= 2
    assert 3 <= len(card.key_points) <= 7
    assert sum(point.weight == "must" for point in card.key_points) >= 2
    for point in card.key_points:
        assert len({wording.casefold() for wording in point.accept}) >= 3, point.id
    assert card.misconceptions
    assert 2 <= len(card.follow_ups) <= 4
    assert all(analogy.breaks for analogy in card.analogies)
    assert card.level
    assert card.tags
    assert card.example
    assert card.refs


def test_decks_of_questions_are_finished_in_an_evening() -> None:
    found, _ = find_deck_files([shipped_decks()])
    for path in found:
        deck = load_deck(shipped_decks() / f"{path.deck}.yaml", deck_id=path.deck).deck
        assert deck is not None
        if any(isinstance(card, QaCard) for card in deck.cards):
            assert 8 <= len(deck.cards) <= 20, path.deck


# Numbers

_NODES = (
    *(ast.Expression, ast.BinOp, ast.UnaryOp, ast.Constant, ast.Call, ast.Name, ast.List, ast.Tuple),
    *(ast.ListComp, ast.GeneratorExp, ast.comprehension, ast.expr_context, ast.operator, ast.unaryop),
)
_FUNCTIONS: dict[str, object] = {name: value for name, value in vars(math).items() if name[0] != "_"}
_FUNCTIONS |= {f.__name__: f for f in (sum, min, max, abs, round, len, zip, range)}


def plain_python(expression: str) -> object:
    """What Python computes, without the program's own arithmetic."""
    tree = ast.parse(expression.strip(), mode="eval")
    strange = [type(node).__name__ for node in ast.walk(tree) if not isinstance(node, _NODES)]
    assert strange == [], expression
    code = compile(tree, "<computed>", "eval")
    return eval(code, {"__builtins__": {}}, _FUNCTIONS)  # noqa: S307 (names and syntax are listed above)


def stated(text: str) -> tuple[Fraction, int]:
    """A stated number exactly, and how many decimals it shows."""
    found = re.fullmatch(r"(-?[\d,]+)(?:\.(\d+))?", text.strip())
    assert found is not None, text
    return Fraction(text.strip().replace(",", "")), len(found[2] or "")


@pytest.mark.parametrize(("card", "entry"), COMPUTED, ids=[f"{card}-{entry.id}" for card, entry in COMPUTED])
def test_each_result_stated_on_a_card_is_what_python_computes(card: str, entry: Computed) -> None:
    result = plain_python(entry.expr)
    results = result if isinstance(result, list) else [result]
    texts = entry.value.strip("[]").split(", ") if isinstance(result, list) else [entry.value]
    for value, text in zip(results, texts, strict=True):
        assert isinstance(value, int | float)
        number, decimals = stated(text)
        assert entry.digits in (None, decimals), "the value shows other decimals than `digits` says"
        half = Fraction(1, 2 * 10**decimals)
        assert abs(Fraction(value) - number) <= half + Fraction(1, 10**12), f"{entry.expr} is {value}"


def test_cards_with_results_are_many() -> None:
    assert len({card for card, _ in COMPUTED}) > 60
    assert len(COMPUTED) > 500


def test_a_wrong_result_would_be_found() -> None:
    for value in ("0.8757", "0.875"):
        entry = Computed(expr="exp(3)/(exp(3)+exp(1)+exp(-2))", value=value)
        with pytest.raises(AssertionError):
            test_each_result_stated_on_a_card_is_what_python_computes("softmax", entry)


def _softmax(scores: Sequence[float]) -> list[float]:
    powers = [math.exp(score) for score in scores]
    return [power / sum(powers) for power in powers]


def _cross_correlation(image: Sequence[Sequence[int]], kernel: Sequence[Sequence[int]]) -> list[list[int]]:
    size = len(kernel)
    places = range(len(image) - size + 1)
    cells = [(a, b) for a in range(size) for b in range(size)]
    return [[sum(image[i + a][j + b] * kernel[a][b] for a, b in cells) for j in places] for i in places]


def _width(width: int, kernel: int, stride: int, padding: int = 0) -> int:
    return (width + 2 * padding - kernel) // stride + 1


def _fixed(values: Iterable[float], digits: int) -> list[str]:
    return [f"{value:.{digits}f}" for value in values]


IMAGE, ROBERTS = [[1, 1, 1], [0, 1, 0], [0, 0, 0]], [[1, 0], [0, -1]]
STRIPE, PREWITT = [[1, 1, 1], [0, 0, 0], [1, 1, 1]], [[1, 0, -1]] * 3
WEIGHTS = _softmax([2 * key for key in (3, 1, 4)])
SCORES = [0.78, 0.81, 0.80, 0.79, 0.82]
SLOPE = 2 * (2.5 * 4 - 5) * 4
NEW_WEIGHT = 2.5 - 0.01 * SLOPE
EXAMPLES: dict[str, tuple[str, list[str]]] = {
    "dn-01": (
        "gradient-descent",
        ["10", "5", f"dL/dw = {SLOPE:g}", f"{NEW_WEIGHT:g}", f"{NEW_WEIGHT * 4:g}"],
    ),
    "dn-02": ("loss-function", ["50", "60", f"{60 - 50}", f"{(60 - 50) ** 2}"]),
    "dn-03": ("epoch-batch-iteration", ["1000", "1 epoch", "10 epochs"]),
    "dn-04": ("convolution", [str(_cross_correlation(IMAGE, ROBERTS)), "[[0, -1], [0, -1]]"]),
    "dn-05": ("pooling", [f"{max(1, 3, 2, 8)}"]),
    "dn-06": ("pooling", [f"{(1 + 3 + 2 + 8) / 4}"]),
    "dn-07": ("dropout", ["0.3", f"{200 * 0.7:g}", f"{1 / 0.7:.2f}"]),
    "dn-08": ("epoch-batch-iteration", ["320", "32", f"{320 // 32} iterations"]),
    "dn-09": ("softmax", [f"[{', '.join(_fixed(_softmax([3, 1, -2]), 3))}]"]),
    "dn-10": ("mse", ["10", "7", f"{(10 - 7) ** 2}"]),
    "dn-11": ("mse", ["2", f"{(10 - 2) ** 2}", f"{(9 + 64) / 2}"]),
    "dn-12": ("cross-entropy", ["0.05, 0.70, 0.25", f"{-math.log(0.05):.3f}"]),
    "dn-13": ("cross-entropy", ["0.90, 0.08, 0.02", f"{-math.log(0.90):.3f}"]),
    "dn-14": ("accuracy", ["1%", f"{9900 / 10000}", "recall 0"]),
    "dn-15": ("kernel-filter", [f"{_cross_correlation(STRIPE, PREWITT)[0][0]}", "3", "6"]),
    "dn-16": ("stride", [f"stride 1: (6 - 3) / 1 + 1 = {_width(6, 3, 1)}"]),
    "dn-17": ("stride", [f"stride 2: floor(1.5) + 1 = {_width(6, 3, 2)}"]),
    "dn-18": ("padding", [f"{5 + 2} by {5 + 2}", f"{_width(5, 3, 1, 1)} by {_width(5, 3, 1, 1)}"]),
    "dn-19": (
        "query-key-value",
        [
            "6, 2, 8",
            ", ".join(_fixed(WEIGHTS, 3)),
            f"{sum(w * v for w, v in zip(WEIGHTS, (1, 2, 3), strict=True)):.3f}",
        ],
    ),
    "dn-20": ("k-fold-cv", [f"{100 // 5} rows", "21-100", "41-60", "1-60, 81-100", "1-80"]),
    "dn-21": (
        "k-fold-cv",
        [*_fixed(SCORES, 2), f"{statistics.mean(SCORES):.2f}", f"{statistics.stdev(SCORES):.4f}"],
    ),
}
"""Numeric example of the document -> the card that has it, and what must stand on it, worked out here."""


def test_there_are_twenty_one_numeric_examples() -> None:
    assert list(EXAMPLES) == [f"dn-{number:02}" for number in range(1, 22)]


@pytest.mark.parametrize("name", EXAMPLES)
def test_each_numeric_example_of_the_document_is_right_on_its_card(name: str) -> None:
    card, wanted = EXAMPLES[name]
    text = CARDS[card].example
    for figure in wanted:
        assert re.search(rf"(?<![\d.]){re.escape(figure)}(?!\d|\.\d)", text), f"{figure!r} on {card}: {text}"
