"""Recording an answer that was not asked by a drill."""

from __future__ import annotations

from datetime import datetime

from interviewprep.store.records import Answer, Recorded
from interviewprep.study.desk import Desk


def record_answer(desk: Desk, card: str, rating: int, at: datetime) -> Recorded:
    """Append one answer of a card, given in a script or by hand, at an aware moment."""
    session = desk.store.start_session("script", {}, now=desk.clock())
    return desk.store.append(
        Answer(
            card=card,
            rating=rating,
            at=at,
            utc_offset_min=desk.utc_offset(at),
            study_day=desk.study_day(at),
            session_id=session,
            mode="drill",
            reason="picked",
            moves=True,
            card_hash=desk.library.card_hash(card),
        )
    )
