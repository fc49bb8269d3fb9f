"""Where an export goes."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from interviewprep.errors import ExchangeError
from interviewprep.exchange.target import replacing_text, starts_with

OURS = starts_with("ours")


def write(target: Path, text: str = "ours 2") -> None:
    with replacing_text(target, is_ours=OURS, force=False) as stream:
        stream.write(text)


def test_an_earlier_export_is_replaced_and_another_file_is_not(tmp_path: Path) -> None:
    earlier, other = tmp_path / "earlier", tmp_path / "other"
    earlier.write_text("ours 1")
    other.write_text("mine")
    write(earlier)
    assert earlier.read_text() == "ours 2"
    with pytest.raises(ExchangeError, match="no earlier export"):
        write(other)
    assert other.read_text() == "mine"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["earlier", "other"]


def test_of_a_link_what_it_leads_to_is_replaced(tmp_path: Path) -> None:
    report, link = tmp_path / "report", tmp_path / "link"
    report.write_text("ours 1")
    link.symlink_to(report)
    write(link)
    assert link.is_symlink()
    assert report.read_text() == "ours 2"
    new = tmp_path / "new"
    new.symlink_to(tmp_path / "not yet")
    write(new)
    assert (tmp_path / "not yet").read_text() == "ours 2"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes by name here")
def test_a_pipe_or_device_is_never_replaced(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    for target in (pipe, Path(os.devnull)):
        with pytest.raises(ExchangeError, match="device or a pipe"):
            write(target)
    assert pipe.is_fifo()
