"""Numeric checks one after another, without the schedule; nothing is recorded."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.widget import Widget

from interviewprep.tui.screens.check_asking import CheckAsking
from interviewprep.tui.screens.drill import LOW_ROWS
from interviewprep.tui.widgets.drill_view import DrillView

if TYPE_CHECKING:
    from interviewprep.checks.registry import AnyFamily
    from interviewprep.study.drill import Response
    from interviewprep.study.rounds import Round


class PracticeScreen(CheckAsking):
    """Asks until the learner leaves, every kind once before any comes again."""

    PLACES: ClassVar[tuple[str, ...]] = ("check", "check_writing", "check_next")
    COUNTS = False

    def __init__(self, families: Sequence[AnyFamily], *, mental: bool, rng: Random) -> None:
        super().__init__()
        self._families = tuple(families)
        self._mental = mental
        self._rng = rng
        self._left: list[AnyFamily] = []
        self._round: Round | None = None
        self.asked = 0
        self.right = 0

    @property
    def check(self) -> Round | None:
        """What is asked now."""
        return self._round

    @property
    def place(self) -> str:
        """Where the learner is."""
        return "check" if self._round is None else self.check_place(self._round)

    @property
    def body(self) -> Widget:
        """What scrolls."""
        return self.view.body

    def compose(self) -> ComposeResult:
        """The same view as in a drill."""
        yield DrillView()

    def on_mount(self) -> None:
        """Ask the first."""
        self.set_class(self.app.size.height < LOW_ROWS, "low")
        self.next_check()

    def on_resize(self, event: events.Resize) -> None:
        """Less air on low screens."""
        self.set_class(event.size.height < LOW_ROWS, "low")

    def on_screen_suspend(self) -> None:
        """Another screen is open: its time is not answering time."""
        self.stopwatch.pause()

    def on_screen_resume(self) -> None:
        """Back."""
        self.stopwatch.resume()

    def next_check(self, message: str = "") -> None:
        """Another kind with other numbers."""
        from interviewprep.checks.recipe import read_recipe
        from interviewprep.checks.variants import SEEDS
        from interviewprep.study.rounds import Round

        if not self._left:
            self._left = list(self._families)
            self._rng.shuffle(self._left)
        family = self._left.pop()
        recipe = read_recipe(family.name, {}, {}, mental=self._mental)
        seed = 1 + int(self._rng.random() * (SEEDS - 1))
        self._round = Round(f"practice#{family.name}:{seed}", recipe, 0, is_lesson=False, fixed_seed=seed)
        self.when_check_ready(self.begin_check)

    def practised_check(self, response: Response, part: str) -> None:
        """Only count."""
        self.asked += 1
        self.right += self._round is not None and bool(self._round.tries) and not self._round.has_mistake

    def check_facts(self, asked: Round) -> Sequence[str]:
        """The score and the variant."""
        score = [f"{self.right} of {self.asked} right"] if self.asked else []
        return [*score, *super().check_facts(asked)]

    def check_keys(self, place: str) -> list[tuple[str, str]]:
        """Without what only a card has."""
        names = {"check": "check_practice", "check_next": "check_next_practice"}
        return self.prep.keymap.footer(names.get(place, place))

    def action_write(self) -> None:
        """Into the field."""
        self.check_write()

    def action_leave_field(self) -> None:
        """Out of the field."""
        self.check_leave_field()

    def action_hint(self) -> None:
        """The next step of the working."""
        self.check_hint()

    def on_answer_field_handed_in(self) -> None:
        """Enter in the field."""
        self.check_handed_in()

    def action_rate(self, value: int) -> None:
        """Nothing is rated here."""
        self.view.say("Nothing is rated here.")

    def action_leave(self) -> None:
        """Back to the topics."""
        self.prep.leave_screen()
