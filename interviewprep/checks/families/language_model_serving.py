"""Decoding: which tokens are sampled, and how many are drafted."""

from __future__ import annotations

from typing import NamedTuple

from interviewprep.checks.draw import Draw
from interviewprep.checks.family import Family, Mistake, Part, Picture, Solution, Wrong
from interviewprep.checks.formulas import adds_up, beyond, softmax, unlike_shares
from interviewprep.checks.numbers import Vector, decimal_of, listed, plain, show
from interviewprep.checks.wording import counted

TOPIC = "language-models"


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
    rule=lambda p: unlike_shares(probabilities=p.probabilities),
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
    rule=lambda p: beyond(0, 1, acceptance=p.acceptance),
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


FAMILIES = (SAMPLING_SET, SPECULATIVE)
