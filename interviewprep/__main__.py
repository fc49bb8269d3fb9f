"""Where a process begins: runs the command line and turns errors into sentences and exit codes."""

from __future__ import annotations

import gc
import os
import sys

OBJECTS_BEFORE_COLLECTION = 300_000


def main() -> None:
    """Run `interviewprep`. Never lets a traceback reach the user unless INTERVIEWPREP_DEBUG is set."""
    # Importing makes objects and no garbage; looking for some every 700 objects costs a tenth of the start.
    gc.set_threshold(OBJECTS_BEFORE_COLLECTION, 20, 20)
    from interviewprep.cli.run import run

    code = run(sys.argv[1:], os.environ)
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    finally:
        # Everything is written and closed; taking the modules apart one by one takes longer than `due`.
        os._exit(code)


if __name__ == "__main__":
    main()
