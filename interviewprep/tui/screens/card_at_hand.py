"""What can be done to the card being asked, whatever its kind: undo, put away, flag, look up, edit."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from interviewprep.study.drill import Ask, Drill
from interviewprep.tui.place import PlacedScreen
from interviewprep.tui.screens.check_asking import CheckAsking
from interviewprep.tui.wording import undone_message

if TYPE_CHECKING:
    from interviewprep.study.rounds import Round


class CardAtHand(CheckAsking):
    """The actions on the card at hand of a drill."""

    def __init__(self, drill: Drill) -> None:
        super().__init__()
        self.drill = drill
        self.ask: Ask | None = drill.next()
        self.is_answered = False
        self.was_elsewhere = False

    @property
    def check(self) -> Round | None:
        """The round of a numeric card; None while another kind is asked."""
        return self.ask.round if self.ask is not None else None

    @property
    def is_revealed(self) -> bool:
        """Whether the answer has been seen."""
        return self.is_answered if self.check is None else self.check.is_over

    def go_on(self, message: str = "") -> None:
        """Ask the next question, or end."""
        raise NotImplementedError

    def take_up_changes(self, message: str) -> None:
        """Show the card as it is now; if it is gone or hidden, go on."""
        raise NotImplementedError

    def action_undo(self) -> None:
        """Take back the last thing done."""
        self.prep.when_ready(self._undo)

    def _undo(self) -> None:
        undone = self.drill.undo()
        if undone is None:
            self.view.say("Nothing to undo.")
        else:
            self.go_on(undone_message(undone))

    def action_known(self) -> None:
        """Mark a new card as known."""
        if self.ask is not None and self.ask.is_new:
            self._put_away(self.drill.know, "Known: not asked again.")
        else:
            key = self.prep.keymap.shown("suspend")
            self.view.say(f"Only a new card can be marked as known; {key} suspends any card.")

    def action_bury(self) -> None:
        """Hide the card until tomorrow."""
        self._put_away(self.drill.bury, "Hidden until tomorrow.")

    def action_suspend(self) -> None:
        """Hide the card until it is unsuspended."""
        self._put_away(self.drill.suspend, "Suspended: not asked until unsuspended.")

    def _put_away(self, how: Callable[[str], None], said: str) -> None:
        def put() -> None:
            if self.ask is not None:
                how(self.ask.card)
                self.go_on(f"{said} {self.prep.keymap.shown('undo')} takes it back.")

        self.prep.when_ready(put)

    def action_mark(self) -> None:
        """Flag the card or write a note."""
        from interviewprep.tui.screens.dialog import DialogScreen

        self._visit(lambda ask: DialogScreen(ask.card, session_id=self.drill.session_id()))

    def action_info(self) -> None:
        """History and memory; the answer stays hidden while the question is open."""
        from interviewprep.tui.screens.card import CardScreen

        self._visit(
            lambda ask: CardScreen(ask.card, with_answer=self.is_revealed, session_id=self.drill.session_id())
        )

    def action_find(self) -> None:
        """Open browse, ready to type."""
        from interviewprep.tui.screens.browse import BrowseScreen

        self._visit(lambda _: BrowseScreen(searching=True, session_id=self.drill.session_id()))

    def _visit(self, make: Callable[[Ask], PlacedScreen[None]]) -> None:
        def go() -> None:
            if self.ask is not None:
                self.was_elsewhere = True
                self.prep.push_screen(make(self.ask))

        self.prep.when_ready(go)

    def action_edit(self) -> None:
        """Open the card in the editor and come back to it changed."""
        self.prep.when_ready(self._edit)

    def _edit(self) -> None:
        from interviewprep.tui.editing import edit_card

        if self.ask is None:
            return
        self.stopwatch.pause()
        message = edit_card(self.prep, self.ask.card)
        self.stopwatch.resume()
        self.drill.refresh()
        self.take_up_changes(message)
