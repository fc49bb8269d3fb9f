"""`import ...`: reviews and cards from Anki, cards from text files, another machine's progress."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from interviewprep.cli.context import is_interactive, json_option, open_desk, print_json

if TYPE_CHECKING:
    from interviewprep.exchange.anki.importing import AnkiImport, Brought
    from interviewprep.exchange.drafts import CardsImport, ReadCards

SHOWN = 10
"""Names listed one by one."""
NOTHING_NEW = "Nothing new: everything in this file is here already."


def _import_options(function: Callable[..., object]) -> Callable[..., object]:
    """FILE, `--dry-run`, `--yes`, `--json`."""
    for option in (
        json_option,
        click.option("--yes", is_flag=True, help="Do not ask before importing."),
        click.option("--dry-run", is_flag=True, help="Only say what would be imported."),
        click.argument("file", type=click.Path(path_type=Path)),
    ):
        function = option(function)
    return function


_deck_option = click.option(
    "--deck", default="", metavar="NAME", help="The deck for cards that name none (default: the file's name)."
)


@click.group("import", epilog="Example: interviewprep import anki collection.colpkg --dry-run")
def import_command() -> None:
    """Bring in reviews and cards from Anki, cards from text files, another machine's progress.

    Each says what it would do, asks in a terminal, makes a backup, and then does all of it or nothing.
    """


@import_command.command("anki", epilog="Example: interviewprep import anki phone.apkg --dry-run")
@click.option(
    "--deck",
    "decks",
    multiple=True,
    metavar="NAME",
    help="Of other notes only those below this deck in Anki (may be given several times).",
)
@click.option(
    "--only",
    type=click.Choice(["reviews", "notes"]),
    help="Only reviews of known cards, or only other notes.",
)
@_import_options
@click.pass_obj
def anki_command(
    deck_folders: Sequence[str],
    *,
    file: Path,
    decks: tuple[str, ...],
    only: str | None,
    dry_run: bool,
    yes: bool,
    as_json: bool,
) -> int:
    """Bring in a package of Anki's (.apkg, .colpkg): reviews of our cards, other notes as decks of yours."""
    from interviewprep.exchange.anki.importing import carry_out, plan_import

    with open_desk(deck_folders) as desk:
        plan = plan_import(
            desk, file, decks=decks, take_reviews=only != "notes", take_notes=only != "reviews"
        )
        if not as_json:
            _echo(_anki_lines(plan))
        brought = None
        if not dry_run and not plan.is_empty:
            if not _is_wanted(yes=yes or as_json):
                return 1
            brought = carry_out(desk, plan)
    if as_json:
        print_json(_anki_json(plan, brought))
    elif brought:
        _echo(_brought_lines(brought))
    return 0


@import_command.command("progress", epilog="Example: interviewprep import progress laptop.jsonl --dry-run")
@_import_options
@click.pass_obj
def progress_command(
    deck_folders: Sequence[str], *, file: Path, dry_run: bool, yes: bool, as_json: bool
) -> int:
    """Join another machine's progress, a FILE written by `export progress`. Any order gives the same."""
    from interviewprep.exchange.progress import read_progress
    from interviewprep.render.words import plural
    from interviewprep.store.backup import back_up
    from interviewprep.store.merge import join

    with open_desk(deck_folders) as desk:
        rows = read_progress(file, learner=desk.store.rules.learner)
        found = join(desk.store, rows, dry_run=True)
        is_new = any(found)
        if not as_json:
            counts = (
                f"{plural(found.reviews, 'new review')}, {plural(found.marks, 'mark')}, "
                f"{plural(found.sittings, 'sitting')}, {plural(found.plans, 'plan')}; "
                f"{found.taken_back} taken back there. Memory changes for {plural(found.cards, 'card')}."
            )
            more = f"{plural(found.others, 'further row')} (weights, names in Anki, days of plans)."
            brings = counts if any(found[:-1]) else more
            click.echo(f"{file} brings {brings}" if is_new else NOTHING_NEW)
        backup = None
        if is_new and not dry_run:
            if not _is_wanted(yes=yes or as_json):
                return 1
            backup = back_up(desk.store.database, now=desk.clock(), kind="import")
            found = join(desk.store, rows)
    if as_json:
        print_json(
            {
                "file": str(file),
                "done": not dry_run,
                "backup": str(backup) if backup else None,
                **found._asdict(),
            }
        )
    elif backup:
        click.echo(f"Joined. The backup from before is {backup}")
    return 0


@import_command.command("csv", epilog="Example: interviewprep import csv questions.csv --deck my-questions")
@_deck_option
@_import_options
@click.pass_obj
def csv_command(
    deck_folders: Sequence[str], *, file: Path, deck: str, dry_run: bool, yes: bool, as_json: bool
) -> int:
    """Bring in cards from a table: question, answer, tags, deck; commas or tabs, Anki's header lines too."""
    from interviewprep.exchange.tables import read_table

    return _import_cards(deck_folders, read_table, file, deck, dry_run=dry_run, yes=yes, as_json=as_json)


@import_command.command("json", epilog="Example: interviewprep import json questions.json")
@_deck_option
@_import_options
@click.pass_obj
def json_command(
    deck_folders: Sequence[str], *, file: Path, deck: str, dry_run: bool, yes: bool, as_json: bool
) -> int:
    """Bring in cards from JSON: as `export json` writes it, or a list of question and answer."""
    from interviewprep.exchange.jsoncards import read_json

    return _import_cards(deck_folders, read_json, file, deck, dry_run=dry_run, yes=yes, as_json=as_json)


