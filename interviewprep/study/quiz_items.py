"""What a quiz asks: items frozen when it begins, and the question side of each, which gives nothing away."""

from __future__ import annotations

import random
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Literal, cast

from interviewprep.cards.heads import CheckFacts, Nested, RangeFacts

if TYPE_CHECKING:
    from interviewprep.cards.heads import CardHead
    from interviewprep.cards.model import Card, ChoiceCard
    from interviewprep.study.rounds import Round

Form = Literal["one", "several", "true-false", "order", "gap", "typed", "numeric"]
FORMS: tuple[Form, ...] = ("one", "several", "true-false", "order", "gap", "typed", "numeric")
CHOICES: tuple[Form, ...] = ("one", "several", "true-false", "order", "gap")
PICK_ONE: tuple[Form, ...] = ("one", "true-false", "gap")
TRUE_FALSE = ("true", "false")
"""Ids of the options of a generated true-or-false question."""


@dataclass(frozen=True, slots=True)
class QuizOption:
    """One option of a choice question."""

    id: str
    text: str
    right: bool = False
    why: str = ""
    """Why it is right or wrong, for after the answer."""
    place: int = 0
    """Where it belongs in a question of order, from 1; 0 in others."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One question of a quiz with all that is needed to ask and mark it, whatever happens to its card."""

    form: Form
    card: str
    """Full name."""
    question: str
    topic: str
    """Title of the deck whose subject it is."""
    level: str = ""
    """`easy`, `medium`, `hard` or empty."""
    options: tuple[QuizOption, ...] = ()
    """As shown, already shuffled."""
    is_generated: bool = False
    """Made from a question card; else written as a choice."""
    is_due: bool = False
    """A card on its subject is due today, and the quiz shows the answer."""
    prompt: str = ""
    """What the log keeps of the wording: option order or seed of the numbers."""
    card_hash: str = ""
    check: CheckFacts | None = None
    """What a numeric question calculates."""
    seed: int = 0
    """Which numbers a numeric question has."""
    content: str = ""
    """The card of a typed question as JSON: what a good answer says."""

    def to_json(self) -> dict[str, object]:
        """As the session row keeps it; fields with default values left out."""
        return {name: value for name, value in asdict(self).items() if value or name in _NEEDED}

    def wants_reason(self, option: str) -> bool:
        """Whether who picks this option of a true-or-false question is asked for the reason.

        A statement made from a card says nothing about why it is true: there only `false` needs a reason,
        which is the card's own. Which one is asked for depends on the pick alone and so gives nothing away.
        """
        return self.form == "true-false" and not (self.is_generated and option == TRUE_FALSE[0])

    def round(self) -> Round:
        """The calculation of a numeric question, with this item's numbers."""
        from interviewprep.checks.recipe import read_recipe
        from interviewprep.study.rounds import Round

        check = cast("CheckFacts", self.check)
        recipe = read_recipe(check.family, check.params, check.ranges, mental=check.mental, is_tried=True)
        return Round(self.card, recipe, 1, is_lesson=False, fixed_seed=self.seed)

    def asked_card(self) -> Card:
        """The card of a typed question as it was when the quiz began."""
        from interviewprep.cards.content import card_from_json

        return card_from_json("qa", self.content)


_NEEDED = frozenset({"form", "card", "question", "topic"})


def item_from_json(value: object) -> Item:
    """An item as `to_json` wrote it. Raises KeyError, TypeError or ValueError for anything else."""
    fields = dict(cast("Mapping[str, object]", value))
    options = cast("Sequence[Mapping[str, object]]", fields.pop("options", ()))
    check = fields.pop("check", None)
    if fields["form"] not in FORMS:
        raise ValueError(f"no form of question is called {fields['form']!r}")
    made = Item(**fields)  # type: ignore[arg-type]
    return replace(
        made,
        options=tuple(QuizOption(**o) for o in options),  # type: ignore[arg-type]
        check=_check(cast("Sequence[object]", check)) if check else None,
    )


