"""Which command opens a file at a line in the learner's editor."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from pathlib import Path

from interviewprep.settings import Settings

# Editors known to take `+LINE` before the file; others are given the file alone.
TAKES_PLUS_LINE = frozenset(
    {"vi", "vim", "nvim", "gvim", "view", "nano", "pico", "emacs", "emacsclient", "micro", "kak", "joe", "ne"}
)
TAKES_GOTO = frozenset({"code", "codium", "code-insiders", "cursor"})
TAKES_SUFFIX = frozenset({"hx", "helix", "subl", "zed"})


def editor_command(path: Path, line: int, env: Mapping[str, str], settings: Settings) -> list[str]:
    """The words of the command that opens `path` at `line`; to be run without a shell.

    The setting `editor` goes first, then $VISUAL, $EDITOR and vi.
    """
    chosen = settings.editor or env.get("VISUAL") or env.get("EDITOR") or "vi"
    words = shlex.split(chosen) or ["vi"]
    program = Path(words[0]).name
    if program in TAKES_PLUS_LINE:
        return [*words, f"+{line}", str(path)]
    if program in TAKES_GOTO:
        # The editor must not return before the file is closed.
        wait = [] if "--wait" in words or "-w" in words else ["--wait"]
        return [*words, *wait, "--goto", f"{path}:{line}"]
    if program in TAKES_SUFFIX:
        return [*words, f"{path}:{line}"]
    return [*words, str(path)]
