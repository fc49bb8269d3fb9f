"""The new cards of a queue: in deck order, prerequisites first, one of a concept a day."""

from __future__ import annotations

from bisect import insort
from collections import Counter
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from typing import Self

from interviewprep.cards.heads import CardHead


class NewCards:
    """The cards never asked that may still come today.

    A card is blocked while a concept it requires was never passed and some other card that may be asked
    could still meet the requirement. Cards are known by their place in `heads`, so that their order is the
    decks'. Prerequisites are looked at only as far down as needed: a library has thousands of new cards,
    and a day asks ten.
    """

    __slots__ = (
        "_blocked",
        "_heads",
        "_left",
        "_looked",
        "_meetable",
        "_names",
        "_open",
        "_passed",
        "_unseen",
    )

    def __init__(
        self,
        heads: Sequence[CardHead],
        unseen: Sequence[int],
        passed: AbstractSet[str],
        used: AbstractSet[str],
    ) -> None:
        """Make it from the cards that may be asked and the places among them of those never asked.

        `passed` are concepts with a passed review; `used` are concepts of which a new card was asked today.
        """
        self._heads = heads
        self._unseen = unseen
        self._passed = set(passed)
        self._meetable = Counter([head.concept for head in heads])
        self._names = {heads[place].name for place in unseen}
        self._left = Counter([heads[place].concept for place in unseen])
        self._looked = 0
        self._open: list[int] = []
        self._blocked: dict[str, list[int]] = {}  # by one concept that each waits for
        for concept in used:
            self.use(concept)

    def copy(self) -> Self:
        """An independent copy."""
        twin = object.__new__(type(self))
        twin._heads, twin._unseen, twin._looked = self._heads, self._unseen, self._looked
        twin._passed = set(self._passed)
        twin._meetable = self._meetable.copy()
        twin._names = set(self._names)
        twin._left = self._left.copy()
        twin._open = list(self._open)
        twin._blocked = {concept: list(places) for concept, places in self._blocked.items()}
        return twin

    def __len__(self) -> int:
        """How many can still come today: one of each concept."""
        return len(self._left)

    def first_open(self, near: AbstractSet[str]) -> str | None:
        """The first card that is not blocked and whose concept is not in `near`."""
        while self._open and not self._may_come(self._open[0]):
            del self._open[0]
        for place in self._open:
            if self._may_come(place) and self._heads[place].concept not in near:
                return self._heads[place].name
        while self._looked < len(self._unseen):
            found = self._look_further()
            if found is not None and self._heads[found].concept not in near:
                return self._heads[found].name
        return None

    def first_blocked(self) -> str | None:
        """The first blocked card."""
        while self._looked < len(self._unseen):
            self._look_further()
        waiting = (place for places in self._blocked.values() for place in places if self._may_come(place))
        first = min(waiting, default=None)
        return None if first is None else self._heads[first].name

    def use(self, concept: str) -> None:
        """A new card of this concept was asked: its siblings wait for another day."""
        self._left.pop(concept, None)

    def drop(self, name: str, concept: str) -> None:
        """A card was asked or hidden: if it was new, it is so no longer."""
        if name not in self._names:
            return
        self._names.remove(name)
        if concept in self._left:
            self._left[concept] -= 1
            if not self._left[concept]:
                del self._left[concept]

    def hide(self, concept: str) -> None:
        """A card of this concept, new or not, may no longer be asked and so can no longer be passed."""
        self._meetable[concept] -= 1
        self._recheck(concept)

    def passed(self, concept: str) -> None:
        """A card of this concept was passed."""
        if concept not in self._passed:
            self._passed.add(concept)
            self._recheck(concept)

    def _may_come(self, place: int) -> bool:
        head = self._heads[place]
        return head.concept in self._left and head.name in self._names

    def _look_further(self) -> int | None:
        """Look at one more card; its place if it is open."""
        place = self._unseen[self._looked]
        self._looked += 1
        return place if self._may_come(place) and self._settle(place) else None

    def _settle(self, place: int) -> bool:
        """Put a card among the open or the blocked ones; True if it is open."""
        head = self._heads[place]
        for concept in head.requires.split():
            # A card cannot meet its own requirement; another one of its concept can.
            if concept not in self._passed and self._meetable[concept] > (concept == head.concept):
                self._blocked.setdefault(concept, []).append(place)
                return False
        insort(self._open, place)
        return True

    def _recheck(self, concept: str) -> None:
        for place in self._blocked.pop(concept, ()):
            self._settle(place)
