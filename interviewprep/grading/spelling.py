"""Small typos: a word nobody knows becomes the nearest word of the card."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from rapidfuzz import process
from rapidfuzz.distance import OSA

SHORTEST = 4
"""Shorter words are not corrected."""
LONG = 7
"""From this length on two slips are forgiven, below only one."""


def corrected(root: str, known: Collection[str], candidates: Sequence[str]) -> str:
    """The nearest candidate of an unknown word, or the word itself.

    Distance counts missing, wrong, added and swapped letters. Short words must begin alike.
    """
    if len(root) < SHORTEST or root in known or not root.isalpha():
        return root
    slips = 1 if len(root) < LONG else 2
    near = process.extract(root, candidates, scorer=OSA.distance, score_cutoff=slips, limit=3)
    for word, _, _ in near:
        if len(root) >= LONG or word[0] == root[0]:
            return str(word)
    return root
