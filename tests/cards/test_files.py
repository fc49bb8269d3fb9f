"""Finding deck files: ids, what is ignored, links, and places that cannot be read."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from interviewprep.cards.files import deck_id, find_deck_files


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "decks"
    for name in (
        "b.yaml",
        "a.yml",
        "deep/c.yaml",
        "README.md",
        "schema.json",
        ".hidden.yaml",
        ".git/d.yaml",
        "e.yaml~",
    ):
        path = made / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)
    return made


def decks(*folders: Path) -> list[tuple[str, int]]:
    """Deck ids and folder numbers found."""
    return [(found.deck, found.folder) for found in find_deck_files(folders)[0]]


def test_decks_are_found_in_all_folders_and_other_files_ignored(folder: Path, tmp_path: Path) -> None:
    own = tmp_path / "own"
    own.mkdir()
    (own / "mine.yaml").write_text("x")
    files, problems = find_deck_files([folder, own])
    assert [(f.deck, f.folder) for f in files] == [("a", 0), ("b", 0), ("deep/c", 0), ("mine", 1)]
    assert problems == []
    assert all(f.size == Path(f.path).stat().st_size for f in files)


@pytest.mark.parametrize(
    ("relative", "wanted"),
    [
        ("deep-learning/optimizers.yaml", "deep-learning/optimizers"),
        ("My Notes.yml", "My-Notes"),
        ("a#b.yaml", "a-b"),
        ("v1.2.yaml", "v1.2"),
        ("ma\u0301s.yaml", "m\u00e1s"),
    ],
)
def test_deck_ids(relative: str, wanted: str) -> None:
    assert deck_id(relative) == wanted


def test_the_learners_folder_may_be_missing_but_no_other(folder: Path, tmp_path: Path) -> None:
    _, problems = find_deck_files([tmp_path / "shipped", tmp_path / "own", folder, tmp_path / "extra"])
    assert [(Path(p.path).name, p.message) for p in problems] == [
        ("shipped", "this folder of decks does not exist"),
        ("extra", "this folder of decks does not exist"),
    ]


def test_a_folder_may_be_a_single_file(folder: Path) -> None:
    assert decks(folder / "deep" / "c.yaml") == [("c", 0)]


def test_a_folder_given_twice_or_inside_another_counts_once(folder: Path) -> None:
    assert decks(folder, folder, folder / "deep") == [("a", 0), ("b", 0), ("deep/c", 0)]


def test_links_are_followed_and_a_loop_is_reported(folder: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "linked.yaml").write_text("x")
    (folder / "link").symlink_to(elsewhere)
    (folder / "deep" / "up").symlink_to(folder)
    files, problems = find_deck_files([folder])
    assert [f.deck for f in files] == ["a", "b", "deep/c", "link/linked"]
    assert [(p.path, p.message) for p in problems] == [
        (str(folder / "deep" / "up"), "this link leads into a folder it lies in; remove it")
    ]


def test_links_that_lead_nowhere_or_to_themselves_are_reported(folder: Path) -> None:
    (folder / "gone.yaml").symlink_to(folder / "nowhere")
    (folder / "self.yaml").symlink_to(folder / "self.yaml")
    files, problems = find_deck_files([folder])
    assert [f.deck for f in files] == ["a", "b", "deep/c"]
    assert [Path(p.path).name for p in problems] == ["gone.yaml", "self.yaml"]
    assert all("cannot be read" in p.message for p in problems)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_folder_that_cannot_be_read_is_reported(folder: Path) -> None:
    (folder / "deep").chmod(0)
    try:
        files, problems = find_deck_files([folder])
    finally:
        (folder / "deep").chmod(0o755)
    assert [f.deck for f in files] == ["a", "b"]
    assert "permission denied" in problems[0].message
