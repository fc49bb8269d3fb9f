"""Activation functions and their slopes."""

from __future__ import annotations

from math import erf, exp, log, log10, sqrt, tanh
from typing import NamedTuple

from interviewprep.checks.draw import Draw
from interviewprep.checks.family import Family, Mistake, Part, Solution
from interviewprep.checks.formulas import sigmoid
from interviewprep.checks.numbers import plain
from interviewprep.checks.wording import bracketed

TOPIC = "activations"
LARGE_INPUT = 300
"""Beyond this a working does not write out e^x."""


# -- sigmoid -------------------------------------------------------------------------------------


class SigmoidParams(NamedTuple):
    """A pre-activation, or with `inverse` the output whose pre-activation is asked for."""

    x: float
    inverse: bool = False


def _sigmoid_draw(draw: Draw) -> SigmoidParams:
    if draw.chance(0.3):
        return SigmoidParams(draw.step(0.05, 0.95, 0.05), inverse=True)
    return SigmoidParams(draw.step(-5, 4, 0.5))


def _sigmoid_prompt(p: SigmoidParams) -> str:
    if p.inverse:
        return (
            f"A sigmoid unit puts out {plain(p.x)}. Which pre-activation (logit) went in?"
            " Natural log, 4 decimals."
        )
    return f"A sigmoid unit gets the pre-activation x = {plain(p.x)}. What does it put out? 4 decimals."


def _logit_solve(p: SigmoidParams) -> Solution:
    odds = p.x / (1 - p.x)
    part = Part("", log(odds), digits=4)
    side = "above" if p.x > 0.5 else "below"
    return Solution(
        parts=(part,),
        steps=(
            "y = 1 / (1 + e^-x), so e^x = y / (1 - y)",
            f"{plain(p.x)} / {plain(1 - p.x)} = {plain(odds)}",
            f"ln {plain(odds)} = {part.show()}",
        ),
        sense=f"An output {side} 0.5 comes from a pre-activation {side} 0.",
    )


def _sigmoid_solve(p: SigmoidParams) -> Solution:
    if p.inverse:
        return _logit_solve(p)
    part = Part("", sigmoid(p.x), digits=4)
    steps: tuple[str, ...] = (f"e^{plain(-p.x)} is beyond all digits asked: {part.show()}",)
    if abs(p.x) <= LARGE_INPUT:
        power = plain(exp(-p.x))
        steps = (f"e^{plain(-p.x)} = {power}", f"1 / (1 + {power}) = {part.show()}")
    side = "above" if p.x > 0 else "below"
    return Solution(
        parts=(part,),
        steps=steps,
        sense=f"Between 0 and 1, and {side} 0.5 because x is {side} 0.",
    )


SIGMOID = Family(
    name="sigmoid",
    title="Sigmoid and its inverse",
    topic=TOPIC,
    priority=0,
    concept="sigmoid",
    example=SigmoidParams(2),
    sample=_sigmoid_draw,
    prompt=_sigmoid_prompt,
    formula="s(x) = 1 / (1 + e^-x);  x = ln(s / (1 - s))",
    solve=_sigmoid_solve,
    mistakes=(
        Mistake(
            "exponent-sign",
            "took e^x in the denominator",
            "The exponent is -x: a large x must give an output near 1.",
            lambda p: None if p.inverse else (sigmoid(-p.x),),
        ),
        Mistake(
            "power-only",
            "returned e^-x",
            "That is only a part of the denominator: 1 / (1 + e^-x).",
            lambda p: None if p.inverse else (exp(-p.x),),
        ),
        Mistake(
            "no-one",
            "left out the 1 in the denominator",
            "1 / (1 + e^-x); without the 1 it is e^x and can pass 1.",
            lambda p: None if p.inverse else (exp(p.x),),
        ),
        Mistake(
            "odds-flipped",
            "took the odds upside down",
            "The logit is ln(p / (1 - p)), p on top.",
            lambda p: (log((1 - p.x) / p.x),) if p.inverse else None,
        ),
        Mistake(
            "odds-only",
            "stopped at the odds p / (1 - p)",
            "The logit is their natural log.",
            lambda p: (p.x / (1 - p.x),) if p.inverse else None,
        ),
        Mistake(
            "log-ten",
            "used the logarithm to base 10",
            "The sigmoid is built on e, so its inverse needs the natural log.",
            lambda p: (log10(p.x / (1 - p.x)),) if p.inverse else None,
        ),
        Mistake(
            "not-inverted",
            "applied the sigmoid once more",
            "The output is given and the input is asked: ln(p / (1 - p)).",
            lambda p: (sigmoid(p.x),) if p.inverse else None,
        ),
    ),
    level="easy",
)


