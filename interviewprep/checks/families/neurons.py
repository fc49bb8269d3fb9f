"""One neuron, and the product of slopes through many layers."""

from __future__ import annotations

from collections.abc import Callable
from math import prod, tanh
from typing import NamedTuple

from interviewprep.checks.draw import Draw
from interviewprep.checks.family import Family, Mistake, Part, Solution
from interviewprep.checks.formulas import sigmoid
from interviewprep.checks.numbers import Vector, listed, plain
from interviewprep.checks.wording import bracketed

TOPIC = "activations"


def _weighted(weights: Vector, inputs: Vector) -> float:
    return sum(w * x for w, x in zip(weights, inputs, strict=True))


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


FAMILIES = (NEURON, GRADIENT_PRODUCT)
