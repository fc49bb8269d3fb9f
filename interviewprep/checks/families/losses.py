"""Losses: of numbers, of classes, and of whole distributions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from math import exp, log, log1p, log2, log10, sqrt
from typing import NamedTuple

from interviewprep.checks.draw import Draw
from interviewprep.checks.families.activations import bracketed, powers_lines, softmax, tamed
from interviewprep.checks.family import Family, Mistake, Part, Picture, Solution
from interviewprep.checks.numbers import Vector, listed, plain

TOPIC = "losses"


def mean(values: Sequence[float]) -> float:
    """Their sum divided by their number."""
    return sum(values) / len(values)


def aligned(*rows: tuple[str, Sequence[float]]) -> tuple[str, ...]:
    """Labelled rows of numbers, one number below the other."""
    cells = [[label, *(plain(v) for v in values)] for label, values in rows]
    widths = [max(len(row[i]) for row in cells) for i in range(len(cells[0]))]
    return tuple(
        "  ".join(
            cell.rjust(w) if i else cell.ljust(w) for i, (cell, w) in enumerate(zip(row, widths, strict=True))
        )
        for row in cells
    )


def drawn_shares(draw: Draw, count: int, units: int) -> Vector:
    """`count` positive multiples of 1 / `units` that add to 1."""
    cuts = (0, *sorted(draw.several(range(1, units), count - 1)), units)
    return tuple((b - a) / units for a, b in pairwise(cuts))


def _class_bars(shares: Vector) -> Picture:
    return Picture("bars", tuple(f"class {i}" for i in range(len(shares))), shares)


# -- mse -----------------------------------------------------------------------------------------


class FitParams(NamedTuple):
    """Targets and the prediction for each."""

    y: Vector
    y_hat: Vector

    @property
    def errors(self) -> Vector:
        """y - y_hat."""
        return tuple(a - b for a, b in zip(self.y, self.y_hat, strict=True))


def _mean_square(p: FitParams) -> float:
    return mean([e * e for e in p.errors])


def _mean_absolute(p: FitParams) -> float:
    return mean([abs(e) for e in p.errors])


def _fit(draw: Draw, errors: Sequence[float], unit: float = 1) -> FitParams:
    """Targets around these errors."""
    y = tuple(draw.step(2, 20, unit) for _ in errors)
    return FitParams(y, tuple(a - e for a, e in zip(y, errors, strict=True)))


def _fit_draw(draw: Draw) -> FitParams:
    """Errors of both signs, not all as large as another, and one of at least 1.5."""
    unit = draw.pick((1, 1, 0.5))
    largest = draw.pick((4, 6, 10))
    while True:
        sizes = [draw.step(0, largest, unit) for _ in range(draw.whole(2, 5))]
        if max(sizes) >= 1.5 and len(set(sizes)) > 1:
            return _fit(draw, [draw.pick((-1, 1)) * size for size in sizes], unit)


def _fit_mental(draw: Draw) -> FitParams:
    """Whole errors, two or four of them."""
    sizes = draw.several(range(1, 8), draw.pick((2, 2, 4)))
    return _fit(draw, [draw.pick((-1, 1)) * size for size in sizes])


def _asked(p: FitParams) -> str:
    return f"The targets are {listed(p.y)}, the predictions {listed(p.y_hat)}."


def _mse_solve(p: FitParams) -> Solution:
    squares = [e * e for e in p.errors]
    part = Part("", mean(squares), digits=2)
    return Solution(
        parts=(part,),
        steps=(
            *aligned(("y - y_hat", p.errors), ("squared", squares)),
            f"sum = {plain(sum(squares))}",
            f"{plain(sum(squares))} / {len(squares)} = {part.show()}",
        ),
        sense="Never negative, and between the smallest and the largest squared error.",
    )


MSE = Family(
    name="mse",
    title="Squared error and MSE",
    topic=TOPIC,
    priority=0,
    concept="mse",
    example=FitParams((10, 10), (7, 2)),
    sample=_fit_draw,
    prompt=lambda p: f"{_asked(p)} What is the mean squared error (MSE), without a factor 1/2? 2 decimals.",
    formula="MSE = mean((y - y_hat)^2)",
    solve=_mse_solve,
    mistakes=(
        Mistake(
            "sum",
            "took the sum, not the mean",
            "Divide by the number of samples.",
            lambda p: (sum(e * e for e in p.errors),),
        ),
        Mistake(
            "absolute",
            "took the mean absolute error",
            "Square each error first.",
            lambda p: (_mean_absolute(p),),
        ),
        Mistake(
            "root",
            "took the root (RMSE)",
            "MSE has no root.",
            lambda p: (sqrt(_mean_square(p)),),
        ),
        Mistake(
            "squared-mean",
            "squared the mean error",
            "Square each error, then average; else errors of different sign cancel.",
            lambda p: (mean(p.errors) ** 2,),
        ),
        Mistake(
            "half",
            "put in a factor 1/2",
            "Only some define the loss with 1/2, and it was asked without.",
            lambda p: (_mean_square(p) / 2,),
        ),
    ),
    mental=_fit_mental,
    level="easy",
)


# -- rmse ----------------------------------------------------------------------------------------

_ROOTABLE = ((1, 7), (2, 14), (7, 17), (1, 5, 7), (1, 1, 5), (2, 2, 10), (1, 1, 3, 5), (1, 1, 7, 7))
_ROOTABLE_FOURS = ((1, 3, 3, 9), (1, 5, 5, 7), (2, 4, 4, 8), (2, 2, 6, 10))
"""Sizes of errors whose mean square is a perfect square."""


def _rmse_mental(draw: Draw) -> FitParams:
    sizes = draw.pick(_ROOTABLE + _ROOTABLE_FOURS)
    shuffled = draw.several(sizes, len(sizes))
    return _fit(draw, [draw.pick((-1, 1)) * size for size in shuffled])


def _rmse_solve(p: FitParams) -> Solution:
    squares = [e * e for e in p.errors]
    part = Part("", sqrt(mean(squares)), digits=3)
    return Solution(
        parts=(part,),
        steps=(
            *aligned(("y - y_hat", p.errors), ("squared", squares)),
            f"mean = {plain(sum(squares))} / {len(squares)} = {plain(mean(squares))}",
            f"sqrt({plain(mean(squares))}) = {part.show()}",
        ),
        sense="In the unit of y, at least the mean absolute error and at most the largest error.",
    )


RMSE = Family(
    name="rmse",
    title="RMSE",
    topic=TOPIC,
    priority=1,
    concept="mse",
    example=FitParams((10, 10), (7, 2)),
    sample=_fit_draw,
    prompt=lambda p: f"{_asked(p)} What is the root mean squared error (RMSE)? 3 decimals.",
    formula="RMSE = sqrt(mean((y - y_hat)^2))",
    solve=_rmse_solve,
    mistakes=(
        Mistake(
            "no-root",
            "gave the MSE",
            "Take the root of it.",
            lambda p: (_mean_square(p),),
        ),
        Mistake(
            "root-of-sum",
            "took the root of the sum",
            "Divide the sum of squares by n before the root.",
            lambda p: (sqrt(sum(e * e for e in p.errors)),),
        ),
        Mistake(
            "root-first",
            "took the root before dividing by n",
            "Average the squares first, then take the root.",
            lambda p: (sqrt(sum(e * e for e in p.errors)) / len(p.errors),),
        ),
        Mistake(
            "absolute",
            "took the mean absolute error",
            "Square each error, average, then take the root.",
            lambda p: (_mean_absolute(p),),
        ),
    ),
    mental=_rmse_mental,
    level="easy",
)


# -- mae -----------------------------------------------------------------------------------------


def _mae_mental(draw: Draw) -> FitParams:
    while True:
        sizes = [draw.whole(0, 9) for _ in range(draw.whole(2, 5))]
        if sum(sizes) and sum(sizes) % len(sizes) == 0:
            return _fit(draw, [draw.pick((-1, 1)) * size for size in sizes])


def _mae_solve(p: FitParams) -> Solution:
    sizes = [abs(e) for e in p.errors]
    part = Part("", mean(sizes), digits=2)
    return Solution(
        parts=(part,),
        steps=(
            *aligned(("y - y_hat", p.errors), ("absolute", sizes)),
            f"sum = {plain(sum(sizes))}",
            f"{plain(sum(sizes))} / {len(sizes)} = {part.show()}",
        ),
        sense="Never negative, in the unit of y, and at most the largest error.",
    )


def _signed_mean(p: FitParams) -> tuple[float]:
    return (mean(p.errors),)


def _signed_mean_reversed(p: FitParams) -> tuple[float] | None:
    """The other order of subtraction, where it makes a difference."""
    return (-mean(p.errors),) if sum(p.errors) else None


_SIGNED = "Take absolute values first, else errors of different sign cancel."

MAE = Family(
    name="mae",
    title="MAE",
    topic=TOPIC,
    priority=0,
    concept="mae",
    example=FitParams((3, 5, 8), (5, 4, 11)),
    sample=_fit_draw,
    prompt=lambda p: f"{_asked(p)} What is the mean absolute error (MAE)? 2 decimals.",
    formula="MAE = mean(|y - y_hat|)",
    solve=_mae_solve,
    mistakes=(
        Mistake("signed", "averaged the signed errors y - y_hat", _SIGNED, _signed_mean),
        Mistake("signed-reversed", "averaged the signed errors y_hat - y", _SIGNED, _signed_mean_reversed),
        Mistake(
            "sum",
            "took the sum, not the mean",
            "Divide by the number of samples.",
            lambda p: (sum(abs(e) for e in p.errors),),
        ),
        Mistake(
            "squared",
            "took the mean squared error",
            "Absolute values, no squares.",
            lambda p: (_mean_square(p),),
        ),
        Mistake(
            "root",
            "took the root mean squared error",
            "Average the absolute values; squares would weigh large errors more.",
            lambda p: (sqrt(_mean_square(p)),),
        ),
    ),
    mental=_mae_mental,
    level="easy",
)


# -- huber ---------------------------------------------------------------------------------------


class HuberParams(NamedTuple):
    """A residual and the threshold delta."""

    r: float
    delta: float


def _is_far(p: HuberParams) -> bool:
    return abs(p.r) > p.delta


def _quadratic(p: HuberParams) -> float:
    return p.r * p.r / 2


def _linear(p: HuberParams) -> float:
    return p.delta * (abs(p.r) - p.delta / 2)


def _huber_draw(draw: Draw) -> HuberParams:
    delta = draw.pick((0.5, 1.5, 2, 2.5, 3))
    size = draw.step(0.1, delta - 0.1, 0.1) if draw.chance(0.4) else delta + draw.step(0.25, 4, 0.25)
    return HuberParams(draw.pick((-1, 1)) * size, delta)


def _huber_mental(draw: Draw) -> HuberParams:
    return HuberParams(draw.pick((-1, 1)) * draw.whole(1, 9), draw.pick((2, 4, 6)))


def _huber_solve(p: HuberParams) -> Solution:
    size, delta = plain(abs(p.r)), plain(p.delta)
    part = Part("", _linear(p) if _is_far(p) else _quadratic(p), digits=3)
    if _is_far(p):
        half = plain(p.delta / 2)
        steps = (
            f"|r| = {size} is above delta = {delta}: linear branch",
            f"{delta} * ({size} - {half}) = {part.show()}",
        )
    else:
        steps = (
            f"|r| = {size} is not above delta = {delta}: quadratic branch",
            f"{size}^2 / 2 = {part.show()}",
        )
    return Solution((part,), steps, "Never negative and never above r^2 / 2.")


HUBER = Family(
    name="huber",
    title="Huber loss",
    topic=TOPIC,
    priority=1,
    concept="huber-loss",
    example=HuberParams(3, 1),
    sample=_huber_draw,
    prompt=lambda p: (
        f"A residual of {plain(p.r)} meets the Huber loss with delta = {plain(p.delta)}"
        " (with the factor 1/2, not divided by delta). What is the loss? 3 decimals."
    ),
    formula="r^2 / 2 if |r| <= delta, else delta (|r| - delta / 2)",
    solve=_huber_solve,
    mistakes=(
        Mistake(
            "quadratic-branch",
            "used the quadratic branch",
            "|r| is above delta: the linear branch holds.",
            lambda p: (_quadratic(p),) if _is_far(p) else None,
        ),
        Mistake(
            "linear-branch",
            "used the linear branch",
            "|r| is not above delta: the quadratic branch holds.",
            lambda p: None if _is_far(p) else (_linear(p),),
        ),
        Mistake(
            "no-offset",
            "computed delta |r|",
            "Subtract delta / 2 inside the bracket, so that the branches meet.",
            lambda p: (p.delta * abs(p.r),) if _is_far(p) else None,
        ),
        Mistake(
            "no-half",
            "forgot the 1/2 of the square",
            "The quadratic branch is r^2 / 2.",
            lambda p: None if _is_far(p) else (p.r * p.r,),
        ),
        Mistake(
            "smooth-l1",
            "divided by delta",
            "That is SmoothL1; Huber keeps the factor delta.",
            lambda p: ((_linear(p) if _is_far(p) else _quadratic(p)) / p.delta,),
        ),
        Mistake(
            "kept-sign",
            "kept the sign of the residual",
            "The linear branch takes |r|; a loss is never negative.",
            lambda p: (p.delta * (p.r - p.delta / 2),) if _is_far(p) else None,
        ),
    ),
    mental=_huber_mental,
    refs=("Huber 1964",),
)


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

FAMILIES = (
    MSE,
    RMSE,
    MAE,
    HUBER,
    CROSS_ENTROPY,
    CE_FROM_LOGITS,
    BCE,
    HINGE,
    FOCAL,
    ENTROPY_KL_PERPLEXITY,
    LABEL_SMOOTHING,
)
