"""Reading numbers as people type them, in the light of the shape that is asked for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from math import isfinite, prod
from typing import NamedTuple

from interviewprep.checks.numbers import Value

_NUMBER = r"[-+]?(?:\d[\d_]*(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?"
_TERM = re.compile(rf"({_NUMBER})(?:\s*(\^|\*\*|/)\s*({_NUMBER}))?(?:\s*(%))?")
_GROUPED = re.compile(r"(?<![\d.])(\d{1,3})(?:,(\d{3}))+(?![\d])")
_SPACED = re.compile(r"[-+]?\d{1,3}(?:[   ]\d{3})+(?:\.\d+)?")
_LABEL = re.compile(r"(?<![\w.])[A-Za-z_ŷα-ωΑ-Ω][^;,\n=:≈]*[=:≈]\s*")
"""`z = `, `std of W: `, `H P  = `: what a number is called, before it."""
_TIMES_TEN = re.compile(r"\s*(?:\*|x|×|·)\s*10\s*(?:\^|\*\*)\s*([-+]?\d+)")
MAX_LENGTH = 2000


class Reading(NamedTuple):
    """What was read: the numbers in order, whether they were percentages, and how many rows."""

    numbers: tuple[float, ...]
    percent: tuple[bool, ...]
    rows: int = 1

    def shaped(self, shapes: Sequence[tuple[int, ...]]) -> tuple[Value, ...] | None:
        """The numbers cut into parts of these shapes; None where their count does not fit."""
        sizes = [prod(shape) for shape in shapes]
        if sum(sizes) != len(self.numbers):
            return None
        parts: list[Value] = []
        start = 0
        for shape, size in zip(shapes, sizes, strict=True):
            cells = self.numbers[start : start + size]
            start += size
            if shape == ():
                parts.append(cells[0])
            elif len(shape) == 1:
                parts.append(cells)
            else:
                width = shape[1]
                parts.append(tuple(cells[i : i + width] for i in range(0, size, width)))
        return tuple(parts)


class UnreadableError(ValueError):
    """Something typed is no number; the message quotes it and shows what can be written."""


def read_numbers(text: str, wanted: int = 0) -> Reading:
    """Read `0.88 0.12`, `[1, 2]`, `7/2`, `87.5%`, `9.5e-7`, `1,792`, `2^10`, `-.5`; rows by `;` or lines.

    `wanted` is how many numbers are asked for (0: unknown): `1 792` is one number where one is asked and
    two where two are, and `1,792` likewise. Raises UnreadableError.
    """
    if len(text) > MAX_LENGTH:
        raise UnreadableError(f"That is longer than {MAX_LENGTH} characters; write only the numbers.")
    prepared = _prepare(text)
    if not prepared.strip(" ;\n"):
        raise UnreadableError("There is no number in that; write e.g. 0.88 0.12 or 7/2.")
    readings: list[Reading] = []
    for candidate in _candidates(prepared):
        try:
            reading = _read(candidate)
        except UnreadableError:
            if candidate == prepared and not readings:
                raise
            continue
        readings.append(reading)
        if wanted and len(reading.numbers) == wanted:
            return reading
    # The likeliest: grouped numbers read as such.
    return readings[0]


def _prepare(text: str) -> str:
    text = text.replace("−", "-").replace("–", "-").replace("\t", " ").replace("\r", "")
    text = _TIMES_TEN.sub(r"e\1", text)
    text = re.sub(r"\]\s*,?\s*\[", ";", text)
    text = re.sub(r"[\[\](){}]", " ", text)
    return _LABEL.sub("", text)


def _candidates(text: str) -> list[str]:
    """Ways to take commas and spaces inside numbers, likeliest first, the text itself last."""
    joined_commas = _GROUPED.sub(lambda m: m.group(0).replace(",", ""), text)
    joined_spaces = _SPACED.sub(lambda m: re.sub(r"[   ]", "", m.group(0)), text)
    found = [joined_commas, joined_spaces, text]
    return [c for c in found[:2] if c != text] + [text]


def _read(text: str) -> Reading:
    numbers: list[float] = []
    percent: list[bool] = []
    rows = [row for row in re.split(r"[;\n]", text) if row.strip(" ,")]
    for row in rows:
        position = 0
        while True:
            gap = re.compile(r"[\s,]*(?:and\s+)?").match(row, position)
            position = gap.end() if gap else position
            if row[position:].strip() in {"", "."}:
                break
            match = _TERM.match(row, position)
            if match is None or not _ends_well(row, match.end()):
                raise UnreadableError(_cannot_read(row[position:]))
            numbers.append(_value(match))
            percent.append(bool(match.group(4)))
            position = match.end()
    return Reading(tuple(numbers), tuple(percent), len(rows))


def _ends_well(row: str, end: int) -> bool:
    return end >= len(row) or row[end] in " ,\u00a0\u202f\u2009" or row[end:].strip() == "."


def _value(match: re.Match[str]) -> float:
    first = _plain(match.group(1))
    operator, second = match.group(2), match.group(3)
    try:
        if operator == "/":
            first = first / _plain(second)
        elif operator:
            first = float(first ** _plain(second)) if abs(_plain(second)) < 1100 else float("inf")
    except ZeroDivisionError:
        raise UnreadableError(f"{match.group(0).strip()} divides by zero.") from None
    except (OverflowError, TypeError):
        raise UnreadableError(f"{match.group(0).strip()} is too large.") from None
    if isinstance(first, complex) or not isfinite(first):
        raise UnreadableError(f"{match.group(0).strip()} is no number one can compare.")
    return first / 100 if match.group(4) else first


def _plain(text: str) -> float:
    cleaned = text.replace("_", "")
    return int(cleaned) if re.fullmatch(r"[-+]?\d{1,15}", cleaned) else float(cleaned)


def _cannot_read(rest: str) -> str:
    word = rest.split(maxsplit=1)[0][:30] if rest.split() else rest[:30]
    return f'I cannot read "{word}" as a number; write e.g. 0.88, 7/2, 87.5%, 9.5e-7 or 1,792.'
