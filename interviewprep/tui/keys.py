"""The one table of keys: it feeds bindings, footers, the `?` screen, the README and the settings check.

Knows nothing of Textual, so that the command line can print it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from interviewprep.errors import SettingsError

PLACES: Mapping[str, str] = {
    "home": "home",
    "asked": "a question is open",
    "answered": "the answer is shown",
    "writing": "writing an answer",
    "check_read": "a worked example is shown",
    "check": "a calculation is open",
    "check_writing": "typing numbers",
    "check_over": "the verdict on a calculation is shown",
    "check_next": "a practised calculation is over",
    "summary": "end of a drill",
    "quiz_start": "before a quiz",
    "quiz": "a quiz question is open",
    "quiz_writing": "writing in a quiz",
    "quiz_told": "a quiz answer is marked",
    "quiz_ticks": "ticking what one said in a quiz",
    "quiz_reason": "judging one's reason in a quiz",
    "quiz_result": "end of a quiz",
    "mock_start": "before a mock interview",
    "mock": "a mock interview's question is open",
    "mock_writing": "writing in a mock interview",
    "sure": "saying how sure one is",
    "mock_ticks": "ticking what one said in a mock interview",
    "scorecard": "scorecard of a mock interview",
    "compare": "comparing answers",
    "plan": "looking at an interview plan",
    "plan_form": "making an interview plan",
    "checks": "choosing numeric checks",
    "browse": "browse",
    "card": "one card",
    "dialog": "flag and note",
    "opinion": "before an answer is sent to a language model",
    "help": "keys",
    "trouble": "an error is shown",
}
"""Where a key can mean something, and how that is said."""

RATED = ("answered", "check_over")
CHECKS = ("check_read", "check", "check_over", "check_next")
QUIZ = ("quiz_start", "quiz", "quiz_told", "quiz_ticks", "quiz_reason", "quiz_result")
MOCK = ("mock_start", "mock", "mock_ticks", "scorecard")
DRILL = ("asked", "answered", *CHECKS)
LISTS = (
    "home",
    "browse",
    "checks",
    "plan_form",
    "quiz_start",
    "quiz",
    "quiz_ticks",
    "mock_start",
    "mock_ticks",
    "compare",
)
PAGES = (
    *("answered", "check_over", "check_next", "card", "help", "quiz_told", "quiz_reason", "quiz_result"),
    "scorecard",
    "plan",
    "opinion",
)
MOVES = (*LISTS, *PAGES)
OPEN = ("asked", "check", "check_read")
"""Places where `k` marks a new card as known."""


class Key(NamedTuple):
    """One action and its keys."""

    id: str
    """What the settings file names."""
    keys: str
    """Comma-separated, as Textual names keys; a single character stands for itself."""
    label: str
    """For the footer."""
    help: str
    """For the `?` screen and the README."""
    where: tuple[str, ...]
    vim: str = ""
    """Further keys while the setting `vim` is on."""
    vim_where: tuple[str, ...] = ()
    """Where the vim keys hold; empty: wherever the others do."""


TABLE: tuple[Key, ...] = (
    # a question is open
    Key("reveal", "space,enter", "show answer", "Show the short answer and the key points", ("asked",)),
    Key(
        "write",
        "tab",
        "write",
        "Write an answer; Enter hands it in, Esc leaves the field",
        ("asked", "check", "quiz", "mock"),
    ),
    Key(
        "leave_field",
        "escape,tab",
        "leave the field",
        "Leave the field; the text is kept",
        ("writing", "check_writing", "quiz_writing", "mock_writing"),
    ),
    Key("speak", "t", "speak", "Speak against a clock; again to stop it", ("asked",)),
    Key(
        "hint",
        "h",
        "hint",
        "A key point's first words, or a next step; then Hard at most",
        ("asked", "check"),
    ),
    Key("known", "k", "known", "Mark a new card as known: it is not asked again", OPEN),
    # numeric checks
    Key(
        "go_on",
        "enter,space",
        "go on",
        "From the worked example to your turn, to the next numbers",
        ("check_read", "check_next"),
    ),
    Key("give_up", "space,enter", "show working", "Give up and read the working", ("check",)),
    Key(
        "hint_here",
        "ctrl+g,f2",
        "hint",
        "The next step as a hint, without leaving the field",
        ("check_writing",),
    ),
    Key("formula", "f", "formula", "The formula", ("check_read", "check_over", "check_next")),
    Key(
        "other",
        "r",
        "new numbers",
        "The same kind with new numbers; practice, it does not count",
        ("check_over", "check_next"),
    ),
    Key(
        "window_back",
        "left",
        "window back",
        "The window one place back over the image",
        ("check_read", "check_over", "check_next"),
    ),
    Key(
        "window_on",
        "right",
        "window on",
        "The window one place on over the image",
        ("check_read", "check_over", "check_next"),
    ),
    # the answer is shown
    Key("take", "space,enter", "take", "Take the suggested rating; without one, Good", RATED),
    Key("again", "1", "Again", "Rate Again: not recalled", DRILL),
    Key("hard", "2", "Hard", "Rate Hard: recalled with great effort", DRILL),
    Key("good", "3", "Good", "Rate Good: recalled", DRILL),
    Key("easy", "4", "Easy", "Rate Easy: recalled at once and whole", DRILL),
    Key(
        "tick",
        "x",
        "tick",
        "Tick the key point you said, or the wrong statement you made",
        ("answered", "quiz_ticks", "mock_ticks", "compare"),
    ),
    Key(
        "opinion",
        "y",
        "second opinion",
        "Ask your language model about a typed answer (setting llm); it only suggests ticks",
        ("answered", "compare"),
    ),
    Key("send", "y", "send", "Send what is shown, now and from now on", ("opinion",)),
    Key("keep_back", "n,escape,q", "do not send", "Send nothing", ("opinion",)),
    Key("detailed", "d", "more", "The answer in detail", ("answered",)),
    Key("analogy", "a", "analogy", "An analogy, and where it breaks", ("answered",)),
    Key("example", "e", "example", "An example", ("answered",)),
    Key("misconceptions", "m", "why wrong", "Common wrong statements, and why they are wrong", ("answered",)),
    Key("one_liner", "o", "one line", "The answer in one line", ("answered",)),
    Key("follow_ups", "f", "what next?", "What an interviewer may ask next", ("answered",)),
    Key("intervals", "v", "intervals", "Show when the card would come back", RATED),
    # the card at hand
    Key("undo", "u", "undo", "Undo the last answer or mark; works several times", (*DRILL, "summary")),
    Key("bury", "-", "later", "Bury: hide the card until tomorrow", (*DRILL, "browse", "card")),
    Key("suspend", "@", "suspend", "Suspend the card, or ask it again", (*DRILL, "browse", "card")),
    Key("mark", "!", "flag, note", "Flag the card or write a note", (*DRILL, "browse", "card")),
    Key("edit", "E", "edit", "Edit the card in $EDITOR; its history is kept", (*DRILL, "browse", "card")),
    Key("info", "i", "card info", "History and memory of the card", DRILL),
    # a quiz
    Key("begin_quiz", "enter,space", "begin", "Begin the quiz, or go on with it", ("quiz_start",)),
    Key("less", "left", "less", "The value before", ("quiz_start", "mock_start", "plan_form"), "h"),
    Key("more", "right", "more", "The next value", ("quiz_start", "mock_start", "plan_form"), "l"),
    Key("pick", "1,2,3,4,5,6,7,8", "pick", "Pick an option by its number, or take it back", ("quiz",)),
    Key("pick_here", "space", "pick", "Pick the option at the cursor", ("quiz",)),
    Key("hand_in", "enter", "hand in", "Hand in the answer of a quiz", ("quiz",)),
    Key(
        "settle", "enter,space", "take the ticks", "Take the ticks as they are", ("quiz_ticks", "mock_ticks")
    ),
    Key("reason_yes", "y", "yes, my reason", "The reason you gave was right", ("quiz_reason",)),
    Key("reason_no", "n,enter", "no", "The reason you gave was another", ("quiz_reason",)),
    Key("next_question", "enter,space", "next", "The next question of a quiz", ("quiz_told",)),
    Key(
        "quiz_again", "m,enter", "only the wrong ones again", "Ask only what was not right", ("quiz_result",)
    ),
    # a mock interview; the first four also in drills, where the setting `confidence` asks
    Key("guess", "1", "guess", "Before the answer is shown: I guessed", ("sure",)),
    Key("think", "2", "think", "Before the answer is shown: I think so", ("sure",)),
    Key("sure", "3", "sure", "Before the answer is shown: I am sure", ("sure",)),
    Key("not_yet", "escape", "not yet", "Back to the open question", ("sure",)),
    Key("begin_mock", "enter,space", "begin", "Begin, go on, or open a past scorecard", ("mock_start",)),
    Key("spoken", "space,enter", "done", "The answer is given", ("mock",)),
    Key("end_mock", "e", "end now", "End the interview now and see the scorecard", ("mock",)),
    Key("study_next", "enter", "drill these", "Drill what the scorecard says to study next", ("scorecard",)),
    Key("compare", "v", "compare answers", "Your answers beside good ones", ("scorecard",)),
    Key("save_page", "w", "save page", "Write the scorecard as a page to send or print", ("scorecard",)),
    Key("next_answer", "right,enter,space", "next", "The next answer", ("compare",), "l"),
    Key("answer_before", "left", "before", "The answer before", ("compare",), "h"),
    # an interview plan
    Key("plan", "p", "plan", "The interview plan: what you would recall on the day", ("home",)),
    Key("warm_up", "w", "warm-up", "Ten minutes of one line each, what is most at risk first", ("home",)),
    Key("change_plan", "enter,e", "change", "Change the interview plan", ("plan",)),
    Key("new_plan", "n", "new plan", "Make a further interview plan", ("plan",)),
    Key("other_plan", "right", "next plan", "The next of several plans", ("plan",), "l"),
    Key("end_plan", "x", "end plan", "End the plan; press it twice", ("plan",)),
    Key(
        "choose_row",
        "enter,space",
        "choose",
        "Keep the plan, write the chosen value, or tick a deck",
        ("plan_form",),
    ),
    # other screens
    Key("start", "enter,space", "start", "Drill what is chosen: today, or one deck", ("home",)),
    Key("cram", "C", "cram", "Cram what is chosen: asks without touching the schedule", ("home",)),
    Key(
        "checks",
        "c",
        "numeric checks",
        "Practise calculations with fresh numbers; nothing is recorded",
        ("home",),
    ),
    Key("quiz", "z", "quiz", "A quiz on what is chosen: questions with a score", ("home",)),
    Key("mock", "i", "mock interview", "Rehearse an interview: a clock, follow-ups, a scorecard", ("home",)),
    Key("practise", "enter,space", "practise", "Practise the chosen calculations", ("checks",)),
    Key("open", "enter,space", "open", "Read the chosen card in full", ("browse",)),
    Key("missed", "m,enter", "missed again", "Ask what was missed once more, as a cram", ("summary",)),
    Key("flag", "!,f,space", "flag", "Flag the card, or clear its flag", ("dialog",)),
    Key("note", "n,tab", "note", "Write a note; Enter keeps it", ("dialog",)),
    Key("done", "enter,escape,q", "done", "Close", ("dialog",)),
    Key("retry", "enter", "try again", "Try again", ("trouble",)),
    Key("browse", "b", "browse", "Browse all cards", ("home",)),
    Key("find", "/", "find", "Find cards by any word", ("home", *DRILL, "browse", "summary")),
    # moving
    Key("down", "down", "down", "Next line, deck, card or key point", (*MOVES, *OPEN), "j", MOVES),
    Key("up", "up", "up", "The one before", (*MOVES, *OPEN), "k", MOVES),
    Key("half_down", "pagedown", "down", "Half a page on", (*MOVES, *OPEN), "ctrl+d"),
    Key("half_up", "pageup", "up", "Half a page back", (*MOVES, *OPEN), "ctrl+u"),
    Key("top", "home", "top", "To the top", (*MOVES, *OPEN), "g"),
    Key("bottom", "end", "end", "To the end", (*MOVES, *OPEN), "G"),
    # anywhere
    Key(
        "help",
        "?",
        "keys",
        "All keys",
        ("home", *DRILL, "browse", "card", "summary", "checks", *QUIZ, *MOCK, "compare", "plan", "plan_form"),
    ),
    Key(
        "back",
        "q,escape",
        "back",
        "Back to where you came from",
        ("browse", "card", "help", "checks", "compare", "plan", "plan_form"),
    ),
    Key(
        "leave",
        "q",
        "leave",
        "Leave; everything is saved",
        ("home", *DRILL, "summary", "trouble", *QUIZ, *MOCK),
    ),
    Key("quit", "ctrl+c", "quit", "Leave the program at once; everything is saved", tuple(PLACES)),
)

FOOTERS: Mapping[str, tuple[str, ...]] = {
    "home": ("start", "browse", "quiz", "plan", "help", "leave"),
    "asked": ("reveal", "write", "hint", "bury", "undo", "help"),
    "asked_new": ("reveal", "write", "hint", "known", "undo", "help"),
    "answered": ("again", "hard", "good", "easy", "tick", "help"),
    "writing": ("leave_field",),
    "check_read": ("go_on", "formula", "undo", "help"),
    "check_read_new": ("go_on", "formula", "known", "bury", "undo", "help"),
    "check": ("give_up", "write", "hint", "bury", "undo", "help"),
    "check_writing": ("hint_here", "leave_field"),
    "check_practice": ("give_up", "write", "hint", "help", "leave"),
    "check_over": ("again", "hard", "good", "easy", "help"),
    "check_next": ("go_on", "other", "formula", "help"),
    "check_next_practice": ("go_on", "other", "formula", "help", "leave"),
    "checks": ("practise", "help", "back"),
    "plan": ("change_plan", "new_plan", "end_plan", "help", "back"),
    "plan_form": ("choose_row", "less", "more", "help", "back"),
    "quiz_start": ("begin_quiz", "less", "more", "help", "leave"),
    "quiz": ("pick", "write", "hand_in", "help", "leave"),
    "quiz_told": ("next_question", "half_down", "help", "leave"),
    "quiz_ticks": ("tick", "settle", "down", "help", "leave"),
    "quiz_reason": ("reason_yes", "reason_no", "help", "leave"),
    "quiz_result": ("quiz_again", "half_down", "help", "leave"),
    "sure": ("guess", "think", "sure", "not_yet"),
    "mock_start": ("begin_mock", "less", "more", "help", "leave"),
    "mock": ("spoken", "write", "end_mock", "help", "leave"),
    "mock_writing": ("leave_field",),
    "mock_ticks": ("tick", "settle", "down", "help", "leave"),
    "scorecard": ("study_next", "compare", "save_page", "help", "leave"),
    "compare": ("next_answer", "answer_before", "tick", "down", "help", "back"),
    "summary": ("missed", "undo", "find", "help", "leave"),
    "browse": ("open", "find", "suspend", "mark", "help", "back"),
    "card": ("suspend", "bury", "mark", "edit", "help", "back"),
    "dialog": ("flag", "note", "done"),
    "opinion": ("send", "keep_back", "down"),
    "help": ("down", "half_down", "back"),
    "trouble": ("retry", "leave"),
}
"""What the footers show, at most six each: eighty columns hold no more."""

SECTIONS = ("detailed", "analogy", "example", "misconceptions", "one_liner", "follow_ups")
"""The parts of an answer that open on request, in the order of their menu."""

NAMED = frozenset(
    [
        *("space", "enter", "tab", "escape", "backspace", "delete", "insert", "comma"),
        *("up", "down", "left", "right", "home", "end", "pageup", "pagedown"),
        *(f"f{n}" for n in range(1, 13)),
    ]
)
FORBIDDEN = {"ctrl+m": "enter", "ctrl+i": "tab", "ctrl+h": "backspace", "ctrl+j": "enter"}
_DISPLAY = {
    "space": "Space", "enter": "Enter", "tab": "Tab", "escape": "Esc", "up": "↑", "down": "↓",
    "pageup": "PgUp", "pagedown": "PgDn", "home": "Home", "end": "End", "comma": ",",
    "left": "←", "right": "→",
}  # fmt: skip


RATINGS = ("again", "hard", "good", "easy")


class Bound(NamedTuple):
    """One key bound to one action."""

    key: str
    id: str

    @property
    def call(self) -> str:
        """The action as Textual calls it."""
        if self.id == "pick":
            return f"pick({self.key!r})"
        if self.id in SECTIONS:
            return f"part({self.id!r})"
        return f"rate({RATINGS.index(self.id) + 1})" if self.id in RATINGS else self.id


def allows(call: str, parameters: tuple[object, ...], place: str) -> bool | None:
    """Whether an action may run in a place; None for an action that is not of this table."""
    if call == "part":
        action = str(parameters[0])
    elif call == "rate":
        action = RATINGS[int(str(parameters[0])) - 1]
    else:
        action = call
    return place in _BY_ID[action].where if action in _BY_ID else None


class Keymap:
    """The table as this learner has it: settings applied, every key in a place meaning one thing."""

    def __init__(self, changes: Mapping[str, str] | None = None, *, vim: bool = True) -> None:
        """Apply the settings `keys` and `vim`. Raises SettingsError naming every problem in them."""
        problems = list(key_problems(changes or {}, vim=vim))
        if problems:
            raise SettingsError(
                "\n".join(f"keys: {p}" for p in problems),
                hint="`interviewprep keys` prints all actions and their keys.",
            )
        self._changes = dict(changes or {})
        self._vim = vim

    def keys(self, action: str, place: str = "") -> tuple[str, ...]:
        """The keys of an action, in a place or in any."""
        return _keys_of(_entry(action), self._changes, vim=self._vim, place=place)

    def bound(self, *places: str) -> list[Bound]:
        """Every key that means something in one of these places, with its action."""
        found = dict.fromkeys(
            Bound(key, entry.id)
            for place in places
            for entry in TABLE
            if place in entry.where
            for key in self.keys(entry.id, place)
        )
        return list(found)

    def shown(self, action: str, place: str = "") -> str:
        """The first key of an action as a person reads it; empty where it has none."""
        keys = self.keys(action, place)
        return display(keys[0]) if keys else ""

    def footer(self, name: str) -> list[tuple[str, str]]:
        """(key, label) pairs of a footer."""
        return [(self.shown(a), _entry(a).label) for a in FOOTERS[name] if self.keys(a)]

    def parts(self) -> list[tuple[str, str, str]]:
        """(part, key, label) of the menu of an answer's parts."""
        return [(p, self.shown(p), _entry(p).label) for p in SECTIONS if self.keys(p)]

    def help_groups(self) -> Iterator[tuple[str, list[tuple[str, str]]]]:
        """(title, [(keys, help)]) for the `?` screen."""
        for title, actions in GROUPS:
            rows = [(" ".join(map(display, self.keys(a))), _entry(a).help) for a in actions if self.keys(a)]
            yield title, rows


GROUPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("While a question is open", ("reveal", "write", "leave_field", "speak", "hint", "known")),
    (
        "Numeric checks",
        ("go_on", "give_up", "hint_here", "formula", "other", "window_back", "window_on"),
    ),
    (
        "When the answer is shown",
        (
            "take",
            "again",
            "hard",
            "good",
            "easy",
            "tick",
            "opinion",
            "send",
            "keep_back",
            *SECTIONS,
            "intervals",
        ),
    ),
    (
        "Quiz",
        (
            "begin_quiz",
            "less",
            "more",
            "pick",
            "pick_here",
            "hand_in",
            "settle",
            "reason_yes",
            "reason_no",
            "next_question",
            "quiz_again",
        ),
    ),
    ("The card at hand", ("undo", "bury", "suspend", "mark", "edit", "info")),
    (
        "Mock interview",
        (
            *("begin_mock", "spoken", "end_mock", "guess", "think", "sure", "not_yet"),
            *("study_next", "compare", "save_page", "next_answer", "answer_before"),
        ),
    ),
    (
        "Interview plan",
        ("plan", "warm_up", "change_plan", "new_plan", "other_plan", "end_plan", "choose_row"),
    ),
    ("Moving", ("down", "up", "half_down", "half_up", "top", "bottom")),
    (
        "Elsewhere",
        (
            "start",
            "cram",
            "checks",
            "mock",
            "quiz",
            "practise",
            "browse",
            "find",
            "open",
            "missed",
            "help",
            "back",
            "leave",
            "quit",
        ),
    ),
    ("Dialogs", ("flag", "note", "done", "retry")),
)


