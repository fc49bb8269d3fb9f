"""A quiz: a fixed list of questions, each answered once, kept at once, marked and explained.

What it asks is frozen in the session row when it begins, and where it stands is written in the transaction
of each answer: a process that is killed resumes at the same question.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, cast

from interviewprep.store.records import Answer
from interviewprep.study.desk import Desk
from interviewprep.study.quiz_draw import Kind, draw_items
from interviewprep.study.quiz_items import Item, item_from_json, renewed
from interviewprep.study.quiz_marking import Given, Mark, mark_choice, mark_sheet, rating_of
from interviewprep.study.quiz_questions import Question, QuizError, Told, check_given, question_of, told_of
from interviewprep.study.quiz_result import Answered, QuizResult, sum_up
from interviewprep.study.selection import Selection

if TYPE_CHECKING:
    from interviewprep.store.sessions import SavedSession
    from interviewprep.study.sheet import AnswerSheet

GRACE_MS = 1500
"""After the time of a question an answer is still taken this long: what the program itself hands in."""
SEEDS = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class QuizOptions:
    """How a quiz is put together."""

    kind: Kind = "mixed"
    count: int = 10
    seconds_per_question: int = 0
    """After this time an answer counts as none; 0: no clock."""


class Quiz:
    """One quiz. `question` peeks, `hand_in` commits, `settle` marks where the learner has a say."""

    def __init__(self, desk: Desk, saved: SavedSession) -> None:
        """Use `Quiz.begin` or `Quiz.resume`."""
        self.desk = desk
        self.session_id = saved.id
        self.started_at_ms = saved.started_at_ms
        self.config = saved.config
        self._items = [item_from_json(i) for i in saved.items]
        state = saved.state
        self._answers = [Answered.from_json(a) for a in cast("Sequence[object]", state.get("answers", ()))]
        self._open: tuple[Given, int] | None = None
        waiting = cast("Mapping[str, object] | None", state.get("open"))
        if waiting:
            picked = cast("Sequence[str]", waiting["picked"])
            self._open = Given(tuple(picked), str(waiting["text"])), cast("int", waiting["duration_ms"])
        self.spent_ms = cast("int", state.get("spent_ms", 0))
        """On the open question before this process: its clock goes on from here."""
        self._kept = state
        """The state as it stands in the session row."""
        draft = cast("Mapping[str, object]", state.get("draft") or {})
        self.draft = Given(tuple(cast("Sequence[str]", draft.get("picked", ()))), str(draft.get("text", "")))
        """What was picked and written of the open question before this process."""

    # -- beginning ---------------------------------------------------------------------------------

    @classmethod
    def begin(
        cls, desk: Desk, selection: Selection, options: QuizOptions | None = None, *, seed: int | None = None
    ) -> Quiz:
        """Draw the questions and freeze them; by default the moment decides which.

        Raises NotFoundError where nothing can be asked.
        """
        options = options or QuizOptions()
        drawn_by = int(desk.clock().timestamp()) % SEEDS if seed is None else seed
        items = draw_items(desk, selection, kind=options.kind, count=options.count, seed=drawn_by)
        config = {
            "selection": str(selection),
            "kind": options.kind,
            "seconds_per_question": options.seconds_per_question,
            "seed": drawn_by,
        }
        return cls._frozen(desk, items, config)

    @classmethod
    def resume(cls, desk: Desk, session_id: str) -> Quiz:
        """Go on with a quiz where it stands. Raises QuizError where it cannot be read."""
        saved = next(iter(desk.store.sessions("quiz", session_id=session_id)), None)
        try:
            if saved is not None:
                return cls(desk, saved)
        except (KeyError, TypeError, ValueError) as error:
            raise QuizError(f"The quiz {session_id} cannot be read: {error}", _BEGIN_ANEW) from None
        raise QuizError(f"There is no quiz {session_id}.", _BEGIN_ANEW)

    def again(self) -> Quiz:
        """A new quiz of what was not right in this one: options in another order, other numbers."""
        wrong = [
            item for item, answer in zip(self._items, self._answers, strict=False) if not answer.is_right
        ]
        seed = cast("int", self.config.get("seed", 0)) + 1
        config = {**self.config, "seed": seed, "again": self.session_id}
        return self._frozen(self.desk, [renewed(item, seed) for item in wrong], config)

    @classmethod
    def _frozen(cls, desk: Desk, items: Sequence[Item], config: Mapping[str, object]) -> Quiz:
        session_id = desk.store.start_session(
            "quiz", config, now=desk.clock(), items=[item.to_json() for item in items]
        )
        return cls.resume(desk, session_id)

    # -- what is asked -----------------------------------------------------------------------------

    def question(self) -> Question | None:
        """The question to put now; None while an answer waits to be settled, and at the end."""
        at = len(self._answers)
        if self._open is not None or at >= len(self._items):
            return None
        return question_of(
            self._items[at], number=at + 1, of=len(self._items), seconds=self.seconds_per_question
        )

    def waiting(self) -> Told | None:
        """The answer that was handed in and is not settled yet, also after a restart."""
        if self._open is None:
            return None
        given, duration_ms = self._open
        return self._told(given, duration_ms)

    @property
    def seconds_per_question(self) -> int:
        """Time for each question; 0: none."""
        return cast("int", self.config.get("seconds_per_question", 0))

    @property
    def count(self) -> int:
        """How many questions there are."""
        return len(self._items)

    @property
    def answered(self) -> int:
        """How many are answered and settled."""
        return len(self._answers)

    @property
    def is_over(self) -> bool:
        """Whether every question is answered."""
        return self.answered >= self.count

    # -- what happens ------------------------------------------------------------------------------

    def keep(self, spent_ms: int, draft: Given | None = None) -> None:
        """Write down the time spent on the open question, and what is picked and written of it so far.

        `spent_ms` includes earlier processes. Without `draft` that of an earlier process stays.
        """
        if self.question() is not None:
            self.draft = draft or self.draft
            found = {"picked": self.draft.picked, "text": self.draft.text}
            self._keep({**self._state(), "spent_ms": spent_ms, "draft": found})

    def hand_in(self, given: Given, *, duration_ms: int, is_final: bool = False) -> Told:
        """Commit an answer; only now anything is told about what is right.

        `duration_ms` is all time spent on the question, `spent_ms` of earlier processes included.
        Raises QuizError for options that are not there and for text that is no number, unless the answer
        `is_final` because the time is over; an empty answer is taken.
        """
        question = self.question()
        if question is None:
            raise QuizError("No question is open.", "Settle the last answer first.")
        check_given(self._items[self.answered], given, is_final=is_final)
        told = self._told(given, duration_ms)
        if told.needs:
            self._open = given, duration_ms
            try:
                self._keep(self._state())
            except BaseException:
                self._open = None
                raise
        else:
            self._record(told, duration_ms)
        return told

    def settle(self, told: Told, *, reason_right: bool = False) -> Mark:
        """Take the ticks of `told.sheet`, or whether the reason was right, as they are now."""
        if self._open is None or not told.needs:
            raise QuizError("No answer waits to be settled.")
        waiting = self._open
        if told.needs == "reason":
            mark = mark_choice(told.item, told.given.picked, reason_given=reason_right)
        else:
            mark = mark_sheet(cast("AnswerSheet", told.sheet))
        settled = replace(told, mark=Mark(0.0, mark.verdict) if told.is_late else mark, needs="")
        self._open = None
        try:
            self._record(settled, waiting[1], computed=told.mark if told.sheet else None)
        except BaseException:
            self._open = waiting
            raise
        return settled.mark

    def result(self) -> QuizResult:
        """What the quiz has come to so far."""
        return sum_up(self._items, self._answers)

    def told(self, index: int) -> Told:
        """An answered question, from 0, as it was told, for reading the mistakes."""
        answer = self._answers[index]
        given = Given(answer.picked, answer.text)
        found = told_of(self._items[index], given, number=index + 1, is_late=answer.is_late)
        if found.sheet is not None:
            found.sheet.said = {key for key, word in answer.verdict.items() if word == "said"}
            found.sheet.stated = {key for key, word in answer.verdict.items() if word == "stated"}
        return replace(found, mark=Mark(answer.score, answer.verdict, answer.mistake), needs="")

    def close(self) -> None:
        """Write down what a finished quiz came to; an unfinished one stays open, to be resumed."""
        if self.is_over:
            saved = next(iter(self.desk.store.sessions("quiz", session_id=self.session_id)))
            if saved.ended_at_ms is None:
                self.desk.store.end_session(
                    self.session_id, now=self.desk.clock(), result=self.result().to_json(), before=self._kept
                )

    def give_up(self) -> None:
        """End an unfinished quiz without a result: it is not offered again."""
        self.desk.store.end_session(self.session_id, now=self.desk.clock())

    # -- inside ------------------------------------------------------------------------------------

    def _told(self, given: Given, duration_ms: int) -> Told:
        limit = self.seconds_per_question
        is_late = bool(limit) and duration_ms > 1000 * limit + GRACE_MS
        return told_of(self._items[self.answered], given, number=self.answered + 1, is_late=is_late)

    def _record(self, told: Told, duration_ms: int, *, computed: Mark | None = None) -> None:
        """Write an answer down; `computed` is the mark before the learner changed the ticks."""
        item, given, mark = told.item, told.given, told.mark
        rating = rating_of(item, mark)
        answer = Answered(
            picked=given.picked,
            text=given.text,
            score=mark.score,
            duration_ms=duration_ms,
            is_late=told.is_late,
            verdict=mark.verdict,
            mistake=mark.mistake,
        )
        self._answers.append(answer)
        desk = self.desk
        now = desk.clock()
        state = self._state()
        written = "\n".join(filter(None, (",".join(given.picked), given.text)))
        try:
            desk.store.append_in_session(
                Answer(
                    card=item.card,
                    rating=int(rating),
                    at=now,
                    utc_offset_min=desk.utc_offset(now),
                    study_day=desk.study_day(now),
                    session_id=self.session_id,
                    mode="quiz",
                    reason="picked",
                    moves=self._moves(item),
                    prompt=item.prompt,
                    suggested=int(rating_of(item, computed)) if computed else None,
                    score=mark.score,
                    think_ms=duration_ms,
                    duration_ms=duration_ms,
                    answer=written,
                    verdict=mark.verdict,
                    mistake=mark.mistake,
                    card_hash=item.card_hash,
                ),
                state,
                before=self._kept,
            )
        except BaseException:
            # What is not on disk was not answered: the question stays open.
            self._answers.pop()
            raise
        self.spent_ms, self.draft, self._kept = 0, Given(), state
        self.close()

    def _keep(self, state: Mapping[str, object]) -> None:
        self.desk.store.keep_session(self.session_id, state, before=self._kept)
        self._kept = state

    def _moves(self, item: Item) -> bool:
        """Only where the learner wants it, and never a card that its deck keeps out of drills."""
        if not self.desk.settings.quiz_moves_schedule:
            return False
        return any(h.name == item.card and h.scheduled for h in self.desk.library.heads)

    def _state(self) -> Mapping[str, object]:
        state: dict[str, object] = {"answers": [a.to_json() for a in self._answers]}
        if self._open is not None:
            given, duration_ms = self._open
            state["open"] = {"picked": given.picked, "text": given.text, "duration_ms": duration_ms}
        return state


_BEGIN_ANEW = "`interviewprep quiz --new` begins a new one."
