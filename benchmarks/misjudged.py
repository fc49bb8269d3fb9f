"""What the grader makes of the whole answers in data/phrases: where it errs, more of them teach most.

Write answers to a card from the card alone, add them to data/phrases, and see which of their key points and
misconceptions the grader misjudges. Add answers that say the same otherwise, or that come as near and do not
say it; then run `python -m benchmarks.fit_phrases`. Run with `python -m benchmarks.misjudged CARD...`, a card
by its end, e.g. `optimizers#momentum`.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence

from benchmarks.fit_phrases import Piece, examples
from benchmarks.graded_answers import shipped_questions
from interviewprep.grading.answers import grade_answer
from interviewprep.grading.facts import CardFacts

SURE = 0.6
"""Chance from which a line was seen, and below one less which it was not."""


def misjudged(card: CardFacts, answer: Sequence[Piece]) -> Iterator[str]:
    """What the grader says otherwise than the tags of an answer."""
    graded = grade_answer(card, " ".join(piece["text"] for piece in answer))
    chances = {line.id: line.confidence for line in (*graded.points, *graded.misconceptions)}
    tagged = {name for piece in answer for name in piece["says"]}
    for name, chance in chances.items():
        if name in tagged and chance < SURE:
            pieces = " / ".join(piece["text"] for piece in answer if name in piece["says"])
            yield f"not seen: {name} ({chance:.2f}): {pieces}"
        elif name not in tagged and chance > 1 - SURE:
            yield f"wrongly seen: {name} ({chance:.2f})"


def main() -> None:
    """Print what is misjudged of the cards named."""
    wanted = tuple(sys.argv[1:])
    if not wanted:
        sys.exit(__doc__)
    cards = shipped_questions()
    for name, known in examples().items():
        if not name.endswith(wanted):
            continue
        print(f"{name}: {len(known['answers'])} answers")
        for number, answer in enumerate(known["answers"], 1):
            for line in misjudged(cards[name], answer):
                print(f"  {number}: {line}")


if __name__ == "__main__":
    main()
