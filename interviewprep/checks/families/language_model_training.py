"""The compute of training a language model, and the parameters it uses."""

from __future__ import annotations

from collections.abc import Callable
from math import sqrt
from typing import NamedTuple

from interviewprep.checks.draw import Draw
from interviewprep.checks.family import Family, Mistake, Part, Solution, Wrong
from interviewprep.checks.formulas import beyond, negative
from interviewprep.checks.numbers import plain, show_significant
from interviewprep.checks.sizes import BILLION, SIZES
from interviewprep.checks.wording import counted

TOPIC = "language-models"


def large(billions: float) -> str:
    """`7 billion`, `1.4 trillion`."""
    return f"{plain(billions / 1000)} trillion" if billions >= 1000 else f"{plain(billions)} billion"


def power(value: float) -> str:
    """`7e9`, `1.825e18`: 4 significant digits, with an exponent from 100,000 on."""
    found = f"{value:.3e}" if value >= 1e5 else f"{value:.4g}"
    mantissa, _, exponent = found.partition("e")
    short = mantissa.rstrip("0").rstrip(".") if "." in mantissa else mantissa
    return f"{short}e{int(exponent)}" if exponent else short


# -- train-flops ---------------------------------------------------------------------------------


class TrainingParams(NamedTuple):
    """A training run and the hardware it runs on."""

    billions: float
    """Parameters."""
    trillions: float
    """Tokens."""
    teraflops: float
    """10^12 operations a second of one device."""
    devices: int = 1
    utilisation: float = 0.0
    """Share of the peak that is achieved; 0 where `teraflops` are achieved ones."""


_SECONDS_A_DAY = 86_400


def _training(p: TrainingParams, per_token: int) -> tuple[float, float]:
    """FLOPs with so many per parameter and token, and the days they take."""
    flops = per_token * p.billions * 1e9 * p.trillions * 1e12
    return flops, flops / _speed(p) / _SECONDS_A_DAY


def _speed(p: TrainingParams) -> float:
    return p.teraflops * 1e12 * p.devices * (p.utilisation or 1)


def _training_draw(draw: Draw) -> TrainingParams:
    while True:
        billions = draw.pick((0.5, 1.3, 3, 7, 8, 13, 30, 70, 175, 405))
        trillions = draw.pick((0.1, 0.3, 0.5, 1, 1.4, 2, 3, 8, 12, 15))
        p = TrainingParams(billions, trillions, draw.pick((400, 2000, 5000, 20_000, 100_000, 500_000)))
        if draw.chance(0.8):
            peak = draw.pick((125, 275, 312, 990, 1300, 2250))
            devices = draw.pick((8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096, 16_384))
            p = TrainingParams(billions, trillions, peak, devices, draw.pick((0.3, 0.35, 0.4, 0.45, 0.5)))
        if 1 <= _training(p, 6)[1] <= 400:
            return p


def _training_solve(p: TrainingParams) -> Solution:
    flops, days = _training(p, 6)
    share = f" * {plain(p.utilisation)}" if p.utilisation else ""
    first = Part("FLOPs", flops, relative=0.02, significant=3)
    last = Part("days", days, relative=0.02, significant=3)
    seconds = flops / _speed(p)
    gpus = f"{p.devices:,} * " if p.devices > 1 else ""
    product = f"{gpus}{power(p.teraflops * 1e12)}{share} = " if gpus or share else ""
    return Solution(
        parts=(first, last),
        steps=(
            "per parameter and token: 2 forward + 4 backward = 6 FLOPs",
            f"6 * {power(p.billions * 1e9)} * {power(p.trillions * 1e12)} = {first.show()}",
            f"speed: {product}{power(_speed(p))} FLOP/s",
            f"time: {first.show()} / {power(_speed(p))} = {power(seconds)} s",
            f"days: {power(seconds)} / 86,400 = {last.show()}",
        ),
        sense=f"{show_significant(p.trillions * 1000 / p.billions, 2)} tokens per parameter; about 20 are"
        " compute-optimal, and small models are trained on far more.",
    )


