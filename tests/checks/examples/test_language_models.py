"""Arithmetic of language models: the table's examples, and a second computation by other ways."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from scipy import special, stats  # type: ignore[import-untyped, unused-ignore]
from sklearn import metrics  # type: ignore[import-untyped, unused-ignore]
from support_checks import VARIANTS, asked_first, close, values

from interviewprep.checks.families.language_model_memory import (
    INT8_QUANT,
    KV_CACHE,
    LORA_PARAMS,
    MODEL_MEMORY,
    QuantParams,
)
from interviewprep.checks.families.language_model_preferences import (
    DPO_LOSS,
    GRPO_ADVANTAGE,
    PreferenceParams,
)
from interviewprep.checks.families.language_model_quality import (
    PERPLEXITY,
    RETRIEVAL_METRICS,
    RetrievalParams,
)
from interviewprep.checks.families.language_model_serving import SAMPLING_SET, SPECULATIVE, SamplingParams
from interviewprep.checks.families.language_model_training import (
    CHINCHILLA,
    MOE_ACTIVE,
    TRAIN_FLOPS,
    OptimalParams,
    TrainingParams,
)
from interviewprep.checks.grade import Outcome, grade
from interviewprep.checks.numbers import flat, rounded
from interviewprep.checks.registry import families
from interviewprep.checks.variants import build, make_variant

RIGHT = (
    ("kv-cache", "327,680; 1.25"),
    ("model-memory", "14, 3.5, 112"),
    ("lora-params", "65,536; 0.3906"),
    ("lora-params", "65536 0.39"),
    ("train-flops", "8.4e+22, 2430.5556"),
    ("chinchilla", "1.4e+11"),
    ("moe-active", "14, 5"),
    ("int8-quant", "0.00945, [53, -127, 3], [0.5008, -1.2, 0.0283]"),
    ("sampling-set", "3, [0.5882, 0.2353, 0.1765]"),
    ("perplexity", "4"),
    ("retrieval-metrics", "0.4, 0.6667, 1, 0.7039"),
    ("dpo-loss", "0.5981"),
    ("grpo-advantage", "[1, -1, -1, 1]"),
    ("speculative", "3.3616"),
)

WRONG = (
    ("kv-cache", "2,621,440", "query-heads"),
    ("kv-cache", "2621440 10", "query-heads"),
    ("kv-cache", "163840", "keys-only"),
    ("kv-cache", "163840 0.625", "keys-only"),
    ("model-memory", "112 28 112", "bits-as-bytes"),
    ("model-memory", "112 3.5 112", "bits-as-bytes"),
    ("model-memory", "14 3.5 14", "weights-only"),
    ("lora-params", "134,217,728", "rank-times-matrix"),
    ("lora-params", "134217728 800", "rank-times-matrix"),
    ("lora-params", "32768", "only-a"),
    ("lora-params", "32768 0.195", "only-a"),
    ("train-flops", "2.8e+22, 810.19", "forward-only"),
    ("train-flops", "2.8e+22", "forward-only"),
    ("moe-active", "14 14", "all-active"),
    ("moe-active", "14", "all-active"),
    ("moe-active", "5 5", "memory-from-active"),
    ("moe-active", "5", "memory-from-active"),
    ("moe-active", "5 14", "memory-from-active"),
    ("int8-quant", "0.0047 106 -127 6 0.4988 -0.5976 0.0282", "all-levels"),
    ("int8-quant", "0.0047", "all-levels"),
    ("int8-quant", "0.0047 53 -127 3 0.5008 -1.2 0.0283", "all-levels"),
    ("int8-quant", "0.0039 127 -127 8 0.5 -0.5 0.0315", "no-abs"),
    ("int8-quant", "0.0039 53 -127 3 0.5008 -1.2 0.0283", "no-abs"),
    ("sampling-set", "2", "stopped-before"),
    ("sampling-set", "2 0.7143 0.2857", "stopped-before"),
    ("sampling-set", "3 0.5 0.2 0.15", "not-renormalised"),
    ("sampling-set", "0.5 0.2 0.15", "not-renormalised"),
    ("perplexity", "3.5556", "mean-probability"),
    ("perplexity", "256", "no-mean"),
    ("retrieval-metrics", "0.4 0.4 1 0.7039", "recall-over-k"),
    ("retrieval-metrics", "0.4", "recall-over-k"),
    ("retrieval-metrics", "0.4 0.6667 1 0.9197", "ideal-of-found"),
    ("retrieval-metrics", "0.9197", "ideal-of-found"),
    ("dpo-loss", "0.1269", "no-beta"),
    ("dpo-loss", "0.7981", "sign"),
    ("grpo-advantage", "0.866, -0.866, -0.866, 0.866", "sample-std"),
    ("grpo-advantage", "0.5 -0.5 -0.5 0.5", "no-division"),
    ("speculative", "3.2", "product"),
    ("speculative", "2.3616", "no-free-token"),
)


@pytest.mark.parametrize(("name", "text"), RIGHT)
def test_the_tables_answers_are_right(name: str, text: str) -> None:
    assert grade(asked_first(name), text).outcome is Outcome.RIGHT


@pytest.mark.parametrize(("name", "text", "mistake"), WRONG)
def test_the_tables_wrong_answers_are_named(name: str, text: str, mistake: str) -> None:
    verdict = grade(asked_first(name), text)
    assert (verdict.outcome, verdict.mistake) == (Outcome.WRONG, mistake)


def test_examples_ask_with_the_tables_numbers() -> None:
    shown = {
        "kv-cache": ("80 layers, 64 query heads and 8 KV heads", "width 128", "2 bytes", "4,096 tokens"),
        "model-memory": ("7 billion", "fp16", "int4"),
        "lora-params": ("4096×4096", "rank 8"),
        "train-flops": ("7 billion parameters", "2 trillion tokens", "400 TFLOP/s"),
        "chinchilla": ("7 billion parameters",),
        "moe-active": ("2 billion", "8 experts of 1.5 billion", "picks 2"),
        "int8-quant": ("[0.5, -1.2, 0.03]", "-127 to 127"),
        "sampling-set": ("[0.5, 0.2, 0.15, 0.1, 0.05]", "p = 0.8"),
        "perplexity": ("[0.5, 0.25, 0.125, 0.25]",),
        "retrieval-metrics": ("[1, 0, 1, 0, 0]", "3 relevant", "k = 5"),
        "dpo-loss": ("is 2 larger", "beta = 0.1"),
        "grpo-advantage": ("[1, 0, 0, 1]", "population"),
        "speculative": ("drafts 4 tokens", "0.8"),
    }
    assert set(shown) == {name for name, one in families().items() if one.topic == "language-models"}
    for name, texts in shown.items():
        assert all(text in asked_first(name).prompt for text in texts), name


def test_the_peak_taken_for_the_achieved_speed_is_named() -> None:
    variant = build(TRAIN_FLOPS, TrainingParams(7, 2, 1000, devices=1, utilisation=0.4))
    assert grade(variant, "8.4e22 2430").outcome is Outcome.RIGHT
    assert grade(variant, "8.4e22 972").mistake == "peak"


def test_chinchilla_from_tokens_and_from_compute() -> None:
    tokens = build(CHINCHILLA, OptimalParams(1400, "tokens"))
    assert grade(tokens, "7e10").outcome is Outcome.RIGHT
    assert grade(tokens, "2.8e13").mistake == "upside-down"
    compute = build(CHINCHILLA, OptimalParams(1.2e22, "flops"))
    assert grade(compute, "1e10").outcome is Outcome.RIGHT
    assert grade(compute, "4.47e10").mistake == "one-to-one"
    first = asked_first("chinchilla")
    assert grade(first, "3.5e8").mistake == "upside-down"
    assert grade(first, "2.8e11").mistake == "bytes"


def test_ties_are_rounded_away_from_zero_on_the_exact_value() -> None:
    """In floating point 0.88 * 127 / 1.76 falls just below 63.5."""
    variant = build(INT8_QUANT, QuantParams((0.88, -1.76, -0.88)))
    assert variant.parts[1].value == (64, -127, -64)


def test_no_variant_has_a_number_between_two_codes() -> None:
    for seed in VARIANTS:
        x = [Fraction(str(v)) for v in make_variant(INT8_QUANT, seed).params.x]
        top = max(abs(v) for v in x)
        assert all((v * 127 / top) % 1 != Fraction(1, 2) for v in x)


def test_top_k_and_a_set_that_reaches_p_exactly() -> None:
    top_k = build(SAMPLING_SET, SamplingParams((0.4, 0.35, 0.15, 0.1), top_k=2))
    assert grade(top_k, "0.5333 0.4667").outcome is Outcome.RIGHT
    assert grade(top_k, "0.4 0.35").mistake == "not-renormalised"
    reached = build(SAMPLING_SET, SamplingParams((0.4, 0.3, 0.1, 0.1, 0.1), top_p=0.8))
    assert grade(reached, "3 0.5 0.375 0.125").outcome is Outcome.RIGHT
    assert grade(reached, "4").mistake == "one-too-many"


def test_results_below_the_cut_do_not_count() -> None:
    variant = build(RETRIEVAL_METRICS, RetrievalParams((0, 1, 0, 1, 1), 4, 3))
    assert grade(variant, "0.3333 0.25 0.5 0.2961").outcome is Outcome.RIGHT
    assert grade(variant, "1 0.75 0.5 0.681").mistake == "beyond-k"
    assert grade(variant, "0.3333 0.25 2 0.2961").mistake == "rank-itself"


def test_preferences_from_four_log_probabilities() -> None:
    params = PreferenceParams(0.1, policy=(-10, -15), reference=(-11, -14))
    variant = build(DPO_LOSS, params)
    assert grade(variant, "0.5981").outcome is Outcome.RIGHT
    assert grade(variant, "0.4741").mistake == "no-reference"


def test_huge_log_ratios_overflow_nowhere() -> None:
    assert build(DPO_LOSS, PreferenceParams(1, -5000)).answer == "5,000.0000"
    assert build(DPO_LOSS, PreferenceParams(1, 5000)).answer == "0.0000"


# -- a second computation --------------------------------------------------------------------------


def test_kv_cache_agrees_with_an_arrays_size() -> None:
    for seed in VARIANTS:
        variant = make_variant(KV_CACHE, seed)
        p = variant.params
        assert p.query_heads % p.kv_heads == 0
        kind = {1: np.int8, 2: np.float16, 4: np.float32}[p.bytes]
        one = np.broadcast_to(np.zeros((), kind), (p.layers, 2, p.kv_heads, p.head_dim))
        everything = np.broadcast_to(one, (p.batch, p.tokens, *one.shape))
        close(values(variant), [one.nbytes, everything.nbytes / 1024**3])


def test_model_memory_agrees_with_a_sum_over_states() -> None:
    for seed in VARIANTS:
        for is_mental in (False, True):
            variant = make_variant(MODEL_MEMORY, seed, mental=is_mental)
            p = variant.params
            bits = np.array([p.bits, p.fewer_bits, 16 + 16 + 32 + 32 + 32])
            close(values(variant), p.billions * 1e9 * bits / 8 / 1e9)


def test_lora_agrees_with_the_shapes_of_its_factors() -> None:
    for seed in VARIANTS:
        for is_mental in (False, True):
            variant = make_variant(LORA_PARAMS, seed, mental=is_mental)
            p = variant.params
            a, b = np.empty((p.rank, p.d_in)), np.empty((p.d_out, p.rank))
            trained = p.matrices * (a.size + b.size)
            full = p.matrices * b.shape[0] * a.shape[1]
            close(values(variant), [trained, trained / full * 100])


def test_training_compute_agrees_with_exact_fractions() -> None:
    for seed in VARIANTS:
        variant = make_variant(TRAIN_FLOPS, seed)
        p = variant.params
        billions, trillions, speed = (Fraction(str(v)) for v in (p.billions, p.trillions, p.teraflops))
        share = Fraction(str(p.utilisation)) if p.utilisation else Fraction(1)
        per_token = 2 * billions * 10**9 + 4 * billions * 10**9
        flops = per_token * trillions * 10**12
        days = flops / (speed * 10**12 * p.devices * share) / 24 / 3600
        close(values(variant), [float(flops), float(days)])


def test_compute_optimal_sizes_agree_with_their_inverse() -> None:
    for seed in VARIANTS:
        for is_mental in (False, True):
            variant = make_variant(CHINCHILLA, seed, mental=is_mental)
            p = variant.params
            (found,) = values(variant)
            if p.given == "flops":
                close(6 * found * (20 * found), p.amount)
            else:
                ratio = {"parameters": found / (p.amount * 1e9), "tokens": p.amount * 1e9 / found}[p.given]
                close(ratio, 20)


def test_mixture_agrees_with_a_mask_over_experts() -> None:
    for seed in VARIANTS:
        for is_mental in (False, True):
            variant = make_variant(MOE_ACTIVE, seed, mental=is_mental)
            p = variant.params
            assert p.top_k < p.experts
            experts = np.full(p.experts, p.per_expert)
            routed = np.arange(p.experts) < p.top_k
            close(values(variant), [p.shared + experts.sum(), p.shared + experts[routed].sum()])


def test_quantisation_agrees_with_numpy() -> None:
    for seed in VARIANTS:
        for is_mental in (False, True):
            variant = make_variant(INT8_QUANT, seed, mental=is_mental)
            x = np.array(variant.params.x)
            scale = np.linalg.norm(x, np.inf) / 127
            codes = np.clip(np.rint(x / scale), -127, 127)
            close(values(variant), [scale, *codes, *(codes * scale)])


def test_sampling_sets_agree_with_a_search_in_cumulative_sums() -> None:
    for seed in VARIANTS:
        for is_mental in (False, True):
            variant = make_variant(SAMPLING_SET, seed, mental=is_mental)
            p = variant.params
            shares = np.array(p.probabilities)
            assert np.isclose(shares.sum(), 1)
            assert np.all(np.diff(shares) < 0)
            count = p.top_k or int(np.searchsorted(np.cumsum(shares), p.top_p - 1e-9)) + 1
            kept = np.where(np.arange(len(shares)) < count, shares, 0)
            expected = list((kept / kept.sum())[:count])
            close(values(variant), expected if p.top_k else [count, *expected])
            assert is_mental or sum(rounded(s, 4) for s in flat(variant.parts[-1].value)) == 1


def test_perplexity_agrees_with_the_geometric_mean() -> None:
    for seed in VARIANTS:
        for is_mental in (False, True):
            variant = make_variant(PERPLEXITY, seed, mental=is_mental)
            close(values(variant), [1 / stats.gmean(variant.params.probabilities)])


def test_retrieval_metrics_agree_with_scikit_learn() -> None:
    for seed in VARIANTS:
        variant = make_variant(RETRIEVAL_METRICS, seed)
        p = variant.params
        missing = p.relevant - int(sum(p.relevance))
        assert missing >= 0
        truth = np.array([*p.relevance, *[0] * p.k, *[1] * missing], float)
        ranking = -np.arange(len(truth), dtype=float)
        top = np.argsort(-ranking)[: p.k]
        first = int(np.flatnonzero(truth[top])[0]) + 1
        expected = [
            truth[top].mean(),
            truth[top].sum() / truth.sum(),
            1 / first,
            metrics.ndcg_score([truth], [ranking], k=p.k),
        ]
        close(values(variant), expected)


def test_dpo_loss_agrees_with_scipy() -> None:
    for seed in VARIANTS:
        variant = make_variant(DPO_LOSS, seed)
        p = variant.params
        ratios = np.subtract(p.policy, p.reference) if p.policy else np.array([p.delta, 0])
        close(values(variant), [-special.log_expit(p.beta * (ratios[0] - ratios[1]))])


def test_group_advantages_agree_with_scipy() -> None:
    for seed in VARIANTS:
        for is_mental in (False, True):
            variant = make_variant(GRPO_ADVANTAGE, seed, mental=is_mental)
            close(values(variant), stats.zscore(np.array(variant.params.rewards, float)))


def test_speculative_decoding_agrees_with_the_expectation_over_lengths() -> None:
    for seed in VARIANTS:
        for is_mental in (False, True):
            variant = make_variant(SPECULATIVE, seed, mental=is_mental)
            a, draft = variant.params
            accepted = np.arange(draft + 1)
            chances = np.where(accepted < draft, a**accepted * (1 - a), a**draft)
            close(values(variant), [np.sum(chances * (accepted + 1))])
