"""From ticks to a suggested rating and its reason."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from interviewprep.grading.ticks import PointTick, Suggestion, suggest
from interviewprep.memory.types import Rating

AGAIN, HARD, GOOD, EASY = Rating


def must(text: str, *, said: bool = True) -> PointTick:
    return PointTick(text, text, must=True, said=said)


def nice(text: str, *, said: bool = True) -> PointTick:
    return PointTick(text, text, must=False, said=said)


def of(
    *points: PointTick,
    stated: tuple[str, ...] = (),
    unsure: tuple[str, ...] = (),
    hints: int = 0,
    slow: bool = False,
    touched: bool = True,
    sure: bool = False,
) -> Suggestion | None:
    return suggest(points, stated=stated, unsure=unsure, hints=hints, slow=slow, touched=touched, sure=sure)


def test_nothing_touched_nothing_suggested() -> None:
    assert of(must("a", said=False), touched=False) is None
    assert of(must("a"), hints=2, slow=True, touched=False) is None


def test_a_missing_must_point_fails() -> None:
    wanted = Suggestion(AGAIN, "must point missing: the components cancel")
    assert of(must("the components cancel", said=False), must("b"), nice("c")) == wanted


def test_all_missing_must_points_are_named() -> None:
    assert of(must("a", said=False), must("b", said=False)) == (AGAIN, "must points missing: a; b")


def test_a_misconception_fails_even_when_all_is_said() -> None:
    found = of(must("a"), nice("b"), stated=("Momentum adapts the step.",), sure=True)
    assert found == (AGAIN, "wrong statement: Momentum adapts the step.")


def test_what_is_unsure_is_for_the_learner_to_decide() -> None:
    perhaps = must("the components cancel", said=False)._replace(unsure=True)
    assert of(must("a"), perhaps, nice("b")) == (HARD, "unsure whether you said: the components cancel")
    assert of(must("a"), unsure=("It adapts.",)) == (HARD, "unsure whether you said: “It adapts”")
    assert of(perhaps, hints=1) == (HARD, "a hint was taken, unsure whether you said: the components cancel")


def test_what_is_unsure_does_not_save_an_answer() -> None:
    perhaps = must("a", said=False)._replace(unsure=True)
    assert of(perhaps, must("b", said=False)) == (AGAIN, "must point missing: b")
    assert of(perhaps, stated=("x",)) == (AGAIN, "wrong statement: x")


def test_both_failures_are_named() -> None:
    assert of(must("a", said=False), stated=("x", "y")) == (
        AGAIN,
        "must point missing: a, wrong statement: x; y",
    )


def test_nothing_said_fails_a_card_without_must_points() -> None:
    assert of(nice("a", said=False), nice("b", said=False)) == (AGAIN, "no key point said")


def test_under_half_of_the_further_points_is_hard() -> None:
    points = [must("a"), nice("b"), nice("c", said=False), nice("d", said=False)]
    assert of(*points) == (HARD, "1 of 3 further points said")


def test_half_of_the_further_points_is_good() -> None:
    assert of(must("a"), nice("b"), nice("c", said=False)) == (GOOD, "every must point said")


def test_slow_or_prompted_is_hard() -> None:
    assert of(must("a"), slow=True) == (HARD, "slow")
    assert of(must("a"), hints=1) == (HARD, "a hint was taken")
    assert of(must("a"), hints=2, slow=True) == (HARD, "2 hints were taken, slow")


def test_everything_said_is_good_and_easy_only_when_sure() -> None:
    assert of(must("a"), nice("b")) == (GOOD, "every point said")
    assert of(must("a"), nice("b"), sure=True) == (EASY, "all said, in time and sure")
    assert of(must("a"), nice("b"), nice("c", said=False), sure=True) == (GOOD, "every must point said")


ticks = st.lists(
    st.builds(PointTick, st.text(), st.text(), st.booleans(), st.booleans(), st.booleans()), max_size=8
)


@given(
    points=ticks,
    texts=st.tuples(st.lists(st.text(), max_size=3), st.lists(st.text(), max_size=2)),
    hints=st.integers(0, 3),
    slow=st.booleans(),
    sure=st.booleans(),
)
def test_the_rules_hold_for_all_ticks(
    points: list[PointTick], texts: tuple[list[str], list[str]], hints: int, slow: bool, sure: bool
) -> None:
    stated, unsure = texts
    found = suggest(points, stated=stated, unsure=unsure, hints=hints, slow=slow, touched=True, sure=sure)
    assert found is not None
    assert found.reason
    if stated or any(p.must and not p.said and not p.unsure for p in points):
        assert found.rating is AGAIN
    if unsure or any(p.must and not p.said for p in points):
        assert found.rating <= HARD
    if hints or slow:
        assert found.rating <= HARD
    if found.rating is EASY:
        assert sure
        assert all(p.said for p in points)
    further = [p.said for p in points if not p.must]
    if found.rating >= GOOD:
        assert 2 * sum(further) >= len(further)


@given(points=ticks, place=st.integers(0, 7), stated=st.lists(st.text(), max_size=1))
def test_saying_one_more_point_never_lowers_the_rating(
    points: list[PointTick], place: int, stated: list[str]
) -> None:
    if place >= len(points):
        return
    more = [p._replace(said=True) if n == place else p for n, p in enumerate(points)]
    before = suggest(points, stated=stated, hints=0, slow=False, touched=True, sure=True)
    after = suggest(more, stated=stated, hints=0, slow=False, touched=True, sure=True)
    assert before
    assert after
    assert after.rating >= before.rating
