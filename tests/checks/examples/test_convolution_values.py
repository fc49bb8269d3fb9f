"""Convolution, edge kernels, pooling: the table's examples, and a second computation with SciPy."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.lib.stride_tricks import sliding_window_view
from scipy import signal  # type: ignore[import-untyped, unused-ignore]
from support_checks import VARIANTS

from interviewprep.checks.families import convolution_values as values
from interviewprep.checks.families.convolution_values import LINE, VERTICAL, EdgeParams, PoolingParams
from interviewprep.checks.grade import Outcome, grade
from interviewprep.checks.numbers import flat
from interviewprep.checks.variants import build, make_variant

STRIPE = ((1, 1, 1), (0, 0, 0), (1, 1, 1))
HORIZONTAL = ((1, 1, 1), (0, 0, 0), (-1, -1, -1))


@pytest.mark.parametrize(
    ("text", "outcome", "mistake"),
    [
        ("0 1; 0 1", Outcome.RIGHT, ""),
        ("[[0, 1], [0, 1]]", Outcome.RIGHT, ""),
        ("0 -1; 0 -1", Outcome.WRONG, "flipped"),
        ("[[0, -1], [0, -1]]", Outcome.WRONG, "flipped"),
        ("[[0, 1, 1], [0, 1, 0], [0, 0, 0]]", Outcome.WRONG, "same-size"),  # "shape 3x3" in the table
    ],
)
def test_the_tables_convolution(text: str, outcome: Outcome, mistake: str) -> None:
    variant = make_variant(values.CONV_VALUES, 0)
    verdict = grade(variant, text)
    assert (verdict.outcome, verdict.mistake) == (outcome, mistake)
    assert "[[1, 1, 1], [0, 1, 0], [0, 0, 0]]" in variant.prompt
    assert "[[1, 0], [0, -1]]" in variant.prompt


@pytest.mark.parametrize(
    ("params", "text"),
    [
        (EdgeParams(STRIPE, VERTICAL), "0"),
        (EdgeParams(STRIPE, HORIZONTAL), "0"),
        (EdgeParams(STRIPE, LINE), "6"),
        (EdgeParams(((1, 1, 0),) * 3, VERTICAL), "3"),
    ],
)
def test_the_tables_edges(params: EdgeParams, text: str) -> None:
    variant = build(values.EDGE_KERNEL, params)
    assert variant.answer == text
    assert grade(variant, text).outcome is Outcome.RIGHT


@pytest.mark.parametrize(
    ("params", "text", "mistake"),
    [
        # "Non-zero" in the table: what comes out when the negative weights are added.
        (EdgeParams(STRIPE, VERTICAL), "4", "no-minus"),
        (EdgeParams(((1, 1, 0),) * 3, VERTICAL), "0", "transposed-kernel"),
        (EdgeParams(((1, 1, 0),) * 3, VERTICAL), "-3", "flipped"),
        (EdgeParams(((1, 1, 3),) * 3, VERTICAL), "6", "no-sign"),
        (EdgeParams(STRIPE, LINE), "0.67", "averaged"),
    ],
)
def test_wrong_edges_are_named(params: EdgeParams, text: str, mistake: str) -> None:
    verdict = grade(build(values.EDGE_KERNEL, params), text)
    assert (verdict.outcome, verdict.mistake) == (Outcome.WRONG, mistake)


@pytest.mark.parametrize(
    ("text", "outcome", "mistake"),
    [
        ("8 3.5", Outcome.RIGHT, ""),
        ("8, 3.50", Outcome.RIGHT, ""),
        ("8 14", Outcome.WRONG, "summed"),
        ("14", Outcome.WRONG, "summed"),
        ("8 2.5", Outcome.WRONG, "median"),
        ("2.5", Outcome.WRONG, "median"),
        ("8 7", Outcome.WRONG, "divided-by-side"),
        ("7", Outcome.WRONG, "divided-by-side"),
    ],
)
def test_the_tables_pooling(text: str, outcome: Outcome, mistake: str) -> None:
    variant = make_variant(values.POOLING, 0)
    verdict = grade(variant, text)
    assert (verdict.outcome, verdict.mistake) == (outcome, mistake)
    assert "[[1, 3], [2, 8]]" in variant.prompt


def test_pooling_with_windows() -> None:
    image = ((1, 3, 5, 4), (2, 8, 6, 0), (9, 1, 2, 2), (4, 4, 7, 1))
    largest = build(values.POOLING, PoolingParams(image, 2, 2, ("max",)))
    assert grade(largest, "8 6; 9 7").outcome is Outcome.RIGHT
    assert grade(largest, "8 0; 4 1").mistake == "last"
    assert grade(largest, "8 8 6; 9 8 6; 9 7 7").mistake == "other-stride"
    average = build(values.POOLING, PoolingParams(image, 2, 2, ("mean",)))
    assert grade(average, "3.5 3.75; 4.5 3").outcome is Outcome.RIGHT
    assert grade(average, "8 6; 9 7").mistake == "other-pooling"


# -- a second computation --------------------------------------------------------------------------


def test_convolutions_again() -> None:
    for seed in VARIANTS:
        variant = make_variant(values.CONV_VALUES, seed)
        p = variant.params
        found = signal.correlate2d(np.array(p.image), np.array(p.kernel), mode="valid")
        assert np.array_equal(np.array(variant.parts[0].value), found[:: p.stride, :: p.stride])
        flipped = signal.convolve2d(np.array(p.image), np.array(p.kernel), mode="valid")
        named = {w.id: w.values[0] for w in variant.wrong}
        assert np.array_equal(np.array(named["flipped"]), flipped[:: p.stride, :: p.stride])


def test_edges_again() -> None:
    for seed in VARIANTS:
        variant = make_variant(values.EDGE_KERNEL, seed)
        patch, kernel = np.array(variant.params.patch), np.array(variant.params.kernel)
        assert kernel.sum() == 0
        assert variant.parts[0].value == np.tensordot(patch, kernel)


def test_poolings_again() -> None:
    for seed in VARIANTS:
        variant = make_variant(values.POOLING, seed)
        p = variant.params
        windows = sliding_window_view(np.array(p.image), (p.window, p.window))[:: p.stride, :: p.stride]
        for name, part in zip(p.asked, variant.parts, strict=True):
            again = windows.max(axis=(2, 3)) if name == "max" else windows.mean(axis=(2, 3))
            assert np.allclose(flat(part.value), again.ravel(), rtol=1e-9, atol=0)
