"""Which questions a quiz draws."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from support import Clock, World
from support_quiz import with_quiz_decks

from interviewprep.settings import Settings, find_paths, shipped_decks
from interviewprep.store.index import Library
from interviewprep.study.desk import Desk
from interviewprep.study.quiz_draw import KINDS, Kind, draw_items
from interviewprep.study.quiz_items import CHOICES, Form, Item
from interviewprep.study.selection import Selection


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A desk over the shipped decks."""
    home: Path = tmp_path_factory.mktemp("home")
    paths = replace(find_paths({"INTERVIEWPREP_HOME": str(home)}), shipped_decks=shipped_decks())
    desk = Desk(Settings(), paths, Library.open(paths.index, paths.deck_folders), clock=Clock())
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
