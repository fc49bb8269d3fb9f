"""`export ...`: decks and progress for Anki, for other programs, and for paper."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import click

from interviewprep.cli.context import json_option, open_desk, print_json, selection_of

if TYPE_CHECKING:
    from interviewprep.exchange.anki.export import AnkiExport
    from interviewprep.exchange.ankiconnect import Pushed

STDOUT = "-"
SHOWN = 10
"""Removed cards named one by one."""


def _cards_options(function: Callable[..., object]) -> Callable[..., object]:
    """`--tag`, `--level` and `--force`; the decks are arguments."""
    for option in (
        click.option("--force", is_flag=True, help="Replace FILE whatever it is."),
        click.option(
            "--level",
            "levels",
            multiple=True,
            type=click.Choice(["easy", "medium", "hard"]),
            help="Only cards of this level (may be given several times).",
        ),
        click.option("--tag", "tags", multiple=True, help="Only cards with this tag."),
    ):
        function = option(function)
    return function


_progress_option = click.option(
    "--with-progress/--no-progress", default=True, help="With due dates and history (default), or without."
)
_as_option = click.option(
    "--as",
    "shape",
    type=click.Choice(["split", "one"]),
    default="split",
    help="A deck in Anki for each deck here (split, the default), or all cards in one.",
)


@click.group("export", epilog="Example: interviewprep export anki cards.apkg optimizers")
def export_command() -> None:
    """Write decks and progress for Anki, for other programs, or to print.

    An earlier export is replaced; any other file only with --force. FILE - is stdout, but not for anki.
    """


@export_command.command("anki", epilog="Example: interviewprep export anki cards.apkg optimizers losses")
@click.argument("arguments", nargs=-1, metavar="FILE.apkg [DECK]...")
@_cards_options
@_progress_option
@_as_option
@click.option(
    "--push", is_flag=True, help="Send to the Anki running here (add-on AnkiConnect); FILE may be left out."
)
@json_option
@click.pass_obj
def anki_command(
    deck_folders: Sequence[str],
    *,
    arguments: tuple[str, ...],
    tags: tuple[str, ...],
    levels: tuple[str, ...],
    force: bool,
    with_progress: bool,
    shape: str,
    push: bool,
    as_json: bool,
) -> int:
    """Write a package that Anki imports: new notes are added, changed ones updated, nothing is doubled."""
    from interviewprep.exchange import ankiconnect
    from interviewprep.exchange.anki.export import export_package, remember

    file = Path(arguments[0]) if arguments and arguments[0].endswith(".apkg") else None
    if file is None and not push:
        raise click.UsageError("FILE is missing: write a name that ends in .apkg first.")
    decks = arguments[1:] if file else arguments
    selection = selection_of(decks, tags, levels, "")
    with open_desk(deck_folders) as desk:
        with _package_place(file, force=force) as package:
            made = export_package(
                desk, package, selection, with_progress=with_progress, as_one=shape == "one"
            )
            pushed = ankiconnect.push(package, address=ankiconnect.ADDRESS) if push and file is None else None
        remember(desk, made)
    if push and file:
        pushed = ankiconnect.push(file, address=ankiconnect.ADDRESS)
    if as_json:
        print_json(
            {
                "file": str(file) if file else None,
                "notes": made.notes,
                "new": made.new,
                "changed": made.changed,
                "reviews": made.reviews,
                "decks": list(made.decks),
                "removed": list(made.removed),
                "pushed": pushed._asdict() if pushed else None,
            }
        )
    else:
        for line in _anki_lines(made, file, pushed, with_progress=with_progress):
            click.echo(line)
    return 0


@export_command.command("csv", epilog="Example: interviewprep export csv cards.tsv --tag transformer")
@click.argument("file")
@click.argument("decks", nargs=-1, metavar="[DECK]...")
@_cards_options
@_as_option
@json_option
@click.pass_obj
def csv_command(
    deck_folders: Sequence[str],
    *,
    file: str,
    decks: tuple[str, ...],
    tags: tuple[str, ...],
    levels: tuple[str, ...],
    force: bool,
    shape: str,
    as_json: bool,
) -> int:
    """Write a tab-separated file with Anki's header lines, which updates notes in place (no progress)."""
    from interviewprep.exchange.tsv import BEGINNING, write_tsv

    selection = selection_of(decks, tags, levels, "")
    with open_desk(deck_folders) as desk, _text_place(file, BEGINNING, force=force) as stream:
        cards = write_tsv(desk, stream, selection, as_one=shape == "one")
    return _report(file, cards, as_json=as_json)


