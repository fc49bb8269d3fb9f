"""Gradient descent, the optimizers, their learning rates and penalties."""

from __future__ import annotations

from math import cos, pi, radians, sqrt
from typing import NamedTuple

from interviewprep.checks.draw import Draw
from interviewprep.checks.families.activations import bracketed
from interviewprep.checks.family import Family, Mistake, Part, Solution
from interviewprep.checks.numbers import Vector, listed, plain, rounded

TOPIC = "optimizers"


def fine(value: float, places: int = 6) -> str:
    """An intermediate value to `places` decimals without trailing zeros; in powers of 10 when very small."""
    if 0 < abs(value) < 10.0 ** (2 - places):
        return plain(value)
    return f"{rounded(value, places).normalize():,f}"


def fine_bracketed(value: float, places: int = 6) -> str:
    """As `fine`, and in brackets where it is negative and follows a sign of operation."""
    return fine(value, places) if value >= 0 else f"({fine(value, places)})"


def _either_sign(draw: Draw, low: float, high: float, step: float) -> float:
    return draw.pick((-1, 1)) * draw.step(low, high, step)


def _sign(value: float) -> int:
    return (value > 0) - (value < 0)


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
        w, x = _either_sign(draw, 0.5, 3, 0.5), _either_sign(draw, 1.5, 5, 0.5)
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
        p = GdQuadraticParams(_either_sign(draw, 1, 6, 0.5), draw.step(0.05, 1.2, 0.05), draw.whole(2, 5))
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
        w=_either_sign(draw, 0.2, 3, 0.1),
        g1=_either_sign(draw, 0.2, 2, 0.1),
        g2=_either_sign(draw, 0.1, 2, 0.1),
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


# -- rmsprop-step --------------------------------------------------------------------------------


class RmspropParams(NamedTuple):
    """A weight and its gradient, the decay rho, the learning rate, and the average of squares so far."""

    w: float
    g: float
    rho: float
    lr: float
    s0: float


def _rmsprop_to(p: RmspropParams, divisor: float) -> tuple[float]:
    return (p.w - p.lr * p.g / divisor,)


def _rmsprop_average(p: RmspropParams) -> float:
    return p.rho * p.s0 + (1 - p.rho) * p.g**2


def _rmsprop_draw(draw: Draw) -> RmspropParams:
    while True:
        g = draw.step(0.05, 1, 0.05) if draw.chance(0.6) else draw.step(1.5, 5, 0.5)
        p = RmspropParams(
            w=_either_sign(draw, 0.5, 3, 0.1),
            g=draw.pick((-1, 1, 1)) * g,
            rho=draw.pick((0.8, 0.9, 0.9, 0.95, 0.99)),
            lr=draw.pick((0.01, 0.02, 0.05, 0.1)),
            s0=draw.pick((0.01, 0.02, 0.04, 0.05, 0.1, 0.2, 0.5, 1, 2, 4)),
        )
        if g != 1 and 0.04 <= p.s0 / g**2 <= 25:
            return p


def _rmsprop_mental(draw: Draw) -> RmspropParams:
    g, rho, s0 = draw.pick(
        (
            (5, 0.9, 15),
            (10, 0.9, 60),
            (4, 0.9, 26),
            (2, 0.9, 54),
            (7, 0.5, 1),
            (2, 0.5, 14),
            (4, 0.5, 2),
            (5, 0.5, 7),
            (6, 0.5, 14),
            (2, 0.5, 28),
        )
    )
    return RmspropParams(draw.whole(1, 5), g, rho, draw.pick((0.01, 0.1)), s0)


def _rmsprop_solve(p: RmspropParams) -> Solution:
    average = _rmsprop_average(p)
    root = sqrt(average)
    part = Part("", p.w - p.lr * p.g / root, digits=4)
    return Solution(
        (part,),
        (
            f"s = {plain(p.rho)} * {plain(p.s0)} + {plain(1 - p.rho)} * {bracketed(p.g)}^2 = {fine(average)}",
            f"sqrt(s) = {fine(root)}",
            f"lr * g / sqrt(s) = {plain(p.lr)} * {bracketed(p.g)} / {fine(root)} = {fine(p.lr * p.g / root)}",
            f"w = {plain(p.w)} - {fine_bracketed(p.lr * p.g / root)} = {part.show()}",
        ),
        f"The step is at most lr / sqrt(1 - rho) = {fine(p.lr / sqrt(1 - p.rho))}, whatever the gradient.",
    )


