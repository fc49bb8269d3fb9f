"""One drill typed through in a real pseudo-terminal, from the command line to the exit code."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from time import monotonic, sleep

import pexpect
import pyte

from interviewprep.settings import Settings
from interviewprep.store.fast import read_progress

DECK = """\
title: Real
cards:
  - {id: one, question: First question?, short: The first answer., key_points: [the point]}
  - {id: two, question: Second question?, short: The second answer.}
"""


class Person:
    """Types into a program and looks at its screen of 80 by 24."""

    def __init__(self, home: Path, *arguments: str) -> None:
        env = {
            **{k: v for k, v in os.environ.items() if k not in ("NO_COLOR", "INTERVIEWPREP_DECKS")},
            "INTERVIEWPREP_HOME": str(home),
            "TERM": "xterm-256color",
            "LANG": "C.UTF-8",
        }
        command = ["-m", "interviewprep", *arguments]
        self.program: pexpect.spawn[bytes] = pexpect.spawn(
            sys.executable, command, env=env, dimensions=(24, 80), timeout=20
        )
        self.screen = pyte.Screen(80, 24)
        self._stream = pyte.ByteStream(self.screen)

    def sees(self, text: str, *, seconds: float = 20) -> None:
        """Wait until a text is on the screen."""
        end = monotonic() + seconds
        while monotonic() < end:
            if any(text in line for line in self.screen.display):
                return
            try:
                self._stream.feed(self.program.read_nonblocking(65536, timeout=0.2))
            except pexpect.TIMEOUT:
                continue
            except pexpect.EOF:
                break
        raise AssertionError(f"{text!r} never came:\n" + "\n".join(self.screen.display))

    def reads(self) -> None:
        """Take longer than a double press does."""
        sleep(0.35)

    def types(self, keys: str) -> None:
        """Press keys."""
        self.program.send(keys)


def test_a_drill_typed_through(tmp_path: Path) -> None:
    decks = tmp_path / "decks"
    decks.mkdir()
    (decks / "real.yaml").write_text(DECK, encoding="utf-8")
    person = Person(tmp_path, "drill", "real")
    person.sees("First question?")
    person.types("\t")
    person.types("the point 1")  # at once: the field is not there yet
    person.sees("hand in")
    person.sees("the point 1")
    person.types("\r")
    person.sees("The first answer.")
    person.types("x")
    person.sees("Good suggested")
    person.types("\r")
    person.sees("Second question?")
    person.reads()
    person.types(" ")
    person.sees("The second answer.")
    person.types("u")
    person.sees("First question?")
    person.reads()
    person.types(" ")
    person.sees("The first answer.")
    person.types("3")
    person.sees("Second question?")
    person.types("q")
    person.program.expect(pexpect.EOF)
    person.program.close()
    assert person.program.exitstatus == 0
    progress = read_progress(tmp_path / "progress.db", settings=Settings(), today=0, aliases={})
    assert progress is not None
    assert progress.seen == {"real#one": True}
