"""A drill: asks card after card, records each answer before the next, undoes, and sums up.

The full screen, the plain line mode and the tests drive this same object.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from interviewprep.cards.heads import Face
from interviewprep.memory.queue import Queue, QueueCounts, cram_order
from interviewprep.memory.types import Asked, QueueItem, Rating
from interviewprep.store.records import Answer, Recorded, Undone, hides
from interviewprep.study.cram import CramQueue
from interviewprep.study.desk import Desk
from interviewprep.study.plan_today import LONGEST_ANSWER
from interviewprep.study.planned_queue import PlannedQueue, queue_of_today
from interviewprep.study.selection import Selection

if TYPE_CHECKING:
    from collections.abc import Mapping

    from interviewprep.cards.model import Card
    from interviewprep.study.rounds import Round

WARM_UP_MINUTES = 10


@dataclass(frozen=True, slots=True)
class Ask:
    """One question put to the learner."""

    card: str
    reason: str
    prompt: str
    """Id of the variant asked; empty for the question itself."""
    face: Face
    text: str
    """The wording asked."""
    is_new: bool
    round: Round | None = None
    """The stages, tries and hints of a numeric card; None for other kinds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """How a question was answered, as a screen saw it."""

    rating: Rating
    answer: str = ""
    verdict: Mapping[str, str] = field(default_factory=dict)
    suggested: Rating | None = None
    hints: int = 0
    think_ms: int = 0
    """From the question to the reveal."""
    duration_ms: int = 0
    """From the question to the rating, without time in an editor."""
    attempts: int = 1
    mistake: str = ""
    """Id of the named mistake behind a wrong number."""
    confidence: int | None = None
    """1 guess, 2 think, 3 sure, as said before the reveal; None where it was not asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How one sitting differs from the settings."""

    cram: bool = False
    warm_up: bool = False
    """One-liners before the interview, most at risk first; a cram in everything else."""
    limit: int = 0
    """End after this many answers; 0 never."""
    new: int | None = None
    """New cards today instead of the setting's; then interview plans do not choose."""
    minutes: int | None = None
    """End after this many minutes of answering instead of the setting's (0 never), or a plan's."""

    @classmethod
    def for_warm_up(cls, minutes: int | None = None) -> Options:
        """Ten minutes of one-liners."""
        return cls(cram=True, warm_up=True, minutes=WARM_UP_MINUTES if minutes is None else minutes)


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """What a sitting came to."""

    answers: int
    cards: int
    new: int
    ratings: Mapping[Rating, int]
    seconds: float
    missed: tuple[str, ...]
    """Cards failed in this sitting, in the order they were first failed."""
    due_tomorrow: int


@dataclass(slots=True)
class _Given:
    """One live answer of this sitting."""

    card: str
    rating: Rating
    is_new: bool
    duration_ms: int


