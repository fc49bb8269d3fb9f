"""Returns and value updates of reinforcement learning."""

from __future__ import annotations

from typing import NamedTuple

from interviewprep.checks.draw import Draw
from interviewprep.checks.family import Family, Mistake, Part, Solution
from interviewprep.checks.formulas import beyond
from interviewprep.checks.numbers import Vector, listed, plain
from interviewprep.checks.wording import bracketed

TOPIC = "generative"


# -- discounted-return ---------------------------------------------------------------------------


class RewardParams(NamedTuple):
    """Rewards and the discount; a Q value with learning rate, reward and the best next Q value."""

    rewards: Vector
    gamma: float
    q: float
    alpha: float
    reward: float
    best_next: float

    @property
    def target(self) -> float:
        """What Q is moved towards."""
        return self.reward + self.gamma * self.best_next

    @property
    def discounted(self) -> Vector:
        """The rewards as they count at the start."""
        return tuple(self.gamma**t * r for t, r in enumerate(self.rewards))


def _reward_draw(draw: Draw) -> RewardParams:
    while True:
        p = RewardParams(
            tuple(draw.whole(-2, 5) for _ in range(draw.whole(3, 5))),
            draw.pick((0.5, 0.8, 0.9, 0.95, 0.99)),
            draw.step(0.5, 5, 0.5),
            draw.pick((0.1, 0.2, 0.25, 0.5)),
            draw.whole(-2, 3),
            draw.step(0.5, 6, 0.5),
        )
        if sum(r != 0 for r in p.rewards[1:]) >= 2 and abs(p.target - p.q) > 0.05 and p.reward:
            return p


def _reward_mental(draw: Draw) -> RewardParams:
    """Gamma 0.5 with rewards that halve well, Q values in whole numbers."""
    while True:
        p = RewardParams(
            (draw.whole(0, 4), 2 * draw.whole(0, 3), 4 * draw.whole(-1, 2)),
            0.5,
            draw.whole(1, 6),
            draw.pick((0.1, 0.5)),
            draw.whole(1, 3),
            2 * draw.whole(1, 4),
        )
        if p.rewards[1] and p.rewards[2] and p.target != p.q:
            return p


def _reward_solve(p: RewardParams) -> Solution:
    parts = (
        Part("return", sum(p.discounted), digits=3),
        Part("Q", p.q + p.alpha * (p.target - p.q), digits=3),
    )
    added = " + ".join(bracketed(v) for v in p.discounted)
    q, gamma = plain(p.q), plain(p.gamma)
    powers = ", ".join(plain(p.gamma**t) for t in range(len(p.rewards)))
    return Solution(
        parts=parts,
        steps=(
            f"factors from t = 0: {powers}",
            f"return = {added} = {parts[0].show()}",
            f"target = {plain(p.reward)} + {gamma} * {bracketed(p.best_next)} = {plain(p.target)}",
            f"Q = {q} + {plain(p.alpha)} * ({plain(p.target)} - {bracketed(p.q)}) = {parts[1].show()}",
        ),
        sense="The first reward counts in full; Q moves part of the way to the target.",
    )


DISCOUNTED_RETURN = Family(
    name="discounted-return",
    title="Discounted return and Q update",
    topic=TOPIC,
    priority=1,
    concept="reinforcement-learning",
    example=RewardParams((1, 0, 2), 0.9, q=2, alpha=0.1, reward=1, best_next=3),
    sample=_reward_draw,
    prompt=lambda p: (
        f"The rewards from now on are {listed(p.rewards)}, gamma is {plain(p.gamma)}. Give the discounted"
        f" return (t from 0). Then a Q-learning update with the same gamma and learning rate"
        f" {plain(p.alpha)}: Q(s, a) = {plain(p.q)}, reward {plain(p.reward)}, best next Q"
        f" {plain(p.best_next)}; give the new Q(s, a). 3 decimals each."
    ),
    formula="G = sum gamma^t r_t;  Q + alpha (r + gamma max Q' - Q)",
    solve=_reward_solve,
    rule=lambda p: beyond(0, 1, gamma=p.gamma),
    mistakes=(
        Mistake(
            "discounts-first",
            "discounted the first reward already",
            "t starts at 0: the first reward counts in full.",
            lambda p: (p.gamma * sum(p.discounted),),
        ),
        Mistake(
            "no-discount",
            "added the rewards without discount",
            "Multiply the reward at step t by gamma^t.",
            lambda p: (sum(p.rewards),),
        ),
        Mistake(
            "one-discount",
            "discounted all later rewards once only",
            "Each further step multiplies by gamma once more: gamma^t.",
            lambda p: (p.rewards[0] + p.gamma * sum(p.rewards[1:]),),
        ),
        Mistake(
            "replaced",
            "replaced Q by the target",
            "Move by the share alpha towards the target.",
            lambda p: (None, p.target),
        ),
        Mistake(
            "old-q-kept",
            "added the target without taking off the old Q",
            "Move by alpha times the difference, target minus Q.",
            lambda p: (None, p.q + p.alpha * p.target),
        ),
        Mistake(
            "next-not-discounted",
            "did not discount the next Q",
            "The target is r + gamma max Q'.",
            lambda p: (None, p.q + p.alpha * (p.reward + p.best_next - p.q)),
        ),
    ),
    mental=_reward_mental,
    refs=("Sutton & Barto 2018, sections 3.3 and 6.5",),
)


FAMILIES = (DISCOUNTED_RETURN,)
