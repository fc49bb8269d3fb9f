"""What the decks were written from: the rows of the source document, and what is corrected in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, NamedTuple

import yaml
from pydantic import TypeAdapter, ValidationError

from interviewprep.cards.model import Card
from interviewprep.errors import DeckError

FILE_NAME = "source-map.yaml"
Kind = Literal["E", "C", "M", "I", "X", "D", "F"]
KINDS = {
    "E": "wrong",
    "C": "critical omission",
    "M": "misleading or claiming too much",
    "I": "imprecise or incomplete",
    "X": "contradicts itself",
    "D": "dated",
    "F": "format",
}
_PACKAGE = Path(__file__).resolve().parents[1]
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A stretch of lines of the source document about one thing."""

    id: str
    lines: tuple[int, int]
    """First and last line, 1-based."""
    topic: str
    heading: bool = False
    """True for a bare heading, which teaches nothing."""


@dataclass(frozen=True, slots=True)
class Correction:
    """Something the source document says, and what is right."""

    id: str
    kind: Kind
    rows: tuple[str, ...]
    """Where the document says it."""
    says: str
    right: str
    second_reading: bool = False
    """Whether only the second reading found it."""


@dataclass(frozen=True, slots=True)
class SourceMap:
    """The rows and corrections of one document, in its order."""

    document: str
    """As cards name it in `source.document`."""
    rows: tuple[SourceRow, ...]
    corrections: tuple[Correction, ...]


class Applied(NamedTuple):
    """A correction that a card carries."""

    correction: Correction
    carried_by: tuple[str, ...]
    """Ids of the misconceptions that carry it; `card` for the card's text as a whole."""


class Trace(NamedTuple):
    """What a card was written from; empty for a card with another source or none."""

    rows: tuple[SourceRow, ...]
    corrections: tuple[Applied, ...]


def find_source_map() -> Path:
    """The map inside the installed package, or beside it in a checkout."""
    inside = _PACKAGE / "data" / FILE_NAME
    return inside if inside.is_file() else _PACKAGE.parent / "data" / FILE_NAME


def load_source_map(path: Path | None = None) -> SourceMap:
    """Read a source map, without `path` the one that comes with the decks. Raises DeckError."""
    path = path or find_source_map()
    hint = "It comes with the program; install that again."
    try:
        data = yaml.load(path.read_bytes(), Loader=_Loader)  # noqa: S506 (a safe loader)
    except (OSError, ValueError, yaml.YAMLError) as error:
        raise DeckError(f"{path}: cannot be read: {error}", hint=hint) from None
    try:
        return TypeAdapter(SourceMap).validate_python(data)
    except ValidationError as error:
        places = (f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors())
        raise DeckError("\n".join(f"{path}: {place}" for place in places), hint=hint) from None


def trace(card: Card, source_map: SourceMap) -> Trace:
    """The rows a card was written from and the corrections it carries, in the order of the map."""
    if card.source is None or card.source.document != source_map.document:
        return Trace((), ())
    named = set(card.source.rows)
    carriers: dict[str, list[str]] = {}
    for owner, correction in _carried(card):
        carriers.setdefault(correction, []).append(owner)
    return Trace(
        tuple(row for row in source_map.rows if row.id in named),
        tuple(Applied(c, tuple(carriers[c.id])) for c in source_map.corrections if c.id in carriers),
    )


def _carried(card: Card) -> Iterator[tuple[str, str]]:
    """Pairs of what carries a correction and the correction's id."""
    for correction in card.corrects:
        yield "card", correction
    for misconception in card.misconceptions:
        for correction in misconception.corrects:
            yield misconception.id, correction
