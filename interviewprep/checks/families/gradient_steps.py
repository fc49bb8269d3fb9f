"""Gradient descent, plain and with momentum."""

from __future__ import annotations

from typing import NamedTuple

from interviewprep.checks.draw import Draw, either_sign
from interviewprep.checks.family import Family, Mistake, Part, Solution
from interviewprep.checks.formulas import beyond
from interviewprep.checks.numbers import plain
from interviewprep.checks.wording import bracketed, fine, fine_bracketed

TOPIC = "optimizers"


# -- gd-step -------------------------------------------------------------------------------------


class GdStepParams(NamedTuple):
    """A weight, one example (x, y) and the learning rate."""

    w: float
    x: float
    y: float
    lr: float

    @property
    def error(self) -> float:
        """y_hat - y."""
        return self.w * self.x - self.y


def _gd_step_draw(draw: Draw) -> GdStepParams:
    while True:
        w, x = either_sign(draw, 0.5, 3, 0.5), either_sign(draw, 1.5, 5, 0.5)
        p = GdStepParams(w, x, draw.step(-6, 8, 0.5), draw.pick((0.001, 0.01, 0.05, 0.1)))
        if x != 2 and abs(p.error) <= 10 and abs(p.lr * 2 * p.error * x) >= 0.02:
            return p


def _gd_step_mental(draw: Draw) -> GdStepParams:
    w, x = draw.whole(1, 4), draw.pick((-3, -2, 3, 4, 5))
    return GdStepParams(w, x, w * x - draw.pick((-5, -2, -1, 1, 2, 5)), draw.pick((0.01, 0.1)))


def _gd_step_solve(p: GdStepParams) -> Solution:
    slope = 2 * p.error * p.x
    part = Part("", p.w - p.lr * slope, digits=4)
    return Solution(
        (part,),
        (
            f"y_hat = w x = {plain(p.w)} * {bracketed(p.x)} = {plain(p.w * p.x)}",
            f"error = y_hat - y = {plain(p.w * p.x)} - {bracketed(p.y)} = {plain(p.error)}",
            f"dL/dw = 2 * error * x = 2 * {bracketed(p.error)} * {bracketed(p.x)} = {plain(slope)}",
            f"w - lr * dL/dw = {plain(p.w)} - {plain(p.lr)} * {bracketed(slope)} = {part.show()}",
        ),
        "The slope is positive: w goes down." if slope > 0 else "The slope is negative: w goes up.",
    )


GD_STEP = Family(
    name="gd-step",
    title="One gradient-descent step",
    topic=TOPIC,
    priority=0,
    concept="gradient-descent",
    example=GdStepParams(w=2.5, x=4, y=5, lr=0.01),
    sample=_gd_step_draw,
    prompt=lambda p: (
        "A model predicts y_hat = w x, and its loss is L = (y_hat - y)^2, without 1/2."
        f" With w = {plain(p.w)}, x = {plain(p.x)}, y = {plain(p.y)} and learning rate {plain(p.lr)}:"
        " what is w after one step of gradient descent? 4 decimals."
    ),
    formula="w <- w - lr * 2 (w x - y) x",
    solve=_gd_step_solve,
    mistakes=(
        Mistake(
            "uphill",
            "added the gradient",
            "The gradient points uphill: subtract it.",
            lambda p: (p.w + p.lr * 2 * p.error * p.x,),
        ),
        Mistake(
            "no-x",
            "forgot the factor x",
            "Chain rule: d(w x)/dw = x.",
            lambda p: (p.w - p.lr * 2 * p.error,),
        ),
        Mistake(
            "no-two",
            "forgot the factor 2",
            "d(e^2) = 2 e de; the 2 cancels only in a loss with 1/2.",
            lambda p: (p.w - p.lr * p.error * p.x,),
        ),
        Mistake(
            "error-only",
            "used the error as the gradient",
            "dL/dw = 2 * error * x: both factors are missing.",
            lambda p: (p.w - p.lr * p.error,),
        ),
    ),
    mental=_gd_step_mental,
    level="easy",
)


# -- gd-quadratic --------------------------------------------------------------------------------


class GdQuadraticParams(NamedTuple):
    """Where descent on w^2 starts, its learning rate and its number of steps."""

    w0: float
    lr: float
    n: int


def _gd_quadratic_draw(draw: Draw) -> GdQuadraticParams:
    while True:
        p = GdQuadraticParams(either_sign(draw, 1, 6, 0.5), draw.step(0.05, 1.2, 0.05), draw.whole(2, 5))
        if p.lr not in {0.5, 1} and abs(p.w0 * (1 - 2 * p.lr) ** p.n) >= 0.02:
            return p


def _gd_quadratic_mental(draw: Draw) -> GdQuadraticParams:
    return GdQuadraticParams(
        draw.pick((-8, -4, 2, 4, 5, 8, 10)), draw.pick((0.1, 0.2, 0.25, 0.4, 0.75)), draw.whole(2, 3)
    )


def _gd_quadratic_solve(p: GdQuadraticParams) -> Solution:
    factor = 1 - 2 * p.lr
    part = Part("", p.w0 * factor**p.n, digits=4)
    size = plain(abs(factor))
    return Solution(
        (part,),
        (
            "the slope is 2w, so each step is w - lr * 2w = (1 - 2 lr) w",
            f"1 - 2 * {plain(p.lr)} = {plain(factor)}",
            *(
                f"w{i} = {bracketed(factor)} * {fine_bracketed(p.w0 * factor ** (i - 1))}"
                f" = {fine(p.w0 * factor**i)}"
                for i in range(1, p.n + 1)
            ),
        ),
        f"|1 - 2 lr| = {size} is below 1: it converges to 0."
        if abs(factor) < 1
        else f"|1 - 2 lr| = {size} is above 1: it diverges.",
    )


