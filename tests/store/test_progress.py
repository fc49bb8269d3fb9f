"""What is read from the store: progress, history, days, pace, forecast, former names."""

from __future__ import annotations

import pytest
from store.histories import NOW, TODAY, Home, answer_to

from interviewprep.memory.types import Asked
from interviewprep.settings import Settings
from interviewprep.store.store import Store


def test_progress_holds_the_states_that_matter_today(store: Store) -> None:
    store.append(answer_to("d#due", 1, days=-3))
    store.append(answer_to("d#later", 4, days=-1))
    store.append(answer_to("d#today", 4))
    store.append(answer_to("d#red", 1, days=-2, confidence=3))
    store.append(answer_to("d#red", 4, days=-1))
    progress = store.progress(TODAY)
    assert set(progress.states) == {"d#due", "d#today", "d#red"}
    assert progress.seen == {"d#due": False, "d#later": True, "d#today": True, "d#red": True}


def test_asked_is_todays_drill_in_order(store: Store) -> None:
    store.append(answer_to("d#old", days=-1))
    store.append(answer_to("d#b", 1, reason="new"))
    store.append(answer_to("d#a", 3, seconds=-60, reason="due"))
    store.append(answer_to("d#c", 3, mode="cram", reason="picked"))
    store.append(answer_to("d#b", 3, seconds=50, reason="repeat"))
    assert store.progress(TODAY).asked == [
        Asked("d#b", 1, "new"),
        Asked("d#a", 3, "due"),
        Asked("d#b", 3, "repeat"),
    ]


def test_states_of_some_cards(store: Store) -> None:
    for place in range(300):
        store.append(answer_to(f"d#{place}", seconds=place))
    few = [f"d#{place}" for place in range(5)]
    many = [f"d#{place}" for place in range(250)]
    assert set(store.states([*few, "d#none"])) == set(few)
    assert set(store.states([*many, "d#none"])) == set(many)
    assert len(store.states()) == 300


def test_history_is_newest_first_and_limited(store: Store) -> None:
    for day in (3, 1, 2):
        store.append(answer_to("d#a", day, days=day))
    store.append(answer_to("d#b", 4, days=9))
    assert [p.rating for p in store.history()] == [4, 3, 2, 1]
    assert [p.rating for p in store.history("d#a", limit=2)] == [3, 2]


def test_study_days_are_distinct_and_end_today(store: Store) -> None:
    for day in (-5, -1, -1, 0, 2):
        store.append(answer_to("d#a", days=day))
    assert store.study_days(TODAY) == [TODAY - 5, TODAY - 1, TODAY]


def test_pace_is_the_median_once_there_are_twenty_answers(store: Store) -> None:
    for place in range(19):
        store.append(answer_to(f"d#{place}", reason="new", duration_ms=30_000))
    assert store.pace() == (20.0, 14.0)
    store.append(answer_to("d#x", reason="new", duration_ms=500_000))
    assert store.pace() == (30.0, 14.0)


def test_forecast_counts_overdue_today_and_leaves_hidden_cards_out(store: Store) -> None:
    for card in ("d#a", "d#b", "d#c", "d#d"):
        store.append(answer_to(card, 1, days=-10))
    store.mark("d#b", "suspended", "1", now=NOW)
    store.mark("d#c", "buried", str(TODAY), now=NOW)
    assert store.due_by_day(TODAY, 4) == [2, 1, 0, 0]
    assert store.due_on(TODAY + 1) == 3


def test_changed_elsewhere_notices_another_store_only(home: Home, store: Store) -> None:
    store.append(answer_to("d#a"))
    assert not store.changed_elsewhere()
    other = home.open()
    other.append(answer_to("d#a", days=1))
    assert store.changed_elsewhere()
    assert not store.changed_elsewhere()
    assert store.states() == other.states()
    other.close()


