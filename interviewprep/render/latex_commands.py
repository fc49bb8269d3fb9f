"""What each LaTeX command with arguments becomes: fractions, roots, accents, fonts, brackets."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Final

from interviewprep.render import latex_symbols as symbols
from interviewprep.render.latex_pieces import (
    ATOM,
    SUM,
    Piece,
    as_group,
    bracketed,
    fraction,
    join,
    level,
    script,
)
from interviewprep.render.latex_symbols import Kind
from interviewprep.render.latex_tokens import UnknownFormulaError

if TYPE_CHECKING:
    from interviewprep.render.latex import Reader

_TEXT_ESCAPES: Final = re.compile(r"\\([%$&#_{} ,])")
_NO_MARKS: Final = dict.fromkeys(
    map(ord, {*symbols.SUBSCRIPTS.values(), *symbols.SUPERSCRIPTS.values()} - set("*°†")), ""
) | dict.fromkeys(map(ord, symbols.ACCENTS.values()), "")


def _fraction(reader: Reader, _name: str) -> Piece:
    return fraction(reader.flat_argument(), reader.flat_argument())


def _binomial(reader: Reader, _name: str) -> Piece:
    return Piece(f"({join(reader.flat_argument())} choose {join(reader.flat_argument())})")


def _root(reader: Reader, _name: str) -> Piece:
    degree = ""
    reader.tokens.skip_space()
    if reader.tokens.peek() == "[":
        reader.tokens.take()
        degree, _ = script(reader.closed("]"), mark="", small=symbols.SUPERSCRIPTS)
    inner = reader.flat_argument()
    text = join(inner)
    if level(inner) > ATOM or not text:
        return Piece(f"{degree}√{bracketed(text)}")
    return Piece(f"{degree}√{text}", trails=text[-1:] not in ")]|‖")


def _words(reader: Reader, _name: str) -> Piece:
    r"""\text: words, spaces kept."""
    source = reader.tokens.raw()
    text = _TEXT_ESCAPES.sub(r"\1", source).replace("~", " ")
    if any(sign in _TEXT_ESCAPES.sub("", source) for sign in "\\$"):
        raise UnknownFormulaError("a command inside \\text")
    return Piece(text, Kind.WORD if len(text) > 1 else Kind.ORDINARY)


def _upright(reader: Reader, _name: str) -> Piece:
    r"""\mathrm: a name, or a single upright letter as in dx."""
    pieces = reader.argument()
    text = join(pieces)
    is_word = len(text) > 1 and text.replace(" ", "").isalpha()
    return Piece(text, Kind.WORD if is_word else Kind.ORDINARY, ATOM if is_word else level(pieces))


def _operator(reader: Reader, _name: str) -> Piece:
    text = join(reader.argument())
    return Piece(text, Kind.FUNCTION if len(text) > 1 else Kind.ORDINARY)


def _transparent(reader: Reader, _name: str) -> Piece:
    """Fonts and frames: the argument as it is."""
    return as_group(reader.argument())


def _double_struck(reader: Reader, _name: str) -> Piece:
    return _relettered(as_group(reader.argument()), symbols.DOUBLE_LETTERS)


def _calligraphic(reader: Reader, _name: str) -> Piece:
    return _relettered(as_group(reader.argument()), symbols.SCRIPT_LETTERS)


def _relettered(piece: Piece, letters: Mapping[str, str]) -> Piece:
    return piece._replace(text="".join(letters.get(c, c) for c in piece.text))


def _accented(reader: Reader, name: str) -> Piece:
    """A letter with its mark; the mark of a longer expression is named before it."""
    pieces, mark = reader.flat_argument(), symbols.ACCENTS[name]
    text = join(pieces)
    is_line = name in ("overline", "underline")
    if len(pieces) == 1 and text and (is_line or len(text.translate(_NO_MARKS)) == 1):
        many = is_line and len(text) > 1
        marked = "".join(c + mark for c in text) if many else text[0] + mark + text[1:]
        return pieces[0]._replace(text=unicodedata.normalize("NFC", marked))
    return Piece(f"{name.removeprefix('wide')}({text})")


def _left(reader: Reader, _name: str) -> Piece:
    return Piece(_delimiter(reader), Kind.OPEN)


def _right(reader: Reader, _name: str) -> Piece:
    return Piece(_delimiter(reader), Kind.CLOSE)


def _middle(reader: Reader, _name: str) -> Piece:
    return Piece(_delimiter(reader), Kind.RELATION)


def _delimiter(reader: Reader) -> str:
    reader.tokens.skip_space()
    sign = reader.tokens.take()
    if sign == ".":
        return ""
    if sign[:1] == "\\" and sign[1:] in symbols.DELIMITERS:
        return symbols.DELIMITERS[sign[1:]]
    if sign and sign in "()[]|/<>":
        return {"<": "⟨", ">": "⟩"}.get(sign, sign)
    raise UnknownFormulaError(f"{sign or 'nothing'} is no bracket")


def _over(reader: Reader, _name: str) -> Piece:
    r"""\overset and \stackrel: the first argument above the second."""
    above, base = reader.flat_argument(), as_group(reader.flat_argument())
    return base._replace(text=base.text + script(above, mark="^", small=symbols.SUPERSCRIPTS)[0])


def _under(reader: Reader, _name: str) -> Piece:
    below, base = reader.flat_argument(), as_group(reader.flat_argument())
    text, trails = script(below, mark="_", small=symbols.SUBSCRIPTS)
    return base._replace(text=base.text + text, trails=trails)


def _brace(reader: Reader, _name: str) -> Piece:
    r"""\underbrace and \overbrace: the expression, its label in square brackets after it."""
    inner = as_group(reader.argument())
    if reader.script_mark():
        return Piece(f"{inner.text} [{join(reader.flat_argument())}]", inner.kind, SUM)
    return inner


def _negated(reader: Reader, _name: str) -> Piece:
    pieces = reader.argument()
    if len(pieces) != 1:
        raise UnknownFormulaError("\\not takes one sign")
    return pieces[0]._replace(text=unicodedata.normalize("NFC", f"{pieces[0].text}\u0338"))


def _modulo(reader: Reader, _name: str) -> Piece:
    return Piece(f" (mod {join(reader.argument())})")


def _numbered(reader: Reader, _name: str) -> Piece:
    r"""\tag: the number of an equation."""
    return Piece(f"   ({reader.tokens.raw()})")


def _environment(reader: Reader, _name: str) -> Piece:
    return reader.environment()


COMMANDS: Final[Mapping[str, Callable[[Reader, str], Piece]]] = {
    **dict.fromkeys(("frac", "dfrac", "tfrac", "cfrac", "nicefrac", "sfrac"), _fraction),
    **dict.fromkeys(("binom", "dbinom", "tbinom"), _binomial),
    **dict.fromkeys(("operatorname", "operatorname*"), _operator),
    **dict.fromkeys(("mathbb", "mathbbm", "mathds", "Bbb"), _double_struck),
    **dict.fromkeys(("mathcal", "mathscr"), _calligraphic),
    **dict.fromkeys(("overset", "stackrel"), _over),
    **dict.fromkeys(("underbrace", "overbrace"), _brace),
    **dict.fromkeys(symbols.FONTS, _transparent),
    **dict.fromkeys(symbols.UPRIGHT, _words),
    **dict.fromkeys(symbols.ACCENTS, _accented),
    "boxed": _transparent,
    "sqrt": _root,
    "mathrm": _upright,
    "left": _left,
    "right": _right,
    "middle": _middle,
    "underset": _under,
    "not": _negated,
    "pmod": _modulo,
    "tag": _numbered,
    "begin": _environment,
}
