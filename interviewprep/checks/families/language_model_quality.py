"""How good a language model and its retrieval are."""

from __future__ import annotations

from collections.abc import Sequence
from math import exp, log, log2, prod
from typing import NamedTuple

from interviewprep.checks.draw import Draw
from interviewprep.checks.family import Family, Mistake, Part, Solution, Wrong
from interviewprep.checks.formulas import beyond
from interviewprep.checks.numbers import Vector, listed, plain, show
from interviewprep.checks.wording import counted

TOPIC = "language-models"


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
    rule=lambda p: beyond(0, 1, probabilities=p.probabilities),
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


FAMILIES = (PERPLEXITY, RETRIEVAL_METRICS)
