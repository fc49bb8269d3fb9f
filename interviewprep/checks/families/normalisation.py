"""Normalisation layers: over the batch, over the features, and the statistics kept for inference."""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt
from typing import NamedTuple

from interviewprep.checks.draw import Draw
from interviewprep.checks.family import Family, Mistake, Part, Picture, Solution
from interviewprep.checks.formulas import beyond, mean, squares_around_mean, variance
from interviewprep.checks.numbers import Matrix, Vector, listed, plain, tabled
from interviewprep.checks.wording import aligned, bracketed

TOPIC = "normalisation"


def standardised(values: Sequence[float], ddof: int = 0) -> Vector:
    """(x - mean) / std."""
    middle, std = mean(values), sqrt(variance(values, ddof))
    return tuple((v - middle) / std for v in values)


def over_variance(values: Sequence[float]) -> Vector:
    """(x - mean) / var, with the root forgotten."""
    middle, var = mean(values), variance(values)
    return tuple((v - middle) / var for v in values)


def root_mean_square(values: Sequence[float]) -> float:
    """sqrt(mean(x^2)), without taking off the mean."""
    return sqrt(mean([v * v for v in values]))


def minus(value: float) -> str:
    """` - 5`, but ` + 5` for -5."""
    return f" {'+' if value < 0 else '-'} {plain(abs(value))}"


def _spread_lines(values: Sequence[float], name: str = "x") -> tuple[str, ...]:
    """Mean, distances from it, their squares, variance and standard deviation."""
    middle = mean(values)
    distances = [v - middle for v in values]
    total, n, var = squares_around_mean(values), len(values), variance(values)
    return (
        f"mean = {plain(sum(values))} / {n} = {plain(middle)}",
        *aligned((f"{name} - mean", distances), ("squared", [d * d for d in distances])),
        f"variance = {plain(total)} / {n} = {plain(var)}   std = {plain(sqrt(var))}",
    )


# -- batchnorm -----------------------------------------------------------------------------------


class BatchNormParams(NamedTuple):
    """One feature's values in a batch, and the learned scale and shift."""

    batch: Vector
    gamma: float
    beta: float


def _batchnorm_draw(draw: Draw) -> BatchNormParams:
    """Batches whose mean and variance are short numbers."""
    while True:
        batch = tuple(draw.step(-4, 12, 1) for _ in range(draw.whole(4, 6)))
        var = variance(batch)
        is_short = (mean(batch) * 2) % 1 == 0 and abs(var * 4 - round(var * 4)) < 1e-9
        if is_short and (var <= 0.6 or var >= 1.5) and len(set(batch)) > 2:
            gamma = draw.pick((0.5, 1.5, 2, 2.5, 3))
            return BatchNormParams(batch, gamma, draw.pick((-2, -1, -0.5, 0.5, 1, 2)))


_ROUND_STD = ((-7, -1, 1, 7), (-2, -2, 2, 2), (-3, -1, 0, 1, 3), (-4, -4, 4, 4), (4, -1, -1, -1, -1))
"""Distances from the mean with a standard deviation of 5, 2, 2, 4 and 2."""


def _batchnorm_mental(draw: Draw) -> BatchNormParams:
    distances = draw.pick(_ROUND_STD)
    sign, middle = draw.pick((-1, 1)), draw.whole(2, 10)
    batch = tuple(middle + sign * d for d in draw.several(distances, len(distances)))
    return BatchNormParams(batch, draw.pick((2, 3, 4)), draw.pick((-2, -1, 1, 2)))


def _batchnorm_out(p: BatchNormParams, x_hat: Vector) -> tuple[Vector, Vector]:
    return x_hat, tuple(p.gamma * x + p.beta for x in x_hat)


def _batchnorm_solve(p: BatchNormParams) -> Solution:
    x_hat, y = _batchnorm_out(p, standardised(p.batch))
    parts = (Part("x_hat", x_hat, digits=3), Part("y", y, digits=3))
    std = sqrt(variance(p.batch))
    scale = f"{plain(p.gamma)} x_hat {minus(-p.beta).strip()}"
    return Solution(
        parts=parts,
        steps=(
            *_spread_lines(p.batch),
            f"x_hat = (x - mean) / {plain(std)} = {parts[0].show()}",
            f"y = {scale} = {parts[1].show()}",
        ),
        sense=f"x_hat adds to 0; y has mean beta = {plain(p.beta)} and std gamma = {plain(p.gamma)}.",
    )


