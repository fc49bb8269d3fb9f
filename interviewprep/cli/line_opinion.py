"""A second opinion on plain lines: what would be sent is shown and agreed to first."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import TYPE_CHECKING

import click

from interviewprep.errors import InterviewPrepError
from interviewprep.render.clean import clean
from interviewprep.study.opinion import key_of, language_model, preview, second_opinion, warning

if TYPE_CHECKING:
    from interviewprep.study.desk import Desk
    from interviewprep.study.sheet import AnswerSheet


def opinion(desk: Desk, sheet: AnswerSheet, read: Callable[[str], str]) -> bool:
    """Ask the language model of the settings and take its ticks; says why where that cannot be.

    Returns whether there are new ticks.
    """
    try:
        model = language_model(desk.settings)
        if model is None:
            click.echo("No language model is set up; the setting llm names one.")
            return False
        if not sheet.text.strip():
            click.echo("A second opinion needs a typed answer.")
            return False
        if not desk.store.has_agreed(model.agreement):
            click.echo(warning(model))
            click.echo(clean(preview(model, sheet.card, sheet.text)))
            if read("send this, now and from now on? y or n> ").strip().casefold() not in {"y", "yes"}:
                click.echo("Nothing was sent.")
                return False
            desk.store.agree(model.agreement, now=desk.clock())
        found = second_opinion(model, sheet.card, sheet.text, key=key_of(model, os.environ))
    except InterviewPrepError as error:
        click.echo(f"{error.message} {error.hint}".strip())
        return False
    sheet.take(said=found.said, stated=found.stated)
    ticked = [str(i + 1) for i in range(len(sheet.lines)) if sheet.is_ticked(i)]
    click.echo("Second opinion, ticked: " + (", ".join(ticked) or "none"))
    return True
