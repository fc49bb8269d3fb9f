"""`plan set`, `plan show`, `plan clear`: interview dates and what they promise."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from interviewprep.cli.context import is_interactive, iso_day, json_option, open_desk, print_json

if TYPE_CHECKING:
    from interviewprep.study.desk import Desk
    from interviewprep.study.job_description import Topic
    from interviewprep.study.outlook import Outlook
    from interviewprep.study.plan_choice import PlanStanding
    from interviewprep.study.plan_config import Plan

WIDTH = 76
CURVE_ROWS = 8


@click.group("plan", epilog="Example: interviewprep plan set 2026-12-10 --minutes 25")
def plan_command() -> None:
    """Study towards an interview's date: what to ask today so that most is known on that day."""


@plan_command.command("set", epilog="Example: interviewprep plan set 2026-12-10 --minutes 25 --name Acme")
@click.argument("date")
@click.option("--time", "at_time", metavar="HH:MM", help="When it begins, by your clock.")
@click.option("--minutes", type=float, metavar="M", help="To study on each day; 25 unless said.")
@click.option("--deck", "decks", multiple=True, help="Only this deck (may be given several times).")
@click.option("--tag", "tags", multiple=True, help="Only cards with this tag.")
@click.option(
    "--level",
    "levels",
    multiple=True,
    type=click.Choice(["easy", "medium", "hard"]),
    help="Only cards of this level.",
)
@click.option("--all", "all_cards", is_flag=True, help="All cards: forget the plan's decks, tags, levels.")
@click.option("--days-off", metavar="DAYS", help="E.g. sat,sun,2026-12-24; `none` for none.")
@click.option("--name", default="", metavar="TEXT", help="Of the plan; another name makes a further plan.")
@click.option(
    "--from",
    "description",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="A job description as a text file: its words choose the topics.",
)
@json_option
@click.pass_obj
def set_command(
    deck_folders: Sequence[str],
    *,
    date: str,
    at_time: str | None,
    minutes: float | None,
    decks: tuple[str, ...],
    tags: tuple[str, ...],
    levels: tuple[str, ...],
    all_cards: bool,
    days_off: str | None,
    name: str,
    description: Path | None,
    as_json: bool,
) -> int:
    """Make a plan for an interview on DATE, or change the one of that name.

    DATE is 2026-12-10, `tomorrow`, +16 (in 16 days), or a moment from another time zone such as
    2026-12-10T14:00+09:00. What is not said stays as it was.
    """
    from interviewprep.study.plan_choice import plans_standing
    from interviewprep.study.planning import PlanWish, set_plan

    with open_desk(deck_folders) as desk:
        topics: tuple[str, ...] | None = () if all_cards else None
        proposed: list[Topic] = []
        if description is not None:
            proposed = _topics(desk, description, quiet=as_json)
            topics = tuple(topic.key for topic in proposed)
        plan, is_new = set_plan(
            desk,
            PlanWish(
                date=date,
                name=name,
                time=at_time,
                minutes=minutes,
                days_off=days_off,
                decks=decks or (() if all_cards else None),
                tags=tags or (() if all_cards else None),
                levels=levels or (() if all_cards else None),
                topics=topics,
            ),
        )
        standing = next(s for s in plans_standing(desk) if s.plan.id == plan.id)
        standing = _with_rule(desk, standing)
        if as_json:
            from interviewprep.cli.plan_json import plan_json

            print_json({**plan_json(standing), "new": is_new})
        else:
            _say_set(standing, is_new=is_new)
    return 0


@plan_command.command("show", epilog="Example: interviewprep plan show --json")
@click.argument("name", default="")
@json_option
@click.pass_obj
def show_command(deck_folders: Sequence[str], *, name: str, as_json: bool) -> int:
    """Show the plans, or the one of a NAME: what you would recall on the day, now and if you keep it."""
    from interviewprep.study.outlook import outlook
    from interviewprep.study.plan_choice import FORECAST_SECONDS, plans_standing
    from interviewprep.study.planning import end_past_plans, ended_message, plan_named

    with open_desk(deck_folders) as desk:
        for ended in end_past_plans(desk):
            click.echo(ended_message(ended), err=True)
        wanted = plan_named(desk, name).id if name else ""
        found = []
        for standing in plans_standing(desk):
            if not wanted or standing.plan.id == wanted:
                chosen = _with_rule(desk, standing)
                found.append(outlook(desk, chosen, is_over=_deadline(FORECAST_SECONDS)))
        if as_json:
            from interviewprep.cli.plan_json import outlook_json

            print_json([outlook_json(one) for one in found])
        elif not found:
            click.echo("There is no interview plan. Make one: interviewprep plan set 2026-12-10")
        else:
            for place, one in enumerate(found):
                if place:
                    click.echo("")
                _show(desk, one)
    return 0


@plan_command.command("clear", epilog="Example: interviewprep plan clear Acme")
@click.argument("name", default="")
@json_option
@click.pass_obj
def clear_command(deck_folders: Sequence[str], *, name: str, as_json: bool) -> int:
    """End the plan of a NAME, or the only one; ordinary scheduling goes on from the same memory."""
    from interviewprep.study.planning import clear_plan

    with open_desk(deck_folders) as desk:
        plan = clear_plan(desk, name)
        if as_json:
            print_json({"plan": plan.name, "interview": iso_day(plan.on_day)})
        else:
            click.echo(f"Ended: {plan.name}. Ordinary scheduling goes on.")
    return 0


