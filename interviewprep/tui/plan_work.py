"""Plans in the background: rules are chosen and forecasts made in a thread that lets keys go first."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from textual.worker import Worker, get_current_worker

from interviewprep.study.plan_choice import CHOICE_SECONDS, choose_rule, keep_choice, plans_standing
from interviewprep.tui.widgets.plan_lines import Promise

if TYPE_CHECKING:
    from interviewprep.study.plan_choice import PlanStanding
    from interviewprep.study.plan_config import Plan
    from interviewprep.tui.app import InterviewPrepApp

WORK_SECONDS: Final = 0.001
BREATH_SECONDS: Final = 0.0005
"""After so much work the thread sleeps so long."""
SWITCH_SECONDS: Final = 0.001
"""How long another thread waits at most for the interpreter; Python's own 5 ms add up in one key."""
_USUAL_SWITCH_SECONDS: Final = sys.getswitchinterval()
_one_at_a_time = threading.Lock()


class Stopped(Exception):
    """The worker is no longer wanted."""


@contextmanager
def considerate() -> Iterator[Callable[[], None]]:
    """In a thread worker: gives what to call between chunks of work, which lets others run.

    That call raises Stopped, which ends the block quietly, when the worker was cancelled.
    """
    worker: Worker[object] = get_current_worker()
    slept = time.perf_counter()

    def pause() -> None:
        nonlocal slept
        if worker.is_cancelled:
            raise Stopped
        if time.perf_counter() - slept >= WORK_SECONDS:
            time.sleep(BREATH_SECONDS)
            slept = time.perf_counter()

    with _one_at_a_time:
        sys.setswitchinterval(SWITCH_SECONDS)
        try:
            yield pause
        except Stopped:
            pass
        finally:
            sys.setswitchinterval(_USUAL_SWITCH_SECONDS)


def chosen_standings(app: InterviewPrepApp, pause: Callable[[], None]) -> list[PlanStanding]:
    """How the plans stand, each with a rule; one that is chosen now is written down. In a thread worker."""
    found = []
    for standing in plans_standing(app.desk, beside=True):
        pause()
        if standing.needs_choice:
            end = time.monotonic() + CHOICE_SECONDS

            def is_over(end: float = end) -> bool:
                return time.monotonic() > end

            plan = choose_rule(standing, is_over=is_over, pause=pause)
            app.call_from_thread(_keep, app, plan)
            found.append(replace(standing, plan=plan, missed=0))
        else:
            found.append(standing)
    return found


def promises(app: InterviewPrepApp, show: Callable[[list[Promise]], None]) -> None:
    """In a thread worker: what the home screen says of the plans, as soon as each is known."""
    from interviewprep.study.outlook import brief_forecast

    with considerate() as pause:
        found = []
        for standing in chosen_standings(app, pause):
            forecast = brief_forecast(standing, pause=pause)
            situation = standing.situation
            found.append(
                Promise.of(standing.plan, situation.today)._replace(
                    now=forecast.now,
                    kept=forecast.kept,
                    sessions=forecast.sessions,
                    cards=forecast.cards,
                )
            )
        app.call_from_thread(show, found)


def begin(app: InterviewPrepApp) -> None:
    """Once the store is open: end the plans that are over, and see that the others have a rule."""
    from interviewprep.study.planning import end_past_plans, ended_message

    if not app.desk.plan_facts(app.desk.today()).plans:
        return
    for plan in end_past_plans(app.desk):
        app.notify(ended_message(plan), timeout=12, markup=False)
    if not app.screen.query("#plans"):  # the home screen does so together with its forecast
        app.run_worker(lambda: _choose(app), thread=True, exclusive=True, group="plans")


def _choose(app: InterviewPrepApp) -> None:
    with considerate() as pause:
        chosen_standings(app, pause)


def _keep(app: InterviewPrepApp, plan: Plan) -> None:
    if app.desk.is_open:
        keep_choice(app.desk, plan)
