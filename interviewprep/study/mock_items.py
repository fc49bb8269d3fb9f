"""What a mock interview asks: cards frozen when it begins, target times, and the choice of a follow-up."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final, cast

if TYPE_CHECKING:
    from interviewprep.cards.heads import CardHead
    from interviewprep.cards.model import Card, FollowUp, QaCard
    from interviewprep.store.index import Library

LEVELS: Final = ("easy", "medium", "hard")
TARGET_SECONDS: Final[Mapping[str, int]] = {"easy": 60, "medium": 90, "hard": 120}
"""How long an answer takes an interviewer's patience, by level: a minute for what everyone is asked."""
USUAL_TARGET: Final = TARGET_SECONDS["medium"]
FOLLOW_UP_SECONDS: Final = 45
OPENING_SECONDS: Final = 90
FOLLOW_UP_POINT: Final = "answer"
"""Id of the one point of a follow-up: that its answer was given."""


@dataclass(frozen=True)
class Item:
    """One card of a mock interview with all that is needed to ask and mark it, whatever happens to it.

    Not slotted: the card is read from its text once and kept.
    """

    card: str
    """Full name."""
    topic: str
    """Title of its deck."""
    level: str
    """`easy`, `medium`, `hard` or empty."""
    card_hash: str
    content: str
    """The card as JSON, as it was when the interview began."""

    @property
    def target_seconds(self) -> int:
        """How long an answer to its question should take."""
        return TARGET_SECONDS.get(self.level, USUAL_TARGET)

    @cached_property
    def asked_card(self) -> Card:
        """The card as it was when the interview began."""
        from interviewprep.cards.content import card_from_json

        return card_from_json("qa", self.content)

    def follow_up(self, name: str) -> FollowUp:
        """One of the card's follow-ups. Raises KeyError."""
        for found in self.asked_card.follow_ups:
            if found.id == name:
                return found
        raise KeyError(name)

    def to_json(self) -> Mapping[str, str]:
        """As the session row keeps it."""
        return asdict(self)


def item_from_json(value: object) -> Item:
    """An item as `to_json` wrote it. Raises KeyError or TypeError for anything else."""
    fields = cast("Mapping[str, str]", value)
    return Item(**{name: str(fields[name]) for name in Item.__dataclass_fields__})


def item_of(library: Library, head: CardHead, *, topic: str) -> Item | None:
    """A card as an item; None where it has no key points to mark an answer by."""
    from interviewprep.cards.content import card_to_json

    card = library.card(head.name)
    if card.kind != "qa" or not card.key_points:
        return None
    return Item(head.name, topic, head.level, library.card_hash(head.name), card_to_json(card))


def choose_follow_up(card: Card, missed: Collection[str]) -> FollowUp | None:
    """The follow-up an interviewer would ask after an answer that missed these key points.

    The one that `when_missed` calls for most, must points before others; where nothing that any of them
    calls for was missed, the last, which goes deepest. None where the card has no follow-ups.
    """
    if not card.follow_ups:
        return None
    must = {point.id for point in card.key_points if point.weight == "must"}

    def call(found: FollowUp) -> tuple[int, int]:
        wanted = set(found.when_missed) & set(missed)
        return len(wanted & must), len(wanted)

    best = max(card.follow_ups, key=call)  # the first of equals
    return best if any(call(best)) else card.follow_ups[-1]


def follow_up_card(item: Item, found: FollowUp) -> QaCard:
    """A follow-up as a card of its own with one point, so that it is marked as any answer is.

    To say the first sentence of its answer is to have said it: what follows there explains.
    """
    from interviewprep.cards.model import KeyPoint, QaCard

    first, stop, rest = found.answer.partition(". ")
    accept = (first + ".",) if stop and rest.strip() else ()
    point = KeyPoint(id=FOLLOW_UP_POINT, weight="must", text=found.answer, accept=accept)
    own = item.asked_card
    return QaCard(id=own.id, concept=own.concept, question=found.ask, short=found.answer, key_points=(point,))
