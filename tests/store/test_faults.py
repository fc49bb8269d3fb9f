"""When the file, the folder or the disk does not play along: a clear message, and nothing lost."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import threading
from collections import deque
from collections.abc import Iterator
from contextlib import closing
from itertools import count
from pathlib import Path

import pytest
from store.histories import NOW, Home, answer_to
from store.test_survival import ENVIRONMENT

from interviewprep.errors import StoreBusyError, StoreDamagedError, StoreError, StoreUnwritableError
from interviewprep.store.backup import back_up
from interviewprep.store.store import Store


def with_backup(home: Home, answers: int = 1) -> Path:
    """Put a store with some answers into `home` and back it up."""
    store = home.open()
    for place in range(answers):
        store.append(answer_to(f"d#{place}", seconds=place))
    made = back_up(store.database, now=NOW)
    store.close()
    return made


# -- not a database ------------------------------------------------------------------------------


@pytest.mark.parametrize("content", [b"just a text\n", b"SQLite format 3", os.urandom(9000)])
def test_a_file_that_is_no_database_is_left_as_it_is(home: Home, content: bytes) -> None:
    home.database.write_bytes(content)
    with pytest.raises(StoreDamagedError, match="not a progress database") as raised:
        home.open()
    assert str(home.database) in raised.value.message
    assert home.database.read_bytes() == content
    assert [p.name for p in home.folder.iterdir()] == [home.database.name]


@pytest.mark.parametrize("pragma", ["application_id = 77", "user_version = 1", "application_id = 0"])
def test_another_programs_database_is_left_as_it_is(home: Home, pragma: str) -> None:
    home.change("CREATE TABLE songs (title)")
    home.change(f"PRAGMA {pragma}")
    before = home.database.read_bytes()
    with pytest.raises(StoreDamagedError, match="not a progress database"):
        home.open()
    assert home.database.read_bytes() == before


def test_an_empty_file_becomes_a_database(home: Home) -> None:
    home.database.touch()
    store = home.open()
    store.append(answer_to("d#a"))
    store.close()


# -- damaged -------------------------------------------------------------------------------------


def test_a_damaged_database_names_its_last_backup_and_is_left_as_it_is(home: Home) -> None:
    made = with_backup(home, answers=200)
    whole = home.database.read_bytes()
    damaged = whole[:4096] + b"\x5a" * (len(whole) - 4096)
    home.database.write_bytes(damaged)
    with pytest.raises(StoreDamagedError) as raised:
        home.open(daily_backup=True)
    assert str(home.database) in raised.value.message
    assert str(made) in raised.value.hint
    assert home.database.read_bytes() == damaged


def test_a_damaged_page_met_by_an_answer_is_told_and_the_answer_not_taken(home: Home) -> None:
    made = with_backup(home, answers=300)
    (root,) = home.query("SELECT rootpage FROM sqlite_master WHERE name = 'review'")[0]
    assert isinstance(root, int)
    with home.database.open("r+b") as file:
        file.seek((root - 1) * 4096)
        file.write(b"\xff" * 4096)
    store = home.open()
    with pytest.raises(StoreDamagedError) as raised:
        store.append(answer_to("d#1", days=2))
    assert str(made) in raised.value.hint
    store.close()


def test_no_backup_of_a_damaged_database_is_kept(home: Home) -> None:
    made = with_backup(home, answers=300)
    (root,) = home.query("SELECT rootpage FROM sqlite_master WHERE name = 'review_card'")[0]
    assert isinstance(root, int)
    with home.database.open("r+b") as file:
        file.seek((root - 1) * 4096)
        file.write(b"\xff" * 4096)
    store = home.open(daily_backup=True)
    assert any("backup could not be made" in warning for warning in store.warnings)
    store.close()
    assert [p.name for p in home.backups.iterdir()] == [made.name]


# -- full ----------------------------------------------------------------------------------------


def fill(store: Store) -> int:
    """Answer until the disk is full; returns how many answers were taken."""
    answers = (answer_to(f"d#{place}", seconds=place) for place in count())
    with pytest.raises(StoreUnwritableError, match="disk is full") as raised:
        deque(map(store.append, answers), maxlen=0)
    assert "backup" in raised.value.hint
    return len(store.history())


def test_a_full_database_takes_nothing_more_and_keeps_what_it_has(home: Home, store: Store) -> None:
    pages = store.database.pragma("page_count")
    store.database.pragma(f"max_page_count = {pages + 20}")
    taken = fill(store)
    assert taken > 0
    assert len(store.states()) == taken
    assert store.states() == home.replayed()
    store.database.pragma("max_page_count = 1000000")
    store.append(answer_to("d#more"))
    assert len(store.states()) == taken + 1


@pytest.fixture
def small_disk() -> Iterator[Path]:
    """A disk of one megabyte."""
    folder = Path(tempfile.mkdtemp())
    mount = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(folder)]
    if not shutil.which("mount") or subprocess.run(mount, capture_output=True, check=False).returncode:
        folder.rmdir()
        pytest.skip("cannot mount a small disk here")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)
    folder.rmdir()


def test_a_full_disk_takes_nothing_more_and_keeps_what_it_has(small_disk: Path) -> None:
    home = Home(small_disk)
    store = home.open()
    ballast = small_disk / "ballast"
    ballast.write_bytes(b"x" * 300_000)
    taken = fill(store)
    assert taken > 0
    ballast.unlink()
    store.append(answer_to("d#more"))
    assert len(store.history()) == taken + 1
    assert store.states() == home.replayed()
    store.close()


def test_a_full_disk_refuses_a_new_database_and_a_backup(small_disk: Path) -> None:
    home = Home(small_disk)
    store = home.open()
    store.append(answer_to("d#a"))
    (small_disk / "ballast").write_bytes(b"x" * (shutil.disk_usage(small_disk).free - 4096))
    with pytest.raises(StoreUnwritableError):
        back_up(store.database, now=NOW)
    assert list(home.backups.iterdir()) == []
    with pytest.raises(StoreUnwritableError):
        Home(small_disk / "second").open()
    store.close()


# -- not writable --------------------------------------------------------------------------------

# Root may write anywhere, so it becomes another user once everything is imported.
_OPEN_AND_ANSWER = """
import os, sys
from pathlib import Path
from store.histories import Home, answer_to
from interviewprep.errors import StoreError
if os.geteuid() == 0:
    os.setgroups([])
    os.setgid(65534)
    os.setuid(65534)
