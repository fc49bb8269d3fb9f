"""What a plan promises: recall now and if it is kept, what is out of reach, what a missed day costs."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from math import inf
from typing import Final, NamedTuple

from interviewprep.memory.plan.chances import REVIEWS
from interviewprep.memory.plan.course import Course
from interviewprep.memory.plan.facts import Situation
from interviewprep.memory.plan.gain import no_pause
from interviewprep.memory.plan.rules import Rule
from interviewprep.memory.plan.walk import walk

MINUTE: Final = 60.0
MINUTES: Final = (5, 10, 15, 20, 25, 30, 40, 50, 60, 75, 90, 120, 150, 180, 240)
"""The minutes a day that are tried to reach a goal."""
GOAL: Final = 0.9
PATHS: Final = 20
"""Simulated ways to the interview."""
CARD_PATHS: Final = 6000
"""For large plans fewer ways, so that cards times ways stay about this."""


class DayForecast(NamedTuple):
    """Recall at the interview if one stopped at a day's end: mean, and 5 and 95 % of the simulated ways."""

    day: int
    recall: float
    low: float
    high: float


class DeckForecast(NamedTuple):
    """One deck's share of a plan."""

    deck: str
    cards: int
    now: float
    kept: float


@dataclass(frozen=True, slots=True)
class Forecast:
    """The prediction for a plan. Recalls are means over its cards, 0 to 1; a card never asked counts 0."""

    cards: int
    days_left: int
    """Calendar days to the interview; below 0 it is over."""
    sessions: int
    """Study days left, today among them while time is left today."""
    now: float
    """Without any further study."""
    kept: float
    """If the plan is kept."""
    low: float
    """In 5 % of the simulated cases less of the cards are recalled on the day."""
    high: float
    curve: tuple[DayForecast, ...]
    decks: tuple[DeckForecast, ...]
    unreached: int
    """Cards that will not have been asked, rounded."""
    minutes_to_reach: int | None
    """Minutes a day (of MINUTES) with which all cards are asked; None if none is enough or all are."""
    minutes_to_goal: int | None
    """The fewest minutes a day (of MINUTES) that promise 90 %; None if none does."""
    missed_day_cost: float
    """How much recall is lost if the next study day is missed."""


def readiness(situation: Situation) -> float:
    """Mean predicted recall at the interview without further study; today's once the interview is over."""
    if not situation.cards:
        return 0.0
    course = Course(situation)
    return sum(course.memories.recall(situation.target_day)) / len(situation.cards)


