"""`plan`, `simulate`, `drill --warm-up`: by what they print and how they end."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from support import Run, World


@pytest.fixture(autouse=True)
def _quick_choice(monkeypatch: pytest.MonkeyPatch) -> None:
    """Half a minute of searches in all would prove no more."""
    monkeypatch.setattr("interviewprep.study.plan_choice.CHOICE_SECONDS", 0.1)


def date(days: int) -> str:
    """A date so many days ahead."""
    return f"{datetime.now(UTC).astimezone() - timedelta(hours=4) + timedelta(days=days):%Y-%m-%d}"


def test_a_plan_is_set_shown_changed_and_cleared(run: Run) -> None:
    found = run("plan", "set", date(9), "--time", "14:00", "--minutes", "5", "--name", "Acme")
    assert found.code == 0, found.err
    assert "New plan: Acme: " in found.out
    assert "14:00, in 9 days, 5 minutes a day" in found.out
    assert "5 cards: all cards" in found.out
    assert "if you keep the plan" in found.out
    shown = run("plan", "show")
    assert "9 days and 9 sessions of 5 minutes left" in shown.out
    assert "on the day you would recall" in shown.out
    assert "A prediction of a model of memory, not a promise." in shown.out
    changed = run("plan", "set", "+3", "--deck", "losses", "--days-off", date(1), "--json").json()
    assert (changed["new"], changed["plan"], changed["time"], changed["minutes"]) == (
        False,
        "Acme",
        "14:00",
        5,
    )
    assert (changed["cards"], changed["days_off"], changed["sessions"]) == (2, [date(1)], 2)
    assert run("plan", "set", "+3", "--all", "--json").json()["cards"] == 5
    assert run("plan", "clear", "acme").out == "Ended: Acme. Ordinary scheduling goes on.\n"
    assert "There is no interview plan" in run("plan", "show").out
    assert run("plan", "clear").code == 1


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("2020-01-01",), 2, "2020-01-01 is past"),
        (("someday",), 2, "is not a date"),
        (("+5", "--minutes", "0"), 2, "0 minutes a day make no plan"),
        (("+5", "--minutes", "many"), 2, "not a valid float"),
        (("+5", "--deck", "nowhere"), 1, "no deck"),
        (("+5", "--tag", "optimiser"), 1, "did you mean `optimizer`"),
        (("+5", "--deck", "losses", "--level", "hard"), 2, "No card matches"),
        (("+5", "--days-off", "never"), 2, "is not a date"),
        (("+5", "--time", "noon"), 2, "time of day"),
        (("+5", "--from", "missing.txt"), 2, "cannot be read"),
    ],
)
def test_what_makes_no_plan_ends_with_a_sentence(
    run: Run, arguments: tuple[str, ...], code: int, said: str
) -> None:
    found = run("plan", "set", *arguments)
    assert (found.code, found.out) == (code, "")
    assert said in found.err
    assert run("plan", "show", "--json").json() == []


def test_an_interview_today_is_for_a_warm_up(run: Run) -> None:
    run("review", "adam", "good", "--at", (datetime.now(UTC) - timedelta(days=3)).isoformat())
    found = run("plan", "set", "today")
    assert "interviewprep drill --warm-up" in found.out
    assert "The interview is today" in run("plan", "show").out
    warmed = run("drill", "--warm-up", typed="\n3\n")
    assert warmed.code == 0
    assert "Done: 1 answer" in warmed.out
    assert run("history", "--limit", "1", "--json").json()[0]["mode"] == "warmup"


def test_a_job_description_chooses_topics_and_says_so(run: Run, world: World) -> None:
    path = world.home / "job.txt"
    path.write_text("We care about losses, and momentum.", encoding="utf-8")
    found = run("plan", "set", "+9", "--from", str(path))
    assert "deck    Losses, 2 cards" in found.out
    assert "concept Momentum, 1 card" in found.out
    assert "Taken as they are: 2 topics" in found.err
    assert "3 cards: deck losses, concept momentum" in found.out
    path.write_text("We sell shoes.", encoding="utf-8")
    nothing = run("plan", "set", "+9", "--from", str(path))
    assert nothing.code == 2
    assert "Nothing in" in nothing.err


def test_several_plans_want_a_name(run: Run) -> None:
    run("plan", "set", "+9", "--name", "Acme")
    run("plan", "set", "+5", "--name", "Beta")
    assert [plan["plan"] for plan in run("plan", "show", "--json").json()] == ["Beta", "Acme"]
    assert run("plan", "clear").code == 2
    assert "Beta, Acme" in run("plan", "clear").err
    assert [plan["plan"] for plan in run("plan", "show", "acme", "--json").json()] == ["Acme"]
    assert "Shares the day's minutes with Beta" in run("plan", "show", "Acme").out


def test_the_drill_and_due_follow_the_plan(run: Run) -> None:
    run("plan", "set", "+9", "--minutes", "1", "--deck", "losses")
    assert run("due").out == "0 due, 2 new\n"
    found = run("drill", typed="\n3\n\n3\n")
    assert "Done: 2 answers" in found.out
    assert {review["reason"] for review in run("history", "--json").json()} == {"plan"}
    assert run("due", "optimizers").out == "0 due, 3 new\n"


def test_a_plan_that_is_over_ends_and_says_so(run: Run, world: World) -> None:
    world.clock.now = datetime.now(UTC) - timedelta(days=9)
    desk = world.desk()
    from interviewprep.study.planning import PlanWish, set_plan

    set_plan(desk, PlanWish(date="+2", name="Acme"))
    desk.close()
    found = run("drill", typed="")
    assert "The plan Acme ended with the interview on" in found.out
    assert "ended" not in run("drill", typed="").out


def test_simulate_compares_policies(run: Run) -> None:
    arguments = ("simulate", "--days", "5", "--minutes", "5", "--cards", "40", "--seeds", "2")
    found = run(*arguments, "--policy", "due-first", "--policy", "greedy", "--json").json()
    by_name = {one["policy"]: one for one in found}
    assert by_name["greedy"]["recall"] > by_name["due-first"]["recall"] > 0
    assert all(one["longest_day"] <= 5 for one in found)
    printed = run(*arguments, "--policy", "greedy").out
    assert "40 new cards, 5 days of 5 minutes, 2 simulated learners" in printed
    wrong = run(*arguments, "--policy", "hope")
    assert wrong.code == 2
    assert "due-first" in wrong.err
