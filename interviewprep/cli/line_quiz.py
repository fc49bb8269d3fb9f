"""A quiz as plain lines: for pipes, scripts and screen readers. Drives the same `Quiz` as the screen."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from interviewprep.cli.typed_line import EndOfInput, typed_line
from interviewprep.render.clean import clean
from interviewprep.render.plain import plain
from interviewprep.render.words import duration, percent, plural
from interviewprep.study.quiz import Quiz, QuizOptions
from interviewprep.study.quiz_items import TRUE_FALSE, Item
from interviewprep.study.quiz_marking import Given, Mark
from interviewprep.study.quiz_questions import Question, QuizError, Told
from interviewprep.study.quiz_result import Line, QuizResult, unfinished

if TYPE_CHECKING:
    from interviewprep.study.desk import Desk
    from interviewprep.study.selection import Selection
    from interviewprep.study.sheet import AnswerSheet

INTRODUCTION = """\
Answer each question once; Enter alone is no answer. :q leaves (the quiz can be resumed), :? shows this."""
PROMPTS = {
    "one": "number> ",
    "gap": "number> ",
    "several": "numbers, e.g. 1 3> ",
    "order": "numbers in order, e.g. 2 1 3> ",
    "true-false": "t or f> ",
    "typed": "answer> ",
    "numeric": "answer> ",
}
_TRUTH = {"t": "true", "true": "true", "f": "false", "false": "false"}


def run_lines(desk: Desk, selection: Selection, options: QuizOptions, *, is_new: bool) -> int:
    """Resume or begin a quiz, ask it, and offer what was wrong once more; returns the exit code."""
    try:
        quiz = _wanted(desk, selection, options, is_new=is_new)
        _say(INTRODUCTION)
        while True:
            LineQuiz(quiz).run()
            if (repeat := _again(quiz)) is None:
                return _left(desk) if quiz.result().wrong else 0
            quiz = repeat
    except EndOfInput:
        return _left(desk)


def run_last(desk: Desk, quiz: Quiz) -> int:
    """Show the result of a finished quiz again, every mistake explained, and offer to ask only those."""
    try:
        for line in result_lines(quiz):
            _say(line)
        for place in quiz.result().wrong:
            told = quiz.told(place)
            _say(f"\n{place + 1}. {plain(told.item.question)}")
            _say(f"Your answer: {plain(_answer_words(told)) or 'none'}")
            _say(verdict_words(told, told.mark))
            _explain(told)
        while (repeat := _again(quiz)) is not None:
            quiz = repeat
            LineQuiz(quiz).run()
    except EndOfInput:
        return _left(desk)
    return 0


def _wanted(desk: Desk, selection: Selection, options: QuizOptions, *, is_new: bool) -> Quiz:
    """The unfinished quiz if the learner goes on with it, else a new one; only then the other is given up."""
    found = unfinished(desk)
    if found is None:
        return Quiz.begin(desk, selection, options)
    old = Quiz.resume(desk, found.id)
    if not is_new:
        at = f"{found.answered} of {found.questions} answered"
        if _agrees(f"A quiz on {found.selection} is unfinished ({at}). Go on with it? [Y/n] ", usual=True):
            return old
    quiz = Quiz.begin(desk, selection, options)
    old.give_up()
    return quiz


def _again(quiz: Quiz) -> Quiz | None:
    """A quiz of only the wrong ones, if there are any and the learner wants it."""
    if quiz.result().wrong and _agrees("Again, only the wrong ones? [y/N] ", usual=False):
        return quiz.again()
    return None


def _left(desk: Desk) -> int:
    if unfinished(desk) is not None:
        _say("The quiz is kept: `interviewprep quiz` goes on with it.")
    else:
        _say("`interviewprep quiz --last` shows the result and the mistakes again.")
    return 0


class LineQuiz:
    """One quiz on plain lines."""

    def __init__(self, quiz: Quiz) -> None:
        self._quiz = quiz

    def run(self) -> None:
        """Ask what is left, then say what it came to."""
        quiz = self._quiz
        if (waiting := quiz.waiting()) is not None:
            _say(f"\n{plain(waiting.item.question)}\nYour answer: {waiting.given.text}")
            self._settle(waiting)
        while (question := quiz.question()) is not None:
            self._one(question)
        quiz.close()
        for line in result_lines(quiz):
            _say(line)

    def _one(self, question: Question) -> None:
        _say("")
        _say("-- " + ", ".join(facts(question, spent_ms=self._quiz.spent_ms)))
        _say(plain(question.text))
        if question.form != "true-false":
            for number, (_, text) in enumerate(question.options, 1):
                _say(f"  {number}. {plain(text)}")
        told = self._handed_in(question)
        if told.needs:
            self._settle(told)
        else:
            _say(verdict_words(told, told.mark))
            _explain(told)

    def _handed_in(self, question: Question) -> Told:
        """Ask until an answer is taken. Who leaves finds the clock of the question where it was."""
        quiz = self._quiz
        began, before_ms = time.monotonic(), quiz.spent_ms

        def spent_ms() -> int:
            return before_ms + round(1000 * (time.monotonic() - began))

        draft = quiz.draft.text if question.is_written else ""
        if draft:
            _say(f"Written so far (Enter alone hands it in, other words replace it): {draft}")
        try:
            while True:
                try:
                    given = _given(question, _read(PROMPTS[question.form]) or draft)
                    if any(p in question.wants_reason for p in given.picked):
                        given = Given(given.picked, _read("why? (Enter: no reason, half a point)> "))
                    return quiz.hand_in(given, duration_ms=spent_ms())
                except QuizError as error:
                    _say(f"{error.message} {error.hint}".strip())
        except (EndOfInput, KeyboardInterrupt):
            quiz.keep(spent_ms())
            raise

    def _settle(self, told: Told) -> None:
        _explain(told)
        if told.needs == "reason":
            is_right = _agrees("Was that your reason? [y/N] ", usual=False)
            _say(verdict_words(told, self._quiz.settle(told, reason_right=is_right)))
            return
        if told.sheet is not None:
            _tick(told.sheet)
        _say(verdict_words(told, self._quiz.settle(told)))


def _given(question: Question, typed: str) -> Given:
    """What was typed as an answer. Raises QuizError for what is no number of an option."""
    typed = typed.strip()
    if question.is_written or not typed:
        return Given(text=typed if question.is_written else "")
    ids = [option for option, _ in question.options]
    if question.form == "true-false" and typed.casefold() in _TRUTH:
        truth = _TRUTH[typed.casefold()]
        return Given((ids[TRUE_FALSE.index(truth)],))
    words = typed.replace(",", " ").split()
    wrong = [w for w in words if not w.isdecimal() or not 1 <= int(w) <= len(ids)]
    if wrong:
        raise QuizError(f"There is no option {wrong[0]}.", f"Write numbers from 1 to {len(ids)}.")
    return Given(tuple(ids[int(word) - 1] for word in words))


def _tick(sheet: AnswerSheet) -> None:
    count = len(sheet.lines)
    while True:
        ticked = [str(n + 1) for n in range(count) if sheet.is_ticked(n)]
        typed = _read(f"numbers to tick or untick [{' '.join(ticked) or 'none'}]; Enter is done> ")
        words = typed.replace(",", " ").split()
        if not words:
            return
        if all(w.isdecimal() and 1 <= int(w) <= count for w in words):
            for word in words:
                sheet.toggle(int(word) - 1)
        else:
            _say(f"Write numbers from 1 to {count}.")


def _answer_words(told: Told) -> str:
    """What was picked or written."""
    texts = {o.id: o.text for o in told.item.options}
    return "; ".join(filter(None, (*(texts[p] for p in told.given.picked), told.given.text)))


def _explain(told: Told) -> None:
    item = told.item
    if told.sheet is not None:
        card = told.sheet.card
        _say("Answer: " + plain(card.short))
        lines = [f"{p.weight}: {p.text}" for p in card.key_points]
        lines += [f'wrong: "{m.wrong}" {m.why}' for m in card.misconceptions]
        for number, line in enumerate(lines, 1):
            _say(f"  {number}. {plain(line)}")
    elif told.round is not None:
        if told.round.tries and told.round.has_mistake:
            verdict = told.round.tries[-1].verdict
            _say(f"{verdict.message} {verdict.cure}".strip())
        for step in told.round.variant.steps:
            _say(f"  {step}")
    elif item.form == "order":
        _say("In order:")
        for option in sorted(item.options, key=lambda o: o.place):
            _say(f"  {option.place}. {plain(option.text)}" + (f"  {plain(option.why)}" if option.why else ""))
    else:
        _explain_options(item)


def _explain_options(item: Item) -> None:
    for number, option in enumerate(item.options, 1):
        word = "right" if option.right else "wrong"
        if option.why or option.right:
            _say(
                f"  {number}. {word}: {plain(option.text)}"
                + (f"\n     {plain(option.why)}" if option.why else "")
            )


def facts(question: Question, *, spent_ms: int = 0) -> list[str]:
    """Where one is, what it is about, how long there is; `spent_ms` were spent before a restart."""
    found = [f"{question.number} of {question.of}", question.topic]
    found += [question.level] if question.level else []
    if question.seconds:
        left = max(0, question.seconds - spent_ms // 1000)
        found.append(f"{left} of {question.seconds} s left" if spent_ms else f"{question.seconds} s")
    found += ["due today: this shows its answer"] if question.is_due else []
    return found


def verdict_words(told: Told, mark: Mark) -> str:
    """`Right.`, `Not right.`, `Half right: 50 %.`, and that it came too late."""
    if told.is_late:
        return "Too late: it counts as no answer."
    if mark.is_right:
        return "Right."
    return f"Partly right: {percent(mark.score)}." if mark.score else "Not right."


def result_lines(quiz: Quiz) -> list[str]:
    """What a quiz came to."""
    found = quiz.result()
    lines = ["", _whole(found)]
    lines += [_part(line) for line in found.topics] if len(found.topics) > 1 else []
    lines += [_part(line) for line in found.levels if line.name] if len(found.levels) > 1 else []
    if found.wrong:
        lines.append("Not right:")
        lines += [f"  {place + 1}. {clean(quiz.told(place).item.question)}" for place in found.wrong]
    return lines


def _whole(found: QuizResult) -> str:
    pace = found.seconds / max(1, found.answered)
    late = f", {plural(found.late, 'answer')} too late" if found.late else ""
    return (
        f"{found.right} of {found.answered} right, {percent(found.score)} of the points,"
        f" {duration(found.seconds)}, {pace:.0f} s a question{late}."
    )


def _part(line: Line) -> str:
    return f"  {line.name}: {line.right} of {line.questions}, {percent(line.score)}, {line.seconds:.0f} s"


def _agrees(prompt: str, *, usual: bool) -> bool:
    typed = _read(prompt).strip().casefold()
    return usual if not typed else typed.startswith("y")


def _read(prompt: str) -> str:
    """Read a line, carrying out `:` commands; raises when the input ends or the learner leaves."""
    while True:
        line = typed_line(prompt)
        if line.strip() in {":q", ":quit"}:
            raise EndOfInput
        if not line.startswith(":"):
            return line
        _say(INTRODUCTION)


def _say(text: str) -> None:
    click.echo(text)


__all__: Sequence[str] = ["LineQuiz", "facts", "result_lines", "run_last", "run_lines", "verdict_words"]
