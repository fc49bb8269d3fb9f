"""The three note types: names, fields and ids are fixed for ever.

A field added, renamed or moved would make a second note type beside the first in every collection that
already has it; what comes later goes into the spare fields. Texts of templates may change: raise
`templates.CHANGED` then.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from interviewprep.exchange.anki.names import id_of

VARIANTS: Final = 5
"""Fixed variants of a numeric card."""

_ANSWER: Final = (
    "Short answer",
    "In one line",
    "Key points",
    "In detail",
    "Analogy",
    "Example",
    "Misconceptions",
    "Follow-ups",
    "References",
)
CARD_FIELD: Final = "Card name"
"""The field that holds the card's full name. (`Card` alone means something else in Anki's search.)"""
SPARE: Final = ("Spare 1", "Spare 2", "Spare 3", "Spare 4")
_END: Final = ("About", CARD_FIELD, *SPARE)


@dataclass(frozen=True, slots=True)
class NoteType:
    """A note type with one card template."""

    kind: str
    """The kind of our cards that become its notes."""
    id: int
    name: str
    fields: tuple[str, ...]

    @property
    def field_ids(self) -> tuple[int, ...]:
        """With ids, Anki recognises fields and merges note types instead of adding another."""
        return tuple(id_of(f"field:{self.kind}:{field}") for field in self.fields)

    @property
    def template_id(self) -> int:
        """The id of the one template."""
        return id_of(f"template:{self.kind}")


QA: Final = NoteType(
    "qa", 1_700_000_000_101, "Interview prep: question", ("Question", "Variants", *_ANSWER, *_END)
)
CHOICE: Final = NoteType(
    "choice",
    1_700_000_000_102,
    "Interview prep: choice",
    ("Question", "Variants", "How to answer", "Options", "Right options", *_ANSWER, *_END),
)
NUMERIC: Final = NoteType(
    "numeric",
    1_700_000_000_103,
    "Interview prep: calculation",
    (
        "Question",
        "Variants",
        *(f"Numbers {n}" for n in range(1, VARIANTS + 1)),
        *(f"Working {n}" for n in range(1, VARIANTS + 1)),
        "Formula",
        "Common slips",
        *_ANSWER,
        *_END,
    ),
)
NOTE_TYPES: Final[Mapping[str, NoteType]] = {t.kind: t for t in (QA, CHOICE, NUMERIC)}
