"""A card in full, section by section, for reading rather than for being asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.text import Text

from interviewprep.render.markdown import inline, markdown

if TYPE_CHECKING:
    from interviewprep.cards.model import Analogy, Card, FollowUp, KeyPoint, Misconception, NumericCard

LINE = 72
"""Cells of a line of working."""


def whole_card(name: str, card: Card) -> RenderableType:
    """Everything a card says: question, answer, key points and all further parts it has."""
    about = " · ".join(part for part in (name, card.level, card.priority, " ".join(card.tags)) if part)
    parts: list[RenderableType] = [Text(about, style="dim"), Text(), inline(card.question, style="bold")]
    parts += [Text.assemble(("or: ", "dim"), inline(v.ask)) for v in card.variants]
    for title, body in sections(card):
        parts += [Text(), _title(title), body]
    return Group(*parts)


def sections(card: Card) -> list[tuple[str, RenderableType]]:
    """The parts a card has, with their titles, in the order of reading."""
    found: list[tuple[str, RenderableType]] = []
    if card.short:
        found.append(("Short answer", markdown(card.short)))
    if card.kind == "numeric":
        found.append(("Worked example", worked_example(card)))
    options = getattr(card, "options", ())
    if options:
        found.append(("Options", Group(*(_option(o.text, o.why, right=o.right) for o in options))))
    if card.one_liner:
        found.append(("In one line", inline(card.one_liner)))
    if card.key_points:
        found.append(("Key points", Group(*map(key_point, card.key_points))))
    if card.detailed:
        found.append(("In detail", markdown(card.detailed)))
    if card.analogies:
        found.append(("Analogy", Group(*map(analogy, card.analogies))))
    if card.example:
        found.append(("Example", markdown(card.example)))
    if card.misconceptions:
        found.append(("Often said, and wrong", Group(*map(misconception, card.misconceptions))))
    if card.follow_ups:
        found.append(("What comes next", Group(*map(follow_up, card.follow_ups))))
    if card.refs:
        found.append(("References", Group(*(_hanging("·", inline(ref.text)) for ref in card.refs))))
    return found


def worked_example(card: NumericCard) -> RenderableType:
    """The first numbers a numeric card asks, with their working and the formula."""
    from interviewprep.checks.recipe import read_recipe, variant_of
    from interviewprep.render.checks import working

    recipe = read_recipe(card.family, card.params, card.ranges, mental=card.mental, is_tried=True)
    variant = variant_of(recipe, 0)
    lines = working(variant.steps, variant.solution.pictures, width=LINE)
    formula = Text.assemble(("formula: ", "dim"), variant.family.formula)
    return Group(Text(variant.prompt), Text(), *(Text(line) for line in lines), formula)


def key_point(point: KeyPoint) -> RenderableType:
    """One key point with its weight."""
    return _hanging(f"{point.weight:<4}", inline(point.text))


def analogy(found: Analogy) -> RenderableType:
    """An analogy, what it maps, and where it breaks."""
    parts: list[RenderableType] = [markdown(found.text)]
    parts += [_hanging("·", inline(m)) for m in found.maps]
    if found.breaks:
        parts.append(Text.assemble(("breaks: ", "bold"), inline(found.breaks)))
    return Group(*parts)


def misconception(found: Misconception) -> RenderableType:
    """A wrong statement and why it is wrong."""
    return _hanging("✗", Group(Text.assemble("“", inline(found.wrong), "”"), inline(found.why)))


def follow_up(found: FollowUp) -> RenderableType:
    """What an interviewer asks next, with the answer."""
    return _hanging("?", Group(Text.assemble(inline(found.ask), style="bold"), inline(found.answer)))


def _option(text: str, why: str | None, *, right: bool) -> RenderableType:
    return _hanging("✓" if right else "✗", Group(inline(text), inline(why or "")))


def _title(title: str) -> RenderableType:
    return Rule(Text(title, style="bold"), align="left", style="dim")


def _hanging(mark: str, body: RenderableType) -> RenderableType:
    from rich.table import Table

    grid = Table.grid(padding=(0, 1))
    grid.add_column(style="dim", no_wrap=True)
    grid.add_column(ratio=1)
    grid.add_row(Text(mark), body)
    return Padding(grid, (0, 0, 0, 1))
