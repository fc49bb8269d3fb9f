"""Whatever stands on a card is shown as text: it cannot command the terminal, crash, or take long."""

from __future__ import annotations

import re
import time
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.text import Text

from interviewprep.render.clean import clean
from interviewprep.render.markdown import inline, inline_lines, markdown
from interviewprep.render.plain import plain

from .conftest import Printer

STYLE_SEQUENCE = re.compile(r"\x1b\[[0-9;]*m")

HOSTILE = {
    "rich markup": "x [/] y, [bold]z[/bold], list[int]",
    "textual action": "[@click=app.quit]press[/] $primary",
    "clear screen": "a\x1b[2J\x1b[Hb",
    "clipboard": "a\x1b]52;c;ZXZpbA==\x07b",
    "title": "a\x1b]0;evil\x1b\\b",
    "one-byte sequences": "a\x9b2Jb\x9d52;c;\x9c",
    "bell and backspace": "abc\x08\x08\x07",
    "carriage return": "good\rbad",
    "override": "user\u202etxt.exe",
    "isolates": "\u2066a\u2069\u2067b",
    "entity": "&#x202e;abc &#27;[2J &#155;2J &#7;",
    "percent in a link": "[a](http://x/%1b[2J) ![b](\x1b[2J)",
    "surrogate": "a\ud800b",
    "null": "a\x00b",
    "line separators": "a\u2028b\u2029c\x85d\x0be",
    "zalgo": "a" + "\u0301" * 5_000,
    "combining only": "\u0301\u0302",
    "wide": "漢字 " * 200,
    "emoji": "👨\u200d👩\u200d👧 🇩🇪 ❤️ " * 50,
    "tags": "a\U000e0041\U000e0042b",
    "html": "<script>alert(1)</script> <img src=x onerror=y>",
    "javascript link": "[a](javascript:alert(1))",
    "deep quotes": ">" * 500 + " a",
    "deep lists": "\n".join("  " * n + "- a" for n in range(200)),
    "braces": "$" + "{" * 500 + "$",
    "private marks": "\ufdd0 \ufdd1 \ufdef $\ufdd1$",
}
LETTERS = {
    "rich markup": "x [/] y, [bold]z[/bold], list[int]",
    "textual action": "[@click=app.quit]press[/] $primary",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_nothing_but_our_own_styles_reaches_the_terminal(name: str, printed: Printer) -> None:
    text = HOSTILE[name]
    everything = printed(markdown(text), styles=True) + printed(inline(text), styles=True)
    everything += "\n".join(line.plain for line in inline_lines(text, width=30)) + plain(text)
    left = STYLE_SEQUENCE.sub("", everything)
    bad = [c for c in left if unicodedata.category(c) in ("Cc", "Cs") and c != "\n"]
    assert bad == []
    assert not set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069") & set(left)
    left.encode("utf-8")


@pytest.mark.parametrize("name", LETTERS)
def test_markup_of_rich_and_textual_is_shown_as_it_is_written(name: str, printed: Printer) -> None:
    text = LETTERS[name]
    assert printed(markdown(text)) == text
    assert inline(text).plain == text
    assert inline(text).spans == []
    assert plain(text) == text


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("width", [76, 17, 3])
def test_no_line_is_wider_than_asked(name: str, width: int) -> None:
    for line in markdown(HOSTILE[name]).lines(width):
        assert cell_len(line.plain) <= width, line.plain


@pytest.mark.parametrize(
    "text",
    ["word " * 10_000, "x" * 50_000, "漢" * 50_000, "e\u0301" * 25_000, "line\n" * 10_000, "*_`[$" * 10_000],
)
def test_fifty_thousand_characters_are_all_shown_and_soon(text: str) -> None:
    began = time.process_time()
    lines = markdown(text).lines(76)
    assert time.process_time() - began < 1.5
    shown = "".join(line.plain for line in lines)
    assert len(re.sub(r"\s", "", shown)) == len(re.sub(r"\s", "", text))


@pytest.mark.parametrize(
    "text",
    [
        "![" * 6_000,
        "[a](" * 3_000,
        "a**b" * 3_000,
        "|a" * 300 + "\n" + "|-" * 300 + "\n" + "|\n" * 3_000,
        "$" + "|a" * 1_900 + "$",
        "$$" + r"\begin{bmatrix}a&b\\c&d\end{bmatrix}" * 40 + "$$",
        "```python\n" + '("' * 2_400 + "\n```",
        "`" + "` `".join("`" * n for n in range(100)),
    ],
)
def test_texts_made_to_be_slow_are_not(text: str) -> None:
    began = time.process_time()
    markdown(text).lines(76)
    assert time.process_time() - began < 2.5


def test_cleaning_keeps_ordinary_text_of_all_scripts() -> None:
    for text in (
        "naïve café",
        "שלום",
        "العربية",
        "हिन्दी",
        "👨\u200d👩\u200d👧",
        "tab\there\nnext",
        "x\u0302",
    ):
        assert clean(text) == text


def test_cleaning_takes_out_what_is_not_seen() -> None:
    assert clean("a\x1b[31mb\x07\u202ec\u200bd\u00ade") == "a[31mbcde"
    assert clean("a\r\nb\rc") == "a\nb\nc"
    assert clean("a" + "\u0301" * 50) == "a" + "\u0301" * 8


FRAGMENTS = (
    "# |- |1. |> |```|`|*|**|_|~~|[|](|)|![|---|    |\t|$|$$|\\|<b>|&lt;|word| |x|\\frac{|}|漢|\u0301|👩"
)
MARKDOWN = st.lists(st.sampled_from([*FRAGMENTS.split("|"), "|", "|-|-|", "\n", "\n\n"]), max_size=40).map(
    "".join
)


@given(st.text(max_size=200) | MARKDOWN, st.integers(1, 90))
@settings(deadline=None)
def test_nothing_makes_it_raise(text: str, width: int) -> None:
    for line in markdown(text).lines(width):
        assert isinstance(line, Text)
        assert "\n" not in line.plain
    inline(text)
    inline_lines(text, width=width)
    plain(text, width)


@given(MARKDOWN)
@settings(deadline=None)
def test_lines_fit_a_usual_screen(text: str) -> None:
    for line in markdown(text).lines(76):
        assert cell_len(line.plain) <= 76


@given(
    st.lists(
        st.sampled_from(["alpha", "beta", "x1", "[/]", "list[int]", "-", "é", "漢字"]),
        min_size=1,
        max_size=60,
    )
)
@settings(deadline=None)
def test_no_word_of_running_text_gets_lost(words: list[str]) -> None:
    text = "start " + " ".join(words)
    assert " ".join(line.plain for line in markdown(text).lines(20)).split() == text.split()
    assert plain(text, 20).split() == text.split()
