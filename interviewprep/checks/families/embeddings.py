"""Embedding vectors: how alike they are, and the codes of positions."""

from __future__ import annotations

from collections.abc import Callable
from math import cos, radians, sin, sqrt
from typing import NamedTuple

from interviewprep.checks.draw import Draw
from interviewprep.checks.family import Family, Mistake, Part, Solution, Wrong
from interviewprep.checks.formulas import dot
from interviewprep.checks.numbers import Vector, listed, plain
from interviewprep.checks.wording import bracketed, products

TOPIC = "attention"


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


FAMILIES = (COSINE, SINUSOIDAL_PE)
