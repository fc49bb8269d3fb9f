"""An interview plan to look at: what you would recall on the day, by topic, and what would change it."""

from __future__ import annotations

from dataclasses import replace
from time import monotonic
from typing import TYPE_CHECKING, ClassVar

from rich.console import Group, RenderableType
from rich.text import Text
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Static

from interviewprep.render import plans
from interviewprep.render.words import day_label, percent, plural
from interviewprep.study.outlook import Outlook, outlook
from interviewprep.study.plan_choice import FORECAST_SECONDS, PlanStanding
from interviewprep.study.plan_dates import days_off_words
from interviewprep.study.planning import active_plans, clear_plan
from interviewprep.tui.place import PlacedScreen
from interviewprep.tui.plan_work import chosen_standings, considerate
from interviewprep.tui.widgets.bars import KeyBar, TopBar

if TYPE_CHECKING:
    from interviewprep.study.plan_config import Plan

PAGE = 97
MARGIN = 7
CURVE_ROWS = 6


class PlanScreen(PlacedScreen[None]):
    """One page a plan; the figures come from a thread."""

    PLACES: ClassVar[tuple[str, ...]] = ("plan",)

    def __init__(self) -> None:
        super().__init__()
        self._plans: list[Plan] = []
        self._at = 0
        self._found: dict[str, Outlook | PlanStanding] = {}
        self._ending = ""
        self._is_first_time = True

    def compose(self) -> ComposeResult:
        """One scrolling page."""
        yield TopBar("Interview plan", id="head")
        with Vertical(id="body"):
            yield Static(id="outlook", markup=False)
        yield Static(id="status", markup=False)
        yield KeyBar(self.prep.keymap.footer("plan"), id="foot")

    def on_mount(self) -> None:
        """The plan as it is kept; figures follow."""
        self._read()

    def on_screen_resume(self) -> None:
        """Back from changing it."""
        if self._is_first_time:
            self._is_first_time = False
            return
        self._found.clear()
        self._read()
        if not self._plans:
            self.prep.leave_screen()

    def on_resize(self) -> None:
        """The page is as wide as the screen."""
        self._paint()

    def _read(self) -> None:
        today = self.desk.today()
        self._plans = [plan for plan in active_plans(self.desk) if plan.interview_day >= today]
        self._at = min(self._at, max(0, len(self._plans) - 1))
        self._paint()
        if self._plans:
            self.run_worker(self._work, thread=True, exclusive=True, group="plans")

    @property
    def plan(self) -> Plan | None:
        """The plan that is shown."""
        return self._plans[self._at] if self._plans else None

    # -- in a thread -----------------------------------------------------------------------------

    def _work(self) -> None:
        with considerate() as pause:
            standings = chosen_standings(self.prep, pause)
            for standing in standings:
                self.prep.call_from_thread(self._take, standing.plan.id, standing)
            for standing in standings:
                end = monotonic() + FORECAST_SECONDS

                def is_over(end: float = end) -> bool:
                    return monotonic() > end

                found = outlook(self.desk, standing, is_over=is_over, pause=pause)
                self.prep.call_from_thread(self._take, standing.plan.id, found)

    def _take(self, plan_id: str, found: Outlook | PlanStanding) -> None:
        self._found[plan_id] = found
        standing = found if isinstance(found, PlanStanding) else found.standing
        self._plans = [
            replace(plan, choice=standing.plan.choice) if plan.id == plan_id else plan for plan in self._plans
        ]
        self._paint()

    # -- painting --------------------------------------------------------------------------------

    def _paint(self) -> None:
        plan = self.plan
        if plan is None:
            return
        today = self.desk.today()
        at = f" {plan.time}" if plan.time else ""
        facts = [plans.days_ahead(plan.interview_day - today)]
        facts.append(day_label(plan.on_day, today=today, weekday=True) + at)
        if len(self._plans) > 1:
            facts.append(f"{self._at + 1} of {len(self._plans)}")
        self.query_one("#head", TopBar).show(plan.name, facts)
        self.query_one("#outlook", Static).update(self._page(plan, today))

    def _page(self, plan: Plan, today: int) -> RenderableType:
        width = min(PAGE, max(40, self.size.width - MARGIN))
        off = days_off_words(plan.off)
        what = f"{plans.minutes_words(plan.minutes)} a day" + (f", not on {off}" if off else "")
        head = Text(f"{what}; {plan.cards}\n", style=self.prep.theme_variables["quiet"])
        found = self._found.get(plan.id)
        if found is None:
            return Group(head, Text("Working it out …"))
        if isinstance(found, PlanStanding):
            cards = plural(len(found.situation.cards), "card")
            now = f"On the day you would recall {percent(found.now)} of {cards}."
            return Group(head, Text(now), Text("Working out the rest …"))
        forecast = found.forecast
        curve = plans.readiness_curve(
            forecast.curve,
            now=forecast.now,
            today=today,
            interview_day=plan.interview_day,
            width=width,
            height=CURVE_ROWS,
        )
        parts: list[RenderableType] = [
            head,
            *_lines(plans.recall_lines(forecast)),
            Text(""),
            *_lines(plans.advice_lines(found)),
            Text(plans.left_line(forecast, plan)),
            Text(""),
            *_lines(curve),
            Text(""),
            *_lines(plans.deck_lines(found, width)),
            Text(""),
        ]
        first, *rest = plans.calibration_lines(found.calibration)
        return Group(*parts, Text(first), *_lines(rest))

    # -- keys ------------------------------------------------------------------------------------

    def action_change_plan(self) -> None:
        """Change this plan."""
        from interviewprep.tui.screens.plan_form import PlanFormScreen

        self.prep.push_screen(PlanFormScreen(self.plan))

    def action_new_plan(self) -> None:
        """A further plan."""
        from interviewprep.tui.screens.plan_form import PlanFormScreen

        self.prep.push_screen(PlanFormScreen(None))

    def action_other_plan(self) -> None:
        """The next of several."""
        if self._plans:
            self._at = (self._at + 1) % len(self._plans)
            self._ending = ""
            self._say("")
            self._paint()
            self.body.scroll_home(animate=False)

    def action_end_plan(self) -> None:
        """End the plan; the key has to be pressed twice."""
        plan = self.plan
        if plan is None:
            return
        if self._ending != plan.id:
            self._ending = plan.id
            key = self.prep.keymap.shown("end_plan")
            self._say(f"{key} again ends {plan.name}; ordinary scheduling goes on from the same memory.")
            return
        clear_plan(self.desk, plan.name)
        self._ending = ""
        self._say(f"Ended: {plan.name}.")
        self._read()
        if not self._plans:
            self.prep.leave_screen()

    def _say(self, text: str) -> None:
        self.query_one("#status", Static).update(Text(text))


def _lines(lines: list[str]) -> list[Text]:
    return [Text(line, no_wrap=len(line) < PAGE and "  " in line) for line in lines]
