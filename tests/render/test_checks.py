"""The working of a calculation: aligned, never wider than the screen, numbers whole."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from interviewprep.checks.family import Picture
from interviewprep.checks.registry import families, family
from interviewprep.checks.variants import AnyVariant, make_variant
from interviewprep.render.checks import answer_lines, fit, pictures_below, sense_lines, working

NUMBER = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?(?:e-?\d+)?")


def example(name: str, seed: int = 0) -> AnyVariant:
    """A family's worked example, or another variant."""
    return make_variant(family(name), seed)


def test_equations_of_one_form_are_aligned_with_their_bars_beside_them() -> None:
    softmax = example("softmax")
    assert working(softmax.steps, softmax.solution.pictures) == [
        "e^3 = 20.0855   e^1 = 2.7183   e^-2 = 0.1353",
        "sum = 22.9392",
        "20.0855 / 22.9392 = 0.876   ▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓",
        " 2.7183 / 22.9392 = 0.118   ▓▓▓",
        " 0.1353 / 22.9392 = 0.006   ▏",
        "answer: [0.876, 0.118, 0.006]",
    ]


def test_bars_stay_away_while_a_share_is_still_to_be_found() -> None:
    softmax = example("softmax")
    assert not any("▓" in line for line in working(softmax.solution.steps[:-1], softmax.solution.pictures))


def test_decimal_points_and_signs_are_level() -> None:
    steps = (
        "0.5 / s = 52.92 -> 53, times s: 0.5008",
        "-1.2 / s = -127.00 -> -127, times s: -1.2000",
        "0.03 / s = 3.18 -> 3, times s: 0.0283",
    )
    assert working(steps) == [
        " 0.5  / s =   52.92 ->   53, times s:  0.5008",
        "-1.2  / s = -127.00 -> -127, times s: -1.2000",
        " 0.03 / s =    3.18 ->    3, times s:  0.0283",
    ]


def test_lines_of_different_form_are_left_as_they_are() -> None:
    steps = ("sum = 9", "mean = 9 / 3 = 3", "std = 12.25", "no number here", "nor here at all")
    assert working(steps) == list(steps)


def test_a_long_answer_stands_part_below_part() -> None:
    line = "answer: scores = [12, 2, 18]; weights = [0.119, 0.002, 0.879]; output of the head = 2.760"
    assert answer_lines(line) == [
        "answer: scores             = [12, 2, 18]",
        "        weights            = [0.119, 0.002, 0.879]",
        "        output of the head = 2.760",
    ]


def test_a_matrix_in_the_answer_is_drawn() -> None:
    assert answer_lines("answer: [[0, 1], [10, -1]]") == ["answer: ⎡ 0  1⎤", "        ⎣10 -1⎦"]
    assert answer_lines("answer: [[0, 1], [10, -1]]", plain=True) == [
        "answer: | 0  1|",
        "        |10 -1|",
    ]


def test_a_long_line_is_broken_before_an_equals_sign_below_the_first() -> None:
    line = "F1          = 2 PR / (P + R) = 2 TP / (2 TP + FP + FN) = 168 / 292 = 0.575"
    assert fit(line, 70) == [
        "F1          = 2 PR / (P + R) = 2 TP / (2 TP + FP + FN) = 168 / 292",
        "            = 0.575",
    ]


def test_the_check_hangs_below_its_first_word() -> None:
    assert sense_lines("Never negative and never above half of it.", width=30) == [
        "check: Never negative and",
        "       never above half of it.",
    ]


def test_pictures_that_the_prompt_or_the_working_has_are_not_drawn_again() -> None:
    softmax, f1 = example("softmax"), example("macro-micro-f1")
    assert pictures_below(softmax.steps, softmax.solution.pictures) == []
    assert pictures_below(f1.steps, f1.solution.pictures, prompt=f1.prompt) == []
    assert pictures_below(f1.steps, f1.solution.pictures) == ["⎡6  4  0⎤", "⎢0  9  1⎥", "⎣0 10 20⎦"]


def test_two_distributions_stand_side_by_side_on_one_scale() -> None:
    pair = (Picture("bars", ("p0", "p1"), (0.5, 0.5)), Picture("bars", ("q0", "q1"), (0.9, 0.1)))
    lines = pictures_below((), pair, width=60)
    assert [line.split() for line in lines] == [
        ["p0", "0.500", "▓" * 8, "q0", "0.900", "▓" * 15],
        ["p1", "0.500", "▓" * 8, "q1", "0.100", "▓" * 2],
    ]
    assert pictures_below((), pair, width=30)[2].startswith("q0")


@pytest.mark.parametrize("name", families())
def test_every_working_fits_and_keeps_its_numbers(name: str) -> None:
    for seed in range(12):
        variant = example(name, seed)
        for width in (76, 44):
            lines = working(variant.steps, variant.solution.pictures, width=width)
            lines += sense_lines(variant.solution.sense, width=width)
            assert max(map(cell_len, lines)) <= width
            said = " ".join((*variant.steps, variant.solution.sense))
            assert NUMBER.findall(" ".join(lines)) == NUMBER.findall(said)


@pytest.mark.parametrize("name", families())
def test_plain_lines_are_ascii(name: str) -> None:
    variant = example(name)
    drawn = working(variant.steps, variant.solution.pictures, plain=True)
    drawn += sense_lines(variant.solution.sense, plain=True)
    drawn += pictures_below(variant.steps, variant.solution.pictures, plain=True)
    assert "\n".join(drawn).isascii()


@given(st.text(alphabet="ab 0123456789.,=+-", max_size=120), st.integers(20, 60))
def test_a_broken_line_loses_no_word(line: str, width: int) -> None:
    pieces = fit(line, width)
    assert " ".join(" ".join(pieces).split()) == " ".join(line.split())
    longest = max((len(word) for word in line.split()), default=0)
    if longest < width // 2:
        assert max(map(len, pieces)) <= max(width, len(line) - len(line.lstrip()) + longest + 4)
