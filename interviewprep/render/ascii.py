"""Words and simple signs for the characters that formulas use, for terminals that have only ASCII."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

from interviewprep.render import latex_symbols as symbols

_RAISED: Final = {small: big for big, small in reversed(symbols.SUPERSCRIPTS.items()) if small not in "*°†′"}
_LOWERED: Final = {small: big for big, small in symbols.SUBSCRIPTS.items()}
_RAISED_RUN: Final = re.compile(f"[{re.escape(''.join(_RAISED))}]+")
_LOWERED_RUN: Final = re.compile(f"[{re.escape(''.join(_LOWERED))}]+")
_OTHER: Final = re.compile(r"[^\x00-\x7f]")
_MARK_NAMES: Final = {mark: name for name, mark in reversed(symbols.ACCENTS.items())}

_ACCENTED: Final = "\u0302\u0304\u0303"
"""The accents that formulas use: spelled out, where other accented letters just lose theirs."""

_SIMPLE: Final = symbols.table("""
    − - – - — - × x · * ÷ / ′ ' ″ '' “ " ” " ‘ ' ’ ' … ... ← <- → -> ⇒ => ⇔ <=> ↔ <-> ≤ <= ≥ >= ≠ != ≈ ~=
    ∼ ~ ≡ == ≪ << ≫ >> ± +- ‖ || ─ - │ | • - ◦ - ▸ > ✓ v ✗ x ▓ # ░ . ▏ | √ sqrt ∑ sum ∏ prod ∫ int ∇ grad
    ∂ d ∞ inf ∈ in ∉ not_in ℝ R ⎡ [ ⎢ [ ⎣ [ ⎤ ] ⎥ ] ⎦ ] ⎛ ( ⎜ ( ⎝ ( ⎞ ) ⎟ ) ⎠ ) ⎧ { ⎪ { ⎨ { ⎩ { ⎫ } ⎬ } ⎭ }
""")


def to_ascii(text: str) -> str:
    """Text with `β` as `beta`, `x²` as `x^2`, `ŷ` as `y_hat`, `≤` as `<=`; what has no likeness stays."""
    if text.isascii():
        return text
    text = _RAISED_RUN.sub(lambda run: _script("^", "".join(_RAISED[c] for c in run[0])), text)
    text = _LOWERED_RUN.sub(lambda run: _script("_", "".join(_LOWERED[c] for c in run[0])), text)
    text = unicodedata.normalize("NFC", text)
    return _OTHER.sub(lambda found: _spelled(found[0], found.string, found.start()), text)


def _script(mark: str, inner: str) -> str:
    return f"{mark}{inner}" if len(inner) == 1 or inner.isdigit() else f"{mark}({inner})"


def _spelled(sign: str, text: str, at: int) -> str:
    """The sign in ASCII, set off where it would run into a neighbouring word."""
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    word = _name(sign)
    if len(word) > 1 and word.isalpha():
        return (" " if before.isalnum() else "") + word + (" " if after.isalnum() or after == "√" else "")
    if word[1:2] == "_" and (before.isalpha() or after.isalpha()):
        return word[0]
    return word


@lru_cache(maxsize=512)
def _name(sign: str) -> str:
    if sign in _SIMPLE:
        return _SIMPLE[sign]
    name = next((name for name, (shown, _) in symbols.SIGNS.items() if shown == sign), "")
    if name:
        return name
    apart = unicodedata.normalize("NFKD", sign)
    letter, marks = apart[0], apart[1:]
    if letter in _MARK_NAMES:
        return f"_{_MARK_NAMES[letter]}"
    if letter.isascii() and marks and all(mark in _MARK_NAMES for mark in marks):
        return letter + "".join(f"_{_MARK_NAMES[mark]}" for mark in marks if mark in _ACCENTED)
    return letter if letter.isascii() and not marks else sign