@export_command.command("json", epilog="Example: interviewprep export json everything.json")
@click.argument("file")
@click.argument("decks", nargs=-1, metavar="[DECK]...")
@_cards_options
@_progress_option
@json_option
@click.pass_obj
def json_command(
    deck_folders: Sequence[str],
    *,
    file: str,
    decks: tuple[str, ...],
    tags: tuple[str, ...],
    levels: tuple[str, ...],
    force: bool,
    with_progress: bool,
    as_json: bool,
) -> int:
    """Write cards, reviews and marks as one JSON document (docs/json.md)."""
    from interviewprep.exchange.jsonfile import BEGINNING, write_json

    selection = selection_of(decks, tags, levels, "")
    with open_desk(deck_folders) as desk, _text_place(file, BEGINNING, force=force) as stream:
        cards = write_json(desk, stream, selection, with_progress=with_progress)
    return _report(file, cards, as_json=as_json)


@export_command.command("markdown", epilog="Example: interviewprep export markdown sheet.md optimizers")
@click.argument("file")
@click.argument("decks", nargs=-1, metavar="[DECK]...")
@_cards_options
@json_option
@click.pass_obj
def markdown_command(
    deck_folders: Sequence[str],
    *,
    file: str,
    decks: tuple[str, ...],
    tags: tuple[str, ...],
    levels: tuple[str, ...],
    force: bool,
    as_json: bool,
) -> int:
    """Write a study sheet in Markdown, to print or to read anywhere."""
    from interviewprep.exchange.sheet import BEGINNING, write_sheet

    selection = selection_of(decks, tags, levels, "")
    with open_desk(deck_folders) as desk, _text_place(file, BEGINNING, force=force) as stream:
        cards = write_sheet(desk, stream, selection)
    return _report(file, cards, as_json=as_json)


@export_command.command("progress", epilog="Example: interviewprep export progress laptop.jsonl")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--force", is_flag=True, help="Replace FILE whatever it is.")
@json_option
@click.pass_obj
def progress_command(deck_folders: Sequence[str], *, file: Path, force: bool, as_json: bool) -> int:
    """Write all your progress, to be joined on another machine (docs/progress.md); .gz compresses it."""
    from interviewprep.exchange.progress import write_progress
    from interviewprep.render.words import plural

    with open_desk(deck_folders) as desk:
        rows = write_progress(desk.store, file, now=desk.clock(), force=force)
    if as_json:
        print_json({"file": str(file), "rows": rows})
    else:
        click.echo(f"Wrote {plural(rows, 'row')}: {file}")
        click.echo(f"On the other machine: interviewprep import progress {file.name}")
    return 0


def _anki_lines(
    made: AnkiExport, file: Path | None, pushed: Pushed | None, *, with_progress: bool
) -> Iterator[str]:
    from interviewprep.render.words import plural

    what = (
        f"{plural(made.notes, 'note')} ({made.new:,} new, {made.changed:,} changed),"
        f" {plural(made.reviews, 'review')}, {plural(len(made.decks), 'deck')}"
    )
    if pushed:
        yield f"Sent {what}: Anki added {pushed.added:,} and has {pushed.total:,} now."
    if file:
        yield f"Wrote {what}: {file}"
    if file and not pushed:
        yield "In Anki choose File > Import and pick this file; on a phone, open it with Anki."
        yield (
            "Tick `Import any learning progress` the first time, or every card comes as new."
            if with_progress
            else "Leave `Import any learning progress` unticked: the file has none."
        )
        yield "Switch on FSRS in the deck's options, so that Anki plans as interviewprep does."
    if made.removed:
        gone = plural(len(made.removed), "card")
        yield f"{gone} exported before and no longer in the decks; to delete in Anki, search for:"
        for name in made.removed[:SHOWN]:
            yield f'    "Card name:{name}"'
        if len(made.removed) > SHOWN:
            yield f"    and {len(made.removed) - SHOWN} more (--json lists all)"


@contextmanager
def _package_place(file: Path | None, *, force: bool) -> Iterator[Path]:
    """Where to write the package: beside FILE, to replace it, or in a folder that goes away."""
    from interviewprep.exchange.anki.package import is_our_package
    from interviewprep.exchange.target import passing, replacing

    if file is None:
        with passing("interviewprep.apkg") as package:
            yield package
    else:
        with replacing(file, is_ours=is_our_package, force=force) as beside:
            yield beside


@contextmanager
def _text_place(file: str, beginning: str, *, force: bool) -> Iterator[TextIO]:
    if file == STDOUT:
        yield sys.stdout
        return
    from interviewprep.exchange.target import replacing_text, starts_with

    with replacing_text(Path(file), is_ours=starts_with(beginning), force=force) as stream:
        yield stream


def _report(file: str, cards: int, *, as_json: bool) -> int:
    """Say what was written; nothing where stdout has the export itself."""
    from interviewprep.render.words import plural

    if file == STDOUT:
        return 0
    if as_json:
        print_json({"file": file, "cards": cards})
    else:
        click.echo(f"Wrote {plural(cards, 'card')}: {file}")
    return 0