BATCHNORM = Family(
    name="batchnorm",
    title="BatchNorm, one feature",
    topic=TOPIC,
    priority=0,
    concept="batch-normalization",
    example=BatchNormParams((2, 4, 6, 8), 2, 1),
    sample=_batchnorm_draw,
    prompt=lambda p: (
        f"In training, one feature has the values {listed(p.batch)} in a batch. BatchNorm has gamma"
        f" {plain(p.gamma)} and beta {plain(p.beta)}; population variance, eps = 0. Give the normalised"
        " values x_hat, then the outputs y. 3 decimals each."
    ),
    formula="x_hat = (x - mean) / sqrt(var + eps);  y = gamma x_hat + beta",
    solve=_batchnorm_solve,
    mistakes=(
        Mistake(
            "sample-variance",
            "used the sample variance",
            "BatchNorm normalises with the population variance: divide by n, not n - 1.",
            lambda p: _batchnorm_out(p, standardised(p.batch, ddof=1)),
        ),
        Mistake(
            "variance-for-std",
            "divided by the variance",
            "Divide by the standard deviation, the root of the variance.",
            lambda p: _batchnorm_out(p, over_variance(p.batch)),
        ),
        Mistake(
            "not-centred",
            "did not take off the mean",
            "Subtract the mean first, then divide.",
            lambda p: _batchnorm_out(p, tuple(x / sqrt(variance(p.batch)) for x in p.batch)),
        ),
        Mistake(
            "no-scale-shift",
            "left out gamma and beta",
            "Scale by gamma and shift by beta at the end.",
            lambda p: (None, standardised(p.batch)),
        ),
        Mistake(
            "no-shift",
            "left out beta",
            "Add beta after the scaling.",
            lambda p: (None, tuple(p.gamma * x for x in standardised(p.batch))),
        ),
        Mistake(
            "shift-first",
            "added beta before the scaling",
            "gamma x_hat + beta: beta is not scaled.",
            lambda p: (None, tuple(p.gamma * (x + p.beta) for x in standardised(p.batch))),
        ),
    ),
    mental=_batchnorm_mental,
    refs=("Ioffe & Szegedy 2015 (batch normalisation)",),
)


# -- layernorm-rmsnorm ---------------------------------------------------------------------------


class AxisParams(NamedTuple):
    """A matrix of examples by features, the example asked for (from 0), and the layer's kind."""

    x: Matrix
    row: int
    kind: str = "layer"
    """`layer`, `batch`, or `rms` (of a single example)."""

    @property
    def example(self) -> Vector:
        """The features of the example that is asked for."""
        return self.x[self.row]


def _by_row(p: AxisParams) -> Vector:
    return standardised(p.example)


def _by_column(p: AxisParams) -> Vector:
    return tuple(standardised(column)[p.row] for column in zip(*p.x, strict=True))


def _axis_answer(p: AxisParams) -> Vector:
    if p.kind == "rms":
        return tuple(v / root_mean_square(p.example) for v in p.example)
    return _by_row(p) if p.kind == "layer" else _by_column(p)


def _axis_groups(p: AxisParams) -> tuple[Vector, ...]:
    """For each number asked for, the values it is normalised with."""
    columns: tuple[Vector, ...] = tuple(zip(*p.x, strict=True))
    return columns if p.kind == "batch" else (p.example,) * len(p.example)


def _sample_variance(p: AxisParams) -> tuple[Vector] | None:
    if p.kind == "rms":
        return None
    pairs = zip(p.example, _axis_groups(p), strict=True)
    return (tuple((v - mean(g)) / sqrt(variance(g, ddof=1)) for v, g in pairs),)


def _axis_over_variance(p: AxisParams) -> tuple[Vector]:
    """Divided by the variance, or by the mean square."""
    if p.kind == "rms":
        return (tuple(v / root_mean_square(p.example) ** 2 for v in p.example),)
    pairs = zip(p.example, _axis_groups(p), strict=True)
    return (tuple((v - mean(g)) / variance(g) for v, g in pairs),)


def _axis_draw(draw: Draw) -> AxisParams:
    kind = draw.pick(("layer", "batch", "rms"))
    if kind == "rms":
        while True:
            x = tuple(draw.step(-4, 6, 1) for _ in range(draw.whole(3, 5)))
            if abs(mean(x)) >= 0.5 and variance(x) > 0.5 and len(set(x)) > 2:
                return AxisParams((x,), 0, kind)
    features = draw.whole(3, 4)
    while True:
        rows = tuple(tuple(draw.step(-3, 9, 1) for _ in range(features)) for _ in range(3))
        groups = (*rows, *zip(*rows, strict=True))
        if all(variance(g) >= 1.5 and len(set(g)) == len(g) for g in groups):
            return AxisParams(rows, draw.whole(0, 2), kind)


