"""What one numeric card asks: a family with the numbers and ranges that the card writes down."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from math import floor, isfinite
from typing import NamedTuple, Protocol, TypeAlias, TypeVar

from interviewprep.checks.draw import Draw
from interviewprep.checks.grade import Outcome, grade
from interviewprep.checks.numbers import flat
from interviewprep.checks.params import Nested, Param, ParamError, as_written, params_of
from interviewprep.checks.registry import AnyFamily, families
from interviewprep.checks.registry import family as family_of
from interviewprep.checks.variants import FIRST, AnyVariant, BrokenRuleError, build, draw_variant

T = TypeVar("T")
Named: TypeAlias = Mapping[str, T] | Iterable[tuple[str, T]]

TRIALS = range(1, 21)
"""Seeds that ranges are tried with."""
FEWEST = 3
"""Different questions that ranges must leave: each has to differ from the one before and the one after."""
PLACES_IN_A_RANGE = 8
"""At least so many steps has a range without a step of its own."""
_UNSOLVABLE = (ArithmeticError, ValueError, LookupError, TypeError)
"""What a family raises for numbers that do not fit together."""


class RecipeError(ValueError):
    """A numeric card cannot be asked as it is written.

    `field` leads to the field (`params`, `beta`), `message` says what to write instead, `of_name` tells that
    the field's name is meant and not its value.
    """

    def __init__(self, field: tuple[str, ...], message: str, *, of_name: bool = False) -> None:
        super().__init__(message)
        self.field = field
        self.message = message
        self.of_name = of_name


class RangeLike(Protocol):
    """A range as a deck file has it: `low`, `high` and perhaps a `step`, or values to choose from."""

    @property
    def low(self) -> float | None: ...
    @property
    def high(self) -> float | None: ...
    @property
    def step(self) -> float | None: ...
    @property
    def of(self) -> tuple[Nested, ...]: ...


class Range(NamedTuple):
    """What a parameter may be: `of` these values or, where there are none, from `low` to `high` in steps."""

    low: float
    high: float
    step: float
    of: tuple[object, ...] = ()

    @property
    def places(self) -> int:
        """How many values there are."""
        return len(self.of) or floor((self.high - self.low) / self.step + 1e-9) + 1

    def value(self, place: int) -> object:
        """One of them, from 0; short decimals are exact."""
        if self.of:
            return self.of[place]
        found = Decimal(repr(self.low)) + place * Decimal(repr(self.step))
        is_whole = isinstance(self.low, int) and isinstance(self.step, int)
        return int(found) if is_whole else float(found)

    def __contains__(self, value: object) -> bool:
        """Whether a value lies within: between the ends, or among the values."""
        return (
            value in self.of if self.of else isinstance(value, int | float) and self.low <= value <= self.high
        )


class Recipe(NamedTuple):
    """What one numeric card asks."""

    family: AnyFamily
    first: tuple[object, ...]
    """The family's parameters of the first time."""
    fixed: frozenset[str]
    """Names that stay as in `first`, because the card has ranges that do not name them."""
    ranges: Mapping[str, Range]
    mental: bool

    def draw(self, draw: Draw) -> tuple[object, ...]:
        """The family's draw, with the fixed values and values from the ranges in place of its own."""
        sample = self.family.mental if self.mental and self.family.mental else self.family.sample
        drawn: tuple[object, ...] = sample(draw)
        if not self.fixed and not self.ranges:
            return drawn
        names = params_of(self.family.name)
        values = {
            name: self._value(name, ours, theirs, draw)
            for name, ours, theirs in zip(names, self.first, drawn, strict=True)
        }
        found: tuple[object, ...] = self.family.example._replace(**values)
        return found

    def _value(self, name: str, ours: object, theirs: object, draw: Draw) -> object:
        if name in self.ranges:
            found = self.ranges[name]
            return found.value(draw.whole(0, found.places - 1))
        return ours if name in self.fixed else theirs


def read_recipe(
    family: str, params: Named[Nested], ranges: Named[RangeLike], *, mental: bool, is_tried: bool = False
) -> Recipe:
    """Read what a numeric card has written down.

    `params` are the numbers of the first time, over the family's example. Where there are `ranges`, a
    parameter they name comes from them afterwards and the other `params` stay as written; all else is drawn
    by the family, with `mental` from numbers one can do in the head. `is_tried` leaves out trying the ranges,
    for a card that has been read before.

    Raises RecipeError.
    """
    written, bounds = dict(params), dict(ranges)
    known = _params(family)
    found = family_of(family)
    if mental and found.mental is None:
        message = f"`{family}` has no numbers that can be done in the head; remove `mental`"
        raise RecipeError(("mental",), message)
    for field, names in (("params", written), ("ranges", bounds)):
        for name in names:
            if name not in known:
                raise RecipeError((field, name), _unknown(family, name, known), of_name=True)
    own = {name: _read(known[name], text, "params") for name, text in written.items()}
    limits = {name: _range(known[name], given) for name, given in bounds.items()}
    fixed = frozenset(own.keys() - limits.keys() if limits else ())
    first = found.example._replace(**own)
    recipe = Recipe(found, first, fixed, limits, mental)
    if own:
        _solve(recipe)
    if limits and not is_tried:
        _try(recipe)
    if not own and (mental or any(getattr(first, name) not in limit for name, limit in limits.items())):
        recipe = recipe._replace(first=_draw(recipe, FIRST, None).params)
    return recipe


def variant_of(recipe: Recipe, seed: int, *, not_like: AnyVariant | None = None) -> AnyVariant:
    """The question of a seed; seed 0 asks the card's first numbers.

    `not_like` is the question before, whose numbers are not used again.
    """
    if seed == FIRST and (not_like is None or recipe.first != not_like.params):
        return build(recipe.family, recipe.first, FIRST)
    return _draw(recipe, seed, not_like)


