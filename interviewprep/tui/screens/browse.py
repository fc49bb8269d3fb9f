"""Browse: every card, found as you type."""

from __future__ import annotations

from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.timer import Timer
from textual.widgets import Input, Static

from interviewprep.render.words import interval
from interviewprep.study.find import find, parse
from interviewprep.study.marks import toggle_mark
from interviewprep.study.standing import Standing, standings
from interviewprep.tui.place import PlacedScreen, Step
from interviewprep.tui.widgets.bars import KeyBar, TopBar
from interviewprep.tui.widgets.rows import RowList
from interviewprep.tui.wording import card_id

DEBOUNCE_SECONDS = 0.08
SIGNS = {"suspended": "paused", "buried": "tomorrow", "known": "known", "new": "new", "due": "due"}


class BrowseScreen(PlacedScreen[None]):
    """A search field over a list of cards."""

    PLACES: ClassVar[tuple[str, ...]] = ("browse", "writing")

    def __init__(self, *, searching: bool = False, session_id: str = "") -> None:
        super().__init__()
        self._session_id = session_id
        self._searching = searching
        self._all: list[Standing] = []
        self._timer: Timer | None = None
        self._left_for = ""

    @property
    def place(self) -> str:
        """In the list, or writing in the search field."""
        return "writing" if self.focused is not None else "browse"

    def compose(self) -> ComposeResult:
        """Field, list, and a line for what was done."""
        yield TopBar("Browse", id="head")
        field = Input(
            placeholder="words   deck:optimizers   state:due   tag:loss   level:easy   flagged", id="search"
        )
        field.cursor_blink = False
        yield field
        yield RowList(self._draw, id="cards")
        yield Static(id="status", markup=False)
        yield KeyBar(id="foot")

    def on_mount(self) -> None:
        """Read how all cards stand."""
        self._all = standings(self.desk, self.desk.library.heads)
        self._search()
        if self._searching:
            self.set_focus(self.query_one(Input))
        self._paint_keys()

    def on_screen_resume(self) -> None:
        """Back from a card: it may have changed."""
        if self._left_for:
            self._renew(self._left_for)
            self._left_for = ""

    @property
    def _list(self) -> RowList[Standing]:
        return self.query_one("#cards", RowList)

    def _paint_keys(self) -> None:
        keymap = self.prep.keymap
        writing = [("Enter", "to the list"), *keymap.footer("writing")]
        self.query_one("#foot", KeyBar).show(writing if self.place == "writing" else keymap.footer("browse"))

    def _draw(self, card: Standing, width: int) -> Text:
        question = Text(" ".join(card.question.split()), no_wrap=True)
        state = SIGNS.get(card.state) or ("" if card.due_in is None else interval(card.due_in))
        marks = ("⚑" if card.flagged else " ") + ("✎" if card.note else " ")
        right = f" {marks} {state:>8}"
        if width >= 70:
            deck = Text(card.head.deck.rpartition("/")[2], no_wrap=True)
            deck.truncate(18, overflow="ellipsis", pad=True)
            right = f"  {deck.plain}{right}"
        question.truncate(max(4, width - len(right)), overflow="ellipsis", pad=True)
        return question.append(right)

    # -- searching -------------------------------------------------------------------------------

    def on_input_changed(self) -> None:
        """Search a moment after the last key."""
        if self._timer is not None:
            self._timer.stop()
        self._timer = self.set_timer(DEBOUNCE_SECONDS, self._search)

    def _search(self) -> None:
        text = self.query_one(Input).value
        found = find(parse(text), self._all, self.desk.library)
        self._list.show(found)
        facts = [f"{len(found)} of {len(self._all)} cards" if text.strip() else f"{len(found)} cards"]
        self.query_one("#head", TopBar).show("Browse", facts)
        self._say("" if found else "No card matches.")

    def on_input_submitted(self) -> None:
        """Enter in the field: on to the list."""
        self._search()
        self.action_leave_field()

    def action_leave_field(self) -> None:
        """On to the list; the text is kept."""
        self.set_focus(None)
        self._paint_keys()

    def action_find(self) -> None:
        """Back to the field."""
        self.set_focus(self.query_one(Input))
        self._paint_keys()

    # -- the chosen card -------------------------------------------------------------------------

    def move(self, by: Step, sign: int) -> None:
        """Move through the cards."""
        self._list.move(by, sign)

    def on_row_list_chosen(self) -> None:
        """Clicked."""
        self.action_open()

    def action_open(self) -> None:
        """Read the card in full."""
        from interviewprep.tui.screens.card import CardScreen

        card = self._list.chosen
        if card is not None:
            self._left_for = card.name
            self.prep.push_screen(CardScreen(card.name, session_id=self._session_id))

    def action_suspend(self) -> None:
        """Suspend the card, or ask it again."""
        self._toggle("suspended", "Suspended: not asked until unsuspended.", "No longer suspended.")

    def action_bury(self) -> None:
        """Hide the card until tomorrow."""
        self._toggle("buried", "Hidden until tomorrow.", "No longer hidden.")

    def _toggle(self, kind: str, on: str, off: str) -> None:
        card = self._list.chosen
        if card is not None:
            has_now = toggle_mark(self.desk, card.name, kind, session_id=self._session_id)
            self._renew(card.name)
            self._say(f"{card_id(card.name)}: {on if has_now else off}")

    def action_mark(self) -> None:
        """Flag the card or write a note."""
        from interviewprep.tui.screens.dialog import DialogScreen

        card = self._list.chosen
        if card is not None:
            self._left_for = card.name
            self.prep.push_screen(DialogScreen(card.name, session_id=self._session_id))

    def action_edit(self) -> None:
        """Open the card in the editor."""
        from interviewprep.tui.editing import edit_card

        card = self._list.chosen
        if card is not None:
            message = edit_card(self.prep, card.name)
            self._renew(card.name)
            self._say(message)

    def _renew(self, name: str) -> None:
        """Read again how a card stands; everything, if decks changed."""
        at = self._list.at
        heads = {h.name: h for h in self.desk.library.heads}
        if heads.keys() != {c.name for c in self._all}:
            self._all = standings(self.desk, self.desk.library.heads)
            self._search()
        else:
            fresh = standings(self.desk, [heads[name]])[0]
            self._all = [fresh if c.name == name else c for c in self._all]
            self._list.show([fresh if c.name == name else c for c in self._list.rows], at=at)
        self._list.move_to(at)

    def _say(self, text: str) -> None:
        self.query_one("#status", Static).update(Text(text))
