"""Learning rates over time."""

from __future__ import annotations

from math import cos, pi, radians
from typing import NamedTuple

from interviewprep.checks.draw import Draw
from interviewprep.checks.family import Family, Mistake, Part, Solution
from interviewprep.checks.numbers import plain
from interviewprep.checks.wording import fine, fine_bracketed

TOPIC = "optimizers"


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
    rule=lambda p: "the warm-up is over at `t`" if p.schedule == "warm-up" and p.t > p.span else "",
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


FAMILIES = (LR_SCHEDULE,)
