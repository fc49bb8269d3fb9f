"""Pictures beside a calculation: matrices, shares as bars, a ROC curve, a window moving over an image.

All are lines of text that say the same without colour; `plain` asks for ASCII alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from rich.cells import cell_len

from interviewprep.checks.numbers import plain as number
from interviewprep.checks.numbers import show
from interviewprep.render.charts import bar

SHARE_DIGITS: Final = 3
_WIDEST_BAR: Final = 30
_NARROWEST_AXIS: Final = 23
"""Cells that the name of the axis below needs."""
_GAP: Final = "   "

Rows = Sequence[Sequence[float | str]]
"""A matrix by rows: numbers, or numbers as they shall be shown."""


def matrix(
    rows: Rows, *, columns: Sequence[str] = (), names: Sequence[str] = (), plain: bool = False
) -> list[str]:
    """A matrix with brackets over its whole height, columns aligned to the right.

    `columns` are heads above the columns, `names` stand before the rows.
    """
    cells = [[c if isinstance(c, str) else number(c) for c in row] for row in rows]
    heads = [*columns] or [""] * max(map(len, cells), default=0)
    widths = [
        max(cell_len(t) for t in (head, *column))
        for head, column in zip(heads, zip(*cells, strict=True), strict=True)
    ]
    space = "  " if columns else " "
    indent = max(map(cell_len, names), default=-1) + 1
    lines = []
    if columns:
        lines.append(" " * (indent + 1) + space.join(h.rjust(w) for h, w in zip(heads, widths, strict=True)))
    for place, row in enumerate(cells):
        left, right = brackets(place, len(cells), plain=plain)
        name = (names[place] if place < len(names) else "").ljust(indent)
        lines.append(name + left + space.join(c.rjust(w) for c, w in zip(row, widths, strict=True)) + right)
    return lines


def brackets(place: int, height: int, *, plain: bool = False) -> tuple[str, str]:
    """The piece of the left and of the right bracket in one row of a matrix."""
    if plain:
        return "|", "|"
    if height == 1:
        return "[", "]"
    if place == 0:
        return "⎡", "⎤"
    return ("⎣", "⎦") if place == height - 1 else ("⎢", "⎥")


def bars(
    labels: Sequence[str], shares: Sequence[float], width: int = 76, *, plain: bool = False
) -> list[str]:
    """A distribution line by line: label, share, and a bar that would be whole at 1."""
    head = max(map(cell_len, labels), default=0)
    room = max(4, min(_WIDEST_BAR, width - head - SHARE_DIGITS - 6))
    lines = [
        f"{label.rjust(head)}  {show(share, SHARE_DIGITS)}  {bar(share, room, track=False)}".rstrip()
        for label, share in zip(labels, shares, strict=True)
    ]
    return [asciified(line) for line in lines] if plain else lines


def asciified(line: str) -> str:
    """A line in ASCII alone, as wide as before where its signs are ours."""
    from interviewprep.render.ascii import to_ascii

    return to_ascii(line)


def side_by_side(blocks: Sequence[Sequence[str]], gap: str = _GAP) -> list[str]:
    """Blocks of lines next to each other, level at the top."""
    widths = [max(map(cell_len, block), default=0) for block in blocks]
    height = max(map(len, blocks), default=0)
    rows = []
    for y in range(height):
        cells = [block[y] if y < len(block) else "" for block in blocks]
        rows.append(
            gap.join(c + " " * (w - cell_len(c)) for c, w in zip(cells, widths, strict=True)).rstrip()
        )
    return rows


class Point(NamedTuple):
    """A point of a curve, both from 0 to 1."""

    x: float
    y: float


def roc(
    points: Sequence[Sequence[float]], width: int = 36, height: int = 9, *, plain: bool = False
) -> list[str]:
    """A ROC curve from (false positive rate, true positive rate) points, with the line of guessing dotted.

    `width` and `height` are those of the area between the axes, in cells.
    """
    width = max(_NARROWEST_AXIS, width)
    curve = [Point(p[0], p[1]) for p in points]
    canvas = _Cells(width, height) if plain else _Dots(width, height)
    canvas.dotted(Point(0, 0), Point(1, 1))
    for start, end in pairwise(curve):
        canvas.line(start, end)
    up, corner, along = ("|", "+", "-") if plain else ("│", "└", "─")
    rows = canvas.rows()
    lines = ["true positive rate"]
    lines += [f"{'1' if y == 0 else ' '} {up}{row}".rstrip() for y, row in enumerate(rows)]
    lines += [f"0 {corner}{along * width}", f"  0{'false positive rate':^{width - 1}}1"]
    return lines


class _Cells:
    """A canvas of one sign a cell."""

    def __init__(self, width: int, height: int, across: int = 1, down: int = 1) -> None:
        self.width, self.height = width, height
        self.columns, self.lines = width * across, height * down
        self.on: set[tuple[int, int]] = set()
        self.faint: set[tuple[int, int]] = set()

    def place(self, at: Point) -> tuple[int, int]:
        """The dot nearest to a point."""
        return round(at.x * (self.columns - 1)), round((1 - at.y) * (self.lines - 1))

    def between(self, start: Point, end: Point) -> list[tuple[int, int]]:
        """All dots from one point to another."""
        (x0, y0), (x1, y1) = self.place(start), self.place(end)
        steps = max(abs(x1 - x0), abs(y1 - y0), 1)
        return [
            (round(x0 + (x1 - x0) * i / steps), round(y0 + (y1 - y0) * i / steps)) for i in range(steps + 1)
        ]

    def line(self, start: Point, end: Point) -> None:
        """A solid line."""
        self.on.update(self.between(start, end))

    def dotted(self, start: Point, end: Point) -> None:
        """A line of single dots."""
        self.faint.update(self.between(start, end)[::4])

    def rows(self) -> list[str]:
        """The canvas as lines."""
        return ["".join(self.cell(x, y) for x in range(self.width)) for y in range(self.height)]

    def cell(self, x: int, y: int) -> str:
        """One sign."""
        return "*" if (x, y) in self.on else "." if (x, y) in self.faint else " "


class _Dots(_Cells):
    """A canvas of braille: two dots across and four down in a cell."""

    BITS: Final = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))

    def __init__(self, width: int, height: int) -> None:
        super().__init__(width, height, across=2, down=4)

    def cell(self, x: int, y: int) -> str:
        """One braille sign."""
        lit = self.on | self.faint
        bits = sum(
            self.BITS[row][column]
            for row in range(4)
            for column in range(2)
            if (2 * x + column, 4 * y + row) in lit
        )
        return chr(0x2800 + bits) if bits else " "
