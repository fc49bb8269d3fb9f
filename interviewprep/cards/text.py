"""Small things done to text: cleaning, slugs, near words, what a search compares."""

from __future__ import annotations

import re
import unicodedata
import zlib
from collections.abc import Iterable

# C0 and C1 controls except newline and tab, the byte order mark, what YAML refuses (surrogates and
# non-characters), and the bidi embeddings, overrides and isolates that can make text read as other text.
_UNWANTED = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]", re.UNICODE
)
LIKE = 65.0
"""How like two words must be (0 to 100) for one to be suggested for the other."""
_LINE_ENDS = re.compile("\r\n?")
_SEPARATORS = re.compile("[\u2028\u2029]")
_NOT_SLUG = re.compile(r"[^a-z0-9]+")


def clean(text: str) -> str:
    """Text without control characters (newline and tab stay) and bidi overrides, line ends as newlines."""
    if "\r" in text:
        text = _LINE_ENDS.sub("\n", text)
    return _SEPARATORS.sub(" ", _UNWANTED.sub("", text))


def has_unwanted(text: str) -> bool:
    """Whether `clean` would take anything away."""
    return _UNWANTED.search(text) is not None


def slug(text: str, *, length: int = 60) -> str:
    """An id made from text: a-z, 0-9 and hyphens, at most `length` long, cut at a word.

    Text without any Latin letter or digit gives a checksum, so that the id is still stable.
    """
    folded = unicodedata.normalize("NFKD", text).casefold()
    plain = _NOT_SLUG.sub("-", "".join(c for c in folded if not unicodedata.combining(c))).strip("-")
    if not plain:
        return f"x{zlib.crc32(text.encode('utf-8', 'replace')):08x}"
    if len(plain) > length:
        cut = plain.rfind("-", 0, length + 1)
        plain = plain[: cut if cut > 0 else length].strip("-")
    return plain


def folded(text: str) -> str:
    """Text as a search compares it: case and compatibility forms do not matter, white space is one space."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def nearest(word: str, known: Iterable[str]) -> str:
    """`; did you mean X?` for the nearest known word, or nothing when none is near."""
    found = near(word, known, count=1)
    return f"; did you mean `{found[0]}`?" if found else ""


def near(word: str, known: Iterable[str], *, count: int = 3) -> list[str]:
    """The known words most like `word`, best first; empty when none is like it.

    Of a deck's id or a card's full name the end alone may be like it.
    """
    from rapidfuzz import fuzz, process

    names = sorted(known)
    scores: dict[str, float] = {}
    for choices in (names, [re.split("[/#]", name)[-1] for name in names]):
        found = process.extract(
            word, choices, scorer=fuzz.ratio, processor=str.casefold, limit=count, score_cutoff=LIKE
        )
        for _, score, place in found:
            scores[names[place]] = max(score, scores.get(names[place], 0.0))
    return sorted(scores, key=lambda name: (-scores[name], name))[:count]
