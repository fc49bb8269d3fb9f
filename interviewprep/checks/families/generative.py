"""Generative models, reinforcement learning, and a tree: small sums behind them."""

from __future__ import annotations

from collections.abc import Sequence
from math import log, log2, prod, sqrt
from typing import NamedTuple

from interviewprep.checks.draw import Draw
from interviewprep.checks.families.activations import bracketed
from interviewprep.checks.families.optimizers import fine, fine_bracketed
from interviewprep.checks.family import Family, Mistake, Part, Picture, Solution
from interviewprep.checks.numbers import Vector, listed, plain

TOPIC = "generative"


# -- gan-loss ------------------------------------------------------------------------------------


class GanParams(NamedTuple):
    """What the discriminator puts out for a real and for a generated sample."""

    real: float
    fake: float


def _gan_draw(draw: Draw) -> GanParams:
    while True:
        p = GanParams(draw.step(0.3, 0.95, 0.05), draw.step(0.05, 0.95, 0.05))
        if p.fake not in {0.5, p.real}:
            return p


def _gan_solve(p: GanParams) -> Solution:
    real, fake = -log(p.real), -log(1 - p.fake)
    parts = (
        Part("L_D", real + fake, digits=3),
        Part("minimax", log(1 - p.fake), digits=3),
        Part("non-saturating", -log(p.fake), digits=3),
    )
    d, g, rest = plain(p.real), plain(p.fake), plain(1 - p.fake)
    return Solution(
        parts=parts,
        steps=(
            f"real: -ln {d} = {fine(real)}   fake: -ln(1 - {g}) = -ln {rest} = {fine(fake)}",
            f"L_D            = {fine(real)} + {fine(fake)} = {parts[0].show()}",
            f"minimax        = ln(1 - {g}) = ln {rest} = {parts[1].show()}",
            f"non-saturating = -ln {g} = {parts[2].show()}",
        ),
        sense="Both losses of the generator fall as D(G(z)) rises.",
    )


GAN_LOSS = Family(
    name="gan-loss",
    title="GAN losses",
    topic=TOPIC,
    priority=0,
    concept="gan",
    example=GanParams(0.9, 0.2),
    sample=_gan_draw,
    prompt=lambda p: (
        f"A discriminator gives a real sample D(x) = {plain(p.real)} and a generated one D(G(z)) ="
        f" {plain(p.fake)}. Give the discriminator's loss (the sum of its two terms), the generator's"
        " minimax loss, and its non-saturating loss. Natural log, 3 decimals each."
    ),
    formula="L_D = -(ln D(x) + ln(1 - D(G)));  minimax: ln(1 - D(G));  non-saturating: -ln D(G)",
    solve=_gan_solve,
    mistakes=(
        Mistake(
            "fake-as-real",
            "took ln D(G(z)) in the discriminator's loss",
            "For fakes the discriminator wants D low: ln(1 - D(G(z))).",
            lambda p: (-log(p.real) - log(p.fake),),
        ),
        Mistake(
            "optimum",
            "gave the value at the optimum, 2 ln 2",
            "That is for D = 0.5 everywhere; put in the outputs given.",
            lambda p: (2 * log(2),),
        ),
        Mistake(
            "mean",
            "took the mean of the two terms",
            "Their sum is asked for.",
            lambda p: (-(log(p.real) + log(1 - p.fake)) / 2,),
        ),
        Mistake(
            "minimax-log",
            "took ln D(G(z)) for the minimax loss",
            "The generator minimises the discriminator's own term: ln(1 - D(G(z))).",
            lambda p: (None, log(p.fake)),
        ),
        Mistake(
            "saturating",
            "kept 1 - D(G(z)) in the non-saturating loss",
            "It is -ln D(G(z)): its gradient is large where the generator is poor.",
            lambda p: (None, None, -log(1 - p.fake)),
        ),
    ),
    refs=("Goodfellow et al. 2014 (GAN)",),
)


# -- optimal-d -----------------------------------------------------------------------------------


class DensityParams(NamedTuple):
    """The densities of the data and of the generator at one point."""

    data: float
    generator: float


def _optimal_solve(p: DensityParams) -> Solution:
    total = p.data + p.generator
    part = Part("", p.data / total, digits=3)
    return Solution(
        parts=(part,),
        steps=(
            f"p_data + p_g = {plain(p.data)} + {plain(p.generator)} = {plain(total)}",
            f"{plain(p.data)} / {plain(total)} = {part.show()}",
        ),
        sense=f"{'Above' if p.data > p.generator else 'Below'} 0.5, as real samples are"
        f" {'likelier' if p.data > p.generator else 'rarer'} here than generated ones.",
    )


