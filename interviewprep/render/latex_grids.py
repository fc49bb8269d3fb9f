"""Matrices, cases and aligned lines: drawn as rows where there is room for rows, else on one line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import zip_longest
from typing import Final, NamedTuple

from rich.cells import cell_len

FIRST_PLACE: Final = 0xFDD1
"""Grids stand in their formula as one non-character each, from here on; `clean` takes such out of texts."""
MOST: Final = 30

_PLACES: Final = re.compile(f"([{chr(FIRST_PLACE)}-{chr(FIRST_PLACE + MOST)}])")
_DRAWN: Final = {
    "[": "⎡⎢⎣", "]": "⎤⎥⎦", "(": "⎛⎜⎝", ")": "⎞⎟⎠", "|": "│││", "‖": "‖‖‖", "{": "⎧⎪⎩", "}": "⎫⎪⎭",
}  # fmt: skip
_GOES_ON: Final = frozenset("=≈≤≥<>≡∝⇒→+−")
_MIDDLE: Final = {"{": "⎨", "}": "⎬"}


class Style(NamedTuple):
    """How an environment looks."""

    left: str
    right: str
    align: str
    """`matrix`, `cases` or `lines`."""


_LINES: Final = Style("", "", "lines")
STYLES: Final[dict[str, Style]] = {
    "bmatrix": Style("[", "]", "matrix"),
    "pmatrix": Style("(", ")", "matrix"),
    "Bmatrix": Style("{", "}", "matrix"),
    "vmatrix": Style("|", "|", "matrix"),
    "Vmatrix": Style("‖", "‖", "matrix"),
    **dict.fromkeys(("matrix", "smallmatrix", "array"), Style("", "", "matrix")),
    **dict.fromkeys(("cases", "dcases"), Style("{", "", "cases")),
    **dict.fromkeys(("aligned", "align", "align*", "split", "equation", "equation*"), _LINES),
    **dict.fromkeys(("gathered", "gather", "gather*"), _LINES),
}
"""The environments that are known."""


class Grid(NamedTuple):
    """Rows of cells, each cell one line of text (which may hold the places of inner grids)."""

    rows: tuple[tuple[str, ...], ...]
    style: Style


class Box(NamedTuple):
    """A drawn block: rows of equal width, and the row that stands on the formula's line."""

    rows: tuple[str, ...]
    base: int


def on_one_line(grid: Grid) -> str:
    """`[1, 2; 3, 4]`, `{a if x > 0; b otherwise}`, or lines with semicolons between."""
    style = grid.style
    if style.align == "lines":
        return _lines(grid.rows)
    if style.align == "cases":
        return "{" + "; ".join(_case(row) for row in grid.rows) + "}"
    inner = "; ".join(", ".join(row) for row in grid.rows)
    return f"{style.left or '['}{inner}{style.right or ']'}"


def _lines(rows: Sequence[Sequence[str]]) -> str:
    """Rows one after the other; a row that goes on with a relation needs no semicolon before it."""
    text = ""
    for row in rows:
        line = " ".join(cell for cell in row if cell)
        if text:
            text += " " if line[:1] in _GOES_ON else "; "
        text += line
    return text


def _case(row: Sequence[str]) -> str:
    cells = [cell.rstrip(",") for cell in row if cell]
    if len(cells) > 1 and cells[1][:1].isalpha() and cells[1][1:2].isalpha():
        return " ".join(cells)
    return ", ".join(cells)


def compose(text: str, grids: Sequence[Grid]) -> Box:
    """A formula with its grids drawn in their places."""
    parts = [
        _drawn(grids[ord(part) - FIRST_PLACE], grids) if _PLACES.fullmatch(part) else Box((part,), 0)
        for part in _PLACES.split(text)
        if part
    ]
    return _beside(parts)


def _beside(boxes: Sequence[Box]) -> Box:
    if not boxes:
        return Box(("",), 0)
    above = max(box.base for box in boxes)
    below = max(len(box.rows) - box.base for box in boxes)
    rows = [""] * (above + below)
    for box in boxes:
        width = max(cell_len(row) for row in box.rows)
        for index in range(len(rows)):
            inner = index - above + box.base
            row = box.rows[inner] if 0 <= inner < len(box.rows) else ""
            rows[index] += row + " " * (width - cell_len(row))
    return Box(tuple(rows), above)


def _drawn(grid: Grid, grids: Sequence[Grid]) -> Box:
    style = grid.style
    cells = [[compose(cell, grids) for cell in row] for row in grid.rows]
    widths = [
        max(cell_len(line) for box in column for line in box.rows)
        for column in zip_longest(*cells, fillvalue=Box(("",), 0))
    ]
    blocks = [
        _beside(
            [
                _padded(box, width, index, style)
                for index, (box, width) in enumerate(zip(row, widths, strict=False))
            ]
        )
        for row in cells
    ]
    rows = [line for block in blocks for line in block.rows]
    base = blocks[0].base if style.align == "lines" else (len(rows) - 1) // 2
    if style.align == "lines":
        return Box(tuple(rows), base)
    return _beside(
        [_bracket(style.left, len(rows)), Box(tuple(rows), base), _bracket(style.right, len(rows))]
    )


def _padded(box: Box, width: int, index: int, style: Style) -> Box:
    """One cell made as wide as its column, with the gap before it."""
    gap = "" if index == 0 else " " if style.align == "lines" and index % 2 else "  "
    rows = []
    for row in box.rows:
        room = width - cell_len(row)
        left = (
            room if style.align == "lines" and index % 2 == 0 else room // 2 if style.align == "matrix" else 0
        )
        if style.align == "matrix" and row.lstrip("−").replace(".", "").isdigit():
            left = room
        rows.append(gap + " " * left + row + " " * (room - left))
    return Box(tuple(rows), box.base)


def _bracket(sign: str, height: int) -> Box:
    base = (height - 1) // 2
    if not sign:
        return Box(("",) * height, base)
    opens = sign in "[({|‖"
    if height == 1:
        pieces = [sign]
    else:
        top, side, bottom = tuple(_DRAWN[sign])
        pieces = [top, *([side] * (height - 2)), bottom]
        if height > 2 and sign in _MIDDLE:
            pieces[base] = _MIDDLE[sign]
    return Box(tuple(f"{piece} " if opens else f" {piece}" for piece in pieces), base)
