"""Backups and the way back."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from store.histories import NOW, Home, answer_to

from interviewprep.errors import NotFoundError, StoreDamagedError, StoreNewerError
from interviewprep.settings import Settings
from interviewprep.store.backup import back_up, restore
from interviewprep.store.files import list_backups
from interviewprep.store.store import Store


def cards_in(path: Path) -> list[str]:
    """The cards of the log in a database file."""
    with closing(sqlite3.connect(path)) as connection:
        return [row[0] for row in connection.execute("SELECT card FROM review ORDER BY seq")]


def test_a_backup_is_one_sound_file(home: Home, store: Store) -> None:
    store.append(answer_to("d#a"))
    made = back_up(store.database, now=NOW)
    assert made.name == "progress-20261122-090000-manual.db"
    assert [p.name for p in home.backups.iterdir()] == [made.name]
    assert cards_in(made) == ["d#a"]
    with closing(sqlite3.connect(made)) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("delete",)
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert [p.name for p in home.backups.iterdir()] == [made.name]


def test_two_backups_of_one_second_do_not_replace_each_other(home: Home, store: Store) -> None:
    store.append(answer_to("d#a"))
    first = back_up(store.database, now=NOW)
    store.append(answer_to("d#b"))
    second = back_up(store.database, now=NOW)
    assert [b.path for b in list_backups(home.backups)] == [first, second]
    assert cards_in(first) == ["d#a"]


def test_the_first_opening_of_a_day_makes_a_backup_and_seven_are_kept(home: Home) -> None:
    store = home.open(daily_backup=True)
    assert list_backups(home.backups) == []  # nothing in it yet
    store.append(answer_to("d#a"))
    manual = back_up(store.database, now=NOW)
    store.close()
    for day in range(1, 11):
        home.now = NOW + timedelta(days=day)
        home.open(daily_backup=True).close()
        home.open(daily_backup=True).close()
    daily = [b for b in list_backups(home.backups) if b.kind == "daily"]
    assert [b.at.day for b in daily] == [26, 27, 28, 29, 30, 1, 2]
    assert manual.exists()


def test_the_number_kept_can_be_set(home: Home) -> None:
    home.settings = Settings(backups=2)
    store = home.open()
    store.append(answer_to("d#a"))
    store.close()
    for day in range(5):
        home.now = NOW + timedelta(days=day)
        home.open(daily_backup=True).close()
    assert len(list_backups(home.backups)) == 2


def test_a_backup_that_cannot_be_made_is_a_warning_at_start(home: Home) -> None:
    store = home.open()
    store.append(answer_to("d#a"))
    store.close()
    home.backups.write_text("a file where the folder should be")
    store = home.open(daily_backup=True)
    assert len(store.warnings) == 1
    assert str(home.backups) in store.warnings[0]
    store.append(answer_to("d#b"))
    store.close()


def test_restore_brings_back_and_keeps_what_it_replaces(home: Home) -> None:
    store = home.open()
    store.append(answer_to("d#a"))
    made = back_up(store.database, now=NOW)
    store.append(answer_to("d#b"))
    store.close()
    kept = restore(home.database, made, backups=home.backups, now=NOW + timedelta(hours=1))
    assert kept is not None
    assert cards_in(kept) == ["d#a", "d#b"]
    store = home.open()
    assert set(store.states()) == {"d#a"}
    assert store.database.journal_mode == "wal"
    store.append(answer_to("d#c"))
    store.close()
    restore(home.database, kept, backups=home.backups, now=NOW + timedelta(hours=2))
    assert cards_in(home.database) == ["d#a", "d#b"]


def test_restore_where_there_is_nothing(home: Home, tmp_path: Path) -> None:
    store = home.open()
    store.append(answer_to("d#a"))
    made = back_up(store.database, now=NOW)
    store.close()
    fresh = Home(tmp_path / "new" / "machine")
    assert restore(fresh.database, made, backups=fresh.backups, now=NOW) is None
    store = fresh.open()
    assert set(store.states()) == {"d#a"}
    store.close()


def test_an_open_window_goes_on_with_what_was_restored(home: Home, store: Store) -> None:
    store.append(answer_to("d#a"))
    made = back_up(store.database, now=NOW)
    store.append(answer_to("d#b"))
    restore(home.database, made, backups=home.backups, now=NOW)
    assert store.changed_elsewhere()
    assert set(store.states()) == {"d#a"}
    store.append(answer_to("d#c"))
    assert cards_in(home.database) == ["d#a", "d#c"]


@pytest.mark.parametrize("what", ["text", "pages", "half"])
def test_a_damaged_database_is_set_aside_by_a_restore(home: Home, what: str) -> None:
    store = home.open()
    for place in range(200):
        store.append(answer_to(f"d#{place}"))
    made = back_up(store.database, now=NOW)
    store.close()
    whole = home.database.read_bytes()
    damaged = {
        "text": b"this was once a database",
        "pages": whole[:4096] + b"\x5a" * (len(whole) - 4096),
        "half": whole[: len(whole) // 2],
    }[what]
    home.database.write_bytes(damaged)
    kept = restore(home.database, made, backups=home.backups, now=NOW)
    assert kept is not None
    assert kept.read_bytes() == damaged
    assert [b.path for b in list_backups(home.backups)] == [made]  # a damaged copy is no backup
    store = home.open()
    assert len(store.states()) == 200
    store.close()


def test_a_file_that_is_no_sound_backup_changes_nothing(home: Home, tmp_path: Path) -> None:
    store = home.open()
    store.append(answer_to("d#a"))
    made = back_up(store.database, now=NOW)
    store.close()
    before = home.database.read_bytes()
    text = tmp_path / "notes.db"
    text.write_text("shopping list")
    cut = tmp_path / "cut.db"
    cut.write_bytes(made.read_bytes()[:20_000])
    other = tmp_path / "other.db"
    with closing(sqlite3.connect(other)) as connection, connection:
        connection.execute("CREATE TABLE notes (text)")
    newer = tmp_path / "newer.db"
    newer.write_bytes(made.read_bytes())
    with closing(sqlite3.connect(newer)) as connection:
        connection.execute("PRAGMA user_version = 9")
    for file, kind in (
        (tmp_path / "none.db", NotFoundError),
        (text, StoreDamagedError),
        (cut, StoreDamagedError),
        (other, StoreDamagedError),
        (newer, StoreNewerError),
    ):
        with pytest.raises(kind, match=file.name):
            restore(home.database, file, backups=home.backups, now=NOW)
    assert home.database.read_bytes() == before
    assert len(list_backups(home.backups)) == 1


def test_a_missing_file_names_the_backups_there_are(home: Home, store: Store) -> None:
    store.append(answer_to("d#a"))
    made = back_up(store.database, now=NOW)
    with pytest.raises(NotFoundError) as raised:
        restore(home.database, home.folder / "none.db", backups=home.backups, now=NOW)
    assert str(made) in raised.value.hint


def test_files_that_only_look_like_backups_are_passed_over(home: Home) -> None:
    home.backups.mkdir()
    for name in ("progress-20269999-000000-daily.db", "progress.db", "notes.txt"):
        (home.backups / name).write_text("x")
    assert list_backups(home.backups) == []
    assert list_backups(home.folder / "none") == []
