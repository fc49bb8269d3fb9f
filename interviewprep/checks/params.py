"""Reading a family's parameters from texts, as a deck file has them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import NamedTuple, TypeAlias, get_args, get_origin, get_type_hints

from interviewprep.checks.draw import Draw
from interviewprep.checks.numbers import plain
from interviewprep.checks.reading import UnreadableError, read_numbers
from interviewprep.checks.registry import AnyFamily, family

Nested: TypeAlias = "str | tuple[Nested, ...]"
"""A parameter as written: one text, or lists of texts inside each other."""

SAMPLES = 60
"""Draws from which it is learnt which words and which whole numbers a parameter takes."""
ROOM = 100
"""A whole number may be so many times the largest the family draws: some families count up to it."""
LARGEST_ALWAYS = 1000
"""Whole numbers up to this one may be written for every parameter that is not a choice."""
LARGEST = 1e12
MOST_NUMBERS = 100
"""In one parameter."""
_BOOLS = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}


class ParamError(ValueError):
    """A text is not what a parameter wants; the message says what to write instead."""


class Param(NamedTuple):
    """One parameter of a family."""

    name: str
    kind: object
    """Its annotation: float, int, bool, str, a tuple of them, or a NamedTuple."""
    example: object
    """Its value in the family's example, or in the first draw that has one where the example's is empty."""
    words: tuple[str, ...]
    """The words it may be or hold."""
    lowest: int
    largest: int
    """Bounds of the whole numbers it may be or hold."""

    @property
    def is_number(self) -> bool:
        """Whether it is one number, so that it can have a range."""
        return self.kind in (int, float)

    @property
    def is_whole(self) -> bool:
        """Whether only a whole number will do."""
        return self.kind is int

    def read(self, written: Nested) -> object:
        """The value of a text. Raises ParamError."""
        if sum(1 for _ in _texts(written)) > MOST_NUMBERS:
            raise ParamError(f"`{self.name}` has more than {MOST_NUMBERS} numbers; write fewer")
        return self._value(written, self.kind)

    def check(self, number: float) -> None:
        """Raise ParamError for a number out of the bounds."""
        if abs(number) > LARGEST:
            raise ParamError(f"`{self.name}`: {number:g} is too large; write at most {LARGEST:g}")

    def check_whole(self, number: float) -> None:
        """Raise ParamError for a number that is not whole or out of the bounds."""
        self.check(number)
        if number != int(number):
            raise ParamError(f"`{self.name}`: {plain(number)} is no whole number")
        if not self.lowest <= number <= self.largest:
            raise ParamError(
                f"`{self.name}`: write a whole number from {self.lowest} to {self.largest}, not {int(number)}"
            )

    def _value(self, written: Nested, kind: object) -> object:
        kinds = kinds_inside(kind, len(written))
        if kinds is None:
            if not isinstance(written, str):
                raise self._shape()
            return self._scalar(written.strip(), kind)
        if isinstance(written, str) or len(kinds) != len(written):
            raise self._shape()
        values = tuple(self._value(w, k) for w, k in zip(written, kinds, strict=True))
        make = getattr(kind, "_make", None)
        return make(values) if make is not None else values

    def _scalar(self, text: str, kind: object) -> object:
        if kind is str:
            if text not in self.words:
                raise ParamError(f"`{self.name}`: there is no `{text}` here; write {_either(self.words)}")
            return text
        if kind is bool:
            if text.casefold() not in _BOOLS:
                raise ParamError(f"`{self.name}`: write true or false, not `{text}`")
            return _BOOLS[text.casefold()]
        try:
            (number,) = read_numbers(text, 1).numbers
        except (UnreadableError, ValueError):
            raise ParamError(
                f"`{self.name}`: cannot read `{text}` as a number; write e.g. {as_written(self.example)}"
            ) from None
        if kind is int:
            self.check_whole(number)
            return int(number)
        self.check(number)
        return number

    def _shape(self) -> ParamError:
        return ParamError(f"`{self.name}`: write {_form(self.kind)}, e.g. {as_written(self.example)}")


def kinds_inside(kind: object, count: int) -> tuple[object, ...] | None:
    """The kinds of the items of a NamedTuple or of a list of `count`; None for a single value."""
    if isinstance(kind, type) and issubclass(kind, tuple) and hasattr(kind, "_fields"):
        return tuple(get_type_hints(kind).values())
    if get_origin(kind) is not tuple:
        return None
    arguments: tuple[object, ...] = get_args(kind)
    return (arguments[0],) * count if arguments[1:] == (Ellipsis,) else arguments


@cache
def params_of(name: str) -> Mapping[str, Param]:
    """The parameters of a family by name. Raises KeyError where there is no such family."""
    found = family(name)
    kinds: dict[str, object] = get_type_hints(type(found.example))
    draws = [found.example]
    if any(_holds(kind, (int, str)) for kind in kinds.values()) or () in found.example:
        draws += _draws(found)
    params = {}
    for place, (param, kind) in enumerate(kinds.items()):
        values = [draw[place] for draw in draws]
        leaves = [leaf for value in values for leaf in _leaves(value, kind)]
        whole = [leaf for leaf in leaves if isinstance(leaf, int)]
        lowest = min(whole, default=0)
        params[param] = Param(
            name=param,
            kind=kind,
            example=next((v for v in values if v != ()), ()),
            words=tuple(sorted({leaf for leaf in leaves if isinstance(leaf, str)})),
            lowest=min(lowest, 1) if lowest >= 0 else -LARGEST_ALWAYS,
            largest=max(LARGEST_ALWAYS, ROOM * max(whole, default=0)),
        )
    return params


def as_written(value: object) -> str:
    """A value as a deck file has it: `[[1, 0], [0, -1]]`."""
    if isinstance(value, tuple):
        return "[" + ", ".join(as_written(v) for v in value) + "]"
    if isinstance(value, bool):
        return "true" if value else "false"
    return f"{value:g}" if isinstance(value, float) and float(f"{value:g}") == value else str(value)


def _draws(found: AnyFamily) -> list[tuple[object, ...]]:
    samplers = [found.sample, found.mental] if found.mental else [found.sample]
    return [sample(Draw(f"{found.name}:params:{n}")) for n in range(SAMPLES) for sample in samplers]


def _holds(kind: object, wanted: tuple[object, ...]) -> bool:
    inside = kinds_inside(kind, 1)
    return kind in wanted if inside is None else any(_holds(k, wanted) for k in inside)


def _leaves(value: object, kind: object) -> Iterator[int | str]:
    """Whole numbers where whole numbers are wanted, and words."""
    if isinstance(value, tuple):
        for item, item_kind in zip(value, kinds_inside(kind, len(value)) or (), strict=True):
            yield from _leaves(item, item_kind)
    elif kind is int and isinstance(value, int | float):
        yield int(value)
    elif kind is str and isinstance(value, str):
        yield value


def _texts(written: Nested) -> Iterator[str]:
    if isinstance(written, str):
        yield written
    else:
        for item in written:
            yield from _texts(item)


def _form(kind: object) -> str:
    inside = kinds_inside(kind, 1)
    if inside is None:
        if kind is int or kind is float:
            return "a whole number" if kind is int else "a number"
        return "true or false" if kind is bool else "a word"
    return "a list" if all(kinds_inside(k, 1) is None for k in inside) else "a list of lists"


def _either(words: tuple[str, ...]) -> str:
    return " or ".join(filter(None, (", ".join(words[:-1]), words[-1]))) if words else "something else"
