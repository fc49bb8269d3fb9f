"""What an answer in a mock interview was worth: point by point, as a share, and as a rating."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from interviewprep.grading.ticks import PointTick, Suggestion, suggest

if TYPE_CHECKING:
    from interviewprep.cards.model import Card

SAID: Final = "said"
UNSURE: Final = "unsure"
"""It may have been said; a question the learner can settle."""
PARTLY: Final = "partly"
MISSED: Final = "missed"
CONTRADICTED: Final = "contradicted"
STATED: Final = "stated"
CREDIT: Final[Mapping[str, float]] = {SAID: 1.0, UNSURE: 0.5, PARTLY: 0.5}
"""What a point counts; missed and contradicted ones nothing."""
SURE: Final = 3
SLOW: Final = 2.0
"""An answer is slow past this many times its target: thinking is part of it."""


@dataclass(frozen=True, slots=True)
class Marks:
    """What was said of a card's points, and which misconceptions were stated."""

    points: Mapping[str, str] = field(default_factory=dict)
    """By id of every key point: `said`, `unsure`, `partly`, `missed` or `contradicted`."""
    stated: tuple[str, ...] = ()
    """Ids of misconceptions."""
    unsure: tuple[str, ...] = ()
    """Ids of misconceptions that may have been stated."""

    @property
    def verdict(self) -> dict[str, str]:
        """As the log keeps it."""
        return {**self.points, **dict.fromkeys(self.stated, STATED), **dict.fromkeys(self.unsure, UNSURE)}

    @property
    def missed(self) -> tuple[str, ...]:
        """Points that were not said, nor in part."""
        return tuple(name for name, word in self.points.items() if not CREDIT.get(word))

    @property
    def said(self) -> int:
        """Number of points said in full."""
        return sum(word == SAID for word in self.points.values())

    @property
    def partly(self) -> int:
        """Number of points said in part, or perhaps."""
        return sum(word in {UNSURE, PARTLY} for word in self.points.values())

    @property
    def score(self) -> float:
        """Share of the points said, 0 to 1; what was said in part counts half."""
        return share(self.said, self.partly, len(self.points))


def share(said: int, partly: int, of: int) -> float:
    """The share of points said, 0 to 1, where what was said in part counts half; 0 of no points is 0."""
    return (said * CREDIT[SAID] + partly * CREDIT[PARTLY]) / of if of else 0.0


def marks_of_ticks(card: Card, *, said: Collection[str], stated: Collection[str]) -> Marks:
    """What the learner ticked."""
    return Marks(
        {p.id: SAID if p.id in said else MISSED for p in card.key_points},
        tuple(m.id for m in card.misconceptions if m.id in stated),
    )


def marks_of_verdict(card: Card, verdict: Mapping[str, str]) -> Marks:
    """What `Marks.verdict` wrote."""
    return Marks(
        {p.id: verdict.get(p.id, MISSED) for p in card.key_points},
        tuple(m.id for m in card.misconceptions if verdict.get(m.id) == STATED),
        tuple(m.id for m in card.misconceptions if verdict.get(m.id) == UNSURE),
    )


def rating_of(
    card: Card, marks: Marks, *, seconds: float, target: float, confidence: int | None
) -> Suggestion:
    """The rating an answer deserves, with its reason; a must point said only in part counts as missing."""
    points = [
        PointTick(p.id, p.text, p.weight == "must", word == SAID, word == UNSURE)
        for p in card.key_points
        for word in (marks.points.get(p.id),)
    ]
    found = suggest(
        points,
        stated=[m.wrong for m in card.misconceptions if m.id in marks.stated],
        unsure=[m.wrong for m in card.misconceptions if m.id in marks.unsure],
        hints=0,
        slow=seconds > SLOW * target,
        touched=True,
        sure=confidence == SURE,
    )
    if found is None:
        raise AssertionError("ticks that were touched give a rating")
    return found
