"""Clipped gradients, penalties and decaying weights."""

from __future__ import annotations

from math import sqrt
from typing import NamedTuple

from interviewprep.checks.draw import Draw, either_sign
from interviewprep.checks.family import Family, Mistake, Part, Solution
from interviewprep.checks.formulas import negative
from interviewprep.checks.numbers import Vector, listed, plain
from interviewprep.checks.wording import bracketed, fine

TOPIC = "optimizers"


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
    rule=lambda p: negative(c=p.c),
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
        w = tuple(either_sign(draw, 0.5, 3, 0.5) for _ in range(draw.whole(2, 4)))
        if min(w) < 0 < max(w):
            return PenaltyParams(w, draw.pick((0.01, 0.02, 0.05, 0.1, 0.2, 0.5)))


def _penalty_mental(draw: Draw) -> PenaltyParams:
    while True:
        w = tuple(float(either_sign(draw, 1, 5, 1)) for _ in range(draw.whole(2, 3)))
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
            w=either_sign(draw, 1, 5, 0.5),
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


FAMILIES = (GRAD_CLIP, L1_L2, WEIGHT_DECAY)
