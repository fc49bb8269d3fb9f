"""Generative adversarial networks and diffusion."""

from __future__ import annotations

from math import log, prod, sqrt
from typing import NamedTuple

from interviewprep.checks.draw import Draw
from interviewprep.checks.family import Family, Mistake, Part, Solution
from interviewprep.checks.formulas import beyond
from interviewprep.checks.numbers import Vector, listed, plain
from interviewprep.checks.wording import bracketed, fine

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
    rule=lambda p: beyond(0, 1, real=p.real, fake=p.fake),
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
    rule=lambda p: beyond(0, 1, betas=p.betas),
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


FAMILIES = (GAN_LOSS, OPTIMAL_D, DIFFUSION_FORWARD, CFG)
