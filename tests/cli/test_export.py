"""`export ...`: what is said, what is written, and what is never overwritten."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from support import Run, World


def test_a_package_is_written_and_three_lines_tell_how_to_import_it(run: Run, tmp_path: Path) -> None:
    run("review", "adam", "good")
    file = tmp_path / "cards.apkg"
    found = run("export", "anki", str(file))
    assert found.code == 0
    first, *lines = found.out.splitlines()
    assert first == f"Wrote 5 notes (5 new, 0 changed), 1 review, 2 decks: {file}"
    assert len(lines) == 3
    assert "File > Import" in lines[0]
    assert "Import any learning progress" in lines[1]
    assert zipfile.ZipFile(file).namelist() == ["collection.anki2", "media"]
    again = run("export", "anki", str(file), "--no-progress")
    assert again.out.startswith("Wrote 5 notes (0 new, 0 changed), 0 reviews")
    assert "unticked" in again.out


def test_cards_are_chosen_by_deck_tag_and_level(run: Run, tmp_path: Path) -> None:
    file = str(tmp_path / "cards.apkg")
    assert run("export", "anki", file, "losses", "--json").json()["notes"] == 2
    assert run("export", "anki", file, "--tag", "optimizer", "--json").json()["notes"] == 3
    assert run("export", "anki", file, "--level", "easy", "--json").json()["notes"] == 1
    one = run("export", "anki", file, "--as", "one", "--json").json()
    assert one["decks"] == ["Interview prep"]
    assert run("export", "anki", file, "no-such-deck").code == 1


def test_cards_gone_from_the_decks_are_listed_with_a_search(run: Run, world: World, tmp_path: Path) -> None:
    file = str(tmp_path / "cards.apkg")
    run("export", "anki", file)
    (world.home / "shipped" / "losses.yaml").unlink()
    found = run("export", "anki", file).out
    assert "2 cards exported before" in found
    assert '    "Card name:losses#mae"' in found
    assert run("export", "anki", file, "--json").json()["removed"] == ["losses#mae", "losses#mse"]


@pytest.mark.parametrize(
    ("kind", "name"),
    [("anki", "x.apkg"), ("csv", "x.tsv"), ("json", "x.json"), ("markdown", "x.md")],
)
def test_only_earlier_exports_are_replaced(run: Run, tmp_path: Path, kind: str, name: str) -> None:
    file = tmp_path / name
    assert run("export", kind, str(file)).code == 0
    assert run("export", kind, str(file)).code == 0
    file.write_text("my thesis", encoding="utf-8")
    refused = run("export", kind, str(file))
    assert refused.code == 2
    assert "no earlier export" in refused.err
    assert "--force" in refused.err
    assert file.read_text(encoding="utf-8") == "my thesis"
    assert run("export", kind, str(file), "--force").code == 0
    assert file.read_bytes() != b"my thesis"
    assert [path.name for path in tmp_path.iterdir() if name in path.name] == [name]


def test_texts_go_to_stdout(run: Run) -> None:
    assert run("export", "csv", "-").out.startswith("#separator:tab\n")
    assert len(json.loads(run("export", "json", "-").out)["cards"]) == 5
    assert "## What is the mean squared error?" in run("export", "markdown", "-", "losses").out


def test_wrong_places_are_said_clearly(run: Run, tmp_path: Path) -> None:
    assert run("export", "anki", "cards.zip").code == 2
    assert ".apkg" in run("export", "anki").err
    missing = run("export", "anki", str(tmp_path / "no" / "x.apkg"))
    assert missing.code == 2
    assert "could not be written" in missing.err
    (tmp_path / "folder.apkg").mkdir()
    assert "is a folder" in run("export", "anki", str(tmp_path / "folder.apkg")).err


def test_a_full_disk_leaves_the_earlier_export(run: Run, world: World, tmp_path: Path) -> None:
    """A limit on the size of files stands for the full disk."""
    file = tmp_path / "cards.apkg"
    run("export", "anki", str(file))
    before = file.read_bytes()
    script = (
        "import resource, signal, sys\n"
        "from interviewprep import settings\n"
        "from interviewprep.cli.run import run\n"
        f"settings.shipped_decks = lambda: __import__('pathlib').Path({str(world.home / 'shipped')!r})\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "from interviewprep.store import exports\n"
        "from interviewprep.exchange.anki import package\n"
        "opened = package.Collection\n"
        "def limited(*arguments):\n"
        "    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))\n"
        "    return opened(*arguments)\n"
        "package.Collection = limited\n"
        f"sys.exit(run(['export', 'anki', {str(file)!r}], {{}}))\n"
    )
    env = {**os.environ, "INTERVIEWPREP_HOME": str(world.home)}
    done = subprocess.run(
        [sys.executable, "-c", script], env=env, capture_output=True, text=True, check=False
    )
    assert done.returncode == 2, done.stderr
    assert "could not be written" in done.stderr
    assert "Traceback" not in done.stderr
    assert file.read_bytes() == before
    assert [path.name for path in tmp_path.iterdir() if "cards.apkg" in path.name] == ["cards.apkg"]


def test_pushing_without_anki_says_what_to_do_and_remembers_nothing(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("interviewprep.exchange.ankiconnect.ADDRESS", "http://127.0.0.1:9")
    found = run("export", "anki", "--push")
    assert found.code == 2
    assert "AnkiConnect" in found.err
    assert run("export", "anki", str(tmp_path / "a.apkg"), "--json").json()["new"] == 5
