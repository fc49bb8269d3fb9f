"""The sizes of a transformer: blocks, heads, embeddings, the tokens of an image."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from interviewprep.checks.draw import Draw
from interviewprep.checks.family import Family, Mistake, Part, Solution, Wrong
from interviewprep.checks.numbers import plain

TOPIC = "attention"
MIB = 2**20


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
    rule=lambda p: "`heads` must divide `d`" if p.d % p.heads else "",
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
    rule=lambda p: "`heads` must divide `d`" if p.d % p.heads else "",
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
    rule=lambda p: "the patch must divide the image" if p.height % p.patch or p.width % p.patch else "",
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


FAMILIES = (TRANSFORMER_PARAMS, HEAD_DIM, EMBEDDING_SIZE, VIT_PATCHES)
