"""The full screen: one key table, screens and widgets over `study`. Screens hold no logic.

Importing this package loads no Textual, so that the command line can print the key table.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from interviewprep.study.desk import Desk
    from interviewprep.study.drill import Options
    from interviewprep.study.mock import Mock
    from interviewprep.study.quiz import Quiz, QuizOptions
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


def run_quiz(desk: Desk, selection: Selection, options: QuizOptions, *, is_new: bool) -> int:
    """Open on a quiz, or where one is unfinished and `is_new` does not end it, on the choice between both.

    Returns the exit code. Raises NotFoundError if nothing can be asked.
    """
    from interviewprep.study.quiz import Quiz
    from interviewprep.study.quiz_result import unfinished
    from interviewprep.tui.app import InterviewPrepApp
    from interviewprep.tui.screens.quiz import QuizScreen
    from interviewprep.tui.screens.quiz_start import QuizStartScreen

    found = unfinished(desk)
    if found is not None and not is_new:
        return InterviewPrepApp(desk, lambda: QuizStartScreen(selection, options)).start()
    quiz = Quiz.begin(desk, selection, options)
    if found is not None:
        Quiz.resume(desk, found.id).give_up()
    return InterviewPrepApp(desk, lambda: QuizScreen(lambda: quiz)).start()


def run_quiz_result(desk: Desk, quiz: Quiz) -> int:
    """Open on the result of a finished quiz; returns the exit code."""
    from interviewprep.tui.app import InterviewPrepApp
    from interviewprep.tui.screens.quiz_result import QuizResultScreen

    return InterviewPrepApp(desk, lambda: QuizResultScreen(quiz)).start()


def run_mock(desk: Desk, mock: Mock) -> int:
    """Open on a mock interview that was begun; returns the exit code."""
    from interviewprep.tui.app import InterviewPrepApp
    from interviewprep.tui.screens.mock import MockScreen

    return InterviewPrepApp(desk, lambda: MockScreen(lambda: mock)).start()
