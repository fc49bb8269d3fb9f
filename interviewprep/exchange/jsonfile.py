"""Cards, reviews and marks as one JSON document, for other programs; `docs/json.md` describes it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final, TextIO

from interviewprep import __version__
from interviewprep.memory.days import day_to_date

if TYPE_CHECKING:
    from interviewprep.cards.heads import CardHead
    from interviewprep.store.records import Mark, PastReview
    from interviewprep.study.desk import Desk
    from interviewprep.study.selection import Selection

FORMAT: Final = "interviewprep-export"
VERSION: Final = 1
BEGINNING: Final = f'{{\n"format": "{FORMAT}",\n'

Json = Mapping[str, object]


def write_json(desk: Desk, stream: TextIO, selection: Selection, *, with_progress: bool) -> int:
    """Write the selected cards and what was answered of them; returns the number of cards.

    One object a line, so that the file can be compared and searched. Raises NotFoundError where nothing is
    selected.
    """
    heads = selection.heads(desk.library)
    names = {head.name for head in heads}
    decks = {head.deck for head in heads}
    stream.write(BEGINNING)
    stream.write(f'"version": {VERSION},\n"program": {_text(__version__)},\n')
    stream.write(f'"written": {_text(_moment(round(desk.clock().timestamp() * 1000)))},\n')
    _write_list(
        stream,
        "decks",
        ({"deck": deck.id, "title": deck.title} for deck in desk.library.decks if deck.id in decks),
    )
    stream.write(",\n")
    _write_list(stream, "cards", (_card(desk, head) for head in heads))
    if with_progress:
        stream.write(",\n")
        history = reversed(desk.store.history(include_undone=True))
        _write_list(stream, "reviews", (_review(review) for review in history if review.card in names))
        stream.write(",\n")
        marks = desk.store.marks()
        _write_list(stream, "marks", (_mark(mark) for mark in marks if mark.card in names))
    stream.write("\n}\n")
    return len(heads)


def _write_list(stream: TextIO, name: str, items: Iterable[Json]) -> None:
    stream.write(f'"{name}": [')
    for line in _separated(json.dumps(item, ensure_ascii=False) for item in items):
        stream.write(line)
    stream.write("\n]")


def _separated(lines: Iterable[str]) -> Iterator[str]:
    for place, line in enumerate(lines):
        yield f"{',' if place else ''}\n{line}"


def _card(desk: Desk, head: CardHead) -> Json:
    card = desk.library.card(head.name)
    content = card.model_dump(mode="json", exclude_defaults=True)
    return {"card": head.name, "hash": desk.library.card_hash(head.name), "kind": head.kind, **content}


def _review(review: PastReview) -> Json:
    return {
        "id": review.id,
        "card": review.card,
        "at": _moment(review.at_ms),
        "study_day": day_to_date(review.study_day).isoformat(),
        "mode": review.mode,
        "reason": review.reason,
        "rating": review.rating,
        "duration_ms": review.duration_ms,
        "answer": review.answer,
        "predicted": review.predicted,
        "stability": review.stability_after,
        "difficulty": review.difficulty_after,
        "interval_days": review.interval_days,
        "undone": review.undone,
    }


def _mark(mark: Mark) -> Json:
    return {"card": mark.card, "mark": mark.kind, "value": mark.value, "at": _moment(mark.at_ms)}


def _moment(at_ms: int) -> str:
    at = datetime.fromtimestamp(at_ms / 1000, UTC)
    return at.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _text(value: str) -> str:
    return json.dumps(value, ensure_ascii=False)
