"""Finding cards by what is typed into browse."""

from __future__ import annotations

from datetime import timedelta

import pytest

from interviewprep.study.desk import Desk
from interviewprep.study.find import Query, find, parse
from interviewprep.study.marks import mark_value, set_mark, toggle_mark
from interviewprep.study.record import record_answer
from interviewprep.study.standing import standings


def test_a_query_is_read_in_parts() -> None:
    found = parse("deck:optim,losses state:due tag:Loss level:easy flagged noted Big words kind:qa")
    assert found == Query(
        decks=("optim", "losses"),
        states=("due",),
        tags=("loss",),
        levels=("easy",),
        kinds=("qa",),
        flagged=True,
        noted=True,
        words="Big words",
    )
    assert parse("deck: tag:") == Query()


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("", {"mse", "mae", "sgd", "momentum", "adam"}),
        ("deck:opt", {"sgd", "momentum", "adam"}),
        ("deck:opt level:easy", {"sgd"}),
        ("tag:adapt", {"adam"}),
        ("state:due", {"sgd"}),
        ("state:susp", {"adam"}),
        ("state:new deck:opt", {"momentum"}),
        ("flagged", {"mse"}),
        ("noted", {"mae"}),
        ("mean error", {"mse", "mae"}),
        ("level:hard", set()),
        ("no such words at all", set()),
    ],
)
def test_cards_are_found(desk: Desk, typed: str, names: set[str]) -> None:
    record_answer(desk, "optimizers#sgd", 3, desk.clock() - timedelta(days=30))
    toggle_mark(desk, "optimizers#adam", "suspended")
    toggle_mark(desk, "losses#mse", "flag")
    set_mark(desk, "losses#mae", "note", "asked at Acme")
    cards = standings(desk, desk.library.heads)
    found = {card.name.partition("#")[2] for card in find(parse(typed), cards, desk.library)}
    assert found == names


def test_marks_toggle_and_a_bury_lasts_a_day(desk: Desk) -> None:
    assert toggle_mark(desk, "losses#mse", "buried")
    assert mark_value(desk, "losses#mse", "buried") == str(desk.today())
    assert not toggle_mark(desk, "losses#mse", "buried")
    set_mark(desk, "losses#mse", "buried", str(desk.today() - 1))
    assert toggle_mark(desk, "losses#mse", "buried")
