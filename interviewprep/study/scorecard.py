"""What a mock interview came to: points said, topics, misconceptions, pace, calibration, study next."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from interviewprep.memory.types import Rating
from interviewprep.study.mock_items import FOLLOW_UP_SECONDS, Item, follow_up_card
from interviewprep.study.mock_marks import SURE, Marks, marks_of_verdict, rating_of, share
from interviewprep.study.mock_record import Entry, State

if TYPE_CHECKING:
    from interviewprep.cards.model import Card, Misconception
    from interviewprep.study.mock_options import MockOptions

STUDY_NEXT: Final = 3
CONFIDENCE: Final[Mapping[int, str]] = {1: "guess", 2: "think", 3: "sure"}


class Tally(NamedTuple):
    """Points of some answers."""

    said: int
    partly: int
    of: int

    @property
    def share(self) -> float:
        """0 to 1, what was said in part counting half."""
        return share(self.said, self.partly, self.of)


class TopicScore(NamedTuple):
    """How one topic went."""

    topic: str
    questions: int
    points: Tally


class Calibration(NamedTuple):
    """How often answers given with one confidence were right."""

    confidence: int
    """1 guess, 2 think, 3 sure."""
    right: int
    of: int

    @property
    def wrong(self) -> int:
        """How many were not."""
        return self.of - self.right

    @property
    def word(self) -> str:
        """`guess`, `think`, `sure`."""
        return CONFIDENCE[self.confidence]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """One answer with its marks and with what it should have said."""

    index: int
    """Its place among all answers, from 0; what `Mock.correct` takes."""
    number: int
    """The question's number, from 1; a follow-up has its question's."""
    entry: Entry
    item: Item
    card: Card
    """Of a follow-up a card with one point."""
    marks: Marks
    is_own_mark: bool
    """Whether the learner marked it: it was spoken, or its marks were changed by hand."""
    rating: Rating
    reason: str
    """Why that rating."""
    target_seconds: int

    @property
    def is_right(self) -> bool:
        """Whether it would pass: every must point said and nothing wrong."""
        return self.rating is not Rating.AGAIN

    @property
    def is_judged(self) -> bool:
        """Whether its mark may be held against how sure the learner was.

        A question's may, and a follow-up's that the learner marked. One that the program read may not: a
        follow-up has one point, and a right answer to it in other words is too often taken for none.
        """
        return self.entry.is_question or self.is_own_mark

    @property
    def is_sure_and_wrong(self) -> bool:
        """Whether the learner was sure of a wrong answer."""
        return self.is_judged and self.entry.confidence == SURE and not self.is_right

    @property
    def stated(self) -> tuple[Misconception, ...]:
        """The misconceptions it contains."""
        return tuple(m for m in self.card.misconceptions if m.id in self.marks.stated)


class StudyNext(NamedTuple):
    """One thing to study next."""

    card: str
    topic: str
    question: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Scorecard:
    """One mock interview, summed up."""

    session_id: str
    started_at_ms: int
    options: MockOptions
    opening: str
    """The opening question."""
    opening_text: str
    opening_ms: int | None
    answers: tuple[Answered, ...]
    """In the order given: a question, its follow-up, the next question."""
    not_reached: int
    """Questions that were planned and not asked."""
    left_over: float
    """Seconds that were left when no question was left to ask; else 0."""
    points: Tally
    """Key points of the questions; follow-ups are counted apart."""
    follow_ups: Tally
    topics: tuple[TopicScore, ...]
    """In the order asked."""
    calibration: tuple[Calibration, ...]
    """Sure, think, guess, of the answers that are judged; empty where confidence was not asked of any."""
    study_next: tuple[StudyNext, ...]

    @property
    def questions(self) -> int:
        """Questions answered, follow-ups not counted."""
        return sum(a.entry.is_question for a in self.answers)

    @property
    def stated(self) -> int:
        """How many misconceptions were stated."""
        return sum(len(a.marks.stated) for a in self.answers)

    @property
    def sure_and_wrong(self) -> int:
        """Answers the learner was sure of and that were wrong."""
        return sum(a.is_sure_and_wrong for a in self.answers)

    @property
    def seconds(self) -> float:
        """Mean time of an answer to a question; 0 without any."""
        return _mean([a.entry.duration_ms / 1000 for a in self.answers if a.entry.is_question])

    @property
    def target_seconds(self) -> float:
        """Mean time those answers were meant to take."""
        return _mean([float(a.target_seconds) for a in self.answers if a.entry.is_question])

    @property
    def total_seconds(self) -> float:
        """The interview's time, opening and marking included."""
        spent = sum(a.entry.duration_ms + a.entry.marking_ms for a in self.answers)
        return (spent + (self.opening_ms or 0)) / 1000

    def to_json(self) -> Mapping[str, object]:
        """The figures, for the session row and for `--json`."""
        return {
            "questions": self.questions,
            "not_reached": self.not_reached,
            "points_said": self.points.said,
            "points_partly": self.points.partly,
            "points": self.points.of,
            "score": round(self.points.share, 4),
            "follow_ups_said": self.follow_ups.said,
            "follow_ups": self.follow_ups.of,
            "misconceptions": self.stated,
            "seconds_per_answer": round(self.seconds, 1),
            "target_seconds": round(self.target_seconds, 1),
            "topics": [
                {
                    "topic": t.topic,
                    "questions": t.questions,
                    **t.points._asdict(),
                    "score": round(t.points.share, 4),
                }
                for t in self.topics
            ],
            "confidence": [{"confidence": c.word, "right": c.right, "of": c.of} for c in self.calibration],
            "study_next": [n.card for n in self.study_next],
        }


