"""The rules about concepts across the library: they must exist, and not require each other in a circle."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple


class ConceptFacts(NamedTuple):
    """A concept as one file describes it. Lists of words are strings."""

    id: str
    title: str
    requires: str
    confused_with: str
    line: int
    column: int


class ConceptInfo(NamedTuple):
    """A concept of the whole library."""

    id: str
    title: str
    requires: tuple[str, ...]
    confused_with: tuple[str, ...]


def join_concepts(of_cards: Iterable[str], described: Iterable[ConceptFacts]) -> dict[str, ConceptInfo]:
    """All concepts: those cards are about, and those files describe. The first title given counts."""
    found = {concept: ConceptInfo(concept, "", (), ()) for concept in of_cards}
    for facts in described:
        before = found.get(facts.id, ConceptInfo(facts.id, "", (), ()))
        found[facts.id] = ConceptInfo(
            facts.id,
            before.title or facts.title,
            tuple(dict.fromkeys((*before.requires, *facts.requires.split()))),
            tuple(dict.fromkeys((*before.confused_with, *facts.confused_with.split()))),
        )
    return {key: info._replace(title=info.title or key) for key, info in found.items()}


def find_circle(needs: Mapping[str, Sequence[frozenset[str]]]) -> list[str]:
    """Concepts none of which can be passed before the others, each requiring the next; or nothing.

    `needs` maps a concept to what each of its cards requires. A concept can be passed when one of its cards
    requires only concepts that can be passed; a concept without cards holds up nothing.
    """
    waiting = {concept for concept, cards in needs.items() if all(cards)}
    wanted_by: dict[str, list[str]] = {}
    for concept in waiting:
        for required in frozenset().union(*needs[concept]):
            wanted_by.setdefault(required, []).append(concept)
    to_look_at = list(waiting)
    while to_look_at:
        concept = to_look_at.pop()
        if concept in waiting and any(waiting.isdisjoint(required) for required in needs[concept]):
            waiting.remove(concept)
            to_look_at.extend(wanted_by.get(concept, ()))
    if not waiting:
        return []
    chain = [min(waiting)]
    while True:
        following = min(waiting.intersection(needs[chain[-1]][0]))
        if following in chain:
            return chain[chain.index(following) :]
        chain.append(following)
