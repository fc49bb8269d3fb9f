"""Card text as HTML: what is markup, and that nothing else is."""

from __future__ import annotations

import html
import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviewprep.render.html import Formulas, escaped, link, to_html, to_inline_html

KNOWN_TAGS = {
    *("p", "b", "i", "s", "code", "br", "a", "h3", "h4", "h5", "h6", "ul", "ol", "li", "blockquote", "pre"),
    *("span", "div", "table", "thead", "tbody", "tr", "th", "td", "hr"),
}


class Tags(HTMLParser):
    """Collects tags and attributes, and sees that they close in order."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: set[str] = set()
        self.attributes: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.add(tag)
        self.attributes |= {name for name, _ in attrs}
        if tag not in {"br", "hr"}:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def tags_of(found: str) -> Tags:
    parser = Tags()
    parser.feed(found)
    parser.close()
    assert parser.open == []
    return parser


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("one *two* **three** ~~four~~", "one <i>two</i> <b>three</b> <s>four</s>"),
        ("first\n\nsecond", "<p>first</p><p>second</p>"),
        ("a `x < y` b", "a <code>x &lt; y</code> b"),
        ("is $x < y$ so", r"is \(x &lt; y\) so"),
        ("$$\\frac{a}{b}$$", r'<div class="formula">\[\frac{a}{b}\]</div>'),
        ("costs $5 and $10", "costs $5 and $10"),
        ("- a\n- b", "<ul><li>a</li><li>b</li></ul>"),
        ("2. a\n3. b", '<ol start="2"><li>a</li><li>b</li></ol>'),
        ("- a\n\n- b", "<ul><li><p>a</p></li><li><p>b</p></li></ul>"),
        ("# Title", "<h3>Title</h3>"),
        ("> said", "<blockquote><p>said</p></blockquote>"),
        ("a\n\n---\n\nb", "<p>a</p><hr><p>b</p>"),
        (
            "|a|b|\n|-|-:|\n|$|x|$|2|",
            '<div class="table"><table><thead><tr><th>a</th><th style="text-align:right">b</th></tr></thead>'
            r'<tbody><tr><td>\(|x|\)</td><td style="text-align:right">2</td></tr></tbody></table></div>',
        ),
        (
            "see [docs](https://a.b/?c=1&d=2)",
            'see docs (<a href="https://a.b/?c=1&amp;d=2">https://a.b/?c=1&amp;d=2</a>)',
        ),
        ("line\\\nbreak", "line<br>break"),
        ("", ""),
    ],
)
def test_markdown_becomes_html(text: str, expected: str) -> None:
    assert to_html(text) == expected


def test_code_is_coloured_by_classes_and_keeps_its_lines() -> None:
    found = to_html('```python\ndef f(x):  # why\n    return "<b>" + str(1)\n```')
    assert '<span class="kw">def</span>' in found
    assert '<span class="st">"&lt;b&gt;"</span>' in found
    assert '<span class="cm"># why</span>' in found
    assert "\n    <span" in found
    assert to_html("```\na < b\n```") == "<pre><code>a &lt; b</code></pre>"


def test_formulas_as_text_for_a_page_that_stands_alone() -> None:
    assert to_inline_html(r"so $\beta_1 < 1$", formulas=Formulas.TEXT) == (
        'so <span class="formula">β₁ &lt; 1</span>'
    )
    assert to_html(r"$$a \\ b$$", formulas=Formulas.TEXT).startswith('<pre class="formula">')
    assert "\\" not in to_html("$$\\frac{1}{2}$$", formulas=Formulas.TEXT)


def test_html_is_shown_as_it_is_written() -> None:
    for text in ("<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "a <!-- b -->", "&lt; &amp;"):
        found = to_inline_html(text)
        assert tags_of(found).seen == set()


def test_mathjax_finds_no_formula_in_plain_text() -> None:
    assert "\\(" not in escaped(r"a \( b \) and \[ c \]")
    assert html.unescape(re.sub("<[^>]*>", "", escaped(r"a \( b"))) == r"a \( b"
    assert r"\(" not in to_inline_html(r"$a \) b$")  # a formula that would end too early is text


def test_only_addresses_of_the_web_become_links() -> None:
    assert link("javascript:alert(1)", "x") == "x"
    assert link('https://a.b/"onclick="x', "x") == "x"
    assert link("https://a.b/c", "x") == '<a href="https://a.b/c">x</a>'


@given(st.text(alphabet=st.sampled_from("ab <>&\"'`*_$\\()[]{}|#-\n\t.1~!:/é🙂"), max_size=60))
def test_whatever_the_text_the_html_is_whole_and_of_known_tags(text: str) -> None:
    for found in (to_html(text), to_inline_html(text), to_html(text, formulas=Formulas.TEXT)):
        parser = tags_of(found)
        assert parser.seen <= KNOWN_TAGS
        assert parser.attributes <= {"class", "href", "start", "style"}
