"""The fitted weights of the shipped cards."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from interviewprep.cards.loader import load_deck
from interviewprep.grading.facts import CardFacts, MisconceptionFacts, PointFacts, card_facts
from interviewprep.grading.phrase_table import FIRST, LAST, NOTHING, UNIT, digest, fitted_phrases, table_of
from interviewprep.grading.phrases import Phrases
from interviewprep.settings import shipped_decks

CARD = CardFacts("?", (PointFacts("a", True, ("one thing", "a thing")),), (MisconceptionFacts("m", ("no",)),))


def shipped_questions() -> Iterator[CardFacts]:
    root = shipped_decks()
    for path in sorted(root.rglob("*.yaml")):
        deck = load_deck(path, deck_id=path.relative_to(root).with_suffix("").as_posix()).deck
        assert deck is not None
        yield from (card_facts(card) for card in deck.cards if card.kind == "qa")


def test_every_shipped_question_has_fitted_weights() -> None:
    """Fails when a card's points or wordings change: run `python -m benchmarks.fit_phrases` then."""
    missing = [card.question for card in shipped_questions() if fitted_phrases(card) is None]
    assert missing == []


def test_a_card_written_and_read_again_has_the_same_weights(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = {"thing": {0: 2.34, 1: -1.26}, "!#0.5": {0: -20.0, 1: 20.0}, "=17": {1: 0.01}}
    text = table_of(CARD, Phrases(rows, 2))
    table = f"@00000000\nx II\n{text}@ffffffff\n".encode()
    monkeypatch.setattr(f"{fitted_phrases.__module__}._table", lambda: table)
    found = fitted_phrases(CARD)
    assert found is not None
    assert found.ideas == 2
    assert found.weights["thing"] == pytest.approx({0: 2.3, 1: -1.3})
    assert found.weights["!#0.5"] == pytest.approx({0: (FIRST - NOTHING) * UNIT, 1: (LAST - NOTHING) * UNIT})
    assert "=17" not in found.weights
    assert fitted_phrases(CARD._replace(misconceptions=())) is None


@pytest.mark.parametrize(
    "other",
    [
        CARD._replace(points=(PointFacts("a", True, ("one thing",)),)),
        CARD._replace(points=(PointFacts("b", True, ("one thing", "a thing")),)),
        CARD._replace(misconceptions=()),
    ],
)
def test_a_changed_card_is_another_card(other: CardFacts) -> None:
    assert digest(other) != digest(CARD)
    assert digest(CARD._replace(question="What?")) == digest(CARD)
