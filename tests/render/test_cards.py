"""A numeric card shown in full."""

from __future__ import annotations

import io

from rich.console import Console

from interviewprep.cards.model import NumericCard
from interviewprep.render.cards import whole_card


def test_a_numeric_card_shows_its_first_numbers_worked_out() -> None:
    fields = {"id": "p", "kind": "numeric", "question": "Shares", "family": "softmax"}
    card = NumericCard.model_validate({**fields, "params": {"z": ["1", "0"]}})
    console = Console(width=80, file=io.StringIO())
    with console.capture() as shown:
        console.print(whole_card("d#p", card))
    assert "Turn the logits [1, 0] into probabilities" in shown.get()
    assert "answer: [0.731, 0.269]" in shown.get()
    assert "formula: p_i" in shown.get()
