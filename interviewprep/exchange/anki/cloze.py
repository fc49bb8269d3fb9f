"""Cloze deletions, `{{c1::hidden::hint}}`, nested or not, as the card of one number shows them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final, NamedTuple

_TOKEN: Final = re.compile(r"\{\{c(\d{1,4}(?:,\d{1,4}){0,20})::|\}\}|::")
_DEEPEST: Final = 8
_MATH: Final = ((r"\(", r"\)"), (r"\[", r"\]"))


class Cloze(NamedTuple):
    """One card of a cloze field, as HTML."""

    question: str
    """With `[...]` or `[hint]` in place of the hidden text; other deletions are shown."""
    answers: tuple[str, ...]
    """The hidden texts in order; formulas still are formulas."""
    full: str
    """Everything shown."""


@dataclass(slots=True)
class _Gap:
    numbers: frozenset[int]
    opening: str
    parts: list[str | _Gap] = field(default_factory=list)
    hint: str | None = None


def cloze(text: str, number: int) -> Cloze:
    """The card with this number (from 1). Without such a deletion there are no answers."""
    asked = _Shown(number)
    root = _read(text)
    for part in root:
        asked.add(part)
    return Cloze("".join(asked.question), tuple(asked.answers), _revealed(root))


def _read(text: str) -> list[str | _Gap]:
    """The field as texts and gaps; what is never closed stays text."""
    root: list[str | _Gap] = []
    stack: list[_Gap] = []
    at = 0

    def put(part: str | _Gap) -> None:
        if not stack:
            root.append(part)
        elif stack[-1].hint is None:
            stack[-1].parts.append(part)
        else:
            stack[-1].hint += part if isinstance(part, str) else _revealed(part.parts)

    for found in _TOKEN.finditer(text):
        if found.start() > at:
            put(text[at : found.start()])
        at = found.end()
        if found[1] is not None and len(stack) < _DEEPEST:
            numbers = frozenset(int(n) for n in found[1].split(","))
            stack.append(_Gap(numbers, found[0]))
        elif found[0] == "}}" and stack:
            put(stack.pop()) if len(stack) == 1 else _close(stack)
        elif found[0] == "::" and stack and stack[-1].hint is None:
            stack[-1].hint = ""
        else:
            put(found[0])
    put(text[at:])
    while stack:
        gap = stack.pop()
        unclosed = [gap.opening, *gap.parts, *(() if gap.hint is None else ("::", gap.hint))]
        for part in unclosed:
            put(part)
    return root


def _close(stack: list[_Gap]) -> None:
    gap = stack.pop()
    outer = stack[-1]
    if outer.hint is None:
        outer.parts.append(gap)
    else:
        outer.hint += _revealed(gap.parts)


def _revealed(parts: list[str | _Gap]) -> str:
    return "".join(part if isinstance(part, str) else _revealed(part.parts) for part in parts)


class _Shown:
    """Goes through a field, hiding the gaps of one number."""

    def __init__(self, number: int) -> None:
        self._number = number
        self._math: tuple[str, str] | None = None
        self.question: list[str] = []
        self.answers: list[str] = []

    def add(self, part: str | _Gap) -> None:
        """Show a text; show or hide a gap."""
        if isinstance(part, str):
            self.question.append(part)
            self._math = _math_after(part, self._math)
        elif self._number in part.numbers:
            self.question.append(f"[{part.hint or '...'}]")
            hidden = _revealed(part.parts)
            self.answers.append(f"{self._math[0]}{hidden}{self._math[1]}" if self._math else hidden)
        else:
            for inner in part.parts:
                self.add(inner)


def _math_after(text: str, before: tuple[str, str] | None) -> tuple[str, str] | None:
    """The signs of the formula that is open after a text."""
    opened, signs = max((text.rfind(pair[0]), pair) for pair in _MATH)
    closed = max(text.rfind(pair[1]) for pair in _MATH)
    if max(opened, closed) < 0:
        return before
    return signs if opened > closed else None
