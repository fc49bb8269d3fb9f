"""Running a command: errors become sentences on stderr and an exit code."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence

from interviewprep.errors import InterviewPrepError

INTERRUPTED = 130


def run(arguments: Sequence[str], env: Mapping[str, str]) -> int:
    """Run one command and return the process's exit code.

    0 fine; 1 the thing asked is not so; 2 wrong use or no way to go on; 130 interrupted.
    """
    _survive_plain_terminals()
    from interviewprep.cli.quick import QUICK

    quick = QUICK.get(tuple(arguments))
    try:
        code = quick() if quick else _by_click(arguments)
        sys.stdout.flush()
    except InterviewPrepError as error:
        return _complain(error.message, error.hint, error.exit_code)
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        # The reader went away (`| head`): say nothing, also not when Python flushes at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:
        return _unexpected(error, env)
    return code


def _by_click(arguments: Sequence[str]) -> int:
    import click

    from interviewprep.cli.main import cli

    try:
        result = cli.main(args=list(arguments), prog_name="interviewprep", standalone_mode=False)
    except click.exceptions.Abort:
        return INTERRUPTED
    except click.exceptions.Exit as stop:
        return stop.exit_code
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except SystemExit:
        return 0  # how click ends when the reader of a pipe went away
    return result if isinstance(result, int) else 0


def _unexpected(error: Exception, env: Mapping[str, str]) -> int:
    if env.get("INTERVIEWPREP_DEBUG"):
        raise error
    return _complain(
        f"Something unexpected went wrong: {type(error).__name__}: {error}",
        "Every recorded answer is safe. INTERVIEWPREP_DEBUG=1 shows where it happened; please report it.",
        2,
    )


def _survive_plain_terminals() -> None:
    """Let `LANG=C` print what it can of Greek letters instead of raising."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")


def _complain(message: str, hint: str, exit_code: int) -> int:
    print(f"interviewprep: {message}", file=sys.stderr)  # noqa: T201 (this is the command line)
    if hint:
        print(hint, file=sys.stderr)  # noqa: T201
    return exit_code
