"""One line from the learner, the same wherever it asks on plain lines."""

from __future__ import annotations

import sys

import click

from interviewprep.render.clean import clean


class EndOfInput(Exception):
    """The input ended or the learner left; what is open stays open."""


def typed_line(prompt: str) -> str:
    """A line, without its end and without what could harm a terminal. Raises EndOfInput.

    What comes through a pipe is written out, so that the record can be read.
    """
    click.echo(prompt, nl=False)
    sys.stdout.flush()
    line = sys.stdin.readline()
    if not line:
        click.echo("")
        raise EndOfInput
    line = clean(line.rstrip("\n"))
    if not sys.stdin.isatty():
        click.echo(line)
    return line
