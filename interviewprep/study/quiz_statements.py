"""What a card says, as statements one can mark as right or wrong: the raw material of generated questions.

Right ones come from the short answer, the one-liner and the key points; wrong ones from the misconceptions,
and from the must points of concepts that the card's own is confused with.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from interviewprep.cards.concepts import ConceptInfo
    from interviewprep.cards.model import Card, KeyPoint

ONE_LINER = "one-liner"
"""Id of the statement that is the card's one line."""
SHORTEST = 18
SHORTEST_CLAUSE = 30
LONGEST = 150
"""Characters of a statement: below it says too little, above it takes too long to read beside others."""
ALIKE = 72.0
"""From this likeness on (0 to 100) two statements say the same."""
FEWEST_WORDS = 4
COVERED = 0.75
"""A statement whose content words stand to this share in a card's text may well be true of that card."""
CUT = 6
"""Letters by which words are compared, so that `weight` and `weights` are one."""


def _words(text: str) -> frozenset[str]:
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
_CONCEDED: Final = re.compile(
    r"(?:True|Often|Usually|Mostly|Partly|Sometimes|Yes|Roughly|Nearly|Almost|In part)\b|.{0,60}\byes\b[.,]"
    r"|(?:It|They) (?:only )?reduces?\b|Strictly|Only a slogan|Dated|(?:Name|Say|State|Mention|Add)\b"
)
"""Beginnings of a `why` that grants the statement in part, or that tells what else to say: such statements
are poor answers, and too close to being right to be marked wrong."""
_VERBS: Final = _words("""
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
    ranks outputs receives receive remains remain seems seem gets get hurt hurts fit fits
""")
_LEADING_VERBS: Final = _words("""
    gives makes keeps needs uses learns reads says tells trains divides subtracts adds computes
    applies maps returns compares predicts reduces removes shrinks grows lies lets takes turns stays
    comes goes depends punishes ignores measures helps carries changes counts starts stops runs
    weighs drops averages works saturates fails links equals lowers raises stores holds sets splits
    treats improves follows produces minimizes multiplies passes looks shows allows mixes sums
    blends mitigates connects contains restores dominates preserves generates reuses has is trades
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
_STOP: Final = _words("""
    a an the of for and or in on at to by with without from as is are was be been it its this that
    these those which what who how when where why does do not no than then so if into over per each
    every all any both one two more most less can may must will has have they them their there you
    your statement statements right true false about between
""")
_WORD: Final = re.compile(r"[a-zA-Z][a-zA-Z0-9]+")


class Statement(NamedTuple):
    """Something said about a concept, right or wrong."""

    id: str
    """Of the key point, misconception or part of the card it comes from."""
    text: str
    """As an option shows it: begins with a capital, ends without a full stop."""
    why: str
    """Why it is wrong; of a right one what the card says in one line."""
    is_borrowed: bool = False
    """True of another concept, and so wrong of this one."""


class Sayings(NamedTuple):
    """All that can be said about one card."""

    title: str
    """What it is about, as people write it."""
    names: tuple[str, ...]
    """How the concept is called."""
    right: tuple[Statement, ...]
    wrong: tuple[Statement, ...]
    borrowed: tuple[Statement, ...]


def sayings_of(
    card: Card, concepts: Mapping[str, ConceptInfo], others: Mapping[str, Sequence[Card]]
) -> Sayings:
    """The statements of a question card; `others` are the question cards of each concept."""
    concept = concepts[card.concept]
    names = names_of(concept)
    return Sayings(
        title=concept.title,
        names=names,
        right=tuple(_right(card, names)),
        wrong=tuple(_wrong(card, names)),
        borrowed=tuple(_borrowed(card, concepts, others)),
    )


def names_of(concept: ConceptInfo) -> tuple[str, ...]:
    """What people call a concept: its title, what stands in brackets there, both sides of a comparison."""
    title = concept.title
    inside = re.findall(r"\(([^)]*)\)", title)
    outside = re.sub(r"\s*\([^)]*\)", "", title)
    sides = re.split(r"\s+(?:vs\.?|versus|and)\s+", outside)
    found = dict.fromkeys(n.strip() for n in (outside, *inside, *sides) if len(n.strip()) > 1)
    return tuple(found)


def words_of(text: str) -> frozenset[str]:
    """The content words of a text, cut so that singular and plural are one."""
    return frozenset(w[:CUT] for w in map(str.casefold, _WORD.findall(text)) if w not in _STOP)


def names_concept(text: str, names: Iterable[str]) -> bool:
    """Whether a text calls the concept by one of its names."""
    folded = text.casefold()
    return any(re.search(rf"\b{re.escape(name.casefold())}(?:s|es)?\b", folded) for name in names)


def alike(one: str, other: str) -> float:
    """How alike two statements are, 0 to 100; the order of words counts little."""
    from rapidfuzz import fuzz

    return fuzz.token_set_ratio(one.casefold(), other.casefold())


# -- right ---------------------------------------------------------------------------------------


def _right(card: Card, names: Sequence[str]) -> list[Statement]:
    why = card.one_liner or card.short
    found = [Statement(f"short-{n}", text, why) for n, text in enumerate(_clauses(card.short), 1)]
    found += [Statement(p.id, text, why) for p in card.key_points if (text := _as_sentence(p, names))]
    if card.one_liner and _is_sentence(card.one_liner):
        found.append(Statement(ONE_LINER, card.one_liner, card.short))
    told = [s._replace(text=_told(s.text, names)) for s in found]
    return _without_repeats([s for s in told if SHORTEST <= len(s.text) <= LONGEST])


def _clauses(text: str) -> list[str]:
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
    return [p for p in alone if _is_sentence(p) and ":" not in p and len(p) >= SHORTEST_CLAUSE]


def _as_sentence(point: KeyPoint, names: Sequence[str]) -> str:
    """A key point as a sentence; empty where it is a fragment that cannot be made one."""
    text = point.text.strip()
    first = text.split()[0].casefold()
    if first in {"it", "its"}:
        return text
    if (said := _with_subject(text, names)) != text:
        return said
    return text if _is_sentence(text) and not _LEANING.match(text) else ""


def _with_subject(text: str, names: Sequence[str]) -> str:
    """`maps any number into (0, 1)` as `It maps ...`; the same text where its subject is not left out."""
    if not text[:1].islower() or _is_plural(names):
        return text
    first = text.split(maxsplit=1)[0]
    if first in _LEADING_VERBS:
        return f"It {text}"
    if first in _PARTICIPLES:
        return f"It is {text}"
    return f"It is {text}" if _is_noun_phrase(text) else text


def _is_noun_phrase(text: str) -> bool:
    """`the share of predictions that are right`: no verb but in one relative clause."""
    found = _NOUN_PHRASE.match(text)
    if found is None or not _VERBS.isdisjoint(found[1].split()):
        return False
    main, *relative = _RELATIVE.split(text, maxsplit=1)
    if not _AUXILIARIES.isdisjoint(main.replace(",", " ").split()):
        return False
    return all(sum(word.strip(",") in _VERBS for word in clause.split()) <= 1 for clause in relative)


def _is_sentence(text: str) -> bool:
    """Whether the main clause has a verb: before the first comma, or behind it where a phrase leads in."""
    chunks = re.split(r"[,;:] ", text)
    main = chunks[1] if _ADVERBIAL.match(text) and len(chunks) > 1 else chunks[0]
    words = [w.casefold().strip(",;.()") for w in _RELATIVE.split(main)[0].split()]
    return len(text.split()) >= FEWEST_WORDS and not _VERBS.isdisjoint(words[1:])


def _is_plural(names: Sequence[str]) -> bool:
    last = names[0].split()[-1] if names else ""
    return (last.endswith("s") and not last.endswith(("ss", "is", "us"))) or len(names) > 2


# -- wrong ---------------------------------------------------------------------------------------


def _wrong(card: Card, names: Sequence[str]) -> list[Statement]:
    own = [card.short, card.one_liner, *(p.text for p in card.key_points)]
    found = [
        Statement(m.id, _told(m.wrong, names), m.why)
        for m in card.misconceptions
        if not _CONCEDED.match(m.why)
        and not m.wrong.startswith("You ")
        and all(m.wrong.casefold() != text.casefold() for text in own)
    ]
    return _without_repeats([s for s in found if len(s.text) <= LONGEST])


def _borrowed(
    card: Card, concepts: Mapping[str, ConceptInfo], others: Mapping[str, Sequence[Card]]
) -> list[Statement]:
    """What defines the concepts this one is confused with, where it cannot be true of this one as well.

    Of another card only the first must point counts, which says what the thing is: later ones often hold for
    its neighbours too. Left out as well: where one concept builds on the other (what is true of momentum is
    true of Adam), comparisons, points with a subject of their own, and what the card's own text covers.
    """
    concept = concepts[card.concept]
    own_names = names_of(concept)
    if _is_comparison(card) or _is_plural(own_names):
        return []
    own_words = words_of(" ".join([card.short, card.one_liner, *(p.text for p in card.key_points)]))
    found: list[Statement] = []
    for other in concept.confused_with:
        if other not in concepts or other in needs(card.concept, concepts):
            continue
        if card.concept in needs(other, concepts):
            continue
        if not card.key_points:
            continue
        other_names = names_of(concepts[other])
        for theirs in others.get(other, ()):
            if _is_comparison(theirs):
                continue
            point = next((p for p in theirs.key_points if p.weight == "must"), None)
            text = _implied(point, other_names) if point else ""
            if not point or not SHORTEST <= len(text) <= LONGEST or _covers(own_words, text):
                continue
            if names_concept(f"{text} {card.one_liner} {card.key_points[0].text}", other_names):
                continue
            if names_concept(text, own_names):
                continue
            if any(alike(text, p.text) >= ALIKE for p in card.key_points):
                continue
            why = f"That is {concepts[other].title}. {theirs.one_liner}".strip()
            found.append(Statement(f"{other}.{point.id}", _told(text, other_names), why, is_borrowed=True))
    return _without_repeats(found)


def needs(concept: str, concepts: Mapping[str, ConceptInfo]) -> set[str]:
    """Every concept that one builds on, directly or not."""
    found: set[str] = set()
    waiting = [concept]
    while waiting:
        for required in concepts[waiting.pop()].requires:
            if required not in found and required in concepts:
                found.add(required)
                waiting.append(required)
    return found


def _implied(point: KeyPoint, names: Sequence[str]) -> str:
    """The point if its subject is the concept itself, said as `It ...`; else empty."""
    text = point.text.strip()
    if re.match(r"it (?:is|has|[a-z]+s)\b", text, re.IGNORECASE):
        return text
    said = _with_subject(text, names)
    return said if said != text else ""


def _is_comparison(card: Card) -> bool:
    return bool(card.about) or "-vs-" in card.concept or "-vs-" in card.id


def _covers(words: frozenset[str], text: str) -> bool:
    said = words_of(text)
    return not said or len(said & words) >= COVERED * len(said)


# -- wording -------------------------------------------------------------------------------------


def _told(text: str, names: Sequence[str]) -> str:
    """As an option shows it: the concept itself as subject becomes `It`, capital first, no full stop."""
    text = " ".join(text.split()).rstrip(".;")
    for name in names:
        found = re.match(rf"(?:(?:a|an|the) )?{re.escape(name)} (?=(\w+)\b)", text, re.IGNORECASE)
        if found and found[1].casefold() in _LEADING_VERBS and not _is_plural(names):
            text = f"It {text[found.end() :]}"
            break
    first = text.split()[0]
    return text[:1].upper() + text[1:] if first == "a" or re.fullmatch(r"[a-z][a-z'-]+,?", first) else text


def _without_repeats(statements: Iterable[Statement]) -> list[Statement]:
    kept: list[Statement] = []
    for statement in statements:
        if all(alike(statement.text, k.text) < ALIKE for k in kept):
            kept.append(statement)
    return kept