# -- sigmoid-derivative --------------------------------------------------------------------------


class PreActivation(NamedTuple):
    """What an activation function is applied to."""

    x: float


def _sigmoid_slope_solve(p: PreActivation) -> Solution:
    s = sigmoid(p.x)
    part = Part("", s * (1 - s), digits=4)
    return Solution(
        parts=(part,),
        steps=(
            f"s = 1 / (1 + e^{plain(-p.x)}) = {plain(s)}",
            f"s (1 - s) = {plain(s)} * {plain(1 - s)} = {part.show()}",
        ),
        sense="Positive, at most 0.25 (at x = 0), and the same for x and -x.",
    )


SIGMOID_DERIVATIVE = Family(
    name="sigmoid-derivative",
    title="Sigmoid derivative",
    topic=TOPIC,
    priority=0,
    concept="sigmoid",
    example=PreActivation(2),
    sample=lambda draw: PreActivation(draw.pick((-1, 1)) * draw.step(0.25, 4, 0.25)),
    prompt=lambda p: (
        f"A sigmoid unit gets the pre-activation x = {plain(p.x)}."
        " What is the derivative of its output with respect to x there? 4 decimals."
    ),
    formula="s'(x) = s(x) (1 - s(x))",
    solve=_sigmoid_slope_solve,
    mistakes=(
        Mistake(
            "input-for-output",
            "computed x (1 - x) on the pre-activation",
            "Apply s (1 - s) to the output s, not to x.",
            lambda p: (p.x * (1 - p.x),),
        ),
        Mistake(
            "value-for-slope",
            "gave the value s(x)",
            "That is the value, not the slope: multiply it by 1 - s.",
            lambda p: (sigmoid(p.x),),
        ),
        Mistake(
            "tanh-rule",
            "used 1 - s^2, the rule of tanh",
            "The sigmoid's slope is s (1 - s).",
            lambda p: (1 - sigmoid(p.x) ** 2,),
        ),
        Mistake(
            "one-minus-only",
            "stopped at 1 - s",
            "Multiply 1 - s by s.",
            lambda p: (1 - sigmoid(p.x),),
        ),
    ),
    level="easy",
)


# -- tanh ----------------------------------------------------------------------------------------


def _tanh_solve(p: PreActivation) -> Solution:
    value = tanh(p.x)
    parts = (Part("tanh", value, digits=4), Part("slope", 1 - value * value, digits=4))
    steps: tuple[str, ...] = (f"|x| = {plain(abs(p.x))} is far out: tanh = {parts[0].show()}",)
    if abs(p.x) <= LARGE_INPUT:
        up, down = plain(exp(p.x)), plain(exp(-p.x))
        steps = (
            f"e^{plain(p.x)} = {up}   e^{plain(-p.x)} = {down}",
            f"tanh  = ({up} - {down}) / ({up} + {down}) = {parts[0].show()}",
        )
    return Solution(
        parts=parts,
        steps=(*steps, f"slope = 1 - {bracketed(value)}^2 = {parts[1].show()}"),
        sense="tanh lies between -1 and 1 with the sign of x; its slope is at most 1 (at x = 0).",
    )


TANH = Family(
    name="tanh",
    title="Tanh value and derivative",
    topic=TOPIC,
    priority=0,
    concept="tanh",
    example=PreActivation(0.5),
    sample=lambda draw: PreActivation(draw.pick((-1, 1)) * draw.step(0.2, 3, 0.1)),
    prompt=lambda p: (
        f"A tanh unit gets the pre-activation x = {plain(p.x)}. Give its output,"
        " then the derivative of the output with respect to x there. 4 decimals each."
    ),
    formula="tanh x = (e^x - e^-x) / (e^x + e^-x);  tanh'(x) = 1 - tanh(x)^2",
    solve=_tanh_solve,
    mistakes=(
        Mistake(
            "input-squared",
            "squared the input: 1 - x^2",
            "Square the output: the slope is 1 - tanh(x)^2.",
            lambda p: (None, 1 - p.x * p.x),
        ),
        Mistake(
            "sigmoid",
            "used the sigmoid",
            "tanh(x) = 2 sigmoid(2x) - 1: it runs from -1 to 1.",
            lambda p: (sigmoid(p.x), 1 - sigmoid(p.x) ** 2),
        ),
        Mistake(
            "sigmoid-rule",
            "used t (1 - t), the rule of the sigmoid",
            "For tanh the slope is 1 - t^2.",
            lambda p: (None, tanh(p.x) * (1 - tanh(p.x))),
        ),
        Mistake(
            "not-squared",
            "computed 1 - tanh x",
            "Square the output first: 1 - tanh(x)^2.",
            lambda p: (None, 1 - tanh(p.x)),
        ),
    ),
    level="easy",
)


