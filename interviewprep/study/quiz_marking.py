"""What an answer to a quiz question is worth."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import TYPE_CHECKING

from interviewprep.memory.types import Rating
from interviewprep.study.quiz_items import Item

if TYPE_CHECKING:
    from interviewprep.checks.grade import Verdict
    from interviewprep.study.sheet import AnswerSheet

HALF = 0.5
"""Rounded too early; true or false without the reason; a wrong statement beside what is right."""


@dataclass(frozen=True, slots=True)
class Given:
    """An answer as it is handed in."""

    picked: tuple[str, ...] = ()
    """Ids of options; in a question of order, in the order meant."""
    text: str = ""
    """What was written: the answer, the number, or the reason why something is true or false."""


@dataclass(frozen=True, slots=True)
class Mark:
    """What came of it."""

    score: float
    """0 to 1."""
    verdict: Mapping[str, str] = field(default_factory=dict)
    """By id of option, key point or misconception, or label of a number, for the log."""
    mistake: str = ""
    """Id of the named mistake behind a wrong number."""

    @property
    def is_right(self) -> bool:
        """Whether nothing was missing or wrong."""
        return self.score == 1


def mark_choice(item: Item, picked: Sequence[str], *, reason_given: bool = True) -> Mark:
    """A choice: all or nothing where one option is right, else the share that is right less what is wrong.

    Of true and false one is picked by luck half of the time: without its reason the right one counts half,
    where a reason is asked for.
    """
    if item.form == "order":
        return _mark_order(item, picked)
    right = {o.id for o in item.options if o.right}
    chosen = set(picked)
    score = max(0.0, (len(chosen & right) - len(chosen - right)) / len(right))
    if not reason_given and any(map(item.wants_reason, picked)):
        score *= HALF
    verdict = {p: "right" if p in right else "wrong" for p in picked}
    return Mark(score, verdict | dict.fromkeys(sorted(right - chosen), "missed"))


def _mark_order(item: Item, picked: Sequence[str]) -> Mark:
    """1 for the right order, else the share of pairs in order less that of the others (Kendall's tau)."""
    places = {o.id: o.place for o in item.options}
    given = [places[p] for p in picked]
    verdict = {
        option: "right" if places[option] == place else "wrong" for place, option in enumerate(picked, 1)
    }
    if len(given) != len(places):
        return Mark(0.0, verdict)
    pairs = list(combinations(given, 2))
    score = max(0.0, sum(1 if one < other else -1 for one, other in pairs) / len(pairs))
    return Mark(score, verdict)


def mark_number(verdict: Verdict, labels: Sequence[str]) -> Mark:
    """A calculation: 1, half where it was rounded too early, 0."""
    from interviewprep.checks.grade import Outcome

    score = {Outcome.RIGHT: 1.0, Outcome.EARLY: HALF}.get(verdict.outcome, 0.0)
    parts = {
        label or str(n): "right" if ok else "wrong"
        for n, (label, ok) in enumerate(zip(labels, verdict.parts, strict=False), 1)
    }
    return Mark(score, parts, verdict.mistake)


def mark_sheet(sheet: AnswerSheet) -> Mark:
    """An answer in one's own words: the share of must points said, half of it after a wrong statement.

    A card without must points counts all its points.
    """
    points = sheet.card.key_points
    counted = [p for p in points if p.weight == "must"] or list(points)
    said = [p for p in counted if p.id in sheet.said]
    score = len(said) / len(counted) if counted else 0.0
    if sheet.stated:
        score *= HALF
    verdict = {p.id: "said" if p.id in sheet.said else "missed" for p in points}
    return Mark(score, verdict | dict.fromkeys(sorted(sheet.stated), "stated"))


def rating_of(item: Item, mark: Mark) -> Rating:
    """The rating that goes with a mark, for the log and for who lets quizzes move the schedule.

    To recognise a statement is easier than to recall it, so a right choice about a question card is Hard.
    """
    if item.form == "typed":
        return Rating.GOOD if mark.is_right else Rating.AGAIN
    if item.form in {"numeric", "true-false"} and mark.score == HALF:
        return Rating.HARD
    if not mark.is_right:
        return Rating.AGAIN
    return Rating.HARD if item.is_generated else Rating.GOOD
