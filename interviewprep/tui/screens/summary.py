"""The end of a drill: what was done, what was missed, what is due tomorrow."""

from __future__ import annotations

from typing import ClassVar

from rich.console import Group, RenderableType
from rich.text import Text
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Static

from interviewprep.memory.types import Rating
from interviewprep.render.charts import bar
from interviewprep.render.words import duration, plural
from interviewprep.study.drill import Drill, Summary
from interviewprep.tui.parts import line_text
from interviewprep.tui.place import PlacedScreen
from interviewprep.tui.widgets.bars import KeyBar, TopBar
from interviewprep.tui.wording import undone_message

MISSED_SHOWN = 12


class SummaryScreen(PlacedScreen[None]):
    """Says what the drill came to; m or Enter asks what was missed again."""

    PLACES: ClassVar[tuple[str, ...]] = ("summary",)

    def __init__(self, drill: Drill) -> None:
        super().__init__()
        self.drill = drill
        self.summary = drill.summary()

    def compose(self) -> ComposeResult:
        """One page."""
        yield TopBar("Done" if self.summary.answers else "Nothing to ask", id="head")
        with Vertical(id="body"):
            yield Static(self._page(self.summary))
        yield Static(id="status", markup=False)
        yield KeyBar(id="foot")

    def on_mount(self) -> None:
        """Offer only what can be done."""
        pairs = self.prep.keymap.footer("summary")
        self.query_one("#foot", KeyBar).show(pairs if self.summary.missed else pairs[1:])

    def _page(self, summary: Summary) -> RenderableType:
        tomorrow = plural(summary.due_tomorrow, "card")
        if not summary.answers:
            return Group(
                Text("\nNothing is due and no new card is left for today.", style="bold"),
                Text(f"Tomorrow {tomorrow} will be due."),
                Text(
                    "\nA cram asks all the same, without touching the schedule: `interviewprep drill --cram`."
                ),
            )
        first = f"\n{plural(summary.answers, 'answer')} on {plural(summary.cards, 'card')}"
        first += f", {summary.new} of them new" if summary.new else ""
        lines: list[RenderableType] = [Text(f"{first}, {duration(summary.seconds)}.", style="bold"), Text("")]
        for rating in Rating:
            given = summary.ratings[rating]
            filled = bar(given / summary.answers, 24, track=False)
            lines.append(Text(f"{rating.name.capitalize():<6} {given:>3}  {filled}".rstrip()))
        if summary.missed:
            lines.append(Text("\nMissed", style="bold"))
            for name in summary.missed[:MISSED_SHOWN]:
                lines.append(Text.assemble("· ", line_text(self._question(name))))
            if len(summary.missed) > MISSED_SHOWN:
                lines.append(Text(f"  and {len(summary.missed) - MISSED_SHOWN} more"))
        lines.append(Text(f"\nDue tomorrow: {tomorrow}."))
        return Group(*lines)

    def _question(self, name: str) -> str:
        return " ".join(self.desk.library.face(name).question.split())

    def action_missed(self) -> None:
        """Ask what was missed once more."""
        from interviewprep.tui.screens.drill import DrillScreen

        if self.summary.missed:
            self.prep.switch_screen(DrillScreen(self.drill.missed_again()))

    def action_undo(self) -> None:
        """Take back the last answer and go on with the drill."""
        from interviewprep.tui.screens.drill import DrillScreen

        undone = self.drill.undo()
        if undone is None:
            self.query_one("#status", Static).update(Text("Nothing to undo."))
            return
        self.prep.switch_screen(DrillScreen(self.drill, message=undone_message(undone)))

    def action_find(self) -> None:
        """Open browse, ready to type."""
        from interviewprep.tui.screens.browse import BrowseScreen

        self.prep.push_screen(BrowseScreen(searching=True))

    def action_leave(self) -> None:
        """Home, or out of the program."""
        self.prep.leave_screen()
