"""Sets blocks into lines of a width. One way for the screen and for plain lines; only the `Look` differs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from rich.cells import cell_len
from rich.text import Text

from interviewprep.render import blocks
from interviewprep.render.blocks import Block, Mark, Spans
from interviewprep.render.formulas import display_formula, formula, unknown_in
from interviewprep.render.wrap import GLUE, wrap

_INDENT: Final = 4
_NARROWEST: Final = 16
"""Cells that nesting always leaves to the text."""
_SHORT_FORMULA: Final = 24
"""Formulas up to this width are never broken."""
_OPERATORS: Final = re.compile(r" (?=[=≈≤≥<>≠←→∈∼∝≡+−·×⊙⇒] )")

_STYLES: Final = (
    (Mark.STRONG, "bold"),
    (Mark.EMPHASIS, "italic"),
    (Mark.STRIKE, "strike"),
    (Mark.CODE, "cyan"),
    (Mark.ADDRESS, "dim"),
)


class Look(NamedTuple):
    """The characters of an output."""

    bullets: tuple[str, ...]
    quote: str
    rule: str
    code_mark: str
    """Stands on both sides of program text within a line, where no colour sets it off."""
    drawn: bool
    """Matrices and cases take several rows, with brackets drawn; a screen reader wants them on one."""


SCREEN: Final = Look(bullets=("•", "◦", "·"), quote="│ ", rule="─", code_mark="", drawn=True)
PLAIN: Final = Look(bullets=("-", "-", "-"), quote="> ", rule="-", code_mark="`", drawn=False)


def styled(spans: Spans, look: Look = SCREEN, *, style: str = "") -> Text:
    """Spans as one Rich text, formulas converted."""
    text = Text(style=style)
    for span in spans:
        if span.mark & Mark.FORMULA:
            text.append(formula_text(span.text), _style(span.mark) or None)
        elif span.mark & Mark.CODE:
            text.append(f"{look.code_mark}{span.text}{look.code_mark}", _style(span.mark))
        else:
            text.append(span.text, _style(span.mark) or None)
    return text


def formula_text(source: str) -> str:
    """A formula for running text: glued where it must not break; with its dollars if it is not known."""
    if unknown_in(source):
        return f"${source}$"
    return _glued(formula(source))


def set_blocks(found: Sequence[Block], *, width: int, look: Look = SCREEN) -> list[Text]:
    """Blocks as lines at most `width` cells wide."""
    lines = _Setter(look).siblings(found, max(1, width), depth=0)
    if all(cell_len(line.plain) <= width for line in lines):
        return lines
    # Deep nesting on a narrow screen: the text keeps room to be read, and what stands out is broken.
    return [part for line in lines for part in wrap(line, width)]


@lru_cache(maxsize=64)
def _style(mark: Mark) -> str:
    return " ".join(style for flag, style in _STYLES if flag & mark)


def _glued(text: str) -> str:
    """Spaces made unbreakable, except before an operator of a long formula."""
    if cell_len(text) <= _SHORT_FORMULA:
        return text.replace(" ", GLUE)
    return GLUE.join(_OPERATORS.sub("\n", text).split(" ")).replace("\n", " ")


class _Setter:
    """Sets blocks one below the other."""

    def __init__(self, look: Look) -> None:
        self._look = look

    def siblings(self, found: Sequence[Block], width: int, *, depth: int) -> list[Text]:
        lines: list[Text] = []
        before: Block | None = None
        height = 0
        for block in found:
            after_heading = isinstance(before, blocks.Heading)
            own = self._block(block, width, depth)
            # One-line formulas below one another read as one derivation, and rows are precious.
            closes_up = (
                len(own) == height == 1
                and isinstance(block, type(before))
                and isinstance(block, blocks.Formula)
            )
            wants_gap = (block.gap and not closes_up) or isinstance(block, blocks.Heading)
            if before is not None and wants_gap and not after_heading:
                lines.append(Text(""))
            lines += own
            before, height = block, len(own)
        return lines

    def _block(self, block: Block, width: int, depth: int) -> list[Text]:
        match block:
            case blocks.Paragraph():
                return wrap(styled(block.spans, self._look), width)
            case blocks.Heading():
                return wrap(styled(block.spans, self._look, style="bold"), width)
            case blocks.Listing():
                return self._listing(block, width, depth)
            case blocks.Quote():
                inner = self.siblings(block.blocks, self._inner(width, 2), depth=depth + 1)
                return [Text(self._look.quote, "dim").append_text(line) for line in inner]
            case blocks.Code():
                return self._code(block, width)
            case blocks.Table():
                return self._table(block, width)
            case blocks.Formula():
                return self._formula(block, width)
            case blocks.Rule():
                return [Text(self._look.rule * width, "dim")]
            case blocks.Literal():
                return wrap(Text(block.text.expandtabs(4)), width)

    @staticmethod
    def _inner(width: int, indent: int) -> int:
        """The width left inside an indentation; never too narrow to read."""
        return max(min(width, _NARROWEST), width - indent)

    def _listing(self, block: blocks.Listing, width: int, depth: int) -> list[Text]:
        bullet = self._look.bullets[min(depth, len(self._look.bullets) - 1)]
        room = max((cell_len(item.number or bullet) for item in block.items), default=1) + 1
        lines: list[Text] = []
        for index, item in enumerate(block.items):
            if item.gap and index:
                lines.append(Text(""))
            inner = self.siblings(item.blocks, self._inner(width, room), depth=depth + 1) or [Text("")]
            mark = Text((item.number or bullet).rjust(room - 1) + " ")
            lines.append(mark.append_text(inner[0]))
            lines += [Text(" " * room).append_text(line) if line.plain else line for line in inner[1:]]
        return lines

    def _code(self, block: blocks.Code, width: int) -> list[Text]:
        from interviewprep.render.highlight import highlighted

        indent = " " * (2 if width > _NARROWEST else 0)
        text = highlighted(block.text.expandtabs(4), block.language)
        lines: list[Text] = []
        for line in text.split("\n", allow_blank=True):
            parts = _chopped(line, width - len(indent))
            lines += [Text(indent).append_text(part) if part.plain else part for part in parts]
        return lines

    def _table(self, block: blocks.Table, width: int) -> list[Text]:
        from interviewprep.render.tables import laid_out

        head = [styled(cell, self._look, style="") for cell in block.head]
        for cell in head:
            cell.stylize("bold")
        rows = [[styled(cell, self._look) for cell in row] for row in block.rows]
        return laid_out(head, rows, block.aligns, width=width, rule=self._look.rule)

    def _formula(self, block: blocks.Formula, width: int) -> list[Text]:
        if unknown_in(block.source):
            return wrap(Text(f"$${block.source}$$"), width)
        room = self._inner(width, _INDENT)
        indent = " " * (width - room)
        rows = display_formula(block.source, width=room, drawn=self._look.drawn)
        if len(rows) > 1:
            return [Text(indent + row) for row in rows]
        lines = wrap(Text(_glued(formula(block.source))), room)
        if len(lines) > 1:
            first, *rest = lines
            more = self._inner(room, _INDENT)
            text = " ".join(line.plain for line in rest)
            lines = [
                first,
                *(Text(" " * (room - more)).append_text(line) for line in wrap(Text(_glued(text)), more)),
            ]
        return [Text(indent).append_text(line) for line in lines]


def _chopped(line: Text, width: int) -> list[Text]:
    """A line of program text in pieces of at most `width` cells, broken anywhere."""
    if cell_len(line.plain) <= width:
        line.rstrip()
        return [line]
    glued = line.copy()
    glued.plain = glued.plain.replace(" ", GLUE)
    return wrap(glued, width)
