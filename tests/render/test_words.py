"""Numbers in words."""

from __future__ import annotations

import pytest

from interviewprep.render.words import clock, day_label, duration, interval, percent, plural


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "under a minute"),
        (44, "under a minute"),
        (45, "about 1 minute"),
        (89, "about 1 minute"),
        (1500, "about 25 minutes"),
        (5340, "about 89 minutes"),
        (5400, "about 1 hour 30 minutes"),
        (7200, "about 2 hours"),
    ],
)
def test_durations(seconds: float, words: str) -> None:
    assert duration(seconds) == words


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (-40, "1.3 mo overdue"),
        (-3, "3 d overdue"),
        (0, "today"),
        (1, "1 d"),
        (29, "29 d"),
        (30, "1 mo"),
        (64, "2.1 mo"),
        (364, "12 mo"),
        (365, "1 y"),
        (480, "1.3 y"),
    ],
)
def test_intervals(days: int, words: str) -> None:
    assert interval(days) == words


def test_plurals() -> None:
    assert [plural(n, "card") for n in (0, 1, 2, 1200)] == ["0 cards", "1 card", "2 cards", "1,200 cards"]
    assert plural(2, "reply", "replies") == "2 replies"


def test_a_share_is_never_rounded_to_nothing_or_to_all() -> None:
    assert [percent(f) for f in (0, 0.001, 0.744, 0.999, 1)] == ["0 %", "1 %", "74 %", "99 %", "100 %"]


def test_a_clock() -> None:
    assert [clock(s) for s in (0, 32.9, 125, 3600, -5)] == ["0:00", "0:32", "2:05", "1:00:00", "0:00"]


def test_days_have_the_year_when_it_is_not_this_one() -> None:
    assert day_label(20416) == "24 Nov"
    assert day_label(20416, today=20400, weekday=True) == "Mon 24 Nov"
    assert day_label(20416, today=20000) == "24 Nov 2025"
