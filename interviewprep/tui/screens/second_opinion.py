"""Asking a language model for ticks: what would be sent is shown first, then a worker asks."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Static

from interviewprep.errors import InterviewPrepError
from interviewprep.tui.place import PlacedScreen

if TYPE_CHECKING:
    from interviewprep.study.opinion import LanguageModel, Opinion
    from interviewprep.study.sheet import AnswerSheet
    from interviewprep.tui.widgets.drill_view import DrillView

OFF = "No language model is set up. The setting llm names one; `interviewprep settings` explains it."


class SecondOpinion(PlacedScreen[None]):
    """What a screen with an answer sheet needs to ask; without a `DrillView` it says and shows itself."""

    sheet: AnswerSheet | None
    view: DrillView

    def action_opinion(self) -> None:
        """Ask about the typed answer; the first time show what is sent."""
        sheet = self.sheet
        if sheet is None:
            return
        from interviewprep.study.opinion import language_model, preview, warning

        try:
            model = language_model(self.desk.settings)
        except InterviewPrepError as error:
            self._say_trouble(error)
            return
        if model is None:
            self.say_opinion(OFF)
        elif not sheet.text.strip() or not sheet.card.key_points:
            self.say_opinion("A second opinion needs a typed answer to a card with key points.")
        elif self.desk.store.has_agreed(model.agreement):
            self._ask(model, sheet)
        else:
            shown = preview(model, sheet.card, sheet.text)
            agree = partial(self._agreed, model, sheet)
            self.prep.push_screen(PreviewScreen(warning(model), shown, agree))

    def say_opinion(self, text: str) -> None:
        """Say something of it."""
        self.view.say(text)

    def show_opinion(self) -> None:
        """Show the ticks the model suggested, which the sheet has by now."""
        self.view.answer.points.refresh(layout=True)

    def _agreed(self, model: LanguageModel, sheet: AnswerSheet) -> None:
        self.desk.store.agree(model.agreement, now=self.desk.clock())
        self._ask(model, sheet)

    def _ask(self, model: LanguageModel, sheet: AnswerSheet) -> None:
        self.say_opinion(f"Asking {model.model} …")

        def work() -> None:
            from interviewprep.study.opinion import key_of, second_opinion

            try:
                found = second_opinion(model, sheet.card, sheet.text, key=key_of(model, os.environ))
            except InterviewPrepError as error:
                self.app.call_from_thread(self._say_trouble, error, sheet)
            else:
                self.app.call_from_thread(self._take, found, sheet)

        self.run_worker(work, thread=True, exclusive=True, group="opinion")

    def _say_trouble(self, error: InterviewPrepError, sheet: AnswerSheet | None = None) -> None:
        if sheet is None or self.sheet is sheet:
            self.say_opinion(f"{error.message} {error.hint}".strip())

    def _take(self, found: Opinion, sheet: AnswerSheet) -> None:
        """Tick what the model suggests, unless the next question is open by now."""
        if self.sheet is not sheet:
            return
        sheet.take(said=found.said, stated=found.stated)
        self.show_opinion()
        suggestion = sheet.suggestion()
        words = f": {suggestion.rating.name.capitalize()}, {suggestion.reason}" if suggestion else ""
        self.say_opinion(f"Second opinion{words}. The ticks are yours to change.")


class PreviewScreen(PlacedScreen[None], ModalScreen[None]):
    """What would be sent, word for word."""

    PLACES: ClassVar[tuple[str, ...]] = ("opinion",)

    def __init__(self, warning: str, text: str, agree: Callable[[], None]) -> None:
        super().__init__()
        self._warning = warning
        self._text = text
        self._agree = agree

    def compose(self) -> ComposeResult:
        """The text and two keys."""
        from interviewprep.tui.widgets.bars import KeyBar

        with Vertical(id="panel"):
            yield Static(Text(self._warning, style="bold"))
            with VerticalScroll(id="body", can_focus=False):
                yield Static(Text(self._text))
            yield KeyBar(self.prep.keymap.footer("opinion"))

    def action_send(self) -> None:
        """Agree and send."""
        self.prep.pop_screen()
        self._agree()

    def action_keep_back(self) -> None:
        """Send nothing."""
        self.prep.pop_screen()
