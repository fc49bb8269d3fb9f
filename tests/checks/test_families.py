"""What holds for every family: seeds, prompts, separation, and that every named mistake is recognised."""

from __future__ import annotations

import re

import pytest

from interviewprep.checks.draw import Draw
from interviewprep.checks.family import Part
from interviewprep.checks.grade import Outcome, grade
from interviewprep.checks.numbers import Value, flat, shape_of
from interviewprep.checks.registry import AnyFamily, families
from interviewprep.checks.variants import (
    Variant,
    answer_line,
    is_separated,
    is_trivial,
    make_variant,
    seed_for,
)

VARIANTS = 1000
ROUNDING = re.compile(
    r"decimal|whole number|integer|significant|exact|bytes?\b|rounded|percent|how many|count", re.IGNORECASE
)


def typed(part: Part, value: Value) -> str:
    """A value as exactly as a careful person types it, matrices by rows."""
    if len(shape_of(value)) == 2 and isinstance(value, tuple):
        return "; ".join(" ".join(typed(part, x) for x in flat(row)) for row in value)
    digits = max(part.digits, 0) + 2
    return " ".join(
        repr(x) if part.relative or isinstance(x, int) else f"{x:.{digits}f}" for x in flat(value)
    )


def line(parts: tuple[Part, ...], values: tuple[Value, ...]) -> str:
    return "; ".join(typed(p, v) for p, v in zip(parts, values, strict=True))


@pytest.fixture(params=list(families()))
def family(request: pytest.FixtureRequest) -> AnyFamily:
    return families()[request.param]


def test_the_example_is_asked_first(family: AnyFamily) -> None:
    variant = make_variant(family, seed_for("any#card", 0))
    assert variant.params == family.example
    assert grade(variant, answer_line(variant.parts)).outcome is Outcome.RIGHT
    if family.example_is_separable:
        assert variant.wrong
        assert is_separated(variant)


def test_a_thousand_variants(family: AnyFamily) -> None:
    before = None
    for seed in range(1, VARIANTS + 1):
        variant = make_variant(family, seed, not_like=before)
        check(variant)
        assert before is None or variant.params != before.params
        before = variant


def check(variant: Variant[tuple[object, ...]]) -> None:
    where = (variant.family.name, variant.seed, variant.params)
    assert variant.wrong, where
    assert not is_trivial(variant), where
    assert is_separated(variant), where
    assert ROUNDING.search(variant.prompt), where
    assert variant.steps[-1] == "answer: " + variant.answer, where
    assert variant.solution.sense, where
    right = tuple(p.value for p in variant.parts)
    assert grade(variant, line(variant.parts, right)).outcome is Outcome.RIGHT, where
    assert grade(variant, variant.answer).outcome is Outcome.RIGHT, (*where, variant.answer)
    for mistake in variant.wrong:
        verdict = grade(variant, line(variant.parts, mistake.values))
        if [shape_of(v) for v in mistake.values] != [shape_of(v) for v in right]:
            lone = typed(variant.parts[mistake.part], mistake.values[mistake.part])
            verdict = grade(variant, lone)
        assert (verdict.outcome, verdict.mistake) == (Outcome.WRONG, mistake.id), (*where, mistake.id)


def test_what_is_drawn_keeps_to_the_familys_rule(family: AnyFamily) -> None:
    if family.rule is None:
        pytest.skip("has none")
    drawn = [sample(Draw(f"{n}")) for sample in (family.sample, family.mental) if sample for n in range(200)]
    assert {family.rule(params) for params in (family.example, *drawn)} == {""}


def test_the_same_seed_gives_the_same_variant(family: AnyFamily) -> None:
    for seed in (1, 77, 4242):
        assert make_variant(family, seed).params == make_variant(family, seed).params


def test_numbers_for_the_head(family: AnyFamily) -> None:
    if family.mental is None:
        pytest.skip("has none")
    for seed in range(1, 101):
        check(make_variant(family, seed, mental=True))


def test_texts_fit_the_screen(family: AnyFamily) -> None:
    for seed in range(60):
        variant = make_variant(family, seed)
        assert all(len(step) <= 76 for step in variant.steps[:-1]), (family.name, seed, variant.steps)
    assert family.title
    assert all(m.cure and m.name for m in family.mistakes)
    assert len({m.id for m in family.mistakes}) == len(family.mistakes)
