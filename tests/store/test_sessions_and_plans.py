"""Sittings that resume, and interview plans with what they did on a day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from interviewprep.store.plans import SavedPlan, SavedPlanDay

if TYPE_CHECKING:
    from support import World

PLAN = SavedPlan("p1", "Acme", 20_800, 25.0, {"decks": ["optimizers"]}, None, 1_000, "")


def test_a_sitting_is_found_again_where_it_stood_by_another_process(world: World) -> None:
    desk = world.desk()
    first = desk.store.start_session("quiz", {"count": 2}, now=world.clock(), items=["a", "b"])
    desk.store.keep_session(first, {"at": 1}, before={})
    desk.close()
    world.clock.forward(hours=1)
    desk = world.desk()
    second = desk.store.start_session("quiz", {}, now=world.clock())
    found = desk.store.sessions("quiz")
    assert [s.id for s in found] == [second, first]
    assert (found[1].config, found[1].items, found[1].state) == ({"count": 2}, ["a", "b"], {"at": 1})
    assert found[1].ended_at_ms is None
    desk.store.end_session(first, now=world.clock(), result={"right": 2})
    assert desk.store.sessions("quiz", session_id=first)[0].result == {"right": 2}
    assert desk.store.sessions("mock") == []
    desk.close()


def test_the_beginning_of_an_id_is_no_pattern(world: World) -> None:
    desk = world.desk()
    desk.store.start_session("quiz", {}, now=world.clock())
    assert desk.store.sessions("quiz", session_id="%") == []
    desk.close()


def test_a_plan_is_kept_changed_and_ended(world: World) -> None:
    store = world.desk().store
    store.put_plan(PLAN)
    assert store.plans()[0].config == {"decks": ["optimizers"]}
    store.put_plan(PLAN._replace(minutes_per_day=40.0, at_ms=2_000))
    assert [p.minutes_per_day for p in store.plans()] == [40.0]
    assert store.plans()[0].device != ""
    store.put_plan(PLAN._replace(ended_at_ms=3_000, at_ms=3_000))
    assert store.plans() == []
    assert len(store.plans(with_ended=True)) == 1


def test_a_plans_day_is_what_was_last_written(world: World) -> None:
    store = world.desk().store
    assert store.plan_day("p1", 20_790) is None
    store.put_plan_day(SavedPlanDay("p1", 20_790, "greedy", ["d#a", "d#b"], 5, ""))
    store.put_plan_day(SavedPlanDay("p1", 20_790, "rule 7", ["d#b"], 6, ""))
    found = store.plan_day("p1", 20_790)
    assert found is not None
    assert (found.rule, list(found.items)) == ("rule 7", ["d#b"])
    assert store.plan_day("p1", 20_791) is None