# -- inside --------------------------------------------------------------------------------------


def _deadline(seconds: float) -> Callable[[], bool]:
    end = time.monotonic() + seconds
    return lambda: time.monotonic() > end


def _with_rule(desk: Desk, standing: PlanStanding) -> PlanStanding:
    """The plan with a rule, choosing one now where that is due."""
    from dataclasses import replace

    from interviewprep.study.plan_choice import CHOICE_SECONDS, choose_rule, keep_choice

    if not standing.needs_choice:
        return standing
    plan = choose_rule(standing, is_over=_deadline(CHOICE_SECONDS))
    keep_choice(desk, plan)
    return replace(standing, plan=plan, missed=0)


def _topics(desk: Desk, path: Path, *, quiet: bool) -> list[Topic]:
    """The topics of a job description, as the learner confirms them."""
    from interviewprep.errors import PlanError
    from interviewprep.render.words import plural
    from interviewprep.study.job_description import propose_topics, read_description

    found = propose_topics(read_description(path), desk.library)
    if not found:
        raise PlanError(
            f"Nothing in {path} is the name of a deck, a tag or a concept.",
            "Choose by hand: --deck, --tag. `interviewprep decks list` shows the decks.",
        )
    if quiet:
        return found
    for number, topic in enumerate(found, 1):
        by = "" if topic.found == topic.title.casefold() else f'  (by "{topic.found}")'
        click.echo(f"{number:>3}  {topic.kind:<8}{topic.title}, {plural(topic.cards, 'card')}{by}")
    if not is_interactive():
        click.echo(f"Taken as they are: {len(found)} topics (no terminal to ask in).", err=True)
        return found
    return _confirmed(found)


def _confirmed(found: list[Topic]) -> list[Topic]:
    while True:
        typed = click.prompt(
            "Enter takes all; numbers leave some out (2 5); n stops", default="", show_default=False
        )
        words = typed.replace(",", " ").split()
        if [word.casefold() for word in words] in (["n"], ["no"]):
            raise click.Abort
        if all(word.isdecimal() and 1 <= int(word) <= len(found) for word in words):
            left_out = {int(word) for word in words}
            kept = [topic for number, topic in enumerate(found, 1) if number not in left_out]
            if kept:
                return kept
        click.echo(f"Write numbers from 1 to {len(found)}, and leave at least one.")


def _say_set(standing: PlanStanding, *, is_new: bool) -> None:
    from interviewprep.render.plans import plan_line, standing_lines
    from interviewprep.render.words import percent, plural

    plan, situation = standing.plan, standing.situation
    click.echo(("New plan: " if is_new else "Changed: ") + plan_line(plan, situation.today))
    click.echo(f"{plural(len(situation.cards), 'card')}: {plan.cards}")
    if off := _days_off(plan):
        click.echo(f"Days off: {off}")
    if plan.choice is not None:
        now, kept = percent(standing.now), percent(plan.choice.recall)
        click.echo(f"On the day you would recall {now} as of now, {kept} if you keep the plan.")
        click.echo("A prediction of a model; `interviewprep plan show` says more. Start: interviewprep drill")
    elif plan.interview_day == situation.today:
        click.echo("That is today: `interviewprep drill --warm-up` asks for one line each.")
    for line in standing_lines(standing):
        click.echo(line)


def _show(desk: Desk, found: Outlook) -> None:
    from interviewprep.render import plans
    from interviewprep.render.words import duration, plural
    from interviewprep.study.overview import overview

    standing, forecast = found.standing, found.forecast
    plan, today = standing.plan, standing.situation.today
    counts = overview(desk)
    lines = [plans.plan_line(plan, today), plans.left_line(forecast, plan)]
    lines.append(f"cards: {plan.cards}")
    if off := _days_off(plan):
        lines.append(f"days off: {off}")
    total, new = counts.counts.total, counts.counts.new
    work = f"{plural(total, 'card')}, {new} of them new, {duration(counts.seconds)}" if total else "no cards"
    lines.append(f"today: {work}" + ("; a day off" if _is_off_today(standing) else ""))
    lines += ["", *plans.recall_lines(forecast), ""]
    lines += plans.readiness_curve(
        forecast.curve,
        now=forecast.now,
        today=today,
        interview_day=plan.interview_day,
        width=WIDTH,
        height=CURVE_ROWS,
    )
    lines += ["", *plans.deck_lines(found, WIDTH), "", *plans.advice_lines(found), ""]
    lines += plans.calibration_lines(found.calibration)
    for line in lines:
        click.echo(line)


def _is_off_today(standing: PlanStanding) -> bool:
    """Whether the plan has today off."""
    return standing.situation.today in standing.situation.days_off


def _days_off(plan: Plan) -> str:
    from interviewprep.study.plan_dates import days_off_words

    return days_off_words(plan.off)
