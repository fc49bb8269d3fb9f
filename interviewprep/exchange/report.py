"""A mock interview as a page to send or print: self-contained HTML, or Markdown."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final, TextIO

if TYPE_CHECKING:
    from interviewprep.study.scorecard import Scorecard

HTML_BEGINNING: Final = "<!doctype html>\n<!-- interviewprep mock interview -->\n"
MARKDOWN_BEGINNING: Final = "<!-- interviewprep mock interview -->\n"
BEGINNINGS: Final[Mapping[str, str]] = {"html": HTML_BEGINNING, "markdown": MARKDOWN_BEGINNING}
"""By kind of report, what every one begins with."""


def write_report(card: Scorecard, stream: TextIO, *, kind: str, day: int) -> None:
    """Write a report; `kind` is `html` or `markdown`, `day` the interview's (days since 1970-01-01)."""
    if kind == "html":
        from interviewprep.exchange.report_html import page

        stream.write(HTML_BEGINNING + page(card, day=day))
    else:
        from interviewprep.exchange.report_markdown import document

        stream.write(MARKDOWN_BEGINNING + document(card, day=day))
