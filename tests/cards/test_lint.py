"""Lint: quality of cards, what is linted in which surroundings, and the shipped decks."""

from __future__ import annotations

from pathlib import Path

import pytest

from interviewprep.cards.heads import Problem
from interviewprep.cards.lint import lint_paths
from interviewprep.cards.quality import count_words, similar_questions
from interviewprep.cards.sourcemap import Correction, SourceMap, SourceRow, load_source_map
from interviewprep.settings import shipped_decks


def words(count: int) -> str:
    """So many words."""
    return " ".join(["word"] * count)


def good(card_id: str = "momentum", **changes: str) -> str:
    """A card lint has nothing to say about, each field on lines of its own; '' leaves a field out."""
    fields = {
        "level": "medium",
        "tags": "[optimizer]",
        "question": f"What does {card_id} change about SGD?",
        "variants": "[Why so?, When not?]",
        "short": words(50),
        "one_liner": words(20),
        "detailed": words(200),
        "key_points": "\n      - {text: one, accept: [a, b, c]}\n      - {text: two, accept: [a, b, c]}\n"
        "      - {text: three, weight: nice, accept: [a, b, c]}",
        "analogies": "[{text: a ball, breaks: it is round}]",
        "example": "with beta 0.9",
        "computed": "[{expr: 1 / (1 - 0.9), value: '10', digits: 0}]",
        "follow_ups": "[{ask: so, answer: yes}, {ask: then, answer: 'no'}]",
        "refs": "[Goodfellow 2016]",
    } | changes
    lines = [f"    {name}: {value}" for name, value in fields.items() if value]
    return f"  - id: {card_id}\n" + "\n".join(lines) + "\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "shipped"
    made.mkdir()
    return made


def lint(folder: Path, text: str, *, strict: bool = False) -> list[Problem]:
    (folder / "d.yaml").write_text("cards:\n" + text)
    return lint_paths(None, [folder], strict=strict)


def test_nothing_to_say_about_a_good_card(folder: Path) -> None:
    assert lint(folder, good()) == []


@pytest.mark.parametrize(
    ("changes", "line", "message"),
    [
        ({"level": ""}, 2, "no `level`; write easy, medium or hard"),
        ({"tags": ""}, 2, "no `tags`; write the words one would filter by"),
        ({"example": ""}, 2, "no `example`; write a concrete case"),
        ({"refs": ""}, 2, "no `refs`; write where to read on"),
        ({"one_liner": ""}, 2, "no `one_liner`; write the answer in one sentence"),
        ({"one_liner": words(36)}, 8, "`one_liner` has 36 words; at most 35 are one breath"),
        ({"short": words(34)}, 7, "`short` has 34 words; 35 to 75 are said in about 30 seconds"),
        ({"short": words(76)}, 7, "`short` has 76 words; 35 to 75 are said in about 30 seconds"),
        ({"short": words(113)}, 7, "`short` has 113 words; more than 112 take longer than 45 seconds"),
        ({"short": "TODO"}, 7, "the answer is not written yet"),
        ({"detailed": ""}, 2, "no `detailed` answer; write what survives two follow-up questions"),
        ({"detailed": words(119)}, 9, "`detailed` has 119 words; write 120 to 300"),
        ({"detailed": words(301)}, 9, "`detailed` has 301 words; write 120 to 300"),
        ({"variants": "[Why so?]"}, 6, "`variants` holds 1; write at least 2 that ask from another side"),
        ({"variants": ""}, 2, "`variants` holds 0; write at least 2 that ask from another side"),
        ({"key_points": ""}, 2, "no `key_points`; write the ideas a good answer contains"),
        ({"follow_ups": "[{ask: so, answer: yes}]"}, 17, "`follow_ups` holds 1; write 2 to 4"),
        ({"analogies": "[a ball]"}, 14, "analogy `a-ball` has no `breaks`; say where it is wrong"),
    ],
)
def test_what_would_make_a_card_better(
    folder: Path, changes: dict[str, str], line: int, message: str
) -> None:
    (problem,) = lint(folder, good(**changes))
    assert (problem.severity, problem.line) == ("warning", line)
    assert problem.message == f"momentum: {message}"


def test_key_points_want_to_be_three_to_seven_two_must_and_three_wordings(folder: Path) -> None:
    points = "\n      - {text: one, accept: [a, b, c]}\n      - {text: two, weight: nice, accept: [a]}"
    assert [
        (p.line, p.message.removeprefix("momentum: ")) for p in lint(folder, good(key_points=points))
    ] == [
        (10, "`key_points` holds 2; write 3 to 7, one idea each"),
        (10, "`key_points` with `weight: must`: 1; there should be at least 2"),
        (12, "key point `two`: `accept` holds 1; write at least 3 wordings that people use"),
    ]


def test_a_wrong_number_on_a_card_is_an_error(folder: Path) -> None:
    (problem,) = lint(folder, good(computed="[{expr: 1 / (1 - 0.9), value: 11}]"))
    assert (problem.severity, problem.message) == ("error", "momentum: `1 / (1 - 0.9)` is 10, not 11")
    (problem,) = lint(folder, good(computed="[{expr: beta / 2, value: 11}]"))
    assert problem.message == "momentum: `beta / 2`: `beta` is unknown here; write the number"


