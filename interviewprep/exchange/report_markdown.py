"""A mock interview's scorecard and answers as Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from interviewprep.render.clean import clean
from interviewprep.render.scorecards import (
    NOTHING,
    SIGNS,
    WORDS,
    calibration_words,
    facts,
    kind_words,
    pace_words,
    points_words,
    score_words,
    verdict_words,
)
from interviewprep.render.words import day_label, percent, plural

if TYPE_CHECKING:
    from interviewprep.study.scorecard import Answered, Scorecard

_MARKUP: Final = re.compile(r"([\\`*_\[\]<>#|$~])")


def document(card: Scorecard, *, day: int) -> str:
    """The whole report, paragraphs apart by empty lines."""
    return "\n\n".join(_parts(card, day)) + "\n"


def _parts(card: Scorecard, day: int) -> Iterator[str]:
    yield "# Mock interview"
    yield _own(f"{day_label(day, today=0, weekday=True)}, {', '.join(kind_words(card))}")
    if not card.answers:
        yield NOTHING
        return
    yield f"**{score_words(card)}**: {points_words(card.points)}"
    yield _bullets(facts(card))
    yield "## By topic"
    rows = [
        f"| {_own(t.topic)} | {plural(t.questions, 'question')} | {t.points.said} of {t.points.of}"
        f" | {percent(t.points.share)} |"
        for t in card.topics
    ]
    yield "\n".join(["| topic | asked | points said | |", "| --- | --- | --- | ---: |", *rows])
    if card.calibration:
        yield "## How sure, and how often right"
        yield _bullets([f"{c.word}: {calibration_words(c)}" for c in card.calibration])
    if card.study_next:
        yield "## Study next"
        yield "\n".join(
            f"{n}. {_line(found.question)} ({_own(found.topic)}: {found.why})"
            for n, found in enumerate(card.study_next, 1)
        )
    yield "## Question by question"
    if card.opening_text:
        yield f"### Opening\n\n{_own(card.opening)}"
        yield _quoted(card.opening_text)
    for found in card.answers:
        yield from _answer(found, spoken=card.options.spoken)


def _answer(found: Answered, *, spoken: bool) -> Iterator[str]:
    title = f"Question {found.number}" if found.entry.is_question else "Follow-up"
    yield f"{'###' if found.entry.is_question else '####'} {title}: {_line(found.card.question)}"
    yield f"{_own(found.item.topic)}; {verdict_words(found)}; {pace_words(found)}"
    if not spoken:
        yield "Your answer:"
        yield _quoted(found.entry.text) if found.entry.text else "> (none)"
    lines = [
        f"{SIGNS[word]} {_line(point.text)} ({point.weight}, {WORDS[word]})"
        for point in found.card.key_points
        for word in [found.marks.points[point.id]]
    ]
    yield _bullets(lines)
    for wrong in found.stated:
        yield f"You stated: “{_line(wrong.wrong)}” {_line(wrong.why)}"
    if found.entry.is_question:
        yield "A good answer:"
        yield found.card.short


def _bullets(lines: list[str]) -> str:
    return "\n".join(f"- {line}" for line in lines)


def _line(text: str) -> str:
    return " ".join(text.split())


def _own(text: str) -> str:
    """What a person typed, so that Markdown shows it as it is."""
    return _MARKUP.sub(r"\\\1", clean(text))


def _quoted(text: str) -> str:
    return "\n".join(f"> {_own(line)}" for line in text.splitlines())
