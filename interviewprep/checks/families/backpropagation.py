"""Gradients by hand."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from interviewprep.checks.draw import Draw, drawn_shares
from interviewprep.checks.family import Family, Mistake, Part, Solution, Wrong
from interviewprep.checks.formulas import sigmoid, unlike_shares
from interviewprep.checks.numbers import Vector, listed, plain
from interviewprep.checks.wording import bracketed, fine, fine_bracketed

TOPIC = "training"


# -- backprop-tiny and backprop-sigmoid ----------------------------------------------------------


class TinyNetParams(NamedTuple):
    """One input, one hidden unit, one linear output unit, and the target."""

    x: float
    w1: float
    b1: float
    w2: float
    b2: float
    y: float

    @property
    def z1(self) -> float:
        """What the hidden unit's activation is given."""
        return self.w1 * self.x + self.b1


class Passes(NamedTuple):
    """What the forward and the backward pass give, for L = (y_hat - y)^2 / 2."""

    y_hat: float
    loss: float
    dw2: float
    db2: float
    dw1: float
    db1: float


def _passes(p: TinyNetParams, a1: float, slope: float) -> Passes:
    """Forward with the activation's output `a1`, back with its derivative `slope`."""
    y_hat = p.w2 * a1 + p.b2
    error = y_hat - p.y
    delta = error * p.w2 * slope
    return Passes(y_hat, error**2 / 2, error * a1, error, delta * p.x, delta)


def _relu(p: TinyNetParams) -> tuple[float, int]:
    """Output and derivative of the hidden unit."""
    return (p.z1, 1) if p.z1 > 0 else (0, 0)


def _sigmoid(p: TinyNetParams) -> tuple[float, float]:
    a1 = sigmoid(p.z1)
    return a1, a1 * (1 - a1)


def _without_w2(p: TinyNetParams, slope: float, right: Passes) -> Passes:
    delta = right.db2 * slope
    return right._replace(dw1=delta * p.x, db1=delta)


def _doubled(right: Passes) -> Passes:
    """All that follows from a loss without 1/2."""
    return Passes(right.y_hat, *(2 * v for v in right[1:]))


def _whole(value: float) -> float:
    """As an int where it is whole."""
    return int(value) if value == int(value) else value


def _relu_parts(found: Passes) -> tuple[float, ...]:
    return tuple(_whole(v) for v in found)


def _sigmoid_parts(found: Passes) -> tuple[float, ...]:
    return found.y_hat, found.loss, found.dw2, found.dw1, found.db1


def _changed(right: tuple[float, ...], made: tuple[float, ...]) -> Wrong:
    """The parts a mistake changes."""
    return tuple(None if a == b else b for a, b in zip(right, made, strict=True))


def _relu_mistake(made: Callable[[TinyNetParams, Passes], Passes]) -> Callable[[TinyNetParams], Wrong]:
    def wrong(p: TinyNetParams) -> Wrong:
        right = _passes(p, *_relu(p))
        return _changed(_relu_parts(right), _relu_parts(made(p, right)))

    return wrong


def _sigmoid_mistake(made: Callable[[TinyNetParams, Passes], Passes]) -> Callable[[TinyNetParams], Wrong]:
    def wrong(p: TinyNetParams) -> Wrong:
        right = _passes(p, *_sigmoid(p))
        return _changed(_sigmoid_parts(right), _sigmoid_parts(made(p, right)))

    return wrong


def _given(p: TinyNetParams) -> str:
    return ", ".join(f"{name} = {plain(value)}" for name, value in zip(p._fields, p, strict=True))


def _net_lines(p: TinyNetParams, a1: float, slope: float) -> tuple[str, ...]:
    """From a1 forward to the loss and back to w1."""
    found = _passes(p, a1, slope)
    y_hat, error, delta = fine(found.y_hat), fine_bracketed(found.db2), fine_bracketed(found.db1)
    return (
        f"y_hat = w2 a1 + b2 = {plain(p.w2)} * {fine(a1)} + {bracketed(p.b2)} = {y_hat}",
        f"L = ({y_hat} - {bracketed(p.y)})^2 / 2 = {fine(found.loss)}",
        f"d2 = y_hat - y = {fine(found.db2)} = dL/db2",
        f"dL/dw2 = d2 a1 = {error} * {fine(a1)} = {fine(found.dw2)}",
        f"d1 = d2 w2 f'(z1) = {error} * {bracketed(p.w2)} * {fine(slope)} = {fine(found.db1)} = dL/db1",
        f"dL/dw1 = d1 x = {delta} * {bracketed(p.x)} = {fine(found.dw1)}",
    )


