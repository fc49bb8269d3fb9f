"""Words that carry meaning, and how much: the terms of a card's wordings and of an answer."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from interviewprep.grading.clauses import Word, sentences
from interviewprep.grading.stems import stem

_EMPTY = """
a an the of to in on for with and or is are was were be been being it its this that these those as at by
from into than then so such very also too if but when while which what who whose how why there here you
your we our i me my they them their he she his her do does did has have had can could may might will would
should must up out about under more most some other another own just even still yet again ever always
never not no nor
"""
_WEAK_WORDS = """
use make get give take go come put call know see say work look want need let thing way lot mean kind sort
bit like well good bad case much many more most one two both each own any every same only just even over
per
"""
EMPTY = frozenset(stem(word) for word in _EMPTY.split())
WEAK = frozenset(stem(word) for word in _WEAK_WORDS.split())
GROUPS = frozenset("=+-")
"""First letters of keys that stand for groups of words."""


class Term(NamedTuple):
    """A word of a wording."""

    root: str
    groups: frozenset[str]
    denied: bool


def content(words: Iterable[Word]) -> list[Word]:
    """The words that carry meaning; small words stay only where they are part of a known phrase."""
    found = []
    for word in words:
        root = stem(word.token.word)
        if not word.token.keys or (root in EMPTY and not any(k[0] in GROUPS for k in word.token.keys)):
            continue
        found.append(word)
    return found


def term(word: Word) -> Term:
    """A word as it is compared."""
    groups = frozenset(k for k in word.token.keys if k[0] in GROUPS or k[0] == "#")
    return Term(stem(word.token.word), groups, word.denied)


def keys_of(word: Word) -> list[str]:
    """By what a word is compared: its stem, its groups and its number."""
    root = stem(word.token.word)
    return [root, *(k for k in word.token.keys if k[0] in GROUPS or k[0] == "#")]


def terms(text: str) -> tuple[Term, ...]:
    """The terms of a wording, in order."""
    words = (word for sentence in sentences(text) for word in content(sentence.words))
    return tuple(term(word) for word in words if word.claimed)


def other_pole(key: str) -> str:
    """The opposite of a pole: `-3` for `+3`."""
    return ("-" if key[0] == "+" else "+") + key[1:]
