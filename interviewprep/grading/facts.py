"""What the grader needs of a card, as plain tuples: no pydantic, and hashable, so that its preparation is
kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from interviewprep.cards.model import Card


class PointFacts(NamedTuple):
    """A key point."""

    id: str
    must: bool
    wordings: tuple[str, ...]
    """Its text, then what else counts as having said it."""


class MisconceptionFacts(NamedTuple):
    """A wrong statement."""

    id: str
    wordings: tuple[str, ...]
    """The statement, then what else counts as having stated it."""


class CardFacts(NamedTuple):
    """A card as the grader sees it."""

    question: str
    points: tuple[PointFacts, ...]
    misconceptions: tuple[MisconceptionFacts, ...]
    texts: tuple[str, ...] = ()
    """Further texts of the card; their sentences lend words to the point they are nearest to."""
    linked: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """Texts that belong to points by id: answers of follow-ups."""


def card_facts(card: Card) -> CardFacts:
    """What the grader needs of a card."""
    texts = [card.short, card.one_liner, card.detailed, card.example]
    texts += [f.answer for f in card.follow_ups if not f.when_missed]
    texts += [m.why for m in card.misconceptions]
    return CardFacts(
        question=card.question,
        points=tuple(PointFacts(p.id, p.weight == "must", (p.text, *p.accept)) for p in card.key_points),
        misconceptions=tuple(MisconceptionFacts(m.id, (m.wrong, *m.accept)) for m in card.misconceptions),
        texts=tuple(text for text in texts if text),
        linked=tuple((f.answer, f.when_missed) for f in card.follow_ups if f.when_missed),
    )