def _training_prompt(p: TrainingParams) -> str:
    hardware = (
        f"{counted(p.devices, 'GPU')} with a peak of {plain(p.teraflops)} TFLOP/s each, of which"
        f" {plain(100 * p.utilisation)}% are achieved"
        if p.utilisation
        else f"hardware that achieves {plain(p.teraflops * p.devices)} TFLOP/s"
    )
    return (
        f"A dense transformer of {plain(p.billions)} billion parameters is trained on {plain(p.trillions)}"
        f" trillion tokens (10^12), forward and backward, once, on {hardware} (1 TFLOP/s = 10^12 FLOP/s)."
        " About how many FLOPs does that take, and how many days of 86,400 s? 3 significant digits,"
        " e.g. 1.23e22."
    )


TRAIN_FLOPS = Family(
    name="train-flops",
    title="Training compute",
    topic=TOPIC,
    priority=2,
    concept="scaling-laws",
    example=TrainingParams(7, 2, 400),
    sample=_training_draw,
    prompt=_training_prompt,
    formula="FLOPs = 6 * parameters * tokens;  days = FLOPs / achieved FLOP/s / 86,400",
    solve=_training_solve,
    rule=lambda p: beyond(0, 1, utilisation=p.utilisation),
    mistakes=(
        Mistake(
            "forward-only",
            "counted the forward pass only",
            "Forward takes 2, backward 4 per parameter and token: 6 in all.",
            lambda p: _training(p, 2),
        ),
        Mistake(
            "backward-only",
            "counted the backward pass only",
            "Forward takes 2, backward 4 per parameter and token: 6 in all.",
            lambda p: _training(p, 4),
        ),
        Mistake(
            "one-operation",
            "counted one operation per parameter and token",
            "A multiplication and an addition forward, twice that backward: 6.",
            lambda p: _training(p, 1),
        ),
        Mistake(
            "peak",
            "took the peak for the achieved speed",
            "Multiply the peak by the utilisation (MFU), 30-50% in good runs.",
            lambda p: (None, _training(p, 6)[1] * p.utilisation) if p.utilisation else None,
        ),
        Mistake(
            "one-device",
            "took the speed of one GPU",
            "All GPUs work at once: multiply the speed by their number.",
            lambda p: (None, _training(p, 6)[1] * p.devices),
        ),
        Mistake(
            "hours",
            "gave hours",
            "A day has 86,400 seconds, an hour 3,600.",
            lambda p: (None, _training(p, 6)[1] * 24),
        ),
    ),
    level="medium",
    refs=("Kaplan et al. 2020, section 2.1",),
)


# -- chinchilla ----------------------------------------------------------------------------------


class OptimalParams(NamedTuple):
    """What is given, and how much of it."""

    amount: float
    given: str = "parameters"
    """`parameters` or `tokens` (both in billions), or `flops`."""


_TOKENS = 20
"""Per parameter, compute-optimal."""


def _optimal(p: OptimalParams) -> float:
    if p.given == "flops":
        return sqrt(p.amount / (6 * _TOKENS))
    number = p.amount * BILLION
    return number * _TOKENS if p.given == "parameters" else number / _TOKENS


def _optimal_draw(draw: Draw) -> OptimalParams:
    kind = draw.pick(("parameters", "parameters", "tokens", "flops"))
    if kind == "parameters":
        return OptimalParams(draw.pick(SIZES) if draw.chance(0.5) else draw.step(0.1, 9.9, 0.1))
    if kind == "tokens":
        return OptimalParams(draw.pick((10, 30, 50, 100, 150, 300, 500, 900, 1400, 2000, 7000, 15_000)), kind)
    return OptimalParams(draw.pick((1, 2, 3, 5, 6, 8)) * 10.0 ** draw.whole(18, 25), kind)


def _optimal_mental(draw: Draw) -> OptimalParams:
    if draw.chance(0.5):
        return OptimalParams(draw.pick((0.5, 1.5, 2, 3, 4, 5, 6, 8, 9, 10, 13, 15, 30, 70, 100)))
    return OptimalParams(draw.pick((10, 30, 60, 100, 200, 300, 500, 800, 1000, 3000)), "tokens")


