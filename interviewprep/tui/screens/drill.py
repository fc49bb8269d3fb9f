"""The drill: one screen, updated in place from question to answer to the next question."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.widget import Widget

from interviewprep.memory.types import Rating
from interviewprep.study.drill import Ask, Drill, Response
from interviewprep.tui.parts import has_part
from interviewprep.tui.place import Step
from interviewprep.tui.screens.card_at_hand import CardAtHand
from interviewprep.tui.screens.check_screen import PLACES as CHECK_PLACES
from interviewprep.tui.screens.second_opinion import SecondOpinion
from interviewprep.tui.widgets.drill_view import DrillView
from interviewprep.tui.wording import header_facts, interval, leech_message

if TYPE_CHECKING:
    from interviewprep.study.rounds import Round
    from interviewprep.study.sheet import AnswerSheet

LOW_ROWS = 20
"""Screens lower than this waste no line on air."""


class DrillScreen(SecondOpinion, CardAtHand):
    """Asks, shows, takes a rating, asks the next. What it decides, `Drill` and `AnswerSheet` know."""

    PLACES: ClassVar[tuple[str, ...]] = ("asked", "answered", "writing", "sure", *CHECK_PLACES)

    def __init__(self, drill: Drill, *, message: str = "") -> None:
        super().__init__(drill)
        self.sheet: AnswerSheet | None = None
        self._message = message
        self._hints: list[str] = []
        self._raised: Rating | None = None
        """The rating above the suggestion that was asked for once."""
        self._typed_ahead: list[str] | None = None
        self._show_intervals = drill.desk.settings.show_intervals
        self._titles = {d.id: d.title for d in drill.desk.library.decks}

    @property
    def place(self) -> str:
        """Asked, answered, or writing in the field; saying how sure; or a place of a calculation."""
        if self.is_asking_sure:
            return "sure"
        if self.check is not None:
            return self.check_place(self.check)
        if self.focused is not None:
            return "writing"
        if self._typed_ahead is not None:
            return "field not there yet"
        return "answered" if self.is_answered else "asked"

    @property
    def body(self) -> Widget:
        """What scrolls."""
        return self.view.body

    # -- life ------------------------------------------------------------------------------------

    def compose(self) -> ComposeResult:
        """Only what the question needs; the rest is mounted after the first frame."""
        yield DrillView(classes="asked")

    def on_mount(self) -> None:
        """Paint the first question."""
        self.set_class(self.app.size.height < LOW_ROWS, "low")
        if self.ask is None:
            self.prep.when_ready(self._finish)
            return
        self._paint(self.ask)
        self.view.say(self._message)
        self.prep.when_ready(self._complete)

    def _complete(self) -> None:
        self.view.complete(self.desk.settings.target_seconds)
        self.call_after_refresh(self._begin)

    def on_resize(self, event: events.Resize) -> None:
        """Less air on low screens."""
        self.set_class(event.size.height < LOW_ROWS, "low")

    def on_screen_suspend(self) -> None:
        """Another screen is open: its time is not answering time."""
        self.stopwatch.pause()
        if self.view.is_complete:
            self.view.clock.hold()

    def on_screen_resume(self) -> None:
        """Back: decks and marks may have been changed there."""
        self.stopwatch.resume()
        if self.was_elsewhere:
            self.was_elsewhere = False
            self.drill.refresh()
            self.take_up_changes("")

    # -- painting --------------------------------------------------------------------------------

    def _paint(self, ask: Ask) -> None:
        if ask.round is not None:
            self.paint_prompt(ask.round)
            self.paint_check_keys()
            return
        self.view.show_question(ask.text, ask.face.options)
        self._paint_head(ask)
        self._paint_keys()

    def _paint_head(self, ask: Ask) -> None:
        deck = ask.card.partition("#")[0]
        title = self._titles.get(deck, deck)
        self.view.show_head(f"{title} (cram)" if self.drill.options.cram else title, header_facts(self.drill))

    def _paint_keys(self) -> None:
        if self.check is not None:
            self.paint_check_keys()
            return
        keymap = self.prep.keymap
        if self.place == "writing":
            pairs = [("Enter", "hand in"), *keymap.footer("writing")]
        elif self.is_answered:
            pairs = self._ratings()
        else:
            pairs = keymap.footer("asked_new" if self.ask and self.ask.is_new else "asked")
        self.view.show_keys(pairs)

    def _ratings(self, place: str = "answered") -> list[tuple[str, str]]:
        pairs = self.prep.keymap.footer(place)
        if not self._show_intervals or self.ask is None or self.drill.options.cram:
            return pairs
        today = self.desk.today()
        after = self.desk.store.preview(self.ask.card, today)
        waits = [interval(after[rating], today) for rating in Rating]
        return [(k, f"{label} {wait}") for (k, label), wait in zip(pairs, waits, strict=False)] + pairs[-1:]

    def _paint_answer(self, sheet: AnswerSheet) -> None:
        menu = [(k, label) for part, k, label in self.prep.keymap.parts() if has_part(sheet.card, part)]
        self.view.show_answer(sheet, menu)
        self._paint_keys()
        self._say_suggestion(sheet)

    def _say_suggestion(self, sheet: AnswerSheet) -> None:
        key = self.prep.keymap.shown("take")
        found = sheet.suggestion()
        if found is not None:
            self.view.say(f"{key}: {found.rating.name.capitalize()} suggested, {found.reason}")
        else:
            rating = sheet.default_rating().name.capitalize()
            self.view.say(f"{key}: {rating}, after a hint" if sheet.hints else f"{key}: {rating}")

    # -- while the question is open --------------------------------------------------------------

    def _begin(self) -> None:
        """Start by itself: a calculation, or what the setting `answer_mode` says."""
        if self.check is not None:
            self.when_check_ready(self.begin_check)
            return
        if self.is_answered or not self.view.is_complete or self.ask is None:
            return
        self._paint_head(self.ask)
        if self.desk.settings.answer_mode == "type":
            self.action_write()
        elif self.desk.settings.answer_mode == "speak":
            self.action_speak()

    def action_reveal(self) -> None:
        """Show the answer; waits for the store if it is still opening."""
        if self.presses.is_again("advance"):
            return
        if not self.prep.is_ready:
            self.view.say("One moment …")
        self._when_complete(self._ask_sure_first)

    def _ask_sure_first(self) -> None:
        if self.is_answered or self.is_asking_sure or self.ask is None:
            return
        if self.desk.settings.confidence == "always" and self.confidence is None:
            self.ask_sure(self._reveal)
        else:
            self._reveal()

    def show_not_yet(self) -> None:
        """The question is open again."""
        if self.check is not None:
            super().show_not_yet()
            return
        self.view.say("")
        self._paint_keys()

    def _reveal(self) -> None:
        if self.is_answered or self.ask is None:
            return
        sheet = self._sheet_of(self.ask)
        self._think_ms = self.stopwatch.ms
        sheet.confidence = self.confidence
        sheet.text = self.view.field.text.strip()
        sheet.spoke(self.view.clock.seconds, self.desk.settings.target_seconds)
        sheet.grade()
        self.set_focus(None)
        self.is_answered = True
        self._paint_answer(sheet)
        self.body.scroll_home(animate=False)

    def _sheet_of(self, ask: Ask) -> AnswerSheet:
        from interviewprep.study.sheet import AnswerSheet

        if self.sheet is None:
            self.sheet = AnswerSheet(self.drill.card(ask.card))
        return self.sheet

    def _when_complete(self, call: Callable[[], None]) -> None:
        """Call once everything that the first frame left out is there."""

        def go() -> None:
            if self.view.is_complete:
                call()
            else:
                self.call_after_refresh(go)

        self.prep.when_ready(go)

    def action_write(self) -> None:
        """Go into the answer field; what is typed before it is there goes into it."""
        if self.check is not None:
            self.check_write()
            return
        self._typed_ahead = []
        self._when_complete(self._write)

    def _write(self) -> None:
        typed, self._typed_ahead = self._typed_ahead, None
        field = self.view.field
        field.display = True
        self.set_focus(field)
        if typed:
            field.insert("".join(typed))
        self._paint_keys()

    def on_key(self, event: events.Key) -> None:
        """Keep what is typed ahead of the field."""
        if self._typed_ahead is not None and event.character and event.is_printable:
            self._typed_ahead.append(event.character)
            event.stop()

    def action_leave_field(self) -> None:
        """Leave the field; its text stays."""
        if self.check is not None:
            self.check_leave_field()
            return
        self.set_focus(None)
        self.view.field.display = bool(self.view.field.text)
        self._paint_keys()

    def on_answer_field_handed_in(self) -> None:
        """Enter in the field: handing in is revealing."""
        if self.check is not None:
            self.check_handed_in()
            return
        self.set_focus(None)
        self.action_reveal()

    def action_speak(self) -> None:
        """Start or stop the clock of a spoken answer."""
        self._when_complete(self._speak)

    def _speak(self) -> None:
        clock = self.view.clock
        clock.display = True
        if clock.is_running:
            clock.hold()
        else:
            clock.run()

    def action_hint(self) -> None:
        """Show the first words of the next must point, or a calculation's next step."""
        self._when_complete(self._hint if self.check is None else self.check_hint)

    def _hint(self) -> None:
        if self.ask is None or self.is_answered:
            return
        hint = self._sheet_of(self.ask).hint()
        if hint is None:
            self.view.say("No more hints.")
            return
        self._hints.append(hint)
        self.view.show_hints(self._hints)
        self.view.say("After a hint the answer is Hard at most.")

    # -- once the answer is shown ----------------------------------------------------------------

    def action_take(self) -> None:
        """Take what Enter means: the suggestion, else Good."""
        if self.check is not None:
            self.check_take()
            return
        if self.sheet is not None and not self.presses.is_again("advance"):
            self._rate(self.sheet.default_rating())

    def action_rate(self, value: int) -> None:
        """Rate 1 to 4; before the answer is shown this only says what to do."""
        if self.presses.is_again(f"rate {value}"):
            return
        if self.check is not None:
            self.check_rate(Rating(value))
        elif self.is_answered:
            self._rate(Rating(value))
        else:
            self.view.say(f"{self.prep.keymap.shown('reveal')} shows the answer; rate it then.")

    def _rate(self, chosen: Rating) -> None:
        ask, sheet = self.ask, self.sheet
        if ask is None or sheet is None:
            return
        suggestion = sheet.suggestion()
        if suggestion is not None and sheet.is_raise(chosen) and self._raised is not chosen:
            self._raised = chosen
            self.view.say(
                f"{chosen.name.capitalize()} is above the suggested {suggestion.rating.name.capitalize()} "
                f"({suggestion.reason}). The same key again keeps it."
            )
            return
        rating = sheet.capped(chosen)
        recorded = self.drill.answer(
            ask,
            Response(
                rating=rating,
                answer=sheet.text,
                verdict=sheet.verdict(),
                suggested=suggestion.rating if suggestion else None,
                hints=sheet.hints,
                think_ms=self._think_ms,
                duration_ms=self.stopwatch.ms,
                confidence=sheet.confidence,
            ),
        )
        message = "Kept as Hard: a hint was used." if rating is not chosen else ""
        if recorded.leech:
            message = leech_message(ask.card, self.desk.settings.leech_lapses)
        self.go_on(message)

    # -- numeric cards (`CheckAsking` asks them) ---------------------------------------------------

    def check_facts(self, asked: Round) -> Sequence[str]:
        """The variant, then where one is in the drill."""
        cram = ["cram"] if self.drill.options.cram else []
        return [*super().check_facts(asked), *cram, *header_facts(self.drill)]

    def check_keys(self, place: str) -> list[tuple[str, str]]:
        """Keys, with `known` for a new card; ratings with intervals if they are wanted."""
        if place == "check_over":
            return self._ratings(place)
        is_new = place == "check_read" and self.ask is not None and self.ask.is_new
        return self.prep.keymap.footer("check_read_new" if is_new else place)

    def record_check(self, response: Response) -> str:
        """Keep the answer that counts."""
        if self.ask is None or not self.drill.answer(self.ask, response).leech:
            return ""
        return leech_message(self.ask.card, self.desk.settings.leech_lapses)

    def practised_check(self, response: Response, part: str) -> None:
        """Keep an answer that does not move the schedule."""
        if self.ask is not None:
            self.drill.practised(self.ask, response, part=part)

    def next_check(self, message: str = "") -> None:
        """Whatever the drill asks next."""
        self.go_on(message)

    # -- on ----------------------------------------------------------------------------------------

    def go_on(self, message: str = "") -> None:
        """Ask the next question, or end."""
        self.sheet = None
        self.is_answered = False
        self.forget_sure()
        self._raised = None
        self._hints.clear()
        self.ask = self.drill.next()
        if self.ask is None:
            self._finish()
            return
        self.set_focus(None)
        self.stopwatch.restart()
        with self.app.batch_update():
            self.view.clear()
            self._paint(self.ask)
            self.view.say(message)
        self._begin()

    def _finish(self) -> None:
        from interviewprep.tui.screens.summary import SummaryScreen

        self.prep.switch_screen(SummaryScreen(self.drill))

    def move(self, by: Step, sign: int) -> None:
        """A line: the next key point, and beyond them the page; else the page."""
        if by != "line" or not self.is_answered or not self.view.move_point(sign):
            super().move(by, sign)

    def action_tick(self) -> None:
        """Tick the line at the cursor (the first, where it was not moved yet)."""
        self.presses.something_else()
        points = self.view.answer.points
        if self.sheet is None or not points.count:
            return
        if points.at < 0:
            self.view.move_point(1)
        self.sheet.toggle(points.at)
        points.refresh()
        self._say_suggestion(self.sheet)

    async def action_part(self, name: str) -> None:
        """Open or close a part of the answer."""
        await self.view.toggle_part(name)

    def action_intervals(self) -> None:
        """Show or hide when the card would come back."""
        self._show_intervals = not self._show_intervals
        self._paint_keys()

    def take_up_changes(self, message: str) -> None:
        """Show the card as it is now; if it is gone or hidden, go on."""
        before = self.check
        self.ask = self.drill.again(self.ask) if self.ask is not None else None
        if self.ask is None:
            self.go_on(message)
            return
        if self.ask.round is not None:
            self._take_up_check(self.ask, before, message)
            return
        if self.sheet is not None:
            self.sheet = self.sheet.renewed(self.drill.card(self.ask.card))
        self._paint(self.ask)
        if self.is_answered and self.sheet is not None:
            self.view.answer.clear()
            self._paint_answer(self.sheet)
        if message:
            self.view.say(message)

    def _take_up_check(self, ask: Ask, before: Round | None, message: str) -> None:
        """Go on with the round where its card asks the same as before; else begin again."""
        if before is not None and ask.round is not None and before.recipe == ask.round.recipe:
            self.ask = replace(ask, round=before)
            self.paint_check(message)
        else:
            self.when_check_ready(self.begin_check)

    def action_leave(self) -> None:
        """Leave; everything is saved."""
        self.prep.leave_screen()
