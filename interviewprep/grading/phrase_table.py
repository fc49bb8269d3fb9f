"""Weights of words for the cards of the shipped decks, fitted once by `benchmarks/fit_phrases.py`.

They stand in `phrases.txt`: for each card a line with its digest, then a line for each word with one letter
for each idea. A card that was changed has another digest, and is graded by its wordings alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from zlib import crc32

from interviewprep.grading.facts import CardFacts
from interviewprep.grading.phrases import Phrases

UNIT = 0.1
"""What one step between letters is worth."""
NOTHING = ord("I")
FIRST, LAST = ord("!"), ord("~")
CARD = "@"
"""Begins the line of a card."""


def digest(card: CardFacts) -> str:
    """What tells a card's key points and misconceptions, with all their wordings, from other ones."""
    ideas = [("point", p.id, *p.wordings) for p in card.points]
    ideas += [("misconception", m.id, *m.wordings) for m in card.misconceptions]
    return f"{crc32(chr(30).join(map(chr(31).join, ideas)).encode()):08x}"


def table_of(card: CardFacts, phrases: Phrases) -> str:
    """A card's lines in the table."""
    rows = [f"{CARD}{digest(card)}"]
    for key in sorted(phrases.weights):
        row = phrases.weights[key]
        letters = "".join(_letter(row.get(idea, 0.0)) for idea in range(phrases.ideas))
        if letters.strip(chr(NOTHING)):
            rows.append(f"{key} {letters}")
    return "\n".join(rows) + "\n"


def fitted_phrases(card: CardFacts) -> Phrases | None:
    """The fitted weights of a card; None for cards that are not in the table."""
    table = _table()
    head = f"{CARD}{digest(card)}\n".encode()
    begin = table.find(head)
    if begin < 0:
        return None
    begin += len(head)
    end = table.find(f"\n{CARD}".encode(), begin)
    weights: dict[str, Mapping[int, float]] = {}
    for line in table[begin : end if end >= 0 else len(table)].decode().splitlines():
        key, letters = line.split(" ")
        steps = ((idea, ord(letter) - NOTHING) for idea, letter in enumerate(letters))
        weights[key] = {idea: step * UNIT for idea, step in steps if step}
    return Phrases(weights, len(card.points) + len(card.misconceptions))


def _letter(weight: float) -> str:
    return chr(min(LAST, max(FIRST, NOTHING + round(weight / UNIT))))


@lru_cache(maxsize=1)
def _table() -> bytes:
    """The table as it stands in the file: as text it would take twice the memory."""
    return files("interviewprep.grading").joinpath("phrases.txt").read_bytes()
