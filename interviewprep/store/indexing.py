"""Putting a library together when deck files have changed; imported only then."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from interviewprep.cards.concepts import ConceptFacts
from interviewprep.cards.facts import facts_of, rows_of
from interviewprep.cards.files import DeckPath
from interviewprep.cards.heads import Problem
from interviewprep.cards.library import (
    Built,
    CardFacts,
    DeckFacts,
    Use,
    build_library,
    sorted_problems,
)
from interviewprep.cards.loader import load_deck
from interviewprep.store.checking import without_bad_checks
from interviewprep.store.indexfile import IndexFile, NewFile, ViewRow, signature_of, to_json

UNREADABLE = Problem("", 0, 0, "a file could not be read; look again next time, even if nothing has changed")


def put_together(
    index: IndexFile, folders: str, files: Sequence[DeckPath], problems: Sequence[Problem]
) -> ViewRow:
    """Read what has changed, put the library together again and keep it."""
    facts: list[DeckFacts] = []
    new: dict[DeckPath, NewFile] = {}
    complete = True
    for path in files:
        known = index.file(path)
        if known is not None:
            facts.append(_facts_from_json(known.facts, path))
            continue
        found, new[path], readable = _read(path)
        complete = complete and readable
        facts.append(found)
    built = build_library(facts)
    with index:
        ids = index.save_files(files, new)
        entries = [ids[origin.file][origin.card] for origin in built.origins]
        signature = signature_of(files, problems if complete else [*problems, UNREADABLE])
        row = _view_row(signature, built, entries, problems)
        index.save_view(folders, row)
    return row


def _view_row(signature: str, built: Built, entries: list[int], problems: Sequence[Problem]) -> ViewRow:
    columns = list(zip(*built.heads, strict=True))
    return ViewRow(
        signature=signature,
        heads=to_json(columns),
        entries=to_json(entries),
        decks=to_json(built.decks),
        problems=to_json(sorted_problems([*built.problems, *problems])),
        aliases=to_json(built.aliases),
        concepts=to_json(list(built.concepts.values())),
    )


def _read(path: DeckPath) -> tuple[DeckFacts, NewFile, bool]:
    """Read a deck file; also whether it could be read at all."""
    loaded = without_bad_checks(load_deck(Path(path.path), deck_id=path.deck))
    facts = facts_of(loaded, shipped=path.folder == 0)
    return facts, NewFile(to_json(facts), rows_of(loaded), loaded.readable), loaded.readable


def _facts_from_json(text: str, path: DeckPath) -> DeckFacts:
    facts = DeckFacts._make(json.loads(text))
    return facts._replace(
        shipped=path.folder == 0,
        concepts=[ConceptFacts._make(c) for c in facts.concepts],
        cards=[CardFacts._make(c) for c in facts.cards],
        uses=[Use._make(u) for u in facts.uses],
        problems=[Problem._make(p) for p in facts.problems],
    )
