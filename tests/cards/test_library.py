"""The rules across files: names, former names, overrides, concepts, circles, order."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviewprep.cards.concepts import find_circle
from interviewprep.cards.content import card_hash
from interviewprep.cards.facts import facts_of
from interviewprep.cards.library import Built, build_library, deck_title
from interviewprep.cards.loader import parse_deck


def library(*files: tuple[str, str]) -> Built:
    """The library of files given as (path, text); a path that begins with `own/` is the learner's."""
    return build_library(
        [
            facts_of(
                parse_deck(
                    text.encode(), path=Path(path), deck_id=path.removeprefix("own/").removesuffix(".yaml")
                ),
                shipped=not path.startswith("own/"),
            )
            for path, text in files
        ]
    )


def cards(*names: str, fields: str = "") -> str:
    """Deck text with cards of these ids."""
    return "cards:\n" + "".join(f"  - {{id: {n}, question: What is {n}?, short: s{fields}}}\n" for n in names)


def said(built: Built) -> list[str]:
    return [str(problem) for problem in built.problems]


def names(built: Built) -> list[str]:
    return [head.name for head in built.heads]


def test_decks_come_by_order_then_name_and_shipped_cards_before_the_learners() -> None:
    built = library(
        ("z.yaml", "order: 5\n" + cards("one", "two")),
        ("a.yaml", cards("three")),
        ("own/z.yaml", "order: 900\ntitle: Mine\n" + cards("four")),
        ("own/b.yaml", cards("five")),
    )
    assert names(built) == ["z#one", "z#two", "z#four", "a#three", "b#five"]
    assert [(d.id, d.title, d.cards, d.files, d.shipped) for d in built.decks] == [
        ("z", "Mine", 3, ("z.yaml", "own/z.yaml"), True),
        ("a", "A", 1, ("a.yaml",), True),
        ("b", "B", 1, ("own/b.yaml",), False),
    ]
    assert built.problems == []


def test_two_cards_with_one_name_are_an_error_that_names_both_and_the_first_stays() -> None:
    built = library(("d.yaml", cards("x", "y")), ("own/d.yaml", cards("x")))
    (problem,) = said(built)
    assert problem.startswith("own/d.yaml:2:5: `d#x` is already the name of the card at d.yaml:2; ")
    assert names(built) == ["d#x", "d#y"]
    assert built.origins[0].file == 0


def test_a_former_name_leads_to_the_card() -> None:
    built = library(("d.yaml", cards("new", fields=", was: [old, other/deck#older]")))
    assert built.aliases == {"d#old": "d#new", "other/deck#older": "d#new"}
    assert built.problems == []


def test_a_former_name_that_still_exists_is_an_error_and_no_alias() -> None:
    built = library(("d.yaml", cards("old")), ("e.yaml", cards("new", fields=", was: ['d#old']")))
    assert said(built) == [
        "e.yaml:2:5: `was: d#old` is still the name of the card at d.yaml:2; remove one of them"
    ]
    assert built.aliases == {}


def test_a_former_name_claimed_twice_is_an_error_and_the_first_claim_counts() -> None:
    built = library(
        ("d.yaml", cards("a", fields=", was: [old]")), ("e.yaml", cards("b", fields=", was: ['d#old']"))
    )
    assert said(built) == ["e.yaml:2:5: `was: d#old` is also a former name of `d#a`; keep one of them"]
    assert built.aliases == {"d#old": "d#a"}


def test_an_override_takes_the_place_and_the_name_of_the_original() -> None:
    built = library(
        ("d.yaml", cards("one", "two", "three")),
        ("own/d.yaml", "cards:\n  - {id: two, overrides: 'd#two', question: Mine?, short: s, level: hard}\n"),
        ("own/mine.yaml", cards("four", fields=", overrides: 'd#one'")),
    )
    assert names(built) == ["d#one", "d#two", "d#three"]
    assert [(h.name, h.level) for h in built.heads][1] == ("d#two", "hard")
    assert [origin.file for origin in built.origins] == [2, 1, 0]
    assert [(d.id, d.cards) for d in built.decks] == [("d", 3)]
    assert built.problems == []


def test_an_override_of_a_card_that_was_renamed_follows_it() -> None:
    built = library(
        ("d.yaml", cards("new", fields=", was: [old]")),
        ("own/d.yaml", cards("old", fields=", overrides: 'd#old'")),
    )
    assert names(built) == ["d#new"]
    assert built.origins[0].file == 1
    assert built.problems == []


def test_an_override_of_a_card_that_is_gone_still_counts_and_warns() -> None:
    built = library(("d.yaml", cards("other")), ("own/d.yaml", cards("gone", fields=", overrides: 'd#gone'")))
    assert names(built) == ["d#other", "d#gone"]
    assert said(built) == ["own/d.yaml:2:5: warning: `overrides: d#gone`: there is no such card (any more)"]


