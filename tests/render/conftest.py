"""Printing for the tests of this room."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from rich.console import Console, RenderableType

Printer = Callable[..., str]


@pytest.fixture
def printed() -> Printer:
    """Prints on a real Rich console: without styles, or with them as escape sequences."""

    def show(what: RenderableType, *, width: int = 76, styles: bool = False) -> str:
        out = io.StringIO()
        console = Console(
            file=out, width=width, force_terminal=styles, color_system="truecolor" if styles else None
        )
        console.print(what)
        return out.getvalue().removesuffix("\n")

    return show