OPTIMAL_D = Family(
    name="optimal-d",
    title="Optimal discriminator",
    topic=TOPIC,
    priority=2,
    concept="gan",
    example=DensityParams(0.6, 0.2),
    sample=lambda draw: DensityParams(draw.step(0.05, 1.5, 0.05), draw.step(0.05, 1.5, 0.05)),
    prompt=lambda p: (
        f"At a point x the data have the density {plain(p.data)} and a GAN's generator {plain(p.generator)}."
        " Real and generated samples are shown equally often. What does the best possible discriminator"
        " put out there (1 means real)? 3 decimals."
    ),
    formula="D*(x) = p_data / (p_data + p_g)",
    solve=_optimal_solve,
    mistakes=(
        Mistake(
            "ratio",
            "took the ratio of the densities",
            "That is the odds; D is a probability: p / (p + q).",
            lambda p: (p.data / p.generator,),
        ),
        Mistake(
            "fake-on-top",
            "gave the probability that the sample is generated",
            "D is the probability of real: p_data on top.",
            lambda p: (p.generator / (p.data + p.generator),),
        ),
        Mistake(
            "difference",
            "took the difference of the densities",
            "Weigh them against each other: p / (p + q).",
            lambda p: (p.data - p.generator,),
        ),
    ),
    mental=lambda draw: draw.pick(
        tuple(
            DensityParams(a * scale, b * scale)
            for a, b in ((3, 1), (1, 3), (4, 1), (1, 4), (2, 3), (3, 2), (7, 3), (3, 7), (9, 1), (1, 9))
            for scale in (0.125, 0.25)
        )
    ),
    level="easy",
    refs=("Goodfellow et al. 2014, proposition 1",),
)


# -- diffusion-forward ---------------------------------------------------------------------------


class DiffusionParams(NamedTuple):
    """Noise variances step by step, the clean value, and the noise drawn for the jump."""

    betas: Vector
    x0: float
    noise: float

    @property
    def alpha_bar(self) -> float:
        """What is left of the signal's variance."""
        return prod(1 - b for b in self.betas)


def _noised(p: DiffusionParams, alpha_bar: float) -> float:
    return sqrt(alpha_bar) * p.x0 + sqrt(1 - alpha_bar) * p.noise


def _diffusion_draw(draw: Draw) -> DiffusionParams:
    while True:
        betas = tuple(draw.step(0.02, 0.3, 0.02) for _ in range(draw.whole(2, 3)))
        p = DiffusionParams(
            betas,
            draw.pick((-1, 1)) * draw.step(0.5, 3, 0.5),
            draw.pick((-1, 1)) * draw.step(0.25, 1.5, 0.25),
        )
        if p.alpha_bar - (1 - sum(betas)) >= 0.0005:
            return p


_ROUND_BETAS = (
    (0.2, 0.2),
    (0.4, 0.4),
    (0.1, 0.6),
    (0.6, 0.1),
    (0.2, 0.55),
    (0.55, 0.2),
    (0.1, 0.2, 0.5),
    (0.5, 0.2, 0.1),
)
"""Products of 1 - beta of 0.64 or 0.36, so that both roots are 0.6 and 0.8."""


def _diffusion_mental(draw: Draw) -> DiffusionParams:
    return DiffusionParams(
        draw.pick(_ROUND_BETAS), draw.pick((-3, -2, -1, 1, 2, 3)), draw.pick((-2, -1, -0.5, 0.5, 1, 2))
    )


def _diffusion_solve(p: DiffusionParams) -> Solution:
    left = p.alpha_bar
    parts = (Part("alpha_bar", left, digits=4), Part("x_t", _noised(p, left), digits=4))
    kept = " * ".join(plain(1 - b) for b in p.betas)
    signal, noise = fine(sqrt(left)), fine(sqrt(1 - left))
    return Solution(
        parts=parts,
        steps=(
            f"alpha_bar = {kept} = {fine(left)}",
            f"sqrt({fine(left)}) = {signal}   sqrt(1 - {fine(left)}) = {noise}",
            f"x_t = {signal} * {bracketed(p.x0)} + {noise} * {bracketed(p.noise)} = {parts[1].show()}",
        ),
        sense="alpha_bar shrinks with each step; the squares of the two factors add to 1.",
    )


