"""What the drill looks like: head, question, answer, menu of parts, a line of speech, keys."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.text import Text
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widget import Widget
from textual.widgets import Static

from interviewprep.tui.parts import question_text
from interviewprep.tui.widgets.bars import KeyBar, TopBar

if TYPE_CHECKING:
    from rich.console import RenderableType

    from interviewprep.study.sheet import AnswerSheet
    from interviewprep.tui.widgets.answer import AnswerView
    from interviewprep.tui.widgets.answer_field import AnswerField
    from interviewprep.tui.widgets.clock import Clock

LATE = ("#hints", "#typed", "Clock", "#written", "#menu")
"""What is mounted after the first frame and hidden until it is needed, besides the answer itself."""

SPEECH_LINES = 2
MARGIN = 2
LAST_WORD = 12
"""Cells that wrapping may leave empty at the end of a line."""


class DrillView(Vertical):
    """Shows what it is told to; knows nothing of drills."""

    def compose(self) -> ComposeResult:
        """Only what the first question needs."""
        yield TopBar(id="head")
        with Vertical(id="body"):
            yield Static(id="question", markup=False)
        yield Static(id="status", markup=False)
        yield KeyBar(id="foot")

    def complete(self, target_seconds: int) -> None:
        """Add the rest, hidden. Imports what the first frame did not need."""
        from interviewprep.tui.widgets.answer import AnswerView
        from interviewprep.tui.widgets.answer_field import AnswerField
        from interviewprep.tui.widgets.clock import Clock

        hints, written = Static(id="hints", markup=False), Static(id="written", markup=False)
        field, clock, menu = AnswerField(id="typed"), Clock(target_seconds=target_seconds), KeyBar(id="menu")
        for widget in (hints, field, clock, written, menu):
            widget.display = False
        self.body.mount(hints, field, clock, written, AnswerView())
        self.mount(menu, before="#status")
        self.add_class("complete")

    @property
    def is_complete(self) -> bool:
        """Whether `complete` has taken effect."""
        return bool(self.query("AnswerView")) and bool(self.query("#points"))

    @property
    def body(self) -> Widget:
        """What scrolls."""
        return self.query_one("#body")

    @property
    def field(self) -> AnswerField:
        """Where an answer is written."""
        from interviewprep.tui.widgets.answer_field import AnswerField

        return self.query_one("#typed", AnswerField)

    @property
    def clock(self) -> Clock:
        """The clock of a spoken answer."""
        from interviewprep.tui.widgets.clock import Clock

        return self.query_one(Clock)

    @property
    def answer(self) -> AnswerView:
        """The answering side."""
        from interviewprep.tui.widgets.answer import AnswerView

        return self.query_one(AnswerView)

    # -- a calculation in place of the question's answer -------------------------------------------

    async def add_check(self) -> None:
        """Add the view of a calculation, hidden. Imports what other cards do not need."""
        if self.has_check:
            return
        from interviewprep.tui.widgets.check_view import CheckView

        menu = KeyBar(id="check-menu")
        menu.display = False
        await self.body.mount(CheckView())
        await self.mount(menu, before="#status")
        self.add_class("complete")

    @property
    def has_check(self) -> bool:
        """Whether `add_check` has taken effect."""
        return bool(self.query("#check-menu"))

    def show_prompt(self, prompt: RenderableType) -> None:
        """The question of a calculation."""
        self.set_class(True, "checking")
        self.query_one("#question", Static).update(prompt)

    def show_check_menu(self, menu: Sequence[tuple[str, str]]) -> None:
        """What else can be looked at once a calculation is over."""
        for bar in self.query("#check-menu").results(KeyBar):
            bar.show(menu)
            bar.display = bool(menu)

    def _leave_check(self) -> None:
        self.remove_class("checking")
        self.show_check_menu(())
        for view in self.query("CheckView"):
            view.display = False

    # -- what is shown -----------------------------------------------------------------------------

    def show_head(self, title: str, facts: Sequence[str]) -> None:
        """Deck and position."""
        self.query_one("#head", TopBar).show(title, facts)

    def show_question(self, text: str, options: Sequence[str]) -> None:
        """A question, with air above it."""
        self._leave_check()
        self.add_class("asked")
        self.query_one("#question", Static).update(question_text(text, options))

    def show_keys(self, pairs: Sequence[tuple[str, str]]) -> None:
        """The line of keys."""
        self.query_one("#foot", KeyBar).show(pairs)

    def show_hints(self, hints: Sequence[str]) -> None:
        """Hints taken so far."""
        shown = self.query_one("#hints", Static)
        shown.update(Text("\n".join(f"hint: {hint}" for hint in hints)))
        shown.display = bool(hints)

    def show_answer(self, sheet: AnswerSheet, menu: Sequence[tuple[str, str]]) -> None:
        """The answer in place of the field, and the menu of its parts."""
        self.remove_class("asked")
        self.field.display = False
        self.clock.hold()
        written = self.query_one("#written", Static)
        written.update(Text(f"› {sheet.text}"))
        written.display = bool(sheet.text)
        self.answer.show(sheet)
        bar = self.query_one("#menu", KeyBar)
        bar.show(menu)
        bar.display = bool(menu)

    def clear(self) -> None:
        """Back to an open question, as far as there is anything to clear."""
        if not self.is_complete:
            return
        self.answer.clear()
        self.field.clear()
        self.clock.reset()
        for selector in LATE:
            self.query_one(selector).display = False
        self.body.scroll_home(animate=False)

    def say(self, text: str) -> None:
        """Something in the two lines above the keys; what does not fit ends in `…`."""
        room = max(20, SPEECH_LINES * (self.app.size.width - 2 * MARGIN) - LAST_WORD)
        said = Text(text)
        said.truncate(room, overflow="ellipsis")
        self.query_one("#status", Static).update(said)

    def move_point(self, sign: int) -> bool:
        """Move the cursor through the points; False where there is no further one."""
        points = self.answer.points
        at = points.at + sign
        if not 0 <= at < points.count:
            return False
        points.move_to(at)
        first, end = points.rows_of(at)
        top = points.region.y - self.body.region.y + self.body.scroll_offset.y
        self._keep_visible(top + first, top + end)
        return True

    def _keep_visible(self, first: int, end: int) -> None:
        body = self.body
        if first < body.scroll_offset.y:
            body.scroll_to(y=first, animate=False)
        elif end > body.scroll_offset.y + body.size.height:
            body.scroll_to(y=end - body.size.height, animate=False)

    async def toggle_part(self, name: str) -> None:
        """Open a part and go there, or close it."""
        opened = await self.answer.toggle(name)
        if opened is not None:
            self.call_after_refresh(self.body.scroll_to_widget, opened, top=True, animate=False)
