"""Formulas and ranges in a text: which there are, where, and which are equal."""

from __future__ import annotations

from itertools import permutations
from time import process_time

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from interviewprep.grading.formula_text import Formula, formulas


def only(text: str) -> Formula:
    (found,) = formulas(text)
    return found


def written(text: str) -> list[str]:
    """The words that were read as formulas."""
    return [text[f.start : f.end] for f in formulas(text)]


def agree(one: Formula, other: Formula) -> bool:
    """Whether any reading of one is equal to one of the other."""
    return any(
        all(abs(a - b) < 1e-9 for a, b in zip(left, right, strict=True))
        for left in one.values
        for right in other.values
    )


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Recall is TP / (TP + FN), not more.", ["TP / (TP + FN)"]),
        ("2 over fan in plus fan out", ["2 over fan in plus fan out"]),
        ("v = beta*v + (1-beta)*g, w = w - lr*v", ["beta*v + (1-beta)*g", "w - lr*v"]),
        ("- m/(1-beta1^t)\n- v/(1-beta2^t)", ["m/(1-beta1^t)", "v/(1-beta2^t)"]),
        ("from -1 to 1 or in [0, 1]", ["-1 to 1", "[0, 1]"]),
        ("It costs O(n^2).", ["O(n^2)"]),
        ("(y − ŷ)² and √d_k", ["(y − ŷ)²", "√d_k"]),
        ("max(0, x)", ["max(0, x)"]),
    ],
)
def test_formulas_are_found_where_they_stand(text: str, wanted: list[str]) -> None:
    assert written(text) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "", "No formula at all.", "and/or", "yes/no", "train/test split", "2024-01-02", "12/03/2024",
        "50% of x", "n x n", "3×3", "p(y|x)", "x.sum(-1)", "L2-norm", "t-SNE", "k-fold", "W_Q x", "1 to 10%",
        "10 - 3 = 7", "a stride-2 convolution", "(", ")", "+", "()", "x /", "/ x", "1/0 x", "|", "sqrt",
        "max(", "max()",
    ],
)  # fmt: skip
def test_what_only_looks_like_a_formula_is_none(text: str) -> None:
    assert written(text) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("TP/(TP+FN)", "tp over (fn plus tp)"),
        ("TP/(TP+FN)", "TP/TP+FN"),
        ("TP/(TP+FN)", "TP over TP plus FN"),
        ("(n+2p-k)/s + 1", "n + 2p - k / s + 1"),
        ("(n+2p-k)/s + 1", "n plus 2p minus k over s plus 1"),
        ("2PR/(P+R)", "2*P*R/(R+P)"),
        ("1/(1+e^-x)", "1/(1+exp(-z))"),
        ("1/(1+e^-x)", "e^x/(e^x + 1)"),
        ("1/(1+e^-x)", "1/(1+e^{-x})"),
        ("x^2", "x²"),
        ("x^2", "x**2"),
        ("(y-p)^2/2", "½(y-ŷ)^2"),
        ("s(1-s)", "y*(1-y)"),
        ("max(0, x)", "max(x, 0)"),
        ("QK^T/sqrt(d_k)", "Q K^T ÷ √d_k"),
        ("w - lr*g", "w_t − η·grad"),
        ("10**-4 * x", "x * 1e-4"),
        ("a/b/c", "a/(b*c)"),
        ("|x|*y", "y * abs(x)"),
    ],
)
def test_one_formula_in_two_spellings_is_equal(one: str, other: str) -> None:
    assert agree(only(one), only(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("TP/(TP+FN)", "TP/(TP+FP)"),
        ("TP/(TP+FN)", "(TP+FN)/TP"),
        ("2/(fan_in+fan_out)", "2/(fan_in-fan_out)"),
        ("2 over fan in plus fan out", "2/fan_in + 1*fan_out"),
        ("max(0, x)", "min(0, x)"),
        ("1/(1+e^-x)", "1/(1+e^x)"),
        ("a-b-c", "a-(b-c)"),
        ("-x^2", "(-x)^2"),
        ("beta1*m", "beta2*m"),
        ("sqrt(x)*y", "x*y"),
    ],
)
def test_other_formulas_are_not_equal(one: str, other: str) -> None:
    found = [f for text in (one, other) for f in formulas(text)]
    assert len(found) == 2
    # What `2/a + b` may have been meant as is no reading of a formula with brackets.
    assert not agree(found[0], found[1]._replace(values=found[1].values[:1]))