def _check(written: Sequence[object]) -> CheckFacts:
    family, params, ranges, mental = written
    pairs = cast("Sequence[tuple[str, object]]", params)
    given = cast("Sequence[tuple[str, Sequence[object]]]", ranges)
    return CheckFacts(
        str(family),
        tuple((name, _nested(value)) for name, value in pairs),
        tuple((name, _range(*value)) for name, value in given),
        bool(mental),
    )


def _range(low: object, high: object, step: object, of: object) -> RangeFacts:
    low, high, step = (cast("float | None", n) for n in (low, high, step))
    return RangeFacts(low, high, step, tuple(map(_nested, cast("Sequence[object]", of))))


def _nested(value: object) -> Nested:
    return tuple(map(_nested, value)) if isinstance(value, list | tuple) else str(value)


# -- from cards ----------------------------------------------------------------------------------


def written_item(card: ChoiceCard, head: CardHead, *, topic: str, card_hash: str, seed: int) -> Item:
    """A choice card as a question, its options shuffled; true comes before false."""
    options = [
        QuizOption(o.id, o.text, o.right, o.why, place if card.form == "order" else 0)
        for place, o in enumerate(card.options, 1)
    ]
    if card.form != "true-false":
        options = shuffled(options, head.name, seed)
    return Item(
        form=card.form,
        card=head.name,
        question=card.question,
        topic=topic,
        level=head.level,
        options=tuple(options),
        prompt=order_of(options),
        card_hash=card_hash,
    )


def typed_item(card: Card, head: CardHead, *, topic: str, card_hash: str) -> Item:
    """A question card to be answered in one's own words.

    Always in the card's own wording: a variant may ask for something that the key points do not mark.
    """
    from interviewprep.cards.content import card_to_json

    unused: dict[str, object] = {"analogies": (), "refs": (), "computed": (), "variants": ()}
    return Item(
        form="typed",
        card=head.name,
        question=card.question,
        topic=topic,
        level=head.level,
        card_hash=card_hash,
        content=card_to_json(card.model_copy(update=unused)),
    )


def numeric_item(name: str, check: CheckFacts, *, topic: str, level: str, card_hash: str, seed: int) -> Item:
    """A numeric card with the numbers of a seed."""
    from interviewprep.checks.variants import seed_for

    numbers = seed_for(f"quiz:{name}", max(1, seed))
    bare = Item(
        form="numeric",
        card=name,
        question="",
        topic=topic,
        level=level,
        prompt=str(numbers),
        card_hash=card_hash,
        check=check,
        seed=numbers,
    )
    return replace(bare, question=bare.round().prompt)


def renewed(item: Item, seed: int) -> Item:
    """The same question once more, so that neither the place nor the numbers are remembered."""
    if item.form == "numeric" and item.check is not None:
        made = numeric_item(
            item.card, item.check, topic=item.topic, level=item.level, card_hash=item.card_hash, seed=seed
        )
        return replace(made, is_due=item.is_due)
    if item.form == "true-false" or not item.options:
        return item
    options = shuffled(item.options, item.card, seed)
    return replace(item, options=tuple(options), prompt=order_of(options))


def shuffled(options: Sequence[QuizOption], name: str, seed: int) -> list[QuizOption]:
    """The options in an order fixed by the card's name and the seed."""
    rng = rng_of("order", name, seed)
    found = sorted(options, key=lambda o: o.id)
    keys = {o.id: rng.random() for o in found}
    order = sorted(found, key=lambda o: keys[o.id])
    if any(o.place for o in options) and [o.place for o in order] == sorted(o.place for o in order):
        order = [*order[1:], order[0]]  # a question of order must not come in the right one
    return order


def order_of(options: Sequence[QuizOption]) -> str:
    """Ids in the order shown, for the log."""
    return ",".join(o.id for o in options)


def rng_of(purpose: str, name: str, seed: int) -> random.Random:
    """A random source fixed by what it is for; of it only `random()` is used, which stays the same."""
    return random.Random(zlib.crc32(f"{purpose}:{name}:{seed}".encode()))
