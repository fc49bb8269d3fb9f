"""Makes the README's pictures of a mock interview: docs/mock.svg, docs/mock-report.png (with Chromium)."""

from __future__ import annotations

import asyncio
import shutil
import subprocess
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from pictures import DOCS, keep

from interviewprep.exchange.report import write_report
from interviewprep.settings import Settings, find_paths
from interviewprep.store.index import Library
from interviewprep.study.desk import Desk
from interviewprep.study.mock import Mock
from interviewprep.study.mock_course import Asked, Stage
from interviewprep.study.mock_options import MockOptions
from interviewprep.tui.app import InterviewPrepApp
from interviewprep.tui.screens.scorecard import ScorecardScreen

NOW = datetime(2026, 11, 24, 18, 30, tzinfo=UTC)
OPENING = "I studied physics and build ranking models for a shop. I like measuring before believing."
SURE = (3, 2, 1, 3)
PACE = (0.8, 1.2, 0.6, 1.0)
SEED = 4


def interview(desk: Desk) -> Mock:
    """An interview answered with the decks' own wordings, of most questions one point in three left out."""
    mock = Mock.begin(desk, MockOptions(), seed=SEED)
    while (asked := mock.asked()) is not None:
        confidence = SURE[asked.number % 4] if asked.stage is Stage.QUESTION else 2
        spent = asked.target_seconds * PACE[asked.number % 4]
        mock.hand_in(_answer(mock, asked), duration_ms=round(1000 * spent), confidence=confidence)
    mock.finish()
    return mock


def _answer(mock: Mock, asked: Asked) -> str:
    if asked.stage is Stage.OPENING:
        return OPENING
    card = mock.items[asked.number - 1].asked_card
    if asked.stage is Stage.FOLLOW_UP:
        return next(f.answer for f in card.follow_ups if f.ask == asked.text) if asked.number % 2 else ""
    is_whole = asked.number % 3 == 0
    points = [p for place, p in enumerate(card.key_points) if is_whole or (place + asked.number) % 3]
    said = [(p.accept or (p.text,))[0] for p in points]
    wrong = [m.wrong for m in card.misconceptions[:1]] if asked.number % 4 == 2 else []
    return ". ".join((*said, *wrong))


async def scorecard(desk: Desk, mock: Mock) -> None:
    """The scorecard on the screen."""
    app = InterviewPrepApp(desk, lambda: ScorecardScreen(mock))
    async with app.run_test(size=(80, 24)) as pilot:
        while not app.is_ready:
            await pilot.pause(0.05)
        await keep(pilot, "mock")


def report(folder: Path, mock: Mock, day: int) -> None:
    """The page, as a browser shows it."""
    browser = shutil.which("chromium") or shutil.which("google-chrome")
    if browser is None:
        raise SystemExit("Chromium is needed for the picture of the report.")
    page = folder / "report.html"
    with page.open("w", encoding="utf-8") as stream:
        write_report(mock.scorecard(), stream, kind="html", day=day)
    options = [
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--hide-scrollbars",
        "--window-size=1000,1000",
    ]
    place = f"--screenshot={DOCS / 'mock-report.png'}"
    subprocess.run([browser, *options, f"--user-data-dir={folder}/browser", place, page.as_uri()], check=True)  # noqa: S603


def main() -> None:
    """Write both pictures."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        folder = Path(name)
        paths = find_paths({"INTERVIEWPREP_HOME": name})
        desk = Desk(
            Settings(), paths, Library.open(paths.index, paths.deck_folders), clock=lambda: NOW, tz=UTC
        )
        mock = interview(desk)
        asyncio.run(scorecard(desk, mock))
        report(folder, mock, desk.today())
        desk.close()


if __name__ == "__main__":
    main()
