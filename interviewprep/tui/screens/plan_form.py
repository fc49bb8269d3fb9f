"""Making or changing an interview plan: a short list; Enter writes or keeps, left and right change."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from rich.text import Text
from textual.app import ComposeResult
from textual.widgets import Input, Static

from interviewprep.errors import InterviewPrepError
from interviewprep.memory.days import day_to_date
from interviewprep.render.plans import days_ahead
from interviewprep.render.words import day_label, plural
from interviewprep.study.plan_dates import MOST_DAYS, days_off_words, read_days_off, read_interview, read_time
from interviewprep.study.planning import (
    DEFAULT_MINUTES,
    DEFAULT_NAME,
    PlanWish,
    active_plans,
    end_past_plans,
    set_plan,
)
from interviewprep.tui.place import PlacedScreen, Step
from interviewprep.tui.widgets.bars import KeyBar, TopBar
from interviewprep.tui.widgets.rows import RowList

if TYPE_CHECKING:
    from interviewprep.study.plan_config import Plan

MINUTES = (5, 10, 15, 20, 25, 30, 40, 50, 60, 75, 90, 120)
DAYS_OFF = ("none", "sun", "sat,sun")
FIRST_DAYS = 14
"""How far ahead a new plan's date lies before it is changed."""
NAME = 22
WRITTEN = ("date", "time", "minutes", "off", "name")
HINTS = {
    "date": "2026-12-10, tomorrow, or +16 for in 16 days",
    "time": "14:00, or empty",
    "minutes": "minutes a day",
    "off": "sat,sun,2026-12-24",
    "name": "a name, e.g. of the company",
}


class _Row(NamedTuple):
    id: str
    name: str
    value: str


@dataclass(frozen=True, slots=True)
class _Draft:
    day: int
    """Its date, as days since 1970-01-01."""
    time: str
    minutes: float
    off: str
    name: str
    decks: frozenset[str]
    """Ticked deck ids; all of them where the plan is for all cards."""


