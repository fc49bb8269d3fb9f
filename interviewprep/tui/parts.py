"""Card text as something Textual can draw; and the parts of an answer, each made when it is opened."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from rich.console import Group, RenderableType
from rich.text import Text

if TYPE_CHECKING:
    from interviewprep.cards.model import Card

_MARKUP = frozenset("$*_`\\[]<>#|~&+-")
"""Characters that may mean something in Markdown or a formula."""
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


def card_text(text: str) -> RenderableType:
    """A card's text, rendered; plain text takes the short way, which loads no Markdown.

    Never read as Rich or Textual markup.
    """
    if _is_plain(text):
        return Text(text.strip())
    from interviewprep.render.markdown import markdown

    return markdown(text)


def line_text(text: str) -> Text:
    """A one-line text, rendered."""
    if _is_plain(text):
        return Text(text)
    from interviewprep.render.markdown import inline

    return inline(text)


def wrapped(text: str, width: int) -> list[Text]:
    """A one-line text in lines of at most `width` cells; formulas are not broken."""
    from interviewprep.render.markdown import inline_lines

    return inline_lines(text, width=width)


def question_text(text: str, options: Sequence[str]) -> RenderableType:
    """A question; the options of a choice card below it."""
    question = card_text(text)
    if not options:
        return question
    lettered = zip(_LETTERS, options, strict=False)
    lines = [Text.assemble(f"{letter}) ", line_text(option)) for letter, option in lettered]
    return Group(question, Text(""), *lines)


def short_answer(card: Card) -> RenderableType:
    """The short answer; of a choice card without one, what is right and why."""
    if card.short:
        return card_text(card.short)
    if card.kind == "choice":
        return Group(
            *(Text.assemble("✓ " if o.right else "· ", line_text(f"{o.text} {o.why}")) for o in card.options)
        )
    return Text("No short answer is written.", style="italic")


def has_part(card: Card, name: str) -> bool:
    """Whether a card has anything to show under a part."""
    return bool(getattr(card, _PARTS[name].field))


def part(card: Card, name: str) -> RenderableType:
    """One part of an answer, with its title."""
    found = _PARTS[name]
    return Group(Text(found.title, style="bold"), *found.make(card))


class _Part(NamedTuple):
    """One part: where it is in the card, its title, how it is made."""

    field: str
    title: str
    make: Callable[[Card], list[RenderableType]]


def _detailed(card: Card) -> list[RenderableType]:
    found: list[RenderableType] = [card_text(card.detailed)]
    if card.refs:
        found.append(Text("\n" + "\n".join(f"See {ref.text}" for ref in card.refs), style="dim"))
    return found


def _analogy(card: Card) -> list[RenderableType]:
    from interviewprep.render.cards import analogy

    return _spaced([analogy(a) for a in card.analogies])


def _misconceptions(card: Card) -> list[RenderableType]:
    from interviewprep.render.cards import misconception

    return _spaced([misconception(m) for m in card.misconceptions])


def _follow_ups(card: Card) -> list[RenderableType]:
    from interviewprep.render.cards import follow_up

    return _spaced([follow_up(f) for f in card.follow_ups])


def _spaced(items: Sequence[RenderableType]) -> list[RenderableType]:
    spaced: list[RenderableType] = []
    for item in items:
        spaced += [item, Text("")]
    return spaced[:-1]


_PARTS: Mapping[str, _Part] = {
    "detailed": _Part("detailed", "In detail", _detailed),
    "analogy": _Part("analogies", "Analogy", _analogy),
    "example": _Part("example", "Example", lambda card: [card_text(card.example)]),
    "misconceptions": _Part("misconceptions", "Why wrong", _misconceptions),
    "one_liner": _Part("one_liner", "In one line", lambda card: [card_text(card.one_liner)]),
    "follow_ups": _Part("follow_ups", "What next?", _follow_ups),
}


def _is_plain(text: str) -> bool:
    """Whether a text means what it says, and cannot command a terminal (all of it is printable)."""
    return text.isprintable() and _MARKUP.isdisjoint(text) and not text[:1].isdigit()
