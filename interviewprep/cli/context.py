"""What commands share: the desk, filters, and printing as text or JSON."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, TypeVar

import click

from interviewprep.cli.quick import is_interactive, locate, open_desk

if TYPE_CHECKING:
    from interviewprep.study.selection import Selection

__all__ = [
    "is_interactive",
    "iso",
    "iso_day",
    "json_option",
    "locate",
    "open_desk",
    "print_json",
    "selection_of",
    "selection_options",
    "when",
]

F = TypeVar("F", bound=Callable[..., object])

Json = Mapping[str, object] | Sequence[object]


def selection_options(function: F) -> F:
    """Add the filter `[DECK...] --tag --level --text` to a command."""
    for option in (
        click.option("--text", default="", metavar="WORDS", help="Only cards that contain these words."),
        click.option(
            "--level",
            "levels",
            multiple=True,
            type=click.Choice(["easy", "medium", "hard"]),
            help="Only cards of this level (may be given several times).",
        ),
        click.option("--tag", "tags", multiple=True, help="Only cards with this tag."),
        click.argument("decks", nargs=-1, metavar="[DECK]..."),
    ):
        function = option(function)
    return function


def selection_of(decks: Sequence[str], tags: Sequence[str], levels: Sequence[str], text: str) -> Selection:
    """The filter as typed."""
    from interviewprep.study.selection import Selection

    return Selection(decks=tuple(decks), tags=tuple(tags), levels=tuple(levels), text=text)


json_option = click.option(
    "--json", "as_json", is_flag=True, help="Print JSON (docs/json.md) and nothing else."
)


def print_json(value: Json) -> None:
    """Print one JSON document on stdout."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


def when(typed: str | None) -> datetime | None:
    """Read `--at`: an ISO 8601 date and time, local where it has no offset."""
    if typed is None:
        return None
    try:
        at = datetime.fromisoformat(typed)
    except ValueError:
        raise click.BadParameter(
            f"{typed!r} is not a time; write e.g. 2026-12-01T09:30 or 2026-12-01T09:30+01:00",
            param_hint="--at",
        ) from None
    try:
        return at.astimezone(UTC)
    except (OverflowError, OSError):
        raise click.BadParameter(f"{typed!r} is too far away", param_hint="--at") from None


def iso(at_ms: int) -> str:
    """Epoch milliseconds as ISO 8601 in UTC."""
    return datetime.fromtimestamp(at_ms / 1000, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def iso_day(day: int) -> str:
    """A study day (days since 1970-01-01) as an ISO date."""
    from interviewprep.memory.days import day_to_date

    return day_to_date(day).isoformat()
