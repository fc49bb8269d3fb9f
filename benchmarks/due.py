"""`interviewprep due` as a process, as in a shell prompt, against `python -c pass` (target at most 8 times).

10,000 cards and 200,000 reviews; medians of ten, in turns. Run with `python -m benchmarks.due`.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter

from benchmarks.big import make_home

RUNS = 10
AGAINST_PASS = 8.0


def milliseconds(command: list[str], env: dict[str, str]) -> float:
    """Wall time of one process."""
    start = perf_counter()
    subprocess.run(command, env=env, check=True, stdout=subprocess.DEVNULL)
    return (perf_counter() - start) * 1000


def main() -> None:
    """Print the medians and their ratio."""
    with tempfile.TemporaryDirectory() as folder:
        make_home(Path(folder))
        env = {**os.environ, "INTERVIEWPREP_HOME": folder}
        due = [str(Path(sys.executable).parent / "interviewprep"), "due"]
        nothing = [sys.executable, "-c", "pass"]
        milliseconds(due, env)
        ours, floor = [], []
        for _ in range(RUNS):
            floor.append(milliseconds(nothing, env))
            ours.append(milliseconds(due, env))
    ratio = statistics.median(ours) / statistics.median(floor)
    print(f"python -c pass          {statistics.median(floor):7.1f} ms")
    print(f"interviewprep due       {statistics.median(ours):7.1f} ms")
    print(f"ratio                   {ratio:7.2f}    (target at most {AGAINST_PASS})")


if __name__ == "__main__":
    main()
