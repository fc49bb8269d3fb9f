"""A card as the HTML fields of its note."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterable
from hashlib import blake2b, sha1
from typing import TYPE_CHECKING, Final, NamedTuple

from interviewprep.exchange.anki.calculation import calculation
from interviewprep.exchange.anki.notetypes import CARD_FIELD, NOTE_TYPES, SPARE
from interviewprep.render.html import link, to_html, to_inline_html

if TYPE_CHECKING:
    from interviewprep.cards.model import Analogy, Card, ChoiceCard, FollowUp, Misconception, Option

SEPARATOR: Final = "\x1f"
"""Between the fields of a note; card texts hold no control characters."""
_TAG: Final = re.compile(r"<[^>]*>")
_COMMANDS: Final = re.compile(r"\[(?=sound:|anki:|latex\]|/latex\]|\$|/\$)", re.IGNORECASE)
"""What Anki takes for sound, speech and LaTeX pictures."""
LETTERS: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_HOW: Final = {
    "one": "One of these is right.",
    "several": "Several may be right.",
    "true-false": "True or false?",
    "order": "Put these in order.",
    "gap": "What belongs in the gap?",
}


class Rendered(NamedTuple):
    """The fields of a note up to the card's name, and what Anki keeps besides."""

    kind: str
    fields: str
    """Joined by SEPARATOR."""
    sort_text: str
    """The first field as plain text."""
    checksum: int
    """By which Anki finds notes with an equal first field."""
    digest: str
    """Hash of the fields."""

    def all_fields(self, name: str) -> str:
        """The fields of the note of the card with this full name, as Anki stores them."""
        return f"{self.fields}{SEPARATOR}{name}{SEPARATOR * len(SPARE)}"


def render(card: Card) -> Rendered:
    """The fields of a card's note, up to the one with its name."""
    values = {
        "Question": to_inline_html(card.question),
        "Variants": _list(to_inline_html(v.ask) for v in card.variants),
        "Short answer": to_html(card.short),
        "In one line": to_inline_html(card.one_liner),
        "Key points": _list(
            f'<span class="{p.weight}">{p.weight}</span> {to_inline_html(p.text)}' for p in card.key_points
        ),
        "In detail": to_html(card.detailed),
        "Analogy": "".join(map(_analogy, card.analogies)),
        "Example": to_html(card.example),
        "Misconceptions": "".join(map(_misconception, card.misconceptions)),
        "Follow-ups": "".join(map(_follow_up, card.follow_ups)),
        "References": _list(link(ref.url, to_inline_html(ref.text)) for ref in card.refs),
        "About": " · ".join(part for part in (card.level, f"priority: {card.priority}") if part),
    }
    if card.kind == "choice":
        values |= _choice(card)
    elif card.kind == "numeric":
        made = calculation(card)
        values |= {f"Numbers {n}": text for n, text in enumerate(made.numbers, 1)}
        values |= {f"Working {n}": text for n, text in enumerate(made.working, 1)}
        values |= {"Formula": made.formula, "Common slips": made.slips}
    fields = NOTE_TYPES[card.kind].fields
    ordered = [_stored(values[field]) for field in fields[: fields.index(CARD_FIELD)]]
    sort_text = plain(ordered[0])
    joined = SEPARATOR.join(ordered)
    digest = blake2b(joined.encode(), digest_size=8).hexdigest()
    return Rendered(card.kind, joined, sort_text, checksum(sort_text), digest)


def plain(field: str) -> str:
    """The text of an HTML field, as Anki strips it for sorting and comparing."""
    return html.unescape(_TAG.sub("", field)).strip()


def checksum(text: str) -> int:
    """The first 32 bits of the SHA-1 of a first field's text."""
    return int(sha1(text.encode(), usedforsecurity=False).hexdigest()[:8], 16)


def _stored(field: str) -> str:
    """As Anki would store it: composed characters, and nothing it takes for a command."""
    found = field if field.isascii() else unicodedata.normalize("NFC", field)
    return _COMMANDS.sub("&#91;", found) if "[" in found else found


def _list(items: Iterable[str]) -> str:
    rows = "".join(f"<li>{item}</li>" for item in items)
    return f"<ul>{rows}</ul>" if rows else ""


def _analogy(found: Analogy) -> str:
    maps = _list(map(to_inline_html, found.maps))
    breaks = f'<p class="breaks"><b>Breaks:</b> {to_inline_html(found.breaks)}</p>' if found.breaks else ""
    return f"<div>{to_html(found.text)}{maps}{breaks}</div>"


def _misconception(found: Misconception) -> str:
    return (
        f'<div class="wrong"><p class="said">{to_inline_html(found.wrong)}</p>'
        f"<p>{to_inline_html(found.why)}</p></div>"
    )


def _follow_up(found: FollowUp) -> str:
    return (
        f"<details><summary>{to_inline_html(found.ask)}</summary>"
        f"<p>{to_inline_html(found.answer)}</p></details>"
    )


def _choice(card: ChoiceCard) -> dict[str, str]:
    options = shuffled_options(card)
    letters = {option.id: letter for option, letter in zip(options, LETTERS, strict=False)}
    rows = (f"<li><b>{letters.get(o.id, '')}</b> {to_inline_html(o.text)}</li>" for o in options)
    shown = f'<ul class="options">{"".join(rows)}</ul>'
    if card.form == "order":
        rows = (f"<li>{_solved(o, letters.get(o.id, ''))}</li>" for o in card.options)
        right = f"<ol>{''.join(rows)}</ol>"
    else:
        rows = (
            f'<li class="{"right" if o.right else "not"}">{_solved(o, letters.get(o.id, ""))}</li>'
            for o in options
        )
        right = f'<ul class="options">{"".join(rows)}</ul>'
    return {"How to answer": _HOW[card.form], "Options": shown, "Right options": right}


def _solved(option: Option, letter: str) -> str:
    why = f'<div class="why">{to_inline_html(option.why)}</div>' if option.why else ""
    return f"<b>{letter}</b> {to_inline_html(option.text)}{why}"


def shuffled_options(card: ChoiceCard) -> list[Option]:
    """The options in an order that is the same in every export; true-false keeps its own."""
    from interviewprep.checks.draw import Draw

    if card.form == "true-false":
        return list(card.options)
    return list(Draw(f"options:{card.id}").several(card.options, len(card.options)))
