"""Formulas in a text as tokens: names, numbers, signs, as people type them.

A name is read as formulas are compared by it: `η`, `lr` and `learning_rate` are one name, steps in
subscripts such as `t-1` are left out, and words of the language are none. Where words stand between two
tokens there is a break.
"""

from __future__ import annotations

import cmath
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Final, NamedTuple

from interviewprep.grading.signs import GREEK, NUMBER_WORDS
from interviewprep.grading.terms import EMPTY


class Piece(NamedTuple):
    """A token of a formula, or a break between two."""

    kind: str
    """`number`, `name`, `sign` or `break`."""
    text: str
    """As compared: `*` for `times` and `·`."""
    start: int
    end: int
    """Where it stands in the text."""


def _squared(value: complex) -> complex:
    return value * value


def _sigmoid(value: complex) -> complex:
    return 1 / (1 + cmath.exp(-value))


def _real(chosen: Callable[[list[float]], float]) -> Callable[[Sequence[complex]], complex]:
    return lambda values: complex(chosen([v.real for v in values]))


FUNCTIONS: Final[Mapping[str, Callable[[complex], complex]]] = {
    "sqrt": cmath.sqrt, "exp": cmath.exp, "log": cmath.log, "ln": cmath.log, "abs": lambda v: complex(abs(v)),
    "tanh": cmath.tanh, "sigmoid": _sigmoid, "floor": complex, "ceil": complex, "round": complex,
    "square": _squared,
}  # fmt: skip
"""Functions of one value; rounding is often left out and counts for nothing."""
BRACKETLESS: Final = frozenset({"sqrt", "log", "ln", "exp"})
"""Functions often written without brackets."""
CHOICES: Final[Mapping[str, Callable[[Sequence[complex]], complex]]] = {"max": _real(max), "min": _real(min)}
UNJUDGED: Final = frozenset(
    {"sum", "mean", "avg", "average", "e", "f", "phi", "relu", "softmax", "var", "product", "frac"}
)
"""Functions whose values are made up: formulas with them may be right and not look it."""
_LONG = """
alpha beta gamma delta epsilon theta lambda lamda sigma omega grad gradient precision recall stride kernel
abar mhat vhat xhat yhat velocity momentum dilation jump head heads total
"""
LONG_NAMES: Final = frozenset(_LONG.split())
"""Names with more than `_SHORT` letters."""
KEPT: Final = frozenset("²³½")
"""Letters that mean more than the plain ones."""

_LETTER = r"[^\W\d_²³½]"
_TOKEN = re.compile(
    r"(?P<break>^[ \t]*[-*•][ \t])"
    r"|(?P<number>(?:\d+(?:\.\d+)?|\.\d+)(?:e-?\d+\b)?|½)"
    rf"|(?P<name>√|∑|{_LETTER}+\d*(?:_(?:\{{[^{{}}]{{0,12}}\}}|(?:{_LETTER}|\d)+))*'?)"
    r"|(?P<sign>\*\*|//|[-−+*·×⋅/÷^@()\[\]{}|,=²³])",
    re.MULTILINE,
)
"""A sign that begins a line is the mark of a list."""
_SIGNS = {
    "−": "-", "·": "*", "×": "*", "⋅": "*", "@": "*", "÷": "/", "//": "/", "**": "^", "[": "(", "]": ")",
    "{": "(", "}": ")",
}  # fmt: skip
_WORDS = {"times": "*", "over": "/", "plus": "+", "minus": "-"}
_NUMBERS = {**NUMBER_WORDS, "one": 1.0, "½": 0.5}
_ALIASES = {
    "eta": "lr", "learningrate": "lr", "alpha": "lr", "grad": "g", "gradient": "g", "lam": "lambda",
    "lamda": "lambda", "wd": "lambda", "yhat": "p", "eps": "epsilon", "all": "n", "total": "n",
}  # fmt: skip
_MOVING = frozenset({"t", "t-1", "t+1", "i", "j", "l", "k", "n", "old", "new", "prev", "next", "b"})
"""Subscripts that tell steps and entries apart, which many leave out."""
_APART = {"qk": ("q", "k"), "pr": ("p", "r")}
"""Products without a sign."""
_RAISED = {"²": "2", "³": "3"}
_SHORT = 3
"""Letters a name has at most, unless it is known as one."""
_HYPHEN = re.compile(
    rf"(?<=[^\W_])-(?!(?:{'|'.join(sorted(LONG_NAMES | set(FUNCTIONS)))})\d*\b)[^\W\d_]{{3,}}(?!_)"
    r"|(?<=[^\W\d_]{4})-\d+\s+[^\W\d_]{4}"
)
"""`one-hot`, `0.25-ish`, `stride-2 convolution`; not `y-y_hat`, `1-beta` or `(kernel-1)`."""


def pieces(text: str) -> list[Piece]:
    """The tokens and breaks of a text in lower case, in order.

    Letters that say more than their plain form are still as typed: `²`, `³`, `½` (`KEPT`).
    """
    found: list[Piece] = []
    last = 0
    for match in _TOKEN.finditer(text):
        if text[last : match.start()].strip():
            found.append(Piece("break", "", last, last))
        kind, word = _kind(match)
        start, end = match.span()
        if word in _APART:
            found += (Piece(kind, letter, start + i, start + i + 1) for i, letter in enumerate(_APART[word]))
        elif word in _RAISED:
            found += Piece("sign", "^", start, end), Piece("number", _RAISED[word], start, end)
        else:
            found.append(Piece(kind, word, start, end))
        last = match.end()
    return found


def _kind(match: re.Match[str]) -> tuple[str, str]:
    """What a token is, and its text as compared."""
    kind, word = match.lastgroup or "", match.group()
    if word in _WORDS:
        return "sign", _WORDS[word]
    if word in _NUMBERS:
        return "number", str(_NUMBERS[word])
    if kind == "name":
        word = _name(word)
        return ("name", word) if word else ("break", "")
    if word == "-" and _HYPHEN.match(match.string, match.start()):
        return "break", ""
    return kind, _SIGNS.get(word, word)


def _name(word: str) -> str:
    """A name as formulas are compared by it; empty for a word of the language."""
    base, _, below = word.rstrip("'").partition("_")
    base = GREEK.get(base, base)
    below = below.strip("{}").replace("_", "")
    if below and below not in _MOVING:
        base += below
    elif not below and (base in EMPTY and len(base) > 1):
        return ""
    if base in FUNCTIONS or base in CHOICES or base in UNJUDGED:
        return base
    letters = base.rstrip("0123456789")
    if len(letters) > _SHORT and not below and letters not in LONG_NAMES:
        return ""
    return _ALIASES.get(base, base)
