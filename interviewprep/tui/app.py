"""The app: a desk, a key table, themes, and the store opened behind the first frame."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, ClassVar

from textual.app import App
from textual.binding import BindingType
from textual.screen import Screen

from interviewprep.errors import InterviewPrepError, SettingsError
from interviewprep.study.desk import Desk
from interviewprep.tui.keys import Keymap
from interviewprep.tui.themes import DARK, LIGHT

if TYPE_CHECKING:
    from textual.actions import ActionParseResult
    from textual.dom import DOMNode

WARNING_SECONDS = 12
"""How long a warning of the store stays on the screen."""
SETTLE_SECONDS = 0.02
"""Between the first frame and the thread that opens the store, so that the frame reaches the terminal."""
OBJECTS_BEFORE_COLLECTION = 2_000


class InterviewPrepApp(App[int]):
    """One process's full screen, beginning with the screen it is given."""

    CSS_PATH = "interviewprep.tcss"
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = []

    def __init__(self, desk: Desk, first: Callable[[], Screen[None]]) -> None:
        """Raises SettingsError where the settings' keys or theme cannot be used."""
        self.desk = desk
        self.keymap = Keymap(desk.settings.keys, vim=desk.settings.vim)
        self.is_ready = False
        self._first = first
        self._waiting: list[Callable[[], None]] = []
        super().__init__()
        self.register_theme(DARK)
        self.register_theme(LIGHT)
        if desk.settings.theme not in self.available_themes:
            raise SettingsError(
                f"{desk.paths.settings}: theme: no theme is called {desk.settings.theme!r}",
                hint=f"Write one of {', '.join(sorted(self.available_themes))}.",
            )
        # Set without its watcher, and before the style sheet is read for the first time: see `refresh_css`.
        self.set_reactive(App.theme, desk.settings.theme)
        self.stylesheet.set_variables(self.get_css_variables())
        self._styled_for = desk.settings.theme
        self.animation_level = "none"

    def start(self) -> int:
        """Run until the learner leaves; returns the exit code. Never prints a traceback of its own."""
        self.run()
        if self._exception is not None:
            raise self._exception
        return self.return_code or 0

    def get_default_screen(self) -> Screen[None]:
        """The first screen, without an empty one below it."""
        screen = self._first()
        # As `push_screen` does; `switch_screen` needs it, and Textual leaves it out for this screen.
        screen._push_result_callback(screen, None)
        return screen

    def on_mount(self) -> None:
        """Open the store once the first frame is out."""
        self.call_after_refresh(self.set_timer, SETTLE_SECONDS, self.open_store)

    def open_store(self) -> None:
        """Open the store in a thread; what waits for it is called back."""
        self.run_worker(self._prepare, thread=True, exclusive=True, group="store")

    def when_ready(self, call: Callable[[], None]) -> None:
        """Call now if the store is open and rendering is loaded, else as soon as it is."""
        if self.is_ready:
            call()
        else:
            self._waiting.append(call)

    def show_trouble(self, error: InterviewPrepError, retry: Callable[[], None] | None = None) -> None:
        """Show an error as a panel; `retry` is what Enter does there."""
        from interviewprep.tui.screens.trouble import TroubleScreen

        self.push_screen(TroubleScreen(error, retry))

    def refresh_css(self, animate: bool = True) -> None:
        """Read the style sheet again, unless it was read for this very theme (Textual does so at start)."""
        if self._styled_for != self.theme:
            self._styled_for = self.theme
            super().refresh_css(animate=animate)

    def leave_screen(self) -> None:
        """Back to the screen below; out of the program where there is none."""
        if len(self.screen_stack) > 1:
            self.pop_screen()
        else:
            self.exit(return_code=0)

    async def run_action(
        self,
        action: str | ActionParseResult,
        default_namespace: DOMNode | None = None,
        namespaces: Mapping[str, DOMNode] | None = None,
    ) -> bool:
        """Perform an action; what goes wrong for a reason a person can act on is shown, not raised."""
        try:
            return await super().run_action(action, default_namespace, namespaces)
        except InterviewPrepError as error:
            self.show_trouble(error)
            return True

    def _prepare(self) -> None:
        try:
            self.desk.prepare()
            import interviewprep.cards.model
            import interviewprep.study.sheet
            import interviewprep.tui.widgets.answer
            import interviewprep.tui.widgets.answer_field  # noqa: F401 (loaded here, used by the screens)
            from interviewprep.render.markdown import warm_up

            warm_up()
        except InterviewPrepError as error:
            self.call_from_thread(self.show_trouble, error, self.open_store)
        else:
            self.call_from_thread(self._became_ready)

    def _became_ready(self) -> None:
        # What is loaded by now stays: a full collection would look at all of it between two key presses.
        # The start let garbage pile up (`__main__`); from now on it is taken away in small pieces.
        gc.freeze()
        gc.set_threshold(OBJECTS_BEFORE_COLLECTION, 10, 10)
        self.is_ready = True
        waiting, self._waiting = self._waiting, []
        for call in waiting:
            call()
        self._begin_plans()
        for warning in self.desk.warnings:
            self.notify(warning, severity="warning", timeout=WARNING_SECONDS, markup=False)

    def _begin_plans(self) -> None:
        """End interview plans that are over; see in a thread that the others follow a rule."""
        if self.desk.plan_facts(self.desk.today()).plans:
            from interviewprep.tui.plan_work import begin

            begin(self)

    def _print_error_renderables(self) -> None:
        """Leave the report of an unexpected error to the command line, which says it in a sentence."""
        if os.environ.get("INTERVIEWPREP_DEBUG"):
            super()._print_error_renderables()
        self._exit_renderables.clear()
