"""Parameters of dense and normalisation layers: the table's examples, and a second computation."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from sklearn.neural_network import MLPRegressor  # type: ignore[import-untyped, unused-ignore]
from support_checks import VARIANTS

from interviewprep.checks.families import layer_counts as counts
from interviewprep.checks.families.layer_counts import DenseParams, FlattenParams, NormParams
from interviewprep.checks.grade import Outcome, grade
from interviewprep.checks.variants import build, make_variant


@pytest.mark.parametrize(
    ("text", "outcome", "mistake"),
    [
        ("101,770", Outcome.RIGHT, ""),
        ("101770", Outcome.RIGHT, ""),
        ("101,632", Outcome.WRONG, "no-bias"),
        ("922", Outcome.WRONG, "sizes-added"),
        ("102,544", Outcome.WRONG, "bias-per-input"),
        ("102,554", Outcome.WRONG, "input-biases"),
    ],
)
def test_the_tables_dense_network(text: str, outcome: Outcome, mistake: str) -> None:
    variant = build(counts.DENSE_PARAMS, DenseParams((784, 128, 10)))
    verdict = grade(variant, text)
    assert (verdict.outcome, verdict.mistake) == (outcome, mistake)
    assert "784 inputs, a hidden layer of 128 units and 10 outputs" in variant.prompt


@pytest.mark.parametrize(
    ("pooled", "text", "outcome", "mistake"),
    [
        (False, "102,764,544", Outcome.RIGHT, ""),
        (False, "2,101,248", Outcome.WRONG, "no-area"),
        (False, "102,760,448", Outcome.WRONG, "no-bias"),
        (True, "2,101,248", Outcome.RIGHT, ""),
        (True, "102,764,544", Outcome.WRONG, "area-counted"),
    ],
)
def test_the_tables_flattened_maps(pooled: bool, text: str, outcome: Outcome, mistake: str) -> None:
    variant = build(counts.FLATTEN_FC, FlattenParams(512, 7, 7, 4096, pooled))
    verdict = grade(variant, text)
    assert (verdict.outcome, verdict.mistake) == (outcome, mistake)


@pytest.mark.parametrize(
    ("params", "text", "outcome", "mistake"),
    [
        (NormParams("batch", 64, 32), "128 128", Outcome.RIGHT, ""),
        (NormParams("batch", 64, 32), "256 128", Outcome.WRONG, "statistics-learned"),
        (NormParams("batch", 64, 32), "256 0", Outcome.WRONG, "statistics-learned"),
        (NormParams("batch", 64, 32), "256", Outcome.WRONG, "statistics-learned"),
        (NormParams("batch", 64, 32), "64 128", Outcome.WRONG, "scale-only"),
        (NormParams("layer", 64, 10), "128", Outcome.RIGHT, ""),
        (NormParams("layer", 64, 10), "256", Outcome.WRONG, "statistics-learned"),
        (NormParams("rms", 64, 10), "64", Outcome.RIGHT, ""),
        (NormParams("rms", 64, 10), "128", Outcome.WRONG, "shift-added"),
    ],
)
def test_the_tables_normalisations(params: NormParams, text: str, outcome: Outcome, mistake: str) -> None:
    verdict = grade(build(counts.NORM_PARAMS, params), text)
    assert (verdict.outcome, verdict.mistake) == (outcome, mistake)


# -- a second computation --------------------------------------------------------------------------


def test_dense_networks_again() -> None:
    for seed in VARIANTS:
        variant = make_variant(counts.DENSE_PARAMS, seed)
        sizes = variant.params.sizes
        matrices = [np.broadcast_to(0, (b, a)) for a, b in pairwise(sizes)]
        biases = [np.broadcast_to(0, (b,)) for b in sizes[1:]]
        assert variant.parts[0].value == sum(array.size for array in (*matrices, *biases))


def test_a_dense_network_of_scikit_learn() -> None:
    for seed in range(-5, 0):
        variant = make_variant(counts.DENSE_PARAMS, -seed, mental=True)
        inputs, *hidden, outputs = variant.params.sizes
        network = MLPRegressor(
            hidden_layer_sizes=tuple(hidden), max_iter=1, solver="sgd", early_stopping=False
        )
        network.partial_fit(np.zeros((2, inputs)), np.zeros((2, outputs)))
        total = sum(array.size for array in (*network.coefs_, *network.intercepts_))
        assert variant.parts[0].value == total


def test_flattened_maps_again() -> None:
    for seed in VARIANTS:
        variant = make_variant(counts.FLATTEN_FC, seed)
        p = variant.params
        maps = np.zeros((p.channels, p.height, p.width))
        features = maps.mean(axis=(1, 2)) if p.pooled else maps.reshape(-1)
        with_bias = np.append(features, 1)
        assert variant.parts[0].value == np.broadcast_to(0, (p.units, with_bias.size)).size


def test_normalisations_again() -> None:
    for seed in VARIANTS:
        variant = make_variant(counts.NORM_PARAMS, seed)
        p = variant.params
        if p.kind == "batch":
            x = np.zeros((2, p.width, p.extent, p.extent), dtype=np.int8)
            per_channel = x.sum(axis=(0, 2, 3)).size
            assert [part.value for part in variant.parts] == [2 * per_channel, 2 * per_channel]
        else:
            x = np.zeros((2, p.extent, p.width), dtype=np.int8)
            vectors = {"layer": 2, "rms": 1}[p.kind]
            assert variant.parts[0].value == vectors * x[0, 0].size
