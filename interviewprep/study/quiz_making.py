"""Choice questions made from question cards: one or several right, or a statement that is true or false."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, islice
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from interviewprep.study.quiz_balance import Choice, Tally, gains, statement_gains
from interviewprep.study.quiz_items import TRUE_FALSE, Form, Item, QuizOption, order_of, rng_of, shuffled
from interviewprep.study.quiz_statements import ONE_LINER, Sayings, Statement, alike

if TYPE_CHECKING:
    from interviewprep.cards.heads import CardHead

_T = TypeVar("_T")
OPTIONS = 4
WRONG_OF_SEVERAL = 2
STANDS_OUT = 1.5
"""A right option longer than every wrong one by this factor, or shorter than every one, is not used."""
LIKE_ANOTHER = 85.0
"""Options this much alike (0 to 100) are not put into one question."""
LOOKED_AT, TRIED = 960, 240
"""So many ways to put a question together are drawn from, and so many compared."""
SHARE_ONE, SHARE_SEVERAL = 0.6, 0.2
"""Of questions with one and with several right; the rest are true or false."""


def made_item(
    sayings: Sayings, head: CardHead, *, topic: str, card_hash: str, seed: int, tally: Tally
) -> Item | None:
    """A question made from a card, the one that evens out `tally` best; None where none can be made.

    Which form it has is fixed by card and seed; where that one is impossible the others are tried.
    """
    maker = _Maker(sayings, head.name, seed, tally)
    for form in maker.forms():
        made = maker.make(form)
        if made is not None:
            return Item(
                form=form,
                card=head.name,
                question=made.question,
                topic=topic,
                level=head.level,
                options=tuple(made.options),
                is_generated=True,
                prompt=made.prompt,
                card_hash=card_hash,
            )
    return None


class _Made(NamedTuple):
    question: str
    options: list[QuizOption]
    prompt: str


class _Try(NamedTuple):
    """One way to put a question together."""

    right: tuple[Statement, ...]
    wrong: tuple[Statement, ...]

    @property
    def all(self) -> tuple[Statement, ...]:
        return (*self.right, *self.wrong)


@dataclass(frozen=True, slots=True)
class _Maker:
    """Makes the questions of one card."""

    sayings: Sayings
    name: str
    seed: int
    tally: Tally

    def forms(self) -> list[Form]:
        """The form drawn for this card, then the others."""
        draw = rng_of("form", self.name, self.seed).random()
        first: Form = "true-false"
        if draw < SHARE_ONE + SHARE_SEVERAL:
            first = "one" if draw < SHARE_ONE else "several"
        others: list[Form] = ["one", "several", "true-false"]
        return list(dict.fromkeys([first, *others]))

    def make(self, form: Form) -> _Made | None:
        if form == "true-false":
            return self._true_or_false()
        return self._several() if form == "several" else self._one()

    def _one(self) -> _Made | None:
        right = [(s,) for s in self.sayings.right]
        question = f"{self.sayings.title}: which statement is right?"
        return self._best("one", question, right, OPTIONS - 1) or self._best(
            "one", question, right, OPTIONS - 2
        )

    def _several(self) -> _Made | None:
        right = list(combinations(self.sayings.right, OPTIONS - WRONG_OF_SEVERAL))
        question = f"{self.sayings.title}: which statements are right?"
        return self._best("several", question, right, WRONG_OF_SEVERAL)

    def _true_or_false(self) -> _Made | None:
        # Who takes a true one for false reads the card's answer: it must be about that very statement.
        said = [(s, True) for s in self.sayings.right if s.context]
        said += [(s, False) for s in self.sayings.wrong]
        if not said:
            return None
        names = self.sayings.names
        ranked = [(s, ok, statement_gains(s.text, names, is_true=ok)) for s, ok in self._by_chance(said)]
        statement, is_true, gained = min(ranked, key=lambda found: self.tally.strain("true-false", found[2]))
        self.tally.add("true-false", gained)
        yes, no = TRUE_FALSE
        options = [
            QuizOption(yes, "True", is_true, statement.context if is_true else ""),
            QuizOption(no, "False", not is_true, "" if is_true else statement.why),
        ]
        question = f"True or false? {self.sayings.title}: {_within(statement.text)}."
        return _Made(question, options, f"true-false:{statement.id}")

    def _best(
        self, form: Form, question: str, right: Sequence[tuple[Statement, ...]], wrongs: int
    ) -> _Made | None:
        """Of all ways the one that evens out the tally best, which is then counted; equal ones by chance."""
        tries = (_Try(chosen, wrong) for wrong in self._wrong(wrongs) for chosen in right)
        drawn = self._by_chance(list(islice(tries, LOOKED_AT)))[:TRIED]
        weighed = [(self._gains(t, question), t) for t in drawn if _is_usable(t)]
        if not weighed:
            return None
        gained, found = min(weighed, key=lambda pair: self.tally.strain(form, pair[0]))
        self.tally.add(form, gained)
        shown = shuffled(_options(found), self.name, self.seed)
        return _Made(question, shown, order_of(shown))

    def _gains(self, tried: _Try, question: str) -> tuple[float, ...]:
        right = [True] * len(tried.right) + [False] * len(tried.wrong)
        return gains(Choice(question, self.sayings.names, tuple(s.text for s in tried.all), tuple(right)))

    def _wrong(self, count: int) -> Iterator[tuple[Statement, ...]]:
        """Sets of wrong statements, at most one of them true of another concept."""
        for kept in combinations((*self.sayings.wrong, *self.sayings.borrowed), count):
            if sum(s.is_borrowed for s in kept) <= 1:
                yield kept

    def _by_chance(self, found: Iterable[_T]) -> list[_T]:
        rng = rng_of("tries", self.name, self.seed)
        return [each for _, _, each in sorted((rng.random(), n, each) for n, each in enumerate(found))]


def _options(tried: _Try) -> list[QuizOption]:
    """All options; what is right has the card's sentence behind the first one only."""
    why = next((s.why for s in tried.right if s.id != ONE_LINER), "")
    right = [
        QuizOption(s.id, s.text, right=True, why=why if not n else "") for n, s in enumerate(tried.right)
    ]
    return right + [QuizOption(_id(s), s.text, why=s.why) for s in tried.wrong]


def _is_usable(tried: _Try) -> bool:
    right, wrong = ([len(s.text) for s in part] for part in tried)
    if min(right) > STANDS_OUT * max(wrong) or STANDS_OUT * max(right) < min(wrong):
        return False
    return all(alike(one.text, other.text) < LIKE_ANOTHER for one, other in combinations(tried.all, 2))


def _id(statement: Statement) -> str:
    """The id of a wrong option; a misconception may bear that of a key point."""
    return statement.id if statement.is_borrowed else f"wrong.{statement.id}"


def _within(text: str) -> str:
    """A statement behind a colon."""
    opening = text.partition(" ")[0]
    return text[:1].lower() + text[1:] if opening in {"It", "Its", "The", "They", "A", "An", "In"} else text
