"""An answer of several lines on plain lines: pasted, or each line but the last ended with a backslash."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable

import click

from interviewprep.render.clean import clean

PASTE_SECONDS = 0.05
"""What is pasted comes faster than anyone types."""
MORE = "more, or Enter alone to hand in> "
GO_ON = "... "


def read_answer(prompt: str, read: Callable[[str], str]) -> str:
    """An answer, its lines apart by newlines.

    A backslash at the end of a line goes on with the next. What is pasted into a terminal is one answer; as
    its last line may not be ended, Enter alone hands it in.
    """
    lines: list[str] = []
    is_paste = False
    while True:
        line = read(prompt)
        rest = pasted_rest()
        if rest:
            is_paste = True
            lines += [line, *map(clean, rest.splitlines())]
            if not rest.endswith("\n"):
                click.echo()
        elif line.endswith("\\"):
            lines.append(line.removesuffix("\\"))
        else:
            lines.append(line)
            if not is_paste or not line.strip():
                return "\n".join(lines).strip()
        prompt = MORE if is_paste else GO_ON


def how_sure_or_more(read: Callable[[str], str]) -> tuple[int | None, list[str]]:
    """How sure the learner is (1 guess, 2 think, 3 sure; None: not said), and lines the answer goes on with.

    Words in place of a number belong to the answer: it was typed or piped in several lines.
    """
    more: list[str] = []
    while True:
        typed = read("how sure? 1 guess, 2 think, 3 sure> ").strip()
        if typed in {"", "1", "2", "3"}:
            return (int(typed) if typed else None), more
        if typed.isdecimal():
            click.echo("Write 1, 2 or 3, or press Enter to leave it open.")
        else:
            more.append(typed)
            click.echo("(Added to your answer.)")


def pasted_rest() -> str:
    """What a terminal already holds after the line just read, be it ended or not; '' in a pipe."""
    if not sys.stdin.isatty():
        return ""
    try:
        import select
        import termios
    except ImportError:  # Windows: lines are taken one by one
        return ""
    terminal = sys.stdin.fileno()
    before = termios.tcgetattr(terminal)
    # While a terminal collects lines, one that is not ended cannot be seen.
    at_once = [*before[:6], list(before[6])]
    at_once[3] &= ~termios.ICANON
    at_once[6][termios.VMIN], at_once[6][termios.VTIME] = 1, 0
    found = b""
    try:
        termios.tcsetattr(terminal, termios.TCSANOW, at_once)
        while select.select([terminal], [], [], PASTE_SECONDS)[0]:
            block = os.read(terminal, 65536)
            if not block:
                break
            found += block
    finally:
        termios.tcsetattr(terminal, termios.TCSANOW, before)
    return found.decode("utf-8", "replace")
