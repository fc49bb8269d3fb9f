"""`backup`, `restore`, `doctor`, `where`, `settings`, `keys`, `completion`."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

import click

from interviewprep.cli.context import json_option, locate, open_desk, print_json


@click.command("backup", epilog="Example: interviewprep backup --json")
@json_option
@click.pass_obj
def backup_command(deck_folders: Sequence[str], *, as_json: bool) -> int:
    """Copy the progress database now, into the backups folder (`interviewprep where`)."""
    from interviewprep.store.backup import back_up

    with open_desk(deck_folders) as desk:
        path = back_up(desk.store.database, now=desk.clock(), kind="manual")
    if as_json:
        print_json({"backup": str(path)})
    else:
        click.echo(f"Backed up to {path}")
    return 0


@click.command(
    "restore", epilog="Example: interviewprep restore FILE, with a FILE from `interviewprep where`"
)
@click.argument("file", type=click.Path(path_type=Path))
@json_option
@click.pass_obj
def restore_command(deck_folders: Sequence[str], *, file: Path, as_json: bool) -> int:
    """Put the backup FILE in place of the progress database, which is backed up first."""
    from interviewprep.store.backup import restore

    paths, _ = locate(deck_folders)
    replaced = restore(paths.database, file, backups=paths.backups, now=datetime.now(UTC))
    if as_json:
        print_json({"restored": str(file), "replaced": str(replaced) if replaced else None})
    else:
        click.echo(f"Restored {file}")
        if replaced:
            click.echo(f"What was there before is kept as {replaced}")
    return 0


@click.command("doctor", epilog="Example: interviewprep doctor --rebuild")
@click.option("--rebuild", is_flag=True, help="Compute every card state anew from the review log.")
@json_option
@click.pass_obj
def doctor_command(deck_folders: Sequence[str], *, rebuild: bool, as_json: bool) -> int:
    """Check the progress database: integrity, and that replaying the log gives the stored states.

    Exit code 1 if something is wrong (and was not repaired).
    """
    from interviewprep.render.words import plural
    from interviewprep.store.doctor import check
    from interviewprep.store.doctor import rebuild as rebuild_states

    with open_desk(deck_folders) as desk:
        if rebuild:
            rebuild_states(desk.store)
        report = check(desk.store)
    if as_json:
        print_json(
            {
                "healthy": report.is_well,
                "file": str(report.path),
                "damage": list(report.damage),
                "reviews": report.reviews,
                "undone": report.undone,
                "cards": report.cards,
                "differences": [d._asdict() for d in report.differences],
                "last_backup": str(report.last_backup) if report.last_backup else None,
                "warnings": list(report.warnings),
                "rebuilt": rebuild,
            }
        )
        return 0 if report.is_well else 1
    click.echo(f"{report.path}: {plural(report.reviews, 'review')}, {report.undone} undone")
    for complaint in report.damage:
        click.echo(f"damaged: {complaint}")
    for difference in report.differences:
        click.echo(
            f"{difference.card}: {difference.field} is {difference.stored}, by the log {difference.replayed}"
        )
    for warning in report.warnings:
        click.echo(f"warning: {warning}")
    if report.is_well:
        click.echo(f"All is well: the log gives the stored state of {plural(report.cards, 'card')}.")
    elif report.damage:
        click.echo(f"Restore a backup: interviewprep restore {report.last_backup or 'FILE'}")
    else:
        click.echo("Repair the states from the log: interviewprep doctor --rebuild")
    return 0 if report.is_well else 1


@click.command("where", epilog="Example: interviewprep where --json")
@json_option
@click.pass_obj
def where_command(deck_folders: Sequence[str], *, as_json: bool) -> int:
    """Print every path in use."""
    paths, _ = locate(deck_folders)
    places = {
        "settings": str(paths.settings),
        "progress": str(paths.database),
        "backups": str(paths.backups),
        "your decks": str(paths.user_decks),
        "shipped decks": str(paths.shipped_decks),
        "deck index (a cache)": str(paths.index),
    }
    names = ("settings", "progress", "backups", "user_decks", "shipped_decks", "index")
    if as_json:
        table: dict[str, object] = dict(zip(names, places.values(), strict=True))
        print_json(table | {"extra_decks": [str(p) for p in paths.extra_decks]})
    else:
        for label, place in [*places.items(), *(("further decks", str(p)) for p in paths.extra_decks)]:
            click.echo(f"{label:<22}{place}")
    return 0


@click.group("settings", invoke_without_command=True, epilog="Example: interviewprep settings check")
@json_option
@click.pass_context
def settings_command(ctx: click.Context, *, as_json: bool) -> int | None:
    """Show every setting, its value and its meaning; `settings check` reports what is wrong in the file."""
    if ctx.invoked_subcommand is not None:
        return None
    from interviewprep.settings import Settings, describe

    paths, settings = locate(ctx.obj)
    values, defaults = asdict(settings), asdict(Settings())
    if as_json:
        print_json(values)
        return 0
    click.echo(f"# {paths.settings}")
    for name, meaning in describe().items():
        changed = "" if values[name] == defaults[name] else f" (default {_toml(defaults[name])})"
        click.echo(f"{name} = {_toml(values[name])}{changed}\n    {meaning}")
    return 0


def _toml(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, tuple):
        return "[" + ", ".join(_toml(v) for v in value) + "]"
    return f'"{value}"' if isinstance(value, str) else str(value)


@settings_command.command("check", epilog="Example: interviewprep settings check --json")
@json_option
@click.pass_obj
def check_command(deck_folders: Sequence[str], *, as_json: bool) -> int:
    """Report every problem in the settings file at once; exit code 1 if there is one."""
    from interviewprep.settings import check_settings, find_paths

    path = find_paths(os.environ, decks=tuple(deck_folders)).settings
    settings, problems = check_settings(path)
    if settings.keys and not problems:
        from interviewprep.tui.keys import key_problems

        problems = [f"{path}: keys: {problem}" for problem in key_problems(settings.keys, vim=settings.vim)]
    if as_json:
        print_json({"settings": str(path), "exists": path.exists(), "problems": problems})
    else:
        for problem in problems:
            click.echo(problem)
        if not problems:
            click.echo(f"{path}: fine" if path.exists() else f"{path}: not there, so the defaults hold")
    return 1 if problems else 0


@click.command("keys", epilog="Example: interviewprep keys --json")
@json_option
def keys_command(*, as_json: bool) -> int:
    """Print the keys table as it is without the settings file's [keys]."""
    from interviewprep.tui.keys import TABLE, markdown_table

    if as_json:
        print_json([{"action": k.id, "keys": k.keys, "vim": k.vim, "help": k.help} for k in TABLE])
    else:
        click.echo(markdown_table(), nl=False)
    return 0


@click.command("completion", epilog='Example, in ~/.zshrc: eval "$(interviewprep completion zsh)"')
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion_command(shell: str) -> int:
    """Print the completion script for SHELL, to be sourced by it."""
    from click.shell_completion import get_completion_class

    from interviewprep.cli.main import cli

    completion = get_completion_class(shell)
    if completion is None:
        raise click.UsageError(f"There is no completion for {shell}.")
    click.echo(completion(cli, {}, "interviewprep", "_INTERVIEWPREP_COMPLETE").source())
    return 0
