"""A day's order: by gain, siblings and prerequisites respected, must-know cards a last pass."""

from __future__ import annotations

import random

from interviewprep.memory.plan.course import Course
from interviewprep.memory.plan.facts import PlanCard, Situation
from interviewprep.memory.plan.gain import Gains
from interviewprep.memory.plan.rules import GREEDY, Recipe, Rule
from interviewprep.memory.types import Rating

TODAY = 100


def new(name: str, concept: str = "", requires: str = "", *, must: bool = False) -> PlanCard:
    return PlanCard(f"d#{name}", concept or name, requires, must)


def seen(name: str, stability: float, ago: int, *, must: bool = False, concept: str = "") -> PlanCard:
    return PlanCard(f"d#{name}", concept or name, "", must, stability, 5.0, TODAY - ago, passed=True)


def course(*cards: PlanCard, days: int = 10, **more: object) -> Course:
    situation = Situation(TODAY, TODAY + days, 600.0, cards)
    return Course(Situation(**{f: more.get(f, getattr(situation, f)) for f in situation.__slots__}))  # type: ignore[arg-type]


def names(found: Course, rule: Rule = GREEDY, day: int = TODAY) -> list[str]:
    return [found.situation.cards[place].name[2:] for place in found.order(day, rule)]


def test_greedy_orders_by_gain_per_second() -> None:
    rng = random.Random(3)
    cards = [seen(f"s{n}", rng.uniform(0.3, 30), rng.randrange(1, 20)) for n in range(40)]
    found = course(*cards, new("n"))
    gains = Gains(found.memories, TODAY + 10)
    by_hand = {found.situation.cards[place].name[2:]: gain for gain, place in gains.seen(range(40), TODAY)}
    by_hand["n"] = gains.new(TODAY)
    assert names(found) == [n for n in sorted(by_hand, key=lambda n: -by_hand[n]) if by_hand[n] > 0]


def test_new_cards_come_in_asking_order() -> None:
    assert names(course(new("b"), new("a"), new("c"))) == ["b", "a", "c"]


def test_a_card_asked_today_or_by_a_clock_ahead_is_left_out() -> None:
    assert names(course(seen("a", 2.0, 0), seen("b", 2.0, -3), seen("c", 2.0, 4))) == ["c"]


def test_never_two_new_cards_of_one_concept_on_a_day() -> None:
    cards = [new("a", "k"), new("b", "k"), new("c")]
    assert names(course(*cards)) == ["a", "c"]
    assert names(course(*cards, used=frozenset({"k"}))) == ["c"]
    assert names(course(*cards, used=frozenset({"k"})), day=TODAY + 1) == ["a", "c"]


def test_a_card_waits_for_its_prerequisites_behind_all_others() -> None:
    cards = [new("b", requires="a"), new("a"), seen("s", 2.0, 5)]
    assert names(course(*cards))[-1] == "b"
    passed = course(*cards)
    passed.review(1, Rating.GOOD, TODAY)
    assert names(passed, day=TODAY + 1)[0] == "b"
    assert names(course(*cards, passed=frozenset({"a"})))[:2] == ["b", "a"]


def test_a_failed_prerequisite_is_not_met() -> None:
    found = course(new("b", requires="a"), new("a"))
    found.review(1, Rating.AGAIN, TODAY)
    assert names(found, day=TODAY + 1) == ["a", "b"]


def test_prerequisites_that_nothing_in_the_plan_can_meet_are_ignored() -> None:
    assert names(course(new("b", requires="elsewhere b"), new("a"))) == ["b", "a"]


def test_before_the_refresh_new_cards_are_spread_and_reviews_come_by_retention() -> None:
    rule = Rule(0.8, TODAY + 5, TODAY + 8)
    cards = [*(new(f"n{n}") for n in range(12)), seen("low", 1.0, 6), seen("high", 50.0, 1)]
    # 12 new cards over 5 days are 3 today; what has fallen to 0.8 follows.
    assert names(course(*cards), rule)[:4] == ["n0", "n1", "n2", "low"]
    assert set(names(course(*cards), rule)) >= {"high", "n11"}


