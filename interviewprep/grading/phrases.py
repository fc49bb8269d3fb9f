"""How people say an idea: what the words of a stretch say of each point and misconception of a card, by
weights learnt from example phrases (`benchmarks/fit_phrases.py`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from interviewprep.grading.clauses import Clauses, Word, joined, runs
from interviewprep.grading.terms import content, keys_of

TELLING = 0.25
"""Share of what the most telling word of a stretch says from which a word is shown."""
GROUP = 0.5
"""What a word counts for its synonyms."""
PAIR = 0.8
"""What two words count that stand side by side, or with one between them."""

Keys = Mapping[str, float]
"""The words of a clause by stem and group, and its pairs of neighbours, with how much each counts.

`!` stands before what is denied, `~` between the stems of a pair.
"""


class Phrases(NamedTuple):
    """What the words of a stretch say of each idea of a card."""

    weights: Mapping[str, Mapping[int, float]]
    """For each word the ideas it speaks for, or against where negative."""
    ideas: int

    def scores(self, keys: Keys) -> list[float]:
        """How much a stretch says of each idea; the most that any does is seldom over 10."""
        total = [0.0] * self.ideas
        for key, strength in keys.items():
            for idea, weight in self.weights.get(key, {}).items():
                total[idea] += weight * strength
        return total

    def known(self, keys: Keys) -> Keys:
        """The words that speak for or against any idea."""
        return {key: strength for key, strength in keys.items() if key in self.weights}

    def telling(self, words: Sequence[Word], idea: int) -> list[int]:
        """Places of the words of a stretch that speak for an idea."""
        scores = [
            sum(self.weights.get(key, {}).get(idea, 0.0) * value for key, value in phrase_keys([w]).items())
            for w in words
        ]
        least = TELLING * max(scores, default=0.0)
        return [place for place, score in enumerate(scores) if score >= least > 0]


def phrase_keys(clause: Iterable[Word]) -> dict[str, float]:
    """The claimed words of a clause and its pairs of neighbours as the weights know them."""
    found: dict[str, float] = {}
    before: list[str] = []
    for word in content(clause):
        if word.claimed:
            sign = "!" if word.denied else ""
            own, *groups = (sign + key for key in keys_of(word))
            found[own] = 1.0
            for group in groups:
                found.setdefault(group, GROUP)
            for neighbour in before[-2:]:
                found[f"{neighbour}~{own}"] = PAIR
            before.append(own)
    return found


def merged(clauses: Iterable[Keys]) -> dict[str, float]:
    """The words of neighbouring clauses; of one there twice the better find counts."""
    found: dict[str, float] = {}
    for keys in clauses:
        for key, strength in keys.items():
            if strength > found.get(key, 0.0):
                found[key] = strength
    return found


class Said(NamedTuple):
    """The stretch of an answer that says most of an idea."""

    score: float
    words: tuple[Word, ...]


def most_said(phrases: Phrases, answer: Sequence[Clauses]) -> list[Said]:
    """For each idea the stretch that says most of it; saying more never makes it less."""
    best = [Said(0.0, ())] * phrases.ideas
    for clauses in answer:
        keys = [phrases.known(phrase_keys(clause)) for clause in clauses]
        for a, b in runs(len(clauses)):
            for idea, score in enumerate(phrases.scores(merged(keys[a:b]))):
                if score > best[idea].score:
                    best[idea] = Said(score, joined(clauses, a, b))
    return best