def _hidden_line(p: TinyNetParams) -> str:
    return f"z1 = w1 x + b1 = {plain(p.w1)} * {bracketed(p.x)} + {bracketed(p.b1)} = {plain(p.z1)}"


def _whole_net(draw: Draw, largest: int, *, is_dead: bool) -> TinyNetParams:
    """Small whole numbers with a whole loss; `is_dead`: the hidden unit is off."""
    while True:
        p = TinyNetParams(
            x=draw.pick((-3, -2, 2, 3, 4)),
            w1=draw.pick((-1, 1)) * draw.whole(1, largest),
            b1=draw.whole(-3, 3),
            w2=draw.pick((-1, 1)) * draw.whole(2, largest),
            b2=draw.whole(-3, 3),
            y=draw.whole(-6, 9),
        )
        error = _passes(p, *_relu(p)).db2
        is_small = abs(p.z1) <= 9 and 0 < abs(error) <= 12
        if is_small and error % 2 == 0 and p.z1 not in {0, 1} and (p.z1 < 0) == is_dead:
            return p


def _tiny_draw(draw: Draw) -> TinyNetParams:
    return _whole_net(draw, 5, is_dead=draw.chance(0.12))


def _tiny_mental(draw: Draw) -> TinyNetParams:
    return _whole_net(draw, 3, is_dead=False)


def _tiny_solve(p: TinyNetParams) -> Solution:
    a1, slope = _relu(p)
    found = _relu_parts(_passes(p, a1, slope))
    parts = tuple(
        # A unit that is off has gradients of 0, and small whole numbers come up again.
        Part(label, value, exact=True, may_be_trivial=a1 == 0 or label in {"y_hat", "dL/db2"})
        for label, value in zip(("y_hat", "L", "dL/dw2", "dL/db2", "dL/dw1", "dL/db1"), found, strict=True)
    )
    return Solution(
        parts,
        (
            _hidden_line(p),
            f"a1 = ReLU({plain(p.z1)}) = {plain(a1)}, f'(z1) = {slope}",
            *_net_lines(p, a1, slope),
        ),
        "Each weight's gradient is its bias's gradient times its own input."
        if slope
        else "The hidden unit is off: no gradient reaches w1 and b1.",
    )


BACKPROP_TINY = Family(
    name="backprop-tiny",
    title="Backpropagation through a ReLU unit",
    topic=TOPIC,
    priority=0,
    concept="backpropagation",
    example=TinyNetParams(x=3, w1=1, b1=-1, w2=4, b2=0, y=2),
    sample=_tiny_draw,
    prompt=lambda p: (
        "A net with one hidden unit: a1 = ReLU(w1 x + b1), y_hat = w2 a1 + b2, L = (y_hat - y)^2 / 2."
        f" {_given(p)}. Give y_hat, L, dL/dw2, dL/db2, dL/dw1 and dL/db1 in this order, in whole numbers."
    ),
    formula="d2 = y_hat - y; dw2 = d2 a1; db2 = d2; d1 = d2 w2 f'(z1); dw1 = d1 x; db1 = d1",
    solve=_tiny_solve,
    mistakes=(
        Mistake(
            "no-x",
            "forgot the factor x in dL/dw1",
            "dL/dw1 = d1 x: the chain rule ends with the weight's own input.",
            _relu_mistake(lambda p, right: right._replace(dw1=right.db1)),
        ),
        Mistake(
            "no-w2",
            "forgot the factor w2 on the way back",
            "d1 = d2 w2 f'(z1): the error comes back through w2.",
            _relu_mistake(lambda p, right: _without_w2(p, _relu(p)[1], right)),
        ),
        Mistake(
            "no-a1",
            "forgot the factor a1 in dL/dw2",
            "dL/dw2 = d2 a1: the weight's own input is a factor.",
            _relu_mistake(lambda p, right: right._replace(dw2=right.db2) if p.z1 > 0 else right),
        ),
        Mistake(
            "no-half",
            "left the 1/2 out of the loss",
            "L = (y_hat - y)^2 / 2, so that dL/dy_hat = y_hat - y.",
            _relu_mistake(lambda p, right: _doubled(right)),
        ),
        Mistake(
            "passed-through",
            "passed the gradient through a ReLU that is off",
            "For z1 < 0 the derivative f'(z1) is 0.",
            _relu_mistake(lambda p, right: _passes(p, _relu(p)[0], 1)),
        ),
        Mistake(
            "no-relu",
            "left out the ReLU",
            "For z1 < 0 the unit gives a1 = 0.",
            _relu_mistake(lambda p, right: _passes(p, p.z1, 1)),
        ),
    ),
    mental=_tiny_mental,
    level="hard",
)


