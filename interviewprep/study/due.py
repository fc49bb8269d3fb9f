"""How much is to do: what `due` says in a shell prompt, so it imports as little as it can."""

from __future__ import annotations

from interviewprep.memory.queue import QueueCounts
from interviewprep.study.desk import Desk
from interviewprep.study.planned_queue import queue_of_today
from interviewprep.study.selection import Selection


def due_counts(desk: Desk, selection: Selection | None = None, *, today: int | None = None) -> QueueCounts:
    """How many cards are to come on a study day (default today) within a selection."""
    day = desk.today() if today is None else today
    heads = (selection or Selection()).heads(desk.library)
    return queue_of_today(desk, heads, desk.progress(day)).counts()
