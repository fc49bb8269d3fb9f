"""The report of a mock interview: complete, self-contained, and safe whatever was typed."""

from __future__ import annotations

import io
import re
from html.parser import HTMLParser

import pytest
from support import World
from support_mock import ALL, answer, answer_all, begun, mock_decks

from interviewprep.exchange.report import BEGINNINGS, write_report
from interviewprep.study.mock import Mock

HOSTILE = '</style><script>alert(1)</script> <img src=x onerror=alert(2)> "quoted" & \x1b[2J $x$ **b** `c`'
VOID = {"meta", "br", "hr", "img", "link"}


class Page(HTMLParser):
    """Reads a page: its text, tags and addresses; complains where tags do not close in order."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: set[str] = set()
        self.addresses: list[str] = []
        self.words: list[str] = []
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.addresses += [value or "" for name, value in attrs if name in {"src", "href"}]
        assert not any(name.startswith("on") for name, _ in attrs)
        self.words += " " * (tag in {"td", "p", "div", "br"})
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join("".join(self.words).split())


def written(mock: Mock, kind: str) -> str:
    stream = io.StringIO()
    write_report(mock.scorecard(), stream, kind=kind, day=20_779)
    assert stream.getvalue().startswith(BEGINNINGS[kind])
    return stream.getvalue()


@pytest.fixture
def mock(world: World) -> Mock:
    mock_decks(world)
    mock = begun(world.desk(), minutes=12, topics=("beta",), role="data <b>scientist</b>")
    answer(mock, ALL, confidence=3, seconds=70)
    answer(mock, "", confidence=2)
    answer(mock, f"{HOSTILE} apples fall. Dragons sleep.", confidence=3)
    answer_all(mock, "bridges bend")
    mock.finish()
    return mock


def test_the_page_has_score_topics_confidence_answers_and_models(mock: Mock) -> None:
    page = Page(written(mock, "html"))
    for part in (
        "Sun 22 Nov 2026, data <b>scientist</b>, 12 minutes, 3 questions, typed",
        "said 5 of 9 points",
        "stated 1 misconception",
        "Topic beta 5 of 9",
        "sure 1 of 2 right",
        "Study next What is the medium thing about beta? Topic beta: sure and wrong",
        "I build things.",
        "1. What is the easy thing about beta?",
        "1:10 (asked 1:00)",
        "SECRET answer of beta easy.",
        "✓SECRET the first point of beta easy must, said",
        "·SECRET the second point of beta medium must, not said",
        "You stated: “SECRET the wrong words of beta medium” No.",
        "Follow-up: And deep down in beta?",
        "no answer",
    ):
        assert part in page.text, part


def test_the_page_needs_nothing_from_elsewhere_and_runs_nothing(mock: Mock) -> None:
    text = written(mock, "html")
    page = Page(text)
    assert page.tags.isdisjoint({"script", "link", "img", "iframe", "object", "form"})
    assert page.addresses == []
    assert "default-src 'none'" in text
    assert re.search(r"@import|url\(", text) is None
    assert 'alert(1)</script> <img src=x onerror=alert(2)> "quoted" & [2J $x$ **b** `c`' in page.text
    assert "\x1b" not in text


def test_the_words_that_decided_stand_out_in_the_own_answer(mock: Mock) -> None:
    text = written(mock, "html")
    assert '<mark class="said">apples fall, bridges bend, candles burn</mark>' in text.replace(
        '</mark>, <mark class="said">', ", "
    )
    assert '<mark class="stated">' in text
    assert "<mark>" not in text


def test_the_document_says_the_same_and_shows_typed_text_as_typed(mock: Mock) -> None:
    text = written(mock, "markdown")
    for part in (
        "**56 %**: said 5 of 9 points",
        "| Topic beta | 3 questions | 5 of 9 | 56 % |",
        "- sure: 1 of 2 right",
        "1. What is the medium thing about beta? (Topic beta: sure and wrong",
        "> I build things.",
        r"> \</style\>\<script\>alert(1)\</script\>",
        r"\*\*b\*\*",
        "- ✓ SECRET the first point of beta easy (must, said)",
    ):
        assert part in text, part
    assert "\x1b" not in text


def test_an_interview_without_answers_has_a_page_too(world: World) -> None:
    mock_decks(world)
    mock = begun(world.desk(), opened=False)
    mock.finish()
    assert "No question was answered." in Page(written(mock, "html")).text
    assert "No question was answered." in written(mock, "markdown")


def test_a_spoken_interview_shows_what_was_ticked(world: World) -> None:
    mock_decks(world)
    mock = begun(world.desk(), spoken=True, minutes=3)
    answer(mock, "")
    mock.mark(said={"two"}, stated=())
    mock.finish()
    page = Page(written(mock, "html"))
    assert "What you said, as you marked it" in page.text
    assert "Points in the answers were marked by the learner." in page.text
    assert "Your answer" not in page.text
