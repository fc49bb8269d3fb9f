"""Grading an answer in bands, and naming the mistake behind a wrong one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple

from interviewprep.checks.family import WHOLE, P, Part
from interviewprep.checks.numbers import Value, flat, shape_of
from interviewprep.checks.reading import Reading, UnreadableError, read_numbers
from interviewprep.checks.variants import Variant, WrongAnswer

_GUARD = 1 + 1e-9
"""Bands are inclusive: an exact tie at the edge counts, also when computed in floating point."""
COARSE = 0.02
"""How far a wrong answer to a relative part may be off, with too few digits, and still be recognised."""
EARLY_BAND = 3.0
"""Outer band in half units of the last asked digit: 1.5 units."""


class Outcome(StrEnum):
    """How an answer turned out."""

    RIGHT = "right"
    EARLY = "rounded too early"
    WRONG = "wrong"
    UNREADABLE = "unreadable"
    """Does not count as an answer."""


class Verdict(NamedTuple):
    """An outcome with its reason in words."""

    outcome: Outcome
    message: str
    mistake: str = ""
    """Id of the named mistake, or of a generic one such as `percent`."""
    cure: str = ""
    parts: tuple[bool, ...] = ()
    """Which parts are right or rounded too early; empty where parts could not be told."""


def grade(variant: Variant[P], text: str) -> Verdict:
    """Grade a typed answer. A named mistake wins over the outer band; unreadable input is no answer."""
    shapes = [shape_of(p.value) for p in variant.parts]
    wanted = sum(len(flat(p.value)) for p in variant.parts)
    try:
        reading = read_numbers(text, wanted)
    except UnreadableError as error:
        return Verdict(Outcome.UNREADABLE, str(error))
    values = reading.shaped(shapes)
    if values is None:
        return _wrong_count(variant, reading, wanted)
    parts = variant.parts
    inner = tuple(_within(p, v, 1.0) for p, v in zip(parts, values, strict=True))
    if all(inner):
        return Verdict(Outcome.RIGHT, "Right.", parts=inner)
    named = _named(variant, values, inner)
    outer = tuple(_within(p, v, 1.0 if p.exact else EARLY_BAND) for p, v in zip(parts, values, strict=True))
    if named is None and all(outer):
        return Verdict(
            Outcome.EARLY, "Accepted, but rounded too early: keep more digits on the way.", "early", "", outer
        )
    decimals = _decimals_typed(text)
    if named is None and _is_short(variant, values, decimals):
        cure = f"Give {max(p.digits for p in parts)} decimals."
        return Verdict(Outcome.WRONG, "Rounded to fewer decimals than asked.", "few-digits", cure, inner)
    if named is None and decimals:
        # Who takes a wrong way often gives fewer digits too: compare as exactly as was typed. Not for
        # whole numbers, which lie within half a unit of too many things.
        named = _named(variant, values, inner, coarse=0.5 * 10.0**-decimals)
    if named is not None:
        return Verdict(Outcome.WRONG, _sentence(named.name), named.id, named.cure, inner)
    found = _generic(variant, values, outer)
    return found if found.mistake else _as_grouped(variant, text, wanted) or found


def _within(part: Part, value: Value, bands: float) -> bool:
    if part.relative:
        bands = 1.0
    return all(
        abs(a - b) <= bands * limit * _GUARD
        for a, b, limit in zip(flat(value), flat(part.value), part.tolerances, strict=True)
    )


def _named(
    variant: Variant[P], values: Sequence[Value], right: Sequence[bool], coarse: float = 0.0
) -> WrongAnswer | None:
    """The mistake that explains every part that is not right, made in one of those parts.

    Else one made in the first wrong part alone, whatever became of the later ones.
    """

    def fits(mistake: WrongAnswer, place: int) -> bool:
        wrong = mistake.values[place]
        part = variant.parts[place]
        return shape_of(wrong) == shape_of(values[place]) and _close(part, values[place], wrong, coarse)

    for mistake in variant.wrong:
        if not right[mistake.part] and all(ok or fits(mistake, i) for i, ok in enumerate(right)):
            return mistake
    first = next(i for i, ok in enumerate(right) if not ok)
    return next((m for m in variant.wrong if m.part == first and fits(m, first)), None)


def _close(part: Part, one: Value, other: Value, coarse: float = 0.0) -> bool:
    if part.relative:
        limits = [abs(n) * (max(part.relative, COARSE) if coarse else part.relative) for n in flat(other)]
    else:
        half = WHOLE if part.exact else 0.5 * 10.0**-part.digits
        # Decimals may be missing, but a whole number is that number.
        limits = [half if part.exact and n == round(n) else max(half, coarse) for n in flat(other)]
    return all(abs(a - b) <= t * _GUARD for a, b, t in zip(flat(one), flat(other), limits, strict=True))


def _as_grouped(variant: Variant[P], text: str, wanted: int) -> Verdict | None:
    """`98,304` where two numbers are asked may be one number with its thousands, and a mistake's value."""
    reading = read_numbers(text, 1)
    if len(reading.numbers) == wanted:
        return None
    found = _wrong_count(variant, reading, wanted)
    return found if found.mistake else None


