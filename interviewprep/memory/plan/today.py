"""Today's cards of one plan or of several."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from interviewprep.memory.plan.course import Course
from interviewprep.memory.plan.facts import Situation
from interviewprep.memory.plan.rules import GREEDY, Rule


class DayPlan(NamedTuple):
    """What a plan asks on a day; to be written down when the day's first card is asked."""

    cards: tuple[str, ...]
    """Card names in order: the order for `Queue`. More than fit, so that a quick learner has enough."""
    planned: int
    """How many of them are expected to fit into the day's time."""
    last_pass: frozenset[str]
    """Those that are asked because they are must-know and the interview is near."""


def day_plan(plans: Sequence[tuple[Situation, Rule]], seconds: float) -> DayPlan:
    """Today's cards for plans and their rules, within so much time left today.

    Several plans share the time by expected gain: a plan gets the time of its cards among those that the
    greedy rule would ask if all plans were one. A card of two plans gains for both and is asked once.
    """
    courses = [
        (Course(situation), rule)
        for situation, rule in plans
        if situation.today <= situation.interview_day and situation.today not in situation.days_off
    ]
    if not courses or seconds <= 0:
        return DayPlan((), 0, frozenset())
    passes = frozenset(
        course.situation.cards[place].name
        for course, _ in courses
        for place in course.last_passes(course.situation.today)
    )
    if len(courses) == 1:
        course, rule = courses[0]
        names = day_list(course, course.order(course.situation.today, rule), min(seconds, rule.seconds))
    else:
        names = _shared(courses, seconds)
    planned = _fitting([course for course, _ in courses], names, seconds)
    return DayPlan(tuple(names), planned, passes.intersection(names))


def day_list(course: Course, order: Iterable[int], seconds: float) -> list[str]:
    """The first cards of an order: enough to fill the time however quickly they are answered."""
    pace = course.situation.learner.pace
    quickest = min(pace.again, pace.hard, pace.good, pace.easy)
    stabilities, cards = course.memories.stability, course.situation.cards
    names = []
    used = 0.0
    for place in order:
        if used >= seconds:
            break
        used += quickest if stabilities[place] else pace.first
        names.append(cards[place].name)
    return names


def _shared(courses: Sequence[tuple[Course, Rule]], seconds: float) -> list[str]:
    """Each plan's order by its rule, merged so that each advances by its share of the time.

    A card of several plans comes as early as if their shares were spent on it together.
    """
    shares = _shares([course for course, _ in courses], seconds)
    speed: dict[str, float] = {}
    for (course, rule), share in zip(courses, shares, strict=True):
        used = 0.0
        for name, cost in _costs(course, course.order(course.situation.today, rule)):
            if used >= 2 * seconds or share <= 0:
                break
            used += cost
            speed[name] = speed.get(name, 0.0) + share / used
    quickest = min(min(course.situation.learner.pace) for course, _ in courses)
    return sorted(speed, key=lambda name: -speed[name])[: int(seconds / quickest) + 1]


def _shares(courses: Sequence[Course], seconds: float) -> list[float]:
    """Seconds of today for each plan by the greedy rule over all of their cards."""
    gains: dict[str, list[float]] = {}
    costs: dict[str, float] = {}
    for number, course in enumerate(courses):
        today = course.situation.today
        for place in course.order(today, GREEDY):
            name = course.situation.cards[place].name
            gains.setdefault(name, [0.0] * len(courses))[number] = course.gains.worth(
                place, today, repeats=True
            )
            costs[name] = course.gains.seconds(place, today)
    ranked = sorted(gains, key=lambda name: -sum(gains[name]) / costs[name])
    shares = [0.0] * len(courses)
    left = seconds
    for name in ranked:
        if left <= 0:
            break
        cost = min(costs[name], left)
        left -= cost
        total = sum(gains[name]) or 1.0
        for number, gain in enumerate(gains[name]):
            shares[number] += cost * gain / total
    return shares


def _costs(course: Course, order: Iterable[int]) -> Iterator[tuple[str, float]]:
    today = course.situation.today
    for place in order:
        yield course.situation.cards[place].name, course.gains.seconds(place, today)


def _fitting(courses: Sequence[Course], names: Sequence[str], seconds: float) -> int:
    """How many cards, in order, are expected to fit."""
    wanted = set(names)
    costs = {
        card.name: course.gains.seconds(place, course.situation.today)
        for course in courses
        for place, card in enumerate(course.situation.cards)
        if card.name in wanted
    }
    used = 0.0
    for count, name in enumerate(names):
        used += costs[name]
        if used > seconds + 1e-9:
            return count
    return len(names)


def warm_up(situation: Situation) -> list[str]:
    """The order of the interview morning's one-liners: cards once asked, most at risk first.

    The caller ends after ten minutes. Cards never asked are left out: a morning is no time for new ones.
    """
    course = Course(situation)
    day = situation.target_day
    risks = [(course.memories.retrievability(place, day), place) for place in course.seen]
    return [situation.cards[place].name for _, place in sorted(risks)]
