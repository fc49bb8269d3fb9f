"""The drill as plain lines."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

from chat_server import chat_server

if TYPE_CHECKING:
    from support import Run, World


def ratings(run: Run) -> list[tuple[str, int]]:
    reviews = run("history", "--json").json()
    return [(r["card"], r["rating"]) for r in reversed(reviews) if not r["undone"]]


def test_a_drill_through_a_pipe(run: Run) -> None:
    found = run("drill", "--limit", "2", typed="think\n3\n\n1\n")
    assert found.code == 0
    assert [rating for _, rating in ratings(run)] == [3, 1]
    assert "Done: 2 answers" in found.out
    assert "Missed:" in found.out


def test_the_end_of_input_before_a_rating_records_nothing(run: Run) -> None:
    found = run("drill", typed="an answer\n")
    assert found.code == 0
    assert ratings(run) == []


def test_enter_means_good_and_ticks_suggest(run: Run) -> None:
    run("drill", "optimizers", "--limit", "1", typed="\n\n")
    found = run("drill", "--text", "momentum change", "--limit", "1", typed="\nx 1\n\n")
    assert "Suggested: Good" in found.out
    assert [r for _, r in ratings(run)] == [3, 3]


def test_a_missing_must_point_suggests_again(run: Run) -> None:
    found = run("drill", "--text", "stochastic", "--limit", "1", typed="\nx 1\n\n")
    assert "Suggested: Again" in found.out
    assert "steps against it" in found.out
    assert [r for _, r in ratings(run)] == [1]


def test_a_hint_caps_the_rating(run: Run) -> None:
    found = run("drill", "--text", "stochastic", "--limit", "1", typed=":h\nanswer\n4\n\n")
    assert "Hint: uses the gradient" in found.out
    assert [r for _, r in ratings(run)] == [2]


def test_a_typed_answer_is_graded_and_its_words_shown(run: Run) -> None:
    typed = "It steps against the gradient of a random batch.\n\n"
    found = run("drill", "--text", "stochastic", "--limit", "1", typed=typed)
    assert 'steps against it [x] you: "steps against' in found.out
    assert "Suggested: Hard, 0 of 1 further points said" in found.out
    assert [r for _, r in ratings(run)] == [2]


def test_a_rating_above_the_suggestion_is_asked_for_once_more(run: Run) -> None:
    found = run("drill", "--text", "stochastic", "--limit", "1", typed="no idea\n3\n3\n")
    assert "Good is above what is suggested; Enter keeps it." in found.out
    assert [r for _, r in ratings(run)] == [3]


def test_a_lower_rating_is_not_asked_about(run: Run) -> None:
    typed = "It steps against the gradient of a random batch.\n1\n"
    found = run("drill", "--text", "stochastic", "--limit", "1", typed=typed)
    assert "above what is suggested" not in found.out
    assert [r for _, r in ratings(run)] == [1]


def test_a_second_opinion_is_shown_agreed_to_and_taken(run: Run, world: World) -> None:
    with chat_server() as server:
        server.says('{"said": ["mini-batch", "against", "unbiased"], "stated": []}')
        settings = f'[llm]\nurl = "{server.url}"\nmodel = "tiny"\n'
        (world.home / "settings.toml").write_text(settings, encoding="utf-8")
        drill = ("drill", "--text", "stochastic", "--limit", "1")
        found = run(*drill, typed="no idea\n:o\nn\n")
        assert "Nothing was sent." in found.out
        assert server.asked == []
        found = run(*drill, typed="no idea\n:o\ny\n\n")
        assert "This would go to a server on this machine" in found.out
        assert found.out.index("Answer:\nno idea") < found.out.index("\nQuestion: ")
        assert "Second opinion, ticked: 1, 2, 3" in found.out
    assert [r for _, r in ratings(run)] == [3]


def test_undo_bury_and_sections(run: Run) -> None:
    found = run("drill", "--limit", "1", typed=":b\n\nd\nm\nnonsense\n3\n:u\n")
    assert "Hidden:" in found.out
    assert "Rate 1 to 4" in found.out
    found = run("drill", typed=":u\n")
    assert "Took back: review" in found.out
    assert ratings(run) == []


def test_nothing_due_says_so(run: Run) -> None:
    found = run("drill", "--new", "0", typed="")
    assert found.code == 0
    assert "Nothing is due" in found.out


def test_an_ascii_terminal_prints_what_it_can(world: World) -> None:
    (world.home / "decks").mkdir()
    (world.home / "decks" / "greek.yaml").write_text(
        "format: 1\ntitle: G\ncards:\n  - {id: b, question: What is β?, short: The decay β.}\n",
        encoding="utf-8",
    )
    env = {**os.environ, "INTERVIEWPREP_HOME": str(world.home), "PYTHONIOENCODING": "ascii"}
    done = subprocess.run(
        [sys.executable, "-m", "interviewprep", "drill", "greek"],
        input=b"\n3\n",
        env=env,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "What is β?".encode() in done.stdout or b"What is ??" in done.stdout
    assert b"Done: 1 answer" in done.stdout


def test_a_reader_that_goes_away_is_not_an_error(world: World) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "interviewprep", "settings"],
        env={**os.environ, "INTERVIEWPREP_HOME": str(world.home)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout is not None
    process.stdout.close()
    process.stdout = None
    _, complaint = process.communicate(timeout=60)
    assert complaint == b""
    assert process.returncode == 0


def test_a_backup_that_cannot_be_made_is_said(run: Run, world: World) -> None:
    run("review", "adam", "good")
    backups = world.home / "backups"
    for file in backups.glob("*"):
        file.unlink()
    if backups.exists():
        backups.rmdir()
    backups.write_text("in the way", encoding="utf-8")
    found = run("drill", "--limit", "1", typed="\n3\n")
    assert found.code == 0
    assert "backup could not be made" in found.err
    assert [r for _, r in ratings(run)] == [3, 3]
