"""Which questions a mock interview asks, and in which order."""

from __future__ import annotations

import pytest
from support import World
from support_mock import LEVELS, TOPICS, answer, begun, mock_decks

from interviewprep.errors import NotFoundError
from interviewprep.memory.types import Rating
from interviewprep.study.desk import Desk
from interviewprep.study.mock_draw import draw_items
from interviewprep.study.mock_items import FOLLOW_UP_SECONDS, OPENING_SECONDS, Item
from interviewprep.study.mock_openings import leans_to, tidy_role
from interviewprep.study.mock_options import MockOptions
from interviewprep.study.record import record_answer


@pytest.fixture
def desk(world: World) -> Desk:
    mock_decks(world)
    return world.desk()


def know(desk: Desk, *topics: str) -> None:
    """Recall all cards of some topics well, today."""
    for topic in topics:
        for level in LEVELS:
            record_answer(desk, f"{topic}#{topic}-{level}", Rating.EASY, desk.clock())


def drawn(desk: Desk, seed: int = 1, **options: object) -> list[Item]:
    """What is planned."""
    found = draw_items(desk, MockOptions(**options), seed=seed)  # type: ignore[arg-type]
    return found.items[: found.planned]


def test_the_weakest_topic_comes_first_and_each_goes_from_broad_to_deep(desk: Desk) -> None:
    know(desk, "alpha", "gamma")
    for seed in range(5):
        items = drawn(desk, seed)
        assert [i.topic for i in items[:3]] == ["Topic beta"] * 3
        for topic in {i.topic for i in items}:
            levels = [LEVELS.index(i.level) for i in items if i.topic == topic]
            assert levels == sorted(levels)


def test_it_fills_its_minutes_and_no_more_and_repeats_nothing(desk: Desk) -> None:
    for minutes in (1, 5, 10, 20, 45, 120):
        for is_random in (False, True):
            items = drawn(desk, minutes=minutes, random=is_random)
            assert len({i.card for i in items}) == len(items) >= 1
            seconds = OPENING_SECONDS + sum(i.target_seconds + FOLLOW_UP_SECONDS for i in items)
            assert len(items) == 1 or seconds <= 60 * minutes
            assert len(items) == 9 or seconds > 60 * minutes - 120 - 2 * FOLLOW_UP_SECONDS


def test_a_placement_asks_as_many_topics_as_it_can_broad_ones_first(desk: Desk) -> None:
    know(desk, "alpha", "gamma")
    for seed in range(5):
        items = drawn(desk, seed, random=True, minutes=9)
        assert {i.topic for i in items} == {f"Topic {t}" for t in TOPICS}
        levels = [LEVELS.index(i.level) for i in items]
        assert levels == sorted(levels)


def test_the_same_seed_draws_the_same_and_seeds_differ(desk: Desk) -> None:
    names = [[i.card for i in drawn(desk, seed, random=True, minutes=6)] for seed in (1, 1, 2, 3, 4, 5)]
    assert names[0] == names[1]
    assert len({tuple(n) for n in names}) > 2


def test_what_was_asked_lately_comes_only_where_there_is_nothing_else(desk: Desk) -> None:
    first = begun(desk, minutes=7, random=True)
    assert len(first.items) == 9, "all the others are spare"
    second = begun(desk, minutes=7, random=True)
    cards = [{item.card for item in mock.items[: mock.count]} for mock in (first, second)]
    assert cards[0].isdisjoint(cards[1])
    assert first.count + second.count == len(cards[0]) + len(cards[1])


def test_a_spare_question_that_was_asked_was_asked_lately(desk: Desk) -> None:
    first = begun(desk, minutes=7, random=True)
    assert first.count < 5
    for _ in range(5):
        answer(first, "", seconds=5)
    asked = {item.card for item in first.items[:5]}
    second = begun(desk, minutes=7, random=True)
    assert asked.isdisjoint(item.card for item in second.items[: second.count])


def test_spare_questions_follow_in_order_and_change_nothing_of_what_is_planned(desk: Desk) -> None:
    know(desk, "alpha", "gamma")
    for is_random in (False, True):
        short, long = (draw_items(desk, MockOptions(minutes=m, random=is_random), seed=1) for m in (5, 60))
        assert len({i.card for i in short.items}) == len(short.items) == 9 > short.planned
        assert len(long.items) == long.planned == 9
        if not is_random:
            assert short.items == long.items


def test_one_topic_goes_from_broad_to_deep_three_by_three(world: World) -> None:
    cards = "".join(
        f"  - {{id: c{n}, level: {LEVELS[n % 3]}, question: What is {n}?, short: It., key_points: [it]}}\n"
        for n in range(12)
    )
    (world.home / "shipped" / "many.yaml").write_text(f"format: 1\ncards:\n{cards}", encoding="utf-8")
    found = draw_items(world.desk(), MockOptions(topics=("many",), minutes=60), seed=1)
    assert [i.level for i in found.items] == list(LEVELS) * 4


def test_topics_are_decks_or_tags_and_levels_hold(desk: Desk) -> None:
    assert {i.topic for i in drawn(desk, topics=("beta",))} == {"Topic beta"}
    assert {i.topic for i in drawn(desk, topics=("beta-tag", "alpha"))} == {"Topic beta", "Topic alpha"}
    assert {i.level for i in drawn(desk, levels=("hard",))} == {"hard"}
    with pytest.raises(NotFoundError, match="no deck `delta`"):
        drawn(desk, topics=("delta",))


def test_suspended_cards_and_cards_without_points_are_not_asked(world: World, desk: Desk) -> None:
    for level in ("easy", "medium"):
        desk.store.mark(f"beta#beta-{level}", "suspended", "1", now=world.clock())
    assert [i.card for i in drawn(desk, topics=("beta",))] == ["beta#beta-hard"]
    (world.home / "shipped" / "bare.yaml").write_text(
        "format: 1\ncards:\n  - {id: bare, question: What?, short: That.}\n", encoding="utf-8"
    )
    with pytest.raises(NotFoundError, match="No question card"):
        drawn(world.desk(), topics=("bare",))


def test_a_role_leans_to_its_decks() -> None:
    assert leans_to("Senior Computer Vision engineer", "deep-learning/convolution")
    assert leans_to("LLM engineer", "language-models/transformers")
    assert not leans_to("ML engineer", "deep-learning/convolution")


@pytest.mark.parametrize(("typed", "role"), [("", "ML engineer"), (" a \x1b[2J b ", "a [2J b")])
def test_a_role_is_one_printable_line(typed: str, role: str) -> None:
    assert tidy_role(typed) == role
    assert len(tidy_role("x" * 500)) == 60
