"""Exports as text: the tab-separated file as Anki reads it, JSON, the study sheet."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from anki.collection import CsvMetadata, ImportCsvRequest
from exchange.backend import Anki
from support import LOSS_DECK, World

from interviewprep.exchange.anki.export import export_package, remember
from interviewprep.exchange.anki.names import guid_of
from interviewprep.exchange.jsonfile import write_json
from interviewprep.exchange.sheet import write_sheet
from interviewprep.exchange.tsv import write_tsv
from interviewprep.study.desk import Desk
from interviewprep.study.record import record_answer
from interviewprep.study.selection import Selection

CHOICE_DECK = """\
format: 1
title: Quiz
cards:
  - id: steps
    kind: choice
    form: order
    question: What comes first?
    options: [{id: a, text: forward}, {id: b, text: loss}, {id: c, text: backward}]
  - id: rates
    kind: choice
    question: Which one scales the step per weight?
    options:
      - {id: rmsprop, text: RMSProp, right: true, why: It divides.}
      - {id: momentum, text: Momentum, why: It sums.}
  - {id: soft, kind: numeric, question: Softmax, family: softmax}
"""


@pytest.fixture
def full_desk(world: World) -> Iterator[Desk]:
    """The small library with a deck of choices and a calculation, at the real time."""
    (world.home / "shipped" / "quiz.yaml").write_text(CHOICE_DECK, encoding="utf-8")
    world.clock.now = datetime.now(UTC)
    desk = world.desk()
    yield desk
    desk.close()


def test_anki_updates_notes_in_place_from_the_tab_separated_file(
    full_desk: Desk, world: World, tmp_path: Path
) -> None:
    anki = Anki.open(tmp_path / "anki")
    made = export_package(full_desk, tmp_path / "a.apkg", Selection(), with_progress=True, as_one=False)
    remember(full_desk, made)
    anki.take(tmp_path / "a.apkg")
    before = anki.rows("select guid, mid, tags, flds from notes order by guid")
    decks = anki.rows("select id, did from cards order by id")
    (world.home / "shipped" / "losses.yaml").write_text(
        LOSS_DECK.replace("mean absolute error?", 'MAE, "robust"?\\n'), encoding="utf-8"
    )
    full_desk.reload_decks()
    file = tmp_path / "cards.tsv"
    with file.open("w", encoding="utf-8", newline="\n") as stream:
        assert write_tsv(full_desk, stream, Selection(), as_one=False) == made.notes
    metadata: CsvMetadata = anki.collection.get_csv_metadata(str(file), delimiter=None)
    assert (metadata.guid_column, metadata.notetype_column) == (1, 2)
    assert (metadata.deck_column, metadata.tags_column) == (3, 4)
    assert metadata.is_html
    log = anki.collection.import_csv(ImportCsvRequest(path=str(file), metadata=metadata)).log
    assert (len(log.new), len(log.updated) + len(log.duplicate)) == (0, made.notes)
    after = anki.rows("select guid, mid, tags, flds from notes order by guid")
    changed = [new for old, new in zip(before, after, strict=True) if old != new]
    assert [row[0] for row in changed] == [guid_of("losses#mae")]
    assert anki.fields(guid_of("losses#mae"))["Question"] == 'What is the MAE, "robust"?\\n'
    assert anki.rows("select id, did from cards order by id") == decks
    anki.close()


def test_json_holds_cards_reviews_and_marks(full_desk: Desk, world: World) -> None:
    now = world.clock.now
    record_answer(full_desk, "optimizers#adam", 3, now)
    record_answer(full_desk, "losses#mae", 1, now)
    full_desk.store.undo(now=now)
    full_desk.store.mark("optimizers#sgd", "note", "asked at Acme", now=now)
    stream = io.StringIO()
    assert write_json(full_desk, stream, Selection(), with_progress=True) == 8
    found = json.loads(stream.getvalue())
    assert (found["format"], found["version"]) == ("interviewprep-export", 1)
    assert {deck["deck"] for deck in found["decks"]} == {"losses", "optimizers", "quiz"}
    cards = {card["card"]: card for card in found["cards"]}
    assert cards["optimizers#sgd"]["key_points"][0]["accept"] == ["random batch"]
    assert cards["quiz#soft"]["family"] == "softmax"
    assert [(r["card"], r["rating"], r["undone"]) for r in found["reviews"]] == [
        ("optimizers#adam", 3, False),
        ("losses#mae", 1, True),
    ]
    assert [(m["card"], m["mark"], m["value"]) for m in found["marks"]] == [
        ("optimizers#sgd", "note", "asked at Acme")
    ]


def test_json_of_a_selection_has_nothing_else(full_desk: Desk, world: World) -> None:
    record_answer(full_desk, "optimizers#adam", 3, world.clock.now)
    stream = io.StringIO()
    write_json(full_desk, stream, Selection(decks=("losses",)), with_progress=True)
    found = json.loads(stream.getvalue())
    assert [deck["deck"] for deck in found["decks"]] == ["losses"]
    assert len(found["cards"]) == 2
    assert found["reviews"] == found["marks"] == []
    stream = io.StringIO()
    write_json(full_desk, stream, Selection(decks=("losses",)), with_progress=False)
    assert "reviews" not in json.loads(stream.getvalue())


def test_the_study_sheet_has_every_part_in_order(full_desk: Desk) -> None:
    stream = io.StringIO()
    assert write_sheet(full_desk, stream, Selection(decks=("optimizers",))) == 3
    text = stream.getvalue()
    parts = [
        "# Optimizers",
        "## What is stochastic gradient descent?",
        "<!-- card: optimizers#sgd -->",
        "- Why is the gradient of a mini-batch noisy?",
        "SGD steps against the gradient",
        "**In one line:** Step against",
        "### Key points",
        "- **must** steps against it",
        "- the estimate is unbiased",
        "### In detail",
        r"$w \leftarrow w - \eta g$",
        "### Often said, and wrong",
        "“SGD adds noise to the gradient.” The noise comes from sampling.",
        "## What does momentum change about SGD?",
    ]
    places = [text.index(part) for part in parts]
    assert places == sorted(places)


def test_the_study_sheet_answers_choices_and_works_calculations(full_desk: Desk) -> None:
    stream = io.StringIO()
    write_sheet(full_desk, stream, Selection(decks=("quiz",)))
    _, order, choice, numeric = stream.getvalue().split("\n## ")
    lines = order.splitlines()
    letters = {line[5:]: line[2] for line in lines if line.startswith("- ")}
    wanted = ", ".join(letters[step] for step in ("forward", "loss", "backward"))
    assert f"**Answer:** {wanted}" in lines
    right = next(line[2] for line in choice.splitlines() if line.endswith(". RMSProp"))
    assert f"**Answer:** {right}\n" in choice
    assert f"- {right}: It divides." in choice
    assert "[0.876, 0.118, 0.006]" in numeric
