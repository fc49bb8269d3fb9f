"""Rules survive being written down; recipes become rules for the days at hand."""

from __future__ import annotations

from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviewprep.errors import InterviewPrepError
from interviewprep.memory.plan.rules import GREEDY, Recipe, Rule, first_recipes, neighbours, paced

DAYS = range(100, 110)


@given(
    rule=st.builds(
        Rule,
        st.floats(0, 1),
        st.integers(0, 40000),
        st.integers(0, 40000),
        st.integers(0, 500),
        st.floats(0, 1),
        st.integers(1, 9),
        st.one_of(st.just(inf), st.floats(1, 9999)),
    )
)
def test_a_rule_is_read_back_as_it_was_written(rule: Rule) -> None:
    assert Rule.parse(str(rule)) == rule


@pytest.mark.parametrize("text", ["", "greedy", "r0.8 n1", "rx n1 g1 l0 p0 a1"])
def test_other_text_is_no_rule(text: str) -> None:
    with pytest.raises(InterviewPrepError, match="not a plan's rule"):
        Rule.parse(text)


def test_a_recipe_is_laid_over_the_days_left() -> None:
    recipe = Recipe(0.8, 0.5, 0.25, 0.1, (0.7, 2))
    assert recipe.rule(DAYS, 55, 600.0) == Rule(0.8, 105, 108, 5, 0.7, 2, 600.0)
    assert recipe.rule([100, 101, 105, 109], 55) == Rule(0.8, 105, 109, 5, 0.7, 2)


def test_paced_fsrs_never_refreshes() -> None:
    assert paced(0.9, DAYS) == Rule(0.9, 106, 110)
    assert paced(0.9, []) == Rule(0.9, 0, 0)


def test_about_a_hundred_rules_are_within_reach_and_none_waits_where_days_are_missed() -> None:
    first = first_recipes(keeps=True)
    around = {n for recipe in first for n in neighbours(recipe, keeps=True)}
    assert len({*first, *around}) > 100
    missed = first_recipes(keeps=False)
    assert {r.late_share for r in missed} == {0.0}
    assert {n.late_share for r in missed for n in neighbours(r, keeps=False)} == {0.0}


def test_greedy_is_the_rule_of_zeros() -> None:
    assert str(GREEDY) == "r0.0 n0 g0 l0 p0.0 a1"
