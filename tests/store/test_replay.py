"""The replay property: whatever happened, the stored states are the fold of the log, read either way."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta, tzinfo
from pathlib import Path
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st
from store.histories import NOW, Home

from interviewprep.memory.days import study_day, utc_offset_minutes
from interviewprep.settings import Settings
from interviewprep.store import doctor, fast
from interviewprep.store.records import Answer
from interviewprep.store.store import Store

CARDS = ("d#a", "d#b", "d#c", "e#d")
ZONES: tuple[tzinfo, ...] = (
    UTC,
    ZoneInfo("Europe/Berlin"),
    ZoneInfo("Pacific/Auckland"),
    ZoneInfo("America/Los_Angeles"),
)


@dataclass(frozen=True)
class Deed:
    """One thing a learner does; each kind uses the fields it needs."""

    kind: str
    card: str
    rating: int
    minutes: int
    late_minutes: int
    zone: int
    confidence: int | None
    cram: bool
    session: str


DEEDS = st.builds(
    Deed,
    kind=st.sampled_from(
        ["answer"] * 10 + ["mock", "mock", "late", "undo", "undo", "mark", "restart", "settings", "rename"]
    ),
    card=st.sampled_from(CARDS),
    rating=st.sampled_from([1, 1, 2, 3, 3, 3, 4]),
    minutes=st.sampled_from([0, 0, 1, 30, 600, 1440, 1500, 10_000, 60_000]),
    late_minutes=st.integers(0, 20_000),
    zone=st.integers(0, len(ZONES) - 1),
    confidence=st.sampled_from([None, None, 1, 3]),
    cram=st.sampled_from([False, False, False, True]),
    session=st.sampled_from(["", "one", "two"]),
)


class Life:
    """A learner's doings over one database."""

    def __init__(self, folder: Path) -> None:
        self.home = Home(folder, settings=Settings(leech_lapses=2))
        self.at = NOW
        self.zone = ZONES[0]
        self.store = self._open()
        self.mocks = [self.store.start_session("mock", {}, now=NOW) for _ in range(2)]

    def do(self, deed: Deed) -> None:
        """Do one thing."""
        self.at += timedelta(minutes=deed.minutes)
        match deed.kind:
            case "answer":
                self.zone = ZONES[deed.zone]
                self._answer(deed, self.at)
            case "mock":
                self._answer(deed, self.at, mock=self.mocks[deed.rating % 2])
            case "late":
                self._answer(deed, self.at - timedelta(minutes=deed.late_minutes))
            case "undo":
                self.store.undo(now=self.at, session_id=deed.session)
            case "mark":
                kind = ("suspended", "buried", "flag", "known")[deed.rating - 1]
                value = "" if deed.cram else str(self.today)
                self.store.mark(deed.card, kind, value, now=self.at, session_id=deed.session)
            case "settings":
                changed = replace(
                    self.home.settings,
                    desired_retention=0.7 + deed.zone / 20,
                    maximum_interval=(5, 40, 365)[deed.rating % 3],
                    rollover_hour=deed.rating,
                )
                self.home.settings = changed
                self._restart()
            case "rename":
                self.home.aliases = {} if self.home.aliases else {deed.card: "f#renamed"}
                if deed.cram:
                    self._restart()
                else:
                    self.store.apply_aliases(self.home.aliases)
            case _:
                self._restart()

    def check(self) -> None:
        """Hold the stored against the replayed, and one way of reading against the other."""
        store, home = self.store, self.home
        assert store.states() == home.replayed()
        for day in (self.today - 40, self.today - 1, self.today, self.today + 1, self.today + 100):
            seen_fast = fast.read_progress(
                home.database, settings=home.settings, today=day, aliases=home.aliases
            )
            assert seen_fast == store.progress(day)
            facts = fast.read_study_facts(home.database, settings=home.settings, today=day)
            assert facts == (store.study_days(day), store.pace())
        report = doctor.check(store)
        assert report.is_well, report
        before = store.states()
        doctor.rebuild(store)
        assert store.states() == before

    @property
    def today(self) -> int:
        """The study day where the learner is."""
        return study_day(self.at, rollover_hour=self.home.settings.rollover_hour, tz=self.zone)

    def _answer(self, deed: Deed, at: datetime, *, mock: str = "") -> None:
        # Names in a deck change at once: a former name is not asked any more.
        card = self.home.aliases.get(deed.card, deed.card)
        self.store.append(
            Answer(
                card=card,
                rating=deed.rating,
                at=at,
                utc_offset_min=utc_offset_minutes(at, self.zone),
                study_day=study_day(at, rollover_hour=self.home.settings.rollover_hour, tz=self.zone),
                session_id=mock or deed.session,
                mode="mock" if mock else "cram" if deed.cram else "drill",
                reason="picked" if mock or deed.cram else ("new", "due")[deed.rating % 2],
                moves=not mock and not deed.cram,
                confidence=deed.confidence,
                duration_ms=deed.late_minutes,
            )
        )

    def _restart(self) -> None:
        self.store.close()
        self.store = self._open()

    def _open(self) -> Store:
        return self.home.open()


@settings(max_examples=60, deadline=None)
@given(st.lists(DEEDS, min_size=1, max_size=40))
def test_the_stored_states_are_the_replay_of_any_history(deeds: list[Deed]) -> None:
    with TemporaryDirectory() as folder:
        life = Life(Path(folder))
        try:
            for deed in deeds:
                life.do(deed)
            life.check()
        finally:
            life.store.close()
