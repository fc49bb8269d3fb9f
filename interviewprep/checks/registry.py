"""Finding a family by its name or topic."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

from interviewprep.checks import families as topics
from interviewprep.checks.family import Family

AnyFamily = Family[Any]
"""A family of whatever parameters; only `variants.make_variant` looks inside."""


@cache
def families() -> Mapping[str, AnyFamily]:
    """All families by name, topic by topic."""
    found: dict[str, AnyFamily] = {}
    for _, topic, _ in iter_modules(topics.__path__):
        module = import_module(f"{topics.__name__}.{topic}")
        for family in module.FAMILIES:
            if family.name in found:
                raise ValueError(f"two families are named {family.name}")
            found[family.name] = family
    return found


def family(name: str) -> AnyFamily:
    """The family with this name. Raises KeyError with the nearest names in its message."""
    known = families()
    if name not in known:
        near = get_close_matches(name, known, n=3)
        raise KeyError(f"there is no family {name!r}" + (f"; near: {', '.join(near)}" if near else ""))
    return known[name]
