"""Reads the LaTeX subset that cards use and turns it into pieces of Unicode text.

Arguments and scripts follow TeX's own rules (Knuth, The TeXbook, chapters 16 to 18). Everything outside
the subset raises `UnknownFormulaError`, and the caller shows the source instead.
"""

from __future__ import annotations

import unicodedata
from typing import Final

from interviewprep.render import latex_grids as grids
from interviewprep.render import latex_symbols as symbols
from interviewprep.render.latex_commands import COMMANDS
from interviewprep.render.latex_pieces import (
    ATOM,
    PRODUCT,
    SUM,
    Piece,
    as_group,
    bracketed,
    join,
    script,
)
from interviewprep.render.latex_symbols import Kind
from interviewprep.render.latex_tokens import Tokens, UnknownFormulaError

_DEEPEST: Final = 30
_END_OF_CELL: Final = frozenset(("&", "\\\\", "\\end"))
_LIMITS: Final = frozenset(("\\limits", "\\nolimits"))


class Reader:
    """One pass over the source of one formula.

    Grids of the `stacked` kinds (`matrix`, `cases`, `lines`) are kept apart to be drawn as rows, the
    others become part of the line.
    """

    def __init__(self, source: str, *, stacked: frozenset[str]) -> None:
        self.tokens = Tokens(source)
        self.grids: list[grids.Grid] = []
        self._stacked = stacked
        self._depth = 0
        self._flat = 0

    def formula(self) -> str:
        """The whole formula as one line; places of grids in it are filled in by `latex_grids.compose`."""
        rows = self._rows(end="")
        if len(rows) == 1 and len(rows[0]) == 1:
            return unicodedata.normalize("NFC", rows[0][0])
        return unicodedata.normalize("NFC", self._grid(rows, grids.STYLES["aligned"]).text)

    def pieces(self, stops: frozenset[str]) -> list[Piece]:
        """Pieces up to one of the stop signs (left unread) or the end."""
        self._depth += 1
        if self._depth > _DEEPEST:
            raise UnknownFormulaError("nested too deeply")
        found: list[Piece] = []
        spaced = False
        while (sign := self.tokens.peek()) and sign not in stops:
            self.tokens.take()
            if sign.isspace():
                spaced = True
                continue
            piece = self._piece(sign)
            if piece is not None:
                found.append(self._with_scripts(piece)._replace(spaced=spaced))
                spaced = False
        self._depth -= 1
        return found

    def closed(self, end: str) -> list[Piece]:
        """Pieces up to a closing sign, which is taken."""
        pieces = self.pieces(frozenset((end,)))
        self.tokens.expect(end)
        return pieces

    def argument(self) -> list[Piece]:
        """What a command or script applies to: a group, or the next single sign."""
        self.tokens.skip_space()
        sign = self.tokens.take()
        if not sign:
            raise UnknownFormulaError("the formula ends too early")
        if sign == "{":
            return self.closed("}")
        if len(sign) > 1 and sign[0] != "\\" and sign != "...":
            self.tokens.put_back(sign[1:])
            sign = sign[0]
        if sign in "^_'":
            raise UnknownFormulaError(f"{sign} has nothing to apply to")
        piece = self._piece(sign)
        return [piece] if piece is not None else []

    def flat_argument(self) -> list[Piece]:
        """An argument in which nothing can take several rows."""
        self._flat += 1
        pieces = self.argument()
        self._flat -= 1
        return pieces

    def script_mark(self) -> str:
        """Takes the next `_`, `^` or `'`, also after spaces and \\limits; '' if none follows."""
        return self.tokens.take_past(_LIMITS, "_^'")

    def environment(self) -> Piece:
        """\\begin{...} to \\end{...}: a grid."""
        name = self.tokens.raw()
        style = grids.STYLES.get(name)
        if style is None:
            raise UnknownFormulaError(f"the environment {name} is not known")
        if name == "array":
            self.tokens.raw()
        inside = style.align != "lines"
        self._flat += inside
        rows = self._rows(end=name)
        self._flat -= inside
        return self._grid(rows, style)

    def _piece(self, sign: str) -> Piece | None:
        """The piece that starts with a sign just taken; None for mere layout."""
        if sign[0] == "\\" and len(sign) > 1:
            return self._command(sign[1:])
        if sign == "{":
            return as_group(self.closed("}"))
        if sign in "^_'":
            self.tokens.put_back(sign)
            return Piece("")
        if sign in "}&$\\" or "\ufdd0" <= sign <= "\ufdef":
            raise UnknownFormulaError(f"{sign} has no place here")
        if sign == "~":
            return Piece(" ", Kind.SPACE)
        if sign == ":":
            if self.tokens.peek() == "=":
                self.tokens.take()
                return Piece(":=", Kind.RELATION)
            return Piece(":", Kind.PUNCTUATION)
        if sign.isascii() and sign.isalpha():
            return self._letters(sign)
        shown = {"-": "−", "...": "…"}.get(sign, sign)
        return Piece(shown, symbols.CHARACTER_KINDS.get(shown, Kind.ORDINARY), SUM if sign == "/" else ATOM)

    def _letters(self, run: str) -> Piece:
        """Letters typed together; a script that follows belongs to the last one only."""
        if len(run) > 1 and self.tokens.peek() in ("^", "_", "'"):
            self.tokens.put_back(run[-1])
            run = run[:-1]
        is_name = len(run) == 1 or run.isupper() or len(run) > 3
        is_differential = len(run) == 2 and run[0] == "d"
        return Piece(run, level=ATOM if is_name or is_differential else PRODUCT)

    def _command(self, name: str) -> Piece | None:
        if name in symbols.SIGNS:
            return Piece(*symbols.SIGNS[name])
        if name in symbols.IGNORED:
            return None
        if name in symbols.SPACES:
            return Piece(symbols.SPACES[name], Kind.SPACE) if symbols.SPACES[name] else None
        handler = COMMANDS.get(name)
        if handler is None:
            raise UnknownFormulaError(f"\\{name} is not known")
        return handler(self, name)

    def _with_scripts(self, base: Piece) -> Piece:
        """The base with the primes, subscript and superscript that follow it."""
        primes, below, above = "", None, None
        while mark := self.script_mark():
            if mark == "'":
                primes += "′"
            elif mark == "_" and below is None:
                below = self.flat_argument()
            elif mark == "^" and above is None:
                above = self.flat_argument()
            else:
                raise UnknownFormulaError(f"two {mark} on one sign")
        if not primes and below is None and above is None:
            return base
        primes = primes.replace("′′", "″")
        low, low_trails = script(below or [], mark="_", small=symbols.SUBSCRIPTS)
        high, high_trails = script(above or [], mark="^", small=symbols.SUPERSCRIPTS)
        needs_brackets = base.level > ATOM or (base.trails and (high or primes))
        text = (bracketed(base.text) if needs_brackets else base.text) + primes + low + high
        kind = Kind.ORDINARY if base.kind is Kind.FRACTION else base.kind
        return Piece(text, kind, trails=high_trails if high else low_trails)

    def _rows(self, *, end: str) -> list[tuple[str, ...]]:
        """Cells by row, up to the end of the environment (or of the formula where `end` is '')."""
        rows: list[tuple[str, ...]] = []
        cells: list[str] = []
        while True:
            cells.append(join(self.pieces(_END_OF_CELL)))
            sign = self.tokens.take()
            if sign == "&":
                continue
            rows.append(tuple(cells))
            cells = []
            if sign != "\\\\":
                break
            if self.tokens.peek() == "[":
                self.tokens.take()
                self.closed("]")
        if sign != ("\\end" if end else ""):
            raise UnknownFormulaError(f"\\end{{{end}}} is missing" if end else "\\end without \\begin")
        if end:
            self.tokens.expect_group(end)
        if len(rows) > 1 and rows[-1] == ("",):
            rows.pop()
        return rows

    def _grid(self, rows: list[tuple[str, ...]], style: grids.Style) -> Piece:
        grid = grids.Grid(tuple(rows), style)
        is_enclosed = bool(style.left or style.align == "matrix")
        if self._flat or style.align not in self._stacked:
            return Piece(grids.on_one_line(grid), level=ATOM if is_enclosed else SUM)
        if len(self.grids) == grids.MOST:
            raise UnknownFormulaError("too many matrices")
        self.grids.append(grid)
        return Piece(chr(grids.FIRST_PLACE + len(self.grids) - 1))
