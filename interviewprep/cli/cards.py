"""`cards find`: cards by text and by state."""

from __future__ import annotations

from collections.abc import Sequence

import click

from interviewprep.cli.context import json_option, open_desk, print_json

STATES = ("new", "due", "waiting", "suspended", "buried", "known", "flagged", "noted")


@click.group("cards")
def cards_command() -> None:
    """Find cards, by text or by state."""


@cards_command.command("find", epilog="Example: interviewprep cards find bias correction --state due")
@click.argument("words", nargs=-1, metavar="[TEXT]...")
@click.option("--state", type=click.Choice(STATES), help="Only cards in this state.")
@click.option("--deck", "decks", multiple=True, help="Only cards of this deck.")
@click.option("--tag", "tags", multiple=True, help="Only cards with this tag.")
@json_option
@click.pass_obj
def find_command(
    deck_folders: Sequence[str],
    *,
    words: tuple[str, ...],
    state: str | None,
    decks: tuple[str, ...],
    tags: tuple[str, ...],
    as_json: bool,
) -> int:
    """Cards whose text contains every word of TEXT, with how they stand; exit code 1 if there are none."""
    from interviewprep.errors import NotFoundError
    from interviewprep.study.selection import Selection
    from interviewprep.study.standing import standings

    selection = Selection(decks=decks, tags=tags, text=" ".join(words))
    with open_desk(deck_folders) as desk:
        try:
            heads = selection.heads(desk.library)
        except NotFoundError:
            if decks:
                desk.library.resolve_decks(decks[0])
            heads = []
        found = [s for s in standings(desk, heads) if state is None or s.is_in(state)]
        if as_json:
            print_json(
                [
                    {
                        "card": s.name,
                        "question": s.question,
                        "kind": s.head.kind,
                        "level": s.head.level or None,
                        "tags": s.head.tags.split(),
                        "state": s.state,
                        "due_in_days": s.due_in,
                        "retrievability": None if s.retrievability is None else round(s.retrievability, 4),
                        "flagged": s.flagged,
                        "note": s.note or None,
                    }
                    for s in found
                ]
            )
        else:
            for s in found:
                marks = (" [flag]" if s.flagged else "") + (f" [{s.note}]" if s.note else "")
                click.echo(f"{s.name}  ({s.state}){marks}\n    {s.question}")
            if not found:
                click.echo("No card matches.", err=True)
    return 0 if found else 1
