"""A plan's cards on their way to the interview: memories, what is new, and each day's order by a rule."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from math import ceil
from typing import Final, Self

from interviewprep.memory.plan.facts import Situation
from interviewprep.memory.plan.gain import Gains, no_pause
from interviewprep.memory.plan.memories import Memories
from interviewprep.memory.plan.rules import Rule
from interviewprep.memory.types import Rating

LAST_DAYS: Final = 3
"""Study days before the interview in which every must-know card gets a last pass."""
USABLE: Final = 0.98
"""The share of a day's time that answers fill: what is left at its end is too short for another."""


class Course:
    """The state of a plan, and the order in which a rule would ask its cards on a day.

    Both the day's queue and every simulation draw from `order`. Cards are known by place.
    """

    __slots__ = (
        "_blockers",
        "_concepts",
        "_meetable",
        "_musts",
        "_used",
        "attendance",
        "days",
        "gains",
        "memories",
        "passed",
        "pause",
        "seen",
        "situation",
        "unseen",
    )

    def __init__(self, situation: Situation, pause: Callable[[], None] = no_pause) -> None:
        """Take a plan as it stands; `pause` is called between chunks of work."""
        cards = situation.cards
        self.situation = situation
        self.pause = pause
        self.days = situation.study_days
        self.attendance = situation.attendance
        self.memories = Memories(cards, situation.learner)
        self.gains = Gains(self.memories, situation.interview_day, pause)
        self.seen = [place for place, card in enumerate(cards) if card.stability]
        self.unseen = [place for place, card in enumerate(cards) if not card.stability]
        self.passed = {card.concept for card in cards if card.passed} | situation.passed
        self._musts = [place for place, card in enumerate(cards) if card.must]
        counts = Counter(card.concept for card in cards)
        # None where no two cards are siblings: most of a day's order then needs no look at concepts.
        self._concepts = [card.concept for card in cards] if len(counts) < len(cards) else None
        self._used = set(situation.used)
        self._meetable = counts
        self._blockers = {place: wanted for place in self.unseen if (wanted := self._requirements(place))}

    def copy(self) -> Self:
        """An independent copy."""
        twin = object.__new__(type(self))
        for name in Course.__slots__:
            setattr(twin, name, getattr(self, name))
        twin.memories = self.memories.copy()
        twin.gains = Gains(twin.memories, self.situation.interview_day, self.pause)
        twin.seen = list(self.seen)
        twin.unseen = list(self.unseen)
        twin.passed = set(self.passed)
        return twin

    def now(self, day: int) -> Situation:
        """The plan as it stands on a later day."""
        m = self.memories
        cards = [
            card._replace(
                stability=stability, difficulty=difficulty, last_day=last, passed=card.concept in self.passed
            )
            for card, stability, difficulty, last in zip(
                self.situation.cards, m.stability, m.difficulty, m.last_day, strict=True
            )
        ]
        return replace(self.situation, today=day, cards=cards, spent=0.0, used=frozenset())

    def last_passes(self, day: int) -> list[int]:
        """The must-know cards that are asked first on a day because the interview is near."""
        opened, _ = self._new_today(day)
        lasts = self.memories.last_day
        return self._last_passes(day, [place for place in self.seen if lasts[place] < day], opened)

    def review(self, place: int, rating: int, day: int) -> None:
        """Take an answer into account."""
        if not self.memories.stability[place]:
            self.unseen = [other for other in self.unseen if other != place]
            self.seen.append(place)
        self.memories.review(place, rating, day)
        if rating != Rating.AGAIN:
            self.passed.add(self.situation.cards[place].concept)

    def order(self, day: int, rule: Rule) -> Iterator[int]:
        """The cards worth asking on a day, in order, each once; what comes late is worked out late.

        First the must-know cards that still need their last pass. Before a rule's refresh: the day's share
        of new cards, the cards that have fallen to its retention, and the rest, each by gain. In the
        refresh: all by gain, but for new cards kept for the end. Last of all new cards whose
        prerequisites were never passed. No two new cards of one concept, and no card asked that day
        already.
        """
        opened, blocked = self._new_today(day)
        lasts = self.memories.last_day
        seen = [place for place in self.seen if lasts[place] < day]
        if musts := self._last_passes(day, seen, opened):
            yield from musts
            done = set(musts)
            seen = [place for place in seen if place not in done]
            opened = [place for place in opened if place not in done]
        quota = self._quota(day, rule)
        if quota is None:
            yield from self._by_gain(day, rule, seen, opened)
        else:
            yield from opened[:quota]
            if day < rule.refresh_from:
                due = self._due(day, rule.retention, seen)
                yield from self._by_gain(day, rule, due, ())
                done = set(due)
                seen = [place for place in seen if place not in done]
            kept = opened[quota:]
            if day < rule.refresh_from and not rule.late:
                yield from self._by_gain(day, rule, seen, kept)
            else:
                yield from self._by_gain(day, rule, seen, ())
                yield from kept
        yield from blocked

    # -- the parts of a day ----------------------------------------------------------------------

    def _by_gain(self, day: int, rule: Rule, seen: Sequence[int], opened: Sequence[int]) -> Iterator[int]:
        """Cards by gain, or by what they lose by waiting; without those that would lose by being asked."""
        ranked = [pair for pair in self.gains.seen(seen, day) if pair[0] > 0]
        new_gain = self.gains.new(day)
        ahead = min(rule.ahead, self.situation.interview_day - 1 - day)
        if rule.patience and ahead > 0:
            later = self.gains.seen([place for _, place in ranked], day + ahead)
            weight = rule.patience
            ranked = [
                (now - weight * max(0.0, then), place)
                for (now, place), (then, _) in zip(ranked, later, strict=True)
            ]
            # New cards know no patience: one that waits may wait for a day that is missed.
        ranked.sort(key=_by_rank)
        if not opened:
            for _, place in ranked:
                yield place
            return
        news = iter(opened)
        for gain, place in ranked:
            if gain <= new_gain:
                yield from news
            yield place
        yield from news

    def _due(self, day: int, retention: float, seen: Sequence[int]) -> list[int]:
        """Cards whose recall has fallen to a retention."""
        m = self.memories
        stabilities, lasts = m.stability, m.last_day
        age_per_stability = (retention ** (1 / m.decay) - 1) / m.factor
        return [p for p in seen if day - lasts[p] >= age_per_stability * stabilities[p]]

    def _quota(self, day: int, rule: Rule) -> int | None:
        """How many new cards come first on a day; None where they are ranked among the others."""
        waiting = len(self.unseen)
        if day >= rule.refresh_from:
            return self._pressing(day, rule) if rule.late else None
        until = min(rule.new_until, self.situation.interview_day)
        days = sum(day <= d < until for d in self.days)
        early = max(0, waiting - rule.late)
        return max(ceil(early / days) if days else early, self._pressing(day, rule) if rule.late else 0)

    def _pressing(self, day: int, rule: Rule) -> int:
        """How many new cards must come on a day for the others still to fit into the days after it."""
        after = self.attendance * sum(d > day for d in self.days)
        seconds = min(self.situation.seconds, rule.seconds)
        return max(0, ceil(len(self.unseen) - after * USABLE * seconds / self.gains.new_seconds()))

    def _last_passes(self, day: int, seen: Sequence[int], opened: Sequence[int]) -> list[int]:
        """Today's part of the must-know cards not asked in the last study days so far."""
        if not self._musts or day not in self.days[-LAST_DAYS:]:
            return []
        lasts = self.memories.last_day
        first = self.days[-LAST_DAYS:][0]
        musts = set(self._musts)
        waiting = [place for place in seen if place in musts and lasts[place] < first]
        news = [place for place in opened if place in musts]
        days = sum(d >= day for d in self.days)
        ranked = sorted(self.gains.seen(waiting, day), key=_by_rank)
        return [*news, *(place for _, place in ranked)][: ceil((len(waiting) + len(news)) / days)]

    # -- new cards -------------------------------------------------------------------------------

    def _new_today(self, day: int) -> tuple[list[int], list[int]]:
        """The new cards that may come today, one a concept: those open, and those that wait for others."""
        if self._concepts is None and not self._blockers:
            return self.unseen, []
        concepts = self._concepts
        used = set(self._used) if day == self.situation.today else set()
        opened: list[int] = []
        blocked: list[int] = []
        for is_blocked, into in ((False, opened), (True, blocked)):
            for place in self.unseen:
                if self._is_blocked(place) is not is_blocked:
                    continue
                if concepts is not None:
                    if concepts[place] in used:
                        continue
                    used.add(concepts[place])
                into.append(place)
        return opened, blocked

    def _is_blocked(self, place: int) -> bool:
        return not self.passed.issuperset(self._blockers.get(place, ()))

    def _requirements(self, place: int) -> tuple[str, ...]:
        """The concepts a card requires that some other card of the plan can meet."""
        card = self.situation.cards[place]
        return tuple(c for c in card.requires.split() if self._meetable[c] > (c == card.concept))


def _by_rank(ranked: tuple[float, int]) -> tuple[float, int]:
    """Greatest first, ties in asking order."""
    return -ranked[0], ranked[1]
