"""Policies for studying towards a date, by simulation, with an upper bound for any policy beside them.

300 cards never asked; 14 and 30 days; 20, 30, 60, 120 answers or 10, 20 minutes a day; FSRS-6 learners with
the assumptions of `memory.plan.facts`. No policy exceeds a day's budget: an answer is begun only where the
longest it may take still fits. Every policy's order goes through `memory.queue.Queue`, and the product's
comes from `memory.plan.course`, as in a drill.

Run with `python -m benchmarks.interview_plan [--seeds N] [--processes N] [--only 14x30,30x10min]`.
"""

from __future__ import annotations

import argparse
import math
import statistics
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from functools import cache
from time import perf_counter
from typing import NamedTuple

from benchmarks.interview_bound import upper_bound
from interviewprep.memory.curve import DEFAULT_WEIGHTS
from interviewprep.memory.plan.autoplan import Choice
from interviewprep.memory.plan.facts import ANSWERS, LearnerModel, Pace
from interviewprep.memory.plan.policies import POLICIES, AutoPlan, first_choice
from interviewprep.memory.plan.simulator import Outcome, World, simulate

CARDS = 300
TRUTHS = {
    "as modelled": LearnerModel(),
    "stability x0.4": LearnerModel((*(w * 0.4 for w in DEFAULT_WEIGHTS[:4]), *DEFAULT_WEIGHTS[4:])),
    "stability x2.5": LearnerModel((*(w * 2.5 for w in DEFAULT_WEIGHTS[:4]), *DEFAULT_WEIGHTS[4:])),
    "decay 0.4": LearnerModel((*DEFAULT_WEIGHTS[:20], 0.4)),
}
MISSED = "days missed"
PEERS = ("due-first", "fsrs-0.90", "fsrs-0.95", "lowest-first", "greedy", "auto")
ROBUST = ("fsrs-0.90", "fsrs-0.95", "greedy", "auto")


class Setting(NamedTuple):
    """Days, and a day's budget in answers or minutes."""

    days: int
    budget: int
    minutes: bool

    def __str__(self) -> str:
        return f"{self.days}x{self.budget}{'min' if self.minutes else ''}"

    @property
    def learner(self) -> LearnerModel:
        return LearnerModel(pace=Pace() if self.minutes else ANSWERS)

    def world(self, scenario: str) -> World:
        truth = replace(TRUTHS.get(scenario, TRUTHS["as modelled"]), pace=self.learner.pace)
        missed = 0.25 if scenario == MISSED else 0.0
        seconds = self.budget * (60.0 if self.minutes else 1.0)
        return World(self.days, seconds, CARDS, self.learner, truth, missed)


SETTINGS = [
    *(Setting(days, answers, minutes=False) for days in (14, 30) for answers in (20, 30, 60, 120)),
    *(Setting(days, minutes, minutes=True) for days in (14, 30) for minutes in (10, 20)),
]


class Mean(NamedTuple):
    """A mean with its 95 % half-width."""

    value: float
    half: float

    def __str__(self) -> str:
        return f"{self.value:.4f}±{self.half:.4f}"


def mean(values: Sequence[float]) -> Mean:
    """The mean of independent values."""
    spread = statistics.stdev(values) if len(values) > 1 else math.nan
    return Mean(statistics.fmean(values), 1.96 * spread / math.sqrt(len(values)))


def recalls(found: Sequence[Outcome]) -> list[float]:
    """Each outcome's recall less its luck, as far as they went together (a control variate).

    The mean is the same over many seeds, and 40 of them give it twice to four times as exactly.
    """
    luck = [o.luck for o in found]
    spread = statistics.variance(luck) if len(luck) > 1 else 0.0
    slope = statistics.covariance([o.recall for o in found], luck) / spread if spread else 0.0
    return [o.recall - slope * o.luck for o in found]


class Task(NamedTuple):
    """One policy in one world, for some seeds."""

    setting: Setting
    scenario: str
    policy: str
    seeds: range


@cache
def plan_of(setting: Setting) -> Choice:
    """The auto-plan's choice on the first day: the same for every seed and truth."""
    return first_choice(setting.world("as modelled").situation())


def outcomes(task: Task) -> list[Outcome]:
    """Simulate; the budget is checked here for everyone."""
    world = task.setting.world(task.scenario)
    found = []
    # Other luck in each setting, so that the means of several settings are independent.
    first = 1000 * SETTINGS.index(task.setting) if task.setting in SETTINGS else 0
    for seed in task.seeds:
        policy = AutoPlan(choice=plan_of(task.setting)) if task.policy == "auto" else POLICIES[task.policy]()
        found.append(simulate(world, policy, first + seed))
    assert all(o.longest_day <= world.seconds + 1e-9 for o in found), "a day's budget was exceeded"
    return found


def bound_of(setting: Setting) -> float:
    """The upper bound of a setting."""
    seconds = setting.world("as modelled").seconds
    return upper_bound(setting.learner, cards=CARDS, days=setting.days, budget=seconds).recall


Results = dict[tuple[Setting, str, str], list[Outcome]]


