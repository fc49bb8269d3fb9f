"""Key points and wrong statements as lines that can be ticked."""

from __future__ import annotations

from dataclasses import dataclass

from rich.text import Text
from textual.geometry import Size
from textual.widget import Widget

from interviewprep.study.sheet import AnswerSheet
from interviewprep.tui.parts import wrapped

INDENT = 10
"""Cells before a line's text: cursor, weight, tick."""


@dataclass(frozen=True, slots=True)
class _Line:
    weight: str
    text: str


class Points(Widget):
    """Draws a sheet's lines; the cursor (`at`) is -1 until the learner moves."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.at = -1
        self._sheet: AnswerSheet | None = None
        self._lines: list[_Line] = []
        self._starts: list[int] = []

    def show(self, sheet: AnswerSheet | None) -> None:
        """Show another card's lines, or none."""
        self.at = -1
        self._sheet = sheet
        self._lines = []
        if sheet is not None:
            self._lines = [_Line(p.weight, p.text) for p in sheet.card.key_points]
            self._lines += [_Line("wrong", f"“{m.wrong}”") for m in sheet.card.misconceptions]
        self.display = bool(self._lines)
        self.refresh(layout=True)

    @property
    def count(self) -> int:
        """How many lines there are."""
        return len(self._lines)

    def move_to(self, at: int) -> None:
        """Put the cursor on a line."""
        self.at = at
        self.refresh()

    def rows_of(self, at: int) -> tuple[int, int]:
        """First row of a line inside the widget, and the row after its last."""
        self._layout(self.size.width)
        return self._starts[at], self._starts[at + 1]

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Rows needed at a width."""
        return self._layout(width).plain.count("\n") + 1 if self._lines else 0

    def render(self) -> Text:
        """All lines."""
        return self._layout(self.size.width)

    def _layout(self, width: int) -> Text:
        variables = self.app.theme_variables
        rows: list[Text] = []
        self._starts = []
        for place, line in enumerate(self._lines):
            self._starts.append(len(rows))
            chosen = place == self.at
            ticked = self._sheet is not None and self._sheet.is_ticked(place)
            sign = "✗" if line.weight == "wrong" else "✓"
            head = Text.assemble(
                ("▸ " if chosen else "  ", f"bold {variables['accent']}"),
                (f"{line.weight:<6}", variables["quiet"]),
                (f"{sign if ticked else '·'} ", "bold" if ticked else ""),
            )
            for number, piece in enumerate(wrapped(line.text, max(8, width - INDENT))):
                if ticked:
                    piece.stylize("bold")
                rows.append(Text.assemble(head if number == 0 else (" " * INDENT, variables["quiet"]), piece))
        self._starts.append(len(rows))
        return Text("\n", no_wrap=True).join(rows)
