"""Variants: fresh numbers for a family, the same ones for the same seed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, NamedTuple, TypeAlias
from zlib import crc32

from interviewprep.checks.draw import Draw
from interviewprep.checks.family import Family, Mistake, P, Part, Solution
from interviewprep.checks.numbers import Value, flat, shape_of

ATTEMPTS = 400
UNSOLVABLE = (ZeroDivisionError, ValueError)
"""What a family raises for drawn numbers that cannot be worked with."""
SEEDS = 1_000_000
FIRST = 0
"""The seed of a family's own example."""


class WrongAnswer(NamedTuple):
    """A mistake that has an effect on this variant."""

    id: str
    name: str
    cure: str
    part: int
    """Where it is made."""
    values: tuple[Value, ...]
    """The whole wrong answer; parts it does not touch are right."""


class Variant(NamedTuple, Generic[P]):
    """One question with its working and everything needed to grade it."""

    family: Family[P]
    seed: int
    params: P
    prompt: str
    solution: Solution
    wrong: tuple[WrongAnswer, ...]

    @property
    def parts(self) -> tuple[Part, ...]:
        """What is asked for."""
        return self.solution.parts

    @property
    def answer(self) -> str:
        """The right answer as exactly as asked."""
        return answer_line(self.parts)

    @property
    def steps(self) -> tuple[str, ...]:
        """The working line by line; the last line is the answer."""
        return (*self.solution.steps, "answer: " + self.answer)


AnyVariant: TypeAlias = Variant[tuple[object, ...]]
"""A variant of whatever family."""


def answer_line(parts: tuple[Part, ...]) -> str:
    """All parts with their labels, as exactly as asked."""
    return "; ".join(f"{p.label} = {p.show()}" if p.label else p.show() for p in parts)


def seed_for(card: str, answers: int) -> int:
    """The seed of a card's next question: 0 (the example) first, then from its name and answers so far."""
    return FIRST if answers == 0 else 1 + crc32(f"{card}:{answers}".encode()) % (SEEDS - 1)


def make_variant(
    family: Family[P], seed: int, *, mental: bool = False, not_like: Variant[P] | None = None
) -> Variant[P]:
    """The variant of a seed; seed 0 is the family's example.

    `mental` draws numbers for the head where the family has such; `not_like` is the variant before, whose
    numbers are not used again. Raises ValueError when the sampler finds no usable numbers.
    """
    if seed == FIRST and not mental:
        return build(family, family.example, seed)
    sample = family.mental if mental and family.mental else family.sample
    return draw_variant(family, seed, sample, not_like=not_like)


def draw_variant(
    family: Family[P],
    seed: int,
    sample: Callable[[Draw], P],
    *,
    not_like: Variant[P] | None = None,
    unsolvable: tuple[type[Exception], ...] = UNSOLVABLE,
) -> Variant[P]:
    """The first usable variant of a seed among what `sample` draws, never with the numbers of `not_like`.

    Raises ValueError when no attempt gives usable numbers.
    """
    for attempt in range(ATTEMPTS):
        params = sample(Draw(f"{family.name}:{seed}:{attempt}"))
        if not_like is not None and params == not_like.params:
            continue
        try:
            found = build(family, params, seed)
            if is_usable(found):
                return found
        except unsolvable:
            continue
    raise ValueError(f"{family.name}: no usable numbers for seed {seed}")


class BrokenRuleError(ValueError):
    """Parameters that make no sense together; the message is a clause that says why."""


def build(family: Family[P], params: P, seed: int = FIRST) -> Variant[P]:
    """The variant with these parameters, usable or not.

    Raises BrokenRuleError where they break the family's rule, and whatever solving them may raise.
    """
    if family.rule is not None and (fault := family.rule(params)):
        raise BrokenRuleError(fault)
    solution = family.solve(params)
    wrong = [w for m in family.mistakes if (w := _effect(m, params, solution.parts)) is not None]
    return Variant(family, seed, params, family.prompt(params), solution, tuple(wrong))


def is_usable(variant: Variant[P]) -> bool:
    """Not trivial, at least one mistake applies, and those that apply point to one cause each."""
    return bool(variant.wrong) and not is_trivial(variant) and is_separated(variant)


def is_trivial(variant: Variant[P]) -> bool:
    """Whether a single asked number is 0, 1 or a number of the prompt, without being meant to."""
    given = {round(x, 10) for x in _numbers(variant.params)}
    for part in variant.parts:
        if part.may_be_trivial:
            continue
        numbers = flat(part.value)
        if len(numbers) == 1 and (numbers[0] in {0, 1} or round(numbers[0], 10) in given):
            return True
        if len(numbers) > 1 and len({round(n, 10) for n in numbers}) == 1:
            return True
    return False


def is_separated(variant: Variant[P]) -> bool:
    """Whether each mistake differs from the right part and from the others there by over 3 tolerances."""
    for place, mistake in enumerate(variant.wrong):
        part = variant.parts[mistake.part]
        value = mistake.values[mistake.part]
        if not apart(part, value, part.value):
            return False
        for other in variant.wrong[place + 1 :]:
            if other.part == mistake.part and not apart(part, value, other.values[mistake.part]):
                return False
    return True


def apart(part: Part, one: Value, other: Value, tolerances: float = 3.0) -> bool:
    """Whether two values of a part differ by more than three tolerances in some number."""
    if shape_of(one) != shape_of(other):
        return True
    limits = part.tolerances
    if part.relative:
        limits = tuple(
            part.relative * max(abs(a), abs(b)) for a, b in zip(flat(one), flat(other), strict=True)
        )
    elif len(limits) != len(flat(one)):
        limits = (max(limits, default=0.5),) * len(flat(one))
    return any(
        abs(a - b) > tolerances * limit * (1 + 1e-9)
        for a, b, limit in zip(flat(one), flat(other), limits, strict=True)
    )


def _effect(mistake: Mistake[P], params: P, parts: tuple[Part, ...]) -> WrongAnswer | None:
    """The mistake's whole wrong answer on these parameters, or None where it changes nothing."""
    try:
        made = mistake.wrong(params)
    except (ZeroDivisionError, ValueError, OverflowError):
        return None
    if made is None:
        return None
    place = next((i for i, value in enumerate(made) if value is not None), None)
    if place is None:
        return None
    values = tuple(p.value if i >= len(made) or made[i] is None else made[i] for i, p in enumerate(parts))
    first = values[place]
    if first is None or _same(first, parts[place].value):
        return None
    complete = tuple(v for v in values if v is not None)
    return WrongAnswer(mistake.id, mistake.name, mistake.cure, place, complete)


def _same(one: Value, other: Value) -> bool:
    return shape_of(one) == shape_of(other) and all(
        abs(a - b) <= 1e-12 * max(1.0, abs(a), abs(b)) for a, b in zip(flat(one), flat(other), strict=True)
    )


def _numbers(value: object) -> list[float]:
    if isinstance(value, bool):
        return []
    if isinstance(value, int | float):
        return [float(value)]
    if isinstance(value, tuple):
        return [x for item in value for x in _numbers(item)]
    return []
