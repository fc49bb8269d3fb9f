"""Which cards: a filter by deck, tag, level, text or name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from interviewprep.cards.heads import CardHead
from interviewprep.errors import NotFoundError
from interviewprep.store.index import Library


@dataclass(frozen=True, slots=True)
class Selection:
    """A filter; empty means all cards. Alternatives within a field are joined by or, fields by and."""

    decks: tuple[str, ...] = ()
    """Deck ids or their endings, as typed."""
    tags: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    text: str = ""
    cards: tuple[str, ...] = ()
    """Full card names, asked in this order when crammed."""

    def heads(self, library: Library) -> Sequence[CardHead]:
        """The heads that match, in the library's order.

        Raises NotFoundError for a deck that does not exist, or when nothing at all matches.
        """
        heads: Sequence[CardHead] = library.heads
        if self == Selection():
            return heads
        if self.decks:
            wanted = {deck for typed in self.decks for deck in library.resolve_decks(typed)}
            heads = [h for h in heads if h.deck in wanted]
        if self.tags:
            tags = set(self.tags)
            heads = [h for h in heads if not tags.isdisjoint(h.tags.split())]
        if self.levels:
            heads = [h for h in heads if h.level in self.levels]
        if self.text:
            found = set(library.search(self.text))
            heads = [h for h in heads if h.name in found]
        if self.cards:
            names = set(self.cards)
            heads = [h for h in heads if h.name in names]
        if not heads:
            raise NotFoundError(
                f"No card matches {self}.", hint="`interviewprep decks list` shows the decks and their tags."
            )
        return heads

    def __str__(self) -> str:
        parts = [
            *(f"deck {d}" for d in self.decks),
            *(f"tag {t}" for t in self.tags),
            *(f"level {level}" for level in self.levels),
            *([f'text "{self.text}"'] if self.text else []),
            *([f"{len(self.cards)} picked cards"] if self.cards else []),
        ]
        return ", ".join(parts) or "all cards"
