"""Numbers as people write them: rounding half away from zero, grouping, small and large values."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from math import floor, isfinite, log10
from typing import TypeAlias

Vector: TypeAlias = tuple[float, ...]
Matrix: TypeAlias = tuple[Vector, ...]
Value: TypeAlias = float | Vector | Matrix
"""A number, a vector, or a matrix by rows. Whole numbers are ints."""

EXACT_DIGITS = 13
"""Significant digits a float computation is trusted to; ties at these digits count as exact ties."""


def decimal_of(value: float) -> Decimal:
    """The value a float stands for: itself to 13 significant digits, so that 1.005 is a tie."""
    if isinstance(value, int):
        return Decimal(value)
    return Decimal(f"{value:.{EXACT_DIGITS - 1}e}")


def rounded(value: float, digits: int) -> Decimal:
    """`value` to `digits` decimals (negative: tens, hundreds), half away from zero."""
    found = decimal_of(value).quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP)
    return abs(found) if found == 0 else found


def significant(value: float, count: int) -> Decimal:
    """`value` to `count` significant digits, half away from zero."""
    if value == 0 or not isfinite(value):
        return decimal_of(value)
    return rounded(value, count - 1 - floor(log10(abs(value))))


def show(value: float, digits: int) -> str:
    """`value` with exactly `digits` decimals, thousands grouped: `1,792`, `0.876`, `-0.40`."""
    return f"{rounded(value, digits):,f}"


def show_significant(value: float, count: int) -> str:
    """`value` with `count` significant digits; scientific below 0.001 and from 10 million on."""
    if value == 0:
        return "0"
    found = significant(value, count)
    if Decimal("0.001") <= abs(found) < 10_000_000:
        return f"{found:,f}"
    mantissa, _, exponent = f"{found:.{count - 1}e}".partition("e")
    return f"{mantissa}e{int(exponent)}"


def plain(value: float) -> str:
    """A parameter or an intermediate value as short as it is exact: `3`, `0.5`, `1,024`, `20.0855`.

    Values that need more than four decimals are shown with four (or four significant digits if small).
    """
    if isinstance(value, int) or (value == int(value) and abs(value) < 1e15):
        return f"{int(value):,}"
    if abs(value) < 1e-3 or abs(value) >= 1e7:
        return f"{significant(value, 4).normalize():g}".replace("e+", "e")
    found = decimal_of(value)
    shown = found if -int(found.normalize().as_tuple().exponent) <= 4 else rounded(value, 4)
    return f"{shown.normalize():,f}"


def listed(values: Sequence[float]) -> str:
    """A vector: `[3, 1, -2]`."""
    return "[" + ", ".join(plain(v) for v in values) + "]"


def tabled(rows: Sequence[Sequence[float]]) -> str:
    """A matrix on one line: `[[1, 3], [2, 8]]`."""
    return "[" + ", ".join(listed(row) for row in rows) + "]"


def shape_of(value: Value) -> tuple[int, ...]:
    """`()` for a number, `(n,)` for a vector, `(rows, columns)` for a matrix."""
    if not isinstance(value, tuple):
        return ()
    if value and isinstance(value[0], tuple):
        return (len(value), len(value[0]))
    return (len(value),)


def flat(value: Value) -> Vector:
    """All numbers of a value, matrices row by row."""
    if not isinstance(value, tuple):
        return (value,)
    return tuple(x for row in value for x in (row if isinstance(row, tuple) else (row,)))
