"""Attention and the sizes of a transformer, from one query's weights to the tokens of an image."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import cos, radians, sin, sqrt
from typing import NamedTuple

from interviewprep.checks.draw import Draw
from interviewprep.checks.families.activations import adds_up, bracketed, powers_lines, softmax, tamed
from interviewprep.checks.family import Family, Mistake, Part, Picture, Solution, Wrong
from interviewprep.checks.numbers import Matrix, Vector, listed, plain, tabled

TOPIC = "attention"
MIB = 2**20


def dot(a: Sequence[float], b: Sequence[float]) -> float:
    """The dot product; an int for ints."""
    return sum(x * y for x, y in zip(a, b, strict=True))


def products(a: Sequence[float], b: Sequence[float]) -> str:
    """The terms of a dot product: `2*3 + (-1)*4`."""
    return " + ".join(f"{bracketed(x)}*{bracketed(y)}" for x, y in zip(a, b, strict=True))


# -- attention-weights ---------------------------------------------------------------------------


class AttentionParams(NamedTuple):
    """One value per key, and either the query with its keys or their dot products and their length."""

    values: Vector
    q: Vector = ()
    keys: Matrix = ()
    scores: Vector = ()
    """Dot products given instead of `q` and `keys`."""
    d_k: int = 0
    """Length of query and keys, only beside `scores`; else it is the length of `q`."""


def _scores(p: AttentionParams) -> Vector:
    return p.scores or tuple(dot(p.q, key) for key in p.keys)


def _key_length(p: AttentionParams) -> int:
    return p.d_k if p.scores else len(p.q)


def _attends(p: AttentionParams, weights: Vector) -> Wrong:
    """The answer these weights lead to."""
    attended = (weights, dot(weights, p.values))
    return attended if p.scores else (None, *attended)


def _attention_draw(draw: Draw) -> AttentionParams:
    while True:
        count = draw.pick((2, 3, 3, 3, 4))
        values = tuple(draw.whole(-5, 9) for _ in range(count))
        if draw.chance(0.25):
            d_k = draw.pick((16, 64))
            root = round(sqrt(d_k))
            given = tuple(draw.whole(-6, 6) * root // 2 for _ in range(count))
            p = AttentionParams(values, scores=given, d_k=d_k)
        else:
            length = draw.pick((1, 2, 2, 3, 4, 4, 4))
            q = tuple(draw.pick((-2, -1, 1, 2, 3)) for _ in range(length))
            keys = tuple(tuple(draw.whole(-2, 4) for _ in range(length)) for _ in range(count))
            p = AttentionParams(values, q, keys)
        scores = _scores(p)
        weights = softmax(tuple(s / sqrt(_key_length(p)) for s in scores))
        is_soft = min(weights) >= 0.0015 and max(weights) <= 0.95
        if len(set(scores)) == len(scores) and len(set(values)) == count and is_soft and adds_up(weights):
            return p


def _attention_prompt(p: AttentionParams) -> str:
    if p.scores:
        return (
            f"Scaled dot-product attention: the dot products of one query with the keys are"
            f" {listed(p.scores)}; query and keys are vectors of length d_k = {p.d_k}. The keys' values are"
            f" {listed(p.values)}. Give the attention weights, then the output. 3 decimals."
        )
    d_k = len(p.q)
    shown = f"q = {plain(p.q[0])}" if d_k == 1 else f"q = {listed(p.q)}"
    keys = listed([k[0] for k in p.keys]) if d_k == 1 else tabled(p.keys)
    return (
        f"Scaled dot-product attention: one query {shown}, keys {keys}, their values {listed(p.values)},"
        f" d_k = {d_k}. Give the scores before scaling, the attention weights, then the output."
        " Scores exact, the others to 3 decimals."
    )


def _attention_solve(p: AttentionParams) -> Solution:
    scores, d_k = _scores(p), _key_length(p)
    scaled = tuple(s / sqrt(d_k) for s in scores)
    small, note = tamed(scaled)
    weights = softmax(scaled)
    output = Part("output", dot(weights, p.values), digits=3)
    is_whole = all(s == int(s) for s in scores)
    first = () if p.scores else (Part("scores", scores, digits=0 if is_whole else 3, exact=is_whole),)
    asked = Part("weights", weights, digits=3)
    root = f"sqrt({d_k}) = {plain(sqrt(d_k))}"
    return Solution(
        parts=(*first, asked, output),
        steps=(
            *(
                f"q . k{i} = {products(p.q, key)} = {plain(score)}"
                for i, (key, score) in enumerate(zip(p.keys, scores, strict=False), 1)
            ),
            f"scores / {root}: {listed(scaled)}",
            *note,
            *powers_lines(small),
            f"divided by their sum: {asked.show()}",
            f"output = {products(weights, p.values)} = {output.show()}",
        ),
        sense="The weights are positive and add to 1, so the output lies between the values.",
        pictures=(Picture("bars", tuple(plain(s) for s in scores), weights),),
    )


ATTENTION_WEIGHTS = Family(
    name="attention-weights",
    title="Scaled dot-product attention",
    topic=TOPIC,
    priority=0,
    concept="query-key-value",
    example=AttentionParams(values=(1, 2, 3), q=(2,), keys=((3,), (1,), (4,))),
    sample=_attention_draw,
    prompt=_attention_prompt,
    formula="softmax(q . k_i / sqrt(d_k)), then sum_i weight_i * value_i",
    solve=_attention_solve,
    mistakes=(
        Mistake(
            "scores-as-weights",
            "divided the scores by their sum, without exp",
            "The weights are a softmax of the scaled scores.",
            lambda p: _attends(p, tuple(s / sum(_scores(p)) for s in _scores(p))),
        ),
        Mistake(
            "no-scaling",
            "did not scale the scores",
            "Divide by sqrt(d_k) before the softmax: long vectors have large dot products.",
            lambda p: _attends(p, softmax(_scores(p))),
        ),
        Mistake(
            "divided-by-d-k",
            "divided by d_k",
            "Divide by its root: the standard deviation of a dot product grows like sqrt(d_k).",
            lambda p: _attends(p, softmax(tuple(s / _key_length(p) for s in _scores(p)))),
        ),
        Mistake(
            "times-root",
            "multiplied by sqrt(d_k)",
            "Divide: scaling is there to keep the softmax from saturating.",
            lambda p: (
                _attends(p, softmax(tuple(s * sqrt(_key_length(p)) for s in _scores(p))))
                if 1 < _key_length(p) <= 4
                else None
            ),
        ),
        Mistake(
            "argmax",
            "gave all the weight to the largest score",
            "Attention is soft: every key keeps a positive weight.",
            lambda p: _attends(p, tuple(1 if s == max(_scores(p)) else 0 for s in _scores(p))),
        ),
    ),
    level="medium",
    refs=("Vaswani et al. 2017, section 3.2.1",),
)


# -- causal-mask ---------------------------------------------------------------------------------


class CausalParams(NamedTuple):
    """A number of tokens; or the scaled scores of the token at a position (from 1) with all tokens."""

    tokens: int
    position: int = 0
    scores: Vector = ()


def _causal_draw(draw: Draw) -> CausalParams:
    if draw.chance(0.5):
        return CausalParams(draw.whole(3, 40) if draw.chance(0.4) else draw.whole(41, 4096))
    while True:
        count = draw.pick((3, 4, 4, 5))
        position = draw.whole(2, count - 1)
        scores = tuple(draw.step(-2, 3, 0.5) for _ in range(count))
        seen = softmax(scores[:position])
        is_soft = min(seen) >= 0.0015 and max(seen) <= 0.95 and adds_up(seen)
        if len(set(scores)) == count and 0 not in scores[position:] and is_soft:
            return CausalParams(count, position, scores)


def _causal_mental(draw: Draw) -> CausalParams:
    return CausalParams(draw.pick((*range(3, 21), 25, 30, 40, 50, 60, 99, 100, 200, 1000)))


def _causal_prompt(p: CausalParams) -> str:
    if p.scores:
        return (
            f"A decoder reads {p.tokens} tokens. Token {p.position} (counted from 1) has the scaled attention"
            f" scores {listed(p.scores)} with tokens 1 to {p.tokens}. Give its {p.tokens} attention weights"
            " under the causal mask. 3 decimals each."
        )
    return (
        f"A decoder reads {p.tokens:,} tokens under a causal mask. How many (query, key) pairs may attend,"
        " in one head? A whole number."
    )


def _rest(p: CausalParams, weights: Vector) -> Vector:
    """Weights of the first tokens, 0 for the others."""
    return weights + (0,) * (p.tokens - len(weights))


def _causal_solve(p: CausalParams) -> Solution:
    n = p.tokens
    if not p.scores:
        allowed = n * (n + 1) // 2
        rows = " + ".join(str(i) for i in range(1, n + 1)) if n <= 12 else f"1 + 2 + ... + {n:,}"
        return Solution(
            parts=(Part("", allowed, exact=True),),
            steps=(
                "token i sees itself and all before it: i keys",
                rows,
                f"= {n:,} * {n + 1:,} / 2 = {allowed:,}",
            ),
            sense=f"A little more than half of all {n * n:,} pairs: the lower triangle with its diagonal.",
        )
    seen, note = tamed(p.scores[: p.position])
    weights = softmax(p.scores[: p.position])
    part = Part("", _rest(p, weights), digits=3)
    hidden = f"token {n}" if p.position == n - 1 else f"tokens {p.position + 1} to {n}"
    return Solution(
        parts=(part,),
        steps=(
            f"{hidden}: score -inf, and e^-inf = 0",
            *note,
            *powers_lines(seen),
            f"divided by their sum: {Part('', weights, digits=3).show()}",
        ),
        sense="The weights of what may be seen add to 1; the future has exactly 0.",
        pictures=(Picture("bars", tuple(f"token {i}" for i in range(1, n + 1)), _rest(p, weights)),),
    )


def _of_count(count: Callable[[int], float]) -> Callable[[CausalParams], Wrong | None]:
    """A wrong number of pairs; nothing where weights are asked for."""
    return lambda p: None if p.scores else (count(p.tokens),)


def _of_row(row: Callable[[CausalParams], Vector]) -> Callable[[CausalParams], Wrong | None]:
    """Wrong weights of a token; nothing where pairs are counted."""
    return lambda p: (_rest(p, row(p)),) if p.scores else None


CAUSAL_MASK = Family(
    name="causal-mask",
    title="Causal mask",
    topic=TOPIC,
    priority=1,
    concept="causal-mask",
    example=CausalParams(4),
    sample=_causal_draw,
    prompt=_causal_prompt,
    formula="allowed pairs = n (n + 1) / 2;  masked score = -inf, before the softmax",
    solve=_causal_solve,
    mistakes=(
        Mistake(
            "all-pairs",
            "counted all pairs",
            "The future is masked: token i sees tokens 1 to i only.",
            _of_count(lambda n: n * n),
        ),
        Mistake(
            "not-itself",
            "left a token itself out",
            "The diagonal is allowed: a token sees itself.",
            _of_count(lambda n: n * (n - 1) // 2),
        ),
        Mistake(
            "half",
            "took half of all pairs",
            "The diagonal counts whole: n (n + 1) / 2.",
            _of_count(lambda n: n * n / 2),
        ),
        Mistake(
            "no-mask",
            "let the token see the future",
            "Set the scores of later tokens to -inf before the softmax.",
            _of_row(lambda p: softmax(p.scores)),
        ),
        Mistake(
            "masked-zero",
            "set the masked scores to 0",
            "0 is not -inf: e^0 = 1 still takes a share. Mask with -inf.",
            _of_row(lambda p: softmax(_rest(p, p.scores[: p.position]))),
        ),
        Mistake(
            "masked-after",
            "masked after the softmax",
            "Mask before it, so that the weights that are left add to 1.",
            _of_row(lambda p: softmax(p.scores)[: p.position]),
        ),
        Mistake(
            "not-itself-row",
            "masked the token itself too",
            "A token sees itself: only later tokens are masked.",
            _of_row(lambda p: softmax(p.scores[: p.position - 1])),
        ),
    ),
    mental=_causal_mental,
    level="easy",
)


# -- transformer-params --------------------------------------------------------------------------


class BlockParams(NamedTuple):
    """Width of the model, width inside the feed-forward layer, heads, and whether that layer is gated."""

    d: int
    d_ff: int
    heads: int
    gated: bool = False
    """SwiGLU and its like: a third matrix of the same size."""


def _ffn(p: BlockParams) -> int:
    return (3 if p.gated else 2) * p.d * p.d_ff


def _block_draw(draw: Draw) -> BlockParams:
    heads = draw.pick((4, 6, 8, 12, 16, 20, 24, 32, 40))
    d = heads * draw.pick((32, 64, 64, 64, 128))
    if d % 64:
        d *= 2
    gated = draw.chance(0.3)
    d_ff = 64 * round(d * draw.pick((2, 8 / 3, 3.5)) / 64) if gated else d * draw.pick((2, 3, 4, 4, 4, 8))
    return BlockParams(d, d_ff, heads, gated)


def _block_mental(draw: Draw) -> BlockParams:
    heads, d = draw.pick(((4, 8), (5, 10), (4, 20), (5, 20), (10, 30), (8, 40), (10, 50), (10, 100)))
    return BlockParams(d, d * draw.pick((2, 4)), heads)


def _block_solve(p: BlockParams) -> Solution:
    attention, ffn = 4 * p.d**2, _ffn(p)
    both = attention + ffn
    matrices = 3 if p.gated else 2
    return Solution(
        parts=(
            Part("attention", attention, exact=True),
            Part("with biases", attention + 4 * p.d, exact=True),
            Part("feed-forward", ffn, exact=True),
            Part("block", both, exact=True),
        ),
        steps=(
            f"W_Q, W_K, W_V, W_O: 4 * {p.d}^2 = {attention:,}",
            f"a bias of {p.d:,} each: {attention:,} + {4 * p.d:,} = {attention + 4 * p.d:,}",
            f"feed-forward: {matrices} * {p.d} * {p.d_ff} = {ffn:,}",
            f"block: {attention:,} + {ffn:,} = {both:,}",
        ),
        sense=f"The block has {plain(both / p.d**2)} d^2 weights, into however many heads d is split.",
    )


def _attention_count(matrices: Callable[[BlockParams], int]) -> Callable[[BlockParams], Wrong]:
    """Another number of d * d matrices in attention, and the block that follows."""
    return lambda p: (
        matrices(p) * p.d**2,
        matrices(p) * (p.d**2 + p.d),
        None,
        matrices(p) * p.d**2 + _ffn(p),
    )


def _ffn_count(matrices: int) -> Callable[[BlockParams], Wrong]:
    """Another number of matrices in the feed-forward layer, and the block that follows."""
    return lambda p: (None, None, matrices * p.d * p.d_ff, 4 * p.d**2 + matrices * p.d * p.d_ff)


TRANSFORMER_PARAMS = Family(
    name="transformer-params",
    title="Attention and feed-forward parameters",
    topic=TOPIC,
    priority=1,
    concept="transformer",
    example=BlockParams(512, 2048, 8),
    sample=_block_draw,
    prompt=lambda p: (
        f"A transformer block has width d = {p.d} with {p.heads} heads (full multi-head attention), and a"
        f" {'gated feed-forward layer (SwiGLU)' if p.gated else 'feed-forward layer'} of inner width"
        f" {p.d_ff}. Give the parameters of attention without biases, of attention with biases, of the"
        " feed-forward layer without biases, and of both without biases; norms are not counted."
        " Whole numbers."
    ),
    formula="attention: 4 d^2 (+ 4 d);  feed-forward: 2 d d_ff, gated 3 d d_ff",
    solve=_block_solve,
    mistakes=(
        Mistake(
            "times-heads",
            "multiplied by the number of heads",
            "Heads split the width d between them; they add no weights.",
            _attention_count(lambda p: 4 * p.heads),
        ),
        Mistake(
            "no-output-projection",
            "left out the output projection",
            "W_O is a d * d matrix too: 4 d^2 with W_Q, W_K and W_V.",
            _attention_count(lambda p: 3),
        ),
        Mistake(
            "one-bias",
            "added one bias vector",
            "Each of the four projections has a bias of d numbers: + 4 d.",
            lambda p: (None, 4 * p.d**2 + p.d, None, None),
        ),
        Mistake(
            "one-matrix",
            "counted one matrix of the feed-forward layer",
            "It goes up to d_ff and down again: two matrices of d * d_ff.",
            _ffn_count(1),
        ),
        Mistake(
            "no-gate",
            "left out the gate",
            "SwiGLU has a gate beside up and down: three matrices of d * d_ff.",
            lambda p: _ffn_count(2)(p) if p.gated else None,
        ),
    ),
    mental=_block_mental,
    level="medium",
)


# -- head-dim ------------------------------------------------------------------------------------


class HeadParams(NamedTuple):
    """Width, heads and tokens of a layer, and the bytes of one score."""

    d: int
    heads: int
    tokens: int
    bytes: int


def _head_draw(draw: Draw) -> HeadParams:
    heads = draw.pick((6, 8, 12, 16, 20, 24, 32, 40, 64))
    tokens = draw.pick((128, 256, 512, 1000, 1024, 2048, 4096, 8192, 16384, 32768))
    return HeadParams(heads * draw.pick((32, 64, 64, 80, 96, 128)), heads, tokens, draw.pick((1, 2, 2, 4)))


def _head_mental(draw: Draw) -> HeadParams:
    heads = draw.pick((4, 5, 8, 10, 12, 20))
    return HeadParams(heads * draw.pick((16, 32, 50, 64)), heads, draw.pick((10, 100, 200, 1000)), 2)


def _bytes(count: int) -> str:
    return f"{count} {'byte' if count == 1 else 'bytes'}"


def _head_solve(p: HeadParams) -> Solution:
    memory = p.heads * p.tokens**2 * p.bytes
    size = f"{plain(memory / 2**30)} GiB" if memory >= 2**30 else f"{plain(memory / MIB)} MiB"
    return Solution(
        parts=(
            Part("head width", p.d // p.heads, exact=True),
            Part("bytes", memory, exact=True),
        ),
        steps=(
            f"{p.d} / {p.heads} = {p.d // p.heads}",
            f"scores of one head: {p.tokens:,} * {p.tokens:,} = {p.tokens**2:,}",
            f"{p.heads} heads, {_bytes(p.bytes)} each: {p.heads} * {p.tokens**2:,} * {p.bytes} = {memory:,}",
        ),
        sense=f"That is {size}; twice the tokens take four times the memory.",
    )


HEAD_DIM = Family(
    name="head-dim",
    title="Head width and score memory",
    topic=TOPIC,
    priority=1,
    concept="multi-head-attention",
    example=HeadParams(768, 12, 4096, 2),
    sample=_head_draw,
    prompt=lambda p: (
        f"A multi-head attention layer has width d = {p.d} and {p.heads} heads. How wide is one head? And how"
        f" many bytes do the attention scores of all heads take in this one layer, stored in full for one"
        f" sequence of {p.tokens:,} tokens at {_bytes(p.bytes)} per score?"
        " Whole numbers."
    ),
    formula="head width = d / h;  bytes = h * n^2 * bytes per score",
    solve=_head_solve,
    mistakes=(
        Mistake(
            "full-width",
            "gave every head the full width",
            "The heads share the width: d / h each.",
            lambda p: (p.d, None),
        ),
        Mistake(
            "per-token",
            "counted one score per token",
            "Every token has a score with every token: n^2 of them.",
            lambda p: (None, p.heads * p.tokens * p.bytes),
        ),
        Mistake(
            "one-head",
            "counted one head",
            "Each head has a score matrix of its own.",
            lambda p: (None, p.tokens**2 * p.bytes),
        ),
        Mistake(
            "numbers-for-bytes",
            "counted the scores, not their bytes",
            "Multiply by the bytes of one score.",
            lambda p: (None, p.heads * p.tokens**2),
        ),
        Mistake(
            "times-width",
            "multiplied by the width of the model",
            "A score is one number per pair and head; the head width is summed over.",
            lambda p: (None, p.d * p.tokens**2 * p.bytes),
        ),
    ),
    mental=_head_mental,
    level="medium",
)


# -- embedding-size ------------------------------------------------------------------------------


class EmbeddingParams(NamedTuple):
    """Tokens in the vocabulary, width of a vector, bytes of a number."""

    vocabulary: int
    d: int
    bytes: int


def _embedding_draw(draw: Draw) -> EmbeddingParams:
    vocabulary = draw.pick((1000, 5000, 10_000, 28_996, 30_522, 32_000, 50_257, 65_536, 100_000, 128_256))
    if draw.chance(0.4):
        vocabulary = 1000 * draw.whole(2, 256)
    d = draw.pick((32, 64, 100, 128, 256, 300, 384, 512, 768, 1024, 2048, 4096, 8192))
    return EmbeddingParams(vocabulary, d, draw.pick((1, 2, 2, 4, 4)))


def _embedding_solve(p: EmbeddingParams) -> Solution:
    count = p.vocabulary * p.d
    memory = Part("MiB", count * p.bytes / MIB, relative=0.01)
    return Solution(
        parts=(Part("numbers", count, exact=True), memory),
        steps=(
            f"one vector of {p.d} per token: {p.vocabulary:,} * {p.d} = {count:,}",
            f"bytes: {count:,} * {p.bytes} = {count * p.bytes:,}",
            f"MiB: {count * p.bytes:,} / 1,048,576 = {memory.show()}",
        ),
        sense=f"One token's vector takes {p.d * p.bytes:,} bytes, and there are {p.vocabulary:,} of them.",
    )


_FORMATS = {1: "int8", 2: "fp16", 4: "fp32"}


EMBEDDING_SIZE = Family(
    name="embedding-size",
    title="Embedding table",
    topic=TOPIC,
    priority=0,
    concept="embeddings",
    example=EmbeddingParams(50_257, 768, 4),
    sample=_embedding_draw,
    prompt=lambda p: (
        f"An embedding table holds a vector of {p.d} numbers for each of {p.vocabulary:,} tokens. How many"
        f" parameters is that (a whole number), and how many MiB (2^20 bytes) do they take in"
        f" {_FORMATS.get(p.bytes, f'{p.bytes} bytes each')}? 4 significant digits for the MiB."
    ),
    formula="V * d numbers;  V * d * bytes / 2^20 MiB",
    solve=_embedding_solve,
    mistakes=(
        Mistake(
            "added",
            "added vocabulary and width",
            "Every token has a whole vector: V * d.",
            lambda p: (p.vocabulary + p.d, (p.vocabulary + p.d) * p.bytes / MIB),
        ),
        Mistake(
            "megabytes",
            "gave MB of 10^6 bytes",
            "A MiB has 2^20 = 1,048,576 bytes.",
            lambda p: (None, p.vocabulary * p.d * p.bytes / 10**6),
        ),
        Mistake(
            "no-bytes",
            "counted one byte per number",
            "fp32 takes 4 bytes a number, fp16 takes 2.",
            lambda p: (None, p.vocabulary * p.d / MIB),
        ),
        Mistake(
            "bits",
            "counted bits",
            "8 bits are a byte.",
            lambda p: (None, p.vocabulary * p.d * p.bytes * 8 / MIB),
        ),
    ),
    mental=lambda draw: EmbeddingParams(
        2 ** draw.whole(10, 18), 2 ** draw.whole(5, 12), draw.pick((1, 2, 4))
    ),
    level="easy",
)


# -- cosine --------------------------------------------------------------------------------------


class CosineParams(NamedTuple):
    """Two vectors."""

    a: Vector
    b: Vector


_WHOLE_NORMS: tuple[tuple[Vector, ...], ...] = (
    ((3, 4), (6, 8), (5, 12), (8, 15), (7, 24), (9, 12)),
    ((1, 2, 2), (2, 3, 6), (1, 4, 8), (4, 4, 7), (2, 6, 9), (6, 6, 7), (2, 4, 4)),
    ((1, 1, 1, 1), (1, 2, 2, 4), (1, 1, 3, 5), (2, 2, 4, 5), (1, 1, 1, 1), (1, 3, 3, 9)),
)
"""Vectors whose length is a whole number."""
_SMALL_NORMS: tuple[tuple[Vector, ...], ...] = (
    ((3, 4), (6, 8), (5, 12)),
    ((1, 2, 2), (2, 3, 6), (2, 4, 4)),
    ((1, 1, 1, 1), (1, 2, 2, 4)),
)


def _cosine_from(draw: Draw, lengths: tuple[tuple[Vector, ...], ...]) -> CosineParams:
    vectors = draw.pick(lengths)

    def one() -> Vector:
        chosen = draw.pick(vectors)
        return tuple(v if draw.chance(0.8) else -v for v in draw.several(chosen, len(chosen)))

    while True:
        a, b = one(), one()
        share = dot(a, b) / (_norm(a) * _norm(b))
        if 0 < abs(share) < 0.999:
            return CosineParams(a, b)


def _norm(v: Vector) -> float:
    return sqrt(dot(v, v))


def _norm_line(name: str, v: Vector) -> str:
    squares = " + ".join(f"{bracketed(x)}^2" for x in v)
    return f"|{name}| = sqrt({squares}) = {plain(_norm(v))}"


def _cosine_solve(p: CosineParams) -> Solution:
    a, b = _norm(p.a), _norm(p.b)
    part = Part("", dot(p.a, p.b) / (a * b), digits=3)
    return Solution(
        parts=(part,),
        steps=(
            f"a . b = {products(p.a, p.b)} = {plain(dot(p.a, p.b))}",
            _norm_line("a", p.a),
            _norm_line("b", p.b),
            f"{plain(dot(p.a, p.b))} / ({plain(a)} * {plain(b)}) = {part.show()}",
        ),
        sense="Between -1 and 1, and unchanged when a vector is made longer.",
    )


COSINE = Family(
    name="cosine",
    title="Cosine similarity",
    topic=TOPIC,
    priority=1,
    concept="cosine-similarity",
    example=CosineParams((1, 2, 2), (2, 1, 2)),
    sample=lambda draw: _cosine_from(draw, _WHOLE_NORMS),
    prompt=lambda p: (
        f"How similar are the embeddings a = {listed(p.a)} and b = {listed(p.b)}, as the cosine of the angle"
        " between them? 3 decimals."
    ),
    formula="a . b / (|a| |b|)",
    solve=_cosine_solve,
    mistakes=(
        Mistake(
            "dot",
            "gave the dot product",
            "Divide it by both lengths, |a| and |b|.",
            lambda p: (dot(p.a, p.b),),
        ),
        Mistake(
            "one-length",
            "divided by the length of a only",
            "Divide by both lengths, |a| and |b|.",
            lambda p: (dot(p.a, p.b) / _norm(p.a),),
        ),
        Mistake(
            "other-length",
            "divided by the length of b only",
            "Divide by both lengths, |a| and |b|.",
            lambda p: None if dot(p.a, p.a) == dot(p.b, p.b) else (dot(p.a, p.b) / _norm(p.b),),
        ),
        Mistake(
            "no-root",
            "divided by the squared lengths",
            "A length is the root of the sum of squares.",
            lambda p: (dot(p.a, p.b) / (dot(p.a, p.a) * dot(p.b, p.b)),),
        ),
        Mistake(
            "lengths-added",
            "divided by the sum of the lengths",
            "Multiply the lengths: |a| |b|.",
            lambda p: (dot(p.a, p.b) / (_norm(p.a) + _norm(p.b)),),
        ),
        Mistake(
            "distance",
            "gave the cosine distance",
            "1 - cosine is the distance; the similarity is the cosine itself.",
            lambda p: (1 - dot(p.a, p.b) / (_norm(p.a) * _norm(p.b)),),
        ),
    ),
    mental=lambda draw: _cosine_from(draw, _SMALL_NORMS),
    level="easy",
)


# -- sinusoidal-pe -------------------------------------------------------------------------------


class PositionParams(NamedTuple):
    """A position, counted from 0, and the even number of entries of its encoding."""

    position: int
    d: int


_BASE = 10_000


def _angles(p: PositionParams) -> Vector:
    return tuple(p.position / _BASE ** (2 * i / p.d) for i in range(p.d // 2))


def _alternating(angles: Vector) -> Vector:
    """sin and cos of each angle in turn."""
    return tuple(f(angle) for angle in angles for f in (sin, cos))


def _position_solve(p: PositionParams) -> Solution:
    part = Part("", _alternating(_angles(p)), digits=4)

    def line(i: int, angle: float) -> str:
        scale = plain(_BASE ** (2 * i / p.d))
        pair = Part("", (sin(angle), cos(angle)), digits=4).show()
        return (
            f"i = {i}: {p.position} / 10000^({2 * i}/{p.d}) = {p.position} / {scale} = {plain(angle)}: {pair}"
        )

    return Solution(
        parts=(part,),
        steps=("angle, then its [sin, cos]:", *(line(i, angle) for i, angle in enumerate(_angles(p)))),
        sense="sin^2 + cos^2 = 1 in every pair, and later pairs turn more slowly.",
    )


def _position_wrong(angle: Callable[[PositionParams, int], float]) -> Callable[[PositionParams], Wrong]:
    """The encoding from another angle for pair i."""
    return lambda p: (_alternating(tuple(angle(p, i) for i in range(p.d // 2))),)


SINUSOIDAL_PE = Family(
    name="sinusoidal-pe",
    title="Sinusoidal position",
    topic=TOPIC,
    priority=2,
    concept="positional-encoding",
    example=PositionParams(1, 4),
    sample=lambda draw: PositionParams(draw.whole(1, 10), draw.pick((4, 4, 4, 6, 6, 8))),
    prompt=lambda p: (
        f"Give the sinusoidal position encoding of position {p.position} (counted from 0) with d = {p.d}"
        f" entries, base 10000, sines and cosines alternating, as in the original transformer."
        " 4 decimals each."
    ),
    formula="entry 2i: sin(pos / 10000^(2i/d));  entry 2i + 1: cos of the same angle",
    solve=_position_solve,
    mistakes=(
        Mistake(
            "degrees",
            "took the angles in degrees",
            "The angles are in radians.",
            _position_wrong(lambda p, i: radians(_angles(p)[i])),
        ),
        Mistake(
            "single-i",
            "used i / d as the exponent",
            "The exponent is 2i / d for pair i.",
            _position_wrong(lambda p, i: p.position / _BASE ** (i / p.d)),
        ),
        Mistake(
            "no-division",
            "used the position as the angle of every pair",
            "Pair i turns more slowly by 10000^(2i/d).",
            _position_wrong(lambda p, _: p.position),
        ),
        Mistake(
            "from-one",
            "counted positions from 1",
            "Positions count from 0; position 0 is [0, 1, 0, 1, ...].",
            _position_wrong(lambda p, i: _angles(p._replace(position=p.position + 1))[i]),
        ),
        Mistake(
            "entry-exponent",
            "gave every entry an exponent of its own",
            "A sine and the cosine after it share the angle: 2i / d for both.",
            lambda p: (tuple((cos if j % 2 else sin)(p.position / _BASE ** (j / p.d)) for j in range(p.d)),),
        ),
        Mistake(
            "cosine-first",
            "put the cosines before the sines",
            "Even entries (from 0) are sines, odd ones cosines.",
            lambda p: (tuple(f(angle) for angle in _angles(p) for f in (cos, sin)),),
        ),
        Mistake(
            "halves",
            "put all sines first, then all cosines",
            "Here they alternate: sin, cos, sin, cos.",
            lambda p: (tuple(f(angle) for f in (sin, cos) for angle in _angles(p)),),
        ),
    ),
    level="hard",
    refs=("Vaswani et al. 2017, section 3.5",),
)


# -- vit-patches ---------------------------------------------------------------------------------


class PatchParams(NamedTuple):
    """An image, the side of its patches, its channels, and whether a class token is added."""

    height: int
    width: int
    patch: int
    channels: int
    class_token: bool = True


def _patch_draw(draw: Draw) -> PatchParams:
    patch = draw.pick((4, 8, 14, 16, 16, 32))
    rows = draw.whole(4, 28)
    columns = rows if draw.chance(0.7) else draw.whole(4, 28)
    return PatchParams(
        rows * patch, columns * patch, patch, draw.pick((1, 3, 3, 3, 4, 12)), draw.chance(0.75)
    )


def _patch_mental(draw: Draw) -> PatchParams:
    patch = draw.pick((4, 8, 10, 16))
    rows = draw.whole(3, 10)
    columns = rows if draw.chance(0.6) else draw.whole(3, 10)
    return PatchParams(rows * patch, columns * patch, patch, 3, draw.chance(0.75))


def _patch_solve(p: PatchParams) -> Solution:
    rows, columns, extra = p.height // p.patch, p.width // p.patch, int(p.class_token)
    tokens = rows * columns + extra
    values = p.patch**2 * p.channels
    patches = rows * columns
    return Solution(
        parts=(Part("tokens", tokens, exact=True), Part("numbers per patch", values, exact=True)),
        steps=(
            f"patches: ({p.height}/{p.patch}) * ({p.width}/{p.patch}) = {rows} * {columns} = {patches}",
            f"class token: {patches} + 1 = {tokens}" if extra else "no class token",
            f"one patch: {p.patch} * {p.patch} * {p.channels} = {values}",
        ),
        sense=f"{patches} patches of {values} are all {patches * values:,} numbers of the image.",
    )


def _patch_tokens(count: Callable[[PatchParams], int]) -> Callable[[PatchParams], Wrong]:
    """A wrong number of patches, with the class token added."""
    return lambda p: (count(p) + int(p.class_token), None)


VIT_PATCHES = Family(
    name="vit-patches",
    title="Tokens of a vision transformer",
    topic=TOPIC,
    priority=2,
    concept="vision-transformer",
    example=PatchParams(224, 224, 16, 3),
    sample=_patch_draw,
    prompt=lambda p: (
        f"A vision transformer cuts images of {p.height}×{p.width} with {p.channels}"
        f" {'channel' if p.channels == 1 else 'channels'} into patches of {p.patch}×{p.patch} that do not"
        f" overlap, and uses {'a' if p.class_token else 'no'} class token. How many tokens does the encoder"
        " see, and how many numbers has one flattened patch? Whole numbers."
    ),
    formula="tokens = (H / P)(W / P) + 1 with a class token;  one patch = P * P * C",
    solve=_patch_solve,
    mistakes=(
        Mistake(
            "no-class-token",
            "left out the class token",
            "It is a token of its own: + 1.",
            lambda p: ((p.height // p.patch) * (p.width // p.patch), None) if p.class_token else None,
        ),
        Mistake(
            "class-token",
            "added a class token",
            "There is none here: the tokens are the patches.",
            lambda p: None if p.class_token else ((p.height // p.patch) * (p.width // p.patch) + 1, None),
        ),
        Mistake(
            "one-side",
            "counted the patches along one side",
            "The patches lie in rows and columns: (H / P)(W / P).",
            _patch_tokens(lambda p: p.height // p.patch),
        ),
        Mistake(
            "sides-added",
            "added rows and columns",
            "The patches lie in rows and columns: multiply them.",
            _patch_tokens(lambda p: p.height // p.patch + p.width // p.patch),
        ),
        Mistake(
            "patch-side",
            "divided the image by the side of a patch only once",
            "A patch covers P * P pixels: divide both sides by P.",
            _patch_tokens(lambda p: p.height * p.width // p.patch),
        ),
        Mistake(
            "no-channels",
            "left out the channels",
            "A flattened patch holds all channels: P * P * C.",
            lambda p: (None, p.patch**2),
        ),
        Mistake(
            "one-row",
            "counted one row of the patch",
            "A patch has P rows: P * P * C.",
            lambda p: (None, p.patch * p.channels),
        ),
    ),
    mental=_patch_mental,
    level="easy",
    refs=("Dosovitskiy et al. 2021",),
)

FAMILIES = (
    ATTENTION_WEIGHTS,
    CAUSAL_MASK,
    TRANSFORMER_PARAMS,
    HEAD_DIM,
    EMBEDDING_SIZE,
    COSINE,
    SINUSOIDAL_PE,
    VIT_PATCHES,
)
