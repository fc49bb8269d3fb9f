"""`due`, `review`, `undo`, `history`: the schedule from a script or a prompt."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from interviewprep.cli.context import (
    iso,
    iso_day,
    json_option,
    open_desk,
    print_json,
    selection_of,
    selection_options,
    when,
)

if TYPE_CHECKING:
    from interviewprep.store.records import PastReview
    from interviewprep.study.desk import Desk

RATINGS = {"again": 1, "hard": 2, "good": 3, "easy": 4}
RATINGS |= {str(n): n for n in RATINGS.values()}


@click.command("due", epilog="Example: interviewprep due optimizers --json")
@selection_options
@click.option("--at", metavar="TIME", help="As of this moment instead of now, e.g. 2026-12-01T09:30.")
@json_option
@click.pass_obj
def due_command(
    deck_folders: Sequence[str],
    *,
    decks: tuple[str, ...],
    tags: tuple[str, ...],
    levels: tuple[str, ...],
    text: str,
    at: str | None,
    as_json: bool,
) -> int:
    """Say how much is to do today: due cards (with repeats) and new ones, within the day's limits."""
    from interviewprep.study.due import due_counts

    selection = selection_of(decks, tags, levels, text)
    with open_desk(deck_folders) as desk:
        moment = when(at)
        day = desk.today() if moment is None else desk.study_day(moment)
        counts = due_counts(desk, selection, today=day)
        due = counts.total - counts.new
        if as_json:
            print_json({"study_day": iso_day(day), "due": due, "new": counts.new, "total": counts.total})
        else:
            click.echo(f"{due} due, {counts.new} new")
    return 0


@click.command(
    "review", epilog="Example: interviewprep review optimizers#momentum good --at 2026-12-01T09:30"
)
@click.argument("card")
@click.argument("rating", type=click.Choice(list(RATINGS), case_sensitive=False))
@click.option("--at", metavar="TIME", help="When it was answered, instead of now.")
@json_option
@click.pass_obj
def review_command(
    deck_folders: Sequence[str], *, card: str, rating: str, at: str | None, as_json: bool
) -> int:
    """Record one answer of CARD without asking it: 1 again, 2 hard, 3 good, 4 easy."""
    from interviewprep.study.record import record_answer

    with open_desk(deck_folders) as desk:
        name = desk.library.resolve(card)
        moment = when(at) or desk.clock()
        recorded = record_answer(desk, name, RATINGS[rating.casefold()], moment)
        after = recorded.after
        due = None if after is None else iso_day(after.due_day)
        if as_json:
            print_json(
                {
                    "id": recorded.review_id,
                    "card": name,
                    "rating": RATINGS[rating.casefold()],
                    "due": due,
                    "stability": None if after is None else round(after.stability, 4),
                    "difficulty": None if after is None else round(after.difficulty, 4),
                    "leech": recorded.leech,
                }
            )
        else:
            click.echo(f"{name}: recorded, due {due}" + (", suspended as a leech" if recorded.leech else ""))
    return 0


@click.command("undo", epilog="Example: interviewprep undo")
@json_option
@click.pass_obj
def undo_command(deck_folders: Sequence[str], *, as_json: bool) -> int:
    """Take back the last answer or mark made on this device; call it again for the one before."""
    with open_desk(deck_folders) as desk:
        undone = desk.store.undo(now=desk.clock())
        if as_json:
            print_json({"undone": undone.kind if undone else None, "card": undone.card if undone else None})
        else:
            click.echo(
                f"Took back: {undone.kind} of {undone.card}" if undone else "There is nothing to undo."
            )
    return 0 if undone else 1


@click.command("history", epilog="Example: interviewprep history momentum --limit 20")
@click.argument("card", required=False)
@click.option("--limit", type=click.IntRange(1), default=50, show_default=True, help="Newest N answers.")
@json_option
@click.pass_obj
def history_command(deck_folders: Sequence[str], *, card: str | None, limit: int, as_json: bool) -> int:
    """Show past answers, newest first, of one CARD or of all; undone ones are marked."""
    with open_desk(deck_folders) as desk:
        name = desk.library.resolve(card) if card else None
        reviews = desk.store.history(name, limit=limit, include_undone=True)
        if as_json:
            print_json([_history_json(r) for r in reviews])
        else:
            for review in reviews:
                click.echo(_history_line(review))
            if not reviews:
                click.echo("No answers yet.")
    return 0


def _history_json(review: PastReview) -> dict[str, object]:
    return {
        "id": review.id,
        "card": review.card,
        "at": iso(review.at_ms),
        "study_day": iso_day(review.study_day),
        "mode": review.mode,
        "reason": review.reason,
        "rating": review.rating,
        "duration_ms": review.duration_ms,
        "answer": review.answer,
        "predicted": review.predicted,
        "stability": review.stability_after,
        "difficulty": review.difficulty_after,
        "interval_days": review.interval_days,
        "undone": review.undone,
    }


def _history_line(review: PastReview) -> str:
    names = ["", "Again", "Hard", "Good", "Easy"]
    rating = names[review.rating or 0] or "-"
    interval = f"{review.interval_days} d" if review.interval_days is not None else review.mode
    undone = "  (undone)" if review.undone else ""
    return f"{iso(review.at_ms)[:16].replace('T', ' ')}  {rating:<5}  {interval:>6}  {review.card}{undone}"


def print_today(desk: Desk) -> None:
    """The home screen as plain lines."""
    from interviewprep.render.words import duration, plural
    from interviewprep.study.overview import overview

    found = overview(desk)
    click.echo(f"Today: {found.due} due, {found.counts.new} new, {duration(found.seconds)}.")
    if found.streak:
        click.echo(f"{plural(found.streak, 'day')} in a row.")
    for row in found.decks:
        click.echo(f"  {row.id}: {row.due} due, {row.new} new, {plural(row.cards, 'card')}")
    for problem in desk.library.problems:
        if problem.severity == "error":
            click.echo(str(problem), err=True)
    click.echo("Start with: interviewprep drill")
