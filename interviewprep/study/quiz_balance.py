"""What gives an answer away though one knows nothing, and how to choose options so that it does not.

Someone who always picks the longest option, the one that shares most words with the question, the one that
names the concept or the one without `always` and `only` must do no better than chance over many questions.
Whether that holds is a matter of the whole set: each new question is chosen to even out those before it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from interviewprep.study.quiz_statements import names_concept, words_of

HABITS = (
    "longest",
    "shortest",
    "most words of the question",
    "fewest words of the question",
    "names the concept",
    "does not name the concept",
    "absolute words",
    "no absolute words",
)
"""Ways to pick an option without knowing."""
STATEMENT_HABITS = (
    "long is true",
    "long is false",
    "true where the concept is named",
    "false where the concept is named",
    "true with absolute words",
    "false with absolute words",
    "always true",
    "always false",
)
"""Ways to judge a statement without knowing."""
LONG_STATEMENT = 55
"""Characters from which a statement that is true or false counts as long; about the median."""
_ABSOLUTE = re.compile(
    r"\b(?:always|never|only|all|every|any|none|nothing|must|cannot|exactly|everything|no longer|best"
    r"|just|simply|whatever|proven|proves|identical|interchangeable|guaranteed|guarantees|ever)\b",
    re.IGNORECASE,
)


class Choice(NamedTuple):
    """A choice question as one sees it who knows nothing, and what is right."""

    question: str
    names: tuple[str, ...]
    """How the concept is called."""
    texts: tuple[str, ...]
    right: tuple[bool, ...]


def gains(choice: Choice) -> tuple[float, ...]:
    """By how much each of HABITS does better than chance on one question, from -1 to 1."""
    texts = choice.texts
    asked = words_of(choice.question)
    lengths = [len(t) for t in texts]
    shared = [len(words_of(t) & asked) for t in texts]
    named = [int(names_concept(t, choice.names)) for t in texts]
    absolute = [int(bool(_ABSOLUTE.search(t))) for t in texts]
    found: list[float] = []
    for seen in (lengths, shared, named, absolute):
        found += [_gain(seen, choice.right), _gain([-s for s in seen], choice.right)]
    return tuple(found)


def statement_gains(statement: str, names: Sequence[str], *, is_true: bool) -> tuple[float, ...]:
    """The same for STATEMENT_HABITS and one statement that is true or false."""
    sign = 0.5 if is_true else -0.5
    found: list[float] = []
    for is_seen in (
        len(statement) >= LONG_STATEMENT,
        names_concept(statement, names),
        bool(_ABSOLUTE.search(statement)),
        True,
    ):
        gain = sign if is_seen else -sign
        found += [gain, -gain]
    return tuple(found)


def _gain(seen: Sequence[int], right: Sequence[bool]) -> float:
    """Chance of a right option when one of those with the highest figure is picked, above blind chance."""
    top = max(seen)
    picked = [ok for value, ok in zip(seen, right, strict=True) if value == top]
    return sum(picked) / len(picked) - sum(right) / len(right)


class Tally:
    """How each habit has done so far in a set of questions, form by form."""

    def __init__(self) -> None:
        self._gained: dict[str, list[tuple[float, ...]]] = {}
        self._sums: dict[str, tuple[float, ...]] = {}

    def strain(self, form: str, gained: Sequence[float]) -> float:
        """How far from even the questions of a form would be with one more; 0 is even."""
        return sum((had + new) ** 2 for had, new in zip(self._had(form), gained, strict=True))

    def add(self, form: str, gained: Sequence[float]) -> None:
        """Count a question."""
        self._sums[form] = tuple(had + new for had, new in zip(self._had(form), gained, strict=True))
        self._gained.setdefault(form, []).append(tuple(gained))

    def questions(self, *forms: str) -> int:
        """How many questions of these forms (of all where none is named) were counted."""
        return sum(len(found) for form, found in self._gained.items() if form in forms or not forms)

    def above_chance(self, *forms: str) -> dict[str, float]:
        """By how much each habit does better than chance on questions of these forms, from -1 to 1."""
        total: dict[str, float] = {}
        for form, sums in self._sums.items():
            if form in forms or not forms:
                for habit, had in zip(habits(form), sums, strict=True):
                    total[habit] = total.get(habit, 0.0) + had
        count = max(1, self.questions(*forms))
        return {habit: had / count for habit, had in total.items()}

    def _had(self, form: str) -> tuple[float, ...]:
        return self._sums.get(form, (0.0,) * len(habits(form)))


def habits(form: str) -> tuple[str, ...]:
    """The ways to pick without knowing in questions of a form."""
    return STATEMENT_HABITS if form == "true-false" else HABITS
