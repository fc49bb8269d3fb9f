"""Draws docs/anki-light.png and docs/anki-night.png: one exported note as Anki's templates render it.

    python scripts/anki_picture.py MATHJAX_FOLDER [CARD]

Needs the extra `test` (the `anki` backend), Chromium, and the folder `es5` of MathJax 3 (`npm install
mathjax@3`), which Anki brings along and the backend alone does not. Further pictures, of other widths and
sides, go to the folder in ANKI_PICTURES if it is set.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import replace
from datetime import UTC
from pathlib import Path

from anki.collection import Collection, ImportAnkiPackageOptions, ImportAnkiPackageRequest

from interviewprep.exchange.anki.export import export_package
from interviewprep.settings import Settings, find_paths
from interviewprep.store.index import Library
from interviewprep.study.desk import Desk
from interviewprep.study.selection import Selection

ROOT = Path(__file__).parents[1]
CARD = "deep-learning/optimizers#adam"
DESKTOP, PHONE = (760, 1100), (400, 1180)


def main(mathjax: Path, card: str) -> int:
    """Export the card, import it into Anki, and let Chromium draw what Anki renders."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        question, answer, css = rendered_by_anki(card, folder)
        script = mathjax.absolute() / "tex-chtml.js"
        clicked = answer.replace("<details><summary>In detail", "<details open><summary>In detail")
        for night in (False, True):
            look = "night" if night else "light"
            page = folder / f"{look}.html"
            page.write_text(html_page(clicked, css, script, night=night), encoding="utf-8")
            draw(page, ROOT / "docs" / f"anki-{look}.png", DESKTOP)
            if "ANKI_PICTURES" in os.environ:
                more = Path(os.environ["ANKI_PICTURES"])
                page.write_text(html_page(answer, css, script, night=night), encoding="utf-8")
                draw(page, more / f"{look}-phone.png", PHONE)
                page.write_text(html_page(question, css, script, night=night), encoding="utf-8")
                draw(page, more / f"{look}-question.png", (760, 500))
                opened = answer.replace("<details", "<details open").replace("open open", "open")
                page.write_text(html_page(opened, css, script, night=night), encoding="utf-8")
                draw(page, more / f"{look}-open.png", (760, 3000))
                draw(page, more / f"{look}-open-phone.png", (400, 3600))
    return 0


def rendered_by_anki(card: str, folder: Path) -> tuple[str, str, str]:
    """Question, answer and styles of a card, as Anki's backend renders its note."""
    paths = replace(find_paths({"INTERVIEWPREP_HOME": str(folder)}), shipped_decks=ROOT / "decks")
    desk = Desk(Settings(), paths, Library.open(paths.index, paths.deck_folders), tz=UTC)
    package = folder / "one.apkg"
    export_package(desk, package, Selection(cards=(card,)), with_progress=False, as_one=False)
    desk.close()
    collection = Collection(str(folder / "collection.anki2"))
    collection.import_anki_package(
        ImportAnkiPackageRequest(package_path=str(package), options=ImportAnkiPackageOptions())
    )
    found = collection.get_card(collection.find_cards("")[0])
    output = found.render_output()
    collection.close()
    return output.question_text, output.answer_text, output.css


def html_page(body: str, css: str, mathjax: Path, *, night: bool) -> str:
    """A page as Anki's reviewer shows it."""
    return (
        f'<!doctype html><html><head><meta charset="utf-8"><style>{css}</style>'
        "<script>MathJax={tex:{displayMath:[['\\\\[','\\\\]']],inlineMath:[['\\\\(','\\\\)']]}}</script>"
        f'<script src="file://{mathjax}"></script></head>'
        f'<body class="card card1{" nightMode" if night else ""}">{body}</body></html>'
    )


def draw(page: Path, picture: Path, size: tuple[int, int]) -> None:
    """Take a picture of a page in a window of this size."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or "google-chrome"
    width, height = size
    # Chromium's window is at least 500 wide; a phone's width comes from a frame in the page.
    frame = page.with_suffix(".frame.html")
    frame.write_text(
        f'<body style="margin:0;background:#888"><iframe src="{page.name}" '
        f'style="border:0;width:{width}px;height:{height}px"></iframe>',
        encoding="utf-8",
    )
    subprocess.run(  # noqa: S603 - a fixed program
        [
            *(chromium, "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"),
            *(
                "--allow-file-access-from-files",
                "--virtual-time-budget=8000",
                "--force-device-scale-factor=1",
            ),
            *(f"--window-size={max(500, width)},{height}", f"--screenshot={picture}", f"file://{frame}"),
        ],
        check=True,
        capture_output=True,
    )


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else CARD))
