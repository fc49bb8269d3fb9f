"""Reads Markdown with markdown-it-py and turns its tokens into blocks. Nothing of the text is lost.

HTML is shown as it is written, link definitions too. Text that is too long or nested too deeply to be
meant as Markdown is shown literally.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from interviewprep.render import blocks, dollars
from interviewprep.render.blocks import Block, Mark, Span, Spans
from interviewprep.render.clean import clean

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

LONGEST: Final = 12_000
"""Characters; longer text is shown unformatted, which stays fast whatever it holds."""

_DEEPEST: Final = 40
_MOST_CELLS: Final = 5_000
_OF_PARAGRAPHS: Final = re.compile(
    r"[\\`*_\[\]<>&!~$#|]|^\s*(?:[-+=]|\d+[.)])|^(?: {4}|\t)|  \n|\n\s*\n", re.MULTILINE
)
_OF_LINES: Final = re.compile(r"[\\`*_\[\]<>&!~]|\$\$")

_MARKS: Final = {"strong": Mark.STRONG, "em": Mark.EMPHASIS, "s": Mark.STRIKE}


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    # Imported at the first text that needs it: a plain question is painted without.
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"html": False, "maxNesting": _DEEPEST})
    parser.enable(["table", "strikethrough"])
    parser.disable(["reference", "html_block", "html_inline"])
    dollars.add_formulas(parser)
    return parser


@lru_cache(maxsize=256)
def read_blocks(text: str) -> tuple[Block, ...]:
    """Markdown as blocks."""
    text = clean(text)
    if not _OF_PARAGRAPHS.search(text):
        return (blocks.Paragraph(gap=False, spans=(Span(" ".join(text.split("\n")).strip()),)),)
    if len(text) <= LONGEST and _table_cells(text) <= _MOST_CELLS:
        text = dollars.hide_bars(text)
        tokens = _parser().parse(text)
        if all(token.level < _DEEPEST - 2 for token in tokens):
            found = _Walk(tokens, text).siblings()
            if found:
                return found
    return (blocks.Literal(gap=False, text=dollars.show_bars(text).strip("\n")),)


@lru_cache(maxsize=1024)
def read_spans(text: str) -> Spans:
    """One line of Markdown: bold, code, links and formulas, no blocks; line ends become spaces."""
    text = " ".join(clean(text).split())
    if len(text) > LONGEST:
        return (Span(text),)
    if not _OF_LINES.search(text):
        parts = dollars.split_formulas(text)
        spans = (Span(part, Mark.FORMULA if index % 2 else Mark.NONE) for index, part in enumerate(parts))
        return tuple(span for span in spans if span.text)
    return _spans(_parser().parseInline(text))


def _table_cells(text: str) -> int:
    """At most how many cells a table in the text can have: short rows are filled up to the head's columns."""
    lines = text.split("\n") if "|" in text else []
    return len(lines) * max((line.count("|") + 1 for line in lines), default=0)


