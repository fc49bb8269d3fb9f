"""Joining two logs of one learner: nothing is lost, and the order of joining does not matter.

What never changes (reviews, marks) is joined by its id, and taken back at the earlier of two times. What
is written anew (plans, days of plans, sittings, exported notes) is the later writer's. Each rule picks a
maximum or a minimum of the two sides, which makes joining commutative, associative and idempotent.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import UnionType
from typing import Final, NamedTuple, TypeAlias

from sqlalchemy import (
    BigInteger,
    Connection,
    Float,
    Integer,
    RowMapping,
    Table,
    and_,
    func,
    insert,
    select,
    update,
)
from sqlalchemy.exc import IntegrityError

from interviewprep.errors import StoreError
from interviewprep.store import cache
from interviewprep.store.rules import Rules
from interviewprep.store.store import Store
from interviewprep.store.tables import CARDMARK, METADATA, PLAN, PLANDAY, REVIEW, SESSION

Value: TypeAlias = "int | float | str | None"
Row: TypeAlias = Mapping[str, Value]
"""A row of a table by column. Tables are carried whole, so columns are not spelt out here."""

_MOVES: Final = {"review": ("moves",)}
LOCAL: Final = "seq"
"""The order of arrival on one device; it does not travel."""
MANY: Final = 500


class _Kept(NamedTuple):
    """How rows of one table that changes are joined: the greater rank wins."""

    table: Table
    key: tuple[str, ...]
    rank: tuple[str, ...]
    """Columns compared in order, then all others, so that two different rows are never equal."""


_LOGS: Final = {"review": REVIEW, "mark": CARDMARK}
_MADE_TWICE: Final = {
    "review": ("card", "study_day", "utc_offset_min"),
    "mark": ("card", "value", "at_ms"),
}
"""What two machines may have written differently for one id, because both imported it from elsewhere: in
another time zone, say. The lesser of the two is kept everywhere."""
_KEPT: Final = {
    "session": _Kept(SESSION, ("id",), ("ended_at_ms", "state", "result")),
    "plan": _Kept(PLAN, ("id",), ("at_ms", "device")),
    "planday": _Kept(PLANDAY, ("plan_id", "study_day"), ("at_ms", "device")),
    "link": _Kept(METADATA.tables["reviewlink"], ("system", "external_id"), ("review_id",)),
    "params": _Kept(METADATA.tables["params"], ("id",), ("adopted_at_ms",)),
    "note": _Kept(METADATA.tables["exportnote"], ("system", "card"), ("mod", "content_hash")),
}
KINDS: Final = (*_LOGS, *_KEPT)
"""What a learner's progress consists of."""


class Joined(NamedTuple):
    """What joining did, or would do."""

    reviews: int
    """Reviews that were not here before."""
    taken_back: int
    """Reviews and marks that had been taken back on the other side."""
    marks: int
    sittings: int
    plans: int
    cards: int
    """Cards whose memory state was computed anew."""
    others: int
    """Further rows: days of plans, weights, names that other systems have, corrected ones."""


class BadRowError(ValueError):
    """A row is not one of ours; the message says why."""


class _DryRunError(Exception):
    """Rolls a trial back."""


def everything(store: Store) -> Iterator[tuple[str, Row]]:
    """All of the learner's progress as (kind, row), in an order that depends on nothing but the content."""
    with store.database.read() as connection:
        for kind, table in (*_LOGS.items(), *((kind, kept.table) for kind, kept in _KEPT.items())):
            columns = [column for column in table.c if column.name != LOCAL]
            keys = [table.c.at_ms, table.c.id] if kind in _LOGS else [table.c[k] for k in _KEPT[kind].key]
            query = select(*columns).order_by(*keys)
            if "learner" in table.c:
                query = query.where(table.c.learner == store.rules.learner)
            for row in connection.execute(query):
                yield kind, row._asdict()


def checked(kind: str, raw: Mapping[str, object]) -> Row:
    """A row as read from a file, if it has the columns and types of its table. Raises BadRowError."""
    table = _LOGS.get(kind)
    if table is None:
        if kind not in _KEPT:
            raise BadRowError(f"there is no {kind!r} in a learner's progress")
        table = _KEPT[kind].table
    columns = {column.name: column for column in table.c if column.name != LOCAL}
    if raw.keys() != columns.keys():
        odd = min(raw.keys() ^ columns.keys())
        raise BadRowError(f"a {kind} {'has no column' if odd in raw else 'lacks'} {odd!r}")
    row: dict[str, Value] = {}
    for name, column in columns.items():
        value = raw[name]
        if value is None and not column.nullable:
            raise BadRowError(f"{name} of a {kind} is empty")
        wanted = _python_types(column.type)
        if value is None or (isinstance(value, wanted) and not isinstance(value, bool)):
            row[name] = value
        else:
            raise BadRowError(f"{name} of a {kind} is {value!r}")
    return row


def join(store: Store, rows: Iterable[tuple[str, Row]], *, dry_run: bool = False) -> Joined:
    """Join checked rows of the same learner into the store, in one transaction; states are folded anew.

    With `dry_run` nothing is kept. Raises StoreError where the rows contradict themselves.
    """
    by_kind: dict[str, list[Row]] = {kind: [] for kind in KINDS}
    for kind, row in rows:
        by_kind[kind].append(row)
    found: Joined | None = None
    try:
        with store.database.write() as connection:
            try:
                found = _join(connection, store.rules, by_kind)
            except IntegrityError as error:
                raise StoreError(
                    f"The progress to be joined contradicts itself: {error.orig}.",
                    hint="Nothing was changed.",
                ) from error
            if dry_run:
                raise _DryRunError
    except _DryRunError:
        pass
    if found is None:
        raise AssertionError("unreachable")
    return found


