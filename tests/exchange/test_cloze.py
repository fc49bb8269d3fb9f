"""Cloze deletions as Anki reads them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviewprep.exchange.anki.cloze import Cloze, cloze


@pytest.mark.parametrize(
    ("text", "number", "expected"),
    [
        ("no gap", 1, Cloze("no gap", (), "no gap")),
        ("{{c1::a}} b", 1, Cloze("[...] b", ("a",), "a b")),
        ("{{c1::a}} {{c2::b}}", 2, Cloze("a [...]", ("b",), "a b")),
        ("{{c1::a::hint}}", 1, Cloze("[hint]", ("a",), "a")),
        ("{{c1::a::b::c}}", 1, Cloze("[b::c]", ("a",), "a")),
        ("{{c1::a}}, {{c1::b}}", 1, Cloze("[...], [...]", ("a", "b"), "a, b")),
        ("{{c1::a {{c2::b}} c}}", 1, Cloze("[...]", ("a b c",), "a b c")),
        ("{{c1::a {{c2::b}} c}}", 2, Cloze("a [...] c", ("b",), "a b c")),
        ("{{c1,3::a}} {{c2::b}}", 3, Cloze("[...] b", ("a",), "a b")),
        ("{{c1::never closed", 1, Cloze("{{c1::never closed", (), "{{c1::never closed")),
        ("a }} b :: c", 1, Cloze("a }} b :: c", (), "a }} b :: c")),
        (r"\(x = {{c1::y}}\) {{c1::z}}", 1, Cloze(r"\(x = [...]\) [...]", (r"\(y\)", "z"), r"\(x = y\) z")),
        (r"\[{{c1::y}}\]", 1, Cloze(r"\[[...]\]", (r"\[y\]",), r"\[y\]")),
        (r"\(a\) {{c1::y}} \(b\)", 1, Cloze(r"\(a\) [...] \(b\)", ("y",), r"\(a\) y \(b\)")),
        ("{{c1::}}", 1, Cloze("[...]", ("",), "")),
    ],
)
def test_the_card_of_one_number(text: str, number: int, expected: Cloze) -> None:
    assert cloze(text, number) == expected


@given(st.lists(st.sampled_from(["{{c1::", "{{c2::", "}}", "::", "a", "b ", "{{", "{", "\\("]), max_size=30))
def test_anything_can_be_read(pieces: list[str]) -> None:
    text = "".join(pieces)
    first, other = cloze(text, 1), cloze(text, 99)
    assert first.full == other.full
    assert other.answers == ()
    assert other.question == other.full
    if "{{c" not in text:
        assert first == Cloze(text, (), text)


def test_deep_nesting_and_many_openings_end() -> None:
    found = cloze("{{c1::" * 50_000 + "x" + "}}" * 50_000, 1)
    assert "x" in found.full
