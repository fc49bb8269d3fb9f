"""The cache of rendered fields: it saves work and is never in the way."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from support import LOSS_DECK, World

from interviewprep.cards.model import Card
from interviewprep.exchange.anki import export
from interviewprep.exchange.anki.export import note_contents
from interviewprep.exchange.anki.fields import Rendered, render
from interviewprep.exchange.anki.rendered import FILE_NAME, RenderedFields, in_groups
from interviewprep.study.desk import Desk

FIELDS = Rendered("qa", "a\x1fb", "a", 7, "0011")


def fields_of(desk: Desk) -> dict[str, str]:
    return {content.head.name: content.fields for content in note_contents(desk, desk.library.heads)}


def test_what_was_kept_is_found_again(tmp_path: Path) -> None:
    path = tmp_path / "cache" / "fields.db"
    cache = RenderedFields.open(path)
    cache.keep([("h1", FIELDS)])
    assert cache.find(["h1", "h2"]) == {"h1": FIELDS}
    cache.close()
    again = RenderedFields.open(path)
    assert again.find(["h1"]) == {"h1": FIELDS}
    again.close()


def test_only_changed_cards_are_rendered_again(
    desk: Desk, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    rendered: list[str] = []

    def counting(card: Card) -> Rendered:
        rendered.append(card.id)
        return render(card)

    monkeypatch.setattr(export, "render", counting)
    first = fields_of(desk)
    assert len(rendered) == 5
    (world.home / "shipped" / "losses.yaml").write_text(
        LOSS_DECK.replace("mean absolute error?", "MAE?"), encoding="utf-8"
    )
    desk.reload_decks()
    second = fields_of(desk)
    assert rendered[5:] == ["mae"]
    assert {name for name in first if first[name] != second[name]} == {"losses#mae"}


@pytest.mark.parametrize("damage", [b"not a database at all", b"SQLite format 3\x00" + bytes(4_000), b""])
def test_a_damaged_cache_is_made_anew(desk: Desk, world: World, damage: bytes) -> None:
    first = fields_of(desk)
    path = world.home / FILE_NAME
    assert path.exists()
    path.write_bytes(damage)
    assert fields_of(desk) == first
    assert fields_of(desk) == first
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("select count(*) from rendered").fetchone() == (5,)


def test_a_cache_of_another_program_version_is_not_used(desk: Desk, world: World) -> None:
    first = fields_of(desk)
    with closing(sqlite3.connect(world.home / FILE_NAME)) as connection, connection:
        connection.execute("update rendered set fields = 'old'")
        connection.execute("pragma user_version = 1")
    assert fields_of(desk) == first


def test_a_folder_that_cannot_be_written_is_no_obstacle(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    cache = RenderedFields.open(tmp_path / "file" / "fields.db")
    cache.keep([("h1", FIELDS)])
    assert cache.find(["h1"]) == {"h1": FIELDS}
    cache.close()


def test_groups_are_of_the_size_asked_for() -> None:
    assert list(in_groups(range(5), 2)) == [[0, 1], [2, 3], [4]]
