"""Finding a family by its name without loading the others."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from typing import Any, TypeAlias

from interviewprep.checks.catalogue import MODULES
from interviewprep.checks.family import Family

AnyFamily: TypeAlias = Family[Any]
"""A family of whatever parameters; only `variants.make_variant` looks inside."""
_FAMILIES = f"{__package__}.families"


@cache
def families() -> Mapping[str, AnyFamily]:
    """All families by name, in the catalogue's order; loads every module of families."""
    from pkgutil import iter_modules

    present = [module for _, module, _ in iter_modules(import_module(_FAMILIES).__path__)]
    found: dict[str, AnyFamily] = {}
    for module in dict.fromkeys((*MODULES, *present)):
        for name, one in _of_module(module).items():
            if name in found:
                raise ValueError(f"two families are named {name}")
            found[name] = one
    return found


def family(name: str) -> AnyFamily:
    """The family with this name; loads its module alone.

    Raises KeyError with the nearest names in its message.
    """
    found = _of_module(_places()[name]).get(name) if name in _places() else None
    if found is not None:
        return found
    known = families()
    if name not in known:
        from difflib import get_close_matches

        near = get_close_matches(name, known, n=3)
        raise KeyError(f"there is no family {name!r}" + (f"; near: {', '.join(near)}" if near else ""))
    return known[name]


@cache
def _places() -> Mapping[str, str]:
    """Name -> module."""
    return {name: module for module, names in MODULES.items() for name in names.split()}


@cache
def _of_module(module: str) -> Mapping[str, AnyFamily]:
    loaded = import_module(f"{_FAMILIES}.{module}")
    return {one.name: one for one in loaded.FAMILIES}
