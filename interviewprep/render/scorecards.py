"""A mock interview's figures in words, the same on the screen, on plain lines and in a report."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from interviewprep.render.charts import bar
from interviewprep.render.words import clock, percent, plural

if TYPE_CHECKING:
    from interviewprep.study.mock import Mock
    from interviewprep.study.mock_course import Asked
    from interviewprep.study.scorecard import Answered, Calibration, Scorecard, Tally

NOTHING: Final = "No question was answered."
LEFT_OVER_SECONDS: Final = 30
"""So much time left over is worth a word."""
WORDS: Final = {
    "said": "said",
    "unsure": "perhaps said",
    "partly": "said in part",
    "missed": "not said",
    "contradicted": "said the contrary",
}
SIGNS: Final = {"said": "✓", "unsure": "?", "partly": "~", "missed": "·", "contradicted": "✗"}


def kind_words(card: Scorecard) -> list[str]:
    """`ML engineer`, `20 minutes`, `8 questions`, `typed`."""
    options = card.options
    found = [options.role, plural(options.minutes, "minute"), plural(card.questions, "question")]
    found.append("spoken" if options.spoken else "typed")
    return [*found, "any topics"] if options.random else found


def points_words(points: Tally) -> str:
    """`said 21 of 30 points, 3 more in part`."""
    partly = f", {points.partly} more in part" if points.partly else ""
    return f"said {points.said} of {plural(points.of, 'point')}{partly}"


def facts(card: Scorecard) -> list[str]:
    """What else is to say of the whole: follow-ups, misconceptions, pace, questions not reached."""
    found = []
    if card.follow_ups.of:
        partly = f", {card.follow_ups.partly} more in part" if card.follow_ups.partly else ""
        found.append(f"{card.follow_ups.said} of {plural(card.follow_ups.of, 'follow-up')} right{partly}")
    found.append(f"stated {plural(card.stated, 'misconception')}" if card.stated else "no misconception")
    found.append(
        f"{round(card.seconds)} s an answer, {round(card.target_seconds)} s asked"
        f" ({clock(card.total_seconds)} in all)"
    )
    if card.not_reached:
        found.append(f"{plural(card.not_reached, 'question')} not reached")
    if card.left_over >= LEFT_OVER_SECONDS:
        found.append(f"no question was left with {clock(card.left_over)} to go")
    return found


def place_words(asked: Asked) -> str:
    """`2 of about 8`, past those planned `9`; `2 of 8` where there are no more."""
    if asked.number > asked.of:
        return str(asked.number)
    return f"{asked.number} of {'about ' if asked.has_spare else ''}{asked.of}"


def shortage_words(mock: Mock) -> str:
    """Why there are fewer questions than the time allows; empty where there are enough."""
    if not mock.is_short:
        return ""
    options, count = mock.options, len(mock.items)
    wanted = [name for name, is_given in (("topics", options.topics), ("level", options.levels)) if is_given]
    match = f"match the {' and '.join(wanted)}" if wanted else "can be asked"
    if count == 1 and wanted:
        match = match.replace("match", "matches", 1)
    return f"Only {plural(count, 'question')} {match}, so it may end early."


def topic_lines(card: Scorecard, *, width: int = 8, names: int = 28) -> list[str]:
    """A line a topic: its name, a bar, `4 of 11`."""
    room = min(names, max((len(t.topic) for t in card.topics), default=0))
    return [
        f"{_cut(t.topic, room):<{room}}  {bar(t.points.share, width)}  {t.points.said} of {t.points.of}"
        for t in card.topics
    ]


def calibration_lines(card: Scorecard, *, width: int = 8) -> list[str]:
    """A line a confidence: how many of those answers were right, as a bar and in figures."""
    return [
        f"{c.word:<5}  {bar(c.right / c.of if c.of else 0, width)}  {calibration_words(c)}"
        for c in card.calibration
    ]


def calibration_words(found: Calibration) -> str:
    """`4 of 6 right`; `never` where it was not given."""
    return f"{found.right} of {found.of} right" if found.of else "never"


def score_words(card: Scorecard) -> str:
    """`70 %`."""
    return percent(card.points.share)


def pace_words(found: Answered) -> str:
    """`1:34 (asked 1:30)`."""
    return f"{clock(found.entry.duration_ms / 1000)} (asked {clock(found.target_seconds)})"


def verdict_words(found: Answered) -> str:
    """`2 of 3 points, sure and wrong`: an answer in one line; of a follow-up not judged only `sure`."""
    marks = found.marks
    partly = f", {marks.partly} in part" if marks.partly else ""
    words = [f"{marks.said} of {plural(len(marks.points), 'point')}{partly}"]
    if found.stated:
        words.append(f"stated {plural(len(found.stated), 'misconception')}")
    if found.entry.confidence is not None:
        sure = {1: "guessed", 2: "thought so", 3: "sure"}[found.entry.confidence]
        words.append(f"{sure} and {'right' if found.is_right else 'wrong'}" if found.is_judged else sure)
    if found.entry.is_corrected:
        words.append("marks changed by hand")
    return ", ".join(words)


def _cut(text: str, width: int) -> str:
    return text if len(text) <= width else text[: width - 1] + "…"
