"""Teaches markdown-it the dollar signs: `$...$` within a line, `$$...$$` also over several lines.

A dollar opens a formula only before a non-space and closes one only after a non-space and not before a
digit (pandoc's rule), so that `$5 and $10` stays money.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_inline import StateInline

INLINE: Final = "formula_inline"
BLOCK: Final = "formula_block"

_DOUBLE: Final = re.compile(r"\$\$(?!\s*\$)((?:[^$\\`]|\\.)+?)\$\$", re.DOTALL)
_SINGLE: Final = re.compile(r"\$(?![\s$])((?:[^$\\`]|\\.)*?(?:[^$\\\s`]|\\[^\s]))\$(?!\d)", re.DOTALL)
_IN_ROW: Final = re.compile(r"(?<!\\)\$(?![\s$])[^$\n`]*[^$\s`]\$(?!\d)")

_PIPE: Final = "\ufdd0"
"""Stands for a bar inside a formula while tables are split; a non-character that `clean` has taken out."""


def add_formulas(parser: MarkdownIt) -> None:
    """Add both rules to a parser."""
    parser.inline.ruler.before("escape", INLINE, _inline_rule)
    parser.block.ruler.before(
        "fence", BLOCK, _block_rule, {"alt": ["paragraph", "reference", "blockquote", "list"]}
    )


def hide_bars(text: str) -> str:
    """Put a mark in place of bars inside formulas, so that they do not split table cells."""
    if "|" not in text or "$" not in text:
        return text
    return _IN_ROW.sub(lambda found: re.sub(r"(?<!\\)\|", _PIPE, found[0]), text)


def show_bars(text: str) -> str:
    """Undo `hide_bars`."""
    return text.replace(_PIPE, "|")


def split_formulas(text: str) -> list[str]:
    """Text and formula sources by turns, text first; for one-line texts without other Markdown."""
    return _SINGLE.split(text)


def _inline_rule(state: StateInline, silent: bool) -> bool:
    if state.src[state.pos] != "$":
        return False
    found = _DOUBLE.match(state.src, state.pos) or _SINGLE.match(state.src, state.pos)
    if found is None or found.end() > state.posMax:
        return False
    if not silent:
        token = state.push(INLINE, "math", 0)
        token.content = found[1].strip()
        token.markup = "$"
    state.pos = found.end()
    return True


def _block_rule(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    first = state.src[state.bMarks[start] + state.tShift[start] : state.eMarks[start]]
    if not first.startswith("$$") or state.is_code_block(start):
        return False
    line, body = start, first[2:]
    while "$$" not in body:
        line += 1
        if line >= end or state.isEmpty(line) or state.sCount[line] < state.blkIndent:
            return False
        body += "\n" + state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]
    source, _, rest = body.partition("$$")
    if rest.strip() not in ("", ".", ",", ";") or not source.strip():
        return False
    if not silent:
        token = state.push(BLOCK, "math", 0)
        token.block = True
        token.content = source.strip() + rest.strip()
        token.map = [start, line + 1]
        state.line = line + 1
    return True
