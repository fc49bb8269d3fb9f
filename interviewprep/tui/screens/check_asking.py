"""What a learner does with a calculation: hand in, take a hint, give up, go on, rate, ask for new numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from interviewprep.memory.types import Rating
from interviewprep.tui.screens.check_screen import CheckScreen
from interviewprep.tui.screens.sureness import HOW_SURE, SURE

if TYPE_CHECKING:
    from interviewprep.grading.ticks import Suggestion
    from interviewprep.study.drill import Response
    from interviewprep.study.rounds import Round


class CheckAsking(CheckScreen):
    """Asks rounds: example, last step, free; tries, hints, verdict, rating."""

    # -- while it is open ------------------------------------------------------------------------

    def check_handed_in(self) -> None:
        """Enter in the field: grade it; nothing typed gives up."""
        asked = self.check
        if asked is None or asked.is_over:
            return
        text = self.check_view.field.text.strip()
        if self.presses.is_again("advance") and not text:
            return
        if text and self._wants_sure(asked):
            self.ask_sure(lambda: self._hand_in(asked, text))
        elif text:
            self._hand_in(asked, text)
        else:
            self._give_up(asked)

    def _hand_in(self, asked: Round, text: str) -> None:
        from interviewprep.checks.grade import Outcome

        verdict = asked.hand_in(text)
        is_unreadable = verdict.outcome is Outcome.UNREADABLE
        if not is_unreadable and len(asked.tries) == 1:
            self._first_try_seconds = self.stopwatch.ms / 1000
        self.check_view.note(verdict.message if is_unreadable else "")
        if asked.is_over:
            self._over(asked)
            return
        self.check_view.field.select_all()
        again = "Once more; Enter with an empty field shows the working."
        self.paint_check("That does not count as an answer." if is_unreadable else again)
        self.call_after_refresh(self.body.scroll_end, animate=False)

    def _wants_sure(self, asked: Round) -> bool:
        """Whether to ask how sure the learner is: once, of the answer that counts."""
        from interviewprep.study.rounds import Stage

        wanted = self.desk.settings.confidence == "always" and self._is_rated(asked)
        return wanted and asked.stage is Stage.FREE and self.confidence is None

    def show_asking_sure(self, keys: list[tuple[str, str]]) -> None:
        """In the line of speech."""
        self.view.say(HOW_SURE)
        self.view.show_keys(keys)

    def show_not_yet(self) -> None:
        """The question is open again."""
        self.view.say("")
        self.paint_check_keys()

    def _give_up(self, asked: Round) -> None:
        asked.give_up()
        self._over(asked)

    def _over(self, asked: Round) -> None:
        from interviewprep.study.rounds import Stage

        self._think_ms = self.stopwatch.ms
        self.set_focus(None)
        if asked.stage is Stage.COMPLETION:
            solved = bool(asked.tries) and not asked.has_mistake
            self.practised_check(self._response(asked, Rating.GOOD if solved else Rating.AGAIN), "completion")
            said = f"{self.prep.keymap.shown('go_on')}: now all of it, with new numbers."
        elif self._is_rated(asked):
            found = self._suggestion(asked)
            word = found.rating.name.capitalize()
            said = f"{self.prep.keymap.shown('take')}: {word} suggested, {found.reason}"
        else:
            self.practised_check(self._response(asked, self._suggestion(asked).rating), "practice")
            said = f"{self.prep.keymap.shown('go_on')} goes on."
        self.paint_check(said)
        self.body.scroll_home(animate=False)

    def check_write(self) -> None:
        """Into the field."""
        self.set_focus(self.check_view.field)
        self.paint_check_keys()

    def check_leave_field(self) -> None:
        """Out of the field; its text stays."""
        self.set_focus(None)
        self.paint_check_keys()

    def check_hint(self) -> None:
        """The next step of the working."""
        from interviewprep.study.rounds import Stage

        asked = self.check
        if asked is None:
            return
        if asked.hint() is not None:
            self.paint_check("After a hint the answer is Hard at most.")
        elif asked.stage is Stage.COMPLETION:
            self.view.say("Only the last step is left; an empty field and Enter show it.")
        else:
            self.view.say("No more hints: only the last step is left.")

    def action_hint_here(self) -> None:
        """A hint without leaving the field."""
        self.check_hint()

    def action_give_up(self) -> None:
        """Show the working."""
        asked = self.check
        if asked is not None and not asked.is_over and not self.presses.is_again("advance"):
            self._give_up(asked)

    # -- when it is over -------------------------------------------------------------------------

    def action_go_on(self) -> None:
        """To the next stage, or to what comes next."""
        asked = self.check
        if asked is None or self.presses.is_again("advance"):
            return
        if asked.go_on():
            self.when_check_ready(self.begin_check)
        else:
            self.next_check()

    def check_take(self) -> None:
        """Take the suggested rating."""
        asked = self.check
        if asked is not None and not self.presses.is_again("advance"):
            self.next_check(self._record(asked, self._suggestion(asked).rating))

    def check_rate(self, rating: Rating) -> None:
        """Take another rating: a lower one at once, a higher one when it is asked for twice."""
        asked = self.check
        if asked is None:
            return
        if self.check_place(asked) != "check_over":
            key = self.prep.keymap.shown("go_on" if asked.is_over else "write")
            said = f"{key} goes on; nothing is rated here." if asked.is_over else f"{key} goes to the field."
            self.view.say(said)
            return
        computed = self._suggestion(asked).rating
        if rating > computed and self._raise is not rating:
            self._raise = rating
            key, word = self.prep.keymap.shown(rating.name.lower()), rating.name.capitalize()
            self.view.say(
                f"{computed.name.capitalize()} was computed. Press {key} again to raise it to {word}."
            )
            return
        self.next_check(self._record(asked, rating))

    def action_other(self) -> None:
        """The same kind with new numbers; the answer that counts is kept first, as suggested."""
        asked = self.check
        if asked is None:
            return
        said = ""
        if self._is_rated(asked):
            rating = self._suggestion(asked).rating
            said = self._record(asked, rating) or f"Kept: {rating.name.capitalize()}."
        asked.other()
        self.begin_check()
        if said:
            self.view.say(f"{said} Now for practice: it does not count.")

    def action_formula(self) -> None:
        """Show or hide the formula."""
        if self.check is not None:
            self.check_view.is_formula_open = not self.check_view.is_formula_open
            self.check_view.show(self.check)

    def action_window_back(self) -> None:
        """The window one place back."""
        self._move_window(-1)

    def action_window_on(self) -> None:
        """The window one place on."""
        self._move_window(1)

    def _move_window(self, sign: int) -> None:
        if self.check is not None:
            self.check_view.move_window(self.check, sign)

    def _suggestion(self, asked: Round) -> Suggestion:
        sure = None if self.confidence is None else self.confidence == SURE
        target = self.desk.settings.target_seconds
        found = asked.suggestion(self._first_try_seconds, target=target, sure=sure)
        return cast("Suggestion", found)

    def _record(self, asked: Round, rating: Rating) -> str:
        return self.record_check(self._response(asked, rating, self._suggestion(asked).rating))

    def _response(self, asked: Round, rating: Rating, suggested: Rating | None = None) -> Response:
        from interviewprep.study.drill import Response

        return Response(
            rating=rating,
            answer=asked.answer,
            verdict=asked.verdict,
            suggested=suggested,
            hints=asked.hints,
            attempts=max(1, len(asked.tries)),
            mistake=asked.mistake,
            think_ms=self._think_ms,
            duration_ms=self.stopwatch.ms,
            confidence=self.confidence,
        )
