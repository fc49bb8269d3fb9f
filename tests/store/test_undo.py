"""Taking back what was done."""

from __future__ import annotations

from store.histories import NOW, TODAY, Home, answer_to

from interviewprep.settings import Settings
from interviewprep.store.store import Store


def test_undo_takes_back_step_by_step_to_the_beginning(store: Store) -> None:
    before = [store.states()]
    for place, rating in enumerate((3, 1, 3, 2)):
        store.append(answer_to("d#a" if place % 2 else "d#b", rating, days=place))
        before.append(store.states())
    for expected in reversed(before[:-1]):
        assert store.undo(now=NOW) is not None
        assert store.states() == expected
    assert store.undo(now=NOW) is None


def test_undo_names_what_it_took_back(store: Store) -> None:
    recorded = store.append(answer_to("d#a", 1))
    undone = store.undo(now=NOW, session_id="s1")
    assert undone is not None
    assert (undone.kind, undone.card, undone.rating, undone.mode) == ("review", "d#a", 1, "drill")
    assert undone.id == recorded.review_id


def test_an_undone_review_stays_in_the_log(home: Home, store: Store) -> None:
    store.append(answer_to("d#a"))
    store.undo(now=NOW)
    assert store.history() == []
    (past,) = store.history(include_undone=True)
    assert past.undone
    assert home.query("SELECT count(*) FROM review") == [(1,)]
    assert store.study_days(TODAY) == []


def test_undo_works_after_a_restart(home: Home) -> None:
    first = home.open()
    first.append(answer_to("d#a"))
    expected = first.states()
    first.append(answer_to("d#a", 1, days=3, session_id="s2"))
    first.close()
    second = home.open()
    undone = second.undo(now=NOW, session_id="s3")
    assert undone is not None
    assert undone.rating == 1
    assert second.states() == expected
    second.close()


def test_undo_takes_this_sessions_deeds_first(store: Store) -> None:
    store.append(answer_to("d#mine", session_id="mine"))
    store.append(answer_to("d#theirs", session_id="theirs", seconds=5))
    order = [store.undo(now=NOW, session_id="mine") for _ in range(3)]
    assert [u.card if u else None for u in order] == ["d#mine", "d#theirs", None]


def test_reviews_and_marks_are_undone_in_the_order_they_were_made(store: Store) -> None:
    store.append(answer_to("d#a"))
    store.mark("d#b", "buried", str(TODAY), now=NOW, session_id="s1")
    store.append(answer_to("d#c", seconds=1))
    store.mark("d#a", "flag", "1", now=NOW, session_id="s1")
    kinds = []
    while undone := store.undo(now=NOW, session_id="s1"):
        kinds.append((undone.kind, undone.card))
    assert kinds == [("flag", "d#a"), ("review", "d#c"), ("buried", "d#b"), ("review", "d#a")]
    assert store.marks() == []


def test_undoing_a_clearing_brings_the_mark_back(store: Store) -> None:
    store.mark("d#a", "note", "ask about bias", now=NOW)
    store.mark("d#a", "note", "", now=NOW)
    assert store.marks("note") == []
    store.undo(now=NOW)
    assert [m.value for m in store.marks("note")] == ["ask about bias"]


def test_a_cram_answer_is_undone_too(store: Store) -> None:
    store.append(answer_to("d#a"))
    states = store.states()
    store.append(answer_to("d#a", 1, mode="cram", reason="picked", seconds=9))
    undone = store.undo(now=NOW)
    assert undone is not None
    assert undone.mode == "cram"
    assert store.states() == states


def test_a_leechs_suspension_falls_with_its_review(home: Home) -> None:
    home.settings = Settings(leech_lapses=1)
    store = home.open()
    store.append(answer_to("d#a"))
    assert store.append(answer_to("d#a", 1, days=1)).leech
    assert store.progress(TODAY + 1).hidden == {"d#a"}
    undone = store.undo(now=NOW)
    assert undone is not None
    assert undone.kind == "review"
    assert store.marks() == []
    assert store.progress(TODAY + 1).hidden == set()
    store.close()


def test_undoing_an_earlier_review_replays_the_card(home: Home, store: Store) -> None:
    store.append(answer_to("d#a", 1, session_id="mine"))
    store.append(answer_to("d#a", 3, days=2, session_id="theirs"))
    store.undo(now=NOW, session_id="mine")
    assert store.states()["d#a"].reps == 1
    assert store.states() == home.replayed()


def test_what_came_from_elsewhere_is_never_undone(home: Home, store: Store) -> None:
    store.append(answer_to("d#a"))
    store.append(answer_to("d#b", seconds=1))
    store.mark("d#c", "suspended", "1", now=NOW)
    home.change("UPDATE review SET device = 'laptop' WHERE card = 'd#b'")
    home.change("UPDATE review SET mode = 'import' WHERE card = 'd#a'")
    home.change("UPDATE cardmark SET device = 'laptop'")
    assert store.undo(now=NOW) is None
    assert len(store.history()) == 2
