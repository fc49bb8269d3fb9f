"""Packages that are broken or mean harm: a clear error, in little time and memory, and nothing written."""

from __future__ import annotations

import io
import struct
import sys
import time
import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from exchange.handmade import TABLES, legacy, note, package, write_collection
from support import World

from interviewprep.errors import ExchangeError
from interviewprep.exchange.anki import incoming
from interviewprep.exchange.anki.importing import carry_out, plan_import
from interviewprep.exchange.anki.unpacking import unpacked
from interviewprep.study.desk import Desk

SECONDS = 5.0
"""Of processor time; generous, for a busy machine."""


def zstd(data: bytes) -> bytes:
    if sys.version_info >= (3, 14):
        from compression.zstd import compress

        return compress(data)
    import zstandard

    return zstandard.ZstdCompressor().compress(data)


def everything_in(folder: Path) -> dict[str, bytes]:
    """All files but the caches and the package itself."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.suffix in {".yaml", ".json"}
    }


def refused(desk: Desk, world: World, file: Path, message: str) -> ExchangeError:
    """The error of an import that must leave everything as it was."""
    before, began = everything_in(world.home), time.process_time()
    with pytest.raises(ExchangeError, match=message) as caught:
        carry_out(desk, plan_import(desk, file))
    assert time.process_time() - began < SECONDS
    assert everything_in(world.home) == before
    assert desk.store.history() == []
    assert not desk.paths.backups.exists() or not list(desk.paths.backups.iterdir())
    assert "\n" not in caught.value.message
    return caught.value


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "no package of Anki's"),
        (b"PK\x05\x06" + b"\0" * 18, "holds no collection"),
        (b"hello" * 1000, "no package of Anki's"),
        (b"PK\x03\x04" + b"\xff" * 500, "no package of Anki's"),
        (b"PK\x05\x06" + b"\xff" * 18, "lists more files"),
    ],
)
def test_what_is_no_package_is_refused(desk: Desk, world: World, content: bytes, message: str) -> None:
    file = world.home / "x.apkg"
    file.write_bytes(content)
    refused(desk, world, file, message)


def test_a_missing_file_and_a_folder_are_refused(desk: Desk, world: World) -> None:
    refused(desk, world, world.home / "none.apkg", "There is no file")
    refused(desk, world, world.home, "cannot be read: Is a directory")


def test_a_list_of_files_longer_than_memory_is_not_read(desk: Desk, world: World) -> None:
    file = package(world.home / "x.apkg", {"collection.anki2": b"x"})
    data = bytearray(file.read_bytes())
    at = data.rfind(b"PK\x05\x06")
    data[at + 12 : at + 16] = struct.pack("<L", 4_000_000_000)
    file.write_bytes(data)
    refused(desk, world, file, "more files than any package")


def test_the_same_with_the_long_form_of_the_list(desk: Desk, world: World) -> None:
    file = package(world.home / "x.apkg", {"collection.anki2": b"x"})
    data = file.read_bytes()
    at = data.rfind(b"PK\x05\x06")
    end = struct.pack("<4sQHHLLQQQQ", b"PK\x06\x06", 44, 45, 45, 0, 0, 1, 1, 2**40, 0)
    locator = struct.pack("<4sLQL", b"PK\x06\x07", 0, at, 1)
    file.write_bytes(data[:at] + end + locator + data[at:])
    refused(desk, world, file, "more files than any package")


@pytest.mark.parametrize("pack", [bytes, zstd])
def test_a_bomb_stops_at_the_limit(tmp_path: Path, pack: Callable[[bytes], bytes]) -> None:
    zeros = bytes(40_000_000)
    name, meta = ("collection.anki21b", b"\x08\x03") if pack is zstd else ("collection.anki2", b"\x08\x01")
    file = package(tmp_path / "x.apkg", {"meta": meta, name: pack(zeros)})
    assert file.stat().st_size < 100_000
    del zeros
    tracemalloc.start()
    with (
        pytest.raises(ExchangeError, match="unpacks to more than 5 MB"),
        unpacked(file, most_bytes=5_000_000),
    ):
        pytest.fail("unpacked")
    assert tracemalloc.get_traced_memory()[1] < 20_000_000
    tracemalloc.stop()


def test_names_that_lead_elsewhere_lead_nowhere(desk: Desk, world: World) -> None:
    inner = world.home / "inside"
    inner.mkdir()
    collection = write_collection(inner / "c.db", notes=[note(1, "<img src='../../x/y.png'>", "ok")])
    file = package(
        inner / "x.apkg",
        {
            "collection.anki2": collection,
            "../../evil.yaml": b"cards: []",
            f"{world.home}/evil.yaml": b"cards: []",
            "media": b'{"0": "../../../evil.png"}',
            "0": b"png",
        },
    )
    plan = plan_import(desk, file)
    assert list(plan.media) == ["y.png"]
    carry_out(desk, plan)
    assert not list(world.home.parent.rglob("evil*"))
    assert [path.name for path in desk.paths.user_decks.rglob("*.yaml")] == ["german.yaml"]


def test_deck_names_cannot_leave_the_folder(desk: Desk, world: World) -> None:
    decks = {"2": {"name": "../..::/etc::..::C:\\x\x00\x1b[2J"}}
    file = legacy(world.home, notes=[note(1, "q", "a")], decks=decks)
    carry_out(desk, plan_import(desk, file))
    [written] = desk.paths.user_decks.rglob("*.yaml")
    assert written.relative_to(desk.paths.user_decks) == Path("anki/etc/c-x-2j.yaml")


def filled_with_notes(number: int, fields: str) -> str:
    """SQL that writes so many notes."""
    return (
        f"with recursive n(id) as (select 1 union all select id + 1 from n where id < {number})"
        f" insert into notes select id, 'g' || id, 7, 1, '', {fields} from n;"
    )


@pytest.mark.parametrize("cut", [100, 5_000, 12_000])
def test_a_cut_off_database_is_refused(desk: Desk, world: World, cut: int) -> None:
    notes = [note(n, "question " * 20, "answer " * 20) for n in range(1, 100)]
    whole = write_collection(world.home / "c.db", notes=notes).read_bytes()
    assert len(whole) > 20_000
    file = package(world.home / "x.apkg", {"collection.anki2": whole[:cut]})
    refused(desk, world, file, "cannot be read")


def test_damaged_pages_are_refused(desk: Desk, world: World) -> None:
    notes = [note(n, "question " * 20, "answer " * 20) for n in range(1, 100)]
    data = bytearray(write_collection(world.home / "c.db", notes=notes).read_bytes())
    data[8_192:] = b"\xff" * (len(data) - 8_192)
    refused(desk, world, package(world.home / "x.apkg", {"collection.anki2": bytes(data)}), "cannot be read")


@pytest.mark.parametrize(
    ("members", "message"),
    [
        ({"meta": b"\x08\x03", "collection.anki21b": b"not zstd"}, "cannot be read"),
        ({"meta": b"\x08\x03", "collection.anki21b": zstd(b"x" * 9_000)[:-5]}, "cannot be read"),
        ({"meta": b"\x08\x03", "collection.anki21b": zstd(b"no database" * 99)}, "not a database"),
        ({"meta": b"\x08\x09", "collection.anki21b": b""}, "newer Anki"),
        ({"meta": b"\xff" * 50, "collection.anki2": b""}, "`meta` is damaged"),
        ({"meta": b"\x08\x01"}, "holds no collection"),
        ({"media": b"{}"}, "holds no collection"),
        ({"collection.anki2": b""}, "no table"),
    ],
)
def test_members_that_are_not_what_they_should_be(
    desk: Desk, world: World, members: dict[str, bytes], message: str
) -> None:
    refused(desk, world, package(world.home / "x.apkg", members), message)


def test_an_encrypted_member_and_a_wrong_checksum_are_refused(desk: Desk, world: World) -> None:
    file = package(world.home / "x.apkg", {"collection.anki2": b"x" * 100}, method=zipfile.ZIP_STORED)
    data = bytearray(file.read_bytes())
    data[6] |= 1
    data[data.find(b"PK\x01\x02") + 8] |= 1
    (world.home / "locked.apkg").write_bytes(data)
    refused(desk, world, world.home / "locked.apkg", "encrypted")
    wrong = file.read_bytes().replace(b"x" * 100, b"y" * 100)
    file.write_bytes(wrong)
    refused(desk, world, file, "CRC|crc")


@pytest.mark.parametrize(
    ("contents", "message"),
    [
        ({"types": "{"}, "models cannot be understood"),
        ({"types": "[" * 100_000}, "models cannot be understood"),
        ({"types": '{"7": {"name": 5}}'}, "models cannot be understood"),
        ({"conf": {"rollover": "soon"}}, "conf cannot be understood"),
        ({"notes": [(1, None, 7, 1, "", "a\x1fb")]}, "a value of its tables is None"),
        ({"notes": [(1, "g", "x", 1, "", "a\x1fb")]}, "a value of its tables is 'x'"),
        ({"notes": [(1, "g", 7, 1, "", b"\xff\x00")]}, "a value of its tables is b"),
        (
            {"notes": [note(1, "a", "b")], "after": "update notes set flds = cast(x'61ff1f62' as text)"},
            "text that is not UTF-8",
        ),
        ({"reviews": [(1, 1, 3, 1, 0, "long", 1)]}, "a value of its tables is 'long'"),
        ({"after": "drop table revlog; create view revlog as select 1 as id"}, "no table `revlog`"),
        (
            {
                "after": "drop table notes; create view notes as with recursive n(id) as"
                " (select 1 union all select id + 1 from n) select id from n"
            },
            "no table `notes`",
        ),
    ],
)
def test_databases_that_are_not_what_they_should_be(
    desk: Desk, world: World, contents: dict[str, object], message: str
) -> None:
    refused(desk, world, legacy(world.home, **contents), message)


def test_a_database_that_takes_too_long_is_given_up(
    desk: Desk, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(incoming, "_STEPS", 10)
    file = legacy(world.home, after=filled_with_notes(2_000, "'q' || char(31) || 'a'"))
    refused(desk, world, file, "takes too long to read")


def test_columns_that_are_computed_are_refused(desk: Desk, world: World) -> None:
    # 5 MB made anew for each look at a row: no step of SQLite's machine counts that.
    tables = TABLES.replace("flds text)", "flds text as (hex(zeroblob(5000000))), mass text)")
    fill = filled_with_notes(50_000, "'x'").replace(
        "into notes", "into notes (id, guid, mid, mod, tags, mass)"
    )
    refused(desk, world, legacy(world.home, tables=tables, after=fill), "computes the column `flds`")


def test_more_notes_than_can_be_taken_in_are_refused_by_counting_them(desk: Desk, world: World) -> None:
    file = legacy(world.home, after=filled_with_notes(150_000, "'q' || char(31) || 'a'"))
    refused(desk, world, file, "150,000 rows of notes; at most 100,000")


def test_more_text_than_can_be_taken_in_is_refused(
    desk: Desk, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(incoming, "MOST_TEXT", 1_000_000)
    file = legacy(world.home, after=filled_with_notes(15, "hex(zeroblob(100000))"))
    refused(desk, world, file, "3 million characters")


def test_sides_that_grow_without_end_are_left_out(desk: Desk, world: World) -> None:
    long = "x" * 90_000
    kind = {
        "name": "Bomb",
        "type": 0,
        "flds": [{"name": "F", "ord": 0}],
        "tmpls": [{"ord": 0, "qfmt": "{{F}}" * 5_000, "afmt": "a"}],
    }
    file = legacy(world.home, notes=[(1, "g", 7, 1, "", long)], types={"7": kind})
    plan = plan_import(desk, file)
    assert plan.skipped == {"longer than 100,000 characters": 1}
    assert plan.is_empty


def test_scripts_and_control_characters_do_not_arrive(desk: Desk, world: World) -> None:
    front = "<script>alert(1)</script>What\x1b[2J is <b onclick='x()'>it</b>?<style>p{}</style>\u202e"
    back = "<img src=x onerror=alert(1)><iframe src='https://x'>no</iframe>\x07yes<!-- secret -->"
    carry_out(desk, plan_import(desk, legacy(world.home, notes=[note(1, front, back)])))
    [name] = [head.name for head in desk.library.heads if head.deck.startswith("anki/")]
    card = desk.library.card(name)
    assert (card.question, card.short) == ("What[2J is **it**?", "(image: x)yes")


def test_the_largest_window_of_zstd_is_bounded(tmp_path: Path) -> None:
    # A frame header that asks for a window of 2 GB (RFC 8878, 3.1.1.1.2).
    frame = struct.pack("<L", 0xFD2FB528) + bytes([0x00, (31 - 10) << 3]) + bytes([1, 0, 0])
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr("meta", b"\x08\x03")
        made.writestr("collection.anki21b", frame)
    (tmp_path / "x.apkg").write_bytes(out.getvalue())
    with pytest.raises(ExchangeError, match="cannot be read"), unpacked(tmp_path / "x.apkg"):
        pytest.fail("unpacked")
