"""The tables, as SQLModel classes. The review log is the truth; `cardstate` is a cache of its fold.

Milliseconds are epoch milliseconds in UTC. Study days are days since 1970-01-01 by the learner's
rollover hour. The tables do not validate; `records` does, and CHECKs guard the small closed sets.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import BigInteger, CheckConstraint, Index, Integer, Table
from sqlalchemy.orm import registry
from sqlmodel import Field, SQLModel

from interviewprep.store.records import MARK_KINDS, MODES, REASONS

APPLICATION_ID: Final = 0x49505250  # "IPRP", in the file's header
_SEQ = BigInteger().with_variant(Integer, "sqlite")  # SQLite wants INTEGER for a row id


class _Row(SQLModel, registry=registry()):
    """A registry of our own: another SQLModel user in the process cannot add tables to ours."""


def _one_of(column: str, values: tuple[str, ...]) -> CheckConstraint:
    listed = ", ".join(f"'{v}'" for v in values)
    return CheckConstraint(f"{column} IN ({listed})", name=f"{column}_known")


def _between(column: str, low: int, high: int) -> CheckConstraint:
    return CheckConstraint(f"{column} BETWEEN {low} AND {high}", name=f"{column}_range")


class Review(_Row, table=True):
    """One answered card. Append-only: `undone_at_ms` is the only column ever written again."""

    __tablename__ = "review"
    __table_args__ = (
        _one_of("mode", MODES),
        _one_of("reason", REASONS),
        _between("moves", 0, 1),
        _between("rating", 1, 4),
        _between("suggested", 1, 4),
        _between("score", 0, 1),
        _between("confidence", 1, 3),
        Index("review_card", "learner", "card", "at_ms", "id"),
        Index("review_day", "learner", "study_day", "undone_at_ms"),
        Index("review_session", "session_id"),
    )

    seq: int = Field(primary_key=True, sa_type=_SEQ, sa_column_kwargs={"autoincrement": False})
    """Local order of arrival; one counter with `cardmark.seq`."""
    id: str = Field(unique=True)
    """UUIDv7; an imported review's id is a hash of the other system's name and its key there."""
    learner: str
    device: str
    session_id: str = ""
    card: str
    """The card's name then; never rewritten, `was` is applied when folding."""
    part: str = "question"
    prompt: str = ""
    mode: str
    reason: str = ""
    moves: int
    at_ms: int = Field(sa_type=BigInteger)
    utc_offset_min: int
    study_day: int
    rating: int | None = None
    suggested: int | None = None
    score: float | None = None
    confidence: int | None = None
    hints: int = 0
    attempts: int = 1
    think_ms: int = Field(default=0, sa_type=BigInteger)
    duration_ms: int = Field(default=0, sa_type=BigInteger)
    answer: str = ""
    verdict: str = ""
    """JSON object, or empty."""
    mistake: str = ""
    card_hash: str = ""
    predicted: float | None = None
    params_id: str = ""
    stability_after: float | None = None
    difficulty_after: float | None = None
    interval_days: int | None = None
    undone_at_ms: int | None = Field(default=None, sa_type=BigInteger)


class ReviewLink(_Row, table=True):
    """What another system calls one of our reviews, and we call one of theirs."""

    __tablename__ = "reviewlink"

    system: str = Field(primary_key=True)
    external_id: str = Field(primary_key=True)
    review_id: str = Field(index=True)


class CardStateRow(_Row, table=True):
    """A cache: the fold of one card's live reviews (memory.types.CardState)."""

    __tablename__ = "cardstate"
    __table_args__ = ({"sqlite_with_rowid": False},)

    learner: str = Field(primary_key=True)
    card: str = Field(primary_key=True)
    """The card's present name."""
    head_id: str
    """Id of the last review folded in; a write that expects another one re-folds."""
    params_id: str
    stability: float
    difficulty: float
    first_day: int
    last_day: int
    last_at_ms: int = Field(sa_type=BigInteger)
    due_day: int
    reps: int
    lapses: int
    pass_days: int
    last_rating: int
    repeat_day: int | None = None
    red_from_day: int | None = None
    pass_day: int | None = None
    fail_day: int | None = None


