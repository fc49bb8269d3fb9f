"""A card prepared for comparing: its wordings as terms, how much each word tells, and words lent by its
other texts.

A word tells more the fewer of the card's points use it (inverse document frequency over the points of one
card), and half as much when the question already says it.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from interviewprep.grading.claims import DENY
from interviewprep.grading.clauses import Sentence, sentences
from interviewprep.grading.facts import CardFacts
from interviewprep.grading.formula_text import Formula, formulas
from interviewprep.grading.phrase_table import fitted_phrases
from interviewprep.grading.phrases import Phrases
from interviewprep.grading.spelling import SHORTEST
from interviewprep.grading.stems import stem
from interviewprep.grading.terms import EMPTY, WEAK, Term, content, term, terms
from interviewprep.grading.words import known_stems

WEAK_SHARE = 0.35
"""What a word such as `use` or `many` counts against a telling one."""
ASKED_SHARE = 0.5
"""What a word of the question counts."""
NEAR = 2.0
"""Weight of shared words from which a sentence of the card lends its words to the nearest point."""
NEAR_SECOND = 2.5
"""The same for the second nearest point."""


_STRICT = """
always never only all any every everything everyone nothing none no nobody just exactly simply whatever
must cannot ever guarantee guarantees guaranteed ideal perfect best mandatory same equal identical
everywhere
"""
STRICT = frozenset(_STRICT.split())
_DENIALS = re.compile(rf"\b(?:{'|'.join(sorted(DENY))}|cannot)\b|n't\b")
"""Words that make a rule a claim without exceptions, which is what most misconceptions are."""


class Wording(NamedTuple):
    """One wording of a point or misconception."""

    text: str
    terms: tuple[int, ...]
    """Numbers of its terms in the card's list."""
    weight: float
    """Sum of the weights of its terms."""
    bits: int = 0
    """Its stems, a bit each (`CardWords.bits`)."""
    telling: tuple[int, ...] = ()
    """Of a misconception: the terms that no point has."""
    strict: frozenset[str] = frozenset()
    """Its words that leave no exception: `always`, `only`."""
    denies: bool = False
    """Whether it has an odd number of denials."""


class Idea(NamedTuple):
    """A key point or a misconception."""

    wordings: tuple[Wording, ...]
    union: tuple[int, ...]
    """Every term of its wordings once."""
    lent: tuple[tuple[int, float], ...]
    """Terms of sentences of the card near to it, with their weights; none for misconceptions."""


class CardWords(NamedTuple):
    """A card prepared for comparing."""

    terms: tuple[Term, ...]
    weights: tuple[float, ...]
    points: tuple[Idea, ...]
    misconceptions: tuple[Idea, ...]
    known: frozenset[str]
    """Stems that are not typos."""
    candidates: tuple[str, ...]
    """Stems that typos may stand for."""
    formulas: tuple[tuple[Formula, ...], ...]
    """Of each point's wordings."""
    texts: tuple[str, ...]
    """The card's other texts."""
    bits: Mapping[str, int]
    """Places of stems in the masks of wordings."""
    places: Mapping[str, Sequence[int]]
    """Numbers of the terms with a stem or in a group."""
    phrases: Phrases
    """What the words of an answer say of each idea; without weights for a card that has no phrases."""
    uses: Sequence[Sequence[tuple[int, int]]]
    """For each term the wordings that have it: place of the idea, misconceptions after points, and of the
    wording; twice where it has it twice."""


class _Scale(NamedTuple):
    """How much a word tells on this card."""

    used: Counter[str]
    points: int
    asked: frozenset[str]

    def weight(self, root: str, used: int = 0) -> float:
        found = math.log(1 + self.points / (used or self.used[root] or 1))
        return found * (WEAK_SHARE if root in WEAK else 1) * (ASKED_SHARE if root in self.asked else 1)


class _Terms:
    """Numbers the terms of a card."""

    def __init__(self, scale: _Scale) -> None:
        self.scale = scale
        self.numbers: dict[Term, int] = {}
        self.bits: dict[str, int] = {}

    def number(self, found: Term) -> int:
        return self.numbers.setdefault(found, len(self.numbers))

    def mask(self, found: Sequence[Term]) -> int:
        """The stems of terms as bits."""
        mask = 0
        for each in found:
            mask |= 1 << self.bits.setdefault(each.root, len(self.bits))
        return mask

    def wording(self, text: str, found: Sequence[Term]) -> Wording:
        return Wording(
            text,
            tuple(self.number(t) for t in found),
            sum(self.scale.weight(t.root) for t in found),
            self.mask(found),
            tuple(self.number(t) for t in found if not self.scale.used[t.root]),
            strict_words(text),
            len(_DENIALS.findall(text.lower())) % 2 == 1,
        )

    def idea(
        self, wordings: Sequence[tuple[str, Sequence[Term]]], lent: Sequence[tuple[Term, float]]
    ) -> Idea:
        once = {(t.root, t.denied): t for _, found in wordings for t in found}
        return Idea(
            wordings=tuple(self.wording(text, found) for text, found in wordings if found),
            union=tuple(self.number(t) for t in once.values()),
            lent=tuple((self.number(t), weight) for t, weight in lent),
        )


