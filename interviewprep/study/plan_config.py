"""An interview plan as the use cases know it, and as it is kept: a plain record <-> JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, NamedTuple, Self

from interviewprep.cards.heads import CardHead
from interviewprep.errors import InterviewPrepError
from interviewprep.memory.days import day_to_date
from interviewprep.store.index import Library
from interviewprep.store.plan_records import SavedPlan
from interviewprep.study.plan_dates import NO_DAYS_OFF, WEEKDAYS, DaysOff, read_days_off, read_time

if TYPE_CHECKING:
    from interviewprep.memory.plan.autoplan import Choice
    from interviewprep.memory.plan.rules import Rule

FEW_TOPICS = 5
"""So many are named; the others are counted."""


@dataclass(frozen=True, slots=True)
class PlanCards:
    """Which cards a plan is for; empty means all.

    Alternatives within a field are joined by or, fields by and.
    """

    decks: tuple[str, ...] = ()
    """Deck ids."""
    tags: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    """`deck:ID`, `tag:TAG` or `concept:ID`, as a job description suggested them; a card needs one of them."""

    def matches(self, head: CardHead) -> bool:
        """Whether a card is in the plan."""
        if self.decks and head.deck not in self.decks:
            return False
        if self.tags and set(self.tags).isdisjoint(head.tags.split()):
            return False
        if self.levels and head.level not in self.levels:
            return False
        if not self.topics:
            return True
        names = {f"deck:{head.deck}", f"concept:{head.concept}", *(f"tag:{tag}" for tag in head.tags.split())}
        return not names.isdisjoint(self.topics)

    def __str__(self) -> str:
        parts = [
            *(f"deck {d}" for d in self.decks),
            *(f"tag {t}" for t in self.tags),
            *(f"level {level}" for level in self.levels),
            *(topic.replace(":", " ", 1) for topic in self.topics[:FEW_TOPICS]),
        ]
        if len(self.topics) > FEW_TOPICS:
            parts.append(f"{len(self.topics) - FEW_TOPICS} more topics")
        return ", ".join(parts) or "all cards"


class Chosen(NamedTuple):
    """A choice of the auto-plan as it is kept; that module is loaded only where it is looked into."""

    text: str
    """The rule as written."""
    recall: float
    """Mean predicted recall at the interview that it promised, 0 to 1."""
    curve: tuple[float, ...]
    """What was promised for the end of each of `days`."""
    days: tuple[int, ...]
    attendance: float
    tried: int
    complete: bool

    @classmethod
    def of(cls, choice: Choice) -> Self:
        """A choice to keep."""
        return cls(
            str(choice.rule),
            choice.recall,
            choice.curve,
            choice.days,
            choice.attendance,
            choice.tried,
            choice.complete,
        )

    @property
    def rule(self) -> Rule:
        """The rule; the greedy one where the text means nothing to this program."""
        from interviewprep.memory.plan.rules import GREEDY, Rule

        try:
            return Rule.parse(self.text)
        except InterviewPrepError:
            return GREEDY

    @property
    def choice(self) -> Choice:
        """The choice as it was made."""
        from interviewprep.memory.plan.autoplan import Choice

        return Choice(
            rule=self.rule,
            recall=self.recall,
            curve=self.curve,
            days=self.days,
            attendance=self.attendance,
            tried=self.tried,
            complete=self.complete,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """One interview plan."""

    id: str
    name: str
    interview_day: int
    """Study day of the interview."""
    minutes: float
    """To study on each day."""
    cards: PlanCards = field(default_factory=PlanCards)
    off: DaysOff = NO_DAYS_OFF
    time: str = ""
    """Local time of the interview, `14:00`; empty where it was not said."""
    on_day: int = 0
    """The interview's date, as days since 1970-01-01; after `interview_day` if it begins before rollover."""
    begun_day: int = 0
    """The study day on which it was made."""
    choice: Chosen | None = None
    """The rule last chosen with what it promised; None until the auto-plan has a result."""
    chosen_day: int = 0
    """The study day on which it was chosen."""
    missed: int = 0
    """Study days missed before the rule was chosen again."""
    missed_cost: float = 0.0
    """How much promised recall that took, 0 to 1."""
    at_ms: int = 0
    """When the learner last changed it."""
    ended_at_ms: int | None = None

    @classmethod
    def of(cls, saved: SavedPlan) -> Self:
        """The plan that was kept; what its config does not say, or not legibly, is as by default."""
        config = saved.config
        texts = {key: _texts(config.get(key)) for key in ("decks", "tags", "levels", "topics")}
        return cls(
            id=saved.id,
            name=saved.name,
            interview_day=saved.interview_day,
            minutes=saved.minutes_per_day,
            cards=PlanCards(**texts),
            off=_days_off(config.get("days_off")),
            time=_time(config.get("time")),
            choice=_choice(config.get("choice")),
            on_day=_whole(config.get("on_day")) or saved.interview_day,
            begun_day=_whole(config.get("begun_day")),
            chosen_day=_whole(config.get("chosen_day")),
            missed=_whole(config.get("missed")),
            missed_cost=_fraction(config.get("missed_cost")),
            at_ms=saved.at_ms,
            ended_at_ms=saved.ended_at_ms,
        )

    def saved(self) -> SavedPlan:
        """As it is kept."""
        cards, off, choice = self.cards, self.off, self.choice
        config: dict[str, object] = {
            "decks": list(cards.decks),
            "tags": list(cards.tags),
            "levels": list(cards.levels),
            "topics": list(cards.topics),
            "days_off": [
                *(WEEKDAYS[n] for n in sorted(off.weekdays)),
                *(day_to_date(day).isoformat() for day in sorted(off.days)),
            ],
            "time": self.time,
            "on_day": self.on_day if self.on_day != self.interview_day else 0,
            "begun_day": self.begun_day,
        }
        if choice is not None:
            config["chosen_day"] = self.chosen_day
            config["missed"] = self.missed
            config["missed_cost"] = round(self.missed_cost, 5)
            config["choice"] = {
                "rule": choice.text,
                "recall": round(choice.recall, 5),
                "curve": [round(value, 5) for value in choice.curve],
                "days": list(choice.days),
                "attendance": round(choice.attendance, 5),
                "tried": choice.tried,
                "complete": choice.complete,
            }
        config = {key: value for key, value in config.items() if value}
        return SavedPlan(
            self.id, self.name, self.interview_day, self.minutes, config, self.ended_at_ms, self.at_ms, ""
        )

    def chosen(self, choice: Choice, day: int, *, missed: int = 0, missed_cost: float = 0.0) -> Self:
        """The same plan following another rule.

        No change by the learner: `at_ms` stays, so that a merge never prefers it to one.
        """
        return replace(self, choice=Chosen.of(choice), chosen_day=day, missed=missed, missed_cost=missed_cost)

    def heads(self, library: Library) -> list[CardHead]:
        """Its cards that a drill can ask, in asking order; none where all its decks have gone."""
        return [head for head in library.heads if head.scheduled and self.cards.matches(head)]

    def gone(self, library: Library) -> list[str]:
        """Its decks and topics that no longer exist."""
        decks = {deck.id for deck in library.decks}
        lost = [deck for deck in self.cards.decks if deck not in decks]
        return lost + [t for t in self.cards.topics if t.startswith("deck:") and t[5:] not in decks]


