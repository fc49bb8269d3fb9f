"""The red list: what a mock interview puts on it, and how a drill works it off."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from interviewprep.cards.heads import CardHead
from interviewprep.memory.fold import fold
from interviewprep.memory.queue import Queue
from interviewprep.memory.red import MockAnswer, is_marked_today, open_marks, red_marks
from interviewprep.memory.scheduler import Scheduler
from interviewprep.memory.types import Asked, CardState, Progress, QueueLimits, RedMark, ReviewEvent

DAY = 20000
DAY_MS = 86_400_000
MARK = RedMark(DAY * DAY_MS, DAY)


def mock(
    rating: int, confidence: int | None, *, session: str = "s", day: int = DAY, at: int = 0
) -> MockAnswer:
    return MockAnswer(session, "d#a", day * DAY_MS + at, day, rating, confidence)


def after(*answers: tuple[int, int]) -> CardState | None:
    """The state after drill answers given as (days after the mock interview, rating), at noon."""
    events = [
        ReviewEvent(str(n), (DAY + day) * DAY_MS + DAY_MS // 2 + n, DAY + day, rating)
        for n, (day, rating) in enumerate(answers)
    ]
    return fold("d#a", events, Scheduler.DEFAULT, desired_retention=0.9, maximum_interval=365)


def asked_on(state: CardState | None, last: int = 20) -> list[int]:
    """On which days after the interview the list would ask the card if nothing else were answered."""
    states = {"d#a": state} if state else {}
    if not open_marks({"d#a": MARK}, states):
        return []
    return [day for day in range(-1, last) if is_marked_today(MARK, state, DAY + day)]


def test_only_sure_and_wrong_answers_are_marked() -> None:
    for rating, confidence in [(1, 2), (1, 1), (1, None), (2, 3), (3, 3), (4, 3)]:
        assert red_marks([mock(rating, confidence)]) == {}
    assert red_marks([mock(1, 3, at=5)]) == {"d#a": RedMark(DAY * DAY_MS + 5, DAY)}


def test_of_one_sitting_the_last_word_counts_at_the_time_of_the_first() -> None:
    assert red_marks([mock(1, 3), mock(3, 3, at=9)]) == {}
    assert red_marks([mock(3, 3, at=1), mock(1, 3, at=9, day=DAY + 1)]) == {
        "d#a": RedMark(DAY * DAY_MS + 1, DAY)
    }


def test_a_later_sitting_that_went_well_takes_nothing_off() -> None:
    well = mock(3, 3, session="t", day=DAY + 2)
    assert red_marks([mock(1, 3), well])["d#a"].study_day == DAY
    again = mock(1, 3, session="u", day=DAY + 4)
    assert red_marks([mock(1, 3), well, again])["d#a"].study_day == DAY + 4


def test_it_is_asked_the_same_day_the_next_and_after_a_week() -> None:
    assert asked_on(None, last=3) == [0, 1, 2]  # until a drill comes to it
    assert asked_on(after((-5, 3)), last=3) == [0, 1, 2]
    assert asked_on(after((0, 3)))[:1] == [1]
    assert asked_on(after((0, 3), (1, 3))) == list(range(7, 20))
    assert asked_on(after((0, 3), (1, 3), (7, 3))) == []
    assert asked_on(after((0, 3), (1, 3), (7, 1))) == []  # failed: it is due the next day anyway


def test_a_day_that_was_missed_is_made_up_for() -> None:
    assert asked_on(after((3, 3))) == list(range(7, 20))
    assert asked_on(after((9, 3))) == []


def progress(state: CardState | None, asked: list[Asked], today: int = DAY) -> Progress:
    states = {"d#a": state} if state else {}
    seen = {"d#a": True} if state else {}
    return Progress(today, seen=seen, states=states, hidden=set(), asked=asked, red={"d#a": MARK})


HEADS = [CardHead(f"d#{name}", "qa", name, "", "easy", "should", "", 1) for name in "bca"]


def test_a_card_no_drill_ever_asked_comes_first_and_is_not_new_beside() -> None:
    queue = Queue(HEADS, progress(None, []), QueueLimits(new_per_day=10))
    items = queue.order()
    assert (items[0].card, items[0].reason) == ("d#a", "red")
    assert [i.card for i in items].count("d#a") == 1
    assert (queue.counts().red, queue.counts().new) == (1, 2)


def test_a_card_that_a_drill_asked_before_the_interview_comes_again_that_day() -> None:
    state = fold(
        "d#a",
        [ReviewEvent("0", MARK.at_ms - 1, DAY, 3)],
        Scheduler.DEFAULT,
        desired_retention=0.9,
        maximum_interval=365,
    )
    queue = Queue(HEADS, progress(state, [Asked("d#a", 3, "due")]), QueueLimits())
    assert [i.reason for i in queue.order() if i.card == "d#a"] == ["red"]


def test_hidden_cards_stay_hidden() -> None:
    found = Progress(DAY, seen={}, states={}, hidden={"d#a"}, asked=[], red={"d#a": MARK})
    assert "d#a" not in [i.card for i in Queue(HEADS, found, QueueLimits()).order()]


@given(st.lists(st.tuples(st.integers(0, 12), st.integers(1, 4)), max_size=6).map(sorted))
def test_told_one_by_one_or_made_anew_the_queue_is_the_same(answers: list[tuple[int, int]]) -> None:
    state = after(*answers)
    for day in range(13):
        asked = [Asked("d#a", rating, "red") for at, rating in answers if at == day]
        before = after(*(a for a in answers if a[0] < day))
        if len(asked) != 1:
            continue
        told = Queue(HEADS, progress(before, [], DAY + day), QueueLimits())
        now = after(*(a for a in answers if a[0] <= day))
        assert now is not None
        told.record(asked[0], now)
        fresh = Queue(HEADS, progress(now, asked, DAY + day), QueueLimits())
        assert told.next() == fresh.next()
        assert told.order() == fresh.order()
    assert state == after(*answers)
