"""Plain lines: the same text without styles, drawn brackets or colours."""

from __future__ import annotations

from interviewprep.render.ascii import to_ascii
from interviewprep.render.plain import plain

CARD = """\
The **rule** uses `p.grad`:

$$w \\leftarrow w - \\eta \\hat g$$

- first
  - second

> quoted

| a | b |
|---|---|
| $x_i$ | `y` |

---
"""


def test_plain_lines_use_ascii_signs_and_mark_code() -> None:
    assert plain(CARD, 20) == (
        "The rule uses\n`p.grad`:\n\n    w ← w − η ĝ\n\n- first\n  - second\n\n> quoted\n\n"
        "a   b\n--  ---\nxᵢ  `y`\n\n--------------------"
    )


def test_a_matrix_stays_on_one_line() -> None:
    assert plain(r"$$\begin{bmatrix} 1 & 2 \\ 3 & 4 \end{bmatrix}$$") == "    [1, 2; 3, 4]"


def test_lines_have_no_trailing_spaces_and_no_newline_at_the_end() -> None:
    text = plain("one two three " * 20 + "\n\n- a\n\n  b\n\n| a | b |\n|-|-|\n| c | |", 24)
    assert all(line == line.rstrip() for line in text.split("\n"))
    assert not text.endswith("\n")


def test_formulas_can_be_spelled_in_ascii() -> None:
    text = plain(
        r"$\hat{y}_i = \sigma(z)$, $\sum_{i=1}^n x_i^2 \leq \beta$, $10^{-5}$, $\partial L / \partial w$"
    )
    assert to_ascii(text) == "y_hat_i = sigma(z), sum_(i=1)^n x_i^2 <= beta, 10^(-5), dL/dw"


def test_ascii_keeps_words_readable_and_leaves_what_has_no_likeness() -> None:
    assert to_ascii("naïve “mañana” café — 漢 x̄ ηλ ✓ …") == 'naive "manana" cafe - 漢 x_bar eta  lambda v ...'
    assert to_ascii("as it is") == "as it is"
