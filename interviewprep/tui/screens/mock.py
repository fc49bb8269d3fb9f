"""A mock interview on the full screen: question after question against the clock, without a way back."""

from __future__ import annotations

import math
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.widget import Widget

from interviewprep.errors import InterviewPrepError
from interviewprep.render.clean import clean
from interviewprep.render.scorecards import place_words, shortage_words
from interviewprep.render.words import clock
from interviewprep.study.mock import WARNING_SHARE, Mock
from interviewprep.study.mock_course import Asked, Stage
from interviewprep.tui.place import Step
from interviewprep.tui.screens.sureness import HOW_SURE, Sureness
from interviewprep.tui.stopwatch import DoublePress, Stopwatch
from interviewprep.tui.widgets.mock_view import MockView

if TYPE_CHECKING:
    from interviewprep.study.sheet import AnswerSheet

TICK_SECONDS = 1.0
KEEP_TICKS = 5
"""After so many ticks what is typed and the time spent are written down again."""
TITLE = "Mock interview"


class MockScreen(Sureness):
    """Asks one question after the other. What it decides, `Mock` knows."""

    PLACES: ClassVar[tuple[str, ...]] = ("mock", "mock_writing", "sure", "mock_ticks")

    def __init__(self, open_mock: Callable[[], Mock]) -> None:
        """`open_mock` is called once the store is open."""
        super().__init__()
        self._open_mock = open_mock
        self.mock: Mock | None = None
        self.asked: Asked | None = None
        self.sheet: AnswerSheet | None = None
        self.stopwatch = Stopwatch()
        self.presses = DoublePress()
        self._before_ms = 0
        self._ticks = 0
        self._is_empty_meant = False
        self._is_end_meant = False

    @property
    def place(self) -> str:
        """Answering, writing, saying how sure, or ticking."""
        if self.is_asking_sure:
            return "sure"
        if self.sheet is not None:
            return "mock_ticks"
        return "mock" if self.focused is None else "mock_writing"

    @property
    def view(self) -> MockView:
        """What is shown."""
        return self.query_one(MockView)

    @property
    def body(self) -> Widget:
        """What scrolls."""
        return self.view.body

    @property
    def spent_ms(self) -> int:
        """On what is open now, before a restart included."""
        return self._before_ms + self.stopwatch.ms

    # -- life ------------------------------------------------------------------------------------

    def compose(self) -> ComposeResult:
        """Empty until the store is open."""
        yield MockView()

    def on_mount(self) -> None:
        """The questions are drawn once the store is open."""
        self.view.show_head(TITLE, [])
        self.view.say("One moment …")
        self.prep.when_ready(self._begin)
        self.set_interval(TICK_SECONDS, self._tick)

    def _begin(self) -> None:
        try:
            self.mock = self._open_mock()
        except InterviewPrepError as error:
            if len(self.prep.screen_stack) > 1:
                self.prep.pop_screen()
            self.prep.show_trouble(error)
            return
        self._go_on()

    def on_screen_suspend(self) -> None:
        """The keys are being read: its time is not answering time."""
        self.stopwatch.pause()

    def on_screen_resume(self) -> None:
        """Back."""
        self.stopwatch.resume()

    def _go_on(self) -> None:
        """Whatever comes next: a question, points to tick, the end."""
        mock = self.mock
        if mock is None:
            return
        self._before_ms = mock.state.open_ms
        self.stopwatch.restart()
        self._is_empty_meant = self._is_end_meant = False
        self.forget_sure()
        self.asked, self.sheet = mock.asked(), None
        marking = mock.marking()
        if marking is not None:
            from interviewprep.study.sheet import AnswerSheet

            self.asked, self.sheet = marking.asked, AnswerSheet(marking.card)
            self.sheet.take(said=mock.state.ticks, stated=mock.state.ticks)
            self.set_focus(None)
            self._show_question(marking.asked, "")
            self.view.show_points(self.sheet)
            keymap = self.prep.keymap
            tick, settle = keymap.shown("tick"), keymap.shown("settle")
            self.view.say(f"{tick} ticks what you said (or stated wrongly), {settle} goes on. Time runs on.")
        elif self.asked is not None:
            self._show_question(self.asked, mock.state.draft)
            self.view.say(self._how_to_answer(self.asked))
            self.set_focus(None if mock.options.spoken else self.view.field)
        else:
            self._finish()
            return
        self._paint()

    def _how_to_answer(self, asked: Asked) -> str:
        said = ["This is not scored: warm up."] if asked.stage is Stage.OPENING else []
        if self.mock is not None and self.mock.options.spoken:
            said.append(f"Answer aloud; {self.prep.keymap.shown('spoken')} when you are done.")
        if self.mock is not None and asked.stage is Stage.OPENING:
            said.append(shortage_words(self.mock))
        return " ".join(said)

    def _finish(self) -> None:
        from interviewprep.tui.screens.scorecard import ScorecardScreen

        if self.mock is not None:
            self.mock.finish()
            self.prep.switch_screen(ScorecardScreen(self.mock))

    # -- painting --------------------------------------------------------------------------------

    def _show_question(self, asked: Asked, draft: str) -> None:
        kind = "Follow-up" if asked.stage is Stage.FOLLOW_UP else ""
        is_typed = self.mock is not None and not self.mock.options.spoken
        self.view.show_question(kind, asked.text, draft=draft, is_typed=is_typed)

    def _paint(self) -> None:
        keymap, place = self.prep.keymap, self.place
        pairs = keymap.footer(place)
        if place == "mock_writing":
            pairs = [("Enter", "hand in"), *pairs]
        elif place == "mock" and self.mock is not None and self.mock.options.spoken:
            pairs = [pair for pair in pairs if pair[1] != "write"]
        self.view.show_keys(pairs)
        self._paint_head()

    def _paint_head(self) -> None:
        mock, asked = self.mock, self.asked
        if mock is None or asked is None:
            return
        left = mock.seconds_left(self.spent_ms)
        spent = clock(self.spent_ms / 1000)
        is_marking = self.sheet is not None
        facts = [
            f"marking {spent}" if is_marking else f"{spent} of {clock(asked.target_seconds)}",
            f"{clock(math.ceil(left))} left" if left > 0 else "time is up",
            place_words(asked) if asked.number else "",
        ]
        self.view.show_head(clean(asked.topic) or TITLE, facts)

    def _tick(self) -> None:
        if self.mock is None or self.asked is None:
            return
        self._paint_head()
        self._ticks += 1
        if self._ticks % KEEP_TICKS == 0:
            self._keep()
        if self.place in {"mock", "mock_writing"}:
            self._warn(self.asked)

    def _warn(self, asked: Asked) -> None:
        """Say once that time is short, and once that it is over."""
        before, now = self.spent_ms / 1000 - TICK_SECONDS, self.spent_ms / 1000
        target = asked.target_seconds
        if before < target <= now:
            self.view.say("An interviewer would come in about now: finish the thought.")
        elif before < WARNING_SHARE * target <= now:
            self.view.say(f"{round((1 - WARNING_SHARE) * target)} seconds to go for this answer.")
        elif self.mock is not None and -TICK_SECONDS < self.mock.seconds_left(self.spent_ms) <= 0:
            self.view.say("The interview's time is up: this is the last answer.")

    def _keep(self) -> None:
        """Write down draft, ticks and time; where that fails it is tried again, and no answer is lost."""
        if self.mock is not None:
            ticks = self.sheet.said | self.sheet.stated if self.sheet is not None else ()
            with suppress(InterviewPrepError):
                self.mock.keep(self.spent_ms, self.view.field.text, ticks)

    # -- answering -------------------------------------------------------------------------------

    def action_write(self) -> None:
        """Into the field."""
        if self.mock is not None and not self.mock.options.spoken:
            self.set_focus(self.view.field)
            self._paint()

    def action_leave_field(self) -> None:
        """Out of the field; its text stays."""
        self.set_focus(None)
        self._paint()

    def on_answer_field_handed_in(self) -> None:
        """Enter in the field."""
        self.action_spoken()

    def action_spoken(self) -> None:
        """The answer is given: ask how sure, or go on. Nothing written is meant only when said twice."""
        mock, asked = self.mock, self.asked
        if mock is None or asked is None or self.presses.is_again("done"):
            return
        is_empty = not mock.options.spoken and not self.view.field.text.strip()
        if is_empty and not self._is_empty_meant:
            self._is_empty_meant = True
            self.view.say("Nothing is written. Enter again: pass on this question.")
            return
        if asked.asks_confidence and not is_empty:
            self.ask_sure(self._hand_in)
        else:
            self._hand_in()

    def show_asking_sure(self, keys: list[tuple[str, str]]) -> None:
        """Below what was written, which can no longer be seen as a field."""
        self.view.show_written(self.view.field.text.strip())
        self.view.say(HOW_SURE)
        self.view.show_keys(keys)

    def show_not_yet(self) -> None:
        """Back to the open question, which is not answered yet."""
        self.view.show_written("")
        self.view.say("")
        if self.mock is not None and not self.mock.options.spoken:
            self.view.field.display = True
            self.set_focus(self.view.field)
        self._paint()

    def _hand_in(self) -> None:
        if self.mock is None or self.presses.is_again("hand in"):
            return
        try:
            self.mock.hand_in(self.view.field.text, duration_ms=self.spent_ms, confidence=self.confidence)
            self._go_on()
        except InterviewPrepError as error:
            # What is not on disk was not answered: the question stays open.
            self.forget_sure()
            self.show_not_yet()
            self.prep.show_trouble(error)

    # -- marking one's own answer ----------------------------------------------------------------

    def move(self, by: Step, sign: int) -> None:
        """Through the points, else scroll."""
        if by != "line" or self.sheet is None or not self.view.move_point(sign):
            super().move(by, sign)

    def action_tick(self) -> None:
        """Tick or untick the line at the cursor (the first, where it was not moved yet)."""
        points = self.view.points
        if self.sheet is None or not points.count:
            return
        if points.at < 0:
            self.view.move_point(1)
        self.sheet.toggle(points.at)
        points.refresh()

    def action_settle(self) -> None:
        """Take the ticks and go on."""
        if self.mock is None or self.sheet is None or self.presses.is_again("settle"):
            return
        self.mock.mark(said=self.sheet.said, stated=self.sheet.stated, marking_ms=self.spent_ms)
        self._go_on()

    # -- leaving ---------------------------------------------------------------------------------

    def action_end_mock(self) -> None:
        """End now; the open question is left out. Only when asked twice."""
        if self._is_end_meant:
            self._finish()
            return
        self._is_end_meant = True
        key = self.prep.keymap.shown("end_mock")
        self.view.say(f"{key} again ends the interview here; what is open is left out.")

    def action_leave(self) -> None:
        """Leave; it goes on from here another time."""
        self._keep()
        self.prep.leave_screen()

    def action_quit(self) -> None:
        """Out of the program; it goes on from here another time."""
        self._keep()
        super().action_quit()