def _wrong_count(variant: Variant[P], reading: Reading, wanted: int) -> Verdict:
    """A number too few or too many: perhaps the lone value, or the shape, of a named mistake.

    First where each mistake is made, then in the later parts it runs on through.
    """
    given = reading.numbers
    for mistake in variant.wrong:
        if _is_whole(variant.parts, mistake, given):
            return Verdict(Outcome.WRONG, _sentence(mistake.name), mistake.id, mistake.cure)
    made = [(m, m.part) for m in variant.wrong]
    later = [
        (m, place)
        for m in variant.wrong
        for place, part in enumerate(variant.parts)
        if place > m.part and m.values[place] != part.value
    ]
    for mistake, place in made + later:
        wrong = flat(mistake.values[place])
        if len(wrong) == len(given) and _close(variant.parts[place], given, wrong):
            return Verdict(Outcome.WRONG, _sentence(mistake.name), mistake.id, mistake.cure)
    asked = f"{wanted} numbers are asked for" if wanted != 1 else "One number is asked for"
    return Verdict(
        Outcome.UNREADABLE, f"{asked}, and {len(given)} {'was' if len(given) == 1 else 'were'} given."
    )


def _is_whole(parts: Sequence[Part], mistake: WrongAnswer, given: Sequence[float]) -> bool:
    """Whether these are all numbers of a mistake that leads to more or fewer of them than are asked for."""
    wrong = [(part, x) for part, value in zip(parts, mistake.values, strict=True) for x in flat(value)]
    return len(wrong) == len(given) and all(
        _close(part, number, x) for (part, x), number in zip(wrong, given, strict=True)
    )


def _generic(variant: Variant[P], values: Sequence[Value], right: tuple[bool, ...]) -> Verdict:
    """Diagnoses that need no knowledge of the family: sign, percent, order, transpose."""
    wrong = [(p, v) for p, v, ok in zip(variant.parts, values, right, strict=True) if not ok]
    for change, message, cure in _GENERIC:
        if all(_changed(p, v, change) for p, v in wrong):
            return Verdict(Outcome.WRONG, message, change, cure, right)
    if len(variant.parts) > 1 and _is_swapped(variant.parts, values):
        return Verdict(
            Outcome.WRONG, "The right numbers in another order.", "order", "Answer in the order asked.", right
        )
    return Verdict(Outcome.WRONG, "Not right.", parts=right)


_GENERIC = (
    ("sign", "The sign is flipped.", "Follow the sign through the working."),
    ("percent", "That is a percentage; a share between 0 and 1 is asked for.", "Divide by 100."),
    ("order", "The right numbers in another order.", "Answer in the order asked."),
    ("transposed", "That is the transpose.", "Rows and columns are swapped."),
)


def _changed(part: Part, value: Value, change: str) -> bool:
    numbers = flat(part.value)
    if change == "sign":
        return any(numbers) and _equals(part, value, tuple(-n for n in numbers))
    if change == "percent":
        is_share = not part.exact and all(0 <= n <= 1 for n in numbers)
        return is_share and _equals(part, tuple(v / 100 for v in flat(value)), numbers)
    if change == "order":
        return len(numbers) > 1 and _sorted_equal(part, flat(value), numbers)
    shape = shape_of(part.value)
    if len(shape) == 2 and isinstance(part.value, tuple):
        rows = [r for r in part.value if isinstance(r, tuple)]
        return _equals(part, value, tuple(x for column in zip(*rows, strict=True) for x in column))
    return False


def _equals(part: Part, value: Value, numbers: Sequence[float]) -> bool:
    return all(
        abs(a - b) <= max(limit, 1e-12) * _GUARD
        for a, b, limit in zip(flat(value), numbers, part.tolerances, strict=True)
    )


def _sorted_equal(part: Part, given: Sequence[float], numbers: Sequence[float]) -> bool:
    limit = max(part.tolerances)
    return all(abs(a - b) <= limit * _GUARD for a, b in zip(sorted(given), sorted(numbers), strict=True))


def _is_swapped(parts: Sequence[Part], values: Sequence[Value]) -> bool:
    given = [x for v in values for x in flat(v)]
    right = [x for p in parts for x in flat(p.value)]
    limit = max(t for p in parts for t in p.tolerances)
    return all(abs(a - b) <= limit * _GUARD for a, b in zip(sorted(given), sorted(right), strict=True))


def _decimals_typed(text: str) -> int:
    """The most decimals of any number typed."""
    return max((len(m) for m in re.findall(r"\d*\.(\d+)", text)), default=0)


def _is_short(variant: Variant[P], values: Sequence[Value], decimals: int) -> bool:
    """Whether the answer is right for the number of decimals it was typed with, which are too few."""
    asked = max((p.digits for p in variant.parts if not p.exact and not p.relative), default=0)
    if not 0 < decimals < asked:
        return False
    limit = 0.5 * 10.0**-decimals
    return all(
        _within(p, v, 1.0)
        if p.exact or p.relative
        else all(abs(a - b) <= limit * _GUARD for a, b in zip(flat(v), flat(p.value), strict=True))
        for p, v in zip(variant.parts, values, strict=True)
    )


def _sentence(text: str) -> str:
    return text[0].upper() + text[1:] + ("" if text.endswith((".", "?", "!")) else ".")
