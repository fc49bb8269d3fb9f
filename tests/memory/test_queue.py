"""The queue's rules, one by one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

import pytest

from interviewprep.cards.heads import CardHead
from interviewprep.memory.queue import Queue, QueueCounts
from interviewprep.memory.types import Asked, CardState, Progress, QueueItem, QueueLimits, Rating

TODAY = 20000
AGAIN, HARD, GOOD, EASY = Rating


def head(
    name: str, *, concept: str = "", requires: str = "", deck: str = "d", scheduled: bool = True
) -> CardHead:
    full = name if "#" in name else f"{deck}#{name}"
    concept = concept or full.partition("#")[2]
    return CardHead(full, "qa", concept, requires, "medium", "should", "", int(scheduled))


def state(
    card: str,
    *,
    stability: float = 10.0,
    last: int = TODAY - 10,
    due: int = TODAY,
    repeat: int | None = None,
    red: int | None = None,
    passes: int = 1,
) -> CardState:
    full = card if "#" in card else f"d#{card}"
    return CardState(
        card=full,
        stability=stability,
        difficulty=5.0,
        first_day=TODAY - 50,
        last_day=last,
        last_at_ms=0,
        due_day=due,
        reps=1,
        lapses=0,
        pass_days=passes,
        last_rating=1 if repeat is not None else 3,
        repeat_day=repeat,
        red_from_day=red,
        pass_day=None,
        fail_day=None,
        head_id="",
    )


def progress(
    *states: CardState,
    asked: Sequence[Asked] = (),
    hidden: Sequence[str] = (),
    seen: Mapping[str, bool] | None = None,
) -> Progress:
    return Progress(
        today=TODAY,
        seen={s.card: s.pass_days > 0 for s in states} | dict(seen or {}),
        states={s.card: s for s in states},
        hidden=frozenset(hidden),
        asked=tuple(asked),
    )


def run(queue: Queue, *ratings: Rating) -> list[QueueItem]:
    """Answer with these ratings, then Good until the end (at most 500 answers); what was asked."""
    items: list[QueueItem] = []
    left = list(ratings)
    while (item := queue.next()) and len(items) < 500:
        items.append(item)
        answer(queue, item, left.pop(0) if left else GOOD)
    return items


def answer(queue: Queue, item: QueueItem, rating: Rating = GOOD) -> None:
    failed = rating is AGAIN
    after = state(
        item.card, last=TODAY, due=TODAY + 1, repeat=TODAY if failed else None, passes=int(not failed)
    )
    queue.record(Asked(item.card, int(rating), item.reason), after)


def names(items: Sequence[QueueItem]) -> list[str]:
    return [item.card.partition("#")[2] for item in items]


def reasons(items: Sequence[QueueItem]) -> list[str]:
    return [item.reason for item in items]


def test_nothing_to_ask() -> None:
    queue = Queue([], progress(), QueueLimits())
    assert queue.next() is None
    assert queue.counts() == QueueCounts(0, 0, 0, 0, 0)
    assert queue.order() == []


def test_next_is_a_peek() -> None:
    queue = Queue([head("a"), head("b")], progress(), QueueLimits())
    assert queue.next() == queue.next() == QueueItem("d#a", "new")


def test_unscheduled_and_hidden_cards_are_never_asked() -> None:
    heads = [head("a", scheduled=False), head("b"), head("c")]
    assert names(run(Queue(heads, progress(hidden=["d#b"]), QueueLimits()))) == ["c"]


def test_cards_outside_the_selection_are_never_asked() -> None:
    queue = Queue([head("a")], progress(state("a"), state("other")), QueueLimits())
    assert names(run(queue)) == ["a"]


def test_due_cards_come_by_lowest_retrievability() -> None:
    states = [state("a", stability=30), state("b", stability=3), state("c", stability=10)]
    queue = Queue([head(c) for c in "abc"], progress(*states), QueueLimits(), decay=0.2)
    assert names(run(queue)) == ["b", "c", "a"]


def test_cards_not_yet_due_do_not_come() -> None:
    states = [state("a", due=TODAY + 1), state("b", due=TODAY), state("c", due=TODAY - 40)]
    assert sorted(names(run(Queue([head(c) for c in "abc"], progress(*states), QueueLimits())))) == ["b", "c"]


def test_a_card_answered_today_does_not_come_again_as_due() -> None:
    asked = [Asked("d#a", GOOD, "due")]
    assert Queue([head("a")], progress(state("a"), asked=asked), QueueLimits()).next() is None


def test_new_cards_come_in_deck_order_and_no_more_than_set() -> None:
    heads = [head(f"c{n:02}") for n in range(30)]
    assert names(run(Queue(heads, progress(), QueueLimits()))) == [f"c{n:02}" for n in range(10)]
    assert run(Queue(heads, progress(), QueueLimits(new_per_day=0))) == []


def test_the_days_limits_count_what_was_asked_in_other_selections() -> None:
    asked = [Asked(f"x#{n}", GOOD, "new") for n in range(7)] + [
        Asked(f"x#r{n}", GOOD, "due") for n in range(4)
    ]
    heads = [head(f"n{n}") for n in range(9)] + [head(f"r{n}") for n in range(9)]
    states = [state(f"r{n}") for n in range(9)]
    queue = Queue(heads, progress(*states, asked=asked), QueueLimits(new_per_day=10, reviews_per_day=6))
    assert queue.counts() == QueueCounts(repeat=0, red=0, due=2, new=3, total=5)
    assert sorted(reasons(run(queue))) == ["due"] * 2 + ["new"] * 3


def test_picked_answers_use_up_no_limit() -> None:
    asked = [Asked("x#1", GOOD, "picked"), Asked("x#2", GOOD, "repeat")]
    queue = Queue([head("a")], progress(asked=asked), QueueLimits(new_per_day=1))
    assert queue.next() == QueueItem("d#a", "new")


def test_new_cards_are_spread_evenly_among_due_ones() -> None:
    heads = [head(f"r{n}") for n in range(20)] + [head(f"n{n}") for n in range(5)]
    states = [state(f"r{n}", stability=n + 1) for n in range(20)]
    found = reasons(run(Queue(heads, progress(*states), QueueLimits())))
    places = [place for place, reason in enumerate(found) if reason == "new"]
    gaps = [b - a for a, b in pairwise(places)]
    assert len(places) == 5
    assert set(gaps) == {5}
    assert 1 <= places[0] <= 3


def test_spreading_goes_on_in_a_later_sitting() -> None:
    heads = [head(f"r{n}") for n in range(6)] + [head(f"n{n}") for n in range(6)]
    states = [state(f"r{n}") for n in range(6)]
    asked = [Asked(f"d#n{n}", GOOD, "new") for n in range(3)]
    seen = {f"d#n{n}": True for n in range(3)}
    queue = Queue(heads, progress(*states, asked=asked, seen=seen), QueueLimits())
    assert reasons(run(queue))[:3] == ["due", "due", "due"]


# -- repeats -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("first", range(12))
def test_a_failed_card_comes_back_after_five_to_ten_others(first: int) -> None:
    queue = Queue([head(f"c{n + 100 * first}") for n in range(30)], progress(), QueueLimits(new_per_day=30))
    items = run(queue, AGAIN)
    again = [place for place, item in enumerate(items) if item.reason == "repeat"]
    assert [items[place].card for place in again] == [items[0].card]
    assert 5 <= again[0] - 1 <= 10


def test_gaps_differ_between_cards_and_failures() -> None:
    found = set()
    for n in range(40):
        queue = Queue([head(f"c{n}-{m}") for m in range(30)], progress(), QueueLimits(new_per_day=30))
        found.add(reasons(run(queue, AGAIN)).index("repeat") - 1)
    assert found == {5, 6, 7, 8, 9, 10}


def test_every_card_failing_none_waits_for_more_than_ten_others() -> None:
    queue = Queue([head(f"c{n}") for n in range(40)], progress(), QueueLimits(new_per_day=40))
    items = run(queue, *[AGAIN] * 60)
    last: dict[str, int] = {}
    for place, item in enumerate(items):
        if item.reason == "repeat":
            others = place - last[item.card] - 1
            # All forty have been asked by then, and repeats come early when nothing else is left.
            assert others <= 10
            assert others >= 5 or "new" not in reasons(items[place:])
        last[item.card] = place


def test_a_repeat_comes_early_only_when_nothing_else_is_left() -> None:
    items = run(Queue([head("a"), head("b"), head("c")], progress(), QueueLimits()), AGAIN)
    assert names(items) == ["a", "b", "c", "a"]


def test_a_failed_card_is_repeated_until_it_is_passed() -> None:
    items = run(Queue([head("a")], progress(), QueueLimits()), AGAIN, AGAIN, AGAIN)
    assert reasons(items) == ["new", "repeat", "repeat", "repeat"]


def test_repeats_come_whatever_the_limits() -> None:
    limits = QueueLimits(new_per_day=0, reviews_per_day=0)
    waiting = state("a", last=TODAY, repeat=TODAY)
    queue = Queue([head("a")], progress(waiting, asked=[Asked("d#a", AGAIN, "due")]), limits)
    assert queue.next() == QueueItem("d#a", "repeat")


def test_a_card_failed_outside_the_drill_comes_back_first() -> None:
    waiting = state("a", last=TODAY, repeat=TODAY)
    queue = Queue([head("b"), head("a")], progress(waiting), QueueLimits())
    assert queue.next() == QueueItem("d#a", "repeat")


def test_yesterdays_repeat_comes_as_due() -> None:
    failed = state("a", last=TODAY - 1, due=TODAY, repeat=TODAY - 1)
    assert Queue([head("a")], progress(failed), QueueLimits()).next() == QueueItem("d#a", "due")


# -- the red list ------------------------------------------------------------------------------------


def test_the_red_list_comes_before_due_and_new_ones() -> None:
    states = [state("a", stability=1), state("b", last=TODAY - 1, due=TODAY + 3, red=TODAY - 1)]
    items = run(Queue([head(c) for c in "nab"], progress(*states), QueueLimits()))
    assert items[0] == QueueItem("d#b", "red")


def test_the_red_list_counts_against_the_review_limit() -> None:
    red = [state(f"r{n}", last=TODAY - 1, due=TODAY + 3, red=TODAY - 1) for n in range(4)]
    due = [state(f"d{n}") for n in range(4)]
    heads = [head(s.card) for s in (*red, *due)]
    queue = Queue(heads, progress(*red, *due), QueueLimits(reviews_per_day=5))
    assert queue.counts()[:3] == (0, 4, 1)
    assert sorted(reasons(run(queue))) == ["due", "red", "red", "red", "red"]


# -- prerequisites -----------------------------------------------------------------------------------


def test_prerequisites_come_first() -> None:
    heads = [head("momentum", requires="sgd"), head("adam", requires="momentum"), head("sgd")]
    assert names(run(Queue(heads, progress(), QueueLimits()))) == ["sgd", "momentum", "adam"]


def test_a_prerequisite_must_have_been_passed() -> None:
    heads = [head("momentum", requires="sgd"), head("sgd"), head("other")]
    items = run(Queue(heads, progress(), QueueLimits()), AGAIN)
    assert names(items) == ["sgd", "other", "sgd", "momentum"]


def test_a_prerequisite_passed_long_ago_is_met_by_any_card_of_its_concept() -> None:
    heads = [head("momentum", requires="sgd"), head("sgd-1", concept="sgd"), head("sgd-2", concept="sgd")]
    queue = Queue(heads, progress(seen={"d#sgd-2": True}), QueueLimits())
    assert names(run(queue))[0] == "momentum"
    queue = Queue(heads, progress(seen={"d#sgd-2": False}), QueueLimits())
    assert names(run(queue))[0] == "sgd-1"


def test_a_prerequisite_passed_outside_the_selection_is_met() -> None:
    outside = head("x#sgd-2", concept="sgd")
    heads = [head("momentum", requires="sgd"), head("sgd")]
    known = progress(seen={"x#sgd-2": True})
    queue = Queue(heads, known, QueueLimits(), library=[*heads, outside])
    assert names(run(queue))[0] == "momentum"


def test_prerequisites_that_nothing_selected_can_meet_are_ignored() -> None:
    heads = [head("momentum", requires="sgd calculus"), head("sgd", scheduled=False), head("calculus")]
    queue = Queue(heads, progress(hidden=["d#calculus"]), QueueLimits())
    assert queue.next() == QueueItem("d#momentum", "new")


def test_hiding_the_last_card_that_could_meet_a_prerequisite_frees_the_others() -> None:
    heads = [head("momentum", requires="sgd"), head("other"), head("sgd")]
    queue = Queue(heads, progress(), QueueLimits())
    assert queue.next() == QueueItem("d#other", "new")
    queue.hide("d#sgd")
    assert queue.next() == QueueItem("d#momentum", "new")


def test_a_card_whose_prerequisite_was_just_met_goes_back_to_its_place() -> None:
    heads = [head("momentum", requires="sgd"), head("other"), head("sgd")]
    queue = Queue(heads, progress(), QueueLimits())
    assert queue.next() == QueueItem("d#other", "new")
    answer(queue, QueueItem("d#sgd", "picked"))
    assert names(run(queue)) == ["momentum", "other"]


def test_cards_that_require_each_other_are_asked_all_the_same() -> None:
    heads = [head("a", requires="b"), head("b", requires="a"), head("own", requires="own")]
    assert names(run(Queue(heads, progress(), QueueLimits()))) == ["own", "a", "b"]


# -- siblings and decks ------------------------------------------------------------------------------


def test_two_new_cards_of_one_concept_never_come_on_one_day() -> None:
    heads = [head("a1", concept="a"), head("a2", concept="a"), head("b")]
    queue = Queue(heads, progress(), QueueLimits())
    assert queue.counts().new == 2
    assert names(run(queue)) == ["a1", "b"]


def test_nor_in_two_selections_of_one_day() -> None:
    heads = [head("a2", concept="a"), head("b")]
    everything = [head("a1", concept="a"), *heads]
    asked = progress(asked=[Asked("d#a1", GOOD, "new")], seen={"d#a1": True})
    assert names(run(Queue(heads, asked, QueueLimits(), library=everything))) == ["b"]


def test_due_siblings_are_kept_five_apart() -> None:
    heads = [head(f"s{n}", concept="s") for n in range(3)] + [head(f"o{n}") for n in range(20)]
    states = [state(f"s{n}", stability=1) for n in range(3)] + [state(f"o{n}") for n in range(20)]
    found = names(run(Queue(heads, progress(*states), QueueLimits())))
    assert [place for place, name in enumerate(found) if name.startswith("s")] == [0, 6, 12]


def test_siblings_come_as_far_apart_as_they_can_when_nothing_else_is_left() -> None:
    heads = [head("s1", concept="s"), head("s2", concept="s"), head("o1"), head("o2")]
    states = [state(h.name, stability=1 if "s" in h.name else 9) for h in heads]
    found = names(run(Queue(heads, progress(*states), QueueLimits())))
    assert {found[0][0], found[3][0]} == {"s"}


def test_a_sibling_is_kept_from_a_repeat_too() -> None:
    heads = [head("s1", concept="s"), head("s2", concept="s")] + [head(f"o{n}") for n in range(30)]
    states = [state(h.name, stability=1 + place) for place, h in enumerate(heads)]
    items = run(Queue(heads, progress(*states), QueueLimits(repeat_after=(5, 10))), AGAIN)
    of_s = [place for place, item in enumerate(items) if item.card.startswith("d#s")]
    assert all(b - a > 5 for a, b in pairwise(of_s))
    assert [items[p].reason for p in of_s].count("repeat") == 1


def test_a_gap_of_none_is_allowed() -> None:
    heads = [head("s1", concept="s"), head("s2", concept="s"), head("o")]
    states = [state("s1", stability=1), state("s2", stability=2), state("o", stability=30)]
    found = names(run(Queue(heads, progress(*states), QueueLimits(sibling_gap=0))))
    assert found == ["s1", "s2", "o"]


def test_decks_alternate_where_the_risk_is_about_the_same() -> None:
    heads = [head(f"{deck}#{n}", concept=f"{deck}{n}") for deck in "ab" for n in range(3)]
    close = [state(h.name, stability=10 + place / 10) for place, h in enumerate(heads)]
    found = [item.card[0] for item in run(Queue(heads, progress(*close), QueueLimits()))]
    assert found == ["a", "b", "a", "b", "a", "b"]
    apart = [state(h.name, stability=3 if h.name[0] == "a" else 300) for h in heads]
    found = [item.card[0] for item in run(Queue(heads, progress(*apart), QueueLimits()))]
    assert found == ["a", "a", "a", "b", "b", "b"]


# -- the plan ----------------------------------------------------------------------------------------


def test_a_plans_order_is_followed_beyond_the_limits_and_due_cards_outside_it_follow() -> None:
    heads = [head(c) for c in "abcdefg"]
    states = [state("a"), state("b"), state("c", due=TODAY + 9)]
    queue = Queue(
        heads,
        progress(states[0], states[1], seen={"d#c": True}, hidden=["d#g"]),
        QueueLimits(new_per_day=0, reviews_per_day=1),
        order=["d#e", "d#c", "d#a", "d#g", "gone#x", "d#f"],
    )
    assert queue.counts() == QueueCounts(repeat=0, red=0, due=1, new=0, total=5, plan=4)
    assert run(queue) == [
        *(QueueItem(f"d#{c}", "plan") for c in "ecaf"),
        QueueItem("d#b", "due"),
    ]


def test_a_plan_goes_on_where_it_stopped() -> None:
    asked = [Asked("d#a", GOOD, "plan")]
    queue = Queue([head("a"), head("b")], progress(asked=asked), QueueLimits(), order=["d#a", "d#b"])
    assert names(run(queue)) == ["b"]


def test_an_empty_plan_asks_no_new_cards() -> None:
    assert Queue([head("a")], progress(), QueueLimits(), order=[]).next() is None


# -- hiding, order, counts ---------------------------------------------------------------------------


def test_a_hidden_card_is_gone_from_everywhere() -> None:
    states = [state("r", last=TODAY, repeat=TODAY), state("d"), state("e", red=TODAY - 1, last=TODAY - 1)]
    queue = Queue([head(c) for c in "rden"], progress(*states), QueueLimits())
    for card in ("d#r", "d#d", "d#e", "d#n", "unknown#card"):
        queue.hide(card)
    assert queue.next() is None
    assert queue.counts().total == 0


def test_a_failed_card_that_is_hidden_does_not_come_back() -> None:
    queue = Queue([head("a")], progress(), QueueLimits())
    item = queue.next()
    assert item
    queue.hide(item.card)
    answer(queue, item, AGAIN)
    assert queue.next() is None


def test_order_is_what_comes_when_all_is_well_and_changes_nothing() -> None:
    heads = [head(f"r{n}") for n in range(9)] + [head(f"n{n}", requires=f"n{n + 1}") for n in range(9)]
    states = [state(f"r{n}") for n in range(9)]
    queue = Queue(heads, progress(*states), QueueLimits())
    expected = queue.order()
    assert queue.order() == expected
    assert run(queue) == expected


def test_an_answer_to_another_card_than_the_next_counts_too() -> None:
    queue = Queue([head("a"), head("b")], progress(), QueueLimits())
    answer(queue, QueueItem("d#b", "picked"))
    answer(queue, QueueItem("elsewhere#x", "picked"), AGAIN)
    assert names(run(queue)) == ["a"]
