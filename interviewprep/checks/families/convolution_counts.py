"""Counting what a convolution has to learn and to compute."""

from __future__ import annotations

from typing import NamedTuple

from interviewprep.checks.draw import Draw
from interviewprep.checks.family import Family, Mistake, Part, Solution

TOPIC = "convolution"

_CHANNELS = (16, 24, 32, 48, 64, 96, 128, 192, 256, 384, 512)
_SIDES = (7, 14, 28, 32, 56, 64, 112, 224)


# -- conv-params ---------------------------------------------------------------------------------


class ConvParams(NamedTuple):
    """A convolution layer, and the side of the images it runs over."""

    kernel: int
    c_in: int
    c_out: int
    side: int = 224
    groups: int = 1
    bias: bool = True


def _weights(p: ConvParams) -> int:
    return p.kernel * p.kernel * (p.c_in // p.groups) * p.c_out


def _conv_params(p: ConvParams) -> int:
    return _weights(p) + (p.c_out if p.bias else 0)


def _kernel_once(p: ConvParams) -> tuple[int] | None:
    """K weights per channel; with K channels that is the same as no channels at all."""
    seen = p.c_in // p.groups
    return ((p.kernel * seen + p.bias) * p.c_out,) if seen != p.kernel else None


def _conv_draw(draw: Draw) -> ConvParams:
    kernel, c_out = draw.pick((1, 3, 3, 3, 5, 7)), draw.pick(_CHANNELS)
    side = draw.pick((32, 64, 128, 224, 256))
    if draw.chance(0.25):
        groups = draw.pick((2, 4, 8))
        return ConvParams(kernel, draw.pick(_CHANNELS), c_out, side, groups, draw.chance(0.7))
    c_in = draw.pick((1, 3, 3)) if draw.chance(0.3) else draw.pick(_CHANNELS)
    return ConvParams(kernel, c_in, c_out, side, 1, draw.chance(0.75))


def _conv_mental(draw: Draw) -> ConvParams:
    kernel, c_in = draw.pick((1, 3, 3, 5)), draw.pick((2, 3, 4, 5, 8, 10))
    return ConvParams(kernel, c_in, draw.pick((4, 8, 10, 16, 20, 32, 64, 100)), 32, 1, draw.chance(0.75))


def _conv_prompt(p: ConvParams) -> str:
    return (
        f"A convolution layer (kernel {p.kernel}×{p.kernel}, channels in {p.c_in}, out {p.c_out}, "
        + (f"{p.groups} groups, " if p.groups > 1 else "")
        + ("with bias" if p.bias else "no bias")
        + f") runs over {p.side}×{p.side} images. How many parameters does it have? A whole number."
    )


def _conv_solve(p: ConvParams) -> Solution:
    seen = p.c_in // p.groups
    one = p.kernel * p.kernel * seen
    answer = _conv_params(p)
    group = (f"a filter reads {p.c_in}/{p.groups} = {seen} channels",) if p.groups > 1 else ()
    bias = (f"with its bias {one:,} + 1 = {one + 1:,}",) if p.bias else ()
    return Solution(
        parts=(Part("", answer, exact=True),),
        steps=(
            *group,
            f"one filter: {p.kernel}*{p.kernel}*{seen} = {one:,} weights",
            *bias,
            f"{p.c_out} filters: {p.c_out}*{one + p.bias:,} = {answer:,}",
        ),
        sense=f"Each of the {p.c_out} output channels has {one + p.bias:,} parameters,"
        " whatever the size of the image.",
    )


CONV_PARAMS = Family(
    name="conv-params",
    title="Convolution parameters",
    topic=TOPIC,
    priority=0,
    concept="kernel-filter",
    example=ConvParams(3, 3, 64),
    sample=_conv_draw,
    prompt=_conv_prompt,
    formula="(K * K * C_in / groups + 1) * C_out;  without bias no + 1",
    solve=_conv_solve,
    rule=lambda p: (
        "`groups` must divide `c_in` and `c_out`" if p.c_in % p.groups or p.c_out % p.groups else ""
    ),
    mistakes=(
        Mistake(
            "no-bias",
            "left out the biases",
            "Each filter has one bias: + C_out.",
            lambda p: (_weights(p),),
        ),
        Mistake(
            "bias-added",
            "counted biases the layer does not have",
            "The layer has no bias: only weights count.",
            lambda p: None if p.bias else (_weights(p) + p.c_out,),
        ),
        Mistake(
            "no-input-channels",
            "left out the input channels",
            "A filter is as deep as its input: K * K * C_in weights.",
            lambda p: ((p.kernel * p.kernel + p.bias) * p.c_out,),
        ),
        Mistake(
            "times-image",
            "multiplied by the size of the image",
            "Weights are shared over all positions: the image does not count.",
            lambda p: (_conv_params(p) * p.side * p.side,),
        ),
        Mistake(
            "kernel-side",
            "took K weights per channel",
            "A kernel has K * K weights per channel.",
            _kernel_once,
        ),
        Mistake(
            "no-groups",
            "ignored the groups",
            "A filter reads the channels of its own group only: C_in / groups.",
            lambda p: (_conv_params(p._replace(groups=1)),),
        ),
    ),
    mental=_conv_mental,
    level="easy",
)


# -- conv-macs -----------------------------------------------------------------------------------


class MacParams(NamedTuple):
    """A convolution layer and the sides of its input and output."""

    kernel: int
    c_in: int
    c_out: int
    side_in: int
    side_out: int


def _macs_draw(draw: Draw) -> MacParams:
    side, stride = draw.pick(_SIDES), draw.pick((1, 2, 2))
    out = -(-side // stride)
    c_in = 3 if side == 224 else draw.pick(_CHANNELS)
    return MacParams(draw.pick((1, 3, 3, 5, 7)), c_in, draw.pick(_CHANNELS), side, out)


def _macs_mental(draw: Draw) -> MacParams:
    side = draw.pick((10, 20, 100))
    return MacParams(
        draw.pick((1, 3)), draw.pick((2, 3, 4, 10)), draw.pick((5, 10, 20)), side, side // draw.whole(1, 2)
    )


def _both(macs: int) -> tuple[int, int]:
    return macs, 2 * macs


def _macs(p: MacParams) -> int:
    return p.kernel**2 * p.c_in * p.c_out * p.side_out**2


def _macs_solve(p: MacParams) -> Solution:
    each, places, macs = p.kernel**2 * p.c_in, p.side_out**2, _macs(p)
    return Solution(
        parts=tuple(
            Part(label, value, relative=0.01, significant=3)
            for label, value in zip(("MACs", "FLOPs"), _both(macs), strict=True)
        ),
        steps=(
            f"one output value: {p.kernel}*{p.kernel}*{p.c_in} = {each:,} MACs",
            f"output values: {p.side_out}*{p.side_out}*{p.c_out} = {places * p.c_out:,}",
            f"MACs  = {each:,} * {places * p.c_out:,} = {macs:,}",
            f"FLOPs = 2 * {macs:,} = {2 * macs:,}",
        ),
        sense=f"The {each * p.c_out:,} weights are each used at all {places:,} output positions.",
    )


CONV_MACS = Family(
    name="conv-macs",
    title="Convolution MACs and FLOPs",
    topic=TOPIC,
    priority=1,
    concept="cnn-vs-fully-connected",
    example=MacParams(3, 3, 64, 224, 224),
    sample=_macs_draw,
    prompt=lambda p: (
        f"A {p.kernel}×{p.kernel} convolution turns {p.c_in} channels of {p.side_in}×{p.side_in} into"
        f" {p.c_out} channels of {p.side_out}×{p.side_out}. How many multiply-accumulates (MACs) does one"
        " image take, and how many FLOPs, with every multiplication and every addition counted?"
        " No biases. 3 significant digits, e.g. 1.23e8, or the exact number."
    ),
    formula="MACs = K^2 * C_in * C_out * H_out * W_out;  FLOPs = 2 * MACs",
    solve=_macs_solve,
    mistakes=(
        Mistake(
            "input-size",
            "took the size of the input",
            "The kernel is applied once per OUTPUT position.",
            lambda p: _both(_macs(p._replace(side_out=p.side_in))),
        ),
        Mistake(
            "flops-are-macs",
            "took FLOPs for MACs",
            "A MAC is a multiplication and an addition: 2 FLOPs.",
            lambda p: (None, _macs(p)),
        ),
        Mistake(
            "no-input-channels",
            "left out the input channels",
            "Each output value sums over all input channels.",
            lambda p: _both(_macs(p._replace(c_in=1))),
        ),
        Mistake(
            "weights-only",
            "counted each weight once",
            "Every weight is used again at each output position.",
            lambda p: _both(_macs(p._replace(side_out=1))),
        ),
        Mistake(
            "kernel-once",
            "left out the kernel's size",
            "Each output value takes K * K products per channel.",
            lambda p: _both(_macs(p._replace(kernel=1))),
        ),
    ),
    mental=_macs_mental,
    level="medium",
)


# -- depthwise -----------------------------------------------------------------------------------


class DepthwiseParams(NamedTuple):
    """A layer that is to be split into a depthwise and a pointwise convolution."""

    kernel: int
    c_in: int
    c_out: int


def _split(p: DepthwiseParams) -> tuple[int, int, int]:
    """Weights of the depthwise, of the pointwise, and of the standard convolution."""
    return p.kernel**2 * p.c_in, p.c_in * p.c_out, p.kernel**2 * p.c_in * p.c_out


def _separable(p: DepthwiseParams, weights: int) -> tuple[int, None, float]:
    """A wrong number of weights, and the ratio it leads to."""
    return weights, None, weights / _split(p)[2]


def _depthwise_solve(p: DepthwiseParams) -> Solution:
    depthwise, pointwise, standard = _split(p)
    both = depthwise + pointwise
    ratio = Part("ratio", both / standard, digits=3)
    return Solution(
        parts=(Part("separable", both, exact=True), Part("standard", standard, exact=True), ratio),
        steps=(
            f"depthwise: {p.kernel}*{p.kernel}*{p.c_in} = {depthwise:,}",
            f"pointwise: 1*1*{p.c_in}*{p.c_out} = {pointwise:,}",
            f"separable: {depthwise:,} + {pointwise:,} = {both:,}",
            f"standard:  {p.kernel}*{p.kernel}*{p.c_in}*{p.c_out} = {standard:,}",
            f"ratio:     {both:,} / {standard:,} = {ratio.show()}",
        ),
        sense=f"The ratio is 1/{p.c_out} + 1/{p.kernel**2}: it cannot fall below 1/{p.kernel**2}.",
    )


DEPTHWISE = Family(
    name="depthwise",
    title="Depthwise-separable parameters",
    topic=TOPIC,
    priority=1,
    concept="depthwise-separable-convolution",
    example=DepthwiseParams(3, 64, 128),
    sample=lambda draw: DepthwiseParams(draw.pick((3, 3, 5, 7)), draw.pick(_CHANNELS), draw.pick(_CHANNELS)),
    prompt=lambda p: (
        f"A {p.kernel}×{p.kernel} convolution from {p.c_in} to {p.c_out} channels is replaced by a"
        " depthwise-separable one, no biases. Give the weights of the separable layer, those of the"
        " standard layer (whole numbers), and separable over standard, 3 decimals."
    ),
    formula="separable = K^2 C_in + C_in C_out;  ratio = 1/C_out + 1/K^2",
    solve=_depthwise_solve,
    mistakes=(
        Mistake(
            "standard",
            "counted the standard convolution",
            "Depthwise: one K*K kernel per input channel. Then 1*1 kernels mix the channels.",
            lambda p: _separable(p, _split(p)[2]),
        ),
        Mistake(
            "no-pointwise",
            "left out the pointwise part",
            "The 1*1 convolution adds C_in * C_out weights.",
            lambda p: _separable(p, _split(p)[0]),
        ),
        Mistake(
            "no-depthwise",
            "left out the depthwise part",
            "The depthwise convolution adds K * K * C_in weights.",
            lambda p: _separable(p, _split(p)[1]),
        ),
        Mistake(
            "depthwise-out",
            "gave every output channel a depthwise kernel",
            "The depthwise part runs on the input channels: K * K * C_in.",
            lambda p: _separable(p, p.kernel**2 * p.c_out + _split(p)[1]),
        ),
        Mistake(
            "upside-down",
            "turned the ratio round",
            "Separable over standard: it is below 1.",
            lambda p: (None, None, _split(p)[2] / (_split(p)[0] + _split(p)[1])),
        ),
    ),
    mental=lambda draw: DepthwiseParams(3, draw.pick((10, 20, 50, 100)), draw.pick((10, 20, 50, 90, 100))),
    level="medium",
    refs=("Howard et al. 2017, MobileNets",),
)

FAMILIES = (CONV_PARAMS, CONV_MACS, DEPTHWISE)
