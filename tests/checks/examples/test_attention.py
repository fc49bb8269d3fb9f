"""Attention and transformer sizes: the table's examples, and a second computation with NumPy and SciPy."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import special  # type: ignore[import-untyped, unused-ignore]
from support_checks import VARIANTS, asked_first, close, values

from interviewprep.checks.families.attention import (
    ATTENTION_WEIGHTS,
    CAUSAL_MASK,
    AttentionParams,
    CausalParams,
)
from interviewprep.checks.families.embeddings import COSINE, SINUSOIDAL_PE
from interviewprep.checks.families.transformer_sizes import (
    EMBEDDING_SIZE,
    HEAD_DIM,
    TRANSFORMER_PARAMS,
    VIT_PATCHES,
    BlockParams,
    PatchParams,
)
from interviewprep.checks.grade import Outcome, grade
from interviewprep.checks.numbers import flat, rounded
from interviewprep.checks.variants import build, make_variant

RIGHT = (
    ("attention-weights", "scores = [6, 2, 8]; weights = [0.1189, 0.0022, 0.8789]; output = 2.7599"),
    ("causal-mask", "10"),
    ("transformer-params", "1,048,576; 1,050,624; 2,097,152; 3,145,728"),
    ("head-dim", "64; 402,653,184"),
    ("embedding-size", "38,597,376; 147.2373"),
    ("cosine", "0.8889"),
    ("cosine", "8/9"),
    ("sinusoidal-pe", "0.8415, 0.5403, 0.01, 1"),
    ("vit-patches", "197, 768"),
)

WRONG = (
    ("attention-weights", "6 2 8; 0.375 0.125 0.5; 2.125", "scores-as-weights"),
    ("attention-weights", "0.375, 0.125, 0.5", "scores-as-weights"),
    ("attention-weights", "6 2 8; 0 0 1; 3", "argmax"),
    ("attention-weights", "[0, 0, 1]", "argmax"),
    ("causal-mask", "16", "all-pairs"),
    ("causal-mask", "6", "not-itself"),
    ("transformer-params", "8,388,608", "times-heads"),
    ("transformer-params", "8388608 8404992 2097152 10485760", "times-heads"),
    ("transformer-params", "786,432", "no-output-projection"),
    ("transformer-params", "786432 787968 2097152 2883584", "no-output-projection"),
    ("head-dim", "64 98304", "per-token"),
    ("head-dim", "98304", "per-token"),
    ("embedding-size", "51025", "added"),
    ("embedding-size", "51025; 0.1946", "added"),
    ("embedding-size", "38,597,376; 154.3895", "megabytes"),
    ("embedding-size", "154.3895", "megabytes"),
    ("cosine", "8", "dot"),
    ("cosine", "2.6667", "one-length"),
    ("sinusoidal-pe", "0.0175 0.9998 0.0002 1", "degrees"),
    ("vit-patches", "196 768", "no-class-token"),
    ("vit-patches", "196", "no-class-token"),
)


@pytest.mark.parametrize(("name", "text"), RIGHT)
def test_the_tables_answers_are_right(name: str, text: str) -> None:
    assert grade(asked_first(name), text).outcome is Outcome.RIGHT


@pytest.mark.parametrize(("name", "text", "mistake"), WRONG)
def test_the_tables_wrong_answers_are_named(name: str, text: str, mistake: str) -> None:
    verdict = grade(asked_first(name), text)
    assert (verdict.outcome, verdict.mistake) == (Outcome.WRONG, mistake)


def test_examples_ask_with_the_tables_numbers() -> None:
    assert "q = 2, keys [3, 1, 4], their values [1, 2, 3], d_k = 1" in asked_first("attention-weights").prompt
    assert "4 tokens" in asked_first("causal-mask").prompt
    assert "d = 512 with 8 heads" in asked_first("transformer-params").prompt
    assert "inner width 2048" in asked_first("transformer-params").prompt
    assert "d = 768 and 12 heads" in asked_first("head-dim").prompt
    assert "4,096 tokens at 2 bytes" in asked_first("head-dim").prompt
    assert "768 numbers for each of 50,257 tokens" in asked_first("embedding-size").prompt
    assert "fp32" in asked_first("embedding-size").prompt
    assert "a = [1, 2, 2] and b = [2, 1, 2]" in asked_first("cosine").prompt
    assert "position 1 (counted from 0) with d = 4" in asked_first("sinusoidal-pe").prompt
    assert "224×224 with 3 channels into patches of 16×16" in asked_first("vit-patches").prompt


def test_scaling_mistakes_with_vectors_of_length_four() -> None:
    """With d_k = 1 both are right; the audit gives what is right for d_k = 4."""
    params = AttentionParams(values=(1, 2, 3), scores=(6, 2, 8), d_k=4)
    variant = build(ATTENTION_WEIGHTS, params)
    assert grade(variant, "0.2595 0.0351 0.7054 2.4459").outcome is Outcome.RIGHT
    assert grade(variant, "0.1189 0.0022 0.8789 2.7599").mistake == "no-scaling"
    assert grade(variant, "0.1189 0.0022 0.8789").mistake == "no-scaling"
    assert grade(variant, "0.3315 0.122 0.5465 2.2151").mistake == "divided-by-d-k"
    assert grade(variant, "0.3315 0.122 0.5465").mistake == "divided-by-d-k"
    whole = build(
        ATTENTION_WEIGHTS,
        AttentionParams((1, 2, 3), (2, 1, 0, 1), ((2, 1, 5, 1), (1, 0, -3, 0), (3, 1, 0, 1))),
    )
    assert grade(whole, "6 2 8 0.2595 0.0351 0.7054 2.446").outcome is Outcome.RIGHT
    assert {m.id for m in whole.wrong} >= {"no-scaling", "divided-by-d-k"}


def test_a_masked_score_of_zero_is_named() -> None:
    variant = build(CAUSAL_MASK, CausalParams(3, 2, (1, 2, 3)))
    assert grade(variant, "0.2689 0.7311 0").outcome is Outcome.RIGHT
    assert grade(variant, "0.2447 0.6652 0.09").mistake == "masked-zero"
    assert grade(variant, "0.09 0.2447 0.6652").mistake == "no-mask"
    assert grade(variant, "0.09 0.2447 0").mistake == "masked-after"


def test_gated_layers_and_images_without_class_token() -> None:
    gated = build(TRANSFORMER_PARAMS, BlockParams(1024, 2816, 16, gated=True))
    assert grade(gated, "4194304 4198400 8650752 12845056").outcome is Outcome.RIGHT
    assert grade(gated, "4194304 4198400 5767168 9961472").mistake == "no-gate"
    without = build(VIT_PATCHES, PatchParams(224, 224, 16, 3, class_token=False))
    assert grade(without, "196 768").outcome is Outcome.RIGHT
    assert grade(without, "197 768").mistake == "class-token"


# -- a second computation --------------------------------------------------------------------------


def test_attention_agrees_with_matrix_algebra_and_adds_up_as_shown() -> None:
    for seed in VARIANTS:
        variant = make_variant(ATTENTION_WEIGHTS, seed)
        p = variant.params
        scores = np.array(p.scores) if p.scores else np.array(p.keys) @ np.array(p.q)
        weights = special.softmax(scores * (p.d_k or len(p.q)) ** -0.5)
        shown = [*weights, weights @ np.array(p.values)]
        close(values(variant), shown if p.scores else [*scores, *shown])
        asked = variant.parts[0 if p.scores else 1].value
        assert sum(rounded(w, 3) for w in flat(asked)) == 1


def test_causal_mask_agrees_with_a_triangle_and_a_masked_softmax() -> None:
    for seed in VARIANTS:
        for is_mental in (False, True):
            variant = make_variant(CAUSAL_MASK, seed, mental=is_mental)
            p = variant.params
            if p.scores:
                masked = np.where(np.arange(p.tokens) < p.position, p.scores, -np.inf)
                close(values(variant), special.softmax(masked))
                assert sum(rounded(w, 3) for w in values(variant)) == 1
            else:
                close(values(variant), [np.arange(1, p.tokens + 1).sum()])


def test_transformer_parameters_agree_with_the_sizes_of_arrays() -> None:
    for seed in VARIANTS:
        variant = make_variant(TRANSFORMER_PARAMS, seed)
        p = variant.params
        matrices = [(p.d, p.d_ff), (p.d_ff, p.d)] + ([(p.d, p.d_ff)] if p.gated else [])
        attention = sum(int(np.prod(shape)) for shape in [(p.d, 3 * p.d), (p.d, p.d)])
        biases = 3 * p.d + p.d
        feed_forward = sum(int(np.prod(shape)) for shape in matrices)
        close(values(variant), [attention, attention + biases, feed_forward, attention + feed_forward])


def test_head_width_and_score_memory_agree_with_an_arrays_size() -> None:
    for seed in VARIANTS:
        variant = make_variant(HEAD_DIM, seed)
        p = variant.params
        kind = {1: np.int8, 2: np.float16, 4: np.float32}[p.bytes]
        scores = np.broadcast_to(np.zeros((), kind), (p.heads, p.tokens, p.tokens))
        assert values(variant) == [len(range(0, p.d, p.heads)), scores.nbytes]


def test_embedding_table_agrees_with_an_arrays_size() -> None:
    for seed in VARIANTS:
        variant = make_variant(EMBEDDING_SIZE, seed)
        p = variant.params
        kind = {1: np.int8, 2: np.float16, 4: np.float32}[p.bytes]
        table = np.broadcast_to(np.zeros((), kind), (p.vocabulary, p.d))
        close(values(variant), [table.size, table.nbytes / 1024 / 1024])


def test_cosine_agrees_with_scipy() -> None:
    for seed in VARIANTS:
        for is_mental in (False, True):
            variant = make_variant(COSINE, seed, mental=is_mental)
            a, b = (np.array(v, float) for v in variant.params)
            close(values(variant), [a / np.linalg.norm(a) @ (b / np.linalg.norm(b))])


def test_position_encoding_agrees_with_complex_turns() -> None:
    for seed in VARIANTS:
        variant = make_variant(SINUSOIDAL_PE, seed)
        p = variant.params
        frequencies = np.exp(-np.log(10_000) * np.arange(0, p.d, 2) / p.d)
        turns = np.exp(1j * p.position * frequencies)
        close(values(variant), np.stack([turns.imag, turns.real], axis=1).ravel())


def test_patches_agree_with_a_cut_image() -> None:
    for seed in VARIANTS:
        variant = make_variant(VIT_PATCHES, seed)
        p = variant.params
        image = np.broadcast_to(np.zeros(()), (p.height, p.width, p.channels))
        first = image[: p.patch, : p.patch]
        close(values(variant), [image.size / first.size + (1 if p.class_token else 0), first.size])
