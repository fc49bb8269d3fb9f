"""The commands, by what they print, what they record and how they end."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from interviewprep import __version__
from interviewprep.cli.main import COMMANDS

if TYPE_CHECKING:
    from support import Run, World

ROOT = Path(__file__).parents[2]


def documented_fields() -> dict[str, set[str]]:
    """The fields of docs/json.md by command."""
    table: dict[str, set[str]] = {}
    for line in (ROOT / "docs" / "json.md").read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if line.startswith("| `") and len(cells) == 3:
            fields = set(re.findall(r"`(\w+)`", re.sub(r"\([^)]*\)", "", cells[2])))
            for command in re.findall(r"`([^`]+)`", cells[0]):
                table[command] = fields
    return table


def test_version_and_help(run: Run) -> None:
    assert run("--version").out == f"interviewprep, version {__version__}\n"
    found = run("--help").out
    assert all(name in found for name in COMMANDS)
    assert "Example:" in found


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_an_example(run: Run, command: str) -> None:
    found = run(command, "--help")
    assert found.code == 0
    if command in {"cards", "decks"}:
        assert "Commands:" in found.out
    else:
        assert "Example" in found.out


def test_a_mistyped_command_is_answered_with_the_near_one(run: Run) -> None:
    found = run("dril")
    assert found.code == 2
    assert "'drill'" in found.err


def test_json_is_as_documented(run: Run, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    documented = documented_fields()
    calls: dict[str, tuple[str, ...]] = {
        "due": (),
        "review": ("adam", "good"),
        "history": (),
        "cards find": (),
        "suspend": ("mse",),
        "unsuspend": ("mse",),
        "bury": ("mse",),
        "flag": ("mse",),
        "note": ("mse", "asked at Acme"),
        "known": ("mse",),
        "undo": (),
        "add": ("Why?", "Because."),
        "decks list": (),
        "decks report": ("adam",),
        "decks new": ("mine/other",),
        "backup": (),
        "doctor": (),
        "where": (),
        "settings check": (),
        "keys": (),
        "plan set": ("+9", "--minutes", "2"),
        "plan show": (),
        "plan clear": (),
        "simulate": ("--days", "2", "--minutes", "5", "--cards", "9", "--seeds", "1", "--policy", "greedy"),
        "checks list": (),
        "checks ask": ("softmax", "--seed", "7"),
        "checks grade": ("softmax", "--seed", "0", "--answer", "0.876 0.118 0.006"),
        "decks edit": ("sgd",),
        "export anki": (str(world.home / "cards.apkg"),),
        "export csv": (str(world.home / "cards.tsv"),),
        "export json": (str(world.home / "cards.json"),),
        "export markdown": (str(world.home / "cards.md"),),
        "export progress": (str(world.home / "progress.jsonl"),),
        "import anki": (str(world.home / "cards.apkg"),),
        "import csv": (str(world.home / "cards.tsv"),),
        "import json": (str(world.home / "cards.json"),),
        "import markdown": (str(world.home / "cards.md"),),
        "import progress": (str(world.home / "progress.jsonl"),),
    }
    monkeypatch.setenv("VISUAL", "true")
    for command, arguments in calls.items():
        found = run(*command.split(), *arguments, "--json")
        assert found.code == 0, (command, found.err)
        document = found.json()
        first = document[0] if isinstance(document, list) else document
        assert isinstance(first, dict)
        assert set(first) == documented[command], command
    assert set(documented) - set(calls) == {
        "decks show",
        "decks lint",
        "mock list",
        "mock report",
        "quiz --history",
        "restore",
        "settings",
    }


def test_review_moves_the_card_out_of_today(run: Run) -> None:
    assert run("due", "--json").json()["new"] == 5
    found = run("review", "optimizers#adam", "good")
    assert found.code == 0
    assert "recorded, due" in found.out
    assert run("due").out == "0 due, 4 new\n"
    assert run("history", "adam", "--json").json()[0]["rating"] == 3


def test_review_takes_a_moment(run: Run) -> None:
    run("review", "adam", "good", "--at", "2026-01-05T12:00+00:00")
    [review] = run("history", "--json").json()
    assert review["at"] == "2026-01-05T12:00:00.000Z"
    assert review["study_day"] == "2026-01-05"
    assert run("due", "optimizers", "--at", "2027-01-01T12:00", "--json").json()["due"] == 1


def test_wrong_moments_and_ratings_are_refused(run: Run) -> None:
    assert run("due", "--at", "yesterday").code == 2
    assert "2026-12-01T09:30" in run("due", "--at", "yesterday").err
    assert run("review", "adam", "perfect").code == 2


def test_unknown_cards_are_answered_with_near_ones(run: Run) -> None:
    found = run("review", "momentun", "good")
    assert found.code == 1
    assert "momentum" in found.err


def test_undo_until_nothing_is_left(run: Run) -> None:
    run("review", "adam", "again")
    run("flag", "adam")
    assert "flag of optimizers#adam" in run("undo").out
    assert "review of optimizers#adam" in run("undo").out
    assert run("undo").code == 1
    assert run("due").out == "0 due, 5 new\n"


def test_marks_are_found_again(run: Run) -> None:
    run("suspend", "mse", "mae")
    run("note", "adam", "asked at Acme")
    run("known", "sgd")
    found = run("cards", "find", "--state", "suspended", "--json").json()
    assert [c["card"] for c in found] == ["losses#mse", "losses#mae"]
    assert "asked at Acme" in run("cards", "find", "--state", "noted").out
    assert run("due").out == "0 due, 2 new\n"
    run("unsuspend", "mse")
    run("known", "sgd", "--clear")
    assert run("due").out == "0 due, 4 new\n"


def test_finding_nothing_is_exit_code_one(run: Run) -> None:
    assert run("cards", "find", "xyzzy").code == 1
    assert run("cards", "find", "--deck", "xyzzy").code == 1


def test_add_is_asked_in_the_next_drill(run: Run, world: World) -> None:
    found = run(
        "add", "What is a logit?", "The score before the softmax.", "--deck", "mine", "--tag", "basics"
    )
    assert found.code == 0
    assert found.out.startswith("mine#")
    assert "logit" in (world.home / "decks" / "mine.yaml").read_text(encoding="utf-8")
    assert run("due", "mine").out == "0 due, 1 new\n"
    run("add", "And without an answer?")
    assert run("due", "--tag", "unanswered").out == "0 due, 1 new\n"


def test_show_and_lint(run: Run, world: World) -> None:
    shown = run("decks", "show", "sgd")
    assert shown.code == 0
    assert "SGD steps against the gradient" in shown.out
    assert run("decks", "show", "sgd", "--json").json()["name"] == "optimizers#sgd"
    assert run("decks", "lint").code == 0
    assert run("decks", "lint", "--strict").code == 1
    broken = world.home / "broken.yaml"
    broken.write_text(
        "format: 1\ntitle: x\ncards:\n  - id: a\n    question: q\n    shrot: s\n", encoding="utf-8"
    )
    found = run("decks", "lint", str(broken))
    assert found.code == 1
    assert re.search(r"broken\.yaml:6:5: .*short", found.out)
    [first, *_] = run("decks", "lint", str(broken), "--json").json()
    assert set(first) == documented_fields()["decks lint"]


def test_lint_tries_numeric_cards(run: Run, world: World) -> None:
    broken = world.home / "broken.yaml"
    broken.write_text(
        "cards:\n  - id: a\n    kind: numeric\n    question: q\n    family: softmax\n"
        "    params: {z: [1, two]}\n",
        encoding="utf-8",
    )
    found = run("decks", "lint", str(broken))
    assert found.code == 1
    assert "broken.yaml:6:17: `z`: cannot read `two` as a number; write e.g. [3, 1, -2]" in found.out


def test_report_prints_what_a_mistake_is_reported_with(run: Run, world: World) -> None:
    (world.home / "shipped" / "losses.yaml").write_text(
        "cards:\n  - id: mse\n    question: What is MSE?\n    short: A mean of squares.\n"
        "    misconceptions: [{id: unit, wrong: It has the unit of y., why: Squared., corrects: [err-061]}]\n"
        "    source: {document: deep-learning-qa, rows: [basics-26a]}\n    corrects: [err-061, err-060]\n",
        encoding="utf-8",
    )
    found = run("decks", "report", "mse")
    assert found.code == 0
    assert f"{world.home / 'shipped' / 'losses.yaml'}:2\n" in found.out
    assert "losses#mse" in found.out
    assert "basics-26a, lines 660-685: mean squared error" in found.out
    assert "err-061, imprecise or incomplete (in card, unit)\n    said: 9 and 64" in found.out
    document = run("decks", "report", "mse", "--json").json()
    assert document["document"] == "deep-learning-qa"
    assert document["rows"][0] | {"topic": ""} == {"row": "basics-26a", "lines": [660, 685], "topic": ""}
    assert [c["correction"] for c in document["corrections"]] == ["err-060", "err-061"]
    assert document["corrections"][1]["carried_by"] == ["card", "unit"]
    assert len(document["hash"]) == 16
    assert "No source is named." in run("decks", "report", "adam").out


def test_a_broken_deck_does_not_stop_the_others(run: Run, world: World) -> None:
    (world.home / "decks").mkdir()
    (world.home / "decks" / "bad.yaml").write_text("format: 1\ncards: [\n", encoding="utf-8")
    found = run("decks", "list")
    assert found.code == 0
    assert "optimizers" in found.out
    assert "bad.yaml" in found.err
    assert run("due").out == "0 due, 5 new\n"


def test_backup_and_restore(run: Run) -> None:
    run("review", "adam", "good")
    backup = run("backup", "--json").json()["backup"]
    run("review", "sgd", "good")
    found = run("restore", backup, "--json").json()
    assert set(found) == documented_fields()["restore"]
    assert len(run("history", "--json").json()) == 1
    assert run("restore", "no-such-file.db").code in {1, 2}
    assert len(run("history", "--json").json()) == 1


def test_doctor_finds_nothing_wrong(run: Run) -> None:
    run("review", "adam", "good")
    assert run("doctor").code == 0
    assert run("doctor", "--rebuild").code == 0


def test_settings_are_shown_and_checked(run: Run, world: World) -> None:
    assert "desired_retention = 0.9" in run("settings").out
    assert run("settings", "check").code == 0
    (world.home / "settings.toml").write_text("new_per_dya = 3\n", encoding="utf-8")
    found = run("settings", "check")
    assert found.code == 1
    assert "new_per_day" in found.out
    assert run("due").code == 2
    (world.home / "settings.toml").write_text('[keys]\nno-such-action = "x"\n', encoding="utf-8")
    assert "no-such-action" in run("settings", "check").out


def test_further_decks_are_read(run: Run, world: World, tmp_path: Path) -> None:
    folder = tmp_path / "more"
    folder.mkdir()
    (folder / "extra.yaml").write_text(
        "format: 1\ntitle: Extra\ncards:\n  - {id: a, question: Why?, short: Because.}\n", encoding="utf-8"
    )
    assert run("--decks", str(folder), "due", "extra").out == "0 due, 1 new\n"
    assert run("due", "extra").code == 1


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_names_the_command(run: Run, shell: str) -> None:
    assert "_INTERVIEWPREP_COMPLETE" in run("completion", shell).out


def test_home_without_a_terminal_is_plain(run: Run) -> None:
    found = run()
    assert found.code == 0
    assert "Today: 0 due, 5 new" in found.out
