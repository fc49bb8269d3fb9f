"""How a mock interview opens, and which decks a role asks about more than others."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

USUAL_ROLE: Final = "ML engineer"
ROLES: Final = (
    USUAL_ROLE,
    "data scientist",
    "research scientist",
    "computer vision engineer",
    "LLM engineer",
    "MLOps engineer",
)
"""What the screen offers; any other role may be typed."""
ROLE_LENGTH: Final = 60

OPENINGS: Final = (
    "Tell me about yourself, and what draws you to the role of {role}.",
    "Before we begin: which project of yours shows best that you fit the role of {role}, and what was your"
    " own part in it?",
    "Thanks for coming. In a minute and a half: who are you, what have you built, and why this role, {role}?",
    "What did you work on last, what went wrong, and what would it teach someone in the role of {role}?",
    "Let us start easily: explain to me, as to a friend, what someone in the role of {role} does all day, and"
    " which part of it you like best.",
)


class _Leaning(NamedTuple):
    """Words of a role, and words of the decks it is asked about more."""

    role: tuple[str, ...]
    decks: tuple[str, ...]


_LEANINGS: Final = (
    _Leaning(("vision", "image", "perception", "robotic"), ("convolution", "generative")),
    _Leaning(
        ("llm", "language", "nlp", "prompt", "genai", "generative"),
        ("language-models", "sequences", "generative"),
    ),
    _Leaning(("data", "analyst", "statistic"), ("metrics", "evaluation", "regularization", "losses")),
    _Leaning(("research",), ("optimizers", "activations", "attention", "losses")),
    _Leaning(("ops", "platform", "infrastructure", "production"), ("training", "serving", "evaluation")),
)


def opening(role: str, seed: int) -> str:
    """An opening for a role; another seed may give another."""
    return OPENINGS[seed % len(OPENINGS)].format(role=role)


def tidy_role(typed: str) -> str:
    """A role as typed, in one line of printable text of a reasonable length; the usual one if empty."""
    printable = "".join(c for c in " ".join(typed.split()) if c.isprintable())
    return printable[:ROLE_LENGTH].strip() or USUAL_ROLE


def leans_to(role: str, deck: str) -> bool:
    """Whether a role is asked about a deck more than about others."""
    lower = role.casefold()
    return any(any(word in lower for word in found.role) and _names(deck, found.decks) for found in _LEANINGS)


def _names(deck: str, words: Sequence[str]) -> bool:
    return any(word in deck for word in words)