class _Walk:
    """Goes once along the tokens of a text, making blocks."""

    def __init__(self, tokens: Sequence[Token], text: str) -> None:
        self._tokens = tokens
        self._at = 0
        self._lines = text.split("\n")

    def siblings(self, end: str = "") -> tuple[Block, ...]:
        """Blocks up to the token of type `end` (which is taken), or to the end of the text."""
        found: list[Block] = []
        while self._at < len(self._tokens):
            token = self._tokens[self._at]
            self._at += 1
            if token.type == end:
                break
            block = self._block(token, has_gap=self._has_gap(token))
            if block is not None:
                found.append(block)
        return tuple(found)

    def _has_gap(self, token: Token) -> bool:
        first = token.map[0] if token.map else 0
        return first > 0 and not self._lines[first - 1].strip(" \t>")

    def _block(self, token: Token, *, has_gap: bool) -> Block | None:
        kind = token.type
        if kind == "paragraph_open":
            return blocks.Paragraph(gap=has_gap, spans=self._inside(kind))
        if kind == "heading_open":
            return blocks.Heading(gap=has_gap, level=int(token.tag[1:]), spans=self._inside(kind))
        if kind in ("bullet_list_open", "ordered_list_open"):
            return blocks.Listing(gap=has_gap, items=self._items(_closing(kind)))
        if kind == "blockquote_open":
            return blocks.Quote(gap=has_gap, blocks=self.siblings(_closing(kind)))
        if kind in ("fence", "code_block"):
            language = clean(token.info).strip().split(" ")[0]
            return blocks.Code(gap=has_gap, text=_literal(token.content).rstrip("\n"), language=language)
        if kind == "table_open":
            return self._table(has_gap=has_gap)
        if kind == dollars.BLOCK:
            return blocks.Formula(gap=has_gap, source=_literal(token.content))
        if kind == "hr":
            return blocks.Rule(gap=has_gap)
        if kind == "inline":
            return blocks.Paragraph(gap=has_gap, spans=_spans([token]))
        return blocks.Literal(gap=has_gap, text=_literal(token.content)) if token.content else None

    def _inside(self, kind: str) -> Spans:
        """The spans between an opening token and its closing one."""
        spans: Spans = ()
        while self._at < len(self._tokens):
            token = self._tokens[self._at]
            self._at += 1
            if token.type == _closing(kind):
                break
            spans += _spans([token])
        return spans

    def _items(self, end: str) -> tuple[blocks.Item, ...]:
        found = []
        while self._at < len(self._tokens):
            token = self._tokens[self._at]
            self._at += 1
            if token.type == end:
                break
            number = f"{token.info}{token.markup}" if token.info else ""
            has_gap = self._has_gap(token)
            found.append(blocks.Item(number, self.siblings("list_item_close"), has_gap))
        return tuple(found)

    def _table(self, *, has_gap: bool) -> blocks.Table:
        rows: list[tuple[Spans, ...]] = []
        aligns: list[str] = []
        cells: list[Spans] = []
        while self._at < len(self._tokens):
            token = self._tokens[self._at]
            self._at += 1
            if token.type == "table_close":
                break
            if token.type == "th_open":
                aligns.append(str(token.attrGet("style") or "").removeprefix("text-align:") or "left")
            if token.type == "inline":
                cells.append(_spans([token]))
            elif token.type == "tr_close":
                rows.append(tuple(cells))
                cells = []
        return blocks.Table(gap=has_gap, head=rows[0], rows=tuple(rows[1:]), aligns=tuple(aligns))


def _closing(kind: str) -> str:
    return kind.replace("_open", "_close")


def _literal(text: str) -> str:
    """Text of a token: formula bars back, and clean again, for entities can spell what was taken out."""
    return clean(dollars.show_bars(text))


def _spans(tokens: Sequence[Token]) -> Spans:
    """Inline tokens as spans, neighbours of one mark joined."""
    found: list[Span] = []
    for token in tokens:
        _add_spans(found, token.children or [])
    joined: list[Span] = []
    for span in found:
        if joined and joined[-1].mark == span.mark and not span.mark & (Mark.FORMULA | Mark.CODE):
            joined[-1] = Span(joined[-1].text + span.text, span.mark)
        elif span.text:
            joined.append(span)
    return tuple(joined)


def _add_spans(found: list[Span], tokens: Sequence[Token]) -> None:
    mark = Mark.NONE
    links: list[tuple[str, int]] = []
    for token in tokens:
        kind = token.type
        if kind == "text":
            found.append(Span(_one_line(token.content), mark))
        elif kind == "code_inline":
            found.append(Span(_one_line(token.content), mark | Mark.CODE))
        elif kind == dollars.INLINE:
            found.append(Span(_one_line(token.content), mark | Mark.FORMULA))
        elif kind in ("softbreak", "hardbreak"):
            found.append(Span(" " if kind == "softbreak" else "\n", mark))
        elif kind == "link_open":
            links.append((_address(token, "href"), len(found)))
        elif kind == "link_close":
            address, first = links.pop()
            text = "".join(span.text for span in found[first:])
            if address and text not in (address, address.removeprefix("mailto:")):
                found.append(Span(f" ({address})", mark | Mark.ADDRESS))
        elif kind == "image":
            _add_spans(found, token.children or [])
            found.append(Span(f" ({_address(token, 'src')})", mark | Mark.ADDRESS))
        elif token.tag in _MARKS and token.nesting:
            mark = mark | _MARKS[token.tag] if token.nesting > 0 else mark & ~_MARKS[token.tag]
        elif token.content:
            found.append(Span(_one_line(token.content), mark))


def _one_line(text: str) -> str:
    return _literal(text).replace("\n", " ").replace("\t", " ")


def _address(token: Token, name: str) -> str:
    return _one_line(str(token.attrGet(name) or ""))