@lru_cache(maxsize=64)
def prepare(card: CardFacts) -> CardWords:
    """Prepare a card; kept for the next answer to it."""
    points = [[(text, terms(text)) for text in p.wordings] for p in card.points]
    wrong = [[(text, terms(text)) for text in m.wordings] for m in card.misconceptions]
    used = Counter(root for wordings in points for root in {t.root for _, found in wordings for t in found})
    scale = _Scale(used, len(points), frozenset(t.root for t in terms(card.question)))
    table = _Terms(scale)
    texts = [_read(text) for text in card.texts]
    lent = _lent(card, texts, points, scale)
    ideas = tuple(table.idea(w, more) for w, more in zip(points, lent, strict=True))
    misconceptions = tuple(table.idea(w, ()) for w in wrong)
    own = {t.root for wordings in (*points, *wrong) for _, found in wordings for t in found}
    own = {root for root in own if len(root) >= SHORTEST}
    stems = known_stems()
    return CardWords(
        terms=tuple(table.numbers),
        weights=tuple(scale.weight(t.root) for t in table.numbers),
        points=ideas,
        misconceptions=misconceptions,
        known=frozenset(own | EMPTY | stems | _stems([_read(card.question), *texts])),
        candidates=(*sorted(own), *sorted(s for s in stems - own if len(s) > SHORTEST)),
        formulas=tuple(tuple(f for text in p.wordings for f in formulas(text)) for p in card.points),
        texts=card.texts,
        bits=table.bits,
        places=_places(table.numbers),
        phrases=fitted_phrases(card) or Phrases({}, len(points) + len(wrong)),
        uses=_uses(len(table.numbers), [*ideas, *misconceptions]),
    )


def _places(numbers: Mapping[Term, int]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for each, number in numbers.items():
        for key in {each.root, *each.groups}:
            found.setdefault(key, []).append(number)
    return found


def _uses(count: int, ideas: Sequence[Idea]) -> list[list[tuple[int, int]]]:
    found: list[list[tuple[int, int]]] = [[] for _ in range(count)]
    for place, idea in enumerate(ideas):
        for number, wording in enumerate(idea.wordings):
            for each in wording.terms:
                found[each].append((place, number))
    return found


def strict_words(text: str) -> frozenset[str]:
    """The words of a text that leave no exception."""
    return STRICT.intersection(re.findall(r"[a-z]+", text.lower()))


def _read(text: str) -> list[Sentence]:
    """The sentences of a card's text, which may have Markdown and formulas."""
    return sentences(re.sub(r"[$\\{}`*]", " ", text))


def _stems(texts: Sequence[Sequence[Sentence]]) -> set[str]:
    return {stem(word.token.word) for text in texts for sentence in text for word in sentence.words}


def _lent(
    card: CardFacts,
    texts: Sequence[Sequence[Sentence]],
    points: Sequence[Sequence[tuple[str, Sequence[Term]]]],
    scale: _Scale,
) -> list[list[tuple[Term, float]]]:
    """For each point the terms of the card's sentences that are nearest to it."""
    own = [{t.root for _, found in wordings for t in found} for wordings in points]
    lent: list[dict[str, tuple[Term, float]]] = [{} for _ in points]

    def lend(place: int, words: Sequence[Term], share: float) -> None:
        for found in words:
            before = lent[place].get(found.root)
            lent[place][found.root] = (found, max(share, before[1] if before else 0))

    for text in texts:
        for words in map(_terms_of, text):
            roots = {t.root for t in words}
            near = [math.fsum(scale.weight(root) for root in mine & roots) for mine in own]
            order = sorted(range(len(near)), key=lambda i: -near[i])
            if order and near[order[0]] > NEAR:
                lend(order[0], words, 1.0)
            if len(order) > 1 and near[order[1]] > NEAR_SECOND:
                lend(order[1], words, 0.6)
    places = {p.id: i for i, p in enumerate(card.points)}
    for written, ids in card.linked:
        for words in map(_terms_of, _read(written)):
            for place in (places[i] for i in ids if i in places):
                lend(place, words, 0.7)
    used = Counter(root for words in lent for root in words)
    return [
        [
            (found, share * scale.weight(found.root, used[found.root]))
            for root, (found, share) in words.items()
            if root not in mine
        ]
        for words, mine in zip(lent, own, strict=True)
    ]


def _terms_of(sentence: Sentence) -> list[Term]:
    return [term(word) for word in content(sentence.words)]