def _optimal_prompt(p: OptimalParams) -> str:
    if p.given == "flops":
        question = (
            f"how many parameters should a model have that is trained with {power(p.amount)} FLOPs"
            " (6 per parameter and token)"
        )
    elif p.given == "tokens":
        question = f"how many parameters should a model have that is trained on {large(p.amount)} tokens"
    else:
        question = f"on how many tokens should a model of {large(p.amount)} parameters be trained"
    return f"By the Chinchilla rule of thumb, {question}? 2 significant digits, e.g. 1.2e11."


def _optimal_solve(p: OptimalParams) -> Solution:
    part = Part("", _optimal(p), relative=0.05, significant=2)
    if p.given == "flops":
        tokens = power(_TOKENS * _optimal(p))
        return Solution(
            parts=(part,),
            steps=(
                "C = 6 N D and D = 20 N, so C = 120 N^2",
                f"C / 120 = {power(p.amount / 120)}",
                f"N = sqrt({power(p.amount / 120)}) = {part.show()}",
            ),
            sense=f"With D = {tokens} tokens, 6 N D is C again; four times the compute, twice the model.",
        )
    number = power(p.amount * BILLION)
    sign, asked = ("*", "tokens") if p.given == "parameters" else ("/", "parameters")
    return Solution(
        parts=(part,),
        steps=("about 20 tokens per parameter", f"{number} {sign} 20 = {part.show()} {asked}"),
        sense="More tokens than parameters; models made to be served cheaply see far more still.",
    )


def _when(given: str, wrong: Callable[[float], float]) -> Callable[[OptimalParams], Wrong | None]:
    """A wrong number where this is given; amounts as plain numbers."""
    scale = 1 if given == "flops" else BILLION
    return lambda p: (wrong(p.amount * scale),) if p.given == given else None


CHINCHILLA = Family(
    name="chinchilla",
    title="Compute-optimal tokens",
    topic=TOPIC,
    priority=2,
    concept="scaling-laws",
    example=OptimalParams(7),
    sample=_optimal_draw,
    prompt=_optimal_prompt,
    formula="tokens = 20 * parameters;  FLOPs = 6 * parameters * tokens = 120 * parameters^2",
    solve=_optimal_solve,
    rule=lambda p: negative(amount=p.amount),
    mistakes=(
        Mistake(
            "upside-down",
            "turned the ratio round",
            "Tokens outnumber parameters, about 20 to 1.",
            lambda p: (
                None
                if p.given == "flops"
                else (p.amount * BILLION * (_TOKENS if p.given == "tokens" else 1 / _TOKENS),)
            ),
        ),
        Mistake(
            "one-to-one",
            "took one token per parameter",
            "About 20 tokens per parameter are compute-optimal.",
            lambda p: (sqrt(p.amount / 6),) if p.given == "flops" else (p.amount * BILLION,),
        ),
        Mistake(
            "bytes",
            "took 20 tokens per byte of the model",
            "The rule counts parameters, however many bytes each takes.",
            _when("parameters", lambda n: 2 * _TOKENS * n),
        ),
        Mistake(
            "compute",
            "gave the FLOPs",
            "Tokens are asked for; 6 * parameters * tokens are the FLOPs.",
            _when("parameters", lambda n: 6 * _TOKENS * n * n),
        ),
        Mistake(
            "no-six",
            "left out the 6 FLOPs per parameter and token",
            "C = 6 N D with D = 20 N: N = sqrt(C / 120).",
            _when("flops", lambda c: sqrt(c / _TOKENS)),
        ),
        Mistake(
            "no-root",
            "took no root",
            "Tokens grow with the model: C = 120 N^2.",
            _when("flops", lambda c: c / (6 * _TOKENS)),
        ),
        Mistake(
            "tokens-for-parameters",
            "gave the tokens",
            "Parameters are asked for: tokens / 20.",
            _when("flops", lambda c: _TOKENS * sqrt(c / (6 * _TOKENS))),
        ),
    ),
    mental=_optimal_mental,
    level="easy",
    refs=("Hoffmann et al. 2022",),
)


