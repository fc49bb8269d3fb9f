"""Markdown as data: blocks of spans, the same for every output. `markdown_reader` makes them.

Every block has `gap`: a blank line stands before it in the source, and is kept in the output. Named
tuples, because twelve dataclasses would cost the first question 5 ms.
"""

from __future__ import annotations

from enum import Flag, auto
from typing import NamedTuple


class Mark(Flag):
    """What is special about a span."""

    NONE = 0
    STRONG = auto()
    EMPHASIS = auto()
    STRIKE = auto()
    CODE = auto()
    ADDRESS = auto()
    """Where a link leads, shown in brackets after its text."""
    FORMULA = auto()
    """The text is LaTeX source, not yet converted."""


class Span(NamedTuple):
    """A run of text with its marks; a newline in it is a line break."""

    text: str
    mark: Mark = Mark.NONE


Spans = tuple[Span, ...]


class Paragraph(NamedTuple):
    """Running text."""

    gap: bool
    spans: Spans


class Heading(NamedTuple):
    """A heading of level 1 to 6."""

    gap: bool
    level: int
    spans: Spans


class Item(NamedTuple):
    """One entry of a list; `number` is '' for a bullet, else as written, e.g. `2.`."""

    number: str
    blocks: tuple[Block, ...]
    gap: bool


class Listing(NamedTuple):
    """A list, ordered or not."""

    gap: bool
    items: tuple[Item, ...]


class Quote(NamedTuple):
    """Quoted blocks."""

    gap: bool
    blocks: tuple[Block, ...]


class Code(NamedTuple):
    """Program text, line ends kept; `language` as the author named it, may be ''."""

    gap: bool
    text: str
    language: str


class Table(NamedTuple):
    """A table; `aligns` holds `left`, `center` or `right` by column."""

    gap: bool
    head: tuple[Spans, ...]
    rows: tuple[tuple[Spans, ...], ...]
    aligns: tuple[str, ...]


class Formula(NamedTuple):
    """A formula on lines of its own, as LaTeX source."""

    gap: bool
    source: str


class Rule(NamedTuple):
    """A line across."""

    gap: bool


class Literal(NamedTuple):
    """Text shown as it is, only wrapped."""

    gap: bool
    text: str


Block = Paragraph | Heading | Listing | Quote | Code | Table | Formula | Rule | Literal
