"""What a plan is made from, read by the store and by the fast path."""

from __future__ import annotations

from store.histories import NOW, TODAY, Home, answer_to

from interviewprep.store import fast
from interviewprep.store.plan_records import NO_PLANS, PlanBasis, PlanFacts, Recall
from interviewprep.store.plans import SavedPlan, SavedPlanDay
from interviewprep.store.store import Store

PLAN = SavedPlan("p1", "Acme", TODAY + 5, 25.0, {"decks": ["d"]}, None, 1_000, "")


def quick(home: Home) -> tuple[PlanFacts | None, PlanBasis | None, list[Recall] | None]:
    """Everything that the fast path reads."""
    return (
        fast.read_plan_facts(home.database, settings=home.settings, today=TODAY, aliases=home.aliases),
        fast.read_plan_basis(home.database, settings=home.settings, aliases=home.aliases),
        fast.read_recalls(home.database, settings=home.settings),
    )


def slow(store: Store) -> tuple[PlanFacts, PlanBasis, list[Recall]]:
    """The same from the store."""
    return store.plan_facts(TODAY), store.plan_basis(), store.recalls()


def test_without_a_database_there_is_nothing(home: Home) -> None:
    assert quick(home) == (NO_PLANS, PlanBasis({}, set()), [])
    assert not home.database.exists()


def test_both_ways_say_the_same(home: Home, store: Store) -> None:
    assert quick(home) == slow(store)
    store.put_plan(PLAN)
    store.put_plan(PLAN._replace(id="p2", interview_day=TODAY + 2, config={}))
    store.put_plan(PLAN._replace(id="p3", ended_at_ms=7))
    store.put_plan_day(SavedPlanDay("p1", TODAY, "greedy", ["d#a", "d#b"], 5, ""))
    store.put_plan_day(SavedPlanDay("p2", TODAY - 1, "greedy", [], 5, ""))
    store.append(answer_to("d#a", 3, days=-3))
    store.append(answer_to("d#a", 1, reason="plan", duration_ms=20_000))
    store.append(answer_to("d#a", 3, reason="repeat", seconds=60))
    store.append(answer_to("d#b", 3, mode="cram", seconds=90))
    store.append(answer_to("d#c", 4, seconds=100, duration_ms=0))
    for card, kind in (("d#x", "suspended"), ("d#y", "known"), ("d#w", "flag")):
        store.mark(card, kind, "1", now=NOW)
    store.mark("d#z", "buried", str(TODAY), now=NOW)
    facts, basis, recalls = slow(store)
    assert quick(home) == (facts, basis, recalls)
    assert [plan.id for plan in facts.plans] == ["p2", "p1"]
    assert facts.plans[1].config == {"decks": ["d"]}
    assert list(facts.days) == ["p1"]
    assert facts.answers == [("d#a", "plan", 20_000), ("d#a", "repeat", 9_000), ("d#c", "due", 0)]
    assert facts.times == [(False, 3, 9_000), (False, 1, 20_000), (True, 3, 9_000)]
    assert set(basis.states) == {"d#a", "d#c"}
    assert basis.hidden == {"d#x", "d#y"}
    [(predicted, was_recalled)] = recalls  # first answers and same-day repeats check no prediction
    assert 0 < predicted < 1
    assert not was_recalled


def test_former_names_are_followed(home: Home, store: Store) -> None:
    store.put_plan(PLAN)
    store.append(answer_to("d#old", 3, reason="plan"))
    home.aliases = {"d#old": "d#new"}
    store.apply_aliases(home.aliases)
    assert quick(home) == slow(store)
    assert store.plan_facts(TODAY).answers == [("d#new", "plan", 9_000)]


def test_what_the_fast_path_cannot_read_it_leaves_to_the_store(home: Home, store: Store) -> None:
    store.put_plan(PLAN)
    home.change("UPDATE plan SET config = 'not json'")
    assert quick(home)[0] is None
    store.close()
    home.change("PRAGMA user_version = 0")
    assert quick(home) == (None, None, None)