def _draw(recipe: Recipe, seed: int, not_like: AnyVariant | None) -> AnyVariant:
    # Where ranges leave little a seed may have bad luck; then one of those that they were tried with serves.
    for tried in (seed, *TRIALS):
        try:
            found = draw_variant(recipe.family, tried, recipe.draw, not_like=not_like, unsolvable=_UNSOLVABLE)
        except ValueError:
            continue
        return found._replace(seed=seed)
    raise RecipeError(
        ("ranges",),
        "no question with a clear answer comes from these ranges; widen them or fix fewer `params`",
    )


def _params(family: str) -> Mapping[str, Param]:
    try:
        return params_of(family)
    except KeyError:
        near = _near(family, families())
        hint = f"did you mean `{near}`?" if near else "`interviewprep checks list` shows all"
        raise RecipeError(("family",), f"there is no family `{family}`; {hint}") from None


def _near(word: str, known: Iterable[str]) -> str:
    from difflib import get_close_matches

    return next(iter(get_close_matches(word, list(known), n=1)), "")


def _unknown(family: str, name: str, known: Mapping[str, Param]) -> str:
    names = ", ".join(f"`{k}`" for k in known)
    near = _near(name, known)
    hint = f"; did you mean `{near}`?" if near else ""
    return f"`{family}` has no `{name}`, it has {names}{hint}"


def _read(param: Param, written: Nested, field: str) -> object:
    try:
        return param.read(written)
    except ParamError as error:
        raise RecipeError((field, param.name), str(error)) from None


def _range(param: Param, given: RangeLike) -> Range:
    if given.of:
        return Range(0, 0, 0, tuple(_read(param, value, "ranges") for value in given.of))
    field = ("ranges", param.name)
    if not param.is_number or given.low is None or given.high is None:
        example = f"{param.name}: {{of: [{as_written(param.example)}, ...]}}"
        raise RecipeError(field, f"`{param.name}` is no single number; list what it may be: {example}")
    try:
        for end in (given.low, given.high):
            (param.check_whole if param.is_whole else param.check)(end)
        if param.is_whole:
            step = 1 if given.step is None else given.step
            if step != int(step):
                raise ParamError(f"`{param.name}` takes whole numbers; write a whole step, not {step:g}")
            found = Range(int(given.low), int(given.high), int(step))
        else:
            found = Range(given.low, given.high, given.step or step_between(given.low, given.high))
        if found.places < 2:
            raise ParamError(
                f"`{param.name}`: the step {found.step:g} is larger than the range; make it smaller"
            )
    except ParamError as error:
        raise RecipeError(field, str(error)) from None
    except ArithmeticError:
        raise RecipeError(field, f"`{param.name}`: write a step, as in [low, high, step]") from None
    return found


def step_between(low: float, high: float) -> float:
    """The step of a range that has none: the largest of ..., 1, 0.5, 0.2, 0.1, ... that meets both ends.

    It makes at least eight steps.
    """
    first, last = Decimal(repr(low)), Decimal(repr(high))
    size = Decimal(1).scaleb((last - first).adjusted())
    while True:
        for share in (5, 2, 1):
            step = size * share
            if (last - first) / step >= PLACES_IN_A_RANGE and first % step == last % step == 0:
                return float(step)
        size /= 10


def _solve(recipe: Recipe) -> None:
    """Raise RecipeError where the first numbers do not fit together."""
    shown = _listing(recipe, recipe.first)
    try:
        if is_sound(build(recipe.family, recipe.first)):
            return
    except BrokenRuleError as error:
        raise RecipeError(("params",), f"`{recipe.family.name}`: {error}, with {shown}") from None
    except (*_UNSOLVABLE, MemoryError):
        pass
    hint = _listing(recipe, recipe.family.example)
    raise RecipeError(
        ("params",),
        f"`{recipe.family.name}` has no answer for {shown}; write numbers that fit together, e.g. {hint}",
    )


def is_sound(variant: AnyVariant) -> bool:
    """Whether everything asked for is a number, and the right answer is graded as right."""
    numbers: list[object] = [n for part in variant.parts for n in flat(part.value)]
    numbers += [n for mistake in variant.wrong for value in mistake.values for n in flat(value)]
    are_real = all(isinstance(n, int | float) and isfinite(n) for n in numbers)
    return bool(numbers) and are_real and grade(variant, variant.answer).outcome is Outcome.RIGHT


def _listing(recipe: Recipe, values: Iterable[object]) -> str:
    names = params_of(recipe.family.name)
    return ", ".join(f"{name}: {as_written(value)}" for name, value in zip(names, values, strict=True))


def _try(recipe: Recipe) -> None:
    """Raise RecipeError where the ranges do not give a usable question for every seed, or too few of them."""
    different = set()
    for seed in TRIALS:
        try:
            made = draw_variant(recipe.family, seed, recipe.draw, unsolvable=(*_UNSOLVABLE, MemoryError))
        except ValueError:
            made = None
        if made is None or not is_sound(made):
            example = _listing(recipe, recipe.draw(Draw(f"{recipe.family.name}:{seed}:0")))
            raise RecipeError(
                ("ranges",),
                f"`{recipe.family.name}` finds no question with a clear answer in these ranges"
                f" (e.g. {example}); widen them, or fix fewer `params`",
            )
        different.add(made.params)
    if len(different) < FEWEST:
        raise RecipeError(
            ("ranges",),
            f"these ranges leave {len(different)} questions with a clear answer; widen them so that there are"
            f" at least {FEWEST}",
        )
