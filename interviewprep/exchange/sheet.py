"""A study sheet to print or read anywhere: the cards as Markdown, deck by deck."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final, TextIO

from interviewprep.exchange.anki.fields import LETTERS, shuffled_options

if TYPE_CHECKING:
    from interviewprep.cards.model import Analogy, Card, ChoiceCard, NumericCard
    from interviewprep.study.desk import Desk
    from interviewprep.study.selection import Selection

BEGINNING: Final = "<!-- interviewprep study sheet -->\n"


def write_sheet(desk: Desk, stream: TextIO, selection: Selection) -> int:
    """Write the selected cards; returns their number. Raises NotFoundError where nothing is selected."""
    heads = selection.heads(desk.library)
    titles = {deck.id: deck.title for deck in desk.library.decks}
    stream.write(BEGINNING)
    deck = ""
    for head in heads:
        if head.deck != deck:
            deck = head.deck
            stream.write(f"\n# {_line(titles.get(deck, deck))}\n")
        stream.write("\n" + "\n\n".join(card_lines(head.name, desk.library.card(head.name))) + "\n")
    return len(heads)


def card_lines(name: str, card: Card) -> Iterator[str]:
    """A card as paragraphs of Markdown, the question as a heading of level 2."""
    yield f"## {_line(card.question)}"
    yield f"<!-- card: {name} -->"
    if card.variants:
        yield "Also asked:\n" + _bullets(variant.ask for variant in card.variants)
    if card.kind == "choice":
        yield from _choice(card)
    elif card.kind == "numeric":
        yield from _numeric(card)
    if card.short:
        yield card.short
    if card.one_liner:
        yield f"**In one line:** {_line(card.one_liner)}"
    points = (f"{'**must** ' if p.weight == 'must' else ''}{p.text}" for p in card.key_points)
    yield from _section("Key points", [_bullets(points)])
    yield from _section("In detail", [card.detailed])
    yield from _section("Analogy", [part for analogy in card.analogies for part in _analogy(analogy)])
    yield from _section("Example", [card.example])
    yield from _section(
        "Often said, and wrong", [_bullets(f"“{m.wrong}” {m.why}" for m in card.misconceptions)]
    )
    yield from _section("What comes next", [_bullets(f"**{f.ask}** {f.answer}" for f in card.follow_ups)])
    yield from _section("References", [_bullets(f"{ref.text} {ref.url}" for ref in card.refs)])


def _section(title: str, paragraphs: Iterable[str]) -> Iterator[str]:
    found = [paragraph for paragraph in paragraphs if paragraph]
    if found:
        yield f"### {title}"
        yield from found


def _analogy(found: Analogy) -> Iterator[str]:
    yield found.text
    yield _bullets(found.maps)
    if found.breaks:
        yield f"**Breaks:** {_line(found.breaks)}"


def _choice(card: ChoiceCard) -> Iterator[str]:
    options = shuffled_options(card)
    letters = {option.id: letter for letter, option in zip(LETTERS, options, strict=False)}
    yield _bullets(f"{letters.get(option.id, '')}. {option.text}" for option in options)
    right = card.options if card.form == "order" else [option for option in options if option.right]
    yield "**Answer:** " + ", ".join(letters.get(option.id, "") for option in right)
    whys = _bullets(f"{letters.get(option.id, '')}: {option.why}" for option in options if option.why)
    if whys:
        yield whys


def _numeric(card: NumericCard) -> Iterator[str]:
    from interviewprep.checks.recipe import read_recipe, variant_of

    recipe = read_recipe(card.family, card.params, card.ranges, mental=card.mental, is_tried=True)
    variant = variant_of(recipe, 0)
    yield f"```\n{variant.prompt}\n```"
    yield "```\n" + "\n".join(variant.steps) + "\n```"


def _bullets(items: Iterable[str]) -> str:
    return "\n".join(f"- {_line(item)}" for item in items)


def _line(text: str) -> str:
    return " ".join(text.split())
