"""Parameters and MACs of convolutions: the table's examples, and a second computation with arrays."""

from __future__ import annotations

import numpy as np
import pytest
from support_checks import VARIANTS

from interviewprep.checks.families import convolution_counts as counts
from interviewprep.checks.families.convolution_counts import ConvParams, DepthwiseParams, MacParams
from interviewprep.checks.grade import Outcome, grade
from interviewprep.checks.variants import build, make_variant


@pytest.mark.parametrize("text", ["1,792", "1 792", "1792"])
def test_the_tables_parameters(text: str) -> None:
    variant = build(counts.CONV_PARAMS, ConvParams(3, 3, 64))
    assert variant.answer == "1,792"
    assert "kernel 3×3, channels in 3, out 64" in variant.prompt
    assert grade(variant, text).outcome is Outcome.RIGHT


@pytest.mark.parametrize(
    ("text", "mistake"),
    [
        ("1,728", "no-bias"),
        ("640", "no-input-channels"),
        ("89,915,392", "times-image"),  # 1,792 * 224 * 224; in words in the table
    ],
)
def test_wrong_parameters_are_named(text: str, mistake: str) -> None:
    verdict = grade(build(counts.CONV_PARAMS, ConvParams(3, 3, 64, side=224)), text)
    assert (verdict.outcome, verdict.mistake) == (Outcome.WRONG, mistake)


def test_groups_and_no_bias() -> None:
    grouped = build(counts.CONV_PARAMS, ConvParams(3, 64, 128, groups=4))
    assert grade(grouped, "18,560").outcome is Outcome.RIGHT
    assert grade(grouped, "73,856").mistake == "no-groups"
    bare = build(counts.CONV_PARAMS, ConvParams(3, 64, 128, bias=False))
    assert grade(bare, "73,728").outcome is Outcome.RIGHT
    assert grade(bare, "73,856").mistake == "bias-added"


@pytest.mark.parametrize("text", ["86,704,128; 173,408,256", "8.67e7 1.73e8", "86.7*10^6, 173.4*10^6"])
def test_the_tables_macs(text: str) -> None:
    variant = build(counts.CONV_MACS, MacParams(3, 3, 64, 224, 224))
    assert [part.value for part in variant.parts] == [86_704_128, 173_408_256]
    assert grade(variant, text).outcome is Outcome.RIGHT


def test_wrong_macs_are_named() -> None:
    variant = build(counts.CONV_MACS, MacParams(3, 3, 64, 224, 224))
    assert grade(variant, "86,704,128 86,704,128").mistake == "flops-are-macs"
    strided = build(counts.CONV_MACS, MacParams(3, 64, 128, 56, 28))
    assert [part.value for part in strided.parts] == [57_802_752, 115_605_504]
    assert grade(strided, "231,211,008 462,422,016").mistake == "input-size"
    assert grade(strided, "231211008").mistake == "input-size"


def test_the_tables_separable_layer() -> None:
    variant = build(counts.DEPTHWISE, DepthwiseParams(3, 64, 128))
    assert grade(variant, "8,768 73,728 0.1189").outcome is Outcome.RIGHT
    assert grade(variant, "8768 73728 0.119").outcome is Outcome.RIGHT


@pytest.mark.parametrize(
    ("text", "mistake"),
    [
        ("73,728 73,728 1", "standard"),
        ("73,728 73,728 0.119", "standard"),
        ("576 73,728 0.0078", "no-pointwise"),
        ("576 73,728 0.119", "no-pointwise"),
        ("576", "no-pointwise"),
        ("8,768 73,728 8.409", "upside-down"),
    ],
)
def test_wrong_separable_layers_are_named(text: str, mistake: str) -> None:
    verdict = grade(build(counts.DEPTHWISE, DepthwiseParams(3, 64, 128)), text)
    assert (verdict.outcome, verdict.mistake) == (Outcome.WRONG, mistake)


# -- a second computation --------------------------------------------------------------------------


def test_parameters_again() -> None:
    for seed in VARIANTS:
        variant = make_variant(counts.CONV_PARAMS, seed)
        p = variant.params
        assert p.c_in % p.groups == 0
        assert p.c_out % p.groups == 0
        # The shape PyTorch gives the weight of a convolution with groups.
        weight = np.broadcast_to(0, (p.c_out, p.c_in // p.groups, p.kernel, p.kernel))
        bias = np.broadcast_to(0, (p.c_out if p.bias else 0,))
        assert variant.parts[0].value == weight.size + bias.size


def test_macs_again() -> None:
    for seed in VARIANTS:
        variant = make_variant(counts.CONV_MACS, seed)
        p = variant.params
        out = np.broadcast_to(0, (p.c_out, p.side_out, p.side_out))
        window = np.broadcast_to(0, (p.c_in, p.kernel, p.kernel))
        multiplications = out.size * window.size
        additions = out.size * window.size  # the first is added to the empty sum
        assert [part.value for part in variant.parts] == [multiplications, multiplications + additions]
        padding = p.kernel // 2
        strides = {(p.side_in + 2 * padding - p.kernel) // s + 1 for s in (1, 2)}
        assert p.side_out in strides


def test_separable_layers_again() -> None:
    for seed in VARIANTS:
        variant = make_variant(counts.DEPTHWISE, seed)
        p = variant.params
        depthwise = np.broadcast_to(0, (p.c_in, 1, p.kernel, p.kernel)).size
        pointwise = np.broadcast_to(0, (p.c_out, p.c_in, 1, 1)).size
        standard = np.broadcast_to(0, (p.c_out, p.c_in, p.kernel, p.kernel)).size
        assert [part.value for part in variant.parts[:2]] == [depthwise + pointwise, standard]
        assert variant.parts[2].value == pytest.approx(1 / p.c_out + 1 / p.kernel**2, rel=1e-9)
