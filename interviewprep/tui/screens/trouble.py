"""Something went wrong that a person can act on: what, what to do, and that nothing is lost."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static

from interviewprep.errors import InterviewPrepError
from interviewprep.tui.place import PlacedScreen
from interviewprep.tui.widgets.bars import KeyBar


class TroubleScreen(PlacedScreen[None], ModalScreen[None]):
    """Enter tries again (or closes), q leaves with the error's exit code."""

    PLACES: ClassVar[tuple[str, ...]] = ("trouble",)
    BODY = "#panel"

    def __init__(self, error: InterviewPrepError, retry: Callable[[], None] | None = None) -> None:
        super().__init__()
        self.error = error
        self._retry = retry

    def compose(self) -> ComposeResult:
        """The panel."""
        with Vertical(id="panel"):
            yield Static(Text(self.error.message, style="bold"))
            if self.error.hint:
                yield Static(Text(f"\n{self.error.hint}"))
            yield Static(Text("\nEvery answer recorded before is safe."))
            yield KeyBar(self.prep.keymap.footer("trouble"))

    def action_retry(self) -> None:
        """Try again."""
        self.prep.pop_screen()
        if self._retry is not None:
            self._retry()

    def action_leave(self) -> None:
        """Leave the program."""
        self.prep.exit(return_code=self.error.exit_code)

    def action_quit(self) -> None:
        """Leave the program."""
        self.action_leave()