RMSPROP_STEP = Family(
    name="rmsprop-step",
    title="One RMSProp step",
    topic=TOPIC,
    priority=0,
    concept="rmsprop",
    example=RmspropParams(w=1, g=0.5, rho=0.9, lr=0.01, s0=0.04),
    sample=_rmsprop_draw,
    prompt=lambda p: (
        f"RMSProp with rho = {plain(p.rho)}, learning rate {plain(p.lr)} and epsilon = 0: a weight of"
        f" {plain(p.w)} meets the gradient {plain(p.g)}, and its running average of squared gradients was"
        f" {plain(p.s0)} before. What is the weight after the step? 4 decimals."
    ),
    formula="s <- rho s + (1 - rho) g^2;  w <- w - lr g / sqrt(s)",
    solve=_rmsprop_solve,
    mistakes=(
        Mistake(
            "no-root",
            "divided by s without the root",
            "Divide by sqrt(s), which has the unit of a gradient.",
            lambda p: _rmsprop_to(p, _rmsprop_average(p)),
        ),
        Mistake(
            "no-weight",
            "forgot the factor 1 - rho",
            "A running average gives the new square the weight 1 - rho.",
            lambda p: _rmsprop_to(p, sqrt(p.rho * p.s0 + p.g**2)),
        ),
        Mistake(
            "plain-sgd",
            "took a plain SGD step",
            "RMSProp divides the gradient by the root of its averaged square.",
            lambda p: _rmsprop_to(p, 1),
        ),
        Mistake(
            "weights-swapped",
            "swapped rho and 1 - rho",
            "rho weighs the old average, 1 - rho the new square.",
            lambda p: _rmsprop_to(p, sqrt((1 - p.rho) * p.s0 + p.rho * p.g**2)),
        ),
    ),
    mental=_rmsprop_mental,
    refs=("Hinton 2012, Coursera lecture 6e (RMSProp)",),
)


# -- adam-step -----------------------------------------------------------------------------------


class AdamParams(NamedTuple):
    """A weight's first two gradients, the learning rate and the two decay rates."""

    g1: float
    g2: float
    lr: float
    beta1: float
    beta2: float

    @property
    def m(self) -> tuple[float, float]:
        """Averages of the gradients after each step, not corrected."""
        first = (1 - self.beta1) * self.g1
        return first, self.beta1 * first + (1 - self.beta1) * self.g2

    @property
    def v(self) -> tuple[float, float]:
        """Averages of the squared gradients after each step, not corrected."""
        first = (1 - self.beta2) * self.g1**2
        return first, self.beta2 * first + (1 - self.beta2) * self.g2**2


def _adam_steps(p: AdamParams, corrected: tuple[int, int]) -> tuple[float, float]:
    """Both steps, each corrected as if for step t (0: not at all)."""

    def corrections(t: int) -> tuple[float, float]:
        return (1 - p.beta1**t, 1 - p.beta2**t) if t else (1, 1)

    first, second = (
        p.lr * (m / for_m) / sqrt(v / for_v)
        for m, v, (for_m, for_v) in zip(p.m, p.v, map(corrections, corrected), strict=True)
    )
    return first, second


def _adam_draw(draw: Draw) -> AdamParams:
    while True:
        p = AdamParams(
            g1=_either_sign(draw, 0.1, 3, 0.1),
            g2=_either_sign(draw, 0.1, 3, 0.1),
            lr=draw.pick((0.0001, 0.0005, 0.001, 0.001, 0.002, 0.005, 0.01)),
            beta1=draw.pick((0.9, 0.9, 0.9, 0.8, 0.95)),
            beta2=draw.pick((0.999, 0.999, 0.99)),
        )
        if abs(p.g1) != 1 and 0.2 <= abs(p.g2 / p.g1) <= 5 and abs(_adam_steps(p, (1, 2))[1]) >= 0.1 * p.lr:
            return p


