"""Making, changing, ending and listing interview plans."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from interviewprep.errors import NotFoundError, PlanError
from interviewprep.memory.days import day_to_date
from interviewprep.store.times import to_ms
from interviewprep.study.desk import Desk
from interviewprep.study.plan_config import Plan, PlanCards
from interviewprep.study.plan_dates import read_days_off, read_interview

DEFAULT_NAME: Final = "Interview"
DEFAULT_MINUTES: Final = 25.0
MOST_MINUTES: Final = 720
LONGEST_NAME: Final = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanWish:
    """A plan as typed. None leaves what a plan had, or the default in a new one."""

    date: str
    """`2026-12-10`, `tomorrow`, `+16`, or a moment with its offset."""
    name: str = ""
    """Empty: the only plan there is, or a new one called `Interview`."""
    time: str | None = None
    minutes: float | None = None
    days_off: str | None = None
    decks: tuple[str, ...] | None = None
    """Deck ids, their ends, or folders."""
    tags: tuple[str, ...] | None = None
    levels: tuple[str, ...] | None = None
    topics: tuple[str, ...] | None = None
    """`deck:ID`, `tag:TAG`, `concept:ID`."""


def active_plans(desk: Desk) -> list[Plan]:
    """The plans that are not ended, the nearest interview first; one that is over may be among them."""
    return [Plan.of(saved) for saved in desk.plan_facts(desk.today()).plans]


def plan_named(desk: Desk, name: str) -> Plan:
    """The active plan of a name (case does not matter), or the only one where no name is given.

    Raises NotFoundError where there is none, PlanError where there are several.
    """
    plans = active_plans(desk)
    if not plans:
        raise NotFoundError("There is no interview plan.", "Make one: interviewprep plan set 2026-12-10")
    if not name:
        if len(plans) == 1:
            return plans[0]
        raise PlanError("There are several plans.", f"Name one: {_names(plans)}.")
    found = [plan for plan in plans if plan.name.casefold() == name.strip().casefold()]
    if not found:
        raise NotFoundError(f"There is no plan {name!r}.", f"There is: {_names(plans)}.")
    return found[0]


def set_plan(desk: Desk, wish: PlanWish, *, changes: Plan | None = None) -> tuple[Plan, bool]:
    """Make a plan, or change the one of its name; returns it and whether it is new.

    `changes` is the plan to change where it may get another name, too.

    The rule it follows is chosen afterwards (`plan_choice`). Raises PlanError or NotFoundError for a date
    that is past or cannot be read, minutes out of range, decks that do not exist, no cards at all.
    """
    now = desk.clock()
    today = desk.study_day(now)
    before = changes or _to_change(desk, wish.name, today)
    base = before or Plan(id="", name=_name(wish.name), interview_day=today, minutes=DEFAULT_MINUTES)
    at_time = base.time if wish.time is None else wish.time
    interview = read_interview(wish.date, at_time, today=today, study_day=desk.study_day, tz=desk.tz)
    interview_day = interview.day
    minutes = base.minutes if wish.minutes is None else wish.minutes
    if not 1 <= minutes <= MOST_MINUTES:
        raise PlanError(f"{minutes:g} minutes a day make no plan.", f"Write 1 to {MOST_MINUTES} minutes.")
    off = base.off if wish.days_off is None else read_days_off(wish.days_off)
    at_ms = max(to_ms(now), base.at_ms + 1)
    plan = replace(
        base,
        id=base.id or _new_id(at_ms),
        name=_free_name(desk, wish.name, base),
        interview_day=interview_day,
        minutes=minutes,
        cards=_cards(desk, base.cards, wish),
        off=off,
        time=interview.time,
        on_day=interview.date,
        begun_day=base.begun_day or today,
        choice=None,
        chosen_day=0,
        missed=0,
        missed_cost=0.0,
        at_ms=at_ms,
    )
    if not plan.heads(desk.library):
        raise PlanError(
            f"No card matches {plan.cards}.", "`interviewprep decks list` shows the decks and their tags."
        )
    if interview_day > today and len(off.between(today, interview_day)) == interview_day - today:
        raise PlanError(
            f"Every day until {day_to_date(interview.date).isoformat()} is off.", "Leave a day to study on."
        )
    desk.store.put_plan(plan.saved())
    return plan, before is None


def clear_plan(desk: Desk, name: str = "") -> Plan:
    """End a plan now; ordinary scheduling goes on from the same memory. Raises as `plan_named`."""
    plan = plan_named(desk, name)
    return _end(desk, plan)


def end_past_plans(desk: Desk) -> list[Plan]:
    """End the plans whose interview is over, and say which they are."""
    today = desk.today()
    return [_end(desk, plan) for plan in active_plans(desk) if plan.interview_day < today]


def ended_message(plan: Plan) -> str:
    """What to say of a plan that has ended by itself."""
    day = day_to_date(plan.on_day).isoformat()
    return f"The plan {plan.name} ended with the interview on {day}: ordinary scheduling goes on."


# -- inside --------------------------------------------------------------------------------------


def _end(desk: Desk, plan: Plan) -> Plan:
    at_ms = max(to_ms(desk.clock()), plan.at_ms + 1)
    ended = replace(plan, ended_at_ms=at_ms, at_ms=at_ms)
    desk.store.put_plan(ended.saved())
    return ended


def _to_change(desk: Desk, name: str, today: int) -> Plan | None:
    """The plan that a wish changes; None for a new one. One that is over is not revived."""
    plans = [plan for plan in active_plans(desk) if plan.interview_day >= today]
    if not name:
        if len(plans) > 1:
            raise PlanError("There are several plans.", f"Say which with --name: {_names(plans)}.")
        return plans[0] if plans else None
    wanted = _name(name).casefold()
    return next((plan for plan in plans if plan.name.casefold() == wanted), None)


def _free_name(desk: Desk, typed: str, base: Plan) -> str:
    """The name typed, or the one a plan has; no two plans share one."""
    name = _name(typed) if typed else base.name
    if any(p.id != base.id and p.name.casefold() == name.casefold() for p in active_plans(desk)):
        raise PlanError(f"There is another plan called {name}.", "Give it a name of its own.")
    return name


def _name(typed: str) -> str:
    from interviewprep.cards.text import clean

    name = " ".join(clean(typed).split())
    if len(name) > LONGEST_NAME:
        raise PlanError("The name is too long.", f"Write at most {LONGEST_NAME} characters.")
    return name or DEFAULT_NAME


def _cards(desk: Desk, before: PlanCards, wish: PlanWish) -> PlanCards:
    decks = before.decks
    if wish.decks is not None:
        resolved = [deck for typed in wish.decks for deck in desk.library.resolve_decks(typed)]
        decks = tuple(dict.fromkeys(resolved))
    if wish.tags:
        known = {tag for head in desk.library.heads for tag in head.tags.split()}
        for tag in wish.tags:
            if tag not in known:
                from interviewprep.cards.text import nearest

                raise NotFoundError(f"No card has the tag {tag!r}{nearest(tag, known)}.")
    return PlanCards(
        decks=decks,
        tags=before.tags if wish.tags is None else wish.tags,
        levels=before.levels if wish.levels is None else wish.levels,
        topics=before.topics if wish.topics is None else wish.topics,
    )


def _new_id(at_ms: int) -> str:
    from interviewprep.store.ids import new_id

    return new_id(at_ms)


def _names(plans: list[Plan]) -> str:
    return ", ".join(plan.name for plan in plans)