DIFFUSION_FORWARD = Family(
    name="diffusion-forward",
    title="Diffusion forward sample",
    topic=TOPIC,
    priority=0,
    concept="diffusion-models",
    example=DiffusionParams((0.1, 0.2), 2, 0.5),
    sample=_diffusion_draw,
    prompt=lambda p: (
        f"A diffusion model (DDPM) adds noise with beta = {listed(p.betas)} in its first {len(p.betas)}"
        f" steps. A value x_0 = {plain(p.x0)} is noised in one jump to t = {len(p.betas)} with the noise"
        f" eps = {plain(p.noise)}. Give alpha_bar_t, then x_t. 4 decimals each."
    ),
    formula="alpha_bar = prod(1 - beta);  x_t = sqrt(alpha_bar) x_0 + sqrt(1 - alpha_bar) eps",
    solve=_diffusion_solve,
    mistakes=(
        Mistake(
            "last-step-only",
            "took alpha of the last step for alpha_bar",
            "alpha_bar is cumulative: the product over all steps so far.",
            lambda p: (1 - p.betas[-1], _noised(p, 1 - p.betas[-1])),
        ),
        Mistake(
            "sum-of-betas",
            "took 1 minus the sum of the betas",
            "Multiply the 1 - beta of all steps.",
            lambda p: (1 - sum(p.betas), _noised(p, 1 - sum(p.betas))),
        ),
        Mistake(
            "product-of-betas",
            "multiplied the betas",
            "Multiply the 1 - beta: what each step leaves of the signal.",
            lambda p: (prod(p.betas), _noised(p, prod(p.betas))),
        ),
        Mistake(
            "no-roots",
            "left out the roots",
            "alpha_bar is a share of the variance; the factors are its roots.",
            lambda p: (None, p.alpha_bar * p.x0 + (1 - p.alpha_bar) * p.noise),
        ),
        Mistake(
            "step-alpha",
            "noised with alpha of the last step",
            "One jump over all steps needs alpha_bar in both roots.",
            lambda p: (None, _noised(p, 1 - p.betas[-1])),
        ),
        Mistake(
            "factors-swapped",
            "swapped the factors of signal and noise",
            "sqrt(alpha_bar) goes with x_0: it is what is left of the signal.",
            lambda p: (None, _noised(p, 1 - p.alpha_bar)),
        ),
    ),
    mental=_diffusion_mental,
    refs=("Ho et al. 2020 (DDPM), equation 4",),
)


# -- cfg -----------------------------------------------------------------------------------------


class GuidanceParams(NamedTuple):
    """Noise predicted without and with the condition, and the guidance scale."""

    free: float
    conditional: float
    scale: float


def _guidance_draw(draw: Draw) -> GuidanceParams:
    while True:
        p = GuidanceParams(
            draw.step(-0.8, 0.8, 0.05),
            draw.step(-0.8, 0.8, 0.05),
            draw.pick((1.5, 2, 2.5, 3, 4, 5, 6, 7, 7.5, 8, 10, 12, 15)),
        )
        if p.free and p.conditional and abs(p.conditional - p.free) >= 0.05:
            return p


def _guidance_mental(draw: Draw) -> GuidanceParams:
    free, conditional = draw.several((-0.4, -0.3, -0.2, -0.1, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6), 2)
    return GuidanceParams(free, conditional, draw.pick((2, 3, 4, 5, 8, 10)))


def _guidance_solve(p: GuidanceParams) -> Solution:
    way = p.conditional - p.free
    part = Part("", p.free + p.scale * way, digits=3)
    return Solution(
        parts=(part,),
        steps=(
            f"eps_c - eps_u = {plain(p.conditional)} - {bracketed(p.free)} = {plain(way)}",
            f"{plain(p.free)} + {plain(p.scale)} * {bracketed(way)} = {part.show()}",
        ),
        sense="With w above 1 it lies beyond eps_c, seen from eps_u.",
    )


