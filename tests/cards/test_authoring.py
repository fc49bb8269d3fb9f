"""Writing into deck files: only text is added, what was there stays byte for byte."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from cards.reading import texts
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from interviewprep.cards.authoring import EXAMPLE_DECK, add_card, new_deck, override_copy, start_folder
from interviewprep.cards.content import card_hash
from interviewprep.cards.loader import load_deck, parse_deck
from interviewprep.cards.model import Card
from interviewprep.errors import DeckError, NotFoundError
from interviewprep.settings import shipped_decks


def loaded(path: Path) -> list[Card]:
    """The cards of a file, which has no problems."""
    found = load_deck(path, deck_id="d")
    assert found.problems == ()
    assert found.deck is not None
    return list(found.deck.cards)


def deck(folder: Path, text: str, name: str = "d.yaml") -> Path:
    """A deck file of this text, line ends as given."""
    path = folder / name
    path.write_bytes(text.encode())
    return path


HEADER = "# my notes\ntitle: Notes  # of mine\ncards:\n"
FULL = "cards:\n  - id: a\n    question: q # why\n    short: |\n      s\n"
TAIL = "\n# end of cards\n\nconcepts:\n  a: A\n"
NEW = "  - id: new\n    question: New?\n    short: yes it is\n"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (FULL, FULL + NEW),
        (FULL.rstrip("\n"), FULL + NEW),
        (FULL + TAIL, FULL + NEW + TAIL),
        (
            "cards:\n- {id: a, question: q, short: s}",
            "cards:\n- {id: a, question: q, short: s}\n" + NEW.replace("\n  ", "\n")[2:],
        ),
        (HEADER, HEADER + NEW),
        ("", "cards:\n" + NEW),
        ("# nothing yet\n", "# nothing yet\ncards:\n" + NEW),
        ("title: T\r\ncards:\r\n", "title: T\r\ncards:\r\n" + NEW.replace("\n", "\r\n")),
        ("\ufefftitle: T\n", "\ufefftitle: T\ncards:\n" + NEW),
    ],
)
def test_a_card_is_added_at_the_end_and_the_rest_stays_as_it_is(
    tmp_path: Path, before: str, after: str
) -> None:
    path = deck(tmp_path, before)
    assert add_card(path, "New?", "yes it is") == "new"
    assert path.read_bytes().decode() == after
    assert loaded(path)[-1].question == "New?"


def test_an_added_card_keeps_its_text_whatever_it_is(tmp_path: Path) -> None:
    path = new_deck(tmp_path, "notes")
    question, answer = 'Why: "a # b" isn\'t [x]?', "no\n\n  * one: $\\frac{1}{2}$\n\ttwo"
    add_card(path, question, answer, ["Two Words", "a,b", "#", "a,b"])
    (card,) = loaded(path)
    assert (card.question, card.short, card.tags) == (question, answer, ("Two-Words", "a-b"))


def test_ids_of_added_cards_are_unique_even_beside_broken_cards_and_other_files(tmp_path: Path) -> None:
    path = deck(tmp_path, "cards:\n  - {id: why-so, question: q}\n")
    assert add_card(path, "Why so?", "a", taken=["why-so-2"]) == "why-so-3"
    assert add_card(path, "Why so?", "a") == "why-so-2"
    assert add_card(path, "日本?", "a").startswith("x")


def test_a_long_question_gives_a_short_id_cut_at_a_word(tmp_path: Path) -> None:
    path = new_deck(tmp_path, "notes")
    found = add_card(path, "What is the difference between batch normalization and layer normalization?", "a")
    assert found == "what-is-the-difference-between-batch"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("cards: [\n", "has an error"),
        ("cards: [{id: a, question: q, short: s}]\n", "in brackets"),
        ("cards: []\n", "in brackets"),
        ("cards: 3\n", "in brackets"),
        ("format: 2\n", "newer"),
        ("cards:\n  - {id: a, question: q, short: s}\n...\n", "cannot be added"),
    ],
)
def test_a_file_no_card_can_be_added_to_is_left_as_it_is(tmp_path: Path, text: str, words: str) -> None:
    path = deck(tmp_path, text)
    with pytest.raises(DeckError, match=words):
        add_card(path, "q", "a")
    assert path.read_text() == text


def test_a_file_that_is_not_there_or_empty_texts_are_refused(tmp_path: Path) -> None:
    with pytest.raises(DeckError, match="cannot be read"):
        add_card(tmp_path / "gone.yaml", "q", "a")
    with pytest.raises(DeckError, match="a question and an answer"):
        add_card(new_deck(tmp_path, "notes"), "q", " \x1b ")


def test_writing_follows_links_keeps_the_mode_and_leaves_no_other_file(tmp_path: Path) -> None:
    real = deck(tmp_path, HEADER, "real.yaml")
    real.chmod(0o640)
    link = tmp_path / "link.yaml"
    link.symlink_to(real)
    add_card(link, "q", "a")
    assert link.is_symlink()
    assert len(loaded(real)) == 1
    assert real.stat().st_mode & 0o777 == 0o640
    assert sorted(p.name for p in tmp_path.iterdir()) == ["link.yaml", "real.yaml"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_cannot_be_written_is_a_clear_error(tmp_path: Path) -> None:
    path = deck(tmp_path, HEADER)
    tmp_path.chmod(0o555)
    try:
        with pytest.raises(DeckError, match="cannot be written: permission denied"):
            add_card(path, "q", "a")
    finally:
        tmp_path.chmod(0o755)


def test_a_place_that_is_no_folder_is_a_clear_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(DeckError, match="cannot be written"):
        new_deck(tmp_path / "file", "notes")


def test_a_new_deck_points_to_its_schema_and_holds_a_commented_card(tmp_path: Path) -> None:
    path = new_deck(tmp_path, "llm/serving", "Serving: fast")
    lines = path.read_text().split("\n")
    assert lines[:4] == [
        "# yaml-language-server: $schema=../schema.json",
        "format: 1",
        "title: 'Serving: fast'",
        "cards:",
    ]
    assert (path.parent / "../schema.json").resolve().is_file()
    assert loaded(path) == []
    uncommented = "\n".join(line.removeprefix("#") if line.startswith("#  ") else line for line in lines)
    path.write_text(uncommented)
    assert [card.id for card in loaded(path)] == ["first-card"]


def test_a_deck_that_exists_is_not_begun_again(tmp_path: Path) -> None:
    deck(tmp_path, HEADER, "notes.yml")
    with pytest.raises(DeckError, match="already there"):
        new_deck(tmp_path, "notes")


@pytest.mark.parametrize("name", ["", "../x", "/etc/x y", "a//b", "a b", ".hidden", "a/../b", "a\nb", "a#b"])
def test_a_name_that_cannot_be_a_decks_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(DeckError, match="cannot be a deck's name"):
        new_deck(tmp_path, name)
    assert list(tmp_path.iterdir()) == []


def test_the_example_deck_is_all_comments_and_loads_when_they_are_taken_away(tmp_path: Path) -> None:
    start_folder(tmp_path / "decks")
    path = tmp_path / "decks" / "example.yaml"
    assert path.read_text() == EXAMPLE_DECK
    assert loaded(path) == []
    lines = EXAMPLE_DECK.split("\n")
    path.write_text("\n".join(line.removeprefix("#") if line.startswith("#  ") else line for line in lines))
    assert [card.id for card in loaded(path)] == ["my-first-card", "momentum-in-full"]


def test_a_card_can_be_added_to_the_example_deck(tmp_path: Path) -> None:
    start_folder(tmp_path)
    add_card(tmp_path / "example.yaml", "q", "a")
    assert (tmp_path / "example.yaml").read_text().startswith(EXAMPLE_DECK)
    assert len(loaded(tmp_path / "example.yaml")) == 1


SHIPPED = """\
title: Optimizers
cards:
  # the first
  - id: sgd
    question: What is SGD?  # a comment
    short: |
      Steps.

        Indented.
    # about the tags
    tags: [a,
      b]

  # the second
  - {id: momentum, question: What is momentum?, short: A sum.}
