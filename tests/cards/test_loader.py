"""Every problem of a file in one go, at its place, and one bad card never takes the others with it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from cards.reading import GOOD, card, errors, ids, qa, read

from interviewprep.cards.loader import load_deck, place_of
from interviewprep.cards.model import ChoiceCard, KeyPoint, NumericCard, Range


def choice(options: str, *, form: str = "one", question: str = "Which?") -> str:
    """Deck text with one choice card and a good card."""
    fields = f"id: c, kind: choice, form: {form}, question: {question}, options: [{options}]"
    return f"cards:\n  - {{{fields}}}\n{GOOD}"


def test_a_card_takes_three_lines() -> None:
    loaded = read("cards:\n  - id: momentum\n    question: What is momentum?\n    short: A decaying sum.\n")
    assert loaded.problems == ()
    assert loaded.deck is not None
    (card,) = loaded.deck.cards
    assert (card.id, card.kind, card.concept, card.priority, card.level) == (
        "momentum",
        "qa",
        "momentum",
        "should",
        None,
    )
    assert loaded.places == {"momentum": (2, 5)}


def test_every_problem_is_reported_at_once_where_it_is() -> None:
    text = """\
order: soon
colour: red
cards:
  - id: Bad Id
    question: q
    shrt: s
    tags: one
  - id: fine
    question: q
    short: s
    level: Medium
    key_points: [{txt: a}, {weight: most, text: b}]
  - not a card
  - {id: good, question: q, short: s}
