"""The forgetting curve equals py-fsrs's."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import fsrs
import pytest
from fsrs.scheduler import DEFAULT_PARAMETERS
from hypothesis import given
from hypothesis import strategies as st

from interviewprep.memory.curve import DECAY, DEFAULT_WEIGHTS, interval, retrievability

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
stabilities = st.floats(0.001, 36500)


def test_weights_are_the_ones_py_fsrs_ships() -> None:
    assert DEFAULT_WEIGHTS == DEFAULT_PARAMETERS
    assert DEFAULT_PARAMETERS[20] == DECAY


@given(stability=stabilities, elapsed=st.integers(0, 40000), decay=st.floats(0.1, 0.8))
def test_retrievability_equals_py_fsrs(stability: float, elapsed: int, decay: float) -> None:
    weights = (*DEFAULT_WEIGHTS[:20], decay)
    card = fsrs.Card(card_id=1, state=fsrs.State.Review, stability=stability, difficulty=5.0)
    card.last_review = EPOCH
    theirs = fsrs.Scheduler(weights).get_card_retrievability(card, EPOCH + timedelta(days=elapsed))
    assert retrievability(stability, elapsed, decay=decay) == pytest.approx(theirs, rel=1e-12)


@given(stability=stabilities, retention=st.floats(0.7, 0.98))
def test_interval_is_the_inverse_of_retrievability(stability: float, retention: float) -> None:
    assert retrievability(stability, interval(stability, retention)) == pytest.approx(retention, rel=1e-9)


@given(first=st.sampled_from(list(fsrs.Rating)), retention=st.floats(0.7, 0.98))
def test_interval_rounds_to_py_fsrs_interval(first: fsrs.Rating, retention: float) -> None:
    scheduler = fsrs.Scheduler(
        desired_retention=retention, learning_steps=(), relearning_steps=(), enable_fuzzing=False
    )
    card, _ = scheduler.review_card(fsrs.Card(card_id=1), first, EPOCH)
    assert card.stability is not None
    assert (card.due - EPOCH).days == max(1, round(interval(card.stability, retention)))


def test_recall_is_certain_at_once_and_nine_in_ten_after_the_stability() -> None:
    assert retrievability(12.5, 0) == 1.0
    assert retrievability(12.5, 12.5) == pytest.approx(0.9)
    assert interval(12.5, 0.9) == pytest.approx(12.5)
