"""How a card stands: its state in one word, its memory now, and its memory over time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from interviewprep.cards.heads import CardHead
from interviewprep.memory.curve import retrievability
from interviewprep.memory.types import CardState
from interviewprep.store.records import Mark, PastReview
from interviewprep.study.desk import Desk

FEW = 20
"""Up to so many cards are read one by one rather than all at once."""
STATES = ("new", "due", "waiting", "suspended", "buried", "known")


@dataclass(frozen=True, slots=True)
class Standing:
    """How one card stands today."""

    head: CardHead
    question: str
    state: str
    """One of STATES."""
    due_in: int | None
    """Study days until it is due (0 or less: due), None for a new card."""
    retrievability: float | None
    """Predicted chance of recall today, None for a new card."""
    memory: CardState | None
    flagged: bool
    note: str

    @property
    def name(self) -> str:
        """Full card name."""
        return self.head.name

    def is_in(self, state: str) -> bool:
        """Whether the card is in a state; besides STATES, `flagged` and `noted` count as states."""
        if state == "flagged":
            return self.flagged
        return bool(self.note) if state == "noted" else self.state == state


def standings(desk: Desk, heads: Iterable[CardHead]) -> list[Standing]:
    """How each of these cards stands today."""
    heads = list(heads)
    is_few = len(heads) <= FEW
    today = desk.today()
    states = desk.store.states([h.name for h in heads] if is_few else None)
    marks: dict[str, dict[str, Mark]] = {}
    for mark in desk.store.marks():
        marks.setdefault(mark.card, {})[mark.kind] = mark
    questions = (
        {h.name: desk.library.face(h.name).question for h in heads} if is_few else desk.library.questions()
    )
    return [
        _standing(head, questions[head.name], states.get(head.name), marks.get(head.name, {}), today)
        for head in heads
    ]


def _standing(
    head: CardHead, question: str, memory: CardState | None, marks: dict[str, Mark], today: int
) -> Standing:
    buried = "buried" in marks and today <= int(marks["buried"].value)
    if "suspended" in marks:
        state = "suspended"
    elif "known" in marks:
        state = "known"
    elif buried:
        state = "buried"
    elif memory is None:
        state = "new"
    else:
        state = "due" if memory.due_day <= today or memory.repeat_day == today else "waiting"
    return Standing(
        head=head,
        question=question,
        state=state,
        due_in=None if memory is None else memory.due_day - today,
        retrievability=(
            None if memory is None else retrievability(memory.stability, max(0, today - memory.last_day))
        ),
        memory=memory,
        flagged="flag" in marks,
        note=marks["note"].value if "note" in marks else "",
    )


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """Predicted recall on one day; `rating` is set where a review took place."""

    day: int
    retrievability: float
    rating: int | None = None


def memory_curve(history: Sequence[PastReview], today: int, *, ahead: int = 0) -> list[CurvePoint]:
    """Predicted recall day by day from the first review until `ahead` days after today.

    `history` is one card's live reviews in any order; those that move no memory are left out.
    """
    moved = sorted((r for r in history if r.stability_after is not None), key=lambda r: (r.at_ms, r.id))
    points: list[CurvePoint] = []
    for place, review in enumerate(moved):
        last = place + 1 == len(moved)
        until = today + ahead if last else moved[place + 1].study_day - 1
        points.append(CurvePoint(review.study_day, 1.0, review.rating))
        stability = review.stability_after or 0.1
        points.extend(
            CurvePoint(day, retrievability(stability, day - review.study_day))
            for day in range(review.study_day + 1, until + 1)
        )
    return points
