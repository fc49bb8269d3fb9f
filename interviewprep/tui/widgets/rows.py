"""A list of any length that draws only the rows on the screen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from rich.text import Text
from textual import events
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from interviewprep.tui.place import Step

Row = TypeVar("Row")


class RowList(ScrollView, Generic[Row], can_focus=False):
    """Rows drawn by a function of (row, width); the cursor is a sign and weight, never colour alone."""

    class Chosen(Message):
        """The row at the cursor was clicked again."""

    def __init__(self, draw: Callable[[Row, int], Text], *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._draw = draw
        self.rows: Sequence[Row] = ()
        self.at = 0

    def show(self, rows: Sequence[Row], *, at: int = 0) -> None:
        """Show other rows, with the cursor at one of them."""
        self.rows = rows
        self.at = max(0, min(at, len(rows) - 1))
        self._measure()
        self._keep_visible()
        self.refresh()

    @property
    def chosen(self) -> Row | None:
        """The row at the cursor."""
        return self.rows[self.at] if self.rows else None

    def move_to(self, at: int) -> None:
        """Put the cursor on a row, or the nearest there is."""
        self.at = max(0, min(at, len(self.rows) - 1))
        self._keep_visible()
        self.refresh()

    def move(self, by: Step, sign: int) -> None:
        """Move the cursor by a line, half a page or to an end; sign 1 down, -1 up."""
        if by == "end":
            self.move_to(len(self.rows) - 1 if sign > 0 else 0)
        else:
            self.move_to(self.at + sign * (1 if by == "line" else max(1, self.size.height // 2)))

    def on_resize(self) -> None:
        """The width of rows follows."""
        self._measure()
        self._keep_visible()

    def _measure(self) -> None:
        self.virtual_size = Size(max(1, self.scrollable_content_region.width), len(self.rows))

    def _keep_visible(self) -> None:
        height = self.scrollable_content_region.height
        top = round(self.scroll_y)
        if self.at < top:
            self.scroll_to(y=self.at, animate=False)
        elif height and self.at >= top + height:
            self.scroll_to(y=self.at - height + 1, animate=False)

    def render_line(self, y: int) -> Strip:
        """One visible line."""
        width = self.scrollable_content_region.width
        place = y + round(self.scroll_offset.y)
        if place >= len(self.rows):
            return Strip.blank(width, self.rich_style)
        chosen = place == self.at
        line = Text(
            "▸ " if chosen else "  ", style=f"bold {self.app.theme_variables['accent']}", no_wrap=True
        )
        line.append_text(self._draw(self.rows[place], max(1, width - 2)))
        if chosen:
            line.stylize("bold")
        strip = Strip(line.render(self.app.console)).apply_style(self.rich_style)
        return strip.adjust_cell_length(width, self.rich_style)

    def on_click(self, event: events.Click) -> None:
        """Click chooses; clicking the chosen row opens it."""
        place = event.y + round(self.scroll_offset.y)
        if place >= len(self.rows):
            return
        if place == self.at:
            self.post_message(self.Chosen())
        else:
            self.move_to(place)
