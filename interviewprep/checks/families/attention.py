"""Attention weights of one query, whole and masked."""

from __future__ import annotations

from collections.abc import Callable
from math import sqrt
from typing import NamedTuple

from interviewprep.checks.draw import Draw
from interviewprep.checks.family import Family, Mistake, Part, Picture, Solution, Wrong
from interviewprep.checks.formulas import adds_up, dot, softmax
from interviewprep.checks.numbers import Matrix, Vector, listed, plain, tabled
from interviewprep.checks.wording import powers_lines, products, tamed

TOPIC = "attention"


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
    rule=lambda p: "`position` must be one of the tokens" if p.scores and p.position > p.tokens else "",
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


FAMILIES = (ATTENTION_WEIGHTS, CAUSAL_MASK)
