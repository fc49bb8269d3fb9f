"""Short sentences and figures of the screens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from interviewprep.memory.types import Rating

if TYPE_CHECKING:
    from interviewprep.memory.types import CardState
    from interviewprep.store.records import Undone
    from interviewprep.study.drill import Drill

MARK_WORDS = {
    "suspended": "suspended",
    "buried": "buried",
    "flag": "its flag",
    "note": "its note",
    "known": "known",
}


def minutes(seconds: float) -> str:
    """`about 14 min`, for the header."""
    whole = max(1, round(seconds / 60))
    return f"about {whole} min" if whole < 90 else f"about {whole / 60:.0f} h"


def header_facts(drill: Drill) -> list[str]:
    """Where the learner stands in a drill: `12 of 31`, `about 14 min`."""
    left = drill.counts().total
    return [f"{drill.answered + 1} of {drill.answered + left}", minutes(drill.seconds_left())]


def interval(after: CardState, today: int) -> str:
    """How long until a card comes back: `today`, `3 d`, `2.1 mo`."""
    if after.repeat_day == today:
        return "today"
    from interviewprep.render.words import interval as words

    return words(after.due_day - today)


def card_id(name: str) -> str:
    """The part of a card's name that its deck knows it by."""
    return name.partition("#")[2]


def rating_word(rating: int | None) -> str:
    """`Good`; empty where nothing was rated."""
    return Rating(rating).name.capitalize() if rating else ""


def undone_message(undone: Undone) -> str:
    """What `u` took back."""
    if undone.kind == "review":
        return f"Undone: {rating_word(undone.rating)} for {card_id(undone.card)}."
    return f"Undone: {card_id(undone.card)} {MARK_WORDS.get(undone.kind, undone.kind)}."


def leech_message(card: str, lapses: int) -> str:
    """What to do about a card that keeps being forgotten."""
    return (
        f"{card_id(card)} was forgotten {lapses} times or more and is now suspended. Rewrite or split it"
        f" (browse, state:suspended, E), then unsuspend it with @."
    )
