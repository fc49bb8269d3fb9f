"""The course of a mock interview: from the answers so far to what is asked next. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from interviewprep.study.mock_items import (
    FOLLOW_UP_SECONDS,
    OPENING_SECONDS,
    TARGET_SECONDS,
    Item,
    choose_follow_up,
    follow_up_card,
)
from interviewprep.study.mock_marks import marks_of_verdict
from interviewprep.study.mock_openings import opening
from interviewprep.study.mock_record import FOLLOW_UP, QUESTION, Entry, State

if TYPE_CHECKING:
    from interviewprep.cards.model import Card
    from interviewprep.study.mock_options import MockOptions

SPARE_SHARE: Final = 0.5
"""A spare question is asked where at least this share of its target time is left."""


class Stage(StrEnum):
    """What kind of question is open."""

    OPENING = "opening"
    QUESTION = "question"
    FOLLOW_UP = "follow-up"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is asked now. Nothing in it tells what a good answer says."""

    stage: Stage
    number: int
    """The question's, from 1; a follow-up has its question's, the opening 0."""
    of: int
    """How many were planned for the time; `number` is beyond where quick answers left time for more."""
    has_spare: bool
    """Whether there are more than planned, so that only the clock tells how many are asked."""
    text: str
    topic: str
    target_seconds: int
    asks_confidence: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """What was frozen when the interview began, and what follows from it."""

    items: tuple[Item, ...]
    """In the order in which they are asked."""
    planned: int
    """How many of them fill the time where each answer takes its target time; the others are spare."""
    asks_after_pass: bool
    """Whether a question that was passed has a follow-up; only in rows of before there were spare items."""
    options: MockOptions
    seed: int
    asks_confidence: bool

    @property
    def opening(self) -> str:
        """The opening question."""
        return opening(self.options.role, self.seed)

    def asked(self, state: State) -> Asked | None:
        """What is asked after these answers; None when everything is asked or the time is up."""
        if state.opening_ms is None:
            return Asked(
                stage=Stage.OPENING,
                number=0,
                of=self.planned,
                has_spare=self.planned < len(self.items),
                text=self.opening,
                topic="",
                target_seconds=OPENING_SECONDS,
                asks_confidence=False,
            )
        at, part = self.position(state)
        if at >= len(self.items) or self._is_late(state, at, part):
            return None
        return self.asked_of(at, part)

    def asked_of(self, at: int, part: str) -> Asked:
        """The question of an item, or one of its follow-ups."""
        item = self.items[at]
        is_question = part == QUESTION
        ask = item.asked_card.question if is_question else item.follow_up(part.removeprefix(FOLLOW_UP)).ask
        return Asked(
            stage=Stage.QUESTION if is_question else Stage.FOLLOW_UP,
            number=at + 1,
            of=self.planned,
            has_spare=self.planned < len(self.items),
            text=ask,
            topic=item.topic,
            target_seconds=self.target_seconds(at, part),
            asks_confidence=self.asks_confidence,
        )

    def target_seconds(self, at: int, part: str) -> int:
        """How long an answer to it should take."""
        return self.items[at].target_seconds if part == QUESTION else FOLLOW_UP_SECONDS

    def position(self, state: State) -> tuple[int, str]:
        """The item to ask next, and its part: after a question its follow-up, then the next item.

        A question that was passed has no follow-up: it would build on an answer that was not given, and an
        interviewer who hears "I don't know" goes on to what the candidate may know.
        """
        last = state.entries[-1] if state.entries else None
        if last is None:
            return 0, QUESTION
        if last.is_question and (self.asks_after_pass or not last.is_passed):
            card = self.items[last.item].asked_card
            found = choose_follow_up(card, marks_of_verdict(card, last.verdict).missed)
            if found is not None:
                return last.item, FOLLOW_UP + found.id
        return last.item + 1, QUESTION

    def card(self, entry: Entry) -> Card:
        """What an answer is marked by; of a follow-up a card with one point."""
        item = self.items[entry.item]
        return item.asked_card if entry.is_question else follow_up_card(item, item.follow_up(entry.follow_up))

    def seconds_left(self, state: State, open_ms: int = 0) -> float:
        """Until the time is up, below 0 after it; `open_ms` were spent on what is open now."""
        spent = state.spent_ms - state.open_ms + max(open_ms, state.open_ms)
        return 60 * self.options.minutes - spent / 1000

    @property
    def is_short(self) -> bool:
        """Whether the questions do not fill the time even where each answer takes its target time."""
        needed = OPENING_SECONDS + sum(item.target_seconds + FOLLOW_UP_SECONDS for item in self.items)
        return 60 * self.options.minutes - needed >= max(TARGET_SECONDS.values()) + FOLLOW_UP_SECONDS

    def left_over(self, state: State) -> float:
        """Seconds that were left when every item had been asked; 0 while there are items, or no time."""
        is_asked = state.opening_ms is not None and self.position(state)[0] >= len(self.items)
        return max(0.0, self.seconds_left(state)) if is_asked else 0.0

    def _is_late(self, state: State, at: int, part: str) -> bool:
        """Whether the time was up before what is open; one question is asked all the same.

        A spare question is begun only where a good part of its answer fits into the time.
        """
        left = self.seconds_left(state) + state.open_ms / 1000
        if at >= self.planned and part == QUESTION:
            return left < SPARE_SHARE * self.items[at].target_seconds
        return bool(state.entries) and left <= 0
