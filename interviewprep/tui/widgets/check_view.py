"""What stands below the prompt of a calculation: steps, field, verdict, window, working, pictures."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from rich.text import Text
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Static

from interviewprep.render.checks import ANSWER, pictures_below, sense_lines, working
from interviewprep.render.prompts import formula_lines, try_lines
from interviewprep.render.window import places, window
from interviewprep.tui.check_parts import Fitted, window_of
from interviewprep.tui.widgets.answer_field import AnswerField

if TYPE_CHECKING:
    from interviewprep.checks.family import Picture
    from interviewprep.study.rounds import Round

PLACEHOLDER = "your numbers, e.g. 0.88 0.12 or 7/2"


class CheckView(Vertical):
    """Shows a round as it stands; knows nothing of ratings or schedules."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.display = False
        self.at = 0
        """Where the window is."""
        self.is_formula_open = False
        self._note = ""

    def compose(self) -> ComposeResult:
        """In the order of reading."""
        yield Static(id="steps", markup=False)
        yield AnswerField(placeholder=PLACEHOLDER, id="number")
        yield Static(id="tries", markup=False)
        yield Static(id="formula", markup=False)
        yield Static(id="window", markup=False)
        yield Static(id="working", markup=False)

    @property
    def is_complete(self) -> bool:
        """Whether everything is mounted."""
        return bool(self.query("#working"))

    @property
    def field(self) -> AnswerField:
        """Where numbers are typed."""
        return self.query_one(AnswerField)

    def begin(self) -> None:
        """Forget what belongs to the question before."""
        self.at = 0
        self.is_formula_open = False
        self._note = ""
        self.field.clear()

    def note(self, text: str) -> None:
        """Something to say below the field: what could not be read."""
        self._note = text

    def show(self, asked: Round) -> None:
        """Show a round as it is now."""
        self.display = True
        self.field.display = not asked.is_over
        self._fill("#steps", None if asked.is_over or not asked.shown else lambda w: _steps(asked, w))
        note = "" if asked.is_over else self._note
        said = bool(asked.tries or note)
        self._fill("#tries", (lambda w: _tries(asked, note, w)) if said else None)
        formula = asked.formula if self.is_formula_open and asked.is_over else ""
        self._fill("#formula", (lambda w: formula_lines(formula, w)) if formula else None)
        self.show_window(asked)
        self._fill("#working", (lambda w: self._working(asked, w)) if asked.is_over else None)

    def show_window(self, asked: Round) -> None:
        """Show the window where it is now."""
        moving = window_of(asked) if asked.is_over else None
        at = self.at
        self._fill("#window", (lambda w: _window(moving, at, w)) if moving else None)

    def move_window(self, asked: Round, sign: int) -> bool:
        """Move the window by one place; False where there is none, or no further place."""
        moving = window_of(asked) if asked.is_over else None
        if moving is None:
            return False
        at = self.at + sign
        if not 0 <= at < len(places(moving.image, moving.kernel, moving.stride)):
            return False
        self.at = at
        self.show_window(asked)
        return True

    def clear(self) -> None:
        """Hide everything."""
        self.display = False

    def _fill(self, selector: str, make: Callable[[int], Iterable[Text]] | None) -> None:
        found = self.query_one(selector, Static)
        found.display = make is not None
        if make is not None:
            found.update(Fitted(make))

    def _working(self, asked: Round, width: int) -> list[Text]:
        solution, steps = asked.variant.solution, asked.shown
        lines: list[Text] = []
        is_answer = False
        for line in working(steps, solution.pictures, width=width):
            is_answer = is_answer or line.startswith(ANSWER)
            lines.append(Text(line, "bold" if is_answer else ""))
        quiet = self.app.theme_variables["quiet"]
        lines += [Text(line, quiet) for line in sense_lines(solution.sense, width=width)]
        drawn = pictures_below(steps, solution.pictures, prompt=asked.variant.prompt, width=width)
        return lines + [Text(line) for line in ([""] if drawn else []) + drawn]


def _steps(asked: Round, width: int) -> list[Text]:
    return [Text(line) for line in working(asked.shown, asked.variant.solution.pictures, width=width)]


def _tries(asked: Round, note: str, width: int) -> list[Text]:
    from interviewprep.render.wrap import wrap

    return [*try_lines(asked, width), *(wrap(Text(note), width) if note else [])]


def _window(found: Picture, at: int, width: int) -> list[Text]:
    return window(found.image, found.kernel, found.stride, at, rules=found.labels, width=width)
