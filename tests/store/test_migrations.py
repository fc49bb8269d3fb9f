"""Schema versions. Version 2 here is thrown away after the test; a real one will travel the same way."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Connection, create_engine
from store.histories import NOW, Home, answer_to

from interviewprep.errors import StoreError, StoreNewerError, StoreUnwritableError
from interviewprep.store import tables
from interviewprep.store.backup import back_up
from interviewprep.store.database import Database
from interviewprep.store.files import list_backups
from interviewprep.store.migrations import SCHEMA_VERSION, STEPS, Step, migrate


def _shout(connection: Connection) -> None:
    connection.exec_driver_sql("UPDATE review SET mood = upper(card)")


SECOND = Step(2, "moods", ("ALTER TABLE review ADD COLUMN mood VARCHAR",), _shout)
THIRD_FAILS = Step(
    3, "nonsense", ("ALTER TABLE review ADD COLUMN other VARCHAR", "ALTER TABLE nowhere DROP COLUMN x")
)


def schema_of(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """Columns and indexes by table, as SQLite sees them."""
    with closing(sqlite3.connect(path)) as connection:
        names = [r[0] for r in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {
            name: [
                *connection.execute(f"PRAGMA table_info({name})"),
                *sorted(r[1:] for r in connection.execute(f"PRAGMA index_list({name})")),
                *(
                    (index, *column)
                    for (index,) in sorted(
                        connection.execute(
                            "SELECT name FROM sqlite_master WHERE type = 'index' AND tbl_name = ?", (name,)
                        )
                    )
                    for column in connection.execute(f"PRAGMA index_info({index})")
                ),
            ]
            for name in names
        }


def files_of(folder: Path) -> dict[str, bytes]:
    """Every file in a folder with its content, without SQLite's shared memory."""
    return {p.name: p.read_bytes() for p in folder.iterdir() if p.is_file() and not p.name.endswith("-shm")}


def migrated(home: Home, steps: tuple[Step, ...]) -> list[Step]:
    """Open the file as a program with these steps would, and migrate it."""
    database = Database(home.database, backups=home.backups, known_version=steps[-1].version)
    try:
        return migrate(database, back_up=lambda: back_up(database, now=NOW, kind="migration"), steps=steps)
    finally:
        database.close()


def test_the_steps_lead_to_the_tables(home: Home, tmp_path: Path) -> None:
    home.open().close()
    wanted = tmp_path / "wanted.db"
    engine = create_engine(f"sqlite:///{wanted}")
    tables.METADATA.create_all(engine)
    engine.dispose()
    assert schema_of(home.database) == schema_of(wanted)


def test_checks_written_in_the_steps_are_those_of_the_tables(home: Home, tmp_path: Path) -> None:
    home.open().close()
    wanted = tmp_path / "wanted.db"
    engine = create_engine(f"sqlite:///{wanted}")
    tables.METADATA.create_all(engine)
    engine.dispose()

    def written(path: Path) -> set[str]:
        with closing(sqlite3.connect(path)) as connection:
            rows = connection.execute("SELECT sql FROM sqlite_master WHERE type = 'table'").fetchall()
        every = "".join("".join(sql.split()) for (sql,) in rows)
        return set(re.findall(r"CONSTRAINT\w+CHECK\((?:[^()]|\([^()]*\))*\)", every))

    assert len(written(wanted)) == 8
    assert written(home.database) == written(wanted)


def test_a_new_database_has_the_newest_schema_and_no_backup(home: Home) -> None:
    home.open().close()
    assert home.query("PRAGMA user_version") == [(SCHEMA_VERSION,)]
    assert home.query("PRAGMA application_id") == [(tables.APPLICATION_ID,)]
    assert list_backups(home.backups) == []


def test_a_step_keeps_what_is_there_and_backs_it_up_first(home: Home) -> None:
    store = home.open()
    store.append(answer_to("d#a"))
    store.close()
    assert migrated(home, (*STEPS, SECOND)) == [SECOND]
    assert home.query("SELECT card, mood FROM review") == [("d#a", "D#A")]
    assert home.query("PRAGMA user_version") == [(2,)]
    (backup,) = list_backups(home.backups)
    assert backup.kind == "migration"
    with closing(sqlite3.connect(backup.path)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (1,)
        assert connection.execute("SELECT card FROM review").fetchall() == [("d#a",)]


def test_migrating_twice_does_nothing_the_second_time(home: Home) -> None:
    home.open().close()
    migrated(home, (*STEPS, SECOND))
    assert migrated(home, (*STEPS, SECOND)) == []
    assert len(list_backups(home.backups)) == 1


def test_a_failing_step_is_rolled_back_and_the_ones_before_it_stay(home: Home) -> None:
    home.open().close()
    with pytest.raises(StoreError, match="no such table"):
        migrated(home, (*STEPS, SECOND, THIRD_FAILS))
    assert home.query("PRAGMA user_version") == [(2,)]
    columns = [row[1] for row in home.query("PRAGMA table_info(review)")]
    assert "mood" in columns
    assert "other" not in columns


def test_without_a_backup_nothing_is_migrated(home: Home) -> None:
    home.open().close()
    home.backups.write_text("a file where the folder should be")
    before = files_of(home.folder)
    with pytest.raises(StoreUnwritableError, match="backup folder"):
        migrated(home, (*STEPS, SECOND))
    assert files_of(home.folder) == before


def test_a_newer_schema_is_refused_byte_for_byte_untouched(home: Home) -> None:
    store = home.open()
    store.append(answer_to("d#a"))
    store.close()
    migrated(home, (*STEPS, SECOND))
    before = files_of(home.folder)
    with pytest.raises(StoreNewerError, match=r"schema 2; this program knows 1"):
        home.open(daily_backup=True)
    assert files_of(home.folder) == before


def test_a_newer_schema_still_in_the_write_ahead_log_is_refused_untouched(home: Home, tmp_path: Path) -> None:
    store = home.open()
    store.close()
    database = Database(home.database, backups=home.backups, known_version=2)
    migrate(database, back_up=lambda: None, steps=(*STEPS, SECOND))
    copy = Home(tmp_path / "killed")
    copy.folder.mkdir()
    for ending in ("", "-wal"):
        Path(f"{copy.database}{ending}").write_bytes(Path(f"{home.database}{ending}").read_bytes())
    database.close()
    before = files_of(copy.folder)
    with pytest.raises(StoreNewerError):
        copy.open()
    assert files_of(copy.folder) == before


def test_an_open_older_program_writes_nothing_after_a_newer_one_migrated(home: Home) -> None:
    store = home.open()
    store.append(answer_to("d#a"))
    migrated(home, (*STEPS, SECOND))
    with pytest.raises(StoreNewerError):
        store.append(answer_to("d#a", days=1))
    with pytest.raises(StoreNewerError):
        store.mark("d#a", "flag", "1", now=NOW)
    store.close()
    assert home.query("SELECT count(*) FROM review") == [(1,)]
    assert home.query("SELECT count(*) FROM cardmark") == [(0,)]
