"""Choosing what numeric checks to practise: all, those for the head, or a topic."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from rich.text import Text
from textual.app import ComposeResult
from textual.widgets import Static

from interviewprep.render.words import plural
from interviewprep.tui.place import PlacedScreen, Step
from interviewprep.tui.widgets.bars import KeyBar, TopBar
from interviewprep.tui.widgets.rows import RowList

if TYPE_CHECKING:
    from collections.abc import Sequence

    from interviewprep.checks.registry import AnyFamily

INTRODUCTION = "Calculations with fresh numbers, one after another. Nothing is recorded."
TITLE_WIDTH = 22


class Choice(NamedTuple):
    """A row: what is practised under a title."""

    title: str
    families: tuple[AnyFamily, ...]
    mental: bool = False
    """With numbers one can do in the head."""


class ChecksScreen(PlacedScreen[None]):
    """A list of topics; Enter begins."""

    PLACES: ClassVar[tuple[str, ...]] = ("checks",)

    def compose(self) -> ComposeResult:
        """What it is, then the list."""
        yield TopBar("Numeric checks", id="head")
        yield Static(Text(INTRODUCTION), id="today")
        yield RowList(_drawn, id="topics")
        yield KeyBar(self.prep.keymap.footer("checks"), id="foot")

    def on_mount(self) -> None:
        """Fill the list."""
        from interviewprep.checks.registry import families

        self._list.show(choices(list(families().values())))

    @property
    def _list(self) -> RowList[Choice]:
        return self.query_one("#topics", RowList)

    def move(self, by: Step, sign: int) -> None:
        """Move through the topics."""
        self._list.move(by, sign)

    def on_row_list_chosen(self) -> None:
        """Clicked."""
        self.action_practise()

    def action_practise(self) -> None:
        """Practise what is chosen."""
        from interviewprep.tui.screens.practice import PracticeScreen

        chosen = self._list.chosen
        if chosen is not None:
            self.prep.push_screen(PracticeScreen(chosen.families, mental=chosen.mental, rng=Random()))


def choices(families: Sequence[AnyFamily]) -> list[Choice]:
    """All, those for the head, and each topic in its order."""
    found = [
        Choice("All", tuple(families)),
        Choice("In the head", tuple(f for f in families if f.mental is not None), mental=True),
    ]
    for topic in dict.fromkeys(f.topic for f in families):
        title = topic.replace("-", " ").capitalize()
        found.append(Choice(title, tuple(f for f in families if f.topic == topic)))
    return found


def _drawn(choice: Choice, width: int) -> Text:
    line = Text(choice.title.ljust(TITLE_WIDTH), no_wrap=True)
    line.append(plural(len(choice.families), "kind").rjust(9))
    room = width - line.cell_len - 3
    if room > TITLE_WIDTH and not choice.mental and len(choice.families) < 20:
        titles = Text(" · ".join(f.title for f in choice.families), "dim")
        titles.truncate(room, overflow="ellipsis")
        line.append("   ").append_text(titles)
    line.truncate(width, overflow="ellipsis")
    return line
