"""The drill as plain lines: for pipes, scripts and screen readers. Drives the same `Drill` as the screen."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import click

from interviewprep.cards.model import Card
from interviewprep.cli.typed_line import EndOfInput, typed_line
from interviewprep.memory.types import Rating
from interviewprep.render.clean import clean
from interviewprep.render.plain import plain
from interviewprep.render.words import duration, plural
from interviewprep.store.records import Recorded
from interviewprep.study.drill import Ask, Drill, Response
from interviewprep.study.sheet import AnswerSheet

if TYPE_CHECKING:
    from interviewprep.study.rounds import Round

INTRODUCTION = """\
Think of the answer, or type it, and press Enter to see the card's answer.
Then rate yourself: 1 Again (failed), 2 Hard, 3 Good, 4 Easy. Enter alone takes the suggestion.
At any prompt: :u undo, :b bury until tomorrow, :s suspend, :k known, :h hint, :q quit, :? this help."""

MORE = """\
Rate 1 to 4, or type: d detailed, a analogy, e example, m misconceptions, o one-liner,
x 1 3 to tick what you said by number. Enter alone takes the rating shown in brackets.
:o asks your language model about a typed answer (setting llm)."""


class _NextCard(Exception):
    """The open question was hidden or replaced; ask what comes now."""


class _TicksChanged(Exception):
    """The ticks were changed by a command, so that the suggestion is another."""


class LineDrill:
    """One sitting on plain lines."""

    def __init__(self, drill: Drill) -> None:
        self._drill = drill

    def run(self) -> int:
        """Ask until nothing is left or the input ends; returns the exit code."""
        _say(INTRODUCTION)
        _say_ended_plans(self._drill)
        try:
            while (ask := self._drill.next()) is not None:
                try:
                    self._one(ask)
                except _NextCard:
                    continue
        except EndOfInput:
            pass
        self._sum_up()
        for warning in self._drill.desk.warnings:
            click.echo(warning, err=True)
        self._drill.close()
        if sys.stdin.isatty():
            _choose_rules(self._drill)
        return 0

    def _one(self, ask: Ask) -> None:
        drill = self._drill
        left = drill.counts().total
        _say("")
        if ask.round is not None:
            _say(f"-- numeric check, {'new' if ask.is_new else ask.reason}, {left} to go")
            self._check(ask, ask.round)
            return
        _say(f"-- {ask.card.partition('#')[0]}, {'new' if ask.is_new else ask.reason}, {left} to go")
        _say(plain(ask.text))
        for number, option in enumerate(ask.face.options, 1):
            _say(f"  {number}. {clean(option)}")
        card = drill.card(ask.card)
        sheet = AnswerSheet(card)
        began = time.monotonic()
        sheet.text = self._read("answer> ", ask, sheet)
        if drill.desk.settings.confidence == "always":
            sheet.confidence = how_sure(lambda prompt: self._read(prompt, ask, sheet))
        revealed = time.monotonic()
        sheet.grade()
        self._reveal(card, sheet)
        rating = self._rate(ask, sheet)
        ended = time.monotonic()
        suggested = sheet.suggestion()
        recorded = drill.answer(
            ask,
            Response(
                rating=rating,
                answer=sheet.text,
                verdict=sheet.verdict(),
                suggested=suggested.rating if suggested else None,
                hints=sheet.hints,
                think_ms=round((revealed - began) * 1000),
                duration_ms=round((ended - began) * 1000),
                confidence=sheet.confidence,
            ),
        )
        self._confirm(ask, rating, recorded)

    def _check(self, ask: Ask, asked: Round) -> None:
        from interviewprep.cli.line_checks import LineCheck

        check = LineCheck(self._drill, ask, asked, lambda prompt: self._read(prompt, ask, asked))
        self._confirm(ask, *check.run())

    def _reveal(self, card: Card, sheet: AnswerSheet) -> None:
        _say("")
        _say("Answer: " + plain(card.short or _right_options(card)))
        points = len(card.key_points)
        for number, point in enumerate(card.key_points, 1):
            _say(f"  {number}. {point.weight}: {plain(point.text)}{_evidence(sheet, number - 1)}")
        for number, wrong in enumerate(card.misconceptions, points + 1):
            if sheet.is_ticked(number - 1) or sheet.is_unsure(number - 1):
                _say(f'  {number}. wrong: "{plain(wrong.wrong)}"{_evidence(sheet, number - 1)}')

    def _rate(self, ask: Ask, sheet: AnswerSheet) -> Rating:
        raised: Rating | None = None
        while True:
            default = sheet.default_rating()
            reason = sheet.suggestion()
            if reason:
                _say(f"Suggested: {reason.rating.name.capitalize()}, {reason.reason}")
            try:
                typed = self._read(f"rate 1-4 [{int(raised or default)}]> ", ask, sheet).strip().casefold()
            except _TicksChanged:
                raised = None
                continue
            if not typed:
                return sheet.capped(raised) if raised else default
            if typed not in {"1", "2", "3", "4"}:
                raised = None
                self._more(typed, sheet)
                continue
            rating = Rating(int(typed))
            if rating is raised or not sheet.is_raise(rating):
                return sheet.capped(rating)
            raised = rating
            _say(f"{rating.name.capitalize()} is above what is suggested; Enter keeps it.")

    def _more(self, typed: str, sheet: AnswerSheet) -> None:
        """Show a section or tick key points."""
        words = typed.split()
        if words[0] == "x" and len(words) > 1:
            count = len(sheet.lines)
            for word in words[1:]:
                if not word.isdecimal() or not 1 <= int(word) <= count:
                    _say(f"There is no line {word}; write numbers from 1 to {count}.")
                    return
            for word in words[1:]:
                sheet.toggle(int(word) - 1)
            said = [str(i + 1) for i in range(count) if sheet.is_ticked(i)]
            _say("Ticked: " + (", ".join(said) or "none"))
            return
        section = section_text(sheet.card, typed)
        _say(section if section else MORE)

    def _confirm(self, ask: Ask, rating: Rating, recorded: Recorded) -> None:
        words = f"{rating.name.capitalize()}."
        if recorded.after is not None:
            days = recorded.after.due_day - recorded.after.last_day
            words += (
                " It comes again in this drill."
                if recorded.after.repeat_day is not None
                else f" Due again in {plural(days, 'day')}."
            )
        _say(words)
        if recorded.leech:
            _say(
                f"{ask.card} was failed {recorded.after.lapses if recorded.after else 'many'} times and is "
                "suspended. Rewrite it or split it (`interviewprep decks edit`), then unsuspend it."
            )

    def _read(self, prompt: str, ask: Ask, sheet: AnswerSheet | Round) -> str:
        """Read a line, carrying out `:` commands; raises when the input ends or the card goes away."""
        while True:
            line = typed_line(prompt)
            if not line.startswith(":"):
                return line
            self._command(line[1:].strip().casefold(), ask, sheet)

    def _command(self, command: str, ask: Ask, sheet: AnswerSheet | Round) -> None:
        drill = self._drill
        if command in {"q", "quit"}:
            raise EndOfInput
        if command in {"u", "undo"}:
            undone = drill.undo()
            if undone is None:
                _say("There is nothing to undo.")
                return
            _say(f"Took back: {undone.kind} of {undone.card}")
            raise _NextCard
        if command in {"o", "opinion"} and isinstance(sheet, AnswerSheet):
            from interviewprep.cli.line_opinion import opinion

            if opinion(drill.desk, sheet, lambda prompt: self._read(prompt, ask, sheet)):
                raise _TicksChanged
            return
        if command in {"h", "hint"}:
            hint = sheet.hint()
            _say(f"Hint: {plain(hint)} (Hard at most)" if hint else "There are no more hints.")
            return
        if command in {"k", "known"} and not ask.is_new:
            _say("Only a new card can be marked as known; :s suspends this one.")
            return
        actions = {"b": drill.bury, "bury": drill.bury, "s": drill.suspend, "suspend": drill.suspend}
        actions |= {"k": drill.know, "known": drill.know}
        if command in actions:
            actions[command](ask.card)
            _say(f"Hidden: {ask.card} (:u takes it back)")
            raise _NextCard
        _say(INTRODUCTION)

    def _sum_up(self) -> None:
        found = self._drill.summary()
        if not found.answers:
            _say("Nothing recorded." if self._drill.next() else "Nothing is due. Come back tomorrow.")
            return
        ratings = ", ".join(f"{n} {r.name.capitalize()}" for r, n in found.ratings.items() if n)
        _say("")
        _say(f"Done: {plural(found.answers, 'answer')} in {duration(found.seconds)}: {ratings}.")
        if found.missed:
            _say("Missed: " + ", ".join(found.missed))
        _say(f"Due tomorrow: {plural(found.due_tomorrow, 'card')}.")


def _say_ended_plans(drill: Drill) -> None:
    """Say which interview plans are over."""
    desk = drill.desk
    if not desk.plan_facts(desk.today()).plans:
        return
    from interviewprep.study.planning import end_past_plans, ended_message

    for plan in end_past_plans(desk):
        _say(ended_message(plan))


def how_sure(read: Callable[[str], str]) -> int | None:
    """Ask how sure the learner is: 1 guess, 2 think, 3 sure; None for Enter alone."""
    while True:
        typed = read("how sure? 1 guess, 2 think, 3 sure> ").strip()
        if typed in {"", "1", "2", "3"}:
            return int(typed) if typed else None
        _say("Write 1, 2 or 3, or press Enter to leave it open.")


def _choose_rules(drill: Drill) -> None:
    """See that interview plans follow a rule that fits; here, for it may take two seconds."""
    desk = drill.desk
    if not desk.plan_facts(desk.today()).plans:
        return
    from interviewprep.study.plan_choice import CHOICE_SECONDS, choose_rule, keep_choice, plans_standing

    end = time.monotonic() + CHOICE_SECONDS
    for standing in plans_standing(desk):
        if standing.needs_choice:
            keep_choice(desk, choose_rule(standing, is_over=lambda: time.monotonic() > end))


def section_text(card: Card, letter: str) -> str:
    """A further part of the answer as plain lines; '' for an unknown letter."""
    nothing = "This card has none."
    if letter == "d":
        return plain(card.detailed) if card.detailed else nothing
    if letter == "a":
        parts = [f"{plain(a.text)}\n  It breaks: {plain(a.breaks or 'not said')}" for a in card.analogies]
        return "\n".join(parts) or nothing
    if letter == "e":
        return plain(card.example) if card.example else nothing
    if letter == "m":
        parts = [f'Wrong: "{plain(m.wrong)}"\n  {plain(m.why)}' for m in card.misconceptions]
        return "\n".join(parts) or nothing
    if letter == "o":
        return plain(card.one_liner) if card.one_liner else nothing
    return ""


def _evidence(sheet: AnswerSheet, place: int) -> str:
    """A tick and the words of the typed answer that decided a line."""
    words = sheet.evidence(place)
    if sheet.is_ticked(place):
        return f' [x] you: "{words}"' if words else " [x]"
    box = "[?]" if sheet.is_unsure(place) else "[ ]"
    return f' {box} you: "{words}"' if words else ""


def _right_options(card: Card) -> str:
    options: Sequence[object] = getattr(card, "options", ())
    right = [
        f"{getattr(o, 'text', '')}: {getattr(o, 'why', '')}" for o in options if getattr(o, "right", False)
    ]
    return "\n".join(right) or "(this card has no answer)"


def _say(text: str) -> None:
    click.echo(text)
