"""What a piece of HTML consists of, and how that is written in Markdown."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Flag
from typing import Final, NamedTuple

from interviewprep.exchange.escaping import as_code, escaped, escaped_start, fenced, in_cell
from interviewprep.exchange.setaside import KEPT

BREAK: Final = "\n"
LINE: Final = "\v"
"""A line's end that means nothing at the start of a line: the edge of a <div>."""


class Style(Flag):
    """How a run of text is set."""

    PLAIN = 0
    BOLD = 1
    ITALIC = 2
    CODE = 4


class Run(NamedTuple):
    """Text set in one way, not yet escaped; BREAK and LINE may be in it."""

    text: str
    style: Style


class Paragraph(NamedTuple):
    """Lines of text."""

    runs: tuple[Run, ...]


class Code(NamedTuple):
    """A block of code, with its line ends."""

    text: str


class Table(NamedTuple):
    """A table; all rows have the same number of cells, at least two."""

    rows: tuple[tuple[tuple[Run, ...], ...], ...]


@dataclass(slots=True)
class Box:
    """A list item or a quotation around blocks."""

    kind: str
    first: str
    rest: str
    is_used: bool = False


class Block(NamedTuple):
    """A paragraph, code or a table, where it stands."""

    content: Paragraph | Code | Table
    first: str
    """What stands before its first line."""
    rest: str
    """What stands before its further lines."""
    is_item: bool
    """Whether it is the first block of a list item."""


def as_blocks(found: Sequence[Block]) -> str:
    """Blocks as Markdown."""
    out: list[str] = []
    before: Block | None = None
    for block in found:
        lines = _lines_of(block.content)
        if not lines:
            continue
        if before is not None and not (block.is_item and before.first.strip()):
            out.append(block.rest.rstrip() if before.rest == block.rest else "")
        out.append(f"{block.first}{lines[0]}".rstrip())
        out.extend(f"{block.rest}{line}".rstrip() for line in lines[1:])
        before = block
    return "\n".join(out).strip("\n")


def as_one_line(found: Sequence[Block]) -> str:
    """Blocks in one line of Markdown."""
    parts: list[str] = []
    for block in found:
        if isinstance(block.content, Code):
            text = as_code(block.content.text)
        elif isinstance(block.content, Table):
            text = "; ".join(", ".join(map(_cell, row)) for row in block.content.rows)
        else:
            text = " ".join(filter(None, _set_lines(block.content.runs)))
        if text:
            lead = block.first.strip(" >") if block.is_item else ""
            parts.append(f"{'•' if lead == '-' else lead} {text}".strip())
    return " ".join(parts)


def _lines_of(content: Paragraph | Code | Table) -> list[str]:
    if isinstance(content, Code):
        return fenced(content.text)
    if isinstance(content, Table):
        head, *rows = ([in_cell(_cell(cell)) for cell in row] for row in content.rows)
        return [f"| {' | '.join(row)} |" for row in (head, ["---"] * len(head), *rows)]
    found: list[str] = []
    lines = _set_lines(content.runs)
    for place, line in enumerate(lines):
        following = lines[place + 1] if place + 1 < len(lines) else ""
        if line:
            found.append(escaped_start(line) + ("\\" if following else ""))
        elif found and found[-1] and any(lines[place:]):
            found.append("")
    return found


def _cell(runs: tuple[Run, ...]) -> str:
    return " ".join(filter(None, _set_lines(runs)))


def _set_lines(runs: Sequence[Run]) -> list[str]:
    """Runs as lines of Markdown, not yet guarded at their start; an empty line is a paragraph's end."""
    lines: list[list[Run]] = [[]]
    for run in runs:
        for piece in re.split(f"([{BREAK}{LINE}])", run.text):
            if piece == BREAK or (piece == LINE and any(r.text.strip() for r in lines[-1])):
                lines.append([])
            elif piece and piece != LINE:
                lines[-1].append(Run(piece, run.style))
    return [_set_line(line) for line in lines]


def _set_line(runs: Sequence[Run]) -> str:
    merged: list[Run] = []
    for run in runs:
        if merged and (merged[-1].style == run.style or not run.text.strip()):
            merged[-1] = merged[-1]._replace(text=merged[-1].text + run.text)
        else:
            merged.append(run)
    return " ".join("".join(map(_set_run, merged)).split())


def _set_run(run: Run) -> str:
    bare = run.text.strip()
    if not bare or run.style is Style.PLAIN:
        return escaped(run.text)
    before = run.text[: len(run.text) - len(run.text.lstrip())]
    after = run.text[len(run.text.rstrip()) :]
    if Style.CODE in run.style and KEPT not in bare:
        return f"{before}{as_code(bare)}{after}"
    signs = ("**" if Style.BOLD in run.style else "") + ("*" if Style.ITALIC in run.style else "")
    return f"{before}{signs}{escaped(bare)}{signs[::-1]}{after}"
