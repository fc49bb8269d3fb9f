"""Home: what is to do today, deck by deck; Enter starts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.widgets import Static

from interviewprep.errors import NotFoundError
from interviewprep.render.charts import bar
from interviewprep.render.words import day_label, duration, percent, plural
from interviewprep.study.drill import Drill, Options
from interviewprep.study.overview import DeckRow, Overview, overview, readiness
from interviewprep.study.selection import Selection
from interviewprep.tui.place import PlacedScreen, Step
from interviewprep.tui.widgets.bars import KeyBar, TopBar
from interviewprep.tui.widgets.plan_lines import PlanLines, Promise
from interviewprep.tui.widgets.rows import RowList

WELCOME = """\
A question comes up: answer it aloud or in writing (Tab), then press Space to see what a good answer has.
Tick what you said, take the rating that follows, or give your own: 1 Again, 2 Hard, 3 Good, 4 Easy.
What you forget comes back within minutes, what you know after days, then months. Enter starts."""

MENU = (("mock", "mock interview"), ("quiz", "quiz"), ("checks", "numeric checks"))
"""What else one can do, below today's cards."""


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the list: all decks together, or one."""

    deck: str
    """Deck id; empty for all."""
    title: str
    due: int
    new: int
    cards: int


class HomeScreen(PlacedScreen[None]):
    """Today at a glance."""

    PLACES: ClassVar[tuple[str, ...]] = ("home",)

    def __init__(self) -> None:
        super().__init__()
        self._recall: dict[str, float] = {}
        self._is_first_time = True

    def compose(self) -> ComposeResult:
        """Today, then the decks."""
        yield TopBar("interviewprep", id="head")
        yield Static(id="welcome", markup=False)
        yield PlanLines(id="plans")
        yield Static(id="today", markup=False)
        yield KeyBar([(self.prep.keymap.shown(action), words) for action, words in MENU], id="more")
        yield Columns(id="columns")
        yield RowList(self._draw, id="decks")
        yield Static(id="problems", markup=False)
        yield KeyBar(self.prep.keymap.footer("home"), id="foot")

    def on_mount(self) -> None:
        """Paint; predicted recall follows once the store is open."""
        self._paint()
        self.prep.when_ready(self._add_recall)
        self.prep.when_ready(self._look_ahead)

    def on_screen_resume(self) -> None:
        """Back from a drill: the figures have changed."""
        if self._is_first_time:
            self._is_first_time = False
            return
        self.desk.reload_decks()
        self._paint()
        self.prep.when_ready(self._add_recall)
        self.prep.when_ready(self._look_ahead)

    @property
    def _list(self) -> RowList[Line]:
        return self.query_one("#decks", RowList)

    def _paint(self) -> None:
        found = overview(self.desk)
        facts = [day_label(found.today, today=found.today, weekday=True), _streak(found.streak)]
        self.query_one("#head", TopBar).show("interviewprep", facts)
        welcome = self.query_one("#welcome", Static)
        welcome.update(Text(WELCOME))
        welcome.display = found.is_first_run
        promises = [Promise.of(plan, found.today) for plan in found.plans]
        lines = self.query_one("#plans", PlanLines)
        lines.warm_up_key = self.prep.keymap.shown("warm_up")
        lines.show(promises)
        self.query_one("#today", Static).update(_today(found))
        errors = [p for p in self.desk.library.problems if p.severity == "error"]
        problems = self.query_one("#problems", Static)
        problems.update(
            Text(f"{plural(len(errors), 'problem')} in decks: `interviewprep decks lint` shows them.")
        )
        problems.display = bool(errors)
        rows = [_line(row) for row in found.decks]
        total = Line("", "All decks", found.due, found.counts.new, sum(r.cards for r in rows))
        self._list.show([total, *rows], at=self._list.at)

    def _add_recall(self) -> None:
        self._recall = readiness(self.desk)
        self._list.refresh()

    def _look_ahead(self) -> None:
        """Work out what the interview plans promise, in a thread."""
        if self.query_one("#plans", PlanLines).promises:
            from interviewprep.tui.plan_work import promises

            def show(found: list[Promise]) -> None:
                if self.is_mounted:
                    self.query_one("#plans", PlanLines).show(found)

            self.run_worker(lambda: promises(self.prep, show), thread=True, exclusive=True, group="plans")

    def _draw(self, line: Line, width: int) -> Text:
        numbers = f"{line.due or '·':>6}{line.new or '·':>6}"
        if width >= WIDE:
            numbers += f"{line.cards:>7}"
            recall = self._recall.get(line.deck)
            numbers += f"   {bar(recall, 8)} {percent(recall):>5}" if recall else " " * 17
        title = Text(line.title, no_wrap=True)
        title.truncate(max(4, width - len(numbers)), overflow="ellipsis", pad=True)
        return title.append(numbers)

    def move(self, by: Step, sign: int) -> None:
        """Move through the decks."""
        self._list.move(by, sign)

    @property
    def _selection(self) -> Selection:
        chosen = self._list.chosen
        return Selection(decks=(chosen.deck,)) if chosen and chosen.deck else Selection()

    def on_row_list_chosen(self) -> None:
        """Clicked."""
        self.action_start()

    def action_start(self) -> None:
        """Drill what is chosen."""
        self._open(Options())

    def action_cram(self) -> None:
        """Cram what is chosen."""
        self.prep.when_ready(lambda: self._open(Options(cram=True)))

    def _open(self, options: Options) -> None:
        from interviewprep.tui.screens.drill import DrillScreen

        try:
            drill = Drill(self.desk, self._selection, options)
        except NotFoundError as error:
            self.prep.show_trouble(error)
            return
        self.prep.push_screen(DrillScreen(drill))

    def action_warm_up(self) -> None:
        """One line each, most at risk first."""
        self.prep.when_ready(lambda: self._open(Options.for_warm_up()))

    def action_plan(self) -> None:
        """Look at the interview plans; make one where there is none."""

        def go() -> None:
            from interviewprep.tui.screens.plan import PlanScreen
            from interviewprep.tui.screens.plan_form import PlanFormScreen

            has_plans = bool(self.query_one("#plans", PlanLines).promises)
            self.prep.push_screen(PlanScreen() if has_plans else PlanFormScreen(None))

        self.prep.when_ready(go)

    def action_checks(self) -> None:
        """Practise calculations."""
        from interviewprep.tui.screens.checks import ChecksScreen

        self.prep.push_screen(ChecksScreen())

    def action_quiz(self) -> None:
        """A quiz on what is chosen."""
        from interviewprep.tui.screens.quiz_start import QuizStartScreen

        self.prep.push_screen(QuizStartScreen(self._selection))

    def action_mock(self) -> None:
        """Set up a mock interview, or go on with one."""
        from interviewprep.tui.screens.mock_start import MockStartScreen

        self.prep.push_screen(MockStartScreen())

    def action_browse(self) -> None:
        """Browse, with the list in hand."""
        self._browse(searching=False)

    def action_find(self) -> None:
        """Browse, ready to type."""
        self._browse(searching=True)

    def _browse(self, *, searching: bool) -> None:
        from interviewprep.tui.screens.browse import BrowseScreen

        def go() -> None:
            self.prep.push_screen(BrowseScreen(searching=searching))

        self.prep.when_ready(go)

    def action_leave(self) -> None:
        """Leave the program."""
        self.prep.exit(return_code=0)


WIDE = 58
"""From this width on the number of cards and the predicted recall are shown."""


class Columns(Static):
    """The heading of the list."""

    def render(self) -> Text:
        """Aligned with the rows."""
        width = self.size.width - 2
        heads = f"{'due':>6}{'new':>6}" + (f"{'cards':>7}   {'recall today':<14}" if width >= WIDE else "")
        return Text("  deck".ljust(width + 2 - len(heads)) + heads, no_wrap=True, overflow="crop")


def _line(row: DeckRow) -> Line:
    return Line(row.id, row.title, row.due, row.new, row.cards)


def _streak(days: int) -> str:
    return "" if days < 2 else f"{days} days in a row"


def _today(found: Overview) -> Text:
    total = found.counts.total
    if not total and any(p.interview_day > found.today for p in found.plans):
        return Text("Nothing is left in today's plan. C asks all the same, as a cram.")
    if not total:
        return Text("Nothing is left for today. C asks all the same, as a cram.")
    new = f", {found.counts.new} of them new" if found.counts.new and found.due else ""
    if found.counts.new == total:
        new = ", all new"
    return Text.assemble(("Today  ", "bold"), f"{plural(total, 'card')}{new}, {duration(found.seconds)}")
