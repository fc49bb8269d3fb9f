"""The review log: append, undo, history. Everything runs inside the caller's transaction."""

from __future__ import annotations

import json
from typing import Final, NamedTuple

from sqlalchemy import Connection, Select, and_, bindparam, func, insert, literal, select, update

from interviewprep.memory.curve import retrievability
from interviewprep.memory.fold import is_leech, step
from interviewprep.memory.types import CardState, ReviewEvent
from interviewprep.store import cache, marks
from interviewprep.store.ids import new_id
from interviewprep.store.prepared import Prepared, Value
from interviewprep.store.records import LEECH, Answer, PastReview, Recorded, Undone
from interviewprep.store.rules import Rules
from interviewprep.store.tables import CARDMARK, CARDSTATE, META, REVIEW
from interviewprep.store.times import to_ms

_newest_event = (
    select(REVIEW.c.id)
    .where(
        REVIEW.c.learner == bindparam("learner"),
        REVIEW.c.moves == 1,
        REVIEW.c.rating.is_not(None),
        REVIEW.c.undone_at_ms.is_(None),
    )
    .order_by(REVIEW.c.at_ms.desc(), REVIEW.c.id.desc())
    .limit(1)
)


def _standing(newest_event: Select[str]) -> Select[*tuple[object, ...]]:
    """All an answer needs to know, in one row: one statement costs less than three, and each answer waits.

    Last seq of either table, the noted rules, the id of the card's newest review, the card's state.
    """
    nothing = select(literal(1).label("one")).subquery()
    own = and_(CARDSTATE.c.learner == bindparam("learner"), CARDSTATE.c.card == bindparam("card"))
    return select(
        select(func.max(REVIEW.c.seq)).scalar_subquery(),
        select(func.max(CARDMARK.c.seq)).scalar_subquery(),
        select(META.c.value).where(META.c.key == bindparam("rules_key")).scalar_subquery(),
        newest_event.scalar_subquery(),
        *(CARDSTATE.c[name] for name in CardState._fields),
    ).select_from(nothing.outerjoin(CARDSTATE, own))


_STANDING: Final = Prepared(_standing(_newest_event.where(REVIEW.c.card == bindparam("card"))))
_STANDING_OF_MANY_NAMES: Final = _standing(
    _newest_event.where(REVIEW.c.card.in_(bindparam("cards", expanding=True)))
)
_INSERT_REVIEW: Final = Prepared(insert(REVIEW))

NEVER_UNDONE: Final = ("import", "quiz", "mock")
"""Modes whose answers stand: what came from elsewhere, and what was said in an examination."""

# `|| ''` keeps SQLite from reading every review of a learner by the index and sorting them, where walking
# back from the last `seq` meets the one wanted within a few rows.
_own_reviews = (
    select(REVIEW.c.seq, REVIEW.c.id, REVIEW.c.card, REVIEW.c.rating, REVIEW.c.mode, REVIEW.c.moves)
    .where(
        REVIEW.c.learner.concat("") == bindparam("learner"),
        REVIEW.c.device == bindparam("device"),
        REVIEW.c.undone_at_ms.is_(None),
        REVIEW.c.mode.not_in(NEVER_UNDONE),
    )
    .order_by(REVIEW.c.seq.desc())
    .limit(1)
)
_own_marks = (
    select(CARDMARK.c.seq, CARDMARK.c.id, CARDMARK.c.card, CARDMARK.c.kind)
    .where(
        CARDMARK.c.learner.concat("") == bindparam("learner"),
        CARDMARK.c.device == bindparam("device"),
        CARDMARK.c.undone_at_ms.is_(None),
        CARDMARK.c.cause_id.is_(None),
    )
    .order_by(CARDMARK.c.seq.desc())
    .limit(1)
)
_in_session = {
    "review": _own_reviews.where(REVIEW.c.session_id == bindparam("session_id")),
    "mark": _own_marks.where(CARDMARK.c.session_id == bindparam("session_id")),
}
_anywhere = {"review": _own_reviews, "mark": _own_marks}


class _Before(NamedTuple):
    """What an answer meets in the database."""

    next_seq: int
    noted_rules: str | None
    """What `meta` says the states were computed with."""
    head_id: str | None
    """The card's newest review in the log."""
    state: CardState | None


def append(connection: Connection, rules: Rules, answer: Answer) -> Recorded:
    """Write one answer, the card's new state, and a leech's suspension."""
    card = rules.names.present(answer.card)
    at_ms = to_ms(answer.at)
    review_id = new_id(at_ms)
    found = _before(connection, rules, card)
    before = after = found.state
    if answer.moves and answer.rating is not None:
        event = ReviewEvent(review_id, at_ms, answer.study_day, answer.rating, answer.confidence)
        after = _folded(connection, rules, card, found, event)
    predicted = None
    if before is not None:
        elapsed = max(0, answer.study_day - before.last_day)
        predicted = retrievability(before.stability, elapsed, decay=rules.scheduler.decay)
    _INSERT_REVIEW(
        connection,
        {
            "seq": found.next_seq,
            "id": review_id,
            "learner": rules.learner,
            "device": rules.device,
            "at_ms": at_ms,
            "predicted": predicted,
            **_answer_columns(answer),
            **_outcome_columns(rules, after if answer.moves else None),
            "undone_at_ms": None,
        },
    )
    if after is not before and after is not None:
        _store_state(connection, rules, before, after)
        if found.noted_rules != rules.fingerprint:
            cache.note_mixed(connection, rules)
    leech = _became_leech(rules, before, after) and not marks.is_suspended(connection, rules, card)
    if leech:
        marks.add(
            connection,
            rules,
            card=card,
            kind="suspended",
            value=LEECH,
            at_ms=at_ms,
            session_id=answer.session_id,
            cause_id=review_id,
        )
    return Recorded(
        review_id=review_id, card=card, before=before, after=after, predicted=predicted, leech=leech
    )


