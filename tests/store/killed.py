"""Run as a script: forks children that answer cards, kills them at random moments, checks what is left.

One process imports everything once; each child opens the store anew and tells of each deed through a pipe
when it is done. Prints one line of JSON: how many deeds were told of, and what was found missing.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sqlite3
import sys
import time
from contextlib import closing
from pathlib import Path

from store.histories import NOW, Home, answer_to

from interviewprep.store import doctor

MOST_DEEDS = 12
ROUNDS_PER_DATABASE = 20  # so that making a database is interrupted, too


def live(home: Home, told: int, seed: int) -> None:
    """The child: answer, undo and mark until killed."""
    rng = random.Random(seed)
    store = home.open(daily_backup=rng.random() < 0.1)
    seconds = 0
    while True:
        seconds += 7
        roll = rng.random()
        card = f"d#{rng.randrange(30)}"
        if roll < 0.08:
            undone = store.undo(now=NOW)
            told_of = f"- {undone.id}\n" if undone and undone.kind == "review" else ""
        elif roll < 0.16:
            store.mark(card, "flag", str(rng.random()), now=NOW)
            told_of = ""
        else:
            days = rng.choice((0, 0, 0, 1, 5, -2))
            recorded = store.append(answer_to(card, rng.randint(1, 4), days=days, seconds=seconds))
            told_of = f"+ {recorded.review_id}\n"
        os.write(told, told_of.encode() or b"\n")


def one_round(home: Home, rng: random.Random) -> list[str]:
    """Fork a child, kill it, and return what it told of before it died.

    Usually after some deeds, so that a slow disk makes no difference; sometimes while it is starting.
    """
    heard, told = os.pipe()
    seed = rng.randrange(1_000_000)
    child = os.fork()
    if child == 0:
        os.close(heard)
        try:
            live(home, told, seed)
        finally:
            os._exit(1)  # only reached by an error: a child does not end by itself
    os.close(told)
    with os.fdopen(heard, "rb", buffering=0) as pipe:
        text = b""
        if rng.random() < 0.8:
            wanted = rng.randint(1, MOST_DEEDS)
            while text.count(b"\n") < wanted and (piece := pipe.read(4096)):
                text += piece
        time.sleep(rng.uniform(0, 0.004 if text else 0.04))
        os.kill(child, signal.SIGKILL)
        while piece := pipe.read(4096):
            text += piece
    _, status = os.waitpid(child, 0)
    if not os.WIFSIGNALED(status):
        raise RuntimeError("a child ended by itself")
    return [line for line in text.decode().split("\n")[:-1] if line]


def missing(home: Home, live_ids: set[str], undone_ids: set[str]) -> list[str]:
    """Deeds that were told of and are not in the file; and anything wrong with the file itself."""
    if not home.database.exists():
        return sorted(live_ids | undone_ids)
    with closing(sqlite3.connect(home.database)) as connection:
        problems = [row[0] for row in connection.execute("PRAGMA integrity_check") if row[0] != "ok"]
        if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'review'").fetchone():
            return problems + sorted(live_ids | undone_ids)
        rows = dict(connection.execute("SELECT id, undone_at_ms IS NOT NULL FROM review").fetchall())
    return (
        problems
        + sorted(i for i in live_ids if rows.get(i) is None)
        + sorted(i for i in undone_ids if rows.get(i) != 1)
    )


def main(folder: Path, rounds: int, seed: int) -> None:
    """Do so many rounds and print what came of them."""
    rng = random.Random(seed)
    deeds = 0
    wrong: list[str] = []
    live_ids: set[str] = set()
    undone_ids: set[str] = set()
    home = Home(folder)
    for number in range(rounds):
        if number % ROUNDS_PER_DATABASE == 0:
            home = Home(folder / str(number))
            live_ids, undone_ids = set(), set()
        for line in one_round(home, rng):
            deeds += 1
            sign, review_id = line.split()
            live_ids.discard(review_id)
            (live_ids if sign == "+" else undone_ids).add(review_id)
        wrong += missing(home, live_ids, undone_ids)
        if number % ROUNDS_PER_DATABASE == ROUNDS_PER_DATABASE - 1:
            store = home.open()
            report = doctor.check(store)
            store.close()
            wrong += [*report.damage, *map(str, report.differences)]
    sys.stdout.write(json.dumps({"deeds": deeds, "wrong": wrong}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
