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
QUOTED_ROWS = 2
"""Rows a quotation may take."""
BESIDE = 90
"""Where it is at least so wide it has the words that decided a line beside it, others below it."""


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
            unsure = self._sheet is not None and self._sheet.is_unsure(place)
            sign = "✗" if line.weight == "wrong" else "✓"
            head = Text.assemble(
                ("▸ " if chosen else "  ", f"bold {variables['accent']}"),
                (f"{line.weight:<6}", variables["quiet"]),
                (f"{sign if ticked else '?' if unsure else '·'} ", "bold" if ticked or unsure else ""),
            )
            said = self._sheet.evidence(place) if self._sheet is not None else ""
            words = f"you: “{said}”" if said else ""
            room = max(8, width - INDENT)
            left = room // 2 if words and width >= BESIDE else room
            pieces = wrapped(line.text, left)
            quoted = wrapped(words, room - left - 2 if left < room else room)[:QUOTED_ROWS] if words else []
            for piece in pieces:
                if ticked:
                    piece.stylize("bold")
            for piece in quoted:
                piece.stylize(variables["quiet"])
            for number, (piece, quote) in enumerate(_beside(pieces, quoted, left, is_wide=left < room)):
                row = Text.assemble(head if number == 0 else (" " * INDENT, variables["quiet"]), piece)
                rows.append(row if quote is None else Text.assemble(row, "  ", quote))
        self._starts.append(len(rows))
        return Text("\n", no_wrap=True).join(rows)


def _beside(
    pieces: list[Text], quoted: list[Text], left: int, *, is_wide: bool
) -> list[tuple[Text, Text | None]]:
    """Rows of a line with the rows of a quotation at their right, or below them on narrow screens."""
    if not is_wide:
        return [(piece, None) for piece in (*pieces, *quoted)]
    rows: list[tuple[Text, Text | None]] = []
    for number in range(max(len(pieces), len(quoted))):
        piece = pieces[number] if number < len(pieces) else Text("")
        if number >= len(quoted):
            rows.append((piece, None))
            continue
        piece = piece.copy()
        piece.pad_right(max(0, left - piece.cell_len))
        rows.append((piece, quoted[number]))
    return rows
