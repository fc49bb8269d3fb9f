"""Markdown on a terminal: every kind of block, at the widths that matter."""

from __future__ import annotations

import subprocess
import sys

import pytest
from rich.cells import cell_len

from interviewprep.render.markdown import Document, inline, inline_lines, markdown

from .conftest import Printer

GOLDEN = [
    ("one two", "one two"),
    ("one\ntwo", "one two"),
    ("one\n\ntwo", "one\n\ntwo"),
    ("one  \ntwo", "one\ntwo"),
    ("# Head\n\ntext", "Head\ntext"),
    ("text\n## Head\ntext", "text\n\nHead\ntext"),
    ("**bold** *soft* ~~gone~~ `code`", "bold soft gone code"),
    ("- a\n- b", "• a\n• b"),
    ("intro\n- a\n- b", "intro\n• a\n• b"),
    ("- a\n\n- b", "• a\n\n• b"),
    ("- a\n  - b\n    - c\n      - d", "• a\n  ◦ b\n    · c\n      · d"),
    ("3. a\n4. b", "3. a\n4. b"),
    ("9. a\n10. b", " 9. a\n10. b"),
    ("1) a\n2) b", "1) a\n2) b"),
    ("1. a\n\n   more\n2. b", "1. a\n\n   more\n2. b"),
    ("> a\n> b", "│ a b"),
    ("> a\n> > b", "│ a\n│ │ b"),
    ("```\nx = 1\n  y\n```", "  x = 1\n    y"),
    ("```python\nif x:\n    y\n```", "  if x:\n      y"),
    ("    x = 1", "  x = 1"),
    ("```\na\n\nb", "  a\n\n  b"),
    ("a\n\n---\n\nb", "a\n\n" + "─" * 76 + "\n\nb"),
    ("[text](http://a.b)", "text (http://a.b)"),
    ("[http://a.b](http://a.b)", "http://a.b"),
    ("<http://a.b>", "http://a.b"),
    ("![alt](a.png)", "alt (a.png)"),
    ("[a]: http://b.c", "[a]: http://b.c"),
    ("<b>x</b> and <!-- y -->", "<b>x</b> and <!-- y -->"),
    ("<div>\nx\n</div>", "<div> x </div>"),
    ("a &lt; b &amp; c", "a < b & c"),
    ("$x_i$ and $y^2$", "xᵢ and y²"),
    ("$$x = 1$$", "    x = 1"),
    ("$$\nx = 1\n$$", "    x = 1"),
    ("text\n$$x = 1$$\ntext", "text\n    x = 1\ntext"),
    ("text\n\n$$x = 1$$\n\ntext", "text\n\n    x = 1\n\ntext"),
    ("$$x = 1$$\n\n$$y = 2$$", "    x = 1\n    y = 2"),
    ("$$x = 1$$.", "    x = 1."),
    ("so $$x = 1$$ holds", "so x = 1 holds"),
    ("- a\n\n  $$x$$", "• a\n\n      x"),
    ("> $$x$$", "│     x"),
    ("$5 and $10", "$5 and $10"),
    ("costs $5, `$x$`", "costs $5, $x$"),
    ("a \\$x$ b", "a $x$ b"),
    ("$ x $", "$ x $"),
    ("a$", "a$"),
    ("$\\unknown x$", "$\\unknown x$"),
    ("$$\\unknown x$$", "$$\\unknown x$$"),
    ("`$x_i$`", "$x_i$"),
    ("```\n$x_i$\n```", "  $x_i$"),
    ("*not closed", "*not closed"),
    ("a * b * c", "a * b * c"),
    ("snake_case_name", "snake_case_name"),
    ("-1 is less", "-1 is less"),
    ("", ""),
    ("\n\n", ""),
]


@pytest.mark.parametrize(("source", "shown"), GOLDEN)
def test_a_text_is_set_as_agreed(source: str, shown: str, printed: Printer) -> None:
    assert printed(markdown(source)) == shown


def test_paragraphs_wrap_at_words_and_lists_hang(printed: Printer) -> None:
    text = "Momentum steps along a sum.\n\n- averages past gradients so steps add up\n- cancels"
    assert printed(markdown(text), width=24) == (
        "Momentum steps along a\nsum.\n\n• averages past\n  gradients so steps add\n  up\n• cancels"
    )


def test_short_formulas_are_not_broken_long_ones_before_an_operator(printed: Printer) -> None:
    assert printed(markdown("The step is $w - \\eta g$ here"), width=18) == "The step is\nw − η g here"
    long = "$$a_1 + a_2 + a_3 + a_4 + a_5 + a_6 + a_7 + a_8 + a_9$$"
    assert printed(markdown(long), width=32) == ("    a₁ + a₂ + a₃ + a₄ + a₅ + a₆\n        + a₇ + a₈ + a₉")


