"""An answer cut into stretches, with the words of a card that each has.

A stretch is a sentence or up to three neighbouring clauses of one. Words are compared by stem, by group of
synonyms and by opposites, and must be claimed or denied alike; related words count least.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from interviewprep.grading.cardwords import CardWords
from interviewprep.grading.clauses import Clauses, Sentence, Word, joined, runs, sentences
from interviewprep.grading.related import related
from interviewprep.grading.spelling import corrected
from interviewprep.grading.stems import stem
from interviewprep.grading.terms import Term, content, keys_of, other_pole
from interviewprep.grading.words import Token, with_phrases, word_keys

SYNONYM = 0.75
"""What a synonym counts against the word itself."""
RELATED = 0.5
"""What a related word counts."""

Found = dict[int, float]
"""Terms by number, with how well they were found."""


class Stretch(NamedTuple):
    """A part of the answer with the terms of the card in it."""

    words: tuple[Word, ...]
    found: Found
    against: Found
    """Terms found with the opposite claim."""
    whole: int
    """Place of the whole sentence's stretch."""
    says_point: bool = False
    """The sentence says all words of some point's own text."""

    def places(self, wanted: Sequence[Term]) -> list[int]:
        """Places of the words that match one of the terms, in order."""
        roots = {t.root for t in wanted}
        groups = {key for t in wanted for key in t.groups}
        return [
            place
            for place, word in enumerate(self.words)
            if (found := set(keys_of(word))) & roots or found & groups
        ]


def clauses_of(card: CardWords, text: str) -> list[Clauses]:
    """The sentences of an answer, cut into clauses."""
    found: list[Clauses] = []
    for sentence in sentences(text):
        words = _spelled(card, sentence)
        edges = [0, *sentence.cuts, len(words)]
        found.append([words[a:b] for a, b in pairwise(edges)])
    return found


def stretches_of(card: CardWords, answer: Sequence[Clauses]) -> list[Stretch]:
    """The stretches of an answer that have words of the card, each sentence before its parts."""
    found: list[Stretch] = []
    for clauses in answer:
        parts = [_matches(card, clause) for clause in clauses]
        whole = len(found)
        for a, b in runs(len(clauses)):
            matched: Found = {}
            against: Found = {}
            for hit, miss in parts[a:b]:
                merge(matched, hit)
                merge(against, miss)
            for number in matched:
                against.pop(number, None)
            if matched or against:
                found.append(Stretch(joined(clauses, a, b), matched, against, whole))
            elif (a, b) == (0, len(clauses)):
                break
    return found


def _spelled(card: CardWords, sentence: Sentence) -> tuple[Word, ...]:
    """The words with typos put right, and with the phrases that then show."""
    changed = False
    tokens: list[Token] = []
    for word in sentence.words:
        root = stem(word.token.word)
        right = corrected(root, card.known, card.candidates)
        token = word.token
        if right != root:
            changed = True
            token = token._replace(word=right, keys=token.keys | word_keys(right) | {right})
        tokens.append(token)
    if not changed:
        return sentence.words
    return tuple(w._replace(token=t) for w, t in zip(sentence.words, with_phrases(tokens), strict=True))


def _matches(card: CardWords, words: Sequence[Word]) -> tuple[Found, Found]:
    """Terms of the card in a clause: claimed alike, and claimed the other way round."""
    index: dict[str, set[bool]] = {}
    near: set[tuple[str, bool]] = set()
    for word in content(words):
        if not word.claimed:
            continue
        for key in keys_of(word):
            index.setdefault(key, set()).add(word.denied)
            if word.denied and key[0] in "+-":
                index.setdefault(other_pole(key), set()).add(False)
        near.update((root, word.denied) for root in related(stem(word.token.word)))
    if not index:
        return {}, {}
    hits: Found = {}
    misses: Found = {}
    keys = {*index, *(other_pole(key) for key in index if key[0] in "+-"), *(root for root, _ in near)}
    for number in sorted({number for key in keys for number in card.places.get(key, ())}):
        found = card.terms[number]
        hit, miss = _match(found, index)
        if not hit and not miss and (found.root, found.denied) in near:
            hit = RELATED
        if hit:
            hits[number] = hit
        elif miss:
            misses[number] = miss
    return hits, misses


def _match(found: Term, index: dict[str, set[bool]]) -> tuple[float, float]:
    hit = miss = 0.0
    same = index.get(found.root)
    if same is not None:
        if found.denied in same:
            return 1.0, 0.0
        miss = 1.0
    for key in found.groups:
        ways = index.get(key)
        if ways is not None:
            if found.denied in ways:
                hit = SYNONYM
            else:
                miss = max(miss, SYNONYM)
        if same is None and key[0] in "+-" and found.denied in index.get(other_pole(key), ()):
            miss = max(miss, SYNONYM)
    return hit, miss


def merge(into: Found, more: Found) -> None:
    """Add terms; of one found twice the better find stays."""
    for number, strength in more.items():
        if strength > into.get(number, 0.0):
            into[number] = strength
