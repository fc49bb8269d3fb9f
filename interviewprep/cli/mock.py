"""`interviewprep mock`: a mock interview, its report as a page, and the list of past ones."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from interviewprep.cli.context import is_interactive, iso, json_option, open_desk, print_json

if TYPE_CHECKING:
    from interviewprep.study.mock_past import PastMock
    from interviewprep.study.scorecard import Scorecard

SHORT_ID = 13
"""Of a UUIDv7: the part that says when, to the millisecond."""


@click.group(
    "mock",
    invoke_without_command=True,
    epilog='Example: interviewprep mock --minutes 15 --role "LLM engineer" --spoken',
)
@click.option("--minutes", type=click.IntRange(2, 180), metavar="M", help="How long it takes; 20.")
@click.option(
    "--topics",
    multiple=True,
    metavar="DECK",
    help="Only this deck or tag; several with commas, or several times.",
)
@click.option(
    "--level",
    "levels",
    multiple=True,
    type=click.Choice(["easy", "medium", "hard"]),
    help="Only questions of this level (may be given several times).",
)
@click.option("--role", metavar="ROLE", help="What you apply for; ML engineer.")
@click.option("--typed", is_flag=True, help="Type the answers (default); they are graded.")
@click.option("--spoken", is_flag=True, help="Speak the answers; you tick what you said.")
@click.option("--weakest", is_flag=True, help="Ask what you would recall worst (default).")
@click.option(
    "--random",
    "any_topics",
    is_flag=True,
    help="Ask a bit of every topic: finds what is weak where nothing was asked yet.",
)
@click.option("--new", is_flag=True, help="Begin anew though one is unfinished; that one ends.")
@click.option("--plain", is_flag=True, help="Plain lines, for pipes and screen readers.")
@click.pass_context
def mock_command(
    ctx: click.Context,
    *,
    minutes: int | None,
    topics: tuple[str, ...],
    levels: tuple[str, ...],
    role: str | None,
    typed: bool,
    spoken: bool,
    weakest: bool,
    any_topics: bool,
    new: bool,
    plain: bool,
) -> int | None:
    """Rehearse an interview: questions from broad to deep, follow-ups, a clock, a scorecard.

    Answers are kept and do not touch the schedule; what you were sure of and had wrong comes again in
    the drill. A closed terminal loses nothing: `mock` without options goes on where it stopped.
    """
    if ctx.invoked_subcommand is not None:
        return None
    if typed and spoken:
        raise click.UsageError("--typed and --spoken exclude each other: leave one of them out.")
    if weakest and any_topics:
        raise click.UsageError("--weakest and --random exclude each other: leave one of them out.")
    from interviewprep.study.mock import Mock
    from interviewprep.study.mock_openings import USUAL_ROLE
    from interviewprep.study.mock_options import MockOptions
    from interviewprep.study.mock_past import unfinished

    options = MockOptions(
        minutes=minutes or MockOptions().minutes,
        topics=tuple(t.strip() for given in topics for t in given.split(",") if t.strip()),
        levels=levels,
        role=role or USUAL_ROLE,
        spoken=spoken,
        random=any_topics,
    )
    # Whoever says how it should be wants another one than the unfinished.
    is_new = new or any((minutes, topics, levels, role, typed, spoken, weakest, any_topics))
    with open_desk(ctx.obj or ()) as desk:
        open_one = unfinished(desk)
        if open_one is not None and not is_new:
            mock = open_one
            click.echo(
                "Going on with the mock interview that is unfinished (--new begins another).", err=True
            )
        else:
            mock = Mock.begin(desk, options)
            if not (weakest or any_topics) and not desk.store.states():
                click.echo(
                    "(Nothing was asked yet, so no topic is known to be weak: --random asks a bit of each.)",
                    err=True,
                )
            if open_one is not None:
                open_one.finish()
        if plain or desk.settings.plain or not is_interactive():
            from interviewprep.cli.line_mock import LineMock

            return LineMock(mock).run()
        from interviewprep.tui import run_mock

        return run_mock(desk, mock)


@mock_command.command("list", epilog="Example: interviewprep mock list --json")
@json_option
@click.pass_obj
def list_command(deck_folders: Sequence[str], *, as_json: bool) -> int:
    """List past mock interviews, newest first."""
    from interviewprep.study.mock_past import past_mocks

    with open_desk(deck_folders) as desk:
        past = past_mocks(desk)
    if as_json:
        print_json([_listed(p) for p in past])
        return 0
    for line in map(_line, past):
        click.echo(line)
    if not past:
        click.echo("No mock interview yet.")
    return 0


@mock_command.command("report", epilog="Example: interviewprep mock report --html interview.html")
@click.argument("name", required=False, default="", metavar="[ID]")
@click.option(
    "--html", type=click.Path(path_type=Path), metavar="FILE", help="Write a page to send or print."
)
@click.option("--markdown", type=click.Path(path_type=Path), metavar="FILE", help="Write it as Markdown.")
@click.option("--force", is_flag=True, help="Replace FILE whatever it is.")
@json_option
@click.pass_obj
def report_command(
    deck_folders: Sequence[str],
    *,
    name: str,
    html: Path | None,
    markdown: Path | None,
    force: bool,
    as_json: bool,
) -> int:
    """Show the scorecard of a mock interview, the last one by default, or write it to a file.

    ID is an id of `mock list`, or its beginning. FILE - is stdout.
    """
    from interviewprep.errors import NotFoundError
    from interviewprep.study.mock import Mock
    from interviewprep.study.mock_past import past_mocks

    with open_desk(deck_folders) as desk:
        if not name:
            name = next((p.id for p in past_mocks(desk) if not p.is_open), "")
            if not name:
                raise NotFoundError(
                    "No mock interview is finished yet.", hint="`interviewprep mock` begins one."
                )
        mock = Mock.resume(desk, name)
        if mock.ended_at_ms is None:
            raise NotFoundError(
                f"The mock interview {name} is not finished.",
                hint="`interviewprep mock` goes on with it; :e there, or e on the screen, ends it.",
            )
        card = mock.scorecard()
        day = desk.study_day(_moment(card.started_at_ms))
    written = [_write(card, day, file, kind, force=force) for kind, file in _files(html, markdown)]
    if as_json:
        print_json({"id": card.session_id, "at": iso(card.started_at_ms), **card.to_json(), "files": written})
    elif written:
        for file in written:
            if file != "-":
                click.echo(f"Written: {file}")
    else:
        from interviewprep.cli.line_mock import comparison_lines, scorecard_lines

        for line in (*scorecard_lines(card), *comparison_lines(card)):
            click.echo(line)
    return 0


def _files(html: Path | None, markdown: Path | None) -> list[tuple[str, Path]]:
    return [(kind, file) for kind, file in (("html", html), ("markdown", markdown)) if file is not None]


def _write(card: Scorecard, day: int, file: Path, kind: str, *, force: bool) -> str:
    from interviewprep.exchange.report import write_report

    if str(file) == "-":
        import sys

        write_report(card, sys.stdout, kind=kind, day=day)
        return "-"
    from interviewprep.exchange.report import BEGINNINGS
    from interviewprep.exchange.target import replacing_text, starts_with

    with replacing_text(file, is_ours=starts_with(BEGINNINGS[kind]), force=force) as stream:
        write_report(card, stream, kind=kind, day=day)
    return str(file)


def _moment(at_ms: int) -> datetime:
    return datetime.fromtimestamp(at_ms / 1000, UTC)


def _listed(past: PastMock) -> dict[str, object]:
    options = past.options
    return {
        "id": past.id,
        "at": iso(past.started_at_ms),
        "role": options.role,
        "minutes": options.minutes,
        "spoken": options.spoken,
        "random": options.random,
        "open": past.is_open,
        "score": past.score,
        "questions": past.result.get("questions", 0),
        "misconceptions": past.result.get("misconceptions", 0),
        "study_next": past.result.get("study_next", []),
    }


def _line(past: PastMock) -> str:
    from interviewprep.render.words import percent, plural

    at = iso(past.started_at_ms)[:16].replace("T", " ")
    score = "unfinished" if past.is_open else "no answer" if past.score is None else percent(past.score)
    options = past.options
    how = f"{plural(options.minutes, 'minute')}, {'spoken' if options.spoken else 'typed'}"
    return f"{past.id[:SHORT_ID]}  {at}  {score:>10}  {options.role}, {how}"