# -- relu-family ---------------------------------------------------------------------------------


class ReluParams(NamedTuple):
    """A negative input `x` for ReLU and LeakyReLU, the leaky slope, and an input `u` for GELU and SiLU."""

    x: float
    slope: float
    u: float


def normal_cdf(x: float) -> float:
    """The share of a standard normal below x."""
    return 0.5 * (1 + erf(x / sqrt(2)))


def _relu_solve(p: ReluParams) -> Solution:
    leaky = p.x if p.x > 0 else p.slope * p.x
    below, gate = normal_cdf(p.u), sigmoid(p.u)
    parts = (
        Part("ReLU", max(0, p.x), digits=4, may_be_trivial=True),
        Part("LeakyReLU", leaky, digits=4, may_be_trivial=p.x > 0),
        Part("GELU", p.u * below, digits=4),
        Part("SiLU", p.u * gate, digits=4),
    )
    shown = [part.show() for part in parts]
    return Solution(
        parts=parts,
        steps=(
            f"ReLU      = max(0, {plain(p.x)}) = {shown[0]}",
            f"LeakyReLU = {plain(p.x) if p.x > 0 else f'{plain(p.slope)} * {bracketed(p.x)}'} = {shown[1]}",
            f"GELU      = {plain(p.u)} * Phi({plain(p.u)}) = {plain(p.u)} * {plain(below)} = {shown[2]}",
            f"SiLU      = {plain(p.u)} * sigmoid({plain(p.u)}) = {plain(p.u)} * {plain(gate)} = {shown[3]}",
        ),
        sense="ReLU is never negative; GELU and SiLU have the sign of their input and are smaller in size.",
    )


RELU_FAMILY = Family(
    name="relu-family",
    title="ReLU, LeakyReLU, GELU, SiLU",
    topic=TOPIC,
    priority=0,
    concept="relu",
    example=ReluParams(-2, 0.01, 1),
    sample=lambda draw: ReluParams(
        -draw.step(0.5, 3, 0.5), draw.pick((0.01, 0.1, 0.2)), draw.pick((-1, 1)) * draw.step(0.5, 3, 0.5)
    ),
    prompt=lambda p: (
        f"Give ReLU({plain(p.x)}), LeakyReLU({plain(p.x)}) with slope {plain(p.slope)},"
        f" GELU({plain(p.u)}) in its exact form with the normal CDF, and SiLU({plain(p.u)})."
        " In this order, 4 decimals each."
    ),
    formula="max(0, x);  x if x > 0 else a x;  x Phi(x);  x sigmoid(x)",
    solve=_relu_solve,
    mistakes=(
        Mistake(
            "absolute",
            "took ReLU for the absolute value",
            "ReLU is 0 for every negative input.",
            lambda p: (abs(p.x),),
        ),
        Mistake(
            "slope-only",
            "gave the slope for LeakyReLU",
            "Multiply the slope by x.",
            lambda p: (None, p.slope) if p.x < 0 else None,
        ),
        Mistake(
            "not-leaky",
            "let LeakyReLU be 0 below 0",
            "A negative input leaks through: slope times x.",
            lambda p: (None, 0) if p.x < 0 else None,
        ),
        Mistake(
            "gelu-sigmoid",
            "used the approximation x sigmoid(1.702 x) for GELU",
            "The exact form multiplies x by the normal CDF at x.",
            lambda p: (None, None, p.u * sigmoid(1.702 * p.u)),
        ),
        Mistake(
            "gelu-cdf-only",
            "gave the normal CDF for GELU",
            "Multiply it by the input: x Phi(x).",
            lambda p: (None, None, normal_cdf(p.u)),
        ),
        Mistake(
            "silu-sigmoid-only",
            "gave the sigmoid for SiLU",
            "Multiply it by the input: x sigmoid(x).",
            lambda p: (None, None, None, sigmoid(p.u)),
        ),
    ),
    refs=("Hendrycks & Gimpel 2016 (GELU, SiLU)", "Maas et al. 2013 (LeakyReLU)"),
)


FAMILIES = (SIGMOID, SIGMOID_DERIVATIVE, TANH, RELU_FAMILY)
