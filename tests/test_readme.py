"""The README tells the truth where a program can tell."""

from __future__ import annotations

import re
from pathlib import Path

from interviewprep.cli.main import COMMANDS
from interviewprep.tui.keys import markdown_table

README = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")


def test_the_keys_table_is_the_one_the_program_has() -> None:
    found = re.search(r"<!-- keys:[^\n]*-->\n(.*?)<!-- /keys -->", README, re.DOTALL)
    assert found is not None
    assert found.group(1) == markdown_table()


def test_every_command_is_named() -> None:
    missing = [name for name in COMMANDS if f"`{name}" not in README]
    assert missing == []


def test_pictures_and_links_lead_somewhere() -> None:
    root = Path(__file__).parents[1]
    for target in re.findall(r"\]\((?!http)([^)#]+)\)", README):
        assert (root / target).exists(), target
