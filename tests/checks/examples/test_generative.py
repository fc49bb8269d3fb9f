"""Generative models, reinforcement learning, trees: the table's examples, and a second computation."""

from __future__ import annotations

from fractions import Fraction
from math import prod

import numpy as np
import pytest
from scipy import special, stats  # type: ignore[import-untyped, unused-ignore]
from sklearn import metrics  # type: ignore[import-untyped, unused-ignore]
from support_checks import asked_first, close, drawn_with_mental, values

from interviewprep.checks.families.autoencoders import AUTOENCODER_RATIO, VAE_KL, CompressionParams
from interviewprep.checks.families.generative_models import CFG, DIFFUSION_FORWARD, GAN_LOSS, OPTIMAL_D
from interviewprep.checks.families.rewards import DISCOUNTED_RETURN
from interviewprep.checks.families.trees import TREE_IMPURITY, NodeParams
from interviewprep.checks.grade import Outcome, grade
from interviewprep.checks.variants import build

RIGHT = (
    ("gan-loss", "0.3285 -0.2231 1.6094"),
    ("optimal-d", "0.75"),
    ("optimal-d", "3/4"),
    ("diffusion-forward", "0.72 1.9616"),
    ("cfg", "2.45"),
    ("vae-kl", "0.1681"),
    ("autoencoder-ratio", "24.5"),
    ("discounted-return", "2.62 2.17"),
    ("tree-impurity", "0.48 0.971"),
)

WRONG = (
    ("gan-loss", "1.7148 -0.2231 1.6094", "fake-as-real"),
    ("gan-loss", "1.7148", "fake-as-real"),
    ("gan-loss", "1.3863 -0.2231 1.6094", "optimum"),
    ("gan-loss", "1.3863", "optimum"),
    ("optimal-d", "3", "ratio"),
    ("diffusion-forward", "0.72 1.58", "no-roots"),
    ("diffusion-forward", "1.58", "no-roots"),
    ("diffusion-forward", "0.7 1.9471", "sum-of-betas"),
    ("diffusion-forward", "0.7", "sum-of-betas"),
    ("diffusion-forward", "0.8 2.0125", "last-step-only"),
    ("diffusion-forward", "0.72 2.0125", "step-alpha"),
    ("diffusion-forward", "2.0125", "step-alpha"),
    ("cfg", "3.75", "scaled-conditional"),
    ("cfg", "2.75", "other-convention"),
    ("vae-kl", "0.1366", "std-for-variance"),
    ("vae-kl", "-0.1681", "sign"),
    ("autoencoder-ratio", "0.0408", "inverse"),
    ("discounted-return", "2.358 2.17", "discounts-first"),
    ("discounted-return", "2.358", "discounts-first"),
    ("discounted-return", "2.62 3.7", "replaced"),
    ("discounted-return", "3.7", "replaced"),
    ("tree-impurity", "0.48 0.673", "natural-log"),
    ("tree-impurity", "0.673", "natural-log"),
)


@pytest.mark.parametrize(("name", "text"), RIGHT)
def test_the_tables_answers_are_right(name: str, text: str) -> None:
    assert grade(asked_first(name), text).outcome is Outcome.RIGHT


@pytest.mark.parametrize(("name", "text", "mistake"), WRONG)
def test_the_tables_wrong_answers_are_named(name: str, text: str, mistake: str) -> None:
    verdict = grade(asked_first(name), text)
    assert (verdict.outcome, verdict.mistake) == (Outcome.WRONG, mistake)


def test_examples_ask_with_the_tables_numbers_and_conventions() -> None:
    asked = {name: asked_first(name).prompt for name, _ in RIGHT}
    assert "D(x) = 0.9" in asked["gan-loss"]
    assert "D(G(z)) = 0.2" in asked["gan-loss"]
    assert "the sum of its two terms" in asked["gan-loss"]
    assert "density 0.6 and a GAN's generator 0.2" in asked["optimal-d"]
    assert "beta = [0.1, 0.2]" in asked["diffusion-forward"]
    assert "w = 1 means no guidance" in asked["cfg"]
    assert "the mean 0.5 and the standard deviation 0.8" in asked["vae-kl"]
    assert "784 numbers into a code of 32" in asked["autoencoder-ratio"]
    assert "[1, 0, 2]" in asked["discounted-return"]
    assert "(t from 0)" in asked["discounted-return"]
    assert "4 and 6 samples" in asked["tree-impurity"]
    assert "in bits" in asked["tree-impurity"]


