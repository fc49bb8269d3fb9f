"""`decks ...` and `add`: looking at decks, checking them, and writing cards."""

from __future__ import annotations

import os
import subprocess
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from interviewprep import __version__
from interviewprep.cli.context import is_interactive, json_option, locate, open_desk, print_json

if TYPE_CHECKING:
    from interviewprep.cards.model import Card
    from interviewprep.cards.sourcemap import Trace
    from interviewprep.study.desk import Desk


@click.group("decks")
def decks_command() -> None:
    """List, show, check, begin and edit decks."""


@decks_command.command("list", epilog="Example: interviewprep decks list --json")
@json_option
@click.pass_obj
def list_command(deck_folders: Sequence[str], *, as_json: bool) -> int:
    """List every deck with its cards; broken files are reported on stderr."""
    with open_desk(deck_folders) as desk:
        decks = desk.library.decks
        if as_json:
            print_json(
                [
                    {
                        "deck": d.id,
                        "title": d.title,
                        "cards": d.cards,
                        "files": list(d.files),
                        "shipped": d.shipped,
                    }
                    for d in decks
                ]
            )
        else:
            width = max((len(d.id) for d in decks), default=0)
            for d in decks:
                mine = "" if d.shipped else "  (yours)"
                click.echo(f"{d.id:<{width}}  {d.cards:>4} cards  {d.title}{mine}")
            tags = Counter(tag for head in desk.library.heads for tag in head.tags.split())
            if tags:
                click.echo("tags: " + " ".join(tag for tag, _ in tags.most_common(30)))
        for problem in desk.library.problems:
            if problem.severity == "error":
                click.echo(str(problem), err=True)
    return 0


@decks_command.command("show", epilog="Example: interviewprep decks show momentum")
@click.argument("card")
@json_option
@click.pass_obj
def show_command(deck_folders: Sequence[str], *, card: str, as_json: bool) -> int:
    """Print a CARD in full."""
    with open_desk(deck_folders) as desk:
        name = desk.library.resolve(card)
        found = desk.library.card(name)
        if as_json:
            print_json({"name": name, **found.model_dump(mode="json", exclude_none=True)})
        else:
            _show(desk, name, found)
    return 0


def _show(desk: Desk, name: str, card: Card) -> None:
    from rich.console import Console

    from interviewprep.render.cards import whole_card

    path, line = desk.library.place(name)
    console = Console(width=None if is_interactive() else 80, highlight=False)
    console.print(whole_card(name, card))
    console.print(f"{path}:{line}", style="dim", markup=False, soft_wrap=True)


@decks_command.command("report", epilog="Example: interviewprep decks report momentum")
@click.argument("card")
@json_option
@click.pass_obj
def report_command(deck_folders: Sequence[str], *, card: str, as_json: bool) -> int:
    """Print what to quote when CARD has a mistake: its name, place, hash, sources and corrections."""
    from interviewprep.cards.sourcemap import load_source_map, trace

    with open_desk(deck_folders) as desk:
        name = desk.library.resolve(card)
        path, line = desk.library.place(name)
        found = desk.library.card(name)
        card_hash = desk.library.card_hash(name)
    traced = trace(found, load_source_map())
    if as_json:
        print_json(
            {
                "card": name,
                "file": str(path),
                "line": line,
                "hash": card_hash,
                "version": __version__,
                "document": found.source.document if found.source else None,
                "rows": [{"row": r.id, "lines": list(r.lines), "topic": r.topic} for r in traced.rows],
                "corrections": [
                    {
                        "correction": c.id,
                        "kind": c.kind,
                        "carried_by": list(carried_by),
                        "rows": list(c.rows),
                        "says": c.says,
                        "right": c.right,
                    }
                    for c, carried_by in traced.corrections
                ],
            }
        )
    else:
        click.echo(f"card     {name}\nplace    {path}:{line}\nhash     {card_hash}")
        click.echo(f"program  interviewprep {__version__}")
        _report(found, traced)
    return 0


def _report(card: Card, traced: Trace) -> None:
    from interviewprep.cards.sourcemap import KINDS

    click.echo(f"\nWritten from {card.source.document}" if card.source else "\nNo source is named.")
    for row in traced.rows:
        first, last = row.lines
        _echo_item(f"{row.id}, lines {first}-{last}: {row.topic}", "  ")
    if traced.corrections:
        click.echo("\nCorrections of it that the card carries")
    for correction, carried_by in traced.corrections:
        _echo_item(f"{correction.id}, {KINDS[correction.kind]} (in {', '.join(carried_by)})", "  ")
        _echo_item(f"said: {correction.says}", "    ")
        _echo_item(f"right: {correction.right}", "    ")


def _echo_item(text: str, indent: str) -> None:
    click.echo(click.wrap_text(text, 80, indent, f"{indent}  "))


