"""Reading deck text in tests, and strategies for decks."""

from __future__ import annotations

from pathlib import Path
from random import Random
from typing import Any

from hypothesis import strategies as st

from interviewprep.cards.loader import LoadedDeck, parse_deck
from interviewprep.cards.model import (
    Analogy,
    Card,
    ChoiceCard,
    Computed,
    Concept,
    DeckFile,
    FollowUp,
    KeyPoint,
    Misconception,
    NumericCard,
    Option,
    Param,
    QaCard,
    Range,
    Reference,
    Source,
    Variant,
)
from interviewprep.cards.text import clean

GOOD = "  - {id: good, question: What is good?, short: This is.}\n"


def read(text: str) -> LoadedDeck:
    """Read deck text as the deck `notes` in `notes.yaml`."""
    return parse_deck(text.encode(), path=Path("notes.yaml"), deck_id="notes")


def errors(text: str) -> list[str]:
    """The errors in deck text as `line:column: message`."""
    found = [p for p in read(text).problems if p.severity == "error"]
    return [str(p).removeprefix("notes.yaml:") for p in found]


def ids(text: str) -> list[str]:
    """Ids of the cards that load."""
    deck = read(text).deck
    return [card.id for card in deck.cards] if deck else []


def card(text: str) -> Card:
    """The one card of deck text given as the fields of a card, indented by four."""
    loaded = read(f"cards:\n  - id: one\n{text}")
    assert not loaded.problems, loaded.problems
    assert loaded.deck is not None
    return loaded.deck.cards[0]


def qa(text: str) -> QaCard:
    """A qa card from the fields besides id, question and short."""
    found = card(f"    question: Why?\n    short: Because.\n{text}")
    assert isinstance(found, QaCard)
    return found


# Strategies. A card draws a few texts and ids and spreads them over its fields by a random source: much
# faster than a strategy for each field, and it shrinks to the text that matters.

_ALPHABET = st.characters(exclude_categories=["Cs", "Cc", "Co"]) | st.sampled_from(
    list("\n\t#:-'\"{}[]&*!|>%@`, ")
)
_TRAPS = [
    "no",
    "on",
    "012",
    "1:30",
    "3.10",
    "2026-12-01",
    "~x",
    "x #3",
    "null",
    "~",
    "- x",
    "a: b",
    "{{x}}",
    "true",
]
texts = (
    (st.text(_ALPHABET, max_size=60) | st.sampled_from(_TRAPS))
    .map(lambda text: clean(text).strip())
    .filter(bool)
)
card_ids = st.from_regex(r"[a-z0-9][a-z0-9-]{0,8}", fullmatch=True)


class _Spread:
    """Hands out drawn texts and ids."""

    def __init__(self, rng: Random, pool: list[str], names: list[str], parts: list[str]) -> None:
        self.rng = rng
        self.pool = pool
        self.names = names
        self.fresh = iter(parts)

    def text(self) -> str:
        return self.rng.choice(self.pool)

    def some(self) -> tuple[str, ...]:
        return tuple(self.rng.choices(self.pool, k=self.rng.randrange(3)))

    def ids(self) -> tuple[str, ...]:
        return tuple(self.rng.sample(self.names, k=self.rng.randrange(3)))

    def id(self) -> str:
        return next(self.fresh)

    def param(self) -> Param:
        kind = self.rng.randrange(3)
        if kind == 0:
            return self.text()
        if kind == 1:
            return (self.text(), self.text())
        return ((self.text(),), (self.text(), self.text()))

    def range(self) -> Range:
        if self.rng.random() < 0.5:
            return Range(of=(self.param(), self.param()))
        low = self.rng.uniform(-9, 9)
        return Range(low=low, high=low + 2, step=self.rng.choice([None, 0.25]))

    def shared(self) -> dict[str, object]:
        """The fields of any card besides id, kind and short."""
        rng = self.rng
        points = tuple(
            KeyPoint(
                id=self.id(), weight="must" if rng.random() < 0.5 else "nice", text=t, accept=self.some()
            )
            for t in self.some()
        )
        optional: dict[str, object] = {
            "was": self.ids(),
            "concept": rng.choice(self.names),
            "about": self.ids(),
            "requires": self.ids(),
            "level": rng.choice(["easy", "medium", "hard"]),
            "priority": rng.choice(["must", "should", "nice"]),
            "tags": self.ids(),
            "variants": tuple(Variant(id=self.id(), ask=t) for t in self.some()),
            "one_liner": self.text(),
            "detailed": self.text(),
            "key_points": points,
            "misconceptions": tuple(
                Misconception(id=self.id(), wrong=t, why=self.text(), accept=self.some(), corrects=self.ids())
                for t in self.some()
            ),
            "analogies": tuple(Analogy(id=self.id(), text=t, maps=self.some()) for t in self.some()),
            "example": self.text(),
            "computed": tuple(
                Computed(id=self.id(), expr=t, value=self.text(), digits=rng.choice([None, 0, 15]))
                for t in self.some()
            ),
            "refs": tuple(Reference(text=t) for t in self.some()),
            "source": Source(document=self.text(), rows=self.ids()),
            "corrects": self.ids(),
        }
        kept = {name: value for name, value in optional.items() if rng.random() < 0.7}
        missed = tuple(p.id for p in points[:1]) if "key_points" in kept else ()
        asked = tuple(
            FollowUp(id=self.id(), ask=t, answer=self.text(), when_missed=missed) for t in self.some()
        )
        return {**kept, "question": self.text(), "follow_ups": asked}

    def card(self, card_id: str) -> Card:
        shared: dict[str, Any] = {"id": card_id, **self.shared()}
        match self.rng.choice(["qa", "numeric", "choice"]):
            case "numeric":
                return NumericCard(
                    kind="numeric",
                    family=self.rng.choice(self.names),
                    params={name: self.param() for name in self.ids()},
                    ranges={name: self.range() for name in self.ids()},
                    mental=self.rng.random() < 0.5,
                    **shared,
                )
            case "choice":
                wordings = dict.fromkeys([*self.some(), "one more", "and another"])
                options = [Option(id=self.id(), text=t, right=n == 0) for n, t in enumerate(wordings)]
                return ChoiceCard(
                    kind="choice", options=tuple(options), drill=self.rng.random() < 0.5, **shared
                )
        return QaCard(short=self.text(), **shared)


@st.composite
def decks(draw: st.DrawFn) -> DeckFile:
    """A deck of up to three cards of any kind, ids inside a card unique."""
    names = draw(st.lists(card_ids, min_size=3, max_size=6, unique=True))
    parts = [f"p{number}" for number in range(200)]
    spread = _Spread(
        draw(st.randoms(use_true_random=False)), draw(st.lists(texts, min_size=1, max_size=6)), names, parts
    )
    count = draw(st.integers(0, 3))
    return DeckFile(
        title=spread.text(),
        order=draw(st.integers(-5, 500)),
        concepts={
            name: Concept(title=spread.text(), requires=spread.ids(), confused_with=spread.ids())
            if n
            else Concept()
            for n, name in enumerate(spread.ids())
        },
        cards=tuple(spread.card(name) for name in names[:count]),
    )
