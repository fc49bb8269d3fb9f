"""The line on which an answer hangs."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from interviewprep.grading.doubt import CERTAIN, LIKELY, Weakest, weakest

CHANCES = st.dictionaries(st.sampled_from("abc"), st.floats(0, 1))


def test_nothing_is_in_doubt_where_everything_is_sure() -> None:
    assert weakest({"a": 0.99, "b": 0.95}, {"m": 0.02}) is None
    assert weakest({}, {}) is None


def test_several_likely_points_are_together_in_doubt() -> None:
    assert weakest({"a": 0.9}, {}) is None
    assert weakest({"a": 0.78, "b": 0.8, "c": 0.9}, {}) == Weakest("a", fails=False)
    assert weakest({"a": 0.62, "b": 0.61, "c": 0.75}, {}) == Weakest("b", fails=True)


def test_a_misconception_may_be_the_weakest_line_and_never_fails_the_answer_unseen() -> None:
    assert weakest({"a": 0.9}, {"m": 0.4, "n": 0.1}) == Weakest("m", fails=False)
    assert weakest({"a": 0.9}, {"m": 0.69}) == Weakest("m", fails=False)


@given(CHANCES, CHANCES)
def test_the_weakest_line_is_the_one_with_most_against_it(
    musts: dict[str, float], wrong: dict[str, float]
) -> None:
    wrong = {f"wrong {line}": chance for line, chance in wrong.items()}
    found = weakest(musts, wrong)
    against = {line: 1 - chance for line, chance in musts.items()} | wrong
    passes = 1.0
    for chance in against.values():
        passes *= 1 - chance
    if found is None:
        assert passes >= CERTAIN - 1e-9
    else:
        assert against[found.line] == max(against.values())
        assert found.fails == (found.line in musts and passes < LIKELY)