def _adam_solve(p: AdamParams) -> Solution:
    steps = _adam_steps(p, (1, 2))
    parts = (
        Part("step 1", steps[0], relative=0.005, significant=3, may_be_trivial=True),
        Part("step 2", steps[1], relative=0.005, significant=3),
    )
    working: list[str] = []
    before_m: float = 0
    before_v: float = 0
    for t, (g, m, v) in enumerate(zip((p.g1, p.g2), p.m, p.v, strict=True), start=1):
        m_hat, v_hat = m / (1 - p.beta1**t), v / (1 - p.beta2**t)
        b1, b2 = plain(p.beta1), plain(p.beta2)
        power = f"^{t}" if t > 1 else ""
        working += [
            f"m{t} = {b1} * {fine_bracketed(before_m)} + {plain(1 - p.beta1)} * {bracketed(g)} = {fine(m)}",
            f"v{t} = {b2} * {fine(before_v, 8)} + {plain(1 - p.beta2)} * {bracketed(g)}^2 = {fine(v, 8)}",
            f"m{t} / (1 - {b1}{power}) = {fine(m_hat)}   v{t} / (1 - {b2}{power}) = {fine(v_hat)}",
            f"step {t} = {plain(p.lr)} * {fine_bracketed(m_hat)} / sqrt({fine(v_hat)})"
            f" = {parts[t - 1].show()}",
        ]
        before_m, before_v = m, v
    return Solution(parts, tuple(working), "Step 1 is lr with the sign of the gradient, whatever its size.")


ADAM_STEP = Family(
    name="adam-step",
    title="The first two steps of Adam",
    topic=TOPIC,
    priority=0,
    concept="adam",
    example=AdamParams(g1=0.5, g2=0.3, lr=0.001, beta1=0.9, beta2=0.999),
    sample=_adam_draw,
    prompt=lambda p: (
        f"A weight's first two gradients are {plain(p.g1)} and then {plain(p.g2)}. How much does Adam"
        f" subtract from the weight in step 1 and in step 2? Learning rate {plain(p.lr)},"
        f" beta1 = {plain(p.beta1)}, beta2 = {plain(p.beta2)}, epsilon = 0; both averages start at 0."
        " 3 significant digits each, with their sign."
    ),
    formula="m, v: running averages of g, g^2;  step = lr (m / (1 - beta1^t)) / sqrt(v / (1 - beta2^t))",
    solve=_adam_solve,
    mistakes=(
        Mistake(
            "no-correction",
            "left out the bias correction",
            "The averages start at 0: divide m by 1 - beta1^t and v by 1 - beta2^t.",
            lambda p: _adam_steps(p, (0, 0)),
        ),
        Mistake(
            "lr-times-g",
            "multiplied the learning rate by the gradient",
            "Adam divides by the root of the averaged square: the size of g cancels.",
            lambda p: (p.lr * p.g1, p.lr * p.g2),
        ),
        Mistake(
            "t-stays-one",
            "corrected step 2 as if it were step 1",
            "In step 2 divide by 1 - beta1^2 and 1 - beta2^2.",
            lambda p: (None, _adam_steps(p, (1, 1))[1]),
        ),
        Mistake(
            "always-lr",
            "took the second step for the learning rate again",
            "Only the first step is exactly lr; later the averages mix gradients.",
            lambda p: (None, p.lr * _sign(p.g2)),
        ),
    ),
    refs=("Kingma & Ba 2015 (Adam)",),
    level="hard",
)


# -- adamw-decay ---------------------------------------------------------------------------------


class AdamwParams(NamedTuple):
    """A weight, its first gradient, the learning rate and the weight decay."""

    w: float
    g: float
    lr: float
    wd: float


def _adamw_draw(draw: Draw) -> AdamwParams:
    while True:
        sign = draw.pick((-1, 1, 1))
        p = AdamwParams(
            w=sign * draw.step(0.5, 4, 0.25),
            g=sign * draw.step(0.1, 2, 0.1),
            lr=draw.pick((0.05, 0.06, 0.08, 0.1)),
            wd=draw.pick((0.05, 0.1, 0.15, 0.2)),
        )
        if p.lr * p.wd * abs(p.w) > 0.003:
            return p


def _adamw_mental(draw: Draw) -> AdamwParams:
    return AdamwParams(draw.pick((1, 2, 3, 4, 5)), draw.pick((0.2, 0.5, 2, 3)), 0.1, draw.pick((0.1, 0.2)))