@import_command.command("markdown", epilog="Example: interviewprep import markdown notes.md")
@_deck_option
@_import_options
@click.pass_obj
def markdown_command(
    deck_folders: Sequence[str], *, file: Path, deck: str, dry_run: bool, yes: bool, as_json: bool
) -> int:
    """Bring in cards from Markdown: a study sheet, or any text with `## question` above each answer."""
    from interviewprep.exchange.outlines import read_outline

    return _import_cards(deck_folders, read_outline, file, deck, dry_run=dry_run, yes=yes, as_json=as_json)


def _import_cards(
    deck_folders: Sequence[str],
    read: Callable[[Path], ReadCards],
    file: Path,
    deck: str,
    *,
    dry_run: bool,
    yes: bool,
    as_json: bool,
) -> int:
    from interviewprep.exchange.drafts import bring_cards, plan_cards

    with open_desk(deck_folders) as desk:
        plan = plan_cards(desk, file, read(file), deck=deck)
        if not as_json:
            _echo(_cards_lines(plan))
        files: list[Path] = []
        if plan.new and not dry_run:
            if not _is_wanted(yes=yes or as_json):
                return 1
            files = bring_cards(desk, plan)
    if as_json:
        print_json(
            {
                "file": str(file),
                "done": not dry_run,
                "decks": [{"deck": name, "cards": count} for name, count in sorted(plan.decks().items())],
                "known": plan.known,
                "differing": list(plan.differing),
                "skipped": dict(plan.skipped),
                "files": [str(path) for path in files],
            }
        )
    else:
        _echo(f"Wrote {path}" for path in files)
    return 0


# -- reports -------------------------------------------------------------------------------------


def _anki_lines(plan: AnkiImport) -> Iterator[str]:
    from interviewprep.render.words import plural

    found = plan.histories
    if found.of_ours:
        yield f"{plural(found.of_ours, 'new review')} in Anki, of {plural(found.cards, 'card')} from here."
    if plan.new:
        yield f"{plural(len(plan.new), 'card')} from other notes, with {plural(found.of_others, 'review')}:"
        decks = plan.decks()
        yield from (f"  {deck.deck}: {plural(deck.cards, 'card')}" for deck in decks[:SHOWN])
        yield from _more(len(decks), "deck")
    elif found.of_others:
        yield f"{plural(found.of_others, 'new review')} of cards imported before."
    if plan.is_empty:
        yield NOTHING_NEW
    if found.not_moving:
        yield f"{found.not_moving:,} of these reviews were extra practice in Anki and move no memory."
    if found.known or plan.known:
        yield f"Here already: {plural(found.known, 'review')}, {plural(plan.known, 'imported card')}."
    if plan.changed:
        yield f"{plural(len(plan.changed), 'imported card')} changed in Anki since; left here as they are:"
        yield from (f"  {name}" for name in plan.changed[:SHOWN])
        yield from _more(len(plan.changed), "card")
    if plan.no_history:
        yield f"{plural(plan.no_history, 'card')} with a due day but no review in the file will come as new."
    if plan.media:
        named = ", ".join(plan.media[:3]) + (", ..." if len(plan.media) > 3 else "")
        yield f"{plural(len(plan.media), 'picture or sound', 'pictures and sounds')} only named: {named}"
    if plan.other_rollover is not None:
        yield f"Days begin at {plan.other_rollover}:00 in Anki, here at another hour; your setting counts."
    yield from (f"Left out: {plural(count, 'card')} {why}." for why, count in plan.skipped.most_common())
    yield from (f"Left out: {count:,} {why}." for why, count in found.skipped.most_common())


def _brought_lines(done: Brought) -> Iterator[str]:
    yield from (f"Wrote {path}" for path in done.files[:SHOWN])
    yield from _more(len(done.files), "file")
    yield f"Imported. The backup from before is {done.backup}"


def _anki_json(plan: AnkiImport, done: Brought | None) -> dict[str, object]:
    found = plan.histories
    return {
        "file": str(plan.file),
        "done": done is not None,
        "backup": str(done.backup) if done and done.backup else None,
        "reviews": found.of_ours,
        "reviews_of_others": found.of_others,
        "not_moving": found.not_moving,
        "known_reviews": found.known,
        "decks": [deck._asdict() for deck in plan.decks()],
        "cards": len(plan.new),
        "known_cards": plan.known,
        "changed": list(plan.changed),
        "no_history": plan.no_history,
        "media": list(plan.media),
        "skipped_cards": dict(plan.skipped),
        "skipped_reviews": dict(found.skipped),
        "files": [str(path) for path in done.files] if done else [],
    }


def _cards_lines(plan: CardsImport) -> Iterator[str]:
    from interviewprep.render.words import plural

    if plan.new:
        yield f"{plural(len(plan.new), 'new card')}:"
        yield from (f"  {deck}: {plural(count, 'card')}" for deck, count in sorted(plan.decks().items()))
    else:
        yield NOTHING_NEW if not plan.differing else "Nothing new."
    if plan.known:
        yield f"Here already: {plural(plan.known, 'card')}."
    if plan.differing:
        yield f"Here in other words, which stay: {plural(len(plan.differing), 'card')}:"
        yield from (f"  {name}" for name in plan.differing[:SHOWN])
        yield from _more(len(plan.differing), "card")
    yield from (f"Left out: {count:,} {why}." for why, count in plan.skipped.most_common())


def _more(total: int, noun: str) -> Iterator[str]:
    if total > SHOWN:
        from interviewprep.render.words import plural

        yield f"  and {plural(total - SHOWN, noun)} more (--json lists all)"


def _echo(lines: Iterable[str]) -> None:
    for line in lines:
        click.echo(line)


def _is_wanted(*, yes: bool) -> bool:
    """Ask in a terminal; elsewhere the command itself is the answer."""
    if yes or not is_interactive():
        return True
    if click.confirm("Import this?"):
        return True
    click.echo("Nothing was imported.")
    return False
