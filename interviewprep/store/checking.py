"""Trying out the numeric cards of a deck: the rooms of cards and of checks meet here."""

from __future__ import annotations

from dataclasses import replace

from interviewprep.cards.heads import Problem
from interviewprep.cards.loader import LoadedDeck, place_of
from interviewprep.cards.model import NumericCard


def without_bad_checks(loaded: LoadedDeck) -> LoadedDeck:
    """The deck without the numeric cards that cannot be asked.

    Each of them becomes a problem at the line and column of the field that is wrong.
    """
    cards = loaded.deck.cards if loaded.deck else ()
    found = {card.id: problem for card in cards if (problem := _problem(card, loaded))}
    if loaded.deck is None or not found:
        return loaded
    good = tuple(card for card in cards if card.id not in found)
    problems = sorted([*loaded.problems, *found.values()], key=lambda p: (p.line, p.column))
    return replace(loaded, deck=loaded.deck.model_copy(update={"cards": good}), problems=tuple(problems))


def _problem(card: object, loaded: LoadedDeck) -> Problem | None:
    if not isinstance(card, NumericCard):
        return None
    from interviewprep.checks.recipe import RecipeError, read_recipe

    try:
        read_recipe(card.family, card.params, card.ranges, mental=card.mental)
    except RecipeError as error:
        place = place_of(loaded.parts[card.id], error.field, of_key=error.of_name)
        return Problem(str(loaded.path), place.line, place.column, error.message)
    return None
