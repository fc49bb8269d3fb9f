"""`interviewprep drill` with its options."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import click

from interviewprep.cli.context import selection_of, selection_options


@click.command("drill", epilog="Example: interviewprep drill optimizers losses --new 5 --minutes 20")
@selection_options
@click.option(
    "--new",
    type=click.IntRange(0),
    metavar="N",
    help="New cards today instead of the setting's; an interview plan then does not choose.",
)
@click.option("--limit", type=click.IntRange(1), metavar="N", help="End after N answers.")
@click.option("--minutes", type=click.IntRange(1), metavar="M", help="End after M minutes of answering.")
@click.option(
    "--cram", is_flag=True, help="Ask all that match, hardest first, without touching the schedule."
)
@click.option(
    "--warm-up",
    is_flag=True,
    help="Ten minutes of one line each, what is most at risk first; the schedule stays as it is.",
)
@click.option("--plain", is_flag=True, help="Plain lines, for pipes and screen readers.")
@click.pass_obj
def drill_command(
    deck_folders: Sequence[str],
    *,
    decks: tuple[str, ...],
    tags: tuple[str, ...],
    levels: tuple[str, ...],
    text: str,
    new: int | None,
    limit: int | None,
    minutes: int | None,
    cram: bool,
    warm_up: bool,
    plain: bool,
) -> int:
    """Ask what is due and new, card after card; every answer is kept at once.

    With an interview plan (`plan set`) its cards come first, for its minutes of the day; `--minutes` and
    `--limit` give this sitting its own length instead.

    DECK is a deck's id or its end, e.g. `optimizers`. Where input or output is no terminal, the drill
    runs as plain lines.
    """
    from interviewprep.cli.quick import drill
    from interviewprep.study.drill import Options

    selection = selection_of(decks, tags, levels, text)
    options = Options(cram=cram, limit=limit or 0, new=new, minutes=minutes)
    if warm_up:
        options = replace(Options.for_warm_up(minutes), limit=limit or 0)
    return drill(deck_folders, selection, options, plain=plain)
