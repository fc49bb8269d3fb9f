"""Receptive fields and boxes: the table's examples, and a second computation pixel by pixel."""

from __future__ import annotations

import numpy as np
import pytest
from support_checks import VARIANTS

from interviewprep.checks.families import convolution_areas as areas
from interviewprep.checks.families.convolution_areas import Box, BoxParams, FieldParams, Layer
from interviewprep.checks.grade import Outcome, grade
from interviewprep.checks.variants import build, make_variant

THREE = FieldParams((Layer(3), Layer(3), Layer(3)))
FIVE = FieldParams((Layer(3), Layer(2, 2), Layer(3), Layer(2, 2), Layer(3)))
BOXES = BoxParams(Box(0, 0, 2, 2), Box(1, 1, 3, 3))


@pytest.mark.parametrize(("params", "text"), [(THREE, "7"), (FIVE, "18")])
def test_the_tables_receptive_fields(params: FieldParams, text: str) -> None:
    variant = build(areas.RECEPTIVE_FIELD, params)
    assert variant.answer == text
    assert grade(variant, text).outcome is Outcome.RIGHT


@pytest.mark.parametrize(
    ("params", "text", "mistake"),
    [
        (THREE, "9", "sum-of-kernels"),
        (FIVE, "13", "sum-of-kernels"),
        (FIVE, "9", "no-stride"),
        (THREE, "27", "product"),
        (FIVE, "108", "product"),
        (FIVE, "21", "own-stride"),
        (FieldParams((Layer(3), Layer(3, 1, 2))), "5", "no-dilation"),
    ],
)
def test_wrong_receptive_fields_are_named(params: FieldParams, text: str, mistake: str) -> None:
    verdict = grade(build(areas.RECEPTIVE_FIELD, params), text)
    assert (verdict.outcome, verdict.mistake) == (Outcome.WRONG, mistake)


def test_without_strides_ignoring_them_is_right() -> None:
    assert grade(build(areas.RECEPTIVE_FIELD, THREE), "7").outcome is Outcome.RIGHT
    assert "no-stride" not in {w.id for w in build(areas.RECEPTIVE_FIELD, THREE).wrong}


def test_the_tables_boxes() -> None:
    variant = build(areas.IOU, BOXES)
    assert grade(variant, "0.1429").outcome is Outcome.RIGHT
    assert grade(variant, "1/7").outcome is Outcome.RIGHT
    assert grade(variant, "0.125").mistake == "overlap-twice"
    assert grade(variant, "0.25").mistake == "first-only"
    assert grade(variant, "0.2857").mistake == "inclusive"
    assert "[0, 0, 2, 2] and [1, 1, 3, 3]" in variant.prompt


def test_boxes_apart_share_nothing() -> None:
    variant = build(areas.IOU, BoxParams(Box(0, 0, 2, 2), Box(5, 4, 7, 7)))
    assert grade(variant, "0").outcome is Outcome.RIGHT
    assert grade(variant, "1.5").mistake == "negative-sides"


# -- a second computation --------------------------------------------------------------------------


def test_receptive_fields_again() -> None:
    """Follow one value of the last map back to the pixels it depends on."""
    for seed in VARIANTS:
        variant = make_variant(areas.RECEPTIVE_FIELD, seed)
        seen = np.array([0])
        for layer in reversed(variant.params.layers):
            taps = np.arange(layer.kernel) * layer.dilation
            seen = np.unique(np.add.outer(seen * layer.stride, taps))
        assert variant.parts[0].value == seen.max() - seen.min() + 1


def test_boxes_again() -> None:
    """Paint both boxes on a grid of unit squares and count."""
    apart = 0
    for seed in VARIANTS:
        variant = make_variant(areas.IOU, seed)
        painted = np.zeros((2, 20, 20), dtype=bool)
        for layer, box in zip(painted, variant.params, strict=True):
            layer[box.y1 : box.y2, box.x1 : box.x2] = True
        shared = int(np.logical_and(*painted).sum())
        apart += shared == 0
        assert variant.parts[0].value == pytest.approx(shared / np.logical_or(*painted).sum(), rel=1e-9)
    assert 5 < apart < 60