try:
    Home(Path(sys.argv[1])).open().append(answer_to("d#b"))
except StoreError as error:
    print(type(error).__name__, error.message, error.hint, sep="\\n")
"""


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that another user can reach (pytest's own are private)."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    yield folder
    for path in (folder, *folder.rglob("*")):
        path.chmod(0o755)
    shutil.rmtree(folder)


def as_nobody(folder: Path) -> list[str]:
    """What a program says that may only read `folder`."""
    done = subprocess.run(
        [sys.executable, "-B", "-c", _OPEN_AND_ANSWER, folder],
        capture_output=True,
        text=True,
        check=True,
        env=ENVIRONMENT,
        cwd="/",
    )
    return done.stdout.splitlines()


@pytest.mark.parametrize("what", ["folder", "file"])
def test_a_read_only_place_is_told_and_left_as_it_is(open_folder: Path, what: str) -> None:
    home = Home(open_folder)
    made = with_backup(home)
    before = home.database.read_bytes()
    if what == "folder":
        home.database.chmod(0o666)
        open_folder.chmod(0o555)
    else:
        home.database.chmod(0o444)
        open_folder.chmod(0o777)
    kind, message, hint = as_nobody(open_folder)
    assert kind == "StoreUnwritableError"
    assert str(home.database) in message
    assert str(made) in hint
    assert home.database.read_bytes() == before


def test_a_folder_that_cannot_be_made_is_told(open_folder: Path) -> None:
    open_folder.chmod(0o555)
    kind, message, _ = as_nobody(open_folder / "new" / "home")
    assert kind == "StoreUnwritableError"
    assert "cannot be written" in message


# -- locked --------------------------------------------------------------------------------------


def test_a_lock_held_too_long_is_told_and_the_next_answer_is_taken(home: Home) -> None:
    store = home.open(busy_seconds=0.05)
    with closing(sqlite3.connect(home.database, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreBusyError, match="Another program"):
            store.append(answer_to("d#a"))
        assert store.states() == {}
        other.execute("ROLLBACK")
    store.append(answer_to("d#a"))
    assert len(store.states()) == 1
    store.close()


def test_a_short_lock_is_waited_for(home: Home, store: Store) -> None:
    other = sqlite3.connect(home.database, isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")
    release = threading.Timer(0.3, other.execute, ["COMMIT"])
    release.start()
    store.append(answer_to("d#a"))
    release.join()
    other.close()
    assert len(store.states()) == 1


def test_reading_never_waits_for_a_writer(home: Home, store: Store) -> None:
    store.append(answer_to("d#a"))
    with closing(sqlite3.connect(home.database, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        other.execute("UPDATE cardstate SET reps = 99")
        assert store.states()["d#a"].reps == 1


def test_any_other_error_of_the_database_is_a_store_error(home: Home, store: Store) -> None:
    home.change("DROP TABLE cardmark")
    with pytest.raises(StoreError, match="no such table") as raised:
        store.append(answer_to("d#a"))
    assert "doctor" in raised.value.hint
    assert home.query("SELECT count(*) FROM review") == [(0,)]
