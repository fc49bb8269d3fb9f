"""The cache of memory states: one row per card, always what folding the log gives."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Final

from sqlalchemy import Connection, bindparam, delete, func, insert, select, update

from interviewprep.memory.fold import fold, rescheduled
from interviewprep.memory.types import CardState, ReviewEvent
from interviewprep.store.prepared import Prepared
from interviewprep.store.rules import Names, Rules
from interviewprep.store.tables import CARDSTATE, META, PARAMS, REVIEW

FOLD_VERSION: Final = 1
"""Raise it when the fold changes: every state is then computed anew at the next start."""

_MIXED: Final = "written under different settings"
_MANY: Final = 200

_state_columns = [CARDSTATE.c[name] for name in CardState._fields]
_event_columns = [REVIEW.c[name] for name in ReviewEvent._fields]
_live = [
    REVIEW.c.learner == bindparam("learner"),
    REVIEW.c.moves == 1,
    REVIEW.c.rating.is_not(None),
    REVIEW.c.undone_at_ms.is_(None),
]
_this_state = [CARDSTATE.c.learner == bindparam("learner_"), CARDSTATE.c.card == bindparam("card_")]

_SELECT_STATES = select(*_state_columns).where(CARDSTATE.c.learner == bindparam("learner"))
_SELECT_SOME_STATES = _SELECT_STATES.where(CARDSTATE.c.card.in_(bindparam("cards", expanding=True)))
_SELECT_EVENTS = (
    select(*_event_columns)
    .where(*_live, REVIEW.c.card.in_(bindparam("cards", expanding=True)))
    .order_by(REVIEW.c.at_ms, REVIEW.c.id)
)
_SELECT_ALL_EVENTS = (
    select(REVIEW.c.card, *_event_columns).where(*_live).order_by(REVIEW.c.card, REVIEW.c.at_ms, REVIEW.c.id)
)
_INSERT_STATE = Prepared(insert(CARDSTATE))
_UPDATE_GUARDED = Prepared(
    update(CARDSTATE).where(*_this_state, CARDSTATE.c.head_id == bindparam("expected_head")),
    columns=[*(name for name in CardState._fields if name != "card"), "params_id"],
)
_UPDATE_DUE = update(CARDSTATE).where(*_this_state).values(due_day=bindparam("due"))
_DELETE_STATE = delete(CARDSTATE).where(*_this_state)
_SELECT_META = Prepared(select(META.c.value).where(META.c.key == bindparam("key_")))


def read_states(connection: Connection, rules: Rules, cards: Iterable[str] | None) -> dict[str, CardState]:
    """Cached states by present name; of all cards where `cards` is None."""
    wanted = None if cards is None else [rules.names.present(c) for c in cards]
    if wanted is None or len(wanted) > _MANY:
        found = {
            row[0]: CardState._make(row)
            for row in connection.execute(_SELECT_STATES, {"learner": rules.learner})
        }
        return found if wanted is None else {c: found[c] for c in wanted if c in found}
    rows = connection.execute(_SELECT_SOME_STATES, {"learner": rules.learner, "cards": wanted})
    return {row[0]: CardState._make(row) for row in rows}


def read_events(connection: Connection, rules: Rules, card: str) -> list[ReviewEvent]:
    """The live reviews that move a card's memory, under all its names, in the order of the fold."""
    rows = connection.execute(_SELECT_EVENTS, {"learner": rules.learner, "cards": rules.names.all_of(card)})
    return [ReviewEvent._make(row) for row in rows]


def fold_events(rules: Rules, card: str, events: Sequence[ReviewEvent]) -> CardState | None:
    """What the log says about one card."""
    return fold(
        card,
        events,
        rules.scheduler,
        desired_retention=rules.desired_retention,
        maximum_interval=rules.maximum_interval,
    )


def fold_all(connection: Connection, rules: Rules) -> dict[str, CardState]:
    """Replay the whole log: the state of every card of this learner, by present name."""
    events: dict[str, list[ReviewEvent]] = {}
    for card, *event in connection.execute(_SELECT_ALL_EVENTS, {"learner": rules.learner}):
        events.setdefault(rules.names.present(card), []).append(ReviewEvent._make(event))
    folded = ((card, fold_events(rules, card, found)) for card, found in events.items())
    return {card: state for card, state in folded if state is not None}


def write_state(connection: Connection, rules: Rules, state: CardState, *, expected_head: str | None) -> bool:
    """Store a state over the one whose last review is `expected_head` (None: over nothing).

    Returns False, and writes nothing, when another review was folded in meanwhile. Inside one write
    transaction of SQLite that cannot happen; a database with finer locks needs the guard.
    """
    values = {**state._asdict(), "learner": rules.learner, "params_id": rules.scheduler.params_id}
    if expected_head is None:
        _INSERT_STATE(connection, values)
        return True
    where = {"learner_": rules.learner, "card_": state.card, "expected_head": expected_head}
    return _UPDATE_GUARDED(connection, {**values, **where}).rowcount == 1


