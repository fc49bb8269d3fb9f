"""Marks: suspended, buried, flag, note, known."""

from __future__ import annotations

from datetime import timedelta

import pytest
from store.histories import NOW, TODAY, Home, answer_to

from interviewprep.store.store import Store


def test_marks_are_listed_by_kind_and_card(store: Store) -> None:
    store.mark("d#a", "flag", "1", now=NOW)
    store.mark("d#b", "flag", "1", now=NOW + timedelta(seconds=1))
    store.mark("d#a", "note", "too long", now=NOW + timedelta(seconds=2))
    assert [m.card for m in store.marks("flag")] == ["d#a", "d#b"]
    assert [(m.kind, m.value) for m in store.marks(card="d#a")] == [("flag", "1"), ("note", "too long")]
    assert store.marks("flag", "d#c") == []


def test_an_empty_value_clears(store: Store) -> None:
    store.mark("d#a", "suspended", "1", now=NOW)
    store.mark("d#a", "suspended", "", now=NOW)
    assert store.marks() == []
    assert store.progress(TODAY).hidden == set()


def test_a_mark_that_changes_nothing_is_not_written(home: Home, store: Store) -> None:
    assert not store.mark("d#a", "flag", "", now=NOW)
    assert store.mark("d#a", "flag", "1", now=NOW)
    assert not store.mark("d#a", "flag", "1", now=NOW + timedelta(hours=1))
    assert home.query("SELECT count(*) FROM cardmark") == [(1,)]


def test_a_later_mark_holds_even_when_the_clock_was_set_back(store: Store) -> None:
    store.mark("d#a", "suspended", "1", now=NOW)
    store.mark("d#a", "suspended", "", now=NOW - timedelta(days=3))
    assert store.marks() == []


def test_the_latest_mark_of_two_devices_holds(home: Home, store: Store) -> None:
    store.mark("d#a", "note", "first", now=NOW)
    store.mark("d#a", "note", "second", now=NOW + timedelta(seconds=1))
    home.change("UPDATE cardmark SET at_ms = at_ms + 90000, device = 'laptop' WHERE value = 'first'")
    assert [m.value for m in store.marks()] == ["first"]


def test_hidden_cards_are_suspended_known_or_buried_for_today(store: Store) -> None:
    for card, kind, value in (
        ("d#s", "suspended", "1"),
        ("d#k", "known", "1"),
        ("d#b", "buried", str(TODAY)),
        ("d#f", "flag", "1"),
        ("d#n", "note", "x"),
    ):
        store.mark(card, kind, value, now=NOW)
    assert store.progress(TODAY).hidden == {"d#s", "d#k", "d#b"}
    assert store.progress(TODAY + 1).hidden == {"d#s", "d#k"}


@pytest.mark.parametrize(("kind", "value"), [("liked", "1"), ("buried", "tomorrow"), ("buried", "-1")])
def test_what_could_never_be_right_is_refused(store: Store, kind: str, value: str) -> None:
    with pytest.raises(ValueError, match=kind):
        store.mark("d#a", kind, value, now=NOW)
    store.append(answer_to("d#a"))  # the store goes on
