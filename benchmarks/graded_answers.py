"""The labelled answers of data/graded-answers, with their cards, for the scripts that fit and measure the
grader."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
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


@lru_cache(maxsize=1)
def shipped_questions() -> dict[str, CardFacts]:
    """The question cards of the shipped decks by name."""
    found: dict[str, CardFacts] = {}
    for path in sorted((ROOT / "decks").rglob("*.yaml")):
        deck = path.relative_to(ROOT / "decks").with_suffix("").as_posix()
        loaded = load_deck(path, deck_id=deck)
        assert loaded.deck is not None, loaded.problems
        cards = (c for c in loaded.deck.cards if c.kind == "qa")
        found |= {f"{deck}#{c.id}": card_facts(c) for c in cards}
    return found


def _answered(entry: Mapping[str, object]) -> AnsweredCard:
    name = str(entry["card"])
    facts = shipped_questions()[name]
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
