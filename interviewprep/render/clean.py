"""The last wash before text reaches a terminal: deck files are clean already, answers and notes are not."""

from __future__ import annotations

import re

from interviewprep.cards.text import clean as clean_source

# Invisible characters that change what is seen, or that terminals measure differently from us: soft
# hyphen, zero-width space, direction marks, word joiner, annotation and tag characters; and the
# non-characters that this room uses as private marks.
_INVISIBLE = re.compile(
    "[\u00ad\u061c\u200b\u200e\u200f\u2060-\u2065\ufdd0-\ufdef\ufff9-\ufffb\U000e0000-\U000e007f]"
)
_PILES = re.compile(
    "([\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20f0\ufe20-\ufe2f]{8})[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20f0\ufe20-\ufe2f]+"
)
_PLAIN = re.compile(r"[\n\x20-\x7e]*")


def clean(text: str) -> str:
    """Text that cannot command a terminal or misrepresent itself.

    Takes out control characters (newline and tab stay), bidi overrides and invisible characters, and
    leaves at most eight combining marks on one another. Everything else is kept, in order.
    """
    if _PLAIN.fullmatch(text):
        return text
    return _PILES.sub(r"\1", _INVISIBLE.sub("", clean_source(text)))
