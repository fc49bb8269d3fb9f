"""What the tests of all topics of checks share: examples by name, variants to compute again, closeness."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from interviewprep.checks.family import Family, P
from interviewprep.checks.numbers import flat
from interviewprep.checks.registry import families
from interviewprep.checks.variants import AnyVariant, Variant, build, make_variant

VARIANTS = range(1, 301)
"""Seeds of the variants that are computed a second time."""


def asked_first(name: str) -> AnyVariant:
    """A family's example."""
    found: AnyVariant = build(families()[name], families()[name].example)
    return found


def drawn(family: Family[P]) -> Iterator[Variant[P]]:
    """300 random variants."""
    return (make_variant(family, seed) for seed in VARIANTS)


def drawn_with_mental(family: Family[P]) -> Iterator[Variant[P]]:
    """300 random variants, and 300 for the head where there are such."""
    for is_mental in (False, True)[: 2 if family.mental else 1]:
        for seed in VARIANTS:
            yield make_variant(family, seed, mental=is_mental)


def values(variant: Variant[P]) -> list[float]:
    """All numbers asked for."""
    return [number for part in variant.parts for number in flat(part.value)]


def close(found: object, expected: object) -> None:
    """Assert agreement to 1e-9 relative."""
    np.testing.assert_allclose(np.asarray(found, float), np.asarray(expected, float), rtol=1e-9, atol=1e-13)


def agree(variant: Variant[P], *expected: float) -> bool:
    """Whether the numbers asked for agree to 1e-9 relative."""
    return np.allclose(values(variant), expected, rtol=1e-9, atol=1e-14)
