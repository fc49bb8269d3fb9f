"""Prompts with their matrices drawn, and answers with what became of them."""

from __future__ import annotations

import pytest
from rich.cells import cell_len
from rich.text import Text

from interviewprep.checks.recipe import read_recipe
from interviewprep.checks.registry import families
from interviewprep.checks.variants import make_variant
from interviewprep.render.prompts import DrawnMatrix, formula_lines, prompt_lines, prompt_text, try_lines
from interviewprep.study.rounds import Round


def round_on(family: str, *answers: str) -> Round:
    """A free round on a family's example with answers handed in."""
    asked = Round("deck#card", read_recipe(family, {}, {}, mental=False), 3, is_lesson=False, fixed_seed=0)
    for answer in answers:
        asked.hand_in(answer)
    return asked


def shown(lines: list[Text]) -> list[str]:
    """Without styles and trailing blanks."""
    return [line.plain.rstrip() for line in lines]


def test_a_named_matrix_is_taken_out_of_the_sentence() -> None:
    found = prompt_text("The kernel [[1, 0], [0, -1]] lies on the patch [[5, 1], [2, 3]]; what comes out?")
    assert found.text == "The kernel lies on the patch; what comes out?"
    assert found.matrices == (
        DrawnMatrix("kernel", (("1", "0"), ("0", "-1"))),
        DrawnMatrix("patch", (("5", "1"), ("2", "3"))),
    )


def test_a_matrix_without_a_name_becomes_a_letter() -> None:
    found = prompt_text("The rows of [[1, 2], [4, 5]] are examples.")
    assert found.text == "The rows of M are examples."
    assert found.matrices[0].name == "M"


def test_matrices_stand_below_the_prompt_unless_a_picture_has_them() -> None:
    prompt = "The kernel [[1, 0], [0, -1]] lies on the patch [[5, 1], [2, 3]]."
    assert shown(prompt_lines(prompt, 60)) == [
        "The kernel lies on the patch.",
        "",
        "kernel    patch",
        "⎡1  0⎤    ⎡5 1⎤",
        "⎣0 -1⎦    ⎣2 3⎦",
    ]
    assert shown(prompt_lines(prompt, 60, with_matrices=False)) == ["The kernel lies on the patch."]
    assert shown(prompt_lines(prompt, 14))[-3:] == ["patch", "⎡5 1⎤", "⎣2 3⎦"]


def test_a_short_list_of_numbers_is_not_broken() -> None:
    lines = shown(prompt_lines("The positives have the scores [0.9, 0.7, 0.4], the rest less.", 40))
    assert lines == ["The positives have the scores", "[0.9, 0.7, 0.4], the rest less."]


@pytest.mark.parametrize("name", families())
def test_every_prompt_fits(name: str) -> None:
    for seed in range(8):
        lines = prompt_lines(make_variant(families()[name], seed).prompt, 44)
        assert max(cell_len(line.plain) for line in lines) <= 44


def test_a_first_wrong_answer_is_not_yet_a_second_is_wrong() -> None:
    assert shown(try_lines(round_on("softmax", "87.6 11.8 0.6"), 50)) == [
        "› 87.6 11.8 0.6                          ✗ not yet",
        "",
        "That is a percentage; a share between 0 and 1 is",
        "asked for. Divide by 100.",
    ]
    assert [
        line.split("  ")[-1].strip() for line in shown(try_lines(round_on("softmax", "1 2 3", "1 2 4"), 50))
    ] == [
        "✗ not yet",
        "✗ wrong",
    ]


def test_what_is_right_already_is_said() -> None:
    lines = shown(try_lines(round_on("tanh", "0.4621 0.5"), 60))
    assert lines[-1] == "Right so far: tanh."


def test_a_right_answer_needs_no_words_a_rough_one_does() -> None:
    assert shown(try_lines(round_on("softmax", "0.876 0.118 0.006"), 50)) == [
        "› 0.876 0.118 0.006                        ✓ right"
    ]
    rough = shown(try_lines(round_on("softmax", "0.877 0.118 0.006"), 60))
    assert rough[0].endswith("✓ right, rounded too early")
    assert rough[2] == "Accepted, but rounded too early: keep more digits on the"


def test_an_answer_of_several_lines_or_too_long_stays_one_line() -> None:
    lines = shown(try_lines(round_on("conv-values", "0 1\n0 2"), 40))
    assert lines[0] == "› 0 1; 0 2                     ✗ not yet"
    assert "…" in shown(try_lines(round_on("conv-values", "0 1 0 " + "2" * 60), 40))[0]


def test_equations_of_a_formula_stand_below_one_another_where_they_must() -> None:
    formula = "pairs = n (n + 1) / 2;  masked = -inf"
    assert shown(formula_lines(formula, 60)) == [formula]
    assert shown(formula_lines(formula, 30)) == ["pairs = n (n + 1) / 2", "masked = -inf"]
