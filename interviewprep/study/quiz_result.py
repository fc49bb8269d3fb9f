"""What quizzes came to: one quiz by topic and level, and all of them over time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, NamedTuple, cast

from interviewprep.study.quiz_items import Item

if TYPE_CHECKING:
    from interviewprep.store.sessions import SavedSession
    from interviewprep.study.desk import Desk

LEVELS = ("easy", "medium", "hard", "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """One answered question as the session's state keeps it."""

    picked: tuple[str, ...] = ()
    text: str = ""
    score: float
    """0 to 1."""
    duration_ms: int
    is_late: bool = False
    verdict: Mapping[str, str] = field(default_factory=dict)
    mistake: str = ""

    @property
    def is_right(self) -> bool:
        """Whether nothing was missing or wrong."""
        return self.score == 1

    def to_json(self) -> dict[str, object]:
        """For the session row."""
        return asdict(self)

    @classmethod
    def from_json(cls, value: object) -> Answered:
        """As `to_json` wrote it. Raises KeyError or TypeError for anything else."""
        fields = dict(cast("Mapping[str, object]", value))
        fields["picked"] = tuple(cast("Sequence[str]", fields["picked"]))
        return cls(**fields)  # type: ignore[arg-type]


class Line(NamedTuple):
    """Some questions of a quiz summed up."""

    name: str
    """Topic or level."""
    questions: int
    right: int
    """Questions with nothing missing or wrong."""
    score: float
    """Mean score, 0 to 1."""
    seconds: float
    """Mean time of a question."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QuizResult:
    """What a quiz came to, over the questions answered so far."""

    questions: int
    """How many it has."""
    answered: int
    right: int
    score: float
    """Mean score of the answered ones, 0 to 1."""
    seconds: float
    """All time taken."""
    late: int
    """Answers after their time; they count as none."""
    topics: tuple[Line, ...]
    """The weakest first."""
    levels: tuple[Line, ...]
    """From easy to hard."""
    wrong: tuple[int, ...]
    """Places of the questions that were not right, from 0."""

    def to_json(self) -> dict[str, object]:
        """For the session row and for `--json`."""
        found = asdict(self)
        found["topics"] = [line._asdict() for line in self.topics]
        found["levels"] = [line._asdict() for line in self.levels]
        return found


def sum_up(items: Sequence[Item], answers: Sequence[Answered]) -> QuizResult:
    """Sum up the answered questions."""
    pairs = list(zip(items, answers, strict=False))
    by_topic = _lines(dict.fromkeys(item.topic for item, _ in pairs), pairs, lambda item: item.topic)
    whole = _line("", [answer for _, answer in pairs])
    return QuizResult(
        questions=len(items),
        answered=len(pairs),
        right=whole.right,
        score=whole.score,
        seconds=sum(a.duration_ms for a in answers) / 1000,
        late=sum(a.is_late for a in answers),
        topics=tuple(sorted(by_topic, key=lambda line: line.score)),
        levels=tuple(_lines(LEVELS, pairs, lambda item: item.level)),
        wrong=tuple(place for place, (_, answer) in enumerate(pairs) if not answer.is_right),
    )


def _lines(
    names: Iterable[str], pairs: Sequence[tuple[Item, Answered]], group: Callable[[Item], str]
) -> list[Line]:
    found = [_line(name, [answer for item, answer in pairs if group(item) == name]) for name in names]
    return [line for line in found if line.questions]


def _line(name: str, answers: Sequence[Answered]) -> Line:
    count = len(answers)
    return Line(
        name=name,
        questions=count,
        right=sum(a.is_right for a in answers),
        score=sum(a.score for a in answers) / max(1, count),
        seconds=sum(a.duration_ms for a in answers) / 1000 / max(1, count),
    )


# -- over time -------------------------------------------------------------------------------------


class PastQuiz(NamedTuple):
    """One quiz of the history."""

    id: str
    started_at_ms: int
    selection: str
    kind: str
    questions: int
    answered: int
    right: int
    score: float
    """0 to 1."""
    seconds: float
    is_repeat: bool
    """Asked only what was wrong in another quiz; not part of the trend."""
    is_open: bool
    """Not finished: it can be resumed."""


def past_quizzes(desk: Desk, *, limit: int = 0) -> list[PastQuiz]:
    """Quizzes with an answer or more, newest first; those given up are left out."""
    found = [_past(saved) for saved in desk.store.sessions("quiz")]
    kept = [past for past in found if past is not None]
    return kept[:limit] if limit else kept


def unfinished(desk: Desk) -> PastQuiz | None:
    """The newest quiz of this device that was begun and not finished."""
    device = desk.store.rules.device
    for saved in desk.store.sessions("quiz"):
        if saved.ended_at_ms is None and saved.items and saved.device == device:
            return _past(saved, with_none=True)
    return None


def last_finished(desk: Desk) -> PastQuiz | None:
    """The newest quiz that was answered to its end."""
    return next((past for past in past_quizzes(desk) if not past.is_open), None)


def trend(past: Iterable[PastQuiz], *, last: int = 20) -> list[float]:
    """Scores of the last finished quizzes, oldest first."""
    scores = [p.score for p in past if not p.is_open and not p.is_repeat]
    return list(reversed(scores[:last]))


def _past(saved: SavedSession, *, with_none: bool = False) -> PastQuiz | None:
    is_open = saved.ended_at_ms is None
    answers = cast("Sequence[Mapping[str, object]]", saved.state.get("answers", ()))
    if not (answers or with_none) or not (is_open or saved.result):
        return None
    scores = [cast("float", a["score"]) for a in answers]
    return PastQuiz(
        id=saved.id,
        started_at_ms=saved.started_at_ms,
        selection=str(saved.config.get("selection", "")),
        kind=str(saved.config.get("kind", "")),
        questions=len(saved.items),
        answered=len(answers),
        right=sum(score == 1 for score in scores),
        score=sum(scores) / max(1, len(scores)),
        seconds=sum(cast("int", a["duration_ms"]) for a in answers) / 1000,
        is_repeat="again" in saved.config,
        is_open=is_open,
    )
