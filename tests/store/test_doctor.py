"""The doctor."""

from __future__ import annotations

from pathlib import Path

import pytest
from store.histories import NOW, Home, answer_to

from interviewprep.store import doctor
from interviewprep.store.backup import back_up
from interviewprep.store.store import Store


@pytest.fixture
def filled(store: Store) -> Store:
    """A store with a few answers, one of them undone."""
    for place in range(6):
        store.append(answer_to(f"d#{place % 3}", 1 + place % 4, days=place))
    store.append(answer_to("d#0", 1, days=9))
    store.undo(now=NOW)
    return store


def test_a_sound_store_is_well(home: Home, filled: Store) -> None:
    made = back_up(filled.database, now=NOW)
    report = doctor.check(filled)
    assert report.is_well
    assert (report.reviews, report.undone, report.cards) == (6, 1, 3)
    assert report.last_backup == made
    assert report.path == home.database


@pytest.mark.parametrize(
    ("change", "card", "field"),
    [
        ("UPDATE cardstate SET stability = stability * 1.01 WHERE card = 'd#1'", "d#1", "stability"),
        ("UPDATE cardstate SET due_day = due_day + 1 WHERE card = 'd#2'", "d#2", "due_day"),
        ("UPDATE cardstate SET lapses = 7 WHERE card = 'd#0'", "d#0", "lapses"),
        ("DELETE FROM cardstate WHERE card = 'd#1'", "d#1", "card"),
        ("UPDATE cardstate SET card = 'd#9' WHERE card = 'd#1'", "d#9", "card"),
        ("UPDATE review SET undone_at_ms = 1 WHERE seq = 6", "d#2", "reps"),
    ],
)
def test_a_state_that_is_not_the_logs_is_found_and_repaired(
    home: Home, filled: Store, change: str, card: str, field: str
) -> None:
    home.change(change)
    found = doctor.check(filled)
    assert not found.is_well
    assert (card, field) in {(d.card, d.field) for d in found.differences}
    doctor.rebuild(filled)
    assert doctor.check(filled).is_well
    assert filled.states() == home.replayed()


def test_checking_changes_nothing(home: Home, filled: Store) -> None:
    home.change("UPDATE cardstate SET stability = 1")
    before = home.query("SELECT * FROM cardstate")
    doctor.check(filled)
    assert home.query("SELECT * FROM cardstate") == before


def test_damaged_pages_are_found(home: Home) -> None:
    store = home.open()
    for place in range(300):
        store.append(answer_to(f"d#{place}", seconds=place))
    store.close()
    root = home.query("SELECT rootpage FROM sqlite_master WHERE name = 'review'")[0][0]
    assert isinstance(root, int)
    _overwrite(home.database, (root - 1) * 4096 + 8, b"\xff" * 200)
    store = home.open()
    report = doctor.check(store)
    assert report.damage
    assert not report.is_well
    store.close()


def test_a_damaged_index_is_rebuilt(home: Home) -> None:
    store = home.open()
    for place in range(40):
        store.append(answer_to(f"d#{place}", seconds=place))
    store.close()
    root = home.query("SELECT rootpage FROM sqlite_master WHERE name = 'review_day'")[0][0]
    assert isinstance(root, int)
    _overwrite(home.database, root * 4096 - 300, b"\x01" * 300)
    store = home.open()
    assert doctor.check(store).damage
    doctor.rebuild(store)
    assert doctor.check(store).is_well
    store.close()


def _overwrite(path: Path, at: int, content: bytes) -> None:
    with path.open("r+b") as file:
        file.seek(at)
        file.write(content)
