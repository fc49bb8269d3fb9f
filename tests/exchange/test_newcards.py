"""Writing many cards at once into deck files of the learner's."""

from __future__ import annotations

from pathlib import Path

import pytest
from exchange.test_html_text import htmls
from hypothesis import given

from interviewprep.cards.loader import parse_deck
from interviewprep.cards.model import DeckFile, QaCard
from interviewprep.cards.writing import deck_to_yaml
from interviewprep.errors import ExchangeError, NotFoundError
from interviewprep.exchange.htmltext import to_markdown
from interviewprep.exchange.newcards import NewCard, Room, deck_id_of, decks_written, is_deck_id
from interviewprep.study.desk import Desk


def card(card_id: str, question: str = "Why?") -> QaCard:
    return QaCard(id=card_id, question=question, short="Because.")


@pytest.mark.parametrize(
    ("words", "deck"),
    [
        ("Lang::German verbs", "lang/german-verbs"),
        ("a/b", "a/b"),
        ("../../etc/passwd", "etc/passwd"),
        ("::", "cards"),
        ("", "cards"),
        (".hidden::_x_", "hidden/x"),
        ("Études::日本語", "études/日本語"),
        ("C:\\x#1", "c-x-1"),
        ("a::b::c::d::e::f::g", "a/b/c/d/e/f-g"),
        ("x" * 200, "x" * 60),
    ],
)
def test_deck_ids_from_words(words: str, deck: str) -> None:
    assert deck_id_of(words) == deck
    assert is_deck_id(deck)


@pytest.mark.parametrize(
    "deck", ["..", "a/../b", "/a", "a//b", ".a", "a\\b", "a#b", "a b", "a\0", "", "C:/x"]
)
def test_deck_ids_that_lead_elsewhere_are_refused(desk: Desk, deck: str) -> None:
    assert not is_deck_id(deck)
    with (
        pytest.raises(ExchangeError, match="cannot be the name of a deck"),
        decks_written(desk, [NewCard(deck, "", card("a"))]),
    ):
        pytest.fail("written")
    assert not list(desk.paths.user_decks.rglob("*"))


def test_ids_are_the_question_and_free(desk: Desk) -> None:
    room = Room(desk)
    assert room.card_id("losses", "MSE", "k1").startswith("mse-")  # a shipped card is called mse
    first, second, third = (room.card_id("d", "What is it?", key) for key in ("k1", "k2", "k2"))
    assert first == "what-is-it"
    assert second.startswith("what-is-it-")
    assert len({first, second, third}) == 3
    assert Room(desk).card_id("d", "What is it?", "k1") == first
    assert room.card_id("d", "???", "k").startswith("x")


def test_what_fails_inside_leaves_no_trace(desk: Desk) -> None:
    folder = desk.paths.user_decks
    with decks_written(desk, [NewCard("deep/own", "Own", card("a"))]) as files:
        assert files == [folder / "deep" / "own.yaml"]
    before = files[0].read_bytes()
    more = [NewCard("deep/own", "", card("b")), NewCard("new/place", "", card("c"))]

    def fail() -> None:
        with decks_written(desk, more):
            assert (folder / "new" / "place.yaml").exists()
            assert files[0].read_bytes() != before
            raise NotFoundError("no")

    with pytest.raises(NotFoundError):
        fail()
    assert files[0].read_bytes() == before
    assert not (folder / "new").exists()


def test_an_id_that_is_there_already_writes_nothing(desk: Desk) -> None:
    with decks_written(desk, [NewCard("own", "Own", card("a"))]) as files:
        pass
    before = files[0].read_bytes()
    with (
        pytest.raises(ExchangeError, match="would not read back"),
        decks_written(desk, [NewCard("own", "", card("a", "Other?"))]),
    ):
        pytest.fail("written")
    assert files[0].read_bytes() == before


@given(htmls, htmls)
def test_any_card_reads_back_as_it_was(question: str, answer: str) -> None:
    asked, short = to_markdown(question, one_line=True).text, to_markdown(answer).text
    wanted = DeckFile(
        title="T", cards=(QaCard(id="x", question=asked.strip() or "?", short=short.strip() or "!"),)
    )
    data = deck_to_yaml(wanted, schema="schema.json").encode()
    assert parse_deck(data, path=Path("x.yaml"), deck_id="x").deck == wanted
