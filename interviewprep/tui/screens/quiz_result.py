"""The end of a quiz: score, by topic and level, every mistake, the trend."""

from __future__ import annotations

from typing import ClassVar

from rich.cells import cell_len
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Static

from interviewprep.render.charts import bar, sparkline
from interviewprep.render.words import duration, percent, plural
from interviewprep.study.quiz import Quiz
from interviewprep.study.quiz_questions import Told
from interviewprep.study.quiz_result import Line, past_quizzes, trend
from interviewprep.tui.parts import card_text, line_text, short_answer
from interviewprep.tui.place import PlacedScreen
from interviewprep.tui.widgets.bars import KeyBar, TopBar

BAR = 16
WIDEST_NAME = 34
INDENT = 4
"""Cells before the text of a mistake: a sign."""


class QuizResultScreen(PlacedScreen[None]):
    """Says what a quiz came to; m or Enter asks only the wrong ones again."""

    PLACES: ClassVar[tuple[str, ...]] = ("quiz_result",)

    def __init__(self, quiz: Quiz) -> None:
        super().__init__()
        self.quiz = quiz
        self.result = quiz.result()

    def compose(self) -> ComposeResult:
        """One page."""
        yield TopBar("Quiz", [plural(self.result.questions, "question")], id="head")
        with Vertical(id="body"):
            yield Static(self._page())
        yield KeyBar(id="foot")

    def on_mount(self) -> None:
        """Offer only what can be done."""
        pairs = self.prep.keymap.footer("quiz_result")
        self.query_one("#foot", KeyBar).show(pairs if self.result.wrong else pairs[1:])

    def _page(self) -> RenderableType:
        found = self.result
        pace = found.seconds / max(1, found.answered)
        late = f", {found.late} too late" if found.late else ""
        lines: list[RenderableType] = [
            Text(
                f"\n{found.right} of {found.answered} right   {bar(found.score, 20)}"
                f" {percent(found.score)} of the points",
                style="bold",
            ),
            Text(f"{duration(found.seconds)}, {pace:.0f} s a question{late}".capitalize()),
        ]
        lines += _table("Topics, the weakest first", found.topics) if len(found.topics) > 1 else []
        levels = [line for line in found.levels if line.name]
        lines += _table("Levels", levels) if len(levels) > 1 else []
        scores = trend(past_quizzes(self.desk))
        if len(scores) > 1:
            lines.append(
                Text(f"\nLast {len(scores)} quizzes  {sparkline(scores, top=1)}  {percent(scores[-1])}")
            )
        for place in found.wrong:
            lines += self._mistake(self.quiz.told(place))
        return Group(*lines)

    def _mistake(self, told: Told) -> list[RenderableType]:
        quiet = self.prep.theme_variables["quiet"]
        score = f", {percent(told.mark.score)}" if told.mark.score else ""
        late = ", too late" if told.is_late else ""
        lines: list[RenderableType] = [
            Text(f"\n{told.number}  {told.item.topic}{score}{late}", style=quiet),
            card_text(told.item.question),
        ]
        if told.given.text:
            lines.append(_hung("› ", Text(told.given.text, style=quiet)))
        if told.round is not None:
            tries = told.round.tries
            if tries and tries[-1].verdict.message and told.round.has_mistake:
                verdict = tries[-1].verdict
                lines.append(_hung("", Text(f"{verdict.message} {verdict.cure}".rstrip())))
            return [*lines, *(_hung("", Text(step)) for step in told.round.variant.steps)]
        if told.sheet is not None:
            missed = [p for p in told.sheet.card.key_points if p.weight == "must"]
            lines += [_hung("→ ", line_text(p.text)) for p in missed if p.id not in told.sheet.said]
            wrong = [m for m in told.sheet.card.misconceptions if m.id in told.sheet.stated]
            lines += [_hung("✗ ", line_text(f"{m.wrong} {m.why}")) for m in wrong]
            return lines if missed or wrong else [*lines, short_answer(told.sheet.card)]
        return [*lines, *_options(told, quiet)]

    def action_quiz_again(self) -> None:
        """Ask only the wrong ones."""
        from interviewprep.tui.screens.quiz import QuizScreen

        if self.result.wrong:
            self.prep.switch_screen(QuizScreen(self.quiz.again))

    def action_leave(self) -> None:
        """Home, or out of the program."""
        self.prep.leave_screen()


def _table(title: str, rows: tuple[Line, ...] | list[Line]) -> list[RenderableType]:
    width = min(WIDEST_NAME, max(cell_len(row.name) for row in rows))
    lines: list[RenderableType] = [Text(f"\n{title}", style="bold")]
    for row in rows:
        name = Text(row.name, no_wrap=True)
        name.truncate(width, overflow="ellipsis", pad=True)
        figures = f"  {bar(row.score, BAR)} {percent(row.score):>5}   {row.right} of {row.questions}"
        lines.append(name.append(f"{figures}   {row.seconds:.0f} s"))
    return lines


def _options(told: Told, quiet: str) -> list[RenderableType]:
    lines: list[RenderableType] = []
    if told.item.form == "order":
        for option in sorted(told.item.options, key=lambda o: o.place):
            lines.append(_hung(f"{option.place} ", line_text(option.text)))
        return lines
    for option in told.item.options:
        is_picked = option.id in told.given.picked
        if is_picked or option.right:
            sign = "✓ " if is_picked and option.right else "→ " if option.right else "✗ "
            lines.append(_hung(sign, line_text(option.text)))
            if option.why:
                why = line_text(option.why)
                why.stylize(quiet)
                lines.append(_hung("", why))
    return lines


def _hung(sign: str, text: Text) -> RenderableType:
    """A text behind a sign, further lines below its beginning."""
    grid = Table.grid()
    grid.add_column(width=INDENT, no_wrap=True)
    grid.add_column()
    grid.add_row(Text(f"  {sign}"), text)
    return grid
