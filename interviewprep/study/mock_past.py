"""Past mock interviews, and the one that is unfinished."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from interviewprep.study.desk import Desk
from interviewprep.study.mock import KIND, Mock
from interviewprep.study.mock_options import MockOptions, options_from_json


class PastMock(NamedTuple):
    """One mock interview in a list."""

    id: str
    started_at_ms: int
    options: MockOptions
    is_open: bool
    """Whether it is unfinished."""
    result: Mapping[str, object]
    """`Scorecard.to_json`; empty while it is unfinished."""

    @property
    def score(self) -> float | None:
        """Share of the points said, 0 to 1; None while it is unfinished or where nothing was asked."""
        found = self.result.get("score")
        return float(found) if isinstance(found, int | float) and self.result.get("points") else None


def past_mocks(desk: Desk, *, limit: int = 0) -> list[PastMock]:
    """Mock interviews, newest first; those that cannot be read are left out."""
    found = []
    for saved in desk.store.sessions(KIND, limit=limit):
        try:
            options = options_from_json(saved.config)
        except (KeyError, TypeError, ValueError):
            continue
        found.append(
            PastMock(saved.id, saved.started_at_ms, options, saved.ended_at_ms is None, saved.result)
        )
    return found


def unfinished(desk: Desk) -> Mock | None:
    """The newest mock interview, if it is not over and can be read; else None."""
    for saved in desk.store.sessions(KIND, limit=1):
        if saved.ended_at_ms is None:
            try:
                return Mock(desk, saved)
            except (KeyError, TypeError, ValueError):
                return None
    return None
