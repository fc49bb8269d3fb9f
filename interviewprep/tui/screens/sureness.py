"""Asking how sure the learner is, with one key, before an answer is shown."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from interviewprep.tui.place import PlacedScreen

if TYPE_CHECKING:
    from textual.widget import Widget

HOW_SURE = "How sure are you?"
SURE = 3


class Sureness(PlacedScreen[None]):
    """Asks, then goes on with what was about to happen. The place is `sure` meanwhile."""

    def __init__(self) -> None:
        super().__init__()
        self.confidence: int | None = None
        """1 guess, 2 think, 3 sure; None while it was not said."""
        self._then: Callable[[], None] | None = None
        self._focused_before: Widget | None = None

    @property
    def is_asking_sure(self) -> bool:
        """Whether the one key is waited for."""
        return self._then is not None

    def ask_sure(self, then: Callable[[], None]) -> None:
        """Ask; `then` follows."""
        self._then = then
        self._focused_before = self.focused
        self.set_focus(None)
        self.show_asking_sure(self.prep.keymap.footer("sure"))

    def forget_sure(self) -> None:
        """Another question is open: nothing was said of it."""
        self.confidence = None
        self._then = self._focused_before = None

    def show_asking_sure(self, keys: list[tuple[str, str]]) -> None:
        """Say what is asked, with these keys."""
        raise NotImplementedError

    def show_not_yet(self) -> None:
        """The question is open again."""
        raise NotImplementedError

    def action_guess(self) -> None:
        """I guessed."""
        self._said(1)

    def action_think(self) -> None:
        """I think so."""
        self._said(2)

    def action_sure(self) -> None:
        """I am sure."""
        self._said(3)

    def action_not_yet(self) -> None:
        """Back to the open question."""
        self._back()
        self.show_not_yet()

    def _said(self, confidence: int) -> None:
        then = self._then
        self.confidence = confidence
        self._back()
        if then is not None:
            then()

    def _back(self) -> None:
        self._then = None
        if self._focused_before is not None:
            self.set_focus(self._focused_before)
        self._focused_before = None
