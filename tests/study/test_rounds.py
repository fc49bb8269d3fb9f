"""One asked numeric card: first meeting, tries, hints and the computed rating."""

from __future__ import annotations

from itertools import pairwise

import pytest

from interviewprep.checks.grade import Outcome
from interviewprep.checks.recipe import read_recipe, variant_of
from interviewprep.checks.registry import families
from interviewprep.checks.seeds import seed_at
from interviewprep.memory.types import Rating
from interviewprep.study.rounds import Round, Stage

SOFTMAX = read_recipe("softmax", {}, {}, mental=False)


def free(family: str = "softmax", *, answers: int = 3) -> Round:
    return Round("d#c", read_recipe(family, {}, {}, mental=False), answers, is_lesson=False)


def right(asked: Round) -> str:
    return " ".join(part.show() for part in asked.variant.parts)


def wrong(asked: Round) -> str:
    made = asked.variant.wrong[0].values
    return " ".join(part.show(value) for part, value in zip(asked.variant.parts, made, strict=True))


def stage(asked: Round) -> str:
    return asked.stage


def rating(asked: Round, seconds: float = 60, **how: bool) -> Rating:
    found = asked.suggestion(seconds, target=30, **how)
    assert found is not None
    return found.rating


# The first meeting


def test_a_first_meeting_shows_an_example_then_asks_for_the_last_step_then_for_all() -> None:
    asked = Round("d#c", SOFTMAX, 0, is_lesson=True)
    assert stage(asked) == Stage.EXAMPLE
    assert asked.seed == 0
    assert asked.shown == asked.variant.steps
    assert asked.go_on()
    assert stage(asked) == Stage.COMPLETION
    assert asked.shown == asked.variant.solution.steps[:-1]
    assert asked.hint() is None
    assert asked.hand_in(right(asked)).outcome is Outcome.RIGHT
    assert asked.suggestion(1, target=30) is None, "only the free question is rated"
    assert asked.go_on()
    assert stage(asked) == Stage.FREE
    assert asked.shown == ()
    assert asked.tries == []
    assert not asked.go_on()


@pytest.mark.parametrize("name", families())
def test_the_three_stages_of_a_first_meeting_have_different_numbers(name: str) -> None:
    asked = Round("d#c", read_recipe(name, {}, {}, mental=False), 0, is_lesson=True)
    seen = [asked.variant.params]
    while asked.go_on():
        seen.append(asked.variant.params)
    assert len(seen) == 3
    assert seen[0] != seen[1] != seen[2]


@pytest.mark.parametrize("name", ["gradient-product", "conv-output", "kfold-sizes", "mae"])
def test_no_question_has_the_numbers_of_the_one_before(name: str) -> None:
    recipe = read_recipe(name, {}, {}, mental=families()[name].mental is not None)
    params = [variant_of(recipe, seed_at("d#c", n, recipe)).params for n in range(40)]
    assert all(one != other for one, other in pairwise(params))


def test_the_same_card_after_the_same_answers_asks_the_same_numbers() -> None:
    assert free(answers=5).seed == free(answers=5).seed
    assert free(answers=5).seed != free(answers=6).seed


# The rating


def test_right_at_once_is_good_and_quickly_easy() -> None:
    asked = free()
    asked.hand_in(right(asked))
    assert rating(asked, 31) is Rating.GOOD
    assert rating(asked, 30) is Rating.EASY
    assert rating(asked, 30, sure=False) is Rating.GOOD
    assert asked.verdict == {"1": "right"}


def test_right_at_the_second_try_is_hard_and_wrong_twice_again() -> None:
    asked = free()
    asked.hand_in(wrong(asked))
    assert not asked.is_over
    asked.hand_in(right(asked))
    assert asked.is_over
    assert rating(asked) is Rating.HARD
    asked = free()
    asked.hand_in(wrong(asked))
    asked.hand_in(wrong(asked))
    assert asked.is_over
    assert rating(asked) is Rating.AGAIN
    assert asked.answer == f"{wrong(asked)}\n{wrong(asked)}"


def test_rounded_too_early_is_hard_at_once() -> None:
    asked = free("mse")
    part = asked.variant.parts[0]
    asked.hand_in(str(part.value + 1.2 * 10**-part.digits))
    assert asked.tries[0].verdict.outcome is Outcome.EARLY
    assert rating(asked) is Rating.HARD


def test_giving_up_is_again() -> None:
    asked = free()
    asked.give_up()
    assert asked.shown == asked.variant.steps
    assert rating(asked) is Rating.AGAIN


def test_unreadable_input_does_not_count() -> None:
    asked = free()
    assert asked.hand_in("no idea").outcome is Outcome.UNREADABLE
    assert asked.tries == []
    asked.hand_in(right(asked))
    assert rating(asked, 1) is Rating.EASY


def test_a_hint_is_the_next_step_and_hard_at_most() -> None:
    asked = free()
    steps = asked.variant.solution.steps
    assert [asked.hint(), asked.hint()] == [*steps[:2]]
    assert asked.shown == steps[:2]
    asked.hand_in(right(asked))
    assert rating(asked, 1) is Rating.HARD


@pytest.mark.parametrize("name", families())
def test_hints_end_before_the_last_step(name: str) -> None:
    asked = free(name)
    steps = asked.variant.solution.steps
    taken = []
    while (hint := asked.hint()) is not None:
        taken.append(hint)
    assert tuple(taken) == steps[:-1]


def test_a_named_mistake_is_kept_for_the_log() -> None:
    asked = free()
    asked.hand_in(wrong(asked))
    assert asked.mistake == asked.variant.wrong[0].id
    asked.hand_in(right(asked))
    assert asked.mistake == asked.variant.wrong[0].id


# More of the same


def test_other_numbers_of_the_same_kind_do_not_count() -> None:
    asked = free()
    before = [asked.variant.params]
    asked.hand_in(right(asked))
    for _ in range(5):
        asked.other()
        assert asked.is_practice
        assert not asked.is_over
        assert asked.variant.params != before[-1]
        before.append(asked.variant.params)
    assert len(set(before)) == 6


def test_a_variant_given_back_is_asked_again() -> None:
    asked = Round("d#c", SOFTMAX, 3, is_lesson=False, fixed_seed=4711)
    assert asked.seed == 4711
    assert asked.variant.params == variant_of(SOFTMAX, 4711).params
