"""Matrices, bars, the ROC curve and the moving window, as they look."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.text import Text

from interviewprep.render.pictures import bars, matrix, roc, side_by_side
from interviewprep.render.window import Place, places, window

IMAGE = ((1, 1, 1), (0, 1, 0), (0, 0, 0))
KERNEL = ((1, 0), (0, -1))
MAP = ((3, 2, 0, 5), (5, 9, 9, 4), (4, 1, 7, 6), (1, 2, 3, 4))
ONES = ((1, 1), (1, 1))

PLAIN_ROC = [
    "true positive rate",
    "1 |            ************",
    "  |            *   .   .",
    "  |*************",
    "  |*   .   .",
    "  |*",
    "0 +------------------------",
    "  0  false positive rate  1",
]
DOTTED_ROC = [
    "true positive rate",
    "1 │⡏⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⡉⠉⠍⠉⠋⠉",
    "  │⡇       ⡀ ⠄ ⠂ ⠁ ⠁",
    "  │⡇ ⠄ ⠂ ⠁",
    "0 └────────────────────────",
    "  0  false positive rate  1",
]


def lines(drawn: list[Text]) -> list[str]:
    """Without styles."""
    return [line.plain for line in drawn]


def test_a_matrix_has_brackets_and_columns_to_the_right() -> None:
    assert matrix(((1, -2.5), (30, 4), (0, 0.125))) == ["⎡ 1  -2.5⎤", "⎢30     4⎥", "⎣ 0 0.125⎦"]
    assert matrix(((1, 2),)) == ["[1 2]"]
    assert matrix(((1, 2), (3, 4)), plain=True) == ["|1 2|", "|3 4|"]


def test_a_matrix_can_have_heads_and_names() -> None:
    drawn = matrix(((40, 20), (10, 130)), columns=("said yes", "said no"), names=("yes", "no"))
    assert drawn == ["     said yes  said no", "yes ⎡      40       20⎤", "no  ⎣      10      130⎦"]


def test_bars_have_their_figures_beside_them() -> None:
    assert bars(["3", "1", "-2"], [0.876, 0.118, 0.006], 30) == [
        " 3  0.876  ▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓",
        " 1  0.118  ▓▓",
        "-2  0.006  ▏",
    ]
    assert bars(["a"], [0.5], 20, plain=True) == ["a  0.500  #####"]


def test_blocks_stand_side_by_side() -> None:
    assert side_by_side([["a", "bbb"], ["c"]]) == ["a     c", "bbb"]


def test_a_roc_curve_has_named_axes_and_the_line_of_guessing() -> None:
    corners = ((0.0, 0.0), (0.0, 0.5), (0.5, 0.5), (0.5, 1.0), (1.0, 1.0))
    assert roc(corners, 24, 5, plain=True) == PLAIN_ROC
    assert roc(((0, 0), (0, 1), (1, 1)), 24, 3) == DOTTED_ROC


def test_the_window_stands_in_brackets_with_its_products_and_the_map_so_far() -> None:
    assert lines(window(IMAGE, KERNEL, 1, 1)) == [
        "window 2 of 4: row 1, column 2 of the output",
        "image        kernel    pixel * weight      output",
        "⎡ 1[1 1]⎤    ⎡1  0⎤    1*1 + 1*0    = 1    ⎡0 1⎤",
        "⎢ 0[1 0]⎥    ⎣0 -1⎦    1*0 + 0*(-1) = 0    ⎣· ·⎦",
        "⎣ 0 0 0 ⎦                  together = 1",
    ]


def test_only_the_cells_under_the_window_are_marked_by_style() -> None:
    drawn = window(IMAGE, KERNEL, 1, 3)
    marked = [
        (line.plain[span.start : span.end], span.style)
        for line in drawn
        for span in line.spans
        if "reverse" in str(span.style)
    ]
    assert marked == [(cell, "bold reverse") for cell in ("1", "0", "0", "0")]


@pytest.mark.parametrize(("rule", "value", "so_far"), [("max", "9", "9 9"), ("mean", "4.50", "4.75 4.50")])
def test_pooling_says_its_rule(rule: str, value: str, so_far: str) -> None:
    drawn = "\n".join(lines(window(MAP, ONES, 2, 1, rules=(rule,))))
    assert "0, 5, 9, 4" in drawn
    assert f"{rule} = {value}" in drawn
    assert f"⎡{so_far}⎤" in drawn
    assert "·" not in "\n".join(lines(window(MAP, ONES, 2, 3, rules=(rule,))))


def test_one_window_needs_no_map_and_no_position() -> None:
    drawn = lines(window(((1, 3), (2, 8)), ONES, 2, 0, rules=("max", "mean")))
    assert [line.rstrip() for line in drawn] == [
        "map        under the window",
        "⎡[1 3]⎤    1, 3, 2, 8",
        "⎣[2 8]⎦    max  =    8",
        "           mean = 3.50",
    ]


def test_in_ascii_nothing_else_is_used() -> None:
    assert "\n".join(lines(window(IMAGE, KERNEL, 1, 0, plain=True))).isascii()


def test_places_are_in_the_order_of_reading() -> None:
    assert places(MAP, ONES, 2) == [Place(0, 0), Place(0, 1), Place(1, 0), Place(1, 1)]
    assert len(places(IMAGE, KERNEL, 1)) == 4


@given(
    st.tuples(st.integers(2, 6), st.integers(2, 6), st.integers(1, 3), st.integers(1, 3)),
    st.integers(-3, 60),
    st.integers(40, 110),
    st.sampled_from([(), ("max",)]),
)
def test_nothing_moves_when_the_window_does(
    shape: tuple[int, int, int, int], at: int, width: int, rules: tuple[str, ...]
) -> None:
    rows, columns, size, stride = shape
    size = min(size, rows, columns)
    image = tuple(tuple((3 * r + 5 * c) % 7 - 3 for c in range(columns)) for r in range(rows))
    kernel = tuple(tuple(r - c for c in range(size)) for r in range(size))
    drawn = window(image, kernel, stride, at, rules=rules, width=width)
    assert len(drawn) == len(window(image, kernel, stride, 0, rules=rules, width=width))
    if width >= 60:
        assert max(line.cell_len for line in drawn) <= width
