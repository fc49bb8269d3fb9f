"""Counting what dense and normalisation layers have to learn."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import prod
from typing import NamedTuple

from interviewprep.checks.draw import Draw
from interviewprep.checks.family import Family, Mistake, Part, Solution

TOPIC = "convolution"


# -- dense-params --------------------------------------------------------------------------------


class DenseParams(NamedTuple):
    """Units per layer, the inputs first."""

    sizes: tuple[int, ...]


def _dense(sizes: Sequence[int]) -> int:
    return sum((a + 1) * b for a, b in pairwise(sizes))


def _dense_draw(draw: Draw) -> DenseParams:
    inputs = draw.pick((2, 4, 8, 13, 20, 30, 64, 100, 256, 300, 512, 784, 1024))
    hidden = tuple(draw.pick((8, 16, 32, 50, 64, 100, 128, 200, 256, 512)) for _ in range(draw.whole(1, 3)))
    return DenseParams((inputs, *hidden, draw.pick((2, 3, 5, 10, 20, 26))))


def _dense_mental(draw: Draw) -> DenseParams:
    hidden = tuple(draw.pick((4, 5, 6, 8, 10)) for _ in range(draw.whole(1, 2)))
    return DenseParams((draw.whole(3, 10), *hidden, draw.whole(2, 3)))


def _hidden(sizes: Sequence[int]) -> str:
    *most, last = (str(n) for n in sizes)
    return f"hidden layers of {', '.join(most)} and {last}" if most else f"a hidden layer of {last}"


def _dense_solve(p: DenseParams) -> Solution:
    layers = [(a, b, (a + 1) * b) for a, b in pairwise(p.sizes)]
    total = _dense(p.sizes)
    last = layers[-1][1]
    return Solution(
        parts=(Part("", total, exact=True),),
        steps=(
            *(f"{a} -> {b}: ({a} + 1)*{b} = {count:,}" for a, b, count in layers),
            f"total: {' + '.join(f'{count:,}' for *_, count in layers)} = {total:,}",
        ),
        sense=f"{sum(p.sizes[1:]):,} of them are biases, one per unit, the last {last} for the outputs.",
    )


DENSE_PARAMS = Family(
    name="dense-params",
    title="Dense parameters",
    topic=TOPIC,
    priority=0,
    concept="weights-biases",
    example=DenseParams((784, 128, 10)),
    sample=_dense_draw,
    prompt=lambda p: (
        f"A fully connected network has {p.sizes[0]} inputs, {_hidden(p.sizes[1:-1])} units and"
        f" {p.sizes[-1]} outputs; all its layers have biases."
        " How many parameters does it have? A whole number."
    ),
    formula="sum over the layers of (in + 1) * out",
    solve=_dense_solve,
    mistakes=(
        Mistake(
            "no-bias",
            "left out the biases",
            "Every unit has a bias: + out per layer.",
            lambda p: (sum(a * b for a, b in pairwise(p.sizes)),),
        ),
        Mistake(
            "sizes-added",
            "added the sizes of the layers",
            "Every unit meets every input: in * out weights per layer.",
            lambda p: (sum(p.sizes),),
        ),
        Mistake(
            "sizes-multiplied",
            "multiplied all sizes with each other",
            "Weights lie between neighbouring layers only: add in * out per pair.",
            lambda p: (prod(p.sizes),),
        ),
        Mistake(
            "bias-per-input",
            "counted a bias per input of a layer",
            "A bias belongs to a unit of the layer: + out, not + in.",
            lambda p: (sum(a * (b + 1) for a, b in pairwise(p.sizes)),),
        ),
        Mistake(
            "input-biases",
            "gave the inputs biases too",
            "The inputs are no units and have no biases.",
            lambda p: (_dense(p.sizes) + p.sizes[0],),
        ),
    ),
    mental=_dense_mental,
    level="easy",
)


# -- flatten-fc ----------------------------------------------------------------------------------


class FlattenParams(NamedTuple):
    """The last feature maps and the dense layer on top of them."""

    channels: int
    height: int
    width: int
    units: int
    pooled: bool = False
    """Averaged to one value per channel instead of flattened."""


def _flatten_draw(draw: Draw) -> FlattenParams:
    height = draw.pick((4, 5, 6, 7, 7, 8, 14))
    width = height if draw.chance(0.75) else height + draw.whole(1, 4)
    units = draw.pick((10, 100, 128, 256, 512, 1000, 1024, 4096))
    return FlattenParams(
        draw.pick((16, 32, 64, 128, 192, 256, 384, 512)), height, width, units, draw.chance(0.25)
    )


def _flatten_mental(draw: Draw) -> FlattenParams:
    side = draw.pick((2, 3, 4, 5))
    return FlattenParams(
        draw.pick((4, 8, 10, 16, 20)), side, side, draw.pick((2, 3, 5, 10)), draw.chance(0.25)
    )


def _flatten_features(p: FlattenParams) -> int:
    return p.channels if p.pooled else p.channels * p.height * p.width


def _flatten_solve(p: FlattenParams) -> Solution:
    features = _flatten_features(p)
    answer = (features + 1) * p.units
    maps = f"{p.channels}*{p.height}*{p.width}"
    other = (p.channels if not p.pooled else p.channels * p.height * p.width) + 1
    sense = "Averaging each map first would leave" if not p.pooled else "Flattening instead would take"
    return Solution(
        parts=(Part("", answer, exact=True),),
        steps=(
            f"one average per channel: {features} values" if p.pooled else f"values: {maps} = {features:,}",
            f"one unit: {features:,} weights + 1 bias = {features + 1:,}",
            f"{p.units:,} units: {p.units:,} * {features + 1:,} = {answer:,}",
        ),
        sense=f"{sense} {other * p.units:,} parameters.",
    )


FLATTEN_FC = Family(
    name="flatten-fc",
    title="From feature maps to a dense layer",
    topic=TOPIC,
    priority=1,
    concept="cnn",
    example=FlattenParams(512, 7, 7, 4096),
    sample=_flatten_draw,
    prompt=lambda p: (
        f"The last {p.channels} feature maps of a CNN are {p.height}×{p.width} in size. They are "
        + ("averaged to one value per map (global average pooling)" if p.pooled else "flattened")
        + f" and go into a dense layer of {p.units} units with biases."
        " How many parameters does the dense layer have? A whole number."
    ),
    formula="(C * H * W + 1) * units;  after global average pooling (C + 1) * units",
    solve=_flatten_solve,
    mistakes=(
        Mistake(
            "no-area",
            "forgot the size of the maps",
            "Flattening keeps every pixel: C * H * W values.",
            lambda p: None if p.pooled else ((p.channels + 1) * p.units,),
        ),
        Mistake(
            "area-counted",
            "counted all pixels of the maps",
            "Averaging leaves one value per map: C values.",
            lambda p: ((p.channels * p.height * p.width + 1) * p.units,) if p.pooled else None,
        ),
        Mistake(
            "no-bias",
            "left out the biases",
            "Every unit has a bias: + units.",
            lambda p: (_flatten_features(p) * p.units,),
        ),
        Mistake(
            "one-bias",
            "counted one bias for the whole layer",
            "Every unit has a bias of its own.",
            lambda p: (_flatten_features(p) * p.units + 1,),
        ),
        Mistake(
            "one-side",
            "took one side of the maps only",
            "A map has H * W pixels.",
            lambda p: None if p.pooled else ((p.channels * p.height + 1) * p.units,),
        ),
    ),
    mental=_flatten_mental,
    level="easy",
)


# -- norm-params ---------------------------------------------------------------------------------


class NormParams(NamedTuple):
    """A normalisation layer, and how many positions (pixels or tokens) it runs over."""

    kind: str
    """`batch`, `layer` or `rms`."""
    width: int
    extent: int


_NORM_NAMES = {"layer": "LayerNorm", "rms": "RMSNorm"}


def _norm_draw(draw: Draw) -> NormParams:
    kind = draw.pick(("batch", "batch", "layer", "rms"))
    if kind == "batch":
        return NormParams(kind, 8 * draw.whole(1, 128), draw.pick((7, 8, 14, 16, 28, 32, 56)))
    return NormParams(kind, 64 * draw.whole(2, 16), draw.pick((50, 100, 128, 196, 197, 256, 512)))


def _norm_mental(draw: Draw) -> NormParams:
    return NormParams(
        draw.pick(("batch", "batch", "layer", "rms")), draw.whole(2, 50) * 10, draw.pick((8, 32))
    )


def _norm_prompt(p: NormParams) -> str:
    if p.kind == "batch":
        return (
            f"BatchNorm2d (PyTorch's defaults) runs over {p.width} channels of {p.extent}×{p.extent}."
            " How many numbers does it learn, and how many does it keep as buffers,"
            " num_batches_tracked not counted? Two whole numbers."
        )
    return (
        f"{_NORM_NAMES[p.kind]} (PyTorch's defaults) normalises {p.extent} tokens of width {p.width}, each"
        " for itself. How many numbers does it learn? A whole number."
    )


def _norm_solve(p: NormParams) -> Solution:
    c = p.width
    if p.kind == "batch":
        return Solution(
            parts=(Part("learned", 2 * c, exact=True), Part("buffers", 2 * c, exact=True)),
            steps=(
                f"learned: a scale and a shift per channel, 2*{c} = {2 * c:,}",
                f"buffers: a running mean and a running variance per channel, 2*{c} = {2 * c:,}",
            ),
            sense="Gradient descent moves scale and shift; the running statistics are only averaged.",
        )
    learned = 2 * c if p.kind == "layer" else c
    line = (
        f"a scale and a shift per feature: 2*{c} = {learned:,}"
        if p.kind == "layer"
        else f"a scale per feature, no shift: {learned:,}"
    )
    return Solution(
        parts=(Part("", learned, exact=True, may_be_trivial=p.kind == "rms"),),
        steps=(line,),
        sense="All tokens share them, so their number does not matter; there are no running statistics.",
    )


def _as_batchnorm(p: NormParams) -> tuple[int | None, ...]:
    """The running statistics counted among what is learned."""
    return (4 * p.width, 0) if p.kind == "batch" else (4 * p.width,)


def _per_position(p: NormParams) -> tuple[int | None, ...]:
    if p.kind == "batch":
        return 2 * p.width * p.extent**2, None
    return ((2 if p.kind == "layer" else 1) * p.width * p.extent,)


def _scale_only(p: NormParams) -> tuple[int | None, ...] | None:
    if p.kind == "rms":
        return None
    return (p.width, None) if p.kind == "batch" else (p.width,)


NORM_PARAMS = Family(
    name="norm-params",
    title="Parameters of normalisation layers",
    topic=TOPIC,
    priority=1,
    concept="normalization-layers",
    example=NormParams("batch", 64, 32),
    sample=_norm_draw,
    prompt=_norm_prompt,
    formula="BatchNorm: 2C learned + 2C buffers;  LayerNorm: 2d;  RMSNorm: d",
    solve=_norm_solve,
    mistakes=(
        Mistake(
            "statistics-learned",
            "counted running mean and variance as learned",
            "Running statistics are averaged, not learned, and only BatchNorm has them.",
            _as_batchnorm,
        ),
        Mistake(
            "per-position",
            "counted parameters for every position",
            "All positions share the same scale and shift.",
            _per_position,
        ),
        Mistake(
            "scale-only",
            "forgot the shift",
            "There are a scale and a shift for each channel or feature.",
            _scale_only,
        ),
        Mistake(
            "shift-added",
            "counted a shift that RMSNorm does not have",
            "RMSNorm only rescales: one number per feature.",
            lambda p: (2 * p.width,) if p.kind == "rms" else None,
        ),
        Mistake(
            "no-buffers",
            "forgot the running statistics",
            "BatchNorm keeps a running mean and variance per channel for inference.",
            lambda p: (None, 0) if p.kind == "batch" else None,
        ),
    ),
    mental=_norm_mental,
    level="medium",
    refs=("PyTorch documentation, BatchNorm2d, LayerNorm, RMSNorm",),
)

FAMILIES = (DENSE_PARAMS, FLATTEN_FC, NORM_PARAMS)
