"""Numeric cards in the plain-line drill."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from interviewprep.checks.recipe import read_recipe, variant_of
from interviewprep.checks.seeds import seed_at

if TYPE_CHECKING:
    from support import Run, World

CARD = "sums#mean-error"
DECK = """\
cards:
  - id: mean-error
    kind: numeric
    question: How far off is it?
    family: mae
    params: {y: [3, 5, 2], y_hat: [2, 7, 2]}
"""
RECIPE = read_recipe("mae", {"y": ("3", "5", "2"), "y_hat": ("2", "7", "2")}, {}, mental=False)
FREE = variant_of(RECIPE, seed_at(CARD, 2, RECIPE))
RIGHT = FREE.parts[0].show()


@pytest.fixture(autouse=True)
def deck(world: World) -> None:
    (world.home / "decks").mkdir()
    (world.home / "decks" / "sums.yaml").write_text(DECK, encoding="utf-8")


def log(run: Run) -> list[dict[str, Any]]:
    reviews: list[dict[str, Any]] = run("history", "--json").json()
    return list(reversed(reviews))


def drill(run: Run, typed: str) -> str:
    found = run("drill", "sums", "--limit", "1", typed=typed)
    assert found.code == 0
    return found.out


def test_a_first_meeting_shows_the_decks_numbers_then_asks_fresh_ones(run: Run) -> None:
    shown = drill(run, f"\n\n{RIGHT}\n\n")
    assert "[2, 7, 2]" in shown
    assert shown.index("A worked example") < shown.index("the last step missing") < shown.index("all of it")
    practice, counted = log(run)
    assert (practice["mode"], practice["rating"]) == ("cram", 1), "no answer was given to the last step"
    assert (counted["mode"], counted["rating"]) == ("drill", 4), "right at once, within the target time"


def test_the_second_try_is_hard(run: Run) -> None:
    shown = drill(run, f"\n\n123456\n{RIGHT}\n\n")
    assert "once more" in shown
    assert "Computed: Hard, right at the second try" in shown
    assert log(run)[-1]["rating"] == 2


def test_a_hint_is_a_step_and_hard_at_most(run: Run) -> None:
    shown = drill(run, f"\n\n:h\n{RIGHT}\n\n")
    assert f"Hint: {FREE.solution.steps[0]}" in shown
    assert log(run)[-1]["rating"] == 2


def test_what_cannot_be_read_is_no_try(run: Run) -> None:
    drill(run, f"\n\nabout two\n{RIGHT}\n\n")
    assert log(run)[-1]["rating"] == 4


def test_a_rating_is_lowered_at_once_and_raised_by_saying_it_twice(run: Run) -> None:
    drill(run, f"\n\n{RIGHT}\n2\n")
    assert log(run)[-1]["rating"] == 2
    run("undo")
    shown = drill(run, "\n\n\n3\n3\n")
    assert "higher than computed" in shown
    assert log(run)[-1]["rating"] == 3


def test_the_input_may_end_at_any_prompt(run: Run) -> None:
    for typed in ("", "\n", "\n\n", f"\n\n{RIGHT}\n"):
        drill(run, typed)
        assert [r for r in log(run) if r["mode"] == "drill"] == []


def test_undo_takes_the_practice_back_before_the_answer(run: Run) -> None:
    drill(run, f"\n\n{RIGHT}\n\n")
    assert "mean-error" in run("undo").out
    assert [r["mode"] for r in log(run) if not r.get("undone")] == ["cram"]


def test_confidence_always_asks_once_before_the_verdict_that_counts(run: Run, world: World) -> None:
    (world.home / "settings.toml").write_text('confidence = "always"\n', encoding="utf-8")
    shown = drill(run, f"\n\n{RIGHT}\n1\n\n")
    assert shown.count("how sure?") == 1
    assert shown.index("And now all of it") < shown.index("how sure?") < shown.index("Computed: Good")
    assert log(run)[-1]["rating"] == 3, "right and quick, but guessed: no Easy"
