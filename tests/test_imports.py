"""What a fresh interpreter loads: start-up stays fast only if heavy libraries stay out."""

from __future__ import annotations

import subprocess
import sys

import pytest


def loaded(code: str) -> set[str]:
    """Top-level modules loaded after running code in a new interpreter."""
    script = f"{code}\nimport sys\nprint('\\n'.join(sorted({{m.partition('.')[0] for m in sys.modules}})))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


@pytest.mark.parametrize("arguments", [["--version"], ["--help"], ["drill", "--help"], ["keys"]])
def test_help_loads_no_heavy_library(arguments: list[str]) -> None:
    found = loaded(f"from interviewprep.cli.run import run\nrun({arguments!r}, {{}})")
    assert found.isdisjoint({"textual", "rich", "sqlmodel", "sqlalchemy", "pydantic", "yaml", "fsrs"})


@pytest.mark.parametrize(
    "module",
    [
        "interviewprep.cards.heads",
        "interviewprep.store.index",
        "interviewprep.store.fast",
        "interviewprep.memory.queue",
        "interviewprep.study.drill",
        "interviewprep.study.overview",
    ],
)
def test_the_way_to_the_first_question_is_light(module: str) -> None:
    found = loaded(f"import {module}")
    assert found.isdisjoint({"sqlmodel", "sqlalchemy", "pydantic", "yaml", "fsrs", "textual", "rapidfuzz"})


@pytest.mark.parametrize("module", ["interviewprep.cards.model", "interviewprep.cards.lint"])
def test_cards_know_no_database(module: str) -> None:
    assert loaded(f"import {module}").isdisjoint({"sqlmodel", "sqlalchemy", "textual"})


def test_checks_need_the_standard_library_alone() -> None:
    found = loaded("from interviewprep.checks import grade, registry\nregistry.families()")
    third_party = found - set(sys.stdlib_module_names) - {"interviewprep"}
    assert {m for m in third_party if not m.startswith(("_", "sitecustomize"))} == set()
