"""The answers of a mock interview one by one: the own words, the points, a good answer."""

from __future__ import annotations

from typing import ClassVar

from rich.console import Group, RenderableType
from rich.text import Text
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Static

from interviewprep.render.clean import clean
from interviewprep.render.scorecards import pace_words, verdict_words
from interviewprep.study.mock import Mock
from interviewprep.study.scorecard import Answered
from interviewprep.study.sheet import AnswerSheet
from interviewprep.tui.parts import card_text, line_text
from interviewprep.tui.place import Step
from interviewprep.tui.screens.second_opinion import SecondOpinion
from interviewprep.tui.widgets.bars import KeyBar, TopBar
from interviewprep.tui.widgets.points import Points


class CompareScreen(SecondOpinion):
    """One answer at a time; x overrules a mark, y asks for a second opinion on a typed answer."""

    PLACES: ClassVar[tuple[str, ...]] = ("compare",)

    def __init__(self, mock: Mock) -> None:
        super().__init__()
        self.mock = mock
        self.answers = mock.scorecard().answers
        self.at = 0
        self.sheet: AnswerSheet | None = self._sheet()

    def compose(self) -> ComposeResult:
        """Question, own answer, good answer, points."""
        yield TopBar(id="head")
        with Vertical(id="body"):
            yield Static(id="question", markup=False)
            yield Static(id="written", markup=False)
            yield Static(id="short", markup=False)
            yield Points(id="points")
        yield Static(id="status", markup=False)
        yield KeyBar(self.prep.keymap.footer("compare"), id="foot")

    def on_mount(self) -> None:
        """The first answer."""
        self._paint()

    @property
    def found(self) -> Answered:
        """The answer shown."""
        return self.answers[self.at]

    @property
    def points(self) -> Points:
        """What can be ticked."""
        return self.query_one(Points)

    def _sheet(self) -> AnswerSheet:
        """The marks as they are kept, and the words that decided them where the program marked."""
        found = self.found
        sheet = AnswerSheet(found.card, text=found.entry.text)
        if found.entry.is_question:
            sheet.grade()
        sheet.said = {name for name, word in found.marks.points.items() if word == "said"}
        sheet.unsure = {name for name, word in found.marks.verdict.items() if word == "unsure"}
        sheet.stated = set(found.marks.stated)
        return sheet

    def _paint(self) -> None:
        found = self.found
        self.sheet = self._sheet()
        self.query_one("#question", Static).update(card_text(found.card.question))
        written = self.query_one("#written", Static)
        written.update(Text(f"› {clean(found.entry.text) or '(no answer)'}"))
        written.display = not self.mock.options.spoken
        self.points.show(self.sheet)
        self.query_one("#short", Static).update(self._good_answer(found))
        self._paint_head()
        self.body.scroll_home(animate=False)

    def _paint_head(self) -> None:
        found = self.found
        what = f"Question {found.number}" if found.entry.is_question else f"Follow-up to {found.number}"
        facts = [f"{self.at + 1} of {len(self.answers)}", clean(found.item.topic)]
        self.query_one("#head", TopBar).show(what, facts)
        said = f"{verdict_words(found)}; {pace_words(found)}"
        self.query_one("#status", Static).update(Text(said))

    def _good_answer(self, found: Answered) -> RenderableType:
        # A follow-up's only point is its answer.
        parts: list[RenderableType] = []
        if found.entry.is_question:
            parts += [Text("A good answer", style="bold"), card_text(found.card.short)]
        for wrong in found.stated:
            parts.append(Text.assemble("✗ You stated: “", line_text(wrong.wrong), "” ", line_text(wrong.why)))
        return Group(*parts)

    def move(self, by: Step, sign: int) -> None:
        """Through the points, else scroll."""
        at = self.points.at + sign
        if by == "line" and 0 <= at < self.points.count:
            self.points.move_to(at)
            self.points.scroll_visible(animate=False)
        else:
            super().move(by, sign)

    def action_tick(self) -> None:
        """Overrule the mark at the cursor; it is kept at once."""
        if self.sheet is None or not self.points.count:
            return
        self.points.move_to(max(0, self.points.at))
        self.sheet.toggle(self.points.at)
        self._keep_ticks(self.sheet)

    def say_opinion(self, text: str) -> None:
        """In the line above the keys."""
        self.query_one("#status", Static).update(Text(text))

    def show_opinion(self) -> None:
        """Whoever asked for it overrules the marks by it; x takes a tick back."""
        if self.sheet is not None:
            self._keep_ticks(self.sheet)

    def _keep_ticks(self, sheet: AnswerSheet) -> None:
        self.answers = self.mock.correct(self.found.index, said=sheet.said, stated=sheet.stated).answers
        self.points.refresh(layout=True)
        self.query_one("#short", Static).update(self._good_answer(self.found))
        self._paint_head()

    def action_next_answer(self) -> None:
        """The next answer."""
        self._show(self.at + 1)

    def action_answer_before(self) -> None:
        """The one before."""
        self._show(self.at - 1)

    def _show(self, at: int) -> None:
        if 0 <= at < len(self.answers):
            self.at = at
            self._paint()
