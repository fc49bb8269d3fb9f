"""Process start to first question painted, in a real pseudo-terminal at 80x24.

Ours against a minimal Textual app with one Static (target at most 1.25 times), and with 10,000 cards and
200,000 reviews against the shipped decks (target at most 1.2 times). Medians of ten, in turns. Run with
`python -m benchmarks.first_frame`.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from benchmarks.big import make_home
from benchmarks.terminal import MINIMAL, PAINTED, Terminal

RUNS = 10
AGAINST_MINIMAL = 1.25
AGAINST_SHIPPED = 1.2


def first_frame(command: list[str], env: Mapping[str, str]) -> float:
    """Milliseconds from the start of the process until the question is there."""
    terminal = Terminal(command, env)
    try:
        return (terminal.wait_for(PAINTED) - terminal.started) * 1000
    finally:
        terminal.stop()


def warm_up(command: list[str], env: Mapping[str, str]) -> None:
    """Once before measuring: index, database and byte code are there."""
    terminal = Terminal(command, env)
    try:
        terminal.wait_for(PAINTED, seconds=180)
        terminal.drain(4)
    finally:
        terminal.stop()


def main() -> int:
    """Print medians and ratios; the exit code says whether both targets are met."""
    drill = [sys.executable, "-m", "interviewprep", "drill"]
    with tempfile.TemporaryDirectory() as folder:
        small, big = Path(folder) / "small", Path(folder) / "big"
        make_home(big)
        programs = {
            "minimal Textual": ([sys.executable, "-c", MINIMAL], {}),
            "drill, shipped decks": (drill, {"INTERVIEWPREP_HOME": str(small)}),
            "drill, 10,000 cards": (drill, {"INTERVIEWPREP_HOME": str(big)}),
        }
        for command, env in programs.values():
            warm_up(command, env)
        taken: dict[str, list[float]] = {name: [] for name in programs}
        for _ in range(RUNS):
            for name, (command, env) in programs.items():
                taken[name].append(first_frame(command, env))
    medians = {name: statistics.median(runs) for name, runs in taken.items()}
    for name, runs in taken.items():
        print(f"{name:22} median {medians[name]:6.0f} ms (fastest {min(runs):.0f}, slowest {max(runs):.0f})")
    minimal, shipped, large = medians.values()
    fine = report("drill against minimal", shipped / minimal, AGAINST_MINIMAL)
    return 0 if report("10,000 cards against shipped", large / shipped, AGAINST_SHIPPED) and fine else 1


def report(name: str, ratio: float, target: float) -> bool:
    """One line with the verdict."""
    print(f"{name}: {ratio:.2f} (target at most {target}): {'met' if ratio <= target else 'MISSED'}")
    return ratio <= target


if __name__ == "__main__":
    sys.exit(main())
