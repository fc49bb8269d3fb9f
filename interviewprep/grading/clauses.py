"""A text as sentences and clauses, with, for each word, whether it is claimed, denied or only reported."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from typing import NamedTuple

from interviewprep.grading.claims import CLOSE, claims, denials, takes_back
from interviewprep.grading.words import Break, Token, read, with_phrases

_MARKS = frozenset({",", ":", "(", ")", "[", "]", "—", "–", "--", "…", "{", "}", "\n"})
LONGEST_RUN = 3
"""Clauses in a stretch."""


class Word(NamedTuple):
    """A word as part of a claim."""

    token: Token
    denied: bool
    claimed: bool
    """False where it is only reported or set aside."""


class Sentence(NamedTuple):
    """The words of one sentence."""

    words: tuple[Word, ...]
    cuts: tuple[int, ...]
    """Places in `words` where a clause begins, the first one aside."""


def sentences(text: str) -> list[Sentence]:
    """The sentences of a text; a text without words has none."""
    found: list[Sentence] = []
    row: list[Token | Break] = []
    for piece in [*read(text), Break("", len(text), ends_sentence=True)]:
        if isinstance(piece, Break) and piece.ends_sentence:
            if any(isinstance(p, Token) for p in row):
                tokens = [p.word for p in row if isinstance(p, Token)]
                if found and takes_back(tokens, _marks(row)):
                    found[-1] = _set_aside(found[-1])
                found.append(_sentence(row))
            row = []
        else:
            row.append(piece)
    return found


def _set_aside(sentence: Sentence) -> Sentence:
    return sentence._replace(words=tuple(word._replace(claimed=False) for word in sentence.words))


def _sentence(row: list[Token | Break]) -> Sentence:
    tokens = with_phrases([p for p in row if isinstance(p, Token)])
    marks = _marks(row)
    words = [t.word for t in tokens]
    denied, claimed = denials(words, marks), claims(words, marks)
    cuts = [
        i
        for i in range(1, len(words))
        if i in marks or words[i] in CLOSE or (words[i] in ("and", "plus") and i + 1 < len(words))
    ]
    return Sentence(
        tuple(Word(t, d, c) for t, d, c in zip(tokens, denied, claimed, strict=True)), tuple(cuts)
    )


def _marks(row: list[Token | Break]) -> set[int]:
    """The places of the words that marks stand before."""
    found: set[int] = set()
    place = 0
    for piece in row:
        if isinstance(piece, Token):
            place += 1
        elif piece.mark in _MARKS:
            found.add(place)
    return found


Clauses = Sequence[tuple[Word, ...]]
"""The clauses of one sentence, one after the other."""


def runs(count: int) -> list[tuple[int, int]]:
    """The stretches of a sentence of so many clauses: first and last but one, the whole before its parts."""
    whole = (0, count)
    parts = ((a, b) for a in range(count) for b in range(a + 1, min(a + LONGEST_RUN, count) + 1))
    return [whole, *(part for part in parts if part != whole)]


def joined(clauses: Clauses, a: int, b: int) -> tuple[Word, ...]:
    """The words of neighbouring clauses."""
    return tuple(chain.from_iterable(clauses[a:b]))
