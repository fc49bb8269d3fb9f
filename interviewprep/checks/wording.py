"""Pieces of workings and prompts that several families share."""

from __future__ import annotations

from collections.abc import Sequence
from math import exp

from interviewprep.checks.numbers import Vector, listed, plain, rounded

LARGE_LOGIT = 50
"""Beyond this a working subtracts the largest logit first, as a program has to."""


def bracketed(value: float) -> str:
    """`2`, but `(-2)`: a number that follows a sign of operation."""
    return plain(value) if value >= 0 else f"({plain(value)})"


def tamed(z: Vector) -> tuple[Vector, tuple[str, ...]]:
    """Logits whose powers of e can be written out, and the line of working that says what was subtracted."""
    if all(abs(v) <= LARGE_LOGIT for v in z):
        return z, ()
    top = max(z)
    smaller = tuple(v - top for v in z)
    return smaller, (f"minus the largest, {plain(top)}: {listed(smaller)}",)


def powers_lines(z: Vector) -> tuple[str, ...]:
    """`e^3 = 20.0855   e^1 = 2.7183`, up to three on a line."""
    powers = [f"e^{plain(v)} = {plain(exp(v))}" for v in z]
    return tuple("   ".join(powers[i : i + 3]) for i in range(0, len(powers), 3))


def aligned(*rows: tuple[str, Sequence[float]]) -> tuple[str, ...]:
    """Labelled rows of numbers, one number below the other."""
    cells = [[label, *(plain(v) for v in values)] for label, values in rows]
    widths = [max(len(row[i]) for row in cells) for i in range(len(cells[0]))]
    return tuple(
        "  ".join(
            cell.rjust(w) if i else cell.ljust(w) for i, (cell, w) in enumerate(zip(row, widths, strict=True))
        )
        for row in cells
    )


def fine(value: float, places: int = 6) -> str:
    """An intermediate value to `places` decimals without trailing zeros; in powers of 10 when very small."""
    if 0 < abs(value) < 10.0 ** (2 - places):
        return plain(value)
    return f"{rounded(value, places).normalize():,f}"


def fine_bracketed(value: float, places: int = 6) -> str:
    """As `fine`, and in brackets where it is negative and follows a sign of operation."""
    return fine(value, places) if value >= 0 else f"({fine(value, places)})"


def products(a: Sequence[float], b: Sequence[float]) -> str:
    """The terms of a dot product: `2*3 + (-1)*4`."""
    return " + ".join(f"{bracketed(x)}*{bracketed(y)}" for x, y in zip(a, b, strict=True))


def percent(share: float) -> str:
    """`12.5%`."""
    return f"{plain(100 * share)}%"


def counted(number: float, noun: str) -> str:
    """`1 layer`, `2 layers`, `4,096 tokens`."""
    return f"{plain(number)} {noun}{'' if number == 1 else 's'}"
