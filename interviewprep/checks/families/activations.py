"""Activations and single units."""

from __future__ import annotations

from collections.abc import Callable
from math import erf, exp, log, log10, prod, sqrt, tanh
from typing import NamedTuple

from interviewprep.checks.draw import Draw
from interviewprep.checks.family import Family, Mistake, Part, Picture, Solution
from interviewprep.checks.numbers import Vector, listed, plain, rounded

TOPIC = "activations"
LARGE_LOGIT = 50
"""Beyond this a working subtracts the largest logit first, as a program has to."""
LARGE_INPUT = 300
"""Beyond this a working does not write out e^x."""


def sigmoid(x: float) -> float:
    """1 / (1 + e^-x), for any x without overflow."""
    return 1 / (1 + exp(-x)) if x >= 0 else exp(x) / (1 + exp(x))


def softmax(z: Vector) -> Vector:
    """exp(z_i) / sum_j exp(z_j), with the largest logit subtracted first."""
    top = max(z)
    powers = [exp(v - top) for v in z]
    total = sum(powers)
    return tuple(p / total for p in powers)


def adds_up(shares: Vector, digits: int = 3) -> bool:
    """Whether the shares add to exactly 1 as they are shown."""
    return sum(rounded(s, digits) for s in shares) == 1


def tamed(z: Vector) -> tuple[Vector, tuple[str, ...]]:
    """Logits whose powers of e can be written out, and the line of working that says what was subtracted."""
    if all(abs(v) <= LARGE_LOGIT for v in z):
        return z, ()
    top = max(z)
    smaller = tuple(v - top for v in z)
    return smaller, (f"minus the largest, {plain(top)}: {listed(smaller)}",)


def powers_lines(z: Vector) -> tuple[str, ...]:
    """`e^3 = 20.0855   e^1 = 2.7183`, up to three on a line."""
    powers = [f"e^{plain(v)} = {plain(exp(v))}" for v in z]
    return tuple("   ".join(powers[i : i + 3]) for i in range(0, len(powers), 3))


def bracketed(value: float) -> str:
    """`2`, but `(-2)`: a number that follows a sign of operation."""
    return plain(value) if value >= 0 else f"({plain(value)})"


def _weighted(weights: Vector, inputs: Vector) -> float:
    return sum(w * x for w, x in zip(weights, inputs, strict=True))


# -- softmax -------------------------------------------------------------------------------------


class SoftmaxParams(NamedTuple):
    """Logits."""

    z: Vector


def _softmax_draw(draw: Draw) -> SoftmaxParams:
    step = draw.pick((1, 0.5))
    while True:
        z = tuple(draw.step(-4, 5, step) for _ in range(draw.whole(2, 4)))
        first, second = sorted(z, reverse=True)[:2]
        shares = softmax(z)
        is_plain = len(set(z)) == len(z) and min(shares) >= 0.0015 and adds_up(shares)
        if is_plain and 0.3 <= first - second <= 4:
            return SoftmaxParams(z)


def _softmax_solve(p: SoftmaxParams) -> Solution:
    small, note = tamed(p.z)
    powers = [exp(v) for v in small]
    total = sum(powers)
    shares = softmax(p.z)
    part = Part("", shares, digits=3)
    return Solution(
        parts=(part,),
        steps=(
            *note,
            *powers_lines(small),
            f"sum = {plain(total)}",
            *(f"{plain(e)} / {plain(total)} = {part.show(s)}" for e, s in zip(powers, shares, strict=True)),
        ),
        sense="The shares are positive, add to 1, and keep the order of the logits.",
        pictures=(Picture("bars", tuple(plain(v) for v in p.z), shares),),
    )


def _softmax_zero(p: SoftmaxParams) -> tuple[Vector] | None:
    """The small classes taken for nothing."""
    shares = softmax(p.z)
    return (tuple(0 if s < 0.01 else s for s in shares),) if min(shares) < 0.01 else None


