"""A plan in words and pictures."""

from __future__ import annotations

from interviewprep.memory.plan.calibration import calibration
from interviewprep.memory.plan.forecast import DayForecast
from interviewprep.render.plans import calibration_lines, days_ahead, points, readiness_curve


def test_days_and_points_are_words() -> None:
    assert [days_ahead(n) for n in (0, 1, 16)] == ["today", "tomorrow", "in 16 days"]
    assert [points(x) for x in (0.004, 0.012, 0.024)] == ["0.4 points", "1.2 points", "2 points"]


def test_the_curve_is_filled_up_to_the_band() -> None:
    curve = [DayForecast(100 + n, 0.5 + n / 8, 0.25 + n / 8, 0.75 + n / 8) for n in range(3)]
    lines = readiness_curve(curve, now=0.0, today=100, interview_day=103, width=30, height=4)
    filled = [line[6:].count("▓") for line in lines[:4]]
    assert filled == sorted(filled)
    assert lines[1][6:].count("▒") > 0
    assert lines[4].split() == ["now", "14", "Apr"]
    assert all(len(line) <= 30 for line in lines[:5])


def test_a_curve_without_room_or_days_is_left_out() -> None:
    assert readiness_curve([], now=0, today=1, interview_day=9, width=80, height=8) == []
    point = [DayForecast(1, 0.5, 0.4, 0.6)]
    assert readiness_curve(point, now=0, today=1, interview_day=2, width=12, height=8) == []


def test_the_check_waits_for_enough_answers() -> None:
    [line] = calibration_lines(calibration([(0.9, True)] * 10))
    assert "so far there are 10" in line
    assert "so far there are 0" in calibration_lines(None)[0]


def test_the_check_shows_what_was_said_and_what_came_true() -> None:
    found = calibration([(0.92, True)] * 60 + [(0.92, False)] * 20 + [(0.55, True)] * 20)
    lines = calibration_lines(found)
    assert "over 100 answers it said 85 %, and 80 % were recalled" in lines[0]
    low, high = lines[3], lines[4]
    assert low.startswith("50 to 60 %")
    assert low.split()[-3:] == ["100", "%", "20"]
    assert high.startswith("90 to 95 %")
    assert high.split()[-3:] == ["75", "%", "80"]
    assert high.index("┃") > high.index("▓")
