"""Ids of reviews, marks and sessions: UUID version 7 (RFC 9562), sorted by time."""

from __future__ import annotations

import secrets
import threading
from dataclasses import dataclass, field

_RANDOM_BITS = 74


@dataclass(slots=True)
class IdMaker:
    """Makes ids that sort in the order they were made within one millisecond, too.

    The fold sorts reviews by (time, id), so two answers of one millisecond must keep their order.
    """

    _last_ms: int = -1
    _last_random: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def __call__(self, at_ms: int) -> str:
        """A fresh id for a moment in epoch milliseconds."""
        with self._lock:
            if at_ms == self._last_ms:
                # RFC 9562, 6.2, method 2: the random part counts up by a random step.
                random = self._last_random + 1 + secrets.randbits(32)
            else:
                random = secrets.randbits(_RANDOM_BITS - 1)  # a spare bit, so that counting never overflows
            self._last_ms, self._last_random = at_ms, random
        value = (
            (at_ms & (1 << 48) - 1) << 80
            | 0x7 << 76
            | (random >> 62 & 0xFFF) << 64
            | 0b10 << 62
            | random & (1 << 62) - 1
        )
        text = f"{value:032x}"
        return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


new_id = IdMaker()
