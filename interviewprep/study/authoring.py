"""Writing cards: adding one, opening one in an editor, beginning a deck. Shipped files are never written."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from interviewprep.study.desk import Desk

UNANSWERED = "No answer written yet. Press E to write one."
DEFAULT_DECK = "interviews"


def prepare_edit(desk: Desk, name: str) -> tuple[Path, int]:
    """Make a card editable: the file and the 1-based line to open.

    A shipped card gets a copy that overrides it in the user's folder, so that an upgrade never erases
    the edit and the history stays with the card's name.
    """
    path, line = desk.library.place(name)
    if not desk.library.is_shipped(name):
        return path, line
    from interviewprep.cards.authoring import override_copy

    found = override_copy(name, path, desk.paths.user_decks)
    desk.reload_decks()
    return found


def add_card(desk: Desk, question: str, answer: str, *, deck: str, tags: Sequence[str]) -> str:
    """Append a card to a deck of the user's (made if it does not exist); returns the card's full name.

    Without an answer the card says that it has none yet and is tagged `unanswered`.
    """
    from interviewprep.cards import authoring

    deck = deck or DEFAULT_DECK
    path = desk.paths.user_decks / f"{deck}.yaml"
    if not path.exists():
        authoring.new_deck(
            desk.paths.user_decks, deck, deck.rpartition("/")[2].replace("-", " ").capitalize()
        )
    tags = tags if answer else [*tags, "unanswered"]
    taken = [head.name.partition("#")[2] for head in desk.library.heads if head.deck == deck]
    card = authoring.add_card(path, question, answer or UNANSWERED, tags, taken=taken)
    desk.reload_decks()
    return f"{deck}#{card}"


def ensure_user_folder(folder: Path) -> None:
    """Make the user's deck folder with its commented example, once; silent where it cannot be made."""
    if folder.exists():
        return
    from interviewprep.cards.authoring import start_folder
    from interviewprep.errors import DeckError

    try:
        start_folder(folder)
    except (OSError, DeckError):
        return  # decks can be read without it; `decks new` and `add` say what is wrong
