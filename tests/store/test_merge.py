"""Joining two machines' progress: nothing is lost, whatever the order."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from store.histories import NOW, TODAY, Home, answer_to

from interviewprep.store.merge import BadRowError, Row, checked, everything, join
from interviewprep.store.plans import SavedPlan, SavedPlanDay
from interviewprep.store.store import Store

CARDS = ("d#a", "d#b")


class Act(NamedTuple):
    """Something a learner does on one machine."""

    what: str
    card: str
    value: int
    hours: int


acts = st.lists(
    st.builds(
        Act,
        st.sampled_from(("answer", "answer", "answer", "undo", "flag", "suspend", "plan", "day")),
        st.sampled_from(CARDS),
        st.integers(1, 4),
        st.integers(0, 200),
    ),
    max_size=6,
)


def live(store: Store, deeds: Sequence[Act]) -> None:
    for deed in deeds:
        now = NOW + timedelta(hours=deed.hours)
        if deed.what == "answer":
            store.append(answer_to(deed.card, deed.value, seconds=3600 * deed.hours))
        elif deed.what == "undo":
            store.undo(now=now)
        elif deed.what == "flag":
            store.mark(deed.card, "flag", "1" if deed.value % 2 else "", now=now)
        elif deed.what == "suspend":
            store.mark(deed.card, "suspended", "1" if deed.value % 2 else "", now=now)
        elif deed.what == "plan":
            store.put_plan(SavedPlan("p", f"plan {deed.value}", 21_000, 20.0, {}, None, deed.hours, ""))
        else:
            store.put_plan_day(SavedPlanDay("p", TODAY, f"rule {deed.value}", [deed.card], deed.hours, ""))


class Machines:
    """Several machines in one folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.homes: dict[str, Home] = {}

    def made(self, name: str, deeds: Sequence[Act] = ()) -> Home:
        home = self.homes[name] = Home(self.folder / name)
        with closing_store(home) as store:
            live(store, deeds)
        return home

    def joined(self, name: str, *others: Home) -> Home:
        """A new machine that took in others one after the other."""
        home = self.made(name)
        for other in others:
            take(home, other)
        return home


class closing_store:  # noqa: N801 (reads as a function)
    """A store that is closed at the end of the block."""

    def __init__(self, home: Home) -> None:
        self.store = home.open()

    def __enter__(self) -> Store:
        return self.store

    def __exit__(self, *_: object) -> None:
        self.store.close()


def rows_of(home: Home) -> list[tuple[str, Row]]:
    with closing_store(home) as store:
        return [(kind, row) for kind, row in everything(store) if kind != "params"]


def take(home: Home, other: Home) -> None:
    rows = rows_of(other)
    with closing_store(home) as store:
        join(store, rows)


def progress_of(home: Home) -> tuple[object, ...]:
    with closing_store(home) as store:
        states = store.states()
        marks = [(m.card, m.kind, m.value, m.at_ms) for m in store.marks()]
    assert states == home.replayed(), "the cache is the fold of the log"
    return rows_of(home), states, marks


@pytest.fixture
def machines(tmp_path: Path) -> Machines:
    return Machines(tmp_path)


@given(acts, acts)
@settings(max_examples=12)
def test_joining_is_commutative_and_idempotent(one: list[Act], other: list[Act]) -> None:
    with TemporaryDirectory() as folder:
        machines = Machines(Path(folder))
        laptop, desktop = machines.made("laptop", one), machines.made("desktop", other)
        there = progress_of(machines.joined("a", laptop, desktop))
        back = progress_of(machines.joined("b", desktop, laptop))
        again = progress_of(machines.joined("c", laptop, desktop, laptop, desktop))
        assert there == back == again


@given(acts, acts, acts)
@settings(max_examples=8)
def test_joining_is_associative(one: list[Act], two: list[Act], three: list[Act]) -> None:
    with TemporaryDirectory() as folder:
        machines = Machines(Path(folder))
        first, second, third = (machines.made(str(n), deeds) for n, deeds in enumerate((one, two, three)))
        left = machines.joined("left", machines.joined("12", first, second), third)
        right = machines.joined("right", first, machines.joined("23", second, third))
        assert progress_of(left) == progress_of(right)


