"""The interview plans in two lines each: how far away, what you would recall, what is left."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from rich.text import Text
from textual.widget import Widget

from interviewprep.render.charts import bar
from interviewprep.render.plans import days_ahead
from interviewprep.render.words import percent, plural

if TYPE_CHECKING:
    from interviewprep.study.plan_config import Plan

SHOWN = 2
"""Plans beyond these are only counted."""
BAR = 16
NARROW = 72
NAME = 22


class Promise(NamedTuple):
    """What is known of a plan; the figures follow when they are worked out."""

    name: str
    days: int
    time: str
    is_off: bool
    now: float | None = None
    kept: float | None = None
    sessions: int = 0
    cards: int = 1

    @classmethod
    def of(cls, plan: Plan, today: int) -> Promise:
        """Without figures yet."""
        off = today in plan.off.between(today, plan.interview_day)
        return cls(plan.name, plan.interview_day - today, plan.time, off)


class PlanLines(Widget):
    """Drawn again as figures arrive; its height does not change by that."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.promises: tuple[Promise, ...] = ()
        self.warm_up_key = ""

    def show(self, promises: Sequence[Promise]) -> None:
        """Show plans; none hides it. Figures known before stay until new ones come."""
        known = {(p.name, p.days): p for p in self.promises}
        self.promises = tuple(known.get((p.name, p.days), p) if p.now is None else p for p in promises)
        self.display = bool(self.promises)
        more = len(self.promises) > SHOWN
        self.styles.height = 2 * min(SHOWN, len(self.promises)) + more
        self.refresh()

    def render(self) -> Text:
        """Two lines a plan."""
        lines = []
        for promise in self.promises[:SHOWN]:
            lines += self._lines(promise)
        if len(self.promises) > SHOWN:
            lines.append(Text(f"and {plural(len(self.promises) - SHOWN, 'plan')} more"))
        return Text("\n").join(lines)

    def _lines(self, promise: Promise) -> list[Text]:
        if promise.days <= 0:
            at = f" at {promise.time}" if promise.time else ""
            return [
                Text.assemble((f"{promise.name} is today{at}.", "bold")),
                Text(f"{self.warm_up_key}  ten minutes of one line each, what is most at risk first"),
            ]
        left = plural(promise.sessions, "session") + " left" if promise.sessions else ""
        left = "a day off today" if promise.is_off else left
        if not promise.cards:
            left = "no card is left in it"
        return [
            self._line(
                f"{promise.name}, {days_ahead(promise.days)}", "you would recall", promise.now, bold=True
            ),
            self._line(left, "if you keep the plan", promise.kept, bold=False),
        ]

    def _line(self, left: str, label: str, share: float | None, *, bold: bool) -> Text:
        width = self.size.width
        name = Text(left, style="bold" if bold else "", no_wrap=True)
        figure = " " * 5 if share is None else f"{percent(share):>5}"
        if width < NARROW:
            right = f"{label:<21}{figure}"
        else:
            label = "on the day you would recall" if label == "you would recall" else label
            drawn = bar(share or 0.0, BAR)
            right = f"{label:<30}{drawn} {figure}"
        name.truncate(
            max(8, min(width - len(right) - 1, max(NAME, width - len(right) - 1))), overflow="ellipsis"
        )
        space = max(1, width - name.cell_len - len(right))
        return name + Text(" " * space) + Text(right)
