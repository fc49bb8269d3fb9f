"""Names, numbers and signs of formulas, as people type them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviewprep.grading.formula_tokens import pieces


def written(text: str) -> list[str]:
    """The tokens of a text as compared, breaks as `…`."""
    return ["…" if piece.kind == "break" else piece.text for piece in pieces(text)]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("tp/(tp+fn)", ["tp", "/", "(", "tp", "+", "fn", ")"]),
        ("tp over tp plus fn", ["tp", "/", "tp", "+", "fn"]),
        ("two times x minus one", ["2.0", "*", "x", "-", "1.0"]),
        ("a÷b − c·d", ["a", "/", "b", "-", "c", "*", "d"]),
        ("a**b // c", ["a", "^", "b", "/", "c"]),
        ("x² y³", ["x", "^", "2", "y", "^", "3"]),
        ("½x", ["0.5", "x"]),
        ("√d_k", ["sqrt", "d"]),
        ("e^{-x}", ["e", "^", "(", "-", "x", ")"]),
        ("10**-4 1e-3 .5", ["10", "^", "-", "4", "1e-3", ".5"]),
    ],
)
def test_signs_words_and_raised_numbers_have_one_form(text: str, wanted: list[str]) -> None:
    assert written(text) == wanted


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("η", "lr"),
        ("learning_rate", "lr"),
        ("h_{t-1}", "h_t"),
        ("ŷ", "p"),
        ("β", "beta"),
        ("w'", "w"),
        ("d_{k}", "d"),
        ("m_hat", "mhat"),
    ],
)
def test_a_name_in_different_spellings_is_one(one: str, other: str) -> None:
    assert written(one) == written(other)


@pytest.mark.parametrize(("one", "other"), [("w_q", "w_k_q"), ("beta1", "beta2"), ("fan_in", "fan_out")])
def test_other_names_stay_apart(one: str, other: str) -> None:
    assert written(one) != written(other)


def test_a_product_that_is_written_as_one_name_is_two() -> None:
    assert [(p.text, p.start, p.end) for p in pieces("qk^t")][:2] == [("q", 0, 1), ("k", 1, 2)]


@pytest.mark.parametrize(
    "text", ["x; y", "x weights y", "x one-hot", "x the y", "a\n- b", "a\n* b", "stride-2 convolution"]
)
def test_words_hyphens_and_marks_of_lists_break(text: str) -> None:
    assert "…" in written(text)


@pytest.mark.parametrize("text", ["a - b", "1-beta", "1-beta1", "y-y_hat", "(kernel-1)", "a\n+ b", "x-1"])
def test_what_belongs_to_a_formula_does_not_break(text: str) -> None:
    assert "…" not in written(text)


@given(st.text(max_size=80))
def test_tokens_of_any_text_are_in_order_and_inside_of_it(text: str) -> None:
    found = pieces(text.lower())
    assert all(0 <= p.start <= p.end <= len(text.lower()) for p in found)
    assert [p.start for p in found] == sorted(p.start for p in found)
