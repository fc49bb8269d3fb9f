"""HTML of a flashcard as our Markdown with $formulas$. Pictures and sounds are named, not lost silently."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import Final, NamedTuple
from urllib.parse import unquote

from interviewprep.cards.text import clean
from interviewprep.exchange.htmlblocks import (
    BREAK,
    LINE,
    Block,
    Box,
    Code,
    Paragraph,
    Run,
    Style,
    Table,
    as_blocks,
    as_one_line,
)
from interviewprep.exchange.htmltokens import Tag, Text, tokens
from interviewprep.exchange.setaside import KEPT, Aside

_BLANK: Final = re.compile(r"[ \t\r\n\f\xa0]+")
_DEEPEST: Final = 6
_MOST_CELLS: Final = 2_000
_HIGH: Final = str.maketrans("0123456789+-=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱ")
_LOW: Final = str.maketrans("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎")
_WEB: Final = re.compile(r"https?://[^\s()]{3,500}")

_LINES: Final = frozenset({"div", "section", "article", "dt", "dd", "summary", "details", "figure", "center"})
_PARAGRAPHS: Final = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "dl"})
_HEADINGS: Final = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})


_STYLES: Final = {
    "b": Style.BOLD,
    "strong": Style.BOLD,
    "i": Style.ITALIC,
    "em": Style.ITALIC,
    "code": Style.CODE,
    "tt": Style.CODE,
    "kbd": Style.CODE,
}


class Converted(NamedTuple):
    """Markdown, and what it names but cannot show."""

    text: str
    media: tuple[str, ...]
    """File names of pictures and sounds."""


def to_markdown(html: str, *, one_line: bool = False) -> Converted:
    """A field as Markdown; with `one_line` (a question) line ends and lists become parts of one line."""
    aside = Aside()
    builder = _Builder(aside)
    builder.read(aside.take(clean(html).replace(KEPT, "").replace(LINE, " ")))
    text = aside.back(as_one_line(builder.done) if one_line else as_blocks(builder.done))
    if one_line:
        text = text.replace("$$", "$")
    return Converted(text, tuple(dict.fromkeys(aside.media)))


class _Builder:
    """Collects blocks from tags and texts. Tags may be unclosed, crossed or unknown."""

    def __init__(self, aside: Aside) -> None:
        self._aside = aside
        self.done: list[Block] = []
        self._runs: list[Run] = []
        self._boxes: list[Box] = []
        self._lists: list[list[int]] = []
        """For each open list the number of its next item; 0: bullets."""
        self._open: dict[str, int] = {}
        """Inline elements that are open, by name."""
        self._pre: list[str] | None = None
        self._rows: list[list[tuple[Run, ...]]] | None = None
        self._tables = 0
        self._links: list[tuple[str, int]] = []
        self._raised: list[int] = []

    def read(self, html: str) -> None:
        """Take in a whole field."""
        for token in tokens(html):
            if isinstance(token, Text):
                self._text(token.text)
            elif token.is_end:
                self._end(token.name)
            else:
                self._start(token)
        self._end("pre")
        self._tables = min(self._tables, 1)
        self._end("table")
        self._flush()

    def _text(self, text: str) -> None:
        if self._pre is not None:
            self._pre.append(text)
        else:
            self._add(_BLANK.sub(" ", text))

    def _add(self, text: str) -> None:
        style = Style.PLAIN
        for name in self._open:
            style |= _STYLES[name]
        self._runs.append(Run(text, style))

    def _start(self, tag: Tag) -> None:
        name = tag.name
        if name == "br":
            self._pre.append("\n") if self._pre is not None else self._add(BREAK)
        elif name in ("img", "audio", "video", "source", "embed"):
            self._medium(tag)
        elif self._pre is not None:
            if name in _LINES:
                self._pre.append("\n")
        elif name in _STYLES:
            self._open[name] = self._open.get(name, 0) + 1
        elif name in ("sup", "sub"):
            self._raised.append(len(self._runs))
        elif name == "a":
            self._links.append((tag.attribute("href"), len(self._runs)))
        elif name in ("td", "th"):
            self._end_of_cell() if self._tables == 1 else self._add(" ")
        elif name in _LINES:
            self._add(LINE)
        elif name == "tr" and self._rows is not None and self._tables == 1:
            self._end_of_cell()
            self._rows.append([])
        else:
            self._start_block(name)

    def _start_block(self, name: str) -> None:
        if name == "table":
            self._tables += 1
            if self._tables == 1:
                self._flush()
                self._rows = []
        elif self._rows is not None:
            if name in ("li", "pre", *_PARAGRAPHS):
                self._add(LINE)
        elif name in _PARAGRAPHS:
            self._flush()
            if name in _HEADINGS:
                self._open["b"] = 1
        elif name in ("ul", "ol"):
            self._flush()
            self._lists.append([1 if name == "ol" else 0])
        elif name == "li":
            self._item()
        elif name == "blockquote":
            self._flush()
            if len(self._boxes) < _DEEPEST:
                self._boxes.append(Box("blockquote", "> ", "> "))
        elif name == "pre":
            self._flush()
            self._pre = []

    def _item(self) -> None:
        self._flush()
        depth = len(self._lists)
        while sum(box.kind == "li" for box in self._boxes) >= max(1, depth):
            self._boxes.pop()
        counter = self._lists[-1] if self._lists else [0]
        marker = f"{counter[0]}. " if counter[0] else "- "
        if counter[0]:
            counter[0] += 1
        if len(self._boxes) < _DEEPEST:
            self._boxes.append(Box("li", marker, " " * len(marker)))

    def _end(self, name: str) -> None:
        if name == "pre" and self._pre is not None:
            text, self._pre = "".join(self._pre).expandtabs(4).replace("\xa0", " ").strip("\n"), None
            if text.strip():
                self._emit(Code(text))
        elif self._pre is not None:
            return
        elif name in _STYLES:
            self._open.pop(name, None)
        elif name in ("sup", "sub"):
            self._end_of_raised(name)
        elif name == "a" and self._links:
            self._end_of_link()
        elif name in ("td", "th") and self._tables == 1:
            self._end_of_cell()
        elif name == "table" and self._tables:
            self._tables -= 1
            if self._tables == 0:
                self._end_of_table()
        elif name in _LINES:
            self._add(LINE)
        elif self._rows is None:
            self._end_block(name)

    def _end_block(self, name: str) -> None:
        if name in _PARAGRAPHS:
            self._flush()
            if name in _HEADINGS:
                self._open.pop("b", None)
        elif name in ("ul", "ol") and self._lists:
            self._flush()
            depth = len(self._lists)
            while self._boxes and sum(box.kind == "li" for box in self._boxes) >= depth:
                self._boxes.pop()
            self._lists.pop()
        elif name == "blockquote" and any(box.kind == name for box in self._boxes):
            self._flush()
            while self._boxes.pop().kind != name:
                pass
        elif name == "li":
            self._flush()

    def _medium(self, tag: Tag) -> None:
        source = tag.attribute("src")
        kind = "image" if tag.name == "img" else "sound" if tag.name == "audio" else "video"
        if not source and tag.name != "img":
            return  # the element's <source> has the name
        if source.startswith("data:"):
            name = tag.attribute("alt")
        elif source.startswith(("http://", "https://")):
            name = source
        else:
            name = PurePosixPath(unquote(source).replace("\\", "/")).name
        mark = self._aside.medium(kind, clean(name).replace(KEPT, "")[:300])
        self._pre.append(mark) if self._pre is not None else self._add(mark)

    def _end_of_raised(self, name: str) -> None:
        if not self._raised:
            return
        first = self._raised.pop()
        inside = "".join(run.text for run in self._runs[first:]).strip()
        del self._runs[first:]
        table = _HIGH if name == "sup" else _LOW
        if inside and all(ord(sign) in table for sign in inside):
            self._add(inside.translate(table))
        elif inside:
            self._add(f"{'^' if name == 'sup' else '_'}({inside})")

    def _end_of_link(self) -> None:
        address, first = self._links.pop()
        text = "".join(run.text for run in self._runs[first:]).strip()
        if _WEB.fullmatch(address) and text.rstrip("/") != address.rstrip("/"):
            self._add(f" ({address})")

    def _end_of_cell(self) -> None:
        if self._rows is None:
            return
        runs, self._runs = tuple(self._runs), []
        if any(run.text.strip() for run in runs):
            if not self._rows:
                self._rows.append([])
            self._rows[-1].append(runs)

    def _end_of_table(self) -> None:
        self._end_of_cell()
        rows, self._rows = [tuple(row) for row in self._rows or () if row], None
        width = max(map(len, rows), default=0)
        if width > 1 and width * len(rows) <= _MOST_CELLS:
            self._emit(Table(tuple(row + ((),) * (width - len(row)) for row in rows)))
        else:
            for row in rows:
                self._emit(Paragraph(tuple(Run(r.text, r.style) for cell in row for r in cell)))

    def _flush(self) -> None:
        runs, self._runs = tuple(self._runs), []
        self._links.clear()
        self._raised.clear()
        if any(run.text.strip() for run in runs):
            self._emit(Paragraph(runs))

    def _emit(self, content: Paragraph | Code | Table) -> None:
        first = "".join(box.rest if box.is_used else box.first for box in self._boxes)
        is_item = bool(self._boxes) and self._boxes[-1].kind == "li" and not self._boxes[-1].is_used
        for box in self._boxes:
            box.is_used = box.kind == "li" or box.is_used
        self.done.append(Block(content, first, "".join(box.rest for box in self._boxes), is_item))
