"""Before a quiz: go on with the unfinished one, begin one as chosen, or open the result of a past one."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.widgets import Static

from interviewprep.errors import NotFoundError
from interviewprep.render.charts import sparkline
from interviewprep.render.words import clock, day_label, percent
from interviewprep.study.quiz import Quiz, QuizOptions
from interviewprep.study.quiz_draw import KINDS
from interviewprep.study.quiz_result import PastQuiz, past_quizzes, trend, unfinished
from interviewprep.study.selection import Selection
from interviewprep.tui.widgets.bars import KeyBar, TopBar
from interviewprep.tui.widgets.setup_rows import SetupRow, SetupRows, SetupScreen, beside, beside_number

COUNTS = (5, 10, 15, 20, 30, 50)
SECONDS = (0, 15, 30, 60, 90, 120, 180)
KIND_WORDS = {
    "mixed": "of all kinds",
    "choice": "choices, true or false, gaps, order",
    "typed": "in your own words",
    "numeric": "calculations",
}
PAST_SHOWN = 3
"""So many past results are offered."""


class QuizStartScreen(SetupScreen):
    """A short list; Enter begins, left and right change a value."""

    PLACES: ClassVar[tuple[str, ...]] = ("quiz_start",)

    def __init__(self, selection: Selection, options: QuizOptions | None = None) -> None:
        super().__init__()
        self.selection = selection
        self.options = options or QuizOptions()
        self._unfinished: PastQuiz | None = None
        self._past: list[PastQuiz] = []

    def compose(self) -> ComposeResult:
        """The list, and how the last quizzes went."""
        yield TopBar("Quiz", [str(self.selection)], id="head")
        yield SetupRows(id="rows")
        yield Static(id="trend", markup=False)
        yield Static(id="status", markup=False)
        yield KeyBar(self.prep.keymap.footer("quiz_start"), id="foot")

    def on_mount(self) -> None:
        """What is unfinished is known once the store is open."""
        self._paint()
        self.prep.when_ready(self._complete)

    def on_screen_resume(self) -> None:
        """Back from a quiz."""
        if self.prep.is_ready:
            self._complete()

    def _complete(self) -> None:
        self._unfinished = unfinished(self.desk)
        past = past_quizzes(self.desk)
        self._past = [p for p in past if not p.is_open][:PAST_SHOWN]
        self._say("")
        scores = trend(past)
        if scores:
            before = (
                f"The last {len(scores)} quizzes  {sparkline(scores, top=1)}  "
                if scores[1:]
                else "Last quiz  "
            )
            self.query_one("#trend", Static).update(Text(before + percent(scores[-1])))
        self._paint(at=0)

    def _paint(self, at: int | None = None) -> None:
        found = self._unfinished
        rows = []
        if found is not None:
            rows.append(
                SetupRow("resume", "Go on", f"{found.answered} of {found.questions} done, {found.selection}")
            )
        options = self.options
        seconds = options.seconds_per_question
        rows += [
            SetupRow("begin", "Begin a new quiz", str(self.selection)),
            SetupRow("count", "  questions", f"‹ {options.count} ›"),
            SetupRow("kind", "  which", f"‹ {KIND_WORDS[options.kind]} ›"),
            SetupRow("seconds", "  time for each", f"‹ {clock(seconds) if seconds else 'no clock'} ›"),
        ]
        rows += [self._result(p) for p in self._past]
        self.rows.show(rows, at=self.rows.at if at is None else at)

    def _result(self, past: PastQuiz) -> SetupRow:
        desk = self.desk
        day = desk.study_day(datetime.fromtimestamp(past.started_at_ms / 1000, UTC))
        name = f"Result, {day_label(day, today=desk.today())}"
        again = ", again" if past.is_repeat else ""
        figures = f"{percent(past.score):>5}  {past.right} of {past.answered} right{again}"
        return SetupRow(past.id, name, f"{figures}, {past.selection}")

    def _say(self, text: str) -> None:
        self.query_one("#status", Static).update(Text(text))

    def change(self, sign: int) -> None:
        """The value of the chosen row."""
        row, options = self.rows.chosen, self.options
        if row is None:
            return
        if row.id == "count":
            self.options = replace(options, count=beside_number(COUNTS, options.count, sign))
        elif row.id == "seconds":
            changed = beside_number(SECONDS, options.seconds_per_question, sign)
            self.options = replace(options, seconds_per_question=changed)
        elif row.id == "kind":
            self.options = replace(options, kind=beside(KINDS, options.kind, sign))
        self._paint()

    def on_row_list_chosen(self) -> None:
        """Clicked."""
        self.action_begin_quiz()

    def action_begin_quiz(self) -> None:
        """Go on with the unfinished quiz or open a result if that row is chosen, else begin."""
        self.prep.when_ready(self._go)

    def _go(self) -> None:
        from interviewprep.tui.screens.quiz import QuizScreen
        from interviewprep.tui.screens.quiz_result import QuizResultScreen

        row = self.rows.chosen
        try:
            if row is not None and row.id in {p.id for p in self._past}:
                self.prep.push_screen(QuizResultScreen(Quiz.resume(self.desk, row.id)))
                return
            quiz = self._resumed() if row is not None and row.id == "resume" else self._new()
        except NotFoundError as error:
            # Nothing is lost and nothing is broken: other values, or back.
            self._say(f"{error.message} {error.hint}".strip())
            return
        self.prep.push_screen(QuizScreen(lambda: quiz))

    def _resumed(self) -> Quiz:
        return Quiz.resume(self.desk, self._unfinished.id) if self._unfinished else self._new()

    def _new(self) -> Quiz:
        quiz = Quiz.begin(self.desk, self.selection, self.options)
        if self._unfinished is not None:
            Quiz.resume(self.desk, self._unfinished.id).give_up()
        return quiz

    def action_leave(self) -> None:
        """Back, or out of the program."""
        self.prep.leave_screen()
