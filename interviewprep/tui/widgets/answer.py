"""What is shown after the reveal: the answer, the points to tick, the parts opened, and their menu."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Static

from interviewprep.study.sheet import AnswerSheet
from interviewprep.tui.parts import has_part, part, short_answer
from interviewprep.tui.widgets.points import Points


class AnswerView(Vertical):
    """The answering side of a card. Hidden until `show`."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.display = False
        self.opened: list[str] = []
        self._sheet: AnswerSheet | None = None

    def compose(self) -> ComposeResult:
        """Answer, points; opened parts follow."""
        yield Static(id="short")
        yield Points(id="points")

    @property
    def points(self) -> Points:
        """The lines that can be ticked."""
        return self.query_one(Points)

    def show(self, sheet: AnswerSheet) -> None:
        """Show a card's short answer and points."""
        self._sheet = sheet
        self.query_one("#short", Static).update(short_answer(sheet.card))
        self.points.show(sheet)
        self.display = True

    def clear(self) -> None:
        """Hide everything."""
        if not self.display:
            return
        self.display = False
        self.opened.clear()
        self.query(".part").remove()

    async def toggle(self, name: str) -> Static | None:
        """Open or close a part; returns the opened one, None where it closed or there is none."""
        if self._sheet is None or not has_part(self._sheet.card, name):
            return None
        if name in self.opened:
            self.opened.remove(name)
            await self.query(f".part-{name}").remove()
            return None
        self.opened.append(name)
        widget = Static(part(self._sheet.card, name), classes=f"part part-{name}")
        await self.mount(widget)
        return widget
