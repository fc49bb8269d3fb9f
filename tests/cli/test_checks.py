"""Numeric checks from the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from support import Run


def test_the_document_s_own_wrong_softmax_is_named(run: Run) -> None:
    found = run("checks", "grade", "softmax", "--seed", "0", "--answer", "0.88 0.12 0.00", "--json")
    assert found.code == 1
    assert found.json()["mistake"] == "zero-class"
    assert found.json()["rating"] == 1


def test_unreadable_input_is_no_answer(run: Run) -> None:
    found = run("checks", "grade", "softmax", "--seed", "0", "--answer", "about a half", "--json")
    assert found.code == 1
    assert found.json()["rating"] is None
    assert "about" in found.json()["message"]


def test_the_same_seed_asks_the_same(run: Run) -> None:
    assert run("checks", "ask", "mse", "--seed", "41").out == run("checks", "ask", "mse", "--seed", "41").out


def test_asking_shows_prompt_working_and_mistakes(run: Run) -> None:
    found = run("checks", "ask", "softmax", "--seed", "0").out
    assert "[3, 1, -2]" in found
    assert "answer: [0.876, 0.118, 0.006]" in found
    assert "without exp" in found


def test_unknown_families_and_topics_are_answered_with_what_there_is(run: Run) -> None:
    assert "softmax" in run("checks", "ask", "sofmax").err
    found = run("checks", "--topic", "cooking")
    assert found.code == 1
    assert "losses" in found.err


def test_practice_through_a_pipe(run: Run) -> None:
    found = run("checks", "--family", "softmax", "--count", "2", typed="no number\n\n1 2 3 4 5 6 7\n\n")
    assert found.code == 0
    assert "I cannot read" in found.out
    assert found.out.count("check:") == 2
    assert "0 of 2 right" in found.out
    assert run("history", "--json").json() == []


def test_practice_ends_with_the_input(run: Run) -> None:
    assert run("checks", "--family", "softmax", typed="").code == 0