CFG = Family(
    name="cfg",
    title="Classifier-free guidance",
    topic=TOPIC,
    priority=2,
    concept="classifier-free-guidance",
    example=GuidanceParams(0.2, 0.5, 7.5),
    sample=_guidance_draw,
    prompt=lambda p: (
        f"A diffusion model predicts the noise {plain(p.free)} without and {plain(p.conditional)} with the"
        f" prompt. What does classifier-free guidance with scale w = {plain(p.scale)} use, where w = 0"
        " ignores the prompt and w = 1 means no guidance (the conditional prediction itself)? 3 decimals."
    ),
    formula="eps = eps_u + w (eps_c - eps_u)",
    solve=_guidance_solve,
    mistakes=(
        Mistake(
            "scaled-conditional",
            "multiplied the conditional prediction by w",
            "Scale the difference, and start from the unconditional prediction.",
            lambda p: (p.scale * p.conditional,),
        ),
        Mistake(
            "other-convention",
            "used (1 + w) eps_c - w eps_u",
            "There w = 0 means no guidance; here it is w = 1.",
            lambda p: ((1 + p.scale) * p.conditional - p.scale * p.free,),
        ),
        Mistake(
            "no-start",
            "forgot to start from the unconditional prediction",
            "Add the scaled difference to eps_u.",
            lambda p: (p.scale * (p.conditional - p.free),),
        ),
        Mistake(
            "swapped",
            "swapped the two predictions",
            "Go from the unconditional to the conditional one, and beyond.",
            lambda p: (p.conditional + p.scale * (p.free - p.conditional),),
        ),
    ),
    mental=_guidance_mental,
    level="easy",
    refs=("Ho & Salimans 2022 (their w is this one minus 1)",),
)


# -- vae-kl --------------------------------------------------------------------------------------


class LatentParams(NamedTuple):
    """Mean and standard deviation of one latent dimension."""

    mu: float
    sigma: float


def _kl(p: LatentParams) -> float:
    return (p.mu**2 + p.sigma**2 - 1 - log(p.sigma**2)) / 2


def _latent_draw(draw: Draw) -> LatentParams:
    while True:
        p = LatentParams(draw.step(-2, 2, 0.25), draw.step(0.3, 2, 0.1))
        if p.sigma != 1 and _kl(p) >= 0.01:
            return p


def _latent_solve(p: LatentParams) -> Solution:
    var = p.sigma**2
    part = Part("", _kl(p), digits=4)
    return Solution(
        parts=(part,),
        steps=(
            f"mu^2 = {plain(p.mu**2)}   s^2 = {plain(var)}   ln s^2 = {fine(log(var))}",
            f"({plain(p.mu**2)} + {plain(var)} - 1 - {fine_bracketed(log(var))}) / 2 = {part.show()}",
        ),
        sense="Never negative, and 0 only for mu = 0 and s = 1.",
    )


VAE_KL = Family(
    name="vae-kl",
    title="KL term of a VAE",
    topic=TOPIC,
    priority=1,
    concept="variational-autoencoder",
    example=LatentParams(0.5, 0.8),
    sample=_latent_draw,
    prompt=lambda p: (
        f"The encoder of a VAE gives one latent dimension the mean {plain(p.mu)} and the standard deviation"
        f" {plain(p.sigma)}. What is its KL divergence to the prior N(0, 1)? Natural log, 4 decimals."
    ),
    formula="KL = (mu^2 + s^2 - 1 - ln s^2) / 2",
    solve=_latent_solve,
    mistakes=(
        Mistake(
            "std-for-variance",
            "put in the standard deviation for the variance",
            "Both places have s^2.",
            lambda p: ((p.mu**2 + p.sigma - 1 - log(p.sigma)) / 2,),
        ),
        Mistake(
            "sign",
            "flipped the sign",
            "KL is never negative: it is added to the loss.",
            lambda p: (-_kl(p),),
        ),
        Mistake(
            "no-half",
            "forgot the factor 1/2",
            "Halve the sum.",
            lambda p: (2 * _kl(p),),
        ),
        Mistake(
            "log-std",
            "took ln s for ln s^2",
            "The logarithm of the variance: 2 ln s.",
            lambda p: ((p.mu**2 + p.sigma**2 - 1 - log(p.sigma)) / 2,),
        ),
        Mistake(
            "mu-not-squared",
            "did not square the mean",
            "The mean enters squared; its sign does not matter.",
            lambda p: ((p.mu + p.sigma**2 - 1 - log(p.sigma**2)) / 2,),
        ),
    ),
    refs=("Kingma & Welling 2013, appendix B",),
)


# -- autoencoder-ratio ---------------------------------------------------------------------------


class CompressionParams(NamedTuple):
    """The input's sizes (one number, or height, width and channels) and the numbers in the code."""

    sizes: tuple[int, ...]
    code: int