SOFTMAX = Family(
    name="softmax",
    title="Softmax",
    topic=TOPIC,
    priority=0,
    concept="softmax",
    example=SoftmaxParams((3, 1, -2)),
    sample=_softmax_draw,
    prompt=lambda p: f"Turn the logits {listed(p.z)} into probabilities. Base e, 3 decimals each.",
    formula="p_i = exp(z_i) / sum_j exp(z_j)",
    solve=_softmax_solve,
    mistakes=(
        Mistake(
            "no-exp",
            "divided the logits by their sum, without exp",
            "Exponentiate first: probabilities cannot be negative or above 1.",
            lambda p: (tuple(v / sum(p.z) for v in p.z),),
        ),
        Mistake(
            "base-two",
            "used powers of 2",
            "The base of softmax is e.",
            lambda p: (tuple(2**v / sum(2**u for u in p.z) for v in p.z),),
        ),
        Mistake(
            "zero-class",
            "0.00 for a class that is only unlikely",
            "Softmax is never zero for finite logits; keep three decimals.",
            _softmax_zero,
        ),
        Mistake(
            "exp-only",
            "stopped after exp",
            "Divide each power by the sum of all.",
            lambda p: (tuple(exp(v) for v in p.z),),
        ),
    ),
    mental=None,
    level="easy",
)


# -- softmax-temperature -------------------------------------------------------------------------


class TemperatureParams(NamedTuple):
    """Logits and the temperature they are divided by."""

    z: Vector
    temperature: float


def _scaled(p: TemperatureParams) -> Vector:
    return tuple(v / p.temperature for v in p.z)


def _temperature_draw(draw: Draw) -> TemperatureParams:
    temperature = draw.pick((0.25, 0.5, 0.7, 1.5, 2, 5))
    width = 1 if temperature < 0.5 else 3
    while True:
        z = tuple(draw.step(-width, width, 0.5) for _ in range(draw.whole(2, 4)))
        shares = softmax(tuple(v / temperature for v in z))
        is_visible = min(shares) >= 0.0015 and max(shares) <= 0.9985
        if len(set(z)) == len(z) and is_visible and adds_up(shares):
            return TemperatureParams(z, temperature)


def _temperature_solve(p: TemperatureParams) -> Solution:
    scaled = _scaled(p)
    small, note = tamed(scaled)
    powers = [exp(v) for v in small]
    total = sum(powers)
    shares = softmax(scaled)
    part = Part("", shares, digits=3)
    is_sharper = p.temperature < 1
    return Solution(
        parts=(part,),
        steps=(
            f"z / {plain(p.temperature)} = {listed(scaled)}",
            *note,
            *powers_lines(small),
            f"sum = {plain(total)}",
            *(f"{plain(e)} / {plain(total)} = {part.show(s)}" for e, s in zip(powers, shares, strict=True)),
        ),
        sense=f"T {'below 1 sharpens' if is_sharper else 'above 1 flattens'}: the largest share is"
        f" {'larger' if is_sharper else 'smaller'} than at T = 1, and the order stays.",
        pictures=(Picture("bars", tuple(plain(v) for v in p.z), shares),),
    )


SOFTMAX_TEMPERATURE = Family(
    name="softmax-temperature",
    title="Softmax with temperature",
    topic=TOPIC,
    priority=1,
    concept="softmax",
    example=TemperatureParams((2, 1, 0.1), 0.5),
    sample=_temperature_draw,
    prompt=lambda p: (
        f"Turn the logits {listed(p.z)} into probabilities at temperature {plain(p.temperature)}."
        " Base e, 3 decimals each."
    ),
    formula="p_i = exp(z_i / T) / sum_j exp(z_j / T)",
    solve=_temperature_solve,
    mistakes=(
        Mistake(
            "times-temperature",
            "multiplied the logits by T",
            "Divide by T: below 1 it sharpens, above 1 it flattens.",
            lambda p: (softmax(tuple(v * p.temperature for v in p.z)),),
        ),
        Mistake(
            "no-temperature",
            "ignored the temperature",
            "That is T = 1; divide every logit by T before exp.",
            lambda p: (softmax(p.z),),
        ),
        Mistake(
            "temperature-last",
            "divided the probabilities by T",
            "Divide the logits, before exp; probabilities must still add to 1.",
            lambda p: (tuple(s / p.temperature for s in softmax(p.z)),),
        ),
    ),
    refs=("Hinton et al. 2015 (temperature)",),
)


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


