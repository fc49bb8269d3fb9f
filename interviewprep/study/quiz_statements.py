"""What a card says, as statements one can mark as right or wrong: the raw material of generated questions.

Right ones come from the short answer, the one-liner and the key points; wrong ones from the misconceptions,
and from the must points of concepts that the card's own is confused with.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

from interviewprep.study.quiz_sentences import (
    LEADING_VERBS,
    as_sentence,
    clauses,
    hangs,
    is_of_either,
    is_plural,
    is_sentence,
    with_subject,
    words_in,
)

if TYPE_CHECKING:
    from interviewprep.cards.concepts import ConceptInfo
    from interviewprep.cards.model import Card, KeyPoint

ONE_LINER = "one-liner"
"""Id of the statement that is the card's one line."""
SHORTEST = 18
LONGEST = 150
"""Characters of a statement: below it says too little, above it takes too long to read beside others."""
ALIKE = 72.0
"""From this likeness on (0 to 100) two statements say the same."""
COVERED = 0.75
"""A statement whose content words stand to this share in a card's text may well be true of that card."""
FURTHER = 1.3
"""A text this many times as long as a statement says more than the statement."""
CUT = 6
"""Letters by which words are compared, so that `weight` and `weights` are one."""

_CONCEDED: Final = re.compile(
    r"(?:True|Often|Usually|Mostly|Partly|Sometimes|Yes|Roughly|Nearly|Almost|In part)\b|.{0,60}\byes\b[.,]"
    r"|(?:It|They) (?:only )?reduces?\b|Strictly|Only a slogan|Dated|(?:Name|Say|State|Mention|Add)\b"
)
"""Beginnings of a `why` that grants the statement in part, or that tells what else to say: such statements
are poor answers, and too close to being right to be marked wrong."""
_STOP: Final = words_in("""
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
    context: str = ""
    """Of a right one the card's short answer, where that says it and more besides; else empty."""
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
    found = [Statement(f"short-{n}", text, why) for n, text in enumerate(clauses(card.short), 1)]
    found += [Statement(p.id, text, why) for p in card.key_points if (text := as_sentence(p.text, names))]
    if card.one_liner and is_sentence(card.one_liner):
        found.append(Statement(ONE_LINER, card.one_liner, card.short))
    told = [s._replace(text=_told(s.text, names), context=_context(s, card)) for s in found]
    clear = [s for s in told if not (hangs(s.text) or (_is_comparison(card) and is_of_either(s.text)))]
    return _without_repeats([s for s in clear if SHORTEST <= len(s.text) <= LONGEST])


def _context(statement: Statement, card: Card) -> str:
    """The short answer for reading a statement in its context, unless it is silent on it or little longer."""
    is_said = _covers(words_of(card.short), statement.text)
    return card.short if is_said and len(card.short) >= FURTHER * len(statement.text) else ""


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
    if _is_comparison(card) or is_plural(own_names):
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
            if hangs(text):
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
    said = with_subject(text, names)
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
        if found and found[1].casefold() in LEADING_VERBS and not is_plural(names):
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