def test_a_changed_setting_moves_due_days_and_nothing_else(home: Home) -> None:
    store = home.open()
    for place in range(30):
        for day in (0, 5, 20):
            store.append(answer_to(f"d#{place}", 3, days=day))
    before = store.states()
    store.close()
    home.settings = Settings(desired_retention=0.75, maximum_interval=90)
    after_store = home.open()
    after = after_store.states()
    assert {c: s._replace(due_day=0) for c, s in after.items()} == {
        c: s._replace(due_day=0) for c, s in before.items()
    }
    assert after != before
    assert after == home.replayed()
    after_store.close()


def test_a_raised_fold_version_computes_states_anew(home: Home, store: Store) -> None:
    store.append(answer_to("d#a"))
    home.change("UPDATE cardstate SET stability = 1234")
    home.change("UPDATE meta SET value = 'fold 0, params x' WHERE key = 'computed:me'")
    again = home.open()
    assert again.states() == home.replayed()
    again.close()


def test_two_programs_with_different_settings_are_put_right_at_the_next_start(home: Home) -> None:
    first = home.open()
    first.append(answer_to("d#a", 4))
    other_home = Home(home.folder, settings=Settings(desired_retention=0.8))
    second = other_home.open()
    first.append(answer_to("d#a", 4, days=9))  # by the first one's settings
    first.close()
    second.close()
    third = other_home.open()
    assert third.states() == other_home.replayed()
    third.close()


def test_two_programs_with_different_names_are_put_right_at_the_next_start(home: Home) -> None:
    first = home.open()
    first.append(answer_to("d#a"))
    renamed = Home(home.folder, aliases={"d#a": "d#b"})
    second = renamed.open()
    first.append(answer_to("d#a", days=3))  # its decks are those of this morning
    first.undo(now=NOW)
    first.append(answer_to("d#a", days=4))
    first.close()
    second.close()
    third = renamed.open()
    assert set(third.states()) == {"d#b"}
    assert third.states() == renamed.replayed()
    third.close()


# -- former names --------------------------------------------------------------------------------


def test_a_renamed_card_keeps_its_history_and_marks(home: Home) -> None:
    store = home.open()
    store.append(answer_to("old#a"))
    store.mark("old#a", "flag", "1", now=NOW)
    store.close()
    home.aliases = {"old#a": "new#a"}
    store = home.open()
    store.append(answer_to("new#a", days=4))
    assert set(store.states()) == {"new#a"}
    assert store.states()["new#a"].reps == 2
    assert [p.card for p in store.history("new#a")] == ["new#a", "new#a"]
    assert store.history("old#a") == store.history("new#a")
    assert [m.card for m in store.marks("flag", "new#a")] == ["new#a"]
    assert store.states() == home.replayed()
    assert home.query("SELECT DISTINCT card FROM review ORDER BY card") == [("new#a",), ("old#a",)]
    store.close()


def test_two_cards_joined_into_one_are_folded_together(home: Home) -> None:
    store = home.open()
    store.append(answer_to("d#a", 1))
    store.append(answer_to("d#b", 4, days=1))
    home.aliases = {"d#b": "d#a"}
    store.apply_aliases(home.aliases)
    assert store.states()["d#a"].reps == 2
    assert store.states() == home.replayed()
    store.undo(now=NOW)
    assert store.states() == home.replayed()
    store.close()


def test_a_rename_that_is_taken_back_parts_the_histories_again(home: Home) -> None:
    store = home.open()
    store.append(answer_to("d#a"))
    before = store.states()
    store.close()
    home.aliases = {"d#a": "d#b"}
    home.open().close()
    home.aliases = {}
    store = home.open()
    assert store.states() == before
    store.close()


@pytest.mark.parametrize("aliases", [{"a": "b", "b": "c"}, {"a": "b", "b": "a"}])
def test_chains_and_circles_of_names_end_somewhere(home: Home, aliases: dict[str, str]) -> None:
    home.aliases = aliases
    store = home.open()
    store.append(answer_to("a"))
    assert len(store.states()) == 1
    store.close()