def test_a_drawn_formula_keeps_its_distance(printed: Printer) -> None:
    text = "$$x = \\begin{bmatrix} 1 \\\\ 2 \\end{bmatrix}$$\n\n$$y = 1$$"
    assert printed(markdown(text)) == "    x = ⎡ 1 ⎤\n        ⎣ 2 ⎦\n\n    y = 1"


def test_long_code_lines_go_on_below(printed: Printer) -> None:
    assert printed(markdown("```\nabcdefghijklmnopqrstuvwxyz\n```"), width=20) == (
        "  abcdefghijklmnopqr\n  stuvwxyz"
    )


def test_tabs_in_code_become_four_columns(printed: Printer) -> None:
    assert printed(markdown("```\nif x:\n\ty\n```")) == "  if x:\n      y"


def test_styles_are_bold_italic_and_palette_colours(printed: Printer) -> None:
    shown = printed(markdown("**b** *i* `c`\n\n```python\nreturn 'x' # y\n```"), styles=True)
    assert "\x1b[1mb\x1b[0m \x1b[3mi\x1b[0m \x1b[36mc\x1b[0m" in shown
    assert "\x1b[1mreturn\x1b[0m \x1b[32m'x'\x1b[0m \x1b[2;3m# y\x1b[0m" in shown


def test_highlighting_never_changes_the_code(printed: Printer) -> None:
    code = "def f(x):\n\n    return {'a': 1}['b']  # é\n\n\nclass A: pass\n$ ls"
    for language in ("python", "bash", "json", "cpp", "nonsense", ""):
        shown = markdown(f"```{language}\n{code}\n```").lines(76)
        assert [line.plain.removeprefix("  ") for line in shown] == code.split("\n"), language


def test_no_colour_leaves_the_words(printed: Printer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    shown = printed(markdown("a `code` **b**"), styles=True)
    assert "36" not in shown
    assert "code" in shown


def test_an_inline_text_is_one_line_without_blocks() -> None:
    assert inline("# What is $x_i$ in `f`,\n**really**?").plain == "# What is xᵢ in f, really?"
    assert inline("- 1. a").plain == "- 1. a"
    assert "\u00a0" not in inline("$a + b$").plain
    assert inline("a **b**").spans[0].style == "bold"


def test_inline_lines_fit_and_keep_short_formulas_whole() -> None:
    lines = inline_lines("The update rule is $w - \\eta g$ here", width=20)
    assert [line.plain for line in lines] == ["The update rule is", "w − η g here"]


def test_a_document_knows_its_lines_and_fits_any_width() -> None:
    document = markdown("one two three\n\n- four\n\n| a | b |\n|-|-|\n| five six | seven |")
    for width in (200, 76, 40, 20, 9, 5, 2):
        assert all(cell_len(line.plain) <= width for line in document.lines(width)), width
    assert document.text(76).plain == "\n".join(line.plain for line in document.lines(76))


def test_lines_do_not_grow_longer_than_can_be_read() -> None:
    document = markdown("word " * 100, max_width=60)
    assert max(cell_len(line.plain) for line in document.lines(300)) <= 60


def test_a_document_prints_the_same_after_a_change_of_width_and_back(printed: Printer) -> None:
    document: Document = markdown("one two three `four` five\n\n- six seven")
    first = printed(document, width=12)
    assert printed(document, width=40) != first
    assert printed(document, width=12) == first


def _loaded(code: str) -> set[str]:
    script = f"{code}\nimport sys; print(' '.join(sys.modules))"
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    return set(run.stdout.split())


def test_importing_markdown_loads_neither_its_parser_nor_pygments() -> None:
    loaded = _loaded("from interviewprep.render.markdown import inline; inline('What is SGD?')")
    assert loaded.isdisjoint({"markdown_it", "pygments", "pydantic", "textual", "interviewprep.render.latex"})


def test_words_and_charts_load_no_rich() -> None:
    loaded = _loaded("import interviewprep.render.words, interviewprep.render.charts")
    assert loaded.isdisjoint({"rich", "markdown_it", "pydantic"})


def test_warming_up_loads_what_an_answer_needs() -> None:
    loaded = _loaded("from interviewprep.render.markdown import warm_up; warm_up()")
    assert loaded >= {"markdown_it", "pygments.lexers.python", "interviewprep.render.latex"}