def test_both_machines_end_up_the_same_in_either_order(machines: Machines) -> None:
    laptop = machines.made("laptop", [Act("answer", "d#a", 3, 0), Act("flag", "d#a", 1, 1)])
    desktop = machines.made("desktop", [Act("answer", "d#a", 1, 30), Act("answer", "d#b", 4, 31)])
    take(laptop, desktop)
    take(desktop, laptop)
    assert progress_of(laptop) == progress_of(desktop)
    with closing_store(laptop) as store:
        assert store.states()["d#a"].reps == 2
        assert store.states()["d#a"].last_rating == 1


def test_what_was_joined_is_reported_and_a_trial_keeps_nothing(machines: Machines) -> None:
    laptop = machines.made("laptop", [Act("answer", "d#a", 3, 0)])
    desktop = machines.made("desktop", [Act("answer", "d#b", 3, 1), Act("flag", "d#b", 1, 2)])
    before = progress_of(laptop)
    rows = rows_of(desktop)
    with closing_store(laptop) as store:
        trial = join(store, rows, dry_run=True)
    assert (trial.reviews, trial.marks, trial.cards) == (1, 1, 1)
    assert progress_of(laptop) == before
    with closing_store(laptop) as store:
        assert join(store, rows) == trial
        assert join(store, rows)[:6] == (0, 0, 0, 0, 0, 0)


def test_an_answer_taken_back_elsewhere_is_taken_back_here(machines: Machines) -> None:
    laptop = machines.made("laptop", [Act("answer", "d#a", 3, 0)])
    desktop = machines.joined("desktop", laptop)
    with closing_store(laptop) as store:
        store.undo(now=NOW + timedelta(hours=5))
    take(desktop, laptop)
    with closing_store(desktop) as store:
        assert store.states() == {}
        assert store.undo(now=NOW + timedelta(hours=6)) is None, "what was merged is not this device's"


@given(st.permutations(range(3)), st.sampled_from(["d#a", "d#b"]), st.integers(-1, 1), st.integers(0, 2))
@settings(max_examples=10)
def test_what_two_machines_imported_differently_becomes_one(
    order: list[int], card: str, days: int, undone: int
) -> None:
    """One review of the phone's, taken in on three machines in other time zones or under other names."""
    with TemporaryDirectory() as folder:
        machines = Machines(Path(folder))
        review = dict(rows_of(machines.made("phone", [Act("answer", "d#a", 3, 0)]))[0][1])
        rows: list[Row] = [
            review,
            {**review, "card": card, "study_day": TODAY + days, "utc_offset_min": 60 * days},
            {**review, "utc_offset_min": 480, "undone_at_ms": undone or None},
        ]
        here, there = machines.made("here"), machines.made("there")
        for home, places in ((here, range(3)), (there, order)):
            for place in places:
                with closing_store(home) as store:
                    join(store, [("review", rows[place])])
        at_once = machines.made("at once")
        with closing_store(at_once) as store:
            assert join(store, [("review", row) for row in rows]).reviews == 1
        assert progress_of(here) == progress_of(there) == progress_of(at_once)


def test_rows_that_are_none_of_ours_are_refused(machines: Machines) -> None:
    row = dict(rows_of(machines.made("laptop", [Act("answer", "d#a", 3, 0)]))[0][1])
    assert checked("review", row) == row
    bad: list[tuple[str, dict[str, object], str]] = [
        ("recipe", {}, "no 'recipe'"),
        ("review", {**row, "colour": "red"}, "no column 'colour'"),
        ("review", {k: v for k, v in row.items() if k != "card"}, "lacks 'card'"),
        ("review", {**row, "card": 7}, "card of a review is 7"),
        ("review", {**row, "moves": True}, "moves of a review is True"),
        ("review", {**row, "learner": None}, "learner of a review is empty"),
    ]
    for kind, raw, message in bad:
        with pytest.raises(BadRowError, match=message):
            checked(kind, raw)
