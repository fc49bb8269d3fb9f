"""Finding families, and that one is found without loading the others."""

from __future__ import annotations

import subprocess
import sys

import pytest

from interviewprep.checks import registry
from interviewprep.checks.catalogue import MODULES


def test_the_catalogue_names_every_family() -> None:
    loaded = {module: list(registry._of_module(module)) for module in MODULES}
    assert {module: names.split() for module, names in MODULES.items()} == loaded
    assert sorted(registry.families()) == sorted(name for names in loaded.values() for name in names)


@pytest.mark.parametrize("name", ["softmax", "kfold-sizes", "backprop-tiny"])
def test_one_variant_loads_one_module_of_families(name: str) -> None:
    script = f"""
import sys
from interviewprep.checks.recipe import read_recipe, variant_of
from interviewprep.checks.grade import grade
variant = variant_of(read_recipe({name!r}, {{}}, {{}}, mental=False), 7)
assert grade(variant, variant.answer).outcome == "right"
print(*[m for m in sys.modules if m.startswith("interviewprep.checks.families.")])
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    [module] = done.stdout.split()
    assert name in MODULES[module.rpartition(".")[2]].split()


def test_a_family_that_the_catalogue_lacks_is_found_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "MODULES", {})
    registry._places.cache_clear()
    try:
        assert registry.family("softmax").name == "softmax"
    finally:
        registry._places.cache_clear()


def test_an_unknown_family_is_answered_with_near_ones() -> None:
    with pytest.raises(KeyError, match="there is no family 'sofmax'; near: softmax"):
        registry.family("sofmax")