# -- neuron --------------------------------------------------------------------------------------


class NeuronParams(NamedTuple):
    """Inputs, a weight for each, a bias, and the activation: `sigmoid`, `tanh` or `relu`."""

    x: Vector
    weights: Vector
    bias: float
    activation: str = "sigmoid"


_ACTIVATIONS: dict[str, Callable[[float], float]] = {
    "sigmoid": sigmoid,
    "tanh": tanh,
    "relu": lambda z: max(0, z),
}
_NAMES = {"sigmoid": "sigmoid", "tanh": "tanh", "relu": "ReLU"}


def _neuron_out(p: NeuronParams, z: float) -> tuple[float, float]:
    return z, _ACTIVATIONS[p.activation](z)


def _neuron_draw(draw: Draw) -> NeuronParams:
    while True:
        count = draw.whole(2, 3)
        x = tuple(draw.step(-3, 3, 0.5) for _ in range(count))
        weights = tuple(draw.step(-1, 1, 0.25) for _ in range(count))
        bias = draw.pick((-1, 1)) * draw.step(0.1, 0.9, 0.1)
        product = _weighted(weights, x)
        if 0 not in (*x, *weights, product) and 0.1 <= abs(product + bias) < 3:
            return NeuronParams(x, weights, bias, draw.pick(("sigmoid", "sigmoid", "tanh")))


def _neuron_mental(draw: Draw) -> NeuronParams:
    """Whole numbers and ReLU; half of the units are off."""
    count = draw.whole(2, 3)
    return NeuronParams(
        tuple(draw.pick((-4, -3, -2, 2, 3, 4, 5)) for _ in range(count)),
        tuple(draw.pick((-3, -2, -1, 2, 3)) for _ in range(count)),
        draw.pick((-5, -4, -3, -2, 2, 3, 4, 5)),
        "relu",
    )


def _neuron_prompt(p: NeuronParams) -> str:
    return (
        f"A neuron with weights {listed(p.weights)} and bias {plain(p.bias)} gets the inputs"
        f" {listed(p.x)}; its activation is {_NAMES[p.activation]}."
        " Give the pre-activation z, then the output. 4 decimals each."
    )


def _neuron_solve(p: NeuronParams) -> Solution:
    products = [w * x for w, x in zip(p.weights, p.x, strict=True)]
    z, out = _neuron_out(p, sum(products) + p.bias)
    parts = (
        Part("z", z, digits=4),
        Part("output", out, digits=4, may_be_trivial=p.activation == "relu"),
    )
    ranges = {
        "sigmoid": "A sigmoid's output lies between 0 and 1, above 0.5 exactly when z is above 0.",
        "tanh": "A tanh output lies between -1 and 1 and has the sign of z.",
        "relu": "ReLU hands a positive z on unchanged and gives 0 else.",
    }
    return Solution(
        parts=parts,
        steps=(
            *(
                f"{plain(w)} * {bracketed(x)} = {plain(wx)}"
                for w, x, wx in zip(p.weights, p.x, products, strict=True)
            ),
            f"sum = {plain(sum(products))}, plus the bias {plain(p.bias)}: z = {plain(z)}",
            f"{_NAMES[p.activation]}({plain(z)}) = {parts[1].show()}",
        ),
        sense=ranges[p.activation],
    )


NEURON = Family(
    name="neuron",
    title="Neuron forward",
    topic=TOPIC,
    priority=0,
    concept="neuron",
    example=NeuronParams((2, 3), (0.5, -0.25), 0.1),
    sample=_neuron_draw,
    prompt=_neuron_prompt,
    formula="z = w . x + b;  output = f(z)",
    solve=_neuron_solve,
    mistakes=(
        Mistake(
            "no-bias",
            "forgot the bias",
            "Add the bias before the activation.",
            lambda p: _neuron_out(p, _weighted(p.weights, p.x)),
        ),
        Mistake(
            "inputs-multiplied",
            "multiplied everything with each other",
            "Each input meets its own weight; the products are added.",
            lambda p: _neuron_out(p, prod(p.x) * prod(p.weights) + p.bias),
        ),
        Mistake(
            "no-weights",
            "added the inputs without their weights",
            "Multiply each input by its own weight first.",
            lambda p: _neuron_out(p, sum(p.x) + p.bias),
        ),
        Mistake(
            "no-activation",
            "left out the activation",
            "The output is f(z), not z.",
            lambda p: (None, _weighted(p.weights, p.x) + p.bias),
        ),
    ),
    mental=_neuron_mental,
    level="easy",
)