def _sigmoid_net_draw(draw: Draw) -> TinyNetParams:
    while True:
        p = TinyNetParams(
            x=draw.pick((-1, 1)) * draw.step(1.5, 3, 0.5),
            w1=draw.pick((-1, 1)) * draw.step(0.2, 1.5, 0.1),
            b1=draw.step(-1, 1, 0.1),
            w2=draw.pick((-1, 1)) * draw.step(0.5, 3, 0.5),
            b2=draw.step(-1, 1, 0.5),
            y=draw.step(-2, 2, 0.5),
        )
        if 0.1 <= abs(p.z1) < 3 and abs(_passes(p, *_sigmoid(p)).db2) >= 0.2:
            return p


def _sigmoid_net_solve(p: TinyNetParams) -> Solution:
    a1, slope = _sigmoid(p)
    parts = tuple(
        Part(label, value, digits=4)
        for label, value in zip(
            ("y_hat", "L", "dL/dw2", "dL/dw1", "dL/db1"), _sigmoid_parts(_passes(p, a1, slope)), strict=True
        )
    )
    return Solution(
        parts,
        (
            _hidden_line(p),
            f"a1 = 1 / (1 + e^{fine(-p.z1)}) = {fine(a1)}",
            f"f'(z1) = a1 (1 - a1) = {fine(a1)} * {fine(1 - a1)} = {fine(slope)}",
            *_net_lines(p, a1, slope),
        ),
        "The slope of a sigmoid is at most 0.25: the gradient shrinks on its way back.",
    )


BACKPROP_SIGMOID = Family(
    name="backprop-sigmoid",
    title="Backpropagation through a sigmoid unit",
    topic=TOPIC,
    priority=1,
    concept="backpropagation",
    example=TinyNetParams(x=2, w1=0.5, b1=0, w2=2, b2=-0.5, y=0),
    # w2 = x there: forgetting the one or the other gives the same dL/dw1.
    example_is_separable=False,
    sample=_sigmoid_net_draw,
    prompt=lambda p: (
        "A net with one hidden unit: a1 = sigmoid(w1 x + b1), y_hat = w2 a1 + b2, L = (y_hat - y)^2 / 2."
        f" {_given(p)}. Give y_hat, L, dL/dw2, dL/dw1 and dL/db1 in this order, 4 decimals each."
    ),
    formula="d2 = y_hat - y; dw2 = d2 a1; d1 = d2 w2 a1 (1 - a1); dw1 = d1 x; db1 = d1",
    solve=_sigmoid_net_solve,
    mistakes=(
        Mistake(
            "no-slope",
            "forgot the derivative of the sigmoid",
            "d1 = d2 w2 f'(z1) with f'(z1) = a1 (1 - a1).",
            _sigmoid_mistake(lambda p, right: _passes(p, _sigmoid(p)[0], 1)),
        ),
        Mistake(
            "z-slope",
            "used z (1 - z) for the derivative",
            "The derivative is a (1 - a) with a = sigmoid(z).",
            _sigmoid_mistake(lambda p, right: _passes(p, _sigmoid(p)[0], p.z1 * (1 - p.z1))),
        ),
        Mistake(
            "no-x",
            "forgot the factor x in dL/dw1",
            "dL/dw1 = d1 x: the chain rule ends with the weight's own input.",
            _sigmoid_mistake(lambda p, right: right._replace(dw1=right.db1)),
        ),
        Mistake(
            "no-w2",
            "forgot the factor w2 on the way back",
            "d1 = d2 w2 f'(z1): the error comes back through w2.",
            _sigmoid_mistake(lambda p, right: _without_w2(p, _sigmoid(p)[1], right)),
        ),
        Mistake(
            "no-a1",
            "forgot the factor a1 in dL/dw2",
            "dL/dw2 = d2 a1: the weight's own input is a factor.",
            _sigmoid_mistake(lambda p, right: right._replace(dw2=right.db2)),
        ),
        Mistake(
            "no-half",
            "left the 1/2 out of the loss",
            "L = (y_hat - y)^2 / 2, so that dL/dy_hat = y_hat - y.",
            _sigmoid_mistake(lambda p, right: _doubled(right)),
        ),
    ),
    level="hard",
)


