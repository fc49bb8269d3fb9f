"""Answering time and double presses."""

from __future__ import annotations

from interviewprep.tui.stopwatch import DoublePress, Stopwatch


class Hand:
    """A clock set by hand."""

    def __init__(self) -> None:
        self.at = 100.0

    def __call__(self) -> float:
        return self.at


def test_pauses_do_not_count() -> None:
    now = Hand()
    watch = Stopwatch(now)
    now.at += 2
    watch.pause()
    now.at += 60
    watch.resume()
    now.at += 1
    assert watch.ms == 3000
    watch.restart()
    assert watch.ms == 0


def test_a_double_press_counts_once_and_a_held_key_too() -> None:
    now = Hand()
    presses = DoublePress(now)
    assert not presses.is_again("good")
    for _ in range(20):
        now.at += 0.05
        assert presses.is_again("good")
    now.at += 0.31
    assert not presses.is_again("good")


def test_another_key_in_between_is_no_double_press() -> None:
    presses = DoublePress(Hand())
    assert not presses.is_again("advance")
    assert not presses.is_again("good")
    assert not presses.is_again("advance")
    presses.something_else()
    assert not presses.is_again("advance")
