"""Which questions a quiz draws."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from support import Clock, World
from support_quiz import with_quiz_decks

from interviewprep.memory.types import Rating
from interviewprep.settings import Settings, find_paths, shipped_decks
from interviewprep.store.index import Library
from interviewprep.study.desk import Desk
from interviewprep.study.drill import Drill, Response
from interviewprep.study.quiz_draw import KINDS, Kind, draw_items
from interviewprep.study.quiz_items import CHOICES, Form, Item
from interviewprep.study.selection import Selection


def desk_in(home: Path, clock: Clock) -> Desk:
    """A desk over the shipped decks."""
    paths = replace(find_paths({"INTERVIEWPREP_HOME": str(home)}), shipped_decks=shipped_decks())
    return Desk(Settings(), paths, Library.open(paths.index, paths.deck_folders), clock=clock)


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    desk = desk_in(tmp_path_factory.mktemp("home"), Clock())
    yield desk
    desk.close()


def drawn(desk: Desk, kind: Kind, count: int, *, seed: int = 1, decks: tuple[str, ...] = ()) -> list[Item]:
    return draw_items(desk, Selection(decks=decks), kind=kind, count=count, seed=seed)


@pytest.mark.parametrize("kind", KINDS)
def test_as_many_as_asked_for_and_of_the_kind(shipped: Desk, kind: Kind) -> None:
    items = drawn(shipped, kind, 20)
    assert len(items) == 20
    forms: dict[str, set[Form]] = {"choice": set(CHOICES), "typed": {"typed"}, "numeric": {"numeric"}}
    assert kind == "mixed" or {i.form for i in items} <= forms[kind]
    if kind == "mixed":
        ways = Counter("choice" if i.form in CHOICES else i.form for i in items)
        assert ways == {"choice": 10, "typed": 6, "numeric": 4}


def test_a_subject_comes_once_and_topics_by_turns(shipped: Desk) -> None:
    for seed in range(5):
        items = drawn(shipped, "mixed", 10, seed=seed)
        concepts = [shipped.library.head(i.card).concept for i in items]
        assert len(set(concepts)) == 10
        assert len({i.topic for i in items[:5]}) == 5


def test_half_of_the_choices_are_written_ones(shipped: Desk) -> None:
    items = drawn(shipped, "choice", 20)
    assert sum(not i.is_generated for i in items) == 10


def test_a_deck_brings_the_choices_and_calculations_on_its_subjects(shipped: Desk) -> None:
    items = drawn(shipped, "mixed", 12, decks=("deep-learning/losses",))
    decks = {i.card.partition("#")[0] for i in items}
    assert {"quiz/losses", "deep-learning/losses"} <= decks
    assert any(d.startswith("checks/") for d in decks)


def test_words_are_asked_for_by_the_question_that_the_key_points_answer(shipped: Desk) -> None:
    items = [item for seed in range(4) for item in drawn(shipped, "typed", 20, seed=seed)]
    cards = {item.card: shipped.library.card(item.card) for item in items}
    assert sum(bool(card.variants) for card in cards.values()) > 10
    for item in items:
        assert item.question == cards[item.card].question, "a variant may ask for something else"


def test_the_seed_decides(shipped: Desk) -> None:
    assert drawn(shipped, "mixed", 8, seed=3) == drawn(shipped, "mixed", 8, seed=3)
    assert drawn(shipped, "mixed", 8, seed=3) != drawn(shipped, "mixed", 8, seed=4)


def test_fewer_where_there_are_fewer(world: World) -> None:
    desk = with_quiz_decks(world).desk()
    assert len(drawn(desk, "mixed", 50)) == 10  # 5 written, 2 made, 2 in words, 1 number
    desk.close()


def test_what_has_one_part_too_few_is_filled_by_the_others(world: World) -> None:
    desk = with_quiz_decks(world).desk()
    items = drawn(desk, "mixed", 8)
    assert len(items) == 8
    assert sum(i.form == "numeric" for i in items) == 1
    desk.close()


DUE = ("metrics#accuracy", "metrics#precision", "losses#mse", "optimizers#momentum", "convolution#pooling")


@pytest.fixture(scope="module", params=DUE)
def due(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Desk, str]]:
    """A desk with one card due, and that card."""
    card, clock = f"deep-learning/{request.param}", Clock()
    desk = desk_in(tmp_path_factory.mktemp("due"), clock)
    drill = Drill(desk, Selection(cards=(card,)))
    ask = drill.next()
    assert ask is not None
    drill.answer(ask, Response(rating=Rating.GOOD))
    clock.forward(days=30)
    yield desk, card
    desk.close()


def everything(desk: Desk) -> list[Item]:
    """All choice questions and all in words, for some seeds."""
    kinds: tuple[Kind, ...] = ("choice", "typed")
    return [item for kind in kinds for seed in (1, 2) for item in drawn(desk, kind, 400, seed=seed)]


def test_what_a_due_card_says_is_shown_by_no_other_question_without_the_mark(due: tuple[Desk, str]) -> None:
    desk, name = due
    card = desk.library.card(name)
    said = [text.casefold().rstrip(".") for text in (card.one_liner, *(p.text for p in card.key_points))]
    title = desk.library.concepts[card.concept].title
    items = everything(desk)
    assert any(item.is_due for item in items)
    for item in items:
        if item.is_due:
            continue
        assert item.card != name
        assert not any(option.id.startswith(f"{card.concept}.") for option in item.options), item.card
        for text in (text for option in item.options for text in (option.text, option.why)):
            assert f"That is {title}" not in text, item.card
            assert not any(words in text.casefold() for words in said if words), (item.card, text)


def test_a_comparison_of_what_is_due_is_marked(due: tuple[Desk, str]) -> None:
    desk, name = due
    concept = desk.library.head(name).concept
    compared = {head.concept for head in desk.library.heads if concept in desk.library.card(head.name).about}
    items = everything(desk)
    for item in items:
        if desk.library.head(item.card).concept in compared:
            assert item.is_due, item.card
    if name.endswith("#mse"):
        marked = {(item.card, item.form == "typed") for item in items if item.is_due}
        assert {("deep-learning/losses#mse-vs-mae", is_typed) for is_typed in (True, False)} <= marked


def test_the_neighbours_of_what_is_due_are_asked_without_its_statements(due: tuple[Desk, str]) -> None:
    desk, name = due
    concept = desk.library.head(name).concept
    items = everything(desk)
    near = {c for c, info in desk.library.concepts.items() if concept in info.confused_with}
    asked = {desk.library.head(item.card).concept for item in items if item.is_generated and not item.is_due}
    assert len(near & asked) >= len(near) - 1
