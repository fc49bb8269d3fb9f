"""Ordering a day's cards of a plan of 10,000 cards, in plain Python; beside it sorting as many numbers.

Run with `python -m benchmarks.plan_order`.
"""

from __future__ import annotations

import random
import statistics
import sys
from time import process_time

from interviewprep.memory.plan.course import Course
from interviewprep.memory.plan.facts import PlanCard, Situation
from interviewprep.memory.plan.rules import GREEDY

CARDS = 10_000
TODAY = 20_000
RUNS = 15
AT_MOST_MS = 50.0


def cards(rng: random.Random) -> list[PlanCard]:
    """Two thirds with a memory, one third new."""
    return [
        PlanCard(f"d{n % 40}#c{n}", f"c{n}", "", must=False)
        if n % 3 == 0
        else PlanCard(
            f"d{n % 40}#c{n}",
            f"c{n}",
            "",
            must=False,
            stability=rng.uniform(1, 60),
            difficulty=rng.uniform(1, 10),
            last_day=TODAY - rng.randint(0, 40),
            passed=True,
        )
        for n in range(CARDS)
    ]


def main() -> int:
    """Print milliseconds of processor time; the exit code says whether the target is met."""
    rng = random.Random(1)
    situation = Situation(TODAY, TODAY + 30, 1500.0, cards(rng))
    numbers = [rng.random() for _ in range(CARDS)]
    ours, floor = [], []
    for _ in range(RUNS):
        start = process_time()
        asked = list(Course(situation).order(TODAY, GREEDY))
        ours.append((process_time() - start) * 1000)
        start = process_time()
        sorted(numbers)
        floor.append((process_time() - start) * 1000)
    median = statistics.median(ours)
    print(f"ordering {len(asked)} of {CARDS} cards: median {median:.0f} ms (fastest {min(ours):.0f})")
    print(f"sorting {CARDS} numbers: median {statistics.median(floor):.1f} ms")
    print(f"target at most {AT_MOST_MS:.0f} ms: {'met' if median <= AT_MOST_MS else 'MISSED'}")
    return 0 if median <= AT_MOST_MS else 1


if __name__ == "__main__":
    sys.exit(main())