# -- gradient-product ----------------------------------------------------------------------------


class ProductParams(NamedTuple):
    """The factor a gradient is multiplied by at each layer, and the number of layers."""

    factor: float
    layers: int


def _product_draw(draw: Draw) -> ProductParams:
    factor = draw.pick((0.25, 0.5, 0.9, 0.99, 1.01, 1.1, 1.5))
    if 0.95 < factor < 1.05:  # nearer to 0 layers a straight line is as good
        return ProductParams(factor, draw.whole(8, 20) * 5)
    return ProductParams(factor, draw.whole(5, 40) if factor != 0.25 else draw.whole(5, 20))


def _product_solve(p: ProductParams) -> Solution:
    part = Part("", p.factor**p.layers, relative=0.01, significant=3)
    r, half = plain(p.factor), p.layers // 2
    rest = f" * {r}" if p.layers % 2 else ""
    return Solution(
        parts=(part,),
        steps=(
            f"{p.layers} equal factors: {r}^{p.layers} = ({r}^{half})^2{rest}",
            f"{r}^{half} = {plain(p.factor**half)}",
            f"{r}^{p.layers} = {part.show()}",
        ),
        sense="A factor below 1 makes the gradient vanish with depth."
        if p.factor < 1
        else "A factor above 1 makes the gradient explode with depth.",
    )


GRADIENT_PRODUCT = Family(
    name="gradient-product",
    title="Vanishing or exploding product",
    topic=TOPIC,
    priority=0,
    concept="vanishing-gradients",
    example=ProductParams(0.25, 10),
    sample=_product_draw,
    prompt=lambda p: (
        f"On its way back a gradient is scaled by {plain(p.factor)} at each of {p.layers} layers"
        " (or time steps). By what factor is it scaled in all? 3 significant digits, e.g. 1.23e-4."
    ),
    formula="r * r * ... * r = r^n",
    solve=_product_solve,
    mistakes=(
        Mistake(
            "added",
            "multiplied the factor by the number of layers",
            "The factors multiply: r^n, not r * n.",
            lambda p: (p.factor * p.layers,),
        ),
        Mistake(
            "inverse",
            "took the power the wrong way round",
            "Factors below 1 shrink the gradient, factors above 1 blow it up.",
            lambda p: (p.factor**-p.layers,),
        ),
        Mistake(
            "linear",
            "took the same amount off (or on) at each layer",
            "Each layer scales what the layer before has left: r^n.",
            lambda p: (1 + p.layers * (p.factor - 1),),
        ),
        Mistake(
            "one-short",
            "multiplied one factor too few",
            "Every layer scales the gradient: n factors, not n - 1.",
            lambda p: (p.factor ** (p.layers - 1),) if abs(1 - p.factor) > 0.05 else None,
        ),
    ),
    mental=lambda draw: draw.pick(
        (
            ProductParams(0.5, draw.whole(3, 10)),
            ProductParams(2, draw.whole(3, 10)),
            ProductParams(0.1, draw.whole(3, 8)),
            ProductParams(0.25, draw.whole(2, 5)),
            ProductParams(3, draw.whole(3, 5)),
            ProductParams(0.2, draw.whole(2, 4)),
        )
    ),
    level="easy",
)

FAMILIES = (
    SOFTMAX,
    SOFTMAX_TEMPERATURE,
    SIGMOID,
    SIGMOID_DERIVATIVE,
    TANH,
    RELU_FAMILY,
    NEURON,
    GRADIENT_PRODUCT,
)
