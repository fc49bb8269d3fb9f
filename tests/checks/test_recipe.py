"""What a numeric card asks: numbers as a deck file has them, ranges, and every way to get them wrong."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from interviewprep.checks.grade import Outcome, grade
from interviewprep.checks.params import Nested, params_of
from interviewprep.checks.recipe import Recipe, RecipeError, read_recipe, step_between, variant_of
from interviewprep.checks.registry import families
from interviewprep.checks.seeds import seed_at
from interviewprep.checks.variants import SEEDS, is_usable, make_variant


class Given(NamedTuple):
    """A range as a deck file has it."""

    low: float | None = None
    high: float | None = None
    step: float | None = None
    of: tuple[Nested, ...] = ()


def recipe_of(family: str, **written: Nested | Given) -> Recipe:
    """`recipe_of("softmax", z=("1", "2"))`; a Given is a range."""
    return recipe_from(family, written)


def recipe_from(family: str, written: Mapping[str, Nested | Given], *, mental: bool = False) -> Recipe:
    params = {name: value for name, value in written.items() if not isinstance(value, Given)}
    ranges = {name: value for name, value in written.items() if isinstance(value, Given)}
    return read_recipe(family, params, ranges, mental=mental)


def written(value: object) -> Nested:
    """A value as a deck file has it."""
    if isinstance(value, tuple):
        return tuple(written(v) for v in value)
    return str(value).lower() if isinstance(value, bool) else str(value)


# -- numbers of the first time -------------------------------------------------------------------


def test_without_numbers_of_its_own_a_card_begins_with_the_example() -> None:
    recipe = recipe_of("softmax")
    assert variant_of(recipe, 0).params == ((3, 1, -2),)
    assert variant_of(recipe, 7).params == make_variant(recipe.family, 7).params


def test_its_own_numbers_are_the_first_over_those_of_the_example() -> None:
    recipe = recipe_of("softmax-temperature", temperature="2")
    assert variant_of(recipe, 0).params == ((2, 1, 0.1), 2)
    assert variant_of(recipe, 7).params == make_variant(recipe.family, 7).params


@pytest.mark.parametrize("name", list(families()))
def test_every_example_can_be_written_down(name: str) -> None:
    example = families()[name].example
    texts = {field: written(value) for field, value in zip(params_of(name), example, strict=True)}
    first = recipe_from(name, texts).first
    assert first == example
    assert type(first) is type(example)


def test_numbers_are_read_as_people_type_them() -> None:
    recipe = recipe_of("batch-counts", n="1,024", batch="2^5", drop_last="yes")
    assert recipe.first[:2] == (1024, 32)
    assert recipe.first[3] is True
    assert recipe_of("dropout-scale", p="25%").first[0] == 0.25


def test_a_card_for_the_head_begins_with_the_first_mental_numbers() -> None:
    recipe = recipe_from("gd-quadratic", {}, mental=True)
    assert recipe.first == make_variant(recipe.family, 0, mental=True).params
    assert variant_of(recipe, 5).params == make_variant(recipe.family, 5, mental=True).params


# -- ranges --------------------------------------------------------------------------------------


def test_with_ranges_the_other_numbers_stay() -> None:
    recipe = recipe_of("gd-quadratic", lr="0.1", n="3", w0=Given(1, 3, 0.5))
    assert variant_of(recipe, 0).params == (4, 0.1, 3)
    drawn = [variant_of(recipe, seed).params for seed in range(1, 60)]
    assert {p[0] for p in drawn} == {1, 1.5, 2, 2.5, 3}
    assert {p[1:] for p in drawn} == {(0.1, 3)}


def test_what_no_range_and_no_number_names_is_drawn_by_the_family() -> None:
    recipe = recipe_of("gd-quadratic", w0=Given(1, 3, 0.5))
    drawn = [variant_of(recipe, seed).params for seed in range(1, 60)]
    assert len({p[1] for p in drawn}) > 2
    assert len({p[2] for p in drawn}) > 1


def test_an_example_outside_the_ranges_is_not_asked_first() -> None:
    assert variant_of(recipe_of("gd-quadratic", w0=Given(1, 3, 0.5)), 0).params[0] in {1, 1.5, 2, 2.5, 3}
    assert variant_of(recipe_of("gd-quadratic", w0=Given(1, 8)), 0).params[0] == 4


def test_a_range_of_whole_numbers_gives_whole_numbers() -> None:
    recipe = recipe_of("batch-counts", batch=Given(16.0, 64.0, 16.0))
    drawn = [variant_of(recipe, seed).params[1] for seed in range(1, 60)]
    assert {type(batch) for batch in drawn} == {int}
    assert set(drawn) == {16, 32, 48, 64}


def test_lists_and_words_come_from_those_listed() -> None:
    vectors = (("3", "1", "-1"), ("3", "0", "1"), ("2", "1", "0"))
    recipe = recipe_of("softmax", z=Given(of=vectors))
    assert {variant_of(recipe, s).params[0] for s in range(1, 40)} == {(3, 1, -1), (3, 0, 1), (2, 1, 0)}
    recipe = recipe_of("neuron", activation=Given(of=("tanh", "relu")))
    assert {variant_of(recipe, s).params[3] for s in range(1, 40)} == {"tanh", "relu"}


@pytest.mark.parametrize(
    ("low", "high", "step"),
    [
        (0, 1, 0.1),
        (1, 3, 0.2),
        (0.1, 0.9, 0.1),
        (1.5, 4, 0.1),
        (10, 1000, 10),
        (-1, 1, 0.2),
        (0.001, 0.01, 0.001),
    ],
)
def test_a_range_without_a_step_takes_a_round_one(low: float, high: float, step: float) -> None:
    assert step_between(low, high) == step


RECIPES = [
    recipe_of("softmax"),
    recipe_from("gd-quadratic", {}, mental=True),
    recipe_of("gd-quadratic", lr="0.1", n="3", w0=Given(1, 3, 0.5)),
    recipe_of("softmax", z=Given(of=(("3", "1", "-1"), ("3", "0", "1"), ("2", "1", "0")))),
    recipe_of("conv-output", width=Given(6, 32), kernel="3", padding="1"),
    recipe_of("mse", y=("3", "5", "7"), y_hat=("2", "5", "9")),
]


@given(st.sampled_from(RECIPES), st.integers(1, SEEDS - 1), st.integers(0, SEEDS - 1))
@settings(max_examples=150, deadline=None)
def test_any_seed_gives_a_usable_question_unlike_the_one_before(recipe: Recipe, seed: int, last: int) -> None:
    before = variant_of(recipe, last)
    variant = variant_of(recipe, seed, not_like=before)
    assert is_usable(variant)
    assert variant.params != before.params
    assert variant.seed == seed
    assert variant_of(recipe, 0, not_like=variant_of(recipe, 0)).params != recipe.first


@given(st.sampled_from(RECIPES), st.text(max_size=20))
@settings(max_examples=30, deadline=None)
def test_a_card_never_asks_the_same_numbers_twice_running(recipe: Recipe, card: str) -> None:
    asked = [variant_of(recipe, seed_at(card, place, recipe)).params for place in range(8)]
    assert all(one != other for one, other in pairwise(asked))


# -- what can be wrong ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("family", "texts", "field", "message"),
    [
        ("softmx", {}, "family", "there is no family `softmx`; did you mean `softmax`?"),
        ("qqq", {}, "family", "there is no family `qqq`; `interviewprep checks list` shows all"),
        (
            "gd-quadratic",
            {"rate": "1"},
            "params.rate",
            "`gd-quadratic` has no `rate`, it has `w0`, `lr`, `n`",
        ),
        (
            "rmsprop-step",
            {"rhoo": "1"},
            "params.rhoo",
            "`rmsprop-step` has no `rhoo`, it has `w`, `g`, `rho`, `lr`, `s0`; did you mean `rho`?",
        ),
        ("softmax", {"z": "3"}, "params.z", "`z`: write a list, e.g. [3, 1, -2]"),
        (
            "softmax",
            {"z": ("1", "x")},
            "params.z",
            "`z`: cannot read `x` as a number; write e.g. [3, 1, -2]",
        ),
        ("softmax", {"z": ("1",) * 101}, "params.z", "`z` has more than 100 numbers; write fewer"),
        (
            "conv-values",
            {"kernel": ("1", "0")},
            "params.kernel",
            "`kernel`: write a list of lists, e.g. [[1, 0], [0, -1]]",
        ),
        ("iou", {"first": ("0", "0", "2")}, "params.first", "`first`: write a list, e.g. [0, 0, 2, 2]"),
        ("gd-quadratic", {"lr": ("1", "2")}, "params.lr", "`lr`: write a number, e.g. 0.1"),
        ("gd-quadratic", {"lr": "1e13"}, "params.lr", "`lr`: 1e+13 is too large; write at most 1e+12"),
        ("gd-quadratic", {"n": "2.5"}, "params.n", "`n`: 2.5 is no whole number"),
        (
            "gd-quadratic",
            {"n": "1000000"},
            "params.n",
            "`n`: write a whole number from 1 to 1000, not 1000000",
        ),
        (
            "neuron",
            {"activation": "swish"},
            "params.activation",
            "`activation`: there is no `swish` here; write relu, sigmoid or tanh",
        ),
        (
            "batch-counts",
            {"drop_last": "maybe"},
            "params.drop_last",
            "`drop_last`: write true or false, not `maybe`",
        ),
        (
            "mse",
            {"y": ("1", "2", "3")},
            "params",
            "`mse` has no answer for y: [1, 2, 3], y_hat: [7, 2]; write numbers that fit together,"
            " e.g. y: [10, 10], y_hat: [7, 2]",
        ),
        (
            "kfold-sizes",
            {"n": "5", "k": "50"},
            "params",
            "`kfold-sizes`: there are more folds than samples, with n: 5, k: 50, repeats: 1, settings: 12",
        ),
        (
            "dropout-scale",
            {"p": "1.5", "units": "10"},
            "params",
            "`dropout-scale`: `p` must lie between 0 and 1,"
            " with p: 1.5, x: [2, 4, 6, 8], mask: [1, 0, 1, 0], units: 10",
        ),
        (
            "softmax-temperature",
            {"temperature": "-1"},
            "params",
            "`softmax-temperature`: `temperature` must be above 0, with z: [2, 1, 0.1], temperature: -1",
        ),
        (
            "softmax-ce-grad",
            {"p": ("0.5", "0.5", "0.5")},
            "params",
            "`softmax-ce-grad`: the shares of `p` must add to 1, with p: [0.5, 0.5, 0.5], target: 1",
        ),
        (
            "softmax",
            {"z": Given(1, 2)},
            "ranges.z",
            "`z` is no single number; list what it may be: z: {of: [[3, 1, -2], ...]}",
        ),
        (
            "neuron",
            {"activation": Given(1, 2)},
            "ranges.activation",
            "`activation` is no single number; list what it may be: activation: {of: [sigmoid, ...]}",
        ),
        ("gd-quadratic", {"k": Given(1, 2)}, "ranges.k", "`gd-quadratic` has no `k`, it has `w0`, `lr`, `n`"),
        ("gd-quadratic", {"n": Given(1.5, 3)}, "ranges.n", "`n`: 1.5 is no whole number"),
        (
            "gd-quadratic",
            {"n": Given(1, 3, 0.5)},
            "ranges.n",
            "`n` takes whole numbers; write a whole step, not 0.5",
        ),
        (
            "gd-quadratic",
            {"w0": Given(1, 3, 4)},
            "ranges.w0",
            "`w0`: the step 4 is larger than the range; make it smaller",
        ),
        (
            "gd-quadratic",
            {"w0": Given(1e-300, 1)},
            "ranges.w0",
            "`w0`: write a step, as in [low, high, step]",
        ),
        (
            "softmax",
            {"z": Given(of=(("1",), ("x",)))},
            "ranges.z",
            "`z`: cannot read `x` as a number; write e.g. [3, 1, -2]",
        ),
        (
            "gd-quadratic",
            {"lr": "0.1", "w0": "4", "n": Given(1, 2)},
            "ranges",
            "these ranges leave 2 questions with a clear answer; widen them so that there are at least 3",
        ),
        (
            "softmax",
            {"z": Given(of=(("1", "1"), ("2", "2")))},
            "ranges",
            "`softmax` finds no question with a clear answer in these ranges (e.g. z: [1, 1]); widen them,"
            " or fix fewer `params`",
        ),
    ],
)
def test_a_card_that_cannot_be_asked_says_what_to_write(
    family: str, texts: dict[str, Nested | Given], field: str, message: str
) -> None:
    with pytest.raises(RecipeError) as raised:
        recipe_from(family, texts)
    assert (".".join(raised.value.field), raised.value.message) == (field, message)


def test_a_card_that_was_tried_before_is_not_tried_again() -> None:
    narrow = {"z": Given(of=(("3", "1"), ("2", "0")))}
    with pytest.raises(RecipeError, match="leave 2 questions"):
        read_recipe("softmax", {}, narrow, mental=False)
    recipe = read_recipe("softmax", {}, narrow, mental=False, is_tried=True)
    assert variant_of(recipe, 1).params[0] in {(3, 1), (2, 0)}


def test_a_family_without_numbers_for_the_head_says_so() -> None:
    with pytest.raises(RecipeError) as raised:
        recipe_from("softmax", {}, mental=True)
    assert raised.value.field == ("mental",)
    assert raised.value.message == "`softmax` has no numbers that can be done in the head; remove `mental`"


NESTED: st.SearchStrategy[Nested] = st.recursive(
    st.sampled_from(
        ["0", "1", "-1", "2.5", "1e9", "1e300", "-7", "0.5", "x", "", "nan", "true", "100%", "2^900"]
    ),
    lambda inner: st.lists(inner, max_size=4).map(tuple),
    max_leaves=12,
)


@given(st.sampled_from(sorted(families())), st.data())
@settings(max_examples=400, deadline=None)
def test_whatever_is_written_is_read_or_explained(name: str, data: st.DataObject) -> None:
    known = list(params_of(name))
    texts = data.draw(st.dictionaries(st.sampled_from(known), NESTED, max_size=3))
    try:
        recipe = read_recipe(name, texts, {}, mental=False)
    except RecipeError:
        return
    variant = variant_of(recipe, 0)
    assert grade(variant, variant.answer).outcome is Outcome.RIGHT