_ROUND_RMS = ((1, 1, 5, 3), (1, 7), (2, 14), (2, 2, 10, 6), (1, 1, 7, 7), (-5, 1, -1, 3), (7, 17))
"""Vectors with a root mean square of 3, 5, 10, 6, 5, 3 and 13."""


def _axis_mental(draw: Draw) -> AxisParams:
    """RMSNorm with a whole root mean square."""
    x = draw.pick(_ROUND_RMS)
    return AxisParams((draw.several(x, len(x)),), 0, "rms")


_ORDINALS = ("first", "second", "third")


def _axis_prompt(p: AxisParams) -> str:
    if p.kind == "rms":
        return (
            f"A token has the features {listed(p.example)}. What does RMSNorm (gain 1, eps = 0) make of them?"
            " 3 decimals each."
        )
    layer = "LayerNorm" if p.kind == "layer" else "BatchNorm in training"
    return (
        f"The rows of {tabled(p.x)} are examples, the columns features. What does {layer} make of the"
        f" {_ORDINALS[p.row]} row? Gain 1, bias 0, population variance, eps = 0; 3 decimals each."
    )


def _axis_solve(p: AxisParams) -> Solution:
    answer = _axis_answer(p)
    part = Part("", answer, digits=3)
    picture = (Picture("matrix", image=p.x),)
    if p.kind == "rms":
        squares = [v * v for v in p.example]
        square = mean(squares)
        rms = plain(sqrt(square))
        return Solution(
            parts=(part,),
            steps=(
                *aligned(("x", p.example), ("squared", squares)),
                f"mean square = {plain(sum(squares))} / {len(squares)} = {plain(square)}   root = {rms}",
                f"x / {rms} = {part.show()}",
            ),
            sense="The mean square of the result is 1; the signs and the ratios stay.",
        )
    if p.kind == "layer":
        steps = (
            f"over the features of the row {listed(p.example)}",
            *_spread_lines(p.example),
            f"(x - mean) / {plain(sqrt(variance(p.example)))} = {part.show()}",
        )
        return Solution((part,), steps, "Each row comes out with mean 0 and variance 1.", picture)
    groups = _axis_groups(p)
    lines = tuple(
        f"{listed(g)}: mean {plain(mean(g))}, std {plain(sqrt(variance(g)))}:"
        f" ({plain(v)}{minus(mean(g))}) / {plain(sqrt(variance(g)))} = {part.show(a)}"
        for v, g, a in zip(p.example, groups, answer, strict=True)
    )
    steps = ("over the batch, column by column", *lines)
    return Solution((part,), steps, "Each column comes out with mean 0 and variance 1.", picture)


LAYERNORM_RMSNORM = Family(
    name="layernorm-rmsnorm",
    title="LayerNorm, BatchNorm, RMSNorm",
    topic=TOPIC,
    priority=1,
    concept="batchnorm-vs-layernorm",
    example=AxisParams(((1, 2, 3), (4, 5, 6)), 0),
    sample=_axis_draw,
    prompt=_axis_prompt,
    formula="LN: (x - mean) / std over a row;  BN: over a column;  RMS: x / sqrt(mean(x^2))",
    solve=_axis_solve,
    mistakes=(
        Mistake(
            "axis-batch",
            "normalised each column, over the batch",
            "That is BatchNorm; LayerNorm works over the features of one example.",
            lambda p: (_by_column(p),) if p.kind == "layer" else None,
        ),
        Mistake(
            "axis-features",
            "normalised each row, over the features",
            "That is LayerNorm; BatchNorm works over the batch, feature by feature.",
            lambda p: (_by_row(p),) if p.kind == "batch" else None,
        ),
        Mistake(
            "centred",
            "took off the mean",
            "RMSNorm does not centre: divide by the root mean square only.",
            lambda p: (_by_row(p),) if p.kind == "rms" else None,
        ),
        Mistake(
            "vector-length",
            "divided by the length of the vector",
            "The root of the mean square, not of the sum of squares.",
            lambda p: (
                (tuple(v / sqrt(sum(u * u for u in p.example)) for v in p.example),)
                if p.kind == "rms"
                else None
            ),
        ),
        Mistake(
            "sample-variance",
            "used the sample variance",
            "Normalisation layers use the population variance: divide by n, not n - 1.",
            _sample_variance,
        ),
        Mistake(
            "no-root",
            "left out the root",
            "Divide by the standard deviation (or the root mean square), not by its square.",
            _axis_over_variance,
        ),
    ),
    mental=_axis_mental,
    example_is_separable=False,
    refs=("Ba et al. 2016 (LayerNorm)", "Zhang & Sennrich 2019 (RMSNorm)"),
)


# -- bn-running ----------------------------------------------------------------------------------


