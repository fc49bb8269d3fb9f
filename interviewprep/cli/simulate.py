"""`simulate`: how much a policy makes known by an interview's day, on simulated learners."""

from __future__ import annotations

import click

from interviewprep.cli.context import json_option, print_json


@click.command("simulate", epilog="Example: interviewprep simulate --days 14 --minutes 20 --policy greedy")
@click.option("--days", type=click.IntRange(1, 366), required=True, help="Study days to the interview.")
@click.option("--minutes", type=click.FloatRange(1, 720), required=True, help="To study on each day.")
@click.option("--cards", type=click.IntRange(1, 5000), default=300, show_default=True, help="All new.")
@click.option(
    "--policy",
    "policies",
    multiple=True,
    help="due-first, fsrs-0.90, fsrs-0.95, lowest-first, greedy or auto (may be given several times).",
)
@click.option(
    "--seeds", type=click.IntRange(1, 1000), default=5, show_default=True, help="Learners simulated."
)
@json_option
def simulate_command(
    *, days: int, minutes: float, cards: int, policies: tuple[str, ...], seeds: int, as_json: bool
) -> int:
    """Simulate learners who prepare for an interview with new cards, by one policy or by all.

    `auto` is what an interview plan does. The learners forget and answer by the model that the plan itself
    assumes; `benchmarks/interview_plan.py` also asks what happens when it is wrong.
    """
    from interviewprep.memory.plan.policies import POLICIES
    from interviewprep.memory.plan.simulator import World
    from interviewprep.study.simulation import compare

    world = World(days=days, seconds=60 * minutes, cards=cards)
    if not as_json:
        click.echo(f"{cards} new cards, {days} days of {minutes:g} minutes, {seeds} simulated learners")
        click.echo(f"{'policy':<14}{'recall on the day':>18}{'answers':>9}{'hours':>7}{'unseen':>8}")
    found = []
    for one in compare(world, policies or tuple(POLICIES), seeds=seeds):
        if as_json:
            found.append(
                {
                    "policy": one.policy,
                    "recall": round(one.recall, 4),
                    "half_width": round(one.half_width, 4),
                    "answers": round(one.answers, 1),
                    "minutes": round(one.minutes, 1),
                    "longest_day": round(one.longest_day, 2),
                    "unseen": round(one.unseen, 1),
                }
            )
            continue
        recall = f"{100 * one.recall:.1f} % ± {100 * one.half_width:.1f}"
        click.echo(
            f"{one.policy:<14}{recall:>18}{one.answers:>9,.0f}{one.minutes / 60:>7.1f}{one.unseen:>8.0f}"
        )
    if as_json:
        print_json(found)
    return 0