class Drill:
    """One sitting. `next` peeks; `answer` records durably; both are cheap with ten thousand cards."""

    def __init__(self, desk: Desk, selection: Selection, options: Options | None = None) -> None:
        self.desk = desk
        self.selection = selection
        self.options = options or Options()
        self._heads = selection.heads(desk.library)
        self._given: dict[str, _Given] = {}
        self._front: list[str] = []
        self._session = ""
        self._today = desk.today()
        self._reps: dict[str, int] = {}
        self._queue = self._make_queue()

    # -- what is asked ---------------------------------------------------------------------------

    def next(self) -> Ask | None:
        """The question to put now, or None when the sitting is over."""
        self._follow_the_world()
        if self._is_over():
            return None
        item = self._item()
        return self._ask(item) if item else None

    def counts(self) -> QueueCounts:
        """Cards still to come in this sitting."""
        found = self._queue.counts()
        if not self.options.limit:
            return found
        return found._replace(total=min(found.total, max(0, self.options.limit - len(self._given))))

    @property
    def answered(self) -> int:
        """Live answers of this sitting."""
        return len(self._given)

    def card(self, name: str) -> Card:
        """The whole card; imports pydantic, so ask after the question is painted.

        In a warm-up its one line is its answer, and its short answer is found with the detailed one.
        """
        card = self.desk.library.card(name)
        if not self.options.warm_up or not card.one_liner:
            return card
        more = "\n\n".join(text for text in (card.short, card.detailed) if text)
        return card.model_copy(update={"short": card.one_liner, "detailed": more, "key_points": ()})

    def seconds_left(self) -> float:
        """An estimate for the rest, from the learner's own pace once the store is open."""
        new_seconds, review_seconds = self.desk.store.pace() if self.desk.is_open else (20.0, 14.0)
        found = self.counts()
        new = min(found.new, found.total)
        return new * new_seconds + (found.total - new) * review_seconds

    # -- what happens ----------------------------------------------------------------------------

    def answer(self, ask: Ask, response: Response) -> Recorded:
        """Record an answer; when this returns it is on disk and the next card is known."""
        self._write_down_the_day()
        recorded = self._append(ask, response, moves=not self.options.cram)
        self._given[recorded.review_id] = _Given(ask.card, response.rating, ask.is_new, response.duration_ms)
        if ask.card in self._front:
            self._front.remove(ask.card)
        self._reps[ask.card] = self._reps.get(ask.card, 0) + 1
        asked = Asked(ask.card, int(response.rating), ask.reason)
        if isinstance(self._queue, CramQueue):
            self._queue.record(asked, None)
        elif isinstance(self._queue, PlannedQueue) and recorded.after is not None:
            self._queue.record(asked, recorded.after, response.duration_ms)
        elif isinstance(self._queue, Queue) and recorded.after is not None:
            self._queue.record(asked, recorded.after)
        if recorded.leech:
            self._queue.hide(ask.card)
        return recorded

    def practised(self, ask: Ask, response: Response, *, part: str) -> None:
        """Keep an answer that does not count: the completion of a first meeting, or more of the same kind."""
        self._append(ask, response, moves=False, part=part)

    def _append(self, ask: Ask, response: Response, *, moves: bool, part: str = "question") -> Recorded:
        desk = self.desk
        now = desk.clock()
        return desk.store.append(
            Answer(
                card=ask.card,
                rating=int(response.rating),
                at=now,
                utc_offset_min=desk.utc_offset(now),
                study_day=desk.study_day(now),
                session_id=self.session_id(),
                mode="drill" if moves else self._kind,
                reason=ask.reason,
                moves=moves,
                part="one_liner" if self.options.warm_up else part,
                prompt=str(ask.round.seed) if ask.round else ask.prompt,
                suggested=int(response.suggested) if response.suggested else None,
                confidence=response.confidence,
                hints=response.hints,
                attempts=response.attempts,
                think_ms=response.think_ms,
                duration_ms=response.duration_ms,
                answer=response.answer,
                verdict=response.verdict,
                mistake=response.mistake,
                card_hash=desk.library.card_hash(ask.card),
            )
        )

    def undo(self) -> Undone | None:
        """Take back the last thing done (an answer, a bury, a suspension, a flag); None if there is none.

        Goes on past this sitting to what this device did before. The card is asked again next.
        """
        undone = self.desk.store.undo(now=self.desk.clock(), session_id=self._session)
        if undone is None:
            return None
        is_practice = undone.mode in ("cram", "warmup") and not self.options.cram
        was_practice = is_practice and undone.id not in self._given
        self._given.pop(undone.id, None)
        self._rebuild()
        if not was_practice and any(h.name == undone.card for h in self._heads):
            self._bring_to_front(undone.card)
        return undone

    def bury(self, card: str) -> None:
        """Hide a card until the next study day."""
        self._mark(card, "buried", str(self.desk.today()))
        self._hide(card)

    def suspend(self, card: str) -> None:
        """Hide a card until it is unsuspended."""
        self._mark(card, "suspended", "1")
        self._hide(card)

    def know(self, card: str) -> None:
        """Mark a new card as known: out of the queue until that is cleared."""
        self._mark(card, "known", "1")
        self._hide(card)

    def flag(self, card: str) -> bool:
        """Flag a card, or clear its flag; returns whether it is flagged now."""
        flagged = not self.mark_value(card, "flag")
        self._mark(card, "flag", "1" if flagged else "")
        return flagged

    def note(self, card: str, text: str) -> None:
        """Keep a note with a card; an empty text removes it."""
        self._mark(card, "note", text.strip())

    def mark_value(self, card: str, kind: str) -> str:
        """The value of a card's mark, or '' where it has none."""
        return next((m.value for m in self.desk.store.marks(kind, card)), "")

    def refresh(self) -> None:
        """Look again at decks and marks: another screen may have changed them."""
        self.desk.reload_decks()
        self._heads = self.selection.heads(self.desk.library)
        self._rebuild()

    def again(self, ask: Ask) -> Ask | None:
        """The same question as its deck has it now; None if its card is gone or hidden."""
        if not any(h.name == ask.card and h.scheduled for h in self._heads):
            return None
        if any(hides(m.kind, m.value, self._today) for m in self.desk.store.marks(card=ask.card)):
            return None
        face = self.desk.library.face(ask.card)
        if face.check is not None:
            return self._ask(QueueItem(ask.card, ask.reason))
        text = dict(face.variants).get(ask.prompt, face.question)
        return replace(ask, face=face, text=text)

    def summary(self) -> Summary:
        """What the sitting came to so far."""
        given = list(self._given.values())
        missed = dict.fromkeys(g.card for g in given if g.rating is Rating.AGAIN)
        tomorrow = self.desk.today() + 1
        return Summary(
            answers=len(given),
            cards=len({g.card for g in given}),
            new=sum(g.is_new for g in given),
            ratings={r: sum(g.rating is r for g in given) for r in Rating},
            seconds=sum(g.duration_ms for g in given) / 1000,
            missed=tuple(missed),
            due_tomorrow=self.desk.store.due_on(tomorrow),
        )

    def missed_again(self) -> Drill:
        """A cram of what was missed in this sitting."""
        missed = Selection(cards=self.summary().missed)
        return Drill(self.desk, missed, Options(cram=True))

    def close(self) -> None:
        """Write down that the sitting ended."""
        if self._session:
            self.desk.store.end_session(self._session, now=self.desk.clock())
            self._session = ""

    # -- inside ----------------------------------------------------------------------------------

    def _make_queue(self) -> Queue | PlannedQueue | CramQueue:
        desk = self.desk
        if self.options.cram:
            return CramQueue(self._cram_order())
        progress = desk.progress(self._today)
        self._reps = {name: state.reps for name, state in progress.states.items()}
        limits = desk.limits
        if self.options.new is not None:
            limits = replace(limits, new_per_day=self.options.new)
        is_own = bool(self.options.minutes or self.options.limit)
        return queue_of_today(
            desk,
            self._heads,
            progress,
            limits,
            seconds=self._sitting_seconds() if is_own else None,
            with_plans=self.options.new is None and not self.selection.cards,
        )

    def _sitting_seconds(self) -> float:
        """About how long a sitting with its own end may last."""
        by_limit = self.options.limit * LONGEST_ANSWER if self.options.limit else 0.0
        return max(60.0 * (self.options.minutes or 0), by_limit)

    def _write_down_the_day(self) -> None:
        """Before the day's first answer: from then on the plans' rule and order of the day hold."""
        if not isinstance(self._queue, PlannedQueue) or not self._queue.today.to_write:
            return
        for day in self._queue.today.to_write:
            self.desk.store.put_plan_day(day)
        self._queue.written()

    def _cram_order(self) -> list[str]:
        store = self.desk.store
        progress = store.progress(self._today)
        states = store.states([h.name for h in self._heads])
        self._reps = {name: state.reps for name, state in states.items()}
        if self.options.warm_up:
            from interviewprep.study.warm_up import warm_up_order

            return warm_up_order(self.desk, self._heads)
        if self.selection.cards:
            present = {h.name for h in self._heads if h.scheduled}
            return [c for c in self.selection.cards if c in present]
        everything = replace(progress, states=states)
        return cram_order(self._heads, everything, random.Random(self._today))

    def _item(self) -> QueueItem | None:
        item = self._queue.next()
        if not self._front or (item and item.card == self._front[0]):
            return item
        name = self._front[0]
        return QueueItem(name, "due" if self._reps.get(name) else "new")

    def _ask(self, item: QueueItem) -> Ask:
        face = self.desk.library.face(item.card)
        answers = self._reps.get(item.card, 0)
        turns = [("", face.question), *face.variants]
        prompt, text = turns[answers % len(turns)]
        found = Ask(item.card, item.reason, prompt, face, text, is_new=not answers)
        if face.check is None:
            return found
        from interviewprep.study.rounds import round_of

        asked = round_of(item.card, face.check, answers, lead_in=text if prompt else "")
        return replace(found, text=asked.prompt, round=asked)

    def _is_over(self) -> bool:
        options = self.options
        if options.limit and len(self._given) >= options.limit:
            return True
        minutes = self.desk.settings.drill_minutes if options.minutes is None else options.minutes
        spent = timedelta(milliseconds=sum(g.duration_ms for g in self._given.values()))
        return bool(minutes) and spent >= timedelta(minutes=minutes)

    def _follow_the_world(self) -> None:
        """Start over when the study day changed or another program wrote to the database."""
        today = self.desk.today()
        if today == self._today and not (self.desk.is_open and self.desk.store.changed_elsewhere()):
            return
        self._today = today
        if not self.options.cram:
            self._rebuild()

    def _rebuild(self) -> None:
        if isinstance(self._queue, CramQueue):
            self._queue = self._cram_without_passed()
        else:
            self._queue = self._make_queue()

    def _cram_without_passed(self) -> CramQueue:
        last = {g.card: g.rating for g in self._given.values()}
        passed = {card for card, rating in last.items() if rating is not Rating.AGAIN}
        return CramQueue([c for c in self._cram_order() if c not in passed])

    @property
    def _kind(self) -> str:
        """The mode of answers that move no memory."""
        return "warmup" if self.options.warm_up else "cram"

    def _bring_to_front(self, card: str) -> None:
        if isinstance(self._queue, CramQueue):
            self._queue.bring_back(card)
        else:
            self._front = [card, *(c for c in self._front if c != card)]

    def _hide(self, card: str) -> None:
        if card in self._front:
            self._front.remove(card)
        self._queue.hide(card)

    def _mark(self, card: str, kind: str, value: str) -> None:
        self.desk.store.mark(card, kind, value, now=self.desk.clock(), session_id=self.session_id())

    def session_id(self) -> str:
        """The sitting's id in the log; begins the session on first use."""
        if not self._session:
            config = {"selection": str(self.selection), "cram": self.options.cram}
            kind = self._kind if self.options.cram else "drill"
            self._session = self.desk.store.start_session(kind, config, now=self.desk.clock())
        return self._session