def _adamw_solve(p: AdamwParams) -> Solution:
    step, decay = p.lr * _sign(p.g), p.lr * p.wd * p.w
    part = Part("", p.w - step - decay, digits=3)
    return Solution(
        (part,),
        (
            f"after bias correction m = g = {plain(p.g)}, v = g^2 = {plain(p.g**2)}",
            f"Adam's step = {plain(p.lr)} * {bracketed(p.g)} / {plain(abs(p.g))} = {plain(step)}",
            f"decay = lr * wd * w = {plain(p.lr)} * {plain(p.wd)} * {bracketed(p.w)} = {fine(decay)}",
            f"w = {plain(p.w)} - {bracketed(step)} - {fine_bracketed(decay)} = {part.show()}",
        ),
        "The decay pulls the weight towards 0 in proportion to its size.",
    )


ADAMW_DECAY = Family(
    name="adamw-decay",
    title="AdamW against L2 in Adam",
    topic=TOPIC,
    priority=1,
    concept="adamw",
    example=AdamwParams(w=1, g=0.5, lr=0.1, wd=0.1),
    sample=_adamw_draw,
    prompt=lambda p: (
        f"The first step of AdamW on a weight of {plain(p.w)} with gradient {plain(p.g)}: learning rate"
        f" {plain(p.lr)}, weight decay {plain(p.wd)} (scaled by the learning rate, as in PyTorch),"
        " beta1 = 0.9, beta2 = 0.999, epsilon = 0. What is the weight afterwards? 3 decimals."
    ),
    formula="w <- w - lr m_hat / sqrt(v_hat) - lr wd w",
    solve=_adamw_solve,
    mistakes=(
        Mistake(
            "l2-in-gradient",
            "added the decay to the gradient, or left it out",
            "Inside the gradient Adam rescales it away: AdamW decays the weight outside.",
            lambda p: (p.w - p.lr * _sign(p.g + p.wd * p.w),),
        ),
        Mistake(
            "decay-without-lr",
            "decayed without the learning rate",
            "In PyTorch the decoupled decay is lr * wd * w.",
            lambda p: (p.w - p.lr * _sign(p.g) - p.wd * p.w,),
        ),
        Mistake(
            "lr-times-g",
            "took lr * g for Adam's step",
            "In step 1 the size of g cancels: the step is lr.",
            lambda p: (p.w - p.lr * p.g - p.lr * p.wd * p.w,),
        ),
    ),
    mental=_adamw_mental,
    refs=("Loshchilov & Hutter 2019 (AdamW)",),
)


# -- lr-schedule ---------------------------------------------------------------------------------


class LrScheduleParams(NamedTuple):
    """One of three schedules (`step`, `cosine`, `warm-up`) and the moment t, counted from 0."""

    schedule: str
    lr: float
    t: int
    span: int
    """Epochs between drops, steps of the whole half cosine, or steps of the warm-up."""
    factor: float = 0
    """What each drop multiplies by (`step`)."""
    low: float = 0
    """The rate at the end (`cosine`)."""


def _cosine(p: LrScheduleParams, low: float, share: float) -> tuple[float]:
    return (low + (p.lr - low) * share,)


