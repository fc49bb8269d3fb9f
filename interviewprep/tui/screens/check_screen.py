"""A screen that shows calculations: which round, where the learner is in it, how it is painted.

`CheckAsking` adds what the learner does. The drill and the practice without a schedule are screens of this
kind; they say which round is asked and what becomes of an answer.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from interviewprep.tui.screens.sureness import Sureness
from interviewprep.tui.stopwatch import DoublePress, Stopwatch
from interviewprep.tui.widgets.drill_view import DrillView

if TYPE_CHECKING:
    from interviewprep.memory.types import Rating
    from interviewprep.study.drill import Response
    from interviewprep.study.rounds import Round
    from interviewprep.tui.widgets.check_view import CheckView

PLACES = ("check_read", "check", "check_writing", "check_over", "check_next")


class CheckScreen(Sureness):
    """Shows rounds. What it says of them, `Round` knows."""

    COUNTS = True
    """Whether answers are rated and kept; False where one only practises."""

    def __init__(self) -> None:
        super().__init__()
        self.stopwatch = Stopwatch()
        self.presses = DoublePress()
        self._think_ms = 0
        self._first_try_seconds = 0.0
        self._raise: Rating | None = None

    # -- what the screen says --------------------------------------------------------------------

    @property
    def check(self) -> Round | None:
        """The round being asked; None while something else is."""
        raise NotImplementedError

    def check_facts(self, asked: Round) -> Sequence[str]:
        """What stands at the right of the top line."""
        return [f"variant {asked.seed}"]

    def record_check(self, response: Response) -> str:
        """Keep the answer that counts; returns what is to be said of it."""
        raise NotImplementedError

    def practised_check(self, response: Response, part: str) -> None:
        """Keep an answer that does not count, or not."""

    def next_check(self, message: str = "") -> None:
        """Ask what comes next."""
        raise NotImplementedError

    # -- where one is ----------------------------------------------------------------------------

    def check_place(self, asked: Round) -> str:
        """Where the learner is, one of the key table's places."""
        from interviewprep.study.rounds import Stage

        if self.focused is not None:
            return "check_writing"
        if not asked.is_over:
            return "check"
        if asked.stage is not Stage.FREE:
            return "check_read"
        return "check_over" if self._is_rated(asked) else "check_next"

    def _is_rated(self, asked: Round) -> bool:
        return self.COUNTS and not asked.is_practice

    @property
    def view(self) -> DrillView:
        """What is shown."""
        return self.query_one(DrillView)

    @property
    def check_view(self) -> CheckView:
        """What stands below the prompt."""
        from interviewprep.tui.widgets.check_view import CheckView

        return self.query_one(CheckView)

    def when_check_ready(self, call: Callable[[], None]) -> None:
        """Call once the store is open and the check view is mounted."""

        async def go() -> None:
            await self.view.add_check()
            call()

        def begin() -> None:
            if self.view.has_check:
                call()
            else:
                self.call_later(go)

        self.prep.when_ready(begin)

    # -- painting --------------------------------------------------------------------------------

    def paint_prompt(self, asked: Round) -> None:
        """The top line and the question, which is all the first frame needs."""
        from interviewprep.tui.check_parts import prompt_view

        self.view.show_prompt(prompt_view(asked))
        self.view.show_head(self._head(asked), self.check_facts(asked))

    def _head(self, asked: Round) -> str:
        """Never the method's name before the verdict: choosing the method is part of the question."""
        from interviewprep.study.rounds import Stage

        if asked.stage is Stage.EXAMPLE:
            return "Numeric check, worked example"
        if asked.stage is Stage.COMPLETION:
            return "Numeric check, last step missing"
        return f"Check: {asked.variant.family.title}" if asked.is_over else "Numeric check"

    def begin_check(self) -> None:
        """Begin the present stage of the round."""
        asked = self.check
        if asked is None:
            return
        self._first_try_seconds = 0.0
        self._raise = None
        self.forget_sure()
        self.stopwatch.restart()
        with self.app.batch_update():
            self.check_view.begin()
            self.paint_check(self._opening(asked))
            self.body.scroll_home(animate=False)
        if not asked.is_over:
            self.set_focus(self.check_view.field)
        self.paint_check_keys()

    def paint_check(self, said: str = "") -> None:
        """Show the round as it is now."""
        asked = self.check
        if asked is None:
            return
        self.paint_prompt(asked)
        self.check_view.show(asked)
        self.view.say(said)
        self.paint_check_keys()

    def paint_check_keys(self) -> None:
        """The line of keys, and above it what else can be looked at."""
        from interviewprep.study.rounds import Stage
        from interviewprep.tui.check_parts import has_moves

        asked = self.check
        if asked is None:
            return
        keymap, place = self.prep.keymap, self.check_place(asked)
        pairs = self.check_keys(place)
        if asked.stage is Stage.COMPLETION:
            # Its only step missing is the last one: there is nothing to hint at.
            pairs = [(key, label) for key, label in pairs if label != "hint"]
        self.view.show_keys([("Enter", "hand in"), *pairs] if place == "check_writing" else pairs)
        menu = []
        if place == "check_over":
            menu = [(keymap.shown("formula"), "formula"), (keymap.shown("other"), "same kind, new numbers")]
        if asked.is_over and has_moves(asked):
            keys = f"{keymap.shown('window_back')} {keymap.shown('window_on')}"
            menu.append((keys, "move the window"))
        self.view.show_check_menu(menu)

    def check_keys(self, place: str) -> list[tuple[str, str]]:
        """The line of keys in a place."""
        return self.prep.keymap.footer(place)

    def _opening(self, asked: Round) -> str:
        from interviewprep.study.rounds import Stage

        if asked.stage is Stage.EXAMPLE:
            return f"A worked example: read it, then you try. {self.prep.keymap.shown('go_on')} goes on."
        if asked.stage is Stage.COMPLETION:
            return "New numbers. Only the last step is missing: finish it."
        if asked.is_practice:
            return "For practice: it does not count."
        return "Now all of it." if asked.is_lesson else ""
