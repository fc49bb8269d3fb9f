"""Before a mock interview: go on with the unfinished one, set one up, or open a past scorecard."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.widgets import Static

from interviewprep.render.words import day_label, percent, plural
from interviewprep.study.mock import Mock
from interviewprep.study.mock_openings import ROLES
from interviewprep.study.mock_options import MockOptions
from interviewprep.study.mock_past import PastMock, past_mocks, unfinished
from interviewprep.tui.widgets.bars import KeyBar, TopBar
from interviewprep.tui.widgets.setup_rows import SetupRow, SetupRows, SetupScreen, beside

MINUTES = (5, 10, 15, 20, 30, 45, 60)
LEVELS: tuple[tuple[str, ...], ...] = ((), ("easy",), ("medium",), ("hard",))
PAST_SHOWN = 5
INTRODUCTION = """\
A rehearsal: an opening, then questions from broad to deep, each with a follow-up, against the clock.
No hints and no way back; the scorecard at the end has the answers. It does not touch your schedule."""


class MockStartScreen(SetupScreen):
    """A short list; Enter begins, left and right change a value."""

    PLACES: ClassVar[tuple[str, ...]] = ("mock_start",)

    def __init__(self, options: MockOptions | None = None) -> None:
        super().__init__()
        self.options = options or MockOptions()
        self._is_first_time = True
        self._unfinished: Mock | None = None
        self._past: list[PastMock] = []

    def compose(self) -> ComposeResult:
        """What it is, and the list."""
        yield TopBar("Mock interview", id="head")
        yield Static(Text(INTRODUCTION), id="welcome")
        yield SetupRows(id="rows")
        yield Static(id="status", markup=False)
        yield KeyBar(self.prep.keymap.footer("mock_start"), id="foot")

    def on_mount(self) -> None:
        """What is unfinished is known once the store is open."""
        self._paint()
        self.prep.when_ready(self._complete)

    def on_screen_resume(self) -> None:
        """Back from an interview."""
        if self.prep.is_ready:
            self._complete()

    def _complete(self) -> None:
        self._unfinished = unfinished(self.desk)
        if self._is_first_time and not self.desk.store.states():
            # Nothing was asked yet, so nothing is known to be weak.
            self.options = replace(self.options, random=True)
        self._is_first_time = False
        self._past = [p for p in past_mocks(self.desk, limit=2 * PAST_SHOWN) if not p.is_open][:PAST_SHOWN]
        self._paint(at=0)

    def _paint(self, at: int | None = None) -> None:
        rows = []
        if self._unfinished is not None:
            rows.append(SetupRow("resume", "Go on", _where(self._unfinished)))
        options = self.options
        topics = {d.id: d.title for d in self.desk.library.decks}
        topic = topics.get(options.topics[0], options.topics[0]) if options.topics else "all"
        rows += [
            SetupRow("begin", "Begin a new interview", ""),
            SetupRow("minutes", "  how long", f"‹ {plural(options.minutes, 'minute')} ›"),
            SetupRow(
                "spoken", "  answers", f"‹ {'spoken, you tick them' if options.spoken else 'typed, graded'} ›"
            ),
            SetupRow(
                "random",
                "  questions",
                f"‹ {'any topics, a placement' if options.random else 'what is weakest'} ›",
            ),
            SetupRow("role", "  role", f"‹ {options.role} ›"),
            SetupRow("topic", "  topic", f"‹ {topic} ›"),
            SetupRow("level", "  level", f"‹ {', '.join(options.levels) or 'all'} ›"),
        ]
        today = self.desk.today()
        rows += [
            SetupRow(p.id, f"Scorecard, {day_label(_day(self, p), today=today)}", _past_words(p))
            for p in self._past
        ]
        self.rows.show(rows, at=self.rows.at if at is None else at)

    def change(self, sign: int) -> None:
        """The value of the chosen row."""
        row, options = self.rows.chosen, self.options
        changes: dict[str, Callable[[], MockOptions]] = {
            "minutes": lambda: replace(options, minutes=beside(MINUTES, options.minutes, sign)),
            "spoken": lambda: replace(options, spoken=not options.spoken),
            "random": lambda: replace(options, random=not options.random),
            "role": lambda: replace(options, role=beside(ROLES, options.role, sign)),
            "topic": lambda: replace(options, topics=beside(self._topics(), options.topics, sign)),
            "level": lambda: replace(options, levels=beside(LEVELS, options.levels, sign)),
        }
        if row is not None and row.id in changes:
            self.options = changes[row.id]()
            self._paint()

    def _topics(self) -> list[tuple[str, ...]]:
        decks = dict.fromkeys(h.deck for h in self.desk.library.heads if h.kind == "qa")
        return [(), *((deck,) for deck in decks)]

    def on_row_list_chosen(self) -> None:
        """Clicked."""
        self.action_begin_mock()

    def action_begin_mock(self) -> None:
        """Go on, or open the scorecard of that row, or begin."""
        self.prep.when_ready(self._go)

    def _go(self) -> None:
        from interviewprep.tui.screens.mock import MockScreen
        from interviewprep.tui.screens.scorecard import ScorecardScreen

        row, found = self.rows.chosen, self._unfinished
        if row is not None and row.id == "resume" and found is not None:
            self.prep.push_screen(MockScreen(lambda: found))
        elif row is not None and row.id in {p.id for p in self._past}:
            self.prep.push_screen(ScorecardScreen(Mock.resume(self.desk, row.id)))
        else:
            self.prep.push_screen(MockScreen(self._new))

    def _new(self) -> Mock:
        mock = Mock.begin(self.desk, self.options)
        if self._unfinished is not None:
            self._unfinished.finish()
        return mock

    def action_leave(self) -> None:
        """Back, or out of the program."""
        self.prep.leave_screen()


def _where(mock: Mock) -> str:
    asked = mock.asked()
    number = asked.number if asked is not None else len(mock.state.entries)
    return f"question {max(1, number)} of {mock.count}, {mock.options.role}"


def _past_words(past: PastMock) -> str:
    score = "no answer" if past.score is None else percent(past.score)
    return f"{score:>5}  {past.options.role}, {plural(past.options.minutes, 'minute')}"


def _day(screen: MockStartScreen, past: PastMock) -> int:
    from datetime import UTC, datetime

    return screen.desk.study_day(datetime.fromtimestamp(past.started_at_ms / 1000, UTC))
