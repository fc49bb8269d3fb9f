"""Marks a learner puts on a card outside a drill; each can be undone."""

from __future__ import annotations

from interviewprep.study.desk import Desk


def mark_value(desk: Desk, card: str, kind: str) -> str:
    """The value of a card's mark, or '' where it has none."""
    return next((m.value for m in desk.store.marks(kind, card)), "")


def set_mark(desk: Desk, card: str, kind: str, value: str, *, session_id: str = "") -> None:
    """Set a mark, or clear it with an empty value; undo takes back what was done in its session first."""
    desk.store.mark(card, kind, value, now=desk.clock(), session_id=session_id)


def toggle_mark(desk: Desk, card: str, kind: str, *, session_id: str = "") -> bool:
    """Suspend, bury, flag or know a card, or take that away again; returns whether it has the mark now.

    A card is buried for today; a bury of an earlier day counts as none.
    """
    present = mark_value(desk, card, kind)
    value = str(desk.today()) if kind == "buried" else "1"
    has_now = present != value if kind == "buried" else not present
    set_mark(desk, card, kind, value if has_now else "", session_id=session_id)
    return has_now
