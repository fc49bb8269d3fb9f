"""Every problem of deck files in one run: each file by itself, across files, and the quality of cards."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from interviewprep.cards.facts import facts_of
from interviewprep.cards.files import DeckPath, find_deck_files
from interviewprep.cards.heads import Problem
from interviewprep.cards.library import build_library, sorted_problems
from interviewprep.cards.loader import LoadedDeck, load_deck, place_of
from interviewprep.cards.model import Card
from interviewprep.cards.quality import remarks, similar_questions

if TYPE_CHECKING:
    from interviewprep.cards.sourcemap import SourceMap

OUTSIDE = -1
"""Folder number of a file that lies in none of the deck folders."""


class _File(NamedTuple):
    deck: LoadedDeck
    shipped: bool
    wanted: bool
    """Whether its problems were asked for."""


def lint_paths(
    paths: Sequence[Path] | None,
    folders: Sequence[Path],
    *,
    strict: bool = False,
    source_map: SourceMap | None = None,
    sift: Callable[[LoadedDeck], LoadedDeck] = lambda loaded: loaded,
) -> list[Problem]:
    """Problems of the files and folders in `paths` (None: of all deck folders), sorted by file and line.

    `folders` are the deck folders, the shipped one first; all of them are read, because names and concepts
    are shared. A path outside of them is checked as if it were a further folder, in which a deck replaces
    the one with the same id. `strict` makes warnings errors. Cards whose `source` is the document
    of `source_map` are checked for rows and corrections that it does not have. `sift` leaves out cards that
    another room finds bad, with a problem for each.
    """
    files, problems = _load(paths, folders)
    files = [file._replace(deck=sift(file.deck)) for file in files]
    shown = {str(file.deck.path) for file in files if file.wanted}
    built = build_library([facts_of(file.deck, shipped=file.shipped) for file in files])
    problems += [problem for problem in built.problems if problem.path in shown]
    for file in files:
        if file.wanted:
            problems += _remarks(file.deck, source_map)
    problems += [problem for problem in _similar(files) if problem.path in shown]
    if strict:
        problems = [problem._replace(severity="error") for problem in problems]
    return sorted_problems(problems)


def _load(paths: Sequence[Path] | None, folders: Sequence[Path]) -> tuple[list[_File], list[Problem]]:
    found, problems = find_deck_files([Path(folder).absolute() for folder in folders])
    if paths is None:
        return [_read(path, wanted=True) for path in found], problems
    wanted, elsewhere, problems = _pick(paths, found)
    replaced = {path.deck for path in elsewhere}
    context = [path for path in found if path.path in wanted or path.deck not in replaced]
    files = [_read(path, wanted=path.path in wanted) for path in context]
    return files + [_read(path, wanted=True) for path in elsewhere], problems


def _pick(paths: Sequence[Path], found: Sequence[DeckPath]) -> tuple[set[str], list[DeckPath], list[Problem]]:
    """Paths of the library that were asked for, files outside of it, and what could not be found."""
    by_inode = {(path.inode, path.size, path.mtime_ns): path.path for path in found}
    wanted: set[str] = set()
    elsewhere: list[DeckPath] = []
    problems: list[Problem] = []
    for given in paths:
        inside, missing = find_deck_files([given.absolute()])
        problems += missing
        if not inside and not missing:
            problems.append(Problem(str(given), 0, 0, "there is no deck here; decks end in .yaml or .yml"))
        for path in inside:
            known = by_inode.get((path.inode, path.size, path.mtime_ns))
            if known is not None:
                wanted.add(known)
            else:
                elsewhere.append(path._replace(folder=OUTSIDE))
    return wanted, elsewhere, problems


def _read(path: DeckPath, *, wanted: bool) -> _File:
    return _File(load_deck(Path(path.path), deck_id=path.deck), shipped=path.folder == 0, wanted=wanted)


def _remarks(loaded: LoadedDeck, source_map: SourceMap | None) -> Iterator[Problem]:
    for card in loaded.deck.cards if loaded.deck else ():
        node = loaded.parts[card.id]
        for loc, message, severity in remarks(card, source_map=source_map):
            line, column = place_of(node, loc, of_key=len(loc) == 1)
            yield Problem(str(loaded.path), line, column, f"{card.id}: {message}", severity)


def _similar(files: Sequence[_File]) -> Iterator[Problem]:
    asked: list[tuple[LoadedDeck, Card]] = []
    for file in files:
        cards = file.deck.deck.cards if file.deck.deck else ()
        asked += [(file.deck, card) for card in cards if not card.overrides]
    for earlier, later in similar_questions([card.question for _, card in asked]):
        for (deck, card), (other, first) in ((asked[later], asked[earlier]), (asked[earlier], asked[later])):
            line, column = place_of(deck.parts[card.id], ("question",))
            place = f"{other.path}:{other.places[first.id].line}"
            message = f'{card.id}: asks nearly the same as "{first.question}" ({place})'
            yield Problem(str(deck.path), line, column, message, "warning")
