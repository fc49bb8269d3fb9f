"""Tables that fit a width: cells wrap; a table with no room even so becomes rows of `column: value`."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest
from typing import Final

from rich.cells import cell_len
from rich.text import Text

from interviewprep.render.wrap import GLUE, wrap

GAP: Final = 2
"""Cells between columns."""

_LONG_WORD: Final = 20
_NARROW: Final = 6


def laid_out(
    head: Sequence[Text], rows: Sequence[Sequence[Text]], aligns: Sequence[str], *, width: int, rule: str
) -> list[Text]:
    """A table as lines at most `width` cells wide. `rule` is the character below the head."""
    widths = _widths([head, *rows], width)
    if widths is None:
        return _as_records(head, rows, width)
    line = Text((" " * GAP).join(rule * cells for cells in widths), "dim")
    drawn = [_row(row, widths, aligns) for row in rows]
    lines = [*_row(head, widths, aligns), line]
    airy = any(len(row) > 1 for row in drawn)
    for index, row in enumerate(drawn):
        if airy and index:
            lines.append(Text(""))
        lines += row
    return lines


def _widths(rows: Sequence[Sequence[Text]], width: int) -> list[int] | None:
    """Column widths: as wide as the text where that fits; else the widest columns give way, down to their
    longest word. None when even that is too wide."""
    columns = list(zip_longest(*rows, fillvalue=Text()))
    natural = [max(1, *(cell_len(cell.plain) for cell in column)) for column in columns]
    room = width - GAP * (len(columns) - 1)
    if sum(natural) <= room:
        return natural
    least = [
        min(want, max(_NARROW, *map(_longest_word, column)))
        for want, column in zip(natural, columns, strict=True)
    ]
    if sum(least) > room:
        return None
    low, high = 1, max(natural)
    while low < high:
        limit = (low + high + 1) // 2
        if sum(_limited(natural, least, limit)) <= room:
            low = limit
        else:
            high = limit - 1
    widths = _limited(natural, least, low)
    spare = room - sum(widths)
    for index, want in enumerate(natural):
        if spare > 0 and widths[index] < want:
            widths[index] += 1
            spare -= 1
    return widths


def _limited(natural: Sequence[int], least: Sequence[int], limit: int) -> list[int]:
    return [max(low, min(want, limit)) for want, low in zip(natural, least, strict=True)]


def _longest_word(cell: Text) -> int:
    return min(_LONG_WORD, max((cell_len(word) for word in cell.plain.replace(GLUE, "x").split()), default=1))


def _row(cells: Sequence[Text], widths: Sequence[int], aligns: Sequence[str]) -> list[Text]:
    """One row as lines."""
    columns = [wrap(cell, size) for cell, size in zip(cells, widths, strict=False)]
    lines = []
    for parts in zip_longest(*columns):
        line = Text()
        for part, size, align in zip_longest(parts, widths, aligns):
            if size is None:
                break
            line.append_text(_aligned(part or Text(), size, align or "left"))
            line.append(" " * GAP)
        line.rstrip()
        lines.append(line)
    return lines


def _aligned(text: Text, size: int, align: str) -> Text:
    room = max(0, size - cell_len(text.plain))
    left = room if align == "right" else room // 2 if align == "center" else 0
    padded = Text(" " * left)
    padded.append_text(text)
    padded.append(" " * (room - left))
    return padded


def _as_records(head: Sequence[Text], rows: Sequence[Sequence[Text]], width: int) -> list[Text]:
    """Each row as lines `column: value`, the first one set out."""
    lines: list[Text] = []
    for index, row in enumerate(rows):
        if index:
            lines.append(Text(""))
        for column, cell in enumerate(row):
            line = Text()
            if column < len(head) and head[column].plain:
                line.append_text(head[column])
                line.append(": ")
            line.append_text(cell)
            indent = 2 if column else 0
            for part in wrap(line, width - indent):
                lines.append(Text(" " * indent).append_text(part))
    return lines
