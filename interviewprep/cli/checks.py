"""`checks`: worked numeric checks, practised without the schedule, or asked and graded from a script."""

from __future__ import annotations

import secrets
import sys
from typing import TYPE_CHECKING

import click

from interviewprep.cli.context import json_option, print_json

if TYPE_CHECKING:
    from interviewprep.checks.grade import Verdict
    from interviewprep.checks.registry import AnyFamily
    from interviewprep.checks.variants import Variant

    AnyVariant = Variant[tuple[object, ...]]

LINE = 74
RATINGS = {"right": 3, "rounded too early": 2, "wrong": 1, "unreadable": None}
"""An unreadable answer does not count as one."""


@click.group("checks", invoke_without_command=True, epilog="Example: interviewprep checks --topic losses")
@click.option("--family", "names", multiple=True, help="Only this family (may be given several times).")
@click.option("--topic", "topics", multiple=True, help="Only this topic (may be given several times).")
@click.option("--mental", is_flag=True, help="Only numbers one can do in the head.")
@click.option("--count", type=click.IntRange(1), default=10, show_default=True, help="End after N checks.")
@click.pass_context
def checks_command(
    ctx: click.Context, *, names: tuple[str, ...], topics: tuple[str, ...], mental: bool, count: int
) -> int | None:
    """Practise calculations with fresh numbers; nothing is recorded."""
    if ctx.invoked_subcommand is not None:
        return None
    chosen = _choose(names, topics, mental=mental)
    try:
        _practise(chosen, mental=mental, count=count)
    except EOFError:
        click.echo("")
    return 0


@checks_command.command("list", epilog="Example: interviewprep checks list --json")
@json_option
def list_command(*, as_json: bool) -> int:
    """List every family of checks."""
    from interviewprep.checks.registry import families

    found = list(families().values())
    if as_json:
        print_json(
            [
                {
                    "family": f.name,
                    "title": f.title,
                    "topic": f.topic,
                    "concept": f.concept,
                    "level": f.level,
                    "mental": f.mental is not None,
                    "parameters": dict(zip(type(f.example)._fields, f.example, strict=True)),
                }
                for f in found
            ]
        )
        return 0
    for topic in dict.fromkeys(f.topic for f in found):
        click.echo(topic)
        for f in found:
            if f.topic == topic:
                click.echo(f"  {f.name:<24}{f.title}")
                click.echo(f"  {'':<24}params: {', '.join(type(f.example)._fields)}")
    return 0


@checks_command.command("ask", epilog="Example: interviewprep checks ask softmax --seed 7 --json")
@click.argument("family")
@click.option("--seed", type=click.IntRange(0, 999_999), help="The variant; the example is 0.")
@json_option
def ask_command(*, family: str, seed: int | None, as_json: bool) -> int:
    """Print one check of FAMILY with its answer, working and named mistakes."""
    variant = _variant(family, secrets.randbelow(1_000_000) if seed is None else seed)
    if as_json:
        print_json(
            {
                "family": variant.family.name,
                "seed": variant.seed,
                "prompt": variant.prompt,
                "parameters": _parameters(variant),
                "answer": [
                    {
                        "label": p.label,
                        "value": p.value,
                        "shown": p.show(),
                        "digits": None if p.exact or p.relative else p.digits,
                        "relative": p.relative or None,
                    }
                    for p in variant.parts
                ],
                "working": list(variant.steps),
                "mistakes": [
                    {"id": m.id, "name": m.name, "cure": m.cure, "part": m.part, "values": m.values}
                    for m in variant.wrong
                ],
            }
        )
        return 0
    click.echo(f"{variant.family.title}, variant {variant.seed}\n{variant.prompt}\n")
    _show_working(variant)
    for mistake in variant.wrong:
        shown = variant.parts[mistake.part].show(mistake.values[mistake.part])
        click.echo(f"  wrong: {shown}  {mistake.name}. {mistake.cure}")
    return 0


