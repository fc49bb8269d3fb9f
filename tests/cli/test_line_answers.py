"""Answers of several lines on plain lines, from a pipe and from a real pseudo-terminal."""

from __future__ import annotations

import io
import os
import pty
import sys
from collections.abc import Callable, Iterator

import pytest

from interviewprep.cli.line_answers import GO_ON, MORE, how_sure_or_more, pasted_rest, read_answer


class Reader:
    """Reads lines of the input and notes what was asked."""

    def __init__(self) -> None:
        self.prompts: list[str] = []

    def __call__(self, prompt: str) -> str:
        self.prompts.append(prompt)
        return sys.stdin.readline().rstrip("\n")


@pytest.fixture
def type_in(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], None]]:
    """Types into the terminal that stdin is."""

    def write(text: str) -> None:
        os.write(master, text.encode())

    master, slave = pty.openpty()
    with os.fdopen(slave) as terminal:
        monkeypatch.setattr(sys, "stdin", terminal)
        yield write
    os.close(master)


@pytest.mark.parametrize("ending", ["", "\n"])
def test_what_is_pasted_into_a_terminal_is_one_answer(type_in: Callable[[str], None], ending: str) -> None:
    read = Reader()
    type_in(f"apples fall\n\n- bridges \x1b[2J bend, ü\n:q{ending}")

    def hand_in(prompt: str) -> str:
        if prompt == MORE:
            type_in("\n")
        return read(prompt)

    assert read_answer("answer> ", hand_in) == "apples fall\n\n- bridges [2J bend, ü\n:q"
    assert read.prompts == ["answer> ", MORE]


def test_one_line_typed_into_a_terminal_is_an_answer(type_in: Callable[[str], None]) -> None:
    read = Reader()
    type_in("apples fall\n")
    assert read_answer("answer> ", read) == "apples fall"
    assert read.prompts == ["answer> "]
    type_in("typed line by line\n")  # the terminal is as it was
    assert read("next> ") == "typed line by line"


def test_after_a_paste_more_can_be_typed(type_in: Callable[[str], None]) -> None:
    typed = iter(["one\ntwo\n", "three\n", "\n"])

    def read(_prompt: str) -> str:
        type_in(next(typed))
        return sys.stdin.readline().rstrip("\n")

    assert read_answer("answer> ", read) == "one\ntwo\nthree"


def test_in_a_pipe_a_backslash_goes_on_and_nothing_else_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("one \\\n\\\nthree\nthe next answer\n"))
    read = Reader()
    assert pasted_rest() == ""
    assert read_answer("answer> ", read) == "one \n\nthree"
    assert read.prompts == ["answer> ", GO_ON, GO_ON]
    assert read("") == "the next answer"


def test_words_in_place_of_how_sure_belong_to_the_answer(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("and bridges bend\n7\n2\n"))
    assert how_sure_or_more(Reader()) == (2, ["and bridges bend"])
    assert capsys.readouterr().out.splitlines() == [
        "(Added to your answer.)",
        "Write 1, 2 or 3, or press Enter to leave it open.",
    ]
