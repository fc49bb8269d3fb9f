"""Run as a script: forks programs that make one database at the same moment and answer a card each."""

from __future__ import annotations

import os
import sys
import traceback
from pathlib import Path

from store.histories import Home, answer_to

PROGRAMS = 6


def live(home: Home, start: int, number: int) -> None:
    """The child: wait for the others, then open and answer."""
    os.read(start, 1)  # returns when the parent closes its end
    store = home.open()
    store.append(answer_to("d#a", seconds=number))
    store.close()


def one_round(home: Home) -> int:
    """Let all programs go at once; returns how many failed."""
    start, go = os.pipe()
    children = []
    for number in range(PROGRAMS):
        child = os.fork()
        if child == 0:
            os.close(go)
            try:
                live(home, start, number)
            except BaseException:
                traceback.print_exc()
                os._exit(1)
            os._exit(0)
        children.append(child)
    os.close(go)
    os.close(start)
    return sum(os.waitpid(child, 0)[1] != 0 for child in children)


if __name__ == "__main__":
    sys.exit(sum(one_round(Home(Path(sys.argv[1]) / str(n))) for n in range(int(sys.argv[2]))))
