"""The order of a cram."""

from __future__ import annotations

import random
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from interviewprep.cards.heads import CardHead
from interviewprep.memory.cram import spaced_apart
from interviewprep.memory.queue import cram_order
from interviewprep.memory.types import CardState, Progress

TODAY = 20000


def head(name: str, *, concept: str = "", scheduled: int = 1) -> CardHead:
    return CardHead(f"d#{name}", "qa", concept or name, "", "", "should", "", scheduled)


def state(name: str, stability: float, *, last: int = TODAY - 10, repeat: int | None = None) -> CardState:
    return CardState(
        f"d#{name}", stability, 5.0, 1, last, 0, TODAY + 5, 1, 0, 1, 3, repeat, None, None, None, ""
    )


def progress(*states: CardState, seen: tuple[str, ...] = (), hidden: tuple[str, ...] = ()) -> Progress:
    known = {s.card: s for s in states}
    return Progress(TODAY, dict.fromkeys([*known, *seen], True), known, frozenset(hidden), ())


def test_hardest_first_then_well_known_then_never_asked() -> None:
    heads = [head(n) for n in ("new-1", "known", "weak", "strong", "failed", "new-2")]
    learned = progress(
        state("strong", 90.0),
        state("weak", 2.0),
        state("failed", 50.0, last=TODAY, repeat=TODAY),
        seen=("d#known",),
    )
    found = cram_order(heads, learned, random.Random(1))
    assert found == ["d#failed", "d#weak", "d#strong", "d#known", "d#new-1", "d#new-2"]


def test_unscheduled_and_hidden_cards_are_left_out() -> None:
    heads = [head("a"), head("b", scheduled=0), head("c")]
    assert cram_order(heads, progress(hidden=("d#c",)), random.Random(1)) == ["d#a"]


def test_ties_fall_by_chance_and_the_same_way_for_the_same_seed() -> None:
    heads = [head(f"c{n}") for n in range(30)]
    equal = progress(*(state(f"c{n}", 10.0) for n in range(30)))
    first = cram_order(heads, equal, random.Random(1))
    assert first == cram_order(heads, equal, random.Random(1))
    assert first != cram_order(heads, equal, random.Random(2))
    fewer = cram_order(heads[:20], equal, random.Random(1))
    assert fewer == [card for card in first if card in fewer]


def test_siblings_are_spaced() -> None:
    heads = [head(f"s{n}", concept="s") for n in range(2)] + [head(f"o{n}") for n in range(9)]
    found = cram_order(heads, progress(), random.Random(1))
    assert found.index("d#s1") - found.index("d#s0") == 6


@given(concepts=st.lists(st.sampled_from("abcdefgh"), max_size=60), gap=st.integers(0, 6))
def test_spacing_loses_no_card_and_keeps_the_order_of_siblings(concepts: list[str], gap: int) -> None:
    cards = [(f"{place:02}", concept) for place, concept in enumerate(concepts)]
    found = spaced_apart(cards, gap)
    assert sorted(found) == [name for name, _ in cards]
    for concept in set(concepts):
        own = [name for name in found if concepts[int(name)] == concept]
        assert own == sorted(own)


@given(concepts=st.lists(st.sampled_from("abcdefgh"), max_size=60), gap=st.integers(0, 6))
def test_siblings_are_close_only_where_nothing_else_is_left(concepts: list[str], gap: int) -> None:
    cards = [(f"{place:02}", concept) for place, concept in enumerate(concepts)]
    found = [concepts[int(name)] for name in spaced_apart(cards, gap)]
    for place, concept in enumerate(found):
        lately = found[max(0, place - gap) : place]
        if concept in lately:
            assert set(found[place:]) <= set(lately)


def test_one_concept_with_ten_thousand_cards_is_no_trouble() -> None:
    found = spaced_apart(((f"{n:05}", "x") for n in range(10_000)), 5)
    assert all(a < b for a, b in pairwise(found))
