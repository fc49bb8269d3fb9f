"""What the first frame of a calculation needs: its prompt at the width there is, and if a window moves."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from rich.console import Console, ConsoleOptions
from rich.text import Text

from interviewprep.render.prompts import prompt_lines
from interviewprep.render.window import places

if TYPE_CHECKING:
    from interviewprep.checks.family import Picture
    from interviewprep.study.rounds import Round


class Fitted:
    """Lines made for the width there is; Rich asks for them when it draws."""

    def __init__(self, make: Callable[[int], Iterable[Text]]) -> None:
        self._make = make

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterable[Text]:
        """The lines."""
        return self._make(options.max_width)


def prompt_view(asked: Round) -> Fitted:
    """The prompt; its matrices are left to the window where that is shown."""
    prompt, drawn = asked.prompt, not (asked.is_over and window_of(asked))
    return Fitted(lambda width: prompt_lines(prompt, width, with_matrices=drawn))


def window_of(asked: Round) -> Picture | None:
    """The picture of a window that moves, if there is one."""
    return next((p for p in asked.variant.solution.pictures if p.kind == "window"), None)


def has_moves(asked: Round) -> bool:
    """Whether there is a window with more than one place."""
    found = window_of(asked)
    return found is not None and len(places(found.image, found.kernel, found.stride)) > 1