def display(key: str) -> str:
    """A key as a person reads it: `Space`, `Ctrl+d`, `?`."""
    *modifiers, last = key.split("+") if len(key) > 1 else [key]
    name = _DISPLAY.get(last, last.upper() if re.fullmatch(r"f\d+", last) else last)
    return "+".join([*(m.capitalize() for m in modifiers), name])


def markdown_table() -> str:
    """The table for the README; `settings` names are what the settings file's [keys] takes."""
    lines = ["| key | what it does | name in the settings |", "| --- | --- | --- |"]
    for title, actions in GROUPS:
        lines.append(f"| **{title}** | | |")
        for action in actions:
            entry = _entry(action)
            keys = " ".join(f"`{display(k)}`" for k in _split(entry.keys) + _split(entry.vim))
            lines.append(f"| {keys} | {entry.help} | `{action}` |")
    return "\n".join(lines) + "\n"


def _entry(action: str) -> Key:
    return _BY_ID[action]


_BY_ID = {entry.id: entry for entry in TABLE}


def _split(keys: str) -> tuple[str, ...]:
    return tuple(k.strip() for k in keys.split(",") if k.strip())


def _keys_of(entry: Key, changes: Mapping[str, str], *, vim: bool, place: str) -> tuple[str, ...]:
    if entry.id in changes:
        return _split(changes[entry.id])
    with_vim = vim and (not place or place in (entry.vim_where or entry.where))
    return _split(entry.keys) + (_split(entry.vim) if with_vim else ())