def undo(connection: Connection, rules: Rules, *, now_ms: int, session_id: str) -> Undone | None:
    """Take back the newest thing this session did, else this device; None when there is nothing left.

    What another device or an import brought in is never taken back.
    """
    scopes = [(_in_session, {"session_id": session_id})] if session_id else []
    for statements, extra in [*scopes, (_anywhere, {})]:
        who = {"learner": rules.learner, "device": rules.device, **extra}
        review = connection.execute(statements["review"], who).first()
        mark = connection.execute(statements["mark"], who).first()
        if mark is not None and (review is None or mark.seq > review.seq):
            marks.take_back(connection, mark.id, now_ms=now_ms)
            card = rules.names.present(mark.card)
            return Undone(kind=mark.kind, card=card, rating=None, mode="", id=mark.id)
        if review is not None:
            card = rules.names.present(review.card)
            taken = update(REVIEW).where(REVIEW.c.id == review.id).values(undone_at_ms=now_ms)
            connection.execute(taken)
            marks.take_back_caused(connection, review.id, now_ms=now_ms)
            if review.moves:
                cache.refold(connection, rules, card)
                cache.note_mixed(connection, rules)
            return Undone(kind="review", card=card, rating=review.rating, mode=review.mode, id=review.id)
    return None


def history(
    connection: Connection, rules: Rules, card: str | None, *, limit: int, include_undone: bool
) -> list[PastReview]:
    """The log, newest first; of all cards by study day first, which an index gives without sorting."""
    columns = [REVIEW.c[name] for name in PastReview._fields if name != "undone"]
    query = select(*columns, REVIEW.c.undone_at_ms).where(REVIEW.c.learner == rules.learner)
    if card is None:
        query = query.order_by(REVIEW.c.study_day.desc())
    else:
        names = rules.names.all_of(rules.names.present(card))
        query = query.where(REVIEW.c.card.in_(names))
    query = query.order_by(REVIEW.c.at_ms.desc(), REVIEW.c.id.desc())
    if not include_undone:
        query = query.where(REVIEW.c.undone_at_ms.is_(None))
    if limit:
        query = query.limit(limit)
    past = []
    for *fields, undone_at_ms in connection.execute(query):
        found = PastReview._make([*fields, undone_at_ms is not None])
        past.append(found._replace(card=rules.names.present(found.card)))
    return past


# -- appending -----------------------------------------------------------------------------------


def _before(connection: Connection, rules: Rules, card: str) -> _Before:
    names = rules.names.all_of(card)
    where = {"learner": rules.learner, "card": card, "rules_key": cache.rules_key(rules.learner)}
    if len(names) == 1:
        row = _STANDING(connection, where).fetchone()
    else:
        row = connection.execute(_STANDING_OF_MANY_NAMES, {**where, "cards": names}).one()
    last_review, last_mark, noted_rules, head_id, *state = row
    return _Before(
        next_seq=max(last_review or 0, last_mark or 0) + 1,
        noted_rules=noted_rules,
        head_id=head_id,
        state=None if state[0] is None else CardState._make(state),
    )


def _folded(
    connection: Connection, rules: Rules, card: str, found: _Before, event: ReviewEvent
) -> CardState | None:
    """The state with one more review: one step where it is the newest, else the card's replay."""
    state = found.state
    cached_head = state.head_id if state else None
    newest = state is None or (event.at_ms, event.id) > (state.last_at_ms, state.head_id)
    if cached_head != found.head_id or not newest:
        return cache.fold_events(rules, card, [*cache.read_events(connection, rules, card), event])
    return step(
        state,
        card,
        event,
        rules.scheduler,
        desired_retention=rules.desired_retention,
        maximum_interval=rules.maximum_interval,
    )


def _store_state(connection: Connection, rules: Rules, before: CardState | None, after: CardState) -> None:
    head = before.head_id if before else None
    if not cache.write_state(connection, rules, after, expected_head=head):
        cache.refold(connection, rules, after.card)


def _became_leech(rules: Rules, before: CardState | None, after: CardState | None) -> bool:
    if after is None or after.lapses <= (before.lapses if before else 0):
        return False
    return is_leech(after.lapses, rules.leech_lapses)


def _answer_columns(answer: Answer) -> dict[str, Value]:
    return {
        "session_id": answer.session_id,
        "card": answer.card,
        "part": answer.part,
        "prompt": answer.prompt,
        "mode": answer.mode,
        "reason": answer.reason,
        "moves": int(answer.moves),
        "utc_offset_min": answer.utc_offset_min,
        "study_day": answer.study_day,
        "rating": answer.rating,
        "suggested": answer.suggested,
        "score": answer.score,
        "confidence": answer.confidence,
        "hints": answer.hints,
        "attempts": answer.attempts,
        "think_ms": answer.think_ms,
        "duration_ms": answer.duration_ms,
        "answer": answer.answer,
        "verdict": json.dumps(dict(answer.verdict), ensure_ascii=False) if answer.verdict else "",
        "mistake": answer.mistake,
        "card_hash": answer.card_hash,
    }


def _outcome_columns(rules: Rules, after: CardState | None) -> dict[str, Value]:
    """The record of what was shown; never folded."""
    return {
        "params_id": rules.scheduler.params_id if after else "",
        "stability_after": after.stability if after else None,
        "difficulty_after": after.difficulty if after else None,
        "interval_days": after.due_day - after.last_day if after else None,
    }
