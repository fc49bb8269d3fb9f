"""Losses: the table's examples, and a second computation with NumPy, SciPy and scikit-learn."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import special, stats  # type: ignore[import-untyped, unused-ignore]
from sklearn import metrics  # type: ignore[import-untyped, unused-ignore]
from support_checks import VARIANTS, asked_first, close, values

from interviewprep.checks.families.losses_classification import (
    BCE,
    CE_FROM_LOGITS,
    CROSS_ENTROPY,
    HINGE,
    CrossEntropyParams,
    HingeParams,
    LogitsParams,
)
from interviewprep.checks.families.losses_information import (
    ENTROPY_KL_PERPLEXITY,
    FOCAL,
    LABEL_SMOOTHING,
    EntropyParams,
)
from interviewprep.checks.families.losses_regression import HUBER, MAE, MSE, RMSE, FitParams, HuberParams
from interviewprep.checks.grade import Outcome, grade
from interviewprep.checks.variants import build, make_variant

RIGHT = (
    ("mse", "36.5"),
    ("rmse", "6.0415"),
    ("mae", "2"),
    ("huber", "2.5"),
    ("cross-entropy", "[2.9957, 0.1054]"),
    ("ce-from-logits", "0.417"),
    ("bce", "[0.2231, 1.6094, 0.9163]"),
    ("hinge", "1.3"),
    ("focal", "0.000263"),
    ("entropy-kl-perplexity", "[1.0397, 0.2231, 7.3891]"),
    ("label-smoothing", "0.4633"),
)

WRONG = (
    ("mse", "73", "sum"),
    ("mse", "5.5", "absolute"),
    ("mse", "6.0415", "root"),
    ("mse", "30.25", "squared-mean"),
    ("mse", "18.25", "half"),
    ("rmse", "36.5", "no-root"),
    ("mae", "-1.3333", "signed"),
    ("mae", "1.3333", "signed-reversed"),
    ("mae", "6", "sum"),
    ("huber", "4.5", "quadratic-branch"),
    ("huber", "3", "no-offset"),
    ("cross-entropy", "1.301, 0.0458", "log-ten"),
    ("cross-entropy", "4.3219, 0.152", "log-two"),
    ("cross-entropy", "0.95, 0.1", "one-minus"),
    ("cross-entropy", "4.7387", "all-classes"),
    ("cross-entropy", "4.7387 0.1054", "all-classes"),
    ("cross-entropy", "-2.9957", "no-minus"),
    ("cross-entropy", "-2.9957 -0.1054", "no-minus"),
    ("ce-from-logits", "-0.6931", "raw-logit"),
    ("ce-from-logits", "0.8021", "softmax-twice"),
    ("bce", "0.2231", "always-p"),
    ("bce", "0.2231 0.2231 0.2231", "always-p"),
    ("bce", "0.2231 0.2231", "always-p"),
    ("bce", "1.8326", "sum"),
    ("bce", "0.2231 1.6094 1.8326", "sum"),
    ("hinge", "1", "label-zero"),
    ("hinge", "0.7", "no-label"),
    ("focal", "0.1054", "plain-ce"),
    ("focal", "0.0213", "power-of-p"),
    ("entropy-kl-perplexity", "1.5", "bits"),
    ("entropy-kl-perplexity", "1.5 0.2231 7.3891", "bits"),
    ("entropy-kl-perplexity", "4", "base-two"),
    ("entropy-kl-perplexity", "1.0397 0.2231 4", "base-two"),
    ("entropy-kl-perplexity", "0.1927", "kl-reversed"),
    ("entropy-kl-perplexity", "1.0397 0.1927 7.3891", "kl-reversed"),
    ("label-smoothing", "0.3567", "hard-target"),
    ("label-smoothing", "0.5166", "over-others"),
)


@pytest.mark.parametrize(("name", "text"), RIGHT)
def test_the_tables_answers_are_right(name: str, text: str) -> None:
    assert grade(asked_first(name), text).outcome is Outcome.RIGHT


@pytest.mark.parametrize(("name", "text", "mistake"), WRONG)
def test_the_tables_wrong_answers_are_named(name: str, text: str, mistake: str) -> None:
    verdict = grade(asked_first(name), text)
    assert (verdict.outcome, verdict.mistake) == (Outcome.WRONG, mistake)


def test_examples_ask_with_the_tables_numbers() -> None:
    assert "[10, 10], the predictions [7, 2]" in asked_first("mse").prompt
    assert "[10, 10], the predictions [7, 2]" in asked_first("rmse").prompt
    assert "[3, 5, 8], the predictions [5, 4, 11]" in asked_first("mae").prompt
    assert "residual of 3 meets the Huber loss with delta = 1" in asked_first("huber").prompt
    assert "[0.05, 0.7, 0.25] and [0.9, 0.08, 0.02]; class 0" in asked_first("cross-entropy").prompt
    assert "[2, 1, 0.1]; class 0" in asked_first("ce-from-logits").prompt
    assert "[1, 0], the predicted probabilities of class 1 are [0.8, 0.8]" in asked_first("bce").prompt
    assert "y = -1 gets the score 0.3" in asked_first("hinge").prompt
    assert "probability 0.9" in asked_first("focal").prompt
    assert "gamma = 2 and weight alpha = 0.25" in asked_first("focal").prompt
    assert "P = [0.5, 0.25, 0.25], Q = [0.8, 0.1, 0.1]" in asked_first("entropy-kl-perplexity").prompt
    assert "[0.7, 0.2, 0.1]; class 0" in asked_first("label-smoothing").prompt


def test_mae_with_the_tables_first_numbers() -> None:
    """Replaced as the example (the answer is 1), but graded just so."""
    variant = build(MAE, FitParams((3, 5, 8), (5, 4, 8)))
    assert grade(variant, "1").outcome is Outcome.RIGHT
    assert grade(variant, "-0.3333").mistake == "signed"
    assert grade(variant, "0.3333").mistake == "signed-reversed"
    assert grade(variant, "3").mistake == "sum"


def test_the_documents_price_example() -> None:
    """dn-02: 50 lakh predicted, 60 lakh paid."""
    variant = build(MAE, FitParams((60,), (50,)))
    assert grade(variant, "10").outcome is Outcome.RIGHT


def test_huber_inside_and_smooth_l1() -> None:
    inside = build(HUBER, HuberParams(-0.6, 2))
    assert grade(inside, "0.18").outcome is Outcome.RIGHT
    assert grade(inside, "0.36").mistake == "no-half"
    assert grade(inside, "-0.8").mistake == "linear-branch"
    outside = build(HUBER, HuberParams(-4, 2))
    assert grade(outside, "6").outcome is Outcome.RIGHT
    assert grade(outside, "3").mistake == "smooth-l1"


def test_hinge_on_the_positive_side() -> None:
    """With y = +1 the label 0 is no mistake one can make, and 1 - s is right."""
    variant = build(HINGE, HingeParams(1, 0.3))
    assert grade(variant, "0.7").outcome is Outcome.RIGHT
    assert {"label-zero", "no-label"}.isdisjoint(w.id for w in variant.wrong)


def test_huge_logits_overflow_nowhere() -> None:
    assert build(CE_FROM_LOGITS, LogitsParams((1000, 1001), 0)).answer == "1.313"


def test_a_class_of_probability_zero_is_no_obstacle() -> None:
    prediction = CrossEntropyParams((0.25, 0.75, 0), (0.5, 0.5, 0), 0)
    assert build(CROSS_ENTROPY, prediction).answer == "first = 1.386; second = 0.693"
    both = EntropyParams((0.5, 0.5, 0), (0.25, 0.25, 0.5), 2)
    assert build(ENTROPY_KL_PERPLEXITY, both).answer == "entropy = 0.693; KL = 0.693; perplexity = 7.389"


# -- a second computation --------------------------------------------------------------------------


@pytest.mark.parametrize("is_mental", [False, True])
def test_errors_of_numbers_agree_with_scikit_learn(*, is_mental: bool) -> None:
    computed = (
        (MSE, metrics.mean_squared_error),
        (RMSE, metrics.root_mean_squared_error),
        (MAE, metrics.mean_absolute_error),
    )
    for family, metric in computed:
        for seed in VARIANTS:
            variant = make_variant(family, seed, mental=is_mental)
            close(values(variant), [metric(variant.params.y, variant.params.y_hat)])


@pytest.mark.parametrize("is_mental", [False, True])
def test_huber_agrees_with_scipy(*, is_mental: bool) -> None:
    for seed in VARIANTS:
        variant = make_variant(HUBER, seed, mental=is_mental)
        close(values(variant), [special.huber(variant.params.delta, variant.params.r)])


@pytest.mark.parametrize("is_mental", [False, True])
def test_cross_entropy_agrees_with_scikit_learn(*, is_mental: bool) -> None:
    for seed in VARIANTS:
        variant = make_variant(CROSS_ENTROPY, seed, mental=is_mental)
        p = variant.params
        close([sum(p.first), sum(p.second)], [1, 1])
        classes = list(range(len(p.first)))
        expected = [metrics.log_loss([p.target], [shares], labels=classes) for shares in (p.first, p.second)]
        close(values(variant), expected)


def test_cross_entropy_from_logits_agrees_with_scipy() -> None:
    for seed in VARIANTS:
        variant = make_variant(CE_FROM_LOGITS, seed)
        close(values(variant), [-special.log_softmax(variant.params.z)[variant.params.target]])


@pytest.mark.parametrize("is_mental", [False, True])
def test_binary_cross_entropy_agrees_with_scikit_learn(*, is_mental: bool) -> None:
    for seed in VARIANTS:
        variant = make_variant(BCE, seed, mental=is_mental)
        y, p = np.array(variant.params.y), np.array(variant.params.p)
        each = -special.xlogy(y, p) - special.xlogy(1 - y, 1 - p)
        close(values(variant), [*each, metrics.log_loss(y, p, labels=[0, 1])])


@pytest.mark.parametrize("is_mental", [False, True])
def test_hinge_agrees_with_scikit_learn(*, is_mental: bool) -> None:
    for seed in VARIANTS:
        variant = make_variant(HINGE, seed, mental=is_mental)
        y, score = variant.params
        # Its label coding needs both classes: the mirrored sample has the same loss.
        close(values(variant), [metrics.hinge_loss([y, -y], [score, -score])])


def test_focal_agrees_with_its_binary_form() -> None:
    """As torchvision computes it: from a logit, with the weight and the probability of the label's side."""
    for seed in VARIANTS:
        variant = make_variant(FOCAL, seed)
        p_t, gamma, alpha = variant.params
        for y in (0, 1):
            logit = special.logit(p_t if y else 1 - p_t)
            share = special.expit(logit)
            entropy = -special.log_expit(logit if y else -logit)
            of_truth = share * y + (1 - share) * (1 - y)
            close(values(variant), [alpha * (1 - of_truth) ** gamma * entropy])


def test_entropy_divergence_and_perplexity_agree_with_scipy() -> None:
    for seed in VARIANTS:
        variant = make_variant(ENTROPY_KL_PERPLEXITY, seed)
        p = variant.params
        close([sum(p.p), sum(p.q)], [1, 1])
        close(values(variant), [stats.entropy(p.p), stats.entropy(p.p, p.q), np.exp(p.nll)])


def test_label_smoothing_agrees_with_a_smoothed_target() -> None:
    for seed in VARIANTS:
        variant = make_variant(LABEL_SMOOTHING, seed)
        p = variant.params
        close(sum(p.p), 1)
        target = (1 - p.eps) * np.eye(len(p.p))[p.target] + p.eps / len(p.p)
        close(values(variant), [-special.xlogy(target, p.p).sum()])
