"""Losses of whole distributions: focal, entropy and divergence, smoothed labels."""

from __future__ import annotations

from math import exp, log
from typing import NamedTuple

from interviewprep.checks.draw import Draw, drawn_shares
from interviewprep.checks.family import Family, Mistake, Part, Picture, Solution
from interviewprep.checks.formulas import beyond, unlike_shares
from interviewprep.checks.numbers import Vector, listed, plain
from interviewprep.checks.wording import aligned

TOPIC = "losses"


# -- focal ---------------------------------------------------------------------------------------


class FocalParams(NamedTuple):
    """Probability of the true class, the focusing power, and the weight of the true class."""

    p_t: float
    gamma: float
    alpha: float


def _focal_draw(draw: Draw) -> FocalParams:
    return FocalParams(
        draw.pick([k / 20 for k in range(2, 20) if k != 10]),
        draw.pick((0.5, 1, 2, 2, 3, 5)),
        draw.pick((0.1, 0.2, 0.25, 0.4, 0.5, 0.6, 0.75, 0.8)),
    )


def _focal_solve(p: FocalParams) -> Solution:
    plain_loss, factor = -log(p.p_t), (1 - p.p_t) ** p.gamma
    part = Part("", p.alpha * factor * plain_loss, relative=0.01, significant=3)
    return Solution(
        parts=(part,),
        steps=(
            f"-ln {plain(p.p_t)} = {plain(plain_loss)}",
            f"(1 - {plain(p.p_t)})^{plain(p.gamma)} = {plain(factor)}",
            f"{plain(p.alpha)} * {plain(factor)} * {plain(plain_loss)} = {part.show()}",
        ),
        sense="Positive and below the plain cross-entropy; the surer the right class, the further below.",
    )


FOCAL = Family(
    name="focal",
    title="Focal loss",
    topic=TOPIC,
    priority=2,
    concept="focal-loss",
    example=FocalParams(0.9, 2, 0.25),
    sample=_focal_draw,
    prompt=lambda p: (
        f"The true class gets the probability {plain(p.p_t)}. What is the focal loss with"
        f" gamma = {plain(p.gamma)} and weight alpha = {plain(p.alpha)} for the true class?"
        " Natural log, 3 significant digits."
    ),
    formula="-alpha (1 - p_t)^gamma ln p_t",
    solve=_focal_solve,
    rule=lambda p: beyond(0, 1, p_t=p.p_t, alpha=p.alpha),
    mistakes=(
        Mistake(
            "plain-ce",
            "gave the plain cross-entropy",
            "Multiply it by alpha (1 - p)^gamma.",
            lambda p: (-log(p.p_t),),
        ),
        Mistake(
            "power-of-p",
            "used p^gamma instead of (1 - p)^gamma",
            "The factor weighs EASY examples down, those with p near 1.",
            lambda p: (-p.alpha * p.p_t**p.gamma * log(p.p_t),),
        ),
        Mistake(
            "no-alpha",
            "forgot alpha",
            "Multiply by the weight of the true class as well.",
            lambda p: (-((1 - p.p_t) ** p.gamma) * log(p.p_t),),
        ),
        Mistake(
            "no-focus",
            "forgot the factor (1 - p)^gamma",
            "With alpha alone it is only a weighted cross-entropy.",
            lambda p: (-p.alpha * log(p.p_t),),
        ),
        Mistake(
            "other-alpha",
            "weighted with 1 - alpha",
            "alpha was given for the true class.",
            lambda p: (-(1 - p.alpha) * (1 - p.p_t) ** p.gamma * log(p.p_t),),
        ),
    ),
    refs=("Lin et al. 2017 (focal loss)",),
)


# -- entropy-kl-perplexity -----------------------------------------------------------------------


class EntropyParams(NamedTuple):
    """Two distributions over the same outcomes, and a mean negative log-likelihood in nats."""

    p: Vector
    q: Vector
    nll: float