def test_images_have_channels() -> None:
    variant = build(AUTOENCODER_RATIO, CompressionParams((32, 32, 3), 48))
    assert grade(variant, "64").outcome is Outcome.RIGHT
    assert grade(variant, "21.33").mistake == "no-channels"


def test_a_split_gains_information() -> None:
    variant = build(TREE_IMPURITY, NodeParams((5, 5), (4, 0)))
    assert grade(variant, "0.5 1 0.610").outcome is Outcome.RIGHT
    assert grade(variant, "0.5 1 0.675").mistake == "children-not-weighed"
    assert grade(variant, "0.5 1 0.390").mistake == "children-only"
    assert grade(variant, "0.5 0.693 0.423").mistake == "natural-log"


# -- a second computation --------------------------------------------------------------------------


def test_gan_losses_agree_with_scikit_learns_log_loss() -> None:
    for variant in drawn_with_mental(GAN_LOSS):
        p = variant.params
        labels = [0, 1]
        expected = [
            metrics.log_loss([1, 0], [p.real, p.fake], normalize=False),
            -metrics.log_loss([0], [p.fake], labels=labels),
            metrics.log_loss([1], [p.fake], labels=labels),
        ]
        close(values(variant), expected)


def test_the_optimal_discriminator_agrees_with_the_log_odds() -> None:
    for variant in drawn_with_mental(OPTIMAL_D):
        p = variant.params
        close(values(variant), [special.expit(np.log(p.data) - np.log(p.generator))])


def test_diffusion_agrees_with_noising_step_by_step() -> None:
    """The variance of the noise step by step, and the mean."""
    for variant in drawn_with_mental(DIFFUSION_FORWARD):
        p = variant.params
        mean, variance = p.x0, 0.0
        for beta in p.betas:
            mean, variance = np.sqrt(1 - beta) * mean, (1 - beta) * variance + beta
        close(
            values(variant), [np.exp(np.log1p(-np.array(p.betas)).sum()), mean + np.sqrt(variance) * p.noise]
        )


def test_guidance_agrees_with_the_weighted_sum() -> None:
    for variant in drawn_with_mental(CFG):
        p = variant.params
        close(values(variant), [np.dot([1 - p.scale, p.scale], [p.free, p.conditional])])


def test_kl_agrees_with_scipys_entropy() -> None:
    """KL is the cross-entropy to N(0, 1) minus the entropy."""
    for variant in drawn_with_mental(VAE_KL):
        p = variant.params
        cross = (np.log(2 * np.pi) + p.mu**2 + p.sigma**2) / 2
        close(values(variant), [cross - stats.norm(p.mu, p.sigma).entropy()])


def test_compression_agrees_with_fractions() -> None:
    for variant in drawn_with_mental(AUTOENCODER_RATIO):
        p = variant.params
        close(values(variant), [float(Fraction(prod(p.sizes), p.code))])


def test_the_return_agrees_with_a_polynomial_and_q_with_a_moving_average() -> None:
    for variant in drawn_with_mental(DISCOUNTED_RETURN):
        p = variant.params
        target = p.reward + p.gamma * p.best_next
        moved = np.average([p.q, target], weights=[1 - p.alpha, p.alpha])
        close(values(variant), [np.polyval(p.rewards[::-1], p.gamma), moved])


def test_impurity_agrees_with_scipy_and_the_gain_with_scikit_learn() -> None:
    """Information gain is the mutual information of class and side."""
    for variant in drawn_with_mental(TREE_IMPURITY):
        p = variant.params
        shares = np.array(p.counts) / sum(p.counts)
        expected = [np.sum(shares * (1 - shares)), stats.entropy(shares, base=2)]
        if p.left:
            table = np.array([p.left, p.right])
            nats = metrics.mutual_info_score(None, None, contingency=table)
            expected.append(nats / np.log(2))
        close(values(variant), expected)
