"""One card in full, with its history and a small picture of its memory."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import ClassVar

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Static

from interviewprep.study.marks import toggle_mark
from interviewprep.study.standing import Standing, memory_curve, standings
from interviewprep.tui.parts import line_text
from interviewprep.tui.place import PlacedScreen
from interviewprep.tui.widgets.bars import KeyBar, TopBar
from interviewprep.tui.wording import card_id, rating_word

HISTORY_SHOWN = 30
CURVE_ROWS = 5
CURVE_COLUMNS = 66


class CardScreen(PlacedScreen[None]):
    """Reads like a page. `with_answer` False hides the answer, for a question still open."""

    PLACES: ClassVar[tuple[str, ...]] = ("card",)

    def __init__(self, card: str, *, with_answer: bool = True, session_id: str = "") -> None:
        super().__init__()
        self._session_id = session_id
        self.card = card
        self.with_answer = with_answer

    def compose(self) -> ComposeResult:
        """One scrolling page."""
        yield TopBar(id="head")
        with Vertical(id="body"):
            yield Static(id="page", markup=False)
        yield Static(id="status", markup=False)
        yield KeyBar(self.prep.keymap.footer("card"), id="foot")

    def on_mount(self) -> None:
        """Read the card."""
        self.refresh_card()

    def on_screen_resume(self) -> None:
        """Back from the flag dialog."""
        self.refresh_card()

    def refresh_card(self) -> None:
        """Show the card as it is now."""
        head = next(h for h in self.desk.library.heads if h.name == self.card)
        standing = standings(self.desk, [head])[0]
        self.query_one("#head", TopBar).show(card_id(self.card), [_state(standing), head.deck])
        page = [*self._facts(standing), *(self._text() if self.with_answer else []), *self._history()]
        self.query_one("#page", Static).update(Group(*page))

    def _facts(self, standing: Standing) -> list[RenderableType]:
        head = standing.head
        question = Text.assemble("\n", line_text(" ".join(standing.question.split())), style="bold")
        facts = [head.level, head.priority, " ".join(f"#{t}" for t in head.tags.split())]
        lines: list[RenderableType] = [question, Text("   ".join(f for f in facts if f), style="dim")]
        if standing.flagged:
            lines.append(Text("⚑ flagged"))
        if standing.note:
            lines.append(Text(f"✎ {standing.note}"))
        return lines

    def _text(self) -> list[RenderableType]:
        from interviewprep.render.cards import sections

        card = self.desk.library.card(self.card)
        lines: list[RenderableType] = []
        for title, body in sections(card):
            lines += [Text(f"\n{title}", style="bold"), body]
        if card.variants:
            lines.append(Text("\nAlso asked as", style="bold"))
            lines += [line_text(variant.ask) for variant in card.variants]
        return lines

    def _history(self) -> list[RenderableType]:
        history = self.desk.store.history(self.card)
        if not history:
            return [Text("\nNever asked yet.")]
        lines: list[RenderableType] = [Text("\nMemory", style="bold")]
        today = self.desk.today()
        points = memory_curve(history, today, ahead=max(7, (today - history[0].study_day) // 4))
        if points:
            from interviewprep.render.charts import memory_curve as picture

            width = min(CURVE_COLUMNS, self.app.size.width - 6)
            curve = picture(points, width=width, height=CURVE_ROWS, today=today)
            lines.append(Text(curve, no_wrap=True, overflow="crop"))
        grid = Table.grid(padding=(0, 3, 0, 0))
        newest = sorted(history, key=lambda r: r.at_ms, reverse=True)
        for review in newest[:HISTORY_SHOWN]:
            at = datetime.fromtimestamp(review.at_ms / 1000, UTC).astimezone(self.desk.tz)
            grid.add_row(
                Text(f"{at:%Y-%m-%d %H:%M}"),
                Text(rating_word(review.rating) + ("" if review.mode == "drill" else f" ({review.mode})")),
                Text(f"{review.duration_ms / 1000:.0f} s"),
                Text(review.answer, style="dim"),
            )
        lines += [Text("\nHistory", style="bold"), grid]
        if len(newest) > HISTORY_SHOWN:
            lines.append(Text(f"and {len(newest) - HISTORY_SHOWN} earlier answers"))
        return lines

    def action_suspend(self) -> None:
        """Suspend the card, or ask it again."""
        self._toggle("suspended", "Suspended: not asked until unsuspended.", "No longer suspended.")

    def action_bury(self) -> None:
        """Hide the card until tomorrow."""
        self._toggle("buried", "Hidden until tomorrow.", "No longer hidden.")

    def _toggle(self, kind: str, on: str, off: str) -> None:
        has_now = toggle_mark(self.desk, self.card, kind, session_id=self._session_id)
        self.refresh_card()
        self._say(on if has_now else off)

    def action_mark(self) -> None:
        """Flag the card or write a note."""
        from interviewprep.tui.screens.dialog import DialogScreen

        self.prep.push_screen(DialogScreen(self.card, session_id=self._session_id))

    def action_edit(self) -> None:
        """Open the card in the editor."""
        from interviewprep.tui.editing import edit_card

        message = edit_card(self.prep, self.card)
        if any(h.name == self.card for h in self.desk.library.heads):
            self.refresh_card()
            self._say(message)
        else:
            self.prep.pop_screen()

    def _say(self, text: str) -> None:
        self.query_one("#status", Static).update(Text(text))


def _state(standing: Standing) -> str:
    if standing.state == "waiting" and standing.due_in is not None:
        from interviewprep.render.words import interval

        return f"due in {interval(standing.due_in)}"
    return standing.state
