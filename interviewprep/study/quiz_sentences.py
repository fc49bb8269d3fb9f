"""Whether a text can stand alone as a statement, and how a fragment is made one that does."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

SHORTEST_CLAUSE = 30
"""Characters of a clause: below it says too little."""
FEWEST_WORDS = 4


def words_in(text: str) -> frozenset[str]:
    """The words of a list."""
    return frozenset(text.split())


_CLAUSE_END: Final = re.compile(r"(?<=[a-zA-Z0-9)\]$%][.;])\s+(?=\S)")
_ABBREVIATION: Final = re.compile(r"\b(?:e\.g|i\.e|al|vs|cf|approx|etc|Fig|Eq|Dr|No)\.$")
_LEANING: Final = re.compile(
    r"(?:this|that|these|those|they|then|so|but|however|here|there|both|such|his|their|them|and|or|it|its"
    r"|thus|hence|also|otherwise|too|either|neither|one|the other|the second|the first|the former|the latter"
    r"|another|others|most|some|forms|examples|again|next|finally|instead|only then|in it|there|use|with it"
    r"|without it|for it|the same|each of|yet|still|even|say|name|check|report|see|why|how|what|not"
    r"|choose|fit|keep|take|put|prefer|tune|test|watch|log|compare|stack|you|\w+'s (?:is|has))\b",
    re.IGNORECASE,
)
"""Openings of a clause that needs the one before it, or that is advice and no statement."""
_POINTING: Final = re.compile(
    r"\b(?:therefore|this|these|those|the former|the latter|the first|the second)\b", re.IGNORECASE
)
"""Words by which a clause that is not the first points to one before it."""
_HANGING: Final = re.compile(
    r"\b(?:in|of|to|at|for|by|with|on|from|into|over|than|under|as|gets?|has|have)"
    r" that (?!is\b|of\b)(?P<what>\w+)"
    r"|\bsuch (?!as\b)|\bso$|^(?!Its?\b).*, so .*\bit$|^(?:If|When) (?:it is|they are) not\b"
    r"|^(?!.*\b(?:if|when|first|which|warm-up)\b).*\bthen\b"
    r"|^(?!Its?\b|Without\b).*\b(?:without|within) it\b"
    r"|, so (?:check|clip|divide|keep|report|say|test|use|add)\b"
    r"|\b(?:from|of|in|to|for|with) one (?:is|are|do|does|has|have|can|cannot|may|must|will)\b"
    r"|\bwith (?:far |much )?(?:little|less|few|fewer|many|more)$",
    re.IGNORECASE,
)
"""What hangs in the air where a statement stands alone: `in that direction`, `layers then learn slowly`, an
`it` that may be either of two things, `a threshold from one does`, `feasible with little`; and advice, which
is nothing that is true or false."""
_EITHER_OF_TWO: Final = re.compile(
    r"(?:Its?|They|Their)\b|[^,;:]*(?<!\bas)(?<!\bif)(?<!\bbut)(?<!\bfrom)(?<!\bbefore)"
    r"(?<!\bthat)(?<!\bwhen)(?<!\bunless)(?<!\bbecause)"
    r" (?:it|them)\b",
    re.IGNORECASE,
)
"""An `it` that begins a statement or is the object of its first clause."""
_VERBS: Final = words_in("""
    is are was were has have had can cannot may might must should does do did will would gives give
    makes make keeps keep needs need uses use learns learn reads read says say tells tell trains
    train divides subtracts adds computes compute applies maps returns compares predicts reduces
    reduce removes remove shrinks shrink grows grow lies lie lets let takes take turns turn sees see
    stays stay comes come goes go means mean depends depend punishes ignores measures measure helps
    help becomes become carries changes change counts collapse collapses starts start stops stop
    runs run weighs drops drop averages works work saturates vanish vanishes explode explodes fails
    fail costs cost links link equals equal lowers lower raises raise stores store holds hold sets
    set scales splits split stands stand treats treat improves improve follows follow produces
    produce minimizes minimize maximizes multiplies multiply passes pass looks look shows show
    allows allow exposes mixes mix sums blends limits limit mitigates connects connect contains
    contain restores restore pulls pull overshoots oscillates diverges dominates preserves preserve
    samples generates generate denoises recomputes trades behaves acts act matches match varies
    ranks outputs receives receive remains remain seems seem gets get hurt hurts fit fits forms
    aims replaces
""")
_AFTER_PLURAL: Final = frozenset({"mean", "set", "hold", "read"})
"""Verbs only behind a plural: elsewhere they are `the harmonic mean`, `the whole set`, `to hold`."""
_NOUNS_TOO: Final = words_in(
    "maps outputs samples measures changes steps scales costs limits runs drops works shows"
)
"""Verbs that behind `of` are more likely nouns in the plural."""
LEADING_VERBS: Final = words_in("""
    gives makes keeps needs uses learns reads says tells trains divides subtracts adds computes
    applies maps returns compares predicts reduces removes shrinks grows lies lets takes turns stays
    comes goes depends punishes ignores measures helps carries changes counts starts stops runs
    weighs drops averages works saturates fails links equals lowers raises stores holds sets splits
    treats improves follows produces minimizes multiplies passes looks shows allows mixes sums
    blends mitigates connects contains restores dominates preserves generates reuses has is trades downsamples
