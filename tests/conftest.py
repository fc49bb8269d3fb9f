"""Fixtures for all rooms."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from support import World

    from interviewprep.study.desk import Desk

# The same examples every time and no deadline: a slow machine must not fail a test.
settings.register_profile(
    "steady", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("steady")


@pytest.fixture
def world(tmp_path: Path) -> World:
    """A home with the decks `optimizers` and `losses`."""
    from support import LOSS_DECK, SMALL_DECK, Clock, World

    from interviewprep.settings import Settings

    shipped = tmp_path / "shipped"
    shipped.mkdir()
    (shipped / "optimizers.yaml").write_text(SMALL_DECK, encoding="utf-8")
    (shipped / "losses.yaml").write_text(LOSS_DECK, encoding="utf-8")
    return World(tmp_path, Clock(), Settings())


@pytest.fixture
def desk(world: World) -> Iterator[Desk]:
    """A desk over the small library."""
    desk = world.desk()
    yield desk
    desk.close()
