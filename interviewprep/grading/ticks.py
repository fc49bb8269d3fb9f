"""From ticked key points to a suggested rating.

The rules are those of the learning-science notes: an answer fails when a must point is missing or something
wrong was said; with all must points it is Hard when slow, prompted or with under half of the further points.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from interviewprep.memory.types import Rating


class PointTick(NamedTuple):
    """One key point and whether the learner said it."""

    id: str
    text: str
    must: bool
    said: bool
    unsure: bool = False
    """Of a must point not said: whether it may have been, so that the learner should decide."""


class Suggestion(NamedTuple):
    """A rating that follows from the ticks, and why in plain words."""

    rating: Rating
    reason: str


def suggest(
    points: Sequence[PointTick],
    *,
    stated: Sequence[str],
    unsure: Sequence[str] = (),
    hints: int,
    slow: bool,
    touched: bool,
    sure: bool = False,
) -> Suggestion | None:
    """The rating to suggest; None when the learner ticked and unticked nothing.

    `stated` are the texts of misconceptions the learner said, `unsure` of those that may have been said; an
    answer that hangs on what is unsure is Hard. `hints` is the number of hints taken, `slow`
    whether the answer ran past its target time, `sure` whether the learner was sure before the reveal.
    Without `sure` Easy is never suggested: ticks cannot tell how easily the answer came.
    """
    if not touched:
        return None
    reason = _failure(points, stated)
    if reason:
        return Suggestion(Rating.AGAIN, reason)
    reason = _hardship(points, unsure=unsure, hints=hints, slow=slow)
    if reason:
        return Suggestion(Rating.HARD, reason)
    if all(point.said for point in points):
        return Suggestion(Rating.EASY, "all said, in time and sure") if sure else _good("every point said")
    return _good("every must point said")


def _good(reason: str) -> Suggestion:
    return Suggestion(Rating.GOOD, reason)


def _failure(points: Sequence[PointTick], stated: Sequence[str]) -> str:
    """Why the answer fails; empty if it does not."""
    missing = [point.text.rstrip(".") for point in points if point.must and not (point.said or point.unsure)]
    reasons = []
    if missing:
        reasons.append(
            f"{'must point' if len(missing) == 1 else 'must points'} missing: {'; '.join(missing)}"
        )
    if stated:
        reasons.append(f"wrong statement: {'; '.join(stated)}")
    if not reasons and points and not any(point.said or point.unsure for point in points):
        reasons.append("no key point said")
    return ", ".join(reasons)


def _hardship(points: Sequence[PointTick], *, unsure: Sequence[str], hints: int, slow: bool) -> str:
    """Why a right answer is no better than Hard; empty if it is."""
    further = [point for point in points if not point.must]
    said = sum(point.said for point in further)
    reasons = []
    if hints:
        reasons.append("a hint was taken" if hints == 1 else f"{hints} hints were taken")
    if slow:
        reasons.append("slow")
    if 2 * said < len(further):
        reasons.append(f"{said} of {len(further)} further points said")
    perhaps = [point.text.rstrip(".") for point in points if point.must and point.unsure and not point.said]
    perhaps += [f"“{text.rstrip('.')}”" for text in unsure]
    if perhaps:
        reasons.append(f"unsure whether you said: {'; '.join(perhaps)}")
    return ", ".join(reasons)
