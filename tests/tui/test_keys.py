"""The key table: one meaning a key and place, and what the settings may change."""

from __future__ import annotations

import subprocess
import sys

import pytest

from interviewprep.errors import SettingsError
from interviewprep.tui.keys import (
    FOOTERS,
    GROUPS,
    PLACES,
    TABLE,
    Bound,
    Keymap,
    allows,
    display,
    markdown_table,
)


@pytest.mark.parametrize("vim", [True, False])
@pytest.mark.parametrize("place", PLACES)
def test_no_key_means_two_things_in_one_place(place: str, vim: bool) -> None:
    keys = [bound.key for bound in Keymap(vim=vim).bound(place)]
    assert len(keys) == len(set(keys))


def test_action_ids_are_unique_and_every_place_exists() -> None:
    ids = [entry.id for entry in TABLE]
    assert len(ids) == len(set(ids))
    assert {place for entry in TABLE for place in entry.where} == set(PLACES)


def test_footers_show_at_most_six_keys_that_work_there() -> None:
    for name, actions in FOOTERS.items():
        place = name.removesuffix("_new").removesuffix("_practice")
        assert 1 <= len(actions) <= 6
        by_id = {entry.id: entry for entry in TABLE}
        assert all(place in by_id[action].where for action in actions), name


def test_every_action_is_explained_once_on_the_help_screen() -> None:
    listed = [action for _, actions in GROUPS for action in actions]
    assert sorted(listed) == sorted(entry.id for entry in TABLE)


def test_one_key_can_mean_different_things_in_different_places() -> None:
    assert Bound("k", "known") in Keymap().bound("asked")
    assert Bound("k", "up") in Keymap().bound("answered")
    assert allows("known", (), "asked")
    assert not allows("known", (), "answered")
    assert allows("part", ("detailed",), "answered")
    assert not allows("part", ("detailed",), "asked")
    assert allows("no_such_action", (), "asked") is None


def test_vim_off_leaves_the_arrow_keys() -> None:
    assert Keymap(vim=False).keys("down") == ("down",)
    assert Keymap(vim=True).keys("down") == ("down", "j")


def test_settings_replace_keys() -> None:
    keymap = Keymap({"undo": "ctrl+z, U"})
    assert keymap.keys("undo") == ("ctrl+z", "U")
    assert keymap.shown("undo") == "Ctrl+z"
    assert ("Ctrl+z", "undo") in keymap.footer("asked")


def test_remapping_one_action_leaves_another_on_the_same_key_alone() -> None:
    keymap = Keymap({"known": "K"})
    assert Bound("k", "up") in keymap.bound("answered")
    assert Bound("K", "known") in keymap.bound("asked")


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"undoo": "u"}, "undoo: no such action; did you mean `undo`?"),
        ({"undo": "x"}, '"x" would mean both tick and undo where the answer is shown'),
        ({"undo": "ctrl+m"}, "cannot tell ctrl+m from enter"),
        ({"undo": "hello"}, '"hello" is no key'),
    ],
)
def test_bad_settings_are_explained(changes: dict[str, str], said: str) -> None:
    with pytest.raises(SettingsError) as caught:
        Keymap(changes)
    assert said in caught.value.message


def test_keys_read_well() -> None:
    assert [display(k) for k in ("space", "ctrl+d", "G", "f2", "up", "-")] == [
        "Space",
        "Ctrl+d",
        "G",
        "F2",
        "↑",
        "-",
    ]


def test_the_markdown_table_has_every_action() -> None:
    table = markdown_table()
    assert all(f"`{entry.id}`" in table for entry in TABLE)


def test_the_table_can_be_printed_without_textual() -> None:
    code = "import sys, interviewprep.tui.keys; sys.exit('textual' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
