"""One asked numeric card: the first meeting's steps, tries, hints, and the rating that follows.

A new card is met in three stages: a worked example, one with the last step missing, then a free one. Only the
free one counts for the schedule. Every screen, the line mode, the quiz and the mock interview drive this.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from interviewprep.checks.grade import Outcome, Verdict, grade
from interviewprep.checks.recipe import Recipe, read_recipe, variant_of
from interviewprep.checks.seeds import seed_at
from interviewprep.grading.ticks import Suggestion
from interviewprep.memory.types import Rating

if TYPE_CHECKING:
    from collections.abc import Mapping

    from interviewprep.cards.heads import CheckFacts
    from interviewprep.checks.variants import AnyVariant

TRIES = 2
"""A second try is allowed, and is Hard at most."""


class Stage(StrEnum):
    """Where in meeting a card one is."""

    EXAMPLE = "example"
    """The whole working is shown; nothing is asked."""
    COMPLETION = "completion"
    """The working is shown but for its last step."""
    FREE = "free"


class Try(NamedTuple):
    """One answer handed in and what became of it."""

    text: str
    verdict: Verdict


@dataclass(slots=True)
class Round:
    """One numeric card being asked. `go_on` leads through the stages of a first meeting."""

    card: str
    recipe: Recipe
    answers: int
    """Answers so far that counted."""
    is_lesson: bool
    """Whether to begin with the worked example."""
    fixed_seed: int | None = None
    """Ask this variant and no other (a quiz, a variant number given back)."""
    lead_in: str = ""
    """A sentence before the prompt: one of the card's variants."""
    stage: Stage = Stage.FREE
    tries: list[Try] = field(default_factory=list)
    hints: int = 0
    is_over: bool = False
    is_practice: bool = False
    """After `other`: does not count for the schedule."""
    _others: int = 0
    _made: dict[int, AnyVariant] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.is_lesson:
            self.stage = Stage.EXAMPLE
            self.is_over = True

    # -- what is shown ---------------------------------------------------------------------------

    @property
    def seed(self) -> int:
        """The variant number: with it the same numbers can be asked again."""
        return self._seed_of(self.stage)

    @property
    def variant(self) -> AnyVariant:
        """The question of the present stage with its working."""
        seed = self.seed
        if seed not in self._made:
            self._made[seed] = variant_of(self.recipe, seed)
        return self._made[seed]

    @property
    def prompt(self) -> str:
        """The question with its numbers, its convention and the rounding asked for."""
        return f"{self.lead_in}\n\n{self.variant.prompt}" if self.lead_in else self.variant.prompt

    @property
    def formula(self) -> str:
        """The rule behind it, for after the answer."""
        return self.variant.family.formula

    @property
    def shown(self) -> tuple[str, ...]:
        """The lines of the working to show now."""
        steps = self.variant.steps
        if self.is_over:
            return steps
        before_last = self._before_last()
        return before_last if self.stage is Stage.COMPLETION else before_last[: self.hints]

    @property
    def has_mistake(self) -> bool:
        """Whether the last try was wrong."""
        return bool(self.tries) and self.tries[-1].verdict.outcome is Outcome.WRONG

    # -- what happens ----------------------------------------------------------------------------

    def hand_in(self, text: str) -> Verdict:
        """Grade an answer. What cannot be read does not count; a first wrong one may be tried again."""
        verdict = grade(self.variant, text)
        if verdict.outcome is Outcome.UNREADABLE or self.is_over:
            return verdict
        self.tries.append(Try(text, verdict))
        self.is_over = verdict.outcome is not Outcome.WRONG or len(self.tries) >= TRIES
        return verdict

    def hint(self) -> str | None:
        """The next step of the working; None when only the last is left or the working is shown anyway."""
        steps = self._before_last()
        if self.is_over or self.stage is not Stage.FREE or self.hints >= len(steps):
            return None
        self.hints += 1
        return steps[self.hints - 1]

    def give_up(self) -> None:
        """Show the working."""
        self.is_over = True

    def go_on(self) -> bool:
        """From the example to the completion to the free question; False after the last stage."""
        if self.stage is Stage.FREE:
            return False
        self.stage = Stage.COMPLETION if self.stage is Stage.EXAMPLE else Stage.FREE
        self._begin()
        return True

    def other(self) -> None:
        """The same kind with new numbers, for practice: it does not count."""
        before = self.variant.params
        self.stage = Stage.FREE
        self.is_practice = True
        self.lead_in = ""
        self._begin()
        while True:
            self._others += 1
            if self.variant.params != before:
                return

    # -- what it comes to ------------------------------------------------------------------------

    def suggestion(self, seconds: float, *, target: float, sure: bool | None = None) -> Suggestion | None:
        """The computed rating with its reason, once the free question is over.

        `seconds` is the time to the first try's end, `target` what counts as quick. `sure` is None where
        confidence was not asked: a number that is right at once and quickly was hardly guessed.
        """
        if self.stage is not Stage.FREE or not self.is_over:
            return None
        last = self.tries[-1].verdict if self.tries else None
        if last is None or last.outcome is Outcome.WRONG:
            return Suggestion(Rating.AGAIN, "not solved" if last is None else "wrong number")
        if last.outcome is Outcome.EARLY:
            return Suggestion(Rating.HARD, "rounded too early")
        if self.hints:
            return Suggestion(Rating.HARD, "right with a hint")
        if len(self.tries) > 1:
            return Suggestion(Rating.HARD, "right at the second try")
        if seconds <= target and sure is not False:
            return Suggestion(Rating.EASY, "right at once, and quickly")
        return Suggestion(Rating.GOOD, "right")

    @property
    def mistake(self) -> str:
        """Id of the last named mistake made in this stage, for the log."""
        return next((t.verdict.mistake for t in reversed(self.tries) if t.verdict.mistake), "")

    @property
    def answer(self) -> str:
        """What was typed, a try a line."""
        return "\n".join(t.text for t in self.tries)

    @property
    def verdict(self) -> Mapping[str, str]:
        """Which parts of the last try were right, by label (or place), for the log."""
        if not self.tries:
            return {}
        parts = self.tries[-1].verdict.parts
        labels = [part.label or str(place) for place, part in enumerate(self.variant.parts, 1)]
        return {label: "right" if ok else "wrong" for label, ok in zip(labels, parts, strict=False)}

    # -- inside ----------------------------------------------------------------------------------

    def _before_last(self) -> tuple[str, ...]:
        """The working without its last step, which gives the answer away."""
        return self.variant.solution.steps[:-1]

    def _begin(self) -> None:
        self.tries.clear()
        self.hints = 0
        self.is_over = False

    def _seed_of(self, stage: Stage) -> int:
        if stage is Stage.EXAMPLE:
            return 0
        if stage is Stage.COMPLETION:
            return seed_at(self.card, 1, self.recipe)
        if self.is_practice:
            return seed_at(f"{self.card}:practice:{self.answers}", self._others, self.recipe)
        if self.fixed_seed is not None:
            return self.fixed_seed
        return seed_at(self.card, self.answers + 2, self.recipe)


def round_of(card: str, check: CheckFacts, answers: int, *, lead_in: str = "") -> Round:
    """The round of a card after so many answers; a card never answered begins with the worked example."""
    recipe = read_recipe(check.family, check.params, check.ranges, mental=check.mental, is_tried=True)
    return Round(card, recipe, answers, is_lesson=not answers, lead_in=lead_in)
