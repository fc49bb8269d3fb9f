"""Losses of numbers."""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt
from typing import NamedTuple

from interviewprep.checks.draw import Draw
from interviewprep.checks.family import Family, Mistake, Part, Solution
from interviewprep.checks.formulas import mean, negative
from interviewprep.checks.numbers import Vector, listed, plain
from interviewprep.checks.wording import aligned

TOPIC = "losses"


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
    rule=lambda p: negative(delta=p.delta),
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


FAMILIES = (MSE, RMSE, MAE, HUBER)
