"""The list before a quiz or a mock interview: rows that begin something, and rows whose value one changes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, TypeVar

from rich.text import Text

from interviewprep.tui.place import PlacedScreen, Step
from interviewprep.tui.widgets.rows import RowList

NAME = 22
"""Cells of a row's name."""

T = TypeVar("T")


class SetupRow(NamedTuple):
    """One row: what it is called, and what stands behind it."""

    id: str
    name: str
    value: str


class SetupRows(RowList[SetupRow], can_focus=False):
    """Rows with their names in one column."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(draw_row, id=id)


class SetupScreen(PlacedScreen[None]):
    """A screen with the rows `#rows`: up and down choose one, left and right change its value."""

    @property
    def rows(self) -> SetupRows:
        """The list."""
        return self.query_one("#rows", SetupRows)

    def move(self, by: Step, sign: int) -> None:
        """Through the rows."""
        self.rows.move(by, sign)

    def action_less(self) -> None:
        """The value before."""
        self.change(-1)

    def action_more(self) -> None:
        """The next value."""
        self.change(1)

    def change(self, sign: int) -> None:
        """Change the value of the chosen row, where it has one: 1 the next, -1 the one before."""
        raise NotImplementedError


def draw_row(row: SetupRow, width: int) -> Text:
    """A row as one line."""
    line = Text(row.name, no_wrap=True)
    line.truncate(NAME, overflow="ellipsis", pad=True)
    line.append(row.value)
    line.truncate(width, overflow="ellipsis")
    return line


def beside(values: Sequence[T], value: T, sign: int) -> T:
    """The value before or after; from one that is not among them to the first."""
    if value not in values:
        return values[0]
    return values[max(0, min(values.index(value) + sign, len(values) - 1))]


def beside_number(values: Sequence[int], now: int, sign: int) -> int:
    """The next number up or down; from one between two to the nearer in that direction."""
    further = [v for v in values if (v > now if sign > 0 else v < now)]
    if not further:
        return now
    return min(further) if sign > 0 else max(further)
