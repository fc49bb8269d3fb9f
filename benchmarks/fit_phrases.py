"""Makes interviewprep/grading/phrases.txt: for each card of the shipped decks, how much the words of an
answer speak for each key point and misconception.

Learnt from data/phrases and the wordings of the cards by ridge regression on their words, each weighted by
how few phrases have it (inverse document frequency): a phrase is worth 10 for the ideas it says and 0 for the
others. Phrases that come near an idea without saying it are worth 0 for all, and so teach what is not enough.
To be run again when a card's key points, misconceptions or their wordings change, or the words of the grader
(stems, synonyms); takes about a minute. Needs numpy (the extra `test`). Run with
`python -m benchmarks.fit_phrases`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from multiprocessing import Pool
from pathlib import Path
from typing import NamedTuple, TypedDict

import numpy as np
import yaml

from benchmarks.graded_answers import shipped_questions
from interviewprep.grading.cardwords import CardWords, prepare
from interviewprep.grading.facts import CardFacts
from interviewprep.grading.phrase_table import table_of
from interviewprep.grading.phrases import Phrases, merged, phrase_keys
from interviewprep.grading.stretches import clauses_of

ROOT = Path(__file__).parents[1]
DATA = ROOT / "data" / "phrases"
OUT = ROOT / "interviewprep" / "grading" / "phrases.txt"
WORTH = 10.0
"""What a phrase is worth for the ideas it says."""
PENALTY = 100.0
PAIRS = 1000
"""How many pairs of words a card keeps: those that tell most."""


class Phrase(NamedTuple):
    """An example of how ideas are said."""

    keys: Mapping[str, float]
    ideas: frozenset[int]
    """Places of the ideas it says, misconceptions after points; none where it only comes near to some."""


class Examples(TypedDict):
    """The examples of a card: by id phrases that say it and that only come near; whole answers in pieces."""

    points: Mapping[str, Mapping[str, Sequence[str]]]
    misconceptions: Mapping[str, Mapping[str, Sequence[str]]]
    answers: Sequence[Sequence[Piece]]


class Piece(TypedDict):
    """A clause or sentence of an answer, and the ids of the ideas it says."""

    text: str
    says: Sequence[str]


def examples() -> dict[str, Examples]:
    """The phrases of data/phrases by card."""
    found: dict[str, Examples] = {}
    for path in sorted(DATA.glob("*.yaml")):
        found |= yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    return found


def phrases_of(card: CardFacts, examples: Examples) -> list[Phrase]:
    """The wordings of a card and its examples."""
    prepared = prepare(card)
    ideas = [(p.id, p.wordings, examples["points"]) for p in card.points]
    ideas += [(m.id, m.wordings, examples["misconceptions"]) for m in card.misconceptions]
    places = {name: place for place, (name, _, _) in enumerate(ideas)}
    found: list[tuple[str, frozenset[int]]] = []
    for name, wordings, known in ideas:
        found += [(text, frozenset({places[name]})) for text in (*wordings, *known[name]["says"])]
        found += [(text, frozenset()) for text in known[name]["near"]]
    pieces = (piece for answer in examples["answers"] for piece in answer)
    found += [(piece["text"], frozenset(places[name] for name in piece["says"])) for piece in pieces]
    return [Phrase(_keys(prepared, text), said) for text, said in found]


def _keys(card: CardWords, text: str) -> Mapping[str, float]:
    return merged(phrase_keys(clause) for clauses in clauses_of(card, text) for clause in clauses)


def fit(phrases: Sequence[Phrase], ideas: int) -> Phrases:
    """Weights by ridge regression, in its dual form: there are more words than phrases."""
    seen = Counter(key for phrase in phrases for key in phrase.keys)
    places = {key: place for place, key in enumerate(seen)}
    tells = np.log(1 + len(phrases) / np.array(list(seen.values())))
    rows = np.zeros((len(phrases), len(seen)))
    worth = np.zeros((len(phrases), ideas))
    for number, phrase in enumerate(phrases):
        for key, strength in phrase.keys.items():
            rows[number, places[key]] = strength
        worth[number, list(phrase.ideas)] = WORTH
    rows *= tells
    shares = np.linalg.solve(rows @ rows.T + PENALTY * np.eye(len(phrases)), worth - worth.mean(axis=0))
    weights = (rows.T @ shares) * tells[:, None]
    most = np.abs(weights).max(axis=1)
    pairs = sorted((key for key in seen if "~" in key), key=lambda key: -most[places[key]])
    kept = seen.keys() - set(pairs[PAIRS:])
    return Phrases({key: dict(enumerate(map(float, weights[places[key]]))) for key in sorted(kept)}, ideas)


def _table(entry: tuple[CardFacts, Examples]) -> str:
    card, known = entry
    return table_of(card, fit(phrases_of(card, known), len(card.points) + len(card.misconceptions)))


def main() -> None:
    """Fit every card that has phrases."""
    cards = shipped_questions()
    known = examples()
    with Pool() as pool:
        tables = pool.map(_table, [(cards[name], known[name]) for name in sorted(known)], chunksize=4)
    OUT.write_text("".join(tables), encoding="utf-8")


if __name__ == "__main__":
    main()
