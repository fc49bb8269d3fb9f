"""Sizes of feature maps: the table's examples, and a second computation by laying out every window."""

from __future__ import annotations

import numpy as np
import pytest
from support_checks import VARIANTS

from interviewprep.checks.families import convolution_sizes as sizes
from interviewprep.checks.families.convolution_sizes import (
    OutputParams,
    PoolParams,
    SameParams,
    TransposedParams,
)
from interviewprep.checks.grade import Outcome, grade
from interviewprep.checks.variants import build, make_variant


@pytest.mark.parametrize(
    ("params", "text"),
    [
        (OutputParams(6, 3), "4"),
        (OutputParams(6, 3, stride=2), "2"),
        (OutputParams(224, 7, stride=2, padding=3), "112"),
        (OutputParams(32, 3, dilation=2), "28"),
    ],
)
def test_the_tables_convolutions(params: OutputParams, text: str) -> None:
    variant = build(sizes.CONV_OUTPUT, params)
    assert variant.answer == text
    assert grade(variant, text).outcome is Outcome.RIGHT


@pytest.mark.parametrize(
    ("params", "text", "mistakes"),
    [
        (OutputParams(6, 3), "3", {"no-plus-one"}),
        (OutputParams(6, 3, stride=2), "1", {"no-plus-one"}),
        # Padding once comes to the same number as no + 1 here; a random variant would not be used.
        (OutputParams(224, 7, stride=2, padding=3), "111", {"no-plus-one", "padding-once"}),
        (OutputParams(32, 3, dilation=2), "27", {"no-plus-one"}),
        (OutputParams(6, 3, stride=2), "3", {"ceil"}),
        (OutputParams(224, 7, stride=2, padding=3), "113", {"ceil"}),
        (OutputParams(32, 3, dilation=2), "30", {"no-dilation"}),
        (OutputParams(225, 7, stride=2, padding=3), "111", {"padding-once"}),
        (OutputParams(6, 3, stride=2), "4", {"no-stride"}),
    ],
)
def test_wrong_convolutions_are_named(params: OutputParams, text: str, mistakes: set[str]) -> None:
    verdict = grade(build(sizes.CONV_OUTPUT, params), text)
    assert verdict.outcome is Outcome.WRONG
    assert verdict.mistake in mistakes


@pytest.mark.parametrize(
    ("params", "text"), [(OutputParams(6, 3), "4.4"), (OutputParams(6, 3), "3.9"), (OutputParams(6, 3), "5")]
)
def test_a_size_is_a_whole_number(params: OutputParams, text: str) -> None:
    assert grade(build(sizes.CONV_OUTPUT, params), text).outcome is Outcome.WRONG


@pytest.mark.parametrize(
    ("params", "text"),
    [(SameParams(9, 5), "2 13"), (SameParams(9, 3, dilation=2), "2 13"), (SameParams(5, 3), "1 7")],
)
def test_the_tables_paddings(params: SameParams, text: str) -> None:
    assert grade(build(sizes.SAME_PADDING, params), text).outcome is Outcome.RIGHT


@pytest.mark.parametrize(
    ("params", "text", "mistake"),
    [
        (SameParams(9, 3, dilation=2), "1 11", "no-dilation"),
        (SameParams(9, 3, dilation=2), "1 13", "no-dilation"),
        (SameParams(9, 3, dilation=2), "1", "no-dilation"),
        (SameParams(5, 3), "1 6", "one-side"),
        (SameParams(5, 3), "6", "one-side"),
        (SameParams(5, 3), "2 9", "both-sides-at-once"),
    ],
)
def test_wrong_paddings_are_named(params: SameParams, text: str, mistake: str) -> None:
    verdict = grade(build(sizes.SAME_PADDING, params), text)
    assert (verdict.outcome, verdict.mistake) == (Outcome.WRONG, mistake)


def test_the_tables_poolings() -> None:
    default = build(sizes.POOL_OUTPUT, PoolParams(7, 2, 2))
    up = build(sizes.POOL_OUTPUT, PoolParams(7, 2, 2, ceil_mode=True))
    assert grade(default, "3").outcome is Outcome.RIGHT
    assert grade(up, "4").outcome is Outcome.RIGHT
    assert grade(default, "4").mistake == "rounded-up"
    assert grade(up, "3").mistake == "rounded-down"


def test_the_tables_transposed_convolution() -> None:
    variant = build(sizes.TRANSPOSED_CONV, TransposedParams(4, 3, 2, padding=1, output_padding=1))
    assert grade(variant, "8").outcome is Outcome.RIGHT
    assert grade(variant, "2").mistake == "forward"
    assert grade(variant, "7").mistake == "no-output-padding"
    assert grade(variant, "12").mistake == "padding-added"


def test_examples_ask_with_the_documents_numbers() -> None:
    assert (
        "kernel 3×3, stride 1, no padding) gets an input of 6×6" in make_variant(sizes.CONV_OUTPUT, 0).prompt
    )
    assert "size of its input, 5×5" in make_variant(sizes.SAME_PADDING, 0).prompt
    assert "window 2×2, stride 2" in make_variant(sizes.POOL_OUTPUT, 0).prompt
    assert "padding 1, output padding 1" in make_variant(sizes.TRANSPOSED_CONV, 0).prompt


# -- a second computation --------------------------------------------------------------------------


def places(width: int, reach: int, stride: int) -> int:
    """How many windows start inside and end inside."""
    return sum(1 for start in range(0, width, stride) if start + reach <= width)


def test_convolutions_again() -> None:
    for seed in VARIANTS:
        variant = make_variant(sizes.CONV_OUTPUT, seed)
        p = variant.params
        taps = np.arange(p.kernel) * p.dilation
        padded = np.pad(np.zeros(p.width), p.padding)
        assert variant.parts[0].value == places(len(padded), int(taps[-1]) + 1, p.stride)


def test_paddings_again() -> None:
    for seed in VARIANTS:
        variant = make_variant(sizes.SAME_PADDING, seed)
        p = variant.params
        reach = int((np.arange(p.kernel) * p.dilation)[-1]) + 1
        padding = next(n for n in range(100) if places(p.width + 2 * n, reach, 1) == p.width)
        assert [part.value for part in variant.parts] == [padding, len(np.pad(np.zeros(p.width), padding))]


def test_poolings_again() -> None:
    for seed in VARIANTS:
        variant = make_variant(sizes.POOL_OUTPUT, seed)
        p = variant.params
        whole = places(p.width, p.window, p.stride)
        # With ceil_mode a window is added as long as pixels are left that no window has seen.
        seen = (whole - 1) * p.stride + p.window
        assert variant.parts[0].value == whole + (1 if p.ceil_mode and seen < p.width else 0)


def test_transposed_convolutions_again() -> None:
    for seed in VARIANTS:
        variant = make_variant(sizes.TRANSPOSED_CONV, seed)
        p = variant.params
        starts, taps = np.arange(p.width) * p.stride, np.arange(p.kernel) * p.dilation
        written = np.add.outer(starts, taps)
        width = written.max() + 1 - 2 * p.padding + p.output_padding
        assert variant.parts[0].value == width
        assert p.output_padding < max(p.stride, p.dilation)
        assert places(width + 2 * p.padding, int(taps[-1]) + 1, p.stride) == p.width
