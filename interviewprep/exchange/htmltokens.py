"""HTML as tags and texts, in time that grows with its length and no faster.

Written by hand because `html.parser` takes quadratic time for tags that never end (100 kB of `<a ` cost two
minutes in Python 3.11). Scripts, styles and comments are left out; nothing is ever run or fetched.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import Final, NamedTuple

_NAME: Final = re.compile(r"</?([a-zA-Z][a-zA-Z0-9:-]{0,30})")
_SKIPPED: Final = ("script", "style", "head", "title", "template", "iframe", "object")
_QUOTE_OR_END: Final = re.compile("[\"'>]")
_LONGEST_TAG: Final = 20_000
_LONGEST_VALUE: Final = 5_000
_ATTRIBUTE: Final = re.compile(r"""([a-zA-Z-]{1,30})\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")


class Text(NamedTuple):
    """Characters, entities resolved."""

    text: str


class Tag(NamedTuple):
    """An opening or closing tag."""

    name: str
    """In small letters."""
    is_end: bool
    source: str
    """As written, for `attribute`."""

    def attribute(self, name: str) -> str:
        """The value of an attribute, or ''."""
        for found in _ATTRIBUTE.finditer(self.source[: _LONGEST_VALUE * 2]):
            if found[1].lower() == name:
                return unescape(found[2] or found[3] or found[4] or "").strip()
        return ""


def tokens(html: str) -> Iterator[Text | Tag]:
    """The texts and tags of a piece of HTML, in order."""
    lower = html.lower() if html.isascii() else html
    has_comment_end = has_tag_end = True
    at = start = 0
    while (at := html.find("<", at)) >= 0:
        end = -1
        tag = None
        if html.startswith("<!--", at):
            if has_comment_end:
                end = html.find("-->", at) + 3
                has_comment_end = end > 2
            end = end if has_comment_end else len(html)
        elif html.startswith(("<!", "<?"), at):
            end = html.find(">", at, at + _LONGEST_TAG) + 1
        elif has_tag_end and (name := _NAME.match(html, at)) is not None:
            end = _end_of_tag(html, name.end())
            if end == 0:
                has_tag_end = html.find(">", at) >= 0
            tag = Tag(name[1].lower(), html.startswith("</", at), html[at:end])
        if end <= 0:
            at += 1
            continue
        if at > start:
            yield Text(unescape(html[start:at]))
        if tag is not None:
            if tag.name in _SKIPPED and not tag.is_end and not tag.source.endswith("/>"):
                end = _after(lower, tag.name, end)
            else:
                yield tag
        at = start = end
    if start < len(html):
        yield Text(unescape(html[start:]))


def _end_of_tag(html: str, at: int) -> int:
    """The place after the `>` of a tag, quoted ones not counting; 0 if there is none near."""
    limit = at + _LONGEST_TAG
    while (found := _QUOTE_OR_END.search(html, at, limit)) is not None:
        if found[0] == ">":
            return found.end()
        closing = html.find(found[0], found.end(), found.end() + _LONGEST_VALUE)
        at = closing + 1 if closing >= 0 else found.end()
    return 0


def _after(lower: str, name: str, at: int) -> int:
    """The place after the closing tag of an element that is left out whole."""
    closing = lower.find(f"</{name}", at)
    end = lower.find(">", closing) if closing >= 0 else -1
    return end + 1 if end >= 0 else len(lower)
