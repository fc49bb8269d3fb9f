"""How well a regression fits."""

from __future__ import annotations

from typing import NamedTuple

from interviewprep.checks.draw import Draw
from interviewprep.checks.family import Family, Mistake, Part, Solution
from interviewprep.checks.formulas import mean, squares_around_mean
from interviewprep.checks.numbers import Vector, listed, plain
from interviewprep.checks.wording import aligned

TOPIC = "evaluation"


# -- r2 ------------------------------------------------------------------------------------------


class RegressionParams(NamedTuple):
    """Targets and the prediction for each."""

    y: Vector
    y_hat: Vector

    @property
    def residual(self) -> float:
        """Sum of squared errors."""
        return sum((a - b) ** 2 for a, b in zip(self.y, self.y_hat, strict=True))

    @property
    def spread(self) -> float:
        """Sum of squared distances of the targets from their mean."""
        return squares_around_mean(self.y)


def _squared_correlation(p: RegressionParams) -> float:
    a, b = mean(p.y), mean(p.y_hat)
    joint = sum((y - a) * (f - b) for y, f in zip(p.y, p.y_hat, strict=True))
    return joint * joint / (p.spread * squares_around_mean(p.y_hat))


def _r2_draw(draw: Draw) -> RegressionParams:
    """About one in six has a negative R squared."""
    is_negative = draw.chance(0.17)
    while True:
        y = tuple(draw.step(0, 12, 1) for _ in range(draw.whole(3, 5)))
        unit = draw.pick((1, 1, 0.5))
        p = RegressionParams(y, tuple(v + draw.step(-3, 3, unit) for v in y))
        if p.spread < 4 or not p.residual or abs(p.residual / p.spread - 0.5) < 0.01:
            continue
        if (0.03 < p.residual / p.spread < 0.97) if not is_negative else (1.05 < p.residual / p.spread < 3):
            return p


def _r2_mental(draw: Draw) -> RegressionParams:
    """Targets whose squares around the mean add to 8, 20, 40 or 50; small whole errors."""
    distances = draw.pick(((-2, 0, 2), (-3, -1, 1, 3), (-4, -2, 0, 2, 4), (-5, 0, 5)))
    middle = draw.whole(5, 9)
    y = tuple(middle + d for d in distances)
    while True:
        y_hat = tuple(v + draw.pick((-2, -1, -1, 0, 1, 1, 2)) for v in y)
        if y_hat != y:
            return RegressionParams(y, y_hat)


def _r2_solve(p: RegressionParams) -> Solution:
    middle = mean(p.y)
    errors = [a - b for a, b in zip(p.y, p.y_hat, strict=True)]
    distances = [v - middle for v in p.y]
    share = p.residual / p.spread
    part = Part("", 1 - share, digits=3)
    return Solution(
        parts=(part,),
        steps=(
            *aligned(("y - y_hat", errors), ("squared", [e * e for e in errors])),
            f"SSres = {plain(p.residual)}   mean of y = {plain(middle)}",
            *aligned(("y - mean", distances), ("squared", [d * d for d in distances])),
            f"SStot = {plain(p.spread)}",
            f"1 - {plain(p.residual)} / {plain(p.spread)} = 1 - {plain(share)} = {part.show()}",
        ),
        sense="Negative: predicting the mean would have been better."
        if share > 1
        else "Between 0 (as good as predicting the mean) and 1 (perfect).",
    )


R2 = Family(
    name="r2",
    title="R squared",
    topic=TOPIC,
    priority=1,
    concept="r-squared",
    example=RegressionParams((3, 5, 7), (2, 5, 9)),
    sample=_r2_draw,
    prompt=lambda p: (
        f"The targets are {listed(p.y)}, the predictions {listed(p.y_hat)}. What is R squared, the"
        " coefficient of determination? 3 decimals."
    ),
    formula="R^2 = 1 - SSres / SStot, with SStot around the mean of y",
    solve=_r2_solve,
    mistakes=(
        Mistake(
            "ratio-only",
            "stopped at SSres / SStot",
            "That is the share left unexplained; R squared is one minus it.",
            lambda p: (p.residual / p.spread,),
        ),
        Mistake(
            "around-zero",
            "took SStot around 0",
            "SStot is taken around the mean of y.",
            lambda p: (1 - p.residual / sum(v * v for v in p.y),),
        ),
        Mistake(
            "squared-correlation",
            "squared the correlation",
            "The two agree only for a least-squares line; R squared punishes bias as well.",
            lambda p: (_squared_correlation(p),),
        ),
        Mistake(
            "own-mean",
            "took SStot from the predictions",
            "SStot is the spread of the targets.",
            lambda p: (1 - p.residual / squares_around_mean(p.y_hat),),
        ),
    ),
    mental=_r2_mental,
)


FAMILIES = (R2,)
