"""The field an answer is written into: wraps, grows, Enter hands it in."""

from __future__ import annotations

from textual import events
from textual.message import Message
from textual.widgets import TextArea


class AnswerField(TextArea):
    """A few wrapped lines. Enter hands the text in; it never makes a new line."""

    class HandedIn(Message):
        """Enter was pressed in the field."""

    def __init__(self, *, placeholder: str = "your answer in key words", id: str | None = None) -> None:
        super().__init__(id=id, compact=True, highlight_cursor_line=False, placeholder=placeholder)
        self.cursor_blink = False

    async def _on_key(self, event: events.Key) -> None:
        if event.key == "enter":
            event.stop()
            event.prevent_default()
            self.post_message(self.HandedIn())
            return
        await super()._on_key(event)
