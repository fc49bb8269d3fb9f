"""Reads formulas and ranges in a text, as people type them: `TP/(TP+FN)`, `2 over fan in`, `(0, 1)`.

They are worked out at a few points where every name has a number of its own, so that two that agree there
are equal, however they are written.
"""

from __future__ import annotations

import cmath
import re
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Final, NamedTuple
from zlib import crc32

from interviewprep.grading.formula_tokens import (
    BRACKETLESS,
    CHOICES,
    FUNCTIONS,
    KEPT,
    LONG_NAMES,
    UNJUDGED,
    Piece,
    pieces,
)
from interviewprep.grading.words import plain

MOST_TOKENS: Final = 60
"""Of one formula."""
MOST_STEPS: Final = 200
"""Tokens taken for one formula, those of vain attempts included: many where brackets never close."""
DEEPEST: Final = 12
"""Brackets, signs and functions inside of each other."""
POINTS: Final = 3
"""Points at which formulas are worked out: twice all names between 0.1 and 0.9, once all below zero."""

Values = tuple[complex, ...]


class Formula(NamedTuple):
    """A formula, or a range such as (0, 1), in a text."""

    start: int
    end: int
    values: tuple[Values, ...]
    """At the points, once for each way it may be meant: `a/b+c` also as `a/(b+c)`, `a+b/c` as `(a+b)/c`."""
    parts: tuple[Values, ...]
    """The same of everything it is made of."""
    names: frozenset[str]
    numbers: frozenset[float]
    signs: tuple[str, ...]
    """Operators and functions, sorted."""
    judged: bool
    """False where it may be right and not look it."""
    ends: tuple[float, float] | None = None
    """Of a range."""


def formulas(text: str) -> list[Formula]:
    """The formulas and ranges of a text, in order; both sides of an equation are formulas."""
    letters = zip(text, plain(text), strict=True)
    flat = _SPOKEN.sub(r"fan_\1", "".join(typed if typed in KEPT else letter for typed, letter in letters))
    tokens = pieces(flat)
    found = [
        Formula(m.start(), m.end(), (), (), frozenset(), frozenset(), (), judged=True, ends=_ends(m))
        for m in _RANGE.finditer(flat)
    ]
    place = 0
    while place < len(tokens):
        reader = _Reader(tokens[place : place + MOST_TOKENS])
        formula = reader.formula()
        place += max(1, reader.at)
        if formula is not None:
            found.append(formula)
    return sorted(found, key=lambda formula: formula.start)


_NUMBER = r"[-−]?\s?\d+(?:\.\d+)?"
_RANGE = re.compile(
    rf"[(\[]\s*({_NUMBER})\s*,\s*({_NUMBER})\s*[)\]]"
    rf"|(?<![\w.^*/+-])({_NUMBER})\s+(?:to|and|up to)\s+({_NUMBER})(?![\w^*/%])(?!\.\d)"
)
_SPOKEN = re.compile(r"\bfan[ -](in|out)\b")
_ANY = "x"
"""What the name of a formula with one name is read as: `s(1-s)` and `y(1-y)` say the same."""
_DERIVATIVE = re.compile("d[a-z]")
"""`dL/dw` is one quotient among many right ones."""


class _Node(NamedTuple):
    values: Values
    names: frozenset[str] = frozenset()
    numbers: frozenset[float] = frozenset()
    parts: tuple[Values, ...] = ()
    signs: tuple[str, ...] = ()
    judged: bool = True
    bare: Values = (1 + 0j,) * POINTS
    """Without the numbers it is multiplied by."""


class _UnreadableError(Exception):
    """Here is no formula."""


def _ends(match: re.Match[str]) -> tuple[float, float]:
    first, second = (g for g in match.groups() if g is not None)
    low, high = (float(g.replace("−", "-").replace(" ", "")) for g in (first, second))
    return low, high


def _number_of(name: str, point: int) -> complex:
    share = crc32(f"{name} {point}".encode()) / 2**32
    value = 0.1 + 0.8 * share
    return complex(-value if point == POINTS - 1 else value)


