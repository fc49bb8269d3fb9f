"""Recording answers."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import replace
from datetime import datetime

import pytest
from store.histories import NOW, TODAY, Home, answer_to

from interviewprep.memory.curve import retrievability
from interviewprep.settings import Settings
from interviewprep.store.store import Store


def test_an_answer_is_in_the_file_when_append_returns(home: Home, store: Store) -> None:
    recorded = store.append(answer_to("d#a", verdict={"mini-batch": "said", "müßig": "missed"}))
    ((review_id, card, seq, verdict),) = home.query("SELECT id, card, seq, verdict FROM review")
    assert (review_id, card, seq) == (recorded.review_id, "d#a", 1)
    assert json.loads(str(verdict)) == {"mini-batch": "said", "müßig": "missed"}


def test_an_answer_survives_an_abrupt_end(home: Home) -> None:
    store = home.open()
    store.append(answer_to("d#a"))
    # Not closed: the write-ahead log is all there is.
    with sqlite3.connect(home.database) as other:
        assert other.execute("SELECT count(*) FROM review").fetchone() == (1,)
    other.close()
    store.close()


def test_the_state_is_the_fold_of_the_log(home: Home, store: Store) -> None:
    for place, rating in enumerate((3, 1, 3, 4, 2, 1, 3)):
        store.append(answer_to("d#a", rating, days=place * 2))
        store.append(answer_to("d#b", 5 - rating if rating > 1 else 1, days=place, seconds=5))
    assert store.states() == home.replayed()


def test_recorded_tells_before_after_and_predicted(store: Store) -> None:
    first = store.append(answer_to("d#a"))
    second = store.append(answer_to("d#a", 1, days=3))
    assert first.before is None
    assert first.predicted is None
    assert second.before == first.after
    assert first.after is not None
    assert second.predicted == pytest.approx(retrievability(first.after.stability, 3))
    assert second.after is not None
    assert second.after.lapses == 1
    assert second.after == store.states()["d#a"]


def test_the_log_keeps_what_was_shown(store: Store) -> None:
    recorded = store.append(answer_to("d#a"))
    (past,) = store.history("d#a")
    assert recorded.after is not None
    assert past.stability_after == recorded.after.stability
    assert past.interval_days == recorded.after.due_day - TODAY
    assert past.duration_ms == 9_000


def test_a_cram_answer_is_logged_and_moves_nothing(store: Store) -> None:
    first = store.append(answer_to("d#a"))
    crammed = store.append(answer_to("d#a", 1, days=1, mode="cram", reason="picked"))
    assert crammed.before == crammed.after == first.after
    assert store.states() == {"d#a": first.after}
    assert [p.mode for p in store.history("d#a")] == ["cram", "drill"]
    assert store.progress(TODAY + 1).asked == []


def test_an_answer_without_a_rating_moves_nothing(store: Store) -> None:
    recorded = store.append(answer_to("d#a", None, mode="mock", reason=""))
    assert recorded.after is None
    assert store.states() == {}


def test_a_late_answer_is_folded_at_its_time(home: Home, store: Store) -> None:
    store.append(answer_to("d#a", 3))
    store.append(answer_to("d#a", 4, days=6))
    late = store.append(answer_to("d#a", 1, days=2))
    assert late.after is not None
    assert late.after.reps == 3
    assert late.after.last_day == TODAY + 6
    assert store.states() == home.replayed()


def test_a_clock_set_back_keeps_intervals_positive(home: Home, store: Store) -> None:
    store.append(answer_to("d#a", 3))
    back = store.append(answer_to("d#a", 3, days=-400))
    assert back.after is not None
    assert back.after.due_day > back.after.last_day
    assert store.states() == home.replayed()


def test_answers_of_one_millisecond_keep_their_order(home: Home, store: Store) -> None:
    for rating in (1, 3, 1, 4, 2, 3, 1):
        store.append(answer_to("d#a", rating))
    assert store.states()["d#a"].last_rating == 1
    assert store.states() == home.replayed()


def test_a_state_that_vanished_is_folded_anew_by_the_next_answer(home: Home, store: Store) -> None:
    store.append(answer_to("d#a"))
    store.append(answer_to("d#a", days=3))
    home.change("DELETE FROM cardstate")
    store.append(answer_to("d#a", days=9))
    assert store.states()["d#a"].reps == 3
    assert store.states() == home.replayed()


def test_a_state_of_another_head_is_folded_anew_by_the_next_answer(home: Home, store: Store) -> None:
    store.append(answer_to("d#a"))
    home.change("UPDATE cardstate SET head_id = 'other', stability = 99")
    store.append(answer_to("d#a", days=9))
    assert store.states() == home.replayed()


def test_learners_do_not_see_each_other(home: Home) -> None:
    mine = home.open()
    mine.append(answer_to("d#a"))
    mine.mark("d#b", "suspended", "1", now=NOW)
    theirs = Home(home.folder, settings=Settings(learner="you")).open()
    assert theirs.states() == {}
    assert theirs.marks() == []
    assert theirs.history() == []
    assert theirs.undo(now=NOW) is None
    assert theirs.study_days(TODAY) == []
    theirs.append(answer_to("d#a", 1))
    assert mine.states()["d#a"].last_rating == 3
    mine.close()
    theirs.close()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("rating", 5),
        ("rating", None),
        ("mode", "exam"),
        ("reason", "whim"),
        ("card", ""),
        ("at", NOW.replace(tzinfo=None)),
    ],
)
def test_what_could_never_be_right_is_refused(field: str, value: str | int | datetime | None) -> None:
    with pytest.raises(ValueError, match=f"Answer.{field}"):
        replace(answer_to("d#a"), **{field: value})  # type: ignore[arg-type]


# -- leeches -------------------------------------------------------------------------------------


def test_a_leech_is_suspended_at_the_threshold_and_every_four_lapses_more(home: Home) -> None:
    home.settings = Settings(leech_lapses=2)
    store = home.open()
    suspended_at = []
    store.append(answer_to("d#a"))
    for day in range(1, 12):
        recorded = store.append(answer_to("d#a", 1, days=day))
        assert recorded.after is not None
        if recorded.leech:
            suspended_at.append(recorded.after.lapses)
            assert [m.value for m in store.marks("suspended")] == ["leech"]
            store.mark("d#a", "suspended", "", now=NOW)
    assert suspended_at == [2, 6, 10]
    store.close()


def test_a_card_already_suspended_is_not_suspended_again(home: Home) -> None:
    home.settings = Settings(leech_lapses=1)
    store = home.open()
    store.append(answer_to("d#a"))
    store.mark("d#a", "suspended", "1", now=NOW)
    assert not store.append(answer_to("d#a", 1, days=1)).leech
    assert [m.value for m in store.marks("suspended")] == ["1"]
    store.close()


def test_leeches_can_be_turned_off(home: Home) -> None:
    home.settings = Settings(leech_lapses=0)
    store = home.open()
    store.append(answer_to("d#a"))
    assert not any(store.append(answer_to("d#a", 1, days=day)).leech for day in range(1, 15))
    store.close()
