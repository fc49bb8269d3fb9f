"""Card heads: the few facts about a card that the queue needs, cheap enough for ten thousand of them."""

from __future__ import annotations

from typing import NamedTuple, TypeAlias

Nested: TypeAlias = "str | tuple[Nested, ...]"
"""A parameter of a numeric card as written: one text, or lists of texts inside each other."""


class CardHead(NamedTuple):
    """What the queue knows of a card. Lists are held as one string, words separated by spaces.

    A named tuple and not a dataclass: ten thousand are made before the first question is painted.
    """

    name: str
    """Full name, `deck#card`."""
    kind: str
    """`qa`, `numeric` or `choice`."""
    concept: str
    """Cards with one concept are siblings."""
    requires: str
    """Concept ids that should have been passed first (the card's and its concept's)."""
    level: str
    """`easy`, `medium`, `hard` or empty."""
    priority: str
    """`must`, `should` or `nice`."""
    tags: str
    scheduled: int
    """1 if a drill may ask it, 0 if it only serves other modes."""

    @property
    def deck(self) -> str:
        """The deck's id."""
        return self.name.partition("#")[0]


class RangeFacts(NamedTuple):
    """What a parameter may be: from `low` to `high`, perhaps in steps, or one `of` these."""

    low: float | None
    high: float | None
    step: float | None
    of: tuple[Nested, ...]


class CheckFacts(NamedTuple):
    """What a numeric card asks, as its deck file has it."""

    family: str
    params: tuple[tuple[str, Nested], ...]
    """(name, value) pairs."""
    ranges: tuple[tuple[str, RangeFacts], ...]
    """(name, range) pairs."""
    mental: bool


class Face(NamedTuple):
    """The asking side of a card: all that is needed to paint the question."""

    question: str
    variants: tuple[tuple[str, str], ...]
    """(id, wording) pairs; the question itself has the id ''."""
    options: tuple[str, ...] = ()
    """The option texts of a choice card, in file order."""
    check: CheckFacts | None = None
    """What a numeric card asks; None for other kinds."""


class DeckInfo(NamedTuple):
    """One deck as the home screen and `decks list` show it."""

    id: str
    title: str
    cards: int
    files: tuple[str, ...]
    shipped: bool


class Problem(NamedTuple):
    """One thing wrong with a deck file, at a place an editor can jump to."""

    path: str
    line: int
    """1-based; 0 where the file as a whole is meant."""
    column: int
    """1-based; 0 where the file as a whole is meant."""
    message: str
    """What is wrong and what to write instead."""
    severity: str = "error"
    """`error` or `warning`."""

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}:{self.column}" if self.line else self.path
        note = "warning: " if self.severity == "warning" else ""
        return f"{place}: {note}{self.message}"
