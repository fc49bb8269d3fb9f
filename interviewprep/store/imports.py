"""What another system's history is compared with, and how its reviews and marks become rows of ours."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Final
from uuid import NAMESPACE_URL, uuid5

from sqlalchemy import select

from interviewprep.store.exports import ExportedNote
from interviewprep.store.merge import Row, Value
from interviewprep.store.tables import CARDMARK, METADATA, REVIEW

if TYPE_CHECKING:
    from interviewprep.store.store import Store

_LINK: Final = METADATA.tables["reviewlink"]
_MANY: Final = 500
_PLAIN_REVIEW: Final[Mapping[str, Value]] = {
    **dict.fromkeys(column.name for column in REVIEW.c if column.nullable),
    **{"session_id": "", "part": "question", "prompt": "", "mode": "import", "reason": "", "hints": 0},
    **{"attempts": 1, "think_ms": 0, "answer": "", "verdict": "", "mistake": "", "card_hash": ""},
    "params_id": "",
}
_PLAIN_MARK: Final[Mapping[str, Value]] = {
    **dict.fromkeys(column.name for column in CARDMARK.c if column.nullable),
    "session_id": "",
}


def known_reviews(store: Store, cards: Iterable[str]) -> dict[str, dict[int, int | None]]:
    """Ratings by epoch millisecond by present name of these cards; undone reviews are among them."""
    names = store.rules.names
    wanted = sorted({name for card in cards for name in names.all_of(names.present(card))})
    found: dict[str, dict[int, int | None]] = {}
    columns = select(REVIEW.c.card, REVIEW.c.at_ms, REVIEW.c.rating)
    with store.database.read() as connection:
        for start in range(0, len(wanted), _MANY):
            query = columns.where(
                REVIEW.c.learner == store.rules.learner, REVIEW.c.card.in_(wanted[start : start + _MANY])
            )
            for card, at_ms, rating in connection.execute(query):
                found.setdefault(names.present(card), {})[at_ms] = rating
    return found


def linked_reviews(store: Store, system: str) -> set[str]:
    """Every name that another system has for a review of ours."""
    query = select(_LINK.c.external_id).where(_LINK.c.system == system)
    with store.database.read() as connection:
        return {str(name) for name in connection.execute(query).scalars()}


def stable_id(system: str, key: str) -> str:
    """The id of what another system calls `key`: the same on every machine (UUID version 5, RFC 9562)."""
    return str(uuid5(NAMESPACE_URL, f"interviewprep:{system}:{key}"))


def review_row(
    store: Store,
    *,
    review_id: str,
    device: str,
    card: str,
    at_ms: int,
    utc_offset_min: int,
    study_day: int,
    rating: int,
    moves: bool,
    duration_ms: int,
    interval_days: int | None,
) -> Row:
    """A review made elsewhere, for `merge.join`. `device` must not depend on the machine that imports."""
    given: dict[str, Value] = {
        "id": review_id,
        "learner": store.rules.learner,
        "device": device,
        "card": card,
        "at_ms": at_ms,
        "utc_offset_min": utc_offset_min,
        "study_day": study_day,
        "rating": rating,
        "moves": int(moves),
        "duration_ms": duration_ms,
        "interval_days": interval_days,
    }
    # Hundreds of thousands of these are held at once: what is the same in all is kept once.
    return ChainMap(given, _PLAIN_REVIEW)  # type: ignore[arg-type]  # only the first map is written to


def mark_row(store: Store, *, mark_id: str, device: str, card: str, kind: str, value: str, at_ms: int) -> Row:
    """A mark made elsewhere, for `merge.join`."""
    given: dict[str, Value] = {
        "id": mark_id,
        "learner": store.rules.learner,
        "device": device,
        "card": card,
        "kind": kind,
        "value": value,
        "at_ms": at_ms,
    }
    return {**_PLAIN_MARK, **given}


def link_row(*, system: str, external_id: str, review_id: str) -> Row:
    """What another system calls a review, for `merge.join`."""
    return {"system": system, "external_id": external_id, "review_id": review_id}


def note_row(system: str, note: ExportedNote) -> Row:
    """A note that another system has, for `merge.join`."""
    return {"system": system, **note._asdict()}
