"""Makes the README's pictures from the real app: `python scripts/pictures.py` writes docs/*.svg."""

from __future__ import annotations

import asyncio
import re
import tempfile
from pathlib import Path

from interviewprep.settings import Settings, find_paths
from interviewprep.store.index import Library
from interviewprep.study.desk import Desk
from interviewprep.study.drill import Drill
from interviewprep.study.selection import Selection
from interviewprep.tui.app import InterviewPrepApp
from interviewprep.tui.screens.drill import DrillScreen

DOCS = Path(__file__).resolve().parents[1] / "docs"
SIZE = (80, 30)


async def drill(home: Path) -> None:
    """The drill with an answer shown and points ticked."""
    paths = find_paths({"INTERVIEWPREP_HOME": str(home)})
    desk = Desk(Settings(), paths, Library.open(paths.index, paths.deck_folders))
    sitting = Drill(desk, Selection(cards=("deep-learning/optimizers#momentum",)))
    app = InterviewPrepApp(desk, lambda: DrillScreen(sitting))
    async with app.run_test(size=SIZE) as pilot:
        while not app.is_ready:
            await pilot.pause(0.05)
        await pilot.press("space", "x", "j", "x", "j")
        await pilot.pause(0.3)
        picture = app.export_screenshot(title="interviewprep drill")
        # Without the web fonts that the exporter names: the reader's own monospace font serves.
        picture = re.sub(r"@font-face \{.*?\}\s*", "", picture, flags=re.DOTALL)
        (DOCS / "drill.svg").write_text(picture, encoding="utf-8")
    desk.close()


def main() -> None:
    """Write every picture."""
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(drill(Path(folder)))


if __name__ == "__main__":
    main()
