"""Anki's review log as reviews of ours: which entries count, and which are here already."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from enum import IntEnum
from typing import TYPE_CHECKING, Final, NamedTuple

from interviewprep.errors import ExchangeError
from interviewprep.exchange.anki.incoming import ReviewRow
from interviewprep.exchange.anki.names import SYSTEM, review_key
from interviewprep.store import imports
from interviewprep.store.merge import Row
from interviewprep.store.times import to_ms

if TYPE_CHECKING:
    from interviewprep.study.desk import Desk

MOST_NEW: Final = 500_000
"""Reviews taken in at once; they are all held in memory (about 1 kB each)."""
_EARLIEST_MS: Final = 1_136_073_600_000
"""2006, the year of Anki's first release."""
_MS_A_DAY: Final = 86_400_000
_MOVED_ON_MS: Final = 20
"""An export moves a review on by a few milliseconds where another one has the same; see RevlogIds."""
_LATER: Final = timedelta(days=1)
"""How far a phone's clock may be ahead."""


class _Kind(IntEnum):
    """Of an entry of the log (rslib/src/revlog/mod.rs)."""

    LEARN = 0
    REVIEW = 1
    RELEARN = 2
    FILTERED = 3
    """Before it was due, or in a filtered deck; where the deck does not reschedule, `factor` is 0."""
    MANUAL = 4
    RESCHEDULED = 5


class Target(NamedTuple):
    """The card of ours that a card of Anki's is."""

    name: str
    guid: str
    is_exported: bool
    """Whether it came from us; else it is a note of another's, taken over."""


class Histories(NamedTuple):
    """What became of the entries of the log."""

    reviews: list[Row]
    links: list[Row]
    cards: int
    """Of our own with new reviews."""
    of_ours: int
    """New reviews of cards that came from us."""
    of_others: int
    """New reviews of notes taken over."""
    not_moving: int
    """Of the new ones those that move no memory."""
    known: int
    """Reviews that are here already."""
    skipped: Counter[str]
    """Entries that are no reviews, by why."""


def new_reviews(
    desk: Desk, reviews: Iterable[ReviewRow], targets: Mapping[int, Target], *, shifted_ease: bool = False
) -> Histories:
    """The reviews that are not in the log yet, as rows for `merge.join`.

    `targets` by id of Anki's cards. Study days go by the learner's rollover hour and time zone, as if the
    reviews had been made here. With `shifted_ease` (Anki's scheduler before 2.1) learning cards had three
    buttons: 2 was Good. Raises ExchangeError for more than MOST_NEW.
    """
    store = desk.store
    here = imports.known_reviews(store, {target.name for target in targets.values()})
    links = imports.linked_reviews(store, SYSTEM)
    latest_ms = to_ms(desk.clock() + _LATER)
    rows: list[Row] = []
    new_links: list[Row] = []
    skipped: Counter[str] = Counter()
    known = not_moving = of_ours = 0
    cards: set[str] = set()
    for review in reviews:
        target = targets.get(review.card)
        why = _why_not(review, latest_ms)
        if target is None or why:
            if target is not None:
                skipped[why] += 1
            continue
        rating = _rating(review, shifted_ease=shifted_ease)
        key = review_key(target.guid, review.id)
        if key in links or _is_here(here.get(target.name, {}), review.id, rating):
            known += 1
            continue
        if len(rows) >= MOST_NEW:
            raise ExchangeError(
                f"There are more than {MOST_NEW:,} new reviews in this file.",
                hint="Import it deck by deck, with --deck. Nothing was changed.",
            )
        review_id = imports.stable_id(SYSTEM, key)
        at = datetime.fromtimestamp(review.id / 1000, UTC)
        moves = review.kind != _Kind.FILTERED or review.factor != 0
        rows.append(
            imports.review_row(
                store,
                review_id=review_id,
                device=SYSTEM,
                card=target.name,
                at_ms=review.id,
                utc_offset_min=desk.utc_offset(at),
                study_day=desk.study_day(at),
                rating=rating,
                moves=moves,
                duration_ms=min(max(0, review.time), _MS_A_DAY),
                interval_days=review.ivl if review.ivl > 0 else None,
            )
        )
        not_moving += not moves
        if target.is_exported:
            of_ours += 1
            cards.add(target.name)
            new_links.append(imports.link_row(system=SYSTEM, external_id=key, review_id=review_id))
    return Histories(rows, new_links, len(cards), of_ours, len(rows) - of_ours, not_moving, known, skipped)


def _why_not(review: ReviewRow, latest_ms: int) -> str:
    """Why an entry is no review; '' if it is one."""
    if review.kind in (_Kind.MANUAL, _Kind.RESCHEDULED) or review.ease == 0:
        return "due days set by hand, not reviews"
    if not 1 <= review.ease <= 4 or review.kind not in tuple(_Kind):
        return "entries of a kind that Anki does not write"
    if not _EARLIEST_MS <= review.id <= latest_ms:
        return "entries dated before Anki existed, or in the future"
    return ""


def _rating(review: ReviewRow, *, shifted_ease: bool) -> int:
    if shifted_ease and review.kind in (_Kind.LEARN, _Kind.RELEARN) and review.ease in (2, 3):
        return review.ease + 1
    return review.ease


def _is_here(known: Mapping[int, int | None], at_ms: int, rating: int) -> bool:
    return any(known.get(at_ms - moved, 0) == rating for moved in range(_MOVED_ON_MS + 1))