class PlanFormScreen(PlacedScreen[None]):
    """A draft of a plan, kept when its first row is chosen."""

    PLACES: ClassVar[tuple[str, ...]] = ("plan_form", "writing")

    def __init__(self, plan: Plan | None) -> None:
        super().__init__()
        self._before = plan
        self._writing = ""
        self._draft = _Draft(0, "", DEFAULT_MINUTES, "none", DEFAULT_NAME, frozenset())

    @property
    def place(self) -> str:
        """In the list, or writing a value."""
        return "writing" if self.focused is not None else "plan_form"

    def compose(self) -> ComposeResult:
        """The list, a field below it."""
        yield TopBar("Change the plan" if self._before else "A new interview plan", id="head")
        yield RowList(self._draw, id="rows")
        field = Input(id="search")
        field.cursor_blink = False
        field.display = False
        yield field
        yield Static(id="status", markup=False)
        yield KeyBar(self.prep.keymap.footer("plan_form"), id="foot")

    def on_mount(self) -> None:
        """From the plan, or from what is usual."""
        decks = frozenset(self._all_decks)
        plan = self._before
        if plan is None:
            names = {p.name.casefold() for p in active_plans(self.desk)}
            name = next(
                n
                for n in (DEFAULT_NAME, *(f"{DEFAULT_NAME} {i}" for i in range(2, 99)))
                if n.casefold() not in names
            )
            self._draft = replace(self._draft, day=self.desk.today() + FIRST_DAYS, decks=decks, name=name)
        else:
            self._draft = _Draft(
                plan.on_day,
                plan.time,
                plan.minutes,
                days_off_words(plan.off) or "none",
                plan.name,
                frozenset(plan.cards.decks).intersection(decks) or decks,
            )
        self._paint(at=0)

    @property
    def _all_decks(self) -> list[str]:
        asked = {head.deck for head in self.desk.library.heads if head.scheduled}
        return [deck.id for deck in self.desk.library.decks if deck.id in asked]

    @property
    def _list(self) -> RowList[_Row]:
        return self.query_one("#rows", RowList)

    # -- painting --------------------------------------------------------------------------------

    def _paint(self, at: int | None = None) -> None:
        draft, today = self._draft, self.desk.today()
        day = day_label(draft.day, today=today, weekday=True)
        every = len(self._all_decks)
        ticked = "all" if len(draft.decks) == every else f"{len(draft.decks)} of {every}"
        titles = {deck.id: deck.title for deck in self.desk.library.decks}
        rows = [
            _Row("keep", "Keep this plan", self._summary()),
            _Row("date", "  date", f"‹ {day}, {days_ahead(draft.day - today)} ›"),
            _Row("time", "  time", draft.time or "not said"),
            _Row("minutes", "  minutes a day", f"‹ {draft.minutes:g} ›"),
            _Row("off", "  days off", f"‹ {draft.off} ›"),
            _Row("name", "  name", draft.name),
            _Row("decks", "  decks", f"{ticked}; Enter ticks all or none"),
            *(
                _Row(f"deck:{d}", f"    {'✓' if d in draft.decks else '·'}", titles[d])
                for d in self._all_decks
            ),
        ]
        self._list.show(rows, at=self._list.at if at is None else at)

    def _summary(self) -> str:
        heads = [h for h in self.desk.library.heads if h.scheduled and h.deck in self._draft.decks]
        other = self._before.cards if self._before else None
        if other is not None and (other.tags or other.levels or other.topics):
            heads = [h for h in heads if replace(other, decks=()).matches(h)]
        return plural(len(heads), "card")

    def _draw(self, row: _Row, width: int) -> Text:
        name = Text(row.name, no_wrap=True)
        name.truncate(8 if row.id.startswith("deck:") else NAME, overflow="ellipsis", pad=True)
        name.append(row.value)
        name.truncate(width, overflow="ellipsis")
        return name

    def _say(self, text: str) -> None:
        self.query_one("#status", Static).update(Text(text))

    # -- changing --------------------------------------------------------------------------------

    def move(self, by: Step, sign: int) -> None:
        """Through the rows."""
        self._list.move(by, sign)

    def action_less(self) -> None:
        """The value before."""
        self._change(-1)

    def action_more(self) -> None:
        """The next value."""
        self._change(1)

    def _change(self, sign: int) -> None:
        row, draft = self._list.chosen, self._draft
        today = self.desk.today()
        if row is None:
            return
        if row.id == "date":
            day = max(today, min(draft.day + sign, today + MOST_DAYS))
            self._draft = replace(draft, day=day)
        elif row.id == "minutes":
            beside = [m for m in MINUTES if (m - draft.minutes) * sign > 0]
            if beside:
                self._draft = replace(draft, minutes=min(beside, key=lambda m: abs(m - draft.minutes)))
        elif row.id == "off":
            at = DAYS_OFF.index(draft.off) if draft.off in DAYS_OFF else 0
            self._draft = replace(draft, off=DAYS_OFF[(at + sign) % len(DAYS_OFF)])
        self._paint()

    def on_row_list_chosen(self) -> None:
        """Clicked."""
        self.action_choose_row()

    def action_choose_row(self) -> None:
        """Keep the plan, write a value, or tick a deck."""
        row, draft = self._list.chosen, self._draft
        if row is None:
            return
        self._say("")
        if row.id == "keep":
            self.prep.when_ready(self._keep)
        elif row.id in WRITTEN:
            self._write(row.id)
        elif row.id == "decks":
            every = frozenset(self._all_decks)
            self._draft = replace(draft, decks=frozenset() if draft.decks == every else every)
            self._paint()
        else:
            self._draft = replace(draft, decks=draft.decks ^ {row.id.removeprefix("deck:")})
            self._paint()

    def _write(self, what: str) -> None:
        draft = self._draft
        self._writing = what
        field = self.query_one(Input)
        field.value = {
            "date": day_to_date(draft.day).isoformat(),
            "time": draft.time,
            "minutes": f"{draft.minutes:g}",
            "off": "" if draft.off == "none" else draft.off,
            "name": draft.name,
        }[what]
        field.placeholder = HINTS[what]
        field.display = True
        self.set_focus(field)
        self._say(HINTS[what])
        self.query_one("#foot", KeyBar).show([("Enter", "take"), *self.prep.keymap.footer("writing")])

    def on_input_submitted(self) -> None:
        """Take what was written, or say what is wrong with it."""
        try:
            self._draft = self._written(self.query_one(Input).value.strip())
        except InterviewPrepError as error:
            self._say(f"{error.message} {error.hint}")
            return
        self.action_leave_field()

    def _written(self, value: str) -> _Draft:
        draft, desk = self._draft, self.desk
        if self._writing == "date":
            found = read_interview(value, "", today=desk.today(), study_day=desk.study_day, tz=desk.tz)
            return replace(draft, day=found.date, time=found.time or draft.time)
        if self._writing == "time":
            return replace(draft, time=read_time(value))
        if self._writing == "off":
            return replace(draft, off=days_off_words(read_days_off(value)) or "none")
        if self._writing == "name":
            return replace(draft, name=value or DEFAULT_NAME)
        try:
            return replace(draft, minutes=float(value))
        except ValueError:
            raise InterviewPrepError(f"{value!r} is not a number.", "Write minutes a day, e.g. 25.") from None

    def action_leave_field(self) -> None:
        """Back to the list."""
        self.set_focus(None)
        self.query_one(Input).display = False
        self._say("")
        self.query_one("#foot", KeyBar).show(self.prep.keymap.footer("plan_form"))
        self._paint()

    # -- keeping ---------------------------------------------------------------------------------

    def _keep(self) -> None:
        draft = self._draft
        if not draft.decks:
            self._say("Tick a deck first.")
            return
        every = frozenset(self._all_decks)
        try:
            end_past_plans(self.desk)
            set_plan(
                self.desk,
                PlanWish(
                    date=day_to_date(draft.day).isoformat(),
                    name=draft.name,
                    time=draft.time,
                    minutes=draft.minutes,
                    days_off=draft.off,
                    decks=()
                    if draft.decks == every
                    else tuple(d for d in self._all_decks if d in draft.decks),
                ),
                changes=self._before,
            )
        except InterviewPrepError as error:
            self._say(f"{error.message} {error.hint}")
            return
        self.prep.pop_screen()
