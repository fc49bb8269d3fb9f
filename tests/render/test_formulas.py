"""Formulas: what the LaTeX of the cards looks like in a terminal."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from interviewprep.render.formulas import LONGEST, display_formula, formula, unknown_in

GOLDEN = [
    tuple(line.split(" => ", 1))
    for line in (Path(__file__).parent / "formulas.txt").read_text(encoding="utf-8").splitlines()
    if " => " in line and not line.startswith("#")
]


@pytest.mark.parametrize(("source", "shown"), GOLDEN)
def test_a_formula_reads_as_agreed(source: str, shown: str) -> None:
    assert unknown_in(source) == ""
    assert formula(source) == shown


def test_there_are_many_golden_cases() -> None:
    assert len(GOLDEN) > 200


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        (r"\unknown{x}", r"\unknown is not known"),
        (r"x_", "the formula ends too early"),
        (r"\frac{a}", "the formula ends too early"),
        (r"{a", "} is missing"),
        (r"a}", "} has no place here"),
        (r"a^b^c", "two ^ on one sign"),
        (r"\begin{tikzpicture}x\end{tikzpicture}", "the environment tikzpicture is not known"),
        (r"\begin{bmatrix}1", r"\end{bmatrix} is missing"),
        (r"\begin{bmatrix}1\end{pmatrix}", "{bmatrix} is missing"),
        (r"\end{bmatrix}", r"\end without \begin"),
        (r"\left x", "x is no bracket"),
        (r"\text{a \alpha}", r"a command inside \text"),
        ("a\\", "\\ has no place here"),
        ("{" * 60 + "a" + "}" * 60, "nested too deeply"),
        ("a" * (LONGEST + 1), "too long"),
    ],
)
def test_what_is_not_known_comes_back_as_it_was_written(source: str, reason: str) -> None:
    assert formula(source) == source
    assert unknown_in(source) == reason


def rows(source: str, *, width: int = 72, drawn: bool = True) -> str:
    return "\n".join(display_formula(source, width=width, drawn=drawn))


def test_a_matrix_is_drawn_with_brackets_and_numbers_to_the_right() -> None:
    assert rows(r"W = \begin{bmatrix} 1 & -0.5 \\ 10 & 3 \end{bmatrix} x") == (
        "W = ⎡  1  −0.5 ⎤ x\n    ⎣ 10     3 ⎦"
    )


def test_matrices_of_different_height_stand_on_one_line() -> None:
    product = r"\begin{bmatrix} 1 & 0 \end{bmatrix} \begin{pmatrix} x_1 \\ x_2 \\ x_3 \end{pmatrix}"
    assert rows(product) == "         ⎛ x₁ ⎞\n[ 1  0 ] ⎜ x₂ ⎟\n         ⎝ x₃ ⎠"


def test_cases_have_one_brace_and_their_conditions_below_one_another() -> None:
    source = r"f(x) = \begin{cases} x & \text{if } x > 0 \\ \alpha x & \text{otherwise} \end{cases}"
    assert rows(source) == "f(x) = ⎧ x    if x > 0\n       ⎩ α x  otherwise"


def test_aligned_lines_keep_their_relations_below_one_another() -> None:
    source = r"\begin{aligned} f_t &= \sigma(W x_t) \\ c &= f_t \odot c_{t-1} \end{aligned}"
    assert rows(source) == "fₜ = σ(W xₜ)\n c = fₜ ⊙ cₜ₋₁"


def test_a_screen_reader_gets_aligned_lines_but_no_drawn_brackets() -> None:
    source = r"\begin{aligned} a &= \begin{bmatrix} 1 \\ 2 \end{bmatrix} \\ &= b \end{aligned}"
    assert rows(source, drawn=False) == "a = [1; 2]\n  = b"


def test_what_is_too_wide_to_draw_comes_back_on_one_line() -> None:
    source = r"\begin{bmatrix} 1 & 2 \\ 3 & 4 \end{bmatrix}"
    assert rows(source, width=5) == "[1, 2; 3, 4]"


def test_a_place_holder_in_the_source_is_not_taken_for_a_matrix() -> None:
    source = "\ufdd1 \\\\ b"
    assert rows(source) == source


NAMES = st.sampled_from(["a", "B", "x", "y", "theta", "2", "0.5", "10"])


def _leaf(name: str) -> tuple[str, str]:
    greek = {"theta": r"\theta "}
    return greek.get(name, name), {"theta": "θ"}.get(name, name.replace(".", ""))


def _grown(inner: st.SearchStrategy[tuple[str, str]]) -> st.SearchStrategy[tuple[str, str]]:
    """Formulas with the letters and digits that must survive, in order of writing."""

    def both(shape: str) -> st.SearchStrategy[tuple[str, str]]:
        def put(two: tuple[tuple[str, str], tuple[str, str]]) -> tuple[str, str]:
            first, second = two
            return shape.replace("A", first[0], 1).replace("Z", second[0], 1), first[1] + second[1]

        return st.tuples(inner, inner).map(put)

    def one(shape: str) -> st.SearchStrategy[tuple[str, str]]:
        def put(found: tuple[str, str]) -> tuple[str, str]:
            return shape.replace("A", found[0], 1), found[1]

        return inner.map(put)

    shapes = [
        "{A}_{Z}",
        "{A}^{Z}",
        r"\frac{A}{Z}",
        "A + Z",
        "A Z",
        "A = Z",
        "(A, Z)",
        r"\left[A \mid Z\right]",
    ]
    single = [r"\sqrt{A}", r"\hat{A}", r"\mathbf{A}", "-A", r"\lVert A \rVert", r"\log A", r"\sum_i A"]
    return st.one_of(*map(both, shapes), *map(one, single))


FORMULAS = st.recursive(NAMES.map(_leaf), _grown, max_leaves=12)


@given(FORMULAS)
@settings(deadline=None)
def test_no_letter_or_digit_gets_lost(case: tuple[str, str]) -> None:
    source, letters = case
    if unknown_in(source):
        assert formula(source) == source
        return
    shown = unicodedata.normalize("NFKD", formula(source)).replace("hat", "").replace("log", "")
    for letter in set(letters):
        assert shown.count(letter) >= letters.count(letter), (source, formula(source))


@given(st.text(alphabet="\\{}[]()_^&$'|ab12 .,:-+*/=∑²\n", max_size=60) | st.text(max_size=60))
@settings(deadline=None)
def test_nothing_makes_it_raise(source: str) -> None:
    formula(source)
    for row in display_formula(source, width=40):
        assert isinstance(row, str)


FRAGMENTS = r"""
    \frac \sqrt \hat \text \sum \operatorname \not \underbrace \mathbb \left( \right) \\ & { } [ ] a 1 _ ^ |
    ' - , \begin{cases} \end{cases} \begin{aligned} \end{aligned}
"""


@given(st.lists(st.sampled_from([*FRAGMENTS.split(), " "]), max_size=25).map("".join))
@settings(deadline=None)
def test_nearly_right_formulas_do_not_make_it_raise(source: str) -> None:
    formula(source)
    display_formula(source, width=40)
