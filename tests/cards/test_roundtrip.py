"""A deck written as YAML reads back equal, whatever it holds; and no bytes at all make the reader fail."""

from __future__ import annotations

from pathlib import Path

import yaml
from cards.reading import decks, read, texts
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from interviewprep.cards.content import card_from_json, card_hash, card_to_json
from interviewprep.cards.loader import parse_deck
from interviewprep.cards.model import DeckFile
from interviewprep.cards.text import clean, slug
from interviewprep.cards.writing import deck_to_yaml, text_to_yaml

SLOW_IS_FINE = [HealthCheck.too_slow, HealthCheck.data_too_large]


@settings(max_examples=150, deadline=None, suppress_health_check=SLOW_IS_FINE)
@given(decks())
def test_a_written_deck_reads_back_equal(deck: DeckFile) -> None:
    written = deck_to_yaml(deck, schema="schema.json")
    loaded = read(written)
    assert loaded.deck == deck
    assert loaded.problems == ()
    # Other readers, which guess types, must not stumble either.
    assert isinstance(yaml.safe_load(written), dict)


@settings(max_examples=60, deadline=None, suppress_health_check=SLOW_IS_FINE)
@given(decks())
def test_a_card_kept_as_json_reads_back_equal_with_the_same_hash(deck: DeckFile) -> None:
    for card in deck.cards:
        again = card_from_json(card.kind, card_to_json(card))
        assert again == card
        assert card_hash(again) == card_hash(card)


@settings(max_examples=300, deadline=None)
@given(texts, st.integers(0, 8))
def test_any_text_can_be_a_value(text: str, indent: int) -> None:
    lead = "".join(f"{' ' * n}k:\n" for n in range(indent))
    source = f"{lead}{' ' * indent}text: {text_to_yaml(text, indent=indent)}\n"
    value = yaml.load(source, Loader=yaml.CBaseLoader)  # noqa: S506 - makes texts only
    for _ in range(indent):
        value = value["k"]
    assert value["text"] == text


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=300))
def test_random_bytes_give_problems_and_never_a_traceback(data: bytes) -> None:
    loaded = parse_deck(data, path=Path("x.yaml"), deck_id="x")
    assert loaded.deck is not None or loaded.problems


_PIECES = st.sampled_from(
    [
        *[
            "cards:",
            "- id: a",
            "question: q",
            "short: s",
            "kind: choice",
            "options:",
            "concepts:",
            "key_points:",
        ],
        *[
            "\n",
            "\n  ",
            "\n    ",
            " ",
            "\t",
            ": ",
            "- ",
            "[",
            "]",
            "{",
            "}",
            "&a ",
            "*a",
            "!!python/object:x ",
            "|",
        ],
        *[
            ">",
            "'",
            '"',
            "\\",
            "#",
            "%",
            "@",
            "---\n",
            "...\n",
            "? ",
            "~",
            "null",
            "<<: *a",
            "\u202e",
            "\x1b",
            "é",
            "1",
        ],
    ]
)


@settings(max_examples=500, deadline=None)
@given(st.lists(_PIECES, max_size=40).map("".join))
def test_malformed_yaml_gives_problems_with_a_place_and_never_a_traceback(text: str) -> None:
    loaded = read(text)
    lines = text.split("\n")
    for problem in loaded.problems:
        assert 0 <= problem.line <= len(lines) + 1
        assert problem.message
    assert loaded.deck is not None or loaded.problems


_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | texts,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["id", "text", "x"]), inner, max_size=3)
    ),
    max_leaves=6,
)
_FIELDS = st.sampled_from(
    [*DeckFile.model_fields, "id", "question", "short", "options", "key_points", "source", "ranges"]
)


@settings(max_examples=200, deadline=None, suppress_health_check=SLOW_IS_FINE)
@given(st.dictionaries(_FIELDS, _VALUES, max_size=5), st.sampled_from(["qa", "numeric", "choice"]))
def test_any_value_in_any_field_gives_problems_at_a_line(fields: dict[str, object], kind: str) -> None:
    text = yaml.safe_dump(
        {"cards": [{**fields, "kind": kind}], "concepts": {"c": fields}}, allow_unicode=True
    )
    loaded = read(text)
    assert all(problem.line > 0 for problem in loaded.problems)


@given(st.text(max_size=200))
def test_a_slug_is_always_an_id(text: str) -> None:
    found = slug(text)
    assert found
    assert set(found) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert len(found) <= 60
    assert not found.startswith("-")
    assert not found.endswith("-")


@given(st.text(max_size=100))
def test_cleaning_twice_changes_nothing(text: str) -> None:
    assert clean(clean(text)) == clean(text)
