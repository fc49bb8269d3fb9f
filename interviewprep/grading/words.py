"""Answers and key points as tokens: words, numbers and signs, each with the keys by which it is compared.

A key is a stem (`averag`), a group of synonyms (`=17`), a pole of a pair of opposites (`+3` or `-3`) or a
number (`#0.5`). Formulas become words: `1/n` is `1 over n`, `x^2` is `x squared`, `|w|` is `absolute w`,
`β` is `beta`.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from interviewprep.grading.signs import CONTRACTIONS, GREEK, NUMBER_WORDS, SIGNS
from interviewprep.grading.stems import stem
from interviewprep.grading.synonyms import OPPOSITE, SAME

_TOKEN = re.compile(
    r"(?P<number>\d+(?:,\d{3})+(?:\.\d+)?|\d*\.?\d+(?:e-?\d+)?)(?P<suffix>[kKmMxX%](?![A-Za-z]))?"
    r"|(?P<word>[^\W\d_]+(?:['’][^\W\d_]+)*(?:_?[^\W_]+)*\d*)"
    r"|(?P<end>[.!?;]+(?=\s|$)|\n\s*\n\s*)"
    r"|(?P<mark>\*\*|->|=>|--+|[,:()\[\]{}—–…\n])"
    r"|(?P<sign>[+*·×⋅/÷=<>≤≥≈~%^|→∝∈√∑∏∇∂∞Σ−-])"
)


WRAPPED = 30
"""Letters from which a line may have been broken only because it was full."""


class Token(NamedTuple):
    """One word, number or sign of a text."""

    word: str
    """As compared: lower case, no accents."""
    keys: frozenset[str]
    start: int
    end: int
    """Where it stands in the text."""


class Break(NamedTuple):
    """A boundary between words: the end of a sentence or a mark inside of one."""

    mark: str
    start: int
    ends_sentence: bool


def plain(text: str) -> str:
    """Lower case without accents, as long as the text itself: positions stay true."""
    if text.isascii():
        return text.lower()
    found = []
    for letter in text.replace("’", "'"):
        bare = unicodedata.normalize("NFKD", letter.lower())[:1] if letter not in GREEK else letter
        found.append(bare if len(bare) == 1 else letter)
    return "".join(found)


def read(text: str) -> list[Token | Break]:
    """The words, numbers, signs and boundaries of a text, in order."""
    found: list[Token | Break] = []
    for match in _TOKEN.finditer(plain(text)):
        if match.group() != "\n" or not _is_wrapped(text, match.start()):
            found.extend(_read(match))
    return found


def _is_wrapped(text: str, end: int) -> bool:
    """Whether a line ends in the middle of a sentence: long, without a mark, and the next goes on small."""
    line = text[text.rfind("\n", 0, end) + 1 : end].rstrip()
    return len(line) >= WRAPPED and line[-1].isalnum() and text[end + 1 :].lstrip(" \t")[:1].islower()


def _read(match: re.Match[str]) -> list[Token | Break]:
    start, end = match.span()
    kind = match.lastgroup
    text = match.group()
    if kind == "end":
        return [Break(text, start, ends_sentence=True)]
    if kind == "mark" and text != "**" and text not in ("->", "=>"):
        return [Break(text, start, ends_sentence=False)]
    if match.group("number") is not None:
        return [Token(text, _number_keys(match), start, end)]
    if kind == "word":
        words = CONTRACTIONS.get(text, text)
        if words.endswith("n't"):
            words = f"{words[:-3]} not"
        words = re.sub(r"'(s|re|ve|ll|d|m)$", "", words).replace("'", "")
        parts = (GREEK.get(part, part) for part in re.split(r"[ _]+", words) if part)
        return [Token(part, word_keys(part), start, end) for part in parts]
    if text in ("-", "−"):
        return [Token("minus", frozenset({"?minus"}), start, end)]
    if text in ("->", "=>", "→", "="):
        return [Token("is", frozenset(), start, end)]
    sign = SIGNS.get(text) or GREEK.get(text, text)
    return [Token(sign, word_keys(sign), start, end)]


def _number_keys(match: re.Match[str]) -> frozenset[str]:
    value = float(match.group("number").replace(",", ""))
    suffix = (match.group("suffix") or "").lower()
    value *= {"k": 1e3, "m": 1e6, "%": 0.01}.get(suffix, 1)
    return frozenset({number_key(value)})


def number_key(value: float) -> str:
    """Numbers that agree in two places have the same key: 0.333 and 0.33."""
    return f"#{value:.2g}"


@lru_cache(maxsize=20_000)
def word_keys(word: str) -> frozenset[str]:
    """The keys of a single word."""
    if word in GREEK:
        word = GREEK[word]
    root = stem(word)
    keys = {root}
    keys.update(_groups().get((root,), ()))
    if word in NUMBER_WORDS:
        keys.add(number_key(NUMBER_WORDS[word]))
    return frozenset(keys)


@lru_cache(maxsize=1)
def _groups() -> dict[tuple[str, ...], tuple[str, ...]]:
    """Stems, alone or in a row, to the groups of synonyms and opposites they belong to."""
    found: dict[tuple[str, ...], list[str]] = {}

    def put(phrase: str, key: str) -> None:
        stems = tuple(stem(t.word) for t in read_bare(phrase))
        if stems:
            found.setdefault(stems, []).append(key)

    for number, line in enumerate(filter(None, SAME.splitlines())):
        for phrase in line.split(", "):
            put(phrase, f"={number}")
    for number, line in enumerate(filter(None, OPPOSITE.splitlines())):
        left, right = line.split(" >< ")
        for phrase in left.split(", "):
            put(phrase, f"+{number}")
        for phrase in right.split(", "):
            put(phrase, f"-{number}")
    return {stems: tuple(dict.fromkeys(keys)) for stems, keys in found.items()}


@lru_cache(maxsize=1)
def known_stems() -> frozenset[str]:
    """Every stem of the tables of synonyms and opposites."""
    return frozenset(root for stems in _groups() for root in stems)


class _Bare(NamedTuple):
    word: str


def read_bare(text: str) -> list[_Bare]:
    """The words of a phrase of the tables, without keys."""
    return [_Bare(m.group().strip("'")) for m in re.finditer(r"[^\W_]+(?:'[^\W_]+)*", plain(text))]


_LONGEST = 5


def with_phrases(tokens: list[Token]) -> list[Token]:
    """The same tokens; those that form a known phrase (`learning rate`) get its keys as well."""
    groups = _groups()
    stems = [stem(t.word) for t in tokens]
    extra: dict[int, set[str]] = {}
    for begin in range(len(tokens)):
        for size in range(2, min(_LONGEST, len(tokens) - begin) + 1):
            keys = groups.get(tuple(stems[begin : begin + size]))
            if keys:
                for place in range(begin, begin + size):
                    extra.setdefault(place, set()).update(keys)
    return [t._replace(keys=t.keys | extra[i]) if i in extra else t for i, t in enumerate(tokens)]
