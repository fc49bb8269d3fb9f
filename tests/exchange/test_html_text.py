"""HTML of flashcards as Markdown: shown as Anki showed it, whatever it holds, in little time."""

from __future__ import annotations

import html
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviewprep.cards.model import QaCard
from interviewprep.cards.text import clean
from interviewprep.exchange.htmltext import to_markdown
from interviewprep.render import blocks
from interviewprep.render.markdown_reader import read_blocks, read_spans


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("plain", "plain"),
        (
            "a <b>bold</b> and <i>italic</i> <strong><em>both</em></strong>",
            "a **bold** and *italic* ***both***",
        ),
        ("<b> spaced </b>out", "**spaced** out"),
        ("<b>two<br>lines</b>", "**two**\\\n**lines**"),
        ("one<br>two", "one\\\ntwo"),
        ("one<br><br>two", "one\n\ntwo"),
        ("<div>one</div><div>two</div>", "one\\\ntwo"),
        ("one<div><br></div><div>two</div>", "one\n\ntwo"),
        ("<p>one</p><p>two</p>", "one\n\ntwo"),
        ("<h2>Title</h2>text", "**Title**\n\ntext"),
        ("<ul><li>one</li><li>two</li></ul>after", "- one\n- two\n\nafter"),
        ("<ol><li>one<li>two</ol>", "1. one\n2. two"),
        ("<ul><li>one<ul><li>in</li></ul></li><li>two</li></ul>", "- one\n  - in\n- two"),
        ("<ol><li>one<pre>x = 1</pre></li></ol>", "1. one\n\n   ```\n   x = 1\n   ```"),
        ("<blockquote>said<br>so</blockquote>", "> said\\\n> so"),
        ("use <code>a*b</code>", "use `a*b`"),
        ("<code>a`b</code>", "``a`b``"),
        ("<pre><code>def f():\n    return 1</code></pre>", "```\ndef f():\n    return 1\n```"),
        ("<pre>a<br>b\n```</pre>", "````\na\nb\n```\n````"),
        (
            "<table><tr><th>A</th><th>B</th></tr><tr><td>1|2</td><td><b>x</b></td></tr></table>",
            "| A | B |\n| --- | --- |\n| 1\\|2 | **x** |",
        ),
        ("<table><tr><td>only</td></tr></table>", "only"),
        (r"\(x^2 &lt; 3\) and \[\frac{a}{b}\]", "$x^2 < 3$ and\n\n$$\\frac{a}{b}$$"),
        ("[$]a_1[/$] [$$]b[/$$] [latex]c[/latex]", "$a_1$\n\n$$b$$\n\n$c$"),
        (r"\( a<br>b \)", "$a b$"),
        ("[latex]$x$[/latex]", "$x$"),
        (r"an open \( stays", r"an open \\( stays"),
        ("costs $5 or $6", "costs \\$5 or \\$6"),
        ("x<sup>2</sup>, a<sub>i,j</sub>, H<sub>2</sub>O", "x², a\\_(i,j), H₂O"),
        ("<a href='https://x.org/a'>here</a>", "here (https://x.org/a)"),
        ("<a href='https://x.org'>https://x.org</a>", "https://x.org"),
        ("<a href='javascript:alert(1)'>here</a>", "here"),
        ('<img src="a%20b.png">', "(image: a b.png)"),
        ("<img src='../../etc/x_y.png'>", "(image: x_y.png)"),
        ("<img src='data:image/png;base64,AAAA' alt='a cat'>", "(image: a cat)"),
        ("<img>", "(image)"),
        ("[sound:one two.mp3]", "(sound: one two.mp3)"),
        ("<audio src='a.ogg'></audio><video><source src='b.mp4'></video>", "(sound: a.ogg)(video: b.mp4)"),
        ("[anki:tts lang=en_US]spoken[/anki:tts]", "spoken"),
        ("a<script>b</script>c<style>d</style>e<!-- f -->g", "aceg"),
        ("a<script>never closed", "a"),
        ("<unknown>kept</unknown>", "kept"),
        ("&lt;b&gt; &amp;amp; &eacute;&#x1F600;", "\\<b> \\&amp; é😀"),
        ("1. one", "1\\. one"),
        ("- no list<br># no heading<br>&gt; no quote", "\\- no list\\\n\\# no heading\\\n\\> no quote"),
        ("snake_case and _under_", "snake_case and \\_under\\_"),
        ("2 * 3", "2 * 3"),
        ("C:\\new\\", "C:\\new\\\\"),
        ("a < b > c", "a < b > c"),
        ("<p></p><div></div><br>", ""),
        ("</b></ul></table>x</pre>", "x"),
    ],
)
def test_what_is_written(source: str, text: str) -> None:
    assert to_markdown(source).text == text


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("one<br>two", "one two"),
        ("<p>one</p><p>two</p>", "one two"),
        ("Which?<ul><li>one</li><li>two</li></ul>", "Which? • one • two"),
        ("Which?<ol><li>one</li><li>two</li></ol>", "Which? 1. one 2. two"),
        ("What does<pre>a = 1\nb</pre>do?", "What does `a = 1 b` do?"),
        (r"\[x\] is?", "$x$ is?"),
        ("<table><tr><td>a<td>b<tr><td>c<td>d</table>", "a, b; c, d"),
    ],
)
def test_a_question_is_one_line(source: str, text: str) -> None:
    assert to_markdown(source, one_line=True).text == text


