"""Small pictures from block characters. The figure always stands beside them; no colour carries meaning."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import Final, Protocol

from interviewprep.render.words import day_label

_FULL: Final = "▓"
_EMPTY: Final = "░"
_TRACE: Final = "▏"
_EIGHTHS: Final = " ▁▂▃▄▅▆▇█"
_LABEL: Final = 6
_FEWEST: Final = 8


class CurvePoint(Protocol):
    """Predicted recall on one day; several on one day are allowed."""

    @property
    def day(self) -> int:
        """Days since 1970-01-01."""

    @property
    def retrievability(self) -> float:
        """0 to 1."""

    @property
    def rating(self) -> int | None:
        """1 to 4 where a review took place, else None."""


def bar(fraction: float, width: int, *, track: bool = True) -> str:
    """`▓▓▓▓▓░░░`: a share of `width` cells; without `track` only the filled part, `▏` for very little."""
    share = min(1.0, max(0.0, fraction)) if math.isfinite(fraction) else 0.0
    filled = round(share * width)
    if track:
        return _FULL * filled + _EMPTY * (width - filled)
    return _FULL * filled or (_TRACE if share > 0 and width > 0 else "")


def sparkline(values: Iterable[float | None], *, top: float | None = None) -> str:
    """`▁▃▅█`: one character a value, from zero to `top` (default the largest); a space for None."""
    known = list(values)
    if top is None:
        top = max((value for value in known if value is not None), default=0.0)
    return "".join(" " if value is None else _EIGHTHS[_eighth(value, top)] for value in known)


def _eighth(value: float, top: float) -> int:
    """1 to 8; the smallest step is drawn even for nothing, so that the line is seen to go on."""
    if top <= 0 or not math.isfinite(value / top):
        return 1
    return max(1, min(8, round(8 * value / top)))


def memory_curve(points: Sequence[CurvePoint], *, width: int, height: int, today: int | None = None) -> str:
    """A card's predicted recall over time, as lines of text.

    `height` rows of curve with the percentages at the left, below them a row of marks (`✓` recalled, `✗`
    failed) and a row of dates; `today` is named there if given. `width` is that of the whole picture.
    '' when there is nothing to draw.
    """
    columns = width - _LABEL
    if not points or columns < _FEWEST or height < 1:
        return ""
    first, last = points[0].day, max(points[-1].day, points[0].day + 1)
    levels, marks = _sampled(points, columns, first, last)
    floor = max(0.0, min(0.8, math.floor(min(levels) * 10 - 0.2) / 10))
    rows = []
    for row in range(height):
        label = f"{round(100 * (floor + (1 - floor) * (height - row) / height))} %" if row == 0 else ""
        if row == height - 1 and height > 1:
            label = f"{round(100 * floor)} %"
        cells = "".join(_cell(level, floor, height - 1 - row, height) for level in levels)
        rows.append(f"{label:>{_LABEL - 1}} {cells}".rstrip())
    rows.append((" " * _LABEL + "".join(marks)).rstrip())
    rows.append(" " * _LABEL + _dates(columns, first, last, today))
    return "\n".join(rows)


def _sampled(
    points: Sequence[CurvePoint], columns: int, first: int, last: int
) -> tuple[list[float], list[str]]:
    """The level of each column, and its mark; where a column holds several days, the lowest level."""
    levels: list[float | None] = [None] * columns
    marks = [" "] * columns
    for point in points:
        column = round((point.day - first) * (columns - 1) / (last - first))
        level = levels[column]
        levels[column] = point.retrievability if level is None else min(level, point.retrievability)
        if point.rating is not None and marks[column] != "✗":
            marks[column] = "✗" if point.rating == 1 else "✓"
    return _filled(levels, marks), marks


def _filled(levels: Sequence[float | None], marks: Sequence[str]) -> list[float]:
    """Columns without a day take their level from their neighbours; before a review it stays as it was."""
    found: list[float] = []
    for column, level in enumerate(levels):
        if level is not None:
            found.append(level)
            continue
        after = next((i for i in range(column, len(levels)) if levels[i] is not None), column)
        ahead = levels[after]
        is_jump = ahead is None or marks[after] != " "
        step = 0.0 if is_jump else ((ahead or 0.0) - found[-1]) / (after - column + 1)
        found.append(found[-1] + step)
    return found


def _cell(level: float, floor: float, row: int, height: int) -> str:
    """One cell of the area below the curve, `row` counted from the bottom."""
    eighths = round((level - floor) / (1 - floor) * height * 8) - row * 8
    return _EIGHTHS[max(1 if row == 0 else 0, min(8, eighths))]


def _dates(columns: int, first: int, last: int, today: int | None) -> str:
    """The first and the last day, and today between them where there is room."""
    line = list(" " * columns)
    end = day_label(last, today=today)
    labels = [(0, day_label(first, today=today)), (columns - len(end), end)]
    if today is not None and first <= today <= last:
        at = round((today - first) * (columns - 1) / (last - first))
        labels.insert(0, (min(max(0, at - 2), columns - 5), "today"))
    for at, label in labels:
        around = "".join(line[max(0, at - 1) : at + len(label) + 1])
        if at >= 0 and at + len(label) <= columns and not around.strip():
            line[at : at + len(label)] = label
    return "".join(line).rstrip()
