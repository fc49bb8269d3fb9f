"""All keys, by where they hold, from the one table."""

from __future__ import annotations

from typing import ClassVar

from rich.cells import cell_len
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Static

from interviewprep.tui.place import PlacedScreen
from interviewprep.tui.widgets.bars import KeyBar, TopBar


class HelpScreen(PlacedScreen[None]):
    """Every action with its keys as this learner has them."""

    PLACES: ClassVar[tuple[str, ...]] = ("help",)

    def compose(self) -> ComposeResult:
        """One scrolling page."""
        yield TopBar("Keys", ["the settings file's [keys] changes them"], id="head")
        with Vertical(id="body"):
            yield Static(self._page())
        yield KeyBar(self.prep.keymap.footer("help"), id="foot")

    def _page(self) -> RenderableType:
        accent = self.prep.theme_variables["accent"]
        groups = list(self.prep.keymap.help_groups())
        width = max(cell_len(keys) for _, rows in groups for keys, _ in rows)
        parts: list[RenderableType] = []
        for title, rows in groups:
            grid = Table.grid(padding=(0, 2, 0, 0))
            grid.add_column(no_wrap=True, min_width=width)
            grid.add_column()
            for keys, text in rows:
                grid.add_row(Text(keys, style=f"bold {accent}"), Text(text))
            parts += [Text(f"\n{title}", style="bold"), grid]
        return Group(*parts)

    def action_help(self) -> None:
        """Already here."""
