"""Texts stay texts, dangerous files are refused, and YAML's errors are said in plain words."""

from __future__ import annotations

import pytest
from cards.reading import GOOD, errors, ids, qa, read

from interviewprep.cards.source import Source, SourceError, TextNode, read_source


def fault(text: str) -> str:
    """What is said about a text that cannot be read, with its place."""
    with pytest.raises(SourceError) as caught:
        read_source(text.encode())
    line, column, message = caught.value.fault
    return f"{line}:{column}: {message}"


def source(text: str) -> Source:
    return read_source(text.encode())


@pytest.mark.parametrize(
    "written",
    [
        "no",
        "on",
        "yes",
        "012",
        "1:30",
        "3.10",
        "2026-12-01",
        "1e3",
        "0x1F",
        "true",
        "1_000",
        ".inf",
        "12:30:45",
    ],
)
def test_text_stays_text(written: str) -> None:
    found = qa(f"    example: {written}\n    tags: [{written}]\n")
    assert found.example == written
    assert found.tags == (written,)


@pytest.mark.parametrize("written", ["", " ", " ~", " null", " Null", " NULL", " # a comment"])
def test_nothing_null_and_tilde_count_as_not_written(written: str) -> None:
    assert qa(f"    example:{written}\n").example == ""


@pytest.mark.parametrize(("written", "meant"), [("'null'", "null"), ('"~"', "~"), ("|-\n      null", "null")])
def test_null_in_quotes_is_a_word(written: str, meant: str) -> None:
    assert qa(f"    example: {written}\n").example == meant


def test_a_needed_field_with_nothing_in_it_is_missing_at_its_own_line() -> None:
    assert errors("cards:\n  - id: a\n    question: q\n    short:\n") == [
        "4:5: `short` is missing: the answer one can say in 30 seconds."
    ]


def test_a_key_that_stands_twice_is_an_error_and_not_a_lost_card() -> None:
    text = "cards:\n  - id: a\n    question: q\n    short: one\n    short: two\n" + GOOD
    assert errors(text) == ["5:5: `short` stands here a second time, first in line 4; keep one of them"]
    assert ids(text) == ["good"]


def test_a_key_that_stands_twice_deep_inside_a_card_is_found() -> None:
    text = "cards:\n  - id: a\n    question: q\n    short: s\n    source: {document: d, document: e}\n"
    assert errors(text) == ["5:27: `document` stands here a second time, first in line 5; keep one of them"]
    assert ids(text) == []


def test_two_lists_of_cards_are_an_error_and_the_first_counts() -> None:
    text = "cards:\n" + GOOD + "cards:\n  - {id: other, question: q, short: s}\n"
    assert errors(text) == ["3:1: `cards` stands here a second time, first in line 1; keep one of them"]
    assert ids(text) == ["good"]


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ("cards:\n\t- id: a\n", "2:1", "tab"),
        ("cards:\n  - id: a\n\t  question: q\n", "3:1", "tab"),
        ("a: why: because\n", "1:7", "put the text in quotes"),
        ("cards:\n- id: a\n  question: Why: because\n", "3:16", "put the text in quotes"),
        ("cards:\n  - id: a\n    question: q\n   short: s\n", "4:4", "not indented like"),
        ("a:\n  b: 1\n c: 2\n", "3:2", "not indented like"),
        ("a: 'x\n", "1:4", "never closed"),
        ('a: "x\n', "1:4", "never closed"),
        ('a: "x" y\n', "1:8", "quotes"),
        ('a: "\\q"\n', "1:5", "backslash"),
        ('a: "\\ud800"\n', "1:7", "backslash"),
        ("a: [b, c\nd: e\n", "2:2", "`]`"),
        ("a: {b: c\n", "2:1", "`}`"),
        ("a: *bold* x\n", "1:4", "may not begin with `*`"),
        ("a: *bold\n", "1:4", "begins with `*`"),
        ("a: &x text\n", "1:4", "begins with `&`"),
        ("a: & text\n", "1:4", "may not begin with `&`"),
        ("a: @x\n", "1:4", "may not begin with `@`"),
        ("a: `x`\n", "1:4", "may not begin with"),
        ("a: %x\n", "1:4", "may not begin with `%`"),
        ("a: !important x\n", "1:4", "may not begin with `!`"),
        ("a: !!python/object/apply:os.system ['true']\n", "1:4", "may not begin with `!`"),
        ("a: ]\n", "1:4", "may not begin with `]`"),
        ("a: - b\n", "1:4", "next line"),
        ("a: |x\n  y\n", "1:5", "next line, indented"),
        ("a: x\nb\nc: d\n", "2:1", "no `key: value`"),
        ("key: >\nfoo\n", "2:1", "no `key: value`"),
        ("a: 1\n---\nb: 2\n", "2:1", "second document"),
        ("%YAML 9.9\n---\na: b\n", "1:1", "no part of a deck"),
        ("? [a]\n: b\n", "1:3", "cannot be a key"),
        ("{{a}}: b\n", "1:2", "cannot be a key"),
        ("- id: a\n", "1:1", "write `cards:` above the list"),
        ("just text\n", "1:1", "begin with `cards:`"),
    ],
)
def test_errors_of_yaml_are_said_in_plain_words(text: str, place: str, words: str) -> None:
    said = fault(text)
    assert said.startswith(f"{place}: ")
    assert words in said


