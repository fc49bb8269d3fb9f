"""`suspend`, `unsuspend`, `bury`, `flag`, `note`, `known`: marks on cards; each is undone by `undo`."""

from __future__ import annotations

from collections.abc import Sequence

import click

from interviewprep.cli.context import json_option, open_desk, print_json

cards_argument = click.argument("cards", nargs=-1, required=True, metavar="CARD...")
clear_option = click.option("--clear", is_flag=True, help="Take the mark away again.")


def _mark(deck_folders: Sequence[str], cards: Sequence[str], kind: str, value: str, *, as_json: bool) -> int:
    """Set a mark on each card, or clear it with an empty value, and say so."""
    with open_desk(deck_folders) as desk:
        names = [desk.library.resolve(card) for card in cards]
        for name in names:
            desk.store.mark(name, kind, value, now=desk.clock())
        if as_json:
            print_json([{"card": name, "mark": kind, "value": value or None} for name in names])
        else:
            for name in names:
                click.echo(f"{name}: {kind if value else f'no longer {kind}'}")
    return 0


@click.command("suspend", epilog="Example: interviewprep suspend hinge-loss")
@cards_argument
@json_option
@click.pass_obj
def suspend_command(deck_folders: Sequence[str], *, cards: tuple[str, ...], as_json: bool) -> int:
    """Hide each CARD until it is unsuspended."""
    return _mark(deck_folders, cards, "suspended", "1", as_json=as_json)


@click.command("unsuspend", epilog="Example: interviewprep unsuspend hinge-loss")
@cards_argument
@json_option
@click.pass_obj
def unsuspend_command(deck_folders: Sequence[str], *, cards: tuple[str, ...], as_json: bool) -> int:
    """Ask each suspended CARD again."""
    return _mark(deck_folders, cards, "suspended", "", as_json=as_json)


@click.command("bury", epilog="Example: interviewprep bury hinge-loss")
@cards_argument
@clear_option
@json_option
@click.pass_obj
def bury_command(deck_folders: Sequence[str], *, cards: tuple[str, ...], clear: bool, as_json: bool) -> int:
    """Hide each CARD until tomorrow."""
    with open_desk(deck_folders) as desk:
        today = desk.today()
    return _mark(deck_folders, cards, "buried", "" if clear else str(today), as_json=as_json)


@click.command(
    "flag", epilog="Example: interviewprep flag hinge-loss; interviewprep cards find --state flagged"
)
@cards_argument
@clear_option
@json_option
@click.pass_obj
def flag_command(deck_folders: Sequence[str], *, cards: tuple[str, ...], clear: bool, as_json: bool) -> int:
    """Flag each CARD, to find it again."""
    return _mark(deck_folders, cards, "flag", "" if clear else "1", as_json=as_json)


@click.command("note", epilog='Example: interviewprep note adam "asked at Acme: why bias correction?"')
@click.argument("card")
@click.argument("text", default="")
@json_option
@click.pass_obj
def note_command(deck_folders: Sequence[str], *, card: str, text: str, as_json: bool) -> int:
    """Keep TEXT with a CARD; without TEXT the note is removed."""
    return _mark(deck_folders, [card], "note", text.strip(), as_json=as_json)


@click.command("known", epilog="Example: interviewprep known layer; interviewprep known layer --clear")
@cards_argument
@clear_option
@json_option
@click.pass_obj
def known_command(deck_folders: Sequence[str], *, cards: tuple[str, ...], clear: bool, as_json: bool) -> int:
    """Mark each CARD as known: out of the queue until that is cleared."""
    return _mark(deck_folders, cards, "known", "" if clear else "1", as_json=as_json)