@checks_command.command(
    "grade", epilog='Example: interviewprep checks grade softmax --seed 0 --answer "0.88 0.12 0.00"'
)
@click.argument("family")
@click.option("--seed", type=click.IntRange(0, 999_999), required=True, help="The variant that was asked.")
@click.option("--answer", required=True, help="The answer as typed.")
@json_option
def grade_command(*, family: str, seed: int, answer: str, as_json: bool) -> int:
    """Grade an answer to a check of FAMILY; exit code 1 if it is not right."""
    from interviewprep.checks.grade import grade

    verdict = grade(_variant(family, seed), answer)
    rating = RATINGS[verdict.outcome]
    if as_json:
        print_json(
            {
                "family": family,
                "seed": seed,
                "outcome": str(verdict.outcome),
                "message": verdict.message,
                "mistake": verdict.mistake or None,
                "cure": verdict.cure or None,
                "parts": list(verdict.parts),
                "rating": rating,
            }
        )
    else:
        click.echo(_sentence(verdict))
    return 0 if rating and rating > 1 else 1


def _choose(names: tuple[str, ...], topics: tuple[str, ...], *, mental: bool) -> list[AnyFamily]:
    from interviewprep.checks.registry import families
    from interviewprep.errors import NotFoundError

    known = families()
    found = [_family(name) for name in names] or list(known.values())
    if topics:
        there = sorted({f.topic for f in known.values()})
        if missing := [t for t in topics if t not in there]:
            raise NotFoundError(f"There is no topic {missing[0]!r}.", hint=f"There are: {', '.join(there)}.")
        found = [f for f in found if f.topic in topics]
    if mental:
        found = [f for f in found if f.mental is not None]
    if not found:
        raise NotFoundError("No family of checks matches.", hint="`interviewprep checks list` shows them.")
    return found


def _family(name: str) -> AnyFamily:
    from interviewprep.checks.registry import family
    from interviewprep.errors import NotFoundError

    try:
        return family(name)
    except KeyError as error:
        raise NotFoundError(f"{error.args[0]}.", hint="`interviewprep checks list` shows them.") from None


def _variant(name: str, seed: int) -> AnyVariant:
    from interviewprep.checks.variants import make_variant

    found: AnyVariant = make_variant(_family(name), seed)
    return found


def _practise(chosen: list[AnyFamily], *, mental: bool, count: int) -> None:
    from interviewprep.checks.grade import Outcome, grade
    from interviewprep.checks.variants import SEEDS, make_variant

    right = asked = 0
    click.echo("Type the numbers; Enter alone shows the working; :q leaves.")
    for _ in range(count):
        seed = 1 + secrets.randbelow(SEEDS - 1)
        variant: AnyVariant = make_variant(secrets.choice(chosen), seed, mental=mental)
        click.echo(f"\n{variant.prompt}   (variant {variant.family.name} {seed})")
        while True:
            typed = _read()
            if typed == ":q":
                count = 0
                break
            verdict = grade(variant, typed) if typed else None
            if verdict is not None and verdict.outcome is Outcome.UNREADABLE:
                click.echo(verdict.message)
                continue
            asked += 1
            right += verdict is not None and verdict.outcome is not Outcome.WRONG
            if verdict is not None:
                click.echo(_sentence(verdict))
            _show_working(variant)
            break
        if not count:
            break
    click.echo(f"\n{right} of {asked} right.")


def _read() -> str:
    click.echo("answer> ", nl=False)
    sys.stdout.flush()
    line = sys.stdin.readline()
    if not line:
        raise EOFError
    return line.strip()


def _show_working(variant: AnyVariant) -> None:
    from interviewprep.render.checks import working

    for line in working(variant.steps, width=LINE, plain=True):
        click.echo(f"  {line}")
    click.echo(f"  check: {variant.solution.sense}")


def _sentence(verdict: Verdict) -> str:
    return f"{verdict.message} {verdict.cure}".strip()


def _parameters(variant: AnyVariant) -> dict[str, object]:
    names: tuple[str, ...] = getattr(variant.params, "_fields", ())
    return dict(zip(names, variant.params, strict=False))