""")
_PARTICIPLES: Final = frozenset(
    {"used", "made", "trained", "applied", "computed", "chosen", "learned", "measured", "called"}
)
_AUXILIARIES: Final = frozenset(
    {"is", "are", "was", "were", "has", "have", "does", "do", "can", "cannot", "may", "must", "will"}
)
_NOUN_PHRASE: Final = re.compile(r"(?:the|a|an) ((?:[\w-]+ ){1,3})(?:of|for|that|between|from|under|built)\b")
_RELATIVE: Final = re.compile(r"\b(?:that|which|where|who|whose|once|when|if|while)\b")
_ADVERBIAL: Final = re.compile(
    r"(?:for|on|in|with|without|at|since|if|when|while|after|before|under|once|as|because|unlike|by|during"
    r"|among|over|above|below|among|given)\b",
    re.IGNORECASE,
)


def clauses(text: str) -> list[str]:
    """The main clauses of a text that can stand alone."""
    parts: list[str] = []
    for piece in _CLAUSE_END.split(" ".join(text.split())):
        if parts and _ABBREVIATION.search(parts[-1]):
            parts[-1] += f" {piece}"
        else:
            parts.append(piece)
    alone = [
        p for place, p in enumerate(parts) if not place or not (_LEANING.match(p) or _POINTING.search(p))
    ]
    return [p for p in alone if is_sentence(p) and ":" not in p and len(p) >= SHORTEST_CLAUSE]


def as_sentence(point: str, names: Sequence[str]) -> str:
    """A key point as a sentence about what has these names; empty where it cannot be made one."""
    text = point.strip()
    first = text.split()[0].casefold()
    if first in {"it", "its"}:
        return text
    if (said := with_subject(text, names)) != text:
        return said
    return text if is_sentence(text) and not _LEANING.match(text) else ""


def with_subject(text: str, names: Sequence[str]) -> str:
    """`maps any number into (0, 1)` as `It maps ...`; the same text where its subject is not left out."""
    if not text[:1].islower() or is_plural(names):
        return text
    first = text.split(maxsplit=1)[0]
    if first in LEADING_VERBS:
        return f"It {text}"
    if first in _PARTICIPLES:
        return f"It is {text}"
    return f"It is {text}" if _is_noun_phrase(text) else text


def _is_noun_phrase(text: str) -> bool:
    """`the share of predictions that are right`: no verb but in one relative clause."""
    found = _NOUN_PHRASE.match(text)
    if found is None or _has_verb(found[0].split()):
        return False
    main, *relative = _RELATIVE.split(text, maxsplit=1)
    words = main.replace(",", " ").split()
    if not _AUXILIARIES.isdisjoint(words) or _has_finite_verb(words[len(found[0].split()) :]):
        return False
    return all(sum(word.strip(",") in _VERBS for word in clause.split()) <= 1 for clause in relative)


def _has_verb(words: Sequence[str]) -> bool:
    """Whether one of the words behind the first is a verb; some are one only behind a plural."""
    return any(
        word in _VERBS and (word not in _AFTER_PLURAL or last.endswith("s")) for last, word in pairwise(words)
    )


def _has_finite_verb(words: Sequence[str]) -> bool:
    """Whether what stands behind `the field of` goes on to say something of it: `later layers grows`."""
    return any(word in _VERBS and word.endswith("s") and word not in _NOUNS_TOO for word in words[1:])


def is_sentence(text: str) -> bool:
    """Whether the main clause has a verb: before the first comma, or behind it where a phrase leads in."""
    chunks = re.split(r"[,;:] ", text)
    main = chunks[1] if _ADVERBIAL.match(text) and len(chunks) > 1 else chunks[0]
    words = [w.casefold().strip(",;.()") for w in _RELATIVE.split(main)[0].split()]
    return len(text.split()) >= FEWEST_WORDS and _has_verb(words)


def is_plural(names: Sequence[str]) -> bool:
    """Whether `it` cannot stand for what has these names."""
    last = names[0].split()[-1] if names else ""
    return (last.endswith("s") and not last.endswith(("ss", "is", "us"))) or len(names) > 2


def hangs(text: str) -> bool:
    """Whether a statement has words that point to what is not in it."""
    found = _HANGING.search(text)
    if found is None:
        return False
    # `each weight's gradient over a mean of that weight's squares` points to what was just named.
    return not (found["what"] and re.search(rf"\b{found['what']}\b", text[: found.start()], re.IGNORECASE))


def is_of_either(text: str) -> bool:
    """Whether a statement about two things has an `it` that stands for one of them without naming it."""
    return _EITHER_OF_TWO.match(text) is not None