class CardMark(_Row, table=True):
    """Suspended, buried, flagged, noted, known. Append-only; clearing is a mark with an empty value.

    Of a card's live marks of one kind the last by (at_ms, device, id) holds.
    """

    __tablename__ = "cardmark"
    __table_args__ = (_one_of("kind", MARK_KINDS), Index("cardmark_card", "learner", "card", "kind"))

    seq: int = Field(primary_key=True, sa_type=_SEQ, sa_column_kwargs={"autoincrement": False})
    id: str = Field(unique=True)
    learner: str
    device: str
    session_id: str = ""
    card: str
    kind: str
    value: str = ""
    at_ms: int = Field(sa_type=BigInteger)
    cause_id: str | None = Field(default=None, index=True)
    """The review that caused it: a leech's suspension falls with its undo."""
    undone_at_ms: int | None = Field(default=None, sa_type=BigInteger)


class Params(_Row, table=True):
    """FSRS weights by content hash."""

    __tablename__ = "params"

    id: str = Field(primary_key=True)
    weights: str
    """JSON list."""
    metrics: str = ""
    """JSON object: how they did on held-out reviews."""
    adopted_at_ms: int = Field(sa_type=BigInteger)


class Session(_Row, table=True):
    """One sitting: a drill, a quiz, a mock interview."""

    __tablename__ = "session"

    id: str = Field(primary_key=True)
    learner: str
    device: str
    kind: str
    config: str = ""
    """JSON object."""
    items: str = ""
    """JSON list: what it asks, frozen when it starts (quiz, mock)."""
    state: str = ""
    """JSON object: where to resume."""
    result: str = ""
    """JSON object."""
    started_at_ms: int = Field(sa_type=BigInteger)
    ended_at_ms: int | None = Field(default=None, sa_type=BigInteger)


class Plan(_Row, table=True):
    """An interview date with minutes a day. Merged: last writer wins by (at_ms, device)."""

    __tablename__ = "plan"

    id: str = Field(primary_key=True)
    learner: str
    name: str
    interview_day: int
    """Study day of the interview."""
    minutes_per_day: float
    config: str = ""
    """JSON object: which cards, days off."""
    ended_at_ms: int | None = Field(default=None, sa_type=BigInteger)
    at_ms: int = Field(sa_type=BigInteger)
    device: str


class PlanDay(_Row, table=True):
    """A plan's rule and order for one day, written when the day's first card is asked."""

    __tablename__ = "planday"

    plan_id: str = Field(primary_key=True)
    study_day: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    rule: str = ""
    items: str = ""
    """JSON list of card names in order."""
    at_ms: int = Field(sa_type=BigInteger)
    device: str


class ExportNote(_Row, table=True):
    """A note as last exported, so that a later export updates it in place."""

    __tablename__ = "exportnote"

    system: str = Field(primary_key=True)
    card: str = Field(primary_key=True)
    guid: str
    content_hash: str
    mod: int = Field(sa_type=BigInteger)
    """Epoch seconds at which the content last changed."""
    note_id: int = Field(sa_type=BigInteger)


class Meta(_Row, table=True):
    """Facts about the database itself: device id, fold version, what the states were computed with."""

    __tablename__ = "meta"

    key: str = Field(primary_key=True)
    value: str


METADATA: Final = _Row.metadata
REVIEW: Final[Table] = METADATA.tables["review"]
CARDSTATE: Final[Table] = METADATA.tables["cardstate"]
CARDMARK: Final[Table] = METADATA.tables["cardmark"]
PARAMS: Final[Table] = METADATA.tables["params"]
SESSION: Final[Table] = METADATA.tables["session"]
PLAN: Final[Table] = METADATA.tables["plan"]
PLANDAY: Final[Table] = METADATA.tables["planday"]
META: Final[Table] = METADATA.tables["meta"]
