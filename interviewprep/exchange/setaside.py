"""Formulas, pictures and sounds of a flashcard: neither HTML nor Markdown may touch them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from typing import Final

from interviewprep.exchange.escaping import escaped

KEPT: Final = "\ue000"
"""Around the number of something set aside (a formula, a sound): taken out of the text before."""
_ASIDE: Final = re.compile(f"{KEPT}(\\d+){KEPT}")
_TAG: Final = re.compile(r"<[^<>]*>")
_SOUND: Final = re.compile(r"\[sound:([^\[\]<>]{1,500})\]")
_SPEECH: Final = re.compile(r"\[/?anki:(?:tts|play)[^\[\]]{0,200}\]")
_FORMULAS: Final = (
    (r"\(", r"\)", "$"),
    (r"\[", r"\]", "$$"),
    ("[$$]", "[/$$]", "$$"),
    ("[$]", "[/$]", "$"),
    ("[latex]", "[/latex]", "$"),
)


@dataclass(slots=True)
class Aside:
    """Formulas and sounds, set aside before the HTML is read, since none of it is HTML or Markdown."""

    kept: list[str] = field(default_factory=list)
    media: list[str] = field(default_factory=list)

    def take(self, html: str) -> str:
        """The HTML with marks in place of formulas and sounds."""
        for opening, closing, sign in _FORMULAS:
            if opening in html:
                html = "".join(self._formulas(html, opening, closing, sign))
        html = _SPEECH.sub("", html) if "[" in html else html
        return _SOUND.sub(lambda found: self.medium("sound", unescape(found[1])), html)

    def _formulas(self, html: str, opening: str, closing: str, sign: str) -> Iterator[str]:
        at = 0
        while (start := html.find(opening, at)) >= 0:
            end = html.find(closing, start + len(opening))
            if end < 0:
                break
            yield html[at:start]
            yield self._formula(html[start + len(opening) : end], sign)
            at = end + len(closing)
        yield html[at:]

    def _formula(self, html: str, sign: str) -> str:
        source = " ".join(unescape(_TAG.sub(" ", html)).split()).replace("`", "'")
        source = self.back(source) if KEPT in source else source
        source = re.sub(r"(?<!\\)\$", "", source).rstrip("\\")
        if not source:
            return ""
        mark = self._keep(f"{sign}{source}{sign}")
        return f"<p>{mark}</p>" if sign == "$$" else mark

    def medium(self, kind: str, name: str) -> str:
        """A mark for a picture or sound with this file name."""
        name = " ".join(name.split())
        if name:
            self.media.append(name)
        return self._keep(f"({kind}: {escaped(name)})" if name else f"({kind})")

    def _keep(self, text: str) -> str:
        self.kept.append(text)
        return f"{KEPT}{len(self.kept) - 1}{KEPT}"

    def back(self, text: str) -> str:
        """The text with what was set aside."""
        return _ASIDE.sub(lambda found: self.kept[int(found[1])], text)
