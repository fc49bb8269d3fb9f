"""Writing into deck files of the learner's: a new deck, a card at the end, a copy of a shipped card.

Text is only added; comments and everything else stay byte for byte. What would be written is read back
first, and a file is replaced as a whole or not at all.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from contextlib import suppress
from pathlib import Path

from interviewprep.cards.content import card_hash
from interviewprep.cards.edits import MakeLines, cut_card, insert_card, write_file
from interviewprep.cards.loader import LoadedDeck, load_deck, parse_deck
from interviewprep.cards.model import Card, DeckFile, QaCard
from interviewprep.cards.schema import FILE_NAME, schema_text
from interviewprep.cards.source import ListNode, MapNode, SourceError, read_source
from interviewprep.cards.text import clean, slug
from interviewprep.cards.writing import card_to_lines, text_to_yaml
from interviewprep.errors import DeckError, NotFoundError

ID_LENGTH = 48
_NAME_PART = re.compile(r"[\w][\w.-]*")

EXAMPLE_DECK = """\
# yaml-language-server: $schema=schema.json
# Your own cards. Each .yaml file in this folder is a deck; folders inside it work too.
# A card takes three lines. Take the # away below, change the text, and it is asked in your next drill.
title: My cards
cards:
#  - id: my-first-card
#    question: What does momentum change about plain SGD?
#    short: It steps along a decaying sum of past gradients, which cancels zig-zag and adds up speed.
#
# The same card with more to learn from. Everything but id, question and short may be left out.
#  - id: momentum-in-full
#    level: medium                      # easy, medium or hard
#    tags: [optimizer]
#    question: What does momentum change about plain SGD?
#    variants:                          # other ways to ask; they come by turns
#      - Why does plain gradient descent zig-zag in a narrow valley?
#    short: It steps along a decaying sum of past gradients.
#    detailed: |
#      Markdown and formulas: $v \\leftarrow \\beta v + g$, then $w \\leftarrow w - \\eta v$.
#    key_points:                        # what a good answer contains; you tick what you said
#      - {text: sums past gradients with decay, accept: [running sum of gradients, velocity]}
#      - {weight: nice, text: speeds up along the valley}
#    misconceptions:
#      - {wrong: It adapts the step per weight., why: "That is RMSProp or Adam."}
#    analogies:
#      - {text: A ball picks up speed., breaks: It has no brakes and can overshoot.}
#    example: With beta 0.9 a constant gradient is amplified tenfold.
#
# `interviewprep decks lint` checks this file and says what could be better.
"""


SAMPLE_CARD = (
    "# A card takes three lines; take the # away and change the text. decks/README.md shows all fields.",
    "#  - id: first-card",
    "#    question: What does an interviewer ask?",
    "#    short: What you would say in 30 seconds.",
)


def new_deck(folder: Path, name: str, title: str = "", *, sample: bool = True) -> Path:
    """Begin a deck `name` (`optimizers` or `deep-learning/optimizers`) in a folder; returns its file.

    With `sample` a first card stands there as a comment. Raises DeckError if the deck exists or cannot be
    written, or if the name cannot be a deck's.
    """
    parts = name.strip().strip("/").removesuffix(".yaml").split("/")
    if not all(_NAME_PART.fullmatch(part) for part in parts):
        raise DeckError(
            f"`{name}` cannot be a deck's name.",
            hint="Use letters, digits, hyphens and dots, with / between folders, e.g. my-notes/optimizers.",
        )
    path = folder.joinpath(*parts[:-1], f"{parts[-1]}.yaml")
    if _exists(path) or _exists(path.with_suffix(".yml")):
        raise DeckError(
            f"The deck `{name}` is already there: {path}", hint="Add cards to it, or take another name."
        )
    title = clean(title).strip() or parts[-1].replace("-", " ").capitalize()
    lines = [
        f"# yaml-language-server: $schema={'../' * (len(parts) - 1)}{FILE_NAME}",
        "format: 1",
        f"title: {text_to_yaml(title, indent=0)}",
        "cards:",
        *(SAMPLE_CARD if sample else ()),
    ]
    write_file(path, "\n".join(lines).encode() + b"\n")
    write_schema(folder)
    return path


def start_folder(folder: Path) -> None:
    """Make the learner's deck folder with a commented example deck. Raises DeckError if it cannot be made."""
    write_file(folder / "example.yaml", EXAMPLE_DECK.encode())
    write_schema(folder)


def write_schema(folder: Path) -> None:
    """Put the schema that the decks' first lines point to into a folder; nothing if that does not work."""
    path, text = folder / FILE_NAME, schema_text()
    with suppress(OSError, UnicodeDecodeError, DeckError):
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            write_file(path, text.encode())


