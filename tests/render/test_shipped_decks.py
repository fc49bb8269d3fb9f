"""Every text of the shipped decks: formulas are understood, lines fit, and it is fast."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from rich.cells import cell_len

from interviewprep.render.blocks import Block, Formula, Item, Listing, Mark, Paragraph, Quote, Span, Table
from interviewprep.render.formulas import unknown_in
from interviewprep.render.markdown import markdown
from interviewprep.render.markdown_reader import read_blocks

DECKS = sorted((Path(__file__).parents[2] / "decks").rglob("*.yaml"))


def _texts(node: object) -> Iterator[str]:
    if isinstance(node, str):
        yield node
    elif isinstance(node, dict):
        for value in node.values():
            yield from _texts(value)
    elif isinstance(node, list):
        for value in node:
            yield from _texts(value)


def _sources(found: tuple[Block | Item, ...]) -> Iterator[str]:
    """LaTeX sources in blocks, however deep."""
    for block in found:
        match block:
            case Formula():
                yield block.source
            case Paragraph():
                yield from _of_spans(block.spans)
            case Table():
                for row in (block.head, *block.rows):
                    for cell in row:
                        yield from _of_spans(cell)
            case Listing():
                yield from _sources(block.items)
            case Quote() | Item():
                yield from _sources(block.blocks)


def _of_spans(spans: tuple[Span, ...]) -> Iterator[str]:
    for span in spans:
        if span.mark & Mark.FORMULA:
            yield span.text


@pytest.mark.parametrize("path", DECKS, ids=lambda path: path.stem)
def test_a_deck_reads_well(path: Path) -> None:
    texts = list(_texts(yaml.load(path.read_text(encoding="utf-8"), yaml.CBaseLoader)))  # noqa: S506 - text only
    for text in texts:
        for source in _sources(read_blocks(text)):
            assert unknown_in(source) == "", source
        for line in markdown(text).lines(76):
            assert cell_len(line.plain) <= 76
            assert "$$" not in line.plain
