"""A library with enough cards to plan for, and plans over it."""

from __future__ import annotations

from pathlib import Path

from interviewprep.memory.types import Rating
from interviewprep.study.desk import Desk
from interviewprep.study.drill import Ask, Drill, Response
from interviewprep.study.plan_config import Plan
from interviewprep.study.planning import PlanWish, set_plan


def write_deck(folder: Path, name: str, cards: int, *, must: int = 0, tag: str = "") -> None:
    """A deck of so many cards, each a concept of its own, the first `must` of them must-know."""
    lines = ["format: 1", f"title: {name.capitalize()}", "cards:"]
    for n in range(cards):
        lines += [
            f"  - id: {name}-{n}",
            f"    question: What is {name} {n}?",
            f"    short: It is {name} {n}.",
        ]
        lines.append(f"    one_liner: Just {name} {n}.")
        if n < must:
            lines.append("    priority: must")
        if tag:
            lines.append(f"    tags: [{tag}]")
    (folder / f"{name}.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")


def make_plan(desk: Desk, date: str = "+14", **wish: object) -> Plan:
    """A plan of ten minutes a day, kept."""
    plan, _ = set_plan(desk, PlanWish(date=date, **{"minutes": 10, **wish}))  # type: ignore[arg-type]
    return plan


def answer(drill: Drill, rating: Rating = Rating.GOOD, *, seconds: float = 20) -> Ask | None:
    """Answer what is asked now; None when the sitting is over."""
    ask = drill.next()
    if ask is not None:
        drill.answer(ask, Response(rating=rating, duration_ms=round(seconds * 1000)))
    return ask


def answer_all(drill: Drill, *, seconds: float = 20) -> list[Ask]:
    """Answer Good until the sitting is over."""
    found: list[Ask] = []
    while (ask := answer(drill, seconds=seconds)) is not None:
        found.append(ask)
        assert len(found) < 1000
    return found
