"""A deck file as pydantic models: every field a card may have, for all three kinds of card.

A part of a card (key point, variant, ...) may be written as a bare string where it has only one needed
field; without an `id` of its own it takes the slug of its text as id.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, ClassVar, Literal

from pydantic import (
    BaseModel,
    ConfigDict,
    Discriminator,
    Field,
    StringConstraints,
    Tag,
    model_validator,
)

from interviewprep.cards.text import slug

FORMAT = 1
Level = Literal["easy", "medium", "hard"]
Priority = Literal["must", "should", "nice"]
Form = Literal["one", "several", "true-false", "order", "gap"]

CardId = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]*$", max_length=120)]
"""Ids of cards and concepts."""
PartId = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$", max_length=120)]
"""Ids inside a card, of corrections and of source rows."""
CardName = Annotated[str, StringConstraints(pattern=r"^[^#\s]+#[a-z0-9][a-z0-9-]*$")]
"""A full name, `deck#card`."""
FormerName = Annotated[str, StringConstraints(pattern=r"^([^#\s]+#)?[a-z0-9][a-z0-9-]*$")]
"""`card` (of the same deck) or `deck#card`."""
TagWord = Annotated[str, StringConstraints(pattern=r"^[^\s,#]+$")]
Number = Annotated[float, Field(allow_inf_nan=False)]

Vector = tuple[str, ...]
Matrix = tuple[Vector, ...]
Param = str | Vector | Matrix | tuple[Matrix, ...]
"""A parameter of a numeric card as written: a value, a list, a table or a stack of tables of texts."""


class Part(BaseModel):
    """What all models of a deck file share: frozen, strict about keys, no empty texts."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        str_strip_whitespace=True,
        str_min_length=1,
        use_attribute_docstrings=True,
    )

    main: ClassVar[str] = ""
    """The one needed field, for parts that may be written as a bare string."""
    named_after: ClassVar[str] = ""
    """The field whose slug is the default id."""

    @model_validator(mode="before")
    @classmethod
    def _fill_in(cls, data: object) -> object:
        if isinstance(data, str) and cls.main:
            data = {cls.main: data}
        if cls.named_after and isinstance(data, dict) and "id" not in data:
            text = data.get(cls.named_after)
            if isinstance(text, str) and text.strip():
                data = {**data, "id": slug(text)}
        return data


class Variant(Part):
    """Another way to ask the question."""

    main, named_after = "ask", "ask"
    id: PartId = ""
    """Kept in the review log; without it the slug of the question."""
    ask: str
    """The question in other words, or from another side."""


class KeyPoint(Part):
    """One idea that a good answer contains."""

    main, named_after = "text", "text"
    id: PartId = ""
    """Kept in the review log; without it the slug of the text."""
    weight: Literal["must", "nice"] = "must"
    """`must` (default): without it the answer fails. `nice`: a plus."""
    text: str
    """The idea, in a few words."""
    accept: tuple[str, ...] = ()
    """Wordings that count as having said it."""


class Misconception(Part):
    """A wrong statement that fails an answer."""

    named_after = "wrong"
    id: PartId = ""
    """Kept in the review log; without it the slug of the statement."""
    wrong: str
    """The wrong statement."""
    why: str
    """Why it is wrong, and what is right."""
    accept: tuple[str, ...] = ()
    """Wordings that count as having stated it."""
    corrects: tuple[PartId, ...] = ()
    """Corrections of the source document that this carries."""


class Analogy(Part):
    """A picture for the idea, with the point where it breaks."""

    main, named_after = "text", "text"
    id: PartId = ""
    """Without it the slug of the text."""
    text: str
    """The picture."""
    maps: tuple[str, ...] = ()
    """What stands for what, e.g. `speed = v`."""
    breaks: str = ""
    """Where the picture is wrong."""


class Computed(Part):
    """A result stated on the card, with the expression that gives it."""

    named_after = "expr"
    id: PartId = ""
    """Without it the slug of the expression."""
    expr: str
    """Arithmetic: + - * / // % **, lists, sum, min, max, abs, round, len and the functions of `math`."""
    value: str
    """The result as the card states it."""
    digits: Annotated[int, Field(ge=0, le=15)] | None = None
    """Decimals it is rounded to; without it as many as `value` shows."""


class FollowUp(Part):
    """What an interviewer asks next."""

    named_after = "ask"
    id: PartId = ""
    """Kept in the review log; without it the slug of the question."""
    ask: str
    """The question."""
    answer: str
    """Its answer, in a sentence or two."""
    when_missed: tuple[PartId, ...] = ()
    """Key points of this card whose absence calls for it."""


class Reference(Part):
    """Where to read on."""

    main = "text"
    text: str
    """Author, year, section."""
    url: str = ""
    """Address, if there is a lasting one."""


class Source(Part):
    """The rows of a source document that a card covers."""

    document: str
    """Short name of the document."""
    rows: tuple[PartId, ...] = ()
    """Ids of its rows."""


class Option(Part):
    """One option of a choice card."""

    main, named_after = "text", "text"
    id: PartId = ""
    """Kept in the review log; without it the slug of the text."""
    text: str
    """What the learner reads."""
    right: bool = False
    """Whether choosing it is right."""
    why: str = ""
    """Why it is right or wrong; shown after the answer."""


class Concept(Part):
    """What cards can be about."""

    main = "title"
    title: str = ""
    """As people write it; without it the concept's id."""
    requires: tuple[CardId, ...] = ()
    """Concepts that should have been passed before new cards of this one are asked."""
    confused_with: tuple[CardId, ...] = ()
    """Concepts that people mix up with this one."""


