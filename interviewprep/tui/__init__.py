"""The full screen: one key table, screens and widgets over `study`. Screens hold no logic.

Importing this package loads no Textual, so that the command line can print the key table.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from interviewprep.study.desk import Desk
    from interviewprep.study.drill import Options
    from interviewprep.study.selection import Selection


def run_home(desk: Desk) -> int:
    """Open the home screen; returns the exit code."""
    from interviewprep.tui.app import InterviewPrepApp
    from interviewprep.tui.screens.home import HomeScreen

    return InterviewPrepApp(desk, HomeScreen).start()


def run_drill(desk: Desk, selection: Selection, options: Options) -> int:
    """Open directly on the drill; returns the exit code. Raises NotFoundError if nothing matches."""
    from interviewprep.study.drill import Drill
    from interviewprep.tui.app import InterviewPrepApp
    from interviewprep.tui.screens.drill import DrillScreen

    drill = Drill(desk, selection, options)
    return InterviewPrepApp(desk, lambda: DrillScreen(drill)).start()