def test_pictures_and_sounds_are_listed_once() -> None:
    found = to_markdown("<img src=a.png>[sound:b.mp3]<img src=a.png>")
    assert set(found.media) == {"a.png", "b.mp3"}
    assert len(found.media) == 2


PIECES = [*"ab1 _*`~$\\[]()<>#-+=.!&;|:/\"'{}\n", "&amp;", "http://a.b", "1. ", "- ", "é", "**", "{{", "}}"]
texts = st.lists(st.sampled_from(PIECES), max_size=14).map("".join)


def shown(markdown: str) -> str:
    """What a reader of the Markdown sees, if it is nothing but paragraphs."""
    found = read_blocks(markdown) if markdown else ()
    assert all(isinstance(block, blocks.Paragraph) for block in found), (markdown, found)
    return " ".join("".join(s.text for s in b.spans) for b in found if isinstance(b, blocks.Paragraph))


@given(texts)
def test_any_text_is_shown_as_it_is(text: str) -> None:
    wanted = " ".join(clean(text).split())
    source = html.escape(text)
    assert shown(to_markdown(source).text) == wanted
    one = to_markdown(source, one_line=True).text
    assert "".join(span.text for span in read_spans(one)) == wanted


NAMES = (
    *("b", "i", "code", "pre", "p", "div", "br", "ul", "ol", "li", "table", "tr", "td", "th", "blockquote"),
    *("h1", "sup", "sub", "a", "img", "script"),
)
tags = st.sampled_from(NAMES)
htmls = st.lists(
    st.one_of(
        texts, tags.map("<{}>".format), tags.map("</{}>".format), st.sampled_from(["\\(", "\\)", "<", ">"])
    ),
    max_size=25,
).map("".join)


@given(htmls)
def test_any_html_makes_a_card_that_can_be_kept(source: str) -> None:
    found = to_markdown(source)
    assert "\ue000" not in found.text
    assert clean(found.text) == found.text
    one = to_markdown(source, one_line=True).text
    assert "\n" not in one
    if one.strip() and found.text.strip():
        card = QaCard(id="x", question=one, short=found.text)
        assert card.short == found.text.strip()


HOSTILE = {
    "brackets": "<" * 100_000,
    "comments": "<!--" * 25_000,
    "tags without end": "<a " * 33_000,
    "quotes without end": "<a b='" * 16_000,
    "quoted ends": "<a b='>" * 14_000,
    "closing": "</" * 50_000,
    "entities": "&#" * 50_000,
    "scripts": "<script>" * 10_000 + "</" * 20_000,
    "declarations": "<!a" * 30_000,
    "formulas": "\\(" * 50_000,
    "formulas of two kinds": "\\(\\[" * 25_000 + "\\)",
    "lists": "<ul><li>" * 12_000,
    "tables": "<table><tr><td>" * 7_000,
    "cells": "<table><tr>" + "<td>x" * 20_000,
    "raised": "<sup>" * 10_000 + "</sup>" * 8_000,
    "links": "<a href=x>" * 6_000 + "</a>" * 6_000,
    "stars": "*" * 100_000,
    "underscores": "_ " * 50_000,
    "backticks": "<code>" + "`" * 90_000,
    "sounds": "[sound:" * 14_000,
    "pictures": "<img src='" * 10_000,
    "backslashes": "\\" * 100_000,
    "crossed": "<b><i>x</b></i>" * 6_000,
}


@pytest.mark.parametrize("source", HOSTILE.values(), ids=HOSTILE)
def test_hostile_html_takes_little_time(source: str) -> None:
    began = time.process_time()
    to_markdown(source)
    to_markdown(source, one_line=True)
    assert time.process_time() - began < 4  # 0.1 to 0.6 seconds here; quadratic time would be minutes
