"""The options of a quiz question: numbered, picked, and after the answer marked and explained."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.text import Text
from textual import events
from textual.geometry import Size
from textual.message import Message
from textual.widget import Widget

from interviewprep.tui.parts import wrapped

if TYPE_CHECKING:
    from interviewprep.study.quiz_items import QuizOption
    from interviewprep.study.quiz_questions import Question

INDENT = 8
"""Cells before an option's text: cursor, number, mark."""


class QuizOptions(Widget):
    """Draws options; knows what is picked, and what is right only once it is told."""

    class Clicked(Message):
        """An option was clicked."""

        def __init__(self, place: int) -> None:
            super().__init__()
            self.place = place

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.at = 0
        self.picked: list[str] = []
        """Ids, in the order in which they were picked."""
        self._options: Sequence[tuple[str, str]] = ()
        self._form = ""
        self._told: dict[str, QuizOption] = {}
        self._rows: list[int] = []

    def show(self, question: Question | None) -> None:
        """Show the options of another question, or none."""
        self.at = 0
        self.picked = []
        self._told = {}
        self._options = question.options if question else ()
        self._form = question.form if question else ""
        self.display = bool(self._options)
        self.refresh(layout=True)

    def tell(self, options: Sequence[QuizOption], picked: Sequence[str], form: str) -> None:
        """Mark what was right and say why."""
        self.picked = list(picked)
        self._form = form
        order = sorted(options, key=lambda o: o.place) if form == "order" else options
        self._options = [(o.id, o.text) for o in order]
        self._told = {o.id: o for o in options}
        self.display = True
        self.refresh(layout=True)

    @property
    def count(self) -> int:
        """How many options there are."""
        return len(self._options)

    def move_to(self, at: int) -> None:
        """Put the cursor on an option, or the nearest there is."""
        self.at = max(0, min(at, self.count - 1))
        self.refresh()

    def pick(self, place: int) -> None:
        """Pick an option by its place, or take it back; of one form only one stays picked."""
        if self._told or not 0 <= place < self.count:
            return
        option = self._options[place][0]
        if option in self.picked:
            self.picked.remove(option)
        elif self._form in {"several", "order"}:
            self.picked.append(option)
        else:
            self.picked = [option]
        self.move_to(place)

    # -- drawing -----------------------------------------------------------------------------------

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Rows needed at a width."""
        return len(self._lines(width)) if self._options else 0

    def render(self) -> Text:
        """All options."""
        return Text("\n", no_wrap=True).join(self._lines(self.size.width))

    def on_click(self, event: events.Click) -> None:
        """A click picks."""
        if not self._told and 0 <= event.y < len(self._rows):
            self.post_message(self.Clicked(self._rows[event.y]))

    def _lines(self, width: int) -> list[Text]:
        variables = self.app.theme_variables
        lines: list[Text] = []
        self._rows = []
        for place, (option, text) in enumerate(self._options):
            sign, is_bold = self._sign(option, place)
            chosen = place == self.at and not self._told
            head = Text.assemble(
                ("▸ " if chosen else "  ", f"bold {variables['accent']}"),
                (f"{place + 1} " if not self._told else "  ", variables["quiet"]),
                (f"{sign:<4}", "bold" if is_bold else ""),
            )
            pieces = wrapped(text, max(8, width - INDENT))
            why = self._told[option].why if option in self._told else ""
            for number, piece in enumerate(pieces):
                if is_bold:
                    piece.stylize("bold")
                lines.append(Text.assemble(head if number == 0 else " " * INDENT, piece))
            for piece in wrapped(why, max(8, width - INDENT)) if why else ():
                piece.stylize(variables["quiet"])
                lines.append(Text.assemble(" " * INDENT, piece))
            self._rows += [place] * (len(lines) - len(self._rows))
        return lines

    def _sign(self, option: str, place: int) -> tuple[str, bool]:
        """What stands before an option, and whether it is in bold."""
        is_picked = option in self.picked
        if self._form == "order":
            given = f"{self.picked.index(option) + 1}" if is_picked else " "
            if not self._told:
                return f"({given})", is_picked
            ok = is_picked and self.picked.index(option) == place
            return (f"✓ {given}" if ok else f"✗ {given}"), ok
        if self._told:
            is_right = self._told[option].right
            if is_picked:
                return ("✓" if is_right else "✗"), True
            return ("→" if is_right else "·"), is_right
        if self._form == "several":
            return ("[x]" if is_picked else "[ ]"), is_picked
        return ("(•)" if is_picked else "( )"), is_picked
