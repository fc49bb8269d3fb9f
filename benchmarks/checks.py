"""Asking and grading a numeric check (targets: median under 1 ms, p99 under 5 ms for every family).

And what one question costs a process that has only imported click (target: at most 15 ms), beside loading
all families and hashlib, which the engine does without. All is processor time, so that a busy machine does
not count.
Run with `python -m benchmarks.checks`.
"""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
from tempfile import TemporaryDirectory
from time import process_time

from interviewprep.checks.grade import grade
from interviewprep.checks.recipe import read_recipe
from interviewprep.checks.registry import families
from interviewprep.checks.variants import make_variant

VARIANTS = 300
RUNS = 15
NOTHING = "import click"
ADDED = {
    "importing the engine": "import interviewprep.checks.grade, interviewprep.checks.registry",
    "and one variant": """from interviewprep.checks.grade import grade
from interviewprep.checks.registry import family
from interviewprep.checks.variants import make_variant
make_variant(family('softmax'), 7)""",
    "and a card's recipe": """from interviewprep.checks.grade import grade
from interviewprep.checks.recipe import read_recipe, variant_of
variant_of(read_recipe('softmax', {'z': ('3', '1', '-2')}, {}, mental=False), 7)""",
    "all families": "from interviewprep.checks.registry import families; families()",
    "for comparison, hashlib": "import hashlib",
}


def spent(code: str, environment: dict[str, str]) -> float:
    """Milliseconds of processor time of a process that runs `code`."""

    def so_far() -> float:
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        return (used.ru_utime + used.ru_stime) * 1000

    before = so_far()
    subprocess.run([sys.executable, "-c", code], check=True, env=environment)
    return so_far() - before


def print_imports() -> None:
    """Print what the engine adds to a process, with bytecode as an installed program has it."""
    with TemporaryDirectory() as folder:
        environment = {**os.environ, "PYTHONPYCACHEPREFIX": folder}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        codes = {"": NOTHING, **{name: f"{NOTHING}\n{code}" for name, code in ADDED.items()}}
        times: dict[str, list[float]] = {name: [] for name in codes}
        for code in codes.values():
            spent(code, environment)
        for _ in range(RUNS):
            for name, code in codes.items():
                times[name].append(spent(code, environment))
    base = statistics.median(times.pop(""))
    print(f"a process that imports click: {base:.1f} ms of processor time")
    for name, found in times.items():
        median = statistics.median(found)
        print(f"{name:<24} {median - base:+.1f} ms, {median / base:.2f} times")


def main() -> None:
    """Print the slowest families and the cost of importing."""
    rows = []
    for name, family in families().items():
        times = []
        for seed in range(1, VARIANTS + 1):
            start = process_time()
            variant = make_variant(family, seed)
            grade(variant, variant.answer)
            times.append((process_time() - start) * 1000)
        rows.append((statistics.median(times), statistics.quantiles(times, n=100)[-1], name))
    slowest = {*sorted(rows, reverse=True)[:4], *sorted(rows, key=lambda row: -row[1])[:4]}
    for median, p99, name in sorted(slowest, reverse=True):
        print(f"{name:<24} median {median:.2f} ms, p99 {p99:.2f} ms")
    print(f"{len(rows)} families, those with the largest medians and p99 above")
    start = process_time()
    for name in families():
        read_recipe(name, {}, {}, mental=False)
    print(f"reading a card for every family: {(process_time() - start) * 1000:.0f} ms")
    print_imports()


if __name__ == "__main__":
    main()