def test_a_formula_tells_its_names_numbers_and_signs() -> None:
    found = only("2*TP/(2*TP + FP) - 0.5")
    assert found.names == {"tp", "fp"}
    assert found.numbers == {2.0, 0.5}
    assert found.signs == ("*", "*", "+", "-", "/")
    assert found.ends is None


def test_a_range_has_ends() -> None:
    assert [f.ends for f in formulas("in (0, 1), from −1 to 1, between 2 and 3.5")] == [
        (0.0, 1.0),
        (-1.0, 1.0),
        (2.0, 3.5),
    ]


@pytest.mark.parametrize(
    "text", ["sum(x)/n", "x/y + E[x]", "dL/dw", "f(x)*y", r"\frac{a}{b+c}", "c + b*||w||^2"]
)
def test_what_may_be_right_and_not_look_it_is_not_judged(text: str) -> None:
    assert [f.judged for f in formulas(text)] == [False]


NAMES = st.sampled_from(["a", "b", "tp", "fn", "w_1", "lambda"])
NUMBERS = st.sampled_from(["2", "3", "0.5"])
FORMULAS = st.recursive(
    NAMES | NUMBERS,
    lambda part: st.one_of(
        st.tuples(part, st.sampled_from(["+", "-", "*", "/"]), part).map(lambda p: f"({p[0]} {p[1]} {p[2]})"),
        part.map(lambda p: f"sqrt({p})"),
        part.map(lambda p: f"({p}) ^ 2"),
    ),
    max_leaves=5,
)


def readable(text: str) -> Formula:
    """The formula of a text that has a name and an operator, and can be worked out."""
    found = formulas(text)
    assume(len(found) == 1 and found[0].end - found[0].start == len(text))
    return found[0]


@given(FORMULAS)
def test_spaces_make_no_difference(text: str) -> None:
    wide = readable(text)
    assert only(text.replace(" ", "")).values == wide.values
    assert only(text.replace(" ", "  ")).values == wide.values


@given(FORMULAS)
def test_a_formula_equals_itself_and_not_itself_plus_one(text: str) -> None:
    found = readable(text)
    assert agree(found, only(f"({text})"))
    assert not agree(found, only(f"({text}) + 1"))


@given(st.lists(FORMULAS, min_size=2, max_size=3), st.sampled_from([" + ", " * "]))
def test_the_order_of_summands_and_factors_makes_no_difference(parts: list[str], sign: str) -> None:
    first, *rest = (sign.join(f"({part})" for part in row) for row in permutations(parts))
    found = readable(first)
    assert all(agree(found, only(other)) for other in rest)


@given(st.text(max_size=300) | st.text(alphabet="xfe(){}|+-*/^,._ 0129²√∑½=\n", max_size=300))
@settings(deadline=None, max_examples=200)
def test_any_text_can_be_read_and_formulas_lie_inside_of_it_in_order(text: str) -> None:
    found = formulas(text)
    assert all(0 <= f.start < f.end <= len(text) for f in found)
    assert [f.start for f in found] == sorted(f.start for f in found)


@pytest.mark.parametrize(
    "part", ["(", ")", "|", "-", "f(", "f f(", "x(f(", "f -f(", "(x", "x^", "max(x,", "(0,", "9", "a_{", "{"]
)
def test_brackets_that_never_close_take_no_time(part: str) -> None:
    text = (part * 10_000)[:10_000]
    start = process_time()
    formulas(text)
    # A fraction of a second; before steps were counted `f(` took hours.
    assert process_time() - start < 3


def test_a_long_text_keeps_its_formulas() -> None:
    assert len(formulas("Recall is TP/(TP+FN), they say. " * 300)) == 300
