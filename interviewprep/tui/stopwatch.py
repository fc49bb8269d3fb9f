"""Answering time: stops while another screen or the editor is open."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic


class Stopwatch:
    """Counts milliseconds since `restart`, without the pauses."""

    def __init__(self, now: Callable[[], float] = monotonic) -> None:
        self._now = now
        self._since: float | None = now()
        self._sum = 0.0

    def restart(self) -> None:
        """Begin at nothing."""
        self._sum = 0.0
        self._since = self._now()

    def pause(self) -> None:
        """Stop counting."""
        if self._since is not None:
            self._sum += self._now() - self._since
            self._since = None

    def resume(self) -> None:
        """Go on counting."""
        if self._since is None:
            self._since = self._now()

    @property
    def ms(self) -> int:
        """Milliseconds counted."""
        running = 0.0 if self._since is None else self._now() - self._since
        return round((self._sum + running) * 1000)


class DoublePress:
    """Takes one of several presses of the same key that come within 300 ms, or while it is held."""

    WINDOW_SECONDS = 0.3

    def __init__(self, now: Callable[[], float] = monotonic) -> None:
        self._now = now
        self._key = ""
        self._at = float("-inf")

    def is_again(self, key: str) -> bool:
        """Whether this press repeats the last one."""
        now = self._now()
        repeats = key == self._key and now - self._at < self.WINDOW_SECONDS
        self._key, self._at = key, now
        return repeats

    def something_else(self) -> None:
        """Another key was pressed: whatever follows is meant."""
        self._key = ""
