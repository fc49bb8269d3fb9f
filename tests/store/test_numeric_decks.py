"""The shipped numeric cards: one for each family, on the concept it drills, asking what was promised."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import pytest

from interviewprep.cards.heads import CardHead
from interviewprep.cards.loader import parse_deck
from interviewprep.cards.model import NumericCard
from interviewprep.checks.recipe import read_recipe, variant_of
from interviewprep.checks.registry import families, family
from interviewprep.memory.queue import Queue
from interviewprep.memory.types import Asked, Progress, QueueLimits, Rating
from interviewprep.settings import shipped_decks
from interviewprep.store.index import Library

BEYOND = 2
"""The priority of families that go beyond the usual questions."""
MOST_IN_A_DECK = 14


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    opened = Library.open(tmp_path_factory.mktemp("index") / "decks.db", [shipped_decks()])
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def cards(library: Library) -> dict[str, NumericCard]:
    """Every shipped numeric card by its full name."""
    found = {head.name: library.card(head.name) for head in library.heads if head.kind == "numeric"}
    return {name: card for name, card in found.items() if isinstance(card, NumericCard)}


def test_each_family_has_one_card_named_after_it(cards: dict[str, NumericCard]) -> None:
    assert sorted(card.family for card in cards.values()) == sorted(families())
    assert all(card.id == card.family for card in cards.values())


def test_families_beyond_the_usual_questions_have_decks_of_their_own(cards: dict[str, NumericCard]) -> None:
    for name, card in cards.items():
        folder = Path(name.partition("#")[0]).parent.as_posix()
        is_beyond = family(card.family).priority == BEYOND
        assert folder == ("checks/beyond" if is_beyond else "checks"), name
        assert (card.priority == "nice") == is_beyond, name


def test_no_deck_of_checks_is_too_long_for_an_evening(cards: dict[str, NumericCard]) -> None:
    sizes = Counter(name.partition("#")[0] for name in cards)
    assert max(sizes.values()) <= MOST_IN_A_DECK


def test_a_check_comes_after_the_question_on_its_concept(library: Library) -> None:
    places: dict[str, int] = {}
    for place, head in enumerate(library.heads):
        if head.kind == "qa":
            places.setdefault(head.concept, place)
    late = [
        head.name
        for place, head in enumerate(library.heads)
        if head.kind == "numeric" and places.get(head.concept, len(library.heads)) > place
    ]
    assert late == []


def test_checks_beyond_come_after_all_other_cards_of_a_drill(library: Library) -> None:
    drilled = [head for head in library.heads if head.scheduled]
    first = next(n for n, head in enumerate(drilled) if head.deck.startswith("checks/beyond/"))
    assert all(head.deck.startswith("checks/beyond/") for head in drilled[first:])


def test_a_card_is_about_its_familys_concept_and_as_hard(cards: dict[str, NumericCard]) -> None:
    for name, card in cards.items():
        found = family(card.family)
        assert (card.concept, card.level) == (found.concept, found.level), name
        assert card.requires in ((), (card.concept,)), name
        assert tuple(reference.text for reference in card.refs) == found.refs, name


def test_the_first_numbers_are_those_of_the_source_document(cards: dict[str, NumericCard]) -> None:
    for name, card in cards.items():
        found = family(card.family)
        recipe = read_recipe(card.family, card.params, card.ranges, mental=card.mental)
        assert bool(card.params) == (found.priority == 0), name
        assert recipe.first == found.example, name
        assert [type(value) for value in recipe.first] == [type(value) for value in found.example], name
        assert not recipe.fixed, name
        assert variant_of(recipe, 0).prompt == found.prompt(found.example), name


def test_neither_the_question_nor_a_lead_in_names_the_family(cards: dict[str, NumericCard]) -> None:
    for name, card in cards.items():
        found = family(card.family)
        names = {found.name, found.name.replace("-", " "), found.title.casefold()}
        for text in (card.question, *(variant.ask for variant in card.variants)):
            assert not [word for word in names if word in text.casefold()], f"{name}: {text}"


def test_lead_ins_are_sentences_that_fit_any_numbers(cards: dict[str, NumericCard]) -> None:
    for name, card in cards.items():
        assert 1 <= len(card.variants) <= 2, name
        for variant in card.variants:
            assert variant.ask[0].isupper(), name
            assert variant.ask.endswith((".", "?")), name
            assert not any(sign.isdigit() for sign in variant.ask), f"{name}: {variant.ask}"


def test_each_card_says_briefly_what_to_remember(cards: dict[str, NumericCard]) -> None:
    lengths = {name: len(card.short.split()) for name, card in cards.items()}
    assert {name: words for name, words in lengths.items() if not 8 <= words <= 50} == {}


@pytest.mark.parametrize("folder", ["checks", "checks/beyond", "checks/losses", "checks/sequences"])
def test_a_drill_of_checks_alone_asks_every_one_of_them(library: Library, folder: str) -> None:
    heads = [h for h in library.heads if f"{h.deck}/".startswith(f"{folder}/")]
    days = max(Counter(head.concept for head in heads).values())
    assert len(_asked(heads, days)) == len(heads)


def test_the_numeric_cards_of_the_readme_can_be_asked() -> None:
    readme = shipped_decks() / "README.md"
    blocks = re.findall(r"```yaml\n(  - .*?)```", readme.read_text(encoding="utf-8"), re.DOTALL)
    decks = [parse_deck(f"cards:\n{b}".encode(), path=readme, deck_id="readme").deck for b in blocks]
    cards = [card for deck in decks if deck for card in deck.cards if isinstance(card, NumericCard)]
    recipes = [read_recipe(c.family, c.params, c.ranges, mental=c.mental) for c in cards]
    assert [recipe.first[0] for recipe in recipes] == [1, 1]
    assert [recipe.fixed for recipe in recipes] == [frozenset(), {"beta", "lr"}]
    variant = variant_of(recipes[1], 1)
    assert variant.params[0] in {1, 1.5, 2, 2.5, 3}
    assert variant.params[1] in {0.5, -1}
    assert variant.params[3:] == (0.9, 0.1)


def _asked(heads: Sequence[CardHead], days: int) -> set[str]:
    """What new cards are asked in so many days in which every answer is right."""
    seen: dict[str, bool] = {}
    for today in range(20_000, 20_000 + days):
        asked: list[Asked] = []
        while item := _queue(heads, today, seen, asked).next():
            asked.append(Asked(item.card, int(Rating.GOOD), item.reason))
            seen[item.card] = True
    return set(seen)


def _queue(heads: Sequence[CardHead], today: int, seen: Mapping[str, bool], asked: Sequence[Asked]) -> Queue:
    progress = Progress(today=today, seen=seen, states={}, hidden=frozenset(), asked=tuple(asked))
    return Queue(heads, progress, QueueLimits(new_per_day=len(heads)))
