"""A mock interview as plain lines: for pipes, scripts and screen readers."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import click

from interviewprep.cli.line_answers import how_sure_or_more, read_answer
from interviewprep.cli.typed_line import EndOfInput, typed_line
from interviewprep.render.clean import clean
from interviewprep.render.plain import plain
from interviewprep.render.scorecards import (
    NOTHING,
    SIGNS,
    calibration_lines,
    facts,
    kind_words,
    pace_words,
    place_words,
    points_words,
    score_words,
    shortage_words,
    topic_lines,
    verdict_words,
)
from interviewprep.render.words import clock, plural
from interviewprep.study.mock import Mock
from interviewprep.study.mock_course import Asked, Stage

if TYPE_CHECKING:
    from interviewprep.cards.model import Card
    from interviewprep.study.scorecard import Answered, Scorecard

TYPED = """\
Answer in your own words and press Enter; Enter alone passes on the question.
An answer of several lines: paste it, or end each line but the last with a backslash."""
SPOKEN = "Answer aloud, then press Enter; after each answer you tick what you said."
HELP = """\
There are no hints and no way back; the scorecard at the end shows the answers.
At any prompt: :q leave and go on another time, :e end now and see the scorecard, :? this help."""
NEXT = "d drill what to study next, v compare answers, Enter end> "


class _EndNow(Exception):
    """The learner wants the scorecard."""


class LineMock:
    """One mock interview on plain lines."""

    def __init__(self, mock: Mock, now: Callable[[], float] = time.monotonic) -> None:
        """`now` counts seconds."""
        self._mock = mock
        self._now = now
        self._began = now()
        self._before_ms = mock.state.open_ms
        self._draft = mock.state.draft

    def run(self) -> int:
        """Ask until everything is asked or the input ends; returns the exit code."""
        mock = self._mock
        options = mock.options
        count = plural(mock.count, "question")
        if mock.count < len(mock.items):
            count = f"about {count}; the clock ends it"
        _say(f"Mock interview, {options.role}: {options.minutes} minutes, {count}.")
        if mock.is_short:
            _say(shortage_words(mock))
        _say(SPOKEN if options.spoken else TYPED)
        _say(HELP)
        try:
            while not mock.is_over:
                self._step()
        except EndOfInput:
            self._keep()
            _say("Left. `interviewprep mock` goes on here.")
            return 0
        except KeyboardInterrupt:
            self._keep()
            raise
        except _EndNow:
            pass
        card = mock.finish()
        _say("")
        for line in scorecard_lines(card):
            _say(line)
        self._afterwards(card)
        return 0

    def _step(self) -> None:
        asked = self._mock.asked()
        if asked is None:
            self._mark()
        else:
            self._ask(asked)
        self._began, self._before_ms, self._draft = self._now(), 0, ""

    def _ask(self, asked: Asked) -> None:
        _say("")
        _say(self._heading(asked))
        _say(plain(asked.text))
        is_spoken = self._mock.options.spoken
        if self._draft:
            _say(f"Written so far (Enter alone hands it in, other words replace it): {clean(self._draft)}")
        text = self._read("speak, then Enter> ") if is_spoken else read_answer("answer> ", self._read)
        self._draft = text = text or self._draft
        spent_ms = self._open_ms()
        confidence: int | None = None
        if asked.asks_confidence and (is_spoken or text):
            confidence, more = how_sure_or_more(self._read)
            text = "\n".join([text, *more])
        self._mock.hand_in(text, duration_ms=spent_ms, confidence=confidence)
        if spent_ms > 1000 * asked.target_seconds:
            _say(
                f"(That took {clock(spent_ms / 1000)}; an interviewer waits about {asked.target_seconds} s.)"
            )

    def _keep(self) -> None:
        """Write down the time spent and what is written."""
        self._mock.keep(self._open_ms(), self._draft, self._mock.state.ticks)

    def _heading(self, asked: Asked) -> str:
        left = clock(max(0.0, self._mock.seconds_left()))
        if asked.stage is Stage.OPENING:
            return f"-- opening, {asked.target_seconds} s, not scored; {left} left"
        what = f"question {place_words(asked)}"
        if asked.stage is Stage.FOLLOW_UP:
            what = f"follow-up to {what}"
        return f"-- {what}, {clean(asked.topic)}, {asked.target_seconds} s; {left} left"

    def _mark(self) -> None:
        marking = self._mock.marking()
        if marking is None:
            return
        lines = point_lines(marking.card)
        _say("A good answer says:")
        for number, line in enumerate(lines, 1):
            _say(f"  {number}. {line}")
        said = self._numbers("you said (numbers, Enter for none)> ", len(lines))
        points = [p.id for p in marking.card.key_points]
        wrong = [m.id for m in marking.card.misconceptions]
        self._mock.mark(
            said={points[n] for n in said if n < len(points)},
            stated={wrong[n - len(points)] for n in said if n >= len(points)},
            marking_ms=self._open_ms(),
        )

    def _numbers(self, prompt: str, count: int) -> set[int]:
        """Places from 0, of numbers typed from 1."""
        while True:
            words = self._read(prompt).replace(",", " ").split()
            if all(w.isdecimal() and 1 <= int(w) <= count for w in words):
                return {int(w) - 1 for w in words}
            _say(f"Write numbers from 1 to {count}, with spaces between.")

    def _afterwards(self, card: Scorecard) -> None:
        if not card.answers:
            return
        while True:
            try:
                typed = self._read(NEXT).strip().casefold()
            except (EndOfInput, _EndNow):
                return
            if typed == "v":
                for line in comparison_lines(card):
                    _say(line)
            elif typed == "d" and card.study_next:
                self._drill([n.card for n in card.study_next])
                return
            elif not typed:
                return

    def _drill(self, cards: Sequence[str]) -> None:
        from interviewprep.cli.line import LineDrill
        from interviewprep.study.drill import Drill, Options
        from interviewprep.study.selection import Selection

        LineDrill(Drill(self._mock.desk, Selection(cards=tuple(cards)), Options(cram=True))).run()

    def _open_ms(self) -> int:
        return self._before_ms + round(1000 * (self._now() - self._began))

    def _read(self, prompt: str) -> str:
        """Read a line, carrying out `:` commands."""
        while True:
            line = typed_line(prompt)
            command = line.strip().casefold()
            if command in {":q", ":quit"}:
                raise EndOfInput
            if command in {":e", ":end"}:
                raise _EndNow
            if not command.startswith(":"):
                return line
            _say(HELP)


def point_lines(card: Card) -> list[str]:
    """Key points, then misconceptions, a line each."""
    found = [f"{point.weight}: {_line(point.text)}" for point in card.key_points]
    return found + [f'wrong: "{_line(m.wrong)}"' for m in card.misconceptions]


def scorecard_lines(card: Scorecard) -> list[str]:
    """The scorecard as plain lines."""
    lines = ["Mock interview: " + ", ".join(kind_words(card))]
    if not card.answers:
        return [*lines, NOTHING]
    lines.append(f"{score_words(card)}: {points_words(card.points)}")
    lines += [f"  {fact}" for fact in facts(card)]
    lines += ["", "By topic", *(f"  {line}" for line in topic_lines(card))]
    if card.calibration:
        lines += ["", "How sure, and how often right", *(f"  {line}" for line in calibration_lines(card))]
    if card.study_next:
        lines += ["", "Study next"]
        lines += [
            f"  {n}. {found.topic}: {_line(found.question)} ({found.why})"
            for n, found in enumerate(card.study_next, 1)
        ]
    return lines


def comparison_lines(card: Scorecard) -> list[str]:
    """Each question with the own answer, what of it was said, and the model answer."""
    lines: list[str] = []
    for found in card.answers:
        lines += ["", *_compared(found, spoken=card.options.spoken)]
    return lines


def _compared(found: Answered, *, spoken: bool) -> list[str]:
    what = f"Question {found.number}" if found.entry.is_question else "  follow-up"
    lines = [f"{what}: {_line(found.card.question)}", f"  {verdict_words(found)}; {pace_words(found)}"]
    if not spoken:
        lines.append("You: " + (clean(found.entry.text) or "(no answer)"))
    for point in found.card.key_points:
        lines.append(f"  {SIGNS[found.marks.points[point.id]]} {point.weight}: {_line(point.text)}")
    for wrong in found.stated:
        lines.append(f'  ✗ you stated: "{_line(wrong.wrong)}" {_line(wrong.why)}')
    if found.entry.is_question:
        lines.append("Model: " + plain(found.card.short))
    return lines


def _line(text: str) -> str:
    """A one-line text of a card, whatever its length."""
    return " ".join(plain(text).split())


def _say(text: str) -> None:
    click.echo(text)
