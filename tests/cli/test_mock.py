"""`interviewprep mock` through a pipe, its list and its reports."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from support_mock import ALL, mock_decks

if TYPE_CHECKING:
    from support import Run, World


@pytest.fixture(autouse=True)
def decks(world: World) -> None:
    mock_decks(world)


def confidences(world: World, mode: str) -> list[int | None]:
    with closing(sqlite3.connect(world.home / "progress.db")) as connection:
        return [row[0] for row in connection.execute("SELECT confidence FROM review WHERE mode = ?", (mode,))]


def test_an_interview_through_a_pipe_to_its_scorecard(run: Run, world: World) -> None:
    typed = f"hello\n{ALL}\n3\ndeep reply\n2\nwho knows\n\nSECRET rest reply.\n1\n:e\n"
    found = run("mock", "--minutes", "9", "--role", "data scientist", "--topics", "beta", typed=typed)
    assert found.code == 0
    asked = found.out.split("Mock interview: data scientist")[0]
    assert " ".join(asked.split()).count("data scientist") == 2, "the opening speaks of the role"
    assert "SECRET" not in asked.replace("SECRET rest reply.", "", 1), "an answer was shown before the end"
    assert "said 3 of 6 points" in found.out
    assert re.search(r"sure +▓+ +1 of 1 right", found.out)
    assert confidences(world, "mock") == [3, 2, None, 1]


def test_the_end_of_input_leaves_it_to_be_gone_on_with(run: Run) -> None:
    found = run("mock", "--minutes", "9", typed="hello\napples fall\n3\n")
    assert found.code == 0
    assert "goes on here" in found.out
    again = run("mock", typed="")
    assert "Going on" in again.err
    assert "follow-up to question 1" in again.out
    assert "-- opening" not in again.out
    anew = run("mock", "--new", typed="")
    assert "-- opening" in anew.out
    past = run("mock", "list", "--json").json()
    assert [m["open"] for m in past] == [True, False]
    refused = run("mock", "report", past[0]["id"])
    assert refused.code == 1
    assert "not finished" in refused.err


def test_an_answer_that_was_typed_is_still_there_after_the_input_ended(run: Run) -> None:
    left = run("mock", "--minutes", "9", typed="hello\napples fall\n")
    assert "goes on here" in left.out
    still = run("mock", typed="")
    assert "Written so far (Enter alone hands it in, other words replace it): apples fall" in still.out
    found = run("mock", typed="\n3\n:e\nv\n\n")
    assert "said 1 of 3 points" in found.out
    assert "You: apples fall" in found.out


def test_a_spoken_answer_is_ticked_by_number(run: Run) -> None:
    found = run("mock", "--spoken", "--minutes", "3", typed="\n\n2\n9\n1 3 4\n\n2\n1\n:e\nv\n\n")
    assert "1. must: SECRET the first point" in found.out
    assert '4. wrong: "SECRET' in found.out
    assert "Write numbers from 1 to 4" in found.out
    assert "said 2 of 3 points" in found.out
    assert "stated 1 misconception" in found.out
    assert "1 of 1 follow-up right" in found.out
    assert "✗ you stated" in found.out


def test_an_answer_of_several_lines_is_one_answer(run: Run) -> None:
    found = run(
        "mock", "--minutes", "9", typed="hi\napples fall \\\nbridges bend\nand candles burn\n2\n:e\nv\n\n"
    )
    assert "said 3 of 3 points" in found.out
    assert "You: apples fall \nbridges bend\nand candles burn" in found.out


def test_quick_answers_go_on_until_nothing_is_left_and_that_is_said(run: Run) -> None:
    found = run("mock", "--minutes", "5", "--topics", "beta", "--random", typed="hello\n\n\n\n\n")
    assert "5 minutes, about 1 question; the clock ends it." in found.out
    assert "Only " not in found.out, "at a usual pace they fill the time"
    assert re.findall(r"-- question (.*?),", found.out) == ["1 of about 1", "2", "3"]
    assert re.search(r"no question was left with [45]:\d\d to go", found.out)


def test_too_few_questions_for_the_time_are_said_before_the_first(run: Run) -> None:
    found = run("mock", "--topics", "beta", "--level", "hard", typed="")
    said = "Only 1 question matches the topics and level, so it may end early."
    assert found.out.index(said) < found.out.index("-- opening")


@pytest.mark.parametrize("options", [("--typed", "--spoken"), ("--random", "--weakest")])
def test_options_that_exclude_each_other_are_refused(run: Run, options: tuple[str, str]) -> None:
    found = run("mock", *options, typed="")
    assert found.code == 2
    assert all(option in found.err for option in options)
    assert "exclude each other" in found.err
    assert run("mock", "list", "--json").json() == []


def test_what_to_study_next_is_drilled_from_the_scorecard(run: Run) -> None:
    found = run("mock", "--minutes", "3", typed="\napples fall\n3\n\n:e\nd\n\n4\n")
    assert "Study next" in found.out
    assert "Done: 1 answer" in found.out
    assert [r["mode"] for r in run("history", "--json").json()] == ["cram", "mock", "mock"]


def test_reports_are_written_replaced_and_never_over_something_else(run: Run, tmp_path: Path) -> None:
    run("mock", "--minutes", "3", typed=f"I am Ada.\n{ALL}\n3\n\n:e\n\n")
    page, text = tmp_path / "page.html", tmp_path / "page.md"
    found = run("mock", "report", "--html", str(page), "--markdown", str(text))
    assert found.code == 0
    assert "I am Ada." in page.read_text(encoding="utf-8")
    assert "I am Ada." in text.read_text(encoding="utf-8")
    assert run("mock", "report", "--html", str(page)).code == 0, "an earlier report is replaced"
    page.write_text("my own page", encoding="utf-8")
    refused = run("mock", "report", "--html", str(page))
    assert (refused.code, page.read_text(encoding="utf-8")) == (2, "my own page")
    assert run("mock", "report", "--html", str(page), "--force").code == 0
    assert run("mock", "report", "--markdown", "-").out == text.read_text(encoding="utf-8")
    [past] = run("mock", "list", "--json").json()
    assert past["score"] == 1
    assert "said 3 of 3 points" in run("mock", "report", past["id"][:13]).out
    assert "100 %" in run("mock", "list").out


def test_what_is_not_there_is_said_so(run: Run) -> None:
    assert run("mock", "list").out == "No mock interview yet.\n"
    missing = run("mock", "report")
    assert missing.code == 1
    assert "No mock interview is finished" in missing.err
    assert run("mock", "report", "abc").code == 1
    unknown = run("mock", "--topics", "delta")
    assert unknown.code == 1
    assert "no deck `delta`" in unknown.err


def test_confidence_always_asks_in_the_drill_too(run: Run, world: World) -> None:
    (world.home / "settings.toml").write_text('confidence = "always"\n', encoding="utf-8")
    found = run("drill", "beta", "--limit", "1", typed="an answer\n7\n3\nx 1 2 3\n\n")
    assert found.out.index("how sure?") < found.out.index("Answer: SECRET")
    assert "Write 1, 2 or 3" in found.out
    assert "Suggested: Easy" in found.out
    assert confidences(world, "drill") == [3]


def test_json_has_the_documented_fields(run: Run) -> None:
    run("mock", "--minutes", "3", typed="\napples fall\n3\n\n:e\n\n")
    text = (Path(__file__).parents[2] / "docs" / "json.md").read_text(encoding="utf-8")
    [listed] = run("mock", "list", "--json").json()
    for command, document in {
        "mock list": listed,
        "mock report": run("mock", "report", "--json").json(),
    }.items():
        line = next(line for line in text.splitlines() if line.startswith(f"| `{command}`"))
        fields = re.findall(r"`(\w+)`", re.sub(r"\([^)]*\)", "", line.split("|")[3]))
        assert set(document) == set(fields), command
