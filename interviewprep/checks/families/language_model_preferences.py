"""Training a language model on preferences and rewards."""

from __future__ import annotations

from collections.abc import Sequence
from math import exp, log1p, sqrt
from typing import NamedTuple

from interviewprep.checks.draw import Draw
from interviewprep.checks.family import Family, Mistake, Part, Solution
from interviewprep.checks.numbers import Vector, listed, plain
from interviewprep.checks.wording import bracketed

TOPIC = "language-models"


# -- dpo-loss ------------------------------------------------------------------------------------


class PreferenceParams(NamedTuple):
    """Beta, and the log-ratio difference or the four log-probabilities it is made of."""

    beta: float
    delta: float = 0
    policy: Vector = ()
    """ln of the policy's probability of the chosen and of the rejected answer."""
    reference: Vector = ()
    """The same of the reference model."""


def _softplus(x: float) -> float:
    """ln(1 + e^x), for any x without overflow."""
    return max(x, 0) + log1p(exp(-abs(x)))


def _delta(p: PreferenceParams) -> float:
    if not p.policy:
        return p.delta
    chosen, rejected = (a - b for a, b in zip(p.policy, p.reference, strict=True))
    return round(chosen - rejected, 10)


def _preference_draw(draw: Draw) -> PreferenceParams:
    beta = draw.pick((0.05, 0.1, 0.1, 0.2, 0.25, 0.3, 0.5))
    if draw.chance(0.5):
        return PreferenceParams(beta, draw.step(0.5, 8, 0.5) * draw.pick((1, 1, -1)))
    while True:
        reference = (draw.step(-30, -10, 0.5), draw.step(-30, -10, 0.5))
        policy = (reference[0] + draw.step(-2, 4, 0.5), reference[1] + draw.step(-4, 2, 0.5))
        p = PreferenceParams(beta, 0, policy, reference)
        if _delta(p):
            return p


def _preference_prompt(p: PreferenceParams) -> str:
    if not p.policy:
        return (
            f"DPO: the policy's log-ratio to the reference model is {plain(abs(p.delta))}"
            f" {'larger' if p.delta >= 0 else 'smaller'} for the chosen answer than for the rejected one;"
            f" beta = {plain(p.beta)}. What is the loss of this pair? Natural log, 4 decimals."
        )
    return (
        f"DPO: the policy gives the chosen answer ln p = {plain(p.policy[0])} and the rejected one"
        f" {plain(p.policy[1])}, the reference model {plain(p.reference[0])} and {plain(p.reference[1])};"
        f" beta = {plain(p.beta)}. What is the loss of this pair? Natural log, 4 decimals."
    )


def _preference_solve(p: PreferenceParams) -> Solution:
    delta = _delta(p)
    part = Part("", _softplus(-p.beta * delta), digits=4)
    ratios: tuple[str, ...] = ()
    if p.policy:
        chosen, rejected = (a - b for a, b in zip(p.policy, p.reference, strict=True))
        ratios = (
            f"chosen:   {plain(p.policy[0])} - {bracketed(p.reference[0])} = {plain(chosen)}",
            f"rejected: {plain(p.policy[1])} - {bracketed(p.reference[1])} = {plain(rejected)}",
            f"difference: {plain(chosen)} - {bracketed(rejected)} = {plain(delta)}",
        )
    share = exp(-_softplus(-p.beta * delta))
    return Solution(
        parts=(part,),
        steps=(
            *ratios,
            f"beta * difference = {plain(p.beta)} * {bracketed(delta)} = {plain(round(p.beta * delta, 10))}",
            f"sigmoid({plain(round(p.beta * delta, 10))}) = {plain(share)}",
            f"-ln {plain(share)} = {part.show()}",
        ),
        sense=f"{'Below' if delta > 0 else 'Above'} ln 2 = 0.6931: the policy prefers the"
        f" {'chosen' if delta > 0 else 'rejected'} answer more than the reference does.",
    )


