"""What a text claims: its sentences with, for each word, whether it is denied or only reported.

"It does not update the weights" denies `update` and `weights`; "people think it needs a GPU" and "unlike
RNNs, ..." report without claiming. A rule of thumb for scope, as in NegEx (Chapman et al. 2001): from the
word that denies to the end of the clause.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from typing import NamedTuple

from interviewprep.grading.words import Break, Token, read, with_phrases

DENY = frozenset(
    {
        "not",
        "no",
        "never",
        "without",
        "neither",
        "nor",
        "none",
        "hardly",
        "nobody",
        "nowhere",
        "barely",
        "nothing",
    }
)
_CLOSE = frozenset(
    {"but", "because", "so", "since", "although", "though", "while", "whereas", "until", "till", "instead",
     "which", "however", "therefore", "then", "as", "if", "when"}
)  # fmt: skip
_OPENS_CLAUSE = frozenset(
    {
        "it",
        "the",
        "you",
        "we",
        "they",
        "this",
        "that",
        "there",
        "a",
        "he",
        "she",
        "i",
        "its",
        "so",
        "then",
        "is",
    }
)
_NOT_DENIED = frozenset({"matter", "doubt", "wait"})
_ONLY = frozenset({"only", "just", "merely"})
_BE = frozenset({"is", "are", "was", "were", "be", "been", "being", "get", "gets", "got"})
_TWICE = 3
"""A second denial within so many words takes the first one back ("not without", "never no")."""
_WHO = frozenset(
    {"people", "some", "many", "someone", "they", "one", "folks", "others", "myth", "misconception"}
)
_SAY = frozenset(
    {"think", "say", "believe", "claim", "thinks", "says", "believes", "claims", "assume", "thought", "said"}
)
_BACK = frozenset({"but", "though", "however", "actually", "which"})
_UNTRUE = frozenset({"untrue", "false", "wrong", "myth", "nonsense", "incorrect", "misconception"})
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
                found.append(_sentence(row))
            row = []
        else:
            row.append(piece)
    return found


def _sentence(row: list[Token | Break]) -> Sentence:
    tokens = with_phrases([p for p in row if isinstance(p, Token)])
    marks = _marks(row)
    words = [t.word for t in tokens]
    denied = _denied(words, marks)
    claimed = _claimed(words, marks)
    if _rejected(words):
        denied = [not d for d in denied]
    cuts = [
        i
        for i in range(1, len(words))
        if i in marks or words[i] in _CLOSE or (words[i] in ("and", "plus") and i + 1 < len(words))
    ]
    return Sentence(
        tuple(Word(t, d, c) for t, d, c in zip(tokens, denied, claimed, strict=True)), tuple(cuts)
    )


def _marks(row: list[Token | Break]) -> dict[int, str]:
    """Marks by the place of the word they stand before."""
    found: dict[int, str] = {}
    place = 0
    for piece in row:
        if isinstance(piece, Token):
            place += 1
        elif piece.mark in _MARKS:
            found[place] = piece.mark
    return found


def _denied(words: list[str], marks: dict[int, str]) -> list[bool]:
    found: list[bool] = []
    open_ = False
    since = begun = 0
    more = bool({"but", "also"} & set(words))
    for i, word in enumerate(words):
        following = words[i + 1] if i + 1 < len(words) else ""
        if i in marks or word in _CLOSE or (word == "and" and following in _OPENS_CLAUSE):
            open_ = False
            begun = i
        if word in DENY and following not in _NOT_DENIED and not (more and following in _ONLY):
            found.append(False)
            open_ = not (open_ and i - since <= _TWICE and words[i - 1] != "and")
            since = i
            if open_ and i and words[i - 1] in _BE and following.endswith(("ed", "en")):
                # "The weights are not updated" denies as much as "does not update the weights".
                found[begun:i] = [True] * (i - begun)
            continue
        if (word == "instead" and following == "of") or (word == "rather" and following == "than"):
            open_ = True
            found.append(False)
            continue
        found.append(open_)
    return found


def _claimed(words: list[str], marks: dict[int, str]) -> list[bool]:
    found = []
    aside = ""
    for i, word in enumerate(words):
        following = words[i + 1 : i + 3]
        if aside == "unlike" and i in marks and word not in ("which", "who", "where"):
            aside = ""
        if aside == "say" and word in _BACK:
            aside = ""
        if word == "unlike":
            aside = "unlike"
        elif word in _WHO and _SAY.intersection(following):
            aside = "say"
        found.append(not aside)
    return found


def _rejected(words: list[str]) -> bool:
    """Whether the sentence calls what it says untrue."""
    text = " ".join(words)
    return any(
        phrase in text
        for phrase in (
            "not true",
            "not the case",
            "not right",
            "not correct",
            "is a myth",
            "no no",
            "is wrong to",
        )
    )


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