def _compression_draw(draw: Draw) -> CompressionParams:
    code = draw.pick((8, 10, 16, 20, 32, 48, 50, 64, 100, 128, 200, 256))
    if draw.chance(0.6):
        side = draw.pick((16, 24, 28, 32, 48, 64))
        return CompressionParams((side, side, draw.pick((3, 3, 4))), code)
    return CompressionParams((draw.pick((300, 500, 640, 784, 900, 1000, 1200, 1536, 2000)),), code)


def _compression_mental(draw: Draw) -> CompressionParams:
    if draw.chance(0.5):
        return CompressionParams((draw.pick((10, 20, 40)),) * 2 + (3,), draw.pick((10, 20, 30, 50, 60)))
    return CompressionParams(
        (draw.pick((256, 512, 1024, 600, 800, 1000)),), draw.pick((8, 16, 20, 32, 40, 64))
    )


def _compression_prompt(p: CompressionParams) -> str:
    what = f"inputs of {plain(p.sizes[0])} numbers"
    if len(p.sizes) > 1:
        what = f"images of {' x '.join(map(str, p.sizes))} (height, width, channels)"
    return (
        f"An autoencoder turns {what} into a code of {p.code} numbers. How many times smaller is the code"
        " than the input? 2 decimals."
    )


def _compression_solve(p: CompressionParams) -> Solution:
    total = prod(p.sizes)
    part = Part("", total / p.code, digits=2)
    size = f"{' * '.join(map(str, p.sizes))} = {plain(total)} numbers go in"
    return Solution(
        parts=(part,),
        steps=((size,) if len(p.sizes) > 1 else ()) + (f"{plain(total)} / {p.code} = {part.show()}",),
        sense="Above 1: the code is the bottleneck." if total > p.code else "Below 1: no bottleneck at all.",
    )


AUTOENCODER_RATIO = Family(
    name="autoencoder-ratio",
    title="Compression ratio of an autoencoder",
    topic=TOPIC,
    priority=1,
    concept="autoencoder",
    example=CompressionParams((784,), 32),
    sample=_compression_draw,
    prompt=_compression_prompt,
    formula="ratio = input size / code size",
    solve=_compression_solve,
    mistakes=(
        Mistake(
            "inverse",
            "divided the code by the input",
            "How many times smaller: input over code.",
            lambda p: (p.code / prod(p.sizes),),
        ),
        Mistake(
            "saved",
            "gave the share that is saved",
            "The ratio of the sizes is asked for: input over code.",
            lambda p: (1 - p.code / prod(p.sizes),),
        ),
        Mistake(
            "difference",
            "took the difference",
            "A ratio is asked for: input over code.",
            lambda p: (prod(p.sizes) - p.code,),
        ),
        Mistake(
            "no-channels",
            "forgot the channels",
            "Every channel of every pixel is a number.",
            lambda p: (prod(p.sizes[:2]) / p.code,) if len(p.sizes) > 2 else None,
        ),
    ),
    mental=_compression_mental,
    level="easy",
)


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


# -- tree-impurity -------------------------------------------------------------------------------


class NodeParams(NamedTuple):
    """Class counts of a node, and of its left child where it is split."""

    counts: tuple[int, ...]
    left: tuple[int, ...] = ()

    @property
    def right(self) -> tuple[int, ...]:
        """What is not in the left child."""
        return tuple(a - b for a, b in zip(self.counts, self.left, strict=True))


def _shares(counts: Sequence[int]) -> Vector:
    return tuple(n / sum(counts) for n in counts)


def _entropy(counts: Sequence[int]) -> float:
    """In bits; classes without members add nothing."""
    return -sum(s * log2(s) for s in _shares(counts) if s) + 0.0


def _gini(counts: Sequence[int]) -> float:
    return 1 - sum(s * s for s in _shares(counts))


def _children(p: NodeParams) -> float:
    """Entropy of the children, weighed by their sizes."""
    total = sum(p.counts)
    return sum(sum(child) / total * _entropy(child) for child in (p.left, p.right))


def _gain(p: NodeParams) -> float:
    return _entropy(p.counts) - _children(p)


def _node_draw(draw: Draw) -> NodeParams:
    """Two classes and perhaps a split, or three classes."""
    while True:
        if draw.chance(0.3):
            counts = tuple(draw.whole(1, 12) for _ in range(3))
            if len(set(counts)) > 1:
                return NodeParams(counts)
            continue
        counts = (draw.whole(2, 16), draw.whole(2, 16))
        if counts[0] == counts[1]:
            continue
        if draw.chance(0.35):
            return NodeParams(counts)
        p = NodeParams(counts, (draw.whole(0, counts[0]), draw.whole(0, counts[1])))
        if sum(p.left) >= 2 and sum(p.right) >= 2 and _gain(p) >= 0.02:
            return p


