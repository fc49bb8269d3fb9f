"""One simulated way to the interview under a rule: the learner answers as the model expects."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from interviewprep.memory.plan.chances import REVIEWS
from interviewprep.memory.plan.course import Course
from interviewprep.memory.plan.rules import Rule

AGAIN: Final = 1
GOOD: Final = 3


class Walked(NamedTuple):
    """Mean recall at the interview after one walk, told in two ways that have the same mean over all luck."""

    reached: float
    """As the memories then were."""
    expected: float
    """As each answer was expected to change them when it was asked, summed up.

    Where much is still forgotten it varies a third as much as `reached`; where all is known, more.
    """


def walk(
    course: Course, rule: Rule, draws: Sequence[Sequence[float]], curve: list[float] | None = None
) -> Walked:
    """Live through the course's days by a rule, changing the course; `draws` are from `chances`.

    No day's time is exceeded: an answer is begun only where the longest it may take still fits. A failed
    card is asked once more, and passed, where the time is there. The recall then predicted for the
    interview is appended to `curve` at each day's end.
    """
    situation = course.situation
    memories = course.memories
    learner = situation.learner
    pace = learner.pace
    seconds = (0.0, pace.again, pace.hard, pace.good, pace.easy)
    longest, first = pace.longest_review, pace.first
    least = min(longest, first)
    stability = memories.stability
    asked = [0] * len(memories)
    worth = course.gains.worth
    total = sum(memories.recall(situation.target_day))
    cards = situation.cards
    for day in course.days:
        left = min(situation.seconds_on(day), rule.seconds)
        begun = set()
        for place in course.order(day, rule):
            if left < least:
                break
            chance = draws[asked[place] % REVIEWS][place]
            if not stability[place]:
                if left < first:
                    continue
                total += worth(place, day, repeats=left >= first + pace.good)
                rating = first_rating(learner.first, chance)
                left -= first
                begun.add(place)
            else:
                if left < longest:
                    continue
                total += worth(place, day, repeats=left >= pace.again + pace.good)
                rating = later_rating(learner.passed, chance, memories.retrievability(place, day))
                left -= seconds[rating]
            asked[place] += 1
            memories.review(place, rating, day)
            if rating == AGAIN and left >= pace.good:
                left -= pace.good
                memories.review(place, GOOD, day)
                rating = GOOD
            if rating != AGAIN:
                course.passed.add(cards[place].concept)
        if begun:
            course.unseen = [place for place in course.unseen if place not in begun]
            course.seen.extend(begun)
        if curve is not None:
            curve.append(sum(memories.recall(situation.target_day)) / max(1, len(cards)))
        course.pause()
    reached = sum(memories.recall(situation.target_day))
    count = max(1, len(cards))
    return Walked(reached / count, total / count)


def first_rating(chances: tuple[float, float, float, float], draw: float) -> int:
    """The rating of a first answer for a draw in [0, 1)."""
    for rating, chance in enumerate(chances[:3], 1):
        if draw < chance:
            return rating
        draw -= chance
    return 4


def later_rating(passed: tuple[float, float, float], draw: float, right: float) -> int:
    """The rating of a later answer for a draw in [0, 1), where `right` is the chance of passing."""
    if draw >= right:
        return AGAIN
    draw /= right
    return 2 if draw < passed[0] else 3 if draw < passed[0] + passed[1] else 4
