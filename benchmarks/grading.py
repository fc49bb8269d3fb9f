"""How well typed answers are graded: data/graded-answers, the part for tuning and the part held out.

Precision and recall of points said (`partly` counts as not said, on both sides), of misconceptions stated,
the computed rating beside the labelled one, how labels and results go together, figures by style, and
milliseconds of processor time an answer. Targets on the held-out part: precision 0.92, recall 0.85,
misconceptions precision 0.9, rating equal in 80 %, off by more than one step in 3 %, under 20 ms. Run with
`python -m benchmarks.grading [tuning]`; `tuning` leaves the held-out part alone.
"""

from __future__ import annotations

import statistics
import sys
from collections import Counter
from collections.abc import Iterable
from time import process_time
from typing import NamedTuple

from benchmarks.graded_answers import AnsweredCard, Labelled, answered_cards
from interviewprep.grading.answers import Graded, grade_answer, rate
from interviewprep.grading.cardwords import prepare
from interviewprep.memory.types import Rating

LABELS = ("said", "partly", "missing", "contradicted")
RESULTS = ("said", "unsure", *LABELS[1:])
HELD_OUT = "held out"
SAMPLES = {"first sample": range(1, 7), "second sample": range(7, 13), "third sample": range(13, 19)}
"""Running numbers of the held-out answers: sets by different writers."""
RATINGS = {"again": Rating.AGAIN, "hard": Rating.HARD, "good": Rating.GOOD}


class Marked(NamedTuple):
    """An answer, labelled and graded."""

    label: Labelled
    graded: Graded
    rating: Rating
    ms: float
    prepare_ms: float
    """What preparing the card took; 0 but for its first answer."""


def marked(cards: Iterable[AnsweredCard]) -> list[Marked]:
    """Grade every answer; a card is prepared once, with its first."""
    found = []
    for _, card, answers in cards:
        for answer in answers:
            start = process_time()
            prepare(card)
            prepare_ms = (process_time() - start) * 1000
            start = process_time()
            graded = grade_answer(card, answer.text)
            ms = (process_time() - start) * 1000
            found.append(Marked(answer, graded, rate(card, graded).rating, ms, prepare_ms))
    return found


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.3f}" if whole else "-"


def _points(found: Iterable[Marked]) -> Counter[tuple[str, str]]:
    return Counter((m.label.points[p.id], p.result.value) for m in found for p in m.graded.points)


def _precision_recall(pairs: Counter[tuple[str, str]]) -> str:
    right = pairs["said", "said"]
    claimed = sum(n for (_, result), n in pairs.items() if result == "said")
    real = sum(n for (label, _), n in pairs.items() if label == "said")
    return f"precision {_share(right, claimed)}, recall {_share(right, real)}"


def _ratings(found: list[Marked]) -> str:
    steps = Counter(m.rating - RATINGS[m.label.rating] for m in found)
    far = sum(n for step, n in steps.items() if abs(step) > 1)
    high = sum(n for step, n in steps.items() if step > 0)
    return (
        f"rating equal {_share(steps[0], len(found))}, "
        f"off by more than one step {_share(far, len(found))}, too high {_share(high, len(found))}"
    )


def report(title: str, cards: list[AnsweredCard]) -> None:
    """Print the figures of one part."""
    found = marked(cards)
    print(f"{title}: {len(found)} answers to {len(cards)} cards")
    pairs = _points(found)
    print(f"  points said: {_precision_recall(pairs)} of {sum(pairs.values())} points")
    print("  label        " + "".join(f"{result:>14}" for result in RESULTS))
    for label in LABELS:
        print(f"  {label:<13}" + "".join(f"{pairs[label, result]:>14}" for result in RESULTS))
    stated = Counter((i in m.label.misconceptions, i in m.graded.stated) for m in found for i in _ids(m))
    right = stated[True, True]
    print(
        f"  misconceptions: precision {_share(right, right + stated[False, True])}, "
        f"recall {_share(right, right + stated[True, False])} of {right + stated[True, False]} stated"
    )
    print(f"  {_ratings(found)}")
    for label, rating in RATINGS.items():
        row = Counter(m.rating for m in found if RATINGS[m.label.rating] is rating)
        print(
            f"    {label:<6} rated " + ", ".join(f"{r.name.capitalize()} {row[r]}" for r in RATINGS.values())
        )
    for style in sorted({m.label.style for m in found}):
        some = [m for m in found if m.label.style == style]
        equal = sum(m.rating is RATINGS[m.label.rating] for m in some)
        figures = f"{_precision_recall(_points(some))}, rating equal {_share(equal, len(some))}"
        print(f"    {style:<16} {len(some):>3}: {figures}")
    for sample, numbers in SAMPLES.items() if title == HELD_OUT else ():
        some = [m for m in found if int(m.label.id.rpartition("-")[2]) in numbers]
        print(f"    {sample:<16} {len(some):>3}: {_precision_recall(_points(some))}, {_ratings(some)}")
    times = [m.ms for m in found]
    p95 = statistics.quantiles(times, n=20)[-1]
    once = statistics.median(sorted((m.prepare_ms for m in found), reverse=True)[: len(cards)])
    print(
        f"  time: median {statistics.median(times):.1f} ms, p95 {p95:.1f} ms; preparing a card {once:.1f} ms"
    )


def _ids(found: Marked) -> Iterable[str]:
    return (m.id for m in found.graded.misconceptions)


def main() -> None:
    """Print both parts."""
    first = answered_cards(held_out=False)[0].card
    start = process_time()
    grade_answer(first, "The first answer reads the tables.")
    print(f"first answer of a process: {(process_time() - start) * 1000:.0f} ms")
    prepare.cache_clear()
    report("tuning", answered_cards(held_out=False))
    if "tuning" not in sys.argv:
        report(HELD_OUT, answered_cards(held_out=True))


if __name__ == "__main__":
    main()