def refold(connection: Connection, rules: Rules, card: str) -> CardState | None:
    """Replay one card's log and store the result; a card without live reviews has no state."""
    state = fold_events(rules, card, read_events(connection, rules, card))
    forget(connection, rules, card)
    if state is not None:
        write_state(connection, rules, state, expected_head=None)
    return state


def forget(connection: Connection, rules: Rules, card: str) -> None:
    """Drop a card's cached state."""
    connection.execute(_DELETE_STATE, {"learner_": rules.learner, "card_": card})


def rebuild(connection: Connection, rules: Rules) -> int:
    """Replace this learner's states by what the log says; returns how many there are."""
    connection.execute(delete(CARDSTATE).where(CARDSTATE.c.learner == rules.learner))
    states = fold_all(connection, rules)
    extra = {"learner": rules.learner, "params_id": rules.scheduler.params_id}
    if states:
        connection.execute(insert(CARDSTATE), [{**s._asdict(), **extra} for s in states.values()])
    _note_rules(connection, rules)
    return len(states)


# -- keeping the cache in step with settings and names -------------------------------------------


def is_current(connection: Connection, rules: Rules) -> bool:
    """Whether the cached states were computed under these rules."""
    return _read_meta(connection, rules_key(rules.learner)) == rules.fingerprint and _read_meta(
        connection, _computed_key(rules.learner)
    ) == _computed(rules)


def bring_up_to_date(connection: Connection, rules: Rules) -> None:
    """Recompute what changed rules made stale: all states, renamed cards, or due days alone."""
    computed = _read_meta(connection, _computed_key(rules.learner))
    if computed != _computed(rules) or _read_meta(connection, rules_key(rules.learner)) == _MIXED:
        rebuild(connection, rules)
        return
    before = Names(json.loads(_read_meta(connection, _aliases_key(rules.learner)) or "{}"))
    for card in sorted(rules.names.changed(before)):
        forget(connection, rules, card)
        if rules.names.present(card) == card:
            refold(connection, rules, card)
    _reschedule(connection, rules)
    _note_rules(connection, rules)


def note_mixed(connection: Connection, rules: Rules) -> None:
    """Remember if a state is written under rules other than those noted (two programs, two settings).

    The next program to start then computes all states anew.
    """
    if _read_meta(connection, rules_key(rules.learner)) not in (rules.fingerprint, _MIXED):
        _write_meta(connection, rules_key(rules.learner), _MIXED)


def _reschedule(connection: Connection, rules: Rules) -> None:
    changed = []
    for state in read_states(connection, rules, None).values():
        due = rescheduled(
            state,
            rules.scheduler,
            desired_retention=rules.desired_retention,
            maximum_interval=rules.maximum_interval,
        ).due_day
        if due != state.due_day:
            changed.append({"learner_": rules.learner, "card_": state.card, "due": due})
    if changed:
        connection.execute(_UPDATE_DUE, changed)


def _note_rules(connection: Connection, rules: Rules) -> None:
    _write_meta(connection, _computed_key(rules.learner), _computed(rules))
    _write_meta(connection, _aliases_key(rules.learner), json.dumps(rules.names.aliases, sort_keys=True))
    _write_meta(connection, rules_key(rules.learner), rules.fingerprint)


def keep_params(connection: Connection, rules: Rules, *, now_ms: int) -> None:
    """Keep the weights in use, so that a later model can tell what old states were made with."""
    params_id = rules.scheduler.params_id
    if connection.execute(select(func.count()).where(PARAMS.c.id == params_id)).scalar_one() == 0:
        weights = json.dumps(list(rules.scheduler.weights))
        row = {"id": params_id, "weights": weights, "metrics": "", "adopted_at_ms": now_ms}
        connection.execute(insert(PARAMS), row)


def _computed(rules: Rules) -> str:
    return f"fold {FOLD_VERSION}, params {rules.scheduler.params_id}"


def rules_key(learner: str) -> str:
    """Where `meta` notes what a learner's states were computed with."""
    return f"rules:{learner}"


def _computed_key(learner: str) -> str:
    return f"computed:{learner}"


def _aliases_key(learner: str) -> str:
    return f"aliases:{learner}"


def _read_meta(connection: Connection, key: str) -> str | None:
    row = _SELECT_META(connection, {"key_": key}).fetchone()
    return None if row is None else str(row[0])


def _write_meta(connection: Connection, key: str, value: str) -> None:
    changed = connection.execute(update(META).where(META.c.key == key).values(value=value))
    if changed.rowcount == 0:
        connection.execute(insert(META), {"key": key, "value": value})
