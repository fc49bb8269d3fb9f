"""What a card must hold to besides its fields' types: ids that are unique, options that fit the form."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from interviewprep.cards.model import Card, CardBase, ChoiceCard, QaCard

Loc = tuple[str | int, ...]
GAP = "___"


class Broken(NamedTuple):
    """A rule a card breaks. `loc` leads to the field: names of fields and places in lists."""

    loc: Loc
    message: str


PARTS_WITH_IDS = (
    "variants",
    "key_points",
    "misconceptions",
    "analogies",
    "computed",
    "follow_ups",
    "options",
)


def broken_rules(card: Card) -> Iterator[Broken]:
    """Every rule that this card breaks by itself, whatever other cards there are."""
    yield from _double_ids(card)
    yield from _unknown_points(card)
    if card.base and card.overrides is None:
        yield Broken(("base",), "`base` belongs to `overrides`; add `overrides: deck#card` or remove it")
    if isinstance(card, ChoiceCard):
        yield from _options(card)


def _double_ids(card: CardBase) -> Iterator[Broken]:
    first: dict[str, str] = {}
    for field in PARTS_WITH_IDS:
        for number, part in enumerate(getattr(card, field, ())):
            where = f"{field}, number {number + 1}"
            if part.id in first:
                message = (
                    f"the id `{part.id}` is also that of {first[part.id]}; give one of them another `id`"
                )
                yield Broken((field, number, "id"), message)
            else:
                first[part.id] = where


def _unknown_points(card: CardBase) -> Iterator[Broken]:
    points = {point.id for point in card.key_points}
    for number, follow_up in enumerate(card.follow_ups):
        for place, missed in enumerate(follow_up.when_missed):
            if missed not in points:
                from interviewprep.cards.text import nearest

                message = f"this card has no key point `{missed}`{nearest(missed, points)}"
                yield Broken(("follow_ups", number, "when_missed", place), message)


def _options(card: ChoiceCard) -> Iterator[Broken]:
    right = [number for number, option in enumerate(card.options) if option.right]
    texts = [option.text for option in card.options]
    if len(set(texts)) < len(texts):
        yield Broken(("options",), "two options have the same text")
    if card.form == "order":
        if right:
            message = "`form: order` needs no `right`; the file lists the options in the right order"
            yield Broken(("options", right[0], "right"), message)
        return
    if not right:
        yield Broken(("options",), "no option is right; write `right: true` with the right one")
    elif len(right) > 1 and card.form in ("one", "true-false"):
        message = f"{len(right)} options are right; keep one, or write `form: several`"
        yield Broken(("options", right[1], "right"), message)
    if card.form == "true-false" and len(card.options) != 2:
        yield Broken(("options",), "`form: true-false` has two options, `True` and `False`")
    if card.form == "gap" and GAP not in card.question:
        yield Broken(("question",), f"`form: gap` needs a gap in the question; write it as {GAP}")


def is_scheduled(card: Card) -> bool:
    """Whether a drill may ask the card: every qa and numeric card, choice cards with `drill: true`."""
    return isinstance(card, QaCard) or not isinstance(card, ChoiceCard) or card.drill
