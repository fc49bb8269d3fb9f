"""Runs commands in this process, over the small library."""

from __future__ import annotations

import io
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from support import Run, World


@pytest.fixture
def run(world: World, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """`run("due", "--json", typed="...")`, with INTERVIEWPREP_HOME at the small library."""
    from support import Ran

    from interviewprep import settings
    from interviewprep.cli.run import run as run_command

    monkeypatch.setenv("INTERVIEWPREP_HOME", str(world.home))
    monkeypatch.setattr(settings, "shipped_decks", lambda: world.home / "shipped")

    def go(*arguments: str, typed: str = "") -> Ran:
        monkeypatch.setattr(sys, "stdin", io.StringIO(typed))
        code = run_command(arguments, {})
        captured = capsys.readouterr()
        assert "Traceback" not in captured.err
        return Ran(code, captured.out, captured.err)

    return go