def test_two_overrides_of_one_card_are_an_error_and_the_first_counts() -> None:
    built = library(
        ("d.yaml", cards("x")),
        ("own/a.yaml", cards("x", fields=", overrides: 'd#x'")),
        ("own/b.yaml", cards("x", fields=", overrides: 'd#x'")),
    )
    assert said(built) == [
        "own/b.yaml:2:5: `d#x` is already replaced by the card at own/a.yaml:2; remove one"
    ]
    assert built.origins[0].file == 1


def test_an_override_whose_original_has_changed_since_warns_with_the_new_hash() -> None:
    original = parse_deck(cards("x").encode(), path=Path("d.yaml"), deck_id="d").deck
    assert original is not None
    now = card_hash(original.cards[0])
    fresh = library(
        ("d.yaml", cards("x")), ("own/d.yaml", cards("x", fields=f", overrides: 'd#x', base: {now}"))
    )
    assert fresh.problems == []
    stale = library(
        ("d.yaml", cards("x")), ("own/d.yaml", cards("x", fields=", overrides: 'd#x', base: abc"))
    )
    (problem,) = stale.problems
    assert problem.severity == "warning"
    assert f"(base abc, now {now})" in problem.message


def test_unknown_concepts_are_errors_where_they_stand_with_the_nearest_known() -> None:
    built = library(
        (
            "d.yaml",
            "concepts:\n  sgd: {confused_with: [momentun]}\n" + cards("momentum", fields=", requires: [sdg]"),
        ),
        ("e.yaml", cards("adam", fields=", about: [momemtum]")),
    )
    assert said(built) == [
        "d.yaml:2:25: `confused_with`: there is no concept `momentun`; did you mean `momentum`?",
        "d.yaml:4:70: `requires`: there is no concept `sdg`; did you mean `sgd`?",
        "e.yaml:2:59: warning: `about`: there is no concept `momemtum`; did you mean `momentum`?",
    ]
    assert names(built) == ["d#momentum", "e#adam"]


def test_a_head_holds_what_the_card_and_its_concept_require() -> None:
    built = library(
        ("d.yaml", "concepts:\n  b: {title: The B, requires: [a]}\n  c: {}\n" + cards("a") + cards("b")[7:]),
        ("e.yaml", cards("hard-b", fields=", concept: b, requires: [c, a]")),
    )
    assert [(h.name, h.concept, h.requires) for h in built.heads] == [
        ("d#a", "a", ""),
        ("d#b", "b", "a"),
        ("e#hard-b", "b", "a c"),
    ]
    assert built.concepts["b"].title == "The B"
    assert built.concepts["c"].title == "c"


def test_concepts_that_require_each_other_in_a_circle_are_an_error() -> None:
    built = library(
        ("d.yaml", "concepts:\n  a: {requires: [c]}\n" + cards("a")),
        ("e.yaml", cards("b", fields=", requires: [a]") + cards("c", fields=", requires: [b]")[7:]),
        ("f.yaml", cards("behind", fields=", requires: [c]")),
    )
    assert said(built) == [
        "d.yaml:2:3: `requires` runs in a circle, so none of these would be asked first: a -> c -> b -> a"
    ]


def test_a_harder_card_may_require_its_own_concept() -> None:
    built = library(("d.yaml", cards("a") + cards("a-hard", fields=", concept: a, requires: [a]")[7:]))
    assert built.problems == []
    alone = library(("d.yaml", cards("a", fields=", requires: [a]")))
    assert "a -> a" in said(alone)[0]


def test_tags_level_and_kind_reach_the_head() -> None:
    choice = "{id: c, kind: choice, question: q, options: [{text: a, right: true}, b], tags: [x, y]}"
    built = library(("d.yaml", f"cards:\n  - {choice}\n"))
    head = built.heads[0]
    assert (head.kind, head.tags, head.level, head.priority, head.scheduled) == (
        "choice",
        "x y",
        "",
        "should",
        0,
    )


@pytest.mark.parametrize(
    ("deck", "title"), [("deep-learning/loss_functions", "Loss functions"), ("x", "X"), ("a/", "")]
)
def test_titles_of_decks_without_one(deck: str, title: str) -> None:
    assert deck_title(deck) == title


_CONCEPTS = st.sampled_from("abcdef")


@given(st.dictionaries(_CONCEPTS, st.lists(st.frozensets(_CONCEPTS, max_size=3), min_size=1, max_size=2)))
def test_a_circle_is_found_exactly_when_some_concept_can_never_be_passed(
    needs: dict[str, list[frozenset[str]]],
) -> None:
    passed: set[str] = set()
    for _ in needs:
        passed |= {
            c
            for c, options in needs.items()
            if any(all(r in passed or r not in needs for r in o) for o in options)
        }
    circle = find_circle(needs)
    assert bool(circle) == (passed != needs.keys())
    for concept, following in zip(circle, [*circle[1:], *circle[:1]], strict=True):
        assert any(following in option for option in needs[concept])


def test_a_chain_of_thousands_of_requirements_takes_no_time() -> None:
    needs = {f"c{n}": [frozenset({f"c{n + 1}"})] for n in range(20_000)}
    assert find_circle(needs) == []