def _join(connection: Connection, rules: Rules, by_kind: Mapping[str, Sequence[Row]]) -> Joined:
    seq = _next_seq(connection)
    new: dict[str, int] = {}
    back: dict[str, int] = {}
    touched: set[str] = set()
    corrected = 0
    for kind, table in _LOGS.items():
        fresh, changes = _sorted_out(connection, table, by_kind[kind], _MADE_TWICE[kind])
        for start in range(0, len(fresh), MANY):
            some = fresh[start : start + MANY]
            connection.execute(insert(table), [{**row, LOCAL: seq + place} for place, row in enumerate(some)])
            seq += len(some)
        for change in changes:
            connection.execute(update(table).where(table.c.id == change.id).values(dict(change.after)))
        new[kind], back[kind] = len(fresh), sum(change.is_taken_back for change in changes)
        corrected += len(changes) - back[kind]
        if table is REVIEW:
            rows = (*(row for row in fresh if row["moves"]), *(row for c in changes for row in c.moving()))
            touched = {rules.names.present(str(row["card"])) for row in rows}
    changed = {kind: _keep_later(connection, kept, by_kind[kind]) for kind, kept in _KEPT.items()}
    for card in sorted(touched):
        cache.refold(connection, rules, card)
    return Joined(
        reviews=new["review"],
        taken_back=back["review"] + back["mark"],
        marks=new["mark"],
        sittings=changed["session"],
        plans=changed["plan"],
        cards=len(touched),
        others=corrected + sum(changed[kind] for kind in ("planday", "link", "params", "note")),
    )


def _next_seq(connection: Connection) -> int:
    last = [connection.execute(select(func.max(t.c[LOCAL]))).scalar_one() or 0 for t in _LOGS.values()]
    return 1 + max(last)


class _Change(NamedTuple):
    """A row that is here and has to be written anew in some columns."""

    id: str
    before: Row
    after: Row

    @property
    def is_taken_back(self) -> bool:
        return self.before["undone_at_ms"] != self.after["undone_at_ms"]

    def moving(self) -> tuple[Row, ...]:
        """Both, where it is a review that moves memory: either card's state may change."""
        return (self.before, self.after) if self.before["moves"] else ()


def _sorted_out(
    connection: Connection, table: Table, rows: Sequence[Row], made_twice: tuple[str, ...]
) -> tuple[list[Row], list[_Change]]:
    """Rows not here yet; and rows here that the other side took back (earlier), or has otherwise."""
    fresh: dict[str, Row] = {}
    changes: dict[str, _Change] = {}
    columns = [table.c[name] for name in ("id", "undone_at_ms", *made_twice, *_MOVES.get(table.name, ()))]
    for start in range(0, len(rows), MANY):
        some = rows[start : start + MANY]
        query = select(*columns).where(table.c.id.in_([row["id"] for row in some]))
        here: dict[str, Row] = {row.id: row._asdict() for row in connection.execute(query)}
        for row in some:
            name = str(row["id"])
            was = here.get(name)
            known = changes[name].after if name in changes else was if was is not None else fresh.get(name)
            if known is None:
                fresh[name] = row
                continue
            best = min(row, known, key=lambda one: _comparable(one, made_twice))
            joined = {column: best[column] for column in made_twice}
            joined["undone_at_ms"] = _earlier(row["undone_at_ms"], known["undone_at_ms"])
            if all(known[column] == value for column, value in joined.items()):
                continue
            if was is None:
                fresh[name] = {**known, **joined}
            else:
                changes[name] = _Change(name, was, joined)
    return list(fresh.values()), list(changes.values())


def _earlier(one: Value, other: Value) -> Value:
    times = [when for when in (one, other) if isinstance(when, int)]
    return min(times, default=None)


def _keep_later(connection: Connection, kept: _Kept, rows: Sequence[Row]) -> int:
    """Write the rows that outrank what is here; returns how many."""
    table, changed = kept.table, 0
    for row in rows:
        same = and_(*(table.c[name] == row[name] for name in kept.key))
        here = connection.execute(select(table).where(same)).mappings().first()
        if here is None:
            connection.execute(insert(table), dict(row))
        elif _rank(kept, row) > _rank(kept, here):
            connection.execute(update(table).where(same).values(dict(row)))
        else:
            continue
        changed += 1
    return changed


def _rank(kept: _Kept, row: Row | RowMapping) -> tuple[tuple[bool, str | float], ...]:
    others = [column.name for column in kept.table.c if column.name not in kept.rank]
    return _comparable(row, (*kept.rank, *others))


def _comparable(row: Row | RowMapping, columns: Iterable[str]) -> tuple[tuple[bool, str | float], ...]:
    """Absent values lowest; numbers and texts of one column never meet."""
    values = [row[name] for name in columns]
    return tuple((value is not None, "" if value is None else value) for value in values)


def _python_types(kind: object) -> type[int] | type[str] | UnionType:
    if isinstance(kind, Float):
        return int | float
    return int if isinstance(kind, Integer | BigInteger) else str
