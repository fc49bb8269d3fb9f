"""A loaded deck as what an index keeps of it: light facts for the rules, and a row for each card."""

from __future__ import annotations

import json
from typing import NamedTuple

from interviewprep.cards.concepts import ConceptFacts
from interviewprep.cards.content import card_hash, card_to_json, face_of, search_text
from interviewprep.cards.library import CardFacts, DeckFacts, Use
from interviewprep.cards.loader import LoadedDeck, Place
from interviewprep.cards.model import Card
from interviewprep.cards.rules import is_scheduled
from interviewprep.cards.text import folded


class CardRow(NamedTuple):
    """One card as the index keeps it."""

    content: str
    """JSON for `content.card_from_json`."""
    face: str
    """JSON of the fields of Face."""
    question: str
    """The question, folded for searching."""
    text: str
    """Every text of the card and its names, folded."""
    hash: str
    line: int


def facts_of(loaded: LoadedDeck, *, shipped: bool = False) -> DeckFacts:
    """The light facts of one file."""
    deck = loaded.deck
    cards = deck.cards if deck else ()
    concepts = deck.concepts if deck else {}
    return DeckFacts(
        path=str(loaded.path),
        deck=loaded.deck_id,
        shipped=shipped,
        title=deck.title if deck else "",
        order=deck.order if deck else 100,
        concepts=[
            ConceptFacts(
                key,
                concept.title,
                " ".join(concept.requires),
                " ".join(concept.confused_with),
                *loaded.concept_places[key],
            )
            for key, concept in concepts.items()
        ],
        cards=[_card_facts(card, loaded.places[card.id]) for card in cards],
        uses=[Use(*use) for use in loaded.uses],
        problems=loaded.problems,
    )


def rows_of(loaded: LoadedDeck) -> list[CardRow]:
    """What the index keeps of each card, in file order."""
    if loaded.deck is None:
        return []
    return [_row(card, loaded) for card in loaded.deck.cards]


def _row(card: Card, loaded: LoadedDeck) -> CardRow:
    name = f"{loaded.deck_id}#{card.id} {card.overrides or ''}"
    return CardRow(
        content=card_to_json(card),
        face=json.dumps(face_of(card), ensure_ascii=False),
        question=folded(card.question),
        text=f"{folded(name)}\n{search_text(card)}",
        hash=card_hash(card),
        line=loaded.places[card.id].line,
    )


def _card_facts(card: Card, place: Place) -> CardFacts:
    return CardFacts(
        id=card.id,
        kind=card.kind,
        concept=card.concept,
        requires=" ".join(card.requires),
        level=card.level or "",
        priority=card.priority,
        tags=" ".join(card.tags),
        scheduled=int(is_scheduled(card)),
        was=" ".join(card.was),
        overrides=card.overrides or "",
        base=card.base,
        hash=card_hash(card),
        line=place.line,
        column=place.column,
    )
