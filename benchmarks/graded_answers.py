"""The labelled answers of data/graded-answers, with their cards, for the scripts that fit and measure the
grader."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import yaml

from interviewprep.cards.loader import load_deck
from interviewprep.grading.facts import CardFacts, card_facts

ROOT = Path(__file__).parents[1]
ANSWERS = ROOT / "data" / "graded-answers"


class Labelled(NamedTuple):
    """One answer as a reader labelled it."""

    id: str
    style: str
    text: str
    points: Mapping[str, str]
    misconceptions: frozenset[str]
    rating: str


class AnsweredCard(NamedTuple):
    """A card with its answers."""

    name: str
    card: CardFacts
    answers: tuple[Labelled, ...]


def answered_cards(*, held_out: bool) -> list[AnsweredCard]:
    """The cards used for tuning, or those held out; labels of points a card no longer has are an error."""
    found = []
    for path in sorted(ANSWERS.glob("*.yaml")):
        for entry in yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader):
            if bool(entry.get("held_out")) is held_out:
                found.append(_answered(entry))
    return found


_DECKS: dict[str, dict[str, CardFacts]] = {}


def _answered(entry: Mapping[str, object]) -> AnsweredCard:
    name = str(entry["card"])
    deck, _, card = name.partition("#")
    if deck not in _DECKS:
        loaded = load_deck(ROOT / "decks" / f"{deck}.yaml", deck_id=deck)
        assert loaded.deck is not None, loaded.problems
        _DECKS[deck] = {c.id: card_facts(c) for c in loaded.deck.cards}
    facts = _DECKS[deck][card]
    answers = entry["answers"]
    assert isinstance(answers, list)
    found = tuple(
        Labelled(a["id"], a["style"], a["text"], a["points"], frozenset(a["misconceptions"]), a["rating"])
        for a in answers
    )
    for answer in found:
        assert set(answer.points) == {p.id for p in facts.points}, (
            f"{answer.id}: the card's points have changed"
        )
    return AnsweredCard(name, facts, found)
