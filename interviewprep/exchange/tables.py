"""Cards from a table: comma or tab separated, with or without Anki's header lines."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from interviewprep.exchange.anki.notetypes import NOTE_TYPES
from interviewprep.exchange.drafts import Draft, FaultsError, ReadCards, plain_card, read_text
from interviewprep.exchange.htmltext import to_markdown
from interviewprep.exchange.newcards import deck_id_of

_SEPARATORS: Final = {
    "comma": ",",
    "semicolon": ";",
    "tab": "\t",
    "space": " ",
    "pipe": "|",
    "colon": ":",
}
_COLUMNS: Final = {
    **dict.fromkeys(("question", "front", "q"), "question"),
    **dict.fromkeys(("answer", "back", "short", "a"), "answer"),
    **dict.fromkeys(("tags", "tag"), "tags"),
    "deck": "deck",
}
_USUAL: Final = ("question", "answer", "tags", "deck")
_HEAD: Final = re.compile(r"#([a-z ]+):(.*)")
_OURS: Final = frozenset(kind.name for kind in NOTE_TYPES.values())


@dataclass(slots=True)
class _Head:
    """What the lines above the table say (docs.ankiweb.net, importing text files)."""

    separator: str = ""
    is_html: bool = False
    tags: tuple[str, ...] = ()
    deck: str = ""
    columns: dict[str, int] = field(default_factory=dict)
    """Place, from 0, of what each column is."""
    special: dict[str, int] = field(default_factory=dict)
    """Likewise of columns that hold no text of the card."""
    lines: int = 0
    """How many there are."""


def read_table(file: Path) -> ReadCards:
    """The cards of a table with the columns question, answer, tags, deck (by name, or in this order).

    Texts are Markdown, or HTML where `#html:true` says so. Raises ExchangeError, with every fault by line
    and field.
    """
    text = read_text(file)
    head = _head(text)
    drafts: list[Draft] = []
    faults: list[str] = []
    skipped: Counter[str] = Counter()
    convert = _from_html if head.is_html else str
    for line, row in _rows(file, text, head, faults):
        kind = _cell(row, head.special.get("notetype"))
        if kind in _OURS:
            skipped["exported from here, which a table cannot bring back"] += 1
            continue
        question = _cell(row, head.columns.get("question"))
        if not question.strip() and not any(cell.strip() for cell in row):
            continue
        tags = [*head.tags, *re.split(r"[\s,;]+", _cell(row, head.columns.get("tags")))]
        try:
            card = plain_card(
                " ".join(convert(question).split()), convert(_cell(row, head.columns.get("answer"))), tags
            )
        except ValueError as error:
            faults.append(f"{file}:{line}: question: {error}")
            continue
        deck = _cell(row, head.columns.get("deck")).strip() or head.deck
        drafts.append(Draft(card, deck_id_of(deck) if deck else "", deck.rpartition("::")[2]))
    if faults:
        raise FaultsError(file, faults)
    return ReadCards(drafts, skipped)


def _head(text: str) -> _Head:
    head = _Head()
    start = 0
    while text.startswith("#", start):
        end = text.find("\n", start)
        line = text[start : end if end >= 0 else len(text)].rstrip("\r")
        found = _HEAD.fullmatch(line)
        if found is None:
            break
        _take(head, found[1], found[2])
        head.lines += 1
        start = end + 1 if end >= 0 else len(text)
    if not head.separator:
        first = text[start : start + 2_000].partition("\n")[0]
        head.separator = max("\t;,", key=first.count) if first else ","
    return head


def _take(head: _Head, key: str, value: str) -> None:
    if key == "separator":
        head.separator = _SEPARATORS.get(value.strip().lower(), value[:1])
    elif key == "html":
        head.is_html = value.strip().lower() == "true"
    elif key == "tags":
        head.tags = tuple(value.split())
    elif key == "deck":
        head.deck = value.strip()
    elif key == "columns":
        separator = head.separator or next((sign for sign in "\t;," if sign in value), ",")
        head.columns = _named(value.split(separator))
    elif key.endswith(" column") and value.strip().isdigit():
        what = key.removesuffix(" column")
        place = max(0, int(value.strip()[:6]) - 1)
        (head.columns if what in ("deck", "tags") else head.special)[what] = place


def _rows(file: Path, text: str, head: _Head, faults: list[str]) -> Iterator[tuple[int, Sequence[str]]]:
    """Rows with the numbers of their lines; names of columns are taken from the first."""
    lines = text.splitlines(keepends=True)[head.lines :]
    reader = csv.reader(iter(lines), delimiter=head.separator or ",", strict=True)
    is_first = True
    try:
        for row in reader:
            line = head.lines + reader.line_num
            if is_first:
                is_first = False
                named = _named(row)
                if {"question", "answer"} <= named.keys():
                    head.columns = named
                    continue
            if "question" not in head.columns:
                _usual_columns(head)
            yield line, row
    except csv.Error as error:
        faults.append(f"{file}:{head.lines + reader.line_num}: row: {error}")


def _usual_columns(head: _Head) -> None:
    """The first columns that are nothing else hold the question, the answer and so on."""
    used = {*head.columns.values(), *head.special.values()}
    free = (place for place in range(100) if place not in used)
    wanted = [name for name in _USUAL if name not in head.columns]
    if head.columns or head.special:  # Anki names the columns of tags and deck; the rest are fields
        wanted = [name for name in wanted if name in ("question", "answer")]
    head.columns |= dict(zip(wanted, free, strict=False))


def _named(row: Sequence[str]) -> dict[str, int]:
    names = (_COLUMNS.get(name.strip().lower(), "") for name in row)
    return {name: place for place, name in reversed(list(enumerate(names))) if name}


def _cell(row: Sequence[str], place: int | None) -> str:
    return row[place] if place is not None and place < len(row) else ""


def _from_html(text: str) -> str:
    return to_markdown(text).text
