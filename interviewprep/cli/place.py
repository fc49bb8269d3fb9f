"""Opening the desk of this process; knows no click, so that `due` can be answered without it."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from interviewprep.settings import Paths, Settings, find_paths, load_settings

if TYPE_CHECKING:
    from interviewprep.study.desk import Desk


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


def due_line() -> str:
    """What plain `due` prints."""
    from interviewprep.study.due import due_counts

    with open_desk() as desk:
        counts = due_counts(desk)
    return f"{counts.total - counts.new} due, {counts.new} new"
