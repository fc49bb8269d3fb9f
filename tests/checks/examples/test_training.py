"""Training arithmetic: the table's examples, and a second computation with NumPy, SciPy, scikit-learn."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy import stats  # type: ignore[import-untyped, unused-ignore]
from sklearn.utils import gen_batches  # type: ignore[import-untyped, unused-ignore]
from support_checks import agree, drawn, values

from interviewprep.checks.families.backpropagation import (
    BACKPROP_SIGMOID,
    BACKPROP_TINY,
    SOFTMAX_CE_GRAD,
    TinyNetParams,
)
from interviewprep.checks.families.training import (
    BATCH_COUNTS,
    DROPOUT_SCALE,
    INIT_STD,
    BatchParams,
    DropoutParams,
    InitParams,
)
from interviewprep.checks.grade import Outcome, grade
from interviewprep.checks.registry import AnyFamily, families
from interviewprep.checks.variants import build, make_variant

DIVISIBLE = BatchParams(n=320, batch=32, epochs=1)
TABLES_BATCHES = BatchParams(n=1000, batch=32, epochs=3)
CONVOLUTION = InitParams(fan_in=64, fan_out=128, kernel=3)
KEPT = DropoutParams(0.3, units=200)
TABLES_NET = TinyNetParams(x=2, w1=1, b1=-1, w2=3, b2=0, y=1)
AUDITS_NET = TinyNetParams(x=2, w1=2, b1=-1, w2=3, b2=0, y=5)
DEAD_NET = TinyNetParams(x=2, w1=-1, b1=-1, w2=3, b2=3, y=1)

RIGHT: tuple[tuple[AnyFamily, tuple[object, ...], str], ...] = (
    (BATCH_COUNTS, BATCH_COUNTS.example, "48"),
    (BATCH_COUNTS, DIVISIBLE, "10"),
    (BATCH_COUNTS, TABLES_BATCHES, "96"),
    (BATCH_COUNTS, BatchParams(1000, 64, 3, drop_last=True), "45"),
    (BATCH_COUNTS, BatchParams(1000, 64, 3, accumulation=3), "18"),
    (INIT_STD, INIT_STD.example, "[0.0722, 0.0884, 0.125]"),
    (INIT_STD, CONVOLUTION, "0.0589"),
    (DROPOUT_SCALE, DROPOUT_SCALE.example, "[4, 0, 12, 0]"),
    (DROPOUT_SCALE, KEPT, "140"),
    (BACKPROP_TINY, BACKPROP_TINY.example, "8, 18, 12, 6, 72, 24"),
    (BACKPROP_TINY, TABLES_NET, "3 2 2 2 12 6"),
    (BACKPROP_TINY, TABLES_NET, "y_hat=3, L=2; dw2=2, db2=2, dw1=12, db1=6"),
    (BACKPROP_TINY, AUDITS_NET, "9 8 12 4 24 12"),
    (BACKPROP_TINY, DEAD_NET, "3 2 0 2 0 0"),
    (BACKPROP_SIGMOID, BACKPROP_SIGMOID.example, "[0.9621, 0.4628, 0.7034, 0.7567, 0.3783]"),
    (SOFTMAX_CE_GRAD, SOFTMAX_CE_GRAD.example, "[0.7, -0.8, 0.1]"),
)

SHOWN: tuple[tuple[AnyFamily, tuple[object, ...], str], ...] = (
    (BATCH_COUNTS, BATCH_COUNTS.example, "48"),
    (INIT_STD, INIT_STD.example, "Xavier = 0.0722; He = 0.0884; limit = 0.125"),
    (INIT_STD, CONVOLUTION, "0.0589"),
    (DROPOUT_SCALE, DROPOUT_SCALE.example, "[4.000, 0.000, 12.000, 0.000]"),
    (DROPOUT_SCALE, KEPT, "140"),
    (BACKPROP_TINY, TABLES_NET, "y_hat = 3; L = 2; dL/dw2 = 2; dL/db2 = 2; dL/dw1 = 12; dL/db1 = 6"),
    (
        BACKPROP_SIGMOID,
        BACKPROP_SIGMOID.example,
        "y_hat = 0.9621; L = 0.4628; dL/dw2 = 0.7034; dL/dw1 = 0.7567; dL/db1 = 0.3783",
    ),
    (SOFTMAX_CE_GRAD, SOFTMAX_CE_GRAD.example, "[0.700, -0.800, 0.100]"),
)

WRONG: tuple[tuple[AnyFamily, tuple[object, ...], str, str], ...] = (
    (BATCH_COUNTS, BATCH_COUNTS.example, "45", "dropped-partial"),
    (BATCH_COUNTS, BATCH_COUNTS.example, "46.875", "fraction"),
    (BATCH_COUNTS, BATCH_COUNTS.example, "16", "one-epoch"),
    (BATCH_COUNTS, BATCH_COUNTS.example, "47", "across-epochs"),
    (BATCH_COUNTS, TABLES_BATCHES, "93", "dropped-partial"),
    (BATCH_COUNTS, TABLES_BATCHES, "93.75", "fraction"),
    (BATCH_COUNTS, TABLES_BATCHES, "32", "one-epoch"),
    (BATCH_COUNTS, DIVISIBLE, "11", "extra-batch"),
    (BATCH_COUNTS, BatchParams(1000, 64, 3, drop_last=True), "48", "kept-partial"),
    (BATCH_COUNTS, BatchParams(1000, 64, 3, accumulation=3), "48", "no-accumulation"),
    (INIT_STD, INIT_STD.example, "0.0052 0.0078 0.125", "variance"),
    (INIT_STD, INIT_STD.example, "0.0052 0.0884 0.125", "variance"),
    (INIT_STD, INIT_STD.example, "0.0052", "variance"),
    (INIT_STD, INIT_STD.example, "0.0722 0.0625 0.125", "he-without-two"),
    (INIT_STD, INIT_STD.example, "0.0625", "he-without-two"),
    (INIT_STD, INIT_STD.example, "0.0722 0.0884 0.153", "he-limit"),
    (INIT_STD, INIT_STD.example, "0.0722 0.125 0.125", "he-fan-out"),
    (INIT_STD, CONVOLUTION, "0.1768", "no-kernel"),
    (INIT_STD, CONVOLUTION, "0.00347", "variance"),
    (DROPOUT_SCALE, DROPOUT_SCALE.example, "2 0 6 0", "no-scaling"),
    (DROPOUT_SCALE, DROPOUT_SCALE.example, "[1, 0, 3, 0]", "old-rule"),
    (DROPOUT_SCALE, DROPOUT_SCALE.example, "0 8 0 16", "mask-inverted"),
    (DROPOUT_SCALE, KEPT, "60", "dropped-units"),
    (DROPOUT_SCALE, KEPT, "170", "percent-as-count"),
    (BACKPROP_TINY, TABLES_NET, "3 2 2 2 6 6", "no-x"),
    (BACKPROP_TINY, TABLES_NET, "6", "no-x"),
    (BACKPROP_TINY, TABLES_NET, "3 2 2 2 4 2", "no-w2"),
    (BACKPROP_TINY, TABLES_NET, "3 2 2 2 4 6", "no-w2"),
    (BACKPROP_TINY, TABLES_NET, "4", "no-w2"),
    (BACKPROP_TINY, AUDITS_NET, "9 8 12 4 12 12", "no-x"),
    (BACKPROP_TINY, AUDITS_NET, "9 8 12 4 8 4", "no-w2"),
    (BACKPROP_TINY, AUDITS_NET, "9 8 4 4 24 12", "no-a1"),
    (BACKPROP_TINY, BACKPROP_TINY.example, "8 36 24 12 144 48", "no-half"),
    (BACKPROP_TINY, BACKPROP_TINY.example, "8 36 12 6 72 24", "no-half"),
    (BACKPROP_TINY, DEAD_NET, "3 2 0 2 12 6", "passed-through"),
    (BACKPROP_TINY, DEAD_NET, "12", "passed-through"),
    (BACKPROP_TINY, DEAD_NET, "-6 24.5 21 -7 -42 -21", "no-relu"),
    (BACKPROP_SIGMOID, BACKPROP_SIGMOID.example, "0.9621 0.4628 0.7034 3.8485 1.9242", "no-slope"),
    (BACKPROP_SIGMOID, BACKPROP_SIGMOID.example, "0.9621 0.4628 0.7034 3.8485 0.3783", "no-slope"),
    (BACKPROP_SIGMOID, BACKPROP_SIGMOID.example, "3.8485", "no-slope"),
    (BACKPROP_SIGMOID, BACKPROP_SIGMOID.example, "0.9621 0.4628 0.7034 0 0", "z-slope"),
    (BACKPROP_SIGMOID, BACKPROP_SIGMOID.example, "0", "z-slope"),
    (SOFTMAX_CE_GRAD, SOFTMAX_CE_GRAD.example, "-0.7, 0.8, -0.1", "reversed"),
    (SOFTMAX_CE_GRAD, SOFTMAX_CE_GRAD.example, "0 -0.8 0", "true-only"),
    (SOFTMAX_CE_GRAD, SOFTMAX_CE_GRAD.example, "0 -5 0", "by-probability"),
    (SOFTMAX_CE_GRAD, SOFTMAX_CE_GRAD.example, "-0.3 0.2 0.1", "from-one"),
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


def test_batch_counts_by_going_through_the_batches() -> None:
    for variant in drawn(BATCH_COUNTS):
        p = variant.params
        steps = 0
        for _ in range(p.epochs):
            waiting = 0
            for batch in gen_batches(p.n, p.batch):
                if p.drop_last and batch.stop - batch.start < p.batch:
                    continue
                waiting += 1
                if waiting == p.accumulation:
                    steps, waiting = steps + 1, 0
            steps += waiting > 0
        assert values(variant) == [steps]


def test_init_std_by_the_distributions_and_the_shape() -> None:
    for variant in drawn(INIT_STD):
        p = variant.params
        if p.kernel:
            fan = np.empty((p.fan_out, p.fan_in, p.kernel, p.kernel))[0].size
            assert agree(variant, (fan / 2) ** -0.5)
            continue
        _, he, limit = values(variant)
        assert agree(variant, stats.uniform(-limit, 2 * limit).std(), he, limit)
        # He: a ReLU passes half of the second moment on, so that fan_in * var / 2 = 1.
        assert np.isclose(p.fan_in * he**2 / 2, 1, rtol=1e-9)
        assert np.isclose((p.fan_in + p.fan_out) / 2 * limit**2 / 3, 1, rtol=1e-9)


def test_dropout_with_where_and_the_binomial_mean() -> None:
    for variant in drawn(DROPOUT_SCALE):
        p = variant.params
        if p.units:
            assert agree(variant, stats.binom(p.units, 1 - p.p).mean())
            assert isinstance(variant.parts[0].value, int)
        else:
            assert agree(variant, *np.where(np.array(p.mask) == 1, np.array(p.x) / (1 - p.p), 0))


Activation = Callable[[complex], complex]
STEP = 1e-30


def complex_step(p: TinyNetParams, activation: Activation) -> dict[str, float]:
    """Loss, output and all derivatives, by a step into the complex plane: exact to machine precision."""

    def run(w1: complex, b1: complex, w2: complex, b2: complex) -> tuple[complex, complex]:
        y_hat = w2 * activation(w1 * p.x + b1) + b2
        return y_hat, (y_hat - p.y) ** 2 / 2

    start = {"w1": p.w1, "b1": p.b1, "w2": p.w2, "b2": p.b2}
    y_hat, loss = run(**start)
    found = {"y_hat": complex(y_hat).real, "L": complex(loss).real}
    for name, value in start.items():
        moved: dict[str, complex] = {**start, name: value + 1j * STEP}
        found[f"dL/d{name}"] = run(**moved)[1].imag / STEP
    return found


def test_backprop_through_a_relu_by_complex_steps() -> None:
    for variant in drawn(BACKPROP_TINY):
        found = complex_step(variant.params, lambda z: z if complex(z).real > 0 else 0)
        assert agree(variant, *(found[part.label] for part in variant.parts))
        assert all(isinstance(number, int) for number in values(variant))


def test_backprop_through_a_sigmoid_by_complex_steps() -> None:
    for variant in drawn(BACKPROP_SIGMOID):
        found = complex_step(variant.params, lambda z: complex(1 / (1 + np.exp(-z))))
        assert agree(variant, *(found[part.label] for part in variant.parts))


def loss_of(z: NDArray[np.complex128], target: int) -> complex:
    return complex(np.log(np.sum(np.exp(z))) - z[target])


def test_softmax_gradient_by_complex_steps() -> None:
    for variant in drawn(SOFTMAX_CE_GRAD):
        p, target = variant.params
        z = np.log(np.array(p)).astype(np.complex128) + 2
        gradient = [loss_of(z + 1j * STEP * row, target).imag / STEP for row in np.eye(len(p))]
        assert agree(variant, *gradient)


def test_a_hidden_unit_is_sometimes_off() -> None:
    off = [make_variant(BACKPROP_TINY, seed).params.z1 < 0 for seed in range(1, 101)]
    assert 3 <= sum(off) <= 35


def test_all_kinds_of_questions_come_up() -> None:
    batches = [make_variant(BATCH_COUNTS, seed).params for seed in range(1, 101)]
    assert 25 <= sum(p.n % p.batch == 0 for p in batches) <= 60
    assert {p.drop_last for p in batches} == {True, False}
    assert {p.accumulation > 1 for p in batches} == {True, False}
    assert {make_variant(INIT_STD, seed).params.kernel > 0 for seed in range(1, 40)} == {True, False}
    assert {make_variant(DROPOUT_SCALE, seed).params.units > 0 for seed in range(1, 40)} == {True, False}


def test_topics_families_are_all_here() -> None:
    assert {name for name, one in families().items() if one.topic == "training"} == {
        "batch-counts",
        "init-std",
        "dropout-scale",
        "backprop-tiny",
        "backprop-sigmoid",
        "softmax-ce-grad",
    }
