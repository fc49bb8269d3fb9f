"""An interview plan in words and small pictures: plain lines, the same for screen and command line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from interviewprep.render.charts import bar
from interviewprep.render.words import day_label, percent, plural

if TYPE_CHECKING:
    from interviewprep.memory.plan.calibration import Calibration
    from interviewprep.memory.plan.forecast import DayForecast, Forecast
    from interviewprep.study.outlook import Outlook
    from interviewprep.study.plan_choice import PlanStanding
    from interviewprep.study.plan_config import Plan

BAR: Final = 16
_LABEL: Final = 6
_BELOW: Final = "▓"
_BAND: Final = "▒"
_FEWEST: Final = 8
FEW_CHECKS: Final = 50
"""Fewer answers than this check nothing yet."""
PREDICTION: Final = "A prediction of a model of memory, not a promise."


def days_ahead(days: int) -> str:
    """`today`, `tomorrow`, `in 16 days`."""
    return {0: "today", 1: "tomorrow"}.get(days, f"in {days} days")


def plan_line(plan: Plan, today: int) -> str:
    """`Acme: Thu 10 Dec 14:00, in 16 days, 25 minutes a day`."""
    at = f" {plan.time}" if plan.time else ""
    day = day_label(plan.on_day, today=today, weekday=True)
    ahead = days_ahead(plan.interview_day - today)
    return f"{plan.name}: {day}{at}, {ahead}, {minutes_words(plan.minutes)} a day"


def minutes_words(minutes: float) -> str:
    """`25 minutes`, `1 minute`."""
    return plural(round(minutes), "minute")


def recall_lines(forecast: Forecast) -> list[str]:
    """Readiness now and if the plan is kept, each with its bar."""
    kept = f"{percent(forecast.kept):>6}"
    if forecast.high - forecast.low >= 0.01:
        kept += f"   ({round(forecast.low * 100)} to {percent(forecast.high)})"
    cards = plural(forecast.cards, "card")
    return [
        f"on the day you would recall  {bar(forecast.now, BAR)} {percent(forecast.now):>6}   of {cards}",
        f"if you keep the plan         {bar(forecast.kept, BAR)} {kept}",
    ]


def left_line(forecast: Forecast, plan: Plan) -> str:
    """Days and sessions left, and the minutes of each."""
    if forecast.days_left <= 0:
        return "The interview is today: a warm-up asks for one line each, what is most at risk first."
    days = plural(forecast.days_left, "day")
    return f"{days} and {plural(forecast.sessions, 'session')} of {minutes_words(plan.minutes)} left"


def deck_lines(outlook: Outlook, width: int) -> list[str]:
    """Readiness by topic, now and if the plan is kept; the weakest first."""
    figures = 34 if width >= 70 else 20
    room = max(12, width - figures)
    lines = [f"{'topic':<{room}}{'cards':>6}{'now':>7}{'kept':>7}"]
    for deck in sorted(outlook.forecast.decks, key=lambda d: (d.now, d.kept, d.deck)):
        title = outlook.titles.get(deck.deck, deck.deck)
        title = title if len(title) < room else title[: room - 2] + "…"
        line = f"{title:<{room}}{deck.cards:>6}{percent(deck.now):>7}{percent(deck.kept):>7}"
        lines.append(line + (f"  {bar(deck.kept, 12)}" if width >= 70 else ""))
    return lines


def advice_lines(outlook: Outlook) -> list[str]:
    """What cannot be reached, what 90 % takes, what missed days cost."""
    forecast, standing = outlook.forecast, outlook.standing
    plan = standing.plan
    lines = []
    if forecast.unreached and forecast.days_left > 0:
        line = f"{plural(forecast.unreached, 'card')} will not be seen"
        enough = forecast.minutes_to_reach
        if enough and enough > plan.minutes:
            them = "it" if forecast.unreached == 1 else "them"
            line += f": {minutes_words(enough)} a day would reach {them}"
        lines.append(f"{line}.")
    if forecast.minutes_to_goal is not None and forecast.sessions:
        words = minutes_words(forecast.minutes_to_goal)
        enough_now = forecast.minutes_to_goal <= plan.minutes
        lines.append(f"90 % takes {'no more than ' if enough_now else ''}about {words} a day.")
    elif forecast.sessions and forecast.kept < 0.9:
        lines.append("90 % is out of reach in the days left: choose fewer topics, or take what is most.")
    if plan.missed:
        cost = points(plan.missed_cost)
        lines.append(f"{plural(plan.missed, 'day')} missed cost {cost}; the plan was made anew since.")
    if forecast.sessions and forecast.missed_day_cost >= 0.0005:
        lines.append(f"Missing the next session would cost {points(forecast.missed_day_cost)}.")
    lines += standing_lines(standing)
    return lines


def standing_lines(standing: PlanStanding) -> list[str]:
    """What is out of the ordinary about a plan."""
    lines = []
    if standing.gone:
        lines.append(f"Gone from the decks: {', '.join(standing.gone)}. The plan goes on with what is left.")
    if not standing.situation.cards:
        lines.append("No card is left in this plan; ordinary scheduling goes on.")
    if standing.shares_with:
        lines.append(
            f"Shares the day's minutes with {', '.join(standing.shares_with)}, by what each card wins."
        )
    return lines


def points(share: float) -> str:
    """`2 points`, `0.4 points`: of a hundred."""
    hundredths = share * 100
    return f"{hundredths:.0f} points" if hundredths >= 1.5 else f"{hundredths:.1f} points"


def readiness_curve(
    curve: Sequence[DayForecast], *, now: float, today: int, interview_day: int, width: int, height: int
) -> list[str]:
    """Predicted recall on the day if one stopped after each session, from now to the day.

    Filled up to where nine times in ten it is at least; the band of uncertainty above is lighter. Rows of
    percentages at the left, dates below.
    """
    columns = width - _LABEL
    if not curve or columns < _FEWEST or height < 2:
        return []
    span = max(1, interview_day - today)
    levels = [(now, now)]
    by_day = {point.day + 1: (point.low, point.high) for point in curve}
    for day in range(today + 1, interview_day + 1):
        levels.append(by_day.get(day, levels[-1]))
    rows = []
    for row in range(height, 0, -1):
        label = f"{round(100 * row / height)} %" if row in (height, (height + 1) // 2) else ""
        cells = ""
        for column in range(columns):
            low, high = levels[round(column * span / (columns - 1))]
            middle = (row - 0.5) / height
            cells += _BELOW if middle <= low else _BAND if middle <= max(high, low + 0.5 / height) else " "
        rows.append(f"{label:>{_LABEL - 1}} {cells}".rstrip())
    first, last = "now", day_label(interview_day, today=today)
    rows.append(" " * _LABEL + first + " " * (columns - len(first) - len(last)) + last)
    rows.append(" " * _LABEL + f"{_BAND} nine times in ten it ends in this band")
    return rows


def calibration_lines(found: Calibration | None) -> list[str]:
    """Predicted beside actual recall over the answers so far."""
    if found is None or found.reviews < FEW_CHECKS:
        have = found.reviews if found else 0
        return [f"{PREDICTION} Its check needs {FEW_CHECKS} repeated answers; so far there are {have}."]
    said = (
        f"Its check: over {plural(found.reviews, 'answer')} it said {percent(found.predicted)},"
        f" and {percent(found.actual)} were recalled."
    )
    lines = [f"{PREDICTION} {said}", ""]
    lines.append(f"{'it said':<12}{'you recalled':<{BAR + 10}}answers")
    for part in found.bins:
        said = f"{round(part.low * 100)} to {round(part.high * 100)} %"
        mark = round(part.predicted * BAR)
        drawn = list(bar(part.actual, BAR))
        drawn[min(BAR - 1, mark)] = "┃"
        lines.append(f"{said:<12}{''.join(drawn)} {percent(part.actual):>6}   {part.reviews:>7,}")
    lines.append("┃ is what was said; the filled part is what came true.")
    return lines