def entropy(p: Vector) -> float:
    """-sum p ln p in nats; 0 ln 0 counts as 0."""
    return -sum(a * log(a) for a in p if a > 0)


def divergence(p: Vector, q: Vector) -> float:
    """KL(P || Q) = sum p ln(p / q) in nats. Raises ZeroDivisionError where q is 0 and p is not."""
    return sum(a * log(a / b) for a, b in zip(p, q, strict=True) if a > 0)


_DYADIC = ((0.5, 0.25, 0.25), (0.5, 0.25, 0.125, 0.125), (0.75, 0.25), (0.5, 0.375, 0.125))


def _entropy_draw(draw: Draw) -> EntropyParams:
    """P not uniform, and KL far enough from 0 and from KL the other way round."""
    while True:
        if draw.chance(0.4):
            shares = draw.pick(_DYADIC)
            p = draw.several(shares, len(shares))
        else:
            p = drawn_shares(draw, draw.whole(2, 4), 10)
        q = drawn_shares(draw, len(p), 10)
        there, back = divergence(p, q), divergence(q, p)
        if len(set(p)) > 1 and there >= 0.01 and abs(there - back) >= 0.002:
            return EntropyParams(p, q, draw.step(0.5, 3.5, 0.1))


def _entropy_solve(p: EntropyParams) -> Solution:
    own = [-a * log(a) if a > 0 else 0 for a in p.p]
    relative = [a * log(a / b) if a > 0 else 0 for a, b in zip(p.p, p.q, strict=True)]
    parts = (
        Part("entropy", entropy(p.p), digits=3),
        Part("KL", divergence(p.p, p.q), digits=3),
        Part("perplexity", exp(p.nll), digits=3),
    )
    return Solution(
        parts=parts,
        steps=(
            *aligned(("p", p.p), ("-p ln p", own), ("p ln(p / q)", relative)),
            f"entropy = sum of -p ln p     = {parts[0].show()}",
            f"KL      = sum of p ln(p / q) = {parts[1].show()}",
            f"perplexity = e^{plain(p.nll)} = {parts[2].show()}",
        ),
        sense=f"Entropy is at most ln {len(p.p)} = {plain(log(len(p.p)))}, KL never negative,"
        " perplexity at least 1.",
        pictures=(
            Picture("bars", tuple(f"p{i}" for i in range(len(p.p))), p.p),
            Picture("bars", tuple(f"q{i}" for i in range(len(p.q))), p.q),
        ),
    )


ENTROPY_KL_PERPLEXITY = Family(
    name="entropy-kl-perplexity",
    title="Entropy, KL, perplexity",
    topic=TOPIC,
    priority=1,
    concept="entropy-and-kl",
    example=EntropyParams((0.5, 0.25, 0.25), (0.8, 0.1, 0.1), 2.0),
    sample=_entropy_draw,
    prompt=lambda p: (
        f"P = {listed(p.p)}, Q = {listed(p.q)}. Give the entropy of P and KL(P||Q) in nats, then the"
        f" perplexity of a model whose mean loss is {plain(p.nll)} nats per token. 3 decimals each."
    ),
    formula="H = -sum p ln p;  KL = sum p ln(p / q);  PPL = exp(mean loss)",
    solve=_entropy_solve,
    rule=lambda p: unlike_shares(p=p.p, q=p.q),
    mistakes=(
        Mistake(
            "bits",
            "gave bits instead of nats",
            "Nats need the natural log; multiply bits by ln 2.",
            lambda p: (entropy(p.p) / log(2), divergence(p.p, p.q) / log(2)),
        ),
        Mistake(
            "kl-reversed",
            "computed KL(Q||P)",
            "KL is not symmetric: weigh ln(p / q) with p.",
            lambda p: (None, divergence(p.q, p.p)),
        ),
        Mistake(
            "cross-entropy",
            "gave the cross-entropy -sum p ln q",
            "KL is what it exceeds the entropy of P by.",
            lambda p: (None, entropy(p.p) + divergence(p.p, p.q)),
        ),
        Mistake(
            "base-two",
            "raised 2 to a loss in nats",
            "Same base in both: e to a loss in nats.",
            lambda p: (None, None, 2**p.nll),
        ),
    ),
    level="hard",
)