# -- softmax-ce-grad -----------------------------------------------------------------------------


class SoftmaxGradientParams(NamedTuple):
    """Probabilities of a softmax layer and the true class, counted from 0."""

    p: Vector
    target: int

    @property
    def one_hot(self) -> Vector:
        """1 for the true class."""
        return tuple(1 if i == self.target else 0 for i in range(len(self.p)))


def _softmax_gradient(p: SoftmaxGradientParams) -> Vector:
    return tuple(a - b for a, b in zip(p.p, p.one_hot, strict=True))


def _softmax_gradient_draw(draw: Draw) -> SoftmaxGradientParams:
    count = draw.whole(3, 5)
    return SoftmaxGradientParams(drawn_shares(draw, count, draw.pick((20, 100))), draw.whole(0, count - 1))


def _softmax_gradient_mental(draw: Draw) -> SoftmaxGradientParams:
    return SoftmaxGradientParams(drawn_shares(draw, 3, 10), draw.whole(0, 2))


def _softmax_gradient_solve(p: SoftmaxGradientParams) -> Solution:
    gradient = _softmax_gradient(p)
    part = Part("", gradient, digits=3)
    return Solution(
        (part,),
        (
            f"the true class as a vector: y = {listed(p.one_hot)}",
            "dL/dz = p - y:",
            *(
                f"{plain(a)} - {plain(b)} = {part.show(g)}"
                for a, b, g in zip(p.p, p.one_hot, gradient, strict=True)
            ),
        ),
        "The entries add to 0, and only the true class has a negative one.",
    )


SOFTMAX_CE_GRAD = Family(
    name="softmax-ce-grad",
    title="Gradient of softmax with cross-entropy",
    topic=TOPIC,
    priority=0,
    concept="cross-entropy",
    example=SoftmaxGradientParams((0.7, 0.2, 0.1), 1),
    sample=_softmax_gradient_draw,
    prompt=lambda p: (
        f"Softmax turns the logits z into p = {listed(p.p)}; the true class is {p.target}, counting from 0."
        " What is the gradient of the cross-entropy loss (natural log) with respect to z? 3 decimals each."
    ),
    formula="dL/dz = p - onehot(y)",
    solve=_softmax_gradient_solve,
    rule=lambda p: unlike_shares(p=p.p),
    mistakes=(
        Mistake(
            "reversed",
            "took onehot - p",
            "The gradient is p - onehot: it raises the true logit when it is subtracted.",
            lambda p: (tuple(-g for g in _softmax_gradient(p)),),
        ),
        Mistake(
            "true-only",
            "gave only the true class a gradient",
            "Softmax ties all logits together: every one gets its p_i.",
            lambda p: (tuple(g * hot for g, hot in zip(_softmax_gradient(p), p.one_hot, strict=True)),),
        ),
        Mistake(
            "by-probability",
            "differentiated by p instead of z",
            "-1/p is dL/dp; through softmax it becomes p - onehot.",
            lambda p: (tuple(-hot / share for share, hot in zip(p.p, p.one_hot, strict=True)),),
        ),
        Mistake(
            "from-one",
            "counted the classes from 1",
            "Classes count from 0 here.",
            lambda p: (_softmax_gradient(p._replace(target=p.target - 1)),) if p.target else None,
        ),
    ),
    mental=_softmax_gradient_mental,
    level="easy",
)


FAMILIES = (BACKPROP_TINY, BACKPROP_SIGMOID, SOFTMAX_CE_GRAD)
