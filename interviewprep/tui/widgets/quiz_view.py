"""What a quiz looks like: head, question, options or a field, what is told, a line of speech, keys."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.text import Text
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widget import Widget
from textual.widgets import Static

from interviewprep.tui.parts import card_text, line_text, short_answer
from interviewprep.tui.widgets.answer_field import AnswerField
from interviewprep.tui.widgets.bars import KeyBar, TopBar
from interviewprep.tui.widgets.points import Points
from interviewprep.tui.widgets.quiz_options import QuizOptions

if TYPE_CHECKING:
    from interviewprep.study.quiz_questions import Question, Told
    from interviewprep.tui.widgets.check_view import CheckView

MARGIN = 4
LAST_WORD = 12
HIDDEN_AT_FIRST = ("AnswerField", "#written", "#short", "#points", "#whys")


class QuizView(Vertical):
    """Shows what it is told to; knows nothing of quizzes."""

    def compose(self) -> ComposeResult:
        """In the order of reading."""
        yield TopBar(id="head")
        with Vertical(id="body"):
            yield Static(id="due", markup=False)
            yield Static(id="question", markup=False)
            yield QuizOptions(id="options")
            yield AnswerField(placeholder="your answer")
            yield Static(id="written", markup=False)
            yield Static(id="short", markup=False)
            yield Points(id="points")
            yield Static(id="whys", markup=False)
        yield Static(id="status", markup=False)
        yield KeyBar(id="foot")

    def on_mount(self) -> None:
        """Nothing is asked yet."""
        for selector in (*HIDDEN_AT_FIRST, "#due", "#options"):
            self.query_one(selector).display = False

    @property
    def body(self) -> Widget:
        """What scrolls."""
        return self.query_one("#body")

    @property
    def options(self) -> QuizOptions:
        """What can be picked."""
        return self.query_one(QuizOptions)

    @property
    def field(self) -> AnswerField:
        """Where an answer, a number or a reason is written."""
        return self.query_one("#body > AnswerField", AnswerField)

    @property
    def points(self) -> Points:
        """What can be ticked."""
        return self.query_one(Points)

    def show_head(self, title: str, facts: Sequence[str]) -> None:
        """Topic and position."""
        self.query_one("#head", TopBar).show(title, facts)

    def show_keys(self, pairs: Sequence[tuple[str, str]]) -> None:
        """The line of keys."""
        self.query_one("#foot", KeyBar).show(pairs)

    def say(self, text: str) -> None:
        """Something in the two lines above the keys."""
        said = Text(text)
        said.truncate(max(20, 2 * (self.app.size.width - MARGIN) - LAST_WORD), overflow="ellipsis")
        self.query_one("#status", Static).update(said)

    def show_question(self, question: Question) -> None:
        """An open question."""
        for selector in HIDDEN_AT_FIRST:
            self.query_one(selector).display = False
        for check in self.query("CheckView"):
            check.display = False
        due = self.query_one("#due", Static)
        due.update(Text("Due today: the drill would ask this; here you will see its answer."))
        due.display = question.is_due
        self._put_question(question.text, is_number=question.form == "numeric")
        self.field.clear()
        self.options.show(question)
        self.body.scroll_home(animate=False)

    def show_waiting(self, told: Told) -> None:
        """The question of an answer that was handed in before a restart."""
        self._put_question(told.item.question, is_number=False)

    def show_told(self, told: Told) -> None:
        """All that is known about a question once it is answered."""
        self.field.display = False
        if told.item.options:
            self.options.tell(told.item.options, told.given.picked, told.item.form)
        written = self.query_one("#written", Static)
        written.update(Text(f"› {told.given.text}"))
        written.display = bool(told.given.text) and told.round is None
        if told.sheet is not None:
            short = self.query_one("#short", Static)
            short.update(short_answer(told.sheet.card))
            short.display = True
            self.points.show(told.sheet)
            self._put_whys([f"{m.wrong} {m.why}" for m in told.sheet.card.misconceptions])
        if told.round is not None:
            self._check_view().show(told.round)
        self.body.scroll_home(animate=False)

    def _put_question(self, text: str, *, is_number: bool) -> None:
        from interviewprep.render.prompts import prompt_lines
        from interviewprep.tui.check_parts import Fitted

        shown = Fitted(lambda width: prompt_lines(text, width)) if is_number else card_text(text)
        self.query_one("#question", Static).update(shown)

    def _put_whys(self, whys: Sequence[str]) -> None:
        quiet = self.app.theme_variables["quiet"]
        shown = Text("\n").join(Text.assemble("wrong  ", line_text(why), style=quiet) for why in whys)
        widget = self.query_one("#whys", Static)
        widget.update(shown)
        widget.display = bool(whys)

    def _check_view(self) -> CheckView:
        from interviewprep.tui.widgets.check_view import CheckView

        return self.query_one(CheckView)

    def add_check(self) -> None:
        """Add the view of calculations, hidden."""
        from interviewprep.tui.widgets.check_view import CheckView

        if not self.query("CheckView"):
            self.body.mount(CheckView())