class RunningParams(NamedTuple):
    """Running mean and variance so far, a batch of one feature, and the momentum in PyTorch's meaning."""

    old_mean: float
    old_var: float
    batch: Vector
    momentum: float


def _blend(p: RunningParams, old: float, new: float) -> float:
    return (1 - p.momentum) * old + p.momentum * new


def _running_draw(draw: Draw) -> RunningParams:
    momentum = draw.pick((0.01, 0.05, 0.1, 0.1, 0.2, 0.3))
    old_mean, old_var = (0.0, 1.0) if draw.chance(0.3) else (draw.step(-2, 3, 0.5), draw.step(0.5, 4, 0.5))
    while True:
        batch = tuple(draw.step(-3, 12, 1) for _ in range(draw.whole(4, 5)))
        if variance(batch) >= 1 and len(set(batch)) > 2:
            return RunningParams(old_mean, old_var, batch, momentum)


_ROUND_VARIANCES = ((-3, 0, 3), (-1, -1, 2), (-4, 2, 2), (-2, 0, 2), (-3, -1, 0, 1, 3), (-3, 1, 2))
"""Distances from the mean whose sample variance is whole."""


def _running_mental(draw: Draw) -> RunningParams:
    distances = draw.pick(_ROUND_VARIANCES)
    middle, sign = draw.whole(2, 10), draw.pick((-1, 1))
    batch = tuple(middle + sign * d for d in draw.several(distances, len(distances)))
    return RunningParams(draw.whole(0, 4), draw.whole(1, 4), batch, draw.pick((0.1, 0.2)))


def _running_solve(p: RunningParams) -> Solution:
    n, middle, var = len(p.batch), mean(p.batch), variance(p.batch, ddof=1)
    total = squares_around_mean(p.batch)
    parts = (
        Part("running mean", _blend(p, p.old_mean, middle), digits=4),
        Part("running variance", _blend(p, p.old_var, var), digits=4),
    )
    keep, take = plain(1 - p.momentum), plain(p.momentum)
    return Solution(
        parts=parts,
        steps=(
            f"batch mean = {plain(sum(p.batch))} / {n} = {plain(middle)}",
            f"batch variance = {plain(total)} / ({n} - 1) = {plain(var)}",
            f"mean     = {keep} * {bracketed(p.old_mean)} + {take} * {bracketed(middle)} = {parts[0].show()}",
            f"variance = {keep} * {plain(p.old_var)} + {take} * {plain(var)} = {parts[1].show()}",
        ),
        sense="With a small momentum both stay near the old values.",
    )


BN_RUNNING = Family(
    name="bn-running",
    title="BatchNorm running statistics",
    topic=TOPIC,
    priority=2,
    concept="batch-normalization",
    example=RunningParams(0, 1, (2, 4, 6, 8), 0.1),
    sample=_running_draw,
    prompt=lambda p: (
        f"A BatchNorm layer in PyTorch (momentum = {plain(p.momentum)}) has running mean {plain(p.old_mean)}"
        f" and running variance {plain(p.old_var)} for a feature. In training it sees the batch"
        f" {listed(p.batch)}. Give the new running mean, then the new running variance,"
        " as PyTorch keeps them. 4 decimals each."
    ),
    formula="new = (1 - m) old + m batch, with the sample variance of the batch (n - 1)",
    solve=_running_solve,
    rule=lambda p: beyond(0, 1, momentum=p.momentum),
    mistakes=(
        Mistake(
            "keras-momentum",
            "took the momentum for the weight of the old value",
            "That is Keras; PyTorch's momentum is the weight of the new batch.",
            lambda p: (
                p.momentum * p.old_mean + (1 - p.momentum) * mean(p.batch),
                p.momentum * p.old_var + (1 - p.momentum) * variance(p.batch, ddof=1),
            ),
        ),
        Mistake(
            "batch-only",
            "gave the statistics of the batch",
            "The running values move towards them by the share m.",
            lambda p: (mean(p.batch), variance(p.batch, ddof=1)),
        ),
        Mistake(
            "population-variance",
            "kept the population variance",
            "PyTorch normalises with it, but keeps the sample variance (n - 1) for inference.",
            lambda p: (None, _blend(p, p.old_var, variance(p.batch))),
        ),
        Mistake(
            "old-in-full",
            "added to the old value in full",
            "The old value counts 1 - m: the weights add to 1.",
            lambda p: (
                p.old_mean + p.momentum * mean(p.batch) if p.old_mean else None,
                p.old_var + p.momentum * variance(p.batch, ddof=1),
            ),
        ),
    ),
    mental=_running_mental,
    refs=("PyTorch: BatchNorm1d",),
)

FAMILIES = (BATCHNORM, LAYERNORM_RMSNORM, BN_RUNNING)
