"""`interviewprep quiz` on plain lines, through a pipe."""

from __future__ import annotations

import os
import subprocess
import sys
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from support_quiz import with_quiz_decks

from interviewprep.errors import NotFoundError

if TYPE_CHECKING:
    from support import Run, World


@pytest.fixture(autouse=True)
def _decks(world: World) -> None:
    with_quiz_decks(world)


def test_a_quiz_through_a_pipe_ends_with_its_result(run: Run) -> None:
    found = run("quiz", "choices", "--kind", "choice", "--count", "5", typed="\n" * 5 + "n\n")
    assert found.code == 0
    assert "-- 5 of 5, " in found.out
    assert "0 of 5 right, 0 % of the points" in found.out
    assert "It keeps a velocity." in found.out


def test_what_comes_too_soon_to_an_end_goes_on_later(run: Run) -> None:
    found = run("quiz", "--kind", "choice", "--count", "2", typed="\n")
    assert "The quiz is kept" in found.out
    again = run("quiz", typed="\n\n\nn\n")
    assert "is unfinished (1 of 2 answered). Go on with it?" in again.out
    assert "0 of 2 right" in again.out
    assert run("quiz", "--history", "--json").json()[0]["questions"] == 2
    assert "unfinished" not in run("quiz", typed="").out


def test_new_gives_the_unfinished_one_up(run: Run) -> None:
    run("quiz", "--kind", "choice", "--count", "2", typed="\n")
    found = run("quiz", "--new", "--kind", "numeric", "--count", "1", typed="\n\n")
    assert "unfinished" not in found.out
    assert [q["kind"] for q in run("quiz", "--history", "--json").json()] == ["numeric"]


def test_what_cannot_be_asked_leaves_the_unfinished_quiz_alone(run: Run) -> None:
    run("quiz", "--kind", "choice", "--count", "2", typed="\n")
    for wanted in (("quiz", "--new", "--text", "zebra"), ("quiz", "--text", "zebra"), ("quiz", "nowhere")):
        found = run(*wanted, typed="n\n")
        assert found.code == 1
        assert "Go on with it?" not in found.out, "said at once, not after a question"
        assert found.err != ""
    assert "(1 of 2 answered)" in run("quiz", typed="").out


def test_a_new_quiz_that_cannot_begin_after_all_gives_nothing_up(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("quiz", "--kind", "choice", "--count", "2", typed="\n")

    def fails(*_: object, **__: object) -> None:
        raise NotFoundError("Nothing to ask.")

    with monkeypatch.context() as patch:
        patch.setattr("interviewprep.study.quiz.draw_items", fails)
        assert run("quiz", typed="n\n").code == 1
    assert "(1 of 2 answered)" in run("quiz", typed="").out


def test_the_last_result_can_be_read_again_and_its_mistakes_asked(run: Run) -> None:
    found = run("quiz", "--last")
    assert found.code == 1
    assert "No quiz is finished yet." in found.err
    first = run("quiz", "choices", "--kind", "choice", "--count", "5", typed="\n" * 5 + "n\n")
    assert "`interviewprep quiz --last`" in first.out
    assert "`interviewprep quiz --last`" in run("quiz", "--history").out
    again = run("quiz", "--last", typed="y\n:q\n")
    assert "0 of 5 right" in again.out
    assert "Your answer: none" in again.out
    assert "1. right: Drive" in again.out or "2. right: Drive" in again.out or "3. right: Drive" in again.out
    assert "-- 1 of 5, " in again.out
    assert "The quiz is kept" in again.out
    assert run("quiz", "--last", "--history").code == 2


def test_the_last_result_names_what_was_picked(run: Run) -> None:
    only = ("--text", "Which one sums gradients", "--kind", "choice")
    for number in "123":
        run("quiz", "--new", *only, typed=f"{number}\nn\n")
        shown = run("quiz", "--last", typed="\n").out
        if "Your answer: Plain descent" in shown:
            assert "Not right." in shown
            return
    raise AssertionError("one of three options is Plain descent")


def test_the_clock_goes_on_where_the_learner_left(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    seconds = count(0, 7)
    monkeypatch.setattr("interviewprep.cli.line_quiz.time.monotonic", lambda: float(next(seconds)))
    wanted = ("--kind", "choice", "--count", "1", "--seconds-per-question", "20")
    assert ", 20 s" in run("quiz", *wanted, typed=":q\n").out
    assert ", 13 of 20 s left" in run("quiz", typed="\n:q\n").out
    assert ", 6 of 20 s left" in run("quiz", typed="\n\n").out


def test_an_option_named_twice_is_refused_in_words(run: Run) -> None:
    found = run("quiz", "choices", "--text", "Put one iteration", "--kind", "choice", typed="1 1 2\n\n")
    assert "An option is named twice. Name each at most once." in found.out


def test_a_number_that_is_no_option_is_asked_again(run: Run) -> None:
    found = run("quiz", "--kind", "choice", "choices", "--count", "1", typed="9\nx\n\n")
    assert "There is no option 9" in found.out or "There is no option x" in found.out
    assert "0 of 1 right" in found.out


def test_words_are_ticked_by_number(run: Run) -> None:
    found = run("quiz", "--kind", "typed", "--text", "drive change", typed="nonsense\n1 2\n\n")
    assert "1. must: It steps along a decaying sum of past gradients." in found.out
    assert "1 of 1 right, 100 %" in found.out


def test_the_history_and_its_document(run: Run) -> None:
    assert run("quiz", "--history").out == "No quiz yet.\n"
    for _ in range(2):
        run("quiz", "--new", "--kind", "numeric", typed="\nn\n")
    shown = run("quiz", "--history").out
    assert "0 of 1" in shown
    assert "Trend of the last 2: ▁▁  0 %" in shown
    found = run("quiz", "--history", "--json").json()
    assert [(q["kind"], q["answered"], q["score"], q["again"]) for q in found] == [
        ("numeric", 1, 0.0, False)
    ] * 2
    documented = (Path(__file__).parents[2] / "docs" / "json.md").read_text(encoding="utf-8")
    line = next(line for line in documented.splitlines() if line.startswith("| `quiz --history` "))
    assert all(f"`{field}`" in line for field in found[0])


def test_wrong_use_is_explained(run: Run) -> None:
    assert run("quiz", "--json").code == 2
    assert run("quiz", "--kind", "strange").code == 2
    found = run("quiz", "choices", "--kind", "typed")
    assert found.code == 1
    assert "No typed question can be asked of deck choices." in found.err


def test_a_killed_process_loses_no_answer(world: World) -> None:
    env = {**os.environ, "INTERVIEWPREP_HOME": str(world.home)}
    command = [sys.executable, "-m", "interviewprep", "quiz", "--kind", "choice", "--count", "4"]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, env=env, stdin=pipe, stdout=pipe, text=True) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write("\n")
        process.stdin.flush()
        for line in process.stdout:
            if line.startswith("-- 2 of 4"):
                process.kill()
                break
    done = subprocess.run(command[:4], env=env, input="\n:q\n", stdout=pipe, text=True, check=True)
    assert "(1 of 4 answered)" in done.stdout
    assert "-- 2 of 4" in done.stdout
    assert "-- 1 of 4" not in done.stdout
