"""What a mock interview keeps of each answer, in the session row and so for ever."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Final, cast

from interviewprep.study.mock_marks import MISSED

QUESTION: Final = "question"
FOLLOW_UP: Final = "follow_up:"
"""What the `part` of a follow-up begins with; its id follows."""
_PASSED: Final = re.compile(
    r"(?:sorry )?(?:pass|skip|idk|dunno|(?:i (?:have )?)?no (?:idea|clue)"
    r"|(?:i )?(?:really )?(?:do not|don t|dont|can not|cannot|can t|cant) (?:know|remember|recall))"
    r"(?: it| that| this)?(?: at all| right now)?(?: sorry)?"
)
"""Words, with spaces between, that say that there is no answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One answer to a question or a follow-up, marked."""

    item: int
    """Which item, from 0."""
    part: str
    """`question` or `follow_up:<id>`, as in the log."""
    text: str = ""
    """What was typed; empty for a spoken answer."""
    duration_ms: int = 0
    """From the question to the end of the answer."""
    marking_ms: int = 0
    """Spent on marking one's own spoken answer: the interview's time runs on."""
    confidence: int | None = None
    """1 guess, 2 think, 3 sure; None where it was not asked."""
    verdict: Mapping[str, str] = field(default_factory=dict)
    """By id of key points and stated misconceptions."""
    is_corrected: bool = False
    """Whether the learner overruled the marks at the end."""

    @property
    def is_question(self) -> bool:
        """Whether it answers the card's question and not a follow-up."""
        return self.part == QUESTION

    @property
    def is_passed(self) -> bool:
        """Whether nothing was answered: no words, or words that say so, and nothing of what was asked."""
        words = " ".join(re.findall(r"\w+", self.text.casefold()))
        is_silent = not self.text or bool(_PASSED.fullmatch(words))
        return is_silent and all(word == MISSED for word in self.verdict.values())

    @property
    def follow_up(self) -> str:
        """The follow-up's id; empty for a question."""
        return self.part.removeprefix(FOLLOW_UP) if self.part.startswith(FOLLOW_UP) else ""

    def to_json(self) -> Mapping[str, object]:
        """As the session row keeps it."""
        return asdict(self)


def entry_from_json(value: object) -> Entry:
    """An entry as `to_json` wrote it. Raises KeyError, TypeError or ValueError for anything else."""
    fields = dict(cast("Mapping[str, object]", value))
    if not isinstance(fields["verdict"], Mapping):
        raise ValueError(f"verdict of an answer is {fields['verdict']!r}")
    return Entry(**fields)  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """Where an interview stands."""

    opening_text: str = ""
    opening_ms: int | None = None
    """How long the opening was answered; None while it is still to come."""
    entries: tuple[Entry, ...] = ()
    open_ms: int = 0
    """Time already spent on what is open now, when it was last written down."""
    draft: str = ""
    """What was typed of it."""
    spoken: Entry | None = None
    """A spoken answer that waits to be marked."""
    ticks: tuple[str, ...] = ()
    """Ids that were ticked of it."""

    @property
    def spent_ms(self) -> int:
        """The interview's time so far, as last written down."""
        found = (self.opening_ms or 0) + sum(e.duration_ms + e.marking_ms for e in self.entries)
        return found + (self.spoken.duration_ms if self.spoken else 0) + self.open_ms

    def to_json(self) -> Mapping[str, object]:
        """As the session row keeps it."""
        return {
            "opening_text": self.opening_text,
            "opening_ms": self.opening_ms,
            "entries": [e.to_json() for e in self.entries],
            "open_ms": self.open_ms,
            "draft": self.draft,
            "spoken": self.spoken.to_json() if self.spoken else None,
            "ticks": list(self.ticks),
        }


def state_from_json(value: Mapping[str, object]) -> State:
    """A state as `to_json` wrote it; an empty one is the beginning. Raises as `entry_from_json`."""
    if not value:
        return State()
    spoken = value["spoken"]
    opening_ms = value["opening_ms"]
    return State(
        opening_text=str(value["opening_text"]),
        opening_ms=None if opening_ms is None else int(cast("int", opening_ms)),
        entries=tuple(map(entry_from_json, cast("list[object]", value["entries"]))),
        open_ms=int(cast("int", value["open_ms"])),
        draft=str(value["draft"]),
        spoken=None if spoken is None else entry_from_json(spoken),
        ticks=tuple(map(str, cast("list[object]", value.get("ticks", [])))),
    )
