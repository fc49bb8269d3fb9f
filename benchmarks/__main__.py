"""`make bench`: runs every benchmark in turn and prints its figures."""

from __future__ import annotations

import runpy
import sys
from pathlib import Path

SUPPORT = {"__main__", "big", "fit_grading", "fit_related", "graded_answers", "interview_bound", "terminal"}


def main() -> None:
    """Run the benchmarks named on the command line, or all."""
    here = Path(__file__).parent
    names = sys.argv[1:] or sorted(p.stem for p in here.glob("*.py") if p.stem not in SUPPORT)
    for name in names:
        print(f"== {name}", flush=True)
        sys.argv = [name]
        runpy.run_module(f"benchmarks.{name}", run_name="__main__")


if __name__ == "__main__":
    main()
