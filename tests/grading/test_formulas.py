"""Formulas of answers that are like a point's and are others."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviewprep.grading.formula_text import formulas
from interviewprep.grading.formulas import blanked, mistaken

RECALL = "TP/(TP+FN)"


def wrong(own: str, answer: str, card: str = "") -> list[tuple[str, bool]]:
    """The mistaken formulas of an answer, and whether the card has them elsewhere."""
    found = mistaken(formulas(own), formulas(card), formulas(answer))
    return [(answer[m.formula.start : m.formula.end], m.elsewhere) for m in found]


@pytest.mark.parametrize(
    ("own", "answer"),
    [
        (RECALL, "TP/(TP+FP)"),
        (RECALL, "TP/(TP+TN)"),
        (RECALL, "TP over TP plus FP"),
        (RECALL, "(TP+FN)/TP"),
        ("max(0, x)", "min(0, x)"),
        ("2/(fan_in + fan_out)", "2/(fan_in - fan_out)"),
        ("2 over fan in plus fan out", "2/(fan_in - fan_out)"),
        ("1/(1+e^-x)", "1/(1+e^x)"),
        ("QK^T/sqrt(d_k)", "QK^T * sqrt(d_k)"),
        ("beta*v + (1-beta)*g", "beta*v - (1-beta)*g"),
        ("(0, 1)", "(-1, 1)"),
        ("from 0 to 1", "[0, 2]"),
    ],
)
def test_another_formula_over_the_same_names_is_mistaken(own: str, answer: str) -> None:
    assert wrong(own, answer) == [(answer, False)]


@pytest.mark.parametrize(
    ("own", "answer"),
    [
        (RECALL, "tp / (fn + tp)"),
        (RECALL, "TP/TP+FN"),
        (RECALL, "TP+FN"),
        ("1/(1-p)", "1-p"),
        ("1-p", "1/(1-p)"),
        (RECALL, "a/(a+c)"),
        (RECALL, "accuracy is good"),
        ("1/n", "1/50"),
        ("x/2", "x/7"),
        ("sum(x)/n", "mean(x)*n"),
        ("x/n", "f(x)/n"),
        ("lr*g", "lr*dL/dw"),
        ("(0, 1)", "(2, 3)"),
        ("(0, 1)", "x/y"),
        ("TP+FN", "(0, 1)"),
    ],
)
def test_the_same_a_part_of_it_and_what_cannot_be_compared_is_not_mistaken(own: str, answer: str) -> None:
    assert wrong(own, answer) == []


def test_a_right_formula_excuses_the_others() -> None:
    assert wrong(RECALL, "Precision is TP/(TP+FP)") == [("TP/(TP+FP)", False)]
    assert wrong(RECALL, "Precision is TP/(TP+FP), recall TP/(TP+FN)") == []


def test_a_part_with_all_names_excuses_the_others_too() -> None:
    assert wrong("sqrt(a/b)", "It is b/a") == [("b/a", False)]
    assert wrong("sqrt(a/b)", "The root of a/b, not of b/a") == []


def test_a_formula_that_the_card_has_elsewhere_may_be_right_there() -> None:
    assert wrong(RECALL, "TP/(TP+FP)", card="precision is tp/(fp + tp)") == [("TP/(TP+FP)", True)]


def test_a_point_without_formulas_has_no_mistaken_ones() -> None:
    assert wrong("share of the positives found", "TP/(TP+FP)") == []


def test_blanks_take_the_place_of_formulas() -> None:
    text = "It is TP/FN, or a+b"
    assert blanked(text, formulas(text)[:1]) == "It is      , or a+b"
    assert blanked(text, []) == text


@given(st.text(max_size=200) | st.text(alphabet="xfe()|+-*/^,. 01²½", max_size=200))
def test_blanks_keep_the_length_and_what_is_outside(text: str) -> None:
    spans = formulas(text)
    found = blanked(text, spans)
    inside = {place for f in spans for place in range(f.start, f.end)}
    assert len(found) == len(text)
    assert [c for i, c in enumerate(found) if i not in inside] == [
        c for i, c in enumerate(text) if i not in inside
    ]
    assert {found[i] for i in inside} <= {" "}
