"""Arithmetic of language models: memory, compute, decoding, retrieval, preference training."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import exp, log, log1p, log2, prod, sqrt
from typing import NamedTuple

from interviewprep.checks.draw import Draw
from interviewprep.checks.families.activations import adds_up, bracketed, softmax
from interviewprep.checks.family import Family, Mistake, Part, Picture, Solution, Wrong
from interviewprep.checks.numbers import Vector, decimal_of, listed, plain, rounded, show, show_significant

TOPIC = "language-models"
GIB = 2**30
BILLION = 10**9


def counted(number: float, noun: str) -> str:
    """`1 layer`, `2 layers`, `4,096 tokens`."""
    return f"{plain(number)} {noun}{'' if number == 1 else 's'}"


def large(billions: float) -> str:
    """`7 billion`, `1.4 trillion`."""
    return f"{plain(billions / 1000)} trillion" if billions >= 1000 else f"{plain(billions)} billion"


def power(value: float) -> str:
    """`7e9`, `1.825e18`: 4 significant digits, with an exponent from 100,000 on."""
    found = f"{value:.3e}" if value >= 1e5 else f"{value:.4g}"
    mantissa, _, exponent = found.partition("e")
    short = mantissa.rstrip("0").rstrip(".") if "." in mantissa else mantissa
    return f"{short}e{int(exponent)}" if exponent else short


# -- kv-cache ------------------------------------------------------------------------------------


class CacheParams(NamedTuple):
    """A decoder and what it has in its cache."""

    layers: int
    query_heads: int
    kv_heads: int
    head_dim: int
    tokens: int
    bytes: int = 2
    batch: int = 1


def _per_token(p: CacheParams) -> int:
    return 2 * p.layers * p.kv_heads * p.head_dim * p.bytes


def _cached(p: CacheParams, per_token: int) -> Wrong:
    """Bytes per token, and the GiB they lead to."""
    return per_token, per_token * p.tokens * p.batch / GIB


def _cache_draw(draw: Draw) -> CacheParams:
    query_heads = draw.pick((12, 16, 24, 32, 40, 48, 64, 96))
    kv_heads = draw.pick([n for n in (1, 2, 4, 8, 8, 16, query_heads) if query_heads % n == 0])
    return CacheParams(
        draw.pick((12, 16, 24, 28, 32, 36, 40, 48, 60, 64, 80, 96)),
        query_heads,
        kv_heads,
        draw.pick((64, 80, 96, 128, 128, 128, 256)),
        draw.pick((1000, 2048, 4096, 8192, 10_000, 16_384, 32_768, 100_000, 131_072)),
        draw.pick((1, 2, 2, 2, 4)),
        draw.pick((1, 1, 4, 8, 16, 32)),
    )


def _cache_solve(p: CacheParams) -> Solution:
    each = _per_token(p)
    whole = each * p.tokens * p.batch
    total = Part("GiB", whole / GIB, relative=0.01)
    shared = p.query_heads // p.kv_heads
    return Solution(
        parts=(Part("bytes per token", each, exact=True), total),
        steps=(
            "K and V: 2 vectors per layer, KV head and token",
            f"2 * {p.layers} * {p.kv_heads} * {p.head_dim} = {each // p.bytes:,} numbers per token",
            f"{each // p.bytes:,} * {p.bytes} = {each:,} bytes per token",
            f"{each:,} * {p.tokens:,}{f' * {p.batch}' if p.batch > 1 else ''} = {whole:,} bytes",
            f"{whole:,} / 2^30 = {total.show()} GiB",
        ),
        sense=(
            f"{counted(shared, 'query head')} to a KV head: the cache is 1/{shared} of what a KV head for"
            " each would take."
            if shared > 1
            else "Every query head has K and V of its own; fewer KV heads would shrink the cache."
        ),
    )


KV_CACHE = Family(
    name="kv-cache",
    title="KV-cache size",
    topic=TOPIC,
    priority=1,
    concept="kv-cache",
    example=CacheParams(layers=80, query_heads=64, kv_heads=8, head_dim=128, tokens=4096),
    sample=_cache_draw,
    prompt=lambda p: (
        f"A decoder has {counted(p.layers, 'layer')}, {counted(p.query_heads, 'query head')} and"
        f" {counted(p.kv_heads, 'KV head')} per layer, heads of width {p.head_dim}, and caches with"
        f" {counted(p.bytes, 'byte')} per number. How many bytes does the KV cache take per token (a whole"
        f" number), and how many GiB (2^30 bytes) for {counted(p.batch, 'sequence')} of"
        f" {p.tokens:,} tokens{' each' if p.batch > 1 else ''} (4 significant digits)?"
    ),
    formula="2 * layers * KV heads * head width * bytes per token;  * tokens * batch",
    solve=_cache_solve,
    mistakes=(
        Mistake(
            "query-heads",
            "counted the query heads",
            "Only K and V are cached, and grouped-query attention has fewer of them.",
            lambda p: _cached(p, _per_token(p._replace(kv_heads=p.query_heads))),
        ),
        Mistake(
            "keys-only",
            "cached one of K and V",
            "Both K and V are cached: factor 2.",
            lambda p: _cached(p, _per_token(p) // 2),
        ),
        Mistake(
            "one-layer",
            "counted one layer",
            "Every layer has a cache of its own.",
            lambda p: _cached(p, _per_token(p) // p.layers),
        ),
        Mistake(
            "numbers-for-bytes",
            "counted numbers, not bytes",
            "Multiply by the bytes of one number.",
            # With 2 bytes this is the same as forgetting one of K and V, and that one is named.
            lambda p: None if p.bytes == 2 else _cached(p, _per_token(p) // p.bytes),
        ),
        Mistake(
            "gigabytes",
            "gave GB of 10^9 bytes",
            "A GiB has 2^30 bytes, 7% more than a GB.",
            lambda p: (None, _per_token(p) * p.tokens * p.batch / BILLION),
        ),
        Mistake(
            "one-sequence",
            "counted one sequence",
            "Every sequence of the batch has its own cache.",
            lambda p: (None, _per_token(p) * p.tokens / GIB),
        ),
    ),
    level="medium",
    refs=("Ainslie et al. 2023 (GQA)",),
)


# -- model-memory --------------------------------------------------------------------------------


class MemoryParams(NamedTuple):
    """Billions of parameters, and the bits of a weight before and after quantisation."""

    billions: float
    bits: int = 16
    fewer_bits: int = 4


_SIZES = (1, 1.5, 2.7, 3, 6, 7, 8, 9, 12, 13, 14, 20, 27, 30, 32, 34, 65, 70, 72, 90, 110, 123, 175, 235, 405)
_STATE_BYTES = 16
"""Mixed-precision Adam: 2 weight + 2 gradient + 4 master weight + 4 + 4 moments."""


def _memory_draw(draw: Draw) -> MemoryParams:
    billions = draw.pick(_SIZES) if draw.chance(0.7) else draw.step(1.1, 9.9, 0.1)
    return MemoryParams(billions, draw.pick((16, 16, 16, 32)), draw.pick((4, 4, 4, 3, 5, 6)))


def _memory_mental(draw: Draw) -> MemoryParams:
    return MemoryParams(draw.pick((2, 3, 5, 6, 7, 9, 10, 12, 20, 30, 40, 50, 70, 100, 200)))


def _memory_solve(p: MemoryParams) -> Solution:
    n = p.billions
    weights = Part(f"fp{p.bits}", n * p.bits / 8, relative=0.02, significant=3)
    fewer = Part(f"int{p.fewer_bits}", n * p.fewer_bits / 8, relative=0.02, significant=3)
    training = Part("training", n * _STATE_BYTES, relative=0.02, significant=3)
    return Solution(
        parts=(weights, fewer, training),
        steps=(
            f"fp{p.bits}: {p.bits} / 8 = {plain(p.bits / 8)} bytes, {plain(n)} * {plain(p.bits / 8)}"
            f" = {weights.show()} GB",
            f"int{p.fewer_bits}: {p.fewer_bits} / 8 = {plain(p.fewer_bits / 8)} bytes,"
            f" {plain(n)} * {plain(p.fewer_bits / 8)} = {fewer.show()} GB",
            "training: weight 2 + gradient 2 + master 4 + m 4 + v 4 = 16 bytes",
            f"{plain(n)} * {_STATE_BYTES} = {training.show()} GB",
        ),
        sense="A billion parameters take 2 GB in fp16, and 16 GB to train with Adam, before activations.",
    )


def _memory_with(factor: float, bits: float, training: float | None) -> Callable[[MemoryParams], Wrong]:
    """Weights with bytes per bit other than 1/8, training with other bytes; both scaled."""
    return lambda p: (
        p.billions * p.bits * bits * factor,
        p.billions * p.fewer_bits * bits * factor,
        None if training is None else p.billions * training * factor,
    )


MODEL_MEMORY = Family(
    name="model-memory",
    title="Weight and training memory",
    topic=TOPIC,
    priority=1,
    concept="model-memory",
    example=MemoryParams(7),
    sample=_memory_draw,
    prompt=lambda p: (
        f"A model has {plain(p.billions)} billion parameters. How many GB (10^9 bytes) do its weights take in"
        f" fp{p.bits}, how many in int{p.fewer_bits} (without scales), and how many does training with Adam"
        " in mixed precision take: fp16 weights and gradients, fp32 master weights and fp32 moments, no"
        " activations? 3 significant digits."
    ),
    formula="bytes = parameters * bits / 8;  training = parameters * (2 + 2 + 4 + 4 + 4)",
    solve=_memory_solve,
    mistakes=(
        Mistake(
            "bits-as-bytes",
            "took bits for bytes",
            "8 bits are a byte: 16 bits are 2 bytes.",
            _memory_with(1, 1, None),
        ),
        Mistake(
            "gibibytes",
            "gave GiB of 2^30 bytes",
            "GB here are 10^9 bytes: billions times bytes per parameter.",
            _memory_with(BILLION / GIB, 1 / 8, _STATE_BYTES),
        ),
        Mistake(
            "weights-only",
            "counted only the weights for training",
            "Gradients, fp32 master weights and Adam's m and v come on top: 16 bytes.",
            lambda p: (None, None, p.billions * 2),
        ),
        Mistake(
            "no-optimizer",
            "left out master weights and moments",
            "Adam keeps m and v, and mixed precision an fp32 copy: 12 more bytes.",
            lambda p: (None, None, p.billions * 4),
        ),
        Mistake(
            "no-master",
            "left out the fp32 master weights",
            "2 + 2 + 4 + 4 + 4 = 16 bytes per parameter.",
            lambda p: (None, None, p.billions * 12),
        ),
        Mistake(
            "one-moment",
            "counted one moment",
            "Adam keeps two numbers per weight, m and v, while momentum SGD keeps one.",
            lambda p: (None, None, p.billions * 8),
        ),
    ),
    mental=_memory_mental,
    level="easy",
    refs=("Rajbhandari et al. 2020 (ZeRO), section 3.1",),
)


# -- lora-params ---------------------------------------------------------------------------------


class LoraParams(NamedTuple):
    """The adapted matrices and the rank of their adapters."""

    d_in: int
    d_out: int
    rank: int
    matrices: int = 1


def _lora(p: LoraParams, trained: int) -> Wrong:
    """A number of trained parameters, and the percentage it leads to."""
    return trained, 100 * trained / (p.d_in * p.d_out * p.matrices)


def _lora_draw(draw: Draw) -> LoraParams:
    d_in = draw.pick((768, 1024, 1536, 2048, 2560, 3072, 4096, 4096, 5120, 8192))
    d_out = d_in if draw.chance(0.5) else draw.pick((1024, 2048, 4096, 8192, 11_008, 14_336))
    rank = draw.pick((1, 2, 4, 8, 8, 16, 16, 32, 64, 128))
    return LoraParams(d_in, d_out, rank, draw.pick((1, 1, 1, 4, 24, 48, 64, 96, 128)))


def _lora_mental(draw: Draw) -> LoraParams:
    d = draw.pick((100, 200, 400, 500, 1000, 2000, 4000))
    return LoraParams(d, draw.pick((d, 2 * d, 4 * d)), draw.pick((1, 2, 4, 5, 8, 10)))


def _lora_solve(p: LoraParams) -> Solution:
    each = p.rank * (p.d_in + p.d_out)
    trained, whole = each * p.matrices, p.d_in * p.d_out * p.matrices
    share = Part("percent", 100 * trained / whole, relative=0.01, significant=3)
    return Solution(
        parts=(Part("trained", trained, exact=True), share),
        steps=(
            f"A: {p.rank} * {p.d_in} = {p.rank * p.d_in:,}   B: {p.d_out} * {p.rank} = {p.d_out * p.rank:,}",
            f"one adapter: {p.rank} * ({p.d_in} + {p.d_out}) = {each:,}",
            *((f"{p.matrices} adapters: {p.matrices} * {each:,} = {trained:,}",) if p.matrices > 1 else ()),
            f"frozen: {p.d_in} * {p.d_out}{f' * {p.matrices}' if p.matrices > 1 else ''} = {whole:,}",
            f"100 * {trained:,} / {whole:,} = {share.show()}%",
        ),
        sense="Twice the rank trains twice as much; the share does not depend on how many are adapted.",
    )


LORA_PARAMS = Family(
    name="lora-params",
    title="LoRA parameters",
    topic=TOPIC,
    priority=1,
    concept="lora",
    example=LoraParams(4096, 4096, 8),
    sample=_lora_draw,
    prompt=lambda p: (
        (
            f"A {p.d_in}×{p.d_out} weight matrix gets a LoRA adapter"
            if p.matrices == 1
            else f"{p.matrices} weight matrices of {p.d_in}×{p.d_out} each get a LoRA adapter"
        )
        + f" of rank {p.rank}, no biases. How many parameters are trained"
        + (" in all" if p.matrices > 1 else "")
        + " (a whole number), and how many percent is that of the weights adapted? 3 significant digits"
        " for the percentage."
    ),
    formula="r (d_in + d_out) per matrix;  100 * that / (d_in * d_out) percent",
    solve=_lora_solve,
    mistakes=(
        Mistake(
            "rank-times-matrix",
            "multiplied the whole matrix by the rank",
            "An adapter is two thin matrices: r * d_in and d_out * r.",
            lambda p: _lora(p, p.rank * p.d_in * p.d_out * p.matrices),
        ),
        Mistake(
            "only-a",
            "counted only A",
            "There are two thin matrices, A (r * d_in) and B (d_out * r).",
            lambda p: _lora(p, p.rank * p.d_in * p.matrices),
        ),
        Mistake(
            "only-b",
            "counted only B",
            "There are two thin matrices, A (r * d_in) and B (d_out * r).",
            lambda p: None if p.d_in == p.d_out else _lora(p, p.rank * p.d_out * p.matrices),
        ),
        Mistake(
            "one-adapter",
            "counted one adapter",
            "Every adapted matrix has its own A and B.",
            lambda p: _lora(p, p.rank * (p.d_in + p.d_out)),
        ),
        Mistake(
            "no-rank",
            "left out the rank",
            "A has r rows and B has r columns: r (d_in + d_out).",
            lambda p: _lora(p, (p.d_in + p.d_out) * p.matrices),
        ),
        Mistake(
            "share",
            "gave a share, not a percentage",
            "Multiply the share by 100.",
            lambda p: (None, p.rank * (p.d_in + p.d_out) / (p.d_in * p.d_out)),
        ),
    ),
    mental=_lora_mental,
    level="easy",
    refs=("Hu et al. 2022 (LoRA)",),
)


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
        return OptimalParams(draw.pick(_SIZES) if draw.chance(0.5) else draw.step(0.1, 9.9, 0.1))
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


# -- int8-quant ----------------------------------------------------------------------------------


class QuantParams(NamedTuple):
    """The numbers that are quantised together."""

    x: Vector


_LEVELS = 127


def _codes(x: Vector, scale_to: float, levels: int = _LEVELS) -> tuple[int, ...]:
    """Whole numbers for x where `scale_to` becomes `levels`, halves away from zero, cut at +-127."""
    exact = (int(rounded(v * levels / scale_to, 0)) for v in x)
    return tuple(max(-_LEVELS, min(_LEVELS, code)) for code in exact)


def _restored(codes: Sequence[int], scale: float) -> Vector:
    return tuple(code * scale for code in codes)


def _largest(p: QuantParams) -> float:
    return max(abs(v) for v in p.x)


def _has_tie(p: QuantParams) -> bool:
    """Whether a number falls halfway between two codes."""
    return any(decimal_of(abs(v) * _LEVELS / _largest(p)) % 1 == decimal_of(0.5) for v in p.x)


def _quant_draw(draw: Draw) -> QuantParams:
    while True:
        p = QuantParams(tuple(draw.step(-3, 3, 0.01) for _ in range(draw.pick((3, 3, 4, 5)))))
        sizes = {abs(v) for v in p.x}
        if len(sizes) == len(p.x) and 0 not in sizes and _largest(p) >= 0.5 and not _has_tie(p):
            return p


def _quant_mental(draw: Draw) -> QuantParams:
    unit = draw.pick((0.01, 0.02, 0.1))
    while True:
        rest = [draw.whole(-100, 100) * unit + draw.pick((0, 0.3, -0.3)) * unit for _ in range(2)]
        top = _LEVELS * unit * draw.pick((1, -1, -1))
        x = tuple(float(round(v, 4)) for v in draw.several([top, *rest], 3))
        if 0 not in x and len({abs(v) for v in x}) == len(x):
            return QuantParams(x)


def _quant_solve(p: QuantParams) -> Solution:
    scale = _largest(p) / _LEVELS
    codes = _codes(p.x, _largest(p))
    s = Part("s", scale, relative=0.005)
    restored = Part("restored", _restored(codes, scale), digits=4)
    return Solution(
        parts=(s, Part("q", codes, exact=True), restored),
        steps=(
            f"largest magnitude: {plain(_largest(p))}",
            f"s = {plain(_largest(p))} / 127 = {s.show()}",
            *(
                f"{plain(v)} / s = {show(v / scale, 2)} -> {code}, times s: {restored.show(code * scale)}"
                for v, code in zip(p.x, codes, strict=True)
            ),
        ),
        sense="No restored number is off by more than s / 2; the largest comes back exactly.",
    )


def _with_scale(p: QuantParams, largest: float, levels: int) -> Wrong:
    """The whole answer from another scale, codes cut at +-127."""
    codes = _codes(p.x, largest, levels)
    return largest / levels, codes, _restored(codes, largest / levels)


def _truncated(p: QuantParams) -> Wrong:
    codes = tuple(int(decimal_of(v * _LEVELS / _largest(p))) for v in p.x)
    return None, codes, _restored(codes, _largest(p) / _LEVELS)


INT8_QUANT = Family(
    name="int8-quant",
    title="Symmetric int8 quantisation",
    topic=TOPIC,
    priority=1,
    concept="quantization",
    example=QuantParams((0.5, -1.2, 0.03)),
    sample=_quant_draw,
    prompt=lambda p: (
        f"Quantise x = {listed(p.x)} to int8 with one symmetric scale for all, codes from -127 to 127, halves"
        " rounded away from zero. Give the scale s (4 significant digits), the codes (whole numbers), and"
        " the restored numbers (4 decimals)."
    ),
    formula="s = max|x| / 127;  q = round(x / s);  restored = q * s",
    solve=_quant_solve,
    mistakes=(
        Mistake(
            "all-levels",
            "divided by 255",
            "Signed and symmetric: the largest magnitude becomes 127.",
            lambda p: _with_scale(p, _largest(p), 255),
        ),
        Mistake(
            "no-abs",
            "took the largest number, not the largest magnitude",
            "s = max|x| / 127: a large negative number counts too.",
            lambda p: _with_scale(p, max(p.x), _LEVELS) if max(p.x) > 0 else None,
        ),
        Mistake(
            "range",
            "divided the range from smallest to largest by 255",
            "That is asymmetric quantisation with a zero point; symmetric takes max|x| / 127.",
            lambda p: _with_scale(p, max(p.x) - min(p.x), 255) if min(p.x) < 0 < max(p.x) else None,
        ),
        Mistake(
            "truncated",
            "cut the decimals off",
            "Round to the nearest code.",
            _truncated,
        ),
        Mistake(
            "no-error",
            "gave the numbers themselves back",
            "Restored is q * s; what rounding took away is lost.",
            lambda p: (None, None, p.x),
        ),
    ),
    mental=_quant_mental,
    level="medium",
)


# -- sampling-set --------------------------------------------------------------------------------


class SamplingParams(NamedTuple):
    """Probabilities of the next token, sorted, and either p or k (the other one 0)."""

    probabilities: Vector
    top_p: float = 0
    top_k: int = 0


def _kept(p: SamplingParams) -> int:
    """How many tokens stay: k, or the smallest number that reaches p."""
    if p.top_k:
        return p.top_k
    total = decimal_of(0)
    for count, share in enumerate(p.probabilities, 1):
        total += decimal_of(share)
        if total >= decimal_of(p.top_p):
            return count
    return len(p.probabilities)


def _renormalised(p: SamplingParams, count: int) -> Vector:
    kept = p.probabilities[:count]
    return tuple(share / sum(kept) for share in kept)


def _sampled(p: SamplingParams, shares: Vector) -> Wrong:
    """Other probabilities for the tokens that stay."""
    return (shares,) if p.top_k else (None, shares)


def _cut_at(p: SamplingParams, count: int) -> Wrong | None:
    """Another number of tokens that stay, and their probabilities."""
    if p.top_k or not 1 <= count <= len(p.probabilities):
        return None
    return count, _renormalised(p, count)


def _sampling_draw(draw: Draw) -> SamplingParams:
    while True:
        count = draw.whole(4, 6)
        parts = sorted((draw.whole(1, 12) for _ in range(count)), reverse=True)
        unit = draw.pick((20, 20, 50, 100))
        shares = [unit * part // sum(parts) for part in parts]
        shares[0] += unit - sum(shares)
        probabilities = tuple(float(round(s / unit, 4)) for s in shares)
        if draw.chance(0.25):
            p = SamplingParams(probabilities, top_k=draw.whole(2, count - 1))
        else:
            p = SamplingParams(probabilities, top_p=draw.pick((0.6, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95)))
        kept = _kept(p)
        is_fair = len(set(probabilities)) == count and min(shares) > 0 and 2 <= kept < count
        if is_fair and adds_up(_renormalised(p, kept), 4):
            return p


_EASY_SHARES = (
    (0.4, 0.3, 0.1, 0.2),
    (0.5, 0.3, 0.15, 0.05),
    (0.6, 0.2, 0.15, 0.05),
    (0.4, 0.24, 0.16, 0.12, 0.08),
    (0.3, 0.2, 0.28, 0.22),
    (0.35, 0.25, 0.2, 0.15, 0.05),
    (0.4, 0.35, 0.15, 0.1),
    (0.2, 0.45, 0.15, 0.12, 0.08),
    (0.48, 0.32, 0.12, 0.08),
    (0.25, 0.15, 0.5, 0.1),
)


def _sampling_mental(draw: Draw) -> SamplingParams:
    """Shares whose kept mass is 0.5 or 0.8, easy to divide by."""
    while True:
        probabilities = tuple(sorted(draw.pick(_EASY_SHARES), reverse=True))
        p = SamplingParams(probabilities, draw.pick((0.45, 0.6, 0.65, 0.7, 0.75, 0.8)))
        if draw.chance(0.25):
            p = SamplingParams(probabilities, top_k=2)
        kept = _kept(p)
        if 2 <= kept < len(probabilities) and round(sum(probabilities[:kept]), 9) in {0.5, 0.75, 0.8}:
            return p


def _sampling_prompt(p: SamplingParams) -> str:
    start = f"The next token's probabilities are {listed(p.probabilities)}"
    if p.top_k:
        return (
            f"{start}. With top-k sampling, k = {p.top_k}, from which probabilities is the token drawn?"
            f" {p.top_k} numbers, 4 decimals each."
        )
    return (
        f"{start}. With top-p sampling, p = {plain(p.top_p)} (the smallest set that reaches at least p),"
        " how many tokens stay (a whole number), and from which probabilities is the token drawn?"
        " 4 decimals each."
    )


def _sampling_solve(p: SamplingParams) -> Solution:
    kept = _kept(p)
    shares = _renormalised(p, kept)
    part = Part("probabilities", shares, digits=4)
    mass = sum(p.probabilities[:kept])
    reached: list[str] = []
    for count in range(1, kept + 1):
        total = sum(p.probabilities[:count])
        sign = ">=" if count == kept else "<"
        reached.append(f"{counted(count, 'token')}: {plain(round(total, 10))} {sign} {plain(p.top_p)}")
    return Solution(
        parts=(part,) if p.top_k else (Part("tokens", kept, exact=True), part),
        steps=(
            *(() if p.top_k else reached),
            f"kept: {' + '.join(plain(s) for s in p.probabilities[:kept])} = {plain(round(mass, 10))}",
            *(
                f"{plain(old)} / {plain(round(mass, 10))} = {show(new, 4)}"
                for old, new in zip(p.probabilities, shares, strict=False)
            ),
        ),
        sense="What is kept adds to 1 again, and every kept token is likelier than before.",
        pictures=(
            Picture(
                "bars",
                tuple(plain(s) for s in p.probabilities),
                shares + (0,) * (len(p.probabilities) - kept),
            ),
        ),
    )


SAMPLING_SET = Family(
    name="sampling-set",
    title="Top-k and top-p sampling",
    topic=TOPIC,
    priority=1,
    concept="sampling",
    example=SamplingParams((0.5, 0.2, 0.15, 0.1, 0.05), 0.8),
    sample=_sampling_draw,
    prompt=_sampling_prompt,
    formula="keep the k likeliest, or the fewest that reach p; divide by their sum",
    solve=_sampling_solve,
    mistakes=(
        Mistake(
            "stopped-before",
            "stopped before the token that crosses p",
            "The token that reaches p is still in the set.",
            lambda p: _cut_at(p, _kept(p) - 1),
        ),
        Mistake(
            "one-too-many",
            "kept one token too many",
            "Stop as soon as the sum reaches p; reaching it exactly is enough.",
            lambda p: _cut_at(p, _kept(p) + 1),
        ),
        Mistake(
            "not-renormalised",
            "did not divide by the kept mass",
            "Divide what is kept by its sum, so that it adds to 1.",
            lambda p: _sampled(p, p.probabilities[: _kept(p)]),
        ),
        Mistake(
            "divided-by-p",
            "divided by p",
            "Divide by what the kept tokens really add to, which is p or more.",
            lambda p: (
                None if p.top_k else _sampled(p, tuple(s / p.top_p for s in p.probabilities[: _kept(p)]))
            ),
        ),
        Mistake(
            "softmax-again",
            "took a softmax of the kept probabilities",
            "They are probabilities already; divide by their sum.",
            lambda p: _sampled(p, softmax(p.probabilities[: _kept(p)])),
        ),
        Mistake(
            "uniform",
            "drew from the kept tokens alike",
            "They keep their proportions; only the rest is cut off.",
            lambda p: _sampled(p, (1 / _kept(p),) * _kept(p)),
        ),
    ),
    mental=_sampling_mental,
    level="easy",
    refs=("Holtzman et al. 2020 (top-p)",),
)


# -- perplexity ----------------------------------------------------------------------------------


class PerplexityParams(NamedTuple):
    """What the model gave each token of a text."""

    probabilities: Vector


def _perplexity(shares: Sequence[float]) -> float:
    return exp(-sum(log(s) for s in shares) / len(shares))


def _perplexity_draw(draw: Draw) -> PerplexityParams:
    return PerplexityParams(
        tuple(draw.pick((0.5, 0.5, 0.25, 0.25, 0.125, 0.0625)) for _ in range(draw.whole(3, 5)))
    )


def _perplexity_mental(draw: Draw) -> PerplexityParams:
    while True:
        p = _perplexity_draw(draw)
        bits = sum(round(-log2(s)) for s in p.probabilities)
        if bits % len(p.probabilities) == 0:
            return p


def _perplexity_solve(p: PerplexityParams) -> Solution:
    losses = [-log(s) for s in p.probabilities]
    mean = sum(losses) / len(losses)
    part = Part("", exp(mean), digits=3)
    return Solution(
        parts=(part,),
        steps=(
            *(f"-ln {plain(s)} = {plain(loss)}" for s, loss in zip(p.probabilities, losses, strict=True)),
            f"mean: {plain(sum(losses))} / {len(losses)} = {plain(mean)}",
            f"e^{plain(mean)} = {part.show()}",
        ),
        sense=f"As unsure as a fair choice among {show(exp(mean), 1)} tokens;"
        f" between {plain(1 / max(p.probabilities))} and {plain(1 / min(p.probabilities))}.",
    )


PERPLEXITY = Family(
    name="perplexity",
    title="Perplexity of a sequence",
    topic=TOPIC,
    priority=1,
    concept="perplexity",
    example=PerplexityParams((0.5, 0.25, 0.125, 0.25)),
    sample=_perplexity_draw,
    prompt=lambda p: (
        f"A language model gave the {len(p.probabilities)} tokens of a text the probabilities"
        f" {listed(p.probabilities)}. What is its perplexity per token? 3 decimals."
    ),
    formula="exp(-mean ln p) = (p_1 p_2 ... p_n)^(-1/n)",
    solve=_perplexity_solve,
    mistakes=(
        Mistake(
            "mean-probability",
            "inverted the mean probability",
            "Average the logs: it is the geometric mean that is inverted.",
            lambda p: (len(p.probabilities) / sum(p.probabilities),),
        ),
        Mistake(
            "mean-inverse",
            "averaged 1 / p",
            "Average the logs, then exponentiate.",
            lambda p: (sum(1 / s for s in p.probabilities) / len(p.probabilities),),
        ),
        Mistake(
            "no-mean",
            "did not divide by the number of tokens",
            "Perplexity is per token: exp of the mean, not of the sum.",
            lambda p: (1 / prod(p.probabilities),),
        ),
        Mistake(
            "loss",
            "stopped at the mean of -ln p",
            "That is the cross-entropy in nats; perplexity is e to that power.",
            lambda p: (log(_perplexity(p.probabilities)),),
        ),
        Mistake(
            "bits",
            "stopped at the mean of -log2 p",
            "That is the cross-entropy in bits; perplexity is 2 to that power.",
            lambda p: (log2(_perplexity(p.probabilities)),),
        ),
        Mistake(
            "mixed-bases",
            "raised e to a mean in bits",
            "Log and power need the same base.",
            lambda p: (exp(log2(_perplexity(p.probabilities))),),
        ),
        Mistake(
            "not-inverted",
            "gave the geometric mean of the probabilities",
            "Perplexity is its inverse, at least 1.",
            lambda p: (1 / _perplexity(p.probabilities),),
        ),
    ),
    mental=_perplexity_mental,
    level="easy",
)


# -- retrieval-metrics ---------------------------------------------------------------------------


class RetrievalParams(NamedTuple):
    """Whether each result is relevant (1 or 0), all relevant documents there are, and where to cut."""

    relevance: Vector
    relevant: int
    k: int


def _gain(relevance: Sequence[float]) -> float:
    return sum(rel / log2(rank + 1) for rank, rel in enumerate(relevance, 1))


def _ideal(count: int, k: int) -> float:
    return _gain([1] * min(count, k))


def _hits(p: RetrievalParams) -> float:
    return sum(p.relevance[: p.k])


def _first_hit(p: RetrievalParams) -> int:
    """Rank of the first relevant result within k, counted from 1; 0 where there is none."""
    return next((rank for rank, rel in enumerate(p.relevance[: p.k], 1) if rel), 0)


def _retrieval_draw(draw: Draw) -> RetrievalParams:
    while True:
        k = draw.pick((3, 4, 5, 5, 5, 6, 8, 10))
        length = k if draw.chance(0.6) else k + draw.whole(1, 3)
        relevance = tuple(draw.pick((0, 0, 1)) for _ in range(length))
        found, hits = int(sum(relevance)), sum(relevance[:k])
        relevant = found + draw.pick((0, 1, 1, 2, 3, 4))
        p = RetrievalParams(relevance, relevant, k)
        if 0 < hits < relevant and hits < k:
            return p


def _retrieval_solve(p: RetrievalParams) -> Solution:
    hits, first, ideal = _hits(p), _first_hit(p), _ideal(p.relevant, p.k)
    gain = _gain(p.relevance[: p.k])
    precision = Part(f"P@{p.k}", hits / p.k, digits=3)
    recall = Part(f"R@{p.k}", hits / p.relevant, digits=3)
    rank = Part("RR", 1 / first if first else 0, digits=3, may_be_trivial=True)
    ndcg = Part(f"nDCG@{p.k}", gain / ideal, digits=3)
    ranks = [r for r, rel in enumerate(p.relevance[: p.k], 1) if rel]
    best = range(1, min(p.relevant, p.k) + 1)
    return Solution(
        parts=(precision, recall, rank, ndcg),
        steps=(
            f"hits in the first {p.k}: {plain(hits)}, at rank {', '.join(str(r) for r in ranks)}",
            f"P@{p.k} = {plain(hits)}/{p.k} = {precision.show()}",
            f"R@{p.k} = {plain(hits)}/{p.relevant} = {recall.show()}",
            f"RR = 1/{first} = {rank.show()}" if first else "RR = 0, nothing found",
            f"DCG = {_gain_terms(ranks)} = {plain(gain)}",
            f"ideal = {_gain_terms(best)} = {plain(ideal)}",
            f"nDCG@{p.k} = {plain(gain)} / {plain(ideal)} = {ndcg.show()}",
        ),
        sense=f"Nothing above 1; the ideal list starts with {counted(len(best), 'hit')}.",
    )


def _gain_terms(ranks: Sequence[int]) -> str:
    """`1/log2(2) + 1/log2(4)`, with an ellipsis where there are many."""
    terms = [f"1/log2({rank + 1})" for rank in ranks]
    return " + ".join(terms if len(terms) <= 4 else [*terms[:2], "...", terms[-1]]) or "0"


def _beyond(p: RetrievalParams) -> Wrong | None:
    """Hits below rank k counted too."""
    if sum(p.relevance) == _hits(p):
        return None
    hits = sum(p.relevance)
    return hits / p.k, hits / p.relevant, None, _gain(p.relevance) / _ideal(p.relevant, p.k)


def _all_ranks(p: RetrievalParams) -> Wrong:
    ranks = [1 / rank for rank, rel in enumerate(p.relevance[: p.k], 1) if rel]
    return None, None, sum(ranks) / len(ranks), None


RETRIEVAL_METRICS = Family(
    name="retrieval-metrics",
    title="Precision, recall, reciprocal rank and nDCG at k",
    topic=TOPIC,
    priority=1,
    concept="retrieval-metrics",
    example=RetrievalParams((1, 0, 1, 0, 0), relevant=3, k=5),
    sample=_retrieval_draw,
    prompt=lambda p: (
        f"A search returns, best first, {listed(p.relevance)} (1 = relevant);"
        f" {p.relevant} relevant documents exist. Give precision@{p.k}, recall@{p.k}, the reciprocal rank and"
        f" nDCG@{p.k} (gain 1, discount log2(rank + 1), ranks from 1), all cut at k = {p.k}. 3 decimals each."
    ),
    formula="hits/k;  hits/relevant;  1/rank of the first hit;  DCG / DCG of the ideal list",
    solve=_retrieval_solve,
    mistakes=(
        Mistake(
            "beyond-k",
            "counted hits below rank k",
            "Only the first k results count.",
            _beyond,
        ),
        Mistake(
            "precision-over-relevant",
            "divided precision by the relevant documents",
            "Precision@k divides by k.",
            lambda p: (_hits(p) / p.relevant, None, None, None),
        ),
        Mistake(
            "recall-over-k",
            "divided recall by k",
            "Recall divides by ALL relevant documents there are.",
            lambda p: (None, _hits(p) / p.k, None, None),
        ),
        Mistake(
            "rank-itself",
            "gave the rank, not its inverse",
            "The reciprocal rank is 1 / rank of the first hit.",
            lambda p: (None, None, _first_hit(p), None),
        ),
        Mistake(
            "all-ranks",
            "averaged 1 / rank over all hits",
            "Only the first hit counts for the reciprocal rank.",
            _all_ranks,
        ),
        Mistake(
            "ideal-of-found",
            "took the ideal order of what was found",
            "The ideal list holds all relevant documents, up to k.",
            lambda p: (None, None, None, _gain(p.relevance[: p.k]) / _ideal(int(_hits(p)), p.k)),
        ),
        Mistake(
            "no-ideal",
            "gave the DCG",
            "Divide by the DCG of the ideal list.",
            lambda p: (None, None, None, _gain(p.relevance[: p.k])),
        ),
        Mistake(
            "no-discount",
            "left out the discount",
            "A hit at rank r counts 1 / log2(r + 1).",
            lambda p: (None, None, None, _hits(p) / min(p.relevant, p.k)),
        ),
    ),
    level="medium",
)


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


# -- speculative ---------------------------------------------------------------------------------


class DraftParams(NamedTuple):
    """The chance that a draft token is accepted, and how many are drafted."""

    acceptance: float
    draft: int


def _expected(a: float, tokens: int) -> float:
    """1 + a + ... + a^tokens."""
    return sum(a**i for i in range(tokens + 1))


def _draft_solve(p: DraftParams) -> Solution:
    a, g = p.acceptance, p.draft
    part = Part("", _expected(a, g), digits=3)
    closed = (
        f"(1 - {plain(a)}^{g + 1}) / (1 - {plain(a)}) = {plain(1 - a ** (g + 1))} / {plain(1 - a)}"
        if a < 1
        else f"all are accepted: {g} + 1"
    )
    terms = [plain(a), *(f"{plain(a)}^{i}" for i in range(2, g + 1))]
    powers = " + ".join(terms if g <= 4 else [terms[0], "...", terms[-1]])
    return Solution(
        parts=(part,),
        steps=(
            "token i of the draft stands if all before it were accepted: a^i",
            f"1 + {powers}",
            f"= {closed} = {part.show()}",
        ),
        sense=f"At least the large model's own token, at most {g} + 1 = {g + 1}.",
    )


SPECULATIVE = Family(
    name="speculative",
    title="Speculative decoding",
    topic=TOPIC,
    priority=2,
    concept="speculative-decoding",
    example=DraftParams(0.8, 4),
    sample=lambda draw: DraftParams(draw.step(0.3, 0.95, 0.05), draw.whole(2, 8)),
    prompt=lambda p: (
        f"Speculative decoding: a small model drafts {p.draft} tokens, each accepted with probability"
        f" {plain(p.acceptance)} independently of the others; the first rejection ends the draft. The large"
        " model's own token comes at the end of every verification. How many tokens does one verification"
        " yield on average? 3 decimals."
    ),
    formula="1 + a + a^2 + ... + a^g = (1 - a^(g+1)) / (1 - a)",
    solve=_draft_solve,
    mistakes=(
        Mistake(
            "product",
            "multiplied acceptance and draft length",
            "A rejection throws away all that follow: token i counts with a^i.",
            lambda p: (p.acceptance * p.draft,),
        ),
        Mistake(
            "product-plus-one",
            "took every draft token as accepted on its own",
            "A rejection throws away all that follow: token i counts with a^i.",
            lambda p: (p.acceptance * p.draft + 1,),
        ),
        Mistake(
            "no-free-token",
            "left out the large model's own token",
            "Every verification yields one token of the large model: + 1.",
            lambda p: (_expected(p.acceptance, p.draft) - 1,),
        ),
        Mistake(
            "one-short",
            "stopped the sum one token early",
            "The last draft token counts too: up to a^g.",
            lambda p: (_expected(p.acceptance, p.draft - 1),),
        ),
        Mistake(
            "never-ends",
            "took the infinite sum",
            "The draft has only g tokens: subtract what lies beyond, a^(g+1).",
            lambda p: (1 / (1 - p.acceptance),),
        ),
    ),
    mental=lambda draw: DraftParams(draw.pick((0.5, 0.6, 0.7, 0.8, 0.9, 0.4)), draw.whole(2, 3)),
    level="hard",
    refs=("Leviathan et al. 2023",),
)

FAMILIES = (
    KV_CACHE,
    MODEL_MEMORY,
    LORA_PARAMS,
    TRAIN_FLOPS,
    CHINCHILLA,
    MOE_ACTIVE,
    INT8_QUANT,
    SAMPLING_SET,
    PERPLEXITY,
    RETRIEVAL_METRICS,
    DPO_LOSS,
    GRPO_ADVANTAGE,
    SPECULATIVE,
)