def _has_norm(read: Sequence[Piece]) -> bool:
    """Whether there is a `||w||`: a sum in another spelling."""
    return any(a.text == b.text == "|" for a, b in pairwise(read))


class _Reader:
    """Reads one formula from a place on, by recursive descent."""

    def __init__(self, tokens: Sequence[Piece]) -> None:
        self.tokens = tokens
        self.at = 0
        self.depth = 0
        self.steps = 0

    def formula(self) -> Formula | None:
        """The formula that begins here; None where there is none."""
        node = self._attempt(self.sum)
        if self.steps > MOST_STEPS:
            self.at = len(self.tokens)
            return None
        if node is None or not node.names or not set(node.signs) - {"neg"}:
            return None
        read = self.tokens[: self.at]
        if node.names != {_ANY} and len(node.names) == 1:
            renamed = [t._replace(text=_ANY) if t.text in node.names else t for t in read]
            found = _Reader(renamed).formula()
            return found and found._replace(names=node.names)
        slash = next((i for i, t in enumerate(read) if t.text == "/"), 0)
        values = list(dict.fromkeys([node.values, *(_slash_readings(read, slash) if slash else [])]))
        if len(values) > 1 and read[slash].end - read[slash].start > 1:
            # As said, `2 over fan in plus fan out` never divides by the next word alone.
            values = values[1:]
        return Formula(
            self.tokens[0].start,
            read[-1].end,
            tuple(values),
            node.parts,
            node.names,
            node.numbers,
            tuple(sorted(node.signs)),
            node.judged and not any(_DERIVATIVE.fullmatch(n) for n in node.names) and not _has_norm(read),
        )

    def all(self) -> _Node | None:
        """All tokens as one formula; None where they are not."""
        node = self._attempt(self.sum)
        return node if self.at == len(self.tokens) else None

    def sum(self) -> _Node:
        """Terms joined by plus and minus."""
        return self._chain(self._product, "+-")

    def _product(self) -> _Node:
        return self._chain(self._power, "*/")

    def _chain(self, part: Callable[[], _Node], signs: str) -> _Node:
        node = part()
        while True:
            begun, sign = self.at, self._sign()
            if sign and sign in signs:
                self.at += 1
            elif signs == "*/" and self._side_by_side():
                sign = ""
            else:
                return node
            following = self._attempt(part)
            if following is None:
                self.at = begun
                return node
            node = _join(node, sign or "*", following, signs=(sign,) if sign else ())

    def _power(self) -> _Node:
        node = self._operand()
        if self._sign() != "^":
            return node
        self.at += 1
        return _join(node, "^", self._power() if self._sign() != "-" else self._operand(), signs=("^",))

    def _operand(self) -> _Node:
        self.depth += 1
        if self.depth > DEEPEST:
            # Whatever is tried next is too deep as well.
            self.steps = MOST_STEPS
        node = self._read(self._take())
        self.depth -= 1
        return node

    def _read(self, token: Piece) -> _Node:
        if token.kind == "number":
            value = float(token.text)
            return _Node((complex(value),) * POINTS, numbers=frozenset({value}))
        if token.text in ("-", "+"):
            node = self._power()
            return node if token.text == "+" else _applied("neg", lambda v: -v, node)
        if token.text == "(":
            return self._inside(")")[0]
        if token.text == "|":
            return self._absolute()
        if token.kind != "name":
            raise _UnreadableError
        return self._named(token.text)

    def _named(self, name: str) -> _Node:
        if name == "e" and self._sign() == "^":
            self.at += 1
            return _applied("exp", cmath.exp, self._power())
        if name in CHOICES and self._sign() == "(":
            self.at += 1
            arguments = self._inside(")")
            values = tuple(CHOICES[name](row) for row in zip(*(a.values for a in arguments), strict=True))
            return _over(arguments, values, (name,))
        if name in FUNCTIONS and (name in BRACKETLESS or self._sign() in ("(", "|")):
            return _applied(name, FUNCTIONS[name], self._power())
        if name in UNJUDGED:
            factor = 1 + crc32(name.encode()) / 2**32
            node = self._attempt(self._power) or _Node((1 + 0j,) * POINTS)
            return _applied(name, lambda v: cmath.sin(factor * v + factor), node)._replace(judged=False)
        values = tuple(_number_of(name, point) for point in range(POINTS))
        return _Node(values, frozenset({name}), bare=values)

    def _absolute(self) -> _Node:
        double = self._sign() == "|"
        self.at += double
        node = self.sum()
        for _ in range(1 + double):
            if self._take().text != "|":
                raise _UnreadableError
        return _applied("abs", lambda v: complex(abs(v)), node)

    def _inside(self, close: str) -> list[_Node]:
        found = [self.sum()]
        while self._sign() == ",":
            self.at += 1
            found.append(self.sum())
        if self._take().text != close:
            raise _UnreadableError
        return found

    def _side_by_side(self) -> bool:
        """Whether a product without a sign goes on: `2P`, `f(W)(x)`, `Q K`, but not two words."""
        if not 0 < self.at < len(self.tokens):
            return False
        last, following = self.tokens[self.at - 1 : self.at + 1]
        if following.kind != "name" and following.text != "(":
            return False
        if last.kind == "name" and following.kind == "name":
            return len(last.text) == len(following.text) == 1
        is_name = following.kind == "name" and (len(following.text) == 1 or following.text in LONG_NAMES)
        return last.end == following.start or (last.text == ")" and is_name)

    def _attempt(self, part: Callable[[], _Node]) -> _Node | None:
        """What `part` reads, or nothing, and nothing taken."""
        begun, depth = self.at, self.depth
        try:
            return part()
        except (_UnreadableError, ArithmeticError, ValueError):
            self.at, self.depth = begun, depth
            return None

    def _sign(self) -> str:
        token = self.tokens[self.at] if self.at < len(self.tokens) else None
        return token.text if token is not None and token.kind == "sign" else ""

    def _take(self) -> Piece:
        self.steps += 1
        if self.at >= len(self.tokens) or self.steps > MOST_STEPS:
            raise _UnreadableError
        self.at += 1
        return self.tokens[self.at - 1]


