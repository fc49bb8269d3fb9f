"""A mock interview: an opening, then questions from broad to deep with a follow-up each, against the clock.

Nothing of an answer is shown before it is given, and nothing can be looked at again until the end. What it
asks is frozen in the session row when it begins; where it stands is written in the transaction of each
answer, so that a process that is killed goes on at the same question.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, cast

from interviewprep.errors import InterviewPrepError
from interviewprep.store.records import Answer
from interviewprep.study.desk import Desk
from interviewprep.study.mock_course import Asked, Course, Stage
from interviewprep.study.mock_draw import draw_items
from interviewprep.study.mock_items import Item, item_from_json
from interviewprep.study.mock_marks import SAID, Marks, marks_of_ticks, marks_of_verdict, rating_of
from interviewprep.study.mock_openings import tidy_role
from interviewprep.study.mock_options import (
    PLANNED,
    MockOptions,
    options_from_json,
    options_to_json,
    planned_of,
)
from interviewprep.study.mock_record import Entry, State, state_from_json
from interviewprep.study.scorecard import Scorecard, sum_up

if TYPE_CHECKING:
    from interviewprep.cards.model import Card
    from interviewprep.store.sessions import SavedSession

KIND = "mock"
SEEDS = 1_000_000
WARNING_SHARE = 0.8
"""From this share of its target time on an answer is quietly warned."""


class MockError(InterviewPrepError):
    """Something a mock interview cannot do now; nothing was kept."""

    exit_code = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Marking:
    """A spoken answer that was given: what it should have said, to be ticked."""

    card: Card
    """Of a follow-up a card with one point."""
    asked: Asked


class Mock:
    """One mock interview. `asked` peeks, `hand_in` commits, `mark` ticks a spoken answer."""

    def __init__(self, desk: Desk, saved: SavedSession) -> None:
        """Use `Mock.begin` or `Mock.resume`."""
        self.desk = desk
        self.session_id = saved.id
        self.started_at_ms = saved.started_at_ms
        self.ended_at_ms = saved.ended_at_ms
        self.options = options_from_json(saved.config)
        self._course = Course(
            items=tuple(map(item_from_json, saved.items)),
            planned=planned_of(saved.config, len(saved.items)),
            asks_after_pass=PLANNED not in saved.config,
            options=self.options,
            seed=int(cast("int", saved.config["seed"])),
            asks_confidence=desk.settings.confidence != "never",
        )
        self._state = state_from_json(saved.state)
        self._kept = saved.state
        """The state as it stands in the session row."""

    # -- beginning ---------------------------------------------------------------------------------

    @classmethod
    def begin(cls, desk: Desk, options: MockOptions | None = None, *, seed: int | None = None) -> Mock:
        """Draw the questions and freeze them; by default the moment decides which.

        Raises NotFoundError for an unknown topic and where no card can be asked.
        """
        options = options or MockOptions()
        options = replace(options, role=tidy_role(options.role))
        drawn_by = int(desk.clock().timestamp()) % SEEDS if seed is None else seed
        drawn = draw_items(desk, options, seed=drawn_by)
        session_id = desk.store.start_session(
            KIND,
            {**options_to_json(options), "seed": drawn_by, PLANNED: drawn.planned},
            now=desk.clock(),
            items=[item.to_json() for item in drawn.items],
        )
        return cls.resume(desk, session_id)

    @classmethod
    def resume(cls, desk: Desk, session_id: str) -> Mock:
        """An interview as it stands, unfinished or over; the beginning of an id will do.

        Raises MockError where there is none, or it cannot be read.
        """
        found = desk.store.sessions(KIND, session_id=session_id) if session_id else []
        if not found:
            raise MockError(
                f"There is no mock interview {session_id}.", "`interviewprep mock list` shows them."
            )
        if len(found) > 1:
            raise MockError(f"Several mock interviews begin with {session_id}.", "Write more of the id.")
        try:
            return cls(desk, found[0])
        except (KeyError, TypeError, ValueError) as error:
            raise MockError(
                f"The mock interview {session_id} cannot be read: {error}",
                "`interviewprep mock --new` begins a new one.",
            ) from None

    # -- what is asked -----------------------------------------------------------------------------

    def asked(self) -> Asked | None:
        """What is to be answered now; None while a spoken answer waits to be marked, and at the end."""
        return None if self._state.spoken is not None else self._open()

    def marking(self) -> Marking | None:
        """The spoken answer that waits to be marked, also after a restart."""
        spoken = self._state.spoken
        if spoken is None:
            return None
        return Marking(card=self._course.card(spoken), asked=self._course.asked_of(spoken.item, spoken.part))

    @property
    def items(self) -> tuple[Item, ...]:
        """The cards, in the order in which they are asked as far as the time goes.

        They hold the answers, so not for screens.
        """
        return self._course.items

    @property
    def count(self) -> int:
        """How many questions fit into the time, follow-ups not counted; more once more are asked."""
        asked = self._open()
        reached = max((entry.item + 1 for entry in self._state.entries), default=0)
        return max(self._course.planned, reached, asked.number if asked else 0)

    @property
    def is_short(self) -> bool:
        """Whether too few questions match the options to fill the time."""
        return self._course.is_short

    @property
    def state(self) -> State:
        """Where it stands: the open answer's time and draft are in it."""
        return self._state

    @property
    def is_over(self) -> bool:
        """Whether nothing more is asked."""
        return self._state.spoken is None and self._open() is None

    def seconds_left(self, open_ms: int = 0) -> float:
        """Until the interview's time is up, below 0 after it; `open_ms` were spent on what is open now."""
        return self._course.seconds_left(self._state, open_ms)

    # -- what happens ------------------------------------------------------------------------------

    def hand_in(self, text: str = "", *, duration_ms: int, confidence: int | None = None) -> None:
        """Commit the answer to what is asked; an empty one is none.

        A typed answer is graded and recorded; a spoken one is marked next. `duration_ms` counts from the
        question, time before a restart included. Raises MockError where nothing is asked.
        """
        asked = self.asked()
        if asked is None:
            raise MockError("No question is open.")
        state = replace(self._state, open_ms=0, draft="", ticks=())
        if asked.stage is Stage.OPENING:
            self._keep(replace(state, opening_text=text.strip(), opening_ms=duration_ms))
            return
        at, part = self._course.position(self._state)
        entry = Entry(
            item=at,
            part=part,
            text=text.strip(),
            duration_ms=duration_ms,
            confidence=confidence if asked.asks_confidence else None,
        )
        if self.options.spoken:
            self._keep(replace(state, spoken=entry))
            return
        from interviewprep.study.mock_grading import marks_of_text

        marks = marks_of_text(self._course.items[at], entry.follow_up, entry.text)
        self._record(replace(entry, verdict=marks.verdict), state)

    def mark(self, *, said: Collection[str], stated: Collection[str], marking_ms: int = 0) -> None:
        """Tick what a spoken answer said, by id. Raises MockError where none waits."""
        spoken = self._state.spoken
        if spoken is None:
            raise MockError("No answer waits to be marked.")
        marks = marks_of_ticks(self._course.card(spoken), said=said, stated=stated)
        entry = replace(spoken, verdict=marks.verdict, marking_ms=marking_ms)
        self._record(entry, replace(self._state, spoken=None, open_ms=0, ticks=()))

    def keep(self, open_ms: int, draft: str = "", ticks: Collection[str] = ()) -> None:
        """Write down the time spent on what is open, and what is typed or ticked of it, to resume there."""
        if not self.is_over:
            self._keep(replace(self._state, open_ms=open_ms, draft=draft, ticks=tuple(sorted(ticks))))

    def finish(self) -> Scorecard:
        """End it, now or where everything is asked; what is open is left out."""
        card = self.scorecard()
        if self.ended_at_ms is None:
            now = self.desk.clock()
            self.desk.store.end_session(self.session_id, now=now, result=card.to_json(), before=self._kept)
            self.ended_at_ms = round(now.timestamp() * 1000)
        return card

    def correct(self, index: int, *, said: Collection[str], stated: Collection[str]) -> Scorecard:
        """Overrule the marks of an answer (by its place among all answers) once the interview is over.

        A point said only in part stays so unless it is now said.
        The log is never edited: the corrected answer is recorded again, and of one sitting's answers to
        one question the last counts.
        """
        if self.ended_at_ms is None:
            raise MockError("Marks can be changed once the interview is over.")
        before = self._state.entries[index]
        marks = _overruled(self._course.card(before), before, said=said, stated=stated)
        if marks.verdict == before.verdict:
            return self.scorecard()
        entries = list(self._state.entries)
        entries[index] = entry = replace(before, verdict=marks.verdict, is_corrected=True)
        state = replace(self._state, entries=tuple(entries))
        self._append(entry, state, is_over=True)
        card = self.scorecard()
        self.desk.store.end_session(
            self.session_id, now=self.desk.clock(), result=card.to_json(), before=self._kept, is_over=True
        )
        return card

    def scorecard(self) -> Scorecard:
        """What it has come to so far."""
        return sum_up(
            self.session_id,
            self.started_at_ms,
            self.options,
            self._course.items,
            self._state,
            planned=self._course.planned,
            left_over=self._course.left_over(self._state),
            opening=self._course.opening,
        )

    # -- inside ------------------------------------------------------------------------------------

    def _open(self) -> Asked | None:
        return self._course.asked(self._state) if self.ended_at_ms is None else None

    def _record(self, entry: Entry, state: State) -> None:
        self._append(entry, replace(state, entries=(*state.entries, entry)))

    def _append(self, entry: Entry, state: State, *, is_over: bool = False) -> None:
        after = state.to_json()
        self.desk.store.append_in_session(self._answer(entry), after, before=self._kept, is_over=is_over)
        self._state, self._kept = state, after

    def _answer(self, entry: Entry) -> Answer:
        item, card = self._course.items[entry.item], self._course.card(entry)
        marks = marks_of_verdict(card, entry.verdict)
        suggested = rating_of(
            card,
            marks,
            seconds=entry.duration_ms / 1000,
            target=self._course.target_seconds(entry.item, entry.part),
            confidence=entry.confidence,
        )
        now = self.desk.clock()
        return Answer(
            card=item.card,
            rating=int(suggested.rating),
            at=now,
            utc_offset_min=self.desk.utc_offset(now),
            study_day=self.desk.study_day(now),
            session_id=self.session_id,
            mode=KIND,
            reason="picked",
            moves=False,
            part=entry.part,
            score=marks.score,
            confidence=entry.confidence,
            think_ms=entry.duration_ms,
            duration_ms=entry.duration_ms + entry.marking_ms,
            answer=entry.text,
            verdict=marks.verdict,
            card_hash=item.card_hash,
        )

    def _keep(self, state: State) -> None:
        after = state.to_json()
        self.desk.store.keep_session(self.session_id, after, before=self._kept)
        self._state, self._kept = state, after


def _overruled(card: Card, before: Entry, *, said: Collection[str], stated: Collection[str]) -> Marks:
    marks = marks_of_ticks(card, said=said, stated=stated)
    kept = {
        name: was
        for name, was in marks_of_verdict(card, before.verdict).points.items()
        if name not in said and was != SAID
    }
    return Marks({**marks.points, **kept}, marks.stated)