def test_a_wrong_option_wants_a_why(folder: Path) -> None:
    text = "  - {id: c, kind: choice, level: easy, question: Which?, options: [{text: a, right: true}, b]}\n"
    assert [p.message for p in lint(folder, text)] == ["c: option `b` does not say `why` it is wrong"]


def test_strict_makes_warnings_errors(folder: Path) -> None:
    text = good(level="")
    assert [p.severity for p in lint(folder, text)] == ["warning"]
    assert [p.severity for p in lint(folder, text, strict=True)] == ["error"]


SMALL_MAP = SourceMap(
    "doc",
    (SourceRow("a-1", (1, 2), "momentum"),),
    (Correction("err-1", "E", ("a-1",), "It is a push.", "It is a sum."),),
)


def test_unknown_rows_and_corrections_of_the_source_document_are_found(folder: Path) -> None:
    text = good(
        source="{document: doc, rows: [a-1, a-2]}",
        corrects="[err-1, err-2]",
        misconceptions="\n      - {wrong: a push, why: a sum, corrects: [err-1, err-3]}",
    )
    (folder / "d.yaml").write_text("cards:\n" + text)
    assert lint_paths(None, [folder]) == []
    found = lint_paths(None, [folder], source_map=SMALL_MAP)
    assert [(p.severity, p.message.removeprefix("momentum: ")) for p in found] == [
        ("warning", "the source document has no row `a-2`"),
        ("warning", "there is no correction `err-2` of the source document"),
        ("warning", "there is no correction `err-3` of the source document"),
    ]
    assert [text.splitlines()[p.line - 2][p.column - 1 :][:5] for p in found] == ["a-2]}", "err-2", "err-3"]


def test_rows_and_corrections_of_other_documents_are_not_checked(folder: Path) -> None:
    (folder / "d.yaml").write_text("cards:\n" + good(source="{document: notes, rows: [p-3]}", corrects="[x]"))
    assert lint_paths(None, [folder], source_map=SMALL_MAP) == []


def test_questions_that_ask_nearly_the_same_are_found_in_both_places_across_decks(folder: Path) -> None:
    (folder / "a.yaml").write_text("cards:\n" + good("one", question="What is gradient clipping?"))
    (folder / "b.yaml").write_text("cards:\n" + good("two", question="Explain gradient clipping."))
    first, second = lint_paths(None, [folder])
    assert first.message.startswith('one: asks nearly the same as "Explain gradient clipping."')
    assert (Path(second.path).name, second.line) == ("b.yaml", 5)


@pytest.mark.parametrize(
    ("one", "other", "similar"),
    [
        ("What is dropout?", "Explain dropout.", True),
        ("What are the gates of an LSTM?", "Describe the LSTM gates", True),
        ("What is L1 regularization?", "What is L2 regularization?", False),
        ("How does dropout work?", "Why does dropout work?", False),
        ("What is a gradient?", "What is gradient descent?", False),
        ("?", "", False),
    ],
)
def test_what_counts_as_nearly_the_same(one: str, other: str, similar: bool) -> None:
    assert bool(list(similar_questions([one, other]))) is similar


def test_words_are_counted_as_a_speaker_counts_them() -> None:
    assert count_words("A sum, e.g. $v = \\beta v + g$ - twice.") == 8


def test_a_single_file_is_linted_in_the_surroundings_of_the_library(folder: Path) -> None:
    (folder / "a.yaml").write_text("cards:\n" + good("one", requires="[two]"))
    (folder / "b.yaml").write_text("cards:\n" + good("two", level="", requires="[three]"))
    assert lint_paths([folder / "a.yaml"], [folder]) == []
    assert [p.message for p in lint_paths([folder / "b.yaml"], [folder])] == [
        "two: no `level`; write easy, medium or hard",
        "`requires`: there is no concept `three`",
    ]
    assert len(lint_paths([folder], [folder])) == 2


def test_a_file_elsewhere_is_linted_as_a_further_folder(folder: Path, tmp_path: Path) -> None:
    (folder / "a.yaml").write_text("cards:\n" + good("one", level=""))
    elsewhere = tmp_path / "checkout" / "a.yaml"
    elsewhere.parent.mkdir()
    elsewhere.write_text("cards:\n" + good("one") + good("two", requires="[one]"))
    assert lint_paths([elsewhere], [folder]) == []
    assert lint_paths([elsewhere.parent], [folder]) == []


def test_a_path_without_decks_is_a_problem(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert "no deck here" in lint_paths([tmp_path / "empty"], [folder])[0].message
    assert "does not exist" in lint_paths([tmp_path / "gone.yaml"], [folder])[0].message


def test_problems_come_by_file_and_line(folder: Path) -> None:
    (folder / "b.yaml").write_text("cards:\n  - {id: x, question: q}\n" + good("y", level=""))
    (folder / "a.yaml").write_text("cards: [\n")
    found = lint_paths(None, [folder])
    assert [(Path(p.path).name, p.line) for p in found] == [("a.yaml", 2), ("b.yaml", 2), ("b.yaml", 3)]
    assert str(found[1]).startswith(f"{folder / 'b.yaml'}:2:5: `short` is missing")


def test_the_shipped_decks_have_no_problems() -> None:
    found = lint_paths(None, [shipped_decks()], strict=True, source_map=load_source_map())
    assert [str(p) for p in found] == []
