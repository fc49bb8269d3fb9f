"""Card text as plain lines, for pipes and screen readers."""

from __future__ import annotations

from interviewprep.render.layout import PLAIN, set_blocks
from interviewprep.render.markdown_reader import read_blocks


def plain(text: str, width: int = 76) -> str:
    """Markdown with formulas as lines at most `width` cells wide, no styles; no newline at the end."""
    return "\n".join(line.plain for line in set_blocks(read_blocks(text), width=width, look=PLAIN))
