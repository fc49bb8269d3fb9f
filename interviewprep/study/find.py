"""Finding cards: `deck:optimizers state:due tag:loss level:easy flagged words` as typed into browse."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from interviewprep.cards.heads import CardHead
from interviewprep.store.index import Library
from interviewprep.study.standing import STATES, Standing

FIELDS = ("deck", "state", "tag", "level", "kind")
FLAGS = ("flagged", "noted")


@dataclass(frozen=True, slots=True)
class Query:
    """What is looked for. Alternatives within a field are joined by or, fields by and."""

    decks: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    flagged: bool = False
    noted: bool = False
    words: str = ""
    """Every word must occur somewhere in the card's texts."""


def parse(text: str) -> Query:
    """Read a query as typed; `field:` still without a value is ignored, so that typing narrows it."""
    found: dict[str, list[str]] = {field: [] for field in FIELDS}
    flags: set[str] = set()
    words: list[str] = []
    for part in text.split():
        field, colon, value = part.partition(":")
        if colon and field.lower() in FIELDS:
            found[field.lower()].extend(v.casefold() for v in value.split(",") if v)
        elif part.lower() in FLAGS:
            flags.add(part.lower())
        else:
            words.append(part)
    return Query(
        decks=tuple(found["deck"]),
        states=tuple(found["state"]),
        tags=tuple(found["tag"]),
        levels=tuple(found["level"]),
        kinds=tuple(found["kind"]),
        flagged="flagged" in flags,
        noted="noted" in flags,
        words=" ".join(words),
    )


def find(query: Query, cards: Iterable[Standing], library: Library) -> list[Standing]:
    """The cards that match; those found by words with the best hits first, else in the given order."""
    kept = [card for card in cards if _matches(query, card)]
    if not query.words:
        return kept
    by_name = {card.name: card for card in kept}
    return [by_name[name] for name in library.search(query.words) if name in by_name]


def _matches(query: Query, card: Standing) -> bool:
    head = card.head
    return (
        (not query.decks or any(_in_deck(head, deck) for deck in query.decks))
        and (not query.states or any(_in_state(card, state) for state in query.states))
        and (not query.tags or any(t.startswith(q) for t in head.tags.casefold().split() for q in query.tags))
        and (not query.levels or (head.level.startswith(query.levels) and bool(head.level)))
        and (not query.kinds or head.kind.startswith(query.kinds))
        and (not query.flagged or card.flagged)
        and (not query.noted or bool(card.note))
    )


def _in_deck(head: CardHead, typed: str) -> bool:
    """Whether the deck's id, or the name after its last slash, begins with what was typed so far."""
    deck = head.deck.casefold()
    return deck.startswith(typed) or deck.rpartition("/")[2].startswith(typed)


def _in_state(card: Standing, typed: str) -> bool:
    return any(state.startswith(typed) for state in STATES if state == card.state)
