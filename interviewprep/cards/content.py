"""One card in the forms the index keeps: as JSON, as a hash, its asking side, its searchable text."""

from __future__ import annotations

import json
from collections.abc import Iterator
from hashlib import sha256

from interviewprep.cards.heads import CheckFacts, Face, RangeFacts
from interviewprep.cards.model import CARD_KINDS, Card, ChoiceCard, NumericCard
from interviewprep.cards.text import folded

HASH_LENGTH = 16
_NOT_CONTENT = {"was", "overrides", "base"}
_NOT_SEARCHED = frozenset(
    {"kind", "weight", "level", "priority", "form", "right", "drill", "mental", "digits"}
)


def card_to_json(card: Card) -> str:
    """The card as compact JSON, fields with default values left out."""
    return card.model_dump_json(exclude_defaults=True)


def card_from_json(kind: str, text: str) -> Card:
    """The card that `card_to_json` wrote, validated again."""
    card: Card = CARD_KINDS[kind].model_validate_json(text)
    return card


def card_hash(card: Card) -> str:
    """Hash of what the card says (16 hex digits), whatever it was called before or replaces.

    Fields left at their defaults do not count, so that a field added to the format changes no hash.
    """
    content = card.model_dump(mode="json", exclude_defaults=True, exclude=_NOT_CONTENT) | {"kind": card.kind}
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return sha256(text.encode()).hexdigest()[:HASH_LENGTH]


def face_of(card: Card) -> Face:
    """The asking side of the card."""
    options = tuple(o.text for o in card.options) if isinstance(card, ChoiceCard) else ()
    check = _check_of(card) if isinstance(card, NumericCard) else None
    return Face(card.question, tuple((v.id, v.ask) for v in card.variants), options, check)


def _check_of(card: NumericCard) -> CheckFacts:
    ranges = tuple((name, RangeFacts(r.low, r.high, r.step, r.of)) for name, r in card.ranges.items())
    return CheckFacts(card.family, tuple(card.params.items()), ranges, card.mental)


def search_text(card: Card) -> str:
    """Every text of the card, folded as `text.folded` does, one line each."""
    dumped = card.model_dump(mode="json", exclude_defaults=True)
    return "\n".join(filter(None, (folded(text) for text in _texts(dumped))))


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, inner in value.items():
            if key not in _NOT_SEARCHED:
                yield from _texts(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _texts(inner)
