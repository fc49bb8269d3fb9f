"""A numeric card as plain lines: worked example, last step, free question, verdict, rating."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import click

from interviewprep.checks.grade import Outcome, Verdict
from interviewprep.memory.types import Rating
from interviewprep.render.checks import working
from interviewprep.render.plain import plain
from interviewprep.study.drill import Ask, Drill, Response
from interviewprep.study.rounds import Round, Stage

if TYPE_CHECKING:
    from interviewprep.store.records import Recorded

LINE = 74
SURE = 3
Read = Callable[[str], str]
"""Reads a line after a prompt, carrying out `:` commands; raises when the input ends or the card goes."""


class LineCheck:
    """Asks one numeric card; `read` is the drill's."""

    def __init__(self, drill: Drill, ask: Ask, asked: Round, read: Read) -> None:
        self._drill = drill
        self._ask = ask
        self._round = asked
        self._read = read
        self._first_try_seconds = 0.0
        self._confidence: int | None = None

    def run(self) -> tuple[Rating, Recorded]:
        """Through all stages; returns the rating recorded."""
        asked = self._round
        if asked.stage is Stage.EXAMPLE:
            _say("A worked example: read it, then you try.")
            self._show_question()
            self._show_working()
            self._read("Enter goes on> ")
            asked.go_on()
        if asked.stage is Stage.COMPLETION:
            self._complete()
            asked.go_on()
        return self._free()

    def _complete(self) -> None:
        _say("")
        _say("Now with the last step missing:")
        began = time.monotonic()
        self._show_question()
        self._show_steps(self._round.shown)
        self._tries()
        self._show_working()
        rating = Rating.AGAIN if self._round.has_mistake or not self._round.tries else Rating.GOOD
        response = self._response(rating, None, time.monotonic() - began, time.monotonic() - began)
        self._drill.practised(self._ask, response, part="completion")

    def _free(self) -> tuple[Rating, Recorded]:
        if self._ask.is_new:
            _say("")
            _say("And now all of it:")
        began = time.monotonic()
        self._show_question()
        self._tries()
        thought = time.monotonic() - began
        self._show_working()
        target = self._drill.desk.settings.target_seconds
        sure = None if self._confidence is None else self._confidence == SURE
        suggestion = self._round.suggestion(self._first_try_seconds, target=target, sure=sure)
        computed = suggestion.rating if suggestion else Rating.AGAIN
        _say(f"Computed: {computed.name.capitalize()}, {suggestion.reason if suggestion else 'not solved'}")
        rating = self._rate(computed)
        response = self._response(rating, computed, thought, time.monotonic() - began)
        return rating, self._drill.answer(self._ask, response)

    def _show_question(self) -> None:
        _say(plain(self._round.prompt))
        _say(f"  (variant {self._round.seed})")

    def _tries(self) -> None:
        """Read answers until the question is over. Enter alone gives up."""
        asked = self._round
        began = time.monotonic()
        prompt = "answer> "
        while not asked.is_over:
            typed = self._read(prompt)
            if not typed.strip():
                asked.give_up()
                break
            self._ask_how_sure()
            verdict = asked.hand_in(typed)
            if not self._first_try_seconds and verdict.outcome is not Outcome.UNREADABLE:
                self._first_try_seconds = time.monotonic() - began
            _say(_sentence(verdict))
            if verdict.outcome is Outcome.WRONG and not asked.is_over:
                prompt = "once more (Enter shows the working)> "

    def _ask_how_sure(self) -> None:
        """Once, before the first verdict on the answer that counts."""
        wanted = self._drill.desk.settings.confidence == "always" and self._round.stage is Stage.FREE
        if wanted and not self._round.tries and self._confidence is None:
            from interviewprep.cli.line import how_sure

            self._confidence = how_sure(self._read)

    def _show_working(self) -> None:
        self._show_steps(self._round.variant.steps)
        _say(f"  check: {self._round.variant.solution.sense}")

    def _show_steps(self, steps: Sequence[str]) -> None:
        for line in working(steps, width=LINE, plain=True):
            _say(f"  {line}")

    def _rate(self, computed: Rating) -> Rating:
        """Lower freely, higher by typing it twice."""
        wanted: Rating | None = None
        while True:
            typed = self._read(f"rate 1-4 [{int(computed)}]> ").strip()
            if not typed:
                return computed
            if typed not in {"1", "2", "3", "4"}:
                _say("Type 1 Again, 2 Hard, 3 Good or 4 Easy; Enter alone takes the one in brackets.")
                continue
            rating = Rating(int(typed))
            if rating <= computed or rating is wanted:
                return rating
            wanted = rating
            _say(f"That is higher than computed. Type {typed} again to raise it.")

    def _response(self, rating: Rating, suggested: Rating | None, thought: float, seconds: float) -> Response:
        asked = self._round
        return Response(
            rating=rating,
            answer=asked.answer,
            verdict=asked.verdict,
            suggested=suggested,
            hints=asked.hints,
            attempts=max(1, len(asked.tries)),
            mistake=asked.mistake,
            think_ms=round(thought * 1000),
            duration_ms=round(seconds * 1000),
            confidence=self._confidence,
        )


def _sentence(verdict: Verdict) -> str:
    return f"{verdict.message} {verdict.cure}".strip()


def _say(text: str) -> None:
    click.echo(text)
