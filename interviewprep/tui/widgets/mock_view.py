"""What a mock interview looks like: head with clocks, question, field or points, a line of speech, keys."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.text import Text
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widget import Widget
from textual.widgets import Static

from interviewprep.tui.parts import card_text
from interviewprep.tui.widgets.answer_field import AnswerField
from interviewprep.tui.widgets.bars import KeyBar, TopBar
from interviewprep.tui.widgets.points import Points

if TYPE_CHECKING:
    from interviewprep.study.sheet import AnswerSheet

MARGIN = 4
LAST_WORD = 12
HIDDEN_AT_FIRST = ("AnswerField", "#written", "#points")


class MockView(Vertical):
    """Shows what it is told to; knows nothing of interviews."""

    def compose(self) -> ComposeResult:
        """In the order of reading."""
        yield TopBar(id="head")
        with Vertical(id="body"):
            yield Static(id="kind", markup=False)
            yield Static(id="question", markup=False)
            yield AnswerField(placeholder="your answer, in your own words")
            yield Static(id="written", markup=False)
            yield Points(id="points")
        yield Static(id="status", markup=False)
        yield KeyBar(id="foot")

    def on_mount(self) -> None:
        """Nothing is asked yet."""
        for selector in HIDDEN_AT_FIRST:
            self.query_one(selector).display = False

    @property
    def body(self) -> Widget:
        """What scrolls."""
        return self.query_one("#body")

    @property
    def field(self) -> AnswerField:
        """Where an answer is written."""
        return self.query_one(AnswerField)

    @property
    def points(self) -> Points:
        """What can be ticked."""
        return self.query_one(Points)

    def show_head(self, title: str, facts: Sequence[str]) -> None:
        """Topic and clocks."""
        self.query_one("#head", TopBar).show(title, facts)

    def show_keys(self, pairs: Sequence[tuple[str, str]]) -> None:
        """The line of keys."""
        self.query_one("#foot", KeyBar).show(pairs)

    def say(self, text: str) -> None:
        """Something in the two lines above the keys."""
        said = Text(text)
        said.truncate(max(20, 2 * (self.app.size.width - MARGIN) - LAST_WORD), overflow="ellipsis")
        self.query_one("#status", Static).update(said)

    def show_question(self, kind: str, text: str, *, draft: str, is_typed: bool) -> None:
        """An open question; nothing of any answer stays on the screen."""
        for selector in HIDDEN_AT_FIRST:
            self.query_one(selector).display = False
        self.points.show(None)
        self.query_one("#kind", Static).update(Text(kind))
        self.query_one("#question", Static).update(card_text(text))
        self.field.clear()
        self.field.display = is_typed
        if draft:
            self.field.insert(draft)
        self.body.scroll_home(animate=False)

    def show_written(self, text: str) -> None:
        """The answer as text in place of the field."""
        self.field.display = False
        written = self.query_one("#written", Static)
        written.update(Text(f"› {text}"))
        written.display = bool(text)

    def show_points(self, sheet: AnswerSheet) -> None:
        """What a good answer says, to be ticked."""
        self.field.display = False
        self.points.show(sheet)
        self.body.scroll_home(animate=False)

    def move_point(self, sign: int) -> bool:
        """Move the cursor through the points; False where there is no further one."""
        points, body = self.points, self.body
        at = points.at + sign
        if not 0 <= at < points.count:
            return False
        points.move_to(at)
        first, end = points.rows_of(at)
        top = points.region.y - body.region.y + body.scroll_offset.y
        if top + first < body.scroll_offset.y:
            body.scroll_to(y=top + first, animate=False)
        elif top + end > body.scroll_offset.y + body.size.height:
            body.scroll_to(y=top + end - body.size.height, animate=False)
        return True
