"""The two sides of a card of Anki's, as its templates make them from the note's fields. HTML in, HTML out."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from interviewprep.exchange.anki.cloze import cloze
from interviewprep.exchange.anki.incoming import NoteType

_FIELD: Final = re.compile(r"\{\{([^{}]*)\}\}")
_LINE: Final = re.compile(r"""<hr\s+id\s*=\s*["']?answer["']?\s*/?>""", re.IGNORECASE)
_EMPTY: Final = re.compile(r"(?:\s|&nbsp;|</?(?:br|div|p)\s*/?>)*", re.IGNORECASE)
_FRONT_SIDE: Final = "FrontSide"
_GIVEN: Final = frozenset({"Tags", "Type", "Deck", "Subdeck", "Card", "CardFlag", "CardID", _FRONT_SIDE})
"""What Anki fills in by itself; nothing that a card here needs."""
_OCCLUSION: Final = "image-occlusion:"
LONGEST: Final = 100_000
"""Characters of one side."""
_TOO_LONG: Final = f"longer than {LONGEST:,} characters"


class Sides(NamedTuple):
    """A card as HTML."""

    question: str
    answer: str
    context: str
    """For a cloze the whole text with the gaps filled, and what else its back shows."""


class _Side(NamedTuple):
    fields: Mapping[str, str]
    number: int
    """Of the cloze deletion asked for; 0 for other notes."""
    is_back: bool


class NoCardError(ValueError):
    """A card cannot be asked as text; the message says why."""


def sides(kind: NoteType, fields: Sequence[str], ord_: int) -> Sides:
    """The card with this number of a note. Raises NoCardError."""
    template = kind.templates.get(0 if kind.is_cloze else ord_)
    if template is None:
        raise NoCardError("without a template")
    by_name = dict.fromkeys(kind.fields, "") | dict(zip(kind.fields, fields, strict=False))
    number = ord_ + 1 if kind.is_cloze else 0
    question = _rendered(template.front, _Side(by_name, number, is_back=False))
    back = _rendered(template.back, _Side(by_name, number, is_back=True))
    answer = _LINE.split(back)[-1]
    if not kind.is_cloze:
        return Sides(question, answer, "")
    hidden = [
        text for name in _clozed(template.front) for text in cloze(by_name.get(name, ""), number).answers
    ]
    if not hidden:
        raise NoCardError("without the gap they ask for")
    if any(_OCCLUSION in text for text in hidden):
        raise NoCardError("that hide parts of a picture")
    return Sides(question, "<br>".join(hidden), answer)


def _clozed(template: str) -> list[str]:
    """The fields whose deletions a template asks for."""
    found = []
    for tag in _FIELD.finditer(template):
        *filters, name = tag[1].strip().split(":")
        if "cloze" in filters:
            found.append(name.strip())
    return list(dict.fromkeys(found))


def _rendered(template: str, side: _Side) -> str:
    """A template with its fields filled in."""
    out: list[str] = []
    length = at = 0
    hidden: list[bool] = []
    for tag in _FIELD.finditer(template):
        if not any(hidden):
            out.append(template[at : tag.start()])
        at = tag.end()
        name = tag[1].strip()
        if name[:1] in ("#", "^"):
            hidden.append(_is_filled(name[1:].strip(), side) == (name[0] == "^"))
        elif name[:1] == "/":
            if hidden:
                hidden.pop()
        elif name[:1] != "!" and not any(hidden):
            out.append(_value(name, side))
        if out:
            length += len(out[-1])
        if length > LONGEST or len(hidden) > 100:
            raise NoCardError(_TOO_LONG)
    if not any(hidden):
        out.append(template[at:])
    text = "".join(out)
    if len(text) > LONGEST:
        raise NoCardError(_TOO_LONG)
    return text


def _is_filled(name: str, side: _Side) -> bool:
    if re.fullmatch(r"c\d+", name):
        return name == f"c{side.number}"
    return _EMPTY.fullmatch(side.fields.get(name, "")) is None


def _value(reference: str, side: _Side) -> str:
    *filters, name = (part.strip() for part in reference.split(":"))
    text = side.fields.get(name)
    if text is None:
        return "" if name in _GIVEN or name.startswith("tts ") else f"({name})"
    if "type" in filters and not side.is_back:
        return ""
    if "cloze" in filters or (side.number and "type" in filters):
        made = cloze(text, side.number)
        return made.full if side.is_back else made.question
    return "" if any(part.startswith("tts") for part in filters) else text
