"""Small pictures: what they look like, and that odd numbers do not break them."""

from __future__ import annotations

import math
from typing import NamedTuple

from hypothesis import given
from hypothesis import strategies as st

from interviewprep.memory.curve import retrievability
from interviewprep.render.charts import bar, memory_curve, sparkline


class Point(NamedTuple):
    day: int
    retrievability: float
    rating: int | None = None


def history(*reviews: tuple[int, int, float], until: int) -> list[Point]:
    """Points day by day from (day, rating, stability) of each review."""
    found: list[Point] = []
    for place, (day, rating, stability) in enumerate(reviews):
        end = reviews[place + 1][0] if place + 1 < len(reviews) else until + 1
        found.append(Point(day, 1.0, rating))
        found += [Point(d, retrievability(stability, d - day)) for d in range(day + 1, end)]
    return found


def test_a_bar_shows_a_share() -> None:
    assert bar(0.74, 16) == "▓▓▓▓▓▓▓▓▓▓▓▓░░░░"
    assert bar(0, 4) == "░░░░"
    assert bar(1, 4) == "▓▓▓▓"
    assert bar(1.7, 4) == bar(1, 4)
    assert bar(math.nan, 4) == "░░░░"


def test_a_bar_without_track_shows_a_trace_of_very_little() -> None:
    assert bar(0.876, 20, track=False) == "▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓"
    assert bar(0.006, 20, track=False) == "▏"
    assert bar(0, 20, track=False) == ""


def test_a_sparkline_has_a_character_for_each_value() -> None:
    assert sparkline([1, 2, 3, None, 0, 8]) == "▁▂▃ ▁█"
    assert sparkline([]) == ""
    assert sparkline([0, 0]) == "▁▁"


def test_a_memory_curve_falls_between_reviews_and_names_days() -> None:
    points = history((20600, 3, 2.3), (20602, 3, 8), (20610, 1, 2), (20611, 3, 9), until=20630)
    assert memory_curve(points, width=46, height=4, today=20620) == (
        "100 % █  █▅▃       ██▇▅▃▁\n"
        "      █▇▇████▇▆▅▃▂▁███████▇▆▄▃▂▁\n"
        "      ███████████████████████████▇▆▆▅▄▃▂▂▁\n"
        " 80 % ██████████████████████████████████████▇▇\n"
        "      ✓  ✓         ✗✓\n"
        "      27 May                  today     26 Jun"
    )


def test_nothing_to_draw_is_an_empty_picture() -> None:
    assert memory_curve([], width=40, height=4) == ""
    assert memory_curve([Point(1, 1.0, 3)], width=7, height=4) == ""


def test_one_review_today_can_be_drawn() -> None:
    picture = memory_curve([Point(20600, 1.0, 3)], width=40, height=3, today=20600).split("\n")
    assert picture[3].strip() == "✓"
    assert picture[4].split()[0] == "today"


@given(
    st.lists(
        st.tuples(st.integers(0, 400), st.floats(0, 1), st.sampled_from([None, 1, 2, 3, 4])), min_size=1
    ),
    st.integers(0, 90),
    st.integers(0, 12),
)
def test_a_picture_always_fits_its_frame(
    rows: list[tuple[int, float, int | None]], width: int, height: int
) -> None:
    points = [Point(20000 + day, level, rating) for day, level, rating in sorted(rows, key=lambda r: r[0])]
    picture = memory_curve(points, width=width, height=height, today=20100)
    if picture:
        lines = picture.split("\n")
        assert len(lines) == height + 2
        assert all(len(line) <= width for line in lines)


def test_a_sparkline_with_a_top_of_its_own_is_not_stretched() -> None:
    assert sparkline([0.5], top=1) == "▄"
    assert sparkline([0.5]) == "█"
