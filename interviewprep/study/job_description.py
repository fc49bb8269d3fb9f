"""Topics for a plan from a job description: its words beside tags, deck titles and concept titles."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from interviewprep.errors import PlanError
from interviewprep.store.index import Library

MOST_CHARACTERS: Final = 200_000
COMMON: Final = frozenset(
    """
    a an and as at basics be by deep do for from how in into is it learning machine model models of on or
    other over than that the their to up versus vs what with without work works your data network networks
    neural training method methods types type function functions using between rate size value values set
    test tests step steps time use good high low new one two state key general bias class classes cost
    input output level point points power product scale search share space example problem problems
    """.split()  # noqa: SIM905 (a list of them is unreadable)
)
"""Words that say nothing about what is asked."""
_WORD: Final = re.compile(r"[a-z0-9][a-z0-9+#.-]*[a-z0-9+#]|[a-z0-9]")
_ENDINGS: Final = (
    *(("sses", "ss"), ("ies", "y"), ("ss", "ss"), ("us", "us"), ("is", "is"), ("s", "")),
    ("ional", "ion"),
)
_KINDS: Final = ("deck", "tag", "concept")


class Topic(NamedTuple):
    """A topic found in a job description."""

    kind: str
    """`deck`, `tag` or `concept`."""
    id: str
    title: str
    found: str
    """The words of the description that it was found by."""
    cards: int

    @property
    def key(self) -> str:
        """As a plan keeps it: `deck:deep-learning/optimizers`."""
        return f"{self.kind}:{self.id}"


def read_description(path: Path) -> str:
    """The text of a job description. Raises PlanError where it cannot be read, or holds no words."""
    try:
        text = path.read_text(encoding="utf-8", errors="strict")
    except UnicodeDecodeError:
        raise PlanError(f"{path} is no text file.", "Copy the description into a plain text file.") from None
    except OSError as error:
        raise PlanError(f"{path} cannot be read: {error.strerror or error}.") from None
    text = text[:MOST_CHARACTERS]
    if not words_of(text):
        raise PlanError(f"{path} holds no words.")
    return text


def propose_topics(text: str, library: Library) -> list[Topic]:
    """The topics whose words a text holds, those with most cards first within decks, tags, concepts.

    A title matches where all its telling words stand in the text one after another (`learning rate` does
    not match `rate of learning`); endings such as plurals do not matter.
    """
    words = words_of(text)
    runs = _runs(words)
    heads = [head for head in library.heads if head.scheduled]
    decks = Counter(head.deck for head in heads)
    tags = Counter(tag for head in heads for tag in head.tags.split())
    concepts = Counter(head.concept for head in heads)
    titles = {deck.id: deck.title for deck in library.decks}
    found: list[Topic] = []
    for deck, count in decks.items():
        # A deck's title names several things: `Losses and metrics`; each alone is meant.
        parts = re.split(r",|/|\band\b|:", titles.get(deck, deck).casefold())
        if by := _match([*parts, deck.rpartition("/")[2].replace("-", " ")], runs):
            found.append(Topic("deck", deck, titles.get(deck, deck), by, count))
    for tag, count in tags.items():
        if by := _match([tag.replace("-", " ")], runs):
            found.append(Topic("tag", tag, tag, by, count))
    for concept, count in concepts.items():
        info = library.concepts.get(concept)
        title = info.title if info else concept
        if by := _match([title.casefold(), concept.replace("-", " ")], runs):
            found.append(Topic("concept", concept, title, by, count))
    return sorted(found, key=lambda topic: (_KINDS.index(topic.kind), -topic.cards, topic.id))


def words_of(text: str) -> list[str]:
    """The words of a text as they are compared: lower case, without plural endings."""
    from interviewprep.cards.text import folded

    return [stem(word) for word in _WORD.findall(folded(text).replace("-", " "))]


def stem(word: str) -> str:
    """A word without a common ending: enough to find `optimizers` by `optimizer`."""
    for ending, instead in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) + len(instead) >= 3:
            return word[: len(word) - len(ending)] + instead
    return word


def _runs(words: Sequence[str]) -> set[tuple[str, ...]]:
    """All runs of up to four words."""
    return {
        tuple(words[start : start + length])
        for length in range(1, 5)
        for start in range(len(words) - length + 1)
    }


def _match(names: Iterable[str], runs: set[tuple[str, ...]]) -> str:
    """The first of some names whose words stand in a text; empty for none."""
    common = {stem(word) for word in COMMON}
    for name in names:
        run = tuple(words_of(name))
        if run and len(run) <= 4 and run in runs and not common.issuperset(run):
            return " ".join(run)
    return ""
