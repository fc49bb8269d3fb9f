"""A small dialog: flag a card, write a note."""

from __future__ import annotations

from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from interviewprep.study.marks import mark_value, set_mark, toggle_mark
from interviewprep.tui.place import PlacedScreen
from interviewprep.tui.widgets.bars import KeyBar
from interviewprep.tui.wording import card_id


class DialogScreen(PlacedScreen[None], ModalScreen[None]):
    """Flag and note of one card, kept at once."""

    PLACES: ClassVar[tuple[str, ...]] = ("dialog", "writing")
    BODY = "#panel"

    def __init__(self, card: str, *, session_id: str = "") -> None:
        super().__init__()
        self._session_id = session_id
        self.card = card

    @property
    def place(self) -> str:
        """In the dialog, or writing the note."""
        return "writing" if self.focused is not None else "dialog"

    def compose(self) -> ComposeResult:
        """Flag, note, keys."""
        with Vertical(id="panel"):
            yield Static(Text(card_id(self.card), style="bold"))
            yield Static(id="flagged")
            field = Input(mark_value(self.desk, self.card, "note"), placeholder="a note", id="note")
            field.cursor_blink = False
            yield field
            yield KeyBar(id="keys")

    def on_mount(self) -> None:
        """Show what is."""
        self._paint(is_flagged=bool(mark_value(self.desk, self.card, "flag")))
        self._paint_keys()

    def _paint(self, *, is_flagged: bool) -> None:
        self.query_one("#flagged", Static).update(Text(f"\nflag   {'✓ flagged' if is_flagged else '· none'}"))

    def _paint_keys(self) -> None:
        keymap = self.prep.keymap
        writing = [("Enter", "keep"), *keymap.footer("writing")]
        self.query_one("#keys", KeyBar).show(writing if self.place == "writing" else keymap.footer("dialog"))

    def _keep_note(self) -> None:
        text = self.query_one(Input).value.strip()
        if text != mark_value(self.desk, self.card, "note"):
            set_mark(self.desk, self.card, "note", text, session_id=self._session_id)

    def action_flag(self) -> None:
        """Flag, or take the flag away."""
        self._paint(is_flagged=toggle_mark(self.desk, self.card, "flag", session_id=self._session_id))

    def action_note(self) -> None:
        """Write the note."""
        self.set_focus(self.query_one(Input))
        self._paint_keys()

    def on_input_submitted(self) -> None:
        """Enter in the field keeps the note and closes."""
        self.action_done()

    def action_leave_field(self) -> None:
        """Leave the field; the note is kept when the dialog closes."""
        self.set_focus(None)
        self._paint_keys()

    def action_done(self) -> None:
        """Keep and close."""
        self._keep_note()
        self.prep.pop_screen()
