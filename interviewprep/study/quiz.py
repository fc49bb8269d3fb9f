"""A quiz: a fixed list of questions, each answered once, kept at once, marked and explained.

What it asks is frozen in the session row when it begins, and where it stands is written in the transaction
of each answer: a process that is killed resumes at the same question.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, cast

from interviewprep.errors import InterviewPrepError
from interviewprep.store.records import Answer
from interviewprep.study.desk import Desk
from interviewprep.study.quiz_draw import Kind, draw_items
from interviewprep.study.quiz_items import (
    PICK_ONE,
    Form,
    Item,
    item_from_json,
    numeric_item,
    order_of,
    shuffled,
)
from interviewprep.study.quiz_marking import Given, Mark, mark_choice, mark_number, mark_sheet, rating_of
from interviewprep.study.quiz_result import Answered, QuizResult, sum_up
from interviewprep.study.selection import Selection

if TYPE_CHECKING:
    from interviewprep.store.sessions import SavedSession
    from interviewprep.study.rounds import Round
    from interviewprep.study.sheet import AnswerSheet

GRACE_MS = 1500
"""After the time of a question an answer is still taken this long: what the program itself hands in."""
SEEDS = 1_000_000


class QuizError(InterviewPrepError):
    """An answer that a quiz question cannot take; nothing was kept."""

    exit_code = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class QuizOptions:
    """How a quiz is put together."""

    kind: Kind = "mixed"
    count: int = 10
    seconds_per_question: int = 0
    """After this time an answer counts as none; 0: no clock."""


@dataclass(frozen=True, slots=True)
class Question:
    """The question side of an item: nothing in it tells what is right."""

    number: int
    """From 1."""
    of: int
    form: Form
    text: str
    options: tuple[tuple[str, str], ...]
    """(id, text) in the order shown."""
    topic: str
    level: str
    is_due: bool
    seconds: int
    """The time for it; 0: none."""

    @property
    def picks_one(self) -> bool:
        """Whether just one option can be picked."""
        return self.form in PICK_ONE

    @property
    def is_written(self) -> bool:
        """Whether it is answered in a field and not by picking."""
        return self.form in {"typed", "numeric"}


@dataclass(frozen=True, slots=True)
class Told:
    """An answer that was handed in, with all that is known about the question."""

    number: int
    item: Item
    given: Given
    mark: Mark
    """Before it is settled: as far as the program can tell."""
    is_late: bool
    needs: str = ""
    """`ticks`: which points were said is still to be settled; `reason`: whether the reason was right."""
    sheet: AnswerSheet | None = None
    """The points of a question answered in one's own words."""
    round: Round | None = None
    """The calculation, with what was handed in."""


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
        return self._frozen(self.desk, [_renewed(item, seed) for item in wrong], config)

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
        item = self._items[at]
        return Question(
            number=at + 1,
            of=len(self._items),
            form=item.form,
            text=item.question,
            options=tuple((o.id, o.text) for o in item.options),
            topic=item.topic,
            level=item.level,
            is_due=item.is_due,
            seconds=self.seconds_per_question,
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

    def hand_in(self, given: Given, *, duration_ms: int, is_final: bool = False) -> Told:
        """Commit an answer; only now anything is told about what is right.

        Raises QuizError for options that are not there and for text that is no number, unless the answer
        `is_final` because the time is over; an empty answer is taken.
        """
        question = self.question()
        if question is None:
            raise QuizError("No question is open.", "Settle the last answer first.")
        item = self._items[self.answered]
        _check(item, given, is_final=is_final)
        told = self._told(given, duration_ms)
        if told.needs:
            self._open = given, duration_ms
            try:
                self.desk.store.keep_session(self.session_id, self._state())
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
        found = self._told_of(index, Given(answer.picked, answer.text), is_late=answer.is_late)
        if found.sheet is not None:
            found.sheet.said = {key for key, word in answer.verdict.items() if word == "said"}
            found.sheet.stated = {key for key, word in answer.verdict.items() if word == "stated"}
        return replace(found, mark=Mark(answer.score, answer.verdict, answer.mistake), needs="")

    def close(self) -> None:
        """Write down what a finished quiz came to; an unfinished one stays open, to be resumed."""
        if self.is_over:
            self.desk.store.end_session(
                self.session_id, now=self.desk.clock(), result=self.result().to_json()
            )

    def give_up(self) -> None:
        """End an unfinished quiz without a result: it is not offered again."""
        self.desk.store.end_session(self.session_id, now=self.desk.clock())

    # -- inside ------------------------------------------------------------------------------------

    def _told(self, given: Given, duration_ms: int) -> Told:
        limit = self.seconds_per_question
        is_late = bool(limit) and duration_ms > 1000 * limit + GRACE_MS
        return self._told_of(self.answered, given, is_late=is_late)

    def _told_of(self, index: int, given: Given, *, is_late: bool) -> Told:
        item = self._items[index]
        told = Told(index + 1, item, given, Mark(0.0), is_late)
        if item.form == "typed":
            sheet = _sheet(item, given.text)
            if is_late or not given.text.strip():
                return replace(told, sheet=sheet, mark=Mark(0.0, mark_sheet(sheet).verdict))
            return replace(told, sheet=sheet, mark=mark_sheet(sheet), needs="ticks")
        if item.form == "numeric":
            asked = item.round()
            verdict = asked.hand_in(given.text)
            asked.give_up()
            mark = mark_number(verdict, [p.label for p in asked.variant.parts])
            return replace(told, round=asked, mark=Mark(0.0, mark.verdict) if is_late else mark)
        mark = mark_choice(item, given.picked, reason_given=False)
        if is_late:
            return replace(told, mark=Mark(0.0, mark.verdict))
        asks_reason = item.form == "true-false" and bool(mark.score) and bool(given.text.strip())
        return replace(told, mark=mark, needs="reason" if asks_reason else "")

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
                self._state(),
            )
        except BaseException:
            # What is not on disk was not answered: the question stays open.
            self._answers.pop()
            raise
        self.close()

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


