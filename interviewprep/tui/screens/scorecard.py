"""The end of a mock interview: what was said, how sure, what to study next; answers beside good ones."""

from __future__ import annotations

import textwrap
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import ClassVar

from rich.console import Group, RenderableType
from rich.text import Text
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Static

from interviewprep.render.charts import bar
from interviewprep.render.clean import clean
from interviewprep.render.scorecards import (
    NOTHING,
    calibration_lines,
    facts,
    kind_words,
    points_words,
    score_words,
    topic_lines,
)
from interviewprep.render.words import day_label
from interviewprep.study.mock import Mock
from interviewprep.study.scorecard import Scorecard, StudyNext
from interviewprep.tui.check_parts import Fitted
from interviewprep.tui.parts import wrapped
from interviewprep.tui.place import PlacedScreen
from interviewprep.tui.widgets.bars import KeyBar, TopBar

WIDE = 74
"""From this width on topics and confidence stand side by side."""
RIGHT = 28
"""Cells of the right column."""
APART = 8
"""Most cells between the columns."""
INDENT = 3


class ScorecardScreen(PlacedScreen[None]):
    """One page; Enter drills what to study next, v compares answers, w writes a page."""

    PLACES: ClassVar[tuple[str, ...]] = ("scorecard",)

    def __init__(self, mock: Mock) -> None:
        super().__init__()
        self.mock = mock
        self.card = mock.scorecard()

    def compose(self) -> ComposeResult:
        """One page."""
        yield TopBar("Mock interview", [*kind_words(self.card), self._day()], id="head")
        with Vertical(id="body"):
            yield Static(id="page", markup=False)
        yield Static(id="status", markup=False)
        yield KeyBar(id="foot")

    def on_mount(self) -> None:
        """Paint."""
        self._paint()

    def on_screen_resume(self) -> None:
        """Back: marks may have been overruled."""
        self.card = self.mock.scorecard()
        self._paint()

    def _day(self) -> str:
        began = datetime.fromtimestamp(self.card.started_at_ms / 1000, UTC)
        return day_label(self.desk.study_day(began), today=self.desk.today())

    def _paint(self) -> None:
        card = self.card
        self.query_one("#page", Static).update(_page(card))
        useless = set() if card.answers else {"compare answers", "save page"}
        if not card.study_next:
            useless.add("drill these")
        pairs = [pair for pair in self.prep.keymap.footer("scorecard") if pair[1] not in useless]
        self.query_one("#foot", KeyBar).show(pairs)

    def _say(self, text: str) -> None:
        self.query_one("#status", Static).update(Text(text))

    def action_study_next(self) -> None:
        """Drill exactly what to study next; without the schedule, since the answers were just seen."""
        from interviewprep.study.drill import Drill, Options
        from interviewprep.study.selection import Selection
        from interviewprep.tui.screens.drill import DrillScreen

        if self.card.study_next:
            cards = tuple(found.card for found in self.card.study_next)
            drill = Drill(self.desk, Selection(cards=cards), Options(cram=True))
            self.prep.push_screen(DrillScreen(drill))

    def action_compare(self) -> None:
        """The own answers beside good ones."""
        from interviewprep.tui.screens.compare import CompareScreen

        if self.card.answers:
            self.prep.push_screen(CompareScreen(self.mock))

    def action_save_page(self) -> None:
        """Write the page into the folder the program was started in."""
        from interviewprep.exchange.report import BEGINNINGS, write_report
        from interviewprep.exchange.target import replacing_text, starts_with

        if not self.card.answers:
            return
        began = datetime.fromtimestamp(self.card.started_at_ms / 1000, UTC)
        local = began.astimezone(self.desk.tz)
        file = Path.cwd() / f"mock-interview-{local:%Y-%m-%d-%H%M}.html"
        with replacing_text(file, is_ours=starts_with(BEGINNINGS["html"]), force=False) as stream:
            write_report(self.card, stream, kind="html", day=self.desk.study_day(began))
        self._say(f"Written: {file}")

    def action_leave(self) -> None:
        """Home, or out of the program."""
        self.prep.leave_screen()


def _page(card: Scorecard) -> RenderableType:
    if not card.answers:
        return Text(f"\n{NOTHING}")
    score = Text.assemble(
        (f"\n{score_words(card)}", "bold"), f"  {bar(card.points.share, 24)}  {points_words(card.points)}"
    )
    rest = Text("; ".join(facts(card)) + "\n")
    return Group(score, rest, Fitted(lambda width: _columns(card, width)), *_next(card))


def _columns(card: Scorecard, width: int) -> list[Text]:
    is_wide = width >= WIDE
    room = width - RIGHT - 2 if is_wide else width
    lines = topic_lines(card, names=max(10, room - 22))
    room = min(room, max(map(len, lines)) + APART)
    topics = [Text("By topic", style="bold"), *map(Text, lines)]
    sure = [Text("How sure, how often right", style="bold"), *map(Text, calibration_lines(card))]
    if not card.calibration:
        return topics
    if not is_wide:
        return [*topics, Text(""), *sure]
    rows = max(len(topics), len(sure))
    blank = [Text("")] * rows
    pairs = zip([*topics, *blank][:rows], [*sure, *blank][:rows], strict=True)
    return [Text.assemble(left, " " * max(2, room - left.cell_len), right) for left, right in pairs]


def _next(card: Scorecard) -> list[RenderableType]:
    if not card.study_next:
        return [Text("\nEvery point was said: nothing to study next.")]
    things = (Fitted(partial(_thing, number, found)) for number, found in enumerate(card.study_next, 1))
    return [Text("\nStudy next", style="bold"), *things]


def _thing(number: int, found: StudyNext, width: int) -> list[Text]:
    """A question, its topic and why, with the number hanging."""
    room = max(20, width - INDENT)
    lines = wrapped(" ".join(found.question.split()), room)
    why = [Text(line, style="dim") for line in textwrap.wrap(f"{clean(found.topic)}: {found.why}", room)]
    heads = [f"{number}  ", *[" " * INDENT] * (len(lines) + len(why) - 1)]
    return [Text.assemble(head, line) for head, line in zip(heads, [*lines, *why], strict=True)]
