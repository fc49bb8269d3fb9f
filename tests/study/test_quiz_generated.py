"""Questions made from all shipped cards: one right answer, and nothing that gives it away."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from support_quiz import QUIZ_DECK

from interviewprep.cards.concepts import ConceptInfo
from interviewprep.cards.model import ChoiceCard, KeyPoint, QaCard
from interviewprep.settings import shipped_decks
from interviewprep.store.index import Library
from interviewprep.study.quiz_balance import Choice, Tally, gains
from interviewprep.study.quiz_items import Item
from interviewprep.study.quiz_making import made_item
from interviewprep.study.quiz_statements import Sayings, alike, names_of, sayings_of, words_of

MOST_ABOVE_CHANCE = 0.10
LONGEST_AT_MOST = 1.3
"""Times 1/n."""
SEEDS = (1, 2, 3)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    library = Library.open(tmp_path_factory.mktemp("index") / "index.db", [shipped_decks()])
    yield library
    library.close()


@pytest.fixture(scope="module")
def sayings(library: Library) -> dict[str, Sayings]:
    """By card name."""
    cards = {h.name: library.card(h.name) for h in library.heads if h.kind == "qa"}
    by_concept: dict[str, list[str]] = {}
    for name, card in cards.items():
        by_concept.setdefault(card.concept, []).append(name)
    others = {concept: [cards[n] for n in names] for concept, names in by_concept.items()}
    return {name: sayings_of(card, library.concepts, others) for name, card in cards.items()}


@pytest.fixture(scope="module")
def made(library: Library, sayings: dict[str, Sayings]) -> list[tuple[list[Item], Tally]]:
    """All generated questions, for several seeds."""
    found = []
    for seed in SEEDS:
        tally = Tally()
        items = [
            made_item(said, library.head(name), topic="", card_hash="", seed=seed, tally=tally)
            for name, said in sayings.items()
        ]
        found.append(([i for i in items if i is not None], tally))
    return found


def test_nearly_every_card_gives_a_question(
    made: list[tuple[list[Item], Tally]], sayings: dict[str, Sayings]
) -> None:
    for items, _ in made:
        assert len(items) >= 0.97 * len(sayings)


def test_exactly_what_should_be_right_is_right_and_all_options_differ(
    made: list[tuple[list[Item], Tally]],
) -> None:
    for items, _ in made:
        for item in items:
            right = [o for o in item.options if o.right]
            texts = [o.text for o in item.options]
            assert len(set(texts)) == len(texts), item.card
            assert len({o.id for o in item.options}) == len(texts), item.card
            if item.form == "several":
                assert len(right) == 2, item.card
            else:
                assert len(right) == 1, item.card
            assert 2 <= len(texts) <= 4
            if item.form == "true-false":
                assert right[0].why, item.card
            else:
                assert all(o.why for o in item.options if not o.right), item.card


def test_a_true_statement_is_explained_by_an_answer_that_says_it(
    library: Library, made: list[tuple[list[Item], Tally]]
) -> None:
    seen = 0
    for items, _ in made:
        for item in items:
            if item.form != "true-false" or not item.options[0].right:
                continue
            seen += 1
            why = item.options[0].why
            said = words_of(item.question.partition(": ")[2])
            assert why == library.card(item.card).short
            assert len(said & words_of(why)) >= 0.6 * len(said), (item.question, why)
    assert seen >= 20


@pytest.mark.parametrize(
    ("statement", "is_kept"),
    [
        ("Its length is the slope in that direction", False),
        ("The base rate is calibrated but useless, so log loss belongs beside it", False),
        ("Early layers then learn very slowly", False),
        ("When they are not, it can even hurt", False),
        ("It depends on the spread of the targets, so report an error in units too", False),
        ("It divides each gradient by the root of a mean of that gradient's squares", True),
        ("It saturates, so gradients vanish in deep stacks", True),
        ("If the rate is high, the loss then grows", True),
        ("It is made for near-linear units such as tanh", True),
        ("A value of 4 means that it is unsure among four tokens", True),
        ("A threshold from one does not carry over to another", False),
        ("LoRA or adapters make it feasible with little", False),
        ("LoRA or adapters make it feasible with little data and memory", True),
    ],
)
def test_what_points_to_something_outside_itself_is_no_statement(statement: str, is_kept: bool) -> None:
    card = QaCard(
        id="slope", question="?", short="A.", key_points=(KeyPoint(id="p", text=statement, weight="must"),)
    )
    concepts = {card.concept: ConceptInfo(card.concept, "Slope", (), ())}
    kept = [s.text for s in sayings_of(card, concepts, {}).right]
    assert kept == ([statement] if is_kept else [])


def right_of(point: str, *, title: str, about: tuple[str, ...] = ()) -> list[str]:
    """What counts as a right statement of a card with this key point."""
    points = (KeyPoint(id="p", text=point, weight="must"),)
    card = QaCard(id="slope", question="?", short="A.", key_points=points, about=about)
    concepts = {card.concept: ConceptInfo(card.concept, title, (), ())}
    return [s.text for s in sayings_of(card, concepts, {}).right]


@pytest.mark.parametrize(
    ("title", "point", "said"),
    [
        (
            "Stride",
            "the receptive field of later layers grows faster",
            "The receptive field of later layers grows faster",
        ),
        (
            "Feature map",
            "the stack of maps forms the channels of the next layer's input",
            "The stack of maps forms the channels of the next layer's input",
        ),
        (
            "F1 score",
            "the harmonic mean of precision and recall",
            "It is the harmonic mean of precision and recall",
        ),
        (
            "Pooling",
            "downsamples feature maps by replacing each window with one value such as the maximum",
            "It downsamples feature maps by replacing each window with one value such as the maximum",
        ),
        (
            "Precision",
            "the share of predicted positives that really are positive",
            "It is the share of predicted positives that really are positive",
        ),
    ],
)
def test_a_fragment_becomes_a_sentence(title: str, point: str, said: str) -> None:
    assert right_of(point, title=title) == [said]


@pytest.mark.parametrize(
    ("point", "is_kept"),
    [
        ("Squared error multiplies it by the output's slope, so learning stalls", False),
        ("The threshold trades them, raising it lowers or keeps recall", False),
        ("It costs K times as much", False),
        ("Squared error can work, but it is rarely the better choice", True),
        ("The price is a stream that grows with depth, so late layers change it less", True),
    ],
)
def test_a_comparison_names_what_it_speaks_of(point: str, is_kept: bool) -> None:
    assert right_of(point, title="Cross-entropy vs MSE", about=("mse",)) == ([point] if is_kept else [])


@pytest.mark.parametrize(
    "one_liner",
    [
        "The exponential of the mean negative log-likelihood per token, read as a number of choices",
        "One minus model error over error of the mean: 1 perfect, 0 like the mean",
        "2 bytes per parameter to hold it in 16 bits, about 16 to train it",
    ],
)
def test_one_line_without_a_verb_is_no_statement(one_liner: str) -> None:
    card = QaCard(id="slope", question="?", short="A.", one_liner=one_liner)
    concepts = {card.concept: ConceptInfo(card.concept, "Slope", (), ())}
    assert sayings_of(card, concepts, {}).right == ()


def test_distractors_come_from_misconceptions_and_confused_concepts_only(
    library: Library, made: list[tuple[list[Item], Tally]]
) -> None:
    for items, _ in made:
        for item in items:
            if item.form == "true-false":
                continue
            card = library.card(item.card)
            ours = {f"wrong.{m.id}" for m in card.misconceptions}
            confused = library.concepts[card.concept].confused_with
            for option in item.options:
                concept, _, point = option.id.partition(".")
                if not option.right:
                    assert option.id in ours or (concept in confused and point), (item.card, option.id)


def test_no_distractor_says_what_the_card_says(
    library: Library, made: list[tuple[list[Item], Tally]]
) -> None:
    for items, _ in made:
        for item in items:
            points = [p.text for p in library.card(item.card).key_points]
            for option in item.options:
                if not option.right and item.form != "true-false":
                    assert all(alike(option.text, p) < 97 for p in points), (item.card, option.text)


@pytest.mark.parametrize("forms", [("one",), ("several",), ("true-false",), ()])
def test_no_habit_finds_the_right_one(made: list[tuple[list[Item], Tally]], forms: tuple[str, ...]) -> None:
    for _, tally in made:
        for habit, above in tally.above_chance(*forms).items():
            assert above <= MOST_ABOVE_CHANCE, (forms, habit, above)


def test_written_and_generated_ones_together_give_nothing_away(
    library: Library, made: list[tuple[list[Item], Tally]]
) -> None:
    choices = []
    for head in library.heads:
        card = library.card(head.name)
        if isinstance(card, ChoiceCard) and card.form not in {"order", "true-false"}:
            texts, right = tuple(o.text for o in card.options), tuple(o.right for o in card.options)
            choices.append(Choice(card.question, names_of(library.concepts[head.concept]), texts, right))
    for item in made[0][0]:
        if item.form != "true-false":
            texts, right = tuple(o.text for o in item.options), tuple(o.right for o in item.options)
            names = names_of(library.concepts[library.head(item.card).concept])
            choices.append(Choice(item.question, names, texts, right))
    tally = Tally()
    longest = chance = 0.0
    for choice in choices:
        tally.add("one", gains(choice))
        if sum(choice.right) == 1:
            lengths = [len(text) for text in choice.texts]
            ties = [ok for size, ok in zip(lengths, choice.right, strict=True) if size == max(lengths)]
            longest += sum(ties) / len(ties)
            chance += 1 / len(lengths)
    assert tally.questions() >= 150
    assert longest <= LONGEST_AT_MOST * chance
    for habit, above in tally.above_chance().items():
        assert above <= MOST_ABOVE_CHANCE, (habit, above)


def test_the_same_seed_makes_the_same_questions(library: Library, sayings: dict[str, Sayings]) -> None:
    def made(seed: int) -> list[Item | None]:
        tally = Tally()
        return [
            made_item(said, library.head(name), topic="", card_hash="", seed=seed, tally=tally)
            for name, said in list(sayings.items())[:12]
        ]

    assert made(4) == made(4)
    assert made(4) != made(5)


def test_what_is_true_of_the_asked_concept_too_is_no_distractor(tmp_path: Path) -> None:
    folder = tmp_path / "decks"
    folder.mkdir()
    deck = QUIZ_DECK.replace(
        "text: divides each gradient by a running root mean square",
        "text: steps along a decaying sum of gradients of the past",
    )
    for text, expected in (
        (QUIZ_DECK, ["It divides each gradient by a running root mean square"]),
        (deck, []),
    ):
        (folder / "steps.yaml").write_text(text, encoding="utf-8")
        library = Library.open(tmp_path / "index.db", [folder])
        cards = {"drive": [library.card("steps#drive")], "scaler": [library.card("steps#scaler")]}
        found = sayings_of(cards["drive"][0], library.concepts, cards)
        assert [s.text for s in found.borrowed] == expected
        library.close()
