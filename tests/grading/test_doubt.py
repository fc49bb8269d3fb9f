"""The rating by the chances of all lines, and the line it hangs on."""

from __future__ import annotations

from itertools import product
from math import isclose, prod

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviewprep.grading.doubt import FAR, at_least_half, judge
from interviewprep.memory.types import Rating

CHANCE = st.floats(0, 1)
CHANCES = st.lists(CHANCE, max_size=5)


@pytest.mark.parametrize(
    ("musts", "further", "wrong", "rating"),
    [
        ([0.99, 0.95], [0.9], [0.02], Rating.GOOD),
        ([0.95, 0.9, 0.9], [], [], Rating.GOOD),
        # Each of them is rather said than not, all three together rather not.
        ([0.75, 0.75, 0.75], [], [], Rating.HARD),
        ([0.6, 0.6, 0.6], [], [], Rating.AGAIN),
        ([0.9], [], [0.5], Rating.HARD),
        ([0.9], [], [0.75], Rating.AGAIN),
        ([0.9], [0.9, 0.1, 0.1], [], Rating.HARD),
        ([0.45], [0.1, 0.1, 0.1], [], Rating.AGAIN),
        ([], [], [], Rating.GOOD),
    ],
)
def test_the_rating_costs_least(
    musts: list[float], further: list[float], wrong: list[float], rating: Rating
) -> None:
    found = judge(_named("p", musts), further, _named("m", wrong))
    assert found.rating is rating


def test_hard_is_where_neither_passing_nor_failing_is_likely() -> None:
    ratings = [judge({"p": chance / 100}, [], {}).rating for chance in range(101)]
    hard = [chance for chance, rating in enumerate(ratings) if rating is Rating.HARD]
    assert isclose(1 / FAR, 0.25)
    assert (hard[0], hard[-1]) == (26, 75)


def test_the_weakest_line_speaks_most_against_passing() -> None:
    assert judge({"a": 0.78, "b": 0.8}, [], {"m": 0.1}).weakest == "a"
    assert judge({"a": 0.78, "b": 0.8}, [], {"m": 0.3}).weakest == "m"
    assert judge({}, [0.1], {}).weakest == ""


@pytest.mark.parametrize(
    ("must", "further", "half"),
    [(0.95, 0.9, True), (0.5, 0.9, True), (0.95, 0.45, False), (0.95, 0.52, False), (0.55, 0.52, False)],
)
def test_a_hard_answer_lacks_what_is_less_likely(must: float, further: float, *, half: bool) -> None:
    assert judge({"p": must}, [further], {}).half is half


@given(CHANCES)
def test_half_of_the_points_by_counting_all_cases(chances: list[float]) -> None:
    cases = product([True, False], repeat=len(chances))
    wanted = sum(
        prod(c if said else 1 - c for c, said in zip(chances, case, strict=True))
        for case in cases
        if 2 * sum(case) >= len(case)
    )
    assert isclose(at_least_half(chances), wanted, abs_tol=1e-9)


@given(st.lists(CHANCE, min_size=1, max_size=4), CHANCES, CHANCES, st.data())
def test_a_likelier_point_never_lowers_the_rating(
    musts: list[float], further: list[float], wrong: list[float], data: st.DataObject
) -> None:
    lines = [*musts, *further]
    place = data.draw(st.integers(0, len(lines) - 1))
    raised = [*lines]
    raised[place] = data.draw(st.floats(lines[place], 1))
    before, after = (
        judge(_named("p", row[: len(musts)]), row[len(musts) :], _named("m", wrong)).rating
        for row in (lines, raised)
    )
    # At a limit rounding decides.
    assert after >= before or _near_a_limit(musts, further, wrong)


def _named(letter: str, chances: list[float]) -> dict[str, float]:
    return {f"{letter}{number}": chance for number, chance in enumerate(chances)}


def _near_a_limit(musts: list[float], further: list[float], wrong: list[float]) -> bool:
    nudged = {
        judge(
            _named("p", [min(1, max(0, chance + nudge)) for chance in musts]),
            [min(1, max(0, chance + nudge)) for chance in further],
            _named("m", wrong),
        ).rating
        for nudge in (-1e-6, 1e-6)
    }
    return len(nudged) > 1
