"""Activations and single units: the table's examples, and a second computation with NumPy and SciPy."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import special, stats  # type: ignore[import-untyped, unused-ignore]
from support_checks import VARIANTS, asked_first, close, values

from interviewprep.checks.families.activations import (
    RELU_FAMILY,
    SIGMOID,
    SIGMOID_DERIVATIVE,
    TANH,
    PreActivation,
    SigmoidParams,
)
from interviewprep.checks.families.neurons import GRADIENT_PRODUCT, NEURON, ProductParams
from interviewprep.checks.families.softmax import (
    SOFTMAX,
    SOFTMAX_TEMPERATURE,
    SoftmaxParams,
    TemperatureParams,
)
from interviewprep.checks.grade import Outcome, grade
from interviewprep.checks.numbers import rounded
from interviewprep.checks.variants import build, make_variant

RIGHT = (
    ("softmax", "[0.8756, 0.1185, 0.0059]"),
    ("softmax-temperature", "0.8638 0.1169 0.0193"),
    ("sigmoid", "0.8808"),
    ("sigmoid-derivative", "0.105"),
    ("tanh", "0.4621, 0.7864"),
    ("relu-family", "0 -0.02 0.8413 0.7311"),
    ("neuron", "z = 0.35; output = 0.5866"),
    ("gradient-product", "9.54e-07"),
)

WRONG = (
    ("softmax", "1.5, 0.5, -1", "no-exp"),
    ("softmax", "0.7805, 0.1951, 0.0244", "base-two"),
    ("softmax", "0.88, 0.12, 0", "zero-class"),
    ("softmax", "20.0855, 2.7183, 0.1353", "exp-only"),
    ("softmax-temperature", "0.5017, 0.3043, 0.194", "times-temperature"),
    ("softmax-temperature", "0.659, 0.2424, 0.0986", "no-temperature"),
    ("sigmoid", "0.1192", "exponent-sign"),
    ("sigmoid", "0.1353", "power-only"),
    ("sigmoid-derivative", "-2", "input-for-output"),
    ("sigmoid-derivative", "0.8808", "value-for-slope"),
    ("tanh", "0.4621 0.75", "input-squared"),
    ("tanh", "0.75", "input-squared"),
    ("tanh", "0.6225 0.7864", "sigmoid"),
    ("tanh", "0.6225", "sigmoid"),
    ("relu-family", "0 0.01 0.8413 0.7311", "slope-only"),
    ("relu-family", "0.01", "slope-only"),
    ("relu-family", "2 -0.02 0.8413 0.7311", "absolute"),
    ("relu-family", "2", "absolute"),
    ("relu-family", "0 -0.02 0.8458 0.7311", "gelu-sigmoid"),
    ("neuron", "0.25 0.5622", "no-bias"),
    ("neuron", "0.5622", "no-bias"),
    ("neuron", "-0.65 0.343", "inputs-multiplied"),
    ("neuron", "0.343", "inputs-multiplied"),
    ("neuron", "0.35 0.35", "no-activation"),
    ("gradient-product", "2.5", "added"),
)


@pytest.mark.parametrize(("name", "text"), RIGHT)
def test_the_tables_answers_are_right(name: str, text: str) -> None:
    assert grade(asked_first(name), text).outcome is Outcome.RIGHT


@pytest.mark.parametrize(("name", "text", "mistake"), WRONG)
def test_the_tables_wrong_answers_are_named(name: str, text: str, mistake: str) -> None:
    verdict = grade(asked_first(name), text)
    assert (verdict.outcome, verdict.mistake) == (Outcome.WRONG, mistake)


def test_examples_ask_with_the_tables_numbers() -> None:
    assert "[3, 1, -2]" in asked_first("softmax").prompt
    assert "[2, 1, 0.1]" in asked_first("softmax-temperature").prompt
    assert "temperature 0.5" in asked_first("softmax-temperature").prompt
    assert "x = 2" in asked_first("sigmoid").prompt
    assert "x = 2" in asked_first("sigmoid-derivative").prompt
    assert "x = 0.5" in asked_first("tanh").prompt
    assert "LeakyReLU(-2) with slope 0.01, GELU(1)" in asked_first("relu-family").prompt
    assert "weights [0.5, -0.25] and bias 0.1 gets the inputs [2, 3]" in asked_first("neuron").prompt
    assert "0.25 at each of 10 layers" in asked_first("gradient-product").prompt


def test_an_exploding_product_is_not_taken_for_a_mistake() -> None:
    """1.1^50 = 117.39 is right; the table had it as a wrong answer, the audit took it out."""
    variant = build(GRADIENT_PRODUCT, ProductParams(1.1, 50))
    assert grade(variant, "117.3909").outcome is Outcome.RIGHT
    assert grade(variant, "0.0085").mistake == "inverse"
    assert grade(variant, "55").mistake == "added"


def test_the_logit_of_a_probability() -> None:
    variant = build(SIGMOID, SigmoidParams(0.8, inverse=True))
    assert grade(variant, "1.3863").outcome is Outcome.RIGHT
    assert grade(variant, "-1.3863").mistake == "odds-flipped"
    assert grade(variant, "4").mistake == "odds-only"


def test_huge_inputs_overflow_nowhere() -> None:
    assert build(SOFTMAX, SoftmaxParams((1000, 1001))).answer == "[0.269, 0.731]"
    assert build(SOFTMAX_TEMPERATURE, TemperatureParams((1000, 1001), 0.5)).answer == "[0.119, 0.881]"
    assert build(SIGMOID, SigmoidParams(-1000)).answer == "0.0000"
    assert build(SIGMOID_DERIVATIVE, PreActivation(-1000)).answer == "0.0000"
    assert build(TANH, PreActivation(-1000)).answer == "tanh = -1.0000; slope = 0.0000"


# -- a second computation --------------------------------------------------------------------------


def test_softmax_agrees_with_scipy_and_adds_up_as_shown() -> None:
    for seed in VARIANTS:
        variant = make_variant(SOFTMAX, seed)
        close(values(variant), special.softmax(variant.params.z))
        assert sum(rounded(s, 3) for s in values(variant)) == 1


def test_softmax_with_temperature_agrees_with_scipy_and_adds_up_as_shown() -> None:
    for seed in VARIANTS:
        variant = make_variant(SOFTMAX_TEMPERATURE, seed)
        p = variant.params
        close(values(variant), special.softmax(np.array(p.z) / p.temperature))
        assert sum(rounded(s, 3) for s in values(variant)) == 1


def test_sigmoid_and_logit_agree_with_scipy() -> None:
    for seed in VARIANTS:
        variant = make_variant(SIGMOID, seed)
        p = variant.params
        close(values(variant), [special.logit(p.x) if p.inverse else special.expit(p.x)])


def test_sigmoid_derivative_agrees_with_the_hyperbolic_form() -> None:
    for seed in VARIANTS:
        variant = make_variant(SIGMOID_DERIVATIVE, seed)
        close(values(variant), [1 / (2 * np.cosh(variant.params.x / 2)) ** 2])


def test_tanh_agrees_with_numpy() -> None:
    for seed in VARIANTS:
        variant = make_variant(TANH, seed)
        close(values(variant), [np.tanh(variant.params.x), 1 / np.cosh(variant.params.x) ** 2])


def test_relu_family_agrees_with_scipy() -> None:
    for seed in VARIANTS:
        variant = make_variant(RELU_FAMILY, seed)
        x, slope, u = variant.params
        expected = [
            (x + abs(x)) / 2,
            np.where(x > 0, x, slope * x),
            u * stats.norm.cdf(u),
            u * special.expit(u),
        ]
        close(values(variant), expected)


def test_neuron_agrees_with_numpy() -> None:
    functions = {"sigmoid": special.expit, "tanh": np.tanh, "relu": lambda z: np.clip(z, 0, None)}
    for seed in VARIANTS:
        for is_mental in (False, True):
            variant = make_variant(NEURON, seed, mental=is_mental)
            p = variant.params
            z = np.dot(p.x, p.weights) + p.bias
            close(values(variant), [z, functions[p.activation](z)])


def test_gradient_product_agrees_with_repeated_multiplication() -> None:
    for seed in VARIANTS:
        for is_mental in (False, True):
            variant = make_variant(GRADIENT_PRODUCT, seed, mental=is_mental)
            p = variant.params
            close(values(variant), [np.prod(np.full(p.layers, p.factor))])
