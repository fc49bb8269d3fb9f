"""The memory of language models: weights, cache, adapters, quantisation."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from interviewprep.checks.draw import Draw
from interviewprep.checks.family import Family, Mistake, Part, Solution, Wrong
from interviewprep.checks.numbers import Vector, decimal_of, listed, plain, rounded, show
from interviewprep.checks.sizes import BILLION, SIZES
from interviewprep.checks.wording import counted

TOPIC = "language-models"
GIB = 2**30


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
    rule=lambda p: "`kv_heads` must divide `query_heads`" if p.query_heads % p.kv_heads else "",
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


_STATE_BYTES = 16
"""Mixed-precision Adam: 2 weight + 2 gradient + 4 master weight + 4 + 4 moments."""


def _memory_draw(draw: Draw) -> MemoryParams:
    billions = draw.pick(SIZES) if draw.chance(0.7) else draw.step(1.1, 9.9, 0.1)
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


FAMILIES = (KV_CACHE, MODEL_MEMORY, LORA_PARAMS, INT8_QUANT)