def _node_prompt(p: NodeParams) -> str:
    node = f"A tree node holds {' and '.join((', '.join(map(str, p.counts[:-1])), str(p.counts[-1])))}"
    asked = "Give its Gini impurity, then its entropy in bits."
    split = ""
    if p.left:
        split = f", and a split sends {' and '.join(map(str, p.left))} of them to the left"
        asked = "Give the node's Gini impurity, its entropy and the split's information gain, both in bits."
    return f"{node} samples of {len(p.counts)} classes{split}. {asked} 3 decimals each."


def _node_solve(p: NodeParams) -> Solution:
    entropy = _entropy(p.counts)
    parts = [Part("Gini", _gini(p.counts), digits=3), Part("entropy", entropy, digits=3)]
    shares = _shares(p.counts)
    total = sum(p.counts)
    terms = [-share * log2(share) if share else 0 for share in shares]
    steps = [
        *(
            f"{n:>2} of {total}: p = {plain(share):<6}  p^2 = {plain(share * share):<6}"
            f"  -p log2 p = {plain(term)}"
            for n, share, term in zip(p.counts, shares, terms, strict=True)
        ),
        f"Gini    = 1 - {' - '.join(plain(share * share) for share in shares)} = {parts[0].show()}",
        f"entropy = {' + '.join(map(plain, terms))} = {parts[1].show()}",
    ]
    if p.left:
        parts.append(Part("gain", _gain(p), digits=3))
        sizes = [sum(p.left), sum(p.right)]
        found = [plain(_entropy(p.left)), plain(_entropy(p.right))]
        weighed = " - ".join(f"{n} / {total} * {e}" for n, e in zip(sizes, found, strict=True))
        steps += [
            f"left {' and '.join(map(str, p.left))}: entropy {found[0]}   right"
            f" {' and '.join(map(str, p.right))}: entropy {found[1]}",
            f"gain = {plain(entropy)} - {weighed} = {parts[2].show()}",
        ]
    classes = len(p.counts)
    most = "1 bit" if classes == 2 else f"{plain(log2(classes))} bits"
    return Solution(
        parts=tuple(parts),
        steps=tuple(steps),
        sense=f"0 for a pure node; with {classes} classes at most {plain(1 - 1 / classes)} and {most}.",
        pictures=(Picture("bars", tuple(map(str, p.counts)), shares),),
    )


TREE_IMPURITY = Family(
    name="tree-impurity",
    title="Gini impurity, entropy, information gain",
    topic=TOPIC,
    priority=2,
    concept="decision-tree",
    example=NodeParams((4, 6)),
    sample=_node_draw,
    prompt=_node_prompt,
    formula="Gini = 1 - sum p^2;  H = -sum p log2 p;  gain = H - sum n_child / n * H_child",
    solve=_node_solve,
    mistakes=(
        Mistake(
            "sum-of-squares",
            "gave the sum of the squared shares",
            "Gini is 1 minus it: a pure node has 0.",
            lambda p: (1 - _gini(p.counts),),
        ),
        Mistake(
            "error-rate",
            "gave the share of the smaller classes",
            "That is the misclassification rate; Gini squares the shares.",
            lambda p: (1 - max(_shares(p.counts)),),
        ),
        Mistake(
            "natural-log",
            "used the natural log",
            "Bits need the logarithm to base 2.",
            lambda p: (None, log(2) * _entropy(p.counts), *((log(2) * _gain(p),) if p.left else ())),
        ),
        Mistake(
            "children-not-weighed",
            "averaged the children without weights",
            "Weigh each child by its share of the samples.",
            lambda p: (
                (None, None, _entropy(p.counts) - (_entropy(p.left) + _entropy(p.right)) / 2)
                if p.left
                else None
            ),
        ),
        Mistake(
            "children-only",
            "gave the entropy of the children",
            "The gain is the node's entropy minus theirs.",
            lambda p: (None, None, _children(p)) if p.left else None,
        ),
    ),
)

FAMILIES = (
    GAN_LOSS,
    OPTIMAL_D,
    DIFFUSION_FORWARD,
    CFG,
    VAE_KL,
    AUTOENCODER_RATIO,
    DISCOUNTED_RETURN,
    TREE_IMPURITY,
)
