"""What a plan promises, put together for a screen or a command; seconds of work, for a thread."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from interviewprep.memory.plan.calibration import Calibration, calibration
from interviewprep.memory.plan.forecast import Forecast, forecast
from interviewprep.memory.plan.gain import no_pause
from interviewprep.study.desk import Desk
from interviewprep.study.plan_choice import PlanStanding

FEW_WAYS = 4
"""Simulated ways for the two figures of the home screen; half as many where there are MANY_CARDS."""
MANY_CARDS = 1000


@dataclass(frozen=True, slots=True)
class Outlook:
    """One plan's prediction and its check."""

    standing: PlanStanding
    forecast: Forecast
    calibration: Calibration | None
    """Predictions against outcomes so far; None before there are any."""
    titles: dict[str, str]
    """Deck titles by id."""


def outlook(
    desk: Desk,
    standing: PlanStanding,
    *,
    is_over: Callable[[], bool] = lambda: False,
    pause: Callable[[], None] = no_pause,
) -> Outlook:
    """Predict one plan. Reads by a connection of its own, so it may run in a thread."""
    return Outlook(
        standing=standing,
        forecast=forecast(
            standing.situation, standing.rule, seed=standing.seed, pause=pause, is_over=is_over
        ),
        calibration=calibration(desk.recalls()),
        titles={deck.id: deck.title for deck in desk.library.decks},
    )


def brief_forecast(standing: PlanStanding, *, pause: Callable[[], None] = no_pause) -> Forecast:
    """The figures of the home screen: few simulated ways, no question about minutes."""
    return forecast(
        standing.situation,
        standing.rule,
        seed=standing.seed,
        paths=FEW_WAYS if len(standing.situation.cards) < MANY_CARDS else FEW_WAYS // 2,
        pause=pause,
        is_over=lambda: True,
    )
