"""Before a quiz: go on with the unfinished one, or choose how many questions, which, how fast."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar, NamedTuple

from rich.text import Text
from textual.app import ComposeResult
from textual.widgets import Static

from interviewprep.render.charts import sparkline
from interviewprep.render.words import clock, percent
from interviewprep.study.quiz import Quiz, QuizOptions
from interviewprep.study.quiz_draw import KINDS
from interviewprep.study.quiz_result import PastQuiz, past_quizzes, trend, unfinished
from interviewprep.study.selection import Selection
from interviewprep.tui.place import PlacedScreen, Step
from interviewprep.tui.widgets.bars import KeyBar, TopBar
from interviewprep.tui.widgets.rows import RowList

COUNTS = (5, 10, 15, 20, 30, 50)
SECONDS = (0, 15, 30, 60, 90, 120, 180)
KIND_WORDS = {
    "mixed": "of all kinds",
    "choice": "choices, true or false, gaps, order",
    "typed": "in your own words",
    "numeric": "calculations",
}
NAME = 22
"""Cells of a row's name."""


class _Row(NamedTuple):
    id: str
    name: str
    value: str


class QuizStartScreen(PlacedScreen[None]):
    """A short list; Enter begins, left and right change a value."""

    PLACES: ClassVar[tuple[str, ...]] = ("quiz_start",)

    def __init__(self, selection: Selection, options: QuizOptions | None = None) -> None:
        super().__init__()
        self.selection = selection
        self.options = options or QuizOptions()
        self._unfinished: PastQuiz | None = None

    def compose(self) -> ComposeResult:
        """The list, and how the last quizzes went."""
        yield TopBar("Quiz", [str(self.selection)], id="head")
        yield RowList(self._draw, id="rows")
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

    @property
    def _list(self) -> RowList[_Row]:
        return self.query_one("#rows", RowList)

    def _complete(self) -> None:
        self._unfinished = unfinished(self.desk)
        scores = trend(past_quizzes(self.desk))
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
                _Row("resume", "Go on", f"{found.answered} of {found.questions} done, {found.selection}")
            )
        options = self.options
        seconds = options.seconds_per_question
        rows += [
            _Row("begin", "Begin a new quiz", str(self.selection)),
            _Row("count", "  questions", f"‹ {options.count} ›"),
            _Row("kind", "  which", f"‹ {KIND_WORDS[options.kind]} ›"),
            _Row("seconds", "  time for each", f"‹ {clock(seconds) if seconds else 'no clock'} ›"),
        ]
        self._list.show(rows, at=self._list.at if at is None else at)

    def _draw(self, row: _Row, width: int) -> Text:
        name = Text(row.name, no_wrap=True)
        name.truncate(NAME, overflow="ellipsis", pad=True)
        name.append(row.value)
        name.truncate(width, overflow="ellipsis")
        return name

    def move(self, by: Step, sign: int) -> None:
        """Through the rows."""
        self._list.move(by, sign)

    def action_less(self) -> None:
        """The value before."""
        self._change(-1)

    def action_more(self) -> None:
        """The next value."""
        self._change(1)

    def _change(self, sign: int) -> None:
        row, options = self._list.chosen, self.options
        if row is None:
            return
        if row.id == "count":
            self.options = replace(options, count=_beside(COUNTS, options.count, sign))
        elif row.id == "seconds":
            changed = _beside(SECONDS, options.seconds_per_question, sign)
            self.options = replace(options, seconds_per_question=changed)
        elif row.id == "kind":
            place = max(0, min(KINDS.index(options.kind) + sign, len(KINDS) - 1))
            self.options = replace(options, kind=KINDS[place])
        self._paint()

    def on_row_list_chosen(self) -> None:
        """Clicked."""
        self.action_begin_quiz()

    def action_begin_quiz(self) -> None:
        """Go on with the unfinished quiz if that row is chosen, else begin."""
        self.prep.when_ready(self._go)

    def _go(self) -> None:
        from interviewprep.tui.screens.quiz import QuizScreen

        row, found = self._list.chosen, self._unfinished
        if row is not None and row.id == "resume" and found is not None:
            self.prep.push_screen(QuizScreen(lambda: Quiz.resume(self.desk, found.id)))
            return
        self.prep.push_screen(QuizScreen(self._new))

    def _new(self) -> Quiz:
        quiz = Quiz.begin(self.desk, self.selection, self.options)
        if self._unfinished is not None:
            Quiz.resume(self.desk, self._unfinished.id).give_up()
        return quiz

    def action_leave(self) -> None:
        """Back, or out of the program."""
        self.prep.leave_screen()


def _beside(values: tuple[int, ...], now: int, sign: int) -> int:
    """The next value up or down; a value between two goes to the nearer in that direction."""
    further = [v for v in values if (v > now if sign > 0 else v < now)]
    if not further:
        return now
    return min(further) if sign > 0 else max(further)