def _lr_schedule_draw(draw: Draw) -> LrScheduleParams:
    lr = draw.pick((0.1, 0.1, 0.05, 0.02, 0.01, 0.001, 0.0003))
    kind = draw.pick(("step", "step", "cosine", "cosine", "warm-up"))
    if kind == "step":
        every = draw.pick((5, 10, 20, 30))
        drops = draw.whole(1, 3)
        return LrScheduleParams(
            kind, lr, every * drops + draw.whole(1, every - 1), every, draw.pick((0.1, 0.2, 0.5, 0.5, 0.8))
        )
    if kind == "cosine":
        span = draw.pick((50, 90, 100, 200, 300, 1000))
        low = draw.pick((0, 0, round(lr / 10, 8), round(lr / 5, 8)))
        return LrScheduleParams(kind, lr, span * draw.whole(1, 29) // 30, span, low=low)
    span = draw.pick((5, 8, 10, 20, 25, 40))
    return LrScheduleParams(kind, lr, draw.whole(1, span - 1), span)


def _lr_schedule_mental(draw: Draw) -> LrScheduleParams:
    lr, kind = draw.pick((0.1, 0.2, 0.4, 0.8)), draw.pick(("step", "cosine", "warm-up"))
    if kind == "step":
        every = draw.pick((5, 10, 20, 30))
        return LrScheduleParams(
            kind, lr, every * draw.whole(1, 3) + draw.whole(1, every - 1), every, draw.pick((0.1, 0.5))
        )
    if kind == "cosine":
        span = draw.pick((30, 60, 90, 300))
        return LrScheduleParams(kind, lr, span * draw.pick((1, 2)) // 3, span)
    span = draw.pick((5, 8, 10, 20))
    return LrScheduleParams(kind, lr, draw.whole(1, span - 1), span)


def _lr_schedule_prompt(p: LrScheduleParams) -> str:
    lr, span = plain(p.lr), plain(p.span)
    if p.schedule == "step":
        course = f"A learning rate of {lr} is multiplied by {plain(p.factor)} every {span} epochs."
    elif p.schedule == "cosine":
        course = (
            f"Cosine annealing takes the learning rate from {lr} down to {plain(p.low)} in {span} epochs."
        )
    else:
        course = f"The learning rate warms up linearly from 0 at epoch 0 to {lr} at epoch {span}."
    return f"{course} What is it at epoch {plain(p.t)}, counting from 0? 4 significant digits."


def _lr_schedule_solve(p: LrScheduleParams) -> Solution:
    lr, t, span = plain(p.lr), plain(p.t), plain(p.span)
    share = p.t / p.span
    if p.schedule == "step":
        drops = p.t // p.span
        part = Part("", p.lr * p.factor**drops, relative=0.005)
        steps: tuple[str, ...] = (
            f"drops so far: floor({t} / {span}) = {drops}",
            f"{lr} * {plain(p.factor)}^{drops} = {part.show()}",
        )
        sense = f"The rate stays the same from epoch {drops * p.span} to {(drops + 1) * p.span - 1}."
    elif p.schedule == "cosine":
        wave = cos(pi * share)
        part = Part("", _cosine(p, p.low, (1 + wave) / 2)[0], relative=0.005)
        low = plain(p.low)
        steps = (
            f"share of the way: {t} / {span} = {fine(share)}",
            f"cos(pi * {fine(share)}) = {fine(wave)}",
            f"{low} + ({lr} - {low}) * (1 + {fine_bracketed(wave)}) / 2 = {part.show()}",
        )
        sense = "A cosine starts slowly: " + (
            "before half-way it is above the straight line."
            if share < 0.5
            else "past half-way it is below the straight line."
        )
    else:
        part = Part("", p.lr * share, relative=0.005)
        steps = (
            f"share of the warm-up: {t} / {span} = {fine(share)}",
            f"{lr} * {fine(share)} = {part.show()}",
        )
        sense = f"During the warm-up the rate stays below {lr}."
    return Solution((part,), steps, sense)


LR_SCHEDULE = Family(
    name="lr-schedule",
    title="Learning-rate schedule",
    topic=TOPIC,
    priority=1,
    concept="learning-rate",
    example=LrScheduleParams("step", lr=0.1, t=25, span=10, factor=0.5),
    sample=_lr_schedule_draw,
    prompt=_lr_schedule_prompt,
    formula="step: lr g^floor(t/s);  cosine: low + (lr - low)(1 + cos(pi t/T)) / 2;  warm-up: lr t/T",
    solve=_lr_schedule_solve,
    mistakes=(
        Mistake(
            "no-floor",
            "let the rate fall between the drops",
            "Count whole drops only: floor(t / s).",
            lambda p: (p.lr * p.factor ** (p.t / p.span),) if p.schedule == "step" else None,
        ),
        Mistake(
            "one-drop",
            "dropped only once",
            "Multiply by the factor once per drop: floor(t / s) times.",
            lambda p: (p.lr * p.factor,) if p.schedule == "step" else None,
        ),
        Mistake(
            "drop-too-many",
            "counted a drop too many",
            "The first stage has no drop yet: floor(t / s), not ceil.",
            lambda p: (p.lr * p.factor ** (p.t // p.span + 1),) if p.schedule == "step" else None,
        ),
        Mistake(
            "linear",
            "went down in a straight line",
            "The rate follows half a cosine: (1 + cos(pi t / T)) / 2.",
            lambda p: _cosine(p, p.low, 1 - p.t / p.span) if p.schedule == "cosine" else None,
        ),
        Mistake(
            "no-half",
            "forgot to halve 1 + cos",
            "1 + cos runs from 2 to 0: divide it by 2.",
            lambda p: _cosine(p, p.low, 1 + cos(pi * p.t / p.span)) if p.schedule == "cosine" else None,
        ),
        Mistake(
            "degrees",
            "took the cosine in degrees",
            "pi t / T is in radians.",
            lambda p: (
                _cosine(p, p.low, (1 + cos(radians(pi * p.t / p.span))) / 2)
                if p.schedule == "cosine"
                else None
            ),
        ),
        Mistake(
            "no-low",
            "went down to 0",
            "Between lr and low: low + (lr - low)(1 + cos(pi t / T)) / 2.",
            lambda p: _cosine(p, 0, (1 + cos(pi * p.t / p.span)) / 2) if p.schedule == "cosine" else None,
        ),
        Mistake(
            "no-warm-up",
            "used the full rate",
            "The warm-up is not over: multiply by t / T.",
            lambda p: (p.lr,) if p.schedule == "warm-up" else None,
        ),
        Mistake(
            "from-one",
            "counted from 1",
            "t counts from 0: the share is t / T.",
            lambda p: (p.lr * (p.t + 1) / p.span,) if p.schedule == "warm-up" else None,
        ),
        Mistake(
            "downwards",
            "let the rate fall",
            "A warm-up rises from 0: multiply by t / T.",
            lambda p: (p.lr * (1 - p.t / p.span),) if p.schedule == "warm-up" else None,
        ),
    ),
    mental=_lr_schedule_mental,
    refs=("Loshchilov & Hutter 2017 (cosine annealing)", "Goyal et al. 2017 (warm-up)"),
)


# -- grad-clip -----------------------------------------------------------------------------------


class GradClipParams(NamedTuple):
    """A gradient and the largest L2 norm allowed."""

    g: Vector
    c: float

    @property
    def norm(self) -> float:
        """The L2 norm of the gradient."""
        return sqrt(sum(v * v for v in self.g))


_WHOLE_NORMS = (
    (3, 4),
    (6, 8),
    (5, 12),
    (8, 15),
    (7, 24),
    (1, 2, 2),
    (2, 3, 6),
    (1, 4, 8),
    (2, 6, 9),
    (2, 4, 4),
)


def _clipped(p: GradClipParams, factor: float) -> tuple[Vector]:
    return (tuple(v * factor for v in p.g),)


def _grad_clip_draw(draw: Draw) -> GradClipParams:
    base = draw.pick(_WHOLE_NORMS)
    scale = draw.pick((0.5, 1, 1, 2))
    g = tuple(draw.pick((-1, 1)) * v * scale for v in draw.several(base, len(base)))
    norm = GradClipParams(g, 1).norm
    if draw.chance(0.2):
        return GradClipParams(g, draw.step(norm + 0.5, 2 * norm, 0.5))
    return GradClipParams(g, draw.pick([c for c in (0.5, 1, 1, 1.5, 2, 2.5, 3, 4, 5, 8, 10, 12) if c < norm]))


def _grad_clip_mental(draw: Draw) -> GradClipParams:
    base = draw.pick(((3, 4), (6, 8), (5, 12), (8, 15), (30, 40)))
    norm = sqrt(sum(v * v for v in base))
    g = tuple(draw.pick((-1, 1)) * v for v in draw.several(base, 2))
    return GradClipParams(g, norm * draw.pick((0.1, 0.2, 0.5, 2)))


def _grad_clip_solve(p: GradClipParams) -> Solution:
    is_over = p.norm > p.c
    factor = p.c / p.norm if is_over else 1
    part = Part("", _clipped(p, factor)[0], digits=3, may_be_trivial=not is_over)
    length, limit = plain(p.norm), plain(p.c)
    norm = f"norm = sqrt({' + '.join(f'{bracketed(v)}^2' for v in p.g)}) = {length}"
    if not is_over:
        return Solution(
            (part,),
            (norm, f"{length} is not above {limit}: nothing changes"),
            "Clipping only ever shortens a gradient.",
        )
    return Solution(
        (part,),
        (
            norm,
            f"{length} is above {limit}: multiply by {limit} / {length} = {fine(factor)}",
            *(
                f"{plain(v)} * {fine(factor)} = {part.show(clipped)}"
                for v, clipped in zip(p.g, _clipped(p, factor)[0], strict=True)
            ),
        ),
        f"The direction is kept and the norm is now {limit}.",
    )


GRAD_CLIP = Family(
    name="grad-clip",
    title="Gradient clipping by norm",
    topic=TOPIC,
    priority=1,
    concept="exploding-gradients",
    example=GradClipParams((3, 4), 1),
    sample=_grad_clip_draw,
    prompt=lambda p: (
        f"Clip the gradient {listed(p.g)} by its norm: the L2 norm may be at most {plain(p.c)}."
        " What is the gradient after clipping? 3 decimals each."
    ),
    formula="g * min(1, c / ||g||)",
    solve=_grad_clip_solve,
    mistakes=(
        Mistake(
            "by-value",
            "clipped each entry by itself",
            "Clipping by norm multiplies all entries by the same factor: the direction stays.",
            lambda p: (tuple(max(-p.c, min(p.c, v)) for v in p.g),),
        ),
        Mistake(
            "squared-norm",
            "divided by the squared norm",
            "Take the root: the norm is sqrt of the sum of squares.",
            lambda p: _clipped(p, min(1, p.c / p.norm**2)),
        ),
        Mistake(
            "scaled-up",
            "scaled the gradient up to the limit",
            "Below the limit nothing changes: the factor is min(1, c / ||g||).",
            lambda p: _clipped(p, p.c / p.norm) if p.norm < p.c else None,
        ),
        Mistake(
            "unit-norm",
            "scaled the gradient to norm 1",
            "Multiply by c / ||g||, not by 1 / ||g||.",
            lambda p: _clipped(p, 1 / p.norm) if p.norm > p.c else None,
        ),
        Mistake(
            "l1-norm",
            "added the sizes of the entries for the norm",
            "The L2 norm is the root of the sum of squares.",
            lambda p: _clipped(p, min(1, p.c / sum(abs(v) for v in p.g))),
        ),
    ),
    mental=_grad_clip_mental,
    refs=("Pascanu et al. 2013 (clipping)",),
    level="easy",
)


# -- l1-l2 ---------------------------------------------------------------------------------------


class PenaltyParams(NamedTuple):
    """Weights and the strength of the penalty."""

    w: Vector
    lam: float


def _absolute(p: PenaltyParams) -> float:
    return sum(abs(v) for v in p.w)


def _squares(p: PenaltyParams) -> float:
    return sum(v * v for v in p.w)


def _penalty_draw(draw: Draw) -> PenaltyParams:
    while True:
        w = tuple(_either_sign(draw, 0.5, 3, 0.5) for _ in range(draw.whole(2, 4)))
        if min(w) < 0 < max(w):
            return PenaltyParams(w, draw.pick((0.01, 0.02, 0.05, 0.1, 0.2, 0.5)))


def _penalty_mental(draw: Draw) -> PenaltyParams:
    while True:
        w = tuple(float(_either_sign(draw, 1, 5, 1)) for _ in range(draw.whole(2, 3)))
        if min(w) < 0 < max(w):
            return PenaltyParams(w, draw.pick((0.01, 0.1, 0.5)))


def _penalty_solve(p: PenaltyParams) -> Solution:
    parts = (
        Part("L1", p.lam * _absolute(p), digits=4),
        Part("L2", p.lam * _squares(p), digits=4),
    )
    return Solution(
        parts,
        (
            f"sum of |w|: {' + '.join(plain(abs(v)) for v in p.w)} = {plain(_absolute(p))}",
            f"L1 = {plain(p.lam)} * {plain(_absolute(p))} = {parts[0].show()}",
            f"sum of w^2: {' + '.join(plain(v * v) for v in p.w)} = {plain(_squares(p))}",
            f"L2 = {plain(p.lam)} * {plain(_squares(p))} = {parts[1].show()}",
        ),
        "Never negative; squaring makes large weights count more, small ones less.",
    )


L1_L2 = Family(
    name="l1-l2",
    title="L1 and L2 penalty",
    topic=TOPIC,
    priority=0,
    concept="l2-regularization",
    example=PenaltyParams((0.5, -2, 1), 0.1),
    sample=_penalty_draw,
    prompt=lambda p: (
        f"The weights are {listed(p.w)} and lambda = {plain(p.lam)}. What does an L1 penalty add to the"
        " loss, and what an L2 penalty (lambda times the squared norm, without 1/2)? In this order,"
        " 4 decimals each."
    ),
    formula="L1: lambda * sum |w_i|;  L2: lambda * sum w_i^2",
    solve=_penalty_solve,
    mistakes=(
        Mistake(
            "signed",
            "added the weights with their signs",
            "L1 takes absolute values, so that weights cannot cancel.",
            lambda p: (p.lam * sum(p.w), None),
        ),
        Mistake(
            "root",
            "took the root of the sum of squares",
            "The L2 penalty is the squared norm: no root.",
            lambda p: (None, p.lam * sqrt(_squares(p))),
        ),
        Mistake(
            "half",
            "halved the L2 penalty",
            "This convention has no 1/2.",
            lambda p: (None, p.lam * _squares(p) / 2),
        ),
        Mistake(
            "no-lambda",
            "forgot lambda",
            "Multiply the sums by lambda.",
            lambda p: (_absolute(p), _squares(p)),
        ),
    ),
    mental=_penalty_mental,
    level="easy",
)


# -- weight-decay --------------------------------------------------------------------------------


class WeightDecayParams(NamedTuple):
    """A weight without gradient, the learning rate, the decay and the number of steps."""

    w: float
    lr: float
    wd: float
    n: int


def _weight_decay_draw(draw: Draw) -> WeightDecayParams:
    while True:
        p = WeightDecayParams(
            w=_either_sign(draw, 1, 5, 0.5),
            lr=draw.pick((0.05, 0.1, 0.1, 0.2, 0.3, 0.4)),
            wd=draw.pick((0.1, 0.2, 0.25, 0.4, 0.5, 0.6, 0.8)),
            n=draw.whole(3, 10),
        )
        if 0.0199 <= p.lr * p.wd <= 0.1001 and p.lr != p.wd:
            return p


def _weight_decay_mental(draw: Draw) -> WeightDecayParams:
    lr, wd = draw.pick(((0.2, 0.5), (0.5, 0.2), (0.4, 0.5), (0.5, 0.4)))
    return WeightDecayParams(draw.pick((1, 2, 5, 10, 100)), lr, wd, draw.whole(2, 3))


def _weight_decay_solve(p: WeightDecayParams) -> Solution:
    factor = 1 - p.lr * p.wd
    part = Part("", p.w * factor**p.n, digits=3)
    return Solution(
        (part,),
        (
            f"each step multiplies w by 1 - lr * wd = 1 - {plain(p.lr)} * {plain(p.wd)} = {plain(factor)}",
            f"{plain(factor)}^{p.n} = {fine(factor**p.n)}",
            f"{plain(p.w)} * {fine(factor**p.n)} = {part.show()}",
        ),
        f"Each step takes {plain(100 * p.lr * p.wd)}% of what is left, so the weight never reaches 0.",
    )


WEIGHT_DECAY = Family(
    name="weight-decay",
    title="Shrinking by weight decay",
    topic=TOPIC,
    priority=1,
    concept="l2-regularization",
    example=WeightDecayParams(w=2, lr=0.1, wd=0.5, n=5),
    sample=_weight_decay_draw,
    prompt=lambda p: (
        f"A weight of {plain(p.w)} gets no gradient from the loss. The optimizer is SGD with learning rate"
        f" {plain(p.lr)} and weight decay {plain(p.wd)}, where each step subtracts lr * wd * w."
        f" What is the weight after {p.n} steps? 3 decimals."
    ),
    formula="w_n = w (1 - lr wd)^n",
    solve=_weight_decay_solve,
    mistakes=(
        Mistake(
            "linear",
            "subtracted the same amount in every step",
            "The decay shrinks with the weight: multiply by 1 - lr * wd each time.",
            lambda p: (p.w * (1 - p.n * p.lr * p.wd),),
        ),
        Mistake(
            "no-lr",
            "decayed without the learning rate",
            "The factor is 1 - lr * wd, not 1 - wd.",
            lambda p: (p.w * (1 - p.wd) ** p.n,),
        ),
        Mistake(
            "no-decay",
            "shrank by the learning rate alone",
            "The factor is 1 - lr * wd, not 1 - lr.",
            lambda p: (p.w * (1 - p.lr) ** p.n,),
        ),
        Mistake(
            "one-step",
            "decayed once",
            "Every step multiplies again: take the n-th power.",
            lambda p: (p.w * (1 - p.lr * p.wd),),
        ),
    ),
    mental=_weight_decay_mental,
    level="easy",
)


FAMILIES = (
    GD_STEP,
    GD_QUADRATIC,
    MOMENTUM_STEP,
    RMSPROP_STEP,
    ADAM_STEP,
    ADAMW_DECAY,
    LR_SCHEDULE,
    GRAD_CLIP,
    L1_L2,
    WEIGHT_DECAY,
)
