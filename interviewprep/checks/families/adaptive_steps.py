"""Optimizers with a rate for each weight."""

from __future__ import annotations

from math import sqrt
from typing import NamedTuple

from interviewprep.checks.draw import Draw, either_sign
from interviewprep.checks.family import Family, Mistake, Part, Solution
from interviewprep.checks.formulas import beyond
from interviewprep.checks.numbers import plain
from interviewprep.checks.wording import bracketed, fine, fine_bracketed

TOPIC = "optimizers"


def _sign(value: float) -> int:
    return (value > 0) - (value < 0)


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
            w=either_sign(draw, 0.5, 3, 0.1),
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
    rule=lambda p: beyond(0, 1, rho=p.rho),
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
            g1=either_sign(draw, 0.1, 3, 0.1),
            g2=either_sign(draw, 0.1, 3, 0.1),
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
    rule=lambda p: beyond(0, 1, beta1=p.beta1, beta2=p.beta2),
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


FAMILIES = (RMSPROP_STEP, ADAM_STEP, ADAMW_DECAY)
