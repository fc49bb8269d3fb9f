"""Expressions of `computed` entries: right results, rounding, and nothing but arithmetic."""

from __future__ import annotations

import math
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviewprep.cards.arithmetic import ArithmeticFault, agrees, work_out


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("1 / (1 - 0.9)", 10),
        ("2 + 3 * 4 ** 2 // 5 % 7 - -1", 2 + 3 * 4**2 // 5 % 7 + 1),
        ("sum([1, 2, 3]) / len([1, 2, 3])", 2),
        ("max(0, -3) + min(4, 5) + abs(-2)", 6),
        ("round(2.567, 1)", 2.6),
        ("math.exp(1) - exp(1)", 0),
        ("sqrt(16) + log2(8) + pi - math.pi", 7),
        ("sum((y - p) ** 2 for y, p in zip([10, 10], [7, 2])) / 2", 36.5),
        ("sum(k * k for k in range(4) if k > 1)", 13),
        ("1 if 2 > 1 else 0", 1),
        ("[[1, 2], [3, 4]][1][0]", 3),
        ("-log(0.05)", 2.995732),
        ("0.25 ** 10", 9.5367e-07),
        ("comb(5, 2)", 10),
        ("max(\n  1,\n  2)", 2),
    ],
)
def test_results(expression: str, value: float) -> None:
    found = work_out(expression)
    assert isinstance(found, int | float)
    assert math.isclose(found, value, rel_tol=1e-4, abs_tol=1e-12)


def test_a_list_of_results() -> None:
    found = work_out("[exp(z) / sum(exp(y) for y in [3, 1, -2]) for z in [3, 1, -2]]")
    assert agrees(found, "[0.876, 0.118, 0.006]", None)
    assert not agrees(found, "[0.88, 0.12, 0.00]", None)


@pytest.mark.parametrize(
    ("expression", "words"),
    [
        ("__import__('os').system('true')", "no function known here"),
        ("(1).__class__", "not plain arithmetic"),
        ("'a' * 9", "not plain arithmetic"),
        ("x + 1", "`x` is unknown"),
        ("open(1)", "no function `open`"),
        ("lambda: 1", "not plain arithmetic"),
        ("1 / 0", "division by zero"),
        ("log(-1)", "cannot be worked out"),
        ("(-8) ** 0.5", "root of a negative number"),
        ("1 +", "not an expression"),
        ("(" * 300 + "1" + ")" * 300, "not an expression"),
        ("-" * 300 + "1", "too many steps"),
        ("1 + " * 400 + "1", "too many steps"),
        ("1" * 3_000, "longer than"),
        ("9 ** 9 ** 9", "too large"),
        ("factorial(10 ** 6)", "too large"),
        ("len(range(10 ** 9))", "too many steps"),
        ("len([range(9999) for i in range(9999)])", "too many steps"),
        ("[1, 2] + [3]", "a list where a number is needed"),
        ("1j", "not plain arithmetic"),
        ("sum(1, start=2)", "not plain arithmetic"),
        ("[a for a in [1] for b in [2]]", "only one `for`"),
        ("", "not an expression"),
        ("1if 1else 2", ""),
    ],
)
def test_anything_else_is_refused_in_plain_words(expression: str, words: str) -> None:
    if not words:
        assert work_out(expression) == 1
        return
    with pytest.raises(ArithmeticFault) as caught:
        work_out(expression)
    assert words in str(caught.value)


@pytest.mark.parametrize(
    ("result", "stated", "digits", "right"),
    [
        (10.000000000000002, "10", 0, True),
        (10.000000000000002, "10", None, True),
        (9.6, "10", None, False),
        (9.6, "10", 0, True),
        (0.87564, "0.876", None, True),
        (0.87564, "0.875", None, False),
        (0.118499654, "0.118", 3, True),
        (0.0059, "0.00", None, False),
        (9.54e-07, "9.5e-7", None, True),
        (9.54e-07, "9.54e-07", None, True),
        (9.54e-07, "9.4e-7", None, False),
        (1792, "1,792", None, True),
        (0.875, "87.5%", None, True),
        (0.871, "87.5%", None, False),
        (-2.5, "\u22122.5", None, True),
        ([[1, 2], [3, 4]], "[[1, 2], [3, 4]]", None, True),
        ([1, 2], "[1]", None, False),
        (True, "1", None, True),
    ],
)
def test_a_stated_value_agrees_to_the_digits_it_shows(
    result: float, stated: str, digits: int | None, right: bool
) -> None:
    assert agrees(result, stated, digits) is right


@pytest.mark.parametrize(
    ("result", "stated"), [(1.0, "one"), (1.0, "nan"), ([1], "1"), (1.0, "[1]"), (1.0, "")]
)
def test_a_value_that_is_no_number_is_refused(result: float | list[float], stated: str) -> None:
    with pytest.raises(ArithmeticFault):
        agrees(result, stated, None)  # type: ignore[arg-type]  # list is invariant


@given(st.floats(-1e6, 1e6), st.integers(0, 6))
def test_a_rounded_number_agrees_with_what_it_was_rounded_from(number: float, digits: int) -> None:
    assert agrees(number, f"{number:.{digits}f}", digits)


@given(st.text(st.sampled_from("0123456789+-*/%.()[], exforinsumlog"), max_size=40))
def test_any_text_gives_a_value_or_a_fault(text: str) -> None:
    with suppress(ArithmeticFault):
        work_out(text)