def sum_up(
    session_id: str,
    started_at_ms: int,
    options: MockOptions,
    items: Sequence[Item],
    state: State,
    *,
    planned: int,
    left_over: float,
    opening: str,
) -> Scorecard:
    """The scorecard of an interview, as far as it has come.

    `planned` of the items were to be asked; `left_over` seconds were left when all items had been.
    """
    answers = tuple(
        _answered(index, entry, items[entry.item], spoken=options.spoken)
        for index, entry in enumerate(state.entries)
    )
    questions = [a for a in answers if a.entry.is_question]
    topics = dict.fromkeys(a.item.topic for a in questions)
    return Scorecard(
        session_id=session_id,
        started_at_ms=started_at_ms,
        options=options,
        opening=opening,
        opening_text=state.opening_text,
        opening_ms=state.opening_ms,
        answers=answers,
        not_reached=max(0, planned - len(questions)),
        left_over=left_over,
        points=_tally(questions),
        follow_ups=_tally(a for a in answers if not a.entry.is_question),
        topics=tuple(
            TopicScore(topic, len(own), _tally(own))
            for topic in topics
            for own in [[a for a in questions if a.item.topic == topic]]
        ),
        calibration=_calibration(answers),
        study_next=_study_next(answers),
    )


def _answered(index: int, entry: Entry, item: Item, *, spoken: bool) -> Answered:
    card: Card = item.asked_card
    target = item.target_seconds
    if not entry.is_question:
        card, target = follow_up_card(item, item.follow_up(entry.follow_up)), FOLLOW_UP_SECONDS
    marks = marks_of_verdict(card, entry.verdict)
    rating, reason = rating_of(
        card, marks, seconds=entry.duration_ms / 1000, target=target, confidence=entry.confidence
    )
    return Answered(
        index=index,
        number=entry.item + 1,
        entry=entry,
        item=item,
        card=card,
        marks=marks,
        is_own_mark=spoken or entry.is_corrected,
        rating=rating,
        reason=reason,
        target_seconds=target,
    )


def _tally(answers: Iterable[Answered]) -> Tally:
    marks = [a.marks for a in answers]
    return Tally(sum(m.said for m in marks), sum(m.partly for m in marks), sum(len(m.points) for m in marks))


def _calibration(answers: Sequence[Answered]) -> tuple[Calibration, ...]:
    found = []
    for confidence in sorted(CONFIDENCE, reverse=True):
        own = [a.is_right for a in answers if a.is_judged and a.entry.confidence == confidence]
        found.append(Calibration(confidence, sum(own), len(own)))
    return tuple(found) if any(c.of for c in found) else ()


def _study_next(answers: Sequence[Answered]) -> tuple[StudyNext, ...]:
    """What went worst: sure and wrong, then wrong statements, then must points missed, then any points."""

    def badness(found: Answered) -> tuple[bool, int, int, float]:
        must = {p.id for p in found.card.key_points if p.weight == "must"}
        missed = len(must.intersection(found.marks.missed))
        return found.is_sure_and_wrong, len(found.marks.stated), missed, 1 - found.marks.score

    questions = [a for a in answers if a.entry.is_question and (a.marks.score < 1 or a.marks.stated)]
    ranked = sorted(questions, key=badness, reverse=True)
    return tuple(StudyNext(a.item.card, a.item.topic, a.card.question, _why(a)) for a in ranked[:STUDY_NEXT])


def _why(found: Answered) -> str:
    reasons = ["sure and wrong"] if found.is_sure_and_wrong else []
    if found.stated:
        reasons.append("stated a misconception")
    must = [p for p in found.card.key_points if p.weight == "must" and found.marks.points.get(p.id) != "said"]
    if must:
        reasons.append(f"{len(must)} must {'point' if len(must) == 1 else 'points'} not said")
    elif not reasons:
        reasons.append(f"{found.marks.said} of {len(found.marks.points)} points said")
    return ", ".join(reasons)


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0