def forecast(
    situation: Situation,
    rule: Rule,
    *,
    seed: int,
    paths: int | None = None,
    pause: Callable[[], None] = no_pause,
    is_over: Callable[[], bool] = lambda: False,
) -> Forecast:
    """Predict a plan that is kept by a rule. Seconds of work; for a background worker.

    Deterministic in its arguments as long as `is_over` stays false; when it turns true, what is left of
    the questions about minutes is answered with None.
    """
    cards = len(situation.cards)
    base = Course(situation, pause)
    ways = paths or max(2, min(PATHS, CARD_PATHS // max(1, cards)))
    found = [_Way(base, rule, seed + n) for n in range(ways)]
    now = base.memories.recall(situation.target_day)
    kept = [sum(values) / ways for values in zip(*(way.recall for way in found), strict=True)]
    curves = [way.curve for way in found]
    scores = sorted(way.score for way in found)
    unreached = round(sum(way.unseen for way in found) / ways)
    asked = _Minutes(situation, rule, seed=seed, ways=max(1, ways // 5), pause=pause, is_over=is_over)
    return Forecast(
        cards=cards,
        days_left=situation.interview_day - situation.today,
        sessions=sum(situation.seconds_on(day) > 0 for day in base.days),
        now=_mean(now),
        kept=_mean(kept),
        low=_quantile(scores, 0.05) if kept else 0.0,
        high=_quantile(scores, 0.95) if kept else 0.0,
        curve=tuple(
            DayForecast(day, _mean(values), _quantile(sorted(values), 0.05), _quantile(sorted(values), 0.95))
            for day, values in zip(base.days, zip(*curves, strict=True), strict=True)
        ),
        decks=_by_deck(situation, now, kept),
        unreached=unreached,
        minutes_to_reach=asked.to_reach() if unreached else None,
        minutes_to_goal=asked.to_goal(),
        missed_day_cost=_missed_day_cost(base, rule, seed, ways),
    )


class _Way:
    """One simulated way to the interview, with independent luck: the band must not look too narrow."""

    def __init__(self, base: Course, rule: Rule, seed: int) -> None:
        course = base.copy()
        rng = random.Random(seed)
        draws = [[rng.random() for _ in range(len(base.memories))] for _ in range(REVIEWS)]
        self.curve: list[float] = []
        walk(course, rule, draws, self.curve)
        self.recall = course.memories.recall(base.situation.target_day)
        self.unseen = len(course.unseen)
        # On the day itself each card is recalled or not.
        self.score = sum(rng.random() < chance for chance in self.recall) / max(1, len(self.recall))


class _Minutes:
    """Tries other minutes a day under the same rule and the same luck."""

    def __init__(
        self,
        situation: Situation,
        rule: Rule,
        *,
        seed: int,
        ways: int,
        pause: Callable[[], None],
        is_over: Callable[[], bool],
    ) -> None:
        self._situation = situation
        self._rule = rule._replace(seconds=inf)
        self._seed = seed
        self._ways = ways
        self._pause = pause
        self._is_over = is_over
        self._tried: dict[int, tuple[float, float]] = {}

    def to_reach(self) -> int | None:
        """The fewest minutes with which no card is left out."""
        return self._least(lambda recall, unseen: unseen < 0.5)

    def to_goal(self) -> int | None:
        """The fewest minutes that promise GOAL."""
        return self._least(lambda recall, unseen: recall >= GOAL)

    def _least(self, is_enough: Callable[[float, float], bool]) -> int | None:
        if not self._situation.cards or not self._situation.study_days:
            return None
        low, high = 0, len(MINUTES)
        while low < high:
            middle = (low + high) // 2
            if self._is_over():
                return None
            if is_enough(*self._at(MINUTES[middle])):
                high = middle
            else:
                low = middle + 1
        return MINUTES[low] if low < len(MINUTES) else None

    def _at(self, minutes: int) -> tuple[float, float]:
        """Mean recall and cards left out."""
        if minutes not in self._tried:
            situation = replace(self._situation, seconds=minutes * MINUTE)
            base = Course(situation, self._pause)
            ways = [_Way(base, self._rule, self._seed + n) for n in range(self._ways)]
            self._tried[minutes] = (
                _mean([_mean(way.recall) for way in ways]),
                _mean([way.unseen for way in ways]),
            )
        return self._tried[minutes]


def _missed_day_cost(base: Course, rule: Rule, seed: int, ways: int) -> float:
    """The mean difference over the same luck; at least 0, for less is noise."""
    situation = base.situation
    if not situation.cards:
        return 0.0
    following = next((day for day in base.days if situation.seconds_on(day) > 0), None)
    if following is None:
        return 0.0
    missing = Course(replace(situation, days_off=situation.days_off | {following}), base.pause)
    lost = 0.0
    for n in range(ways):
        lost += _mean(_Way(base, rule, seed + n).recall) - _mean(_Way(missing, rule, seed + n).recall)
    return max(0.0, lost / ways)


def _by_deck(situation: Situation, now: Sequence[float], kept: Sequence[float]) -> tuple[DeckForecast, ...]:
    decks: dict[str, list[int]] = {}
    for place, card in enumerate(situation.cards):
        decks.setdefault(card.deck, []).append(place)
    return tuple(
        DeckForecast(deck, len(places), _mean([now[p] for p in places]), _mean([kept[p] for p in places]))
        for deck, places in decks.items()
    )


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0


def _quantile(ordered: Sequence[float], share: float) -> float:
    """Linear between the values around it."""
    place = share * (len(ordered) - 1)
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (place - below) * (ordered[above] - ordered[below])
