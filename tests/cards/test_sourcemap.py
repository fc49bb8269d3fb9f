"""The source map: reading it, and what a card was written from."""

from __future__ import annotations

from pathlib import Path

import pytest

from interviewprep.cards.model import QaCard
from interviewprep.cards.sourcemap import KINDS, find_source_map, load_source_map, trace
from interviewprep.errors import DeckError

SMALL = """\
document: doc
rows:
  - {id: a-1, lines: [1, 2], topic: momentum}
  - {id: a-2, lines: [4, 9], topic: a heading, heading: true}
corrections:
  - {id: err-1, kind: E, rows: [a-1], says: It is a push., right: It is a sum.}
  - {id: err-2, kind: X, rows: [a-1], says: Both., right: One., second_reading: true}
"""


def small(folder: Path, text: str = SMALL) -> Path:
    path = folder / "map.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_shipped_map_has_the_rows_and_corrections_of_the_document() -> None:
    found = load_source_map()
    assert found.document == "deep-learning-qa"
    assert (len(found.rows), len(found.corrections)) == (148, 169)
    assert [row.id for row in found.rows if row.heading] == ["defs-00"]
    assert [c.id for c in found.corrections] == [f"err-{number:03}" for number in range(1, 170)]
    second = [c.id for c in found.corrections if c.second_reading]
    assert second == [f"err-{number}" for number in range(152, 170)]


def test_rows_follow_each_other_and_corrections_name_rows_that_exist() -> None:
    found = load_source_map()
    lines = [row.lines for row in found.rows]
    assert all(first <= last for first, last in lines)
    assert all(lines[n][1] < lines[n + 1][0] for n in range(len(lines) - 1))
    rows = {row.id for row in found.rows}
    for correction in found.corrections:
        assert correction.rows, correction.id
        assert set(correction.rows) <= rows, correction.id
        assert correction.kind in KINDS
        assert correction.says != correction.right


def test_the_checkout_keeps_the_map_below_data() -> None:
    assert find_source_map().name == "source-map.yaml"
    assert find_source_map().parent.name == "data"


def test_a_card_is_traced_to_rows_and_to_what_carries_a_correction(tmp_path: Path) -> None:
    card = QaCard.model_validate(
        {
            "id": "momentum",
            "question": "What?",
            "short": "A sum.",
            "misconceptions": [{"id": "push", "wrong": "A push.", "why": "A sum.", "corrects": ["err-1"]}],
            "source": {"document": "doc", "rows": ["a-2", "a-1", "a-7"]},
            "corrects": ["err-2", "err-1", "err-9"],
        }
    )
    source_map = load_source_map(small(tmp_path))
    rows, corrections = trace(card, source_map)
    assert [row.id for row in rows] == ["a-1", "a-2"]
    assert [(c.id, carried_by) for c, carried_by in corrections] == [
        ("err-1", ("card", "push")),
        ("err-2", ("card",)),
    ]
    elsewhere = card.model_copy(update={"source": None})
    assert trace(elsewhere, source_map) == ((), ())


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("rows: [", "cannot be read"),
        (SMALL.replace("kind: E", "kind: Q"), "corrections.0.kind"),
        (SMALL.replace("lines: [1, 2]", "lines: [1]"), "rows.0.lines"),
        ("", "Input should be"),
    ],
)
def test_a_damaged_map_is_an_error_for_people(tmp_path: Path, text: str, complaint: str) -> None:
    path = small(tmp_path, text)
    with pytest.raises(DeckError) as caught:
        load_source_map(path)
    assert complaint in caught.value.message
    assert str(path) in caught.value.message


def test_a_map_that_is_not_there_is_an_error_for_people(tmp_path: Path) -> None:
    with pytest.raises(DeckError, match="cannot be read"):
        load_source_map(tmp_path / "gone.yaml")
