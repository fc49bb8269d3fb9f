"""A home for one store."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from store.histories import Home

    from interviewprep.store.store import Store


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A folder with no database yet."""
    from store.histories import Home

    return Home(tmp_path)


@pytest.fixture
def store(home: Home) -> Iterator[Store]:
    """An open, empty store in `home`."""
    store = home.open()
    yield store
    store.close()
