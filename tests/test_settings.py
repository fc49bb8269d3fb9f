"""Settings: what is read, what is refused and how, and where things lie."""

from __future__ import annotations

from pathlib import Path

import pytest

from interviewprep.errors import SettingsError
from interviewprep.settings import Settings, check_settings, describe, find_paths, load_settings


def write(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "settings.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_no_file_means_defaults(tmp_path: Path) -> None:
    assert load_settings(tmp_path / "settings.toml") == Settings()


def test_values_are_read(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        'new_per_day = 0\ndesired_retention = 0.85\nrepeat_after = [3, 6]\nvim = false\ntheme = "light"\n'
        'decks = ["~/d"]\n[keys]\nundo = "u,ctrl+z"\n',
    )
    found = load_settings(path)
    assert found.new_per_day == 0
    assert found.desired_retention == 0.85
    assert found.repeat_after == (3, 6)
    assert found.vim is False
    assert found.theme == "light"
    assert found.decks == ("~/d",)
    assert found.keys == {"undo": "u,ctrl+z"}


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("new_per_dya = 3", "did you mean `new_per_day`?"),
        ("new_per_day = -1", "out of range; write 0 to 9999"),
        ('new_per_day = "ten"', "write a whole number"),
        ("new_per_day = true", "write a whole number"),
        ("new_per_day = 1.5", "write a whole number"),
        ("desired_retention = 0.99", "write 0.7 to 0.98"),
        ("vim = 1", "write true or false"),
        ('answer_mode = "sing"', "one of think, type, speak"),
        ("repeat_after = [6, 3]", "the smaller first"),
        ("repeat_after = 5", "two whole numbers"),
        ("decks = 3", "a list of folders"),
        ("keys = 3", "write a table"),
        ("rollover_hour = 24", "write 0 to 23"),
        ("this is not toml", "not valid TOML"),
    ],
)
def test_what_is_wrong_is_named_with_its_field(tmp_path: Path, line: str, words: str) -> None:
    path = write(tmp_path, line)
    _, problems = check_settings(path)
    assert len(problems) == 1
    assert str(path) in problems[0]
    assert words in problems[0]
    with pytest.raises(SettingsError, match=r"settings\.toml"):
        load_settings(path)


def test_every_problem_is_reported_at_once(tmp_path: Path) -> None:
    _, problems = check_settings(write(tmp_path, "a = 1\nnew_per_day = -1\nvim = 3\n"))
    assert len(problems) == 3


def test_every_setting_is_described() -> None:
    assert set(describe()) == set(Settings.__dataclass_fields__)
    assert all(len(text) > 10 for text in describe().values())


def test_home_overrides_every_place(tmp_path: Path) -> None:
    paths = find_paths({"INTERVIEWPREP_HOME": str(tmp_path), "INTERVIEWPREP_DECKS": "/x:/y"}, decks=("/z",))
    assert paths.database == tmp_path / "progress.db"
    assert paths.settings == tmp_path / "settings.toml"
    assert paths.user_decks == tmp_path / "decks"
    assert paths.extra_decks == (Path("/z"), Path("/x"), Path("/y"))
    assert paths.deck_folders[0] == paths.shipped_decks


def test_without_home_the_platform_decides() -> None:
    paths = find_paths({})
    assert paths.database.parent.name == "interviewprep"
    assert (paths.shipped_decks / "README.md").is_file()
