"""What things are called in Anki: guids, ids and deck names. All fixed for ever; import needs them, too."""

from __future__ import annotations

from base64 import b32encode
from functools import lru_cache
from hashlib import sha256
from typing import Final

SYSTEM: Final = "anki"
"""Anki's name in the tables `exportnote` and `reviewlink`."""
TAKEN_OVER: Final = "anki-import"
"""The system in the table `exportnote` under which other people's notes taken over are remembered."""
ROOT_DECK: Final = "Interview prep"
"""The deck in Anki that holds all others."""
PACKAGE_MARK: Final = b"interviewprep"
"""The comment of a package's zip file: it is an export of ours and may be replaced by a later one."""

_EARLIEST_ID: Final = 1_400_000_000_000
_SPAN_OF_IDS: Final = 250_000_000_000


def guid_of(name: str) -> str:
    """The guid of the note of a card that has always had this full name, `deck#card`."""
    digest = sha256(f"interviewprep:{name}".encode()).digest()[:10]
    return "ip" + b32encode(digest).decode().lower()


def id_of(text: str) -> int:
    """A number that looks like epoch milliseconds between 2014 and 2022, always the same for a text.

    Anki replaces ids that lie in the future, and keeps ids that no other note has.
    """
    return _EARLIEST_ID + int.from_bytes(sha256(text.encode()).digest()[:8], "big") % _SPAN_OF_IDS


@lru_cache(maxsize=1024)
def deck_name(deck: str) -> str:
    """The deck in Anki of one of our decks: `deep-learning/optimizers` -> `Interview prep::Deep learning::…`.

    Made from the id and not from the title, so that a better title does not open a second deck.
    """
    parts = (part.replace('"', "").replace(":", " ").replace("-", " ").strip() for part in deck.split("/"))
    return "::".join([ROOT_DECK, *(part[0].upper() + part[1:] for part in parts if part)])


def review_key(guid: str, revlog_id: int) -> str:
    """How `reviewlink` names a review in Anki. Ids of the review log are unique in one collection only."""
    return f"{guid}/{revlog_id}"
