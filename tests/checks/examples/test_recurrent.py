"""Recurrent networks: the table's examples, and a second computation with NumPy."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray
from support_checks import VARIANTS

from interviewprep.checks.families import recurrent
from interviewprep.checks.families.recurrent import CellParams, GruParams, LstmParams, StepParams
from interviewprep.checks.grade import Outcome, grade
from interviewprep.checks.variants import build, make_variant


@pytest.mark.parametrize(
    ("text", "outcome", "mistake"),
    [
        ("620 2,480 1,860", Outcome.RIGHT, ""),
        ("[620, 2480, 1860]", Outcome.RIGHT, ""),
        ("620 1,860 1,860", Outcome.WRONG, "gates-only"),
        ("620 1860 1240", Outcome.WRONG, "gates-only"),
        ("[640, 2,560, 1,920]", Outcome.WRONG, "two-biases"),
        ("220 880 660", Outcome.WRONG, "no-recurrent"),
        ("880", Outcome.WRONG, "no-recurrent"),
        ("600 2400 1800", Outcome.WRONG, "no-bias"),
    ],
)
def test_the_tables_parameters(text: str, outcome: Outcome, mistake: str) -> None:
    variant = build(recurrent.RNN_PARAMS, CellParams(10, 20))
    verdict = grade(variant, text)
    assert (verdict.outcome, verdict.mistake) == (outcome, mistake)
    assert "10 inputs and 20 hidden units, with one bias vector" in variant.prompt


def test_two_biases_where_they_are_asked_for() -> None:
    variant = build(recurrent.RNN_PARAMS, CellParams(10, 20, biases=2))
    assert grade(variant, "640 2560 1920").outcome is Outcome.RIGHT
    assert grade(variant, "620 2480 1860").mistake == "one-bias"


@pytest.mark.parametrize(
    ("text", "outcome", "mistake"),
    [
        ("0.4621 0.3537", Outcome.RIGHT, ""),
        ("h1 = 0.4621, h2 = 0.3537", Outcome.RIGHT, ""),
        ("0.5 0.4", Outcome.WRONG, "no-tanh"),
        ("0.4621 0", Outcome.WRONG, "no-recurrence"),
        ("0.46 0.35", Outcome.WRONG, "few-digits"),
    ],
)
def test_the_tables_two_steps(text: str, outcome: Outcome, mistake: str) -> None:
    verdict = grade(build(recurrent.RNN_STEP, StepParams(0.5, 0.8, 0, 0, (1, 0))), text)
    assert (verdict.outcome, verdict.mistake) == (outcome, mistake)


TABLE = LstmParams(f=0.9, i=0.5, g=0.4, o=0.6, c=2)
AMENDED = LstmParams(f=0.9, i=0.5, g=0.4, o=0.6, c=1.5)


@pytest.mark.parametrize(
    ("params", "text", "outcome", "mistake"),
    [
        (TABLE, "2 0.5784", Outcome.RIGHT, ""),
        (TABLE, "2 1.2", Outcome.WRONG, "no-tanh"),
        (TABLE, "1.2", Outcome.WRONG, "no-tanh"),
        (TABLE, "0.4 0.228", Outcome.WRONG, "erase"),
        (TABLE, "0.4", Outcome.WRONG, "erase"),
        (TABLE, "0.4 0.5784", Outcome.WRONG, "erase"),
        (TABLE, "0.36 0.5784", Outcome.WRONG, "product"),
        (TABLE, "0.36", Outcome.WRONG, "product"),
        (AMENDED, "1.55 0.5483", Outcome.RIGHT, ""),
        (AMENDED, "1.55 0.93", Outcome.WRONG, "no-tanh"),
        (AMENDED, "0.35 0.5483", Outcome.WRONG, "erase"),
        (AMENDED, "0.27 0.5483", Outcome.WRONG, "product"),
    ],
)
def test_the_tables_lstm(params: LstmParams, text: str, outcome: Outcome, mistake: str) -> None:
    verdict = grade(build(recurrent.LSTM_STEP, params), text)
    assert (verdict.outcome, verdict.mistake) == (outcome, mistake)


def test_the_tables_gru() -> None:
    cho = build(recurrent.GRU_STEP, GruParams(0.25, 0.8, -0.4))
    assert grade(cho, "-0.1").outcome is Outcome.RIGHT
    assert grade(cho, "0.5").mistake == "other-convention"
    assert "PyTorch" in cho.prompt
    chung = build(recurrent.GRU_STEP, GruParams(0.25, 0.8, -0.4, z_keeps=False))
    assert grade(chung, "0.5").outcome is Outcome.RIGHT
    assert grade(chung, "-0.1").mistake == "other-convention"
    assert "Chung" in chung.prompt


# -- a second computation --------------------------------------------------------------------------


def arrays(blocks: int, p: CellParams) -> list[NDArray[np.int_]]:
    """The parameters of a layer as PyTorch and Keras stack them: weight_ih, weight_hh, biases."""
    rows = blocks * p.hidden
    shapes: list[tuple[int, ...]] = [(rows, p.inputs), (rows, p.hidden), *[(rows,)] * p.biases]
    return [np.broadcast_to(0, shape) for shape in shapes]


def test_parameters_again() -> None:
    for seed in VARIANTS:
        variant = make_variant(recurrent.RNN_PARAMS, seed)
        again = [sum(a.size for a in arrays(blocks, variant.params)) for blocks in (1, 4, 3)]
        assert [part.value for part in variant.parts] == again


def test_two_steps_again() -> None:
    for seed in VARIANTS:
        variant = make_variant(recurrent.RNN_STEP, seed)
        p = variant.params
        weights, state, states = np.array([p.w, p.u, p.b]), p.h0, []
        for x in p.x:
            # tanh(z) = 2 sigmoid(2z) - 1
            state = float(2 / (1 + np.exp(-2 * weights @ np.array([x, state, 1.0]))) - 1)
            states.append(state)
        assert [part.value for part in variant.parts] == pytest.approx(states, rel=1e-9)


def test_lstm_again() -> None:
    for seed in VARIANTS:
        variant = make_variant(recurrent.LSTM_STEP, seed)
        p = variant.params
        cell = np.dot([p.f, p.i], [p.c, p.g])
        grown = np.exp(2 * cell)
        assert [part.value for part in variant.parts] == pytest.approx(
            [cell, p.o * (grown - 1) / (grown + 1)], rel=1e-9
        )


def test_gru_again() -> None:
    """As PyTorch's own code has it: h' = n + z * (h - n)."""
    swapped = 0
    for seed in VARIANTS:
        variant = make_variant(recurrent.GRU_STEP, seed)
        p = variant.params
        keep = p.z if p.z_keeps else 1 - p.z
        swapped += not p.z_keeps
        again = p.candidate + keep * (p.before - p.candidate)
        assert variant.parts[0].value == pytest.approx(again, rel=1e-9)
    assert 50 < swapped < 170
