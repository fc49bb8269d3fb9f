"""What makes a card worth learning, as far as a program can tell: lengths, counts, fields, results.

The figures are those the shipped decks promise (decks/README.md). All are warnings except a `computed`
value that is not what its expression gives: that is a wrong number on a card.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from interviewprep.cards.arithmetic import ArithmeticFault, agrees, work_out
from interviewprep.cards.model import Card, ChoiceCard, QaCard
from interviewprep.cards.rules import Loc

if TYPE_CHECKING:
    from interviewprep.cards.sourcemap import SourceMap

SPEAKABLE_WORDS = 112
"""45 seconds at 150 words a minute."""
SHORT_WORDS = (35, 75)
ONE_LINER_WORDS = 35
DETAILED_WORDS = (120, 300)
KEY_POINTS = (3, 7)
MUST_POINTS = 2
ACCEPTED_WORDINGS = 3
VARIANTS = 2
FOLLOW_UPS = (2, 4)
UNWRITTEN = re.compile(r"^\s*(TODO|FIXME|TBD|No answer written yet)\b", re.IGNORECASE)
_WORD = re.compile(r"\S*\w\S*")


SHARED = 0.8
"""Part of their telling words that two questions share when they ask nearly the same."""
CANDIDATES = 200
"""With how many questions that share a rare word a question is compared."""
_COMMON_WORDS = """
    a an and are be can could define describe do does explain for from give in is it its me mean of on or
    please tell that the their them they this to us was what which with you your
