"""What the store remembers of exports, and what it gives them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from store.histories import answer_to

from interviewprep.store.exports import (
    ExportedNote,
    exported_notes,
    keep_exported,
    keep_links,
    moving_reviews,
    review_links,
)

if TYPE_CHECKING:
    from store.histories import Home

    from interviewprep.store.store import Store

NOTE = ExportedNote("d#a", "guid-a", "hash", 1_000, 77)


def test_notes_are_kept_by_system_and_replaced(store: Store) -> None:
    keep_exported(store, "anki", [NOTE, NOTE._replace(card="d#b", guid="guid-b")])
    keep_exported(store, "other", [NOTE._replace(guid="else")])
    keep_exported(store, "anki", [NOTE._replace(mod=2_000)])
    assert exported_notes(store, "anki") == {
        "d#a": NOTE._replace(mod=2_000),
        "d#b": NOTE._replace(card="d#b", guid="guid-b"),
    }
    assert exported_notes(store, "other")["d#a"].guid == "else"


def test_a_renamed_card_leaves_no_note_behind(store: Store) -> None:
    keep_exported(store, "anki", [NOTE])
    keep_exported(store, "anki", [NOTE._replace(card="d#new")], renamed=["d#a"])
    assert list(exported_notes(store, "anki")) == ["d#new"]


def test_only_live_reviews_that_move_memory_are_given_in_the_order_of_the_fold(store: Store) -> None:
    store.append(answer_to("d#a", 3, days=2))
    store.append(answer_to("d#a", 1, days=1))
    store.append(answer_to("d#a", 3, days=3, mode="cram"))
    store.append(answer_to("d#b", 4))
    store.append(answer_to("d#b", 2, days=5))
    store.undo(now=answer_to("d#b", days=6).at)
    found = moving_reviews(store)
    assert {card: [r.rating for r in reviews] for card, reviews in found.items()} == {
        "d#a": [1, 3],
        "d#b": [4],
    }
    assert found["d#b"][0].interval_days is not None
    assert found["d#b"][0].duration_ms == 9_000


def test_reviews_under_former_names_are_the_cards(home: Home) -> None:
    old = home.open()
    old.append(answer_to("d#old", 3, days=1))
    old.append(answer_to("d#z-old", 2, days=3))
    old.append(answer_to("d#new", 4, days=2))
    old.close()
    store = replace(home, aliases={"d#old": "d#new", "d#z-old": "d#new"}).open()
    found = moving_reviews(store)
    assert [(r.card, r.rating) for r in found["d#new"]] == [("d#new", 3), ("d#new", 4), ("d#new", 2)]
    assert list(found) == ["d#new"]
    store.close()


def test_names_of_reviews_in_another_system_are_kept(store: Store) -> None:
    review = store.append(answer_to("d#a", 3)).review_id
    keep_links(store, "anki", {})
    keep_links(store, "anki", {review: "guid/1700000000000"})
    assert review_links(store, "anki") == {review: "guid/1700000000000"}
    assert review_links(store, "other") == {}