def add_card(
    path: Path, question: str, answer: str, tags: Sequence[str] = (), *, taken: Collection[str] = ()
) -> str:
    """Append a card to a deck file; returns its id: the slug of the question, made unique.

    `taken` are further ids not to use, e.g. of other files of the same deck. Raises DeckError, and leaves
    the file as it is, if it cannot be read or written or its cards are written in brackets.
    """
    question, answer = clean(question).strip(), clean(answer).strip()
    if not question or not answer:
        raise DeckError("A card needs a question and an answer.")
    before = _load(path)
    card_id = _unique(slug(question, length=ID_LENGTH), {*taken, *_ids_in(path)})
    card = QaCard(id=card_id, tags=_tag_words(tags), question=question, short=answer)
    _append(path, before, card, [lambda indent: card_to_lines(card, indent=indent)])
    return card_id


def override_copy(name: str, shipped: Path, folder: Path) -> tuple[Path, int]:
    """Copy a shipped card into the learner's folder, so that the copy replaces it; returns file and line.

    The card's text is copied as it is written, comments included. If the folder already has the copy, that
    one is returned. Raises NotFoundError if `shipped` has no such card, DeckError if nothing can be written.
    """
    deck_id, _, card_id = name.partition("#")
    original = load_deck(shipped, deck_id=deck_id)
    card = next((c for c in (original.deck.cards if original.deck else ()) if c.id == card_id), None)
    if card is None:
        raise NotFoundError(f"There is no card `{card_id}` in {shipped}.")
    path = folder.joinpath(*f"{deck_id}.yaml".split("/"))
    if not _exists(path) and _exists(path.with_suffix(".yml")):
        path = path.with_suffix(".yml")
    if not _exists(path):
        new_deck(folder, deck_id, original.deck.title if original.deck else "", sample=False)
    before = _load(path)
    for present in before.deck.cards if before.deck else ():
        if present.overrides == name:
            return path, before.places[present.id].line
    copy = card.model_copy(update={"overrides": name, "base": card_hash(card)})
    written = cut_card(shipped.read_bytes(), card_id)

    def as_written(indent: int) -> list[str]:
        lines = [f"- overrides: {name}", f"  base: {copy.base}", *written]
        return [" " * indent + line if line else "" for line in lines]

    def as_dumped(indent: int) -> list[str]:
        return card_to_lines(copy, indent=indent)

    # A card that leans on the rest of its file (aliases) cannot be moved as text.
    return path, _append(path, before, copy, [as_written, as_dumped] if written else [as_dumped])


def _append(path: Path, before: LoadedDeck, card: Card, ways: Sequence[MakeLines]) -> int:
    """Add a card in the first way that reads back right; returns its line."""
    data = path.read_bytes()
    for way in ways:
        added = insert_card(data, way)
        after = parse_deck(added, path=path, deck_id="deck")
        if after.deck == _with(before, card):
            write_file(path, added)
            return after.places[card.id].line
    raise DeckError(
        f"`{card.id}` cannot be added to {path} without changing something else there.",
        hint="Add it by hand, or to another deck.",
    )


def _with(before: LoadedDeck, card: Card) -> DeckFile | None:
    deck = before.deck
    return deck.model_copy(update={"cards": (*deck.cards, card)}) if deck else None


def _tag_words(tags: Sequence[str]) -> tuple[str, ...]:
    words = ("-".join(clean(tag).replace(",", " ").replace("#", " ").split()) for tag in tags)
    return tuple(dict.fromkeys(word for word in words if word))


def _load(path: Path) -> LoadedDeck:
    loaded = load_deck(path, deck_id="deck")
    if loaded.deck is None:
        problem = loaded.problems[0]
        raise DeckError(
            f"Nothing was written, because this deck has an error: {problem}", hint="Mend it first."
        )
    return loaded


def _ids_in(path: Path) -> set[str]:
    """Ids of all cards of a file, also of those with errors."""
    with suppress(SourceError, OSError):
        root = read_source(path.read_bytes()).root
        cards = root.entries["cards"].value if root and "cards" in root.entries else None
        items = cards.items if isinstance(cards, ListNode) else ()
        found = (
            item.entries["id"].value for item in items if isinstance(item, MapNode) and "id" in item.entries
        )
        return {str(getattr(node, "text", "")).strip() for node in found}
    return set()


def _exists(path: Path) -> bool:
    """Whether a file is there; False where the folder cannot be read, so that writing says why."""
    try:
        return path.exists()
    except OSError:
        return False


def _unique(wanted: str, used: Collection[str]) -> str:
    if wanted not in used:
        return wanted
    number = 2
    while f"{wanted}-{number}" in used:
        number += 1
    return f"{wanted}-{number}"
