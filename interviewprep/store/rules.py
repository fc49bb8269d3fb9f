"""What every use of the log needs besides the log: whose it is, how cards are called now, how FSRS is set."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from interviewprep.memory.scheduler import Scheduler
from interviewprep.store.records import scheduling_fingerprint


class Names:
    """Present and former names of cards (`was` in a deck file). The log keeps the name of its time."""

    def __init__(self, aliases: Mapping[str, str]) -> None:
        """`aliases` maps former names to present ones; a chain of renames is followed to its end."""
        self.aliases = {old: _end_of(old, aliases) for old in aliases}
        self._former: dict[str, list[str]] = {}
        for old, new in self.aliases.items():
            if old != new:
                self._former.setdefault(new, []).append(old)

    def present(self, card: str) -> str:
        """The name a card has now."""
        return self.aliases.get(card, card)

    def all_of(self, card: str) -> list[str]:
        """Every name the log may know a card by: its present name first."""
        return [card, *self._former.get(card, ())]

    def changed(self, other: Names) -> set[str]:
        """Cards whose names differ between the two: these must be folded anew."""
        pairs = self.aliases.items() ^ other.aliases.items()
        return {name for pair in pairs for name in pair}


def _end_of(card: str, aliases: Mapping[str, str]) -> str:
    passed = {card}
    while (following := aliases.get(card)) is not None and following not in passed:
        passed.add(following)
        card = following
    return card


@dataclass(frozen=True)
class Rules:
    """One learner's rules on one device."""

    learner: str
    device: str
    desired_retention: float
    maximum_interval: int
    leech_lapses: int
    scheduler: Scheduler = field(repr=False)
    names: Names = field(repr=False)

    @cached_property
    def fingerprint(self) -> str:
        """What the cached states depend on; equal fingerprints mean states can be used as stored."""
        return scheduling_fingerprint(
            desired_retention=self.desired_retention,
            maximum_interval=self.maximum_interval,
            aliases=self.names.aliases,
        )

    def renamed(self, aliases: Mapping[str, str]) -> Rules:
        """The same rules with other names."""
        return replace(self, names=Names(aliases))
