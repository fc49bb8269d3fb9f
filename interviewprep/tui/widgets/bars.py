"""The top line and the line of keys; both drop what does not fit."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len
from rich.text import Text
from textual.widget import Widget

GAP = 3


class TopBar(Widget):
    """A title on the left, facts on the right; facts fall away from the right end of the list first."""

    def __init__(self, title: str = "", facts: Sequence[str] = (), *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._title = title
        self._facts = tuple(facts)

    def show(self, title: str, facts: Sequence[str] = ()) -> None:
        """Say something else; the most important fact first."""
        self._title, self._facts = title, tuple(f for f in facts if f)
        self.refresh()

    def render(self) -> Text:
        """One line, as wide as the screen."""
        width = self.size.width
        facts = list(self._facts)
        while facts and cell_len(self._title) + GAP + _width(facts) > width and (len(facts) > 1):
            facts.pop()
        right = (" " * GAP).join(facts)
        left = Text(self._title, style="bold", no_wrap=True)
        left.truncate(max(4, width - (cell_len(right) + GAP if right else 0)), overflow="ellipsis")
        space = max(1, width - left.cell_len - cell_len(right))
        return Text.assemble(left, " " * space, (right, self.rich_quiet), no_wrap=True, overflow="crop")

    @property
    def rich_quiet(self) -> str:
        """The theme's quiet colour."""
        return self.app.theme_variables["quiet"]


class KeyBar(Widget):
    """Keys and what they do. The last pair always stays: it is the way to all others."""

    def __init__(self, pairs: Sequence[tuple[str, str]] = (), *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.pairs = tuple(pairs)

    def show(self, pairs: Sequence[tuple[str, str]]) -> None:
        """Offer other keys."""
        if tuple(pairs) != self.pairs:
            self.pairs = tuple(pairs)
            self.refresh()

    def fitting(self, width: int) -> tuple[list[tuple[str, str]], int]:
        """The pairs that fit into a width, and the cells between them; they move together before any goes."""
        pairs = list(self.pairs)
        for gap in range(GAP, 0, -1):
            if _width([f"{k} {label}" for k, label in pairs], gap) <= width:
                return pairs, gap
        while len(pairs) > 1 and _width([f"{k} {label}" for k, label in pairs], 1) > width:
            del pairs[-2]
        return pairs, 1

    def render(self) -> Text:
        """One line of keys."""
        variables = self.app.theme_variables
        line = Text(no_wrap=True, overflow="crop")
        pairs, gap = self.fitting(self.size.width)
        for place, (key, label) in enumerate(pairs):
            line.append(" " * gap if place else "")
            line.append(f"{key} ", style=f"bold {variables['accent']}")
            line.append(label, style=variables["quiet"])
        return line


def _width(parts: Sequence[str], gap: int = GAP) -> int:
    return sum(map(cell_len, parts)) + gap * max(0, len(parts) - 1)
