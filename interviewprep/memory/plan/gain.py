"""What asking a card today is worth on the interview's day: expected recall won per expected second."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from math import exp
from typing import Final

from interviewprep.memory.plan.memories import SHORTEST, Memories
from interviewprep.memory.types import Rating

CHUNK: Final = 1000
"""Cards looked at between two pauses."""


def no_pause() -> None:
    """What to do between two chunks of work where nobody waits."""


class Gains:
    """The gain rule over a plan's cards for one interview.

    gain = (E[R on the interview's day | asked today] - R there if left alone) / expected seconds, where
    asked means with its repeat after a failure. The expectation is over the learner's ratings, exactly.
    """

    __slots__ = ("_interview_day", "_memories", "_pause")

    def __init__(self, memories: Memories, interview_day: int, pause: Callable[[], None] = no_pause) -> None:
        self._memories = memories
        self._interview_day = interview_day
        self._pause = pause

    def new(self, day: int) -> float:
        """The gain of a card never asked."""
        m = self._memories
        pace = m.learner.pace
        left = max(0, self._interview_day - day) * m.factor
        chances = m.learner.first
        expected = sum(
            chance * (1 + left / stability) ** m.decay
            for chance, (stability, _) in zip(chances, m.first, strict=True)
        )
        return float(expected / (pace.first + chances[0] * pace.good))

    def new_seconds(self) -> float:
        """The expected seconds of a card never asked, repeat included."""
        learner = self._memories.learner
        return learner.pace.first + learner.first[0] * learner.pace.good

    def seconds(self, place: int, day: int) -> float:
        """The expected seconds of asking a card on a day, repeat included."""
        m = self._memories
        if not m.stability[place]:
            return self.new_seconds()
        right = m.retrievability(place, day)
        pace = m.learner.pace
        hard, good, easy = m.learner.passed
        passed = hard * pace.hard + good * pace.good + easy * pace.easy
        return right * passed + (1 - right) * (pace.again + pace.good)

    def worth(self, place: int, day: int, *, repeats: bool) -> float:
        """By how much asking a card once raises its expected recall at the interview.

        `repeats`: whether a failure would be followed by its repeat.
        """
        m = self._memories
        decay = m.decay
        left = max(0, self._interview_day - day) * m.factor
        stability = m.stability[place]
        if not stability:
            outcomes = m.first if repeats else m.first_alone
            return float(
                sum(c * (1 + left / s) ** decay for c, (s, _) in zip(m.learner.first, outcomes, strict=True))
            )
        w = m.learner.weights
        age = day - m.last_day[place]
        rate = m.factor / stability
        right = (1 + rate * age) ** decay
        more = m.growth[place] * (exp(w[10] * (1 - right)) - 1)
        failed = m.lapsed(place, right)
        if repeats:
            failed = m.same_day(failed, Rating.GOOD)
        hard, good, easy = m.learner.passed
        value = right * (
            hard * (1 + left / (stability + w[15] * more)) ** decay
            + good * (1 + left / (stability + more)) ** decay
            + easy * (1 + left / (stability + w[16] * more)) ** decay
        )
        value += (1 - right) * (1 + left / failed) ** decay
        alone = (1 + rate * age + left / stability) ** decay
        return float(value - alone)

    def seen(self, places: Iterable[int], day: int) -> list[tuple[float, int]]:
        """(gain, place) of cards asked before, in the order given; none may have been asked today."""
        # One long loop with everything in local names: this is where a plan's time goes.
        m = self._memories
        w = m.learner.weights
        stabilities, lasts, growths, relapses = m.stability, m.last_day, m.growth, m.relapse
        factor, decay = m.factor, m.decay
        left = max(0, self._interview_day - day) * factor
        w10, w14, w15, w16, w19 = w[10], w[14], w[15], w[16], w[19]
        short = exp(w[17] * w[18])
        hard, good, easy = m.learner.passed
        pace = m.learner.pace
        if_passed = hard * pace.hard + good * pace.good + easy * pace.easy
        if_failed = pace.again + pace.good
        found: list[tuple[float, int]] = []
        add = found.append
        pause = self._pause
        for count, place in enumerate(places, 1):
            stability = stabilities[place]
            age = day - lasts[place]
            rate = factor / stability
            right = (1 + rate * age) ** decay
            wrong = 1 - right
            more = growths[place] * (exp(w10 * wrong) - 1)
            failed = relapses[place] * exp(w14 * wrong)
            if failed * short > stability:
                failed = stability / short
            if failed < SHORTEST:  # noqa: PLR1730 - a call would cost a tenth of the loop
                failed = SHORTEST
            again = short * failed**-w19
            if again > 1:
                failed *= again
            value = right * (
                hard * (1 + left / (stability + w15 * more)) ** decay
                + good * (1 + left / (stability + more)) ** decay
                + easy * (1 + left / (stability + w16 * more)) ** decay
            )
            value += wrong * (1 + left / failed) ** decay - (1 + rate * age + left / stability) ** decay
            add((value / (right * if_passed + wrong * if_failed), place))
            if not count % CHUNK:
                pause()
        return found
