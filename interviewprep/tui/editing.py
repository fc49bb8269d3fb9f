"""Opening a card in the learner's editor, with the screen put away meanwhile."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING

from textual.app import SuspendNotSupported

if TYPE_CHECKING:
    from interviewprep.tui.app import InterviewPrepApp


def edit_card(app: InterviewPrepApp, name: str) -> str:
    """Edit a card and read its deck again; returns what there is to say, empty where all went well.

    A file that is broken afterwards keeps nothing from working: its problem is said, the cards that can
    be read are read.
    """
    from interviewprep.study.authoring import prepare_edit
    from interviewprep.study.editor import editor_command

    desk = app.desk
    path, line = prepare_edit(desk, name)
    command = editor_command(path, line, os.environ, desk.settings)
    try:
        with app.suspend():
            # The learner's own $VISUAL or $EDITOR, split into words and run without a shell.
            code = subprocess.run(command, check=False).returncode  # noqa: S603
    except SuspendNotSupported:
        return f"This terminal cannot give way to an editor. The card is at {path}:{line}."
    except OSError as error:
        return f"{command[0]} cannot be started ({error.strerror}). Set $EDITOR, or `editor` in the settings."
    desk.reload_decks()
    wrong = [p for p in desk.library.problems if p.path == str(path) and p.severity == "error"]
    if wrong:
        return f"{wrong[0]}  E opens it again."
    return f"{command[0]} ended with code {code}." if code else ""
