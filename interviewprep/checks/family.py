"""What a family of checks is: one object from which every variant of a calculation is made."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, NamedTuple, TypeAlias, TypeVar

from interviewprep.checks.draw import Draw
from interviewprep.checks.numbers import Value, flat, show, show_significant

P = TypeVar("P", bound=tuple[object, ...])
"""A family's parameters: a NamedTuple of its own."""

Wrong: TypeAlias = tuple[Value | None, ...]
"""Per part what a mistake leads to; None where the part is not touched by it."""


WHOLE = 1e-6
"""Half-width for whole numbers: only that number will do, but 0.1 * 30 is 3."""


class Part(NamedTuple):
    """One thing asked for: its label, its exact value, and how exactly it is asked."""

    label: str
    """Empty when only one thing is asked."""
    value: Value
    digits: int = 0
    """Decimals asked for."""
    exact: bool = False
    """A whole number, nothing else will do."""
    relative: float = 0.0
    """Half-width of the accepted band as a share of the value, for very small or large results; else 0."""
    significant: int = 4
    """Significant digits shown where `relative` is set."""
    may_be_trivial: bool = False
    """0, 1 or a number of the prompt is meant to be possible."""

    @property
    def tolerances(self) -> tuple[float, ...]:
        """Half a unit of the last asked digit, next to nothing for a whole number, or the relative band."""
        if self.relative:
            return tuple(abs(v) * self.relative for v in flat(self.value))
        half = WHOLE if self.exact else 0.5 * 10.0**-self.digits
        return tuple(half for _ in flat(self.value))

    def show(self, value: Value | None = None) -> str:
        """The part's value, or another one, as exactly as is asked."""
        found = self.value if value is None else value
        if isinstance(found, tuple):
            return "[" + ", ".join(self.show(v) for v in found) + "]"
        if self.relative:
            return show_significant(found, self.significant)
        return show(found, 0 if self.exact else self.digits)


class Mistake(NamedTuple, Generic[P]):
    """A wrong way that people really take, and what comes of it."""

    id: str
    """Kept in the review log."""
    name: str
    """What was done, e.g. `forgot the factor x`."""
    cure: str
    """One line that puts it right."""
    wrong: Callable[[P], Wrong | None]
    """The whole wrong answer, part by part, running on through later parts; None where it cannot be made.

    The first part that is not None is where the mistake is made. A part that comes out right is allowed:
    the mistake then has no effect there and is not named.
    """


class Picture(NamedTuple):
    """Something to draw beside the working; the screens know how.

    What each kind uses; the other fields stay empty:

    - `bars`: `labels` and, for each, the share of 1 in `values`.
    - `matrix`: the rows in `image`; `labels`, if any, name its columns and then its rows.
    - `roc`: the corners of the curve in `image`, (false positive rate, true positive rate) from (0, 0)
      to (1, 1).
    - `window`: the picture in `image`, the `kernel` that moves over it by `stride`. Without padding; for
      pooling the kernel holds ones, only its shape counts, and `labels` say `max`, `mean` or both.
    """

    kind: str
    labels: tuple[str, ...] = ()
    values: tuple[float, ...] = ()
    image: tuple[tuple[float, ...], ...] = ()
    kernel: tuple[tuple[float, ...], ...] = ()
    stride: int = 1


class Solution(NamedTuple):
    """What comes out, how, and how one sees that it is sensible."""

    parts: tuple[Part, ...]
    steps: tuple[str, ...]
    """The working with the actual numbers, line by line; the answer's line is added to them."""
    sense: str
    """One-line check, e.g. `probabilities add to 1`."""
    pictures: tuple[Picture, ...] = ()


class Family(NamedTuple, Generic[P]):
    """A calculation with all it takes to ask it, work it and name what went wrong."""

    name: str
    title: str
    topic: str
    priority: int
    """0: the source document has it. 1: interviewers ask it. 2: topics beyond."""
    concept: str
    """The concept whose card it belongs to."""
    example: P
    """The first numbers asked, from the source document where it has any."""
    sample: Callable[[Draw], P]
    """Draws parameters; the engine rejects trivial and inseparable ones, so it may be simple."""
    prompt: Callable[[P], str]
    """The question with all numbers, the convention and the rounding asked for. Does not name the method
    where choosing it is part of the question."""
    formula: str
    solve: Callable[[P], Solution]
    mistakes: tuple[Mistake[P], ...]
    mental: Callable[[Draw], P] | None = None
    """Draws parameters that can be done in the head; None where there are none."""
    rule: Callable[[P], str] | None = None
    """What is wrong with parameters that somebody wrote down, as a clause (`there are more folds than
    items`), or an empty text. What is drawn keeps to it."""
    level: str = "medium"
    refs: tuple[str, ...] = ()
    example_is_separable: bool = True
    """False where the document's own numbers give a trivial answer or let mistakes coincide."""