# -- label-smoothing -----------------------------------------------------------------------------


class SmoothingParams(NamedTuple):
    """How much is smoothed, the predicted distribution, and the true class counted from 0."""

    eps: float
    p: Vector
    target: int


def _smoothed_loss(p: SmoothingParams, true: float, other: float) -> float:
    """Cross-entropy against a target that gives `true` to the true class and `other` to each other one."""
    own = -log(p.p[p.target])
    return true * own + other * (-sum(log(s) for s in p.p) - own)


def _smoothing_draw(draw: Draw) -> SmoothingParams:
    """Mostly the likeliest class is the true one; never all classes alike."""
    count = draw.pick((3, 3, 4, 4, 5, 6, 10))
    while True:
        p = drawn_shares(draw, count, 20 if count < 5 else 100)
        if len(set(p)) > 1:
            break
    target = p.index(max(p)) if draw.chance(0.7) else draw.whole(0, count - 1)
    return SmoothingParams(draw.pick((0.05, 0.1, 0.15, 0.2)), p, target)


def _smoothing_solve(p: SmoothingParams) -> Solution:
    count = len(p.p)
    share = p.eps / count
    true = 1 - p.eps + share
    others = [-log(s) for i, s in enumerate(p.p) if i != p.target]
    own, rest = plain(-log(p.p[p.target])), plain(sum(others))
    terms = " + ".join(plain(v) for v in others)
    part = Part("", _smoothed_loss(p, true, share), digits=3)
    return Solution(
        parts=(part,),
        steps=(
            f"target: {plain(p.eps)} / {count} = {plain(share)} for each class,"
            f" {plain(true)} for class {p.target}",
            f"-ln {plain(p.p[p.target])} = {own} (class {p.target})",
            f"-ln p of the others: {terms} = {rest}" if count < 7 else f"-ln p of the others adds to {rest}",
            f"{plain(true)} * {own} + {plain(share)} * {rest} = {part.show()}",
        ),
        sense="The target still adds to 1; a class with p near 0 costs something even when it is false.",
    )


LABEL_SMOOTHING = Family(
    name="label-smoothing",
    title="Label smoothing",
    topic=TOPIC,
    priority=2,
    concept="label-smoothing",
    example=SmoothingParams(0.1, (0.7, 0.2, 0.1), 0),
    sample=_smoothing_draw,
    prompt=lambda p: (
        f"A model predicts {listed(p.p)}; class {p.target} (counted from 0) is the true one. What is the"
        f" cross-entropy with label smoothing {plain(p.eps)}, spread over all {len(p.p)} classes,"
        " the true one included? Natural log, 3 decimals."
    ),
    formula="-sum_k t_k ln p_k with t = (1 - eps) onehot + eps / K",
    solve=_smoothing_solve,
    rule=lambda p: beyond(0, 1, eps=p.eps) or unlike_shares(p=p.p),
    mistakes=(
        Mistake(
            "hard-target",
            "used the hard target",
            "Smooth it: every class gets eps / K.",
            lambda p: (-log(p.p[p.target]),),
        ),
        Mistake(
            "over-others",
            "spread eps over the K - 1 other classes only",
            "Here all K classes share eps, so the true one keeps 1 - eps + eps / K.",
            lambda p: (_smoothed_loss(p, 1 - p.eps, p.eps / (len(p.p) - 1)),),
        ),
        Mistake(
            "true-without-share",
            "gave the true class 1 - eps without its share",
            "The target must add to 1: 1 - eps + eps / K for the true class.",
            lambda p: (_smoothed_loss(p, 1 - p.eps, p.eps / len(p.p)),),
        ),
    ),
    refs=("Szegedy et al. 2016 (label smoothing)",),
)


FAMILIES = (FOCAL, ENTROPY_KL_PERPLEXITY, LABEL_SMOOTHING)
