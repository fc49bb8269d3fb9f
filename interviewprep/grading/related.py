"""Words used alike (`random`, `chance`): which words of the decks a word of an answer comes near to.

The table is made by `benchmarks/fit_related.py` from word vectors of all-MiniLM-L6-v2 (Apache 2.0); nothing
of that model is needed here. Related words count less than synonyms, opposites are left out.
"""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files


@lru_cache(maxsize=1)
def _table() -> dict[str, tuple[str, ...]]:
    text = files("interviewprep.grading").joinpath("related.txt").read_text(encoding="utf-8")
    rows = (line.split() for line in text.splitlines() if not line.startswith("#"))
    return {row[0]: tuple(row[1:]) for row in rows if row}


def related(root: str) -> tuple[str, ...]:
    """Stems of the decks' words that a stem comes near to; most stems have none."""
    return _table().get(root, ())
