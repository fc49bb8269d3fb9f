"""A day's time: which answers may still be begun without running over."""

from __future__ import annotations

from interviewprep.memory.plan.facts import Pace


class DayBudget:
    """Counts a day's time down. Time for the repeats of failed cards is set aside as they fail."""

    __slots__ = ("_owed", "_pace", "left")

    def __init__(self, seconds: float, pace: Pace, *, owed: int = 0) -> None:
        """`seconds` of the day are left, in the pace's unit; `owed` failed cards wait for their repeat."""
        self.left = seconds
        self._pace = pace
        self._owed = owed

    @property
    def is_spent(self) -> bool:
        """Whether no further card may be begun; repeats set aside may still be asked."""
        return self._free < min(self._pace.longest_review, self._pace.first)

    def fits(self, *, is_new: bool, is_repeat: bool = False) -> bool:
        """Whether an answer fits, should it take as long as such answers may."""
        if is_repeat:
            return self.left >= self._pace.good
        return self._free >= (self._pace.first if is_new else self._pace.longest_review)

    def has_room_to_repeat(self, *, is_new: bool) -> bool:
        """Whether an answer begun now would be followed by its repeat, should it fail."""
        return self._free >= (self._pace.first if is_new else self._pace.again) + self._pace.good

    def take(self, seconds: float, *, is_repeat: bool, failed: bool) -> None:
        """An answer was given."""
        self.left -= seconds
        self._owed += failed - is_repeat

    @property
    def _free(self) -> float:
        return self.left - self._owed * self._pace.good
