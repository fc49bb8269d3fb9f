"""The answer sheet: what a learner has written, ticked and been helped with on one asked card."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from interviewprep.grading.ticks import PointTick, Suggestion, suggest
from interviewprep.memory.types import Rating

if TYPE_CHECKING:
    from interviewprep.cards.model import Card
    from interviewprep.grading.answers import Graded

HINT_WORDS = 3
SURE = 3
"""The confidence that may make a whole answer Easy."""
MISSED = "missed"
"""What the log calls a point that was not said."""


@dataclass(slots=True)
class AnswerSheet:
    """Ticks, hints and text for one card; made anew for each question.

    `lines` is what can be ticked, in the order shown: key points, then misconceptions.
    """

    card: Card
    text: str = ""
    said: set[str] = field(default_factory=set)
    stated: set[str] = field(default_factory=set)
    unsure: set[str] = field(default_factory=set)
    """Must points and misconceptions that the typed answer may have: the learner is asked to decide."""
    hints: int = 0
    slow: bool = False
    """The spoken answer ran past the time a short answer takes."""
    confidence: int | None = None
    """1 guess, 2 think, 3 sure, as said before the reveal; None where it was not asked."""
    graded: Graded | None = None
    """What the typed answer says as far as can be told; None where nothing was typed."""
    _touched: bool = False

    @property
    def lines(self) -> list[str]:
        """Ids that can be ticked: key points, then misconceptions."""
        return [*(p.id for p in self.card.key_points), *(m.id for m in self.card.misconceptions)]

    def spoke(self, seconds: int, target_seconds: int) -> None:
        """Note how long the answer was spoken: past twice the target (thinking is part of it) it is slow."""
        self.slow = seconds > 2 * target_seconds

    def renewed(self, card: Card) -> AnswerSheet:
        """The same answer on the card as it was edited meanwhile; ticks of lines that are gone fall away."""
        fresh = AnswerSheet(card, text=self.text, hints=self.hints, slow=self.slow, _touched=self._touched)
        fresh.confidence = self.confidence
        fresh.graded = self.graded
        fresh.said = self.said & {p.id for p in card.key_points}
        fresh.stated = self.stated & {m.id for m in card.misconceptions}
        fresh.unsure = self.unsure & set(fresh.lines)
        return fresh

    def grade(self) -> None:
        """Tick what the typed answer says; without one, nothing happens. Imports the grader."""
        if not self.text.strip() or not self.lines:
            return
        from interviewprep.grading.answers import grade_answer
        from interviewprep.grading.facts import card_facts

        self.graded = grade_answer(card_facts(self.card), self.text)
        self.said, self.stated = set(self.graded.said), set(self.graded.stated)
        self.unsure = set(self.graded.unsure)
        self._touched = True

    def take(self, *, said: Iterable[str], stated: Iterable[str]) -> None:
        """Tick what a second opinion suggests; ids the card does not have are left out."""
        self.said = set(said) & {p.id for p in self.card.key_points}
        self.stated = set(stated) & {m.id for m in self.card.misconceptions}
        self.unsure = set()
        self._touched = True

    def evidence(self, index: int) -> str:
        """The words of the typed answer that decided a line; empty where there are none."""
        if self.graded is None:
            return ""
        line = self.lines[index]
        spans = self.graded.spans(line)
        if not spans or not self._decided(line):
            return ""
        return " … ".join(" ".join(self.text[start:end].split()) for start, end in spans)

    def _decided(self, line: str) -> bool:
        """Whether the words found for a line are worth showing."""
        if self.graded is None:
            return False
        points = {p.id: p.result.value for p in self.graded.points}
        return line in self.graded.stated | self.graded.unsure or points.get(line, "missing") != "missing"

    def toggle(self, index: int) -> bool:
        """Tick or untick a line by its place; returns whether it is now ticked. Ends any doubt about it."""
        line = self.lines[index]
        self.unsure.discard(line)
        ticks = self.said if index < len(self.card.key_points) else self.stated
        ticks.symmetric_difference_update({line})
        self._touched = True
        return line in ticks

    def is_ticked(self, index: int) -> bool:
        """Whether a line is ticked."""
        ticks = self.said if index < len(self.card.key_points) else self.stated
        return self.lines[index] in ticks

    def is_unsure(self, index: int) -> bool:
        """Whether the learner is asked to decide on a line."""
        return self.lines[index] in self.unsure

    def hint(self) -> str | None:
        """The first words of the first must point not yet hinted or ticked; None when there are no more.

        Where a card has no must points, the first words of its short answer serve once.
        """
        texts = [p.text for p in self.card.key_points if p.weight == "must" and p.id not in self.said]
        if not texts and self.card.short:
            texts = [self.card.short]
        if self.hints >= len(texts):
            return None
        words = texts[self.hints].split()
        self.hints += 1
        return " ".join(words[:HINT_WORDS]) + (" …" if len(words) > HINT_WORDS else "")

    def suggestion(self) -> Suggestion | None:
        """The rating that follows from the ticks, with its reason; None when nothing was ticked."""
        points = [
            PointTick(p.id, p.text, p.weight == "must", p.id in self.said, p.id in self.unsure)
            for p in self.card.key_points
        ]
        wrong = [m.wrong for m in self.card.misconceptions if m.id in self.stated]
        return suggest(
            points,
            stated=wrong,
            unsure=[m.wrong for m in self.card.misconceptions if m.id in self.unsure],
            hints=self.hints,
            slow=self.slow,
            touched=self._touched,
            sure=self.confidence == SURE,
        )

    def default_rating(self) -> Rating:
        """What Enter means: the suggestion, else Good, but Hard after a hint."""
        found = self.suggestion()
        return self.capped(found.rating if found else Rating.GOOD)

    def capped(self, rating: Rating) -> Rating:
        """A rating as it will be stored: after a hint Hard at most."""
        return min(rating, Rating.HARD) if self.hints else rating

    def verdict(self) -> Mapping[str, str]:
        """What the log keeps of the ticks; empty when nothing was ticked."""
        if not self._touched:
            return {}
        points = {p.id: "said" if p.id in self.said else self._unsaid(p.id) for p in self.card.key_points}
        return points | dict.fromkeys(sorted(self.stated), "stated")

    def _unsaid(self, point: str) -> str:
        """`partly` (also if unsure) or `contradicted` where a typed answer was found so, else `missed`."""
        found = {p.id: p.result.value for p in self.graded.points} if self.graded else {}
        result = found.get(point, "missing")
        if result == "unsure":
            return "partly"
        return result if result in {"partly", "contradicted"} else MISSED

    def is_raise(self, rating: Rating) -> bool:
        """Whether a rating is above what the ticks suggest, so that it is asked for once more.

        Easy over a suggested Good is not: without having asked how sure one was, ticks cannot tell how easily
        the answer came.
        """
        found = self.suggestion()
        if found is None or self.capped(rating) <= found.rating:
            return False
        return not (rating is Rating.EASY and found.rating is Rating.GOOD and self.confidence is None)
