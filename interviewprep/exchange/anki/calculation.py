"""A numeric card as fixed variants with working, since Anki draws no numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from interviewprep.exchange.anki.notetypes import VARIANTS
from interviewprep.render.html import escaped

if TYPE_CHECKING:
    from interviewprep.cards.model import NumericCard
    from interviewprep.checks.variants import Variant


class Calculation(NamedTuple):
    """The HTML fields of a numeric card."""

    numbers: tuple[str, ...]
    """The question of each variant."""
    working: tuple[str, ...]
    """The working of each, with its answer and a check that it is sensible."""
    formula: str
    slips: str
    """Mistakes by name, with what puts them right."""


def calculation(card: NumericCard) -> Calculation:
    """The card's own numbers first, then variants with seeds 1, 2, ...: the same ones in every export.

    Where the card's ranges leave fewer different questions, the last fields stay empty.
    """
    from interviewprep.checks.recipe import read_recipe, variant_of

    recipe = read_recipe(card.family, card.params, card.ranges, mental=card.mental, is_tried=True)
    made = [variant_of(recipe, 0)]
    for seed in range(1, 4 * VARIANTS):
        if len(made) == VARIANTS:
            break
        try:
            found = variant_of(recipe, seed)
        except ValueError:
            continue
        if all(found.params != other.params for other in made):
            made.append(found)
    blank = ("",) * (VARIANTS - len(made))
    family = recipe.family
    slips = (f"<li><b>{escaped(m.name)}</b><br>{escaped(m.cure)}</li>" for m in family.mistakes)
    return Calculation(
        numbers=(*(lines(v.prompt) for v in made), *blank),
        working=(*(_working(v) for v in made), *blank),
        formula=f"<code>{escaped(family.formula)}</code>",
        slips=f"<ul>{''.join(slips)}</ul>" if family.mistakes else "",
    )


def lines(text: str) -> str:
    """Plain text with its line ends."""
    return escaped(text).replace("\n", "<br>")


def _working(variant: Variant[tuple[object, ...]]) -> str:
    *steps, answer = variant.steps
    parts = [f'<pre class="steps">{escaped(chr(10).join(steps))}</pre>'] if steps else []
    parts.append(f'<p class="result">{escaped(answer.removeprefix("answer: "))}</p>')
    if variant.solution.sense:
        parts.append(f'<p class="sense">{escaped(variant.solution.sense)}</p>')
    return "".join(parts)