def key_problems(changes: Mapping[str, str], *, vim: bool) -> Iterator[str]:
    for action, keys in changes.items():
        if action not in _BY_ID:
            yield f"{action}: no such action{_nearest(action)}"
            continue
        for key in _split(keys):
            if key in FORBIDDEN:
                yield f"{action}: a terminal cannot tell {key} from {FORBIDDEN[key]}; take another key"
            elif not _is_key(key):
                yield f'{action}: "{key}" is no key; write e.g. "u", "ctrl+z", "f2", "space"'
    for place, said in PLACES.items():
        taken: dict[str, str] = {}
        for entry in TABLE:
            if place not in entry.where:
                continue
            for key in _keys_of(entry, changes, vim=vim, place=place):
                other = taken.setdefault(key, entry.id)
                if other != entry.id and (entry.id in changes or other in changes):
                    yield f'"{key}" would mean both {other} and {entry.id} where {said}; change one of them'


def _is_key(key: str) -> bool:
    if len(key) == 1:
        return key.isprintable()
    *modifiers, last = key.split("+")
    return (len(last) == 1 or last in NAMED) and set(modifiers) <= {"ctrl", "shift", "alt"}


def _nearest(action: str) -> str:
    from difflib import get_close_matches

    close = get_close_matches(action, list(_BY_ID), n=1)
    return f"; did you mean `{close[0]}`?" if close else ""
