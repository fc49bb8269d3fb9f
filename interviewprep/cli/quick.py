"""Opening the desk of this process, and what is run most. Knows no click, which takes long to import."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from interviewprep.settings import Paths, Settings, find_paths, load_settings

if TYPE_CHECKING:
    from interviewprep.study.desk import Desk
    from interviewprep.study.drill import Options
    from interviewprep.study.selection import Selection


def locate(deck_folders: Sequence[str] = ()) -> tuple[Paths, Settings]:
    """Paths and settings of this process."""
    paths = find_paths(os.environ, decks=tuple(deck_folders))
    settings = load_settings(paths.settings)
    further = tuple(Path(d).expanduser().absolute() for d in settings.decks)
    return replace(paths, extra_decks=(*paths.extra_decks, *further)), settings


@contextmanager
def open_desk(deck_folders: Sequence[str] = ()) -> Iterator[Desk]:
    """The desk of this process, closed afterwards."""
    from interviewprep.store.index import Library
    from interviewprep.study.authoring import ensure_user_folder
    from interviewprep.study.desk import Desk

    paths, settings = locate(deck_folders)
    ensure_user_folder(paths.user_decks)
    desk = Desk(settings, paths, Library.open(paths.index, paths.deck_folders))
    try:
        yield desk
    finally:
        desk.close()


def is_interactive() -> bool:
    """Whether the full screen can be used: all three streams are a terminal (Textual draws on stderr)."""
    return all(stream.isatty() for stream in (sys.stdin, sys.stdout, sys.stderr))


def home(deck_folders: Sequence[str] = ()) -> int:
    """The home screen; as plain lines where there is no terminal."""
    with open_desk(deck_folders) as desk:
        if desk.settings.plain or not is_interactive():
            from interviewprep.cli.review import print_today

            print_today(desk)
            return 0
        from interviewprep.tui import run_home

        return run_home(desk)


def drill(
    deck_folders: Sequence[str] = (),
    selection: Selection | None = None,
    options: Options | None = None,
    *,
    plain: bool = False,
) -> int:
    """A drill on the full screen, or on plain lines where there is no terminal."""
    from interviewprep.study.drill import Drill, Options
    from interviewprep.study.selection import Selection

    chosen, how = selection or Selection(), options or Options()
    with open_desk(deck_folders) as desk:
        if plain or desk.settings.plain or not is_interactive():
            from interviewprep.cli.line import LineDrill

            return LineDrill(Drill(desk, chosen, how)).run()
        from interviewprep.tui import run_drill

        return run_drill(desk, chosen, how)


def due() -> int:
    """How much is to do today, in one line."""
    from interviewprep.study.due import due_counts

    with open_desk() as desk:
        counts = due_counts(desk)
    print(f"{counts.total - counts.new} due, {counts.new} new")  # noqa: T201 (this is the command line)
    return 0


QUICK: Mapping[tuple[str, ...], Callable[[], int]] = {(): home, ("drill",): drill, ("due",): due}
"""Commands typed without anything else, which is how most are; click would take longer than they do."""
