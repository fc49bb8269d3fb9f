"""Breaks text into lines of a given width in cells, keeping its styles; no-break spaces glue."""

from __future__ import annotations

import re
from typing import Final

from rich.cells import cell_len, chop_cells
from rich.text import Text

GLUE: Final = "\u00a0"

_WORD: Final = re.compile(r"[^ ]+ *| +")
_GLUED: Final = re.compile(f"[^{GLUE}]+{GLUE}*|{GLUE}+")


def wrap(text: Text, width: int) -> list[Text]:
    """The text in lines at most `width` cells wide (at least 2), broken at spaces, long words anywhere."""
    width = max(2, width)
    lines: list[Text] = []
    for paragraph in text.split("\n", allow_blank=True):
        if cell_len(paragraph.plain) <= width:
            parts = [paragraph]
        else:
            parts = list(paragraph.divide(_Setting(width).breaks(paragraph.plain)))
        for part in parts:
            part.rstrip()
            if GLUE in part.plain:
                part.plain = part.plain.replace(GLUE, " ")
            lines.append(part)
    return lines


class _Setting:
    """Sets words into lines, noting where each further line begins."""

    def __init__(self, width: int) -> None:
        self._width = width
        self._column = 0
        self._found: list[int] = []

    def breaks(self, text: str) -> list[int]:
        """Indices of the first character of each further line."""
        self._set(text, 0, _WORD)
        return self._found

    def _set(self, text: str, start: int, words: re.Pattern[str]) -> None:
        """Set a text that begins at index `start`."""
        for match in words.finditer(text):
            word, at = match[0], start + match.start()
            size = cell_len(word.rstrip(f" {GLUE}"))
            if self._column + size <= self._width:
                self._column += cell_len(word)
            elif size <= self._width:
                if at:
                    self._found.append(at)
                self._column = cell_len(word)
            elif words is _WORD and GLUE in word:
                self._set(word, at, _GLUED)
            else:
                self._chop(word, at)

    def _chop(self, word: str, at: int) -> None:
        """Break inside a word wider than a line; wide scripts go on in the line, others start a new one."""
        room = self._width - self._column
        if self._column and (word.isascii() or room < 2):
            self._found.append(at)
            room = self._width
        pieces = [piece for piece in chop_cells(word, room) if piece]
        if pieces and room < self._width:
            rest = word[len(pieces[0]) :]
            pieces[1:] = [piece for piece in chop_cells(rest, self._width) if piece]
        for index, piece in enumerate(pieces):
            if index:
                self._found.append(at)
            at += len(piece)
        if pieces:
            self._column = cell_len(pieces[-1])
