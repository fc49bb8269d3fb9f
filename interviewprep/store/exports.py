"""What was exported: notes as another system knows them, and names it has for our reviews."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING, Final, NamedTuple

from sqlalchemy import bindparam, delete, insert, select

from interviewprep.store.prepared import Prepared
from interviewprep.store.tables import METADATA, REVIEW

if TYPE_CHECKING:
    from interviewprep.store.store import Store

_NOTE: Final = METADATA.tables["exportnote"]
_LINK: Final = METADATA.tables["reviewlink"]


class ExportedNote(NamedTuple):
    """A note as it was last exported."""

    card: str
    """The card's full name then."""
    guid: str
    content_hash: str
    """Hash of the note's fields and tags."""
    mod: int
    """Epoch seconds at which the content last changed."""
    note_id: int


class MovingReview(NamedTuple):
    """A live review that moves memory, as an export needs it."""

    id: str
    card: str
    """The card's present name."""
    at_ms: int
    rating: int
    duration_ms: int
    interval_days: int | None
    """The interval that was shown."""
    difficulty_after: float | None


_CARD: Final = attrgetter("card")
_WHEN: Final = attrgetter("at_ms", "id")
_NOTES: Final = Prepared(
    select(*(_NOTE.c[name] for name in ExportedNote._fields)).where(_NOTE.c.system == bindparam("system"))
)
_REVIEWS: Final = Prepared(
    select(*(REVIEW.c[name] for name in MovingReview._fields))
    .where(
        REVIEW.c.learner == bindparam("learner"),
        REVIEW.c.moves == 1,
        REVIEW.c.rating.is_not(None),
        REVIEW.c.undone_at_ms.is_(None),
    )
    .order_by(REVIEW.c.card, REVIEW.c.at_ms, REVIEW.c.id)
)
_LINKS: Final = Prepared(
    select(_LINK.c.review_id, _LINK.c.external_id).where(_LINK.c.system == bindparam("system"))
)


def exported_notes(store: Store, system: str) -> dict[str, ExportedNote]:
    """The notes another system has been given, by the card's name at the time."""
    with store.database.read() as connection:
        rows = _NOTES(connection, {"system": system})
        return {row[0]: ExportedNote._make(row) for row in rows}


def keep_exported(
    store: Store, system: str, notes: Iterable[ExportedNote], *, renamed: Iterable[str] = ()
) -> None:
    """Note what was exported just now; `renamed` are former names that these notes replace."""
    rows = [{"system": system, **note._asdict()} for note in notes]
    names = sorted({*renamed, *(str(row["card"]) for row in rows)})
    if not names:
        return
    drop = delete(_NOTE).where(_NOTE.c.system == bindparam("system_"), _NOTE.c.card == bindparam("card_"))
    with store.database.write() as connection:
        connection.execute(drop, [{"system_": system, "card_": name} for name in names])
        if rows:
            connection.execute(insert(_NOTE), rows)


def moving_reviews(store: Store) -> dict[str, list[MovingReview]]:
    """The learner's live reviews that move memory, by the card's present name, in the order of the fold."""
    present = store.rules.names.present
    found: dict[str, list[MovingReview]] = {}
    with store.database.read() as connection:
        rows = map(MovingReview._make, _REVIEWS(connection, {"learner": store.rules.learner}))
        for name, reviews in groupby(rows, key=_CARD):
            card = present(name)
            if card == name and card not in found:
                found[card] = list(reviews)
            else:
                found.setdefault(card, []).extend(review._replace(card=card) for review in reviews)
                found[card].sort(key=_WHEN)
    return found


def review_links(store: Store, system: str) -> dict[str, str]:
    """What another system calls our reviews: external id by review id."""
    with store.database.read() as connection:
        rows: Iterator[tuple[str, str]] = iter(_LINKS(connection, {"system": system}))
        return dict(rows)


def keep_links(store: Store, system: str, links: Mapping[str, str]) -> None:
    """Keep what another system calls reviews: external id by review id, none of them known before."""
    if not links:
        return
    rows = [{"system": system, "external_id": key, "review_id": review} for review, key in links.items()]
    with store.database.write() as connection:
        connection.execute(insert(_LINK), rows)
