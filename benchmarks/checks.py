"""Asking and grading a numeric check (targets: median under 1 ms, p99 under 5 ms for every family).

And what importing them costs a process (target at most 15 ms). Run with `python -m benchmarks.checks`.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
from time import perf_counter

from interviewprep.checks.grade import grade
from interviewprep.checks.registry import families
from interviewprep.checks.variants import make_variant

VARIANTS = 300
RUNS = 10


def imported(code: str) -> float:
    """Milliseconds of a process that runs `code`."""
    start = perf_counter()
    subprocess.run([sys.executable, "-c", code], check=True)
    return (perf_counter() - start) * 1000


def main() -> None:
    """Print the slowest families and the cost of importing."""
    rows = []
    for name, family in families().items():
        times = []
        for seed in range(1, VARIANTS + 1):
            start = perf_counter()
            variant = make_variant(family, seed)
            grade(variant, variant.answer)
            times.append((perf_counter() - start) * 1000)
        rows.append((statistics.median(times), statistics.quantiles(times, n=100)[-1], name))
    rows.sort(reverse=True)
    for median, p99, name in rows[:5]:
        print(f"{name:<24} median {median:.2f} ms, p99 {p99:.2f} ms")
    print(f"{len(rows)} families; slowest p99 {max(p99 for _, p99, _ in rows):.2f} ms")
    nothing = statistics.median(imported("import click") for _ in range(RUNS))
    engine = "import click, interviewprep.checks.grade, interviewprep.checks.registry"
    ours = statistics.median(imported(engine) for _ in range(RUNS))
    print(f"importing the engine beside click costs {ours - nothing:.1f} ms (target at most 15)")


if __name__ == "__main__":
    main()
