"""Normalisation layers: the table's examples, and a second computation with NumPy and SciPy."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats  # type: ignore[import-untyped, unused-ignore]
from support_checks import VARIANTS, asked_first, close, values

from interviewprep.checks.families import normalisation as norm
from interviewprep.checks.grade import Outcome, grade
from interviewprep.checks.variants import build, make_variant

RIGHT = (
    ("batchnorm", "[-1.3416, -0.4472, 0.4472, 1.3416] [-1.6833, 0.1056, 1.8944, 3.6833]"),
    ("layernorm-rmsnorm", "-1.2247, 0, 1.2247"),
    ("bn-running", "0.5, 1.5667"),
)

WRONG = (
    ("batchnorm", "-1.1619 -0.3873 0.3873 1.1619", "sample-variance"),
    ("batchnorm", "-1.1619 -0.3873 0.3873 1.1619; -1.3238 0.2254 1.7746 3.3238", "sample-variance"),
    ("batchnorm", "-1.3416 -0.4472 0.4472 1.3416; -1.3416 -0.4472 0.4472 1.3416", "no-scale-shift"),
    ("batchnorm", "-1.3416 -0.4472 0.4472 1.3416", "no-scale-shift"),
    ("batchnorm", "-0.6, -0.2, 0.2, 0.6", "variance-for-std"),
    ("batchnorm", "-0.6 -0.2 0.2 0.6; -0.2 0.6 1.4 2.2", "variance-for-std"),
    ("layernorm-rmsnorm", "-1 -1 -1", "axis-batch"),
    ("bn-running", "4.5 6.1", "keras-momentum"),
    ("bn-running", "4.5", "keras-momentum"),
    ("bn-running", "0.5 1.4", "population-variance"),
    ("bn-running", "1.4", "population-variance"),
)


@pytest.mark.parametrize(("name", "text"), RIGHT)
def test_the_tables_answers_are_right(name: str, text: str) -> None:
    assert grade(asked_first(name), text).outcome is Outcome.RIGHT


@pytest.mark.parametrize(("name", "text", "mistake"), WRONG)
def test_the_tables_wrong_answers_are_named(name: str, text: str, mistake: str) -> None:
    verdict = grade(asked_first(name), text)
    assert (verdict.outcome, verdict.mistake) == (Outcome.WRONG, mistake)


def test_examples_ask_with_the_tables_numbers_and_conventions() -> None:
    asked = asked_first("batchnorm").prompt
    assert "[2, 4, 6, 8]" in asked
    assert "gamma 2 and beta 1; population variance, eps = 0" in asked
    assert "[[1, 2, 3], [4, 5, 6]]" in asked_first("layernorm-rmsnorm").prompt
    assert (
        "PyTorch (momentum = 0.1) has running mean 0 and running variance 1"
        in asked_first("bn-running").prompt
    )


def test_layernorm_batchnorm_and_rmsnorm_of_the_table() -> None:
    """The other axis for each, and RMSNorm of [1, 2, 3, 4]."""
    rows = ((1, 2, 3), (4, 5, 6))
    family = norm.LAYERNORM_RMSNORM
    for place, sign in ((0, -1), (1, 1)):
        layer = build(family, norm.AxisParams(rows, place, "layer"))
        assert grade(layer, "-1.2247 0 1.2247").outcome is Outcome.RIGHT
        assert grade(layer, f"{sign} {sign} {sign}").mistake == "axis-batch"
        batch = build(family, norm.AxisParams(rows, place, "batch"))
        assert grade(batch, f"{sign} {sign} {sign}").outcome is Outcome.RIGHT
        assert grade(batch, "-1.2247 0 1.2247").mistake == "axis-features"
    rms = build(family, norm.AxisParams(((1, 2, 3, 4),), 0, "rms"))
    assert grade(rms, "[0.3651, 0.7303, 1.0954, 1.4606]").outcome is Outcome.RIGHT
    assert grade(rms, "[-1.3416, -0.4472, 0.4472, 1.3416]").mistake == "centred"


# -- a second computation --------------------------------------------------------------------------


@pytest.mark.parametrize("is_mental", [False, True])
def test_batchnorm_agrees_with_scipys_z_scores(is_mental: bool) -> None:
    for seed in VARIANTS:
        variant = make_variant(norm.BATCHNORM, seed, mental=is_mental)
        p = variant.params
        scores = stats.zscore(p.batch)
        close(values(variant), [*scores, *np.polyval([p.gamma, p.beta], scores)])


@pytest.mark.parametrize("is_mental", [False, True])
def test_the_axis_agrees_with_scipys_z_scores_and_a_norm(is_mental: bool) -> None:
    for seed in VARIANTS:
        variant = make_variant(norm.LAYERNORM_RMSNORM, seed, mental=is_mental)
        p = variant.params
        x = np.array(p.x, float)
        if p.kind == "rms":
            expected = x[0] * np.sqrt(x.shape[1]) / np.linalg.norm(x[0])
        else:
            expected = stats.zscore(x, axis=1 if p.kind == "layer" else 0)[p.row]
        close(values(variant), expected)


@pytest.mark.parametrize("is_mental", [False, True])
def test_running_statistics_agree_with_numpy(is_mental: bool) -> None:
    for seed in VARIANTS:
        variant = make_variant(norm.BN_RUNNING, seed, mental=is_mental)
        p = variant.params
        old = np.array([p.old_mean, p.old_var])
        new = np.array([np.mean(p.batch), np.var(p.batch, ddof=1)])
        close(values(variant), old + p.momentum * (new - old))
