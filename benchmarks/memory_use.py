"""Peak resident memory of the drill against a minimal Textual app with SQLModel imported (at most 1.5 times).

The drill runs in a real pseudo-terminal and has answered ten cards. Run with
`python -m benchmarks.memory_use`.
"""

from __future__ import annotations

import sys
import tempfile

from benchmarks.terminal import MINIMAL, PAINTED, Terminal

TARGET = 1.5
ANSWERS = 9


def minimal_kb() -> int:
    """Textual, one Static and SQLModel."""
    terminal = Terminal([sys.executable, "-c", "import sqlmodel\n" + MINIMAL], {})
    try:
        terminal.wait_for(PAINTED)
        terminal.drain(2)
        return terminal.peak_kb()
    finally:
        terminal.stop()


def drill_kb(home: str, *, answers: int) -> int:
    """The drill, its store open and cards answered, with every part of an answer opened."""
    terminal = Terminal([sys.executable, "-m", "interviewprep", "drill"], {"INTERVIEWPREP_HOME": home})
    try:
        terminal.wait_for(PAINTED, seconds=60)
        terminal.drain(4)
        for _ in range(answers):
            for key in (b" ", b"d", b"a", b"e", b"m", b"f", b"j", b"x", b"3"):
                terminal.press(key)
                terminal.drain(0.1)
            terminal.drain(0.3)
        return terminal.peak_kb()
    finally:
        terminal.stop()


def main() -> int:
    """Print both peaks and the ratio; the exit code says whether the target is met."""
    with tempfile.TemporaryDirectory() as home:
        drill_kb(home, answers=0)  # reads the decks for the first time
        ours = drill_kb(home, answers=ANSWERS)
    least = minimal_kb()
    ratio = ours / least
    print(f"minimal Textual and SQLModel {least / 1024:.0f} MB, drill {ours / 1024:.0f} MB")
    print(f"ratio {ratio:.2f} (target at most {TARGET}): {'met' if ratio <= TARGET else 'MISSED'}")
    return 0 if ratio <= TARGET else 1


if __name__ == "__main__":
    sys.exit(main())