DPO_LOSS = Family(
    name="dpo-loss",
    title="DPO loss",
    topic=TOPIC,
    priority=2,
    concept="dpo",
    example=PreferenceParams(0.1, 2),
    sample=_preference_draw,
    prompt=_preference_prompt,
    formula="-ln sigmoid(beta * (log-ratio of chosen - log-ratio of rejected))",
    solve=_preference_solve,
    mistakes=(
        Mistake(
            "no-beta",
            "left out beta",
            "Multiply the difference by beta before the sigmoid.",
            lambda p: (_softplus(-_delta(p)),),
        ),
        Mistake(
            "sign",
            "took rejected minus chosen",
            "Chosen minus rejected: a policy that prefers the chosen answer has a small loss.",
            lambda p: (_softplus(p.beta * _delta(p)),),
        ),
        Mistake(
            "no-reference",
            "left out the reference model",
            "Each log-probability is taken relative to the reference model.",
            lambda p: (_softplus(-p.beta * (p.policy[0] - p.policy[1])),) if p.policy else None,
        ),
        Mistake(
            "probability",
            "stopped at the sigmoid",
            "The loss is -ln of it.",
            lambda p: (exp(-_softplus(-p.beta * _delta(p))),),
        ),
        Mistake(
            "divided-by-beta",
            "divided by beta",
            "Multiply: a small beta lets the policy drift further from the reference.",
            lambda p: (_softplus(-_delta(p) / p.beta),) if abs(_delta(p)) / p.beta < 8 else None,
        ),
    ),
    level="medium",
    refs=("Rafailov et al. 2023",),
)


# -- grpo-advantage ------------------------------------------------------------------------------


class GroupParams(NamedTuple):
    """Rewards of the answers to one prompt."""

    rewards: Vector


def _centred(p: GroupParams) -> Vector:
    mean = sum(p.rewards) / len(p.rewards)
    return tuple(r - mean for r in p.rewards)


def _variance(p: GroupParams) -> float:
    return sum(c * c for c in _centred(p)) / len(p.rewards)


def _advantages(p: GroupParams, divisor: float) -> tuple[Vector]:
    return (tuple(c / divisor for c in _centred(p)),)


def _group_draw(draw: Draw) -> GroupParams:
    count = draw.whole(4, 6)
    choices: Sequence[float] = draw.pick(((0, 1), (0, 1), (0, 0.5, 1), (0, 1, 2, 3, 4), (-1, 0, 1, 2)))
    while True:
        p = GroupParams(tuple(draw.pick(choices) for _ in range(count)))
        centred = _centred(p)
        if len({round(abs(c), 10) for c in centred}) > 1:
            return p


def _group_mental(draw: Draw) -> GroupParams:
    """Four alike and one apart: the standard deviation is 0.4 of the gap."""
    low, gap = draw.whole(0, 4), draw.pick((1, 2, 3, 5, 10))
    pattern = draw.pick(((0, 0, 0, 0, 1), (0, 1, 1, 1, 1)))
    return GroupParams(tuple(low + gap * v for v in draw.several(pattern, len(pattern))))


def _group_solve(p: GroupParams) -> Solution:
    n = len(p.rewards)
    mean, std = sum(p.rewards) / n, sqrt(_variance(p))
    centred = _centred(p)
    part = Part("", _advantages(p, std)[0], digits=3)
    return Solution(
        parts=(part,),
        steps=(
            f"mean = {plain(sum(p.rewards))} / {n} = {plain(mean)}",
            f"minus the mean: {listed(centred)}",
            f"variance = {plain(sum(c * c for c in centred))} / {n} = {plain(_variance(p))}",
            f"std = {plain(std)}",
            f"divided by {plain(std)}: {part.show()}",
        ),
        sense="They add to 0: what beats its group is pushed up, the rest down, without a value model.",
    )


GRPO_ADVANTAGE = Family(
    name="grpo-advantage",
    title="Group-relative advantage",
    topic=TOPIC,
    priority=2,
    concept="grpo",
    example=GroupParams((1, 0, 0, 1)),
    sample=_group_draw,
    prompt=lambda p: (
        f"GRPO: {len(p.rewards)} answers to one prompt got the rewards {listed(p.rewards)}. Give their"
        " advantages, with the population standard deviation and no epsilon. 3 decimals each."
    ),
    formula="(r - mean) / std, over the group",
    solve=_group_solve,
    mistakes=(
        Mistake(
            "sample-std",
            "used the sample standard deviation",
            "The population one is asked for: divide by n, not by n - 1 (libraries differ).",
            lambda p: _advantages(p, sqrt(_variance(p) * len(p.rewards) / (len(p.rewards) - 1))),
        ),
        Mistake(
            "no-division",
            "did not divide by the standard deviation",
            "Divide by it, so that groups weigh alike.",
            lambda p: _advantages(p, 1),
        ),
        Mistake(
            "variance",
            "divided by the variance",
            "Divide by its root, the standard deviation.",
            lambda p: _advantages(p, _variance(p)),
        ),
        Mistake(
            "no-mean",
            "did not take off the mean",
            "The mean of the group is the baseline: take it off first.",
            lambda p: (tuple(r / sqrt(_variance(p)) for r in p.rewards),),
        ),
    ),
    mental=_group_mental,
    level="medium",
    refs=("Shao et al. 2024 (DeepSeekMath)",),
)


FAMILIES = (DPO_LOSS, GRPO_ADVANTAGE)
