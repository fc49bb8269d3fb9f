"""`interviewprep quiz`: a quiz on the full screen or on plain lines, and the history of quizzes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, cast

import click

from interviewprep.cli.context import (
    is_interactive,
    iso,
    json_option,
    open_desk,
    print_json,
    selection_of,
    selection_options,
)

if TYPE_CHECKING:
    from interviewprep.study.desk import Desk
    from interviewprep.study.quiz import QuizOptions
    from interviewprep.study.quiz_draw import Kind
    from interviewprep.study.quiz_result import PastQuiz
    from interviewprep.study.selection import Selection


@click.command("quiz", epilog="Example: interviewprep quiz losses --count 5 --seconds-per-question 60")
@selection_options
@click.option(
    "--count", type=click.IntRange(1, 100), default=10, show_default=True, help="So many questions."
)
@click.option(
    "--seconds-per-question",
    type=click.IntRange(5, 3600),
    metavar="S",
    help="Time for each; an answer after it counts as none. Without it there is no clock.",
)
@click.option(
    "--kind",
    type=click.Choice(["mixed", "choice", "typed", "numeric"]),
    default="mixed",
    show_default=True,
    help="Choices, answers in your own words, calculations, or all of them.",
)
@click.option(
    "--new", is_flag=True, help="Begin a new quiz though another is unfinished; that one is given up."
)
@click.option("--history", is_flag=True, help="Show past quizzes and the trend of their scores.")
@click.option(
    "--last",
    is_flag=True,
    help="Show the last result again: every mistake, and only the wrong ones once more.",
)
@click.option("--plain", is_flag=True, help="Plain lines, for pipes and screen readers.")
@json_option
@click.pass_obj
def quiz_command(
    deck_folders: Sequence[str],
    *,
    decks: tuple[str, ...],
    tags: tuple[str, ...],
    levels: tuple[str, ...],
    text: str,
    count: int,
    seconds_per_question: int | None,
    kind: str,
    new: bool,
    history: bool,
    last: bool,
    plain: bool,
    as_json: bool,
) -> int:
    """Questions with a score: choices, true or false, gaps, order, your own words, calculations.

    Every mistake is explained. Quiz answers are kept and do not touch the schedule (unless the setting
    `quiz_moves_schedule` says so). A closed terminal loses nothing: the next `quiz` goes on.
    """
    if as_json and not history:
        raise click.UsageError("--json goes with --history: a quiz itself asks questions.")
    if history and last:
        raise click.UsageError("Choose one of --history and --last.")
    from interviewprep.study.quiz import QuizOptions

    selection = selection_of(decks, tags, levels, text)
    options = QuizOptions(
        kind=cast("Kind", kind), count=count, seconds_per_question=seconds_per_question or 0
    )
    with open_desk(deck_folders) as desk:
        if history:
            return _history(desk, as_json=as_json)
        in_lines = plain or desk.settings.plain or not is_interactive()
        if last:
            return _last(desk, in_lines=in_lines)
        if not new:
            _ensure_questions(desk, selection, options)
        if in_lines:
            from interviewprep.cli.line_quiz import run_lines

            return run_lines(desk, selection, options, is_new=new)
        from interviewprep.tui import run_quiz

        return run_quiz(desk, selection, options, is_new=new)


def _ensure_questions(desk: Desk, selection: Selection, options: QuizOptions) -> None:
    """Raises NotFoundError where decks or a kind are named of which nothing can be asked.

    At once, and not only after the question whether to go on with an unfinished quiz.
    """
    from interviewprep.study.quiz_draw import draw_items
    from interviewprep.study.quiz_result import unfinished
    from interviewprep.study.selection import Selection

    if (selection != Selection() or options.kind != "mixed") and unfinished(desk) is not None:
        draw_items(desk, selection, kind=options.kind, count=1, seed=0)


def _last(desk: Desk, *, in_lines: bool) -> int:
    from interviewprep.errors import NotFoundError
    from interviewprep.study.quiz import Quiz
    from interviewprep.study.quiz_result import last_finished

    past = last_finished(desk)
    if past is None:
        raise NotFoundError("No quiz is finished yet.", hint="`interviewprep quiz` begins one or goes on.")
    quiz = Quiz.resume(desk, past.id)
    if in_lines:
        from interviewprep.cli.line_quiz import run_last

        return run_last(desk, quiz)
    from interviewprep.tui import run_quiz_result

    return run_quiz_result(desk, quiz)


def _history(desk: Desk, *, as_json: bool) -> int:
    from interviewprep.study.quiz_result import past_quizzes

    past = past_quizzes(desk)
    if as_json:
        print_json([_as_json(p) for p in past])
        return 0
    for line in history_lines(past):
        click.echo(line)
    return 0


def history_lines(past: Sequence[PastQuiz], *, last: int = 20) -> list[str]:
    """The newest quizzes, a line each, and the trend."""
    from interviewprep.render.charts import sparkline
    from interviewprep.render.words import percent
    from interviewprep.study.quiz_result import trend

    if not past:
        return ["No quiz yet."]
    lines = []
    for p in past[:last]:
        state = f"open at {p.answered} of {p.questions}" if p.is_open else "again" if p.is_repeat else ""
        lines.append(
            f"{iso(p.started_at_ms)[:16].replace('T', ' ')}  {p.right:>3} of {p.answered:<3}"
            f" {percent(p.score):>5}  {p.kind:<8}{p.selection}  {state}".rstrip()
        )
    scores = trend(past, last=last)
    if len(scores) > 1:
        lines.append(f"Trend of the last {len(scores)}: {sparkline(scores, top=1)}  {percent(scores[-1])}")
    if any(not p.is_open for p in past):
        lines.append("`interviewprep quiz --last`: the last result, and only the wrong ones again.")
    return lines


def _as_json(past: PastQuiz) -> dict[str, object]:
    return {
        "id": past.id,
        "at": iso(past.started_at_ms),
        "selection": past.selection,
        "kind": past.kind,
        "questions": past.questions,
        "answered": past.answered,
        "right": past.right,
        "score": past.score,
        "seconds": past.seconds,
        "again": past.is_repeat,
        "open": past.is_open,
    }
