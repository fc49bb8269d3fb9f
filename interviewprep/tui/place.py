"""The base of all screens: bindings from the key table, by where the learner is."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Literal, TypeVar, cast

from textual import events
from textual.binding import Binding
from textual.screen import Screen

from interviewprep.tui.keys import allows

if TYPE_CHECKING:
    from textual.widget import Widget

    from interviewprep.study.desk import Desk
    from interviewprep.tui.app import InterviewPrepApp

Result = TypeVar("Result")
Step = Literal["line", "page", "end"]


class PlacedScreen(Screen[Result], inherit_bindings=False):
    """A screen whose keys are those of the table for its places, and no others.

    Textual's own `set_keymap` drops every action that shares a key with a remapped one, so the table is
    resolved before (`Keymap`) and each screen gets its bindings ready-made, each with the action's id.
    """

    AUTO_FOCUS = ""
    PLACES: ClassVar[tuple[str, ...]] = ()
    BODY = "#body"

    @property
    def place(self) -> str:
        """Where the learner is now, one of the key table's places."""
        return self.PLACES[0]

    @property
    def prep(self) -> InterviewPrepApp:
        """The app."""
        return cast("InterviewPrepApp", self.app)

    @property
    def desk(self) -> Desk:
        """The desk."""
        return self.prep.desk

    def _on_mount(self, event: events.Mount) -> None:
        self.bind_places(self.PLACES)

    def bind_places(self, places: tuple[str, ...]) -> None:
        """Bind the table's keys for these places."""
        for bound in self.prep.keymap.bound(*places):
            binding = Binding(bound.key, bound.call, id=bound.id, show=False, priority=bound.id == "quit")
            for made in Binding.make_bindings([binding]):
                self._bindings.key_to_bindings.setdefault(made.key, []).append(made)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only what the table allows in this place; so one key can mean one thing here, another there."""
        allowed = allows(action, parameters, self.place)
        return super().check_action(action, parameters) if allowed is None else allowed

    # -- moving: a page scrolls; a list moves its cursor (they override `move`) -------------------

    @property
    def body(self) -> Widget:
        """What scrolls."""
        return self.query_one(self.BODY)

    def move(self, by: Step, sign: int) -> None:
        """Move by a line, half a page or to an end; sign 1 down, -1 up."""
        body = self.body
        if by == "line":
            body.scroll_relative(y=sign, animate=False)
        elif by == "page":
            body.scroll_relative(y=sign * max(1, body.size.height // 2), animate=False)
        elif sign > 0:
            body.scroll_end(animate=False)
        else:
            body.scroll_home(animate=False)

    def action_down(self) -> None:
        """Down a line."""
        self.move("line", 1)

    def action_up(self) -> None:
        """Up a line."""
        self.move("line", -1)

    def action_half_down(self) -> None:
        """Down half a page."""
        self.move("page", 1)

    def action_half_up(self) -> None:
        """Up half a page."""
        self.move("page", -1)

    def action_top(self) -> None:
        """To the top."""
        self.move("end", -1)

    def action_bottom(self) -> None:
        """To the end."""
        self.move("end", 1)

    # -- everywhere ------------------------------------------------------------------------------

    def action_help(self) -> None:
        """Show all keys."""
        from interviewprep.tui.screens.help import HelpScreen

        self.prep.push_screen(HelpScreen())

    def action_quit(self) -> None:
        """Leave the program."""
        self.prep.exit(return_code=0)

    def action_back(self) -> None:
        """Back to the screen before."""
        self.prep.pop_screen()
