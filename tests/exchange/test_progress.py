"""A progress file: what is in it, and what is refused."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from store.histories import NOW, Home, answer_to

from interviewprep.errors import ExchangeError
from interviewprep.exchange.progress import read_progress, write_progress
from interviewprep.settings import Settings
from interviewprep.store.merge import Joined, join
from interviewprep.store.store import Store


@pytest.fixture
def laptop(tmp_path: Path) -> Home:
    home = Home(tmp_path / "laptop")
    store = home.open()
    store.append(answer_to("d#a", 3, verdict={"why": "said"}))
    store.append(answer_to("d#a", 1, days=2))
    store.mark("d#a", "note", 'a "note"\nof two lines: é', now=NOW)
    store.close()
    return home


def written(home: Home, name: str = "progress.jsonl") -> Path:
    store = home.open()
    file = home.folder.parent / name
    assert write_progress(store, file, now=NOW) == 4  # two reviews, a note, the weights
    store.close()
    return file


def bring(store: Store, file: Path, *, dry_run: bool = False) -> Joined:
    return join(store, read_progress(file, learner=store.rules.learner), dry_run=dry_run)


@pytest.mark.parametrize("name", ["progress.jsonl", "progress.jsonl.gz"])
def test_a_file_brings_everything_to_another_machine(laptop: Home, tmp_path: Path, name: str) -> None:
    file = written(laptop, name)
    desktop = Home(tmp_path / "desktop").open()
    assert bring(desktop, file, dry_run=True).reviews == 2
    assert desktop.states() == {}
    found = bring(desktop, file)
    assert (found.reviews, found.marks, found.cards) == (2, 1, 1)
    here = laptop.open()
    assert desktop.states() == here.states()
    assert desktop.marks() == here.marks()
    assert bring(desktop, file).reviews == 0
    here.close()
    desktop.close()


def test_the_same_progress_is_the_same_file(laptop: Home) -> None:
    assert written(laptop, "one").read_bytes() == written(laptop, "two").read_bytes()


def change(line: int, edit: Callable[[str], str]) -> Callable[[bytes], bytes]:
    def changed(content: bytes) -> bytes:
        lines = content.decode().splitlines(keepends=True)
        lines[line] = edit(lines[line])
        return "".join(lines).encode()

    return changed


def without(key: str) -> Callable[[str], str]:
    return lambda text: json.dumps({k: v for k, v in json.loads(text).items() if k != key}) + "\n"


def put(key: str, value: object) -> Callable[[str], str]:
    return lambda text: json.dumps({**json.loads(text), key: value}) + "\n"


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (lambda content: content[: len(content) // 2], "is no JSON"),
        (lambda content: content[: content.rindex(b'{"table": "end"')], "end is missing"),
        (lambda content: b"", "no progress file"),
        (lambda content: b"question,answer\n", "no progress file"),
        (lambda content: b'{"format": "other"}\n', "no progress file"),
        (lambda content: b"[" * 200_000, "no progress file"),
        (lambda content: b"\xff\xfe" * 50, "no progress file"),
        (change(2, lambda line: "\xff"), "is no JSON"),
        (change(0, put("version", 2)), "newer interviewprep"),
        (change(0, put("schema_version", 99)), "newer interviewprep"),
        (change(0, put("learner", "someone")), "progress of 'someone'"),
        (change(1, without("card")), ":2: a review lacks 'card'"),
        (change(1, put("rating", "good")), ":2: rating of a review is 'good'"),
        (change(1, lambda line: ""), "4 rows were written, 3 are here"),
        (change(1, put("mode", "sleeping")), "contradicts itself"),
    ],
)
def test_a_spoilt_file_is_refused_and_nothing_changes(
    laptop: Home, tmp_path: Path, spoil: Callable[[bytes], bytes], message: str
) -> None:
    file = written(laptop)
    file.write_bytes(spoil(file.read_bytes()))
    desktop = Home(tmp_path / "desktop").open()
    with pytest.raises(Exception, match=message) as caught:
        bring(desktop, file)
    assert type(caught.value).__name__ in {"ExchangeError", "StoreError"}
    assert desktop.states() == {}
    assert desktop.history() == []
    desktop.close()


def test_a_cut_off_compressed_file_is_refused(laptop: Home, tmp_path: Path) -> None:
    file = written(laptop, "progress.gz")
    file.write_bytes(file.read_bytes()[:-20])
    desktop = Home(tmp_path / "desktop").open()
    with pytest.raises(ExchangeError, match=r"cannot be read|no progress file"):
        bring(desktop, file)
    desktop.close()


def test_a_zip_bomb_of_one_line_is_refused_early(laptop: Home, tmp_path: Path) -> None:
    file = tmp_path / "bomb.gz"
    with gzip.open(file, "wb") as out:
        for _ in range(40):
            out.write(b" " * 1_000_000)
    desktop = Home(tmp_path / "desktop").open()
    with pytest.raises(ExchangeError, match="no progress file"):
        bring(desktop, file)
    desktop.close()


def test_a_folder_that_cannot_be_written_leaves_no_pieces(laptop: Home, tmp_path: Path) -> None:
    store = laptop.open()
    with pytest.raises(ExchangeError, match="could not be written"):
        write_progress(store, tmp_path / "nowhere" / "file", now=NOW)
    store.close()


def test_another_learners_file_needs_the_same_name(laptop: Home, tmp_path: Path) -> None:
    file = written(laptop)
    other = Home(tmp_path / "other", settings=Settings(learner="kim")).open()
    with pytest.raises(ExchangeError, match="you are 'kim' here"):
        bring(other, file)
    other.close()
