"""`import`: what it says before, what it does, and that it can be told not to."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from exchange.handmade import legacy, note

from interviewprep.exchange.anki.names import guid_of

if TYPE_CHECKING:
    from support import Run, World

AT_MS = 1_785_000_000_000


@pytest.fixture
def package(world: World) -> str:
    """Two new notes, one with a review, and a review of a card of ours."""
    ours = (1, guid_of("losses#mse"), 7, 1, "", "q\x1fa")
    notes = [ours, note(2, "What is <b>Haus</b>?<img src=a.png>", "house"), note(3, "", "nothing")]
    reviews = [
        (AT_MS, 1, 3, 5, 2500, 900, 1),
        (AT_MS + 1, 2, 1, 1, 2500, 900, 0),
        (AT_MS + 2, 2, 0, 0, 0, 0, 4),
    ]
    return str(legacy(world.home, notes=notes, reviews=reviews, conf={"rollover": 3, "schedVer": 2}))


def test_a_dry_run_says_everything_and_does_nothing(run: Run, world: World, package: str) -> None:
    found = run("import", "anki", package, "--dry-run")
    assert found.code == 0
    assert found.out.splitlines() == [
        "1 new review in Anki, of 1 card from here.",
        "1 card from other notes, with 1 review:",
        "  anki/lang/german: 1 card",
        "1 picture or sound only named: a.png",
        "Days begin at 3:00 in Anki, here at another hour; your setting counts.",
        "Left out: 1 card without a question.",
        "Left out: 1 due days set by hand, not reviews.",
    ]
    assert run("history", "--json").json() == []
    assert not (world.home / "decks" / "anki").exists()
    assert not list(world.home.glob("backups/*import*"))


def test_an_import_does_what_it_said(run: Run, world: World, package: str) -> None:
    found = run("import", "anki", package)
    assert found.code == 0
    [backup] = world.home.glob("backups/*-import.db")
    assert found.out.endswith(f"Imported. The backup from before is {backup}\n")
    assert {r["card"] for r in run("history", "--json").json()} == {
        "losses#mse",
        "anki/lang/german#what-is-haus-image-a-png",
    }
    assert run("doctor").code == 0
    again = run("import", "anki", package)
    assert again.out.splitlines()[:2] == [
        "Nothing new: everything in this file is here already.",
        "Here already: 2 reviews, 1 imported card.",
    ]
    assert len(list(world.home.glob("backups/*-import.db"))) == 1


@pytest.mark.parametrize(("typed", "reviews"), [("n", 0), ("y", 2)])
def test_a_terminal_is_asked(
    run: Run, package: str, monkeypatch: pytest.MonkeyPatch, typed: str, reviews: int
) -> None:
    monkeypatch.setattr("interviewprep.cli.imports.is_interactive", lambda: True)
    found = run("import", "anki", package, typed=f"{typed}\n")
    assert found.code == (0 if reviews else 1)
    assert "Import this?" in found.out
    assert len(run("history", "--json").json()) == reviews
    assert "Import this?" not in run("import", "anki", package, "--yes").out


def test_only_one_of_the_two_things(run: Run, package: str) -> None:
    found = run("import", "anki", package, "--only", "reviews", "--json").json()
    assert (found["reviews"], found["cards"], found["done"]) == (1, 0, True)
    found = run("import", "anki", package, "--only", "notes", "--json").json()
    assert (found["reviews"], found["reviews_of_others"], found["cards"]) == (0, 1, 1)


def test_progress_goes_to_another_machine_and_back(run: Run, world: World) -> None:
    run("review", "adam", "good")
    file = str(world.home / "p.jsonl.gz")
    assert "interviewprep import progress p.jsonl.gz" in run("export", "progress", file).out
    run("undo")
    assert "Nothing new" in run("import", "progress", file).out
    assert run("history", "--json").json()[0]["undone"] is True
    other = (world.home / "progress.db").rename(world.home / "elsewhere.db")
    for left in world.home.glob("progress.db-*"):
        left.unlink()
    dry = run("import", "progress", file, "--dry-run")
    assert "brings 1 new review, 0 marks" in dry.out
    assert run("history", "--json").json() == []
    done = run("import", "progress", file, "--json").json()
    assert (done["reviews"], done["cards"], done["done"]) == (1, 1, True)
    assert [r["card"] for r in run("history", "--json").json()] == ["optimizers#adam"]
    assert other.exists()


def test_text_files(run: Run, world: World) -> None:
    file = world.home / "mine.csv"
    file.write_text("question,answer\nWhy?,Because.\n", encoding="utf-8")
    assert run("import", "csv", str(file), "--dry-run").out == "1 new card:\n  mine: 1 card\n"
    assert run("import", "csv", str(file), "--deck", "talks/one").out.splitlines()[1] == "  talks/one: 1 card"
    assert run("decks", "show", "talks/one#why").code == 0
    sheet = world.home / "sheet.md"
    run("export", "markdown", str(sheet))
    assert "Here already: 6 cards." in run("import", "markdown", str(sheet)).out
    document = world.home / "all.json"
    run("export", "json", str(document))
    document.write_text(document.read_text(encoding="utf-8").replace("Because.", "No."), encoding="utf-8")
    assert run("import", "json", str(document)).out.splitlines()[:4] == [
        "Nothing new.",
        "Here already: 5 cards.",
        "Here in other words, which stay: 1 card:",
        "  talks/one#why",
    ]


def test_what_cannot_be_imported_ends_with_a_sentence(run: Run, world: World) -> None:
    (world.home / "x.apkg").write_bytes(b"no zip")
    for arguments in (("anki", "x.apkg"), ("progress", "x.apkg"), ("json", "x.apkg"), ("csv", "none.csv")):
        found = run("import", arguments[0], str(world.home / arguments[1]))
        assert found.code == 2
        assert found.err.startswith("interviewprep: ")
        assert found.out == ""
