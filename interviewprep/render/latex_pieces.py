"""The pieces of a formula and how they stand beside one another: spacing, and when brackets are needed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from interviewprep.render.latex_symbols import SUBSCRIPTS, SUPERSCRIPTS, Kind

ATOM: Final = 0
"""Binds like one letter: a number, a name, a bracketed expression, a call."""
PRODUCT: Final = 1
"""Factors beside one another."""
SUM: Final = 2
"""Anything looser: sums, fractions, relations, lists."""


class Piece(NamedTuple):
    """One part of a formula, already as Unicode text."""

    text: str
    kind: Kind = Kind.ORDINARY
    level: int = ATOM
    trails: bool = False
    """Ends in a bare script or an open root, so that a letter right after would be read as part of it."""
    spaced: bool = False
    """The author typed a space before it."""


_SMALL: Final = frozenset(SUPERSCRIPTS.values()) | frozenset(SUBSCRIPTS.values()) - frozenset("*°†′")
_BARE: Final = re.compile(r"\w[\u0300-\u036f\u20d7]*")
_LETTERS: Final = re.compile(f"[^\\W\\d_{''.join(SUBSCRIPTS.values())}{''.join(SUPERSCRIPTS.values())}]+")
_NUMBER: Final = re.compile(r"\d+(?:\.\d+)*")
_INDEXED: Final = re.compile(f"[^\\W\\d_][\u0300-\u036f]*[{''.join(SUBSCRIPTS.values())}]+")
_NO_OPERAND: Final = frozenset(
    (Kind.BINARY, Kind.RELATION, Kind.OPEN, Kind.PUNCTUATION, Kind.LARGE, Kind.FUNCTION, Kind.PREFIX)
)
_FAR: Final = 200
"""Pieces that are looked at for the partner of a bar."""
_FUNCTION_LETTERS: Final = frozenset("fghpqFPQEL")
_LOSES_KIND: Final = frozenset(
    (Kind.PUNCTUATION, Kind.BINARY, Kind.RELATION, Kind.OPEN, Kind.CLOSE, Kind.BAR)
)
_FACTORS: Final = frozenset(
    (Kind.ORDINARY, Kind.WORD, Kind.OPEN, Kind.FUNCTION, Kind.LARGE, Kind.PREFIX, Kind.FRACTION)
)
_NOTHING: Final = Piece("", Kind.OPEN)


def bracketed(text: str) -> str:
    """The text in round brackets."""
    return f"({text})"


def as_group(pieces: Sequence[Piece]) -> Piece:
    """What braces make of their contents: one piece, without brackets of its own."""
    if len(pieces) == 1:
        return pieces[0]._replace(kind=Kind.ORDINARY) if pieces[0].kind in _LOSES_KIND else pieces[0]
    return Piece(join(pieces), level=level(pieces), trails=bool(pieces) and pieces[-1].trails)


def script(pieces: Sequence[Piece], *, mark: str, small: dict[str, str]) -> tuple[str, bool]:
    """A subscript or superscript as text, and whether it trails.

    Small characters if every one exists; words stay words (`_train`); the rest goes into brackets.
    """
    text = join(pieces, tight=True)
    if not text:
        return "", False
    one = pieces[0] if len(pieces) == 1 else None
    is_word = one is not None and text.isalpha() and _is_word(one)
    if not is_word and all(character in small for character in text):
        return "".join(small[character] for character in text), False
    is_sign = (one is not None and len(text) == 1) or (_BARE.fullmatch(text) and text[0] not in _SMALL)
    is_name = mark == "_" and one is not None and (_NUMBER.fullmatch(text) or _LETTERS.fullmatch(text))
    if is_word or is_sign or is_name or (mark == "^" and one is not None and _INDEXED.fullmatch(text)):
        return mark + text, True
    return mark + (text if _is_enclosed(pieces) and text[0] == "(" else bracketed(text)), False


def _is_word(piece: Piece) -> bool:
    """Whether a script is a name (`train`, `model`, `KL`) and not letters that happen to stand together."""
    letters = len(piece.text)
    return letters > 3 or (letters > 1 and (piece.text.isupper() or piece.kind is Kind.WORD))


def fraction(above: Sequence[Piece], below: Sequence[Piece]) -> Piece:
    """A fraction on one line, with the brackets it needs."""
    top, bottom = join(above), join(below)
    if level(above) == SUM:
        top = bracketed(top)
    if level(below) > ATOM:
        bottom = bracketed(bottom)
    return Piece(f"{top}/{bottom}", Kind.FRACTION, SUM)


def level(pieces: Sequence[Piece]) -> int:
    """How loosely an expression binds: ATOM, PRODUCT or SUM."""
    items = [p for p in pieces if p.kind is not Kind.SPACE]
    if len(items) <= 1:
        return items[0].level if items else ATOM
    if _is_enclosed(items) or _is_call(items) or _is_differential(items):
        return ATOM
    depth = 0
    for index, piece in enumerate(items):
        depth -= piece.kind is Kind.CLOSE
        loose = piece.kind in {Kind.RELATION, Kind.PUNCTUATION, Kind.FUNCTION, Kind.LARGE}
        if depth <= 0 and (loose or piece.level == SUM or (piece.kind is Kind.BINARY and index)):
            return SUM
        depth += piece.kind is Kind.OPEN
    return PRODUCT


def _is_enclosed(items: Sequence[Piece]) -> bool:
    """Whether one pair of brackets holds everything."""
    if len(items) < 2 or items[0].kind is not Kind.OPEN or items[-1].kind is not Kind.CLOSE:
        return _is_between_bars(items)
    depth = 0
    for index, piece in enumerate(items):
        depth += (piece.kind is Kind.OPEN) - (piece.kind is Kind.CLOSE)
        if depth == 0 and index < len(items) - 1:
            return False
    return True


def _is_between_bars(items: Sequence[Piece]) -> bool:
    bars = [index for index, piece in enumerate(items) if piece.kind is Kind.BAR]
    return bars == [0, len(items) - 1]


def _is_call(items: Sequence[Piece]) -> bool:
    """Whether a name is applied to a bracket: `log(x)`, `p(x)`; `n(n + 1)` is taken for a product."""
    name, *rest = items
    if rest[0].kind is not Kind.OPEN or rest[0].spaced or not _is_enclosed(rest):
        return False
    if name.kind in {Kind.FUNCTION, Kind.WORD} or name.text[:1] in _FUNCTION_LETTERS:
        return True
    return name.text[:1].isalpha() and all(piece.kind is not Kind.BINARY for piece in rest)


def _is_differential(items: Sequence[Piece]) -> bool:
    """`∂w`, `dx`, `Δt`: a sign tight before one letter."""
    return (
        len(items) == 2
        and (items[0].kind is Kind.PREFIX or items[0].text == "d")
        and items[1].kind is Kind.ORDINARY
        and items[1].level == ATOM
    )


def join(pieces: Sequence[Piece], *, tight: bool = False) -> str:
    """The pieces as one line of text, spaced as a printed formula would be; `tight` in scripts."""
    out: list[str] = []
    before = _NOTHING
    gap = 0
    bars = _Bars(pieces)
    for index, piece in enumerate(pieces):
        if piece.kind is Kind.SPACE:
            gap = max(gap, len(piece.text))
            continue
        after = _next(pieces, index)
        now = bars.settled(index, before, after) if piece.kind is Kind.BAR else piece
        if now.kind is Kind.BINARY and _is_unary(before, after):
            now = now._replace(kind=Kind.PREFIX)
        elif now.kind is Kind.FRACTION and _multiplies(before, after):
            now = now._replace(text=bracketed(now.text))
        if out:
            gap = max(gap, _gap(before, now, tight=tight))
            out.append(" " * gap)
        out.append(now.text)
        bars.follow(now)
        before = now
        gap = 0
    return "".join(out)


def _next(pieces: Sequence[Piece], index: int) -> Piece | None:
    return next((p for p in pieces[index + 1 :] if p.kind is not Kind.SPACE), None)


def _is_unary(before: Piece, after: Piece | None) -> bool:
    return (
        before.kind in _NO_OPERAND
        or after is None
        or after.kind in {Kind.CLOSE, Kind.PUNCTUATION, Kind.RELATION}
    )


def _multiplies(before: Piece, after: Piece | None) -> bool:
    """Whether a fraction has a factor after it, or is one whose extent would be unclear without brackets."""
    follows = after is not None and (after.kind in _FACTORS or after.kind is Kind.BAR) and after.text != "!"
    return follows or before.kind in {Kind.FUNCTION, Kind.FRACTION} or before.text == "/"


def _gap(before: Piece, piece: Piece, *, tight: bool) -> int:
    """Spaces between two neighbours."""
    kinds = (before.kind, piece.kind)
    if Kind.RELATION in kinds or Kind.BINARY in kinds:
        is_word = any(
            p.text.isalpha() and p.kind in {Kind.RELATION, Kind.BINARY} and len(p.text) > 1
            for p in (before, piece)
        )
        return 1 if is_word or not tight else 0
    if before.kind is Kind.PUNCTUATION:
        return 0 if tight else _gap_after_punctuation(before, piece)
    if (
        before.kind is Kind.OPEN
        or piece.kind in {Kind.CLOSE, Kind.PUNCTUATION}
        or "/" in (before.text, piece.text)
    ):
        return 0
    if before.text[-1:] == " " or piece.text[:1] in " !%′" or piece.text[:1] in _SMALL:
        return 0
    if before.trails and piece.text[:1].isalnum():
        return 1
    if before.kind is Kind.PREFIX or Kind.BAR in kinds:
        return 0
    if piece.kind is Kind.OPEN:
        return _gap_before_bracket(before, piece, tight=tight)
    if (
        piece.kind is Kind.FRACTION
        and before.kind in {Kind.FRACTION, Kind.FUNCTION}
        and piece.text[:1] == "("
    ):
        return 0
    if Kind.FUNCTION in kinds or Kind.WORD in kinds:
        return 1
    if Kind.LARGE in kinds or Kind.FRACTION in kinds:
        return 0 if tight else 1
    after_bracket = before.kind is Kind.CLOSE and piece.text[:1].isalnum()
    words = _is_run(before) and _is_run(piece)
    return 1 if (words and piece.spaced) or (not tight and (piece.spaced or after_bracket)) else 0


def _gap_after_punctuation(before: Piece, piece: Piece) -> int:
    """A list of digits keeps the author's spacing (`[3,1,-2]`, `1:30`); elsewhere a space follows."""
    if piece.spaced or before.text == ";":
        return 1
    if before.text == ":" and not before.spaced:
        return 0
    return 0 if piece.text[:1].isdigit() or piece.text[:1] == "−" else 1


