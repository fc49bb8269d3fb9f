"""Marks for a typed answer, by the grader of free answers. Imported when the first answer is handed in."""

from __future__ import annotations

from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Final, NamedTuple

from interviewprep.grading.answers import Result, grade_answer
from interviewprep.grading.facts import CardFacts, PointFacts, card_facts
from interviewprep.study.mock_items import FOLLOW_UP_POINT, follow_up_card
from interviewprep.study.mock_marks import CONTRADICTED, MISSED, PARTLY, SAID, STATED, UNSURE, Marks

if TYPE_CHECKING:
    from interviewprep.cards.model import Card, FollowUp
    from interviewprep.study.mock_items import Item

_WORDS: Final = {
    Result.SAID: SAID,
    Result.UNSURE: UNSURE,
    Result.PARTLY: PARTLY,
    Result.MISSING: MISSED,
    Result.CONTRADICTED: CONTRADICTED,
}


def marks_of_text(item: Item, follow_up: str, text: str) -> Marks:
    """What a typed answer to the card's question (or, by its id, to a follow-up) says and wrongly states."""
    if not follow_up:
        found = grade_answer(card_facts(item.asked_card), text)
        points = {point.id: _WORDS[point.result] for point in found.points}
        stated = tuple(m.id for m in found.misconceptions if m.stated)
        return Marks(points, stated, tuple(m.id for m in found.misconceptions if m.unsure))
    found = grade_answer(follow_up_facts(item, item.follow_up(follow_up)), text, alone=True)
    return Marks({FOLLOW_UP_POINT: _WORDS[found.points[0].result]})


def follow_up_facts(item: Item, found: FollowUp) -> CardFacts:
    """A follow-up's answer as the first point, among all else that the card's answers say.

    Words of the card's subject must not count as having answered: graded alone, three quarters of the cards'
    short answers would be taken for answers to their follow-ups, among the others 4 %.
    """
    card = item.asked_card
    own = card_facts(follow_up_card(item, found)).points[0]
    others = [PointFacts(f"follow-up {f.id}", True, (f.answer,)) for f in card.follow_ups if f.id != found.id]
    points = (own, *others, *card_facts(card).points)
    return CardFacts(f"{found.ask} {card.question}", points, ())


class Stretch(NamedTuple):
    """A piece of an answer, as it was written."""

    text: str
    why: str
    """`said`: it says a key point; `stated`: it states a misconception; empty: neither."""


def stretches(card: Card, text: str, marks: Marks) -> list[Stretch]:
    """A typed answer to a card's question, cut where the words begin and end that decided its marks.

    Marks that the learner overruled have no words of their own.
    """
    found = grade_answer(card_facts(card), text)
    why = [""] * len(text)
    for point in found.points:
        if marks.points.get(point.id) == SAID and point.id in found.said:
            for start, end in point.spans:
                why[start:end] = [SAID] * (end - start)
    for wrong in found.misconceptions:
        if wrong.id in marks.stated:
            for start, end in wrong.spans:
                why[start:end] = [STATED] * (end - start)
    pieces = (list(group) for _, group in groupby(zip(text, why, strict=True), key=itemgetter(1)))
    return [Stretch("".join(letter for letter, _ in piece), piece[0][1]) for piece in pieces]