def _join(left: _Node, sign: str, right: _Node, *, signs: tuple[str, ...]) -> _Node:
    pairs = zip(left.values, right.values, strict=True)
    if sign == "+":
        values = tuple(a + b for a, b in pairs)
    elif sign == "-":
        values = tuple(a - b for a, b in pairs)
    elif sign == "*":
        values = tuple(a * b for a, b in pairs)
    elif sign == "/":
        values = tuple(a / b for a, b in pairs)
    else:
        values = tuple(a**b for a, b in pairs)
    node = _over([left, right], values, signs)
    if sign != "*":
        return node
    bare = tuple(a * b for a, b in zip(left.bare, right.bare, strict=True))
    parts = (*node.parts, bare) if left.names and right.names else node.parts
    return node._replace(bare=bare, parts=parts)


def _applied(name: str, function: Callable[[complex], complex], node: _Node) -> _Node:
    return _over([node], tuple(function(v) for v in node.values), (name,))


def _over(nodes: Sequence[_Node], values: Values, signs: tuple[str, ...]) -> _Node:
    if not all(cmath.isfinite(v) for v in values):
        raise _UnreadableError
    return _Node(
        values,
        frozenset[str]().union(*(n.names for n in nodes)),
        frozenset[float]().union(*(n.numbers for n in nodes)),
        tuple(part for n in nodes for part in (*n.parts, *((n.values,) if n.names and n.signs else ()))),
        (*signs, *(sign for n in nodes for sign in n.signs)),
        all(n.judged for n in nodes),
        values,
    )


def _slash_readings(tokens: Sequence[Piece], slash: int) -> list[Values]:
    """The values where the first slash divides all before it, by all that follows or by the next factor."""
    left, right = tokens[:slash], tokens[slash + 1 :]
    above = [Piece("sign", "(", 0, 0), *left, Piece("sign", ")", left[-1].end, left[-1].end), tokens[slash]]
    below = [Piece("sign", "(", 0, 0), *right, Piece("sign", ")", right[-1].end, right[-1].end)]
    nodes = (_Reader([*above, *rest]).all() for rest in (below, right))
    return [node.values for node in nodes if node is not None]