def _texts(value: object) -> tuple[str, ...]:
    return tuple(v for v in value if isinstance(v, str)) if isinstance(value, list) else ()


def _whole(value: object) -> int:
    return value if isinstance(value, int) else 0


def _time(value: object) -> str:
    try:
        return read_time(value) if isinstance(value, str) else ""
    except InterviewPrepError:
        return ""


def _days_off(value: object) -> DaysOff:
    try:
        return read_days_off(",".join(_texts(value)))
    except InterviewPrepError:
        return NO_DAYS_OFF


def _choice(value: object) -> Chosen | None:
    if not isinstance(value, Mapping):
        return None
    curve, days, rule = _numbers(value.get("curve")), _numbers(value.get("days")), value.get("rule")
    if not isinstance(rule, str) or len(curve) != len(days):
        return None
    return Chosen(
        text=rule,
        recall=_fraction(value.get("recall")),
        curve=tuple(curve),
        days=tuple(map(int, days)),
        attendance=_fraction(value.get("attendance", 1.0)),
        tried=_whole(value.get("tried")),
        complete=bool(value.get("complete")),
    )


def _numbers(value: object) -> list[float]:
    return [v for v in value if isinstance(v, int | float)] if isinstance(value, list) else []


def _fraction(value: object) -> float:
    return float(value) if isinstance(value, int | float) else 0.0
