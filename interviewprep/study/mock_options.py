"""How a mock interview is put together, and how its session row keeps that."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, cast

from interviewprep.study.mock_openings import USUAL_ROLE

PLANNED: Final = "planned"
"""Where the session row keeps how many questions were planned."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MockOptions:
    """How a mock interview is put together."""

    minutes: int = 20
    topics: tuple[str, ...] = ()
    """Deck ids or their ends, folders, or tags, as typed; empty: all."""
    levels: tuple[str, ...] = ()
    role: str = USUAL_ROLE
    spoken: bool = False
    """Answers are spoken and marked by the learner; else typed and graded."""
    random: bool = False
    """Any topics, as a placement; else the weakest."""


def options_to_json(options: MockOptions) -> Mapping[str, object]:
    """As the session row keeps them."""
    return {
        "minutes": options.minutes,
        "topics": list(options.topics),
        "levels": list(options.levels),
        "role": options.role,
        "spoken": options.spoken,
        "random": options.random,
    }


def planned_of(config: Mapping[str, object], items: int) -> int:
    """How many of an interview's items were planned, by its session row; the others are spare.

    Rows of before there were spare ones do not say: all their `items` were planned.
    """
    found = config.get(PLANNED)
    return max(1, min(found, items)) if isinstance(found, int) else items


def options_from_json(config: Mapping[str, object]) -> MockOptions:
    """Options as `options_to_json` wrote them. Raises KeyError, TypeError or ValueError for others."""
    return MockOptions(
        minutes=int(cast("int", config["minutes"])),
        topics=tuple(map(str, cast("list[object]", config["topics"]))),
        levels=tuple(map(str, cast("list[object]", config["levels"]))),
        role=str(config["role"]),
        spoken=bool(config["spoken"]),
        random=bool(config["random"]),
    )