"""
_COMMON = frozenset(_COMMON_WORDS.split())


class Remark(NamedTuple):
    """Something to better in a card. `loc` leads to the field, empty for the card as a whole."""

    loc: Loc
    message: str
    severity: str = "warning"


def remarks(card: Card, *, source_map: SourceMap | None = None) -> Iterator[Remark]:
    """Everything to better in one card. `source_map` says which source rows and corrections there are."""
    if card.level is None:
        yield Remark((), "no `level`; write easy, medium or hard")
    if isinstance(card, QaCard):
        yield from _answer(card)
        yield from _points(card)
        yield from _further(card)
    elif isinstance(card, ChoiceCard):
        yield from _options(card)
    elif not card.tags:
        yield Remark((), "no `tags`; write the words one would filter by")
    yield from _analogies(card)
    yield from _results(card)
    if source_map is not None:
        yield from _source(card, source_map)


def count_words(text: str) -> int:
    """Words as a speaker counts them: whatever stands between blanks and holds a letter or digit."""
    return len(_WORD.findall(text))


def _answer(card: QaCard) -> Iterator[Remark]:
    words = count_words(card.short)
    low, high = SHORT_WORDS
    if UNWRITTEN.match(card.short):
        yield Remark(("short",), "the answer is not written yet")
    elif words > SPEAKABLE_WORDS:
        yield Remark(
            ("short",), f"`short` has {words} words; more than {SPEAKABLE_WORDS} take longer than 45 seconds"
        )
    elif not low <= words <= high:
        yield Remark(("short",), f"`short` has {words} words; {low} to {high} are said in about 30 seconds")
    if not card.one_liner:
        yield Remark((), "no `one_liner`; write the answer in one sentence")
    elif (words := count_words(card.one_liner)) > ONE_LINER_WORDS:
        yield Remark(
            ("one_liner",), f"`one_liner` has {words} words; at most {ONE_LINER_WORDS} are one breath"
        )
    low, high = DETAILED_WORDS
    if not card.detailed:
        yield Remark((), "no `detailed` answer; write what survives two follow-up questions")
    elif not low <= (words := count_words(card.detailed)) <= high:
        yield Remark(("detailed",), f"`detailed` has {words} words; write {low} to {high}")


def _points(card: QaCard) -> Iterator[Remark]:
    points = card.key_points
    if not points:
        yield Remark((), "no `key_points`; write the ideas a good answer contains")
        return
    low, high = KEY_POINTS
    if not low <= len(points) <= high:
        yield Remark(
            ("key_points",), f"`key_points` holds {len(points)}; write {low} to {high}, one idea each"
        )
    must = sum(point.weight == "must" for point in points)
    if must < MUST_POINTS:
        yield Remark(
            ("key_points",),
            f"`key_points` with `weight: must`: {must}; there should be at least {MUST_POINTS}",
        )
    for place, point in enumerate(points):
        if len(point.accept) < ACCEPTED_WORDINGS:
            yield Remark(
                ("key_points", place),
                f"key point `{point.id}`: `accept` holds {len(point.accept)}; "
                f"write at least {ACCEPTED_WORDINGS} wordings that people use",
            )


def _further(card: QaCard) -> Iterator[Remark]:
    if len(card.variants) < VARIANTS:
        yield Remark(
            ("variants",),
            f"`variants` holds {len(card.variants)}; write at least {VARIANTS} that ask from another side",
        )
    low, high = FOLLOW_UPS
    if not low <= len(card.follow_ups) <= high:
        yield Remark(("follow_ups",), f"`follow_ups` holds {len(card.follow_ups)}; write {low} to {high}")
    if not card.example:
        yield Remark((), "no `example`; write a concrete case")
    if not card.tags:
        yield Remark((), "no `tags`; write the words one would filter by")
    if not card.refs:
        yield Remark((), "no `refs`; write where to read on")


def _options(card: ChoiceCard) -> Iterator[Remark]:
    if card.form == "order":
        return
    for place, option in enumerate(card.options):
        if not option.right and not option.why:
            yield Remark(("options", place), f"option `{option.id}` does not say `why` it is wrong")


def _analogies(card: Card) -> Iterator[Remark]:
    for place, analogy in enumerate(card.analogies):
        if not analogy.breaks:
            yield Remark(
                ("analogies", place), f"analogy `{analogy.id}` has no `breaks`; say where it is wrong"
            )


def _results(card: Card) -> Iterator[Remark]:
    for place, entry in enumerate(card.computed):
        try:
            result = work_out(entry.expr)
            right = agrees(result, entry.value, entry.digits)
        except ArithmeticFault as fault:
            yield Remark(("computed", place, "expr"), f"`{entry.expr}`: {fault}", "error")
            continue
        if not right:
            message = f"`{entry.expr}` is {_shown(result)}, not {entry.value}"
            yield Remark(("computed", place, "value"), message, "error")


def _source(card: Card, source_map: SourceMap) -> Iterator[Remark]:
    """Rows and corrections that the document a card names does not have."""
    if card.source is None or card.source.document != source_map.document:
        return
    rows = {row.id for row in source_map.rows}
    for place, row in enumerate(card.source.rows):
        if row not in rows:
            yield Remark(("source", "rows", place), f"the source document has no row `{row}`")
    known = {correction.id for correction in source_map.corrections}
    lists: list[tuple[Loc, Sequence[str]]] = [(("corrects",), card.corrects)]
    lists += [(("misconceptions", n, "corrects"), m.corrects) for n, m in enumerate(card.misconceptions)]
    for loc, corrections in lists:
        for place, correction in enumerate(corrections):
            if correction not in known:
                yield Remark((*loc, place), f"there is no correction `{correction}` of the source document")


def _shown(result: object) -> str:
    if isinstance(result, list):
        return f"[{', '.join(map(_shown, result))}]"
    return f"{result:.8g}" if isinstance(result, float) else str(result)


def similar_questions(questions: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Places (earlier, later) of questions that ask nearly the same: at least four of five words are shared.

    Words that every question has ("what is the ...") do not count, nor does the ending -s. Compares only
    questions that share one of their two rarest words, so that thousands take a moment.
    """
    words = [_telling_words(question) for question in questions]
    holders: dict[str, list[int]] = {}
    for place, found in enumerate(words):
        for word in found:
            holders.setdefault(word, []).append(place)
    for place, found in enumerate(words):
        rarest = sorted(found, key=lambda word: (len(holders[word]), word))[:2]
        candidates = {other for word in rarest for other in holders[word][:CANDIDATES] if other < place}
        for other in sorted(candidates):
            if len(found & words[other]) >= SHARED * len(found | words[other]):
                yield other, place
                break


def _telling_words(question: str) -> frozenset[str]:
    plain = re.findall(r"[^\W_]+", question.casefold())
    words = {word[:-1] if len(word) > 3 and word.endswith("s") else word for word in plain}
    return frozenset(words - _COMMON) or frozenset(plain)
