"""The FSRS-6 forgetting curve, in plain arithmetic so that the queue need not import `fsrs`.

R(t, S) = (1 + F * t / S) ** -w20 with F = 0.9 ** (-1 / w20) - 1, so that R(S, S) = 0.9.
Source: the FSRS-6 algorithm as py-fsrs 6.3 computes it.
"""

from __future__ import annotations

from typing import Final

DEFAULT_WEIGHTS: Final = (
    *(0.212, 1.2931, 2.3065, 8.2956),
    *(6.4133, 0.8334, 3.0194, 0.001),
    *(1.8722, 0.1666, 0.796),
    *(1.4835, 0.0614, 0.2629, 1.6483),
    *(0.6014, 1.8729),
    *(0.5425, 0.0912, 0.0658, 0.1542),
)
"""FSRS-6's published weights: first stabilities, difficulty, recall, forgetting, hard and easy, same day.

Written down here and not taken from the library, so that an upgrade of it never changes stored states.
"""

DECAY: Final = DEFAULT_WEIGHTS[20]
"""How slowly the curve flattens, FSRS-6's weight 20."""


def retrievability(stability: float, elapsed_days: float, *, decay: float = DECAY) -> float:
    """Chance of recall (0 to 1) `elapsed_days` after the last review; stability in days."""
    factor: float = 0.9 ** (-1 / decay) - 1
    chance: float = (1 + factor * elapsed_days / stability) ** -decay
    return chance


def interval(stability: float, desired_retention: float, *, decay: float = DECAY) -> float:
    """Days until retrievability has fallen to `desired_retention`, not rounded; the curve's inverse."""
    factor: float = 0.9 ** (-1 / decay) - 1
    times_factor: float = desired_retention ** (-1 / decay) - 1
    return stability / factor * times_factor
