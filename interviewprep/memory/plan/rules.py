"""The simple rules a plan may follow from day to day."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil, inf
from typing import Final, NamedTuple, Self

from interviewprep.errors import InterviewPrepError


class Rule(NamedTuple):
    """How a plan's days are filled. Days are study days, so that a rule outlives the day it was chosen on."""

    retention: float
    """Before the refresh a card is asked again when its recall has fallen to this."""
    new_until: int
    """Until this day (exclusive) new cards are spread evenly."""
    refresh_from: int
    """From this day on all cards are asked by what they gain."""
    late: int = 0
    """So many new cards are kept for the very end: fresh, they need no second review."""
    patience: float = 0.0
    """How much of what a card would gain `ahead` days later is taken off its gain today, 0 to 1.

    With 0 the rule is greedy; with more, cards come earlier that lose by waiting.
    """
    ahead: int = 1
    seconds: float = inf
    """At most so much of a day's time is used."""

    def __str__(self) -> str:
        """What is written down with a day; `parse` reads it."""
        cap = "" if self.seconds == inf else f" s{self.seconds!r}"
        start = f"r{self.retention!r} n{self.new_until} g{self.refresh_from}"
        return f"{start} l{self.late} p{self.patience!r} a{self.ahead}{cap}"

    @classmethod
    def parse(cls, text: str) -> Self:
        """The rule that `str` wrote. Raises InterviewPrepError for anything else."""
        parts = {word[0]: word[1:] for word in text.split()}
        try:
            found = cls(
                retention=float(parts["r"]),
                new_until=int(parts["n"]),
                refresh_from=int(parts["g"]),
                late=int(parts["l"]),
                patience=float(parts["p"]),
                ahead=int(parts["a"]),
                seconds=float(parts.get("s", "inf")),
            )
        except (KeyError, ValueError):
            raise InterviewPrepError(f"not a plan's rule: {text!r}", f"Write it like `{GREEDY}`.") from None
        return found


GREEDY: Final = Rule(0.0, 0, 0)
"""Gain per second over all cards, every day."""


class Recipe(NamedTuple):
    """A rule in shares of the days left and of the cards, before it is laid over a plan's days."""

    retention: float
    new_share: float
    """Share of the days over which new cards are spread."""
    refresh_share: float
    """Share of the days at the end that are the refresh."""
    late_share: float
    """Share of the plan's cards kept for the end."""
    patience: tuple[float, int]
    """Weight, and days ahead."""

    def rule(self, study_days: Sequence[int], cards: int, seconds: float = inf) -> Rule:
        """The rule for these days to study on."""
        return Rule(
            self.retention,
            day_at(study_days, self.new_share),
            day_at(study_days, 1 - self.refresh_share),
            int(self.late_share * cards),
            *self.patience,
            seconds,
        )


# A handful of each. 0.79: a card failed when it was first asked has fallen below it the next day, and gains
# most then. Keeping more than a fifth for the end wins a little more, and loses it when days are missed.
RETENTIONS: Final = (0.7, 0.79, 0.85, 0.9, 0.95)
NEW_SHARES: Final = (0.3, 0.5, 0.6, 0.7, 0.8)
REFRESH_SHARES: Final = (0.0, 0.25, 0.4, 0.5, 0.7)
SOON: Final = 0.5
"""The largest of NEW_SHARES where days are missed."""
LATE_SHARES: Final = (0.0, 0.1, 0.2)
PATIENCES: Final = ((0.0, 1), (0.5, 1), (0.7, 1), (0.8, 2), (0.5, 4))


def first_recipes(*, keeps: bool) -> list[Recipe]:
    """The recipes a search begins with: ordinary FSRS with paced new cards, and a coarse grid.

    `keeps`: whether the plan counts on every day. Else new cards come soon and none is kept for the end.
    """
    return [
        Recipe(0.9, 0.6, 0.0, 0.0, (0.0, 1)),
        Recipe(0.95, 0.6, 0.0, 0.0, (0.0, 1)),
        *(
            Recipe(0.85, SOON, refresh, late, patience)
            for patience in ((0.0, 1), (0.7, 1), (0.8, 2), (0.5, 4))
            for refresh in (0.25, 0.5)
            for late in ((0.0, 0.2) if keeps else (0.0,))
        ),
    ]


def neighbours(recipe: Recipe, *, keeps: bool) -> list[Recipe]:
    """The recipes that differ from one along one axis."""
    return [
        *(recipe._replace(patience=value) for value in PATIENCES),
        *(recipe._replace(late_share=value) for value in (LATE_SHARES if keeps else ())),
        *(recipe._replace(refresh_share=value) for value in REFRESH_SHARES),
        *(recipe._replace(new_share=value) for value in NEW_SHARES if keeps or value <= SOON),
        *(recipe._replace(retention=value) for value in RETENTIONS),
    ]


def paced(retention: float, study_days: Sequence[int], share: float = 0.6) -> Rule:
    """Ordinary FSRS with new cards spread over a share of the days; it never refreshes."""
    return Rule(retention, day_at(study_days, share), end_of(study_days))


def day_at(study_days: Sequence[int], share: float) -> int:
    """The study day at which a share of the days is over."""
    place = ceil(share * len(study_days) - 1e-9)
    return study_days[place] if place < len(study_days) else end_of(study_days)


def end_of(study_days: Sequence[int]) -> int:
    """The day after the last."""
    return study_days[-1] + 1 if study_days else 0