# -- moe-active ----------------------------------------------------------------------------------


class MixtureParams(NamedTuple):
    """Billions of parameters: those every token uses, and those of one expert."""

    shared: float
    experts: int
    per_expert: float
    top_k: int


def _mixture_draw(draw: Draw) -> MixtureParams:
    experts = draw.pick((4, 8, 8, 16, 32, 64, 128))
    per_expert = draw.step(0.1, 1, 0.1) if experts > 16 else draw.step(0.5, 7, 0.1)
    top_k = draw.pick([k for k in (1, 2, 2, 4, 6, 8) if k < experts])
    return MixtureParams(draw.step(0.5, 10, 0.1), experts, per_expert, top_k)


def _mixture_mental(draw: Draw) -> MixtureParams:
    return MixtureParams(
        draw.whole(1, 9),
        draw.pick((5, 8, 10, 16, 20)),
        draw.pick((0.5, 1.5, 2, 3, 4, 5)),
        draw.pick((1, 2, 4)),
    )


def _mixture_solve(p: MixtureParams) -> Solution:
    total = Part("in memory", p.shared + p.experts * p.per_expert, digits=1)
    active = Part("per token", p.shared + p.top_k * p.per_expert, digits=1)
    shared, each = plain(p.shared), plain(p.per_expert)
    return Solution(
        parts=(total, active),
        steps=(
            f"in memory: {shared} + {p.experts} * {each} = {shared} + {plain(p.experts * p.per_expert)}"
            f" = {total.show()}",
            f"per token: {shared} + {p.top_k} * {each} = {shared} + {plain(p.top_k * p.per_expert)}"
            f" = {active.show()}",
        ),
        sense="The router may send the next token to any expert, so all stay in memory.",
    )


def _mixture(p: MixtureParams) -> tuple[float, float]:
    return p.shared + p.experts * p.per_expert, p.shared + p.top_k * p.per_expert


MOE_ACTIVE = Family(
    name="moe-active",
    title="Mixture of experts: total and active parameters",
    topic=TOPIC,
    priority=2,
    concept="mixture-of-experts",
    example=MixtureParams(2, 8, 1.5, 2),
    sample=_mixture_draw,
    prompt=lambda p: (
        f"A mixture-of-experts model has {plain(p.shared)} billion parameters that every token uses, and"
        f" {p.experts} experts of {plain(p.per_expert)} billion each (summed over the layers), of which the"
        f" router picks {p.top_k} per token; the router itself is not counted. How many billion parameters"
        " must be in memory, and how many does one token use? 1 decimal."
    ),
    formula="total = shared + E * expert;  active = shared + k * expert",
    solve=_mixture_solve,
    rule=lambda p: "more experts are active than there are" if p.top_k > p.experts else "",
    mistakes=(
        Mistake(
            "all-active",
            "let every expert work on every token",
            "Only the k experts the router picks are used.",
            lambda p: (None, _mixture(p)[0]),
        ),
        Mistake(
            "memory-from-active",
            "kept only the active experts in memory",
            "The next token may need any expert: all of them stay in memory.",
            lambda p: (_mixture(p)[1], None),
        ),
        Mistake(
            "no-shared",
            "left out the shared parameters",
            "Attention, embeddings and norms are used by every token.",
            lambda p: (p.experts * p.per_expert, p.top_k * p.per_expert),
        ),
        Mistake(
            "shared-per-expert",
            "counted the shared parameters once per expert",
            "They exist once, whatever the number of experts.",
            lambda p: (p.experts * (p.shared + p.per_expert), p.top_k * (p.shared + p.per_expert)),
        ),
        Mistake(
            "one-expert",
            "counted one expert per token",
            "The router picks k experts for each token.",
            lambda p: (None, p.shared + p.per_expert),
        ),
    ),
    mental=_mixture_mental,
    level="easy",
)


FAMILIES = (TRAIN_FLOPS, CHINCHILLA, MOE_ACTIVE)