GD_QUADRATIC = Family(
    name="gd-quadratic",
    title="Gradient descent on a parabola",
    topic=TOPIC,
    priority=1,
    concept="learning-rate",
    example=GdQuadraticParams(w0=4, lr=0.1, n=3),
    sample=_gd_quadratic_draw,
    prompt=lambda p: (
        f"Gradient descent on f(w) = w^2 starts at w = {plain(p.w0)} with learning rate {plain(p.lr)}."
        f" What is w after {p.n} steps? 4 decimals."
    ),
    formula="w_n = w_0 (1 - 2 lr)^n",
    solve=_gd_quadratic_solve,
    mistakes=(
        Mistake(
            "gradient-w",
            "took w for the gradient",
            "The derivative of w^2 is 2w.",
            lambda p: (p.w0 * (1 - p.lr) ** p.n,),
        ),
        Mistake(
            "linear",
            "used the first gradient in every step",
            "The gradient changes with w: multiply by (1 - 2 lr) each time.",
            lambda p: (p.w0 * (1 - 2 * p.lr * p.n),),
        ),
        Mistake(
            "uphill",
            "added the gradient",
            "The gradient points uphill: subtract it.",
            lambda p: (p.w0 * (1 + 2 * p.lr) ** p.n,),
        ),
    ),
    mental=_gd_quadratic_mental,
    level="easy",
)


# -- momentum-step -------------------------------------------------------------------------------


class MomentumParams(NamedTuple):
    """A weight, its gradients in two steps, the momentum and the learning rate."""

    w: float
    g1: float
    g2: float
    beta: float
    lr: float


def _after(w: float, *steps: float) -> tuple[float, float]:
    """The weight after each of two steps."""
    first, second = steps
    return w - first, w - first - second


def _momentum_draw(draw: Draw) -> MomentumParams:
    return MomentumParams(
        w=either_sign(draw, 0.2, 3, 0.1),
        g1=either_sign(draw, 0.2, 2, 0.1),
        g2=either_sign(draw, 0.1, 2, 0.1),
        beta=draw.pick((0.8, 0.85, 0.9, 0.9, 0.95, 0.99)),
        lr=draw.pick((0.01, 0.05, 0.1, 0.2)),
    )


def _momentum_mental(draw: Draw) -> MomentumParams:
    return MomentumParams(
        draw.whole(1, 5),
        draw.whole(1, 4),
        draw.whole(1, 4),
        draw.pick((0.5, 0.8, 0.9)),
        draw.pick((0.1, 0.2)),
    )


def _momentum_solve(p: MomentumParams) -> Solution:
    v1, v2 = p.g1, p.beta * p.g1 + p.g2
    w1, w2 = _after(p.w, p.lr * v1, p.lr * v2)
    parts = (Part("w1", w1, digits=4), Part("w2", w2, digits=4))
    beta, lr = plain(p.beta), plain(p.lr)
    return Solution(
        parts,
        (
            f"v1 = {beta} * 0 + {bracketed(p.g1)} = {plain(v1)}",
            f"w1 = {plain(p.w)} - {lr} * {bracketed(v1)} = {parts[0].show()}",
            f"v2 = {beta} * {bracketed(v1)} + {bracketed(p.g2)} = {plain(v2)}",
            f"w2 = {fine(w1)} - {lr} * {bracketed(v2)} = {parts[1].show()}",
        ),
        "The gradients agree in sign: step 2 is longer than without momentum."
        if p.g1 * p.g2 > 0
        else "The signs differ: the old velocity works against the new gradient.",
    )


MOMENTUM_STEP = Family(
    name="momentum-step",
    title="Two steps with momentum",
    topic=TOPIC,
    priority=0,
    concept="momentum",
    example=MomentumParams(w=1, g1=0.5, g2=0.3, beta=0.9, lr=0.1),
    sample=_momentum_draw,
    prompt=lambda p: (
        f"SGD with momentum {plain(p.beta)} and learning rate {plain(p.lr)}, with the convention"
        f" v = beta v + g and v = 0 at the start. A weight of {plain(p.w)} meets the gradients {plain(p.g1)}"
        f" and then {plain(p.g2)}: what is it after step 1 and after step 2? 4 decimals each."
    ),
    formula="v <- beta v + g;  w <- w - lr v",
    solve=_momentum_solve,
    rule=lambda p: beyond(0, 1, beta=p.beta),
    mistakes=(
        Mistake(
            "plain-sgd",
            "took a plain SGD step the second time",
            "Add beta times the old velocity: v = beta v + g.",
            lambda p: (None, p.w - p.lr * (p.g1 + p.g2)),
        ),
        Mistake(
            "ema",
            "weighted the gradient with 1 - beta",
            "This convention is v = beta v + g; v = beta v + (1 - beta) g is an average.",
            lambda p: _after(p.w, p.lr * (1 - p.beta) * p.g1, p.lr * (1 - p.beta) * (p.beta * p.g1 + p.g2)),
        ),
        Mistake(
            "from-start",
            "took the second step from the first weight again",
            "Step 2 starts at the weight step 1 led to.",
            lambda p: (None, p.w - p.lr * (p.beta * p.g1 + p.g2)),
        ),
        Mistake(
            "no-beta",
            "added the whole old velocity",
            "The old velocity is damped: multiply it by beta.",
            lambda p: (None, p.w - p.lr * (2 * p.g1 + p.g2)),
        ),
    ),
    mental=_momentum_mental,
    refs=("Sutskever et al. 2013 (momentum)",),
)


FAMILIES = (GD_STEP, GD_QUADRATIC, MOMENTUM_STEP)
