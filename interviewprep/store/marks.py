"""Marks on cards: suspended, buried, flag, note, known. Append-only; an empty value clears."""

from __future__ import annotations

from sqlalchemy import Connection, bindparam, func, insert, select, update

from interviewprep.store.ids import new_id
from interviewprep.store.records import MARK_KINDS, Mark
from interviewprep.store.rules import Rules
from interviewprep.store.tables import CARDMARK, REVIEW

_live = (
    select(CARDMARK.c.card, CARDMARK.c.kind, CARDMARK.c.value, CARDMARK.c.at_ms)
    .where(CARDMARK.c.learner == bindparam("learner"), CARDMARK.c.undone_at_ms.is_(None))
    .order_by(CARDMARK.c.at_ms, CARDMARK.c.device, CARDMARK.c.id)
)
_LIVE_OF_CARD = _live.where(CARDMARK.c.card.in_(bindparam("cards", expanding=True)))


def latest(connection: Connection, rules: Rules, card: str | None = None) -> dict[tuple[str, str], Mark]:
    """The marks that hold, cleared ones too, by (present name, kind)."""
    if card is None:
        rows = connection.execute(_live, {"learner": rules.learner})
    else:
        names = rules.names.all_of(rules.names.present(card))
        rows = connection.execute(_LIVE_OF_CARD, {"learner": rules.learner, "cards": names})
    found: dict[tuple[str, str], Mark] = {}
    for name, kind, value, at_ms in rows:
        present = rules.names.present(name)
        found[present, kind] = Mark(present, kind, value, at_ms)
    return found


def put(
    connection: Connection, rules: Rules, *, card: str, kind: str, value: str, at_ms: int, session_id: str
) -> bool:
    """Mark a card, or clear a mark with an empty value; returns False where it already was so.

    Raises ValueError for an unknown kind, or a `buried` that is not a study day.
    """
    if kind not in MARK_KINDS:
        raise ValueError(f"mark kind: {kind!r} is none of {MARK_KINDS}")
    if kind == "buried" and value and not value.isdigit():
        raise ValueError(f"buried: {value!r} is not a study day")
    card = rules.names.present(card)
    before = latest(connection, rules, card).get((card, kind))
    if (before.value if before else "") == value:
        return False
    # A clock set back must not let the earlier mark win over this one.
    after = max(at_ms, before.at_ms + 1) if before else at_ms
    add(
        connection,
        rules,
        card=card,
        kind=kind,
        value=value,
        at_ms=after,
        session_id=session_id,
        cause_id=None,
    )
    return True


def add(
    connection: Connection,
    rules: Rules,
    *,
    card: str,
    kind: str,
    value: str,
    at_ms: int,
    session_id: str,
    cause_id: str | None,
) -> None:
    """Write one mark."""
    reviews = connection.execute(select(func.max(REVIEW.c.seq))).scalar_one()
    marks = connection.execute(select(func.max(CARDMARK.c.seq))).scalar_one()
    connection.execute(
        insert(CARDMARK),
        {
            "seq": max(reviews or 0, marks or 0) + 1,
            "id": new_id(at_ms),
            "learner": rules.learner,
            "device": rules.device,
            "session_id": session_id,
            "card": card,
            "kind": kind,
            "value": value,
            "at_ms": at_ms,
            "cause_id": cause_id,
            "undone_at_ms": None,
        },
    )


def is_suspended(connection: Connection, rules: Rules, card: str) -> bool:
    """Whether a card is suspended."""
    found = latest(connection, rules, card).get((card, "suspended"))
    return found is not None and bool(found.value)


def take_back(connection: Connection, mark_id: str, *, now_ms: int) -> None:
    """Undo one mark: the one before it holds again."""
    connection.execute(update(CARDMARK).where(CARDMARK.c.id == mark_id).values(undone_at_ms=now_ms))


def take_back_caused(connection: Connection, review_id: str, *, now_ms: int) -> None:
    """Undo the marks that a review caused."""
    connection.execute(
        update(CARDMARK)
        .where(CARDMARK.c.cause_id == review_id, CARDMARK.c.undone_at_ms.is_(None))
        .values(undone_at_ms=now_ms)
    )