concepts:
  sgd: SGD
"""


def test_a_shipped_card_is_copied_as_it_is_written_and_replaces_the_original(tmp_path: Path) -> None:
    shipped = deck(tmp_path, SHIPPED, "optimizers.yaml")
    original = loaded(shipped)[0]
    own = tmp_path / "own"
    path, line = override_copy("topic/optimizers#sgd", shipped, own)
    assert (path, line) == (own / "topic" / "optimizers.yaml", 5)
    assert path.read_text() == (
        "# yaml-language-server: $schema=../schema.json\n"
        "format: 1\n"
        "title: Optimizers\n"
        "cards:\n"
        "  - overrides: topic/optimizers#sgd\n"
        f"    base: {card_hash(original)}\n"
        "    id: sgd\n"
        "    question: What is SGD?  # a comment\n"
        "    short: |\n"
        "      Steps.\n"
        "\n"
        "        Indented.\n"
        "    # about the tags\n"
        "    tags: [a,\n"
        "      b]\n"
    )
    assert shipped.read_text() == SHIPPED
    (copy,) = loaded(path)
    assert card_hash(copy) == card_hash(original)
    assert override_copy("topic/optimizers#sgd", shipped, own) == (path, line), (
        "a second time it is only found"
    )


def test_a_card_written_in_braces_or_with_aliases_is_copied_too(tmp_path: Path) -> None:
    text = SHIPPED.replace("A sum.", "&s A sum.").replace(
        "concepts:", "  - {id: same, question: q, short: *s}\nconcepts:"
    )
    shipped = deck(tmp_path, text, "optimizers.yaml")
    for number, name in ((1, "momentum"), (2, "same")):
        path, _ = override_copy(f"optimizers#{name}", shipped, tmp_path / "own")
        assert loaded(path)[number - 1].short == "A sum."


def test_a_card_that_the_file_has_not_cannot_be_copied(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError):
        override_copy("optimizers#adam", deck(tmp_path, SHIPPED), tmp_path / "own")


def test_a_copy_goes_into_the_file_the_learner_already_has(tmp_path: Path) -> None:
    shipped = deck(tmp_path, SHIPPED, "optimizers.yaml")
    own = tmp_path / "own"
    own.mkdir()
    mine = deck(own, "cards:\n- id: mine\n  question: q\n  short: s\n", "optimizers.yml")
    path, line = override_copy("optimizers#sgd", shipped, own)
    assert (path, line) == (mine, 5)
    assert [card.id for card in loaded(mine)] == ["mine", "sgd"]
    assert not (own / "optimizers.yaml").exists()


def test_every_shipped_card_can_be_copied_with_its_text_unchanged(tmp_path: Path) -> None:
    shipped = sorted(shipped_decks().rglob("*.yaml"))[0]
    name = shipped.stem
    for card in loaded(shipped):
        override_copy(f"{name}#{card.id}", shipped, tmp_path)
    copies = loaded(tmp_path / f"{name}.yaml")
    assert [card_hash(copy) for copy in copies] == [card_hash(card) for card in loaded(shipped)]


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    texts,
    texts,
    st.sampled_from(
        [
            "",
            "cards:\n",
            HEADER + "  - {id: a, question: q, short: s}\n",
            "cards:\n- id: a\n  question: q\n  short: |+\n    s\n\n\n",
        ]
    ),
)
def test_any_text_can_be_added_to_any_deck(tmp_path: Path, question: str, answer: str, before: str) -> None:
    path = deck(tmp_path, before)
    card_id = add_card(path, question, answer)
    assert path.read_text(encoding="utf-8").startswith(before)
    found = parse_deck(path.read_bytes(), path=path, deck_id="d")
    assert found.deck is not None
    added = found.deck.cards[-1]
    assert (added.id, added.question, added.short) == (card_id, question, answer)