def test_a_file_of_comments_is_an_empty_deck() -> None:
    for text in ("", "# only a comment\n", "---\n", "\ufeff\n"):
        loaded = read(text)
        assert loaded.problems == ()
        assert loaded.deck is not None
        assert loaded.deck.cards == ()


def test_bytes_that_are_no_utf8_are_refused_with_their_place() -> None:
    with pytest.raises(SourceError) as caught:
        read_source("title: näh\nx: ".encode() + b"\xff\xfe")
    assert caught.value.fault[:2] == (2, 4)
    assert "UTF-8" in caught.value.fault.message


def test_windows_line_ends_and_a_byte_order_mark_change_nothing() -> None:
    text = "cards:\n  - id: a\n    question: |\n      one\n      two\n    short: s\n"
    plain, windows = read(text), read("\ufeff" + text.replace("\n", "\r\n"))
    assert plain.deck == windows.deck
    assert windows.problems == ()
    assert windows.places == plain.places


def test_control_characters_and_direction_overrides_are_left_out_with_a_warning() -> None:
    loaded = read("title: a\x1b[2Jb\u202ec\u2066d\x07e\ncards:\n" + GOOD)
    assert loaded.deck is not None
    assert loaded.deck.title == "a[2Jbcde"
    assert [(p.line, p.column, p.severity) for p in loaded.problems] == [(1, 9, "warning")]


def test_escapes_in_double_quotes_cannot_bring_control_characters_back() -> None:
    found = source('a: "x\\e[2J\\u202ey\\x07\\x9d\\0"\n').root
    assert found is not None
    value = found.entries["a"].value
    assert isinstance(value, TextNode)
    assert value.text == "x[2Jy"


@pytest.mark.parametrize(
    "formula", ["\\frac{1}{2}", "\\nabla L", "\\theta", "\\times", "\\beta", "\\rightarrow"]
)
def test_a_formula_in_double_quotes_is_warned_about(formula: str) -> None:
    notes = source(f'a: "the {formula} x"\n').notes
    assert [(n.line, n.column) for n in notes] == [(1, 4)]
    assert "single quotes" in notes[0].message


def test_ordinary_escapes_in_double_quotes_are_fine() -> None:
    assert source('a: "one\\ntwo\\tthree \\"four\\" \\u03b2"\n').notes == ()


def test_text_cut_off_by_a_comment_is_warned_about() -> None:
    notes = source("ä: ü\nquestion: What is issue #3 about?\nlevel: easy # a real comment\n").notes
    assert [(n.line, n.column) for n in notes] == [(2, 11)]
    assert "quotes" in notes[0].message


def test_an_anchor_used_later_is_fine() -> None:
    found = qa("    example: &x same\n    detailed: *x\n")
    assert (found.example, found.detailed) == ("same", "same")


def test_an_anchor_inside_itself_is_refused() -> None:
    assert "stands for nothing" in fault("a: &x [*x]\n")


def test_merge_keys_are_named_as_not_supported() -> None:
    text = "cards:\n  - &a {id: a, question: q, short: s}\n  - {<<: *a, id: b}\n"
    assert "`<<` (merging another mapping) is not supported" in "\n".join(errors(text))
