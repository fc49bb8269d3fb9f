"""Autoencoders: how much they compress, and the price of a latent code."""

from __future__ import annotations

from math import log, prod
from typing import NamedTuple

from interviewprep.checks.draw import Draw
from interviewprep.checks.family import Family, Mistake, Part, Solution
from interviewprep.checks.formulas import negative
from interviewprep.checks.numbers import plain
from interviewprep.checks.wording import fine, fine_bracketed

TOPIC = "generative"


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
    rule=lambda p: negative(sigma=p.sigma),
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


FAMILIES = (VAE_KL, AUTOENCODER_RATIO)
