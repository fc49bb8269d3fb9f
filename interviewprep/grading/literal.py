"""How much of a point an answer says in the card's very words: synonyms, weights and negations do not count.

A second look beside the measures of `matching`, which forgive much; the two err in different places. Each
measure is the most that any stretch gives, so that saying more never makes it less.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from interviewprep.grading.cardwords import CardWords, Idea
from interviewprep.grading.stems import stem
from interviewprep.grading.stretches import Stretch
from interviewprep.grading.terms import content

FEWEST = 2
"""Words from which a wording can be said word for word; fewer come together by chance."""


class LiteralMeasures(NamedTuple):
    """The words of one point in an answer."""

    best: float
    """Share of the words of the wording that has most of them."""
    second: float
    mean: float
    """Over all wordings."""
    over_rivals: float
    """`best` less that of the best other point."""
    over_wrong: float
    """`best` less that of the best misconception."""


def literal_measures(card: CardWords, stretches: Sequence[Stretch]) -> list[LiteralMeasures]:
    """The measures of each point of the card."""
    found = [(0.0,) * len(LiteralMeasures._fields)] * len(card.points)
    for roots in {_bits(card, stretch) for stretch in stretches} - {_Bits(0, 0)}:
        shares = [_shares(idea, roots) for idea in card.points]
        best = [max(s, default=0.0) for s in shares]
        wrong = max((max(_shares(idea, roots), default=0.0) for idea in card.misconceptions), default=0.0)
        for place, mine in enumerate(shares):
            rival = max(best[:place] + best[place + 1 :], default=0.0)
            here = (
                best[place],
                sorted(mine)[-2] if len(mine) > 1 else best[place],
                sum(mine) / max(1, len(mine)),
                best[place] - rival,
                best[place] - wrong,
            )
            found[place] = tuple(map(max, found[place], here))
    return [LiteralMeasures(*row) for row in found]


def verbatim(card: CardWords, stretches: Sequence[Stretch]) -> list[bool]:
    """Whether an answer claims a whole wording of each misconception word for word, small words aside."""
    # Sentences in a row, as a wording may have two.
    words = [
        (stem(w.token.word), w.denied)
        for place, stretch in enumerate(stretches)
        if stretch.whole == place
        for w in content(stretch.words)
        if w.claimed
    ]
    return [
        any(
            words[begin : begin + len(wanted)] == wanted
            for wording in idea.wordings
            if len(wording.terms) >= FEWEST
            for wanted in ([(card.terms[t].root, card.terms[t].denied) for t in wording.terms],)
            for begin in range(len(words) - len(wanted) + 1)
        )
        for idea in card.misconceptions
    ]


class _Bits(NamedTuple):
    """The words of a stretch, a bit each."""

    said: int
    """What is not denied."""
    all: int


def _bits(card: CardWords, stretch: Stretch) -> _Bits:
    said = everything = 0
    for word in stretch.words:
        place = card.bits.get(stem(word.token.word))
        if place is not None:
            everything |= 1 << place
            if not word.denied:
                said |= 1 << place
    return _Bits(said, everything)


def _shares(idea: Idea, roots: _Bits) -> list[float]:
    """The share of the words of each wording; one that denies nothing has no denied words."""
    return [
        (w.bits & (roots.all if w.denies else roots.said)).bit_count() / w.bits.bit_count()
        for w in idea.wordings
    ]
