"""The clock of a spoken answer: a line that fills calmly, with the target and two minutes marked."""

from __future__ import annotations

from rich.text import Text
from textual.timer import Timer
from textual.widget import Widget

from interviewprep.render.words import clock

LONG_SECONDS = 120


class Clock(Widget):
    """Shows how long the learner has been speaking; drawn once a second."""

    def __init__(self, *, target_seconds: int, id: str | None = None) -> None:
        super().__init__(id=id)
        self.target_seconds = target_seconds
        self.seconds = 0
        self._timer: Timer | None = None

    @property
    def is_running(self) -> bool:
        """Whether it counts."""
        return self._timer is not None

    def run(self) -> None:
        """Begin, or go on, counting."""
        if self._timer is None:
            self._timer = self.set_interval(1.0, self._tick)
        self.refresh()

    def hold(self) -> None:
        """Stop counting; the time stays shown."""
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
        self.refresh()

    def reset(self) -> None:
        """Back to nothing."""
        self.hold()
        self.seconds = 0

    def _tick(self) -> None:
        self.seconds += 1
        self.refresh()

    def render(self) -> Text:
        """`speaking 0:12  ━━━━━┃────────────────┃  0:30 short, 2:00 in full`."""
        word = "speaking" if self.is_running else "spoken"
        now = f"{word} {clock(self.seconds)}  "
        marks = (
            f"  {clock(self.target_seconds)} short, {clock(max(LONG_SECONDS, self.target_seconds))} in full"
        )
        if self.size.width < 60:
            marks = f"  {clock(self.target_seconds)}"
        return Text(now + self._line(self.size.width - len(now) - len(marks)) + marks, no_wrap=True)

    def _line(self, width: int) -> str:
        width = min(max(8, width), 48)
        full = max(LONG_SECONDS, self.target_seconds)
        done = min(width, self.seconds * width // full)
        mark = min(width - 1, self.target_seconds * width // full)
        line = ["━" if at < done else "─" for at in range(width)]
        line[mark] = "┃"
        line[-1] = "┃"
        return "".join(line)
