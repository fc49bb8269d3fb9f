"""The signs of a formula's source, one after the other."""

from __future__ import annotations

import re
from typing import Final


class UnknownFormulaError(Exception):
    """Something in a formula is outside the subset; the message names it."""


_SIGN: Final = re.compile(
    r"""\\(?:operatorname\*|[A-Za-z]+|.)    # a command
    |\s+
    |\.\.\.
    |\d+(?:\.\d+)*(?:e[+-]?\d+)?            # a number, also as programs write it
    |[A-Za-z]+
    |.""",
    re.DOTALL | re.VERBOSE,
)


class Tokens:
    """Commands, numbers, runs of letters, single signs and white space, read from left to right."""

    def __init__(self, source: str) -> None:
        self._signs: list[str] = _SIGN.findall(source)
        self._at = 0

    def peek(self) -> str:
        """The next sign, '' at the end."""
        return self._signs[self._at] if self._at < len(self._signs) else ""

    def take(self) -> str:
        """The next sign, '' at the end; it counts as read."""
        sign = self.peek()
        self._at += 1
        return sign

    def put_back(self, sign: str) -> None:
        """Make `sign` (the one just taken, or its end) the next one again."""
        self._at -= 1
        self._signs[self._at] = sign

    def take_past(self, skipped: frozenset[str], wanted: str) -> str:
        """Take the next sign if it is one of the characters `wanted`, also after space and `skipped` ones.

        '' and nothing taken if it is not.
        """
        ahead = self._at
        while ahead < len(self._signs) and (self._signs[ahead].isspace() or self._signs[ahead] in skipped):
            ahead += 1
        if ahead < len(self._signs) and self._signs[ahead] in wanted:
            self._at = ahead + 1
            return self._signs[ahead]
        return ""

    def skip_space(self) -> None:
        """Go to the next sign that is not white space."""
        while self.peek().isspace():
            self._at += 1

    def expect(self, sign: str) -> None:
        """Take this very sign; raises when another one comes."""
        if self.take() != sign:
            raise UnknownFormulaError(f"{sign} is missing")

    def expect_group(self, text: str) -> None:
        """Take a group in braces that holds just this text."""
        if self.raw() != text:
            raise UnknownFormulaError(f"{{{text}}} is missing")

    def raw(self) -> str:
        """The source text of a group in braces."""
        self.skip_space()
        self.expect("{")
        depth, start = 1, self._at
        while depth:
            sign = self.take()
            if not sign:
                raise UnknownFormulaError("} is missing")
            depth += (sign == "{") - (sign == "}")
        return "".join(self._signs[start : self._at - 1])
