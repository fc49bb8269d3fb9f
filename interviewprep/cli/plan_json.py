"""Interview plans as `--json` prints them (docs/json.md)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from interviewprep.cli.context import iso_day
from interviewprep.study.plan_dates import days_off_words

if TYPE_CHECKING:
    from interviewprep.memory.plan.calibration import Calibration
    from interviewprep.study.outlook import Outlook
    from interviewprep.study.plan_choice import PlanStanding


def plan_json(standing: PlanStanding) -> dict[str, object]:
    """A plan as it stands."""
    plan, situation = standing.plan, standing.situation
    return {
        "plan": plan.name,
        "interview": iso_day(plan.on_day),
        "time": plan.time or None,
        "days_left": plan.interview_day - situation.today,
        "sessions": sum(situation.seconds_on(day) > 0 for day in situation.study_days),
        "minutes": plan.minutes,
        "days_off": days_off_words(plan.off).split(",") if days_off_words(plan.off) else [],
        "decks": list(plan.cards.decks),
        "tags": list(plan.cards.tags),
        "levels": list(plan.cards.levels),
        "topics": list(plan.cards.topics),
        "cards": len(situation.cards),
        "now": round(standing.now, 4),
        "kept": round(plan.choice.recall, 4) if plan.choice else None,
        "rule": str(standing.rule),
        "gone": list(standing.gone),
        "shares_with": list(standing.shares_with),
    }


def outlook_json(found: Outlook) -> dict[str, object]:
    """A plan with its prediction and the check of that."""
    forecast, plan = found.forecast, found.standing.plan
    return {
        **plan_json(found.standing),
        "kept": round(forecast.kept, 4),
        "low": round(forecast.low, 4),
        "high": round(forecast.high, 4),
        "curve": [
            {
                "day": iso_day(point.day),
                "recall": round(point.recall, 4),
                "low": round(point.low, 4),
                "high": round(point.high, 4),
            }
            for point in forecast.curve
        ],
        "by_deck": [
            {"deck": deck.deck, "cards": deck.cards, "now": round(deck.now, 4), "kept": round(deck.kept, 4)}
            for deck in forecast.decks
        ],
        "unreached": forecast.unreached,
        "minutes_to_reach": forecast.minutes_to_reach,
        "minutes_to_goal": forecast.minutes_to_goal,
        "missed": plan.missed,
        "missed_cost": round(plan.missed_cost, 4),
        "missed_day_cost": round(forecast.missed_day_cost, 4),
        "calibration": _calibration_json(found.calibration),
    }


def _calibration_json(found: Calibration | None) -> dict[str, object] | None:
    if found is None:
        return None
    return {
        "reviews": found.reviews,
        "predicted": round(found.predicted, 4),
        "actual": round(found.actual, 4),
        "error": round(found.error, 4),
        "bins": [{key: round(value, 4) for key, value in part._asdict().items()} for part in found.bins],
    }
