"""How long the interview plan takes: a day's order with 10,000 cards, the auto-plan with 300.

Targets: the order within 50 ms; the auto-plan within 2 s, in a thread beside which no wake-up of the main
thread comes more than 20 ms late. Run with `python -m benchmarks.plan_speed`.
"""

from __future__ import annotations

import random
import statistics
import threading
from time import perf_counter, process_time, sleep

from interviewprep.memory.plan.autoplan import Choice, choose
from interviewprep.memory.plan.facts import PlanCard, Situation
from interviewprep.memory.plan.forecast import forecast
from interviewprep.memory.plan.rules import GREEDY
from interviewprep.memory.plan.today import day_plan

RUNS = 10
LIMIT = 2.0
WAKE = 0.005


def cards(count: int, *, seen: bool) -> list[PlanCard]:
    """A plan's cards, half of them asked before if `seen`; every other has a sibling, some a prerequisite."""
    rng = random.Random(1)
    found = []
    for number in range(count):
        requires = f"c{number // 2 - 1}" if number % 5 == 4 else ""
        card = PlanCard(f"d#{number}", f"c{number // 2}", requires, must=number % 3 == 0)
        if seen and rng.random() < 0.5:
            last = -rng.randrange(1, 60)
            card = card._replace(stability=rng.uniform(0.2, 60), difficulty=5.0, last_day=last, passed=True)
        found.append(card)
    return found


def order() -> None:
    """Time a day's order."""
    situation = Situation(0, 30, 1500.0, cards(10_000, seen=True))
    times = []
    for _ in range(RUNS):
        start = process_time()
        day_plan([(situation, GREEDY)], 1500.0)
        times.append((process_time() - start) * 1000)
    print(f"a day's order with 10,000 cards: median {statistics.median(times):.0f} ms of processor time")


def auto_plan(days: int) -> None:
    """Time the auto-plan in a thread, and how late a main thread wakes beside it."""
    situation = Situation(0, days, 1500.0, cards(300, seen=False))
    found: list[Choice] = []
    took: list[float] = []

    def work() -> None:
        start = perf_counter()
        found.append(
            choose(situation, seed=1, is_over=lambda: perf_counter() - start > LIMIT, pause=lambda: sleep(0))
        )
        took.append(perf_counter() - start)
        forecast(situation, found[0].rule, seed=1, pause=lambda: sleep(0))
        took.append(perf_counter() - start - took[0])

    thread = threading.Thread(target=work)
    late = []
    thread.start()
    while thread.is_alive():
        start = perf_counter()
        sleep(WAKE)
        late.append((perf_counter() - start - WAKE) * 1000)
    print(
        f"auto-plan, 300 cards, {days} days: {took[0]:.2f} s, {found[0].tried} simulations;"
        f" forecast {took[1]:.2f} s; wake-ups late by at most {max(late):.1f} ms"
    )


def main() -> None:
    """Print the figures."""
    order()
    auto_plan(14)
    auto_plan(30)


if __name__ == "__main__":
    main()