def main() -> None:
    """Print every figure, and whether its target is met."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seeds", type=int, default=40)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--only", default="", help="settings as printed, separated by commas")
    options = parser.parse_args()
    start = perf_counter()
    only = {name for name in options.only.split(",") if name}
    settings = [setting for setting in SETTINGS if not only or str(setting) in only]
    seeds = range(options.seeds)
    with ProcessPoolExecutor(max_workers=options.processes) as pool:
        bounds = pool.map(bound_of, settings)
        tasks = [
            Task(setting, scenario, policy, seeds)
            for setting in sorted(settings, key=lambda s: -s.days * s.budget)
            for scenario in (*TRUTHS, MISSED)
            for policy in (PEERS if scenario == "as modelled" else ROBUST)
        ]
        results: Results = {}
        for task, found in zip(tasks, pool.map(outcomes, tasks), strict=True):
            results[task.setting, task.scenario, task.policy] = found
        by_setting = dict(zip(settings, bounds, strict=True))
        distances(results, by_setting)
        robustness(results, settings)
        fewer_answers(results, [s for s in settings if not s.minutes], seeds, pool)
    print(f"\n{options.seeds} seeds, {perf_counter() - start:.0f} s with {options.processes} processes")


def distances(results: Results, bounds: dict[Setting, float]) -> None:
    """Mean recall of every policy, and how far from the bound."""
    print("Recall on the interview's day, mean ± 95 % half-width\n")
    print(f"{'days x budget':14}" + "".join(f"{name:>15}" for name in PEERS) + f"{'bound':>9}")
    for setting, bound in bounds.items():
        means = [mean(recalls(results[setting, "as modelled", name])) for name in PEERS]
        print(f"{setting!s:14}" + "".join(f"{value!s:>15}" for value in means) + f"{bound:9.4f}")
    print()
    for name, most_mean, most in (("auto", 0.008, 0.02), ("greedy", 0.012, 0.03)):
        gaps = {s: bound - mean_recall(results, s, "as modelled", name) for s, bound in bounds.items()}
        worst = max(gaps, key=lambda s: gaps[s])
        half = math.sqrt(sum(mean(recalls(results[s, "as modelled", name])).half ** 2 for s in gaps))
        average = Mean(statistics.fmean(gaps.values()), half / len(gaps))
        verdict(f"{name}: mean distance to the bound {average}", most_mean, is_met=average.value <= most_mean)
        verdict(f"{name}: worst distance {gaps[worst]:.4f} ({worst})", most, is_met=gaps[worst] <= most)
    for setting in (Setting(14, 60, minutes=False), Setting(30, 30, minutes=False)):
        if setting in bounds:
            more = difference(results, setting, "as modelled", "due-first")
            verdict(f"auto above due-first at {setting}: {more}", 0.15, is_met=more.value >= 0.15)


def mean_recall(results: Results, setting: Setting, scenario: str, policy: str) -> float:
    """Mean recall of a policy."""
    return statistics.fmean(recalls(results[setting, scenario, policy]))


def difference(results: Results, setting: Setting, scenario: str, peer: str) -> Mean:
    """The auto-plan's recall less a peer's, seed by seed."""
    ours, theirs = (recalls(results[setting, scenario, policy]) for policy in ("auto", peer))
    return mean([a - b for a, b in zip(ours, theirs, strict=True)])


def robustness(results: Results, settings: Sequence[Setting]) -> None:
    """The auto-plan against the better of two paced FSRS, with wrong models and missed days."""
    print("\nAuto-plan less paced FSRS (the better of 0.90 and 0.95), mean ± 95 % half-width\n")
    scenarios = [*TRUTHS, MISSED]
    print(f"{'days x budget':14}" + "".join(f"{name:>17}" for name in scenarios))
    least: tuple[Mean, Setting, str] | None = None
    for setting in settings:
        row = []
        for scenario in scenarios:
            found = min(difference(results, setting, scenario, peer) for peer in ("fsrs-0.90", "fsrs-0.95"))
            row.append(found)
            if least is None or found < least[0]:
                least = found, setting, scenario
        print(f"{setting!s:14}" + "".join(f"{value!s:>17}" for value in row))
    if least:
        print()
        verdict(f"least: {least[0]} ({least[1]}, {least[2]})", -0.005, is_met=least[0].value >= -0.005)


def fewer_answers(
    results: Results, settings: Sequence[Setting], seeds: range, pool: ProcessPoolExecutor
) -> None:
    """The auto-plan with 90 % of the answers that FSRS at 0.90 used."""
    print("\nWith at most 90 % of the answers of FSRS 0.90\n")
    for peer, has_target in (("due-first", True), ("fsrs-0.90", False)):
        rows = []
        for setting in settings:
            theirs = results[setting, "as modelled", peer]
            budget = int(0.9 * statistics.fmean(o.answers for o in theirs) / setting.days)
            rows.append((setting, Setting(setting.days, budget, minutes=False), theirs))
        tasks = [Task(less, "as modelled", "auto", seeds) for _, less, _ in rows]
        met = 0
        for (setting, less, theirs), ours in zip(rows, pool.map(outcomes, tasks), strict=True):
            recall, peers = mean(recalls(ours)), mean(recalls(theirs))
            share = sum(o.answers for o in ours) / sum(o.answers for o in theirs)
            met += recall.value >= peers.value
            print(f"{peer} at {setting!s:8} {peers}; auto with {less.budget} a day ({share:.0%}) {recall}")
        line = f"recall of {peer} reached with 90 % of its answers in {met} of {len(rows)} settings"
        if has_target:
            verdict(line, len(rows), is_met=met == len(rows))
        else:
            print(line)


def verdict(line: str, target: float, *, is_met: bool) -> None:
    """A figure, its target, and whether it is met."""
    print(f"{'PASS' if is_met else 'MISS'}  {line}, target {target}")


if __name__ == "__main__":
    main()