"""
    assert errors(text) == [
        "1:8: `order`: write a whole number, not `soon`",
        "2:1: unknown key `colour`; here stand cards, concepts, format, order, title",
        "4:5: `short` is missing: the answer one can say in 30 seconds.",
        "4:9: `id`: an id has only a-z, 0-9 and hyphens, not `Bad Id`",
        "6:5: unknown key `shrt`; did you mean `short`?",
        "7:11: `tags`: write a list, e.g. [one] or one entry a line after `-`, not a single text",
        "11:12: `level`: write `easy`, `medium` or `hard`, not `Medium`",
        "12:18: `text` is missing: the idea, in a few words.",
        "12:19: unknown key `txt`; did you mean `text`?",
        "12:37: `weight`: write `must` or `nice`, not `most`",
        "13:5: a card has keys and values; begin it with `- id: some-name`",
    ]
    assert ids(text) == ["good"]


def test_a_bad_concept_leaves_the_others() -> None:
    text = "concepts:\n  one: {titel: One}\n  two: Two\n  three:\n  Fo ur: {title: x}\ncards:\n" + GOOD
    assert errors(text) == [
        "2:9: unknown key `titel`; did you mean `title`?",
        "5:10: `concepts`: an id has only letters, digits, dots and hyphens, not `Fo ur`",
    ]
    deck = read(text).deck
    assert deck is not None
    assert {key: concept.title for key, concept in deck.concepts.items()} == {"two": "Two", "three": ""}
    assert ids(text) == ["good"]


def test_a_format_of_the_future_is_refused_as_a_whole() -> None:
    loaded = read("format: 2\ncards:\n  - {id: a, question: q, short: s, new-field: x}\n")
    assert loaded.deck is None
    assert [str(p) for p in loaded.problems] == [
        "notes.yaml:1:9: format 2 is newer than this program knows (1); upgrade it"
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("cards: 3\n", "1:8: `cards`: write a list of cards here, each beginning with `- id:`"),
        ("concepts: [a]\n", "1:11: `concepts`: write `id: {title: ...}` lines here"),
        (
            "cards:\n  - {id: a, kind: choise, question: q}\n",
            "2:19: `kind`: write qa, numeric or choice; did you mean `choice`?",
        ),
        (
            "cards:\n  - {id: a, question: q, short: s, family: f}\n",
            "2:36: `family` belongs to cards of `kind: numeric`",
        ),
        (
            "cards:\n  - {id: a, question: q, short: s, confused_with: [b]}\n",
            "2:36: `confused_with` belongs to a concept; write it under `concepts:` at the top of the file",
        ),
        ("cards:\n  - {id: a, question: [q], short: s}\n", "2:23: `question`: write a text here, not a list"),
        (
            "cards:\n  - {id: a, question: {why: x}, short: s}\n",
            "2:23: `question`: write a text here, not keys and values; put text with a colon in quotes",
        ),
        (
            "cards:\n  - {id: a, question: '', short: s}\n",
            "2:23: `question`: is empty; write something or remove it",
        ),
        (
            "cards:\n  - {id: a, question: q, short: s, refs: [x, ~]}\n",
            "2:46: `refs`: an empty entry; write something or remove it",
        ),
        (
            "cards:\n  - {id: a, question: q, short: s, tags: [two words]}\n",
            "2:43: `tags`: a tag is one word; join words with hyphens, not `two words`",
        ),
        (
            "cards:\n  - {id: a, question: q, short: s, source: foo}\n",
            "2:44: `source`: write keys and values here, not a single text",
        ),
        (
            "cards:\n  - {id: a, question: q, short: s, overrides: b}\n",
            "2:47: `overrides`: write the full name of the card it replaces, `deck#card`, not `b`",
        ),
        (
            "cards:\n  - {id: a, question: q, short: s, base: b}\n",
            "2:42: `base` belongs to `overrides`; add `overrides: deck#card` or remove it",
        ),
        (
            "cards:\n  - {id: n, kind: numeric, question: q, family: f, params: {a: {b: c}}}\n",
            "2:64: `params`: write a number, a list of numbers or a table, e.g. {beta: 0.9, w: [1, 2]}",
        ),
        (
            "cards:\n  - {id: n, kind: numeric, question: q, family: f, ranges: {a: [3, 1]}}\n",
            "2:64: `ranges`: write [low, high], [low, high, step] or {of: [values]}, the smaller first",
        ),
        (
            "cards:\n  - {id: n, kind: numeric, question: q, family: f, mental: maybe}\n",
            "2:60: `mental`: write true or false, not `maybe`",
        ),
    ],
)
def test_what_is_wrong_and_what_to_write_instead(text: str, said: str) -> None:
    assert said in errors(text)


def test_two_cards_with_one_id_name_each_other_and_the_first_stays() -> None:
    text = "cards:\n" + GOOD + "  - {id: good, question: other, short: s}\n"
    assert errors(text) == ["3:10: the id `good` is already that of the card in line 2; give one another id"]
    deck = read(text).deck
    assert deck is not None
    assert [c.question for c in deck.cards] == ["What is good?"]


def test_a_bare_string_stands_for_the_one_needed_field() -> None:
    found = qa(
        "    key_points: [Sums past gradients, {text: x, weight: nice}]\n    variants: [Why so?]\n"
        "    analogies: [A ball.]\n    refs: [Goodfellow 2016]\n"
    )
    assert found.key_points[0] == KeyPoint(
        id="sums-past-gradients", weight="must", text="Sums past gradients"
    )
    assert found.variants[0].id == "why-so"
    assert (found.analogies[0].text, found.analogies[0].breaks) == ("A ball.", "")
    assert found.refs[0].text == "Goodfellow 2016"


def test_ids_inside_a_card_are_unique_over_all_its_lists() -> None:
    text = (
        "cards:\n  - id: a\n    question: q\n    short: s\n    variants: [{id: x, ask: y}]\n"
        "    key_points: [{id: x, text: z}]\n" + GOOD
    )
    assert errors(text) == [
        "6:23: the id `x` is also that of variants, number 1; give one of them another `id`"
    ]
    assert ids(text) == ["good"]


def test_a_follow_up_knows_only_key_points_of_its_card() -> None:
    text = (
        "cards:\n  - id: a\n    question: q\n    short: s\n    key_points: [{id: decay, text: z}]\n"
        "    follow_ups: [{ask: x, answer: y, when_missed: [decai]}]\n"
    )
    assert errors(text) == ["6:52: this card has no key point `decai`; did you mean `decay`?"]


def test_a_numeric_card_keeps_its_numbers_as_written() -> None:
    found = card(
        "    kind: numeric\n    question: Two steps\n    family: momentum-step\n"
        "    params: {beta: 0.90, w: [1, 2], m: [[1, 0], [0, 1]]}\n"
        "    ranges: {w0: [1, 3, 0.5], lr: [0.1, 1], beta: {of: [0.5, 0.9]}}\n    mental: yes\n"
    )
    assert isinstance(found, NumericCard)
    assert found.params == {"beta": "0.90", "w": ("1", "2"), "m": (("1", "0"), ("0", "1"))}
    assert found.ranges["w0"] == Range(low=1, high=3, step=0.5)
    assert found.ranges["beta"].of == ("0.5", "0.9")
    assert found.mental is True


def test_a_choice_card_is_not_drilled_unless_it_says_so() -> None:
    found = card("    kind: choice\n    question: Which?\n    options: [{text: A, right: true}, B]\n")
    assert isinstance(found, ChoiceCard)
    assert (found.form, found.drill, [o.id for o in found.options]) == ("one", False, ["a", "b"])


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (choice("a, b"), "no option is right"),
        (choice("{text: a, right: true}, {text: b, right: true}"), "2 options are right"),
        (choice("{text: a, right: true}"), "write at least 2 entries"),
        (choice("{id: x, text: a, right: true}, {id: y, text: a}"), "same text"),
        (choice("{text: a, right: true}, b, c", form="true-false"), "has two options"),
        (choice("{text: a, right: true}, b", form="order"), "needs no `right`"),
        (choice("{text: a, right: true}, b", form="gap"), "write it as ___"),
        (choice("a, b", form="any"), "`form`: write `one`, `several`"),
    ],
)
def test_options_fit_the_form(text: str, words: str) -> None:
    (said,) = errors(text)
    assert words in said
    assert ids(text) == ["good"]


@pytest.mark.parametrize(
    "text",
    [
        choice("{text: a, right: true}, {text: b, right: true}, c", form="several"),
        choice("{text: 'True'}, {text: 'False', right: true}", form="true-false"),
        choice("first, second, third", form="order"),
        choice("{text: a, right: true}, b", form="gap", question="Fill ___ in"),
    ],
)
def test_options_of_the_other_forms(text: str) -> None:
    assert errors(text) == []


def test_the_place_of_a_field_deep_in_a_card() -> None:
    loaded = read(
        "cards:\n  - id: a\n    question: q\n    short: s\n"
        "    key_points:\n      - text: one\n        weight: nice\n"
    )
    node = loaded.parts["a"]
    assert place_of(node, ("key_points", 0, "weight")) == (7, 17)
    assert place_of(node, ("key_points",), of_key=True) == (5, 5)
    assert place_of(node, ("variants",)) == (2, 5)


def test_a_file_that_is_not_there_or_no_file_is_reported(tmp_path: Path) -> None:
    gone = load_deck(tmp_path / "gone.yaml", deck_id="gone")
    assert (gone.deck, gone.readable) == (None, False)
    assert "cannot be read: no such file" in str(gone.problems[0])
    folder = load_deck(tmp_path, deck_id="folder")
    assert "no ordinary file" in str(folder.problems[0])
    os.mkfifo(tmp_path / "pipe.yaml")
    assert "no ordinary file" in str(load_deck(tmp_path / "pipe.yaml", deck_id="pipe").problems[0])


def test_a_file_of_more_than_five_megabytes_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "big.yaml"
    with path.open("wb") as file:
        file.truncate(300_000_000)
    loaded = load_deck(path, deck_id="big")
    assert loaded.deck is None
    assert "300.0 MB" in str(loaded.problems[0])
