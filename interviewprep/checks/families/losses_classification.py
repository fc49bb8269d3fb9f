"""Losses of classes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import exp, log, log1p, log2, log10
from typing import NamedTuple

from interviewprep.checks.draw import Draw, drawn_shares
from interviewprep.checks.family import Family, Mistake, Part, Picture, Solution
from interviewprep.checks.formulas import beyond, mean, softmax, unlike_shares
from interviewprep.checks.numbers import Vector, listed, plain
from interviewprep.checks.wording import bracketed, powers_lines, tamed

TOPIC = "losses"


def _class_bars(shares: Vector) -> Picture:
    return Picture("bars", tuple(f"class {i}" for i in range(len(shares))), shares)


# -- cross-entropy -------------------------------------------------------------------------------


class CrossEntropyParams(NamedTuple):
    """Two predicted distributions over the same classes, and the true class counted from 0."""

    first: Vector
    second: Vector
    target: int

    @property
    def of_target(self) -> tuple[float, float]:
        """What each gives the true class."""
        return self.first[self.target], self.second[self.target]


def _cross_entropy_draw(draw: Draw) -> CrossEntropyParams:
    count, units = draw.whole(3, 4), draw.pick((100, 20))
    while True:
        params = CrossEntropyParams(
            drawn_shares(draw, count, units), drawn_shares(draw, count, units), draw.whole(0, count - 1)
        )
        one, other = params.of_target
        if abs(one - other) >= 0.1 and max(one, other) < 0.94:
            return params


_KNOWN_LOGS = (0.5, 0.25, 0.125, 0.1)
"""Their logs follow from ln 2 = 0.693 and ln 10 = 2.303."""


def _cross_entropy_mental(draw: Draw) -> CrossEntropyParams:
    one, other = draw.several(_KNOWN_LOGS, 2)
    target = draw.whole(0, 2)

    def around(share: float) -> Vector:
        rest = round(1 - share, 3)
        part = draw.pick([k / 40 for k in range(2, int(rest * 40))])
        shares = [round(part, 3), round(rest - part, 3)]
        shares.insert(target, share)
        return tuple(shares)

    return CrossEntropyParams(around(one), around(other), target)


def _cross_entropy_solve(p: CrossEntropyParams) -> Solution:
    one, other = p.of_target
    parts = (Part("first", -log(one), digits=3), Part("second", -log(other), digits=3))
    return Solution(
        parts=parts,
        steps=(
            f"only class {p.target} counts: {plain(one)} and {plain(other)}",
            f"first:  -ln {plain(one)} = {parts[0].show()}",
            f"second: -ln {plain(other)} = {parts[1].show()}",
        ),
        sense="Positive, and the larger the probability of the true class, the smaller the loss.",
        pictures=(_class_bars(p.first), _class_bars(p.second)),
    )


def _both(p: CrossEntropyParams, loss: Callable[[float], float]) -> tuple[float, float]:
    one, other = p.of_target
    return loss(one), loss(other)


CROSS_ENTROPY = Family(
    name="cross-entropy",
    title="Cross-entropy, one-hot",
    topic=TOPIC,
    priority=0,
    concept="cross-entropy",
    example=CrossEntropyParams((0.05, 0.7, 0.25), (0.9, 0.08, 0.02), 0),
    sample=_cross_entropy_draw,
    prompt=lambda p: (
        f"Two models predict {listed(p.first)} and {listed(p.second)}; class {p.target}"
        " (counted from 0) is the true one. Give the cross-entropy of the first, then of the second."
        " Natural log, 3 decimals each."
    ),
    formula="-ln p(true class)",
    solve=_cross_entropy_solve,
    rule=lambda p: unlike_shares(first=p.first, second=p.second),
    mistakes=(
        Mistake(
            "log-ten",
            "used the logarithm to base 10",
            "The loss uses the natural log.",
            lambda p: _both(p, lambda share: -log10(share)),
        ),
        Mistake(
            "log-two",
            "used the logarithm to base 2",
            "The natural log, unless bits are asked for.",
            lambda p: _both(p, lambda share: -log2(share)),
        ),
        Mistake(
            "one-minus",
            "took 1 - p",
            "Use the log: -ln p grows without bound as p goes to 0.",
            lambda p: _both(p, lambda share: 1 - share),
        ),
        Mistake(
            "all-classes",
            "added -ln p over all classes",
            "Only the true class counts; the others are multiplied by 0.",
            lambda p: (-sum(log(s) for s in p.first), -sum(log(s) for s in p.second)),
        ),
        Mistake(
            "no-minus",
            "forgot the minus",
            "ln p is negative for p below 1; the loss is positive.",
            lambda p: _both(p, log),
        ),
    ),
    mental=_cross_entropy_mental,
    level="easy",
)


# -- ce-from-logits ------------------------------------------------------------------------------


class LogitsParams(NamedTuple):
    """Logits and the true class counted from 0."""

    z: Vector
    target: int


def logsumexp(z: Vector) -> float:
    """ln sum exp(z), with the largest logit taken out first."""
    top = max(z)
    return top + log(sum(exp(v - top) for v in z))


def _logits_draw(draw: Draw) -> LogitsParams:
    step = draw.pick((1, 0.5, 0.1))
    while True:
        z = tuple(draw.step(-3, 4, step) for _ in range(draw.whole(3, 4)))
        target = draw.whole(0, len(z) - 1)
        if len(set(z)) == len(z) and logsumexp(z) - z[target] >= 0.02:
            return LogitsParams(z, target)


def _logits_solve(p: LogitsParams) -> Solution:
    small, note = tamed(p.z)
    total = sum(exp(v) for v in small)
    part = Part("", logsumexp(p.z) - p.z[p.target], digits=3)
    return Solution(
        parts=(part,),
        steps=(
            *note,
            *powers_lines(small),
            f"sum = {plain(total)}, ln sum = {plain(log(total))}",
            f"{plain(log(total))} - {bracketed(small[p.target])} = {part.show()}",
        ),
        sense=f"Positive, and e^-loss = {plain(softmax(p.z)[p.target])} is the true class's probability.",
        pictures=(_class_bars(softmax(p.z)),),
    )


CE_FROM_LOGITS = Family(
    name="ce-from-logits",
    title="Cross-entropy from logits",
    topic=TOPIC,
    priority=1,
    concept="cross-entropy",
    example=LogitsParams((2, 1, 0.1), 0),
    sample=_logits_draw,
    prompt=lambda p: (
        f"A classifier gives the logits {listed(p.z)}; class {p.target} (counted from 0) is the true one."
        " What is the cross-entropy loss? Natural log, 3 decimals."
    ),
    formula="ln(sum_j exp(z_j)) - z_y",
    solve=_logits_solve,
    mistakes=(
        Mistake(
            "raw-logit",
            "took -ln of the raw logit",
            "Logits are no probabilities: softmax first.",
            lambda p: (-log(p.z[p.target]),),
        ),
        Mistake(
            "softmax-twice",
            "applied softmax twice",
            "A loss that takes logits applies softmax itself; hand it the raw logits.",
            lambda p: (logsumexp(softmax(p.z)) - softmax(p.z)[p.target],),
        ),
        Mistake(
            "no-subtraction",
            "stopped at the log of the sum",
            "Subtract the logit of the true class.",
            lambda p: (logsumexp(p.z),),
        ),
        Mistake(
            "probability",
            "stopped at the probability",
            "The loss is -ln of the softmax output.",
            lambda p: (softmax(p.z)[p.target],),
        ),
        Mistake(
            "class-from-one",
            "counted the classes from 1",
            "Class 0 is the first logit.",
            lambda p: (logsumexp(p.z) - p.z[p.target - 1],) if p.target else None,
        ),
    ),
)


# -- bce -----------------------------------------------------------------------------------------


class BinaryParams(NamedTuple):
    """Labels 0 or 1, and for each the predicted probability of class 1."""

    y: tuple[int, ...]
    p: Vector

    @property
    def of_label(self) -> Vector:
        """The probability given to what is true."""
        return tuple(p if y else 1 - p for y, p in zip(self.y, self.p, strict=True))


def _binary_draw(draw: Draw) -> BinaryParams:
    count = draw.pick((2, 2, 3, 3, 4))
    y = tuple(draw.whole(0, 1) for _ in range(count))
    if len(set(y)) == 1 and draw.chance(0.7):
        y = (1 - y[0], *y[1:])
    return BinaryParams(y, tuple(draw.step(0.05, 0.95, 0.05) for _ in range(count)))


def _binary_mental(draw: Draw) -> BinaryParams:
    """Probabilities of the truth whose logs follow from ln 2 and ln 10."""
    y = draw.pick(((1, 0), (0, 1), (1, 1)))
    truths = draw.several(_KNOWN_LOGS, 2)
    return BinaryParams(y, tuple(t if label else 1 - t for label, t in zip(y, truths, strict=True)))


def _losses_and_mean(losses: Sequence[float]) -> tuple[Vector, float]:
    return tuple(losses), mean(losses)


def _binary_solve(p: BinaryParams) -> Solution:
    losses, average = _losses_and_mean([-log(s) for s in p.of_label])
    parts = (Part("losses", losses, digits=3), Part("mean", average, digits=3))
    lines = [
        f"y = 1, p = {plain(given)}: -ln {plain(given)} = {parts[0].show(loss)}"
        if label
        else f"y = 0, p = {plain(given)}: -ln(1 - {plain(given)})"
        f" = -ln {plain(1 - given)} = {parts[0].show(loss)}"
        for label, given, loss in zip(p.y, p.p, losses, strict=True)
    ]
    total = " + ".join(plain(loss) for loss in losses)
    return Solution(
        parts=parts,
        steps=(*lines, f"mean = ({total}) / {len(losses)} = {parts[1].show()}"),
        sense="Each loss is positive, and below 0.693 where the more probable class is the true one.",
    )


def _binary_swapped(p: BinaryParams) -> tuple[Vector, float] | None:
    """Both cases exchanged; with zeros only that is the same as -ln p everywhere."""
    return _losses_and_mean([-log(1 - s) for s in p.of_label]) if any(p.y) else None


BCE = Family(
    name="bce",
    title="Binary cross-entropy",
    topic=TOPIC,
    priority=0,
    concept="binary-cross-entropy",
    example=BinaryParams((1, 0), (0.8, 0.8)),
    sample=_binary_draw,
    prompt=lambda p: (
        f"The labels are {listed(p.y)}, the predicted probabilities of class 1 are {listed(p.p)}."
        " Give the binary cross-entropy of each sample, then their mean. Natural log, 3 decimals each."
    ),
    formula="-(y ln p + (1 - y) ln(1 - p)), averaged",
    solve=_binary_solve,
    rule=lambda p: beyond(0, 1, y=p.y, p=p.p),
    mistakes=(
        Mistake(
            "always-p",
            "took -ln p also for y = 0",
            "For y = 0 the probability of the truth is 1 - p.",
            lambda p: _losses_and_mean([-log(s) for s in p.p]),
        ),
        Mistake(
            "swapped",
            "took p for y = 0 and 1 - p for y = 1",
            "p is the probability of class 1: use it for y = 1.",
            _binary_swapped,
        ),
        Mistake(
            "log-ten",
            "used the logarithm to base 10",
            "The loss uses the natural log.",
            lambda p: _losses_and_mean([-log10(s) for s in p.of_label]),
        ),
        Mistake(
            "distance",
            "took the distance |y - p|",
            "Use the log: -ln of the probability given to the truth.",
            lambda p: _losses_and_mean([1 - s for s in p.of_label]),
        ),
        Mistake(
            "sum",
            "took the sum, not the mean",
            "Divide by the number of samples.",
            lambda p: (None, -sum(log(s) for s in p.of_label)),
        ),
    ),
    mental=_binary_mental,
)


# -- hinge ---------------------------------------------------------------------------------------


class HingeParams(NamedTuple):
    """A label -1 or +1 and a score."""

    y: int
    score: float

    @property
    def margin(self) -> float:
        """y * s: positive where the side is right."""
        return self.y * self.score


def _hinge_draw(draw: Draw) -> HingeParams:
    while True:
        params = HingeParams(draw.pick((-1, 1)), draw.step(-3, 3, 0.05))
        if params.margin < 1 and params.score:
            return params


def _hinge_mental(draw: Draw) -> HingeParams:
    while True:
        params = HingeParams(draw.pick((-1, 1)), draw.step(-4, 4, 0.5))
        if params.margin < 1 and params.score:
            return params


def _hinge_solve(p: HingeParams) -> Solution:
    part = Part("", max(0, 1 - p.margin), digits=3)
    return Solution(
        parts=(part,),
        steps=(
            f"y * s = {p.y} * {bracketed(p.score)} = {plain(p.margin)}",
            f"1 - {bracketed(p.margin)} = {plain(1 - p.margin)}",
            f"max(0, {plain(1 - p.margin)}) = {part.show()}",
        ),
        sense="Above 1 on the wrong side (y s < 0), between 0 and 1 on the right side too near, else 0.",
    )


HINGE = Family(
    name="hinge",
    title="Hinge loss",
    topic=TOPIC,
    priority=1,
    concept="hinge-loss",
    example=HingeParams(-1, 0.3),
    sample=_hinge_draw,
    prompt=lambda p: (
        f"Labels are -1 and +1; a sample with y = {p.y:+d} gets the score {plain(p.score)}."
        " What is its hinge loss (margin 1, not squared)? 3 decimals."
    ),
    formula="max(0, 1 - y s)",
    solve=_hinge_solve,
    rule=lambda p: "" if p.y in {-1, 1} else "`y` must be -1 or 1",
    mistakes=(
        Mistake(
            "label-zero",
            "took the label as 0",
            "The labels are -1 and +1.",
            lambda p: (1,) if p.y < 0 else None,
        ),
        Mistake(
            "no-label",
            "computed 1 - s",
            "Multiply the score by y.",
            lambda p: (max(0, 1 - p.score),),
        ),
        Mistake(
            "plus",
            "computed 1 + y s",
            "The loss falls as y s grows: 1 - y s.",
            lambda p: (max(0, 1 + p.margin),) if p.y > 0 else None,
        ),
        Mistake(
            "no-margin",
            "left out the margin: max(0, -y s)",
            "Even the right side costs until y s reaches 1.",
            lambda p: (max(0, -p.margin),),
        ),
        Mistake(
            "squared",
            "squared the loss",
            "That is the squared hinge loss.",
            lambda p: (max(0, 1 - p.margin) ** 2,),
        ),
        Mistake(
            "logistic",
            "used the logistic loss ln(1 + e^(-y s))",
            "The hinge is piecewise linear and has no log.",
            lambda p: (log1p(exp(-p.margin)),),
        ),
    ),
    mental=_hinge_mental,
    level="easy",
)


FAMILIES = (CROSS_ENTROPY, CE_FROM_LOGITS, BCE, HINGE)
