"""A quiz on the full screen: question, answer, what was right and why, the next question."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.widget import Widget

from interviewprep.errors import InterviewPrepError
from interviewprep.render.words import clock, percent
from interviewprep.study.quiz import Quiz
from interviewprep.study.quiz_marking import Given
from interviewprep.study.quiz_questions import Question, QuizError, Told
from interviewprep.tui.keys import display
from interviewprep.tui.place import PlacedScreen, Step
from interviewprep.tui.stopwatch import DoublePress, Stopwatch
from interviewprep.tui.widgets.quiz_options import QuizOptions
from interviewprep.tui.widgets.quiz_view import QuizView

if TYPE_CHECKING:
    from interviewprep.study.quiz_marking import Mark

TICK_SECONDS = 0.5
KEEP_TICKS = 4
"""After so many ticks the time spent is written down again."""
HOW = {
    "several": "More than one may be right.",
    "order": "Pick them in order: the first one first.",
    "typed": "What you said is ticked when the answer is shown; you can change it.",
}
"""What is said below a question of a form."""


class QuizScreen(PlacedScreen[None]):
    """Asks one question after the other. What it decides, `Quiz` knows."""

    PLACES: ClassVar[tuple[str, ...]] = ("quiz", "quiz_writing", "quiz_told", "quiz_ticks", "quiz_reason")

    def __init__(self, open_quiz: Callable[[], Quiz]) -> None:
        """`open_quiz` is called once the store is open."""
        super().__init__()
        self._open_quiz = open_quiz
        self.quiz: Quiz | None = None
        self.question: Question | None = None
        self.told: Told | None = None
        self.stopwatch = Stopwatch()
        self.presses = DoublePress()
        self._is_reasoning = False
        self._is_empty_meant = False
        self._before_ms = 0
        self._ticks = 0

    @property
    def place(self) -> str:
        """Choosing, writing, reading what was told, ticking, or judging one's reason."""
        if self.focused is not None:
            return "quiz_writing"
        if self.told is None:
            return "quiz"
        return {"ticks": "quiz_ticks", "reason": "quiz_reason"}.get(self.told.needs, "quiz_told")

    @property
    def view(self) -> QuizView:
        """What is shown."""
        return self.query_one(QuizView)

    @property
    def body(self) -> Widget:
        """What scrolls."""
        return self.view.body

    @property
    def spent_ms(self) -> int:
        """On the open question, before a restart included."""
        return self._before_ms + self.stopwatch.ms

    # -- life ------------------------------------------------------------------------------------

    def compose(self) -> ComposeResult:
        """Empty until the store is open."""
        yield QuizView()

    def on_mount(self) -> None:
        """The questions are drawn once the store is open."""
        self.view.show_head("Quiz", [])
        self.view.say("One moment …")
        self.prep.when_ready(self._begin)
        self.set_interval(TICK_SECONDS, self._tick)

    def _begin(self) -> None:
        try:
            self.quiz = self._open_quiz()
        except InterviewPrepError as error:
            if len(self.prep.screen_stack) > 1:
                self.prep.pop_screen()
            self.prep.show_trouble(error)
            return
        self.view.add_check()
        self.told = self.quiz.waiting()
        if self.told is None:
            self._ask()
            return
        self.view.show_waiting(self.told)
        self.call_after_refresh(self._tell, self.told)

    def on_screen_suspend(self) -> None:
        """The keys are being read: its time is not answering time."""
        self.stopwatch.pause()

    def on_screen_resume(self) -> None:
        """Back."""
        self.stopwatch.resume()

    def _ask(self) -> None:
        quiz = self.quiz
        if quiz is None:
            return
        self.question, self.told = quiz.question(), None
        self._is_reasoning = self._is_empty_meant = False
        if self.question is None:
            self._finish()
            return
        self._before_ms = quiz.spent_ms
        self.stopwatch.restart()
        self.view.show_question(self.question)
        self._show_draft(quiz.draft)
        self.view.say(_how_to_answer(self.question))
        if self.question.is_written:
            self._write("your numbers" if self.question.form == "numeric" else "your answer in key words")
        self._paint()

    def _finish(self) -> None:
        from interviewprep.tui.screens.quiz_result import QuizResultScreen

        if self.quiz is not None:
            self.quiz.close()
            self.prep.switch_screen(QuizResultScreen(self.quiz))

    # -- painting --------------------------------------------------------------------------------

    def _paint(self) -> None:
        keymap = self.prep.keymap
        place = self.place
        if place == "quiz_writing":
            pairs = [("Enter", "hand in"), *keymap.footer("writing")]
        else:
            pairs = keymap.footer(place)
        if place == "quiz" and self.question is not None:
            # Of picking and writing only one is of use.
            useless = "pick" if self.question.is_written else "" if self._is_reasoning else "write"
            last = self.prep.keymap.keys("pick", "quiz")[: self.view.options.count][-1:]
            pairs = [
                (f"{key}-{display(last[0])}" if label == "pick" and last else key, label)
                for key, label in pairs
                if label != useless
            ]
        self.view.show_keys(pairs)
        self._paint_head()

    def _paint_head(self) -> None:
        quiz, at = self.quiz, self.told or self.question
        if quiz is None or at is None:
            return
        asked = self.told.item if self.told else self.question
        facts = [f"{at.number} of {quiz.count}", asked.level if asked else ""]
        if self.question is not None and self.told is None and self.question.seconds:
            left = max(0.0, self.question.seconds - self.spent_ms / 1000)
            facts.insert(0, f"{clock(left + 0.999)} left")
        self.view.show_head(asked.topic if asked else "Quiz", facts)

    def _tick(self) -> None:
        question = self.question
        if question is None or self.told is not None:
            return
        if question.seconds:
            self._paint_head()
            if self.spent_ms >= 1000 * question.seconds:
                self._hand_in(is_final=True)
                return
        self._ticks += 1
        if self._ticks % KEEP_TICKS == 0:
            self._keep()

    def _keep(self) -> None:
        """Write down time, picks and words; where that fails it is tried again, and no answer is lost."""
        if self.quiz is not None and self.question is not None and self.told is None:
            with suppress(InterviewPrepError):
                self.quiz.keep(self.spent_ms, self._given())

    def _given(self) -> Given:
        return Given(tuple(self.view.options.picked), self.view.field.text.strip())

    def _show_draft(self, draft: Given) -> None:
        """What was picked and written before a restart."""
        options = [option for option, _ in self.question.options] if self.question is not None else []
        for picked in draft.picked:
            if picked in options:
                self.view.options.pick(options.index(picked))
        if draft.text:
            self.view.field.text = draft.text

    # -- while the question is open --------------------------------------------------------------

    def move(self, by: Step, sign: int) -> None:
        """Move through options or points, else scroll."""
        view = self.view
        if by == "line" and self.place == "quiz" and view.options.display:
            view.options.move_to(view.options.at + sign)
        elif by == "line" and self.place == "quiz_ticks" and 0 <= view.points.at + sign < view.points.count:
            view.points.move_to(view.points.at + sign)
            self._keep_point_visible()
        else:
            super().move(by, sign)

    def _keep_point_visible(self) -> None:
        points, body = self.view.points, self.body
        first, end = points.rows_of(points.at)
        top = points.region.y - body.region.y + body.scroll_offset.y
        if top + first < body.scroll_offset.y:
            body.scroll_to(y=top + first, animate=False)
        elif top + end > body.scroll_offset.y + body.size.height:
            body.scroll_to(y=top + end - body.size.height, animate=False)

    def action_pick(self, key: str) -> None:
        """Pick an option by its number."""
        keys = self.prep.keymap.keys("pick", "quiz")
        if key in keys:
            self._pick(keys.index(key))

    def action_pick_here(self) -> None:
        """Pick the option at the cursor."""
        if self.question is not None and not self.question.is_written:
            self._pick(self.view.options.at)

    def on_quiz_options_clicked(self, message: QuizOptions.Clicked) -> None:
        """A click picks."""
        if self.place == "quiz":
            self._pick(message.place)

    def _pick(self, place: int) -> None:
        self._is_empty_meant = False
        self.view.say("")
        self.view.options.pick(place)

    def action_write(self) -> None:
        """Into the field."""
        if self.question is not None and (self.question.is_written or self._is_reasoning):
            self._write("")
            self._paint()

    def _write(self, placeholder: str) -> None:
        field = self.view.field
        if placeholder:
            field.placeholder = placeholder
        field.display = True
        self.set_focus(field)

    def action_leave_field(self) -> None:
        """Leave the field; its text stays."""
        self.set_focus(None)
        self._paint()

    def on_answer_field_handed_in(self) -> None:
        """Enter in the field: in haste it hands in nothing more, and nothing at all only when said twice."""
        question = self.question
        if question is None or self.presses.is_again("go on"):
            return
        if question.is_written and not self.view.field.text.strip() and not self._is_empty_meant:
            self._is_empty_meant = True
            self.view.say("Nothing is written. Enter again: no answer.")
            return
        self._hand_in()

    def action_hand_in(self) -> None:
        """Commit the answer; of nothing only when asked twice, of true or false after the reason."""
        question = self.question
        if question is None or self.presses.is_again("go on"):
            return
        picked = self.view.options.picked
        given = self.view.field.text.strip() if question.is_written else picked
        if not given and not self._is_empty_meant:
            self._is_empty_meant = True
            what = "written" if question.is_written else "picked"
            self.view.say(f"Nothing is {what}. {self.prep.keymap.shown('hand_in')} again: no answer.")
            return
        if not self._is_reasoning and any(p in question.wants_reason for p in picked):
            self._is_reasoning = True
            self.view.say("Why? Without the right reason it counts half. Enter hands in.")
            self._write("the reason, in a few words")
            self._paint()
            return
        self._hand_in()

    def _hand_in(self, *, is_final: bool = False) -> None:
        quiz, question = self.quiz, self.question
        if quiz is None or question is None or self.told is not None:
            return
        given, spent = self._given(), self.spent_ms
        if is_final:
            spent = min(spent, 1000 * question.seconds)
        try:
            self.told = quiz.hand_in(given, duration_ms=spent, is_final=is_final)
        except QuizError as error:
            self.view.say(f"{error.message} {error.hint}".strip())
            return
        except InterviewPrepError as error:
            self.prep.show_trouble(error)
            return
        self._tell(self.told, "Time is over. " if is_final else "")

    # -- once it is told -------------------------------------------------------------------------

    def _tell(self, told: Told, said: str = "") -> None:
        self.set_focus(None)
        self.view.show_told(told)
        keymap = self.prep.keymap
        if told.needs == "ticks":
            key = keymap.shown("settle")
            found = f"Found {percent(told.mark.score)} of the must points. " if told.mark.score else ""
            said += f"{found}{keymap.shown('tick')} changes a tick, {key} takes the ticks."
        elif told.needs == "reason":
            said += "Was this your reason? It counts half without it."
        else:
            said += mark_words(told, told.mark)
        self.view.say(said)
        self._paint()

    def action_tick(self) -> None:
        """Tick or untick the point at the cursor."""
        sheet, points = (self.told.sheet if self.told else None), self.view.points
        if sheet is not None:
            points.move_to(max(0, points.at))
            sheet.toggle(points.at)
            points.refresh()

    def action_settle(self) -> None:
        """Take the ticks."""
        self._settle(reason_right=False)

    def action_reason_yes(self) -> None:
        """The reason was right."""
        self._settle(reason_right=True)

    def action_reason_no(self) -> None:
        """The reason was another."""
        self._settle(reason_right=False)

    def _settle(self, *, reason_right: bool) -> None:
        if self.quiz is not None and self.told is not None and not self.presses.is_again("go on"):
            self.quiz.settle(self.told, reason_right=reason_right)
            self.told = self.quiz.told(self.told.number - 1)
            self._tell(self.told)

    def action_next_question(self) -> None:
        """Go on."""
        if not self.presses.is_again("go on"):
            self._ask()

    def action_leave(self) -> None:
        """Leave; the quiz goes on from here another time. After the last answer its result comes first."""
        if self.quiz is not None and self.quiz.is_over:
            self._finish()
            return
        self._keep()
        self.prep.leave_screen()

    def action_quit(self) -> None:
        """Out of the program; the quiz goes on from here another time."""
        self._keep()
        super().action_quit()


def _how_to_answer(question: Question) -> str:
    if question.form == "true-false":
        every = len(question.wants_reason) == len(question.options)
        return (
            "The reason is asked for next." if every else "If you pick False, the reason is asked for next."
        )
    return HOW.get(question.form, "")


def mark_words(told: Told, mark: Mark) -> str:
    """What an answer is worth, in words."""
    if told.is_late:
        return "Too late: it counts as no answer."
    if mark.is_right:
        return "Right."
    return f"Partly right, {percent(mark.score)}." if mark.score else "Not right."
