"""Adding to the text of a deck file: where a card goes, how one is cut out, how a file is replaced whole."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from shutil import copymode

from interviewprep.cards.source import ListNode, MapNode, Node, Source, TextNode, read_source
from interviewprep.errors import DeckError

_BOM = b"\xef\xbb\xbf"
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")

MakeLines = Callable[[int], Sequence[str]]
"""Makes the lines of a card, its dash so many columns from the left."""


def insert_card(data: bytes, make_lines: MakeLines) -> bytes:
    """The file with a card added at the end of its cards; everything else stays byte for byte.

    Raises DeckError if the cards are written in brackets, SourceError if the file cannot be read.
    """
    source = read_source(data)
    lines = _lines(data)
    entry = source.root.entries.get("cards") if source.root else None
    at = len(lines)
    if source.root is None or entry is None:
        new = ["cards:", *make_lines(2)]
    elif isinstance(entry.value, ListNode) and not entry.value.flow:
        new = [*make_lines(entry.value.column - 1)]
        at = _end_of_cards(source, lines, entry.line)
    elif isinstance(entry.value, TextNode) and entry.value.missing:
        new = [*make_lines(2)]
        at = _end_of_cards(source, lines, entry.line)
    else:
        raise DeckError(
            f"The cards in line {entry.line} are written in brackets, so no card can be added.",
            hint="Write each card on lines of its own after `- id:`.",
        )
    newline = _newline(lines)
    if at and not lines[at - 1].endswith(("\n", "\r")):
        lines[at - 1] += newline
    lines[at:at] = [line + newline for line in new]
    return (_BOM if data.startswith(_BOM) else b"") + "".join(lines).encode()


def cut_card(data: bytes, card_id: str) -> list[str]:
    """The lines of a card as they are written, moved to the left edge, a blank instead of the dash.

    Empty where the card is not written as a plain list entry (in braces, or through an alias).
    """
    source = read_source(data)
    lines = [line.rstrip("\r\n") for line in _lines(data)]
    entry = source.root.entries.get("cards") if source.root else None
    if source.root is None or entry is None or not isinstance(entry.value, ListNode) or entry.value.flow:
        return []
    items = entry.value.items
    place = next((i for i, item in enumerate(items) if _id_of(item) == card_id), None)
    if place is None:
        return []
    node = items[place]
    dash = entry.value.column - 1
    if node.column != dash + 3 or lines[node.line - 1][: node.column - 1] != " " * dash + "- ":
        return []
    end = _end_of_cards(source, lines, entry.line)
    if place + 1 < len(items):
        end = items[place + 1].line - 1
    found = lines[node.line - 1 : end]
    while found and _is_between(found[-1], dash):
        found.pop()
    first = " " * 2 + found[0][dash + 2 :]
    return [
        first,
        *(line[dash:] if line[:dash].isspace() or not dash else line.lstrip() for line in found[1:]),
    ]


def write_file(path: Path, data: bytes) -> None:
    """Replace a file as a whole, or make it and its folder; links are followed. Raises DeckError."""
    try:
        real = path.resolve()
        real.parent.mkdir(parents=True, exist_ok=True)
        temporary = real.with_name(f".{real.name}.{os.getpid()}.tmp")
        try:
            with temporary.open("wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            if real.exists():
                copymode(real, temporary)
            temporary.replace(real)
        finally:
            temporary.unlink(missing_ok=True)
    except (OSError, RuntimeError) as error:  # RuntimeError: a link that leads to itself
        reason = (getattr(error, "strerror", None) or str(error)).lower()
        raise DeckError(f"{path} cannot be written: {reason}", hint="Nothing was changed.") from None


def _lines(data: bytes) -> list[str]:
    return _LINE.findall(data.removeprefix(_BOM).decode())


def _newline(lines: Sequence[str]) -> str:
    first = lines[0] if lines else "\n"
    return first[len(first.rstrip("\r\n")) :] or "\n"


def _end_of_cards(source: Source, lines: Sequence[str], cards_line: int) -> int:
    """How many lines come before the place after the last card."""
    entries = source.root.entries.values() if source.root else ()
    following = [entry.line for entry in entries if entry.line > cards_line]
    if not following:
        return len(lines)
    at = min(following) - 1
    while at > cards_line and _is_between(lines[at - 1].rstrip("\r\n"), 0):
        at -= 1
    return at


def _is_between(line: str, indent: int) -> bool:
    """Whether a line is blank, or a comment indented no further: it belongs to what follows."""
    bare = line.lstrip(" ")
    return not bare or (bare.startswith("#") and len(line) - len(bare) <= indent)


def _id_of(node: Node) -> str:
    if isinstance(node, MapNode) and "id" in node.entries:
        value = node.entries["id"].value
        return value.text.strip() if isinstance(value, TextNode) else ""
    return ""
