"""Where in an answer the words stand that decided about an idea."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from interviewprep.grading.cardwords import CardWords
from interviewprep.grading.claims import DENY
from interviewprep.grading.clauses import Word
from interviewprep.grading.matching import At, Measures
from interviewprep.grading.phrases import Said
from interviewprep.grading.stretches import Stretch
from interviewprep.grading.terms import WEAK

GAP = 3
"""Words between two matched ones that a span bridges."""
ENOUGH = 0.5
"""Chance of a stretch from which its words are shown, not those like the example phrases."""


class Span(NamedTuple):
    """Where in the answer the words stand that decided."""

    start: int
    end: int


class Where(NamedTuple):
    """A card beside an answer: its stretches, and for each idea the words like its example phrases."""

    card: CardWords
    stretches: Sequence[Stretch]
    phrases: Sequence[Said]

    def spans(self, idea: int, at: At[Measures] | None, chance: float) -> tuple[Span, ...]:
        """The words that speak for an idea, misconceptions after points: those of the stretch that gives it
        this chance, or where that is low those like its phrases."""
        if at is None or chance < ENOUGH:
            words = self.phrases[idea].words
            telling = self.card.phrases.telling(words, idea)
            if telling or at is None:
                return _joined(words, telling)
        ideas = (*self.card.points, *self.card.misconceptions)
        return _matched(self.stretches[at.stretch], self.card, ideas[idea].union)


def _matched(stretch: Stretch, card: CardWords, wanted: Sequence[int]) -> tuple[Span, ...]:
    """Where the matched words stand."""
    there = [card.terms[t] for t in wanted if t in stretch.found or t in stretch.against]
    return _joined(stretch.words, stretch.places([t for t in there if t.root not in WEAK] or there))


def _joined(words: Sequence[Word], places: Iterable[int]) -> tuple[Span, ...]:
    """Where these words stand, neighbours joined, with the `not` before them."""
    there = set(places)
    denials = [i for i, word in enumerate(words) if word.token.word in DENY]
    there |= {i for i in denials if any(0 < place - i <= GAP for place in there)}
    spans: list[Span] = []
    last = -GAP - 2
    for place in sorted(there):
        token = words[place].token
        if spans and place - last <= GAP + 1:
            spans[-1] = Span(spans[-1].start, token.end)
        else:
            spans.append(Span(token.start, token.end))
        last = place
    return tuple(spans)