def test_new_cards_kept_for_the_end_come_as_late_as_they_still_fit() -> None:
    rule = Rule(0.8, TODAY + 5, TODAY + 5, late=20)
    found = course(*(new(f"n{n}") for n in range(20)), seen("s", 2.0, 5), days=6)
    assert names(found, rule)[0] == "s"
    # 600 seconds hold 25.7 of them: on the last day all come first.
    assert names(found, rule, TODAY + 5)[:20] == [f"n{n}" for n in range(20)]
    assert names(found, rule, TODAY + 4)[0] == "s"
    many = course(*(new(f"n{n}") for n in range(30)), seen("s", 2.0, 5), days=6)
    assert names(many, rule._replace(late=30), TODAY + 4)[:5] == ["n0", "n1", "n2", "n3", "n4"]


def test_patience_brings_cards_earlier_that_lose_by_waiting() -> None:
    failed, lasting = seen("failed", 0.25, 1), seen("lasting", 2.3, 3)
    found = course(failed, lasting, days=20)
    (now_failed, _), (now_lasting, _) = found.gains.seen([0, 1], TODAY)
    (then_failed, _), (then_lasting, _) = found.gains.seen([0, 1], TODAY + 2)
    patient = Rule(0.0, 0, 0, patience=1.0, ahead=2)
    expected = ["failed", "lasting"]
    if now_failed - then_failed < now_lasting - then_lasting:
        expected.reverse()
    assert names(found, patient) == expected


def test_every_must_know_card_gets_a_last_pass_in_the_last_three_study_days() -> None:
    cards = [
        *(seen(f"m{n}", 900.0, 3, must=True) for n in range(6)),
        *(seen(f"s{n}", 1.0, 9) for n in range(9)),
    ]
    found = course(*cards, days=10)
    assert not found.last_passes(TODAY + 6)
    asked: list[str] = []
    for day in (TODAY + 7, TODAY + 8, TODAY + 9):
        first_two = names(found, day=day)[:2]
        assert all(name.startswith("m") for name in first_two)
        for name in first_two:
            found.review([c.name for c in cards].index(f"d#{name}"), Rating.GOOD, day)
        asked += first_two
    assert sorted(asked) == [f"m{n}" for n in range(6)]


def test_days_off_do_not_count_among_the_last_three() -> None:
    found = course(seen("m", 900.0, 3, must=True), days=10, days_off=frozenset({TODAY + 8, TODAY + 9}))
    assert found.days[-1] == TODAY + 7
    assert found.last_passes(TODAY + 5) == [0]
    assert found.last_passes(TODAY + 4) == []


def test_the_same_situation_gives_the_same_order() -> None:
    rng = random.Random(5)
    cards = [
        *(seen(f"s{n}", rng.uniform(0.3, 30), rng.randrange(1, 20)) for n in range(30)),
        *(new(f"n{n}") for n in range(30)),
    ]
    for rule in (GREEDY, Recipe(0.8, 0.6, 0.4, 0.2, (0.8, 2)).rule(range(TODAY, TODAY + 10), 60)):
        assert names(course(*cards), rule) == names(course(*cards), rule)
        assert len(set(names(course(*cards), rule))) == len(names(course(*cards), rule))


def test_a_plan_told_of_answers_stands_as_one_made_anew() -> None:
    found = course(new("a"), new("b"), seen("c", 2.0, 4))
    found.review(0, Rating.GOOD, TODAY)
    found.review(2, Rating.AGAIN, TODAY)
    later = Course(found.now(TODAY + 2))
    assert names(later, day=TODAY + 2) == names(found, day=TODAY + 2)
    assert later.unseen == [1]