def _check(item: Item, given: Given, *, is_final: bool) -> None:
    known = [o.id for o in item.options]
    strange = [p for p in given.picked if p not in known]
    if strange or len(set(given.picked)) < len(given.picked):
        raise QuizError(f"There is no option {', '.join(strange) or 'twice'}.", "Pick each at most once.")
    if item.form in PICK_ONE and len(given.picked) > 1:
        raise QuizError("Only one option can be picked.")
    if item.form == "order" and given.picked and len(given.picked) < len(known) and not is_final:
        raise QuizError("Some options have no place yet.", "Pick all of them, in order.")
    if item.form == "numeric" and given.text.strip() and not is_final:
        from interviewprep.checks.grade import Outcome, grade

        verdict = grade(item.round().variant, given.text)
        if verdict.outcome is Outcome.UNREADABLE:
            raise QuizError(verdict.message, verdict.cure)


def _sheet(item: Item, text: str) -> AnswerSheet:
    """The points of the card, ticked where the answer says them as far as can be told offline."""
    from interviewprep.study.sheet import AnswerSheet

    sheet = AnswerSheet(item.asked_card(), text=text)
    if text.strip():
        from interviewprep.grading.answers import grade_answer
        from interviewprep.grading.facts import card_facts

        graded = grade_answer(card_facts(sheet.card), text)
        sheet.said, sheet.stated = set(graded.said), set(graded.stated)
    return sheet


def _renewed(item: Item, seed: int) -> Item:
    """The same question once more, so that neither the place nor the numbers are remembered."""
    if item.form == "numeric" and item.check is not None:
        made = numeric_item(
            item.card, item.check, topic=item.topic, level=item.level, card_hash=item.card_hash, seed=seed
        )
        return replace(made, is_due=item.is_due)
    if item.form == "true-false" or not item.options:
        return item
    options = shuffled(item.options, item.card, seed)
    return replace(item, options=tuple(options), prompt=order_of(options))
