"""Run as a script: one program that records so many answers. Prints how many SQLite let through."""

from __future__ import annotations

import random
import sys
from pathlib import Path

from store.histories import Home, answer_to


def main(folder: Path, name: str, count: int) -> None:
    """Record answers to cards that another program answers, too."""
    rng = random.Random(name)
    home = Home(folder)
    store = home.open()
    for number in range(count):
        card = f"d#{rng.randrange(100)}"
        store.append(answer_to(card, rng.randint(1, 4), seconds=number * 30, session_id=name))
    store.close()
    sys.stdout.write(str(count))


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]))
