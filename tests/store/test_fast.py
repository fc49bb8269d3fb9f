"""The fast path: the same as the store, or nothing. (That it is the same: test_replay.)"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from store.histories import NOW, TODAY, Home, answer_to

from interviewprep.settings import Settings
from interviewprep.store import fast, migrations, tables
from interviewprep.store.store import Store


def progress_of(home: Home, settings: Settings | None = None) -> object:
    """What the fast path reads today."""
    return fast.read_progress(
        home.database, settings=settings or home.settings, today=TODAY, aliases=home.aliases
    )


def test_it_knows_the_numbers_of_the_schema() -> None:
    assert fast.SCHEMA_VERSION == migrations.SCHEMA_VERSION
    assert fast.APPLICATION_ID == tables.APPLICATION_ID


def test_without_a_database_there_is_no_progress_and_none_is_made(home: Home) -> None:
    progress = fast.read_progress(home.database, settings=home.settings, today=TODAY, aliases={})
    facts = fast.read_study_facts(home.database, settings=home.settings, today=TODAY)
    assert not home.database.exists()
    with_store = home.open()
    assert progress == with_store.progress(TODAY)
    assert facts == (with_store.study_days(TODAY), with_store.pace())
    with_store.close()


def test_it_reads_beside_an_open_store_and_after_it(home: Home, store: Store) -> None:
    store.append(answer_to("d#a", 1, days=-2))
    store.mark("d#b", "suspended", "1", now=NOW)
    expected = store.progress(TODAY)
    assert progress_of(home) == expected
    store.close()
    assert progress_of(home) == expected


def test_it_sees_what_only_the_write_ahead_log_holds(home: Home, store: Store, tmp_path: Path) -> None:
    store.append(answer_to("d#a"))
    copy = Home(tmp_path / "killed")
    copy.folder.mkdir()
    for ending in ("", "-wal"):  # as a killed program leaves them
        Path(f"{copy.database}{ending}").write_bytes(Path(f"{home.database}{ending}").read_bytes())
    assert progress_of(copy) == store.progress(TODAY)


@pytest.mark.parametrize(
    "settings",
    [Settings(desired_retention=0.8), Settings(maximum_interval=100), Settings(learner="you")],
)
def test_it_leaves_other_settings_to_the_store(home: Home, store: Store, settings: Settings) -> None:
    store.append(answer_to("d#a"))
    assert progress_of(home, settings) is None


def test_it_leaves_new_former_names_to_the_store(home: Home, store: Store) -> None:
    store.append(answer_to("d#a"))
    home.aliases = {"d#a": "d#b"}
    assert progress_of(home) is None
    store.apply_aliases(home.aliases)
    assert progress_of(home) == store.progress(TODAY)


@pytest.mark.parametrize("pragma", ["user_version = 2", "user_version = 0", "application_id = 7"])
def test_it_leaves_another_schema_to_the_store(home: Home, store: Store, pragma: str) -> None:
    store.close()
    home.change(f"PRAGMA {pragma}")
    assert progress_of(home) is None
    assert fast.read_study_facts(home.database, settings=home.settings, today=TODAY) is None


@pytest.mark.parametrize(
    "content", [b"", b"not a database, just a text", b"SQLite format 3\x00" + b"\xff" * 5000]
)
def test_it_leaves_a_strange_file_to_the_store(home: Home, content: bytes) -> None:
    home.database.write_bytes(content)
    assert progress_of(home) is None
    assert fast.read_study_facts(home.database, settings=home.settings, today=TODAY) is None


def test_it_loads_neither_sqlmodel_nor_pydantic() -> None:
    code = (
        "import sys, interviewprep.store.fast, interviewprep.store.records;"
        "print([m for m in ('sqlmodel', 'sqlalchemy', 'pydantic', 'fsrs') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