def _gap_before_bracket(before: Piece, piece: Piece, *, tight: bool) -> int:
    if before.kind is Kind.LARGE:
        return 0 if tight else 1
    round_or_square = piece.text[:1] in "([{"
    if before.kind in {Kind.FUNCTION, Kind.FRACTION}:
        return 0 if round_or_square else 1
    return 1 if piece.spaced and not tight and before.kind is not Kind.WORD else 0


def _is_run(piece: Piece) -> bool:
    return len(piece.text) > 1 and piece.text.isalpha()


class _Bars:
    """Tells what each `|` is: an opening or closing bar of a norm, or "given"."""

    def __init__(self, pieces: Sequence[Piece]) -> None:
        self._pieces = pieces
        self._open: list[list[str]] = [[]]

    def follow(self, piece: Piece) -> None:
        """Keep track of brackets, so that bars pair up within them."""
        if piece.text[:1] in "|‖":
            return
        if piece.kind is Kind.OPEN:
            self._open.append([])
        elif piece.kind is Kind.CLOSE and len(self._open) > 1:
            self._open.pop()

    def settled(self, index: int, before: Piece, after: Piece | None) -> Piece:
        """The bar at `index` with the kind it has there."""
        piece, here = self._pieces[index], self._open[-1]
        sign = piece.text[:1]
        if before.kind in _NO_OPERAND:
            here.append(sign)
            return piece._replace(kind=Kind.OPEN)
        if here and here[-1] == sign:
            here.pop()
            return piece._replace(kind=Kind.CLOSE)
        if piece.spaced and after is not None and after.spaced:
            return piece._replace(kind=Kind.RELATION)
        if self._left(index, sign) % 2 == 0:
            here.append(sign)
            return piece._replace(kind=Kind.OPEN)
        return piece

    def _left(self, index: int, sign: str) -> int:
        """How many such bars stand from here to the end of the bracket."""
        depth = count = 0
        for piece in self._pieces[index : index + _FAR]:
            depth += (piece.kind is Kind.OPEN) - (piece.kind is Kind.CLOSE)
            if depth < 0:
                break
            count += depth == 0 and piece.kind is Kind.BAR and piece.text[:1] == sign
        return count