@decks_command.command("lint", epilog="Example: interviewprep decks lint ~/notes/decks --strict")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--strict", is_flag=True, help="Count warnings as errors.")
@json_option
@click.pass_obj
def lint_command(deck_folders: Sequence[str], *, paths: tuple[Path, ...], strict: bool, as_json: bool) -> int:
    """Report every problem of deck files as file:line:column: message; exit code 1 if there is an error.

    Without PATHS all decks in use are checked; rules between files are checked as well.
    """
    from interviewprep.cards.lint import lint_paths
    from interviewprep.cards.sourcemap import load_source_map
    from interviewprep.store.checking import without_bad_checks

    folders = locate(deck_folders)[0].deck_folders
    problems = lint_paths(
        paths or None, folders, strict=strict, source_map=load_source_map(), sift=without_bad_checks
    )
    errors = sum(p.severity == "error" for p in problems)
    if as_json:
        print_json(
            [
                {
                    "file": p.path,
                    "line": p.line,
                    "column": p.column,
                    "severity": p.severity,
                    "message": p.message,
                }
                for p in problems
            ]
        )
    else:
        for problem in problems:
            click.echo(str(problem._replace(path=_short(problem.path))))
        warnings = len(problems) - errors
        click.echo(f"{errors} errors, {warnings} warnings" if problems else "No problems.", err=True)
    return 1 if errors else 0


def _short(path: str) -> str:
    """A path below the current folder without that folder."""
    here = Path.cwd()
    return str(Path(path).relative_to(here)) if Path(path).is_relative_to(here) else path


@decks_command.command("schema", epilog="Example: interviewprep decks schema > schema.json")
def schema_command() -> int:
    """Print the JSON Schema of a deck file, for editors."""
    from interviewprep.cards.schema import json_schema

    print_json(json_schema())
    return 0


@decks_command.command("new", epilog='Example: interviewprep decks new llm/serving --title "Serving"')
@click.argument("name")
@click.option("--title", default="", help="The deck's title; the name serves otherwise.")
@json_option
@click.pass_obj
def new_command(deck_folders: Sequence[str], *, name: str, title: str, as_json: bool) -> int:
    """Begin a deck NAME in your deck folder, with a commented first card."""
    from interviewprep.cards.authoring import new_deck

    paths, _ = locate(deck_folders)
    words = title or name.rpartition("/")[2].replace("-", " ").capitalize()
    path = new_deck(paths.user_decks, name, words)
    if as_json:
        print_json({"deck": name, "file": str(path)})
    else:
        click.echo(f"Began {path}")
    return 0


@decks_command.command("edit", epilog="Example: interviewprep decks edit momentum")
@click.argument("card")
@json_option
@click.pass_obj
def edit_command(deck_folders: Sequence[str], *, card: str, as_json: bool) -> int:
    """Open CARD in $EDITOR at its line.

    A shipped card is copied into your deck folder first; the copy replaces it and keeps its history.
    """
    from interviewprep.errors import DeckError, InterviewPrepError
    from interviewprep.study.authoring import prepare_edit
    from interviewprep.study.editor import editor_command

    with open_desk(deck_folders) as desk:
        name = desk.library.resolve(card)
        path, line = prepare_edit(desk, name)
        command = editor_command(path, line, os.environ, desk.settings)
        try:
            subprocess.run(command, check=True)  # noqa: S603 (the learner's own editor, without a shell)
        except FileNotFoundError:
            raise InterviewPrepError(
                f"The editor {command[0]!r} was not found.",
                hint=f"Set $EDITOR, or open {path} at line {line} yourself.",
            ) from None
        except subprocess.CalledProcessError as error:
            raise InterviewPrepError(f"{command[0]} ended with exit code {error.returncode}.") from None
        desk.reload_decks()
        broken = [p for p in desk.library.problems if p.path == str(path) and p.severity == "error"]
        if broken:
            raise DeckError(
                "\n".join(map(str, broken)), hint=f"Mend it with: interviewprep decks edit {card}"
            )
        if as_json:
            print_json({"card": name, "file": str(path), "line": line})
        else:
            click.echo(f"{path}:{line}")
    return 0


@click.command("add", epilog='Example: interviewprep add "Why warm up the learning rate?" --tag optimizer')
@click.argument("question")
@click.argument("answer", default="")
@click.option("--deck", default="", help="A deck of yours; `interviews` otherwise. Made if it is not there.")
@click.option("--tag", "tags", multiple=True, help="A tag (may be given several times).")
@json_option
@click.pass_obj
def add_command(
    deck_folders: Sequence[str],
    *,
    question: str,
    answer: str,
    deck: str,
    tags: tuple[str, ...],
    as_json: bool,
) -> int:
    """Write down a QUESTION, with its ANSWER or without; it is asked from the next drill on."""
    from interviewprep.study.authoring import add_card

    with open_desk(deck_folders) as desk:
        name = add_card(desk, question, answer, deck=deck, tags=tags)
        path, line = desk.library.place(name)
        if as_json:
            print_json({"card": name, "file": str(path), "line": line})
        else:
            click.echo(f"{name}\n{path}:{line}")
    return 0
