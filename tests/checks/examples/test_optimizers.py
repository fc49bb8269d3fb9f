"""Optimizers: the table's examples, and a second computation with NumPy and SciPy."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import signal  # type: ignore[import-untyped, unused-ignore]
from support_checks import agree, drawn

from interviewprep.checks.families.adaptive_steps import ADAM_STEP, ADAMW_DECAY, RMSPROP_STEP, RmspropParams
from interviewprep.checks.families.gradient_steps import (
    GD_QUADRATIC,
    GD_STEP,
    MOMENTUM_STEP,
    GdQuadraticParams,
)
from interviewprep.checks.families.regularisation import GRAD_CLIP, L1_L2, WEIGHT_DECAY, GradClipParams
from interviewprep.checks.families.schedules import LR_SCHEDULE, LrScheduleParams
from interviewprep.checks.grade import Outcome, grade
from interviewprep.checks.registry import AnyFamily
from interviewprep.checks.variants import build, make_variant

COSINE = LrScheduleParams("cosine", lr=0.1, t=25, span=100)
WARM_UP = LrScheduleParams("warm-up", lr=0.1, t=3, span=10)
DEGENERATE = RmspropParams(w=1, g=0.5, rho=0.9, lr=0.01, s0=0)
BELOW = GradClipParams((3, 4), 6)

RIGHT: tuple[tuple[AnyFamily, tuple[object, ...], str], ...] = (
    (GD_STEP, GD_STEP.example, "2.1"),
    (GD_QUADRATIC, GD_QUADRATIC.example, "2.048"),
    (MOMENTUM_STEP, MOMENTUM_STEP.example, "[0.95, 0.875]"),
    (RMSPROP_STEP, RMSPROP_STEP.example, "0.9798"),
    (RMSPROP_STEP, DEGENERATE, "0.9684"),
    (ADAM_STEP, ADAM_STEP.example, "[0.001, 0.000957]"),
    (ADAMW_DECAY, ADAMW_DECAY.example, "0.89"),
    (LR_SCHEDULE, LR_SCHEDULE.example, "0.025"),
    (LR_SCHEDULE, COSINE, "0.08536"),
    (LR_SCHEDULE, COSINE, "0.0854"),
    (LR_SCHEDULE, WARM_UP, "0.03"),
    (GRAD_CLIP, GRAD_CLIP.example, "[0.6, 0.8]"),
    (GRAD_CLIP, BELOW, "3 4"),
    (L1_L2, L1_L2.example, "[0.35, 0.525]"),
    (WEIGHT_DECAY, WEIGHT_DECAY.example, "1.548"),
    (WEIGHT_DECAY, WEIGHT_DECAY.example, "1.5476"),
)

SHOWN = (
    (GD_STEP, GD_STEP.example, "2.1000"),
    (GD_QUADRATIC, GD_QUADRATIC.example, "2.0480"),
    (MOMENTUM_STEP, MOMENTUM_STEP.example, "w1 = 0.9500; w2 = 0.8750"),
    (RMSPROP_STEP, RMSPROP_STEP.example, "0.9798"),
    (RMSPROP_STEP, DEGENERATE, "0.9684"),
    (ADAM_STEP, ADAM_STEP.example, "step 1 = 0.00100; step 2 = 9.57e-4"),
    (ADAMW_DECAY, ADAMW_DECAY.example, "0.890"),
    (LR_SCHEDULE, LR_SCHEDULE.example, "0.02500"),
    (LR_SCHEDULE, COSINE, "0.08536"),
    (GRAD_CLIP, GRAD_CLIP.example, "[0.600, 0.800]"),
    (L1_L2, L1_L2.example, "L1 = 0.3500; L2 = 0.5250"),
    (WEIGHT_DECAY, WEIGHT_DECAY.example, "1.548"),
)

WRONG: tuple[tuple[AnyFamily, tuple[object, ...], str, str], ...] = (
    (GD_STEP, GD_STEP.example, "2.9", "uphill"),
    (GD_STEP, GD_STEP.example, "2.4", "no-x"),
    (GD_STEP, GD_STEP.example, "2.3", "no-two"),
    (GD_STEP, GD_STEP.example, "2.45", "error-only"),
    (GD_QUADRATIC, GD_QUADRATIC.example, "2.916", "gradient-w"),
    (GD_QUADRATIC, GD_QUADRATIC.example, "1.6", "linear"),
    (MOMENTUM_STEP, MOMENTUM_STEP.example, "0.95 0.92", "plain-sgd"),
    (MOMENTUM_STEP, MOMENTUM_STEP.example, "[0.995, 0.9875]", "ema"),
    (MOMENTUM_STEP, MOMENTUM_STEP.example, "0.95 0.925", "from-start"),
    (MOMENTUM_STEP, MOMENTUM_STEP.example, "0.95 0.87", "no-beta"),
    (RMSPROP_STEP, RMSPROP_STEP.example, "0.918", "no-root"),
    (RMSPROP_STEP, RMSPROP_STEP.example, "0.9180", "no-root"),
    (RMSPROP_STEP, RMSPROP_STEP.example, "0.9907", "no-weight"),
    (RMSPROP_STEP, RMSPROP_STEP.example, "0.995", "plain-sgd"),
    (RMSPROP_STEP, DEGENERATE, "0.8", "no-root"),
    (RMSPROP_STEP, DEGENERATE, "0.99", "no-weight"),
    (RMSPROP_STEP, DEGENERATE, "0.995", "plain-sgd"),
    (ADAM_STEP, ADAM_STEP.example, "0.0032 0.000957", "no-correction"),
    (ADAM_STEP, ADAM_STEP.example, "0.0032 0.0041", "no-correction"),
    (ADAM_STEP, ADAM_STEP.example, "0.00316", "no-correction"),
    (ADAM_STEP, ADAM_STEP.example, "0.0005 0.0003", "lr-times-g"),
    (ADAM_STEP, ADAM_STEP.example, "0.0005", "lr-times-g"),
    (ADAM_STEP, ADAM_STEP.example, "0.001 0.001", "always-lr"),
    (ADAM_STEP, ADAM_STEP.example, "0.001 0.00129", "t-stays-one"),
    (ADAMW_DECAY, ADAMW_DECAY.example, "0.9", "l2-in-gradient"),
    (ADAMW_DECAY, ADAMW_DECAY.example, "0.8", "decay-without-lr"),
    (ADAMW_DECAY, ADAMW_DECAY.example, "0.94", "lr-times-g"),
    (LR_SCHEDULE, LR_SCHEDULE.example, "0.0177", "no-floor"),
    (LR_SCHEDULE, LR_SCHEDULE.example, "0.05", "one-drop"),
    (LR_SCHEDULE, LR_SCHEDULE.example, "0.0125", "drop-too-many"),
    (LR_SCHEDULE, COSINE, "0.075", "linear"),
    (LR_SCHEDULE, COSINE, "0.1707", "no-half"),
    (LR_SCHEDULE, WARM_UP, "0.1", "no-warm-up"),
    (LR_SCHEDULE, WARM_UP, "0.04", "from-one"),
    (GRAD_CLIP, GRAD_CLIP.example, "1 1", "by-value"),
    (GRAD_CLIP, GRAD_CLIP.example, "[0.12, 0.16]", "squared-norm"),
    (GRAD_CLIP, BELOW, "3.6 4.8", "scaled-up"),
    (L1_L2, L1_L2.example, "-0.05 0.525", "signed"),
    (L1_L2, L1_L2.example, "-0.05", "signed"),
    (L1_L2, L1_L2.example, "0.35 0.2291", "root"),
    (L1_L2, L1_L2.example, "0.2291", "root"),
    (L1_L2, L1_L2.example, "0.35 0.2625", "half"),
    (L1_L2, L1_L2.example, "0.2625", "half"),
    (WEIGHT_DECAY, WEIGHT_DECAY.example, "1.5", "linear"),
    (WEIGHT_DECAY, WEIGHT_DECAY.example, "0.0625", "no-lr"),
    (WEIGHT_DECAY, WEIGHT_DECAY.example, "1.181", "no-decay"),
)


@pytest.mark.parametrize(("family", "params", "text"), RIGHT)
def test_the_tables_answers_are_right(family: AnyFamily, params: tuple[object, ...], text: str) -> None:
    assert grade(build(family, params), text).outcome is Outcome.RIGHT


@pytest.mark.parametrize(("family", "params", "answer"), SHOWN)
def test_answers_are_shown_as_exactly_as_asked(
    family: AnyFamily, params: tuple[object, ...], answer: str
) -> None:
    assert build(family, params).answer == answer


@pytest.mark.parametrize(("family", "params", "text", "mistake"), WRONG)
def test_the_tables_wrong_answers_are_named(
    family: AnyFamily, params: tuple[object, ...], text: str, mistake: str
) -> None:
    verdict = grade(build(family, params), text)
    assert (verdict.outcome, verdict.mistake) == (Outcome.WRONG, mistake)


def test_gd_step_by_the_polynomial_in_w() -> None:
    for variant in drawn(GD_STEP):
        w, x, y, lr = variant.params
        loss = np.polynomial.Polynomial([-y, x]) ** 2
        assert agree(variant, w - lr * loss.deriv()(w))


def test_gd_quadratic_step_by_step() -> None:
    for variant in drawn(GD_QUADRATIC):
        w, lr, n = variant.params
        slope = np.polynomial.Polynomial([0, 0, 1]).deriv()
        for _ in range(n):
            w -= lr * slope(w)
        assert agree(variant, w)


def test_momentum_as_a_filter_over_the_gradients() -> None:
    for variant in drawn(MOMENTUM_STEP):
        p = variant.params
        velocity = signal.lfilter([1], [1, -p.beta], [p.g1, p.g2])
        assert agree(variant, *(p.w - p.lr * np.cumsum(velocity)))


def test_rmsprop_by_a_weighted_average() -> None:
    for variant in drawn(RMSPROP_STEP):
        p = variant.params
        s = np.average([p.s0, p.g**2], weights=[p.rho, 1 - p.rho])
        assert agree(variant, p.w - p.lr * p.g * s**-0.5)


def test_adam_by_averages_whose_weights_add_to_one() -> None:
    for variant in drawn(ADAM_STEP):
        p = variant.params
        g = np.array([p.g1, p.g2])
        steps = [
            p.lr
            * np.average(g[:t], weights=p.beta1 ** np.arange(t)[::-1])
            / np.sqrt(np.average(g[:t] ** 2, weights=p.beta2 ** np.arange(t)[::-1]))
            for t in (1, 2)
        ]
        assert agree(variant, *steps)


def test_adamw_with_its_moments_written_out() -> None:
    for variant in drawn(ADAMW_DECAY):
        p = variant.params
        m, v = 0.1 * p.g, 0.001 * p.g**2
        decayed = p.w * (1 - p.lr * p.wd)
        assert agree(variant, decayed - p.lr * (m / (1 - 0.9)) / np.sqrt(v / (1 - 0.999)))


def test_lr_schedule_epoch_by_epoch() -> None:
    for variant in drawn(LR_SCHEDULE):
        p = variant.params
        if p.schedule == "step":
            rates = np.full(p.t + 1, p.lr)
            for drop in range(p.span, p.t + 1, p.span):
                rates[drop:] *= p.factor
            expected = rates[p.t]
        elif p.schedule == "cosine":
            expected = p.low + (p.lr - p.low) * np.cos(np.pi * p.t / (2 * p.span)) ** 2
        else:
            expected = np.interp(p.t, [0, p.span], [0, p.lr])
        assert agree(variant, float(expected))


def test_grad_clip_with_linalg() -> None:
    for variant in drawn(GRAD_CLIP):
        g = np.array(variant.params.g)
        length = np.linalg.norm(g)
        assert agree(variant, *(g / length * np.clip(length, None, variant.params.c)))


def test_penalties_with_linalg() -> None:
    for variant in drawn(L1_L2):
        w, lam = np.array(variant.params.w), variant.params.lam
        assert agree(variant, float(lam * np.linalg.norm(w, 1)), float(lam * (w @ w)))


def test_weight_decay_with_logarithms() -> None:
    for variant in drawn(WEIGHT_DECAY):
        p = variant.params
        assert agree(variant, p.w * float(np.exp(p.n * np.log1p(-p.lr * p.wd))))


def test_descent_that_diverges_says_so() -> None:
    solution = build(GD_QUADRATIC, GdQuadraticParams(w0=1, lr=1.1, n=3)).solution
    assert "diverges" in solution.sense
    assert "converges" in build(GD_QUADRATIC, GD_QUADRATIC.example).solution.sense


def test_schedules_and_clipping_vary() -> None:
    schedules = {make_variant(LR_SCHEDULE, seed).params.schedule for seed in range(1, 40)}
    assert schedules == {"step", "cosine", "warm-up"}
    over = {p.norm > p.c for p in (make_variant(GRAD_CLIP, seed).params for seed in range(1, 40))}
    assert over == {True, False}
