"""Softmax, plain and with a temperature."""

from __future__ import annotations

from math import exp
from typing import NamedTuple

from interviewprep.checks.draw import Draw
from interviewprep.checks.family import Family, Mistake, Part, Picture, Solution
from interviewprep.checks.formulas import adds_up, negative, softmax
from interviewprep.checks.numbers import Vector, listed, plain
from interviewprep.checks.wording import powers_lines, tamed

TOPIC = "activations"


# -- softmax -------------------------------------------------------------------------------------


class SoftmaxParams(NamedTuple):
    """Logits."""

    z: Vector


def _softmax_draw(draw: Draw) -> SoftmaxParams:
    step = draw.pick((1, 0.5))
    while True:
        z = tuple(draw.step(-4, 5, step) for _ in range(draw.whole(2, 4)))
        first, second = sorted(z, reverse=True)[:2]
        shares = softmax(z)
        is_plain = len(set(z)) == len(z) and min(shares) >= 0.0015 and adds_up(shares)
        if is_plain and 0.3 <= first - second <= 4:
            return SoftmaxParams(z)


def _softmax_solve(p: SoftmaxParams) -> Solution:
    small, note = tamed(p.z)
    powers = [exp(v) for v in small]
    total = sum(powers)
    shares = softmax(p.z)
    part = Part("", shares, digits=3)
    return Solution(
        parts=(part,),
        steps=(
            *note,
            *powers_lines(small),
            f"sum = {plain(total)}",
            *(f"{plain(e)} / {plain(total)} = {part.show(s)}" for e, s in zip(powers, shares, strict=True)),
        ),
        sense="The shares are positive, add to 1, and keep the order of the logits.",
        pictures=(Picture("bars", tuple(plain(v) for v in p.z), shares),),
    )


def _softmax_zero(p: SoftmaxParams) -> tuple[Vector] | None:
    """The small classes taken for nothing."""
    shares = softmax(p.z)
    return (tuple(0 if s < 0.01 else s for s in shares),) if min(shares) < 0.01 else None


SOFTMAX = Family(
    name="softmax",
    title="Softmax",
    topic=TOPIC,
    priority=0,
    concept="softmax",
    example=SoftmaxParams((3, 1, -2)),
    sample=_softmax_draw,
    prompt=lambda p: f"Turn the logits {listed(p.z)} into probabilities. Base e, 3 decimals each.",
    formula="p_i = exp(z_i) / sum_j exp(z_j)",
    solve=_softmax_solve,
    mistakes=(
        Mistake(
            "no-exp",
            "divided the logits by their sum, without exp",
            "Exponentiate first: probabilities cannot be negative or above 1.",
            lambda p: (tuple(v / sum(p.z) for v in p.z),),
        ),
        Mistake(
            "base-two",
            "used powers of 2",
            "The base of softmax is e.",
            lambda p: (tuple(2**v / sum(2**u for u in p.z) for v in p.z),),
        ),
        Mistake(
            "zero-class",
            "0.00 for a class that is only unlikely",
            "Softmax is never zero for finite logits; keep three decimals.",
            _softmax_zero,
        ),
        Mistake(
            "exp-only",
            "stopped after exp",
            "Divide each power by the sum of all.",
            lambda p: (tuple(exp(v) for v in p.z),),
        ),
    ),
    mental=None,
    level="easy",
)


# -- softmax-temperature -------------------------------------------------------------------------


class TemperatureParams(NamedTuple):
    """Logits and the temperature they are divided by."""

    z: Vector
    temperature: float


def _scaled(p: TemperatureParams) -> Vector:
    return tuple(v / p.temperature for v in p.z)


def _temperature_draw(draw: Draw) -> TemperatureParams:
    temperature = draw.pick((0.25, 0.5, 0.7, 1.5, 2, 5))
    width = 1 if temperature < 0.5 else 3
    while True:
        z = tuple(draw.step(-width, width, 0.5) for _ in range(draw.whole(2, 4)))
        shares = softmax(tuple(v / temperature for v in z))
        is_visible = min(shares) >= 0.0015 and max(shares) <= 0.9985
        if len(set(z)) == len(z) and is_visible and adds_up(shares):
            return TemperatureParams(z, temperature)


def _temperature_solve(p: TemperatureParams) -> Solution:
    scaled = _scaled(p)
    small, note = tamed(scaled)
    powers = [exp(v) for v in small]
    total = sum(powers)
    shares = softmax(scaled)
    part = Part("", shares, digits=3)
    is_sharper = p.temperature < 1
    return Solution(
        parts=(part,),
        steps=(
            f"z / {plain(p.temperature)} = {listed(scaled)}",
            *note,
            *powers_lines(small),
            f"sum = {plain(total)}",
            *(f"{plain(e)} / {plain(total)} = {part.show(s)}" for e, s in zip(powers, shares, strict=True)),
        ),
        sense=f"T {'below 1 sharpens' if is_sharper else 'above 1 flattens'}: the largest share is"
        f" {'larger' if is_sharper else 'smaller'} than at T = 1, and the order stays.",
        pictures=(Picture("bars", tuple(plain(v) for v in p.z), shares),),
    )


SOFTMAX_TEMPERATURE = Family(
    name="softmax-temperature",
    title="Softmax with temperature",
    topic=TOPIC,
    priority=1,
    concept="softmax",
    example=TemperatureParams((2, 1, 0.1), 0.5),
    sample=_temperature_draw,
    prompt=lambda p: (
        f"Turn the logits {listed(p.z)} into probabilities at temperature {plain(p.temperature)}."
        " Base e, 3 decimals each."
    ),
    formula="p_i = exp(z_i / T) / sum_j exp(z_j / T)",
    solve=_temperature_solve,
    rule=lambda p: negative(temperature=p.temperature),
    mistakes=(
        Mistake(
            "times-temperature",
            "multiplied the logits by T",
            "Divide by T: below 1 it sharpens, above 1 it flattens.",
            lambda p: (softmax(tuple(v * p.temperature for v in p.z)),),
        ),
        Mistake(
            "no-temperature",
            "ignored the temperature",
            "That is T = 1; divide every logit by T before exp.",
            lambda p: (softmax(p.z),),
        ),
        Mistake(
            "temperature-last",
            "divided the probabilities by T",
            "Divide the logits, before exp; probabilities must still add to 1.",
            lambda p: (tuple(s / p.temperature for s in softmax(p.z)),),
        ),
    ),
    refs=("Hinton et al. 2015 (temperature)",),
)


FAMILIES = (SOFTMAX, SOFTMAX_TEMPERATURE)
