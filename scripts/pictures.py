"""Makes the README's pictures from the real app: `python scripts/pictures.py` writes docs/*.svg."""

from __future__ import annotations

import asyncio
import re
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from textual.pilot import Pilot

from interviewprep.settings import Settings, find_paths
from interviewprep.store.index import Library
from interviewprep.study.desk import Desk
from interviewprep.study.drill import Drill
from interviewprep.study.selection import Selection
from interviewprep.tui.app import InterviewPrepApp
from interviewprep.tui.screens.drill import DrillScreen

DOCS = Path(__file__).resolve().parents[1] / "docs"
SIZE = (80, 30)


@asynccontextmanager
async def shown(home: Path, card: str, size: tuple[int, int]) -> AsyncIterator[tuple[Pilot[int], Drill]]:
    """The drill asking one card of the shipped decks."""
    paths = find_paths({"INTERVIEWPREP_HOME": str(home)})
    desk = Desk(Settings(), paths, Library.open(paths.index, paths.deck_folders))
    sitting = Drill(desk, Selection(cards=(card,)))
    app = InterviewPrepApp(desk, lambda: DrillScreen(sitting))
    async with app.run_test(size=size) as pilot:
        while not app.is_ready:
            await pilot.pause(0.05)
        yield pilot, sitting
    desk.close()


async def keep(pilot: Pilot[int], name: str) -> None:
    """Write what is on the screen to docs/."""
    await pilot.pause(0.3)
    picture = pilot.app.export_screenshot(title="interviewprep")
    # Without the web fonts that the exporter names: the reader's own monospace font serves.
    picture = re.sub(r"@font-face \{.*?\}\s*", "", picture, flags=re.DOTALL)
    (DOCS / f"{name}.svg").write_text(picture, encoding="utf-8")


async def drill(home: Path) -> None:
    """The drill with an answer shown and points ticked."""
    async with shown(home, "deep-learning/optimizers#momentum", (80, 30)) as (pilot, _):
        await pilot.press("space", "x", "j", "x", "j")
        await keep(pilot, "drill")


async def check(home: Path) -> None:
    """A numeric check after two wrong answers, the second one with a name."""
    async with shown(home, "checks/activations#softmax", (80, 27)) as (pilot, sitting):
        ask = sitting.next()
        if ask is None or ask.round is None:
            raise SystemExit("the card is not asked")
        while ask.round.go_on():
            await pilot.press("enter", "enter")
            await pilot.pause(0.2)
        variant = ask.round.variant
        mistake = next(m for m in variant.wrong if "exp" in m.name)
        typed = variant.parts[0].show(mistake.values[0]).strip("[]").replace(",", "")
        for _ in range(2):
            await pilot.press(*typed, "enter")
            await pilot.pause(0.2)
        await keep(pilot, "check")


async def quiz(home: Path) -> None:
    """A quiz question answered, every option explained."""
    from interviewprep.study.quiz import Quiz, QuizOptions
    from interviewprep.tui.screens.quiz import QuizScreen

    paths = find_paths({"INTERVIEWPREP_HOME": str(home)})
    desk = Desk(Settings(), paths, Library.open(paths.index, paths.deck_folders))
    chosen, options = Selection(decks=("quiz/optimizers",)), QuizOptions(count=5, kind="choice")
    app = InterviewPrepApp(desk, lambda: QuizScreen(lambda: Quiz.begin(desk, chosen, options, seed=11)))
    async with app.run_test(size=(80, 24)) as pilot:
        while not app.is_ready:
            await pilot.pause(0.05)
        await pilot.pause(0.5)
        await pilot.press("2", "enter")
        await keep(pilot, "quiz")
    desk.close()


def main() -> None:
    """Write every picture."""
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(drill(Path(folder)))
        asyncio.run(check(Path(folder)))
        asyncio.run(quiz(Path(folder)))


if __name__ == "__main__":
    main()
