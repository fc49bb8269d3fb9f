"""Markdown with formulas as Rich renderables. Rich or Textual markup in the text is never interpreted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.measure import Measurement
from rich.text import Text

from interviewprep.render.layout import set_blocks, styled
from interviewprep.render.markdown_reader import read_blocks, read_spans
from interviewprep.render.wrap import GLUE, wrap

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions, RenderResult

    from interviewprep.render.blocks import Block

WIDEST = 100
"""Cells; longer lines are hard to read, however wide the terminal is."""


def warm_up() -> None:
    """Load what the first answer with formulas, a table and code needs (about 60 ms), ahead of it."""
    markdown("*a* $b$\n\n|c|\n|-|\n\n```python\nimport x\n```").lines(40)


class Document:
    """A rendered text: prints itself on a Rich console or a Textual widget at the width it is given."""

    def __init__(self, found: Sequence[Block], *, max_width: int) -> None:
        self._blocks = found
        self._max_width = max_width
        self._set: tuple[int, list[Text]] = (-1, [])

    def lines(self, width: int) -> list[Text]:
        """The text as lines at most `width` cells wide; do not change them, they are kept."""
        width = min(width, self._max_width)
        if self._set[0] != width:
            self._set = (width, set_blocks(self._blocks, width=width))
        return self._set[1]

    def text(self, width: int) -> Text:
        """The same as one Rich text."""
        return Text("\n").join(self.lines(width))

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Print the lines."""
        for line in self.lines(options.max_width):
            yield from line.render(console, end="\n")

    def __rich_measure__(self, console: Console, options: ConsoleOptions) -> Measurement:
        """Any width will do."""
        return Measurement(1, min(options.max_width, self._max_width))


def markdown(text: str, *, max_width: int = WIDEST) -> Document:
    """A text in Markdown with `$...$` and `$$...$$` formulas, ready to print at any width up to `max_width`.

    Never raises; HTML and whatever is not understood is shown as it is written, control characters are
    taken out, and text over `markdown_reader.LONGEST` characters is shown unformatted.
    """
    return Document(read_blocks(text), max_width=max_width)


def inline(text: str, *, style: str = "") -> Text:
    """A one-line text (a question, a key point): bold, code, links and formulas, line ends as spaces."""
    found = styled(read_spans(text), style=style)
    found.plain = found.plain.replace(GLUE, " ").replace("\n", " ")
    return found


def inline_lines(text: str, *, width: int, style: str = "") -> list[Text]:
    """The same in lines at most `width` cells wide; short formulas are not broken."""
    return wrap(styled(read_spans(text), style=style), width)