class Range(Part):
    """What a numeric parameter may be: from `low` to `high` in steps, or one `of` a list."""

    low: Number | None = None
    high: Number | None = None
    step: Annotated[float, Field(gt=0, allow_inf_nan=False)] | None = None
    of: tuple[Param, ...] = ()
    """Values to choose from."""

    @model_validator(mode="before")
    @classmethod
    def _from_list(cls, data: object) -> object:
        if isinstance(data, list | tuple) and len(data) in (2, 3):
            return dict(zip(("low", "high", "step"), data, strict=False))
        return data

    @model_validator(mode="after")
    def _is_one_of_both(self) -> Range:
        if self.of and self.low is None and self.high is None and self.step is None:
            return self
        if self.of or self.low is None or self.high is None or not self.low < self.high:
            raise ValueError("write [low, high], [low, high, step] or {of: [values]}, the smaller first")
        return self


def _own_id(values: dict[str, object]) -> str:
    return str(values.get("id", ""))


class CardBase(Part):
    """The fields all kinds of cards share."""

    id: CardId
    """Unique in the deck; progress belongs to it, so keep it when you reword the card."""
    was: tuple[FormerName, ...] = ()
    """Former names, `card` or `deck#card`, so that history follows a card that was renamed or moved."""
    overrides: CardName | None = None
    """The full name of a shipped card that this one replaces."""
    base: str = ""
    """Hash of the replaced card when it was copied."""
    concept: CardId = Field(default_factory=_own_id)
    """What the card is about; without it the card's id. Cards of one concept are kept apart in a drill."""
    about: tuple[CardId, ...] = ()
    """Further concepts, for comparisons."""
    requires: tuple[CardId, ...] = ()
    """Concepts that should have been passed first, besides those the concept requires."""
    level: Level | None = None
    """How hard a question it is."""
    priority: Priority = "should"
    """`must`: every interview asks it. `should` (default). `nice`: rarely asked."""
    tags: tuple[TagWord, ...] = ()
    """Single words to find and filter by."""
    question: str
    """As an interviewer says it."""
    variants: tuple[Variant, ...] = ()
    """Other ways to ask it; they come by turns."""
    one_liner: str = ""
    """The answer in one sentence."""
    detailed: str = ""
    """Everything that survives two follow-up questions, in Markdown with $formulas$."""
    key_points: tuple[KeyPoint, ...] = ()
    """The ideas a good answer contains."""
    misconceptions: tuple[Misconception, ...] = ()
    """Wrong statements that fail an answer."""
    analogies: tuple[Analogy, ...] = ()
    """Pictures, with the point where they break."""
    example: str = ""
    """A concrete case, with numbers where they help."""
    computed: tuple[Computed, ...] = ()
    """Results stated on the card; lint checks them."""
    follow_ups: tuple[FollowUp, ...] = ()
    """What an interviewer asks next."""
    refs: tuple[Reference, ...] = ()
    """Where to read on."""
    source: Source | None = None
    """What the card was written from."""
    corrects: tuple[PartId, ...] = ()
    """Corrections of the source document that the card's text carries."""


class QaCard(CardBase):
    """An interview question with its answer."""

    kind: Literal["qa"] = "qa"
    short: str
    """The answer one can say in 30 seconds."""


class NumericCard(CardBase):
    """A worked check with numbers that change."""

    kind: Literal["numeric"]
    short: str = ""
    """Something to remember about the result."""
    family: PartId
    """Which calculation is asked."""
    params: Mapping[PartId, Param] = {}
    """Numbers of the first time."""
    ranges: Mapping[PartId, Range] = {}
    """What the numbers may be afterwards; without it the family's own ranges."""
    mental: bool = False
    """Numbers that can be done in the head."""


class ChoiceCard(CardBase):
    """A multiple-choice question."""

    kind: Literal["choice"]
    short: str = ""
    """The answer in a sentence."""
    form: Form = "one"
    """`one` right, `several` right, `true-false`, put in `order` (the file has it right), fill the `gap`."""
    options: Annotated[tuple[Option, ...], Field(min_length=2)]
    """What can be chosen; shuffled when asked."""
    drill: bool = False
    """true: also asked in drills, not only in quizzes."""


def _kind_of(data: object) -> str:
    kind = data.get("kind", "qa") if isinstance(data, dict) else getattr(data, "kind", "qa")
    return kind if isinstance(kind, str) else ""


Card = Annotated[
    Annotated[QaCard, Tag("qa")]
    | Annotated[NumericCard, Tag("numeric")]
    | Annotated[ChoiceCard, Tag("choice")],
    Discriminator(_kind_of),
]
CARD_KINDS: Mapping[str, type[QaCard | NumericCard | ChoiceCard]] = {
    "qa": QaCard,
    "numeric": NumericCard,
    "choice": ChoiceCard,
}


class DeckFile(Part):
    """One YAML file of cards."""

    format: Annotated[int, Field(ge=1, le=FORMAT)] = FORMAT
    """Version of the format; 1."""
    title: str = ""
    """As the screens show it; without it the file's name."""
    order: int = 100
    """Decks come in this order, then by name."""
    concepts: Mapping[CardId, Concept] = {}
    """Concepts that need a title, requirements or a word about what they are confused with."""
    cards: tuple[Card, ...] = ()
    """The cards, in the order in which new ones are asked."""
